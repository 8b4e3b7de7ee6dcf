/** The ten faults that are planted to see whether refine finds them, and what a planted question remembers. */
import { letters, type Question, questionId } from "../../src/records/question.ts";

export const faults = [
  "wrongLabel",
  "twoRight",
  "missingFact",
  "duplicateOption",
  "leakedAnswer",
  "personalData",
  "benchmarkCopy",
  "paraphrasedCopy",
  "mojibake",
  "truncated",
] as const;
export type Fault = (typeof faults)[number];

export interface Planted {
  readonly fault: Fault;
  /** The corrupted question. */
  readonly question: Question;
  /** What was done, in words. */
  readonly how: string;
  /** Of personal data, what must not be found in what comes out. */
  readonly values?: readonly string[];
}

/** A question with some fields changed, under the id of its new words. */
export function changed(question: Question, parts: Partial<Question>): Question {
  const next = { ...question, ...parts };
  return { ...next, id: questionId(next), origin: { ...next.origin } };
}

/** The options in a new order of their old letters, and the gold under its new letter. */
export function reordered(question: Question, order: readonly string[]): Pick<Question, "options" | "gold"> {
  const options = Object.fromEntries(order.map((was, at) => [letters[at]!, question.options[was]!]));
  return { options, gold: question.gold.map((was) => letters[order.indexOf(was)]!).sort() };
}

/** Sentences of a stem; the last is the one that asks. */
export function sentencesOf(stem: string): string[] {
  return stem
    .split(/(?<=[.?!]["')\]]?)\s+(?=[A-Z"(])|(?<=[。？！])/u)
    .map((sentence) => sentence.trim())
    .filter(Boolean);
}

/** A stem with a sentence put before the one that asks. */
export function withSentence(stem: string, sentence: string): string {
  const sentences = sentencesOf(stem);
  return [...sentences.slice(0, -1), sentence, ...sentences.slice(-1)].join(" ");
}
