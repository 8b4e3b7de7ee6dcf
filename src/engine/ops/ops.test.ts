/**
 * Every operator's derivative against central finite differences of its own forward pass.
 *
 * The scalar is a fixed random combination of the operator's outputs, summed in double precision, so that each
 * entry of each gradient is checked and none can hide behind a symmetric sum.
 */
import fc from "fast-check";
import { expect, test } from "vitest";
import { type Random, seededRandom } from "../../base/random.ts";
import { gradients } from "../backward.ts";
import { input, type Tensor } from "../graph.ts";
import { compile, type Feeds, floats, integers } from "../session.ts";
import { swiglu } from "./activate.ts";
import { adaptedLinear } from "./adapted.ts";
import { maskedSoftmax, rotary, rowDot } from "./attend.ts";
import { add, clip, exp, minimum, mul, negate, sub, sum } from "./elementwise.ts";
import { gatherRows, reshape, transpose } from "./layout.ts";
import { linear, matmul } from "./matmul.ts";
import { rmsNorm } from "./normalize.ts";
import { logSumExp, targetLogProbs } from "./predict.ts";

interface Case {
  /** Shapes of the differentiable inputs. */
  readonly inputs: Readonly<Record<string, readonly number[]>>;
  readonly build: (inputs: Readonly<Record<string, Tensor>>) => Tensor;
  readonly fixed?: Feeds;
  readonly values?: (random: Random) => number;
}

const size = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);

async function checkDerivative({ inputs, build, fixed = {}, values }: Case, seed: number): Promise<void> {
  const random = seededRandom(seed, "finite differences");
  const tensors = Object.fromEntries(
    Object.entries(inputs).map(([name, shape]) => [name, input(name, shape)]),
  );
  const out = build(tensors);
  const shape = out.shape as readonly number[];
  const direction = Float32Array.from({ length: size(shape) }, () => random.normal());
  const loss = sum(mul(out, input("direction", shape)));
  const flows = gradients(loss, Object.values(tensors));
  const backward = await compile(
    Object.fromEntries(Object.keys(inputs).map((name, i) => [`d ${name}`, flows[i]!])),
    { threads: 1 },
  );
  const forward = await compile({ out }, { threads: 1 });
  const data = Object.fromEntries(
    Object.entries(inputs).map(([name, own]) => [
      name,
      Float32Array.from({ length: size(own) }, () => values?.(random) ?? random.normal()),
    ]),
  );
  const feeds: Feeds = { ...fixed, direction: floats(direction, shape) };
  for (const [name, own] of Object.entries(inputs)) feeds[name] = floats(data[name]!, own);
  const derived = await backward.run(feeds);
  const value = async (): Promise<number> => {
    const { out: found } = await forward.run(feeds);
    return found!.reduce((total, number, i) => total + number * direction[i]!, 0);
  };
  const step = 1 / 128;
  for (const [name, array] of Object.entries(data)) {
    for (let i = 0; i < array.length; i++) {
      const kept = array[i]!;
      array[i] = kept + step;
      const above = await value();
      array[i] = kept - step;
      const below = await value();
      array[i] = kept;
      const expected = (above - below) / (2 * step);
      const found = derived[`d ${name}`]![i]!;
      expect(
        Math.abs(found - expected),
        `d ${name}[${i}]: ${found}, by differences ${expected}`,
      ).toBeLessThan(4e-3 * (1 + Math.abs(expected)));
    }
  }
  await forward.release();
  await backward.release();
}

const ids = (values: readonly number[], shape: readonly number[] = [values.length]) =>
  integers(Int32Array.from(values), shape);
const angles = Array.from({ length: 12 }, (_, i) => 0.3 * i);
const rotation: Feeds = {
  positions: ids([0, 3, 5, 1, 2, 4], [2, 3]),
  cos: floats(Float32Array.from(angles, Math.cos), [6, 2]),
  sin: floats(Float32Array.from(angles, Math.sin), [6, 2]),
  negatedSin: floats(
    Float32Array.from(angles, (angle) => -Math.sin(angle)),
    [6, 2],
  ),
};
const tables = () => ({
  cos: input("cos", [6, 2]),
  sin: input("sin", [6, 2]),
  negatedSin: input("negatedSin", [6, 2]),
});

