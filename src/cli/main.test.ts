// How the program ends when it is stopped or nobody reads on: as a child process, from its sources.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";

const start = (args: readonly string[]) =>
  spawn(process.execPath, ["--import", "tsx", "src/cli/main.ts", ...args], {
    stdio: ["ignore", "pipe", "pipe"],
  });

test("Ctrl-C while pages are read ends with 130 and one line, and the run folder is free", async () => {
  const run = join(mkdtempSync(join(tmpdir(), "fleming-stop-")), "run");
  const child = start(["discover", "--run", run, "--set", "discover.workers=1"]);
  let said = "";
  child.stderr.on("data", (chunk) => {
    if (said === "") child.kill("SIGINT");
    said += String(chunk);
  });
  const [code] = await once(child, "close");
  expect([code, said.trim().split("\n").at(-1)]).toEqual([130, "stopped; run the same command to go on"]);
  expect(said).not.toMatch(/mistake| {4}at /u);
  expect(existsSync(join(run, "lock"))).toBe(false);
});

test("a reader that has seen enough ends the program quietly", async () => {
  const child = start(["recipe", "explain", "--schema"]);
  let said = "";
  child.stderr.on("data", (chunk) => {
    said += String(chunk);
  });
  child.stdout.destroy();
  const [code] = await once(child, "close");
  expect([code, said]).toEqual([0, ""]);
});
