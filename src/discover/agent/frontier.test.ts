import fc from "fast-check";
import { expect, test } from "vitest";
import { openFrontier } from "./frontier.ts";
import { openSlotHeap } from "./slot-heap.ts";

const doubling = (pages: number): number => 1 + Math.log2(Math.max(1, pages));

test("the best come first, equal scores by title", () => {
  const frontier = openFrontier(doubling);
  for (const [title, weight] of [
    ["B", 1],
    ["A", 1],
    ["C", 3],
    ["D", 0],
  ] as const)
    frontier.push(title, { why: "named", weight }, false);
  expect(frontier.size()).toBe(3);
  expect(frontier.pop(2)).toEqual(["C", "A"]);
  expect(frontier.pop(9)).toEqual(["B"]);
  expect(frontier.pop(1)).toEqual([]);
});

test("a title that more entity pages lead to rises, and keeps its strongest reasons", () => {
  const frontier = openFrontier(doubling);
  for (const from of ["P", "Q", "R", "S"]) frontier.markRead(from);
  frontier.push("Alone", { from: "P", why: "box", weight: 2.5 }, true);
  frontier.push("Shared", { from: "P", why: "sentence", weight: 1 }, true);
  frontier.push("Shared", { from: "Q", why: "list", weight: 2 }, true);
  frontier.push("Shared", { from: "R", why: "sentence", weight: 1 }, true);
  frontier.push("Shared", { from: "S", why: "sentence", weight: 1 }, false);
  expect(frontier.best(1)).toEqual([
    {
      title: "Shared",
      score: 2 * (1 + Math.log2(3)),
      entityPages: 3,
      reasons: [
        { from: "Q", why: "list", weight: 2 },
        { from: "P", why: "sentence", weight: 1 },
        { from: "R", why: "sentence", weight: 1 },
      ],
    },
  ]);
  expect(frontier.size()).toBe(2);
});

test("what was taken or read waits no more, unless it is put back", () => {
  const frontier = openFrontier(doubling);
  const push = (title: string): void => frontier.push(title, { why: "named", weight: 1 }, false);
  for (const title of ["A", "B", "C"]) push(title);
  frontier.take(["A", "never seen"]);
  expect(frontier.markRead("B")).toBe(true);
  expect(frontier.markRead("B")).toBe(false);
  for (const title of ["A", "B", "never seen"]) push(title);
  expect(frontier.best(9).map(({ title }) => title)).toEqual(["C"]);
  frontier.putBack("A");
  frontier.putBack("A");
  frontier.putBack("B");
  expect(frontier.pop(9)).toEqual(["A", "C"]);
  expect([frontier.isRead("B"), frontier.isRead("A"), frontier.isRead("unheard")]).toEqual([
    true,
    false,
    false,
  ]);
});

test("any pushes and pops give what sorting a plain list gives", () => {
  const title = fc.constantFrom(..."abcdefghijklmnop");
  const act = fc.oneof(
    fc.record({
      do: fc.constant("push" as const),
      title,
      weight: fc.integer({ min: 1, max: 5 }),
      closes: fc.boolean(),
    }),
    fc.record({ do: fc.constant("pop" as const), count: fc.integer({ min: 1, max: 3 }) }),
    fc.record({ do: fc.constant("take" as const), title }),
  );
  fc.assert(
    fc.property(fc.array(act, { maxLength: 200 }), (acts) => {
      const frontier = openFrontier(doubling);
      const waiting = new Map<string, { weight: number; pages: number }>();
      const gone = new Set<string>();
      const sorted = (): string[] => {
        const score = ([, { weight, pages }]: [string, { weight: number; pages: number }]): number =>
          weight * doubling(pages);
        return [...waiting].sort((a, b) => score(b) - score(a) || (a[0] < b[0] ? -1 : 1)).map(([one]) => one);
      };
      for (const one of acts) {
        if (one.do === "push") {
          frontier.push(one.title, { why: "named", weight: one.weight }, one.closes);
          if (gone.has(one.title)) continue;
          const known = waiting.get(one.title) ?? { weight: 0, pages: 0 };
          const pages = known.pages + (one.closes ? 1 : 0);
          waiting.set(one.title, { weight: Math.max(known.weight, one.weight), pages });
        } else {
          const expected = one.do === "pop" ? sorted().slice(0, one.count) : [one.title];
          if (one.do === "pop") expect(frontier.pop(one.count)).toEqual(expected);
          else frontier.take([one.title]);
          for (const taken of expected) {
            waiting.delete(taken);
            gone.add(taken);
          }
        }
        expect(frontier.best(99).map((each) => each.title)).toEqual(sorted());
      }
    }),
    { numRuns: 60 },
  );
});

test("a heap with slots taken from its middle stays sorted", () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat(500), { minLength: 1 }), fc.array(fc.nat(500)), (slots, removed) => {
      const heap = openSlotHeap((a, b) => a < b);
      for (const slot of slots) heap.insert(slot);
      const there = new Set(slots);
      for (const slot of removed) expect(heap.remove(slot)).toBe(there.delete(slot));
      const left: number[] = [];
      for (let slot = heap.pop(); slot !== undefined; slot = heap.pop()) left.push(slot);
      expect(left).toEqual([...there].sort((a, b) => a - b));
    }),
  );
});
