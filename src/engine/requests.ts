/**
 * Generation across the workers: checks the requests, shares them out, joins the completions.
 */
import { invariant, UsageError } from "../base/errors.ts";
import type { GenerateRequest } from "./client.ts";
import type { ModelConfig } from "./config.ts";
import type { Completion } from "./generate.ts";
import type { Held } from "./held.ts";
import { allOf, type Pool } from "./pool.ts";
import { checkTokens, rangesOf } from "./share.ts";

/** Completions in the order of the requests. */
export async function generate(
  pool: Pool,
  model: Held,
  requests: readonly GenerateRequest[],
  stream: ((tokens: readonly number[]) => void) | undefined,
  stop: Int32Array,
): Promise<readonly Completion[]> {
  for (const [i, request] of requests.entries()) checkRequest(request, model.config, `request ${i}`);
  const { slots, cacheBytes, prefillTokens } = model.limits;
  // Requests with one prompt stay together, so that it is computed once; each worker gets its fair share.
  const indexed = requests.map((request, index) => ({ index, request, key: request.prompt.join(",") }));
  const places = new Map<string, number>();
  for (const { key } of indexed) if (!places.has(key)) places.set(key, places.size);
  const ordered = [...indexed].sort((a, b) => places.get(a.key)! - places.get(b.key)! || a.index - b.index);
  const ranges = rangesOf(ordered.length, model.lanes);
  const parts = (await allOf(
    ranges.map(({ from, to }, worker) =>
      pool.run(
        worker,
        {
          kind: "generate",
          version: model.version,
          requests: ordered.slice(from, to).map(({ index, request }) => ({ index, request })),
          limits: { slots, cacheBytes, prefillTokens },
          stream: stream !== undefined,
          stop: stop.buffer as SharedArrayBuffer,
        },
        stream,
      ),
    ),
  )) as ReadonlyMap<number, Completion>[];
  if (Atomics.load(stop, 0) !== 0) throw new UsageError("engine: generation was stopped");
  return requests.map((_, index) => {
    const generation = parts.map((part) => part.get(index)).find((found) => found !== undefined);
    invariant(generation !== undefined, `request ${index} was lost`);
    return generation;
  });
}

function checkRequest(request: GenerateRequest, config: ModelConfig, what: string): void {
  const { prompt, maxTokens, temperature, topK, topP, minP } = request;
  const refuse = (name: string, value: unknown, expected: string): never => {
    throw new UsageError(`engine: ${what}: ${name} is ${value}; expected ${expected}`);
  };
  if (prompt.length === 0) refuse("prompt", "empty", "at least one token");
  checkTokens(prompt, config, what);
  if (!Number.isInteger(maxTokens) || maxTokens < 1)
    refuse("maxTokens", maxTokens, "an integer of at least 1");
  if (prompt.length + maxTokens > config.maxPositionEmbeddings) {
    refuse(
      "maxTokens",
      maxTokens,
      `at most ${config.maxPositionEmbeddings - prompt.length} after this prompt`,
    );
  }
  if (!Number.isFinite(temperature) || temperature < 0) refuse("temperature", temperature, "0 or more");
  if (topK !== undefined && (!Number.isInteger(topK) || topK < 1))
    refuse("topK", topK, "an integer of at least 1");
  if (minP !== undefined && !(minP >= 0 && minP <= 1)) refuse("minP", minP, "0 to 1");
  if (topP !== undefined && !(topP > 0 && topP <= 1)) refuse("topP", topP, "more than 0, at most 1");
}
