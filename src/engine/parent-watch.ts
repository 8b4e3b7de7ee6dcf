/**
 * Ends a process together with the one that forked it, however that one ends.
 *
 * A closed channel is the usual sign, but it is seen only between two turns of the event loop, and drawing the
 * weights of a large model or hashing them takes seconds. So a thread of its own looks who the parent is: the
 * system gives an orphan another one.
 */
import { Worker } from "node:worker_threads";

const EVERY_MS = 500;

/** A plain script, so that no loader is needed to run it. */
const script = `
const { workerData: parent } = require("node:worker_threads");
setInterval(() => {
  if (process.ppid !== parent) process.kill(process.pid, "SIGKILL");
}, ${EVERY_MS});
`;

/** Leaves when the parent is gone. */
export function leaveWithParent(): void {
  new Worker(script, { eval: true, execArgv: [], workerData: process.ppid });
  process.on("disconnect", leave);
  // A parent that went while modules were loading closed the channel before anyone listened.
  if (!process.connected) leave();
}

/** Ends this process at once: the ordinary exit would wait for threads that compute or read. */
export function leave(): void {
  process.kill(process.pid, "SIGKILL");
}
