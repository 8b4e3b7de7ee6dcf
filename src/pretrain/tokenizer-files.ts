/**
 * The tokenizer's two files in Hugging Face's form: tokenizer.json (how text becomes tokens) and
 * tokenizer_config.json (special tokens and the chat template).
 */
import { join } from "node:path";
import { writeJson } from "../base/files.ts";
import { type BytePairs, splitPattern } from "./bpe.ts";

/** Marks of the dialogue; left out when tokens become text. */
const turnMarks = ["<|endoftext|>", "<|user|>", "<|assistant|>", "<|system|>", "<|end|>"] as const;
/** Marks of the reply (paper §3.2); each is one token and stays in the text. */
const replyMarks = ["<think>", "</think>", "<answer>", "</answer>"] as const;

/**
 * A reply stands right behind its mark, as it does when it is sampled and learned: other trainers render the whole
 * dialogue and have to come to the same tokens.
 */
const chatTemplate =
  "{% for message in messages %}{{ '<|' + message['role'] + '|>' }}" +
  "{% if message['role'] != 'assistant' %}{{ ' ' }}{% endif %}" +
  "{{ message['content'] + '<|end|>' }}{% endfor %}" +
  "{% if add_generation_prompt %}{{ '<|assistant|>' }}{% endif %}";

/** How many tokens the marks take beyond the learned ones. */
export const markCount = turnMarks.length + replyMarks.length;

/** Contents of tokenizer.json. */
export function tokenizerDefinition(pairs: BytePairs, options: { readonly lowercase: boolean }): object {
  const marks = [...turnMarks, ...replyMarks].map((content, index) => ({
    id: pairs.vocabulary.size + index,
    content,
    single_word: false,
    lstrip: false,
    rstrip: false,
    normalized: false,
    special: index < turnMarks.length,
  }));
  const lowercase = options.lowercase ? [{ type: "Lowercase" }] : [];
  return {
    version: "1.0",
    truncation: null,
    padding: null,
    added_tokens: marks,
    normalizer: { type: "Sequence", normalizers: [{ type: "NFC" }, ...lowercase] },
    pre_tokenizer: {
      type: "Sequence",
      pretokenizers: [
        { type: "Split", pattern: { Regex: splitPattern }, behavior: "Isolated", invert: false },
        { type: "ByteLevel", add_prefix_space: false, trim_offsets: false, use_regex: false },
      ],
    },
    post_processor: null,
    decoder: { type: "ByteLevel", add_prefix_space: false, trim_offsets: false, use_regex: false },
    model: {
      type: "BPE",
      dropout: null,
      unk_token: null,
      continuing_subword_prefix: null,
      end_of_word_suffix: null,
      fuse_unk: false,
      byte_fallback: false,
      ignore_merges: false,
      vocab: Object.fromEntries(pairs.vocabulary),
      merges: pairs.merges,
    },
  };
}

/** Contents of tokenizer_config.json. */
export function tokenizerConfig(maxLength: number): {
  readonly chat_template: string;
  readonly eos_token: string;
  readonly [key: string]: unknown;
} {
  return {
    tokenizer_class: "PreTrainedTokenizerFast",
    model_max_length: maxLength,
    bos_token: null,
    eos_token: "<|end|>",
    pad_token: "<|endoftext|>",
    unk_token: null,
    add_prefix_space: false,
    clean_up_tokenization_spaces: false,
    chat_template: chatTemplate,
  };
}

/** Writes both files into a model folder. */
export async function writeTokenizer(
  folder: string,
  pairs: BytePairs,
  options: { readonly lowercase: boolean; readonly maxLength: number },
): Promise<void> {
  await writeJson(join(folder, "tokenizer.json"), tokenizerDefinition(pairs, options));
  await writeJson(join(folder, "tokenizer_config.json"), tokenizerConfig(options.maxLength));
}
