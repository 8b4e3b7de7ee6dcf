/** A directed, typed edge of the knowledge graph, with the places it was read from (paper §3.1). */
import { z } from "zod";
import type { EntityType } from "./entity.ts";
import { type PageEvidence, pageEvidenceSchema } from "./evidence.ts";

interface PredicateRow {
  /** Types that its head may have. */
  readonly domain: readonly EntityType[];
  /** Types that its tail may have. */
  readonly range: readonly EntityType[];
}

const condition = ["disease", "symptom", "sign", "finding"] as const;
const remedy = ["drug", "drug class"] as const;
const anatomy = { domain: ["anatomy"], range: ["anatomy"] } as const;

/** The closed list of predicates, each with what it may join. Read each as "head PREDICATE tail". */
export const predicateTable = {
  HAS_SYMPTOM: { domain: condition, range: ["symptom", "sign", "disease"] },
  HAS_FINDING: { domain: ["disease"], range: ["finding", "sign"] },
  DIAGNOSED_BY: { domain: condition, range: ["test", "procedure"] },
  HAS_MECHANISM: { domain: condition, range: ["mechanism"] },
  CAUSED_BY: {
    domain: condition,
    range: ["pathogen", "gene", "procedure", "concept", ...condition, ...remedy],
  },
  HAS_RISK_FACTOR: {
    domain: condition,
    range: ["risk factor", "mechanism", "gene", "procedure", "concept", ...condition, ...remedy],
  },
  HAS_COMPLICATION: { domain: condition, range: ["mechanism", "risk factor", "concept", ...condition] },
  DIFFERENTIAL_DIAGNOSIS: { domain: condition, range: condition },
  PREVENTED_BY: { domain: condition, range: ["procedure", "test", "concept", ...remedy] },
  TREATED_WITH: { domain: condition, range: ["procedure", "concept", ...remedy] },
  BELONGS_TO_SPECIALTY: { domain: condition, range: ["specialty", "concept"] },
  SUBTYPE_OF: { domain: ["disease"], range: ["disease"] },
  AFFECTS_ANATOMY: { domain: condition, range: ["anatomy"] },
  PATHOGEN_OF: { domain: ["pathogen"], range: ["disease"] },
  MEMBER_OF_CLASS: { domain: remedy, range: ["drug class"] },
  TREATS: { domain: remedy, range: condition },
  HAS_SIDE_EFFECT: { domain: remedy, range: ["mechanism", "concept", ...condition] },
  CONTRAINDICATED_IN: { domain: remedy, range: ["risk factor", "mechanism", "concept", ...condition] },
  INTERACTS_WITH: { domain: remedy, range: remedy },
  ACTS_BY: { domain: remedy, range: ["mechanism"] },
  TARGETS: { domain: remedy, range: ["gene", "concept"] },
  METABOLISED_BY: { domain: remedy, range: ["gene", "anatomy"] },
  PART_OF: anatomy,
  SUPPLIED_BY: anatomy,
  DRAINED_BY: anatomy,
  INNERVATED_BY: anatomy,
  DEVELOPS_FROM: anatomy,
} as const satisfies Readonly<Record<string, PredicateRow>>;

export type Predicate = keyof typeof predicateTable;

export const predicates = Object.keys(predicateTable) as readonly Predicate[] as readonly [
  Predicate,
  ...Predicate[],
];

export const predicateSchema = z.enum(predicates);

/** Whether a predicate may join a head and a tail of these types. */
export function mayJoin(predicate: Predicate, head: EntityType, tail: EntityType): boolean {
  const { domain, range }: PredicateRow = predicateTable[predicate];
  return domain.includes(head) && range.includes(tail);
}

const methodSchema = z.enum(["infobox", "section", "sentence", "model"]);

/** One place a relation was read from: how, how sure, and what the place says beside the bare fact. */
const relationEvidenceSchema = pageEvidenceSchema.extend({
  method: methodSchema,
  confidence: z.number().min(0).max(1),
  /** How often, in the page's words: "in 5 % of cases", "rarely". */
  frequency: z.string().optional(),
  /** Under what condition, in the page's words: "in children", "if untreated". */
  condition: z.string().optional(),
  /** The words that make the statement less than certain: "may", "is thought to". */
  hedge: z.string().optional(),
});

export type RelationEvidence = z.infer<typeof relationEvidenceSchema>;

/** The place itself, without how it was read. */
export function placeOf(evidence: RelationEvidence): PageEvidence {
  const { method: _m, confidence: _c, frequency: _f, condition: _u, hedge: _h, ...place } = evidence;
  return place;
}

export const relationSchema = z.strictObject({
  /** Hash of head, predicate and tail. */
  id: z.string().min(1),
  head: z.string().min(1),
  predicate: predicateSchema,
  tail: z.string().min(1),
  /** How the first piece of evidence was read. */
  method: methodSchema,
  /** Over all places: 1 − Π(1 − confidence of a place), never above 0.99. */
  confidence: z.number().min(0).max(1),
  evidence: z.array(relationEvidenceSchema).min(1),
  /** Ids of relations that say the opposite: a drug that treats what it is contraindicated in. */
  conflictsWith: z.array(z.string()).optional(),
});

export type Relation = z.infer<typeof relationSchema>;
