/**
 * Rules about what is left of the form that a text had before: HTML, wiki markup, LaTeX, templates with their slots
 * unfilled. Comparisons ("p<0.05", "<or =100", "A<B and C>D"), prices and formulas are none of these.
 */
import { isSynthetic, type Question } from "../../records/question.ts";
import { findIn, place, textsOf } from "./rule.ts";

const tags =
  "abbr|blockquote|body|br|center|cite|code|dd|del|div|dl|dt|em|font|gallery|h[1-6]|head|hr|html|iframe|img|input|ins|li|link|math|meta|nowiki|ol|option|pre|ref|references|script|select|small|span|strike|strong|style|sub|sup|svg|syntaxhighlight|table|tbody|td|textarea|th|thead|title|tr|tt|ul|video";
const markup = new RegExp(
  [
    `<\\/?(?:${tags})(?:\\s[^<>]{0,200})?\\/?>|<\\/?[biupsq]>|<a\\s[^<>]{0,200}>|<\\/a>|<!--|<!doctype|<\\?xml`,
    "&(?:#\\d{2,6}|#x[\\da-f]{2,6}|[a-z]{2,8}\\d{0,2});",
    "\\[\\[|\\]\\]|'''|\\{\\||\\|\\}|^==+[^=\\n]+==+$|\\bthumb\\||\\[(?:citation needed|edit)\\]",
  ].join("|"),
  "imu",
);
const slots = new RegExp(
  [
    "\\{\\{|\\}\\}|\\$\\{|<%|%>|\\{%|%\\}|(?<![\\\\^_}\\w])\\{\\w{1,30}\\}|%\\(\\w+\\)s|(?<![\\w%])%[sd]\\b",
    "\\[object \\w+\\]|__[A-Z]{2,}__|\\[\\*\\*|\\[(?:insert|your|placeholder)\\b[^\\]]*\\]|<(?:insert|your)\\b[^>]*>",
    "\\blorem ipsum\\b|\\b(?:TODO|FIXME|TBD):?(?=\\s|$)",
  ].join("|"),
  "iu",
);

/** Of a made question: "#" begins a modifier of the grammar, and where a slot was empty the spaces around it meet. */
const madeSlots = /\bundefined\b|#\W|#$|\bNaN\b|\S {2,}\S| [,.;:?!](?:\s|$)|\(\s*\)/u;

/** HTML, entities and wiki markup. */
export function markupRemains(question: Question): string | undefined {
  return findIn(question, markup);
}

/** Slots of a template that nothing was put into. */
export function templateRemains(question: Question): string | undefined {
  const slot = findIn(question, slots);
  if (slot !== undefined) return slot;
  for (const [letter, text] of Object.entries(question.options))
    if (/^\s*(?:undefined|NaN|\[\]|\{\})\s*$/u.test(text)) return `option ${letter} is "${text.trim()}"`;
  // Only a made question is never about undefined origins, never has two spaces, and never a word with nothing after.
  return isSynthetic(question) ? findIn(question, madeSlots) : undefined;
}

/** Macros that only ever stand for something else: a reader sees "leftspoil" or nothing. */
const textMacro =
  /\\(?:text(?:quote\w*|[a-z]{2}|color|backslash)|AA[a-z]*|begin|end|cite[pt]?|ref|label|item|includegraphics|footnote|noindent|hspace|vspace|newline)(?![a-z])|\\textquote/u;

/** LaTeX that was left half: text macros, a brace or a dollar sign without its other. */
export function latexRemains(question: Question): string | undefined {
  const macro = findIn(question, textMacro);
  if (macro !== undefined) return macro;
  for (const text of textsOf(question)) {
    if (!/\\[a-z]|[\^_]\{|\$/i.test(text)) continue;
    if (/\\[a-z]+|[\^_]\{/i.test(text) && count(text, "{") !== count(text, "}"))
      return place(text, Math.max(text.indexOf("{"), text.indexOf("}"), 0), "braces that do not match");
    const signs = text.replace(/\\\$/g, "").match(/\$(?!\s?\d)/g)?.length ?? 0;
    if (signs % 2 === 1 && /\\[a-z]+/i.test(text))
      return place(text, text.indexOf("$"), "$ without its other");
  }
  return undefined;
}

const symbolMacro =
  /\\(?:alpha|beta|gamma|delta|epsilon|kappa|lambda|mu|omega|pi|sigma|theta|times|pm|leq?|geq?|neq|cdot|circ|infty|frac|sqrt|[a-z]*arrow|male|female|rightleftharpoons|mathrm|mathbf|left|right)(?![a-z])/iu;

/** LaTeX that can be read, and Markdown: signs that a set was not cleaned. */
export function readableMarkup(question: Question): string | undefined {
  return (
    findIn(question, symbolMacro) ??
    findIn(question, /\*\*\w|```|\]\(https?:|^#{1,4} \w|\${3}|%{3}|@{3}|~{3}/mu)
  );
}

function count(text: string, sign: string): number {
  return text.split(sign).length - 1;
}
