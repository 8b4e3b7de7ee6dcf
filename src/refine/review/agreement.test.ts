// Agreement of two reviewers against figures worked out by hand.
import { expect, test } from "vitest";
import { type Decision, decisionSchema } from "../../records/decision.ts";
import { agreement } from "./agreement.ts";

const said = (reviewer: string, item: number | string, what: object): Decision =>
  decisionSchema.parse({ reviewer, target: `q-${item}`, time: "2026-01-01", why: "so", ...what });
const accept = { action: "accept" };
const drop = { action: "drop" };
const correct = (letter: string) => ({ action: "correct", gold: [letter] });

/** As many items as asked for that one reviewer and the other decided on so. */
function table(...cells: [number, object, object][]): Decision[] {
  return cells.flatMap(([count, ann, bob], cell) =>
    Array.from({ length: count }, (_, at) => [
      said("ann", `${cell}-${at}`, ann),
      said("bob", `${cell}-${at}`, bob),
    ]).flat(),
  );
}

test("kappa and AC1 are those of the table worked by hand", () => {
  // 20 both accept, 15 both drop, 5 and 10 apart: raw 35/50. Ann accepts 25, Bob 30 of 50: by chance
  // 0.5·0.6 + 0.5·0.4 = 0.5, so kappa is 0.2/0.5. Mean share of accept 0.55: AC1's chance is 2·0.55·0.45 = 0.495.
  const { items, pairs } = agreement(
    table([20, accept, accept], [5, accept, drop], [10, drop, accept], [15, drop, drop]),
  );
  expect(items).toBe(50);
  expect(pairs).toMatchObject([{ reviewers: ["ann", "bob"], items: 50, alike: 35, raw: 0.7 }]);
  expect(pairs[0]!.kappa).toBeCloseTo(0.4, 12);
  expect(pairs[0]!.ac1).toBeCloseTo((0.7 - 0.495) / (1 - 0.495), 12);
});

test("corrections to other letters are no agreement, edits in other words are", () => {
  // Four items, each of another kind: alike on accept and on the edit only. Shares of Ann: accept 1/4, B 2/4, edit
  // 1/4; of Bob: accept 1/4, B 1/4, C 1/4, edit 1/4, drop 0 … by chance 1/16 + 2/16 + 1/16 = 1/4; kappa (3/4-1/4)/(3/4).
  const { pairs } = agreement(
    table(
      [1, accept, accept],
      [1, correct("B"), correct("B")],
      [1, correct("B"), correct("C")],
      [1, { action: "edit", stem: "one" }, { action: "edit", stem: "other" }],
    ),
  );
  expect(pairs[0]).toMatchObject({ alike: 3, raw: 0.75 });
  expect(pairs[0]!.kappa).toBeCloseTo(2 / 3, 12);
});

test("only first decisions count, kappa is absent where nothing varies, strangers make no pair", () => {
  const decisions = [
    said("ann", 1, accept),
    said("bob", 1, drop),
    said("bob", 1, accept),
    said("cy", 2, accept),
    said("dee", 3, accept),
    said("eve", 3, accept),
  ];
  const { items, pairs } = agreement(decisions);
  expect(items).toBe(2);
  expect(pairs.map(({ reviewers, raw, kappa, ac1 }) => [...reviewers, raw, kappa, ac1])).toEqual([
    ["ann", "bob", 0, 0, -1],
    ["dee", "eve", 1, undefined, 1],
  ]);
});

test("a name in other letters is the same reviewer, shown as first written", () => {
  const own = agreement([said("Ann", 1, accept), said("ann", 1, drop)]);
  expect(own).toEqual({ items: 0, pairs: [] });
  const { pairs } = agreement([
    said("Ann", 1, accept),
    said("ann ", 2, drop),
    said("bob", 1, accept),
    said("bob", 2, drop),
  ]);
  expect(pairs).toMatchObject([{ reviewers: ["Ann", "bob"], items: 2, alike: 2 }]);
});
