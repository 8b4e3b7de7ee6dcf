/**
 * What people decided, done to the questions (paper §3.1, manual review). Accept keeps a flagged question, correct
 * changes its label, edit its words, drop takes it out; questions that were not flagged can be decided on as well.
 *
 * Invariant: an edited question has the id of its new words and the origin and evidence of the old one. What its
 * origin says of a letter (the entity behind it, why it is wrong) goes where the letter's text or label changed, as
 * nobody has shown that it still holds.
 */

import type { Decision } from "../../records/decision.ts";
import { type Question, questionId, questionSchema } from "../../records/question.ts";
import type { Settlements } from "./settle.ts";

/** A question as it comes out of the checks. */
interface Checked {
  readonly question: Question;
  /** True where the checks want a person to look at it. */
  readonly flagged: boolean;
}

/** What becomes of the questions once the decisions are applied; all lists in the order of the questions. */
interface Applied<T extends Checked> {
  /** Those that go on: not flagged, or decided to stay; with changed label or words where so decided. */
  readonly kept: readonly T[];
  /** Those that a person dropped. */
  readonly dropped: readonly { readonly item: T; readonly decision: Decision }[];
  /** Flagged ones on which nothing is settled. */
  readonly open: readonly T[];
  /** All that were flagged or decided on, as they were before: what the review queue holds. */
  readonly queue: readonly T[];
  /** Every settled decision that was applied, with the id before and after. */
  readonly applied: readonly { readonly from: string; readonly to: string; readonly decision: Decision }[];
}

/** Applies what is settled; a decision on an edited question follows the edit. */
export function applyDecisions<T extends Checked>(items: readonly T[], settlements: Settlements): Applied<T> {
  const kept: T[] = [];
  const dropped: { item: T; decision: Decision }[] = [];
  const open: T[] = [];
  const queue: T[] = [];
  const applied: { from: string; to: string; decision: Decision }[] = [];
  for (const item of items) {
    if (item.flagged || settlements.has(item.question.id)) queue.push(item);
    const { question, decisions } = follow(item.question, settlements);
    applied.push(...decisions);
    const last = decisions.at(-1)?.decision;
    if (last === undefined) (item.flagged ? open : kept).push(item);
    else if (last.action === "drop") dropped.push({ item, decision: last });
    else kept.push(question === item.question ? item : { ...item, question });
  }
  return { kept, dropped, open, queue, applied };
}

/** The question after all that was settled on it and on what it became. */
function follow(
  first: Question,
  settlements: Settlements,
): {
  readonly question: Question;
  readonly decisions: readonly { readonly from: string; readonly to: string; readonly decision: Decision }[];
} {
  const decisions: { from: string; to: string; decision: Decision }[] = [];
  const seen = new Set<string>();
  let question = first;
  while (!seen.has(question.id)) {
    seen.add(question.id);
    const decision = settlements.get(question.id)?.decision;
    if (decision === undefined || decision.action === "notSame") break;
    const changed = changeQuestion(question, decision);
    // The id stands for the words and options, so only a file that was changed by hand holds such a decision.
    if (typeof changed === "string") break;
    decisions.push({ from: question.id, to: changed.id, decision });
    question = changed;
  }
  return { question, decisions };
}

/** The question as a decision leaves it, or in words why the decision does not fit it. */
export function changeQuestion(question: Question, decision: Decision): Question | string {
  if (decision.action !== "correct" && decision.action !== "edit") return question;
  const gold = [...new Set(decision.gold ?? question.gold)].sort();
  const edit = decision.action === "edit" ? decision : undefined;
  const unknown = [...gold, ...Object.keys(edit?.options ?? {})].find(
    (one) => !Object.hasOwn(question.options, one),
  );
  const has = Object.keys(question.options).join(", ");
  if (unknown !== undefined) return `there is no option "${unknown}"; the question has ${has}`;
  const options = { ...question.options, ...edit?.options };
  const blank = Object.keys(options).find((letter) => options[letter]!.trim() === "");
  if (blank !== undefined) return `option ${blank} has no text`;
  const twin = twinOf(options);
  if (twin !== undefined) return `options ${twin[0]} and ${twin[1]} say the same`;
  const stem = edit?.stem ?? question.stem;
  if (stem.trim() === "") return "the question has no text";
  const words = { stem, options, ...(question.context === undefined ? {} : { context: question.context }) };
  const changed = {
    ...question,
    ...words,
    gold,
    id: questionId(words),
    origin: originOf(question, options, gold),
  };
  const parsed = questionSchema.safeParse(changed);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  return `${issue?.path.join(".") || "question"}: ${issue?.message ?? "does not fit"}`;
}

function twinOf(options: Readonly<Record<string, string>>): readonly [string, string] | undefined {
  const seen = new Map<string, string>();
  for (const [letter, text] of Object.entries(options)) {
    const folded = text.normalize("NFKC").trim().toLowerCase();
    const other = seen.get(folded);
    if (other !== undefined) return [other, letter];
    seen.set(folded, letter);
  }
  return undefined;
}

/** The origin, less what no longer holds of letters whose text or label changed. */
function originOf(
  question: Question,
  options: Readonly<Record<string, string>>,
  gold: readonly string[],
): Question["origin"] {
  const { origin } = question;
  if (origin.kind !== "synthetic") return origin;
  const isSameText = ([letter]: readonly [string, unknown]): boolean =>
    options[letter] === question.options[letter];
  const isStillWrong = ([letter]: readonly [string, unknown]): boolean => !gold.includes(letter);
  const optionEntities = Object.fromEntries(Object.entries(origin.optionEntities).filter(isSameText));
  const distractors = Object.fromEntries(
    Object.entries(origin.distractors).filter((one) => isSameText(one) && isStillWrong(one)),
  );
  const [answer] = gold;
  const masked = (gold.length === 1 && answer !== undefined && optionEntities[answer]) || origin.masked;
  return { ...origin, masked, optionEntities, distractors };
}
