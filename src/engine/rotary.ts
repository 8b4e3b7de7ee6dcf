/**
 * The angles of rotary positions: pair j of a head turns by position · frequency_j.
 *
 * Each step is rounded to float32 where transformers rounds it, since an error of one part in 10⁷ in a frequency is
 * a visible angle at position 100,000. "dynamic" changes the frequencies only of sequences longer than
 * `maxPositionEmbeddings`; the engine refuses those, so it is plain rotary positions here and exact.
 */
import type { ModelConfig } from "./config.ts";
import type { RopeScaling } from "./rope-scaling.ts";

/** Turns per position of each pair, in radians: headDim / 2 numbers. */
export function rotaryFrequencies(
  config: Pick<ModelConfig, "headDim" | "ropeTheta" | "ropeScaling">,
): Float32Array {
  const { headDim, ropeTheta, ropeScaling } = config;
  return Float32Array.from({ length: headDim / 2 }, (_, j) => {
    const plain = f32(1 / f32(ropeTheta ** f32((2 * j) / headDim)));
    switch (ropeScaling?.type) {
      case undefined:
      case "dynamic":
        return plain;
      case "linear":
        return f32(plain / ropeScaling.factor);
      case "llama3":
        return llama3(plain, ropeScaling);
      default:
        return ropeScaling satisfies never;
    }
  });
}

const f32 = Math.fround;

/** Short waves as they are, long ones `factor` times longer, and a mean of both in between. */
function llama3(plain: number, scaling: Extract<RopeScaling, { type: "llama3" }>): number {
  const { factor, lowFreqFactor: low, highFreqFactor: high } = scaling;
  const length = scaling.originalMaxPositionEmbeddings;
  // PyTorch divides a number by a tensor as reciprocal, then product.
  const wave = f32(f32(1 / plain) * f32(2 * Math.PI));
  if (wave < f32(length / high)) return plain;
  if (wave > f32(length / low)) return f32(plain / factor);
  const smooth = f32(f32(f32(f32(1 / wave) * length) - low) / f32(high - low));
  const stretched = f32(f32(f32(1 - smooth) * plain) / factor);
  return f32(stretched + f32(smooth * plain));
}

/** Cosines and sines [positions, headDim / 2] of positions from 0 on. */
export function rotaryTables(
  config: Pick<ModelConfig, "headDim" | "ropeTheta" | "ropeScaling">,
  positions: number,
): { readonly cos: Float32Array; readonly sin: Float32Array } {
  const frequencies = rotaryFrequencies(config);
  const half = frequencies.length;
  const [cos, sin] = [new Float32Array(positions * half), new Float32Array(positions * half)];
  for (let i = 0; i < cos.length; i++) {
    const angle = f32(Math.floor(i / half) * frequencies[i % half]!);
    cos[i] = Math.cos(angle);
    sin[i] = Math.sin(angle);
  }
  return { cos, sin };
}
