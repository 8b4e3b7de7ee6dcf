/** What packing may never lose or mix: every asked-for prediction once, and nobody sees a stranger's tokens. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { maskOf, pack } from "./pack.ts";

const tokens = fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 1, maxLength: 40 });
const sequences = fc.array(fc.tuple(tokens, fc.array(fc.boolean(), { minLength: 40, maxLength: 40 })), {
  minLength: 1,
  maxLength: 12,
});

test("every weighted token is predicted once, from exactly its own past", () => {
  fc.assert(
    fc.property(sequences, fc.integer({ min: 1, max: 3 }), (drawn, workers) => {
      // A common beginning makes sharing likely; three tokens make it deep.
      const batch = drawn.map(([own, wanted]) => {
        const all = Int32Array.from([0, 1, 2, 0, 1, 2, 0, 1, 2, ...own]);
        return { tokens: all, weights: Float32Array.from(all, (_, t) => (wanted[t % 40] ? 1 : 0)) };
      });
      const seen = new Set<string>();
      for (const micro of pack(batch, { microTokens: () => 120, workers })) {
        const mask = maskOf(micro);
        for (const [i, place] of micro.picks.entries()) {
          const own = batch[micro.sequence[i]!]!.tokens;
          const t = micro.index[i]!;
          const key = `${micro.sequence[i]} ${t}`;
          expect(seen.has(key)).toBe(false);
          seen.add(key);
          expect(micro.targets[i]).toBe(own[t]);
          const row = Math.floor(place / micro.time);
          const past: number[] = [];
          for (let other = 0; other < micro.time; other++) {
            if (mask[place * micro.time + other] !== 0) continue;
            const at = row * micro.time + other;
            expect(past[micro.positions[at]!]).toBeUndefined();
            past[micro.positions[at]!] = micro.tokens[at]!;
          }
          expect(past).toEqual([...own.subarray(0, t)]);
        }
      }
      const wanted = batch.flatMap(({ weights }, s) =>
        [...weights].flatMap((w, t) => (t > 0 && w !== 0 ? [`${s} ${t}`] : [])),
      );
      expect(seen.size).toBe(wanted.length);
    }),
    { seed: 1 },
  );
});

test("rollouts of one question keep its tokens once", () => {
  const prompt = Array.from({ length: 30 }, (_, i) => i);
  const batch = Array.from({ length: 8 }, (_, k) => {
    const all = Int32Array.from([...prompt, ...Array.from({ length: 10 }, (_, i) => 100 + k * 10 + i)]);
    return { tokens: all, weights: Float32Array.from(all, (_, t) => (t < 30 ? 0 : 1)) };
  });
  const micro = pack(batch, { microTokens: () => 4096, workers: 1 });
  const used = micro.reduce((sum, { rows, time }) => sum + rows * time, 0);
  expect(used).toBeLessThan(160);
});

test("nothing to predict gives no micro-batch", () => {
  expect(pack([{ tokens: Int32Array.of(1) }], { microTokens: () => 64, workers: 2 })).toEqual([]);
});
