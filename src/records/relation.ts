/** A directed, typed edge of the knowledge graph, with the places it was read from (paper §3.1). */
import { z } from "zod";
import { pageEvidenceSchema } from "./evidence.ts";

/** The closed list of predicates. Read each as "head PREDICATE tail". */
export const predicates = [
  "HAS_SYMPTOM",
  "HAS_FINDING",
  "DIAGNOSED_BY",
  "HAS_MECHANISM",
  "CAUSED_BY",
  "HAS_RISK_FACTOR",
  "HAS_COMPLICATION",
  "DIFFERENTIAL_DIAGNOSIS",
  "PREVENTED_BY",
  "TREATED_WITH",
  "BELONGS_TO_SPECIALTY",
  "HAS_SUBTYPE",
  "AFFECTS",
  "MEMBER_OF_CLASS",
  "TREATS",
  "HAS_SIDE_EFFECT",
  "CONTRAINDICATED_IN",
  "INTERACTS_WITH",
  "ACTS_BY",
  "HAS_TARGET",
  "METABOLISED_BY",
  "DETECTS",
] as const;

export const predicateSchema = z.enum(predicates);
export type Predicate = z.infer<typeof predicateSchema>;

export const relationSchema = z.strictObject({
  /** Hash of head, predicate and tail. */
  id: z.string().min(1),
  head: z.string().min(1),
  predicate: predicateSchema,
  tail: z.string().min(1),
  /** How the first piece of evidence was read. */
  method: z.enum(["infobox", "section", "sentence", "model"]),
  confidence: z.number().min(0).max(1),
  evidence: z.array(pageEvidenceSchema).min(1),
});

export type Relation = z.infer<typeof relationSchema>;
