/**
 * A tokenizer's two files as the key-values of a GGUF file.
 *
 * Where llama.cpp has a rule that cuts text as the tokenizer does, the key-values say all there is. Where it has none
 * (the tokenizers of the pretrain stage), the nearest is named, tokens that it would cut apart are matched before it
 * cuts, a lower-casing tokenizer's chat template lower-cases, and the whole tokenizer.json is carried along, which is
 * what this program reads back. What remains different in llama.cpp is told in `notes`.
 */
import { z } from "zod";
import { UsageError } from "../base/errors.ts";
import type { ModelConfig } from "../engine/config.ts";
import type { Entry } from "../engine/gguf/entries.ts";
import { matchWhole, nearestNote, nearestRule } from "./gguf-nearest.ts";
import { expressionsOf, nameOfRule } from "./gguf-splits.ts";
import { type TokenizerFiles, tokenTypes, wholeFileKey } from "./gguf-tokenizer.ts";

const definitionSchema = z.looseObject({
  added_tokens: z
    .array(
      z.looseObject({
        id: z.number(),
        content: z.string(),
        special: z.boolean().default(false),
        lstrip: z.boolean().default(false),
        rstrip: z.boolean().default(false),
        single_word: z.boolean().default(false),
      }),
    )
    .default([]),
  normalizer: z.unknown(),
  pre_tokenizer: z.unknown(),
  post_processor: z.unknown(),
  decoder: z.looseObject({ type: z.literal("ByteLevel") }),
  model: z.looseObject({
    type: z.literal("BPE"),
    vocab: z.record(z.string(), z.number()),
    merges: z.array(z.union([z.string(), z.array(z.string())])),
    ignore_merges: z.boolean().default(false),
    byte_fallback: z.literal(false).nullish(),
  }),
});

/** Key-values of a tokenizer, and what llama.cpp will do otherwise than it; `where` is what an error names. */
export function tokenizerEntries(
  { definition, config }: TokenizerFiles,
  model: Pick<ModelConfig, "vocabSize" | "eosTokenIds" | "bosTokenId" | "padTokenId">,
  where: string,
): { readonly entries: readonly Entry[]; readonly notes: readonly string[] } {
  const parsed = definitionSchema.safeParse(definition);
  if (!parsed.success) {
    const { path, message } = parsed.error.issues[0]!;
    throw new UsageError(
      `${where}: "${path.join(".")}" (${message}) is not that of byte-level byte pairs, the only tokenizer that is ` +
        "written to GGUF; export as hf instead",
    );
  }
  const { added_tokens: added, model: pairs } = parsed.data;
  const normalizers = normalizersOf(parsed.data.normalizer);
  const expressions = expressionsOf(parsed.data.pre_tokenizer);
  const plainMarks = added.every(({ lstrip, rstrip, single_word: alone }) => !lstrip && !rstrip && !alone);
  const nfc = normalizers.includes("NFC");
  const rule =
    expressions !== undefined && plainMarks && normalizers.every((name) => name === "NFC")
      ? nameOfRule({ expressions, nfc, ignoreMerges: pairs.ignore_merges })
      : undefined;
  const lowercase =
    normalizers.includes("Lowercase") && added.every(({ content }) => content === content.toLowerCase());

  const { tokens, types } = vocabularyOf(pairs.vocab, added, model.vocabSize, where);
  const matched = rule === undefined ? matchWhole(tokens, types) : 0;
  const idOf = (key: string): number | undefined => {
    const value = config[key];
    const content =
      typeof value === "string" ? value : ((value ?? {}) as { readonly content?: string }).content;
    if (content === undefined) return undefined;
    const id = tokens.indexOf(content);
    if (id === -1) throw new UsageError(`${where}: the token "${content}" (${key}) is not in the vocabulary`);
    return id;
  };
  const eos = idOf("eos_token");
  if (eos === undefined) throw new UsageError(`${where}: there is no eos_token, which ends a reply`);
  const padding = idOf("pad_token") ?? model.padTokenId;
  // llama.cpp takes token 11 where none is named; as in Qwen's files it is named and never added.
  const ownBos = idOf("bos_token");
  const bos = ownBos ?? model.bosTokenId ?? padding ?? eos;
  const template = config["chat_template"];
  const id = (name: string, value: number | undefined): Entry[] =>
    value === undefined ? [] : [{ key: `tokenizer.ggml.${name}_token_id`, type: "u32", value }];
  const entries: Entry[] = [
    { key: "tokenizer.ggml.model", type: "text", value: "gpt2" },
    { key: "tokenizer.ggml.pre", type: "text", value: rule ?? nearestRule },
    { key: "tokenizer.ggml.tokens", type: "texts", value: tokens },
    { key: "tokenizer.ggml.token_type", type: "i32s", value: types },
    {
      key: "tokenizer.ggml.merges",
      type: "texts",
      value: pairs.merges.map((merge) => (typeof merge === "string" ? merge : merge.join(" "))),
    },
    ...id("bos", bos),
    ...id("eos", eos),
    ...id(
      "eot",
      model.eosTokenIds?.find((other) => other !== eos),
    ),
    ...id("unknown", idOf("unk_token")),
    ...id("padding", padding),
    {
      key: "tokenizer.ggml.add_bos_token",
      type: "bool",
      value: startsWithBos(parsed.data.post_processor, tokens[bos]!),
    },
    { key: "tokenizer.ggml.add_space_prefix", type: "bool", value: false },
  ];
  if (typeof template === "string") {
    const lowered = lowercase ? `{% filter lower %}${template}{% endfilter %}` : template;
    // A template that asks for a token that the tokenizer does not have gets nothing, as from the tokenizer.
    const unset = ownBos === undefined && template.includes("bos_token") ? "{% set bos_token = '' %}" : "";
    entries.push({ key: "tokenizer.chat_template", type: "text", value: unset + lowered });
  }
  if (rule === undefined)
    entries.push({ key: wholeFileKey, type: "text", value: JSON.stringify(definition) });
  const notes = [
    ...(rule === undefined ? [nearestNote(matched)] : []),
    ...(lowercase
      ? ["llama.cpp lower-cases in the chat template only; give it lower-case text elsewhere"]
      : []),
    ...(nfc ? ["llama.cpp does not bring text into Unicode's form NFC; give it text that is"] : []),
  ];
  return { entries, notes };
}

