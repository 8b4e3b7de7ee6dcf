import fc from "fast-check";
import { expect, test } from "vitest";
import { wilsonInterval } from "../../base/wilson.ts";
import { chanceOf, commonestGold, compareWithChance, tailProbability } from "./chance.ts";

const asked = (options: number, gold: readonly string[] = ["A"], several = false) => ({
  options: Object.fromEntries(
    [..."ABCDEFGHIJ"].slice(0, options).map((letter) => [letter, `text ${letter}`]),
  ),
  gold: [...gold],
  ...(several ? { several: true as const } : {}),
});

test("a guess is right once in as many as there are answers to give", () => {
  expect(chanceOf(asked(4))).toBe(1 / 4);
  expect(chanceOf(asked(10))).toBe(1 / 10);
  expect(chanceOf(asked(5, ["A", "C"]))).toBe(1 / 31);
  expect(chanceOf(asked(5, ["A"], true))).toBe(1 / 31);
});

// Counted in EVALUATION.md section 4: PubMedQA's official test has yes 276, no 169, maybe 55.
test("always the commonest gold answer is what always-yes gives on PubMedQA", () => {
  const golds = [...new Array(276).fill("A"), ...new Array(169).fill("B"), ...new Array(55).fill("C")];
  const questions = golds.map((gold: string) => ({ gold: [gold] }));
  expect(commonestGold(questions)).toEqual({ letters: ["A"], count: 276, share: 0.552 });
  expect(commonestGold([{ gold: ["B", "A"] }, { gold: ["C"] }, { gold: ["A", "B"] }]).letters).toEqual([
    "A",
    "B",
  ]);
  expect(commonestGold([{ gold: ["D"] }, { gold: ["C"] }]).letters).toEqual(["C"]);
});

// Exact sums of C(n, k) p^k (1 − p)^(n − k) in Python's fractions.
test.each([
  [1273, 1 / 4, 370, 0.0005422018994553633],
  [1273, 1 / 4, 318, 0.5172117493905438],
  [298, 1 / 5, 60, 0.49998450010275186],
])("of %i questions at %d the tail from %i on is the exact binomial one", (n, chance, correct, expected) => {
  expect(tailProbability(correct, new Array(n).fill(chance)) / expected).toBeCloseTo(1, 10);
});

test("questions of different chances have the tail counted over all outcomes", () => {
  const chance = fc.constantFrom(1 / 2, 1 / 3, 1 / 4, 1 / 10, 1 / 31);
  fc.assert(
    fc.property(fc.array(chance, { minLength: 1, maxLength: 10 }), fc.nat(11), (chances, correct) => {
      let expected = 0;
      for (let outcome = 0; outcome < 2 ** chances.length; outcome++) {
        let mass = 1;
        let right = 0;
        for (const [i, own] of chances.entries()) {
          const isRight = ((outcome >> i) & 1) === 1;
          mass *= isRight ? own : 1 - own;
          right += isRight ? 1 : 0;
        }
        if (right >= correct) expected += mass;
      }
      expect(tailProbability(correct, chances)).toBeCloseTo(expected, 12);
    }),
  );
});

test("twenty thousand questions of eight kinds are counted at once", () => {
  const chances = Array.from({ length: 20_000 }, (_, i) => 1 / (3 + (i % 8)));
  const mean = chances.reduce((sum, chance) => sum + chance, 0);
  const deviation = Math.sqrt(chances.reduce((sum, chance) => sum + chance * (1 - chance), 0));
  // The normal distribution has 15.866% above one standard deviation and 2.275% above two.
  expect(tailProbability(Math.round(mean + deviation), chances)).toBeCloseTo(0.15866, 2);
  expect(tailProbability(Math.round(mean + 2 * deviation), chances)).toBeCloseTo(0.02275, 3);
});

test("a score beside guessing is above it, below it or not to be told from it", () => {
  const questions = Array.from({ length: 400 }, () => asked(4));
  const verdictOf = (correct: number) => compareWithChance(correct, questions, wilsonInterval(correct, 400));
  expect(verdictOf(200)).toMatchObject({ chance: 0.25, verdict: "above" });
  expect(verdictOf(103)).toMatchObject({ verdict: "at" });
  expect(verdictOf(50)).toMatchObject({ verdict: "below" });
  expect(verdictOf(200).p).toBeLessThan(1e-20);
  expect(verdictOf(0).p).toBe(1);
});
