/**
 * The embedded engine as something that answers prompts: a model folder, its own tokenizer and chat template, and
 * sampling with a seed for each request.
 */
import { type Engine, type Generation, startEngine } from "../engine/client.ts";
import { type EngineSection, engineSettings } from "../recipe/sections/engine.ts";
import type { Reply, ReplyRequest, Sampler } from "./sampler.ts";
import { openTokenizer, type Tokenizer } from "./tokenizer.ts";

export interface EmbeddedModel extends AsyncDisposable {
  readonly engine: Engine;
  readonly tokenizer: Tokenizer;
  /** Longest sequence, prompt and reply together, that the model takes. */
  readonly contextLength: number;
}

/** Starts an engine with the weights of a folder. */
export async function openEmbedded(folder: string, section: EngineSection): Promise<EmbeddedModel> {
  const tokenizer = await openTokenizer(folder);
  const engine = await startEngine(engineSettings(section));
  try {
    const { maxPositionEmbeddings: contextLength } = await engine.load(folder);
    return { engine, tokenizer, contextLength, [Symbol.asyncDispose]: () => engine[Symbol.asyncDispose]() };
  } catch (error) {
    await engine[Symbol.asyncDispose]();
    throw error;
  }
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
      const asked = requests.map((request) => generateRequest(tokenizer, request));
      const fitting = asked.filter(({ prompt, maxTokens }) => prompt.length + maxTokens <= contextLength);
      const generations = await engine.generate(fitting, undefined, options.signal);
      const answered = new Map(fitting.map((request, index) => [request, generations[index]!]));
      return requests.map(({ id }, index): Reply => {
        const generation = answered.get(asked[index]!);
        const reply: Reply =
          generation === undefined
            ? { id, text: "", finish: "length", tokens: 0 }
            : {
                id,
                text: replyText(tokenizer, generation),
                finish: generation.finish,
                tokens: generation.tokens.length,
              };
        options.onReply?.(reply);
        return reply;
      });
    },
  };
}

function generateRequest(tokenizer: Tokenizer, request: ReplyRequest) {
  const { prompt, maxTokens, temperature, seed } = request;
  return {
    prompt: promptTokens(tokenizer, prompt),
    maxTokens,
    temperature,
    seed,
    stopTokens: [tokenizer.endToken],
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
