/** A teacher's reasoning on one question, turn by turn, each turn with its checks (paper §3.2). */
import { z } from "zod";
import { checkSchema } from "./check.ts";

const turnSchema = z.strictObject({
  /** What kind of step it is: a first idea, a step back, a look elsewhere, a repair. */
  kind: z.enum(["draft", "backtrack", "explore", "correct"]),
  text: z.string(),
  checks: z.array(checkSchema),
});

export const trajectorySchema = z.strictObject({
  id: z.string(),
  question: z.string(),
  teacher: z.string(),
  turns: z.array(turnSchema).min(1),
  /** True when the teacher was shown the gold answer. */
  labelConditioned: z.boolean(),
  /** The whole reply that the policy is trained on: thinking and answer with their tags. */
  reply: z.string(),
  answer: z.string(),
});

export type Turn = z.infer<typeof turnSchema>;
export type Trajectory = z.infer<typeof trajectorySchema>;
