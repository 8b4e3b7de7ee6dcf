// The compiled program as a user runs it, for the tests that cross folders. `npm test` compiles first.
import { type ChildProcess, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";

export const root = resolve(import.meta.dirname, "..");
const main = join(root, "dist/cli/main.js");

export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Starts a command; the caller may kill it. It gets a process group of its own, as its engine is a child. */
export function start(
  args: readonly string[],
  cwd = root,
): { child: ChildProcess; outcome: Promise<Outcome> } {
  const child = spawn(process.execPath, [main, ...args], {
    cwd,
    detached: true,
    stdio: ["pipe", "pipe", "pipe"],
  });
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (chunk) => (stdout += String(chunk)));
  child.stderr.on("data", (chunk) => (stderr += String(chunk)));
  const outcome = new Promise<Outcome>((settle) =>
    child.on("close", (code) => settle({ code, stdout, stderr })),
  );
  return { child, outcome };
}

/** Runs a command to its end, with text on standard input. */
export async function fleming(args: readonly string[], input = "", cwd = root): Promise<Outcome> {
  const { child, outcome } = start(args, cwd);
  child.stdin!.end(input);
  return await outcome;
}

/** Hash of every file of a run that must repeat to the byte: all but the ledger, the clock and the lock. */
export function reproducibleFiles(run: string): Record<string, string> {
  const files = readdirSync(run, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(run, join(entry.parentPath, entry.name)))
    .filter((file) => !["ledger.jsonl", "clock.jsonl", "lock"].includes(file))
    .sort();
  return Object.fromEntries(
    files.map((file) => [
      file,
      createHash("sha256")
        .update(readFileSync(join(run, file)))
        .digest("hex"),
    ]),
  );
}
