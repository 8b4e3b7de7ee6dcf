/**
 * How far the trials of many questions agree: by outcome, by question, by chance, and by where an option stood.
 *
 * Trials without an answer are left out of every figure of agreement. Kappa is Fleiss' for numbers of raters that
 * differ: chance agreement from the shares of the stored letters over all answers.
 *
 * Source: J. L. Fleiss, "Measuring nominal scale agreement among many raters", Psychological Bulletin 76 (1971).
 */
import { letters, type Question } from "../../records/question.ts";
import { type LabelCheck, type Outcome, outcomes, type Verdict, verdicts } from "./label-record.ts";

export interface LabelStatistics {
  readonly questions: number;
  readonly verdicts: Readonly<Record<Verdict, number>>;
  /** Trials by what came of them. */
  readonly outcomes: Readonly<Record<Outcome, number>>;
  /** Questions with two answers or more: what the next three figures are over. */
  readonly compared: number;
  /** Share of them whose answers are all the same. */
  readonly unanimous?: number;
  /** Mean share of the pairs of answers to a question that are the same. */
  readonly agreement?: number;
  /** Agreement beyond chance, 1 at most; absent where chance alone would always agree. */
  readonly kappa?: number;
  /** How often each letter was chosen as it was shown, and how often a blind choice would have fallen on it. */
  readonly positions: Readonly<Record<string, { readonly chosen: number; readonly expected: number }>>;
}

/** The statistics of checked questions. */
export function labelStatistics(
  checked: readonly { readonly question: Question; readonly label: LabelCheck }[],
): LabelStatistics {
  const labels = checked.map(({ label }) => label);
  return {
    questions: checked.length,
    verdicts: countsOf(
      verdicts,
      labels.map((label) => label.verdict),
    ),
    outcomes: countsOf(
      outcomes,
      labels.flatMap((label) => label.trials.map((trial) => trial.outcome)),
    ),
    ...agreementOf(labels.map((label) => label.answers)),
    positions: positionsOf(checked),
  };
}

function countsOf<T extends string>(names: readonly T[], found: readonly T[]): Record<T, number> {
  const counts = Object.fromEntries(names.map((name) => [name, 0])) as Record<T, number>;
  for (const name of found) counts[name] += 1;
  return counts;
}

function agreementOf(
  answers: readonly Readonly<Record<string, number>>[],
): Pick<LabelStatistics, "compared" | "unanimous" | "agreement" | "kappa"> {
  const compared = answers.map((counts) => Object.entries(counts)).filter((counts) => totalOf(counts) > 1);
  if (compared.length === 0) return { compared: 0 };
  const shares = new Map<string, number>();
  let agreed = 0;
  for (const counts of compared) {
    const total = totalOf(counts);
    agreed += counts.reduce((sum, [, count]) => sum + count * (count - 1), 0) / (total * (total - 1));
    for (const [letter, count] of counts) shares.set(letter, (shares.get(letter) ?? 0) + count);
  }
  const all = [...shares.values()].reduce((sum, count) => sum + count, 0);
  const chance = [...shares.values()].reduce((sum, count) => sum + (count / all) ** 2, 0);
  const agreement = agreed / compared.length;
  return {
    compared: compared.length,
    unanimous: compared.filter((counts) => counts.length === 1).length / compared.length,
    agreement,
    ...(chance < 1 ? { kappa: (agreement - chance) / (1 - chance) } : {}),
  };
}

function totalOf(counts: readonly (readonly [string, number])[]): number {
  return counts.reduce((sum, [, count]) => sum + count, 0);
}

function positionsOf(
  checked: readonly { readonly question: Question; readonly label: LabelCheck }[],
): LabelStatistics["positions"] {
  const positions = new Map<string, { chosen: number; expected: number }>();
  for (const { question, label } of checked) {
    const choices = letters.slice(0, Object.keys(question.options).length);
    for (const { shown } of label.trials.filter((trial) => trial.shown.length === 1))
      for (const letter of choices) {
        const position = positions.get(letter) ?? { chosen: 0, expected: 0 };
        position.chosen += shown[0] === letter ? 1 : 0;
        position.expected += 1 / choices.length;
        positions.set(letter, position);
      }
  }
  return Object.fromEntries([...positions].sort(([a], [b]) => (a < b ? -1 : 1)));
}
