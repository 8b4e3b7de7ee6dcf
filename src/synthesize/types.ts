/**
 * The question types (paper §3.1): what a subject is, how it is told, what is walked from it and what is asked.
 * Words are in `wording/`; that exactly one option is true is shown in `truth.ts`.
 *
 * Invariant: a type's name says how it is told and what is asked ("symptomsToDrug"); two types that walk the same edges
 * in opposite directions share the key of their path.
 */
import type { Metapath } from "../graph/sampling.ts";
import type { EntityType } from "../records/entity.ts";
import type { Predicate } from "../records/relation.ts";

/** How a question is built. */
type Form =
  /** What stands at the end of a walk from the subject. */
  | "attribute"
  /** The one disease that has all that is told: findings, or facts of several kinds. */
  | "diagnosis"
  | "contrast"
  | "intersection"
  /** The finding that one of two like diseases has and the other has not. */
  | "discriminator"
  /** The one option that is not linked to the subject while all others are. */
  | "except"
  /** The one true statement about the subject: the relation and its other end are masked together. */
  | "relation";

/** What is asked: the word of the grammar that the stem's last sentence comes from. */
export type Ask =
  | "test"
  | "finding"
  | "symptom"
  | "mechanism"
  | "drug"
  | "cause"
  | "complication"
  | "riskFactor"
  | "prevention"
  | "sideEffect"
  | "drugClass"
  | "target"
  | "avoid"
  | "disease"
  | "discriminator"
  | "relation"
  | "use"
  | "member"
  | "contraindication"
  | "enzyme"
  | "classEffect";

/** How the subject is told. */
type Telling = "name" | "symptoms";

export interface QuestionType {
  readonly name: string;
  readonly form: Form;
  readonly ask: Ask;
  readonly told: Telling;
  readonly subjects: readonly EntityType[];
  /** From the subject to the answer; of an "except" the one predicate; empty where the subject itself is asked for. */
  readonly metapath: Metapath;
  readonly answers: readonly EntityType[];
  /** A drug must also be ruled out by a condition of the patient. */
  readonly condition?: "avoid";
}

interface Row {
  readonly key: string;
  readonly ask: Ask;
  readonly metapath: Metapath;
  readonly answers: readonly EntityType[];
  readonly condition?: "avoid";
  readonly told?: readonly Telling[];
}

const sick = ["symptom", "sign", "finding", "disease"] as const satisfies readonly EntityType[];

/** Asked of a disease, by its name and by its symptoms. */
const ofDisease: readonly Row[] = [
  { key: "Test", ask: "test", metapath: ["DIAGNOSED_BY"], answers: ["test", "procedure"] },
  { key: "Finding", ask: "finding", metapath: ["HAS_FINDING"], answers: ["finding", "sign"] },
  { key: "Symptom", ask: "symptom", metapath: ["HAS_SYMPTOM"], answers: ["symptom", "sign"], told: ["name"] },
  { key: "Mechanism", ask: "mechanism", metapath: ["HAS_MECHANISM"], answers: ["mechanism"] },
  { key: "Drug", ask: "drug", metapath: ["TREATED_WITH"], answers: ["drug"] },
  { key: "Cause", ask: "cause", metapath: ["CAUSED_BY"], answers: ["pathogen", "gene"] },
  { key: "Complication", ask: "complication", metapath: ["HAS_COMPLICATION"], answers: sick },
  {
    key: "RiskFactor",
    ask: "riskFactor",
    metapath: ["HAS_RISK_FACTOR"],
    answers: ["risk factor", "disease", "gene"],
  },
  {
    key: "Prevention",
    ask: "prevention",
    metapath: ["PREVENTED_BY"],
    answers: ["procedure", "drug", "drug class"],
  },
  {
    key: "SideEffect",
    ask: "sideEffect",
    metapath: ["TREATED_WITH", "HAS_SIDE_EFFECT"],
    answers: [...sick, "concept"],
  },
  {
    key: "DrugClass",
    ask: "drugClass",
    metapath: ["TREATED_WITH", "MEMBER_OF_CLASS"],
    answers: ["drug class"],
  },
  { key: "Target", ask: "target", metapath: ["TREATED_WITH", "TARGETS"], answers: ["gene", "concept"] },
  {
    key: "ClassEffect",
    ask: "classEffect",
    metapath: ["TREATED_WITH", "MEMBER_OF_CLASS", "HAS_SIDE_EFFECT"],
    answers: [...sick, "concept"],
  },
  { key: "Avoid", ask: "avoid", metapath: ["TREATED_WITH"], answers: ["drug"], condition: "avoid" },
];

