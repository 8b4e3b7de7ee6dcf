/**
 * The rate of a plain matrix product, what the training rates are a share of: the engine's graph and runtime with
 * one thread and with all of them, and PyTorch's `@` in the same sizes.
 */
import { input } from "../../src/engine/graph.ts";
import { matmul } from "../../src/engine/ops/matmul.ts";
import { compile, floats } from "../../src/engine/session.ts";
import { type Bench, pythonSide } from "./sides.ts";
import { type Row, type Side, scaledRow, takeTurns } from "./turns.ts";

const SIZES = [1024, 2048];
/** What training rates are a share of. */
export const LARGEST = `matmul ${SIZES.at(-1)}`;
/** Long enough for a clock. */
const LEAST_SECONDS = 0.3;

/** GFLOP/s by size; a product of n × n matrices is 2 n³ operations. */
export async function benchGemm(bench: Bench): Promise<Row[]> {
  const { threads, rounds, progress } = bench;
  const counts = threads === 1 ? [1] : [1, threads];
  const sides = [
    ...(await Promise.all(counts.map((count) => gemmSide(count)))),
    await pythonSide(bench, `PyTorch, ${threads} threads`, "torch_side.py", {
      threads,
      leastSeconds: LEAST_SECONDS,
    }),
  ];
  const rows: Row[] = [];
  for (const size of SIZES) {
    progress(`matrix product, ${size}²`);
    const figures = await takeTurns(sides, `matmul ${size}`, rounds);
    rows.push(scaledRow({ part: "matrix product", what: `${size}²`, unit: "", figures }, "GFLOP/s", 1e-9));
  }
  for (const side of sides) if ("run" in side) await side.close();
  return rows;
}

/** The product through the engine's graph and runtime; work is `matmul SIZE`. */
export async function gemmSide(threads: number): Promise<Side> {
  const a = input("a", ["rows", "inner"]);
  const b = input("b", ["inner", "columns"]);
  const session = await compile({ product: matmul(a, b) }, { threads });
  const operands = new Map(SIZES.map((size) => [size, new Float32Array(size * size).fill(1 / size)]));
  return {
    name: `engine, ${threads} thread${threads === 1 ? "" : "s"}`,
    async run(work) {
      const size = Number(work.split(" ")[1]);
      const values = floats(operands.get(size)!, [size, size]);
      const start = performance.now();
      let amount = 0;
      let seconds = 0;
      while (seconds < LEAST_SECONDS) {
        await session.run({ a: values, b: values });
        amount += 2 * size ** 3;
        seconds = (performance.now() - start) / 1000;
      }
      return { amount, seconds };
    },
    peakMemoryBytes: () => 0,
    close: () => session.release(),
  };
}
