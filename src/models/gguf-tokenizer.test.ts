// A tokenizer through the key-values of a GGUF file and back. That llama.cpp cuts text alike is checked in interop/.
import fc from "fast-check";
import { expect, test } from "vitest";
import { UsageError } from "../base/errors.ts";
import type { Entry } from "../engine/gguf/entries.ts";
import type { Metadata, MetadataValue } from "../engine/gguf/metadata.ts";
import { expressionsOf, nameOfRule, preTokenizerOf, splitRule, splitRuleNames } from "./gguf-splits.ts";
import { tokenizerFilesFrom } from "./gguf-tokenizer.ts";
import { tokenizerEntries } from "./gguf-tokenizer-entries.ts";
import { type Tokenizer, tokenizerFrom } from "./tokenizer.ts";

const letters = (() => {
  let next = 256;
  const printable = (byte: number) => (byte > 32 && byte < 127) || (byte > 160 && byte < 173) || byte > 173;
  return Array.from({ length: 256 }, (_, byte) => String.fromCodePoint(printable(byte) ? byte : next++));
})();
const merges = ["t h", "th e", "Ġ the", "Ġ a", "i n", "Ċ a", "Ċa .", "1 2", "12 3"];
const marks = ["<|endoftext|>", "<|end|>", "<think>"];

/** A tokenizer.json with the 256 bytes, a few merges and three marks, the last of which stays in the text. */
function definitionWith(preTokenizer: unknown, normalizer: unknown = null, ignoreMerges = false) {
  const tokens = [...letters, ...merges.map((merge) => merge.replace(" ", ""))];
  return {
    version: "1.0",
    added_tokens: marks.map((content, i) => {
      const flags = { single_word: false, lstrip: false, rstrip: false, normalized: false };
      return { id: tokens.length + i, content, ...flags, special: i < 2 };
    }),
    normalizer,
    pre_tokenizer: preTokenizer,
    post_processor: null,
    decoder: { type: "ByteLevel", add_prefix_space: false, trim_offsets: false, use_regex: false },
    model: {
      type: "BPE",
      unk_token: null,
      ignore_merges: ignoreMerges,
      vocab: Object.fromEntries(tokens.map((token, id) => [token, id])),
      merges,
    },
  };
}

const config = {
  eos_token: "<|end|>",
  pad_token: { content: "<|endoftext|>" },
  chat_template:
    "{% for m in messages %}<|end|>{{ m['role'] }} {{ m['content'] }}{% endfor %}{{ eos_token }}{{ bos_token }}",
};
const size = 256 + merges.length + marks.length;

/** Key-values as a reader finds them. */
function metadataOf(entries: readonly Entry[]): Metadata {
  const found = ({ type, value }: Entry): MetadataValue => (type === "i32s" ? Int32Array.from(value) : value);
  return new Map(entries.map((entry) => [entry.key, found(entry)]));
}

function throughGguf(definition: object, vocabSize = size) {
  const { entries, notes } = tokenizerEntries({ definition, config }, { vocabSize }, "here");
  const metadata = metadataOf(entries);
  const files = tokenizerFilesFrom(metadata, "m.gguf");
  return {
    metadata,
    notes,
    tokenizer: tokenizerFrom(files.definition, files.config as typeof config, "m.gguf"),
  };
}

const text = fc.string({
  unit: fc.oneof(
    fc.constantFrom(
      ..." \n\t'.123athesinTHE",
      " the",
      "\na.",
      "'s",
      "'LL",
      "123",
      "<|end|>",
      "<think>",
      "½",
      "é",
      "\r\n",
    ),
    fc.string({ unit: "grapheme", minLength: 1, maxLength: 1 }),
  ),
  maxLength: 40,
});

function expectSameTokens(found: Tokenizer, expected: Tokenizer): void {
  fc.assert(
    fc.property(text, (sample) => {
      expect(found.encode(sample)).toEqual(expected.encode(sample));
    }),
  );
}

const digitsAndBytes = {
  type: "Sequence",
  pretokenizers: [
    { type: "Digits", individual_digits: true },
    { type: "ByteLevel", add_prefix_space: false, trim_offsets: true, use_regex: true },
  ],
};

test.each([
  ["smollm", definitionWith(preTokenizerOf(splitRule("smollm")!.expressions))],
  ["gpt-2", definitionWith({ type: "ByteLevel", add_prefix_space: false, use_regex: true })],
  ["qwen2", definitionWith(preTokenizerOf(splitRule("qwen2")!.expressions), { type: "NFC" })],
  ["llama-bpe", definitionWith(preTokenizerOf(splitRule("llama-bpe")!.expressions), null, true)],
])("a tokenizer that cuts as %s does is named so and comes back", (name, definition) => {
  const { metadata, tokenizer, notes } = throughGguf(definition, size + 3);
  expect(metadata.get("tokenizer.ggml.pre")).toBe(name);
  expect(metadata.has("tokenizer.huggingface.json")).toBe(false);
  expect(notes.length).toBe(name === "qwen2" ? 1 : 0);
  const original = tokenizerFrom(definition, config, "here");
  expectSameTokens(tokenizer, original);
  expect([tokenizer.endToken, tokenizer.boundaryToken]).toEqual([original.endToken, original.boundaryToken]);
  expect(tokenizer.vocabularySize).toBe(size);
});

