/**
 * A language model as the teacher (paper §3.2): k free replies to each question, of which the best right one is kept;
 * drafts that fail a check, or are wrong, are repaired turn by turn; for questions that no free reply answered right the
 * answer is given and the reasoning asked for, always marked as label-conditioned.
 *
 * The questions move on together, round by round, so that the replies, and what is chosen among them, do not depend on
 * which came first. Invariant: a question is decided when all its replies are there; until then it is missing, neither
 * kept nor rejected.
 */
import { shortHash } from "../base/hash.ts";
import type { ReplyRequest } from "../models/sampler.ts";
import type { ColdstartSection } from "../recipe/sections/coldstart.ts";
import type { Question } from "../records/question.ts";
import type { Trajectory } from "../records/trajectory.ts";
import type { Asking } from "./asking.ts";
import { type Attempt, readAttempt } from "./attempt.ts";
import { judge, type Standard } from "./judge.ts";
import { type Draft, draftOf, refine, type Sampling } from "./refinement.ts";
import { type Candidate, select } from "./selection.ts";
import { freePrompt, givenPrompt } from "./teacher-prompts.ts";
import { answerText } from "./thinking.ts";

/** A question without a trajectory. */
interface Failure {
  readonly question: string;
  /** One word for counts: the check that failed, or the end that the replies came to. */
  readonly cause: string;
  readonly reason: string;
}

export interface Distilled {
  /** In the order of the questions. */
  readonly trajectories: readonly Trajectory[];
  readonly failures: readonly Failure[];
  /** Questions of which a reply could not be had. */
  readonly missing: readonly string[];
  /** Right ones among the free replies to each question that has them all. */
  readonly trials: ReadonlyMap<string, NonNullable<Trajectory["trials"]>>;
}

export interface Distilling {
  readonly asking: Asking;
  readonly settings: Pick<ColdstartSection, "selection" | "refinement" | "checks">;
  readonly check: Standard["check"];
  readonly seed: number;
  /** Longest reply of the teacher, in tokens. */
  readonly maxTokens: number;
}

/** Writes a trajectory for as many of the questions as the teacher can; each id must stand there once. */
export async function distil(questions: readonly Question[], how: Distilling): Promise<Distilled> {
  const { asking, settings, check, seed, maxTokens } = how;
  const { mode, temperature, samples } = settings.selection;
  const standard: Standard = { check, reject: settings.checks.reject };
  const sampling: Sampling = { seed, temperature, maxTokens, maxWords: settings.checks.maxWords };
  const trajectories = new Map<string, Trajectory>();
  const failures = new Map<string, Failure>();
  const trials = new Map<string, NonNullable<Trajectory["trials"]>>();
  const missing = new Set<string>();

  const settle = async (drafts: readonly Draft[]): Promise<void> => {
    const outcome = await refine(drafts, settings.refinement.turns, standard, sampling, asking);
    for (const { question } of outcome.missing) missing.add(question.id);
    for (const draft of outcome.done) {
      const failure = failureOf(draft);
      if (failure === undefined) {
        trajectories.set(draft.question.id, trajectoryOf(draft, asking.teacher));
        failures.delete(draft.question.id);
      } else failures.set(draft.question.id, failure);
    }
  };
  /** Of each question that has all its replies the best one, as a draft. */
  const draftsOf = async (
    asked: readonly Question[],
    isGiven: boolean,
    count: number,
  ): Promise<readonly Draft[]> => {
    const what = isGiven ? "reasoning to given answers" : "free replies";
    const requestsOf = (question: Question): readonly ReplyRequest[] =>
      Array.from({ length: count }, (_, at) => firstRequest(question, isGiven, at, sampling));
    const replies = await asking.ask(what, asked.flatMap(requestsOf));
    return asked.flatMap((question) => {
      const own = requestsOf(question).flatMap(({ id }) => replies.get(id) ?? []);
      if (own.length < count) {
        missing.add(question.id);
        return [];
      }
      const attempts = own.map((reply) => readAttempt(question, reply, isGiven ? "said" : "thought"));
      const rightOnes = attempts.filter(({ outcome }) => outcome === "right");
      const right = rightOnes.length;
      if (!isGiven) trials.set(question.id, { samples: count, right });
      // Where some are right no other is looked at, and checks take their time.
      const candidates = (right > 0 ? rightOnes : attempts).map((attempt): Candidate => {
        const turn = { kind: "draft", replaces: false } as const;
        return { attempt, verdict: judge(question, attempt, turn, [], standard) };
      });
      const { kept, draft = kept } = select(candidates);
      const tried = trials.get(question.id);
      const start = { question, isGiven, ...(tried === undefined ? {} : { trials: tried }) };
      if (draft !== undefined) return [draftOf(start, draft)];
      failures.set(question.id, withoutText(start, attempts));
      return [];
    });
  };

  if (mode !== "labelConditioned") await settle(await draftsOf(questions, false, samples));
  if (mode !== "passAtK") {
    const never = questions.filter(
      ({ id }) => !trajectories.has(id) && !missing.has(id) && !(trials.get(id)?.right ?? 0),
    );
    await settle(await draftsOf(never, true, 1));
  }
  const inOrder = <T>(byId: ReadonlyMap<string, T>): T[] => questions.flatMap(({ id }) => byId.get(id) ?? []);
  for (const id of missing) failures.delete(id);
  return { trajectories: inOrder(trajectories), failures: inOrder(failures), missing: [...missing], trials };
}

