/** Where results and messages go: results to stdout, everything for people to stderr. */
import { codeOf } from "../base/errors.ts";
import { type Log, streamLog } from "../base/log.ts";

export interface Output {
  readonly log: Log;
  /** Prints a result, ended by a line break. */
  print(text: string): void;
  /** Prints a piece of a result as it is. */
  write(text: string): void;
  /** Prints the last line of a command with `--json`: one object. */
  json(value: unknown): void;
}

/** The terminal. A reader of stdout that has seen enough (`head`) ends the program; one of stderr does not. */
export function terminalOutput(): Output {
  process.stdout.on("error", (error) => {
    if (codeOf(error) !== "EPIPE") throw error;
    process.exit();
  });
  process.stderr.on("error", (error) => {
    if (codeOf(error) !== "EPIPE") throw error;
  });
  return {
    log: streamLog(process.stderr),
    print: (text) => void process.stdout.write(text.endsWith("\n") ? text : `${text}\n`),
    write: (text) => void process.stdout.write(text),
    json: (value) => void process.stdout.write(`${JSON.stringify(value)}\n`),
  };
}

/** Columns of text, each as wide as its longest cell; numbers to the right. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  const isNumber = (cell: string): boolean => /^[-+−]?[\d.,%]+$/u.test(cell);
  const line = (row: readonly string[]): string =>
    row
      .map((cell, i) => (isNumber(cell) ? cell.padStart(widths[i] ?? 0) : cell.padEnd(widths[i] ?? 0)))
      .join("  ")
      .trimEnd();
  return rows.map(line).join("\n");
}
