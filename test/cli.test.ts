// The command line's manners: quick help, near misses named, mistakes told with what to do, nothing lost.
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { fleming } from "./program.ts";

const folder = mkdtempSync(join(tmpdir(), "fleming-cli-"));

test("help lists the stages in the paper's order", async () => {
  const { stdout, code } = await fleming(["--help"]);
  expect(code).toBe(0);
  const order = [
    "discover",
    "synthesize",
    "refine",
    "pretrain",
    "coldstart",
    "reinforce",
    "evaluate",
    "report",
  ];
  const places = order.map((name) => stdout.indexOf(`\n  ${name} `));
  expect(places).toEqual([...places].sort((a, b) => a - b));
  expect(Math.min(...places)).toBeGreaterThan(0);
});

test("a mistyped command and flag name the nearest one and exit with 2", async () => {
  const command = await fleming(["reinforc"]);
  expect([command.code, command.stderr]).toEqual([2, expect.stringContaining("Did you mean reinforce?")]);
  const flag = await fleming(["run", "--sed", "1"]);
  expect([flag.code, flag.stderr]).toEqual([2, expect.stringContaining("--se")]);
});

test("recipe check says what is valid and where it is not", async () => {
  const good = await fleming(["recipe", "check", "recipes/quickstart.yaml"]);
  expect([good.code, good.stdout]).toEqual([0, expect.stringContaining("quickstart: valid")]);
  const path = join(folder, "bad.yaml");
  writeFileSync(path, "name: bad\ndiscover:\n  source: x\nreinforce:\n  stage1:\n    groupSize: 1\n");
  const bad = await fleming(["recipe", "check", path]);
  expect(bad.code).toBe(2);
  expect(bad.stderr).toBe(
    `${path}:6:16  reinforce.stage1.groupSize is 1; GRPO compares answers within a group, so it must be at least 2\n`,
  );
});

test("a source that is not there is one clear error and leaves no stage folder", async () => {
  const run = join(folder, "run");
  const { code, stderr } = await fleming([
    "discover",
    "--run",
    run,
    "--set",
    "discover.source=no/such/folder",
  ]);
  expect(code).toBe(2);
  expect(stderr).toContain('discover: "no/such/folder" does not exist');
});

test("a stage whose inputs are missing says which stage to run", async () => {
  const synthesize = await fleming(["synthesize", "--run", join(folder, "empty")]);
  expect(synthesize.code).toBe(2);
  expect(synthesize.stderr).toContain('"synthesize" reads the outputs of "discover", which has not been run');
  const refine = await fleming(["refine", "--run", join(folder, "empty")]);
  expect([refine.code, refine.stderr]).toEqual([
    2,
    expect.stringContaining('run "fleming synthesize" first'),
  ]);
});

test("trace and graph on a folder without a run say so", async () => {
  const { code, stderr } = await fleming(["graph", "stats", "--run", folder]);
  expect([code, stderr]).toEqual([2, expect.stringContaining("no run is here")]);
});

test("verify reads answers and rewards line by line and counts what it cannot read", async () => {
  const options = { A: "aspirin", B: "warfarin" };
  const reply = "<think> aspirin is right.</think><answer> aspirin</answer>";
  const input = [
    { id: 1, options, reply, gold: ["A"] },
    { id: 2, options, reply: "I cannot tell.", gold: ["A"] },
  ];
  const answers = await fleming(["verify", "answer"], input.map((line) => JSON.stringify(line)).join("\n"));
  const [first, second] = answers.stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect([first.letters, second.letters]).toEqual([["A"], []]);
  const rewards = await fleming(["verify", "reward"], `${JSON.stringify(input[0])}\nnot json\n`);
  expect(JSON.parse(rewards.stdout.split("\n")[0]!)).toMatchObject({ id: 1, correct: 1, total: 1.1 });
  expect([rewards.code, rewards.stderr]).toEqual([
    2,
    expect.stringContaining("1 of 2 lines could not be read"),
  ]);
});
