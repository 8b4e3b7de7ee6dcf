/**
 * Asks a sampler questions and reads its replies with the one answer reader (paper §4).
 *
 * Invariants: nothing is guessed and nothing dropped: each ask ends in a score or, where no reply could be had, in a
 * reason; what was answered before a kill is not asked again; the scores do not depend on where a run was interrupted.
 */
import { appendFileSync, existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { invariant, UsageError } from "../base/errors.ts";
import { writeWhole } from "../base/files.ts";
import { shortHash } from "../base/hash.ts";
import { tryJson } from "../base/jsonl.ts";
import type { Log } from "../base/log.ts";
import { renderQuestion } from "../models/prompt.ts";
import type { Reply, ReplyRequest, Sampler } from "../models/sampler.ts";
import { mayHaveSeveral, type Question } from "../records/question.ts";
import { type Score, scoreSchema } from "../records/score.ts";
import { readAnswer } from "../verify/answer.ts";
import { originalLetters, shownQuestion } from "../verify/orders/orders.ts";
import { outcomeOf } from "../verify/outcome.ts";
import { sameLetters } from "../verify/reward.ts";

export interface AskSettings {
  readonly maxTokens: number;
  readonly temperature: number;
  /** Questions handed to the sampler at a time. */
  readonly batch: number;
  /** Strict for models that were taught the tags, lenient for all others. */
  readonly mode: "strict" | "lenient";
}

/** One reply that is wanted: a question, the order its options are shown in, and which of several replies. */
export interface Ask {
  readonly id: string;
  readonly question: Question;
  readonly order?: readonly string[];
  readonly sample?: number;
  readonly prompt: string;
  readonly seed: string;
}

export interface AskJob {
  readonly asks: readonly Ask[];
  readonly sampler: Sampler;
  /** Told of the requests before the first is sent. */
  readonly onStart?: (requests: readonly ReplyRequest[]) => void;
  readonly settings: AskSettings;
  /** Where finished scores are kept until the job is done; none where the sampler itself keeps its replies. */
  readonly scratchFile?: string;
  readonly log: Log;
  readonly signal: AbortSignal;
}

/** Scores and missing replies by the id of the ask. */
export interface Asked {
  readonly scores: ReadonlyMap<string, Score>;
  readonly missing: ReadonlyMap<string, string>;
}

/** The asks of questions as they stand in their file, each once. Questions that read the same are one ask. */
export function plainAsks(questions: readonly Question[], seed: number): Ask[] {
  const byId = new Map(questions.map((question) => [question.id, question]));
  return [...byId.values()].map((question) => ({
    id: question.id,
    question,
    prompt: renderQuestion(question),
    seed: `${seed}/evaluate/${question.id}`,
  }));
}

/** One score an ask, but for replies that could not be had. */
export async function askAll(job: AskJob): Promise<Asked> {
  const { asks, sampler, settings, log, signal } = job;
  const kept = await openScores(job.scratchFile, askKey(job));
  const byId = new Map(asks.map((ask) => [ask.id, ask]));
  const waiting = asks.filter(({ id }) => !kept.scores.has(id));
  const missing = new Map<string, string>();
  let done = byId.size - waiting.length;
  const keep = (reply: Reply): void => {
    if (kept.scores.has(reply.id)) return;
    const ask = byId.get(reply.id);
    invariant(ask !== undefined, `sampler "${sampler.name}" replied to "${reply.id}", which was not asked`);
    kept.add(reply.id, scoreReply(ask, reply, sampler.name, settings.mode));
    done += 1;
    log.progress(sampler.name, done, byId.size);
  };
  const requests = waiting.map(
    ({ id, prompt, seed }): ReplyRequest => ({
      id,
      prompt,
      seed,
      maxTokens: settings.maxTokens,
      temperature: settings.temperature,
    }),
  );
  job.onStart?.(requests);
  for (let start = 0; start < requests.length; start += settings.batch) {
    if (signal.aborted)
      throw new UsageError(`${sampler.name}: stopped after ${done} replies; run the same command to go on`);
    const replies = await sampler.answer(requests.slice(start, start + settings.batch), {
      signal,
      onReply: keep,
      onMissing: ({ id, reason }) => missing.set(id, reason),
    });
    for (const reply of replies) keep(reply);
  }
  return { scores: kept.scores, missing };
}

/** What a reply is worth: its letters by the reader, right only when they are the gold letters. */
export function scoreReply(
  { question, order, sample, prompt }: Pick<Ask, "question" | "order" | "sample" | "prompt">,
  reply: Reply,
  sampler: string,
  mode: AskSettings["mode"],
): Score {
  const finish = reply.finish === "stop" && reply.text.trim() === "" ? "empty" : reply.finish;
  const shown = order === undefined ? question : shownQuestion(question, order);
  const multi = mayHaveSeveral(question);
  const read = readAnswer(reply.text, {
    options: shown.options,
    mode,
    finish,
    multi,
    hasThought: reply.reasoning !== undefined,
  });
  const letters = order === undefined ? [...read.letters] : originalLetters(order, read.letters);
  const correct = sameLetters(letters, question.gold);
  return {
    question: question.id,
    sampler,
    ...(sample === undefined ? {} : { sample }),
    ...(order === undefined ? {} : { order: [...order] }),
    prompt,
    reply: reply.text,
    ...(reply.reasoning === undefined ? {} : { reasoning: reply.reasoning }),
    method: read.method,
    span: read.span === null ? null : [...read.span],
    letters,
    finish,
    correct,
    outcome: outcomeOf({ letters, method: read.method }, finish, correct, reply.text),
    tokens: reply.tokens,
    ...(reply.promptTokens === undefined ? {} : { promptTokens: reply.promptTokens }),
  };
}

/**
 * The score of a reply for another question that reads the same: sets hold items twice, some with another right answer.
 */
export function judgedFor(question: Question, score: Score): Score {
  const correct = sameLetters(score.letters, question.gold);
  if (correct === score.correct) return score;
  return { ...score, correct, outcome: correct ? "right" : "wrong" };
}

/** What the replies depend on besides the asks; scores of other work in the file are not taken over. */
function askKey({ sampler, settings, asks }: AskJob): string {
  const { maxTokens, temperature, mode } = settings;
  return shortHash([
    sampler.name,
    String(maxTokens),
    String(temperature),
    mode,
    ...asks.map(({ seed }) => seed),
  ]);
}

export interface KeptScores {
  readonly scores: ReadonlyMap<string, Score>;
  add(id: string, score: Score): void;
}

/**
 * The scores of a scratch file by the id of their ask; a line cut off by a kill is dropped, scores of other settings
 * are removed.
 */
export async function openScores(path: string | undefined, key: string): Promise<KeptScores> {
  const scores = new Map<string, Score>();
  if (path === undefined) return { scores, add: (id, score) => void scores.set(id, score) };
  const text = existsSync(path) ? await readFile(path, "utf8") : "";
  const [first, ...lines] = text.split("\n");
  if (first === key)
    for (const line of lines) {
      const value = tryJson(line);
      const parsed = Array.isArray(value) ? scoreSchema.safeParse(value[1]) : undefined;
      if (parsed?.success) scores.set(String((value as unknown[])[0]), parsed.data);
    }
  const kept = [key, ...[...scores].map((entry) => JSON.stringify(entry)), ""].join("\n");
  if (kept !== text) await writeWhole(path, kept);
  return {
    scores,
    add(id, score) {
      scores.set(id, score);
      appendFileSync(path, `${JSON.stringify([id, score])}\n`);
    },
  };
}
