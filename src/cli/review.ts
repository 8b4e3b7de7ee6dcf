/**
 * `fleming review`: the manual review queue of a run (paper §3.1). Looking needs nothing; deciding needs a reviewer's
 * name, a reason and the run's lock, and changes no question: the next `fleming refine` applies what is settled.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { invariant, UsageError } from "../base/errors.ts";
import { oneLine } from "../base/one-line.ts";
import { openRun, readManifest } from "../base/run-folder.ts";
import type { Decision } from "../records/decision.ts";
import type { Question } from "../records/question.ts";
import { agreement, type PairAgreement } from "../refine/review/agreement.ts";
import { decide } from "../refine/review/decide.ts";
import { auditDecisions } from "../refine/review/decisions.ts";
import { exportQueue, importDecisions } from "../refine/review/exchange.ts";
import { type Queue, type QueueItem, readQueue } from "../refine/review/queue.ts";
import { reviewerKey } from "../refine/review/settle.ts";
import { lettersOf } from "../refine/review/sheet-row.ts";
import { existingRun, wholeNumber } from "./flags.ts";
import { type Output, table } from "./output.ts";
import { describe, lineOf, nextStep, said, shown } from "./review-text.ts";

interface RunFlags {
  readonly run: string;
  readonly json?: boolean;
}

interface Selection {
  readonly status: string;
  readonly kind?: string;
  readonly undecidedBy?: string;
}

interface DecisionFlags extends RunFlags {
  readonly why: string;
  readonly reviewer?: string;
  readonly gold?: string;
  readonly stem?: string;
  readonly option?: readonly string[];
}

const reviewerVariable = "FLEMING_REVIEWER";

/** The queue, one line an item. */
export async function reviewList(
  flags: RunFlags & Selection & { readonly limit?: string },
  output: Output,
): Promise<void> {
  const run = existingRun(flags.run);
  const queue = await readQueue(run);
  const items = select(queue, flags);
  const limit =
    flags.limit === undefined ? (flags.json ? items.length : 40) : wholeNumber(flags.limit, "--limit");
  await warnOfChanges(run, queue, output);
  const counts = countsOf(queue);
  if (flags.json) {
    output.json({ ...counts, reviewers: queue.reviewers, items: items.slice(0, limit).map(shown) });
    return;
  }
  if (items.length > 0)
    output.print(
      table([["id", "kind", "status", "why it is here", "text"], ...items.slice(0, limit).map(lineOf)]),
    );
  if (items.length > limit) output.print(`… and ${items.length - limit} more; --limit shows more`);
  const { open, disagreed, decided } = counts;
  output.print(`${open} open, ${disagreed} disagreed, ${decided} decided`);
}

/** One item with everything that helps to decide on it. */
export async function reviewShow(id: string, flags: RunFlags, output: Output): Promise<void> {
  const run = existingRun(flags.run);
  const queue = await readQueue(run);
  const item = queue.items.find((one) => one.id === id);
  if (item === undefined)
    throw new UsageError(
      `"${id}" is not in the queue; "fleming review list --status all" shows what is, "fleming trace" any question`,
    );
  const trace = item.kind === "label" ? await traceOf(run, item.question) : undefined;
  if (flags.json) output.json({ ...shown(item), ...(trace === undefined ? {} : { trace }) });
  else output.print(describe(item, queue.reviewers, trace));
}

/** The question's path and sentences where the run has a graph, which is loaded for this only. */
async function traceOf(run: string, question: Question): Promise<string | undefined> {
  if (!existsSync(join(run, "discover"))) return undefined;
  const { traceIn } = await import("./trace.ts");
  return await traceIn(run, question);
}

/** Records one decision. */
export async function reviewDecide(
  action: Decision["action"],
  target: string,
  flags: DecisionFlags,
  output: Output,
): Promise<void> {
  const about = { target, reviewer: reviewerOf(flags), time: new Date().toISOString(), why: flags.why };
  const decision = decisionOf(action, about, flags);
  const folder = existingRun(flags.run);
  await using run = await openExisting(folder);
  await decide(run, decision);
  const queue = await readQueue(folder);
  const { status, votes } = queue.items.find(({ id }) => id === target)?.settlement ?? {
    status: "open",
    votes: [],
  };
  if (flags.json) output.json({ decision, status });
  else
    output.print(
      `recorded: ${said(decision)} (${decision.target})\n${nextStep(status, votes.length, queue)}`,
    );
}

function decisionOf(
  action: Decision["action"],
  about: Pick<Decision, "target" | "reviewer" | "time" | "why">,
  { gold: wanted, stem, option }: DecisionFlags,
): Decision {
  const gold = wanted === undefined ? undefined : lettersOf(wanted);
  if (typeof gold === "string" || gold?.length === 0)
    throw new UsageError(`--gold is "${wanted}"; letters of options are expected, such as B or A,C`);
  if (action === "correct") {
    invariant(gold !== undefined, "the command line requires --gold");
    return { action, ...about, gold };
  }
  if (action !== "edit") return { action, ...about };
  if (gold === undefined && stem === undefined && !option?.length)
    throw new UsageError("nothing is changed; give --stem, --option or --gold");
  return {
    action,
    ...about,
    ...(stem === undefined ? {} : { stem }),
    ...(option?.length ? { options: Object.fromEntries(option.map(optionOf)) } : {}),
    ...(gold === undefined ? {} : { gold }),
  };
}

