/**
 * What signals ask of a run.
 *
 * SIGINT and SIGTERM: finish the step, save, end; the second one ends at once, and what is finished is on the disk
 * already. SIGUSR2: pause and go on in turns. SIGTSTP (Ctrl-Z) stops the process as ever, after the live lines were
 * let go, so that the shell's own are not erased when it goes on. The engine's process hears the terminal's signals
 * too and heeds none but the stop that no process can refuse (engine/process.ts).
 */
import { Interrupted, UsageError } from "../base/errors.ts";
import type { Log } from "../base/log.ts";
import type { Hold } from "../base/stage.ts";

/** Signals are listened to until it is disposed. */
export interface RunSignals extends Disposable {
  readonly signal: AbortSignal;
  readonly hold: Hold;
  /** What an error is once a stop was asked for: every way to end then is the stop. */
  meaningOf(error: unknown): unknown;
}

export const exitCodes = { SIGINT: 130, SIGTERM: 143, alarm: 1 } as const;

/** One press of Ctrl-C comes twice where npx passes on what the terminal sent to both; nobody presses twice so fast. */
const ONE_PRESS_MS = 400;

const GO_ON = "run the same command to go on";

/** Listens to the signals of a run. */
export function listenToSignals(log: Log): RunSignals {
  const stop = new AbortController();
  let stoppedAt = 0;
  let pause: { readonly over: Promise<void>; readonly end: () => void } | undefined;

  const onStop = (by: "SIGINT" | "SIGTERM"): void => {
    if (stop.signal.aborted) {
      if (performance.now() - stoppedAt < ONE_PRESS_MS) return;
      log.settle();
      log.warn(`ended at once; what is finished is kept, ${GO_ON}`);
      process.exit(exitCodes[by]);
    }
    stoppedAt = performance.now();
    log.warn(
      by === "SIGINT"
        ? "stopping after this step; press Ctrl-C again to stop at once, nothing finished is lost"
        : "stopping after this step; a second signal ends it at once, nothing finished is lost",
    );
    stop.abort(new Interrupted(`stopped; ${GO_ON}`, by));
    pause?.end();
  };
  const onPause = (): void => {
    if (stop.signal.aborted) return;
    if (pause !== undefined) {
      log.info("going on");
      pause.end();
      pause = undefined;
      return;
    }
    let end = (): void => {};
    const over = new Promise<void>((resolve) => {
      end = resolve;
    });
    pause = { over, end };
    log.info(`pausing after this step or stage; kill -USR2 ${process.pid} goes on, Ctrl-C stops`);
  };
  const onSuspend = (): void => {
    log.settle();
    process.kill(process.pid, "SIGSTOP");
  };

  const listeners: [NodeJS.Signals, (signal: NodeJS.Signals) => void][] = [
    ["SIGINT", () => onStop("SIGINT")],
    ["SIGTERM", () => onStop("SIGTERM")],
    ["SIGUSR2", onPause],
  ];
  // Without a terminal there are no live lines to let go.
  if (process.stderr.isTTY) listeners.push(["SIGTSTP", onSuspend]);
  for (const [name, listener] of listeners) process.on(name, listener);

  return {
    signal: stop.signal,
    hold: {
      isAsked: () => pause !== undefined,
      async over() {
        if (pause === undefined || stop.signal.aborted) return;
        log.settle();
        log.info(`paused; kill -USR2 ${process.pid} goes on, Ctrl-C stops`);
        await pause.over;
      },
    },
    meaningOf(error) {
      const { reason, aborted } = stop.signal;
      if (!aborted || !(reason instanceof Interrupted) || error instanceof Interrupted) return error;
      if (isAbort(error)) return reason;
      return error instanceof UsageError
        ? new Interrupted(error.message, reason.by, { cause: error })
        : error;
    },
    [Symbol.dispose]() {
      for (const [name, listener] of listeners) process.off(name, listener);
    },
  };
}

/** What was aborted may have wrapped the reason. */
function isAbort(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return error.name === "AbortError" || error instanceof Interrupted || isAbort(error.cause);
}
