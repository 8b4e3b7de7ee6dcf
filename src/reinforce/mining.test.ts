// What is hard and why, and the mixture of a stage 2 step: failures by weight, replay by share.
import { expect, test } from "vitest";
import { seededRandom } from "../base/random.ts";
import { reinforceSection } from "../recipe/sections/reinforce.ts";
import { curatedQuestion } from "../records/fixtures/curated-question.ts";
import { minedQuestionSchema } from "../records/mining.ts";
import { drawHardAndReplay, type Mining, mineHardSamples, type Outcomes } from "./mining.ts";
import type { PathQuestions } from "./pools.ts";

function pathOf(key: string): PathQuestions {
  const questions = [0, 1].map((wording) => ({ ...curatedQuestion(), id: `${key}/${wording}` }));
  return { key, tier: "difficult", questions };
}

const hard = Array.from({ length: 20 }, (_, i) => pathOf(`hard${i}`));
const rest = Array.from({ length: 30 }, (_, i) => pathOf(`rest${i}`));
const paths = [...hard, ...rest];
const { stage2 } = reinforceSection.parse({});

function minedAs(wrong: (index: number) => number): Pick<Mining, "hard"> {
  return { hard: Object.fromEntries(hard.map(({ key }, index) => [key, wrong(index)])) };
}

function keysOf(
  drawnFrom: readonly PathQuestions[],
  mining: Pick<Mining, "hard">,
  settings: Partial<typeof stage2>,
  seed: number,
): string[] {
  const drawn = drawHardAndReplay(drawnFrom, mining, { ...stage2, ...settings }, seededRandom(seed));
  return drawn.map((question) => question.id.split("/")[0]!);
}

test("a step holds the replay share of other paths, the rest are failures, and no path twice", () => {
  for (let seed = 0; seed < 100; seed++) {
    const keys = keysOf(
      paths,
      minedAs(() => 2),
      { questionsPerStep: 16, replayShare: 0.25 },
      seed,
    );
    expect(keys.filter((key) => key.startsWith("hard"))).toHaveLength(12);
    expect(keys.filter((key) => key.startsWith("rest"))).toHaveLength(4);
    expect(new Set(keys).size).toBe(16);
  }
});

test("failures are drawn by how often they failed", () => {
  // The even ones failed once, the odd ones four times: 10 : 40.
  const mining = minedAs((index) => (index % 2 === 0 ? 1 : 4));
  let often = 0;
  for (let seed = 0; seed < 3000; seed++) {
    const [key] = keysOf(paths, mining, { questionsPerStep: 1, replayShare: 0 }, seed);
    if (Number(key!.slice(4)) % 2 === 1) often += 1;
  }
  // One deviation is 0.0073.
  expect(Math.abs(often / 3000 - 0.8)).toBeLessThan(0.03);
});

test("too few failures are made up by replay; where everything fails there is no replay", () => {
  const few = { hard: { hard3: 2 } };
  const mixed = keysOf(paths, few, { questionsPerStep: 16, replayShare: 0.25 }, 1);
  expect(mixed).toHaveLength(16);
  expect(mixed.filter((key) => key === "hard3")).toHaveLength(1);
  expect(
    keysOf(
      hard,
      minedAs(() => 1),
      { questionsPerStep: 16, replayShare: 0.25 },
      1,
    ),
  ).toHaveLength(16);
});

const rule = { ...stage2, hardAtMost: 0.5, difficultWeight: 2, miningWordings: 2, miningSamples: 2 };

/** Two questions of a path, answered twice each. */
function answered(key: string, tier: PathQuestions["tier"], ...outcomes: readonly number[]): Outcomes[] {
  const path = { ...pathOf(key), tier };
  return path.questions.map((question, at) => ({
    path,
    question,
    outcomes: outcomes.slice(2 * at, 2 * at + 2).map((one) => one === 1),
  }));
}

test("repeated failures rank first, Difficult ones first among them, and the ledger says why", () => {
  const first = mineHardSamples(
    [
      ...answered("solved", "difficult", 1, 1, 1, 0),
      ...answered("half", "moderate", 1, 0, 1, 0),
      ...answered("never", "moderate", 0, 0, 0, 0),
      ...answered("rare", "difficult", 0, 0, 0, 1),
    ],
    rule,
    { step: 0, tokens: 7 },
  );
  // Wrong replies, times two where Difficult: 2, 4 and 3 × 2.
  expect(first.mining.hard).toEqual({ half: 2, never: 4, rare: 6 });
  expect(first.mining.rightCounts).toEqual([1, 1, 1, 1, 0]);
  expect(first.ledger).toHaveLength(8);
  for (const line of first.ledger) expect(minedQuestionSchema.parse(line)).toEqual(line);
  const [solved] = first.ledger;
  expect(solved).toMatchObject({ path: "solved", rank: null, failedRounds: 0, pathPassRate: 0.75 });
  expect(solved!.outcomes).toEqual([true, true]);
  const rankOf = (key: string) => first.ledger.find(({ path }) => path === key)!.rank;
  expect([rankOf("rare"), rankOf("never"), rankOf("half")]).toEqual([1, 2, 3]);

  const second = mineHardSamples(
    [
      ...answered("half", "moderate", 1, 1, 1, 1),
      ...answered("never", "moderate", 0, 0, 0, 0),
      ...answered("rare", "difficult", 1, 1, 0, 0),
      ...answered("solved", "difficult", 1, 0, 0, 0),
    ],
    rule,
    { step: 46, tokens: 7 },
    first.mining,
  );
  // A second failure counts twice: 4 × 2 and 2 × 2 × 2; a first one of a Difficult path 3 × 2.
  expect(second.mining.hard).toEqual({ never: 8, rare: 8, solved: 6 });
  expect(second.mining.failedRounds).toEqual({ half: 1, never: 2, rare: 2, solved: 1 });
  expect(second.ledger.find(({ path }) => path === "never")).toMatchObject({
    round: 2,
    step: 46,
    failedRounds: 2,
    why: "right in 0 of 4, failed in 2 of 2 rounds, moderate: weight 8",
  });
});
