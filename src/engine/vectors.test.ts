/**
 * Whole small models, the loss and one AdamW step against numbers that PyTorch and transformers made
 * (interop/engine_vectors.py, which also says how).
 */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { adamw } from "./adamw.ts";
import { type ModelConfig, parseConfig } from "./config.ts";
import { addGradients } from "./gradient.ts";
import { lossOf } from "./loss.ts";
import { maskOf, pack } from "./pack.ts";
import { parameterCount, parametersOf } from "./parameters.ts";
import { type Feeds, floats, integers, ModelSessions } from "./session.ts";

/** Base64 of little-endian float32. */
type Numbers = string;
type Named = Readonly<Record<string, Numbers>>;
interface Step {
  readonly logProbs: readonly Numbers[];
  readonly loss: number;
  readonly gradNorm: number;
  readonly gradients: Named;
}
/** What every fixture has. */
interface Fixture {
  readonly config: unknown;
  readonly weights: Named;
  readonly tokens: readonly (readonly number[])[];
  readonly coefficients: readonly (readonly number[])[];
  readonly plain: Step;
}
interface StepFixture extends Fixture {
  readonly oldLogProbs: readonly Numbers[];
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

function numbers(text: Numbers): Float32Array {
  return new Float32Array(Uint8Array.from(Buffer.from(text, "base64")).buffer);
}

/** A fixture's model with its weights, and its rows as one batch. */
function opened<F extends Fixture>(name: string) {
  const file = new URL(`./fixtures/${name}.json`, import.meta.url);
  const fixture = JSON.parse(readFileSync(file, "utf8")) as F;
  const config = parseConfig(fixture.config, `${name}.json`);
  const parameters = parametersOf(config);
  expect(parameters.map((parameter) => parameter.name).sort()).toEqual(Object.keys(fixture.weights).sort());
  const size = parameterCount(parameters);
  const withWeights = (own: ModelConfig, settings = { threads: 1, recompute: false }): ModelSessions => {
    const sessions = new ModelSessions({ config: own, ...settings });
    for (const { name: key, offset } of parameters)
      sessions.weights.set(numbers(fixture.weights[key]!), offset);
    return sessions;
  };
  const [batch, ...more] = pack(
    fixture.tokens.map((tokens, i) => ({
      tokens: Int32Array.from(tokens),
      weights: Float32Array.from(fixture.coefficients[i]!),
    })),
    { microTokens: () => 1000, workers: 1 },
  );
  expect(more).toEqual([]);
  const gather = (from: readonly ArrayLike<number>[]): Float32Array =>
    Float32Array.from(batch!.sequence, (sequence, i) => from[sequence]![batch!.index[i]!]!);
  const { rows, time } = batch!;
  const count = batch!.picks.length;
  const feeds: Feeds = {
    tokens: integers(batch!.tokens, [rows, time]),
    positions: integers(batch!.positions, [rows, time]),
    mask: floats(maskOf(batch!), [rows, 1, 1, time, time]),
    picks: integers(batch!.picks, [count]),
    targets: integers(batch!.targets, [count]),
    weights: floats(gather(fixture.coefficients), [count]),
  };
  return {
    fixture,
    config,
    parameters,
    size,
    sessions: withWeights(config),
    withWeights,
    batch: batch!,
    feeds,
    gather,
    time,
  };
}

for (const name of ["qwen2", "qwen3", "llama"]) {
  test(`${name}: log-probabilities, losses, gradients and one AdamW step are PyTorch's`, async () => {
    const opening = opened<StepFixture>(name);
    const { fixture, config, parameters, size, sessions, batch, feeds, gather, time } = opening;
    const ratio = {
      old: gather(fixture.oldLogProbs.map(numbers)),
      low: 1 - fixture.clipRatio.low,
      high: 1 + fixture.clipRatio.high,
    };
    const ratioFeeds: Feeds = {
      oldLogProbs: floats(ratio.old, [ratio.old.length]),
      ratioLow: floats(Float32Array.of(ratio.low), []),
      ratioHigh: floats(Float32Array.of(ratio.high), []),
    };

    const gradient = new Float32Array(size);
    // The last takes its activations anew and shares its operators among threads: the same numbers are expected.
    const again = opening.withWeights(config, { threads: 2, recompute: true });
    for (const [form, own] of [
      ["ratio", sessions],
      ["plain", again],
      ["plain", sessions],
    ] as const) {
      const program = form === "plain" ? "train" : "trainRatio";
      const results = await own.run(program, { ...feeds, ...ratioFeeds }, time);
      const logProbs = results["logProbs"]!;
      expectClose(logProbs, gather(fixture[form].logProbs.map(numbers)), 2e-5, "logProbs");
      const { loss } = lossOf(logProbs, {
        weights: gather(fixture.coefficients),
        ratio: form === "plain" ? undefined : ratio,
      });
      expect(loss).toBeCloseTo(fixture[form].loss, 5);
      addGradients(results, batch, config, undefined, gradient, true);
      for (const { name: key, offset, size: length } of parameters) {
        const found = gradient.subarray(offset, offset + length);
        expectClose(found, numbers(fixture[form].gradients[key]!), 5e-5, `${form} ${key}`);
      }
      const norm = Math.sqrt(gradient.reduce((sum, value) => sum + value * value, 0));
      expect(norm / fixture[form].gradNorm).toBeCloseTo(1, 5);
    }
    await sessions.release();
    await again.release();

    const state = {
      weights: sessions.weights,
      mean: new Float32Array(size),
      variance: new Float32Array(size),
    };
    const scale = fixture.step.clipNorm / (fixture.plain.gradNorm + 1e-6);
    adamw(state, gradient, scale, fixture.step, 1, parameters, 0, size);
    for (const { name: key, offset, size: length } of parameters) {
      // The first step moves a weight by lr · sign(gradient): one whose gradient is all rounding may go either way.
      const clear = Array.from(numbers(fixture.plain.gradients[key]!), (g) => Math.abs(g) > 1e-5);
      const after = state.weights.subarray(offset, offset + length);
      expectClose(
        after.map((value, i) => (clear[i] ? value : 0)),
        numbers(fixture.plain.after[key]!).map((value, i) => (clear[i] ? value : 0)),
        2e-6,
        `after ${key}`,
      );
    }
  });
}

for (const name of ["llama-llama3", "qwen2-linear"]) {
  test(`${name}: two layers with scaled rotary positions are transformers'`, async () => {
    const { fixture, config, parameters, size, sessions, withWeights, batch, feeds, gather, time } =
      opened(name);
    const expected = gather(fixture.plain.logProbs.map(numbers));
    const gradient = new Float32Array(size);
    for (const own of [sessions, withWeights(config, { threads: 2, recompute: true })]) {
      const results = await own.run("train", feeds, time);
      await own.release();
      expectClose(results["logProbs"]!, expected, 2e-5, "logProbs");
      const { loss } = lossOf(results["logProbs"]!, { weights: gather(fixture.coefficients) });
      expect(loss).toBeCloseTo(fixture.plain.loss, 4);
      addGradients(results, batch, config, undefined, gradient, true);
      for (const { name: key, offset, size: length } of parameters) {
        const found = gradient.subarray(offset, offset + length);
        expectClose(found, numbers(fixture.plain.gradients[key]!), 5e-5, key);
      }
    }
    // The rows are long enough to tell: without the scaling the numbers are others.
    const { ropeScaling: _, ...plain } = config;
    const unscaled = withWeights(plain);
    const { logProbs } = await unscaled.run("score", feeds, time);
    await unscaled.release();
    expect(Math.max(...logProbs!.map((value, i) => Math.abs(value - expected[i]!)))).toBeGreaterThan(0.1);
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
