/**
 * Where something was read. Nothing enters the pipeline without one.
 *
 * Invariant: `quote` equals the page's wikitext from `start` to `end` (UTF-16 code units), to the character.
 */
import { z } from "zod";

export const pageEvidenceSchema = z.strictObject({
  kind: z.literal("page"),
  page: z.string().min(1),
  pageId: z.int().nonnegative(),
  revision: z.int().nonnegative(),
  /** Heading of the section; "" is the lead, "infobox:<field>" a field of a box. */
  section: z.string(),
  start: z.int().nonnegative(),
  end: z.int().positive(),
  quote: z.string().min(1),
  licence: z.string().min(1),
});

const datasetEvidenceSchema = z.strictObject({
  kind: z.literal("dataset"),
  dataset: z.string().min(1),
  split: z.string(),
  row: z.int().nonnegative(),
  quote: z.string(),
  licence: z.string().min(1),
});

export const evidenceSchema = z.discriminatedUnion("kind", [pageEvidenceSchema, datasetEvidenceSchema]);

export type PageEvidence = z.infer<typeof pageEvidenceSchema>;
