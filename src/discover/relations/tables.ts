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
    cause: "cause|causes|etiology|aetiology|genetics|transmission|causes and risk factors|cause and transmission|genetic causes|virology|microbiology|inheritance",
    mechanism:
      "pathophysiology|mechanism|mechanisms|pathogenesis|pathology|disease mechanism|pathophysiology and genetics|immunology|biochemistry",
    risks: "risk factors|risks|risk factor|predisposing factors",
    diagnosis:
      "diagnosis|diagnostics|diagnostic approach|investigations|evaluation|laboratory findings|imaging|histology|histopathology|findings|screening|diagnostic criteria|laboratory tests|tests|laboratory|investigation",
    differential: "differential diagnosis|differential|differential diagnoses|similar conditions",
    treatment: "treatment|treatments|management|therapy|treatment and management|medication|medications|surgery|management and treatment",
    prevention: "prevention|prophylaxis|vaccination",
    complications: "complications|complication|prognosis|outcomes|outlook|prognosis and complications|course|sequelae|natural history",
    types: "types|classification|subtypes",
    uses: "medical uses|medical use|uses|indications|therapeutic uses|use|clinical uses|clinical use|therapeutic use|indications and uses",
    sideEffects: "adverse effects|side effects|side-effects|adverse reactions|safety|tolerability|unwanted effects|toxicity|adverse effects and safety|side effects and safety",
    contraindications: "contraindications|contraindication|contraindications and cautions|contraindications and precautions|precautions|cautions|warnings",
    interactions: "interactions|drug interactions|interaction",
    action:
      "mechanism of action|pharmacology|pharmacodynamics|mode of action|action|mechanism and pharmacology|how it works",
    metabolism: "pharmacokinetics|metabolism",
    none:
      "history|see also|references|notes|further reading|external links|epidemiology|research|research directions|society and culture|" +
      "society|etymology|terminology|name|naming|culture|economics|legal status|brand names|notable cases|in other animals|other animals|" +
      "veterinary use|veterinary medicine|bibliography|citations|sources|footnotes|cost|names|availability|notable people|occurrence|frequency",
  }).flatMap(([role, names]) => names.split("|").map((name) => [name, role as Role])),
);

export interface Cue {
  readonly role: Role;
  readonly words: readonly string[];
}

/** Words that give the links behind them a role. */
export const cuesBefore: readonly Cue[] = [
  { role: "cause", words: ["caused by", "due to", "results from", "result of", "infection with", "infection by", "attributable to", "brought on by", "mutations in", "mutation in", "mutation of", "mutations of", "variants in", "defects in", "transmitted by", "arises from", "triggered by", "stems from", "resulting from", "underlying cause is", "underlying process is", "underlying mechanism", "mediated by", "driven by", "involves", "reflects"] },
  { role: "symptoms", words: ["symptoms include", "symptoms are", "symptoms of", "presents with", "present with", "presenting with", "characterized by", "characterised by", "marked by", "manifests as", "manifests with", "signs include", "features include", "typical features are", "leads to", "leading to", "produces", "producing", "complain of", "complains of", "develop", "develops", "experience", "cause", "suffer from", "hallmark", "begins with", "causes", "causing", "accompanied by", "noticed as"] },
  { role: "diagnosis", words: ["diagnosed by", "diagnosed with", "diagnosis is", "confirmed by", "confirmed with", "confirmed on", "established by", "established with", "detected by", "detected with", "diagnosis rests on", "diagnosis is based on", "diagnosis relies on", "made by", "shows", "reveals", "demonstrates", "identified by", "proved by", "proven by", "demonstrated by", "shown by", "seen on", "test is", "test of choice is"] },
  { role: "differential", words: ["differential diagnosis includes", "differential includes", "differential diagnosis is", "differential diagnoses include"] },
  { role: "treatment", words: ["treated with", "treatment is with", "treatment with", "treatment includes", "treatment is", "treatment involves", "managed with", "responds to", "respond to", "therapy with", "controlled with", "treatment consists of", "treatment of choice is", "mainstay", "relieved by", "first-line"] },
  { role: "prevention", words: ["prevented by", "prevented with", "prevention is by", "protected by", "prophylaxis with"] },
  { role: "complications", words: ["complications include", "complications are", "complicated by", "complication is", "can lead to", "may lead to", "progress to", "progresses to", "result in", "results in"] },
  { role: "risks", words: ["risk factors include", "risk factors are", "risk factor is", "risk is increased by", "more common in people with", "predisposed by", "predisposing factors include", "risk is raised by", "risk rises with", "risk increases with", "strongly associated with"] },
  { role: "specialty", words: ["specialty of", "managed in", "belongs to the field of"] },
  { role: "uses", words: ["used to treat", "used for", "used in the treatment of", "used in", "used to manage", "used mainly for", "used mainly to treat", "used chiefly for", "used primarily to treat", "indicated for", "indicated in", "treatment of", "treat", "treats", "treating", "for the treatment of", "management of", "prescribed for", "given for", "effective against", "effective in", "first-line for", "therapy for", "control"] },
  { role: "sideEffects", words: ["side effects include", "adverse effects include", "side effects are", "adverse effects are", "side effect is", "may cause", "can cause", "unwanted effects include", "adverse effect is"] },
  { role: "contraindications", words: ["contraindicated in", "avoided in", "must not be used in", "must not be given to", "should not be used in", "should not be given to", "contraindications include", "contraindicated during"] },
  { role: "interactions", words: ["interacts with", "interactions with", "interaction with", "interact with"] },
  { role: "action", words: ["works by", "acts by", "acts through", "mechanism of action is", "acts as", "works through", "inhibits", "blocks", "by means of", "exerts its effect by", "its effect rests on", "its action is"] },
  { role: "class", words: ["is a", "is an", "is the", "member of the", "belongs to the", "belonging to the", "class of", "one of the", "is an oral", "of the", "is among the"] },
];

