/**
 * The one error that the death of the engine's process becomes: how it ended, what it was doing, what it wrote
 * last, and what to do.
 */
import { Bug, UsageError } from "../base/errors.ts";
import type { Call, Failure } from "./protocol.ts";

/** What the parent knows of a process that ended. */
export interface Ending {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** The call it was at; "start" before it was ready. */
  readonly at: Call["method"] | "start" | undefined;
  /** Optimizer steps that the model had behind it. */
  readonly steps: number;
  /** The end of what it wrote to standard error. */
  readonly written: string;
  /** What it could still say itself. */
  readonly lastWords: Failure | undefined;
}

/** A crash report of V8 has its reason above some twenty lines of native frames. */
const LINES = 30;

/** The error that every call of a dead engine gets. */
export function endingError({ code, signal, at, steps, written, lastWords }: Ending): Error {
  const said = lastWords?.stack ?? lastWords?.message ?? written;
  const how = lastWords?.message ?? signal ?? `exit code ${code}`;
  const doing = at === undefined ? "between two calls" : at === "start" ? "as it started" : `in ${at}`;
  const after = steps > 0 ? ` after step ${steps}` : "";
  // After its last words the process ends itself, in the way that memory running out looks like.
  const { advice, mendable } = adviceFor(lastWords === undefined ? signal : null, said);
  const lines = said.trim().split("\n").slice(-LINES);
  const last =
    said.trim() === "" ? "" : `; the last it wrote:\n${lines.map((line) => `  ${line}`).join("\n")}`;
  const message = `engine: its process ended ${doing}${after} (${how}); ${advice}${last}`;
  return mendable ? new UsageError(message) : new Bug(message);
}

const AGAIN = "run the same command again, it goes on from its last checkpoint";

function adviceFor(
  signal: NodeJS.Signals | null,
  said: string,
): { readonly advice: string; readonly mendable: boolean } {
  if (signal === "SIGKILL" || /out of memory|bad_alloc|memory limit|cannot allocate memory/iu.test(said)) {
    const advice =
      "the system probably ran out of memory: lower engine.memoryGb, engine.threads or the batch";
    return { advice, mendable: true };
  }
  if (/ERR_DLOPEN_FAILED|MODULE_NOT_FOUND|cannot open shared object/u.test(said)) {
    const advice = "what it needs is not installed or does not fit this system: run npm ci";
    return { advice, mendable: true };
  }
  if (signal === "SIGTERM" || signal === "SIGINT" || signal === "SIGHUP" || signal === "SIGQUIT")
    return { advice: `it was stopped from outside: ${AGAIN}`, mendable: true };
  return { advice: `${AGAIN}; if it ends there once more, report this text`, mendable: false };
}
