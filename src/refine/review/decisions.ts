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
import { boundary, UsageError } from "../../base/errors.ts";
import { hashJson } from "../../base/hash.ts";
import { mendTail, tryJson } from "../../base/jsonl.ts";
import { readLedger } from "../../base/ledger.ts";
import type { RunFolder } from "../../base/run-folder.ts";
import { type Decision, decisionSchema } from "../../records/decision.ts";

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

/** How the file and the ledger differ: both 0 where nobody changed the file by hand. */
interface DecisionAudit {
  /** Decisions of the file that the ledger does not know. */
  readonly notInLedger: number;
  /** Decisions of the ledger that the file has lost. */
  readonly notInFile: number;
}

/** Holds the decisions of a run against its ledger, whose chain is checked on the way. */
export async function auditDecisions(run: string): Promise<DecisionAudit> {
  const told = (await readLedger(join(run, "ledger.jsonl")))
    .filter(({ event }) => event === ledgerEvent)
    .map(({ details }) => details.decision);
  const made = (await decisionsOf(run)).map((decision) => hashJson(decision));
  const [ledger, file] = [new Set(told), new Set<unknown>(made)];
  return {
    notInLedger: made.filter((hash) => !ledger.has(hash)).length,
    notInFile: [...ledger].filter((hash) => !file.has(hash)).length,
  };
}
