/**
 * The embedded engine as something that answers prompts: a model folder, its own tokenizer and chat template, and
 * sampling with a seed for each request.
 */
import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { dirname, join, relative, resolve, sep } from "node:path";
import { UsageError } from "../base/errors.ts";
import { type Engine, type Generation, type OnToken, startEngine } from "../engine/client.ts";
import { type EngineSection, engineSettings } from "../recipe/sections/engine.ts";
import type { Reply, ReplyRequest, Sampler } from "./sampler.ts";
import { copyTokenizer, openTokenizer, type Tokenizer } from "./tokenizer.ts";

export interface EmbeddedModel extends AsyncDisposable {
  readonly engine: Engine;
  readonly tokenizer: Tokenizer;
  /** Tokens that end a reply: the tokenizer's end token and those that the model's files name beside it. */
  readonly stopTokens: readonly number[];
  /** Longest sequence, prompt and reply together, that the model takes. */
  readonly contextLength: number;
}

/** Starts an engine with the weights of a folder or a .gguf file. */
export async function openEmbedded(folder: string, section: EngineSection): Promise<EmbeddedModel> {
  const tokenizer = await openTokenizer(folder);
  const engine = await startEngine(engineSettings(section));
  try {
    const { maxPositionEmbeddings: contextLength, eosTokenIds = [] } = await engine.load(folder);
    const stopTokens = [...new Set([tokenizer.endToken, ...eosTokenIds])];
    return {
      engine,
      tokenizer,
      stopTokens,
      contextLength,
      [Symbol.asyncDispose]: () => engine[Symbol.asyncDispose](),
    };
  } catch (error) {
    await engine[Symbol.asyncDispose]();
    throw error;
  }
}

/** The same for training: with a fresh adapter, drawn from `seed`, where the recipe asks for one. */
export async function openForTraining(
  folder: string,
  section: EngineSection,
  seed: number,
): Promise<EmbeddedModel> {
  const model = await openEmbedded(folder, section);
  if (section.lora !== undefined) await model.engine.adapt(section.lora, seed);
  return model;
}

/** Writes what was trained from `from` as a model folder; an adapter is merged in and lies apart in `adapter/` too. */
export async function saveTrained(
  { engine }: EmbeddedModel,
  section: EngineSection,
  from: string,
  target: string,
): Promise<void> {
  await mkdir(target, { recursive: true });
  await engine.save(target);
  await copyTokenizer(from, target);
  if (section.lora === undefined) return;
  await mkdir(join(target, "adapter"), { recursive: true });
  await engine.saveAdapter(join(target, "adapter"), baseName(from));
}

/**
 * What an adapter calls the model it was trained on: its place in its run ("coldstart/model"), also while it lies in
 * the scratch folder; elsewhere the last two parts of the path. Where the run itself lies is no part of it.
 */
export function baseName(from: string): string {
  const path = resolve(from);
  let run = dirname(path);
  while (!existsSync(join(run, "run.json")) && run !== dirname(run)) run = dirname(run);
  if (run === dirname(run)) return path.split(sep).slice(-2).join("/");
  const parts = relative(run, path).split(sep);
  return (parts[0] === "scratch" ? parts.slice(1) : parts).join("/");
}

/** The tokens of a question or free text as the user's turn, up to where the reply begins. */
export function promptTokens(tokenizer: Tokenizer, text: string): number[] {
  return tokenizer.encode(tokenizer.renderChat([{ role: "user", content: text }]));
}

/** The text of generated tokens, without the mark that ends a turn. */
export function replyText(tokenizer: Tokenizer, generation: Pick<Generation, "tokens">): string {
  return tokenizer.decode(generation.tokens).trim();
}

/**
 * A sampler over an open model. A prompt that leaves no room for the reply gets an empty one that counts as cut off:
 * it is never shortened behind the reader's back.
 */
