/**
 * Asks a sampler questions and reads its replies with the one answer parser (paper §4).
 *
 * Invariants: nothing is guessed and nothing dropped, so there is one score a question, in the order of the
 * questions; a question that was answered before a kill is not asked again; the scores do not depend on where a run
 * was interrupted.
 */
import { appendFileSync, existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { invariant, UsageError } from "../base/errors.ts";
import { writeWhole } from "../base/files.ts";
import { shortHash } from "../base/hash.ts";
import { tryJson } from "../base/jsonl.ts";
import type { Log } from "../base/log.ts";
import { renderQuestion } from "../models/prompt.ts";
import type { Reply, Sampler } from "../models/sampler.ts";
import type { Question } from "../records/question.ts";
import { type Score, scoreSchema } from "../records/score.ts";
import { readAnswer } from "../verify/answer.ts";

export interface AskSettings {
  readonly maxTokens: number;
  readonly temperature: number;
  /** Questions handed to the sampler at a time. */
  readonly batch: number;
  /** Strict for models that were taught the tags, lenient for all others. */
  readonly mode: "strict" | "lenient";
}

export interface AskJob {
  readonly questions: readonly Question[];
  readonly sampler: Sampler;
  readonly settings: AskSettings;
  readonly seed: number;
  /** Where finished scores are kept until the job is done. */
  readonly scratchFile: string;
  readonly log: Log;
  readonly signal: AbortSignal;
}

/** One score a question. Questions that read the same to the model are asked once. */
export async function evaluateQuestions(job: AskJob): Promise<Score[]> {
  const { questions, sampler, settings, seed, scratchFile, log, signal } = job;
  const scores = await openScores(scratchFile, askKey(job));
  const byId = new Map(questions.map((question) => [question.id, question]));
  const waiting = [...byId.values()].filter((question) => !scores.has(question.id));
  const keep = (reply: Reply): void => {
    const question = byId.get(reply.id);
    invariant(
      question !== undefined,
      `sampler "${sampler.name}" replied to "${reply.id}", which was not asked`,
    );
    if (!scores.has(reply.id)) scores.add(scoreReply(question, reply, sampler.name, settings.mode));
  };
  for (let start = 0; start < waiting.length; start += settings.batch) {
    if (signal.aborted)
      throw new UsageError(
        `${sampler.name}: stopped after ${start} questions; run the same command to go on`,
      );
    const asked = waiting.slice(start, start + settings.batch);
    const requests = asked.map((question) => ({
      id: question.id,
      prompt: renderQuestion(question),
      maxTokens: settings.maxTokens,
      temperature: settings.temperature,
      seed: `${seed}/evaluate/${question.id}`,
    }));
    for (const reply of await sampler.answer(requests, { signal, onReply: keep })) keep(reply);
    log.progress(sampler.name, byId.size - waiting.length + start + asked.length, byId.size);
  }
  return questions.map((question) => scores.of(question.id));
}

/** What a reply is worth: its letters by the parser, right only when they are the gold letters. */
export function scoreReply(
  question: Question,
  reply: Reply,
  sampler: string,
  mode: AskSettings["mode"],
): Score {
  const finish = reply.finish === "stop" && reply.text.trim() === "" ? "empty" : reply.finish;
  const multi = question.gold.length > 1;
  const { letters, method } = readAnswer(reply.text, { options: question.options, mode, finish, multi });
  return {
    question: question.id,
    sampler,
    reply: reply.text,
    method,
    letters: [...letters],
    finish,
    correct: isGold(letters, question.gold),
    tokens: reply.tokens,
  };
}

function isGold(letters: readonly string[], gold: readonly string[]): boolean {
  return letters.length > 0 && [...letters].sort().join() === [...gold].sort().join();
}

/** What the replies depend on besides the question; scores of other work in the file are not taken over. */
function askKey({ sampler, settings, seed }: AskJob): string {
  const { maxTokens, temperature, mode } = settings;
  return shortHash([sampler.name, String(maxTokens), String(temperature), mode, String(seed)]);
}

export interface KeptScores {
  has(question: string): boolean;
  of(question: string): Score;
  add(score: Score): void;
}

/** The scores of a scratch file; a line cut off by a kill is dropped, scores of other settings are removed. */
export async function openScores(path: string, key: string): Promise<KeptScores> {
  const scores = new Map<string, Score>();
  const text = existsSync(path) ? await readFile(path, "utf8") : "";
  const [first, ...lines] = text.split("\n");
  if (first === key) {
    for (const line of lines) {
      const parsed = scoreSchema.safeParse(tryJson(line));
      if (parsed.success) scores.set(parsed.data.question, parsed.data);
    }
  }
  const kept = [key, ...[...scores.values()].map((score) => JSON.stringify(score)), ""].join("\n");
  if (kept !== text) await writeWhole(path, kept);
  return {
    has: (question) => scores.has(question),
    of(question) {
      const score = scores.get(question);
      invariant(score !== undefined, `no score of question "${question}"`);
      return score;
    },
    add(score) {
      scores.set(score.question, score);
      appendFileSync(path, `${JSON.stringify(score)}\n`);
    },
  };
}
