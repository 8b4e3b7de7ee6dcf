/**
 * The models that answer benchmarks (paper Tables 3 and 4): the run's own, models on this machine or the Hub, and
 * models behind an address. How each is opened and asked; what it is matters to nobody after that.
 *
 * Invariant: replies of an endpoint are kept beside the stage, keyed by all they depend on, so that neither a kill nor
 * another setting of the statistics asks for one again.
 */
import { join } from "node:path";
import { boundary } from "../base/errors.ts";
import type { Log } from "../base/log.ts";
import type { Purse } from "../models/budget.ts";
import { modelPath } from "../models/model-path.ts";
import { checkModel, openLocal, openPurseOf, openServed } from "../models/open-model.ts";
import type { KeptSampler } from "../models/reply-cache.ts";
import type { ReplyRequest, Sampler } from "../models/sampler.ts";
import type { EngineSection } from "../recipe/sections/engine.ts";
import type { EvaluateSection } from "../recipe/sections/evaluate.ts";
import type { ModelResult } from "../records/results.ts";
import type { ScoreContinuations } from "./forced-choice.ts";

/** A model that was opened to be asked; without log-probabilities there is no forced choice. */
export interface OpenedModel extends AsyncDisposable {
  readonly sampler: Sampler;
  readonly scoreContinuations?: ScoreContinuations;
  /** Of a model that costs: the requests whose replies are not at hand yet. */
  unkept?(requests: readonly ReplyRequest[]): readonly ReplyRequest[];
}

/** Opens the model of a folder under a row's name. */
export type OpenModel = (folder: string, name: string) => Promise<OpenedModel>;

/** Opens models on this machine. */
export function openInEngine(section: EngineSection, log: Log): OpenModel {
  return (folder, name) => openLocal(folder, name, section, log);
}

/** A model that answers the benchmarks, and how it is asked. */
export interface ModelPlan extends Pick<ModelResult, "name" | "label" | "kind" | "reader"> {
  /** Whether it is told how to end its reply. */
  readonly instruct: boolean;
  readonly maxTokens: number;
  readonly temperature: number;
  /** Questions handed over at a time. */
  readonly batch: number;
  readonly price?: { readonly input: number; readonly output: number } | undefined;
  /** Whether it keeps its own replies. */
  readonly keepsReplies: boolean;
  open(): Promise<OpenedModel>;
}

/** A model of the run itself: it was taught the form, so it is asked as in training and read strictly. */
export function ownModelPlan(
  row: Pick<ModelResult, "name" | "label">,
  settings: EvaluateSection,
  open: () => Promise<OpenedModel>,
): ModelPlan {
  const { maxTokens, temperature, batch } = settings;
  return {
    ...row,
    kind: "step",
    reader: "strict",
    instruct: false,
    maxTokens,
    temperature,
    batch,
    keepsReplies: false,
    open,
  };
}

/** Setting of what the endpoints may spend. */
const BUDGET = "evaluate.budget";

/** Finds mistakes in the models of the recipe before anything is asked and paid. @throws UsageError */
export function checkModels({ models, budget }: EvaluateSection): void {
  for (const [name, section] of Object.entries(models))
    checkModel(section, `evaluate.models.${name}`, { name: BUDGET, limits: budget });
}

export interface OtherModels {
  readonly settings: EvaluateSection;
  /** Folder that outlives the stage. */
  readonly kept: string;
  /** What all endpoints of the stage together may spend. */
  readonly purse: Purse;
  readonly openModel: OpenModel;
  readonly log: Log;
}

/** The purse of a run's endpoints. */
export async function openRunPurse({ budget, models }: EvaluateSection, kept: string): Promise<Purse> {
  const served = Object.entries(models).flatMap(([name, section]) =>
    "url" in section ? [{ folder: repliesFolder(kept, name), price: section.price }] : [],
  );
  return await openPurseOf(budget, served);
}

function repliesFolder(kept: string, name: string): string {
  return join(kept, "replies", name);
}

/** The models that the recipe names, by their names. */
export function otherModelPlans({ settings, kept, purse, openModel, log }: OtherModels): ModelPlan[] {
  return Object.entries(settings.models).map(([name, section]): ModelPlan => {
    const { reader, instruct, temperature = settings.temperature } = section;
    const common = { name, label: name, reader, instruct, temperature };
    if ("url" in section)
      return {
        ...common,
        kind: "endpoint",
        maxTokens: section.maxTokens,
        batch: Number.MAX_SAFE_INTEGER,
        price: section.price,
        keepsReplies: true,
        open: async () =>
          opened(
            openServed(section, { name, folder: repliesFolder(kept, name), purse, budget: BUDGET, log }),
            name,
          ),
      };
    const { path, maxTokens = settings.maxTokens } = section;
    return {
      ...common,
      kind: "local",
      maxTokens,
      batch: settings.batch,
      keepsReplies: false,
      open: () =>
        boundary(`evaluate.models.${name}`, async () =>
          openModel(await modelPath(path, log, `evaluate.models.${name}:`), name),
        ),
    };
  });
}

function opened(sampler: KeptSampler, name: string): OpenedModel {
  const unkept = (requests: readonly ReplyRequest[]) => sampler.unkept(requests);
  return { sampler: { ...sampler, name }, unkept, [Symbol.asyncDispose]: async () => {} };
}
