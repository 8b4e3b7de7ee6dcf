/** The result of checking something: what was looked for, whether it held, and what was found. Never a bare boolean. */
import { z } from "zod";

export const checkSchema = z.strictObject({
  name: z.string().min(1),
  passed: z.boolean(),
  /** What was found, in words. */
  found: z.string(),
  /** What the finding rests on: a quote, a relation id, a trial. */
  evidence: z.string().optional(),
  /** Where in the text that was checked: first character and the one after the last. */
  span: z
    .tuple([z.int().min(0), z.int().min(0)])
    .readonly()
    .optional(),
});

export type Check = z.infer<typeof checkSchema>;
