import { expect, test } from "vitest";
import type { MetricLine } from "../base/metrics.ts";
import { diagnose, lossReading, warningSigns } from "./diagnostics.ts";

function linesOf(
  series: string,
  steps: number,
  values: (step: number) => Record<string, number>,
): MetricLine[] {
  return Array.from({ length: steps }, (_, step) => {
    const named = Object.entries(values(step)).map(([name, value]) => [`reinforce/${name}`, value]);
    return { series, step, ...Object.fromEntries(named) } as MetricLine;
  });
}

const calm = (step: number) => ({
  rewardMean: 0.5 + step / 200,
  entropy: 0.3,
  completionTokens: 23,
  logProbDifference: 1e-5,
});

test("the ends of a series are means of ten steps", () => {
  const [found] = diagnose(linesOf("reinforce/stage1", 30, (step) => ({ ...calm(step), entropy: step })));
  expect(found?.first["entropy"]).toBeCloseTo(4.5, 12);
  expect(found?.last["entropy"]).toBeCloseTo(24.5, 12);
});

test("a short series counts its steps, not its looks at validation, and its ends do not overlap", () => {
  const steps = linesOf("reinforce/stage2", 4, (step) => ({ ...calm(step), entropy: step }));
  const looks = linesOf("reinforce/stage2", 2, () => ({ validation: 0.5 }));
  const [found] = diagnose([...steps, ...looks]);
  expect(found?.steps).toBe(4);
  expect(found?.first["entropy"]).toBeCloseTo(0.5, 12);
  expect(found?.last["entropy"]).toBeCloseTo(2.5, 12);
});

test("the loss at both ends is a mean of at most half the steps, and says of how many", () => {
  const read = (count: number) =>
    lossReading(
      Array.from(
        { length: count },
        (_, step) => ({ series: "coldstart", step, "coldstart/loss": count - step }) as unknown as MetricLine,
      ),
    );
  expect(read(6)).toEqual(["coldstart: loss 5.00 → 2.00 over 6 steps (means of the first and last 3)."]);
  expect(read(2)).toEqual(["coldstart: loss 2.00 → 1.00 over 2 steps (first and last)."]);
  expect(read(1)).toEqual(["coldstart: loss 1.00 in its only step."]);
  expect(read(30)[0]).toContain("(means of the first and last 10)");
});

test("a calm run has no warning, and says what was looked for", () => {
  expect(warningSigns(diagnose(linesOf("reinforce/stage1", 60, calm))).join()).toContain(
    "None of the usual signs",
  );
});

test.each([
  [
    "entropy",
    (step: number) => ({ ...calm(step), entropy: 0.34 * Math.exp(-step / 20) }),
    "entropy fell to less than half",
  ],
  [
    "length",
    (step: number) => ({ ...calm(step), completionTokens: 24 - step / 5 }),
    "shorter by more than a quarter",
  ],
  ["reward", (step: number) => ({ ...calm(step), rewardMean: 0.7 - step / 100 }), "ended below its start"],
  ["ties", (step: number) => ({ ...calm(step), tiedRight: 0.4, tiedWrong: 0.2 }), "60.0% of the last groups"],
  [
    "drift",
    (step: number) => ({ ...calm(step), logProbDifference: 0.2 }),
    "disagreed on a log-probability by 0.200",
  ],
])("trouble with %s is said", (_, values, text) => {
  expect(warningSigns(diagnose(linesOf("reinforce/stage1", 60, values))).join(" ")).toContain(text);
});

test("a series without rollouts, such as the supervised control, has no diagnostics", () => {
  expect(diagnose(linesOf("reinforce/fullSft", 20, () => ({ loss: 1 })))).toEqual([]);
});
