/**
 * The journal of the agent: what it asked the source and what came back, so that a killed run, or a later one with a
 * larger budget, reads the same pages in the same order without asking again, and then goes on.
 *
 * JSON Lines, only ever appended to. The first line says what the journal is for, the second holds the seeds, then
 * each batch: a line for each page, redirect and missing title, and a line that closes the batch. A batch without
 * its closing line is asked for again.
 *
 * Invariant: one process writes a journal; what stands before the last closing line is never changed.
 */
import { existsSync } from "node:fs";
import { type FileHandle, open, truncate } from "node:fs/promises";
import { z } from "zod";
import { boundary, invariant, UsageError } from "../../base/errors.ts";
import { type FileLine, fileLines } from "../../base/file-lines.ts";
import { writeWhole } from "../../base/files.ts";
import { hashJson } from "../../base/hash.ts";
import { tryJson } from "../../base/jsonl.ts";
import type { AgentSection } from "../../recipe/sections/discover.ts";
import { type Page, pageSchema } from "../../records/page.ts";
import type { Lookup } from "../sources/page-source.ts";
import type { LostSeed, Seed } from "./seeds.ts";

/** What a journal holds, in the order in which it happened. */
export type JournalEntry =
  | { readonly kind: "seeds"; readonly seeds: readonly Seed[]; readonly lost: readonly LostSeed[] }
  | Batch
  /** Time spent after the last batch, before the agent stopped. */
  | { readonly kind: "rest"; readonly minutes: number };

/** What one question to the source brought. */
export interface Batch {
  readonly kind: "batch";
  /** Titles asked for. */
  readonly asked: readonly string[];
  readonly found: Lookup;
  /** Time spent since the entry before. */
  readonly minutes: number;
}

export interface Journal {
  readonly path: string;
  /** What was written before, one batch in memory at a time. Read to its end before the first `append`. */
  replay(): AsyncGenerator<JournalEntry>;
  append(entry: JournalEntry): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** What decides which pages are read in which order; budgets do not. `version` is that of the source. */
export function journalHeader(
  version: string,
  agent: AgentSection,
  chooser?: string,
): Readonly<Record<string, unknown>> {
  const { pages, categories, medicalBoxes, batch, rareWeight, closingWeight } = agent;
  const seeds = { pages, categories, medicalBoxes };
  return {
    journal: 1,
    source: version,
    seeds,
    batch,
    rareWeight,
    closingWeight,
    ...(chooser ? { chooser } : {}),
  };
}

const headerLine = z.looseObject({ hash: z.string() });

const lineSchema = z.union([
  z.strictObject({
    seeds: z.array(z.strictObject({ title: z.string(), why: z.string(), weight: z.number() })),
    lost: z.array(z.strictObject({ item: z.string(), reason: z.string() })),
  }),
  z.strictObject({ batch: z.int(), page: pageSchema }),
  z.strictObject({ batch: z.int(), title: z.string(), redirect: z.string() }),
  z.strictObject({ batch: z.int(), title: z.string(), missing: z.literal(true) }),
  z.strictObject({ batch: z.int(), asked: z.array(z.string()), minutes: z.number() }),
  z.strictObject({ rest: z.number() }),
]);

/**
 * Opens the journal at `path`. One that was written for something else is begun anew.
 * @throws UsageError when the file cannot be written, or when a line in it was damaged.
 */
export async function openJournal(path: string, header: Readonly<Record<string, unknown>>): Promise<Journal> {
  const hash = hashJson(header);
  await boundary(`journal ${path}`, () => prepare(path, header, hash));
  let batches = 0;
  /** Where the last whole entry ends. */
  let whole: number | undefined;
  let file: FileHandle | undefined;

  const replay = async function* (): AsyncGenerator<JournalEntry> {
    let open: OpenBatch = emptyBatch();
    let end = 0;
    for await (const line of fileLines(path)) {
      if (!line.isWhole) break;
      if (line.number > 1) {
        const entry = readLine(line, path, open);
        if (entry === undefined) continue;
        if (entry.kind === "batch") {
          batches += 1;
          open = emptyBatch();
        }
        yield entry;
      }
      end = line.end;
    }
    whole = end;
  };

  return {
    path,
    replay,
    async append(entry) {
      if (file === undefined) {
        invariant(whole !== undefined, "a journal is read to its end before it is written");
        await truncate(path, whole);
        file = await open(path, "a");
      }
      if (entry.kind === "batch") batches += 1;
      const lines = linesFor(entry, batches).map((line) => `${JSON.stringify(line)}\n`);
      const opened = file;
      await boundary(`journal ${path}`, () => opened.appendFile(lines.join("")));
    },
    async [Symbol.asyncDispose]() {
      await file?.close();
    },
  };
}

async function prepare(path: string, header: object, hash: string): Promise<void> {
  if ((await hashOf(path)) !== hash) await writeWhole(path, `${JSON.stringify({ hash, ...header })}\n`);
}

/** The hash in the first line of a journal; undefined where there is no whole first line. */
async function hashOf(path: string): Promise<string | undefined> {
  if (!existsSync(path)) return undefined;
  for await (const { bytes, isWhole } of fileLines(path))
    return isWhole ? headerLine.safeParse(tryJson(bytes.toString())).data?.hash : undefined;
  return undefined;
}

interface OpenBatch {
  readonly pages: Page[];
  readonly redirects: { from: string; to: string }[];
  readonly missing: string[];
}

function emptyBatch(): OpenBatch {
  return { pages: [], redirects: [], missing: [] };
}

/** Reads a line; gives an entry where the line closes one. */
function readLine({ bytes, number }: FileLine, path: string, open: OpenBatch): JournalEntry | undefined {
  const text = bytes.toString();
  const parsed = lineSchema.safeParse(tryJson(text));
  if (!parsed.success) {
    throw new UsageError(
      `${path}:${number}: not a line of a journal: "${text.slice(0, 60)}"; expected what the agent wrote; ` +
        "remove the file to read the pages anew",
    );
  }
  const line = parsed.data;
  if ("seeds" in line) return { kind: "seeds", ...line };
  if ("rest" in line) return { kind: "rest", minutes: line.rest };
  if ("asked" in line) return { kind: "batch", asked: line.asked, found: open, minutes: line.minutes };
  if ("page" in line) open.pages.push(line.page as Page);
  else if ("redirect" in line) open.redirects.push({ from: line.title, to: line.redirect });
  else open.missing.push(line.title);
  return undefined;
}

function linesFor(entry: JournalEntry, batch: number): object[] {
  switch (entry.kind) {
    case "seeds":
      return [{ seeds: entry.seeds, lost: entry.lost }];
    case "rest":
      return [{ rest: entry.minutes }];
    case "batch":
      return [
        ...entry.found.pages.map((page) => ({ batch, page })),
        ...entry.found.redirects.map(({ from, to }) => ({ batch, title: from, redirect: to })),
        ...entry.found.missing.map((title) => ({ batch, title, missing: true })),
        { batch, asked: entry.asked, minutes: entry.minutes },
      ];
    default:
      return entry satisfies never;
  }
}
