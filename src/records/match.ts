/**
 * Two texts that are the same or nearly: two questions of the training data, or one of them and one of an evaluation
 * set. Written with both texts, so that a person can judge it (docs: refine, duplicates and contamination).
 */
import { z } from "zod";

const side = z.strictObject({
  id: z.string().min(1),
  /** "training", or the name of the evaluation set. */
  set: z.string().min(1),
  text: z.string(),
});

export const matchSchema = z.strictObject({
  /** Hash of the two ids: the same for every method that finds the pair. */
  id: z.string().min(1),
  kind: z.enum(["duplicate", "contamination"]),
  method: z.enum(["exact", "ngram", "containment", "minhash"]),
  score: z.number().min(0).max(1),
  threshold: z.number().min(0).max(1),
  /** The question that would be trained on. */
  question: side,
  /** The one it repeats. */
  other: side,
});

export type Match = z.infer<typeof matchSchema>;
