// A lock belongs to a living process: a killed one that nobody waited for does not keep a run from going on.
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { expect, test } from "vitest";
import { openRun } from "./run-folder.ts";

const manifest = { recipe: "x", seed: 1, version: "0", settings: {} };

test.skipIf(!existsSync("/proc/self/stat"))("the lock of a zombie is taken over (needs /proc)", async () => {
  const folder = mkdtempSync(join(tmpdir(), "fleming-lock-"));
  // The shell starts a child and becomes a program that never waits for it.
  const parent = spawn("sh", ["-c", "sleep 0 & echo $!; exec sleep 20"]);
  try {
    const pid = Number(
      await new Promise((settle) => parent.stdout.once("data", (data) => settle(String(data)))),
    );
    while (!/\) Z/u.test(readFileSync(`/proc/${pid}/stat`, "utf8"))) await pause(20);
    writeFileSync(join(folder, "lock"), String(pid));
    await using run = await openRun(folder, manifest);
    expect(readFileSync(join(run.path, "lock"), "utf8")).toBe(String(process.pid));
  } finally {
    parent.kill();
  }
});
