/**
 * Stage `report` (paper §5, Table 4, figures): a run's files as `report.md`, a self-contained `report.html` and its
 * drawings. It computes no score; every number comes from `results.json`, the metrics and the records.
 */
import { join } from "node:path";
import { writeWhole } from "../base/files.ts";
import type { Counts, StageContext } from "../base/stage.ts";
import type { ReportSection } from "../recipe/sections/report.ts";
import { drawAccuracy, drawSlices, drawTraining, widths } from "./charts.ts";
import { type Drawings, writeContents } from "./contents.ts";
import { type RunIdentity, readFacts } from "./facts.ts";
import { renderMarkdown } from "./markdown.ts";
import { renderPage } from "./page.ts";

export interface ReportSource extends RunIdentity {
  /** The run's `metrics.jsonl`; absent is allowed. */
  readonly metricsFile: string;
}

/** Writes the report; reads every earlier stage of the run, of which only evaluate must have been run. */
export async function runReport(context: StageContext<ReportSection>, source: ReportSource): Promise<Counts> {
  const { settings, folder } = context;
  const { recipe, seed, version } = source;
  const facts = await readFacts(context.input, source.metricsFile, { recipe, seed, version });
  const { results } = facts;
  const both = <T>(draw: (width: number) => T) => ({ wide: draw(widths.wide), narrow: draw(widths.narrow) });
  const training = both((width) => drawTraining(facts, settings.smoothing, width));
  const { wide, narrow } = training;
  const drawings: Drawings = {
    accuracy: both((width) => drawAccuracy(results, width)),
    slices: both((width) => drawSlices(results, width)),
    training: wide === undefined || narrow === undefined ? undefined : { wide, narrow },
  };
  const blocks = writeContents(facts, drawings);
  const subtitle = `Recipe ${recipe}, seed ${seed}, version ${version}`;
  const files: Record<string, string> = {
    "report.md": renderMarkdown(settings.title, blocks),
    "report.html": renderPage(settings.title, subtitle, blocks),
    "accuracy.svg": drawings.accuracy.wide,
    "slices.svg": drawings.slices.wide,
    ...(drawings.training === undefined ? {} : { "training.svg": drawings.training.wide }),
  };
  for (const [file, content] of Object.entries(files)) await writeWhole(join(folder, file), content);
  return { files: Object.keys(files).length, rows: results.rows.length, pairs: results.pairs.length };
}
