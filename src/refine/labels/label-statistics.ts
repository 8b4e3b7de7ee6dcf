/**
 * How far the trials of many questions agree: by outcome, by question, by chance, and by where an option stood.
 *
 * Trials without an answer are left out of every figure of agreement. Kappa is Fleiss' for numbers of raters that
 * differ: chance agreement from the shares of the stored letters over all answers.
 *
 * Source: J. L. Fleiss, "Measuring nominal scale agreement among many raters", Psychological Bulletin 76 (1971).
 */
import { letters, type Question } from "../../records/question.ts";
import {
  type LabelCheck,
  type Outcome,
  outcomes,
  type Trial,
  type Verdict,
  verdicts,
} from "./label-record.ts";

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

export interface LabelTally {
  add(question: Question, label: Omit<LabelCheck, "trials"> & { readonly trials?: readonly Trial[] }): void;
  report(): LabelStatistics;
  /** Questions of which every trial reached the label. */
  agreed(): number;
}

/** Statistics that are told of one label after the other and keep none of them. */
export function labelTally(): LabelTally {
  const byVerdict = zeros(verdicts);
  const byOutcome = zeros(outcomes);
  const agreement = agreementTally();
  const positions = new Map<string, { chosen: number; expected: number }>();
  let questions = 0;
  let agreed = 0;
  return {
    add(question, { verdict, trials = [], correct, answers }) {
      questions += 1;
      byVerdict[verdict] += 1;
      for (const { outcome } of trials) byOutcome[outcome] += 1;
      if (trials.length > 0 && correct === trials.length) agreed += 1;
      agreement.add(Object.entries(answers));
      addPositions(positions, question, trials);
    },
    report: () => ({
      questions,
      verdicts: { ...byVerdict },
      outcomes: { ...byOutcome },
      ...agreement.report(),
      positions: Object.fromEntries([...positions].sort(([a], [b]) => (a < b ? -1 : 1))),
    }),
    agreed: () => agreed,
  };
}

function zeros<T extends string>(names: readonly T[]): Record<T, number> {
  return Object.fromEntries(names.map((name) => [name, 0])) as Record<T, number>;
}

type Counts = readonly (readonly [string, number])[];

function agreementTally() {
  const shares = new Map<string, number>();
  let compared = 0;
  let unanimous = 0;
  let agreed = 0;
  return {
    add(counts: Counts): void {
      const total = totalOf(counts);
      if (total < 2) return;
      compared += 1;
      if (counts.length === 1) unanimous += 1;
      agreed += counts.reduce((sum, [, count]) => sum + count * (count - 1), 0) / (total * (total - 1));
      for (const [letter, count] of counts) shares.set(letter, (shares.get(letter) ?? 0) + count);
    },
    report(): Pick<LabelStatistics, "compared" | "unanimous" | "agreement" | "kappa"> {
      if (compared === 0) return { compared };
      const all = totalOf([...shares]);
      const chance = [...shares.values()].reduce((sum, count) => sum + (count / all) ** 2, 0);
      const agreement = agreed / compared;
      return {
        compared,
        unanimous: unanimous / compared,
        agreement,
        ...(chance < 1 ? { kappa: (agreement - chance) / (1 - chance) } : {}),
      };
    },
  };
}

function totalOf(counts: Counts): number {
  return counts.reduce((sum, [, count]) => sum + count, 0);
}

function addPositions(
  positions: Map<string, { chosen: number; expected: number }>,
  question: Question,
  trials: readonly Trial[],
): void {
  const choices = letters.slice(0, Object.keys(question.options).length);
  for (const { shown } of trials.filter((trial) => trial.shown.length === 1))
    for (const letter of choices) {
      const position = positions.get(letter) ?? { chosen: 0, expected: 0 };
      position.chosen += shown[0] === letter ? 1 : 0;
      position.expected += 1 / choices.length;
      positions.set(letter, position);
    }
}
