/**
 * What a recipe's stages ask of models behind addresses: requests, tokens, and money where the recipe has a price.
 *
 * How many rounds a teacher needs depends on how good it is; the shares assumed here are said with the estimate.
 */
import type { Recipe } from "../../recipe/schema.ts";
import type { StageName } from "../stage-names.ts";
import { type Lengths, writtenTokens } from "./lengths.ts";
import { trajectories } from "./tokens.ts";
import type { Workload } from "./workload.ts";

/** One model behind an address, as one stage asks it. */
export interface Asked {
  readonly stage: StageName;
  /** The setting that names it. */
  readonly setting: string;
  readonly url: string;
  readonly model: string;
  readonly keyVariable: string;
  readonly requests: number;
  readonly tokensRead: number;
  readonly tokensWritten: number;
  readonly seconds: number;
  /** Null where the recipe has no price for it. */
  readonly money: number | null;
}

/** Tokens a second that a server is taken to write for one request. */
const SERVER_RATE = 30;
/** Turns of repair for a question, and questions that are given the answer, as shares of all. */
const REPAIRS = 0.4;
const GIVEN = 0.15;
/** Tokens of a rewording, and of a page's facts. */
const [REWORDED, FACTS, PAGE] = [150, 400, 3000];

interface Endpoint {
  readonly url: string;
  readonly name: string;
  readonly keyVariable: string;
  readonly maxTokens: number;
  readonly concurrency?: number;
  readonly price?: { readonly input: number; readonly output: number } | undefined;
}

/** What every stage asks, in the order of the paper. */
export function askedBy(recipe: Recipe, workload: Workload, lengths: Lengths): Asked[] {
  const { discover, synthesize, refine, coldstart, evaluate } = recipe;
  const all: Asked[] = [];
  const add = (
    stage: StageName,
    setting: string,
    model: Endpoint | undefined,
    requests: number,
    { prompt, reply }: { readonly prompt: number; readonly reply: number },
  ): void => {
    if (model !== undefined) all.push(priced(stage, setting, model, Math.round(requests), prompt, reply));
  };
  const short = { prompt: lengths.prompt, reply: 20 };
  const pages = workload.livePages || Math.round(workload.sourceBytes / 5000);
  add("discover", "discover.model", discover.model, pages, { prompt: PAGE, reply: FACTS });
  add("synthesize", "synthesize.reword", synthesize.reword, workload.made * (synthesize.reword?.share ?? 0), {
    prompt: 2 * lengths.prompt,
    reply: REWORDED,
  });
  const labelled = workload.made + workload.curated;
  const thought = { prompt: lengths.prompt, reply: writtenTokens(refine.validator?.maxTokens ?? 0) };
  add("refine", "refine.validator", refine.validator, labelled * refine.trials, thought);
  add("refine", "refine.grader", refine.grader, labelled, short);
  const { teacher, selection } = coldstart;
  if ("url" in teacher && hasColdstart(recipe)) {
    const { asked } = trajectories(recipe, workload);
    const free = selection.mode === "labelConditioned" ? 0 : selection.samples;
    const given = { passAtK: 0, hybrid: GIVEN, labelConditioned: 1 }[selection.mode];
    const turns = Math.min(coldstart.refinement.turns, REPAIRS);
    add("coldstart", "coldstart.teacher", teacher, asked * (free + given + turns), {
      prompt: lengths.prompt + 200,
      reply: writtenTokens(teacher.maxTokens),
    });
  }
  for (const [name, model] of Object.entries(evaluate.models)) {
    if (!("url" in model)) continue;
    const requests = workload.benchmark * evaluate.samples * evaluate.orders;
    const reply = writtenTokens(model.maxTokens);
    add("evaluate", `evaluate.models.${name}`, model, requests, { prompt: lengths.curatedPrompt, reply });
  }
  return all;
}

/** Whether the recipe has a cold start at all (§4.1.3: the 32B model has none). */
function hasColdstart({ stages }: Recipe): boolean {
  return stages === undefined || stages.includes("coldstart");
}

function priced(
  stage: StageName,
  setting: string,
  model: Endpoint,
  requests: number,
  prompt: number,
  reply: number,
): Asked {
  const { url, name, keyVariable, concurrency = 1, price } = model;
  const [tokensRead, tokensWritten] = [requests * prompt, requests * reply];
  const money = price === undefined ? null : (tokensRead * price.input + tokensWritten * price.output) / 1e6;
  const seconds = tokensWritten / (SERVER_RATE * Math.max(1, Math.min(concurrency, requests)));
  return {
    stage,
    setting,
    url,
    model: name,
    keyVariable,
    requests,
    tokensRead,
    tokensWritten,
    seconds,
    money,
  };
}
