/**
 * Text of reasoning with its typesetting taken away: LaTeX, Markdown and full-width forms become plain signs.
 *
 * Invariant: every position is kept (what is taken away becomes spaces), so a place in the plain text is the same
 * place in the text that was given. Commas of Chinese text stay apart from those inside "1,500", and dashes that join
 * a sentence stay apart from minus signs.
 */
import { foldWidth } from "../text.ts";

/** Closes the upper half of a fraction and opens the lower one: stands for `)/` before `(`. */
export const FRACTION_BAR = "\ue000";

const commands: Readonly<Record<string, string>> = {
  times: "×",
  cdot: "·",
  div: "÷",
  approx: "≈",
  simeq: "≈",
  sim: "≈",
  pm: "±",
  mu: "μ",
  circ: "°",
  geq: "≥",
  leq: "≤",
  ge: "≥",
  le: "≤",
  rightarrow: "→",
  to: "→",
};

/** The same text, of the same length, in plain signs. */
export function plainText(text: string): string {
  let out = foldWidth(text);
  if (/[，—、]/u.test(text)) {
    // A full-width comma or an em dash parts clauses and never digits: "；" parts them too.
    out = out.replace(/[,-]/g, (sign, at: number) =>
      text[at] === "，" || text[at] === "—" || text[at] === "―" ? "；" : sign,
    );
  }
  if (out.includes("\\")) out = plainLatex(out);
  return out
    .replace(/(?<!\d)\*\*|\*\*(?!\d)|__|`|\$/g, (sign) => " ".repeat(sign.length))
    .replace(/[\u2009\u202f](?=\d{3}(?!\d))/g, ",")
    .replace(/[\u2000-\u200b\u202f\ufeff]/g, " ");
}

function plainLatex(text: string): string {
  const chars = [...text.matchAll(/[\s\S]/g)].map(([char]) => char);
  const blank = (from: number, to: number, first = " "): void => {
    for (let i = from; i < to; i++) chars[i] = i === from ? first : " ";
  };
  for (const { index, 0: whole, 1: name } of text.matchAll(/\\([a-zA-Z]+|[()[\]{},;:!%& \\])/g)) {
    const end = index + whole.length;
    const open = text[end] === "{" ? end : -1;
    const close = open < 0 ? -1 : closingBrace(text, open);
    if (name === "%") blank(index, end, "%");
    else if (/^[dtc]?frac$/.test(name as string) && close > 0 && text[close + 1] === "{") {
      const last = closingBrace(text, close + 1);
      if (last < 0) continue;
      // The whole fraction is one operand: "\frac{" has room for two brackets, its last brace holds the other pair.
      blank(index, end);
      chars[index] = "(";
      chars[open] = "(";
      chars[close] = FRACTION_BAR;
      chars[close + 1] = "(";
      chars[last] = "\ue001";
    } else if (name === "sqrt" && close > 0) {
      blank(index, end, "√");
      chars[open] = "(";
      chars[close] = ")";
    } else if (
      close > 0 &&
      /^(?:text|mathrm|mathbf|textbf|mathit|operatorname|boxed)$/.test(name as string)
    ) {
      blank(index, end + 1);
      chars[close] = " ";
    } else blank(index, end, commands[name as string] ?? " ");
  }
  return chars
    .join("")
    .replace(/\^\{(-?[\d.]+)\}|_\{([^{}]*)\}/g, (whole, power?: string) =>
      power === undefined ? " ".repeat(whole.length) : `^${power}`.padEnd(whole.length),
    );
}

function closingBrace(text: string, open: number): number {
  let depth = 0;
  for (let i = open; i < text.length; i++) {
    if (text[i] === "{") depth++;
    else if (text[i] === "}" && --depth === 0) return i;
  }
  return -1;
}

/** The place of `[from, to)` without spaces at its ends. */
export function trimmed(text: string, from: number, to: number): readonly [number, number] {
  let [start, end] = [from, to];
  while (start < end && /\s/.test(text[start] as string)) start++;
  while (end > start && /[\s,;:；]/.test(text[end - 1] as string)) end--;
  return [start, end];
}
