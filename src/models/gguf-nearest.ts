/**
 * What is done for a tokenizer that cuts text as none of llama.cpp's rules does: the rule that is named instead, and
 * tokens that this rule would cut apart and that are therefore matched before it cuts.
 *
 * The pretrain stage's tokenizers are such: a line break with the letter of an option and its point is one token of
 * theirs, and every question a model was trained on has some. llama.cpp matches tokens of the type "user-defined" in
 * the text first; their text is plain, not in byte letters.
 */
import { splitRule } from "./gguf-splits.ts";
import { tokenTypes } from "./gguf-tokenizer.ts";

/** The rule from which the pretrain stage's differs in little. */
export const nearestRule = "qwen2";

/** Turns tokens of a line break and what follows it into ones that are matched whole; gives how many. */
export function matchWhole(tokens: string[], types: number[]): number {
  const known = new Set(tokens);
  let count = 0;
  for (const [id, token] of tokens.entries()) {
    const text = types[id] === tokenTypes.normal ? textOf(token) : undefined;
    if (text === undefined || !/^\n\S+$/u.test(text) || piecesOf(text) < 2 || known.has(text)) continue;
    tokens[id] = text;
    types[id] = tokenTypes.userDefined;
    count++;
  }
  return count;
}

/** What the user has to know of it. */
export function nearestNote(matched: number): string {
  const whole = matched === 0 ? "" : `, and ${matched} tokens that it would cut are matched whole`;
  return (
    `llama.cpp has no rule that cuts text as this tokenizer does; the nearest, "${nearestRule}", is named${whole}: ` +
    "unusual text may become other tokens there than here"
  );
}

/** The text of a token written in byte letters; undefined where its bytes are no text. */
function textOf(token: string): string | undefined {
  const bytes = [...token].map((letter) => byteOf.get(letter));
  if (bytes.includes(undefined)) return undefined;
  const text = Buffer.from(bytes as number[]).toString("utf8");
  return text.includes("\ufffd") ? undefined : text;
}

/** Byte letters: printable bytes stand for themselves, the others from U+0100 on, in order. */
const byteOf: ReadonlyMap<string, number> = (() => {
  const printable = (byte: number): boolean =>
    (byte >= 33 && byte <= 126) || (byte >= 161 && byte <= 172) || byte >= 174;
  let next = 256;
  return new Map(
    Array.from({ length: 256 }, (_, byte) => [String.fromCodePoint(printable(byte) ? byte : next++), byte]),
  );
})();

const nearestPattern = new RegExp(
  splitRule(nearestRule)!.expressions[0]!.replace(
    "(?i:'s|'t|'re|'ve|'m|'ll|'d)",
    "'(?:[sStTmMdD]|[rR][eE]|[vV][eE]|[lL][lL])",
  ),
  "gu",
);

/** Into how many pieces the nearest rule cuts a text. */
function piecesOf(text: string): number {
  return text.match(nearestPattern)?.length ?? 0;
}
