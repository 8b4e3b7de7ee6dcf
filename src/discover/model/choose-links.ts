/**
 * Which of the waiting pages are read next, by the judgement of a model (paper §3.1). It orders titles that it is
 * given and can add none; where it fails, the order stays as the frontier's own priorities made it.
 */
import { z } from "zod";
import { oneLine } from "../../base/one-line.ts";
import { type Asking, type ModelReject, readingNote } from "./asking.ts";

/** A title that waits, and why it does. */
export interface LinkCandidate {
  readonly title: string;
  readonly why: string;
}

export interface LinkChoice {
  /** All titles given, the model's first, then the others as they came. */
  readonly titles: readonly string[];
  /** How many of them the model put in front. */
  readonly chosen: number;
  readonly rejects: readonly ModelReject[];
  readonly tokens: number;
}

/** Titles shown at once; the others keep their place behind them. */
const MOST_SHOWN = 100;

const form = z.object({ titles: z.array(z.string()) });

const system = `You steer a reader through an encyclopedia. You are given the aim of the reading and a list of pages that wait, each with the reason why it does.
Give
- titles: the titles worth reading for the aim, the most useful first, each exactly as in the list. Leave out pages that do not serve the aim.
${readingNote}`;

/** Orders waiting titles by what serves the aim. */
export async function chooseLinks(
  candidates: readonly LinkCandidate[],
  aim: string,
  asking: Asking,
): Promise<LinkChoice> {
  const given = [...new Set(candidates.map(({ title }) => title))];
  if (given.length < 2) return { titles: given, chosen: 0, rejects: [], tokens: 0 };
  const { temperature, maxTokens } = asking.settings;
  const shown = candidates.slice(0, MOST_SHOWN);
  const list = shown.map(({ title, why }) => `${oneLine(title)} — ${oneLine(why)}`).join("\n");
  const answer = await asking.model.structured(
    {
      id: "links",
      name: "links",
      system,
      prompt: `Aim: ${aim}\n\n<<<\n${list}\n>>>`,
      schema: form,
      temperature,
      maxTokens,
      seed: asking.seed,
    },
    asking.signal,
  );
  const { tokens } = answer;
  if (!answer.ok)
    return { titles: given, chosen: 0, rejects: [{ item: "links", reason: answer.reason }], tokens };
  const known = new Set(shown.map(({ title }) => title));
  const chosen = new Set<string>();
  const rejects: ModelReject[] = [];
  for (const title of answer.value.titles) {
    if (known.has(title)) chosen.add(title);
    else
      rejects.push({
        item: `links: ${title.slice(0, 200)}`,
        reason: "the title is not among those that wait",
      });
  }
  return {
    titles: [...chosen, ...given.filter((title) => !chosen.has(title))],
    chosen: chosen.size,
    rejects,
    tokens,
  };
}
