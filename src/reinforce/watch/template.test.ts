// The form of a prompt held against the one of training, with small tokenizers made as the pretrain stage makes them.
import { expect, test } from "vitest";
import { type Tokenizer, tokenizerFrom } from "../../models/tokenizer.ts";
import { templateFault } from "./template.ts";

const marks = ["<|end|>", "<|user|>", "<|assistant|>"];
const tags = ["<think>", "</think>", "<answer>", "</answer>"];
const template =
  "{% for message in messages %}{{ '<|' + message['role'] + '|> ' + message['content'] + '<|end|>' }}{% endfor %}" +
  "{% if add_generation_prompt %}{{ '<|assistant|>' }}{% endif %}";

/** A tokenizer of single bytes and the marks. */
function tokenizer(
  options: { readonly chatTemplate?: string; readonly special?: boolean; readonly from?: number } = {},
): Tokenizer {
  const { chatTemplate = template, special = false, from = 33 } = options;
  const letters = [
    ..."ĠĊ",
    ...Array.from({ length: 94 }, (_, i) => String.fromCharCode(33 + ((i + from - 33) % 94))),
  ];
  const added = [...marks, ...tags].map((content, index) => ({
    ...{ id: letters.length + index, content, special: index < marks.length || special },
    ...{ single_word: false, lstrip: false, rstrip: false, normalized: false },
  }));
  const bytes = { type: "ByteLevel", add_prefix_space: false, trim_offsets: false, use_regex: false };
  const definition = {
    ...{ version: "1.0", truncation: null, padding: null, added_tokens: added, normalizer: null },
    ...{ pre_tokenizer: bytes, post_processor: null, decoder: bytes },
    model: {
      ...{ type: "BPE", dropout: null, unk_token: null, fuse_unk: false, byte_fallback: false, merges: [] },
      ...{ continuing_subword_prefix: null, end_of_word_suffix: null, ignore_merges: false },
      vocab: Object.fromEntries(letters.map((letter, index) => [letter, index])),
    },
  };
  return tokenizerFrom(definition, { chat_template: chatTemplate, eos_token: "<|end|>" }, "test");
}

test("a model asked as it was trained has no fault", () => {
  expect(templateFault(tokenizer(), tokenizer())).toBe(undefined);
});

test("another frame, a prompt that goes missing and no turn for the model are shown beside what was learned", () => {
  const frame = "[INST] {{ messages[0]['content'] }} [/INST]";
  expect(templateFault(tokenizer({ chatTemplate: frame }), tokenizer())).toMatch(
    /"\[INST\] Which test\?.*" now, "<\|user\|> Which test\?\\nA\. one\\nB\. two<\|end\|><\|assistant\|>" then/u,
  );
  const empty = template.replace("message['content']", "''");
  expect(templateFault(tokenizer({ chatTemplate: empty }), tokenizer())).toContain(
    '"<|user|> <|end|><|assistant|>" now',
  );
  const cut = template.split("{% if add")[0]!;
  expect(templateFault(tokenizer({ chatTemplate: cut }), tokenizer())).toContain('two<|end|>" now');
});

test("tags that do not come back and other tokens for the same text are each named", () => {
  expect(templateFault(tokenizer({ special: true }), tokenizer({ special: true }))).toContain(
    "loses <think>, </think>, <answer>, </answer> when tokens become text",
  );
  expect(templateFault(tokenizer({ from: 50 }), tokenizer())).toContain(
    "the same prompt becomes other tokens",
  );
});