export function embeddedSampler(model: EmbeddedModel, name: string): Sampler {
  const { engine, tokenizer, contextLength } = model;
  return {
    name,
    async answer(requests, options = {}) {
      for (const { id, stop = [] } of requests)
        if (stop.includes(""))
          throw new UsageError(
            `${name}: request "${id}" has an empty stop text; give one that a reply may hold`,
          );
      const asked = requests.map((request) => ({ request, wanted: generateRequest(model, request) }));
      const fitting = asked.filter(({ wanted }) => wanted.prompt.length + wanted.maxTokens <= contextLength);
      const stops = stopListener(
        tokenizer,
        fitting.map(({ request }) => request.stop ?? []),
      );
      const told = new Set<ReplyRequest>();
      const tell = (request: ReplyRequest, reply: Reply): void => {
        if (told.has(request)) return;
        told.add(request);
        options.onReply?.(reply);
      };
      const heard: number[][] = fitting.map(() => []);
      /** Tells a reply with its last token; the others of the batch may take much longer. */
      const hear: OnToken = (index, token) => {
        const { request, wanted } = fitting[index]!;
        const tokens = heard[index]!;
        tokens.push(token);
        const isStopped = stops?.(index, token) === true;
        const isEnd = isStopped || model.stopTokens.includes(token);
        if (isEnd || tokens.length === wanted.maxTokens)
          tell(
            request,
            replyOf(tokenizer, request, wanted.prompt, { tokens, finish: isEnd ? "stop" : "length" }),
          );
        return isStopped;
      };
      const generations = await engine.generate(
        fitting.map(({ wanted }) => wanted),
        options.onReply === undefined ? stops : hear,
        options.signal,
      );
      const answered = new Map(fitting.map(({ request }, index) => [request, generations[index]!]));
      return asked.map(({ request, wanted }): Reply => {
        const reply = replyOf(tokenizer, request, wanted.prompt, answered.get(request));
        tell(request, reply);
        return reply;
      });
    },
  };
}

function replyOf(
  tokenizer: Tokenizer,
  { id, stop = [] }: ReplyRequest,
  prompt: readonly number[],
  generation?: Pick<Generation, "tokens" | "finish">,
): Reply {
  if (generation === undefined) return { id, text: "", finish: "length", tokens: 0 };
  const whole = tokenizer.decode(generation.tokens);
  const end = firstStop(whole, stop);
  return {
    id,
    text: (end === undefined ? whole : whole.slice(0, end)).trim(),
    finish: generation.finish,
    tokens: generation.tokens.length,
    promptTokens: prompt.length,
  };
}

/** Where the first of the stop texts begins. */
function firstStop(text: string, stop: readonly string[]): number | undefined {
  const places = stop.map((mark) => text.indexOf(mark)).filter((place) => place >= 0);
  return places.length === 0 ? undefined : Math.min(...places);
}

/** Ends a request once its text holds one of its stop texts; nothing is listened to where there are none. */
export function stopListener(
  tokenizer: Tokenizer,
  stops: readonly (readonly string[])[],
): OnToken | undefined {
  if (stops.every((stop) => stop.length === 0)) return undefined;
  const tokens: number[][] = stops.map(() => []);
  return (index, token) => {
    const [stop, own] = [stops[index]!, tokens[index]!];
    if (stop.length === 0) return false;
    own.push(token);
    // A token may be one byte of a character, and those of no text (marks of a turn) lie between.
    const back = Math.max(...stop.map((mark) => Buffer.byteLength(mark))) + 8;
    return firstStop(tokenizer.decode(own.slice(-back)), stop) !== undefined;
  };
}

function generateRequest({ tokenizer, stopTokens }: EmbeddedModel, request: ReplyRequest) {
  const { prompt, maxTokens, temperature, seed } = request;
  return {
    prompt: promptTokens(tokenizer, prompt),
    maxTokens,
    temperature,
    seed,
    stopTokens,
  };
}

/**
 * How likely each continuation is after a prompt: the sum of the log-probabilities of its tokens, as given and with
 * the end of the turn, so that a continuation is not preferred for being the start of another.
 */
export async function scoreContinuations(
  model: EmbeddedModel,
  prompts: readonly { readonly prompt: string; readonly continuations: readonly string[] }[],
): Promise<number[][]> {
  const { engine, tokenizer } = model;
  const rows = prompts.flatMap(({ prompt, continuations }) => {
    const start = promptTokens(tokenizer, prompt);
    return continuations.map((text) => ({
      start: start.length,
      tokens: [...start, ...tokenizer.encode(text), tokenizer.endToken],
    }));
  });
  const logProbs = await engine.score(rows.map((row) => row.tokens));
  const sums = rows.map((row, index) =>
    logProbs[index]!.subarray(row.start).reduce((sum, value) => sum + value, 0),
  );
  let at = 0;
  return prompts.map(({ continuations }) => {
    at += continuations.length;
    return sums.slice(at - continuations.length, at);
  });
}
