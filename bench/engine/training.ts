/**
 * Training on full rows: tokens a second, their share of the matrix product's rate, and peak memory, beside PyTorch
 * as it runs by itself and compiled. Each side has a fresh process for each shape.
 */
import { join } from "node:path";
import { seededRandom } from "../../src/base/random.ts";
import { gemmSide, LARGEST } from "./gemm.ts";
import { writeModel } from "./models.ts";
import { type BenchShape, drawRows, flopsPerToken, large, small, update } from "./shapes.ts";
import { type Bench, ownSide, pythonSide } from "./sides.ts";
import { memoryRow, type Row, scaledRow, takeTurns } from "./turns.ts";

/** Rows for each shape. */
export async function benchTraining(bench: Bench): Promise<Row[]> {
  const shapes = bench.quick ? [{ ...small, rows: 4, time: 128 }] : [small, large];
  const rows: Row[] = [];
  for (const shape of shapes) rows.push(...(await benchShape(bench, shape)));
  return rows;
}

async function benchShape(bench: Bench, shape: BenchShape): Promise<Row[]> {
  const { threads, rounds, scratch, progress } = bench;
  const part = "training";
  const what = `${shape.name}, ${shape.rows} × ${shape.time} tokens`;
  progress(`${part}, ${what}`);
  const model = join(scratch, "training");
  await writeModel(model, shape.config, threads);
  const tokens = drawRows(seededRandom(1, "bench"), shape.rows, shape.time, shape.config);
  const weight = 1 / (shape.rows * (shape.time - 1));
  const batch = tokens.map((row) => ({ tokens: row, weights: row.map(() => weight) }));
  const job = { model, threads, tokens, update };
  const sides = [
    await ownSide(threads, model, (engine) => ({
      train: async () => (await engine.train(batch, update)).tokens,
    })),
    await pythonSide(bench, "PyTorch", "torch_side.py", job),
    await pythonSide(bench, "PyTorch compiled", "torch_side.py", { ...job, compile: true }),
  ];
  // The product takes its turns with the rest, so that a share compares what was measured at the same time.
  const product = await gemmSide(threads);
  const alongside = { ...product, run: () => product.run(LARGEST) };
  const figures = await takeTurns([...sides, alongside], "train", rounds);
  const speed: Row = { part, what, unit: "tokens/s", figures: figures.slice(0, sides.length) };
  const rate = figures.at(-1)!.value!;
  const share = scaledRow(speed, "% of product's rate", (100 * flopsPerToken(shape)) / rate.median);
  const memory = await memoryRow(part, what, sides);
  for (const side of [...sides, product]) if ("run" in side) await side.close();
  const base: Row = { part, what: `${what}: product`, unit: "", figures: [{ side: "engine", value: rate }] };
  return [speed, share, memory, scaledRow(base, "GFLOP/s", 1e-9)];
}
