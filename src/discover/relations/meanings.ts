/**
 * What a place of a page says of a thing of a type: role and types decide a predicate together.
 *
 * Invariant: no pair in a table means no relation. A field, or words that govern a name directly, say more than a
 * section; what only they say is in tables of their own.
 */
import type { EntityType } from "../../records/entity.ts";
import type { Predicate } from "../../records/relation.ts";
import type { Role } from "./tables.ts";

type Meanings = Partial<Record<Role, Partial<Record<EntityType, Predicate>>>>;

const treatments = {
  drug: "TREATED_WITH",
  "drug class": "TREATED_WITH",
  procedure: "TREATED_WITH",
} as const;

const conditionMeanings: Meanings = {
  symptoms: {
    symptom: "HAS_SYMPTOM",
    sign: "HAS_SYMPTOM",
    finding: "HAS_FINDING",
  },
  cause: {
    pathogen: "CAUSED_BY",
    gene: "CAUSED_BY",
    mechanism: "HAS_MECHANISM",
    "risk factor": "HAS_RISK_FACTOR",
  },
  mechanism: {
    mechanism: "HAS_MECHANISM",
    gene: "CAUSED_BY",
    pathogen: "CAUSED_BY",
    finding: "HAS_FINDING",
    anatomy: "AFFECTS_ANATOMY",
  },
  risks: { "risk factor": "HAS_RISK_FACTOR", disease: "HAS_RISK_FACTOR" },
  diagnosis: { test: "DIAGNOSED_BY", finding: "HAS_FINDING", sign: "HAS_FINDING", procedure: "DIAGNOSED_BY" },
  differential: { disease: "DIFFERENTIAL_DIAGNOSIS" },
  treatment: treatments,
  prevention: { drug: "PREVENTED_BY", "drug class": "PREVENTED_BY", procedure: "PREVENTED_BY" },
  complications: { disease: "HAS_COMPLICATION" },
  specialty: { specialty: "BELONGS_TO_SPECIALTY" },
};

/** A symptom has causes and remedies; what its page calls a symptom is as often its neighbour. */
const symptomMeanings: Meanings = {
  cause: { disease: "CAUSED_BY", drug: "CAUSED_BY", "drug class": "CAUSED_BY", pathogen: "CAUSED_BY" },
  diagnosis: { test: "DIAGNOSED_BY" },
  treatment: treatments,
  prevention: { drug: "PREVENTED_BY", "drug class": "PREVENTED_BY", procedure: "PREVENTED_BY" },
  complications: { disease: "HAS_COMPLICATION" },
  differential: { disease: "DIFFERENTIAL_DIAGNOSIS" },
};

const drugMeanings: Meanings = {
  uses: { disease: "TREATS" },
  sideEffects: {
    symptom: "HAS_SIDE_EFFECT",
    sign: "HAS_SIDE_EFFECT",
    disease: "HAS_SIDE_EFFECT",
    finding: "HAS_SIDE_EFFECT",
    mechanism: "HAS_SIDE_EFFECT",
    concept: "HAS_SIDE_EFFECT",
  },
  contraindications: {
    disease: "CONTRAINDICATED_IN",
    "risk factor": "CONTRAINDICATED_IN",
    symptom: "CONTRAINDICATED_IN",
    concept: "CONTRAINDICATED_IN",
    mechanism: "CONTRAINDICATED_IN",
    sign: "CONTRAINDICATED_IN",
    finding: "CONTRAINDICATED_IN",
  },
  interactions: { drug: "INTERACTS_WITH", "drug class": "INTERACTS_WITH" },
  action: { mechanism: "ACTS_BY", gene: "TARGETS", "drug class": "MEMBER_OF_CLASS" },
  class: { "drug class": "MEMBER_OF_CLASS" },
  target: { gene: "TARGETS", concept: "TARGETS" },
  metabolism: { gene: "METABOLISED_BY", anatomy: "METABOLISED_BY" },
};

const anatomyMeanings: Meanings = {
  partOf: { anatomy: "PART_OF" },
  artery: { anatomy: "SUPPLIED_BY" },
  vein: { anatomy: "DRAINED_BY" },
  nerve: { anatomy: "INNERVATED_BY" },
  precursor: { anatomy: "DEVELOPS_FROM" },
};

const pathogenMeanings: Meanings = {
  symptoms: { disease: "PATHOGEN_OF" },
  agent: { disease: "PATHOGEN_OF" },
};

const anyCause = {
  pathogen: "CAUSED_BY",
  gene: "CAUSED_BY",
  disease: "CAUSED_BY",
  symptom: "CAUSED_BY",
  sign: "CAUSED_BY",
  finding: "CAUSED_BY",
  concept: "CAUSED_BY",
  drug: "CAUSED_BY",
  "drug class": "CAUSED_BY",
  procedure: "CAUSED_BY",
} as const;

const anyRisk = {
  "risk factor": "HAS_RISK_FACTOR",
  disease: "HAS_RISK_FACTOR",
  symptom: "HAS_RISK_FACTOR",
  sign: "HAS_RISK_FACTOR",
  finding: "HAS_RISK_FACTOR",
  drug: "HAS_RISK_FACTOR",
  "drug class": "HAS_RISK_FACTOR",
  procedure: "HAS_RISK_FACTOR",
  mechanism: "HAS_RISK_FACTOR",
  concept: "HAS_RISK_FACTOR",
} as const;

