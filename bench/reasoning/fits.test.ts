import { expect, test } from "vitest";
import { weights as ofConsistency } from "../../src/verify/reasoning/consistency-weights.ts";
import { weights as ofLeak, threshold } from "../../src/verify/reasoning/leak-weights.ts";
import { fitConsistency } from "./consistency-fit.ts";
import { fitLeak } from "./leak-fit.ts";
import { newton } from "./newton.ts";

type Weights = Readonly<Record<string, number>>;

function expectSame(shipped: Weights, fitted: Weights): void {
  expect(Object.keys(fitted).toSorted()).toEqual(Object.keys(shipped).toSorted());
  for (const [name, weight] of Object.entries(fitted)) expect(shipped[name], name).toBeCloseTo(weight, 1.5);
}

test("the consistency check has the weights that the fit gives", () => {
  expectSame(ofConsistency, fitConsistency());
});

test("the leak check has the weights and the threshold that the fit gives", { timeout: 120_000 }, () => {
  const fitted = fitLeak();
  expectSame(ofLeak, fitted.weights);
  expect(threshold).toBeCloseTo(fitted.threshold, 1.5);
});

test("one coin that fell heads three times of four has the odds that the penalised likelihood wants", () => {
  // Least at w with 4·σ(w) − 3 + 0.5·w = 0.
  const [weight = 0] = newton([0], 0.5, ([w = 0], gradient, [line]) => {
    const chance = 1 / (1 + Math.exp(-w));
    gradient[0] = (gradient[0] as number) + 4 * chance - 3;
    (line as Float64Array)[0] = ((line as Float64Array)[0] as number) + 4 * chance * (1 - chance);
  });
  expect(4 / (1 + Math.exp(-weight)) - 3 + 0.5 * weight).toBeCloseTo(0, 9);
  expect(weight).toBeGreaterThan(0.4);
});
