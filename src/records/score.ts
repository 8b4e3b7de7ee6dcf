/** What a sampler replied to a question and how the reply was read (paper §4). */
import { z } from "zod";

export const scoreSchema = z.strictObject({
  question: z.string(),
  sampler: z.string(),
  reply: z.string(),
  /** How the answer was found: "tag", "text", "none" … */
  method: z.string(),
  letters: z.array(z.string()),
  finish: z.enum(["stop", "length", "refused", "empty"]),
  correct: z.boolean(),
  /** Length of the reply in tokens. */
  tokens: z.int().nonnegative(),
});

export type Score = z.infer<typeof scoreSchema>;