/** Asked of a drug, a class or a pathogen by its name. */
const ofOthers: readonly (Row & { readonly subject: EntityType })[] = [
  { key: "Use", subject: "drug", ask: "use", metapath: ["TREATS"], answers: ["disease"] },
  { key: "Class", subject: "drug", ask: "drugClass", metapath: ["MEMBER_OF_CLASS"], answers: ["drug class"] },
  {
    key: "SideEffect",
    subject: "drug",
    ask: "sideEffect",
    metapath: ["HAS_SIDE_EFFECT"],
    answers: [...sick, "concept"],
  },
  {
    key: "Contraindication",
    subject: "drug",
    ask: "contraindication",
    metapath: ["CONTRAINDICATED_IN"],
    answers: [...sick, "risk factor", "concept"],
  },
  { key: "Target", subject: "drug", ask: "target", metapath: ["TARGETS"], answers: ["gene", "concept"] },
  { key: "Mechanism", subject: "drug", ask: "mechanism", metapath: ["ACTS_BY"], answers: ["mechanism"] },
  {
    key: "Enzyme",
    subject: "drug",
    ask: "enzyme",
    metapath: ["METABOLISED_BY"],
    answers: ["gene", "anatomy"],
  },
  {
    key: "ClassEffect",
    subject: "drug",
    ask: "classEffect",
    metapath: ["MEMBER_OF_CLASS", "HAS_SIDE_EFFECT"],
    answers: [...sick, "concept"],
  },
  {
    key: "Member",
    subject: "drug class",
    ask: "member",
    metapath: ["~MEMBER_OF_CLASS"],
    answers: ["drug"],
  },
  { key: "Disease", subject: "pathogen", ask: "disease", metapath: ["PATHOGEN_OF"], answers: ["disease"] },
  {
    key: "Drug",
    subject: "pathogen",
    ask: "drug",
    metapath: ["PATHOGEN_OF", "TREATED_WITH"],
    answers: ["drug"],
  },
];

/** Asked for the exception among what is linked to a disease or a drug. */
const exceptions: readonly {
  key: string;
  subject: EntityType;
  ask: Ask;
  predicate: Predicate;
  answers: readonly EntityType[];
}[] = [
  {
    key: "Symptom",
    subject: "disease",
    ask: "symptom",
    predicate: "HAS_SYMPTOM",
    answers: ["symptom", "sign"],
  },
  { key: "Drug", subject: "disease", ask: "drug", predicate: "TREATED_WITH", answers: ["drug"] },
  {
    key: "RiskFactor",
    subject: "disease",
    ask: "riskFactor",
    predicate: "HAS_RISK_FACTOR",
    answers: ["risk factor", "disease", "gene"],
  },
  {
    key: "Complication",
    subject: "disease",
    ask: "complication",
    predicate: "HAS_COMPLICATION",
    answers: sick,
  },
  {
    key: "SideEffect",
    subject: "drug",
    ask: "sideEffect",
    predicate: "HAS_SIDE_EFFECT",
    answers: [...sick, "concept"],
  },
];

const disease = ["disease"] as const satisfies readonly EntityType[];

/** Types whose answer is the disease, or what tells two diseases apart. */
const whole: readonly QuestionType[] = [
  {
    name: "diagnosis",
    form: "diagnosis",
    ask: "disease",
    told: "symptoms",
    subjects: disease,
    metapath: [],
    answers: disease,
  },
  {
    name: "contrast",
    form: "contrast",
    ask: "disease",
    told: "symptoms",
    subjects: disease,
    metapath: [],
    answers: disease,
  },
  {
    name: "intersection",
    form: "intersection",
    ask: "disease",
    told: "symptoms",
    subjects: disease,
    metapath: [],
    answers: disease,
  },
  {
    name: "discriminator",
    form: "discriminator",
    ask: "discriminator",
    told: "name",
    subjects: disease,
    metapath: ["HAS_SYMPTOM"],
    answers: ["symptom", "sign"],
  },
  {
    name: "relation",
    form: "relation",
    ask: "relation",
    told: "name",
    subjects: ["drug", "disease"],
    metapath: [],
    answers: [],
  },
];

/** All question types, those that tell the name first. */
export const questionTypes: readonly QuestionType[] = [
  ...ofDisease.flatMap((row) => typesOf(row, "name")),
  ...ofOthers.map(({ key, subject, ...row }) => ({
    name: `${subject === "drug class" ? "class" : subject}To${key}`,
    ...row,
    form: "attribute" as const,
    told: "name" as const,
    subjects: [subject],
  })),
  ...exceptions.map(({ key, subject, ask, predicate, answers }) => ({
    name: subject === "disease" ? `except${key}` : `except${key}OfDrug`,
    form: "except" as const,
    ask,
    told: "name" as const,
    subjects: [subject],
    metapath: [predicate],
    answers,
  })),
  ...whole,
  ...ofDisease.flatMap((row) => typesOf(row, "symptoms")),
];

function typesOf(row: Row, told: Telling): QuestionType[] {
  const { key, told: tellings = ["name", "symptoms"], ...rest } = row;
  if (!tellings.includes(told)) return [];
  return [{ name: `${told}To${key}`, form: "attribute", told, subjects: disease, ...rest }];
}

/**
 * Hops of a question: edges walked, one more from symptoms to the disease, and what rules a drug out, by itself or by
 * its class.
 */
export function hopsOf({ metapath, told, condition }: QuestionType, ruling: number): number {
  const ruled = condition ? Math.max(1, ruling) : 0;
  return Math.max(1, metapath.length + (told === "symptoms" ? 1 : 0) + ruled);
}
