/**
 * The ledger of a run: one line an event, each holding the hash of the line before it, so that a later change of any
 * line shows (docs: an audit log proves order and integrity only together with its head hash kept elsewhere).
 *
 * A kill can leave half a line at the end; opening the ledger removes that half line and nothing else.
 */
import { existsSync } from "node:fs";
import { appendFile, readFile, truncate } from "node:fs/promises";
import { z } from "zod";
import { UsageError } from "./errors.ts";
import { sha256 } from "./hash.ts";
import { tryJson } from "./jsonl.ts";

const entrySchema = z.strictObject({
  sequence: z.int().nonnegative(),
  time: z.string(),
  event: z.string(),
  details: z.record(z.string(), z.unknown()),
  previous: z.string(),
  hash: z.string(),
});

export type LedgerEntry = z.infer<typeof entrySchema>;

export interface Ledger {
  append(event: string, details: Readonly<Record<string, unknown>>): Promise<LedgerEntry>;
}

/** Opens a ledger for appending and checks its last line; creates it with the first event. */
export async function openLedger(path: string, now: () => Date = () => new Date()): Promise<Ledger> {
  const entries = await readLedger(path, { mendTail: true });
  let last = entries.at(-1);
  return {
    async append(event, details) {
      const body = {
        sequence: last === undefined ? 0 : last.sequence + 1,
        time: now().toISOString(),
        event,
        details,
        previous: last?.hash ?? "",
      };
      last = { ...body, hash: hashOf(body) };
      await appendFile(path, `${JSON.stringify(last)}\n`);
      return last;
    },
  };
}

/** All entries, with the chain checked from the first to the last; a broken link is an error that names the entry. */
export async function readLedger(path: string, options = { mendTail: false }): Promise<LedgerEntry[]> {
  if (!existsSync(path)) return [];
  const text = await readFile(path, "utf8");
  const whole = text.slice(0, text.lastIndexOf("\n") + 1);
  if (whole.length < text.length) {
    if (!options.mendTail)
      throw new UsageError(`${path}: the last line is cut off; run the recipe again to mend it`);
    await truncate(path, Buffer.byteLength(whole));
  }
  const entries: LedgerEntry[] = [];
  for (const [index, line] of whole.split("\n").slice(0, -1).entries()) {
    const entry = entrySchema.safeParse(tryJson(line));
    const where = `${path}:${index + 1}`;
    if (!entry.success) throw new UsageError(`${where}: not a ledger entry: "${line.slice(0, 60)}"`);
    const { hash, ...body } = entry.data;
    if (body.previous !== (entries.at(-1)?.hash ?? "") || body.sequence !== index || hashOf(body) !== hash)
      throw new UsageError(
        `${where}: entry ${body.sequence} ("${body.event}") does not fit the chain; it was changed`,
      );
    entries.push(entry.data);
  }
  return entries;
}

function hashOf(body: Omit<LedgerEntry, "hash">): string {
  return sha256(JSON.stringify([body.sequence, body.time, body.event, body.details, body.previous]));
}
