/**
 * The tokenizer inside a GGUF file as the two files of a Hugging Face folder: byte-level byte pairs ("gpt2" in the
 * format), cut by one of the rules that llama.cpp knows by name.
 *
 * A file that carries the whole tokenizer.json under `tokenizer.huggingface.json`, as the format provides for, is read
 * by that: it can say what the names cannot. Any other kind of tokenizer is refused by name.
 */
import { UsageError } from "../base/errors.ts";
import type { Metadata } from "../engine/gguf/metadata.ts";
import { preTokenizerOf, splitRule, splitRuleNames } from "./gguf-splits.ts";

/** Kinds of token in `tokenizer.ggml.token_type`. */
export const tokenTypes = { normal: 1, unknown: 2, control: 3, userDefined: 4, unused: 5 } as const;

/** The key under which a tokenizer.json is carried whole. */
export const wholeFileKey = "tokenizer.huggingface.json";

/** Contents of tokenizer.json and tokenizer_config.json. */
export interface TokenizerFiles {
  readonly definition: object;
  readonly config: { readonly [key: string]: unknown };
}

/** The tokenizer of a file's key-values; `where` is what an error names. */
export function tokenizerFilesFrom(metadata: Metadata, where: string): TokenizerFiles {
  const refuse = (key: string, expected: string): never => {
    const value = metadata.get(key);
    const found =
      typeof value === "string" ? JSON.stringify(value) : value === undefined ? "missing" : "of another type";
    throw new UsageError(`${where}: "${key}" is ${found}; expected ${expected}`);
  };
  const model = metadata.get("tokenizer.ggml.model");
  if (model !== "gpt2") refuse("tokenizer.ggml.model", '"gpt2", byte-level byte pairs');
  const texts = (key: string): readonly string[] => {
    const value = metadata.get(key);
    return Array.isArray(value) && value.every((item) => typeof item === "string")
      ? value
      : refuse(key, "a list of texts");
  };
  const tokens = texts("tokenizer.ggml.tokens");
  const tokenAt = (name: string): string | null => {
    const id = metadata.get(`tokenizer.ggml.${name}_token_id`);
    if (id === undefined) return null;
    return (
      (typeof id === "number" ? tokens[id] : undefined) ??
      refuse(`tokenizer.ggml.${name}_token_id`, "a token's id")
    );
  };
  const template = metadata.get("tokenizer.chat_template");
  const bos = tokenAt("bos");
  const rule = ruleOf(metadata, where);
  const addBos = metadata.get("tokenizer.ggml.add_bos_token") ?? rule.ignoreMerges;
  const config = {
    tokenizer_class: "PreTrainedTokenizerFast",
    bos_token: bos,
    eos_token: tokenAt("eos") ?? refuse("tokenizer.ggml.eos_token_id", "the token that ends a reply"),
    pad_token: tokenAt("padding"),
    unk_token: tokenAt("unknown"),
    add_bos_token: addBos === true,
    add_prefix_space: false,
    clean_up_tokenization_spaces: false,
    chat_template:
      typeof template === "string" ? template : refuse("tokenizer.chat_template", "a chat template"),
  };
  const whole = metadata.get(wholeFileKey);
  if (whole !== undefined) return { definition: wholeFile(whole, where), config };

  const types = metadata.get("tokenizer.ggml.token_type");
  const typeAt = (id: number): unknown => (types instanceof Int32Array ? types[id] : tokenTypes.normal);
  const vocab: [string, number][] = [];
  const added: object[] = [];
  for (const [id, content] of tokens.entries()) {
    const type = typeAt(id);
    if (type === tokenTypes.unused) continue;
    const special = type === tokenTypes.control || type === tokenTypes.unknown;
    // Marks are in the vocabulary too: readers that number what is not in it anew would give them other ids.
    vocab.push([content, id]);
    if (special || type === tokenTypes.userDefined) {
      const flags = { single_word: false, lstrip: false, rstrip: false, normalized: false };
      added.push({ id, content, ...flags, special });
    }
  }
  const definition = {
    version: "1.0",
    truncation: null,
    padding: null,
    added_tokens: added,
    normalizer: rule.nfc ? { type: "NFC" } : null,
    pre_tokenizer: preTokenizerOf(rule.expressions),
    post_processor: config.add_bos_token && bos !== null ? startsWith(bos, tokens.indexOf(bos)) : null,
    decoder: { type: "ByteLevel", add_prefix_space: false, trim_offsets: false, use_regex: false },
    model: {
      type: "BPE",
      dropout: null,
      unk_token: null,
      continuing_subword_prefix: null,
      end_of_word_suffix: null,
      fuse_unk: false,
      byte_fallback: false,
      ignore_merges: rule.ignoreMerges,
      vocab: Object.fromEntries(vocab),
      merges: texts("tokenizer.ggml.merges").map((merge) => pairOf(merge, where)),
    },
  };
  return { definition, config };
}

function ruleOf(metadata: Metadata, where: string) {
  const name = metadata.get("tokenizer.ggml.pre") ?? "default";
  const rule = typeof name === "string" ? splitRule(name) : undefined;
  if (rule !== undefined) return rule;
  throw new UsageError(
    `${where}: "tokenizer.ggml.pre" is ${JSON.stringify(String(name))}; expected one of ${splitRuleNames.join(", ")}`,
  );
}

function pairOf(merge: string, where: string): [string, string] {
  const space = merge.indexOf(" ", 1);
  if (space === -1)
    throw new UsageError(
      `${where}: the merge ${JSON.stringify(merge)} is not two parts with a space between`,
    );
  return [merge.slice(0, space), merge.slice(space + 1)];
}

function wholeFile(value: unknown, where: string): object {
  try {
    const parsed: unknown = JSON.parse(String(value));
    if (typeof parsed === "object" && parsed !== null) return parsed;
  } catch {
    // Told below: not JSON and not an object are the same mistake.
  }
  throw new UsageError(`${where}: "${wholeFileKey}" is not the text of a tokenizer.json`);
}

/** Every text starts with a token, for readers that are asked to add special tokens. */
function startsWith(content: string, id: number): object {
  const first = { SpecialToken: { id: content, type_id: 0 } };
  const [a, b] = ["A", "B"].map((name, index) => ({ Sequence: { id: name, type_id: index } }));
  return {
    type: "TemplateProcessing",
    single: [first, a],
    pair: [first, a, { SpecialToken: { id: content, type_id: 1 } }, b],
    special_tokens: { [content]: { id: content, ids: [id], tokens: [content] } },
  };
}
