/**
 * The format filter (paper §3.1): what makes a question unusable whatever it asks, and signs of a person's data.
 * One check a rule; a question passes when all do.
 */
import type { Check } from "../records/check.ts";
import type { Question } from "../records/question.ts";
import { containsWords, normaliseText } from "../verify/text.ts";

type Rule = readonly [name: string, problem: (question: Question) => string | undefined];

const remains =
  /<\/?[a-z][^>\n]{0,80}>|\{\{|\}\}|\[\[|\]\]|&[a-z]{2,8};|&#\d+;|__[A-Z]+__|'''|\bundefined\b|#\W|\$\{/i;
const mojibake = /\ufffd|Ã[\u0080-\u00bf]|â€|Â[\u00a0-\u00bf]|[^\P{Cc}\t\n\r]/u;
const personal =
  /[\w.+-]{1,64}@[\w-]{1,64}\.[a-z]{2,10}|https?:\/\/|\bwww\.|(?<![\d.])\+?\d[\d ()-]{8,16}\d(?![\d.])|\b(?:MRN|SSN|passport)\b/i;

const rules: readonly Rule[] = [
  [
    "notEmpty",
    ({ stem, options }) =>
      stem.trim() === "" || Object.values(options).some((text) => text.trim() === "")
        ? "the stem or an option is empty"
        : undefined,
  ],
  [
    "stemEnds",
    ({ stem }) =>
      /[?.:!？。：]["')\]”」]?\s*$/.test(stem) ? undefined : `the stem stops at "${stem.slice(-30)}"`,
  ],
  [
    "enoughOptions",
    ({ options }) => (Object.keys(options).length >= 2 ? undefined : "fewer than two options"),
  ],
  [
    "goldAmongOptions",
    ({ gold, options }) => {
      const strange = gold.filter((letter) => !Object.hasOwn(options, letter));
      return strange.length === 0 ? undefined : `gold ${strange.join(", ")} is no option`;
    },
  ],
  ["optionsDiffer", ({ options }) => sameOption(options)],
  ["optionsApart", (question) => nestedOption(question)],
  ["noMarkup", (question) => found(question, remains)],
  ["noMojibake", (question) => found(question, mojibake)],
  ["noPersonalData", (question) => found(question, personal)],
];

/** The checks of the format filter. */
export function checkQuestionFormat(question: Question): Check[] {
  return rules.map(([name, problem]) => {
    const text = problem(question);
    return { name, passed: text === undefined, found: text ?? "nothing found" };
  });
}

function found({ stem, options }: Question, pattern: RegExp): string | undefined {
  for (const text of [stem, ...Object.values(options)]) {
    const match = pattern.exec(text);
    if (match) return `"${match[0].slice(0, 40)}" in "${text.slice(0, 60)}"`;
  }
  return undefined;
}

function sameOption(options: Question["options"]): string | undefined {
  const seen = new Map<string, string>();
  for (const [letter, text] of Object.entries(options)) {
    const form = normaliseText(text);
    const other = seen.get(form);
    if (other !== undefined) return `options ${other} and ${letter} are the same: "${text}"`;
    seen.set(form, letter);
  }
  return undefined;
}

/** Only made questions must pass this: public sets hold many options that contain one another on purpose. */
function nestedOption({ options, origin }: Question): string | undefined {
  if (origin.kind !== "synthetic") return undefined;
  const forms = Object.entries(options).map(([letter, text]) => [letter, normaliseText(text)] as const);
  for (const [letter, form] of forms)
    for (const [other, whole] of forms)
      if (letter !== other && containsWords(whole, form)) return `option ${other} contains option ${letter}`;
  return undefined;
}
