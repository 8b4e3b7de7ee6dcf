/**
 * Anonymisation (paper §3.1): what could identify a person is replaced, by the named rules of this folder.
 *
 * Dates are generalised to their year, ages over 89 to "90+", ZIP codes to three digits; everything else becomes a
 * numbered placeholder, "[NAME 1]", and the same value the same number in all fields of a question.
 * Invariant: a text in which nothing is found is returned as it is, and a second pass finds nothing in the first's.
 * Departure: the paper does not say how it anonymised. Shifting dates would keep intervals but leave a date that
 * looks true; a year cannot mislead, so generalisation it is, and no randomness is needed.
 */
import { type Question, questionId } from "../../records/question.ts";
import { type Found, findIn, tellsOfMany } from "./find.ts";
import { nameKey, type People, people, restOfNames } from "./people.ts";
import { type Finding, phiClasses } from "./rule.ts";

interface Anonymised {
  readonly question: Question;
  readonly findings: readonly Finding[];
}

/** A question with all that could identify a person replaced; the same object when there is nothing. */
export function anonymise(question: Question): Anonymised {
  const parts: [field: string, text: string][] = [["stem", question.stem]];
  if (question.context !== undefined) parts.push(["context", question.context]);
  for (const [letter, text] of Object.entries(question.options)) parts.push([`option ${letter}`, text]);
  if (question.origin.kind === "curated")
    for (const one of question.evidence) if (one.kind === "dataset") parts.push(["evidence", one.quote]);
  const { texts, findings } = anonymiseParts(parts, question.language);
  if (findings.length === 0) return { question, findings };
  let at = 0;
  const next = (): string => texts[at++] as string;
  const stem = next();
  const context = question.context === undefined ? {} : { context: next() };
  const options = Object.fromEntries(Object.keys(question.options).map((letter) => [letter, next()]));
  const evidence =
    question.origin.kind === "curated"
      ? question.evidence.map((one) => (one.kind === "dataset" ? { ...one, quote: next() } : one))
      : question.evidence;
  const changed = { ...question, stem, ...context, options, evidence };
  return { question: { ...changed, id: questionId(changed) }, findings };
}

/** The same for any text; the same string when there is nothing. */
export function anonymiseText(
  text: string,
  language: Question["language"],
): { readonly text: string; readonly findings: readonly Finding[] } {
  const { texts, findings } = anonymiseParts([["text", text]], language);
  return { text: texts[0] as string, findings };
}

/** Where the rules and the names they gave found something, for measuring. */
export function findAll(text: string): readonly Found[] {
  const found = findIn(text, !tellsOfMany(text));
  return restOfNames(text, found, people([{ text, found }]));
}

function anonymiseParts(
  parts: readonly (readonly [field: string, text: string])[],
  language: Question["language"],
): { texts: string[]; findings: Finding[] } {
  const personal = !tellsOfMany(parts.map(([, text]) => text).join("\n"));
  const first = parts.map(([, text]) => ({ text, found: findIn(text, personal) }));
  if (first.every(({ found }) => found.length === 0))
    return { texts: parts.map(([, text]) => text), findings: [] };
  const known = people(first);
  const numbers = new Numbers(
    parts.map(([, text]) => text),
    known,
    language,
  );
  const findings: Finding[] = [];
  const told = new Set<string>();
  const texts = first.map(({ text, found }, part) => {
    const field = (parts[part] as readonly [string, string])[0];
    let out = "";
    let from = 0;
    for (const one of restOfNames(text, found, known)) {
      const value = text.slice(one.start, one.end);
      const key = `${one.class} ${value}`;
      if (field !== "evidence" || !told.has(key))
        findings.push({ class: one.class, rule: one.rule, field, length: value.length });
      told.add(key);
      out += text.slice(from, one.start) + (one.becomes ?? numbers.placeholder(one, value));
      from = one.end;
    }
    return out + text.slice(from);
  });
  return { texts, findings };
}

/** Gives every value of an item its number, beginning after the placeholders that the item already holds. */
class Numbers {
  readonly #known: People;
  readonly #language: Question["language"];
  readonly #next = new Map<string, number>();
  readonly #given = new Map<string, string>();

  constructor(texts: readonly string[], known: People, language: Question["language"]) {
    this.#known = known;
    this.#language = language;
    for (const text of texts)
      for (const [, label = "", number] of text.matchAll(/\[([A-Z]+|[\u4e00-\u9fff]+) (\d+)\]/g))
        this.#next.set(label, Math.max(this.#next.get(label) ?? 1, Number(number) + 1));
  }

  placeholder(found: Found, value: string): string {
    const label = phiClasses[found.class][this.#language === "zh" ? "zh" : "label"];
    const key = `${label} ${found.class === "name" || found.class === "zhName" ? nameKey(value, this.#known) : plain(value)}`;
    const given = this.#given.get(key);
    if (given !== undefined) return given;
    const number = this.#next.get(label) ?? 1;
    this.#next.set(label, number + 1);
    const placeholder = `[${label} ${number}]`;
    this.#given.set(key, placeholder);
    return placeholder;
  }
}

function plain(value: string): string {
  return value.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "");
}
