/**
 * What a wiki has answered, on disk, so that nothing is fetched twice:
 *
 *     titles.jsonl                  a line a title: the revision it led to, or that it led nowhere
 *     revisions/<nnn>/<id>.json     a page at a revision; <nnn> are the last three digits of its id
 *     lists/<hash>.json             the members of a category, the pages that hold a template
 *
 * A text or list is whole or absent, and its title is noted after it is there; a line that a kill cut off is skipped.
 * What is here is used as it is, so that a reading can be repeated; to read the wiki anew, delete the folder.
 */
import { createReadStream, existsSync } from "node:fs";
import { appendFile, mkdir, readFile, rename } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { z } from "zod";
import { boundary } from "../../../base/errors.ts";
import { writeWhole } from "../../../base/files.ts";
import { shortHash } from "../../../base/hash.ts";
import { tryJson } from "../../../base/jsonl.ts";
import { pageSchema } from "../../../records/page.ts";

const storedPageSchema = z.strictObject({
  page: pageSchema,
  /** Without hidden ones, and without the namespace. */
  categories: z.array(z.string()),
  isDisambiguation: z.boolean(),
});

const lineSchema = z.union([
  z.strictObject({ title: z.string(), revision: z.int().nonnegative() }),
  z.strictObject({ title: z.string(), missing: z.literal(true) }),
  /** `rejected` is the reason, `page` the title of the page it is about. */
  z.strictObject({
    title: z.string(),
    rejected: z.string(),
    page: z.string(),
    revision: z.int().nonnegative(),
  }),
]);

const listSchema = z.strictObject({ kind: z.string(), title: z.string(), titles: z.array(z.string()) });

type Line = z.infer<typeof lineSchema>;

/** What a title leads to. */
export type Found =
  | ({ readonly kind: "page" } & z.infer<typeof storedPageSchema>)
  | { readonly kind: "missing" }
  /** `title` is that of the page; without a revision the wiki may have it another time. */
  | {
      readonly kind: "rejected";
      readonly title: string;
      readonly reason: string;
      readonly revision?: number;
    };

interface ApiCache {
  find(title: string): Promise<Found | undefined>;
  keep(found: ReadonlyMap<string, Found>): Promise<void>;
  findList(kind: string, title: string): Promise<readonly string[] | undefined>;
  keepList(kind: string, title: string, titles: readonly string[]): Promise<void>;
}

/** The cache in a folder, which is made when there is something to keep. */
export function openCache(folder: string): ApiCache {
  const titlesFile = join(folder, "titles.jsonl");
  const pageFile = (revision: number): string =>
    join(folder, "revisions", String(revision % 1000).padStart(3, "0"), `${revision}.json`);
  const listFile = (kind: string, title: string): string =>
    join(folder, "lists", `${shortHash([kind, title])}.json`);
  const guarded = <T>(work: () => Promise<T>): Promise<T> => boundary(`discover.api.cache ${folder}`, work);
  let loaded: Promise<Map<string, Line>> | undefined;
  const lines = (): Promise<Map<string, Line>> => {
    loaded ??= readTitles(titlesFile);
    return loaded;
  };
  let isMended = false;
  let written = 0;

  /** As `writeWhole`, also where another run keeps the same page at this moment. */
  async function writeAlone(path: string, content: string): Promise<void> {
    const beside = `${path}.${process.pid}-${written++}`;
    await writeWhole(beside, content);
    await rename(beside, path);
  }

  async function append(fresh: readonly Line[]): Promise<void> {
    await mkdir(folder, { recursive: true });
    // Half a line that a kill left must not swallow the first new one.
    const mend = !isMended && existsSync(titlesFile) ? "\n" : "";
    isMended = true;
    await appendFile(titlesFile, mend + fresh.map((line) => `${JSON.stringify(line)}\n`).join(""));
  }

  return {
    find: (title) =>
      guarded(async () => {
        const line = (await lines()).get(title);
        if (line === undefined) return undefined;
        if ("missing" in line) return { kind: "missing" };
        if ("rejected" in line)
          return { kind: "rejected", title: line.page, reason: line.rejected, revision: line.revision };
        const stored = storedPageSchema.safeParse(await readIfThere(pageFile(line.revision)));
        if (!stored.success || stored.data.page.revision !== line.revision) return undefined;
        return { kind: "page", ...stored.data };
      }),

    keep: (found) =>
      guarded(async () => {
        const known = await lines();
        const fresh: Line[] = [];
        const texts = new Set<number>();
        for (const [title, outcome] of found) {
          const line = lineOf(title, outcome);
          if (line === undefined) continue;
          if (outcome.kind === "page" && !texts.has(outcome.page.revision)) {
            const { page, categories, isDisambiguation } = outcome;
            texts.add(page.revision);
            await writeAlone(
              pageFile(page.revision),
              `${JSON.stringify({ page, categories, isDisambiguation })}\n`,
            );
          }
          if (JSON.stringify(known.get(title)) !== JSON.stringify(line)) fresh.push(line);
        }
        if (fresh.length === 0) return;
        await append(fresh);
        for (const line of fresh) known.set(line.title, line);
      }),

    findList: (kind, title) =>
      guarded(async () => {
        const stored = listSchema.safeParse(await readIfThere(listFile(kind, title)));
        const isIt = stored.success && stored.data.kind === kind && stored.data.title === title;
        return isIt ? stored.data.titles : undefined;
      }),

    keepList: (kind, title, titles) =>
      guarded(() => writeAlone(listFile(kind, title), `${JSON.stringify({ kind, title, titles })}\n`)),
  };
}

function lineOf(title: string, found: Found): Line | undefined {
  switch (found.kind) {
    case "page":
      return { title, revision: found.page.revision };
    case "missing":
      return { title, missing: true };
    case "rejected":
      if (found.revision === undefined) return undefined;
      return { title, rejected: found.reason, page: found.title, revision: found.revision };
  }
}

/** Later lines of a title stand for earlier ones. */
async function readTitles(path: string): Promise<Map<string, Line>> {
  const lines = new Map<string, Line>();
  if (!existsSync(path)) return lines;
  const input = createReadStream(path, "utf8");
  for await (const text of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    const line = lineSchema.safeParse(tryJson(text));
    if (line.success) lines.set(line.data.title, line.data);
  }
  return lines;
}

/** A file's JSON; undefined where there is no such file or it is damaged. */
async function readIfThere(path: string): Promise<unknown> {
  return existsSync(path) ? tryJson(await readFile(path, "utf8")) : undefined;
}