const CASES: Readonly<Record<string, Case>> = {
  "add with a broadcast operand": { inputs: { a: [2, 3], b: [3] }, build: ({ a, b }) => add(a!, b!) },
  subtract: { inputs: { a: [2, 3], b: [2, 1] }, build: ({ a, b }) => sub(a!, b!) },
  "multiply with a broadcast operand": { inputs: { a: [2, 3], b: [2, 1] }, build: ({ a, b }) => mul(a!, b!) },
  negate: { inputs: { a: [4] }, build: ({ a }) => negate(a!) },
  exp: { inputs: { a: [2, 3] }, build: ({ a }) => exp(a!) },
  minimum: {
    inputs: { a: [6], b: [6] },
    build: ({ a, b }) => minimum(a!, b!),
    // Far enough apart that a small step does not change which is smaller.
    values: (random) => random.integer(1000) / 10 + 0.05 * random.integer(2),
  },
  "clip between bounds": {
    inputs: { a: [8] },
    build: ({ a }) => clip(a!, input("low", []), input("high", [])),
    fixed: { low: floats(Float32Array.of(-0.5), []), high: floats(Float32Array.of(0.5), []) },
    values: (random) => [-1.2, -0.3, 0.2, 0.9][random.integer(4)]!,
  },
  reshape: { inputs: { a: [2, 6] }, build: ({ a }) => reshape(a!, [3, 4]) },
  transpose: { inputs: { a: [2, 3, 2] }, build: ({ a }) => transpose(a!, [2, 0, 1]) },
  "rows by index, one of them twice": {
    inputs: { a: [4, 3] },
    build: ({ a }) => gatherRows(a!, input("rows", [6], "int64")),
    fixed: { rows: ids([3, 1, 1, 0, 3, 3]) },
  },
  "linear layer with bias": {
    inputs: { x: [5, 3], w: [4, 3], b: [4] },
    build: ({ x, w, b }) => linear(x!, w!, b, "layer"),
  },
  "RMS norm": { inputs: { x: [3, 6], w: [6] }, build: ({ x, w }) => rmsNorm(x!, w!, 1e-5, "norm") },
  SwiGLU: { inputs: { gate: [3, 5], up: [3, 5] }, build: ({ gate, up }) => swiglu(gate!, up!, "mlp") },
  "masked softmax": {
    inputs: { scores: [2, 3, 3] },
    build: ({ scores }) => maskedSoftmax(scores!, input("mask", [1, 3, 3]), "softmax"),
    fixed: { mask: floats(Float32Array.of(0, -1e9, -1e9, 0, 0, -1e9, -1e9, 0, 0), [1, 3, 3]) },
  },
  "rotary positions": {
    inputs: { x: [2, 3, 8] },
    build: ({ x }) => rotary(x!, input("positions", [2, 3], "int64"), tables(), "rotary"),
    fixed: rotation,
  },
  "log of a sum of exponentials over a product": {
    inputs: { hidden: [4, 3], matrix: [5, 3] },
    build: ({ hidden, matrix }) => logSumExp(hidden!, matrix!, 5),
  },
  "log of a sum of exponentials, the vocabulary in chunks": {
    inputs: { hidden: [4, 3], matrix: [5, 3] },
    build: ({ hidden, matrix }) => logSumExp(hidden!, matrix!, 2),
  },
  "product of rows": { inputs: { a: [4, 3], b: [4, 3] }, build: ({ a, b }) => rowDot(a!, b!, 1) },
  "merged layer with its adapter": {
    inputs: { x: [5, 3], down: [2, 3], up: [4, 2], bias: [4] },
    build: ({ x, down, up, bias }) => {
      const merged = add(input("w", [4, 3]), matmul(up!, down!, { alpha: 0.5 }));
      const factors = { down: down!, up: up!, scale: 0.5 };
      // The layer's own bias is frozen too; its value has no part in any derivative.
      return add(adaptedLinear(x!, merged, factors, input("frozen", [4]), "layer"), bias!);
    },
    fixed: {
      w: floats(
        Float32Array.from({ length: 12 }, (_, i) => Math.sin(i)),
        [4, 3],
      ),
      frozen: floats(Float32Array.of(1, -2, 0.5, 3), [4]),
    },
  },
};

for (const [name, one] of Object.entries(CASES)) {
  test(`the derivative of ${name} agrees with finite differences`, () => checkDerivative(one, 1));
}

test("the derivatives of a product agree for every transposition and any sizes", async () => {
  const dimension = fc.integer({ min: 1, max: 4 });
  await fc.assert(
    fc.asyncProperty(
      fc.tuple(dimension, dimension, dimension),
      fc.boolean(),
      fc.boolean(),
      fc.boolean(),
      async ([n, k, m], transA, transB, batched) => {
        const lead = batched ? [2] : [];
        await checkDerivative(
          {
            inputs: {
              a: [...lead, ...(transA ? [k, n] : [n, k])],
              b: [...lead, ...(transB ? [m, k] : [k, m])],
            },
            build: ({ a, b }) => matmul(a!, b!, { transA, transB, alpha: 0.7 }),
          },
          3,
        );
      },
    ),
    { numRuns: 16, seed: 1 },
  );
});

test("a target's log-probability is its logit less the log of the sum, however the vocabulary is cut", async () => {
  const [hidden, matrix, targets] = [
    [0.3, -1, 2, 0.5, 1, -0.7],
    [1, 0, -1, 2, 0.5, 0.5, 3, -2],
    [3, 0, 2],
  ];
  const logits = [0, 1, 2].map((row) =>
    [0, 1, 2, 3].map((v) => hidden[2 * row]! * matrix[2 * v]! + hidden[2 * row + 1]! * matrix[2 * v + 1]!),
  );
  const expected = logits.map(
    (own, row) => own[targets[row]!]! - Math.log(own.reduce((t, x) => t + Math.exp(x), 0)),
  );
  for (const chunk of [1, 3, 4]) {
    const { logProbs } = targetLogProbs(
      input("hidden", [3, 2]),
      input("matrix", [4, 2]),
      input("targets", [3], "int64"),
      chunk,
    );
    const session = await compile({ logProbs }, { threads: 1 });
    const found = await session.run({
      hidden: floats(Float32Array.from(hidden), [3, 2]),
      matrix: floats(Float32Array.from(matrix), [4, 2]),
      targets: ids(targets),
    });
    for (const [row, value] of expected.entries()) expect(found["logProbs"]![row]).toBeCloseTo(value, 5);
    await session.release();
  }
});

test("shapes that do not fit are named with their numbers", () => {
  expect(() => linear(input("x", [8, 16, 64]), input("w", [32, 64]), undefined, "layer0.attn.q")).toThrow(
    'engine: MatMul "layer0.attn.q" got [8, 16, 64] × [32, 64]; both have to be matrices, or batches of equal rank',
  );
  expect(() => matmul(input("x", [128, 64]), input("w", [32, 64]), {}, "layer0.attn.q")).toThrow(
    'engine: MatMul "layer0.attn.q" got [128, 64] × [32, 64]; inner dimensions 64 and 32 differ',
  );
});
