/** The way of the questions through refine: what went into each step, what came out, and what was left out and why. */
import type { Question } from "../records/question.ts";

/** One row of the table. */
export interface FlowStep {
  readonly step: string;
  readonly in: number;
  readonly out: number;
  /** Rule → questions that it took out. */
  readonly dropped: Readonly<Record<string, number>>;
}

/** A question that is in no split, by the step and rule that left it out. */
interface LeftOut {
  readonly id: string;
  readonly step: string;
  readonly rule: string;
  readonly reason: string;
}

type Drop = (question: Pick<Question, "id">, rule: string, reason: string) => void;

export interface Flow {
  readonly steps: readonly FlowStep[];
  readonly leftOut: readonly LeftOut[];
  /** Begins a step on so many questions. */
  begin(step: string, entering: number): { readonly drop: Drop; done(leaving: number): void };
}

/** An empty table; a step stands in it when it is done. */
export function openFlow(): Flow {
  const steps: FlowStep[] = [];
  const leftOut: LeftOut[] = [];
  return {
    steps,
    leftOut,
    begin(step, entering) {
      const dropped: Record<string, number> = {};
      return {
        drop({ id }, rule, reason) {
          dropped[rule] = (dropped[rule] ?? 0) + 1;
          leftOut.push({ id, step, rule, reason });
        },
        done: (leaving) => void steps.push({ step, in: entering, out: leaving, dropped }),
      };
    },
  };
}