test("digits of their own, as the real SmolLM2 has them, are the rule smollm", () => {
  expect(throughGguf(definitionWith(digitsAndBytes)).metadata.get("tokenizer.ggml.pre")).toBe("smollm");
});

test("marks are in the vocabulary too, where other readers look for their ids", () => {
  const { entries } = tokenizerEntries(
    { definition: definitionWith(digitsAndBytes), config },
    { vocabSize: size },
    "here",
  );
  const { definition } = tokenizerFilesFrom(metadataOf(entries), "m.gguf");
  expect(definition).toHaveProperty(["model", "vocab", "<|end|>"], size - 2);
});

test("every rule is found again by its own expressions", () => {
  for (const name of splitRuleNames) {
    const rule = splitRule(name)!;
    const again = { ...rule, expressions: expressionsOf(preTokenizerOf(rule.expressions))! };
    expect(splitRule(nameOfRule(again)!)?.expressions).toEqual(rule.expressions);
  }
});

test("a tokenizer that llama.cpp has no rule for is carried along whole and says so", () => {
  const own = {
    type: "Split",
    pattern: { Regex: "\\n[a-u]\\.|\\s|\\S+" },
    behavior: "Isolated",
    invert: false,
  };
  const bytes = { type: "ByteLevel", add_prefix_space: false, use_regex: false };
  const definition = definitionWith(
    { type: "Sequence", pretokenizers: [own, bytes] },
    { type: "Sequence", normalizers: [{ type: "NFC" }, { type: "Lowercase" }] },
  );
  const { metadata, tokenizer, notes } = throughGguf(definition);
  expect(metadata.get("tokenizer.ggml.pre")).toBe("qwen2");
  expect(JSON.parse(metadata.get("tokenizer.huggingface.json") as string)).toEqual(definition);
  // The start of an option is one token, matched before llama.cpp cuts.
  const at = (metadata.get("tokenizer.ggml.tokens") as string[]).indexOf("\na.");
  expect((metadata.get("tokenizer.ggml.token_type") as Int32Array)[at]).toBe(4);
  expect(notes.map((note) => note.slice(0, 40))).toEqual([
    "llama.cpp has no rule that cuts text as ",
    "llama.cpp lower-cases in the chat templa",
    "llama.cpp does not bring text into Unico",
  ]);
  const original = tokenizerFrom(definition, config, "here");
  expectSameTokens(tokenizer, original);
  const chat = [{ role: "user", content: "The É" }] as const;
  expect(tokenizer.renderChat(chat)).toBe("<|end|>user the é<|end|>");
  expect(original.renderChat(chat)).toBe("<|end|>user The É<|end|>");
});

const whole = tokenizerEntries(
  { definition: definitionWith(digitsAndBytes), config },
  { vocabSize: size },
  "here",
);
const refused: readonly [string, Readonly<Record<string, MetadataValue | undefined>>, string][] = [
  ["SentencePiece", { "tokenizer.ggml.model": "t5" }, '"tokenizer.ggml.model" is "t5"'],
  [
    "an unknown rule",
    { "tokenizer.ggml.pre": "tekken" },
    '"tokenizer.ggml.pre" is "tekken"; expected one of smollm',
  ],
  [
    "no tokens",
    { "tokenizer.ggml.tokens": undefined },
    '"tokenizer.ggml.tokens" is missing; expected a list of texts',
  ],
  ["an end beyond the tokens", { "tokenizer.ggml.eos_token_id": 9999 }, '"tokenizer.ggml.eos_token_id" is'],
  ["no end", { "tokenizer.ggml.eos_token_id": undefined }, '"tokenizer.ggml.eos_token_id" is missing'],
  ["no template", { "tokenizer.chat_template": undefined }, '"tokenizer.chat_template" is missing'],
  ["a merge of one part", { "tokenizer.ggml.merges": ["ab"] }, 'the merge "ab" is not two parts'],
  ["a whole file that is none", { "tokenizer.huggingface.json": "{" }, "is not the text of a tokenizer.json"],
];

test.each(refused)("%s is refused", (_name, changes, message) => {
  const metadata = new Map(metadataOf(whole.entries));
  for (const [key, value] of Object.entries(changes))
    if (value === undefined) metadata.delete(key);
    else metadata.set(key, value);
  const read = () => tokenizerFilesFrom(metadata, "m.gguf");
  expect(read).toThrow(message);
  expect(read).toThrow(UsageError);
});

test("another kind of tokenizer, and a vocabulary that does not fit, are not written", () => {
  const write = (definition: object, vocabSize: number) => () =>
    tokenizerEntries({ definition, config }, { vocabSize }, "here");
  const plain = definitionWith(digitsAndBytes);
  const unigram = { ...plain, model: { ...plain.model, type: "Unigram" } };
  expect(write(unigram, size)).toThrow('here: "model.type"');
  expect(write(plain, size - 1)).toThrow(
    `the token "<think>" has id ${size - 1}; the model's vocabulary is ${size - 1}`,
  );
  expect(write(unigram, size)).toThrow(UsageError);
});
