/** MMLU-Pro, one subject a file: three to ten options in a list, the answer as letter and as place. */
import { z } from "zod";
import { letters } from "../records/question.ts";
import type { SetEntry } from "./registry.ts";
import { readLines, type SetContent } from "./rows.ts";

const rowSchema = z.object({
  question: z.string(),
  options: z.array(z.string()),
  answer: z.string(),
  answer_index: z.int(),
  category: z.string(),
});

/** Reads the questions of one subject; a row of another subject, or whose letter and place disagree, is rejected. */
export function readMmluPro(set: SetEntry, path: string, subject: string): Promise<SetContent> {
  return readLines(set, path, rowSchema, ({ question, options, answer, answer_index, category }, line) => {
    if (category !== subject) return `its category is "${category}", expected "${subject}"`;
    if (letters[answer_index] !== answer) return `answer "${answer}" is not at answer_index ${answer_index}`;
    return { row: line, stem: question, options, gold: answer, quote: options[answer_index] ?? "" };
  });
}
