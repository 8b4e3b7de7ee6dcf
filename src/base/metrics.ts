/**
 * Named series of numbers, one JSON object a line. A run has two such files: `metrics.jsonl`, which a run with the
 * same seed repeats to the byte, and `clock.jsonl`, which holds what depends on the machine's speed.
 *
 * After a kill a series goes on from its last checkpoint: `rewind` first drops the lines that lie beyond it.
 */
import { existsSync } from "node:fs";
import { appendFile, readFile } from "node:fs/promises";
import { z } from "zod";
import { writeWhole } from "./files.ts";
import { tryJson } from "./jsonl.ts";

const lineSchema = z.object({ series: z.string(), step: z.number() }).catchall(z.number());

/** What a line belongs to, whatever its numbers are. */
const placeSchema = z.object({ series: z.string(), step: z.number() });

export type MetricLine = z.infer<typeof lineSchema> & { readonly series: string; readonly step: number };

/** Appends one step of a series. */
export async function appendMetric(
  path: string,
  series: string,
  step: number,
  values: Readonly<Record<string, number>>,
): Promise<void> {
  await appendFile(path, `${JSON.stringify({ series, step, ...values })}\n`);
}

/** All lines of a metrics file, half lines left out. */
export async function readMetrics(path: string): Promise<MetricLine[]> {
  if (!existsSync(path)) return [];
  const lines = (await readFile(path, "utf8")).split("\n");
  return lines.flatMap((line) => {
    const parsed = lineSchema.safeParse(tryJson(line));
    return parsed.success ? [parsed.data as MetricLine] : [];
  });
}

/**
 * Drops the lines of a series (or of those below it, "reinforce" → "reinforce/stage1") from `step` on, and half lines.
 * Other lines stay as they are: a number that is none is null in them.
 */
export async function rewindMetrics(path: string, series: string, step: number): Promise<void> {
  if (!existsSync(path)) return;
  const text = await readFile(path, "utf8");
  const kept = text
    .split("\n")
    .filter((line) => {
      const place = placeSchema.safeParse(tryJson(line)).data;
      if (place === undefined) return false;
      const isOfSeries = place.series === series || place.series.startsWith(`${series}/`);
      return !(isOfSeries && place.step >= step);
    })
    .map((line) => `${line}\n`)
    .join("");
  if (kept !== text) await writeWhole(path, kept);
}
