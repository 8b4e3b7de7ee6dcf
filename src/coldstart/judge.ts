/**
 * What is held against a turn of a teacher's reasoning (paper §3.2: verifiable filters), and what a fault asks for next.
 *
 * How corrected passages are checked: what a turn says (sums, units, claims …) is checked in the turn's own text, so that
 * a fault which a later turn corrects does not count again; what a reader sees of the whole (whether the conclusion
 * follows, leaks, repetition, language) is checked in all turns as they are joined. Whether every earlier fault was
 * corrected and not only left is not checked: each was named to the teacher.
 */
import { renderReply } from "../models/prompt.ts";
import type { ReasoningCheckName } from "../recipe/sections/coldstart.ts";
import type { Check } from "../records/check.ts";
import type { Question } from "../records/question.ts";
import type { Turn } from "../records/trajectory.ts";
import type { ReasoningCheck } from "../verify/reasoning/reasoning.ts";
import { rewardOf } from "../verify/reward.ts";
import type { Attempt } from "./attempt.ts";
import { answerText, countWords, joined, LEAST_WORDS, type Part } from "./thinking.ts";

/** What trajectories are held to. */
export interface Standard {
  readonly check: ReasoningCheck;
  /** Names of the checks that reject; the others are recorded. */
  readonly reject: readonly ReasoningCheckName[];
}

export interface Verdict {
  readonly checks: readonly Check[];
  /** Those that keep it from being a trajectory. */
  readonly failing: readonly Check[];
  /** The reply that the policy is trained on; absent where there is no answer. */
  readonly reply?: string;
}

const ofTheWhole: ReadonlySet<string> = new Set(["consistency", "leak", "repetition", "language"]);

/** Judges a turn that stands after `before` (none: a draft), joined with them. */
export function judge(
  question: Question,
  attempt: Attempt,
  turn: Omit<Part, "text">,
  before: readonly Part[],
  { check, reject }: Standard,
): Verdict {
  const { stem, context, options, language } = question;
  const shown = { stem, options, language, ...(context === undefined ? {} : { context }) };
  const { text, letters } = attempt;
  const parts = [...before, { ...turn, text }];
  const whole = joined(parts, question);
  const own = [
    answerCheck(question, attempt),
    reasoningIsThere(attempt),
    noReview(text, before.length > 0),
  ].flat();
  if (text === "") return { checks: own, failing: own.filter(({ passed }) => !passed) };
  const ofTurn = check({ text, question: shown, letters });
  const ofAll = whole === text ? ofTurn : check({ text: whole, question: shown, letters }).map(withoutPlace);
  const found = [
    ...ofTurn.filter(({ name }) => !ofTheWhole.has(name)),
    ...ofAll.filter(({ name }) => ofTheWhole.has(name)),
  ];
  const rejecting: ReadonlySet<string> = new Set(reject);
  const failing = [
    ...own.filter(({ passed }) => !passed),
    ...found.filter(({ name, passed }) => !passed && rejecting.has(name)),
  ];
  if (letters.length === 0) return { checks: [...own, ...found], failing };
  const reply = renderReply(whole, answerText(question, letters));
  const form = rewardOf({ question, reply, finish: "stop" }).checks.filter(
    ({ name, passed }) => !passed && (name !== "correct" || attempt.outcome === "right"),
  );
  return { checks: [...own, ...found, ...form], failing: [...failing, ...form], reply };
}

/** Says which answer was given and whether it is right, never which one is. */
function answerCheck(question: Question, { letters, outcome }: Attempt): Check {
  const said = letters.map((letter) => `"${question.options[letter]}"`).join(" and ");
  return {
    name: "answer",
    passed: outcome === "right",
    found:
      letters.length === 0
        ? `no answer: ${outcome}`
        : `the answer ${said} is ${outcome === "right" ? "right" : "not right"}`,
  };
}

function reasoningIsThere({ own, outcome }: Attempt): Check[] {
  if (outcome === "refused" || outcome === "empty") return [];
  const words = countWords(own);
  return [{ name: "reasoning", passed: words >= LEAST_WORDS, found: `${words} words of reasoning` }];
}

/** Words that answer whoever reviewed the draft, who is no part of the reasoning. */
const review =
  /\b(?:(?:the|your) (?:check|checks|checker|review|reviewer|feedback) (?:found|finds|says|said|notes?|noted|points?|pointed|flagged|is right|was right)|as you (?:noted|pointed out|said)|you(?:'re| are) right|thank you\b|my (?:previous|earlier) (?:answer|reply|response|reasoning)\b)|审阅|审稿|[您你]指出|感谢[您你]/iu;

function noReview(text: string, isTurn: boolean): Check[] {
  const found = isTurn ? review.exec(text) : null;
  if (found === null) return [];
  const span: Check["span"] = [found.index, found.index + found[0].length];
  return [{ name: "leak", passed: false, found: `it speaks of the review: "${found[0]}"`, span }];
}

function withoutPlace({ span: _, ...check }: Check): Check {
  return check;
}

/** What a turn is to do. */
export interface Strategy {
  readonly kind: Exclude<Turn["kind"], "draft">;
  /** Whether it is written anew, as a fault of form must not stay in the text. */
  readonly replaces: boolean;
  readonly because: string;
}

const strategies: readonly (readonly [Strategy["kind"], readonly string[]])[] = [
  ["explore", ["answer", "reasoning"]],
  ["backtrack", ["claims", "guidelines", "consistency"]],
  ["correct", ["arithmetic", "formula", "units"]],
  ["explore", ["uncertainty", "locality"]],
];
const ofContent: ReadonlySet<string> = new Set(
  strategies.flatMap(([, names]) => names.filter((name) => name !== "reasoning")),
);

/** The turn that failing checks ask for; of several kinds the one that changes most. */
export function strategyFor({ letters }: Attempt, failing: readonly Check[]): Strategy {
  const replaces = letters.length === 0 || failing.some(({ name }) => !ofContent.has(name));
  for (const [kind, names] of strategies) {
    const because = failing.find(({ name }) => names.includes(name));
    if (because !== undefined) return { kind, replaces, because: because.name };
  }
  return { kind: "correct", replaces: true, because: failing[0]?.name ?? "form" };
}
