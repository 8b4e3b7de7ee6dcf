/** Frequencies bit for bit as transformers makes them (interop/engine_vectors.py compares whole models). */
import { expect, test } from "vitest";
import type { RopeScaling } from "./rope-scaling.ts";
import { rotaryFrequencies, rotaryTables } from "./rotary.ts";

/** `inv_freq` of transformers 5.23's LlamaRotaryEmbedding; the first is Llama-3.2-1B's. */
const MADE: readonly (readonly [number, RopeScaling, readonly number[]])[] = [
  [
    500000,
    { type: "llama3", factor: 32, lowFreqFactor: 1, highFreqFactor: 4, originalMaxPositionEmbeddings: 8192 },
    [
      1.0, 0.663601279, 0.440366626, 0.292227834, 0.193922758, 0.128687382, 0.0853971019, 0.0566696189,
      0.0376060307, 0.0249554086, 0.0165604409, 0.0109895291, 0.00729266508, 0.00483942125, 0.00321144611,
      0.00129054801, 0.000429556705, 9.70828623e-5, 1.94616387e-5, 1.29147675e-5, 8.57025589e-6,
      5.68723226e-6, 3.77405445e-6, 2.50446715e-6, 1.66196742e-6, 1.10288363e-6, 7.31874934e-7, 4.85673127e-7,
      3.22293289e-7, 2.1387423e-7, 1.41927202e-7, 9.41830649e-8,
    ],
  ],
  [
    10000,
    { type: "linear", factor: 3 },
    [
      0.333333343, 0.105409257, 0.0333333351, 0.0105409259, 0.00333333318, 0.00105409266, 0.000333333359,
      0.000105409265,
    ],
  ],
  [
    10000,
    { type: "dynamic", factor: 4 },
    [
      1.0, 0.316227764, 0.100000001, 0.0316227786, 0.00999999978, 0.00316227786, 0.00100000005,
      0.000316227786,
    ],
  ],
];
for (const [ropeTheta, ropeScaling, made] of MADE) {
  test(`${ropeScaling.type}: the frequencies are transformers'`, () => {
    const found = rotaryFrequencies({ headDim: 2 * made.length, ropeTheta, ropeScaling });
    expect([...found]).toEqual(made.map(Math.fround));
  });
}

test("a far position turns by the float32 product of position and frequency", () => {
  const { cos, sin } = rotaryTables({ headDim: 4, ropeTheta: 10000 }, 100_001);
  const angle = Math.fround(100_000 * Math.fround(0.01));
  expect(cos.at(-1)).toBe(Math.fround(Math.cos(angle)));
  expect(sin.at(-2)).toBe(Math.fround(Math.sin(100_000)));
});
