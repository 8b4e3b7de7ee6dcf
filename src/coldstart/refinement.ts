/**
 * Repairing drafts turn by turn (paper §3.2: iterative refinement): the check that fails decides whether a turn steps
 * back, explores or corrects, until a trajectory stands or the turns are used up. Every turn is stored with its checks.
 *
 * Invariants: a turn that gives no answer leaves the reasoning as it was and is asked for again; a free draft whose wrong
 * answers leave one option is not taken on, since another "not right" would tell the answer.
 */
import type { ReplyRequest } from "../models/sampler.ts";
import type { Check } from "../records/check.ts";
import { mayHaveSeveral, type Question } from "../records/question.ts";
import type { Outcome } from "../records/score.ts";
import type { Trajectory, Turn } from "../records/trajectory.ts";
import type { Asking } from "./asking.ts";
import { readAttempt } from "./attempt.ts";
import { judge, type Standard, strategyFor } from "./judge.ts";
import type { Candidate } from "./selection.ts";
import { turnPrompt } from "./teacher-prompts.ts";
import { joined, type Part } from "./thinking.ts";

/** How replies are asked for. */
export interface Sampling {
  readonly seed: number;
  readonly temperature: number;
  readonly maxTokens: number;
  readonly maxWords: number;
}

/** How a turn was answered, and the first check that kept it from being a trajectory. */
interface TurnEnd {
  readonly outcome: Outcome;
  readonly fault: Check | undefined;
}

/** A draft on its way to a trajectory. */
export interface Draft {
  readonly question: Question;
  /** Whether the teacher was told the answer. */
  readonly isGiven: boolean;
  readonly trials?: NonNullable<Trajectory["trials"]>;
  /** All turns, for the record. */
  readonly turns: readonly Turn[];
  /** Those that the reasoning consists of. */
  readonly parts: readonly Part[];
  /** The last of those, as it was read and judged. */
  readonly latest: Candidate;
  /** What each of all turns came to. */
  readonly ends: readonly TurnEnd[];
  /** Letters of answers that the teacher was told are not right. */
  readonly ruledOut: readonly (readonly string[])[];
}

/** A draft that is one reply. */
export function draftOf(start: Pick<Draft, "question" | "isGiven" | "trials">, latest: Candidate): Draft {
  const { text } = latest.attempt;
  return {
    ...start,
    turns: [{ kind: "draft", text, checks: [...latest.verdict.checks] }],
    parts: [{ kind: "draft", text, replaces: false }],
    latest,
    ends: [endOf(latest)],
    ruledOut: [],
  };
}

function endOf({ attempt, verdict }: Candidate): TurnEnd {
  return { outcome: attempt.outcome, fault: verdict.failing[0] };
}

/** Drafts with as many turns as each needed; those whose next turn has no reply are missing. */
export async function refine(
  drafts: readonly Draft[],
  turns: number,
  standard: Standard,
  sampling: Sampling,
  asking: Asking,
): Promise<{ readonly done: readonly Draft[]; readonly missing: readonly Draft[] }> {
  const done: Draft[] = [];
  const missing: Draft[] = [];
  let open = drafts;
  for (let turn = 1; open.length > 0; turn++) {
    const goOn: Draft[] = [];
    for (const draft of open) {
      if (turn <= turns && needsTurn(draft)) goOn.push(draft);
      else done.push(draft);
    }
    const what = `${open[0]?.isGiven ? "reasoning to given answers" : "refinement"}, turn ${turn}`;
    const replies = await asking.ask(
      what,
      goOn.map((draft) => turnRequest(draft, turn, sampling)),
    );
    open = goOn.flatMap((draft) => {
      const reply = replies.get(turnId(draft, turn));
      if (reply === undefined) missing.push(draft);
      return reply === undefined
        ? []
        : [withTurn(draft, readAttempt(draft.question, reply, "said"), standard)];
    });
  }
  return { done, missing };
}

/** Whether a draft fails and may be told why. */
function needsTurn(draft: Draft): boolean {
  const { question, isGiven, latest } = draft;
  if (latest.verdict.failing.length === 0) return false;
  if (isGiven || mayHaveSeveral(question)) return true;
  return Object.keys(question.options).length - toldAfter(draft).length > 1;
}

/** What has been told when the next turn is asked for. */
function toldAfter({ latest: { attempt }, ruledOut }: Draft): Draft["ruledOut"] {
  const isTold = attempt.outcome !== "wrong" || ruledOut.some((one) => one.join() === attempt.letters.join());
  return isTold ? ruledOut : [...ruledOut, attempt.letters];
}

function turnId({ question, isGiven }: Draft, turn: number): string {
  return `${question.id}/${isGiven ? "given/" : ""}turn/${turn}`;
}

function turnRequest(
  draft: Draft,
  turn: number,
  { seed, temperature, maxTokens, maxWords }: Sampling,
): ReplyRequest {
  const { question, isGiven, parts, latest } = draft;
  const { attempt, verdict } = latest;
  const id = turnId(draft, turn);
  const prompt = turnPrompt(question, {
    strategy: strategyFor(attempt, verdict.failing),
    reasoning: joined(parts, question),
    latest: attempt.text,
    failing: verdict.failing,
    maxWords,
    isGiven,
    ruledOut: draft.ruledOut.map((letters) => letters.map((letter) => question.options[letter]).join(" + ")),
  });
  return { id, prompt, seed: `${seed}/coldstart/${id}`, temperature, maxTokens };
}

function withTurn(draft: Draft, attempt: Candidate["attempt"], standard: Standard): Draft {
  const { question, turns, parts, latest, ends } = draft;
  const { kind, replaces, because } = strategyFor(latest.attempt, latest.verdict.failing);
  const verdict = judge(question, attempt, { kind, replaces }, parts, standard);
  const record: Turn = { kind, text: attempt.text, checks: [...verdict.checks], because };
  const after = {
    ...draft,
    turns: [...turns, record],
    ends: [...ends, endOf({ attempt, verdict })],
    ruledOut: toldAfter(draft),
  };
  if (attempt.letters.length === 0) return after;
  return {
    ...after,
    parts: [...parts, { kind, text: attempt.text, replaces }],
    latest: { attempt, verdict },
  };
}
