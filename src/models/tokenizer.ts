/**
 * A model's own tokenizer and chat template, read from the files beside its weights (tokenizer.json,
 * tokenizer_config.json, chat_template.jinja where there is one) or from its GGUF file, and never guessed.
 */
import { existsSync } from "node:fs";
import { copyFile, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { Template } from "@huggingface/jinja";
import { Tokenizer as HubTokenizer } from "@huggingface/tokenizers";
import { z } from "zod";
import { messageOf, UsageError } from "../base/errors.ts";
import { readJson, writeJson } from "../base/files.ts";
import { isGguf, readGgufMetadata } from "../engine/gguf/read.ts";
import { type TokenizerFiles, tokenizerFilesFrom } from "./gguf-tokenizer.ts";

const tokenText = z.union([z.string(), z.object({ content: z.string() })]);

const configSchema = z.looseObject({
  chat_template: z.string(),
  eos_token: tokenText,
  pad_token: tokenText.nullish(),
  bos_token: tokenText.nullish(),
});

interface ChatMessage {
  readonly role: "system" | "user" | "assistant";
  readonly content: string;
}

export interface Tokenizer {
  encode(text: string): number[];
  /** Text of tokens; special tokens such as the end of a turn are left out, `<think>` and `<answer>` are kept. */
  decode(tokens: readonly number[]): string;
  /** Text of tokens with every special token in it, for people. */
  show(tokens: readonly number[]): string;
  /** The chat as the model was trained to see it, ready for the assistant's turn. */
  renderChat(messages: readonly ChatMessage[]): string;
  /** The token that ends a reply. */
  readonly endToken: number;
  /** The token that stands between documents: the padding token, or the end token where there is none. */
  readonly boundaryToken: number;
  readonly vocabularySize: number;
}

/** Opens the tokenizer of a model folder or a .gguf file. */
export async function openTokenizer(path: string): Promise<Tokenizer> {
  const { definition, config } = await readTokenizerFiles(path);
  const parsed = configSchema.safeParse(config);
  if (!parsed.success)
    throw new UsageError(
      `${isGguf(path) ? path : join(path, CONFIG)}: ${parsed.error.issues[0]?.path.join(".")} is missing or has ` +
        "the wrong form",
    );
  return tokenizerFrom(definition, parsed.data, path);
}

const DEFINITION = "tokenizer.json";
const CONFIG = "tokenizer_config.json";
const TEMPLATE = "chat_template.jinja";

/** The files that a folder's tokenizer cannot be opened without. */
export const tokenizerFileNames: readonly string[] = [DEFINITION, CONFIG];

/** Contents of a folder's two files, or what a .gguf file makes of them. */
export async function readTokenizerFiles(path: string): Promise<TokenizerFiles> {
  if (isGguf(path)) return tokenizerFilesFrom(await readGgufMetadata(path), path);
  const [file, configFile, templateFile] = [join(path, DEFINITION), join(path, CONFIG), join(path, TEMPLATE)];
  for (const needed of [file, configFile])
    if (!existsSync(needed))
      throw new UsageError(
        `${needed}: missing; a model folder needs tokenizer.json and tokenizer_config.json`,
      );
  const config = (await readJson(configFile)) as TokenizerFiles["config"];
  // Folders of transformers 5 have the template in a file of its own.
  const template = existsSync(templateFile) ? { chat_template: await readFile(templateFile, "utf8") } : {};
  return { definition: (await readJson(file)) as object, config: { ...config, ...template } };
}

/** A tokenizer from the contents of its two files. */
export function tokenizerFrom(
  definition: object,
  config: z.infer<typeof configSchema>,
  where: string,
): Tokenizer {
  const readable = <T>(what: string, make: () => T): T => {
    try {
      return make();
    } catch (cause) {
      throw new UsageError(`${where}: the ${what} cannot be read: ${messageOf(cause)}`, { cause });
    }
  };
  const hub = readable("tokenizer", () => new HubTokenizer(definition, config));
  const template = readable("chat template", () => new Template(config.chat_template));
  const textOf = (token: z.infer<typeof tokenText>): string =>
    typeof token === "string" ? token : token.content;
  const idOf = (token: z.infer<typeof tokenText>): number => {
    const text = textOf(token);
    const id = hub.token_to_id(text);
    if (id === undefined) throw new UsageError(`${where}: the token "${text}" is not in the vocabulary`);
    return id;
  };
  const endToken = idOf(config.eos_token);
  // Templates may name these two.
  const marks = {
    bos_token: config.bos_token ? textOf(config.bos_token) : "",
    eos_token: textOf(config.eos_token),
  };
  const textFrom = (tokens: readonly number[], skipsSpecial: boolean): string =>
    // The library refuses to decode nothing.
    tokens.length === 0
      ? ""
      : hub.decode([...tokens], { skip_special_tokens: skipsSpecial, clean_up_tokenization_spaces: false });
  return {
    encode: (text) => hub.encode(text, { add_special_tokens: false }).ids,
    decode: (tokens) => textFrom(tokens, true),
    show: (tokens) => textFrom(tokens, false),
    renderChat: (messages) => template.render({ messages, add_generation_prompt: true, ...marks }),
    endToken,
    boundaryToken: config.pad_token ? idOf(config.pad_token) : endToken,
    vocabularySize: hub.get_vocab(true).size,
  };
}

/** Puts the tokenizer of a model folder or a .gguf file into another folder, in the place of an older one. */
export async function copyTokenizer(from: string, to: string): Promise<void> {
  // A template of its own would be taken before the one in tokenizer_config.json.
  const template = isGguf(from) ? undefined : join(from, TEMPLATE);
  if (template !== undefined && existsSync(template)) await copyFile(template, join(to, TEMPLATE));
  else await rm(join(to, TEMPLATE), { force: true });
  if (isGguf(from)) {
    const { definition, config } = await readTokenizerFiles(from);
    await writeJson(join(to, DEFINITION), definition);
    await writeJson(join(to, CONFIG), config);
    return;
  }
  for (const file of tokenizerFileNames) await copyFile(join(from, file), join(to, file));
}
