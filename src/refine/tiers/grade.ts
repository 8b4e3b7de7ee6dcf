/**
 * Tiers for all questions (paper §3.1): by the rules, and by a model where one is set; the model's tier counts then,
 * and how far the two agree is reported.
 */
import type { KnowledgeGraph } from "../../graph/graph.ts";
import type { Question, Tier } from "../../records/question.ts";
import type { LabelCheck } from "../labels/label-record.ts";
import { type Agreement, agreementOf } from "./agreement.ts";
import type { Grader } from "./model-grader.ts";
import { type Graded, tierOf } from "./tier.ts";

/** Why a question has its tier. */
interface TierRecord {
  readonly question: string;
  readonly tier: Tier;
  readonly reasons: readonly string[];
  /** By the rules, where a model decided. */
  readonly offline?: Tier;
  /** Why the model gave none, where one was asked. */
  readonly problem?: string;
}

export interface TierReport {
  readonly records: readonly TierRecord[];
  readonly by: "rules" | "model";
  /** Questions that the model gave no tier to. */
  readonly ungraded: number;
  readonly agreement: Agreement | null;
}

/** Questions with their tiers, in their order. */
export async function gradeQuestions(
  items: readonly { readonly question: Question; readonly label?: Pick<LabelCheck, "correct" | "answers"> }[],
  { graph, grader }: { readonly graph?: KnowledgeGraph | undefined; readonly grader?: Grader | undefined },
): Promise<{ readonly graded: readonly Question[]; readonly report: TierReport }> {
  const questions = items.map(({ question }) => question);
  const offline = items.map(({ question, label }) => tierOf(question, answersOf(label), graph));
  const byModel = await grader?.(questions);
  const records = questions.map(({ id }, at) => recordOf(id, offline[at] as Graded, byModel?.[at]));
  const pairs = records.flatMap(({ tier, offline: rules }) =>
    rules === undefined ? [] : [[rules, tier] as const],
  );
  return {
    graded: questions.map((question, at) => ({ ...question, tier: (records[at] as TierRecord).tier })),
    report: {
      records,
      by: byModel === undefined ? "rules" : "model",
      ungraded: records.filter(({ problem }) => problem !== undefined).length,
      agreement: agreementOf(pairs),
    },
  };
}

function answersOf(label: Pick<LabelCheck, "correct" | "answers"> | undefined): {
  readonly correct: number;
  readonly answered: number;
} {
  if (label === undefined) return { correct: 0, answered: 0 };
  const answered = Object.values(label.answers).reduce((sum, count) => sum + count, 0);
  return { correct: label.correct, answered };
}

function recordOf(
  question: string,
  rules: Graded,
  byModel: Graded | { readonly problem: string } | undefined,
): TierRecord {
  if (byModel === undefined) return { question, ...rules };
  if ("problem" in byModel) return { question, ...rules, problem: byModel.problem };
  return { question, ...byModel, offline: rules.tier };
}