const anyComplication = {
  disease: "HAS_COMPLICATION",
  symptom: "HAS_COMPLICATION",
  sign: "HAS_COMPLICATION",
  finding: "HAS_COMPLICATION",
  mechanism: "HAS_COMPLICATION",
} as const;

const anyDifferential = {
  disease: "DIFFERENTIAL_DIAGNOSIS",
  symptom: "DIFFERENTIAL_DIAGNOSIS",
  sign: "DIFFERENTIAL_DIAGNOSIS",
  finding: "DIFFERENTIAL_DIAGNOSIS",
} as const;

/** More that words say which govern a name directly. */
const nearConditionMeanings: Meanings = {
  symptoms: { disease: "HAS_SYMPTOM" },
  outcome: { disease: "HAS_COMPLICATION", symptom: "HAS_SYMPTOM", sign: "HAS_SYMPTOM" },
  cause: { ...anyCause, mechanism: "HAS_MECHANISM", "risk factor": "HAS_RISK_FACTOR" },
  risks: anyRisk,
  complications: anyComplication,
  differential: anyDifferential,
  treatment: { ...treatments, concept: "TREATED_WITH" },
  prevention: { ...conditionMeanings.prevention, test: "PREVENTED_BY", concept: "PREVENTED_BY" },
  diagnosis: { test: "DIAGNOSED_BY", procedure: "DIAGNOSED_BY" },
  affects: { anatomy: "AFFECTS_ANATOMY" },
  subtype: { disease: "SUBTYPE_OF" },
};

const nearDrugMeanings: Meanings = {
  uses: { disease: "TREATS", symptom: "TREATS", sign: "TREATS", finding: "TREATS" },
  sideEffects: drugMeanings.sideEffects ?? {},
  contraindications: drugMeanings.contraindications ?? {},
  interactions: drugMeanings.interactions ?? {},
  action: { gene: "TARGETS", mechanism: "ACTS_BY", concept: "TARGETS" },
  metabolism: { gene: "METABOLISED_BY", anatomy: "METABOLISED_BY" },
  class: { "drug class": "MEMBER_OF_CLASS" },
};

const nearPathogenMeanings: Meanings = {
  outcome: { disease: "PATHOGEN_OF" },
  agent: { disease: "PATHOGEN_OF" },
};

/** More that a field says than a section: its author filed the value there. */
const fieldMeanings: Meanings = {
  symptoms: { disease: "HAS_SYMPTOM" },
  cause: anyCause,
  risks: { ...anyRisk, gene: "HAS_RISK_FACTOR" },
  complications: { ...anyComplication, concept: "HAS_COMPLICATION", "risk factor": "HAS_COMPLICATION" },
  differential: { symptom: "DIFFERENTIAL_DIAGNOSIS" },
  treatment: { concept: "TREATED_WITH" },
  prevention: { test: "PREVENTED_BY", concept: "PREVENTED_BY" },
  types: { disease: "SUBTYPE_OF" },
  specialty: { concept: "BELONGS_TO_SPECIALTY" },
  uses: { symptom: "TREATS", sign: "TREATS" },
};

/** What a role says of a head about a tail of a type, if anything. */
export function meaningOf(
  head: EntityType,
  role: Role,
  tail: EntityType,
  isField = false,
): Predicate | undefined {
  const table = meaningsOf(head, isField);
  const found = table?.[role]?.[tail] ?? (table && isField ? fieldMeanings[role]?.[tail] : undefined);
  return head === "drug class" && found === "MEMBER_OF_CLASS" && !isField ? undefined : found;
}

function meaningsOf(head: EntityType, isField: boolean): Meanings | undefined {
  switch (head) {
    case "drug":
    case "drug class":
      return drugMeanings;
    case "disease":
      return conditionMeanings;
    case "symptom":
    case "sign":
    case "finding":
      return isField ? conditionMeanings : symptomMeanings;
    case "anatomy":
      return isField ? anatomyMeanings : undefined;
    case "pathogen":
      return pathogenMeanings;
    default:
      return undefined;
  }
}

/** What a role says of a head when its words govern the name of the tail directly. */
export function nearMeaningOf(head: EntityType, role: Role, tail: EntityType): Predicate | undefined {
  switch (head) {
    case "drug":
      return nearDrugMeanings[role]?.[tail];
    case "drug class":
      return role === "class" ? undefined : nearDrugMeanings[role]?.[tail];
    case "disease":
      return nearConditionMeanings[role]?.[tail];
    case "symptom":
    case "sign":
    case "finding":
      // What a symptom leads to follows it, and is no symptom of it.
      return role === "symptoms"
        ? undefined
        : nearConditionMeanings[role === "outcome" ? "complications" : role]?.[tail];
    case "anatomy":
      return anatomyMeanings[role]?.[tail];
    case "pathogen":
      return nearPathogenMeanings[role]?.[tail];
    default:
      return undefined;
  }
}
