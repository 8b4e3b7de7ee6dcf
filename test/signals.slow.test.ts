// What signals do to the compiled program in the middle of reinforcement: stop and save, pause and go on, end at once.
// Checkpoints are made by the signals alone (saveEvery is out of reach), so a resumed run shows what they kept.
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { fleming, reproducibleFiles, start } from "./program.ts";

const folder = mkdtempSync(join(tmpdir(), "fleming-signals-"));
const prepared = join(folder, "prepared");
const undisturbed = join(folder, "undisturbed");
const reinforce = (run: string, ...more: string[]): string[] => [
  ...["reinforce", "recipes/tiny.yaml", "--run", run, "--set", "reinforce.saveEvery=1000"],
  ...["--set", "reinforce.stage1.steps=16", "--set", "reinforce.stage2.stepsPerRound=8"],
  ...["--set", "reinforce.controls=[]", ...more],
];

beforeAll(async () => {
  const stages = "stages=[discover,synthesize,refine,pretrain,coldstart]";
  const settings = reinforce(prepared).slice(4);
  const before = await fleming(["run", "recipes/tiny.yaml", "--run", prepared, ...settings, "--set", stages]);
  expect([before.code, before.stderr]).toEqual([0, expect.stringContaining("coldstart: done")]);
  cpSync(prepared, undisturbed, { recursive: true });
  const whole = await fleming(reinforce(undisturbed));
  expect([whole.code, whole.stderr]).toEqual([0, expect.stringContaining("reinforce: done")]);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function copy(name: string): string {
  const run = join(folder, name);
  cpSync(prepared, run, { recursive: true });
  return run;
}

/** Steps of a series that are in the metrics. */
function stepsOf(run: string, series: string): number {
  const file = join(run, "metrics.jsonl");
  if (!existsSync(file)) return 0;
  return readFileSync(file, "utf8").split(`"series":"reinforce/${series}"`).length - 1;
}

async function until(holds: () => boolean): Promise<void> {
  for (let waited = 0; !holds(); waited += 20) {
    expect(waited, "nothing came within a minute").toBeLessThan(60_000);
    await sleep(20);
  }
}

test("SIGINT and SIGTERM save the step and say so, and the run ends in the same bytes", async () => {
  const run = copy("stopped");
  const stops = [
    { series: "stage1", steps: 5, signal: "SIGINT", code: 130 },
    { series: "stage2", steps: 3, signal: "SIGTERM", code: 143 },
  ] as const;
  for (const { series, steps, signal, code } of stops) {
    const { child, outcome } = start(reinforce(run));
    await until(() => stepsOf(run, series) >= steps);
    // As a terminal does it: the engine's process gets the signal too.
    process.kill(-child.pid!, signal);
    const ended = await outcome;
    expect(ended.code).toBe(code);
    const said = new RegExp(
      `reinforce/${series}: stopped at step (\\d+), with a checkpoint of it; run the same command to go on\\n$`,
      "u",
    );
    expect(ended.stderr).toMatch(said);
    expect(Number(said.exec(ended.stderr)![1])).toBe(stepsOf(run, series));
    expect(existsSync(join(run, "lock"))).toBe(false);
  }
  const last = await fleming(reinforce(run));
  expect([last.code, last.stderr]).toEqual([
    0,
    expect.stringMatching(/reinforce\/stage2 goes on from step \d/u),
  ]);
  expect(reproducibleFiles(run)).toEqual(reproducibleFiles(undisturbed));
});

test("SIGUSR2 pauses with a checkpoint and goes on; a pause changes nothing", async () => {
  const run = copy("paused");
  const { child, outcome } = start(reinforce(run));
  let said = "";
  child.stderr!.on("data", (chunk) => (said += String(chunk)));
  await until(() => stepsOf(run, "stage1") >= 4);
  process.kill(-child.pid!, "SIGUSR2");
  await until(() => said.includes("paused; "));
  const steps = stepsOf(run, "stage1");
  expect(said).toContain(`reinforce/stage1: a checkpoint is kept at step ${steps}`);
  const { step } = JSON.parse(
    readFileSync(join(run, "scratch/reinforce/stage1/training/progress.json"), "utf8"),
  ) as { step: number };
  expect(step).toBe(steps);
  const busy = processorTime(child.pid!);
  await sleep(2000);
  expect(stepsOf(run, "stage1")).toBe(steps);
  if (busy !== undefined) expect(processorTime(child.pid!)! - busy).toBeLessThan(0.2);
  process.kill(child.pid!, "SIGUSR2");
  expect((await outcome).code).toBe(0);
  expect(reproducibleFiles(run)).toEqual(reproducibleFiles(undisturbed));
});

/** Seconds of the processor that a process and its children have used, where the system tells. */
function processorTime(pid: number): number | undefined {
  const children = `/proc/${pid}/task/${pid}/children`;
  if (!existsSync(children)) return undefined;
  const all = [pid, ...readFileSync(children, "utf8").split(" ").filter(Boolean).map(Number)];
  const ticks = all.map((one) => {
    const fields = readFileSync(`/proc/${one}/stat`, "utf8").split(") ")[1]!.split(" ");
    return Number(fields[11]) + Number(fields[12]);
  });
  return ticks.reduce((sum, own) => sum + own, 0) / 100;
}

test("a stop ends a pause, and the run goes on from there", async () => {
  const run = copy("paused-stopped");
  const { child, outcome } = start(reinforce(run));
  let said = "";
  child.stderr!.on("data", (chunk) => (said += String(chunk)));
  await until(() => stepsOf(run, "stage1") >= 2);
  child.kill("SIGUSR2");
  await until(() => said.includes("paused; "));
  child.kill("SIGTERM");
  expect((await outcome).code).toBe(143);
  expect((await fleming(reinforce(run))).code).toBe(0);
  expect(reproducibleFiles(run)).toEqual(reproducibleFiles(undisturbed));
});

test("the second Ctrl-C ends at once, and a press that comes twice is one", async () => {
  const run = copy("hasty");
  // A step of many seconds.
  const { child, outcome } = start(reinforce(run, "--set", "reinforce.stage1.groupSize=1500"));
  let said = "";
  child.stderr!.on("data", (chunk) => (said += String(chunk)));
  await until(() => existsSync(join(run, "scratch/reinforce/stage1/training")));
  await sleep(500);
  child.kill("SIGINT");
  child.kill("SIGINT");
  await until(() => said.includes("stopping after this step"));
  await sleep(600);
  expect(child.exitCode).toBe(null);
  const pressedAt = performance.now();
  child.kill("SIGINT");
  const { code, stderr } = await outcome;
  expect([code, stderr]).toEqual([130, expect.stringContaining("ended at once")]);
  expect(performance.now() - pressedAt).toBeLessThan(1500);
  expect((await fleming(reinforce(run))).code).toBe(0);
  expect(reproducibleFiles(run)).toEqual(reproducibleFiles(undisturbed));
});
