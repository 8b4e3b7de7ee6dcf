/**
 * The review queue (paper §3.1, manual review): the questions that refine flagged and the matches it found, each with
 * what people have said of it. Questions that were not flagged join it once someone decides on them.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { groupBy } from "../../base/collections.ts";
import { UsageError } from "../../base/errors.ts";
import { loadJsonl, readJsonl } from "../../base/jsonl.ts";
import { readManifest } from "../../base/run-folder.ts";
import type { Decision } from "../../records/decision.ts";
import { type Match, matchSchema } from "../../records/match.ts";
import { type Question, questionSchema } from "../../records/question.ts";
import { decisionsOf } from "./decisions.ts";
import { type Settlement, settledDecisions } from "./settle.ts";
import { findQuestions } from "./whereabouts.ts";

/** A line of `refine/review.jsonl`; what else the label check keeps there is not needed to decide. */
const reviewItemSchema = z.looseObject({
  question: questionSchema,
  /** Why a person should look at it. */
  reason: z.string(),
  /** What the validator replied each time. */
  trials: z
    .array(
      z.looseObject({
        /** Letters of the question as it is stored. */
        letters: z.array(z.string()),
        outcome: z.string().optional(),
        reply: z.string(),
      }),
    )
    .default([]),
});

type Trials = z.infer<typeof reviewItemSchema>["trials"];

/** What can be decided on. */
export type Target =
  | {
      readonly kind: "label";
      readonly id: string;
      readonly question: Question;
      readonly reason: string;
      readonly trials: Trials;
    }
  | { readonly kind: "match"; readonly id: string; readonly match: Match; readonly reason: string };

/** A target with all that was ever decided on it, and what that comes to. */
export type QueueItem = Target & {
  readonly decisions: readonly Decision[];
  readonly settlement: Settlement;
};

export interface Queue {
  readonly items: readonly QueueItem[];
  /** Decisions that nothing follows from: the run no longer has their question or match, or refine drops it before. */
  readonly strays: readonly Decision[];
  /** People who must decide alike. */
  readonly reviewers: number;
}

/** The queue of a run as it stands: flagged questions, then matches, then what was decided on besides. */
export async function readQueue(run: string): Promise<Queue> {
  const decisions = await decisionsOf(run);
  const reviewers = await reviewersOf(run);
  const settlements = settledDecisions(decisions, { reviewers });
  const byTarget = groupBy(decisions, ({ target }) => target);
  const { targets } = await findTargets(run, [...byTarget.keys()]);
  return {
    items: [...targets.values()].map((target) => ({
      ...target,
      decisions: byTarget.get(target.id) ?? [],
      settlement: settlements.get(target.id) ?? { status: "open", votes: [] },
    })),
    strays: decisions.filter(({ target }) => !targets.has(target)),
    reviewers,
  };
}

interface Targets {
  readonly targets: ReadonlyMap<string, Target>;
  /** Why a decision on an id would never be followed, for those of the asked ids that the run knows besides. */
  readonly refused: ReadonlyMap<string, string>;
}

/** Everything in the queue, and what has one of these ids besides, as far as refine follows decisions on it. */
export async function findTargets(run: string, ids: readonly string[]): Promise<Targets> {
  const flagged = join(run, "refine", "review.jsonl");
  if (!existsSync(flagged))
    throw new UsageError(
      `${run}: nothing has been refined here (refine/review.jsonl is missing); run "fleming refine"`,
    );
  const targets = new Map<string, Target>();
  for await (const { question, reason, trials } of readJsonl(flagged, reviewItemSchema))
    targets.set(question.id, { kind: "label", id: question.id, question, reason, trials });
  const matches = join(run, "refine", "matches.jsonl");
  for (const match of existsSync(matches) ? await loadJsonl(matches, matchSchema) : [])
    targets.set(match.id, { kind: "match", id: match.id, match, reason: reasonOf(match) });
  const refused = new Map<string, string>();
  const besides = await findQuestions(run, new Set(ids.filter((id) => !targets.has(id))));
  for (const [id, { question, refusal }] of besides)
    if (refusal !== undefined) refused.set(id, refusal);
    else if (question !== undefined)
      targets.set(id, { kind: "label", id, question, reason: "not flagged", trials: [] });
  return { targets, refused };
}

function reasonOf({ kind, method, score, threshold, other }: Match): string {
  return `${kind} of ${other.id} (${other.set}): ${method} ${score.toFixed(2)}, from ${threshold.toFixed(2)} on a match`;
}

const settingsSchema = z.object({ refine: z.object({ reviewers: z.int().min(1) }) });

/** How many reviewers the run's recipe asks for. */
async function reviewersOf(run: string): Promise<number> {
  const parsed = settingsSchema.safeParse((await readManifest(run))?.settings);
  return parsed.success ? parsed.data.refine.reviewers : 1;
}
