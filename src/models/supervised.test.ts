// Completions only: a tokenizer of single characters makes every weight countable by hand.
import fc from "fast-check";
import { expect, test } from "vitest";
import { seededRandom } from "../base/random.ts";
import { batchOrder, splitHeldOut, supervisedBatch } from "./supervised.ts";
import { tokenizerFrom } from "./tokenizer.ts";

const letters = [..."abcdefghijklmnopqrstuvwxyz"];
const tokenizer = tokenizerFrom(
  {
    version: "1.0",
    added_tokens: ["<u>", "<e>"].map((content, index) => ({
      id: letters.length + index,
      content,
      single_word: false,
      lstrip: false,
      rstrip: false,
      normalized: false,
      special: true,
    })),
    normalizer: null,
    pre_tokenizer: { type: "ByteLevel", add_prefix_space: false, trim_offsets: false, use_regex: false },
    post_processor: null,
    decoder: { type: "ByteLevel", add_prefix_space: false, trim_offsets: false, use_regex: false },
    model: {
      type: "BPE",
      vocab: Object.fromEntries(letters.map((letter, id) => [letter, id])),
      merges: [],
    },
  },
  {
    chat_template: "{% for message in messages %}<u>{{ message['content'] }}{% endfor %}<e>",
    eos_token: "<e>",
  },
  "characters",
);

test("the prompt weighs nothing, every token of every reply the same, the end of the turn is learned", () => {
  const batch = supervisedBatch(tokenizer, [
    { prompt: "abc", reply: "de" },
    { prompt: "a", reply: "wxyz" },
  ]);
  // Prompts are <u> … <e>; replies of 2 and 4 characters end in <e>: 3 + 5 learned tokens.
  expect(batch.map(({ tokens }) => tokens)).toEqual([
    [26, 0, 1, 2, 27, 3, 4, 27],
    [26, 0, 27, 22, 23, 24, 25, 27],
  ]);
  expect(batch.map(({ weights }) => [...weights])).toEqual([
    [0, 0, 0, 0, 0, 1 / 8, 1 / 8, 1 / 8],
    [0, 0, 0, 1 / 8, 1 / 8, 1 / 8, 1 / 8, 1 / 8],
  ]);
});

test("the weights of a batch add up to 1", () => {
  const word = fc.string({ unit: fc.constantFrom(...letters), minLength: 1, maxLength: 30 });
  fc.assert(
    fc.property(fc.array(fc.record({ prompt: word, reply: word }), { minLength: 1 }), (examples) => {
      const weights = supervisedBatch(tokenizer, examples).flatMap((row) => [...row.weights]);
      expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 10);
    }),
  );
});

test("every example is learned once a pass, and batches are full but the last", () => {
  const sizes = fc.integer({ min: 1, max: 40 });
  fc.assert(
    fc.property(
      sizes,
      fc.integer({ min: 1, max: 12 }),
      fc.integer({ min: 1, max: 5 }),
      (count, batch, passes) => {
        const order = batchOrder(count, batch, passes, seededRandom(count, "order"));
        const times = Array.from({ length: count }, () => 0);
        for (const index of order.flat()) times[index]! += 1;
        expect(times).toEqual(Array(count).fill(passes));
        expect(order.slice(0, -1).every((part) => part.length === batch)).toBe(true);
      },
    ),
  );
});

test("passes go in different orders", () => {
  const order = batchOrder(20, 20, 2, seededRandom(1));
  expect(order).toHaveLength(2);
  expect(order[0]).not.toEqual(order[1]);
});

test("whole groups are held out, about the share that was asked for, the same ones whatever the order", () => {
  const items = fc
    .array(fc.constantFrom(..."abcdefgh"), { minLength: 1 })
    .map((groups) => groups.map((group, at) => ({ at, group })));
  const shares = fc.double({ min: 0.01, max: 0.5, noNaN: true });
  fc.assert(
    fc.property(items, shares, (given, share) => {
      const split = (list: typeof given) =>
        splitHeldOut(list, ({ group }) => group, share, seededRandom(1, "held"));
      const { learned, heldOut } = split(given);
      expect([...learned, ...heldOut].sort((a, b) => a.at - b.at)).toEqual(given);
      const groups = new Set(given.map(({ group }) => group));
      const aside = new Set(heldOut.map(({ group }) => group));
      expect(learned.some(({ group }) => aside.has(group))).toBe(false);
      expect(learned.length).toBeGreaterThan(0);
      // One path alone leaves nothing to hold out; else there is some, and never a whole group more than asked for.
      expect(heldOut.length > 0).toBe(groups.size > 1);
      const sizes = [...aside].map((name) => given.filter(({ group }) => group === name).length);
      if (sizes.length > 0) expect(heldOut.length - Math.max(...sizes)).toBeLessThan(share * given.length);
      const other = split([...given].reverse());
      expect(new Set(other.heldOut.map(({ group }) => group))).toEqual(aside);
    }),
  );
  expect(splitHeldOut([1, 2], String, 0, seededRandom(1))).toEqual({ learned: [1, 2], heldOut: [] });
});
