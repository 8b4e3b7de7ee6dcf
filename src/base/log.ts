/**
 * What people read while a run goes on: stderr, a few live lines on a terminal, one plain line per step elsewhere.
 * stdout belongs to results. One `Log` is passed down; nothing else prints.
 *
 * Live lines are the progress line and, under it, a panel. The cursor rests on the line below them: what the shell or
 * the terminal writes there (^C, "Stopped", the prompt after a kill) meets an empty line, and going up and erasing
 * takes it away.
 */
import { columnsOf, cutToColumns } from "./terminal-width.ts";

export interface Log {
  info(text: string): void;
  warn(text: string): void;
  /** Progress of a long piece of work; `total` may be unknown. Rate and time left are worked out here. */
  progress(what: string, done: number, total?: number, detail?: string): void;
  /** Lines that stay under the progress line and are redrawn, on a terminal only; none takes them away. */
  panel(lines: readonly string[]): void;
  /** Leaves the live lines where they are, for the terminal passes to another program or the work pauses. */
  settle(): void;
  /** A log whose lines start with a name. */
  named(name: string): Log;
}

interface Sink {
  write(text: string): unknown;
  on?(event: "resize", listener: () => void): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly rows?: number;
}

/** A terminal that does not tell its size is taken for a page of the usual one. */
const COLUMNS = 80;
const ROWS = 24;

/** A log to a stream; plain progress lines are at most one in `everyMs`. */
export function streamLog(sink: Sink, everyMs = 5000, now: () => number = Date.now): Log {
  const live = liveLines(sink);
  const current = { what: "", done: 0, startedAt: 0, startedFrom: 0, shownAt: 0, line: "" };
  const line = (text: string): void => live.above(text);
  const finish = (): void => {
    if (current.line !== "") {
      live.progress("");
      line(current.line);
    }
    current.line = "";
  };
  const progress = (what: string, done: number, total?: number, detail = ""): void => {
    const time = now();
    if (current.what !== what) {
      finish();
      Object.assign(current, { what, startedAt: time, startedFrom: done, shownAt: 0 });
    }
    current.done = done;
    const isLast = total !== undefined && done >= total;
    if (!isLast && time - current.shownAt < (sink.isTTY ? 100 : everyMs)) return;
    current.shownAt = time;
    const rate = (done - current.startedFrom) / Math.max(1e-3, (time - current.startedAt) / 1000);
    const text = describe(what, done, total, rate, detail);
    if (sink.isTTY) {
      current.line = text;
      live.progress(text);
    } else line(text);
    if (isLast) {
      finish();
      current.what = "";
    }
  };
  const settle = (): void => {
    live.settle();
    // The rate is that of the work alone: the time until it goes on does not count.
    current.what = "";
    current.line = "";
  };
  const named = (name: string): Log => ({
    info: (text) => line(name ? `${name}: ${text}` : text),
    warn: (text) => line(name ? `${name}: warning: ${text}` : `warning: ${text}`),
    progress: (what, done, total, detail) => progress(name ? `${name}: ${what}` : what, done, total, detail),
    panel: live.panel,
    settle,
    named: (inner) => named(name ? `${name}/${inner}` : inner),
  });
  return named("");
}

interface LiveLines {
  /** Writes a line that stays, above the live ones. */
  above(text: string): void;
  progress(text: string): void;
  panel(lines: readonly string[]): void;
  settle(): void;
}

/** The lines at the bottom of a terminal; elsewhere only what stays is written. */
function liveLines(sink: Sink): LiveLines {
  let progress = "";
  let panel: readonly string[] = [];
  /** Columns of each line that stands on the screen. */
  let drawn: readonly number[] = [];
  const render = (above: string): void => {
    const columns = Math.max(2, sink.columns || COLUMNS);
    const rows = Math.max(2, sink.rows || ROWS);
    const lines = [progress, ...panel]
      .filter((text) => text !== "")
      .slice(0, rows - 1)
      .map((text) => cutToColumns(text, columns - 1));
    // A terminal that became narrower has broken the lines that stand on it.
    const height = drawn.reduce((sum, width) => sum + Math.max(1, Math.ceil(width / columns)), 0);
    const up = height > 0 ? `\u001b[${height}A\r\u001b[J` : "";
    if (up !== "" || above !== "" || lines.length > 0)
      sink.write(`${up}${above}${lines.map((text) => `${text}\n`).join("")}`);
    drawn = lines.map(columnsOf);
  };
  if (sink.isTTY) sink.on?.("resize", () => drawn.length > 0 && render(""));
  return {
    above: (text) => render(`${text}\n`),
    progress(text) {
      progress = text;
      render("");
    },
    panel(lines) {
      if (!sink.isTTY) return;
      panel = lines;
      render("");
    },
    settle() {
      progress = "";
      panel = [];
      drawn = [];
    },
  };
}

function describe(
  what: string,
  done: number,
  total: number | undefined,
  rate: number,
  detail: string,
): string {
  const of = total === undefined ? `${done}` : `${done}/${total}`;
  const left =
    total === undefined || rate <= 0 || done >= total ? "" : `, ${duration((total - done) / rate)} left`;
  const speed = rate > 0 ? `, ${rate >= 10 ? rate.toFixed(0) : rate.toFixed(2)}/s` : "";
  return `${what} ${of}${speed}${left}${detail ? `  ${detail}` : ""}`;
}

/** Seconds in the form people say them: "45 s", "3 min 20 s", "1 h 5 min". */
export function duration(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}

/** A log that says nothing. */
export const silentLog: Log = {
  info: () => {},
  warn: () => {},
  progress: () => {},
  panel: () => {},
  settle: () => {},
  named: () => silentLog,
};
