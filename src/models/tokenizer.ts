/**
 * A model's own tokenizer and chat template, read from the files beside its weights (tokenizer.json,
 * tokenizer_config.json) and never guessed.
 */
import { existsSync } from "node:fs";
import { copyFile } from "node:fs/promises";
import { join } from "node:path";
import { Template } from "@huggingface/jinja";
import { Tokenizer as HubTokenizer } from "@huggingface/tokenizers";
import { z } from "zod";
import { UsageError } from "../base/errors.ts";
import { readJson } from "../base/files.ts";

const tokenText = z.union([z.string(), z.object({ content: z.string() })]);

const configSchema = z.looseObject({
  chat_template: z.string(),
  eos_token: tokenText,
  pad_token: tokenText.nullish(),
});

interface ChatMessage {
  readonly role: "system" | "user" | "assistant";
  readonly content: string;
}

export interface Tokenizer {
  encode(text: string): number[];
  /** Text of tokens; special tokens such as the end of a turn are left out, `<think>` and `<answer>` are kept. */
  decode(tokens: readonly number[]): string;
  /** The chat as the model was trained to see it, ready for the assistant's turn. */
  renderChat(messages: readonly ChatMessage[]): string;
  /** The token that ends a reply. */
  readonly endToken: number;
  /** The token that stands between documents: the padding token, or the end token where there is none. */
  readonly boundaryToken: number;
  readonly vocabularySize: number;
}

/** Opens the tokenizer of a model folder. */
export async function openTokenizer(folder: string): Promise<Tokenizer> {
  const [file, configFile] = [join(folder, "tokenizer.json"), join(folder, "tokenizer_config.json")];
  for (const path of [file, configFile])
    if (!existsSync(path))
      throw new UsageError(`${path}: missing; a model folder needs tokenizer.json and tokenizer_config.json`);
  const config = configSchema.safeParse(await readJson(configFile));
  if (!config.success)
    throw new UsageError(
      `${configFile}: ${config.error.issues[0]?.path.join(".")} is missing or has the wrong form`,
    );
  return tokenizerFrom((await readJson(file)) as object, config.data, file);
}

/** A tokenizer from the contents of its two files. */
export function tokenizerFrom(
  definition: object,
  config: z.infer<typeof configSchema>,
  where: string,
): Tokenizer {
  const hub = new HubTokenizer(definition, config);
  const template = new Template(config.chat_template);
  const idOf = (token: z.infer<typeof tokenText>): number => {
    const text = typeof token === "string" ? token : token.content;
    const id = hub.token_to_id(text);
    if (id === undefined) throw new UsageError(`${where}: the token "${text}" is not in the vocabulary`);
    return id;
  };
  const endToken = idOf(config.eos_token);
  return {
    encode: (text) => hub.encode(text, { add_special_tokens: false }).ids,
    // The library refuses to decode nothing.
    decode: (tokens) =>
      tokens.length === 0
        ? ""
        : hub.decode([...tokens], { skip_special_tokens: true, clean_up_tokenization_spaces: false }),
    renderChat: (messages) => template.render({ messages, add_generation_prompt: true }),
    endToken,
    boundaryToken: config.pad_token ? idOf(config.pad_token) : endToken,
    vocabularySize: hub.get_vocab(true).size,
  };
}

/** Copies the tokenizer's files from one model folder into another. */
export async function copyTokenizer(from: string, to: string): Promise<void> {
  for (const file of ["tokenizer.json", "tokenizer_config.json"])
    await copyFile(join(from, file), join(to, file));
}
