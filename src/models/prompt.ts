/**
 * The text that every model reads of a question, and the only place where it is made: rewards, label checks,
 * training and evaluation all show the same words.
 */
import type { Question } from "../records/question.ts";

/** What a model is shown: context if any, stem, then one option a line as "A. text". */
export function renderQuestion(question: Pick<Question, "stem" | "context" | "options">): string {
  const options = Object.entries(question.options).map(([letter, text]) => `\n${letter}. ${text}`);
  const context = question.context === undefined ? "" : `${question.context}\n`;
  return `${context}${question.stem}${options.join("")}`;
}

/**
 * The reply of the required form (paper §3.2): thinking, then the answer, each in its tags. The space after an
 * opening tag makes the first word the same token as in running text, which spares a small model a second form.
 */
export function renderReply(thinking: string, answer: string): string {
  return `<think> ${thinking}</think>${renderDirectReply(answer)}`;
}

/** The answer alone, for a base model that was not taught to think. */
export function renderDirectReply(answer: string): string {
  return `<answer> ${answer}</answer>`;
}
