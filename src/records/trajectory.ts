/** A teacher's reasoning on one question, turn by turn, each turn with its checks (paper §3.2). */
import { z } from "zod";
import { checkSchema } from "./check.ts";

const turnSchema = z.strictObject({
  /** What kind of step it is: a first idea, a step back, a look elsewhere, a repair. */
  kind: z.enum(["draft", "backtrack", "explore", "correct"]),
  text: z.string(),
  checks: z.array(checkSchema),
  /** The check that the turn before failed and that asked for this one; none on a draft. */
  because: z.string().optional(),
});

export const trajectorySchema = z.strictObject({
  id: z.string(),
  question: z.string(),
  teacher: z.string(),
  /** How it was come by: walked over the graph, chosen among free replies, repaired in turns, or with the answer given. */
  method: z.enum(["graph", "passAtK", "refined", "labelConditioned"]),
  /** Free replies to the question and how many were right; none where the teacher was not asked freely. */
  trials: z.strictObject({ samples: z.int().min(1), right: z.int().min(0) }).optional(),
  turns: z.array(turnSchema).min(1),
  /** True when the teacher was shown the gold answer. */
  labelConditioned: z.boolean(),
  /** The whole reply that the policy is trained on: thinking and answer with their tags. */
  reply: z.string(),
  answer: z.string(),
});

export type Turn = z.infer<typeof turnSchema>;
export type Trajectory = z.infer<typeof trajectorySchema>;
