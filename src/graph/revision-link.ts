/**
 * Where a quote can be read: the address of the very revision, when the pages came from a wiki whose address is known.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { readJson } from "../base/files.ts";
import type { PageEvidence } from "../records/evidence.ts";

const recordSchema = z.object({
  settings: z.object({
    site: z.string().optional(),
    source: z.union([z.string(), z.array(z.string())]).optional(),
  }),
});

/**
 * The address of the wiki's index.php, from the record of the stage that made a graph folder: its setting `site`, or
 * the one Action API it read from. Undefined where neither is known.
 */
export async function siteOf(folder: string): Promise<string | undefined> {
  const file = join(folder, "stage.json");
  const record = existsSync(file) ? recordSchema.safeParse(await readJson(file)).data : undefined;
  if (record === undefined) return undefined;
  const { site, source = [] } = record.settings;
  const [only, ...more] = [source].flat();
  if (site !== undefined) return site;
  return more.length === 0 && only !== undefined && /^https?:.*\/api\.php$/.test(only)
    ? only.replace(/api\.php$/, "index.php")
    : undefined;
}

/** The address of the revision that a piece of evidence was read from, if it has one. */
export function revisionLink({ revision }: PageEvidence, site: string | undefined): string | undefined {
  return site === undefined || revision === 0 ? undefined : `${site}?oldid=${revision}`;
}
