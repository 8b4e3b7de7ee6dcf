/** The options-only classifier learns an artefact that was planted and finds none where there is none. */
import { expect, test } from "vitest";
import { type Random, seededRandom } from "../../src/base/random.ts";
import { creditOf } from "./baselines.ts";
import { type Choice, crossValidate, learnWeights, words } from "./option-model.ts";

const vocabulary = Array.from({ length: 300 }, (_, i) => `w${i}`);

/** Questions of four options of two random words; `plant` changes the right one. */
function choicesOf(count: number, random: Random, plant: (text: string) => string): Choice[] {
  return Array.from({ length: count }, () => {
    const gold = random.integer(4);
    const options = Array.from({ length: 4 }, (_, i) => {
      const text = random.sample(vocabulary, 2).join(" ");
      return i === gold ? plant(text) : text;
    });
    return { options, gold: [gold] };
  });
}

function accuracy(choices: readonly Choice[]): number {
  const scores = crossValidate(
    choices,
    choices.map((_, i) => String(i)),
    5,
    1,
  );
  return choices.reduce((sum, { gold }, i) => sum + creditOf(scores[i]!, gold), 0) / choices.length;
}

test("a word that only right options have is learnt", () => {
  const random = seededRandom(1, "planted");
  const choices = choicesOf(600, random, (text) => (random.next() < 0.5 ? `${text} syndrome` : text));
  // Half of the questions are given away, of the others a quarter is guessed: 0.625.
  expect(accuracy(choices)).toBeGreaterThan(0.56);
});

test("longer right options are learnt without any word in common", () => {
  const random = seededRandom(2, "planted");
  expect(
    accuracy(choicesOf(400, random, (text) => `${text} x${random.integer(1e9)}${random.integer(1e9)}`)),
  ).toBeGreaterThan(0.9);
});

test("options that tell nothing leave it at chance", () => {
  const found = accuracy(choicesOf(800, seededRandom(3, "none"), (text) => text));
  expect(Math.abs(found - 0.25)).toBeLessThan(0.05);
});

test("a wrong word gets a negative weight, and texts without spaces are read by pairs", () => {
  const weights = learnWeights(
    Array.from({ length: 40 }, () => ({ options: ["a good", "a bad"], gold: [0] })),
    seededRandom(4),
  );
  expect(weights.get("good")!).toBeGreaterThan(1);
  expect(weights.get("bad")!).toBeLessThan(-1);
  expect(words("急性胰腺炎 (mild)")).toEqual(["急性", "性胰", "胰腺", "腺炎", "mild"]);
});