/** Tokens by id, up to the model's vocabulary: ids without a token are unused. */
function vocabularyOf(
  vocab: Readonly<Record<string, number>>,
  added: readonly { readonly id: number; readonly content: string; readonly special: boolean }[],
  size: number,
  where: string,
): { tokens: string[]; types: number[] } {
  const tokens: string[] = Array.from({ length: size }, (_, id) => `[PAD${id}]`);
  const types: number[] = new Array<number>(size).fill(tokenTypes.unused);
  const put = (id: number, content: string, type: number): void => {
    if (!Number.isInteger(id) || id < 0 || id >= size)
      throw new UsageError(
        `${where}: the token "${content}" has id ${id}; the model's vocabulary is ${size}`,
      );
    tokens[id] = content;
    types[id] = type;
  };
  for (const [content, id] of Object.entries(vocab)) put(id, content, tokenTypes.normal);
  for (const { id, content, special } of added)
    put(id, content, special ? tokenTypes.control : tokenTypes.userDefined);
  if (new Set(tokens).size !== size)
    throw new UsageError(`${where}: a token is there twice; each text has to have one id`);
  return { tokens, types };
}

function normalizersOf(normalizer: unknown): readonly string[] {
  if (typeof normalizer !== "object" || normalizer === null) return [];
  const { type, normalizers } = normalizer as { readonly type?: unknown; readonly normalizers?: unknown };
  return type === "Sequence" && Array.isArray(normalizers)
    ? normalizers.flatMap(normalizersOf)
    : [String(type)];
}

/** Whether texts are made to start with a token when special ones are added. */
function startsWithBos(postProcessor: unknown, bos: string): boolean {
  if (typeof postProcessor !== "object" || postProcessor === null) return false;
  const { single, processors } = postProcessor as {
    readonly single?: unknown;
    readonly processors?: unknown;
  };
  if (Array.isArray(processors)) return processors.some((inside) => startsWithBos(inside, bos));
  const [first] = Array.isArray(single)
    ? (single as { readonly SpecialToken?: { readonly id?: unknown } }[])
    : [];
  return first?.SpecialToken?.id === bos;
}
