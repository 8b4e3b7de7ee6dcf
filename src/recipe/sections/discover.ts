/** Settings of the discover stage: from the pages of an encyclopedia to a graph with evidence (paper §3.1). */
import { z } from "zod";
import { endpointFields } from "./endpoint.ts";

const agentSection = z.strictObject({
  pages: z.array(z.string().min(1)).default([]).describe("titles to start from; not given in the paper"),
  categories: z
    .array(z.string().min(1))
    .default([])
    .describe("categories whose pages are started from, without the word Category:; not given in the paper"),
  medicalBoxes: z
    .boolean()
    .default(false)
    .describe("start from every page that has a medical box; not given in the paper"),
  maxPages: z
    .int()
    .min(1)
    .optional()
    .describe("pages that the agent reads at most; raise it and run again to go on; not given in the paper"),
  maxEntities: z
    .int()
    .min(1)
    .optional()
    .describe("medical entities that the agent finds at most; the paper tells of more than 100,000"),
  maxMinutes: z
    .number()
    .positive()
    .optional()
    .describe("minutes that the agent reads at most, all rounds together; not given in the paper"),
  batch: z
    .int()
    .min(1)
    .max(50)
    .default(50)
    .describe("titles asked for at once, before new links are weighed; not given in the paper"),
  rareWeight: z
    .number()
    .min(0)
    .default(2)
    .describe(
      "how much more a link counts on the page of a rare disease or a drug, or where such pages are listed; not given in the paper",
    ),
  closingWeight: z
    .number()
    .min(0)
    .default(0.5)
    .describe(
      "how much more a page counts that several pages lead to, since it closes a path; not given in the paper",
    ),
});

const apiSection = z
  .strictObject({
    userAgent: z
      .string()
      .min(1)
      .optional()
      .describe(
        "who asks, with an address to write to, as Wikimedia requires: name/version (page; mail); no default, the live API is not used without it",
      ),
    maxlag: z
      .int()
      .min(1)
      .default(5)
      .describe(
        "seconds of lag at which the servers may turn a request away; the value MediaWiki advises; not given in the paper",
      ),
    patience: z
      .number()
      .positive()
      .default(10)
      .describe("minutes of refusals after which the stage stops politely; not given in the paper"),
    cache: z
      .string()
      .min(1)
      .optional()
      .describe(
        "folder in which fetched revisions are kept; the user's cache folder when absent; not given in the paper",
      ),
  })
  .prefault({});

const modelSection = z.strictObject({
  ...endpointFields,
  steps: z
    .array(z.enum(["type", "relations", "links"]))
    .min(1)
    .default(["relations"])
    .describe(
      "what the model is asked: the type of unclear pages, relations with a literal quote, which links to follow; not given in the paper",
    ),
  temperature: z.number().min(0).default(0).describe("sampling temperature; not given in the paper"),
  maxTokens: z.int().min(1).default(2048).describe("length of a reply at most; not given in the paper"),
  maxCharacters: z
    .int()
    .min(200)
    .default(12_000)
    .describe("characters of a page shown at once; not given in the paper"),
});

export const discoverSection = z
  .strictObject({
    source: z
      .union([z.string().min(1), z.array(z.string().min(1)).min(1)])
      .default("samples/encyclopedia/pages")
      .describe(
        "where the pages are: a folder of .wikitext files, an XML export (.xml, .xml.bz2, multistream with its index), " +
          "the address of a MediaWiki Action API (https://en.wikipedia.org/w/api.php), or a list of such, of which the local ones are read first; " +
          "the default is the sample encyclopedia; the paper names Wikipedia only",
      ),
    licence: z
      .string()
      .min(1)
      .default("CC BY-SA 4.0")
      .describe("licence of the pages, kept with every piece of evidence; not given in the paper"),
    site: z
      .string()
      .min(1)
      .optional()
      .describe(
        "address of the wiki's index.php (https://en.wikipedia.org/w/index.php), for links from a dump's evidence to its revisions; " +
          "a live source has its own; not given in the paper",
      ),
    labels: z
      .union([z.string().min(1), z.array(z.string().min(1)).min(1)])
      .optional()
      .describe(
        "files of names in other languages: title, language and label a line, apart by tabs, as of the langlinks of a dump; " +
          "links such as [[zh:…]] of the pages are read without it; not given in the paper",
      ),
    agent: agentSection
      .optional()
      .describe(
        "go from page to page by relevance instead of reading all; without it every page of the source is read",
      ),
    api: apiSection,
    model: modelSection
      .optional()
      .describe("a model that helps where rules are unsure; without it none is asked"),
    workers: z
      .int()
      .min(1)
      .max(64)
      .optional()
      .describe("threads that decompress and read pages; one a core when absent; not given in the paper"),
    maxPages: z
      .int()
      .min(1)
      .optional()
      .describe(
        "pages of the source read at most without an agent, redirects included; all when absent; not given in the paper",
      ),
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
export type AgentSection = z.infer<typeof agentSection>;
export type ApiSection = z.infer<typeof apiSection>;
export type ModelSection = z.infer<typeof modelSection>;
