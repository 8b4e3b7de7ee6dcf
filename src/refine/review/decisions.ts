/**
 * The decisions of a run, `review/decisions.jsonl`: outside the stage folders, as they outlive every run of refine,
 * and only ever appended. Each is told to the run's ledger first, with its hash, so that a line which was changed,
 * added or removed by hand shows.
 *
 * Invariant: both files are written by whoever holds the run's lock.
 */
import { existsSync } from "node:fs";
import { appendFile, mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { boundary, UsageError } from "../../base/errors.ts";
import { hashJson } from "../../base/hash.ts";
import { mendTail, tryJson } from "../../base/jsonl.ts";
import { readLedger } from "../../base/ledger.ts";
import type { RunFolder } from "../../base/run-folder.ts";
import { type Decision, decisionSchema } from "../../records/decision.ts";
import { reviewerKey } from "./settle.ts";

const folderName = "review";
const fileName = "decisions.jsonl";
const ledgerEvent = "decision";

/** The decisions of a run, relative to its folder. */
export const decisionsFile = `${folderName}/${fileName}`;

/** All decisions in the folder `review` of a run, in the order in which they were made; none where it is not there. */
export async function readDecisions(folder: string): Promise<Decision[]> {
  const path = join(folder, fileName);
  if (!existsSync(path)) return [];
  const text = await boundary(path, () => readFile(path, "utf8"));
  // A kill can leave half a line at the end: that decision was not made.
  const lines = text.slice(0, text.lastIndexOf("\n") + 1).split("\n");
  return lines.flatMap((line, index) => {
    if (line.trim() === "") return [];
    const parsed = decisionSchema.safeParse(tryJson(line));
    if (parsed.success) return [parsed.data];
    const issue = parsed.error.issues[0];
    throw new UsageError(
      `${path}:${index + 1}: not a decision (${issue?.path.join(".") || "line"}: ${issue?.message ?? "does not fit"}); ` +
        "mend the line or remove it",
    );
  });
}

/** The decisions of the run in a folder. */
export async function decisionsOf(run: string): Promise<Decision[]> {
  return await readDecisions(join(run, folderName));
}

/** Appends a decision to the ledger and to the file; `becomes` is the id of the edited question. */
export async function recordDecision(run: RunFolder, decision: Decision, becomes?: string): Promise<void> {
  const { action, target, reviewer, time, why } = decision;
  const folder = join(run.path, folderName);
  const path = join(folder, fileName);
  await boundary(path, async () => {
    await mkdir(folder, { recursive: true });
    if (existsSync(path)) await mendTail(path);
    await run.ledger.append(ledgerEvent, {
      decision: hashJson(decision),
      ...{ action, target, reviewer, time, why },
      ...("gold" in decision && decision.gold !== undefined ? { gold: decision.gold } : {}),
      ...(becomes === undefined ? {} : { becomes }),
    });
    await appendFile(path, `${JSON.stringify(decision)}\n`);
  });
}

/** How the file and the ledger differ. */
interface DecisionAudit {
  /** Decisions of the file that the ledger does not know: they were written by hand. */
  readonly notInLedger: number;
  /**
   * Decisions of the ledger that the file lacks, as "reviewer action target": taken out by hand, or never written
   * because a kill came between the two files. One that was recorded again later, the same but for its time, counts
   * no more.
   */
  readonly notInFile: readonly string[];
}

const entrySchema = z.looseObject({
  decision: z.string(),
  ...{ action: z.string(), target: z.string(), reviewer: z.string(), time: z.string(), why: z.string() },
});

/** Holds the decisions of a run against its ledger, whose chain is checked on the way. */
export async function auditDecisions(run: string): Promise<DecisionAudit> {
  const told = (await readLedger(join(run, "ledger.jsonl"))).flatMap(({ event, details }) => {
    const entry = entrySchema.safeParse(details);
    return event === ledgerEvent && entry.success ? [entry.data] : [];
  });
  const made = await decisionsOf(run);
  const file = new Map(made.map((decision) => [hashJson(decision), decision]));
  const ledger = new Set(told.map(({ decision }) => decision));
  const lost = told.filter(
    (entry, at) =>
      !file.has(entry.decision) &&
      !told.slice(at + 1).some(({ decision }) => isAgain(file.get(decision), entry)),
  );
  return {
    notInLedger: made.filter((decision) => !ledger.has(hashJson(decision))).length,
    notInFile: lost.map(({ reviewer, action, target }) => `${reviewer} ${action} ${target}`),
  };
}

/** Whether a decision says what the ledger's entry does; the entry has no words, so its hash tells. */
function isAgain(decision: Decision | undefined, entry: z.infer<typeof entrySchema>): boolean {
  if (decision === undefined || decision.target !== entry.target) return false;
  if (reviewerKey(decision.reviewer) !== reviewerKey(entry.reviewer)) return false;
  const { time, why, reviewer } = entry;
  return hashJson({ ...decision, time, why, reviewer }) === entry.decision;
}
