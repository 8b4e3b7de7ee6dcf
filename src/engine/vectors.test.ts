/**
 * One block, the loss and one AdamW step against numbers that PyTorch and transformers made
 * (interop/engine_vectors.py, which also says how).
 */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { adamw } from "./adamw.ts";
import { parseConfig } from "./config.ts";
import { lossOf } from "./loss.ts";
import { type MicroBatch, maskOf, pack } from "./pack.ts";
import { parameterCount, parametersOf } from "./parameters.ts";
import { type Feeds, floats, integers, ModelSessions } from "./session.ts";

type Named = Readonly<Record<string, readonly number[]>>;
interface Step {
  readonly logProbs: readonly (readonly number[])[];
  readonly loss: number;
  readonly gradNorm: number;
  readonly gradients: Named;
}
interface Fixture {
  readonly config: unknown;
  readonly weights: Named;
  readonly tokens: readonly (readonly number[])[];
  readonly coefficients: readonly (readonly number[])[];
  readonly oldLogProbs: readonly (readonly number[])[];
  readonly clipRatio: { readonly low: number; readonly high: number };
  readonly step: {
    readonly lr: number;
    readonly beta1: number;
    readonly beta2: number;
    readonly eps: number;
    readonly weightDecay: number;
    readonly clipNorm: number;
  };
  readonly plain: Step & { readonly after: Named };
  readonly ratio: Step;
}

function feedsOf(
  batch: MicroBatch,
  gather: (from: Fixture["tokens"]) => Float32Array,
  fixture: Fixture,
): Feeds {
  const { rows, time } = batch;
  const count = batch.picks.length;
  return {
    tokens: integers(batch.tokens, [rows, time]),
    positions: integers(batch.positions, [rows, time]),
    mask: floats(maskOf(batch), [rows, 1, 1, time, time]),
    picks: integers(batch.picks, [count]),
    targets: integers(batch.targets, [count]),
    weights: floats(gather(fixture.coefficients), [count]),
    oldLogProbs: floats(gather(fixture.oldLogProbs), [count]),
    ratioLow: floats(Float32Array.of(1 - fixture.clipRatio.low), []),
    ratioHigh: floats(Float32Array.of(1 + fixture.clipRatio.high), []),
  };
}

for (const name of ["qwen2", "qwen3", "llama"]) {
  test(`${name}: log-probabilities, losses, gradients and one AdamW step are PyTorch's`, async () => {
    const file = new URL(`./fixtures/${name}.json`, import.meta.url);
    const fixture = JSON.parse(readFileSync(file, "utf8")) as Fixture;
    const config = parseConfig(fixture.config, `${name}.json`);
    const parameters = parametersOf(config);
    expect(parameters.map((parameter) => parameter.name).sort()).toEqual(Object.keys(fixture.weights).sort());
    const size = parameterCount(parameters);
    const sessions = new ModelSessions(config, size);
    for (const { name: key, offset } of parameters) sessions.weights.set(fixture.weights[key]!, offset);
    const [batch, ...more] = pack(
      fixture.tokens.map((tokens, i) => ({
        tokens: Int32Array.from(tokens),
        weights: Float32Array.from(fixture.coefficients[i]!),
      })),
      { microTokens: 1000, workers: 1 },
    );
    expect(more).toEqual([]);
    const gather = (from: Fixture["tokens"]): Float32Array =>
      Float32Array.from(batch!.sequence, (sequence, i) => from[sequence]![batch!.index[i]!]!);
    const feeds = feedsOf(batch!, gather, fixture);

    const gradient = new Float32Array(size);
    for (const form of ["ratio", "plain"] as const) {
      const results = await sessions.run(form === "plain" ? "train" : "trainRatio", feeds, 32);
      const logProbs = results["logProbs"]!;
      expectClose(logProbs, gather(fixture[form].logProbs), 2e-5, "logProbs");
      const ratio = {
        old: gather(fixture.oldLogProbs),
        low: 1 - fixture.clipRatio.low,
        high: 1 + fixture.clipRatio.high,
      };
      const { loss } = lossOf(logProbs, gather(fixture.coefficients), form === "plain" ? undefined : ratio);
      expect(loss).toBeCloseTo(fixture[form].loss, 5);
      for (const { name: key, offset } of parameters) {
        expectClose(results[`gradient:${key}`]!, fixture[form].gradients[key]!, 5e-5, `${form} ${key}`);
        gradient.set(results[`gradient:${key}`]!, offset);
      }
      const norm = Math.sqrt(gradient.reduce((sum, value) => sum + value * value, 0));
      expect(norm / fixture[form].gradNorm).toBeCloseTo(1, 5);
    }
    await sessions.release();

    const state = {
      weights: sessions.weights,
      mean: new Float32Array(size),
      variance: new Float32Array(size),
    };
    const scale = fixture.step.clipNorm / (fixture.plain.gradNorm + 1e-6);
    adamw(state, gradient, scale, fixture.step, 1, parameters, 0, size);
    for (const { name: key, offset, size: length } of parameters) {
      // The first step moves a weight by lr · sign(gradient): one whose gradient is all rounding may go either way.
      const clear = Array.from(fixture.plain.gradients[key]!, (g) => Math.abs(g) > 1e-5);
      const after = state.weights.subarray(offset, offset + length);
      expectClose(
        after.map((value, i) => (clear[i] ? value : 0)),
        fixture.plain.after[key]!.map((value, i) => (clear[i] ? value : 0)),
        2e-6,
        `after ${key}`,
      );
    }
  });
}

/** Differences in parts of the largest number, since a small one is a sum of large ones. */
function expectClose(
  found: Float32Array,
  expected: ArrayLike<number>,
  tolerance: number,
  what: string,
): void {
  expect(found.length, what).toBe(expected.length);
  let scale = 1e-6;
  for (let i = 0; i < expected.length; i++) scale = Math.max(scale, Math.abs(expected[i]!));
  let worst = 0;
  for (let i = 0; i < expected.length; i++)
    worst = Math.max(worst, Math.abs(found[i]! - expected[i]!) / scale);
  expect(worst, what).toBeLessThan(tolerance);
}