function optionOf(text: string): [string, string] {
  const [, letter, words] = /^\s*([A-Ua-u])\s*=\s*([\s\S]*\S)\s*$/u.exec(text) ?? [];
  if (letter === undefined || words === undefined)
    throw new UsageError(
      `--option is "${text}"; a letter, an equals sign and the text are expected: --option "B=new text"`,
    );
  return [letter.toUpperCase(), words];
}

/** Writes the chosen part of the queue as a sheet. */
export async function reviewExport(
  flags: RunFlags & Selection & { readonly out: string },
  output: Output,
): Promise<void> {
  const items = select(await readQueue(existingRun(flags.run)), flags);
  await exportQueue(flags.out, items);
  if (flags.json) output.json({ out: flags.out, items: items.length });
  else
    output.print(
      `items in ${flags.out}: ${items.length}; fill in action (accept, correct, edit, drop, not-same) and why, then: fleming review import ${flags.out}`,
    );
}

/** Records the decisions of a filled sheet. */
export async function reviewImport(
  file: string,
  flags: RunFlags & { readonly reviewer?: string },
  output: Output,
): Promise<void> {
  const folder = existingRun(flags.run);
  await using run = await openExisting(folder);
  const who = { reviewer: flags.reviewer ?? process.env[reviewerVariable], time: new Date().toISOString() };
  const { recorded, repeated, empty, faults } = await importDecisions(run, file, who);
  const counts = { recorded: recorded.length, repeated, empty, faulty: faults.length };
  if (flags.json) output.json({ ...counts, faults });
  else
    output.print(
      `decisions recorded: ${recorded.length}; already there: ${repeated}; rows not filled in: ${empty}` +
        (recorded.length > 0 ? `\n${nextStep("decided", 0, await readQueue(folder))}` : ""),
    );
  if (faults.length === 0) return;
  for (const { where, reason } of faults) output.log.warn(`${where}: ${oneLine(reason)}`);
  throw new UsageError(
    `${file}: rows not imported: ${faults.length}; mend and import the file again, what is recorded stays as it is`,
  );
}

/** How far reviewers agree. */
export async function reviewAgreement(flags: RunFlags, output: Output): Promise<void> {
  const queue = await readQueue(existingRun(flags.run));
  const of = (kind: QueueItem["kind"]) =>
    agreement(queue.items.filter((item) => item.kind === kind).flatMap((item) => item.decisions));
  const [labels, matches] = [of("label"), of("match")];
  if (flags.json) {
    output.json({ labels, matches, disagreed: countsOf(queue).disagreed });
    return;
  }
  const lines = (kind: string, pairs: readonly PairAgreement[]): string[][] =>
    pairs.map(({ reviewers, items, alike, raw, kappa, ac1 }) => [
      kind,
      reviewers.map(oneLine).join(" and "),
      String(items),
      String(alike),
      `${(100 * raw).toFixed(1)}%`,
      kappa?.toFixed(3) ?? "not defined",
      ac1.toFixed(3),
    ]);
  const rows = [...lines("labels", labels.pairs), ...lines("matches", matches.pairs)];
  if (rows.length === 0) output.print("no item has been decided by two reviewers yet");
  else
    output.print(
      `${table([["of", "reviewers", "items", "alike", "raw", "Cohen's kappa", "Gwet's AC1"], ...rows])}\n` +
        `from the first decision of each; ${countsOf(queue).disagreed} still disagreed`,
    );
}

function reviewerOf({ reviewer = process.env[reviewerVariable] }: DecisionFlags): string {
  if (reviewer === undefined || reviewer.trim() === "")
    throw new UsageError(
      `who decides? Give --reviewer <name>, or set ${reviewerVariable}; the name goes into the run's ledger`,
    );
  return reviewer.trim();
}

/** The run with its lock held, as it is. */
async function openExisting(folder: string) {
  const manifest = await readManifest(folder);
  invariant(manifest !== undefined, `${folder} has a manifest, as it was looked for`);
  return await openRun(folder, manifest);
}

function select({ items }: Queue, { status, kind, undecidedBy }: Selection): QueueItem[] {
  return items.filter(
    ({ settlement, kind: found }) =>
      (status === "all" || settlement.status === status) &&
      (kind === undefined || found === kind) &&
      (undecidedBy === undefined ||
        !settlement.votes.some(({ reviewer }) => reviewerKey(reviewer) === reviewerKey(undecidedBy))),
  );
}

function countsOf({ items }: Queue): Record<"open" | "decided" | "disagreed", number> {
  const counts = { open: 0, decided: 0, disagreed: 0 };
  for (const { settlement } of items) counts[settlement.status] += 1;
  return counts;
}

/** Says what the ledger and the queue do not know of the decisions. */
async function warnOfChanges(run: string, { strays }: Queue, { log }: Output): Promise<void> {
  const { notInLedger, notInFile } = await auditDecisions(run);
  if (notInLedger > 0)
    log.warn(
      `review/decisions.jsonl was changed by hand: the ledger does not know ${notInLedger} of its lines`,
    );
  if (notInFile.length > 0)
    log.warn(
      `review/decisions.jsonl lacks ${notInFile.length} decisions of the ledger (${someOf(notInFile)}): the file was changed ` +
        "by hand, or the program was stopped while it recorded them; record the same decision again to settle it",
    );
  if (strays.length > 0)
    log.warn(
      `decisions that nothing follows from, as this run no longer has the question or match, or the format filter drops it: ${strays.length}`,
    );
}

/** The first few of many, on one line. */
function someOf(texts: readonly string[]): string {
  return `${texts.slice(0, 3).map(oneLine).join(", ")}${texts.length > 3 ? ", …" : ""}`;
}
