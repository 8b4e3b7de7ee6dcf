/**
 * Stage `curate` (paper §3.1): public question sets as questions with the set as evidence. Writes for each set
 * `<name>/questions.jsonl` and `<name>/problems.jsonl`, and `sets.json` with counts, hashes and licences.
 */
import { mkdir } from "node:fs/promises";
import { basename, join } from "node:path";
import { writeJson } from "../base/files.ts";
import { writeJsonl } from "../base/jsonl.ts";
import type { Counts, StageContext } from "../base/stage.ts";
import type { CurateSection } from "../recipe/sections/curate.ts";
import { loadBenchmark } from "./benchmark.ts";

/** Reads every set that the recipe names; rows that cannot be read are rejected with file and line. */
export async function runCurate(context: StageContext<CurateSection>): Promise<Counts> {
  const { settings, folder, log } = context;
  const summary: Record<string, unknown> = {};
  const counts: Record<string, number> = {};
  for (const [name, path] of Object.entries(settings.sets).sort(([a], [b]) => (a < b ? -1 : 1))) {
    const { set, questions, rejects, problems, sha256, isPinned, warnings } = await loadBenchmark(name, path);
    for (const warning of warnings) log.warn(warning);
    for (const { item, reason } of rejects) context.reject(`${name} ${basename(item)}`, reason);
    await mkdir(join(folder, name), { recursive: true });
    await writeJsonl(join(folder, name, "questions.jsonl"), questions);
    await writeJsonl(join(folder, name, "problems.jsonl"), problems);
    const { title, split, size, options, licence, note } = set;
    const found = { questions: questions.length, rejected: rejects.length, problems: problems.length };
    summary[name] = { title, split, officialSize: size, options, ...found, licence, note, sha256, isPinned };
    counts[name] = questions.length;
  }
  await writeJson(join(folder, "sets.json"), summary);
  return counts;
}
