// Decisions in a run folder: checked, told to the ledger, appended, and found again.
import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { writeJsonl } from "../../base/jsonl.ts";
import { readLedger } from "../../base/ledger.ts";
import { type Decision, decisionSchema } from "../../records/decision.ts";
import { anonymise } from "../anonymise/anonymise.ts";
import { decide, decideAll } from "./decide.ts";
import { auditDecisions, decisionsFile, decisionsOf } from "./decisions.ts";
import { flagged, goutQuestion, match, passed, reviewRun } from "./fixtures/review-run.ts";
import { readQueue } from "./queue.ts";

const said = (reviewer: string, target: string, what: object): Decision =>
  decisionSchema.parse({ reviewer, target, time: "2026-01-01T00:00:00.000Z", why: "it is so", ...what });
const fresh = (): string => mkdtempSync(join(tmpdir(), "fleming-review-"));
const [one, two] = flagged;

test("decisions settle items, join the ledger with their hash, and unflagged questions join the queue", async () => {
  const path = fresh();
  await using run = await reviewRun(path, 2);
  await decide(run, said("ann", one.id, { action: "accept" }));
  await decide(run, said("bob", one.id, { action: "accept" }));
  await decide(run, said("ann", two.id, { action: "edit", stem: "What helps in acute gout?" }));
  await decide(run, said("bob", two.id, { action: "drop" }));
  await decide(run, said("ann", match.id, { action: "notSame" }));
  await decide(run, said("ann", passed.id, { action: "drop" }));
  const { items, strays, reviewers } = await readQueue(path);
  expect([strays, reviewers]).toEqual([[], 2]);
  expect(items.map(({ id, kind, settlement }) => [id, kind, settlement.status])).toEqual([
    [one.id, "label", "decided"],
    [two.id, "label", "disagreed"],
    [match.id, "match", "open"],
    [passed.id, "label", "open"],
  ]);
  expect(items[3]).toMatchObject({ reason: "not flagged" });
  const entries = (await readLedger(join(path, "ledger.jsonl"))).filter(({ event }) => event === "decision");
  expect(entries.map(({ details }) => [details.reviewer, details.action, details.target])).toEqual([
    ["ann", "accept", one.id],
    ["bob", "accept", one.id],
    ["ann", "edit", two.id],
    ["bob", "drop", two.id],
    ["ann", "notSame", match.id],
    ["ann", "drop", passed.id],
  ]);
  expect(entries[2]!.details).toMatchObject({ why: "it is so", time: "2026-01-01T00:00:00.000Z" });
  expect(entries[2]!.details.becomes).toMatch(/^q-[0-9a-f]{16}$/);
  expect(JSON.stringify(entries)).not.toContain("acute gout");
  expect(await auditDecisions(path)).toEqual({ notInLedger: 0, notInFile: [] });
});

test("a decision that does not fit is refused with the reason and leaves no trace", async () => {
  const path = fresh();
  await using run = await reviewRun(path, 1);
  await decide(run, said("ann", one.id, { action: "accept" }));
  const decisions = [
    said("ann", "q-none", { action: "drop" }),
    said("ann", one.id, { action: "notSame" }),
    said("ann", one.id, { action: "correct", gold: ["F"] }),
    said("ann", one.id, { action: "correct", gold: ["B"] }),
    said("ann", one.id, { action: "edit", stem: one.stem }),
    said("ann", match.id, { action: "drop" }),
    said(" ", one.id, { action: "drop" }),
    { ...said("ann", one.id, { action: "drop" }), why: " " },
    said("ann", one.id, { action: "accept" }),
  ];
  const verdicts = await decideAll(run, decisions);
  expect(verdicts.map((verdict) => (verdict.kind === "fault" ? verdict.reason : verdict.kind))).toEqual([
    expect.stringContaining('"q-none" is no question'),
    expect.stringContaining("is a question; only a match"),
    'there is no option "F"; the question has A, B, C',
    "B is the label it has; accept it instead",
    "the edit changes nothing",
    expect.stringContaining(`decide on ${passed.id}`),
    "nobody is named as the reviewer",
    "a decision needs a reason (why)",
    "repeated",
  ]);
  await expect(decide(run, decisions[0]!)).rejects.toThrow("q-none");
  await expect(decide(run, decisions[8]!)).rejects.toThrow("ann has decided so");
  expect(await decisionsOf(path)).toHaveLength(1);
  const drop = said("ann", one.id, { action: "drop" });
  expect((await decideAll(run, [drop, drop, decisions[8]!])).map(({ kind }) => kind)).toEqual([
    "recorded",
    "repeated",
    "recorded",
  ]);
});

