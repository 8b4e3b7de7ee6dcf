/** The verifiable reward (paper §3.3): two criteria, correct and format, and no others. */
import { z } from "zod";
import { checkSchema } from "./check.ts";

export const rewardSchema = z.strictObject({
  correct: z.number(),
  format: z.number(),
  total: z.number(),
  checks: z.array(checkSchema),
});

export type Reward = z.infer<typeof rewardSchema>;
