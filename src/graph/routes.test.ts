import fc from "fast-check";
import { expect, test } from "vitest";
import { shortestRoutes } from "./routes.ts";

const size = 8;
const graphs = fc.array(fc.tuple(fc.nat(size - 1), fc.nat(size - 1), fc.constantFrom(0.5, 0.7, 0.9)), {
  maxLength: 14,
});

/** All shortest sequences of entities, by trying every walk in order of length. */
function byHand(
  edges: readonly (readonly [number, number, number])[],
  start: number,
  target: number,
  most: number,
) {
  let walks = [[start]];
  for (let hops = 0; hops <= most; hops++) {
    const there = walks.filter((walk) => walk.at(-1) === target);
    if (there.length > 0) return new Set(there.map((walk) => walk.join(" ")));
    walks = walks.flatMap((walk) => {
      const at = walk.at(-1) as number;
      const next = new Set(edges.flatMap(([a, b]) => (a === at ? [b] : b === at ? [a] : [])));
      return [...next].filter((one) => !walk.includes(one)).map((one) => [...walk, one]);
    });
  }
  return new Set<string>();
}

test("routes are all the shortest ones, over the surest relations, as trying every walk finds them", () => {
  fc.assert(
    fc.property(graphs, fc.nat(size - 1), fc.nat(size - 1), fc.nat(5), (edges, start, target, most) => {
      fc.pre(start !== target);
      const ends = {
        size,
        head: Int32Array.from(edges, ([head]) => head),
        tail: Int32Array.from(edges, ([, tail]) => tail),
        confidence: Float64Array.from(edges, ([, , confidence]) => confidence),
      };
      const routes = shortestRoutes(ends, start, target, 1000, most);
      const walked = routes.map((route) => {
        let at = start;
        const walk = [at];
        for (const relation of route) {
          const [head, tail, confidence] = edges[relation]!;
          expect([head, tail]).toContain(at);
          const other = head === at ? tail : head;
          for (const [a, b, rival] of edges)
            if ((a === at && b === other) || (a === other && b === at))
              expect(rival).toBeLessThanOrEqual(confidence);
          at = other;
          walk.push(at);
        }
        return walk.join(" ");
      });
      const expected = byHand(edges, start, target, most);
      expect(walked.length).toBe(expected.size);
      expect(new Set(walked)).toEqual(expected);
      expect(shortestRoutes(ends, start, target, 2, most)).toEqual(routes.slice(0, 2));
    }),
    { numRuns: 300 },
  );
});