test("lines added or taken out by hand show, half a line is mended, a line that is no decision is named", async () => {
  const path = fresh();
  await using run = await reviewRun(path, 1);
  const file = join(path, decisionsFile);
  await decide(run, said("ann", one.id, { action: "accept" }));
  appendFileSync(file, '{"action":"dro');
  expect(await decisionsOf(path)).toHaveLength(1);
  await decide(run, said("ann", two.id, { action: "drop" }));
  expect(await decisionsOf(path)).toHaveLength(2);
  const lines = readFileSync(file, "utf8").split("\n");
  const forged = said("bob", one.id, { action: "drop" });
  writeFileSync(file, `${lines[1]}\n${JSON.stringify(forged)}\n`);
  expect(await auditDecisions(path)).toEqual({ notInLedger: 1, notInFile: [`ann accept ${one.id}`] });
  appendFileSync(file, `${JSON.stringify({ ...forged, action: "guess" })}\n`);
  await expect(readQueue(path)).rejects.toThrow(`${file}:3: not a decision`);
});

test("decisions on what the run no longer has are strays; a run without refine says so", async () => {
  const path = fresh();
  await using run = await reviewRun(path, 1);
  await decide(run, said("ann", one.id, { action: "accept" }));
  writeFileSync(join(path, "refine", "review.jsonl"), "");
  expect((await readQueue(path)).strays).toHaveLength(1);
  await expect(readQueue(fresh())).rejects.toThrow('run "fleming refine"');
});

test("what refine would never follow is refused with the reason, and what it left out later can be decided on", async () => {
  const path = fresh();
  await using run = await reviewRun(path, 1);
  const [dropped, thinned, repeated, fresher, guarded] = ["cut", "thin", "twice", "new", "set"].map((word) =>
    goutQuestion(`Which ${word} drug treats gout?`),
  ) as [typeof one, typeof one, typeof one, typeof one, typeof one];
  const [raw, rawThinned] = ["has gout", "suffers from gout"].map((word) =>
    goutQuestion(`Patient name: Anna Meier, ${word}. Which drug treats it?`),
  ) as [typeof one, typeof one];
  const [named, namedThinned] = [raw, rawThinned].map((question) => anonymise(question).question);
  expect(named!.id).not.toBe(raw.id);
  for (const folder of ["synthesize", "curate/medqa"]) mkdirSync(join(path, folder), { recursive: true });
  const made = [dropped, thinned, repeated, fresher, raw, rawThinned];
  await writeJsonl(join(path, "synthesize", "questions.jsonl"), made);
  await writeJsonl(join(path, "curate", "medqa", "questions.jsonl"), [guarded]);
  await writeJsonl(join(path, "refine", "test.jsonl"), [named]);
  const thin = { step: "split", rule: "wordings", reason: "its path has 9 questions" };
  await writeJsonl(
    join(path, "refine", "unused.jsonl"),
    [thinned.id, namedThinned!.id, "q-edited"].map((id) => ({ id, ...thin })),
  );
  await writeJsonl(join(path, "refine", "rejects.jsonl"), [
    { stage: "refine", item: dropped.id, reason: "format: cutStem: ends in a word of the middle" },
    { stage: "refine", item: repeated.id, reason: "duplicates: repeats q-1 (1.000)" },
  ]);
  const ids = [dropped, thinned, repeated, fresher, guarded, raw, named!, namedThinned!].map(({ id }) => id);
  const verdicts = await decideAll(
    run,
    [...ids, "q-edited"].map((id) => said("ann", id, { action: "drop" })),
  );
  expect(verdicts.map((verdict) => (verdict.kind === "fault" ? verdict.reason : verdict.kind))).toEqual([
    `${dropped.id} was dropped by the format filter: cutStem: ends in a word of the middle; mend the generator or the set`,
    "recorded",
    "recorded",
    expect.stringContaining('refine has not read it; run "fleming refine" first'),
    expect.stringContaining("is in curate/medqa/questions.jsonl, and refine has not read it"),
    `${raw.id} holds personal data, and once anonymised its id is ${named!.id}; decide on that one`,
    "recorded",
    "recorded",
    expect.stringContaining("take the question that it was edited from"),
  ]);
  expect((await readQueue(path)).strays).toEqual([]);
});

test("a decision that a kill kept from the file is settled by recording it again", async () => {
  const path = fresh();
  await using run = await reviewRun(path, 1);
  const file = join(path, decisionsFile);
  const edit = said("Ann", one.id, { action: "edit", stem: "What helps in acute gout?" });
  await decide(run, edit);
  writeFileSync(file, "");
  const lost = { notInLedger: 0, notInFile: [`Ann edit ${one.id}`] };
  expect(await auditDecisions(path)).toEqual(lost);
  await decide(run, said("bob", one.id, { action: "edit", stem: "What helps in acute gout?" }));
  await decide(run, said("ann", one.id, { action: "edit", stem: "What helps in old gout?" }));
  expect(await auditDecisions(path)).toEqual(lost);
  await decide(run, { ...edit, reviewer: "ann", time: "2026-01-02T00:00:00.000Z" });
  expect(await auditDecisions(path)).toEqual({ notInLedger: 0, notInFile: [] });
});

test("a reviewer in another spelling has decided so already", async () => {
  await using run = await reviewRun(fresh(), 2);
  await decide(run, said("Ann", one.id, { action: "accept" }));
  await expect(decide(run, said("ann ", one.id, { action: "accept" }))).rejects.toThrow("has decided so");
});
