/**
 * The worker threads of the engine's process: sends tasks, pairs replies, passes streams on. A thread that ends by
 * itself ends the process too (process.ts), since its share of the model is lost.
 */
import { Bug, messageOf } from "../base/errors.ts";
import { startThread } from "../base/thread.ts";
import { revive } from "./protocol.ts";
import type { Task, TaskReply } from "./tasks.ts";

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
  readonly onTokens: ((tokens: readonly number[]) => void) | undefined;
}

/** A fixed number of worker threads. */
export interface Pool {
  readonly size: number;
  /** Gives worker `index` a task; a worker does its tasks one after another. */
  run(index: number, task: Task, onTokens?: (tokens: readonly number[]) => void): Promise<unknown>;
}

/** Starts `size` workers. */
export function startPool(size: number): Pool {
  const members = Array.from({ length: size }, (_, index) => startMember(index));
  return {
    size,
    run: (index, task, onTokens) => (members[index] as Member)(task, onTokens),
  };
}

/** Gives every worker work and waits for all. */
export function onAll<T>(pool: Pool, work: (index: number) => Promise<T>): Promise<T[]> {
  return allOf(Array.from({ length: pool.size }, (_, index) => work(index)));
}

/** All results, or the first failure once everything has ended: nothing of it goes on behind the caller's back. */
export async function allOf<T>(work: readonly Promise<T>[]): Promise<T[]> {
  await Promise.allSettled(work);
  return Promise.all(work);
}

type Member = (task: Task, onTokens?: (tokens: readonly number[]) => void) => Promise<unknown>;

function startMember(index: number): Member {
  const worker = startThread("./worker", import.meta.url, { index });
  const waiting = new Map<number, Waiting>();
  let next = 1;
  worker.on("message", (reply: TaskReply) => {
    const call = waiting.get(reply.id);
    if (call === undefined) return;
    if ("tokens" in reply) {
      call.onTokens?.(reply.tokens);
      return;
    }
    waiting.delete(reply.id);
    if ("failure" in reply) call.reject(revive(reply.failure));
    else call.resolve(reply.value);
  });
  const lost = (reason: unknown): never => {
    const bug = new Bug(`worker thread ${index} ended: ${messageOf(reason)}`);
    if (reason instanceof Error && reason.stack !== undefined) bug.stack = reason.stack;
    throw bug;
  };
  worker.on("error", lost);
  worker.on("messageerror", lost);
  worker.on("exit", (code) => lost(`exit code ${code}`));
  return (task, onTokens) =>
    new Promise((resolve, reject) => {
      const id = next++;
      waiting.set(id, { resolve, reject, onTokens });
      worker.postMessage({ id, task });
    });
}
