/** MedQA (USMLE) in its official layout: options by letter, the answer as letter and as text. */
import { z } from "zod";
import type { SetEntry } from "./registry.ts";
import { readLines, type SetContent } from "./rows.ts";

const rowSchema = z.object({
  question: z.string(),
  answer: z.string(),
  options: z.record(z.string().regex(/^[A-U]$/), z.string()),
  answer_idx: z.string(),
});

/** Reads the questions; a row whose letter and answer text disagree is rejected. */
export function readMedQa(set: SetEntry, path: string): Promise<SetContent> {
  return readLines(set, path, rowSchema, ({ question, answer, options, answer_idx }, line) => {
    const letters = Object.keys(options).sort();
    if (letters.some((letter, i) => letter !== String.fromCharCode(65 + i)))
      return `its options are ${letters.join(", ")}; expected letters from A on without a gap`;
    if (options[answer_idx] !== undefined && options[answer_idx] !== answer)
      return `answer_idx "${answer_idx}" is "${options[answer_idx]}", but answer is "${answer}"`;
    return {
      row: line,
      stem: question,
      options: letters.map((letter) => options[letter]!),
      gold: answer_idx,
      quote: answer,
    };
  });
}
