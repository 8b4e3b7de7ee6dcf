/**
 * Generation as its caller hears it: token by token, with a word for each request that has enough.
 *
 * The word is on its way while the engine goes on, so what a completion has beyond it is cut off here.
 */
import type { Channel } from "./channel.ts";
import type { GenerateRequest, Generation, OnToken } from "./client.ts";
import type { Completion } from "./generate.ts";

/** Completions in the order of the requests. */
export async function generateHeard(
  channel: Channel,
  requests: readonly GenerateRequest[],
  onToken: OnToken | undefined,
  signal: AbortSignal | undefined,
): Promise<Generation[]> {
  const heard = requests.map(() => 0);
  const wanted: (number | undefined)[] = requests.map(() => undefined);
  const hear = (tokens: readonly number[], abort: (request: number) => void): void => {
    for (let i = 0; i < tokens.length; i += 2) {
      const index = tokens[i]!;
      if (wanted[index] !== undefined) continue;
      heard[index]!++;
      if (onToken?.(index, tokens[i + 1]!) !== true) continue;
      wanted[index] = heard[index]!;
      abort(index);
    }
  };
  const stream = onToken !== undefined;
  const completions = (await channel.call(() => ({ method: "generate", requests, stream }), {
    hear,
    signal,
  })) as Completion[];
  return completions.map((completion, i) => trimmed(completion, wanted[i]));
}

/** The first tokens of a completion, as many as the caller wanted. */
function trimmed(completion: Completion, wanted: number | undefined): Generation {
  const count = wanted ?? completion.tokens.length;
  const { entropies } = completion;
  let entropy = 0;
  for (let t = 0; t < count; t++) entropy += entropies[t]!;
  return {
    tokens: completion.tokens.slice(0, count),
    logProbs: completion.logProbs.slice(0, count),
    entropy: entropy / count,
    finish: wanted === undefined ? completion.finish : "stop",
  };
}
