/** Rows of a set's file, with the line that each came from, and the question that a row becomes. */
import { readFile } from "node:fs/promises";
import type { z } from "zod";
import { boundary } from "../base/errors.ts";
import { tryJson } from "../base/jsonl.ts";
import { letters, type Question, questionId } from "../records/question.ts";
import type { SetEntry } from "./registry.ts";

export interface BadRow {
  /** File and line, or file and key. */
  readonly item: string;
  readonly reason: string;
}

export interface SetContent {
  readonly questions: readonly Question[];
  readonly rejects: readonly BadRow[];
}

/** What a row says, before it is a question. */
export interface QuestionRow {
  /** Line of the file from 1 on, or the set's own number of the item. */
  readonly row: number;
  readonly stem: string;
  readonly context?: string;
  readonly options: readonly string[];
  readonly gold: string;
  /** The row's own words for the right answer. */
  readonly quote: string;
}

/** A question with the set as its evidence. */
export function curatedQuestion(set: SetEntry, row: QuestionRow): Question {
  const { stem, context } = row;
  const options = Object.fromEntries(row.options.map((text, i) => [letters[i]!, text]));
  const place = { dataset: set.name, split: set.split, row: row.row };
  return {
    id: questionId({ stem, options, ...(context === undefined ? {} : { context }) }),
    stem,
    ...(context === undefined ? {} : { context }),
    options,
    gold: [row.gold],
    language: set.language,
    origin: { kind: "curated", ...place },
    evidence: [{ kind: "dataset", ...place, quote: row.quote, licence: set.licence }],
    licence: set.licence,
  };
}

/** Why a row cannot be a question of this set; undefined when it can. */
export function faultOf(set: SetEntry, row: QuestionRow): string | undefined {
  const [fewest, most] = set.options;
  const count = row.options.length;
  if (row.stem.trim() === "") return "the question has no text";
  if (count < fewest || count > most)
    return `has ${count} options, expected ${fewest === most ? most : `${fewest} to ${most}`}`;
  const blank = row.options.findIndex((text) => text.trim() === "");
  if (blank >= 0) return `option ${letters[blank]} has no text`;
  const place = (letters as readonly string[]).indexOf(row.gold);
  if (place < 0 || place >= count)
    return `the answer is "${row.gold}", which is none of its ${count} options`;
  return undefined;
}

/** Questions of a JSON Lines file; lines that do not fit are rejected with their number and the reason. */
export async function readLines<T>(
  set: SetEntry,
  path: string,
  schema: z.ZodType<T>,
  toRow: (value: T, line: number) => QuestionRow | string,
): Promise<SetContent> {
  const lines = (await boundary(path, () => readFile(path, "utf8"))).replace(/^\ufeff/u, "").split(/\r?\n/u);
  const questions: Question[] = [];
  const rejects: BadRow[] = [];
  for (const [index, line] of lines.entries()) {
    if (line.trim() === "") continue;
    const reject = (reason: string): void => void rejects.push({ item: `${path}:${index + 1}`, reason });
    const value = tryJson(line);
    const parsed = schema.safeParse(value);
    if (value === undefined) reject(`not JSON: "${line.slice(0, 60)}"`);
    else if (!parsed.success) reject(describe(parsed.error));
    else {
      const row = toRow(parsed.data, index + 1);
      const fault = typeof row === "string" ? row : faultOf(set, row);
      if (typeof row === "string" || fault !== undefined) reject(fault ?? "");
      else questions.push(curatedQuestion(set, row));
    }
  }
  return { questions, rejects };
}

/** The first fault that a schema found, in one line. */
export function describe(error: z.ZodError): string {
  const issue = error.issues[0];
  return `${issue?.path.join(".") || "row"}: ${issue?.message ?? "does not fit"}`;
}
