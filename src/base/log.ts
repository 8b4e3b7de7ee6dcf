/**
 * What people read while a run goes on: stderr, one live line on a terminal, one plain line per step elsewhere.
 * stdout belongs to results. One `Log` is passed down; nothing else prints.
 */
export interface Log {
  info(text: string): void;
  warn(text: string): void;
  /** Progress of a long piece of work; `total` may be unknown. Rate and time left are worked out here. */
  progress(what: string, done: number, total?: number, detail?: string): void;
  /** A log whose lines start with a name. */
  named(name: string): Log;
}

interface Sink {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** A log to a stream; plain progress lines are at most one in `everyMs`. */
export function streamLog(sink: Sink, everyMs = 5000, now: () => number = Date.now): Log {
  const live = { line: "", what: "", startedAt: 0, startedFrom: 0, shownAt: 0 };
  const clear = (): void => {
    if (live.line !== "") sink.write("\r\u001b[K");
  };
  const line = (text: string): void => {
    clear();
    sink.write(`${text}\n`);
    if (live.line !== "") sink.write(live.line);
  };
  const finish = (): void => {
    if (live.line !== "") sink.write("\n");
    live.line = "";
  };
  const progress = (what: string, done: number, total?: number, detail = ""): void => {
    const time = now();
    if (live.what !== what) {
      finish();
      Object.assign(live, { what, startedAt: time, startedFrom: done, shownAt: 0 });
    }
    const isLast = total !== undefined && done >= total;
    if (!isLast && time - live.shownAt < (sink.isTTY ? 100 : everyMs)) return;
    live.shownAt = time;
    const rate = (done - live.startedFrom) / Math.max(1e-3, (time - live.startedAt) / 1000);
    const text = describe(what, done, total, rate, detail);
    if (sink.isTTY) {
      live.line = text.slice(0, (sink.columns ?? 120) - 1);
      sink.write(`\r\u001b[K${live.line}`);
    } else sink.write(`${text}\n`);
    if (isLast) {
      finish();
      live.what = "";
    }
  };
  const named = (name: string): Log => ({
    info: (text) => line(name ? `${name}: ${text}` : text),
    warn: (text) => line(name ? `${name}: warning: ${text}` : `warning: ${text}`),
    progress: (what, done, total, detail) => progress(name ? `${name}: ${what}` : what, done, total, detail),
    named: (inner) => named(name ? `${name}/${inner}` : inner),
  });
  return named("");
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
  named: () => silentLog,
};
