/**
 * Where a relation is read and what it says: fields of boxes, headings, and words before or after a link
 * (paper §3.1, relations of the graph). Languages are rows.
 *
 * Invariant: a place and the type of what stands there decide a predicate together; no pair in `meanings` means no
 * relation.
 */
import type { EntityType } from "../../records/entity.ts";
import type { Predicate } from "../../records/relation.ts";

/** What a place of a page is about. "none" is a place that gives nothing, whatever stands in it. */
export type Role =
  | "symptoms"
  | "cause"
  | "mechanism"
  | "risks"
  | "diagnosis"
  | "differential"
  | "treatment"
  | "prevention"
  | "complications"
  | "specialty"
  | "types"
  | "uses"
  | "sideEffects"
  | "contraindications"
  | "interactions"
  | "action"
  | "class"
  | "target"
  | "metabolism"
  | "none";

export interface FieldRow {
  readonly role: Role;
  /** Type of a value that has no page. Absent where only known entities are values. */
  readonly fallback?: EntityType;
}

/** Fields of the box of a condition. */
const conditionFields: Readonly<Record<string, FieldRow>> = {
  symptoms: { role: "symptoms", fallback: "symptom" },
  symptom: { role: "symptoms", fallback: "symptom" },
  signs: { role: "symptoms", fallback: "sign" },
  complications: { role: "complications", fallback: "disease" },
  complication: { role: "complications", fallback: "disease" },
  causes: { role: "cause", fallback: "concept" },
  cause: { role: "cause", fallback: "concept" },
  risks: { role: "risks", fallback: "risk factor" },
  risk: { role: "risks", fallback: "risk factor" },
  diagnosis: { role: "diagnosis", fallback: "test" },
  differential: { role: "differential", fallback: "disease" },
  "differential diagnosis": { role: "differential", fallback: "disease" },
  diff: { role: "differential", fallback: "disease" },
  prevention: { role: "prevention", fallback: "procedure" },
  treatment: { role: "treatment", fallback: "procedure" },
  management: { role: "treatment", fallback: "procedure" },
  medication: { role: "treatment", fallback: "drug" },
  medications: { role: "treatment", fallback: "drug" },
  specialty: { role: "specialty", fallback: "specialty" },
  speciality: { role: "specialty", fallback: "specialty" },
  field: { role: "specialty", fallback: "specialty" },
  types: { role: "types", fallback: "disease" },
  // Italian and Armenian boxes.
  specialità: { role: "specialty", fallback: "specialty" },
  eziologia: { role: "cause", fallback: "concept" },
  մասնագիտություն: { role: "specialty", fallback: "specialty" },
  ախտանիշներ: { role: "symptoms", fallback: "symptom" },
  բարդություններ: { role: "complications", fallback: "disease" },
  պատճառներ: { role: "cause", fallback: "concept" },
  ախտորոշում: { role: "diagnosis", fallback: "test" },
  բուժում: { role: "treatment", fallback: "procedure" },
};

/** Fields of the boxes of drugs and drug classes. */
const drugFields: Readonly<Record<string, FieldRow>> = {
  class: { role: "class", fallback: "drug class" },
  "drug class": { role: "class", fallback: "drug class" },
  uses: { role: "uses", fallback: "disease" },
  use: { role: "uses", fallback: "disease" },
  "side effects": { role: "sideEffects", fallback: "symptom" },
  "adverse effects": { role: "sideEffects", fallback: "symptom" },
  contraindications: { role: "contraindications", fallback: "disease" },
  interactions: { role: "interactions", fallback: "drug" },
  "mechanism of action": { role: "action", fallback: "mechanism" },
  "biological target": { role: "target", fallback: "gene" },
  target: { role: "target", fallback: "gene" },
  metabolism: { role: "metabolism" },
};

/** The fields that say something about an entity of a type. */
export function fieldsOf(type: EntityType): Readonly<Record<string, FieldRow>> {
  switch (type) {
    case "drug":
    case "drug class":
      return drugFields;
    case "disease":
    case "symptom":
    case "sign":
    case "finding":
      return conditionFields;
    default:
      return {};
  }
}

