/**
 * PubMedQA, labelled: questions on an abstract that are answered yes, no or maybe. The file of 1,000 holds all; the
 * official test half is the 500 that `test_ground_truth.json` names.
 *
 * Departure from the paper: its Table 1 counts 1,000, its results fit 500 only, so the official 500 are read.
 */
import { join } from "node:path";
import { z } from "zod";
import { boundary, UsageError } from "../base/errors.ts";
import { readJson } from "../base/files.ts";
import type { Question } from "../records/question.ts";
import type { SetEntry } from "./registry.ts";
import { type BadRow, curatedQuestion, describe, faultOf, type SetContent } from "./rows.ts";

const decisions = ["yes", "no", "maybe"] as const;

const itemSchema = z.object({
  QUESTION: z.string(),
  CONTEXTS: z.array(z.string()).min(1),
  final_decision: z.enum(decisions),
});

/** Reads the official test half; `folder` holds both files. The row of a question is its PubMed number. */
export async function readPubMedQa(set: SetEntry, folder: string): Promise<SetContent> {
  const file = join(folder, "ori_pqal.json");
  const items = await readObject(file);
  const truth = await readObject(join(folder, "test_ground_truth.json"));
  const questions: Question[] = [];
  const rejects: BadRow[] = [];
  for (const [pmid, decision] of Object.entries(truth)) {
    const fault = (reason: string): void => void rejects.push({ item: `${file}#${pmid}`, reason });
    const parsed = itemSchema.safeParse(items[pmid]);
    if (items[pmid] === undefined) fault("named by test_ground_truth.json but not in the file");
    else if (!parsed.success) fault(describe(parsed.error));
    else if (parsed.data.final_decision !== decision)
      fault(
        `final_decision is "${parsed.data.final_decision}", but test_ground_truth.json says "${decision}"`,
      );
    else {
      const { QUESTION, CONTEXTS, final_decision } = parsed.data;
      const row = {
        row: Number(pmid),
        stem: QUESTION,
        context: CONTEXTS.join("\n"),
        options: decisions,
        gold: "ABC"[decisions.indexOf(final_decision)]!,
        quote: final_decision,
      };
      const reason = faultOf(set, row);
      if (reason === undefined) questions.push(curatedQuestion(set, row));
      else fault(reason);
    }
  }
  return { questions, rejects };
}

async function readObject(path: string): Promise<Record<string, unknown>> {
  const parsed = z.record(z.string(), z.unknown()).safeParse(await boundary(path, () => readJson(path)));
  if (!parsed.success) throw new UsageError(`${path}: expected one JSON object keyed by PubMed number`);
  return parsed.data;
}
