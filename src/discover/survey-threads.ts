/** Threads that survey portions side by side. A thread that fails fails the stage; what is finished stays on disk. */
import type { Worker } from "node:worker_threads";
import { Bug, UsageError } from "../base/errors.ts";
import { startThread } from "../base/thread.ts";
import type { SegmentCounts } from "./segments.ts";
import type { Portion } from "./sources/page-source.ts";

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

/** Starts threads. */
export function openSurveyThreads(count: number): SurveyThreads {
  const idle: Worker[] = [];
  const all = new Set<Worker>();
  const waiting: ((worker: Worker) => void)[] = [];
  const release = (worker: Worker): void => {
    const next = waiting.shift();
    if (next) next(worker);
    else idle.push(worker);
  };
  for (let i = 0; i < count; i++) {
    const worker = startThread("./survey-thread", import.meta.url, undefined);
    all.add(worker);
    idle.push(worker);
  }
  const take = (): Promise<Worker> => {
    const worker = idle.pop();
    return worker ? Promise.resolve(worker) : new Promise((resolve) => waiting.push(resolve));
  };
  return {
    async survey(task) {
      const worker = await take();
      const outcome = new Promise<SegmentCounts>((resolve, reject) => {
        const settle = (): void => {
          worker.off("message", onMessage);
          worker.off("error", onError);
        };
        const onMessage = (reply: SurveyReply): void => {
          settle();
          release(worker);
          if ("counts" in reply) resolve(reply.counts);
          else reject(new (reply.failure.isUsage ? UsageError : Bug)(reply.failure.message));
        };
        const onError = (error: Error): void => {
          settle();
          reject(error);
        };
        worker.on("message", onMessage);
        worker.on("error", onError);
        worker.postMessage(task);
      });
      return { outcome };
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([...all].map((worker) => worker.terminate()));
    },
  };
}
