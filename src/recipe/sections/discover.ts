/** Settings of the discover stage: from the pages of an encyclopedia to a graph with evidence (paper §3.1). */
import { z } from "zod";

export const discoverSection = z
  .strictObject({
    source: z
      .union([z.string().min(1), z.array(z.string().min(1)).min(1)])
      .default("samples/encyclopedia/pages")
      .describe(
        "where the pages are: a folder of .wikitext files, an XML export (.xml or .xml.bz2, multistream too), or a list of such; " +
          "the default is the sample encyclopedia; the paper names Wikipedia only",
      ),
    language: z.enum(["en", "zh"]).default("en").describe("language of the pages; not given in the paper"),
    licence: z
      .string()
      .min(1)
      .default("CC BY-SA 4.0")
      .describe("licence of the pages, kept with every piece of evidence; not given in the paper"),
    maxPages: z
      .int()
      .min(1)
      .optional()
      .describe("pages read at most, redirects included; all when absent; not given in the paper"),
    minConfidence: z
      .number()
      .min(0)
      .max(1)
      .default(0.5)
      .describe("relations that are trusted less are left out; not given in the paper"),
    maxEvidence: z.int().min(1).default(8).describe("places kept for one relation; not given in the paper"),
  })
  .prefault({});

export type DiscoverSection = z.infer<typeof discoverSection>;
