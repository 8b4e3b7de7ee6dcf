/** What an estimate of a stage says, and when a stage counts as one that runs here. */
import type { ClusterEstimate } from "../../models/estimate-cluster.ts";
import type { StageName } from "../stage-names.ts";
import type { Asked } from "./asked.ts";
import { timeText } from "./figures.ts";
import type { Tokens } from "./tokens.ts";

type Verdict = "here" | "slowly" | "cannot";

export interface StageEstimate {
  readonly stage: StageName;
  readonly verdict: Verdict;
  /** Why it cannot run here, or what to know where it can. */
  readonly why: readonly string[];
  readonly seconds: number;
  /** Of them, those in which this machine waits for others. */
  readonly waitingSeconds: number;
  /** Memory of the program and its engine while the stage runs. */
  readonly memoryBytes: number;
  /** What it leaves in the run folder. */
  readonly diskBytes: number;
  readonly downloadBytes: number;
  readonly tokens: Tokens;
  readonly asked: readonly Asked[];
  /** Of a stage that trains: what it would take elsewhere. */
  readonly cluster?: ClusterEstimate;
  /** The figures that the estimate rests on. */
  readonly basis: readonly string[];
}

/** Longer than a day is slow; longer than a month nobody waits for. */
const SLOW = 24 * 3600;
const TOO_SLOW = 30 * SLOW;

export const noTokens: Tokens = { trained: 0, sampled: 0, read: 0 };

/** An estimate, judged: `blocked` are reasons why it cannot run here whatever its time. */
export function judged(
  estimate: Omit<StageEstimate, "verdict" | "why">,
  blocked: readonly string[],
  remarks: readonly string[] = [],
): StageEstimate {
  const isEndless = blocked.length === 0 && estimate.seconds > TOO_SLOW;
  const why = isEndless ? [`it would take about ${timeText(estimate.seconds)} here`] : blocked;
  if (why.length > 0) return { ...estimate, verdict: "cannot", why };
  return { ...estimate, verdict: estimate.seconds > SLOW ? "slowly" : "here", why: remarks };
}
