import fc from "fast-check";
import { expect, test } from "vitest";
import { wilsonInterval } from "../../base/wilson.ts";
import { clusteredWilson } from "./clustered-wilson.ts";

/** Clusters given as "right/all". */
const litters = (text: string) =>
  text.split(" ").flatMap((litter, i) => {
    const [right, all] = litter.split("/").map(Number) as [number, number];
    return Array.from({ length: all }, (_, j) => ({ cluster: `${i}`, value: j < right ? 1 : 0 }));
  });

// Weil's rats, Table 1 of Rao and Scott (1992); the design effects to six places are those that the R package PF prints
// for them (its function rsb).
test.each([
  [
    "13/13 12/12 9/9 9/9 8/8 8/8 12/13 11/12 9/10 9/10 8/9 11/13 4/5 5/7 7/10 7/10",
    { n: 158, designEffect: 1.232495, mean: 142 / 158 },
  ],
  [
    "12/12 11/11 10/10 9/9 10/11 9/10 9/10 8/9 8/9 4/5 7/9 4/7 5/10 3/6 3/10 0/7",
    { n: 145, designEffect: 3.952861, mean: 112 / 145 },
  ],
])("the design effect of a published set of litters is the published one", (text, published) => {
  const result = clusteredWilson(litters(text));
  expect(result.designEffect).toBeCloseTo(published.designEffect, 6);
  expect(result.mean).toBeCloseTo(published.mean, 12);
  expect(result.effective).toBeCloseTo(published.n / published.designEffect, 4);
  expect(result.clusters).toBe(16);
});

test("clusters of two equal values count once, up to the loss of one degree of freedom", () => {
  const result = clusteredWilson(
    litters(Array.from({ length: 200 }, (_, i) => (i % 4 ? "2/2" : "0/2")).join(" ")),
  );
  expect(result.designEffect).toBeCloseTo((2 * 200) / 199, 12);
  const once = wilsonInterval(150, 200);
  expect(result.low).toBeCloseTo(once.low, 3);
  expect(result.high).toBeCloseTo(once.high, 3);
});

test("where nothing shows the variance between clusters, related values count as one", () => {
  for (const text of ["2/2 2/2 2/2", "0/2 0/2 0/2"]) {
    const result = clusteredWilson(litters(text));
    expect(result.effective).toBeCloseTo(3, 12);
    const whole = text.startsWith("2") ? 3 : 0;
    expect([result.low, result.high]).toEqual(Object.values(wilsonInterval(whole, 3)));
  }
  expect(clusteredWilson(litters("3/7")).effective).toBeCloseTo(1, 12);
});

test("with every question a cluster of its own it is close to Wilson's interval, and never narrower", () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 400 }), fc.double({ min: 0, max: 1, noNaN: true }), (n, share) => {
      const correct = Math.round(share * n);
      const values = Array.from({ length: n }, (_, i) => ({ cluster: `${i}`, value: i < correct ? 1 : 0 }));
      const result = clusteredWilson(values);
      const plain = wilsonInterval(correct, n);
      expect(result.designEffect).toBeLessThanOrEqual(n / (n - 1) + 1e-12);
      expect(result.high - result.low).toBeGreaterThanOrEqual(plain.high - plain.low - 1e-12);
    }),
  );
});

test("the interval holds the mean and stays between 0 and 1", () => {
  const cluster = fc.array(fc.constantFrom(0, 0.25, 1), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(fc.array(cluster, { minLength: 1, maxLength: 20 }), (clusters) => {
      const values = clusters.flatMap((own, i) => own.map((value) => ({ cluster: `${i}`, value })));
      const { mean, low, high, designEffect, effective } = clusteredWilson(values);
      expect(designEffect).toBeGreaterThanOrEqual(1);
      expect(effective).toBeLessThanOrEqual(values.length);
      expect(low).toBeGreaterThanOrEqual(0);
      expect(high).toBeLessThanOrEqual(1);
      expect(low).toBeLessThanOrEqual(mean + 1e-12);
      expect(high).toBeGreaterThanOrEqual(mean - 1e-12);
    }),
  );
});
