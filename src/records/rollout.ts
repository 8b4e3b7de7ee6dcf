/** What a policy did on a question, and the group that Eq. 3 compares. Plain interfaces: they hold typed arrays. */
import type { Reward } from "./reward.ts";

type Finish = "stop" | "length";

export interface Rollout {
  readonly question: string;
  /** Optimizer step of the policy that sampled it. */
  readonly policyVersion: number;
  readonly prompt: readonly number[];
  readonly tokens: readonly number[];
  /** Log-probability of each sampled token under the policy that sampled it. */
  readonly logProbs: Float32Array;
  /** Mean entropy per token, nats. */
  readonly entropy: number;
  readonly finish: Finish;
  readonly reply: string;
  readonly reward: Reward;
}

/** The k rollouts of one question with their advantages: the unit of Eq. 3. */
export interface Group {
  readonly question: string;
  readonly rollouts: readonly Rollout[];
  readonly advantages: readonly number[];
}