/** Words that give the links in front of them a role. */
export const cuesAfter: readonly Cue[] = [
  { role: "symptoms", words: ["are common symptoms", "is a common symptom", "are typical", "is typical", "is the main symptom", "are the main symptoms", "are common", "is common", "are usual", "are frequent", "is the leading symptom", "is often the first"] },
  { role: "diagnosis", words: ["confirms the diagnosis", "confirm the diagnosis", "establishes the diagnosis", "is diagnostic", "confirms it", "is the hallmark", "is characteristic", "are characteristic", "proves the diagnosis", "makes the diagnosis", "settles the diagnosis", "is the confirming test"] },
  { role: "treatment", words: ["is the treatment", "are the treatment", "is the mainstay", "is used", "are used", "is given", "are given", "is curative", "cures", "is first-line", "is the drug of choice", "is the standard treatment"] },
  { role: "cause", words: ["causes the disease", "is the cause", "causes it", "is responsible", "is the causative"] },
  { role: "mechanism", words: ["underlies", "lies behind", "explains", "drives"] },
  { role: "complications", words: ["is the most feared complication", "is a complication", "are complications", "may follow", "can follow"] },
  { role: "risks", words: ["is a risk factor", "are risk factors", "increases the risk", "increase the risk", "raises the risk", "raise the risk", "is the main risk factor"] },
  { role: "sideEffects", words: ["may occur", "can occur", "are the most common side effects", "is the most common side effect", "is a recognised", "is a recognized"] },
];

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
  diagnosis: { test: "DIAGNOSED_BY", finding: "HAS_FINDING", procedure: "DIAGNOSED_BY" },
  differential: { disease: "DIFFERENTIAL_DIAGNOSIS" },
  treatment: treatments,
  prevention: { drug: "PREVENTED_BY", "drug class": "PREVENTED_BY", procedure: "PREVENTED_BY" },
  complications: { disease: "HAS_COMPLICATION" },
  specialty: { specialty: "BELONGS_TO_SPECIALTY" },
};

const drugMeanings: Meanings = {
  uses: { disease: "TREATS" },
  sideEffects: { symptom: "HAS_SIDE_EFFECT", sign: "HAS_SIDE_EFFECT", disease: "HAS_SIDE_EFFECT", finding: "HAS_SIDE_EFFECT" },
  contraindications: { disease: "CONTRAINDICATED_IN", "risk factor": "CONTRAINDICATED_IN", symptom: "CONTRAINDICATED_IN", concept: "CONTRAINDICATED_IN" },
  interactions: { drug: "INTERACTS_WITH", "drug class": "INTERACTS_WITH" },
  action: { mechanism: "ACTS_BY", gene: "HAS_TARGET", "drug class": "MEMBER_OF_CLASS" },
  class: { "drug class": "MEMBER_OF_CLASS" },
  target: { gene: "HAS_TARGET", concept: "HAS_TARGET" },
  metabolism: { gene: "METABOLISED_BY" },
};

/** More that a field says than a section: its author filed the value there. */
const fieldMeanings: Meanings = {
  symptoms: { disease: "HAS_SYMPTOM" },
  cause: { disease: "CAUSED_BY", concept: "CAUSED_BY", finding: "CAUSED_BY", drug: "CAUSED_BY", "drug class": "CAUSED_BY", procedure: "CAUSED_BY" },
  risks: { drug: "HAS_RISK_FACTOR", "drug class": "HAS_RISK_FACTOR", concept: "HAS_RISK_FACTOR", mechanism: "HAS_RISK_FACTOR", gene: "HAS_RISK_FACTOR", finding: "HAS_RISK_FACTOR", procedure: "HAS_RISK_FACTOR", symptom: "HAS_RISK_FACTOR" },
  complications: { symptom: "HAS_COMPLICATION", sign: "HAS_COMPLICATION", finding: "HAS_COMPLICATION" },
  differential: { symptom: "DIFFERENTIAL_DIAGNOSIS" },
  treatment: { concept: "TREATED_WITH" },
  prevention: { test: "PREVENTED_BY", concept: "PREVENTED_BY" },
  types: { disease: "HAS_SUBTYPE" },
  specialty: { concept: "BELONGS_TO_SPECIALTY" },
  uses: { symptom: "TREATS" },
};

/** Words in front of a link that show it to be a finding of the examination just named. */
export const findingCues =
  /\b(?:shows?|showing|reveals?|revealing|demonstrates?|hallmarks?|characteristic|pathognomonic|typical|classic(?:al)?|signature|telltale|seen (?:as|is|are)|found (?:is|are)|displays?|discloses?|exhibits?|finds?|yields?|detects?|with|known as|called|appears? as|evidence of|presence of|contains?|recognised by|recognized by|marked by|points? to it|as (?:a|an|the))\b[^.;]*$/;

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
