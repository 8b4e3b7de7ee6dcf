// Manual review as a person does it: list, show, decide, exchange a sheet, agree, all with the compiled program.
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { readLedger } from "../src/base/ledger.ts";
import { formatCsv, parseCsv } from "../src/refine/review/csv.ts";
import { flagged, match, reviewRun, writeReviewGraph } from "../src/refine/review/fixtures/review-run.ts";
import { fleming, type Outcome } from "./program.ts";

const run = join(mkdtempSync(join(tmpdir(), "fleming-review-cli-")), "run");
const [one, two] = flagged;
const review = (...args: string[]): Promise<Outcome> => fleming(["review", ...args, "--run", run]);
const by = (reviewer: string): string[] => ["--why", "it is so", "--reviewer", reviewer];

beforeAll(async () => {
  await using _run = await reviewRun(run, 2);
  await writeReviewGraph(run);
});

test("show gives the label, each reply without control characters, and the path down to the sentence", async () => {
  const { stdout, code } = await review("show", one.id);
  expect(code).toBe(0);
  expect(stdout).toContain("* B. colchicine");
  expect(stdout).toContain("0 of 5 trials reach the label");
  expect(stdout).toContain("Gout —TREATED_WITH→ Colchicine");
  expect(stdout).toContain('"Gout is linked to [[colchicine]]"');
  expect(stdout).toContain("5. no answer (truncated)");
  expect(stdout).toContain("It is salbutamol.�[31m Answer: A");
  const sides = await review("show", match.id);
  expect(sides.stdout).toMatch(
    /^A man of 50 has gout\. Which drug is given\? +\| A man of 50 has gout\. Which/mu,
  );
});

test("a decision needs a name, and of two reviewers each judges alone until both agree", async () => {
  const nobody = await review("accept", one.id, "--why", "right");
  expect([nobody.code, nobody.stderr]).toEqual([2, expect.stringContaining("--reviewer <name>")]);
  const first = await review("correct", one.id, "--gold", "A", ...by("ann"));
  expect([first.code, first.stdout]).toEqual([0, expect.stringContaining("still open: 1 of 2 reviewers")]);
  const alone = await review("show", one.id);
  expect(alone.stdout).toContain("ann decided; what is shown when enough have");
  const second = await review("edit", one.id, "--gold", "a", ...by("bob"));
  expect(second.stdout).toContain('the next "fleming refine" (or "run") applies it');
});

test("list, ledger and agreement follow what reviewers decide", async () => {
  await review("drop", two.id, ...by("ann"));
  const apart = await review(
    "edit",
    two.id,
    "--option",
    "C=thyroxine",
    "--stem",
    "What helps?",
    ...by("bob"),
  );
  expect(apart.stdout).toContain("the reviewers disagree");
  await review("not-same", match.id, ...by("ann"));
  const { stdout } = await review("list", "--status", "all", "--json");
  const listed = JSON.parse(stdout);
  expect(listed).toMatchObject({ open: 1, decided: 1, disagreed: 1, reviewers: 2 });
  expect((await review("list", "--kind", "match")).stdout).toContain("m-1  match  open");
  const events = (await readLedger(join(run, "ledger.jsonl"))).map(({ event }) => event);
  expect(events.filter((event) => event === "decision")).toHaveLength(5);
  const agreed = (await review("agreement")).stdout;
  expect(agreed).toMatch(/^labels +ann and bob +2 +1 +50\.0%/mu);
});

test("a sheet goes out, is filled in and comes back; a bad row is named and ends in exit code 2", async () => {
  const sheet = join(run, "queue.csv");
  expect((await review("export", "--status", "all", "--out", sheet)).stdout).toContain(": 3; fill in");
  const rows = parseCsv(readFileSync(sheet, "utf8")).map(({ cells }) => [...cells]);
  const column = (name: string): number => rows[0]!.indexOf(name);
  rows[2]![column("action")] = "drop";
  rows[2]![column("why")] = "two options are right";
  rows[3]![column("action")] = "not-same";
  writeFileSync(sheet, formatCsv(rows));
  const { code, stdout, stderr } = await review("import", sheet, "--reviewer", "cy");
  expect([code, stdout]).toEqual([
    2,
    expect.stringContaining("decisions recorded: 1; already there: 0; rows not filled in: 1"),
  ]);
  expect(stderr).toContain("why is empty; a decision needs a reason");
  const shown = await review("show", two.id);
  expect(shown.stdout).toContain("decided, 3 of 2 reviewers");
  expect(shown.stdout).toContain("cy drops: two options are right");
});

test("decisions that were changed by hand are told of", async () => {
  const file = join(run, "review", "decisions.jsonl");
  writeFileSync(file, readFileSync(file, "utf8").replace('"ann"', '"eve"'));
  const { stderr } = await review("list");
  expect(stderr).toContain("the ledger does not know 1 of its lines");
});
