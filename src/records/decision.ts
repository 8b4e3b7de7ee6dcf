/**
 * What a person decided of a question or of a match (paper §3.1, manual review). Decisions are only ever appended; the
 * last one of a reviewer on a target counts, and a question that two reviewers see differently stays open.
 */
import { z } from "zod";

const about = {
  /** Id of the question as refine flagged it, or of the match. */
  target: z.string().min(1),
  reviewer: z.string().min(1),
  /** ISO 8601, UTC. */
  time: z.string().min(1),
  /** Why, in the reviewer's words. */
  why: z.string().min(1),
};

export const decisionSchema = z.discriminatedUnion("action", [
  /** The label is right as it is. */
  z.strictObject({ action: z.literal("accept"), ...about }),
  /** The label is wrong; these letters are right. */
  z.strictObject({ action: z.literal("correct"), ...about, gold: z.array(z.string()).min(1) }),
  /** The words are changed; what is absent stays. */
  z.strictObject({
    action: z.literal("edit"),
    ...about,
    stem: z.string().min(1).optional(),
    options: z.record(z.string(), z.string().min(1)).optional(),
    gold: z.array(z.string()).min(1).optional(),
  }),
  z.strictObject({ action: z.literal("drop"), ...about }),
  /** The two texts of a match are not the same question. */
  z.strictObject({ action: z.literal("notSame"), ...about }),
]);

export type Decision = z.infer<typeof decisionSchema>;
