/** Faults in the options of a made question: the wrong one marked, two right ones, one that is there twice. */

import type { Random } from "../../src/base/random.ts";
import type { KnowledgeGraph } from "../../src/graph/graph.ts";
import { reached } from "../../src/graph/sampling.ts";
import type { SyntheticQuestion } from "../../src/records/question.ts";
import { questionTypes } from "../../src/synthesize/types.ts";
import { containsWords, normaliseText } from "../../src/verify/text.ts";
import { changed, type Planted } from "./planted.ts";

/** The gold moved to another option. */
export function plantWrongLabel(question: SyntheticQuestion, random: Random): Planted {
  const wrong = random.pick(wrongLetters(question));
  const how = `gold ${question.gold.join("")} → ${wrong}`;
  return { fault: "wrongLabel", question: changed(question, { gold: [wrong] }), how };
}

/** A wrong option replaced by another name of the answer, or by something else that is true; undefined without one. */
export function plantTwoRight(
  question: SyntheticQuestion,
  random: Random,
  graph: KnowledgeGraph,
): Planted | undefined {
  const { type, masked } = question.origin;
  // An exception is right because it is not linked; the others are all true of the subject.
  if (type === "relation" || type.startsWith("except")) return undefined;
  const taken = Object.values(question.options).map(normaliseText);
  const isNew = (name: string): boolean => {
    const form = normaliseText(name);
    return form.length > 3 && taken.every((text) => !containsWords(text, form) && !containsWords(form, text));
  };
  const names = (graph.entities.get(masked)?.aliases ?? []).filter(
    (alias) => isNew(alias) && isReadable(alias),
  );
  const others = alsoTrue(question, graph).filter(isNew);
  const isName = names.length > 0 && (others.length === 0 || random.next() < 0.5);
  const source = isName ? names : others;
  if (source.length === 0) return undefined;
  const name = random.pick(source);
  const letter = random.pick(wrongLetters(question));
  const options = { ...question.options, [letter]: insideSentence(name, graph) };
  const how = `${letter}: "${question.options[letter]}" → "${name}", ${isName ? "another name of the answer" : "also true"}`;
  return { fault: "twoRight", question: changed(question, { options }), how };
}

/** An alias that a reader would know: no abbreviation, no spelling of the same words. */
function isReadable(alias: string): boolean {
  return /[a-z]{4}/.test(alias) && alias.length < 60 && !/[()]/.test(alias);
}

/** Entities that answer the question and are no option: the ends of the same walk, conditions left out. */
function alsoTrue({ origin }: SyntheticQuestion, graph: KnowledgeGraph): string[] {
  const type = questionTypes.find(({ name }) => name === origin.type);
  if (type?.form !== "attribute" || type.condition !== undefined || type.metapath.length === 0) return [];
  const options = new Set(Object.values(origin.optionEntities));
  const kind = graph.entities.get(origin.masked)?.type;
  return [...reached(graph, origin.subject, type.metapath)].filter(
    (id) => !options.has(id) && graph.entities.get(id)?.type === kind,
  );
}

/** A wrong option replaced by the words of another option in another dress. */
export function plantDuplicateOption(question: SyntheticQuestion, random: Random): Planted | undefined {
  const [letter, other] = random.sample(wrongLetters(question), 2);
  // Half of the time it is the right option that stands there twice.
  const source = random.next() < 0.5 ? question.gold[0] : other;
  if (letter === undefined || source === undefined) return undefined;
  const text = question.options[source]!;
  const [name, dress] = random.pick(dresses);
  const options = { ...question.options, [letter]: dress(text) };
  return {
    fault: "duplicateOption",
    question: changed(question, { options }),
    how: `${letter} = ${source}, ${name}`,
  };
}

const dresses: readonly (readonly [string, (text: string) => string])[] = [
  ["as it is", (text) => text],
  ["capitals", (text) => text.replace(/\b[a-z]/g, (letter) => letter.toUpperCase())],
  ["a full stop", (text) => `${text}.`],
  ["spaces", (text) => ` ${text.replace(/ /g, "  ")} `],
  ["an article", (text) => `the ${text}`],
  ["hyphens for spaces", (text) => text.replace(/ (?=[a-z])/, "-")],
  ["quotation marks", (text) => `“${text}”`],
  ["a plural", (text) => (/[a-z]$/.test(text) && !/(?:s|x|z|ch|sh|y)$/.test(text) ? `${text}s` : `${text}.`)],
  [
    "full-width letters",
    (text) => text.replace(/[a-z]/, (one) => String.fromCharCode(one.charCodeAt(0) + 0xfee0)),
  ],
];

function wrongLetters({ options, gold }: SyntheticQuestion): string[] {
  return Object.keys(options).filter((letter) => !gold.includes(letter));
}

/** A title as it stands inside a sentence: a small first letter unless it is a name or an abbreviation. */
function insideSentence(title: string, graph: KnowledgeGraph): string {
  const type = graph.entities.get(title)?.type;
  const isName =
    /^(?:\p{Lu}{2}|\p{Lu}[^\p{L}])|’s|'s|–/u.test(title) || type === "pathogen" || type === "gene";
  return isName ? title : title.charAt(0).toLowerCase() + title.slice(1);
}
