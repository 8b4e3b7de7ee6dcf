/**
 * Where a relation is read: fields of boxes and headings, each with what it is about (paper §3.1, relations of the
 * graph). Languages are rows. What a place says of a thing of a type is in meanings.ts.
 *
 * Invariant: names of fields and headings are in lower case.
 */
import type { EntityType } from "../../records/entity.ts";

/** What a place of a page is about. "none" is a place that gives nothing, whatever stands in it. */
export type Role =
  | "symptoms"
  | "cause"
  | "agent"
  | "mechanism"
  | "risks"
  | "diagnosis"
  | "differential"
  | "treatment"
  | "prevention"
  | "complications"
  /** What a thing leads to: a symptom, or a disease that comes of it. */
  | "outcome"
  | "affects"
  | "subtype"
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
  | "partOf"
  | "artery"
  | "vein"
  | "nerve"
  | "precursor"
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
  metabolism: { role: "metabolism", fallback: "gene" },
};

/** Fields of the boxes of organs, bones, vessels, muscles and nerves. */
const anatomyFields: Readonly<Record<string, FieldRow>> = {
  "part of": { role: "partOf", fallback: "anatomy" },
  partof: { role: "partOf", fallback: "anatomy" },
  system: { role: "partOf", fallback: "anatomy" },
  artery: { role: "artery", fallback: "anatomy" },
  vein: { role: "vein", fallback: "anatomy" },
  lymph: { role: "vein", fallback: "anatomy" },
  nerve: { role: "nerve", fallback: "anatomy" },
  precursor: { role: "precursor", fallback: "anatomy" },
};

/** The row of a field of the box of an entity of a type: "class1" is a field "class". */
export function fieldOf(type: EntityType, field: string): FieldRow | undefined {
  const fields = fieldsOf(type);
  const name = field.replace(/\s*\d+$/, "");
  return fields !== undefined && Object.hasOwn(fields, name) ? fields[name] : undefined;
}

function fieldsOf(type: EntityType): Readonly<Record<string, FieldRow>> | undefined {
  switch (type) {
    case "drug":
    case "drug class":
      return drugFields;
    case "disease":
    case "symptom":
    case "sign":
    case "finding":
      return conditionFields;
    case "anatomy":
      return anatomyFields;
    default:
      return undefined;
  }
}

/** Whether the prose of a page about an entity of a type is read for relations. */
export function readsProse(type: EntityType): boolean {
  return prosaic.has(type);
}

const prosaic: ReadonlySet<EntityType> = new Set([
  "disease",
  "symptom",
  "sign",
  "drug",
  "drug class",
  "pathogen",
  "anatomy",
]);

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
