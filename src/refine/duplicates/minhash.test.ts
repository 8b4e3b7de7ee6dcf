// MinHash against exact Jaccard, and the chance that locality-sensitive hashing makes two sets candidates.
import fc from "fast-check";
import { expect, test } from "vitest";
import { seededRandom } from "../../base/random.ts";
import { asSet } from "./flat-lists.ts";
import { bandIndex, estimateJaccard, jaccardOf, SIGNATURE, signatureOf } from "./minhash.ts";

const numbers = fc.array(fc.nat({ max: 60 }), { maxLength: 40 });

/** Two sets of `size` members each with about this similarity. */
function pairOf(similarity: number, size: number, random: ReturnType<typeof seededRandom>) {
  const common = Math.round((2 * size * similarity) / (1 + similarity));
  const draw = (count: number): number[] =>
    Array.from({ length: count }, () => Math.floor(random.next() * 2 ** 32));
  const shared = draw(common);
  return [asSet([...shared, ...draw(size - common)]), asSet([...shared, ...draw(size - common)])] as const;
}

test("Jaccard of ascending lists is that of sets", () => {
  fc.assert(
    fc.property(numbers, numbers, (one, other) => {
      const [a, b] = [new Set(one), new Set(other)];
      const common = [...a].filter((member) => b.has(member)).length;
      const all = new Set([...a, ...b]).size;
      expect(jaccardOf(asSet(one), asSet(other))).toBe(all === 0 ? 1 : common / all);
    }),
  );
});

test("an estimate lies within five deviations of the exact similarity, and on average at it", () => {
  fc.assert(
    fc.property(
      fc.integer(),
      fc.integer({ min: 5, max: 200 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (seed, size, wanted) => {
        const [one, other] = pairOf(wanted, size, seededRandom(seed, "pair"));
        const exact = jaccardOf(one, other);
        const deviation = Math.sqrt((exact * (1 - exact)) / SIGNATURE);
        expect(Math.abs(estimateJaccard(signatureOf(one), signatureOf(other)) - exact)).toBeLessThanOrEqual(
          5 * deviation + 1e-9,
        );
      },
    ),
    { numRuns: 300 },
  );
  const random = seededRandom(1, "bias");
  let error = 0;
  for (let i = 0; i < 400; i++) {
    const [one, other] = pairOf(random.next(), 60, random);
    error += estimateJaccard(signatureOf(one), signatureOf(other)) - jaccardOf(one, other);
  }
  expect(Math.abs(error / 400)).toBeLessThan(0.008);
});

test("pairs become candidates as often as 1 − (1 − s^5)^16 says", () => {
  const random = seededRandom(2, "curve");
  for (const similarity of [0.2, 0.4, 0.5, 0.6, 0.8, 0.9]) {
    let found = 0;
    let expected = 0;
    const rounds = 300;
    for (let i = 0; i < rounds; i++) {
      const [one, other] = pairOf(similarity, 120, random);
      const index = bandIndex(1);
      index.add(0, signatureOf(one));
      let isFound = false;
      index.visit(signatureOf(other), () => {
        isFound = true;
      });
      if (isFound) found += 1;
      expected += 1 - (1 - jaccardOf(one, other) ** 5) ** 16;
    }
    const slack = 4.5 * Math.sqrt((expected / rounds) * (1 - expected / rounds) * rounds) + 1;
    expect(Math.abs(found - expected)).toBeLessThanOrEqual(slack);
  }
});
