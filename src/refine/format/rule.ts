/** What a rule of the format filter is, and the texts of a question that rules read. */
import type { Question } from "../../records/question.ts";

/** One thing that can be wrong with a question: a name for the check, and what was found; undefined when nothing. */
export type Rule = readonly [name: string, problem: (question: Question) => string | undefined];

/** Every text of a question that a model reads. */
export function textsOf({ stem, context, options }: Question): string[] {
  return [...(context === undefined ? [] : [context]), stem, ...Object.values(options)];
}

/** The first place in any text of a question where a pattern is found, in words. */
export function findIn(question: Question, pattern: RegExp): string | undefined {
  for (const text of textsOf(question)) {
    const match = pattern.exec(text);
    if (match) return place(text, match.index, match[0]);
  }
  return undefined;
}

/** What was found and the words around it. */
export function place(text: string, at: number, found: string): string {
  return `"${found.slice(0, 40)}" in "${text.slice(Math.max(0, at - 20), at + 40).replace(/\p{Cs}/gu, "\ufffd")}"`;
}
