/**
 * Threads that survey portions side by side. A thread that fails fails the stage; what is finished stays on disk.
 *
 * Invariant: whatever becomes of a thread, its task and all that wait for a thread are settled.
 */
import type { Worker } from "node:worker_threads";
import { Bug, codeOf, messageOf, UsageError } from "../base/errors.ts";
import { startThread } from "../base/thread.ts";
import type { SegmentCounts } from "./segments.ts";
import type { Portion } from "./sources/page-source.ts";
import { portionName } from "./survey-portion.ts";

export interface SurveyTask {
  readonly portion: Portion;
  readonly folder: string;
}

export type SurveyReply =
  | { readonly counts: SegmentCounts }
  | { readonly failure: { readonly message: string; readonly isUsage: boolean } };

export interface SurveyThreads extends AsyncDisposable {
  /** Waits for a free thread and hands it the task; `outcome` settles when the segment is written. */
  survey(task: SurveyTask): Promise<{ readonly outcome: Promise<SegmentCounts> }>;
}

/** A thread with the task that it works on. */
interface Seat {
  readonly worker: Worker;
  job?: {
    readonly portion: Portion;
    readonly resolve: (counts: SegmentCounts) => void;
    readonly reject: (error: Error) => void;
  };
}

interface Waiting {
  readonly resolve: (seat: Seat) => void;
  readonly reject: (error: Error) => void;
}

const startSurveyThread = (): Worker => startThread("./survey-thread", import.meta.url, undefined);

/** Starts threads; `start` is for tests. */
export function openSurveyThreads(count: number, start = startSurveyThread): SurveyThreads {
  const idle: Seat[] = [];
  const all: Worker[] = [];
  const waiting: Waiting[] = [];
  let death: Error | undefined;
  const onReply = (seat: Seat, reply: SurveyReply): void => {
    const { job } = seat;
    delete seat.job;
    const next = waiting.shift();
    if (next) next.resolve(seat);
    else idle.push(seat);
    if ("counts" in reply) job?.resolve(reply.counts);
    else job?.reject(new (reply.failure.isUsage ? UsageError : Bug)(reply.failure.message));
  };
  const onDeath = (seat: Seat, cause: unknown): void => {
    const error = deathOf(seat.job?.portion, cause);
    death ??= error;
    seat.job?.reject(error);
    delete seat.job;
    for (const { reject } of waiting.splice(0)) reject(error);
  };
  for (let i = 0; i < count; i++) {
    const worker = start();
    const seat: Seat = { worker };
    worker.on("message", (reply: SurveyReply) => onReply(seat, reply));
    worker.on("error", (error) => onDeath(seat, error));
    worker.on("exit", (code) => onDeath(seat, new Error(`it ended with code ${code}`)));
    all.push(worker);
    idle.push(seat);
  }
  const take = async (): Promise<Seat> => {
    if (death) throw death;
    return idle.pop() ?? new Promise((resolve, reject) => waiting.push({ resolve, reject }));
  };
  return {
    async survey(task) {
      const seat = await take();
      const outcome = new Promise<SegmentCounts>((resolve, reject) => {
        seat.job = { portion: task.portion, resolve, reject };
        seat.worker.postMessage(task);
      });
      return { outcome };
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(all.map((worker) => worker.terminate()));
    },
  };
}

/** Why a thread ended that should not have. */
function deathOf(portion: Portion | undefined, cause: unknown): Error {
  const where = portion === undefined ? "a thread without work" : portionName(portion);
  if (codeOf(cause) === "ERR_WORKER_OUT_OF_MEMORY")
    return new UsageError(
      `${where}: reading it took more memory than a thread may have; allow more, ` +
        "for instance with NODE_OPTIONS=--max-old-space-size=4096, and run the same command again",
      { cause },
    );
  return new Bug(`${where}: the thread that read it died: ${messageOf(cause)}`, { cause });
}
