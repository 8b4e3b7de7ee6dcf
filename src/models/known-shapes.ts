/**
 * Shapes of published models by name, so that what a model takes can be said before a byte of it is fetched.
 *
 * Only what decides the number of weights and the size of the cache stands here; each row adds up to the number of
 * weights that its publisher states. A model that is at hand is read from its own files instead (model-shape.ts).
 */
import type { ModelConfig } from "../engine/config.ts";

/** width, feed-forward, layers, query heads, key-value heads, vocabulary, tied output, size of a head. */
type Row = readonly [number, number, number, number, number, number, boolean, number];

const qwen2: Readonly<Record<string, Row>> = {
  "Qwen2.5-0.5B": [896, 4864, 24, 14, 2, 151936, true, 64],
  "Qwen2.5-1.5B": [1536, 8960, 28, 12, 2, 151936, true, 128],
  "Qwen2.5-3B": [2048, 11008, 36, 16, 2, 151936, true, 128],
  "Qwen2.5-7B": [3584, 18944, 28, 28, 4, 152064, false, 128],
  "Qwen2.5-14B": [5120, 13824, 48, 40, 8, 152064, false, 128],
  "Qwen2.5-32B": [5120, 27648, 64, 40, 8, 152064, false, 128],
  "Qwen2.5-72B": [8192, 29568, 80, 64, 8, 152064, false, 128],
};

const qwen3: Readonly<Record<string, Row>> = {
  "Qwen3-0.6B": [1024, 3072, 28, 16, 8, 151936, true, 128],
  "Qwen3-1.7B": [2048, 6144, 28, 16, 8, 151936, true, 128],
  "Qwen3-4B": [2560, 9728, 36, 32, 8, 151936, true, 128],
  "Qwen3-8B": [4096, 12288, 36, 32, 8, 151936, false, 128],
  "Qwen3-14B": [5120, 17408, 40, 40, 8, 151936, false, 128],
  "Qwen3-32B": [5120, 25600, 64, 64, 8, 151936, false, 128],
};

const llama: Readonly<Record<string, Row>> = {
  "SmolLM2-135M": [576, 1536, 30, 9, 3, 49152, true, 64],
  "SmolLM2-360M": [960, 2560, 32, 15, 5, 49152, true, 64],
  "SmolLM2-1.7B": [2048, 8192, 24, 32, 32, 49152, true, 64],
  "Llama-3.2-1B": [2048, 8192, 16, 32, 8, 128256, true, 64],
  "Llama-3.2-3B": [3072, 8192, 28, 24, 8, 128256, true, 128],
  "Llama-3.1-8B": [4096, 14336, 32, 32, 8, 128256, false, 128],
  "Llama-3.1-70B": [8192, 28672, 80, 64, 8, 128256, false, 128],
};

/** Every model of the tables, smallest first within a family. */
export const knownShapes: ReadonlyMap<string, ModelConfig> = new Map([
  ...Object.entries(qwen2).map(([name, row]) => [name, shape("qwen2", row)] as const),
  ...Object.entries(qwen3).map(([name, row]) => [name, shape("qwen3", row)] as const),
  ...Object.entries(llama).map(([name, row]) => [name, shape("llama", row)] as const),
]);

/**
 * The model of the tables that a name or path means: `hf:Qwen/Qwen2.5-7B-Instruct` is a Qwen2.5-7B. Undefined where
 * none of them is in it, or a letter or digit goes on behind it ("Qwen2.5-7B1" is another model).
 */
export function knownShape(
  where: string,
): { readonly name: string; readonly config: ModelConfig } | undefined {
  const plain = where
    .toLowerCase()
    .replaceAll(/meta-llama-|_/gu, (found) => (found === "_" ? "-" : "llama-"));
  // Llama 3 and 3.1, 3.1 and 3.3 have one shape at these sizes.
  const asked = plain.replace(/llama-3-8b/u, "llama-3.1-8b").replace(/llama-3(?:\.3)?-70b/u, "llama-3.1-70b");
  for (const [name, config] of knownShapes) {
    const at = asked.indexOf(name.toLowerCase());
    if (at >= 0 && !/^[a-z0-9]/u.test(asked.slice(at + name.length))) return { name, config };
  }
  return undefined;
}

function shape(architecture: ModelConfig["architecture"], row: Row): ModelConfig {
  const [hiddenSize, intermediateSize, numHiddenLayers, numAttentionHeads, numKeyValueHeads] = row;
  const [vocabSize, tieWordEmbeddings, headDim] = [row[5], row[6], row[7]];
  return {
    architecture,
    vocabSize,
    hiddenSize,
    intermediateSize,
    numHiddenLayers,
    numAttentionHeads,
    numKeyValueHeads,
    headDim,
    // Positions change no size.
    maxPositionEmbeddings: 32768,
    ropeTheta: 1e6,
    rmsNormEps: 1e-6,
    tieWordEmbeddings,
  };
}
