/**
 * Opening any model that a recipe names as something that answers prompts: one behind an address, or one on this machine
 * or the Hub. Evaluation and the cold start open theirs here, so that both keep replies, pay and keep pace alike.
 *
 * Invariants: what is kept costs nothing, for the budget stands between the kept replies and the model; a reply is kept
 * under all that it depends on, of a model on this machine its very weights.
 */
import { UsageError } from "../base/errors.ts";
import { hashInput } from "../base/hash.ts";
import type { Log } from "../base/log.ts";
import { isGguf } from "../engine/gguf/read.ts";
import type { EngineSection } from "../recipe/sections/engine.ts";
import type { ServedModelSection } from "../recipe/sections/model.ts";
import { type Limits, openPurse, type Price, type Purse, withBudget } from "./budget.ts";
import { embeddedSampler, openEmbedded, scoreContinuations } from "./embedded.ts";
import { checkedUrl, openEndpoint } from "./endpoint.ts";
import type { Trouble } from "./endpoint-trouble.ts";
import { inBatches } from "./in-batches.ts";
import { openInLlama } from "./llama-binding.ts";
import { checkModelPath, modelPath } from "./model-path.ts";
import { type KeptSampler, keptReplies } from "./reply-cache.ts";
import { journalUsage } from "./reply-journal.ts";
import type { Sampler } from "./sampler.ts";

/** A model by its place, or by its address. */
export type ModelSection = { readonly path: string } | ServedModelSection;

/** A model on this machine; without log-probabilities there are no scores of continuations. */
export interface LocalModel extends AsyncDisposable {
  readonly sampler: Sampler;
  readonly scoreContinuations?: (
    prompts: Parameters<typeof scoreContinuations>[1],
  ) => ReturnType<typeof scoreContinuations>;
}

/** How a model is asked that keeps its replies. */
export interface KeptModelOptions {
  /** What messages call it. */
  readonly name: string;
  /** Folder of its kept replies. */
  readonly folder: string;
  readonly purse: Purse;
  /** Setting of the limits, for messages: "evaluate.budget". */
  readonly budget: string;
  readonly log: Log;
}

/** Requests that a model on this machine gets at a time: what a kill loses at most. */
const LOCAL_BATCH = 32;

/** Finds mistakes in a model before anything is asked and paid; `what` names its setting. @throws UsageError */
export function checkModel(
  section: ModelSection,
  what: string,
  budget: { readonly name: string; readonly limits: Limits | undefined },
): void {
  if (!("url" in section)) {
    checkModelPath(section.path, `${what}:`);
    return;
  }
  checkedUrl(section.url, `${what}: `);
  if (budget.limits?.money !== undefined && section.price === undefined)
    throw new UsageError(
      `${what} has no price, so ${budget.name}.money cannot limit it; give price: { input, output } in money for a million tokens (0 where it costs nothing), or limit requests or tokens`,
    );
}

/**
 * A purse for models with kept replies: what those have cost is spent already, so that a run that goes on does not
 * spend its budget again.
 */
export async function openPurseOf(
  limits: Limits | undefined,
  models: readonly { readonly folder: string; readonly price?: Price | undefined }[],
): Promise<Purse> {
  if (limits === undefined) return openPurse();
  const before = { requests: 0, promptTokens: 0, replyTokens: 0, money: 0 };
  for (const { folder, price = { input: 0, output: 0 } } of models) {
    const { requests, promptTokens, replyTokens } = await journalUsage(folder);
    before.requests += requests;
    before.promptTokens += promptTokens;
    before.replyTokens += replyTokens;
    before.money += (promptTokens * price.input + replyTokens * price.output) / 1e6;
  }
  return openPurse(limits, before);
}

/** A model behind an address; nothing is sent yet. */
export function openServed(section: ServedModelSection, options: KeptModelOptions): KeptSampler {
  const { url, name: model, keyVariable, concurrency, timeout, price } = section;
  const notice = (text: string): void => options.log.warn(text);
  const patience = { replyMs: 1000 * timeout };
  const counts = new Map<string, number>();
  const onTrouble = (trouble: Trouble): void => {
    const words = troubleWords(trouble);
    counts.set(words, (counts.get(words) ?? 0) + 1);
  };
  const endpoint = openEndpoint({ url, model, keyVariable, concurrency, patience, notice, onTrouble });
  const sampler: Sampler & { readonly url: string } = {
    name: endpoint.name,
    url: checkedUrl(url),
    async answer(requests, asking) {
      try {
        return await endpoint.answer(requests, asking);
      } finally {
        const listed = [...counts].sort((a, b) => b[1] - a[1]).map(([words, count]) => `${count} ${words}`);
        if (listed.length > 0)
          options.log.info(`${options.name}: attempts without a reply: ${listed.join(", ")}`);
        counts.clear();
      }
    },
  };
  return kept(sampler, price, options);
}

/** What an attempt ended in, in a few words. */
function troubleWords({ kind, status }: Trouble): string {
  if (kind === "slow") return "timed out";
  if (kind === "unreachable") return "not reached";
  if (status === undefined) return "cut or unreadable";
  return `HTTP ${status}`;
}

function kept(
  sampler: Sampler & { readonly url?: string },
  price: Price | undefined,
  { name, folder, purse, budget, log }: KeptModelOptions,
): KeptSampler {
  const notice = (text: string): void => log.warn(text);
  return keptReplies(withBudget(sampler, purse, { name, setting: budget, notice, price }), folder);
}

/** Opens a model folder or .gguf file in the embedded engine, or where that cannot hold the file, in llama.cpp. */
export async function openLocal(
  path: string,
  name: string,
  engine: EngineSection,
  log: Log,
): Promise<LocalModel> {
  try {
    const model = await openEmbedded(path, engine);
    return {
      sampler: embeddedSampler(model, name),
      scoreContinuations: (prompts) => scoreContinuations(model, prompts),
      [Symbol.asyncDispose]: () => model[Symbol.asyncDispose](),
    };
  } catch (error) {
    if (!isGguf(path) || !(error instanceof UsageError)) throw error;
    const model = await openInLlama(path, name, engine.threads, error);
    log.info(`${name}: llama.cpp answers for it, as the engine here cannot (${error.message})`);
    return model;
  }
}

/** Opens a model of either kind with kept replies; `what` names its setting. */
export async function openModel(
  section: ModelSection,
  what: string,
  engine: EngineSection,
  options: KeptModelOptions,
): Promise<AsyncDisposable & { readonly sampler: KeptSampler }> {
  if ("url" in section)
    return { sampler: openServed(section, options), [Symbol.asyncDispose]: async () => {} };
  const path = await modelPath(section.path, options.log, `${what}:`);
  const weights = await hashInput(path);
  const model = await openLocal(path, options.name, engine, options.log);
  const sampler = { ...inBatches(model.sampler, LOCAL_BATCH), url: `weights:${weights}` };
  return {
    sampler: kept(sampler, undefined, options),
    [Symbol.asyncDispose]: () => model[Symbol.asyncDispose](),
  };
}
