/**
 * The loss by hand, and its derivative in the graph against central finite differences of the same loss in double
 * precision, for each of its four forms.
 */
import { expect, test } from "vitest";
import { seededRandom } from "../base/random.ts";
import { gradients } from "./backward.ts";
import { input } from "./graph.ts";
import { type LossTerms, lossOf, objective } from "./loss.ts";
import { compile, type Feeds, floats } from "./session.ts";

/** What turns the ratio 1 of a token sampled at log-probability −1 into `ratio`. */
const at = (ratio: number): number => -1 + Math.log(ratio);

test("the clipped ratio by hand: what is clipped earns its bound, and only where that is less", () => {
  const terms = {
    // Up with a reward and beyond 1.2: 2 · 1.2. Down with a reward: 2 · 0.5 counts as it is.
    // Down with a punishment and below 0.8: −1 · 0.8. Up with a punishment: −1 · 1.5 counts as it is.
    weights: Float32Array.of(2, 2, -1, -1),
    ratio: { old: new Float32Array(4).fill(-1), low: 0.8, high: 1.2 },
  };
  const { loss, clipped } = lossOf(Float32Array.from([1.5, 0.5, 0.5, 1.5], at), terms);
  // −(2.4 + 1 − 0.8 − 1.5)
  expect(loss).toBeCloseTo(-1.1, 6);
  expect(clipped).toBe(2);
});

test("the divergence by hand: a token half or twice as probable as under the reference", () => {
  const kl = { weights: Float32Array.of(0.1, 0.1, 0), reference: Float32Array.of(-1, -1, -1) };
  const found = lossOf(Float32Array.from([0.5, 2, 7], at), { weights: new Float32Array(3), kl });
  // d = ln 2: 2 − 0.693147 − 1 = 0.306853; d = −ln 2: 0.5 + 0.693147 − 1 = 0.193147; the third has no weight.
  expect(found.kl).toBeCloseTo(0.5, 6);
  expect(found.loss).toBeCloseTo(0.05, 6);
});

for (const ratio of [false, true])
  for (const kl of [false, true])
    test(`the loss ${ratio ? "of ratios" : "of log-probabilities"}${kl ? " with a divergence" : ""} has the derivative of finite differences`, async () => {
      const random = seededRandom(7, "loss", String(ratio), String(kl));
      const count = 24;
      const drawn = (scale: number): Float32Array =>
        Float32Array.from({ length: count }, () => random.normal() * scale);
      const logProbs = drawn(0.4).map((value) => value - 2);
      const [weights, old, reference] = [drawn(0.5), drawn(0.3), drawn(0.5)].map((values, i) =>
        i === 0 ? values : values.map((value) => value - 2),
      ) as [Float32Array, Float32Array, Float32Array];
      const klWeights = drawn(0.2).map((value, i) => (i % 5 === 0 ? 0 : Math.abs(value)));
      const bounds = { low: 0.8, high: 1.25 };
      // A small step must not cross a bound, where the derivative jumps.
      for (const bound of [bounds.low, bounds.high])
        for (let i = 0; i < count; i++)
          if (Math.abs(logProbs[i]! - old[i]! - Math.log(bound)) < 0.02) old[i]! += 0.05;
      const terms: LossTerms = {
        weights,
        ratio: ratio ? { old, ...bounds } : undefined,
        kl: kl ? { weights: klWeights, reference } : undefined,
      };

      const picked = input("logProbs", ["picked"]);
      const loss = objective(picked, { ratio, kl });
      const session = await compile({ loss, derivative: gradients(loss, [picked])[0]! }, { threads: 1 });
      const feeds: Feeds = {
        logProbs: floats(logProbs, [count]),
        weights: floats(weights, [count]),
        oldLogProbs: floats(old, [count]),
        ratioLow: floats(Float32Array.of(bounds.low), []),
        ratioHigh: floats(Float32Array.of(bounds.high), []),
        klWeights: floats(klWeights, [count]),
        refLogProbs: floats(reference, [count]),
      };
      const found = await session.run(feeds);
      await session.release();
      expect(found["loss"]![0]).toBeCloseTo(lossOf(logProbs, terms).loss, 4);

      const step = 1 / 1024;
      for (let i = 0; i < count; i++) {
        const moved = (by: number): number =>
          lossOf(
            logProbs.map((value, j) => (j === i ? value + by : value)),
            terms,
          ).loss;
        const expected = (moved(step) - moved(-step)) / (2 * step);
        const own = found["derivative"]![i]!;
        expect(Math.abs(own - expected), `token ${i}: ${own}, by differences ${expected}`).toBeLessThan(2e-4);
      }
      if (ratio) expect(lossOf(logProbs, terms).clipped).toBeGreaterThan(2);
    });