function firstRequest(question: Question, isGiven: boolean, at: number, sampling: Sampling): ReplyRequest {
  const { seed, temperature, maxTokens, maxWords } = sampling;
  const id = `${question.id}/${isGiven ? "given" : "free"}/${at}`;
  const prompt = (isGiven ? givenPrompt : freePrompt)(question, maxWords);
  return { id, prompt, seed: `${seed}/coldstart/${id}`, temperature, maxTokens };
}

/**
 * Why a draft is no trajectory; undefined where it is one. Where a turn had the right answer it is the check that this
 * turn failed, whatever a later one came to; else what the last failed.
 */
function failureOf({ question, latest, turns, ends, trials, isGiven }: Draft): Failure | undefined {
  const [last] = latest.verdict.failing;
  if (last === undefined) return undefined;
  const at = ends.findIndex(({ outcome, fault }) => outcome === "right" && fault !== undefined);
  const first = ends[at]?.fault ?? last;
  const parts = [`${first.name}: ${first.found}`];
  if (at >= 0) parts.push(`${at === 0 ? "a draft" : `turn ${at + 1}`} with the right answer`);
  if (first.name !== last.name) parts.push(`in the end ${last.name}: ${last.found}`);
  parts.push(`after ${turns.length} ${turns.length === 1 ? "turn" : "turns"}${triedText(trials, isGiven)}`);
  return {
    question: question.id,
    cause: first.name === "answer" ? latest.attempt.outcome : first.name,
    reason: parts.join("; "),
  };
}

/** Of replies that leave nothing to go on from. */
function withoutText(
  { question: { id }, trials, isGiven }: Pick<Draft, "question" | "trials" | "isGiven">,
  attempts: readonly Attempt[],
): Failure {
  const ends = [...new Set(attempts.map(({ outcome }) => outcome))];
  const reason = `no reply to go on from: ${ends.join(", ")}${triedText(trials, isGiven)}`;
  return { question: id, cause: ends[0] ?? "empty", reason };
}

function triedText(trials: Draft["trials"], isGiven: boolean): string {
  const free = trials === undefined ? "" : `, ${trials.right} of ${trials.samples} free replies right`;
  return `${isGiven ? ", with the answer given" : ""}${free}`;
}

function trajectoryOf({ question, isGiven, trials, turns, latest }: Draft, teacher: string): Trajectory {
  const reply = latest.verdict.reply ?? "";
  return {
    id: `t-${shortHash([question.id, reply])}`,
    question: question.id,
    teacher,
    method: isGiven ? "labelConditioned" : turns.length > 1 ? "refined" : "passAtK",
    ...(trials === undefined ? {} : { trials }),
    turns: [...turns],
    labelConditioned: isGiven,
    reply,
    answer: answerText(question, latest.attempt.letters),
  };
}
