/** A line of discover's corpus.jsonl: the plain text of one page. */
import { z } from "zod";

export const corpusLineSchema = z.strictObject({
  page: z.string(),
  revision: z.int(),
  text: z.string(),
});
