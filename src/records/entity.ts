/** A medical concept: a node of the knowledge graph (paper §3.1). */
import { z } from "zod";

const entityTypes = [
  "disease",
  "symptom",
  "sign",
  "test",
  "finding",
  "drug",
  "drug class",
  "mechanism",
  "anatomy",
  "pathogen",
  "gene",
  "procedure",
  "risk factor",
  "specialty",
  "concept",
] as const;

const entityTypeSchema = z.enum(entityTypes);
export type EntityType = z.infer<typeof entityTypeSchema>;

const raritySchema = z.strictObject({
  /** 0 is everyday, 1 is seen in fewer than one person in a million. */
  score: z.number().min(0).max(1),
  isRare: z.boolean(),
  /** Why, in words: the frequency that was read, a category, few links. */
  reasons: z.array(z.string()),
});

export const entitySchema = z.strictObject({
  /** The canonical title; unique in a graph. */
  id: z.string().min(1),
  type: entityTypeSchema,
  /** How sure the type is, from 0 to 1. */
  typeScore: z.number().min(0).max(1),
  /** What decided the type: a box, a category, a heading, the field it was named in. */
  typeReasons: z.array(z.string()),
  /** Titles of redirects and names given in the page. */
  aliases: z.array(z.string()),
  /** Names in other languages by language code: "zh" → "头痛". */
  labels: z.record(z.string(), z.string()).optional(),
  /** ICD-10, MeSH, OMIM, ATC … as written in the page. */
  identifiers: z.record(z.string(), z.string()),
  rarity: raritySchema,
  /** Absent for a concept that is named by links only and has no page of its own. */
  page: z.strictObject({ pageId: z.int(), revision: z.int() }).optional(),
});

export type Entity = z.infer<typeof entitySchema>;
export type Rarity = z.infer<typeof raritySchema>;