/** Headings, in lower case; a heading that is not here takes the role of the one above it. */
export const headingRoles: Readonly<Record<string, Role>> = Object.fromEntries(
  Object.entries({
    symptoms:
      "signs and symptoms|symptoms|symptoms and signs|presentation|clinical features|clinical presentation|signs|" +
      "clinical manifestations|manifestations|characteristics|clinical picture|features|signs & symptoms",
    cause:
      "cause|causes|etiology|aetiology|genetics|transmission|causes and risk factors|cause and transmission|genetic causes|virology|microbiology|inheritance",
    mechanism:
      "pathophysiology|mechanism|mechanisms|pathogenesis|pathology|disease mechanism|pathophysiology and genetics|immunology|biochemistry",
    risks: "risk factors|risks|risk factor|predisposing factors",
    diagnosis:
      "diagnosis|diagnostics|diagnostic approach|investigations|evaluation|laboratory findings|imaging|histology|histopathology|findings|screening|diagnostic criteria|laboratory tests|tests|laboratory|investigation",
    differential: "differential diagnosis|differential|differential diagnoses|similar conditions",
    treatment:
      "treatment|treatments|management|therapy|treatment and management|medication|medications|surgery|management and treatment",
    prevention: "prevention|prophylaxis|vaccination",
    complications:
      "complications|complication|prognosis|outcomes|outlook|prognosis and complications|course|sequelae|natural history",
    types: "types|classification|subtypes",
    uses: "medical uses|medical use|uses|indications|therapeutic uses|use|clinical uses|clinical use|therapeutic use|indications and uses",
    sideEffects:
      "adverse effects|side effects|side-effects|adverse reactions|safety|tolerability|unwanted effects|toxicity|adverse effects and safety|side effects and safety",
    contraindications:
      "contraindications|contraindication|contraindications and cautions|contraindications and precautions",
    interactions: "interactions|drug interactions|interaction",
    action:
      "mechanism of action|pharmacology|pharmacodynamics|mode of action|action|mechanism and pharmacology|how it works",
    metabolism: "pharmacokinetics|metabolism",
    none:
      "history|see also|references|notes|further reading|external links|epidemiology|research|research directions|society and culture|" +
      "society|etymology|terminology|name|naming|culture|economics|legal status|brand names|notable cases|in other animals|other animals|" +
      "precautions|cautions|warnings|veterinary use|veterinary medicine|bibliography|citations|sources|footnotes|cost|names|availability|notable people|occurrence|frequency",
  }).flatMap(([role, names]) => names.split("|").map((name) => [name, role as Role])),
);

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
    anatomy: "AFFECTS",
  },
  risks: { "risk factor": "HAS_RISK_FACTOR", disease: "HAS_RISK_FACTOR" },
  diagnosis: { test: "DIAGNOSED_BY", finding: "HAS_FINDING", sign: "HAS_FINDING", procedure: "DIAGNOSED_BY" },
  differential: { disease: "DIFFERENTIAL_DIAGNOSIS" },
  treatment: treatments,
  prevention: { drug: "PREVENTED_BY", "drug class": "PREVENTED_BY", procedure: "PREVENTED_BY" },
  complications: { disease: "HAS_COMPLICATION" },
  specialty: { specialty: "BELONGS_TO_SPECIALTY" },
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
  action: { mechanism: "ACTS_BY", gene: "HAS_TARGET", "drug class": "MEMBER_OF_CLASS" },
  class: { "drug class": "MEMBER_OF_CLASS" },
  target: { gene: "HAS_TARGET", concept: "HAS_TARGET" },
  metabolism: { gene: "METABOLISED_BY" },
};

/** More that a field says than a section: its author filed the value there. */
const fieldMeanings: Meanings = {
  symptoms: { disease: "HAS_SYMPTOM" },
  cause: {
    symptom: "CAUSED_BY",
    sign: "CAUSED_BY",
    disease: "CAUSED_BY",
    concept: "CAUSED_BY",
    finding: "CAUSED_BY",
    drug: "CAUSED_BY",
    "drug class": "CAUSED_BY",
    procedure: "CAUSED_BY",
  },
  risks: {
    drug: "HAS_RISK_FACTOR",
    "drug class": "HAS_RISK_FACTOR",
    concept: "HAS_RISK_FACTOR",
    mechanism: "HAS_RISK_FACTOR",
    gene: "HAS_RISK_FACTOR",
    finding: "HAS_RISK_FACTOR",
    procedure: "HAS_RISK_FACTOR",
    symptom: "HAS_RISK_FACTOR",
  },
  complications: {
    symptom: "HAS_COMPLICATION",
    sign: "HAS_COMPLICATION",
    finding: "HAS_COMPLICATION",
    mechanism: "HAS_COMPLICATION",
    concept: "HAS_COMPLICATION",
    "risk factor": "HAS_COMPLICATION",
  },
  differential: { symptom: "DIFFERENTIAL_DIAGNOSIS" },
  treatment: { concept: "TREATED_WITH" },
  prevention: { test: "PREVENTED_BY", concept: "PREVENTED_BY" },
  types: { disease: "HAS_SUBTYPE" },
  specialty: { concept: "BELONGS_TO_SPECIALTY" },
  uses: { symptom: "TREATS" },
};

/** What a role says of a head about a tail of a type, if anything. */
export function meaningOf(
  head: EntityType,
  role: Role,
  tail: EntityType,
  isField = false,
): Predicate | undefined {
  const isDrug = head === "drug" || head === "drug class";
  const isCondition = head === "disease" || (isField && (head === "symptom" || head === "sign"));
  const table = isDrug ? drugMeanings : isCondition ? conditionMeanings : undefined;
  const found = table?.[role]?.[tail] ?? (table && isField ? fieldMeanings[role]?.[tail] : undefined);
  return head === "drug class" && found === "MEMBER_OF_CLASS" && !isField ? undefined : found;
}
