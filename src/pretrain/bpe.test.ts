// Merges worked by hand on a corpus of three words, and the tokenizer they make read back by the library models use.
import fc from "fast-check";
import { expect, test } from "vitest";
import { type Tokenizer, tokenizerFrom } from "../models/tokenizer.ts";
import { type BytePairs, splitPattern, trainBytePairs } from "./bpe.ts";
import { markCount, tokenizerConfig, tokenizerDefinition } from "./tokenizer-files.ts";

function tokenizerOf(pairs: BytePairs): Tokenizer {
  return tokenizerFrom(tokenizerDefinition(pairs, { lowercase: false }), tokenizerConfig(128), "x");
}

const question = "Which drug treats gout?\nA. colchicine\nB. heparin\nC. warfarin\nD. insulin";
const trained = trainBytePairs(Array(3).fill(question), 400);
const tokenizer = tokenizerOf(trained);

test("merges are those worked by hand, and of equal counts the pair that sorts first is merged", () => {
  // " low" 3, " lower" 2, " newest" 2. Three pairs occur 5 times: "l o" sorts before "o w" and "Ġ l". When " low" is
  // whole, all pairs left occur twice and go in order of the alphabet.
  const { merges, vocabulary } = trainBytePairs(["low low low lower", "lower newest newest"], 256 + 7);
  expect(merges.map((pair) => pair.join(" "))).toEqual(["l o", "lo w", "Ġ low", "e r", "e s", "e w", "es t"]);
  expect([...vocabulary.keys()].slice(256)).toEqual(["lo", "low", "Ġlow", "er", "es", "ew", "est"]);
});

test("learning ends when no pair occurs twice, and the order of texts does not matter", () => {
  expect(trainBytePairs(["ab cd"], 300).merges).toEqual([]);
  const texts = ["gout gout fever", "fever and cough", "cough"];
  expect(trainBytePairs(texts, 290)).toEqual(trainBytePairs([...texts].reverse(), 290));
});

test("any text survives encoding and decoding", () => {
  const texts = fc.oneof(fc.string({ unit: "binary" }), fc.string({ unit: "grapheme" }), fc.lorem());
  fc.assert(
    fc.property(texts, (text) => {
      expect(tokenizer.decode(tokenizer.encode(text))).toBe(text.normalize("NFC"));
    }),
    { numRuns: 500 },
  );
});

test("an option label with its line break is one piece and, once learned, one token", () => {
  const pieces = [...question.matchAll(new RegExp(splitPattern, "gu"))].map(([piece]) => piece);
  expect(pieces.slice(-4)).toEqual(["\nC.", " warfarin", "\nD.", " insulin"]);
  for (const letter of "ABCD") expect(tokenizer.encode(`\n${letter}.`)).toHaveLength(1);
  expect(tokenizer.encode("gout\nA. colchicine")).toContain(tokenizer.encode("\nA.")[0]);
});

test("each mark is one token wherever it stands; those of the reply stay in the text, those of the turn do not", () => {
  const reply = "<think> gout</think><answer> colchicine</answer>";
  for (const mark of ["<think>", "</think>", "<answer>", "</answer>", "<|user|>", "<|end|>"])
    expect(tokenizer.encode(mark)).toHaveLength(1);
  expect(tokenizer.decode([...tokenizer.encode(reply), tokenizer.endToken])).toBe(reply);
  expect(tokenizer.encode(reply).filter((id) => id >= trained.vocabulary.size)).toHaveLength(4);
  expect(tokenizer.vocabularySize).toBe(trained.vocabulary.size + markCount);
});

test("a chat ends where the assistant's turn begins", () => {
  const text = tokenizer.renderChat([{ role: "user", content: question }]);
  expect(text).toBe(`<|user|> ${question}<|end|><|assistant|>`);
  const tokens = tokenizer.encode(text);
  expect(tokens.at(-2)).toBe(tokenizer.endToken);
});
