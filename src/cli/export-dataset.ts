/**
 * `fleming export dataset`: the refined questions of a run as JSON Lines and Parquet, with the data card, the attribution
 * manifest and the reports on personal data and contamination.
 */
import { existsSync } from "node:fs";
import { copyFile, mkdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { boundary, UsageError } from "../base/errors.ts";
import { writeWhole } from "../base/files.ts";
import { readJsonl, writeJsonl } from "../base/jsonl.ts";
import { fromJsonl, withDatabase, writeParquet } from "../graph/database.ts";
import { type Question, questionSchema } from "../records/question.ts";
import { withNotice } from "../refine/card/card.ts";
import { sourceOf, typeOf } from "../refine/mix/mix.ts";
import { pathKeyOf, splitNames } from "../refine/split.ts";
import { checkExport, type QuestionFlags } from "./export-gate.ts";
import { existingRun } from "./flags.ts";
import type { Output } from "./output.ts";

/** Columns of the Parquet files; lists of pairs stand for maps, whose keys would differ from row to row. */
const columns = {
  id: "VARCHAR",
  language: "VARCHAR",
  context: "VARCHAR",
  stem: "VARCHAR",
  options: "STRUCT(letter VARCHAR, text VARCHAR)[]",
  answer: "VARCHAR[]",
  tier: "VARCHAR",
  source: "VARCHAR",
  type: "VARCHAR",
  path: "VARCHAR",
  licence: "VARCHAR",
  pages: "STRUCT(title VARCHAR, revision BIGINT)[]",
  origin: "VARCHAR",
  evidence: "VARCHAR",
} as const;

/** Reports that go with the questions; none of them holds a value of personal data or a text of another set. */
const reports = [
  "attribution.jsonl",
  "phi.json",
  "contamination.json",
  "labels.json",
  "tiers.json",
  "summary.json",
];

/** Exports the questions of a run. */
export async function exportDataset(flags: QuestionFlags, output: Output): Promise<void> {
  const { out } = flags;
  const run = existingRun(flags.run);
  const from = join(run, "refine");
  const card = join(from, "DATA_CARD.md");
  if (!existsSync(card))
    throw new UsageError(
      `${run}: no refined questions with a data card are here (refine/DATA_CARD.md is missing); run "fleming refine" first`,
    );
  const pending = await checkExport(run, flags);
  const counts: Record<string, number> = {};
  await boundary(`--out ${out}`, async () => {
    await mkdir(out, { recursive: true });
    for (const name of splitNames) {
      const file = join(from, `${name}.jsonl`);
      if (existsSync(file)) counts[name] = await exportSplit(file, out, name);
      // Of a split without questions, or that the run no longer has, nothing may lie there from before.
      if (!counts[name])
        for (const end of ["jsonl", "parquet"]) await rm(join(out, `${name}.${end}`), { force: true });
    }
    for (const name of reports) await copyFile(join(from, name), join(out, name));
    const text = await readFile(card, "utf8");
    const notice = `Exported although ${pending.join("; ")}.`;
    await writeWhole(join(out, "DATA_CARD.md"), pending.length > 0 ? withNotice(text, notice) : text);
  });
  for (const text of pending) output.log.warn(`exported although ${text}`);
  if (flags.json) output.json({ run, out, questions: counts, pending });
  else
    output.print(
      `${out}: ${Object.entries(counts)
        .map(([name, n]) => `${name} ${n.toLocaleString("en")}`)
        .join(", ")} questions, DATA_CARD.md, ${reports.join(", ")}`,
    );
}

async function exportSplit(file: string, out: string, name: string): Promise<number> {
  const rows = join(out, `${name}.rows.jsonl`);
  try {
    const questions = await writeJsonl(rows, rowsOf(file));
    if (questions === 0) return 0;
    await copyFile(file, join(out, `${name}.jsonl`));
    await withDatabase({ folder: out, threads: 1 }, (connection) =>
      writeParquet(
        connection,
        join(out, `${name}.parquet`),
        `SELECT * FROM ${fromJsonl([rows], columns)}`,
        "zstd",
      ),
    );
    return questions;
  } finally {
    await rm(rows, { force: true });
  }
}

async function* rowsOf(file: string): AsyncGenerator<Readonly<Record<keyof typeof columns, unknown>>> {
  for await (const question of readJsonl(file, questionSchema)) yield rowOf(question);
}

function rowOf(question: Question): Readonly<Record<keyof typeof columns, unknown>> {
  const { id, language, context, stem, options, gold, tier, licence, origin, evidence } = question;
  const pages = new Map(
    evidence.flatMap((one) => (one.kind === "page" ? [[one.page, one.revision] as const] : [])),
  );
  return {
    id,
    language,
    context: context ?? null,
    stem,
    options: Object.entries(options).map(([letter, text]) => ({ letter, text })),
    answer: gold,
    tier: tier ?? null,
    source: sourceOf(question),
    type: typeOf(question),
    path: pathKeyOf(question),
    licence,
    pages: [...pages].map(([title, revision]) => ({ title, revision })),
    origin: JSON.stringify(origin),
    evidence: JSON.stringify(evidence),
  };
}
