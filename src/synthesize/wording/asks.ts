/**
 * The last sentence of a stem in the clinical style, by what is asked.
 *
 * "{d}" is the subject: its name, or words for a disease that is not named. "{h}" is the condition that the patient has
 * besides, "{o}" the other entity. Invariant: a sentence claims what the edge says and no more (a test "helps to
 * diagnose"), names no answer, and does not begin with a name, whose first letter may be meant to be small.
 */
import { invariant } from "../../base/errors.ts";
import type { QuestionType } from "../types.ts";
import { type Asks, ofDisease, ofPatient } from "./asks-of-disease.ts";

const ofDrug: Asks = {
  use: [
    "Which of the following conditions is treated with {d}?",
    "For which of the following is {d} used?",
    "What is a recognised indication for {d}?",
    "Which of the following is an indication for treatment with {d}?",
    "In which of the following conditions is {d} given?",
    "Which disease can be treated with {d}?",
    "A patient who receives {d} is most likely being treated for which of the following?",
  ],
  drugClass: [
    "To which drug class does {d} belong?",
    "Which of the following classes includes {d}?",
    "What class of drug is {d}?",
    "Pharmacologically, {d} is classified as which of the following?",
    "Of which of the following drug classes is {d} a member?",
    "Which of the following describes the class of {d}?",
  ],
  sideEffect: [
    "Which of the following is a recognised adverse effect of {d}?",
    "Which adverse effect can {d} cause?",
    "Treatment with {d} may cause which of the following?",
    "Which of the following is a known side effect of {d}?",
    "A patient who takes {d} is at risk of which of the following adverse effects?",
    "Which of the following may result from treatment with {d}?",
    "Which adverse effect should be discussed before {d} is given?",
  ],
  contraindication: [
    "Which of the following is a contraindication to {d}?",
    "In which of the following is {d} contraindicated?",
    "Which of the following rules out treatment with {d}?",
    "In which of the following situations should {d} be avoided?",
    "Before {d} is given, which of the following must be excluded?",
    "The use of {d} is contraindicated in which of the following?",
    "Which of the following speaks against the use of {d}?",
  ],
  target: [
    "Which of the following is a molecular target of {d}?",
    "On which of the following does {d} act?",
    "Which target accounts for an effect of {d}?",
    "At which molecular target is {d} directed?",
    "Which of the following is acted on by {d}?",
    "The action of {d} involves which of the following targets?",
  ],
  mechanism: [
    "What is the mechanism of action of {d}?",
    "By which of the following mechanisms does {d} act?",
    "Which of the following explains the effect of {d}?",
    "Which mechanism underlies the action of {d}?",
    "How does {d} exert its effect?",
    "The therapeutic effect of {d} depends on which of the following?",
  ],
  enzyme: [
    "Which of the following metabolises {d}?",
    "By which of the following is {d} metabolised?",
    "Which of the following is responsible for the metabolism of {d}?",
    "The metabolism of {d} depends on which of the following?",
    "Where or by which enzyme is {d} broken down?",
    "Which of the following takes part in the breakdown of {d}?",
  ],
  classEffect: [
    "Which of the following is a recognised adverse effect of the drug class to which {d} belongs?",
    "The class that includes {d} can cause which of the following?",
    "Which adverse effect is known for the class of {d}?",
    "As a member of its class, {d} may cause which of the following?",
    "Which of the following is a class effect to be expected of {d}?",
    "Drugs of the same class as {d} are associated with which adverse effect?",
  ],
};

const ofClass: Asks = {
  member: [
    "Which of the following drugs belongs to the class {d}?",
    "Which of the following is an example of the drug class {d}?",
    "Which drug is a member of the class {d}?",
    "The drug class {d} includes which of the following?",
    "Which of the following agents falls into the class {d}?",
    "Which of the following would be counted among the drugs of this class: {d}?",
  ],
};

const ofPathogen: Asks = {
  disease: [
    "Which of the following diseases is caused by {d}?",
    "Which disease has {d} as a cause?",
    "Which of the following conditions can {d} cause?",
    "Of which disease is {d} a causative pathogen?",
    "Which of the following is an illness due to {d}?",
    "Which of the following diseases can result when {d} is the pathogen?",
    "If {d} is identified in a specimen, which of the following diseases should be considered?",
  ],
  drug: [
    "Which of the following drugs treats a disease caused by {d}?",
    "Which drug is used in a disease that is due to {d}?",
    "A disease caused by {d} can be treated with which of the following?",
    "Which of the following medications is given for an illness due to {d}?",
    "For a disease that {d} causes, which of the following drugs is used?",
    "Which of the following is a drug treatment of a disease caused by {d}?",
  ],
};

const exceptions: Asks = {
  symptom: [
    "Which of the following is NOT a recognised symptom of {d}?",
    "All of the following can occur in {d} EXCEPT which one?",
    "Which of the following features is NOT associated with {d}?",
    "Which of these does NOT belong to the clinical picture of {d}?",
    "Each of the following is a feature of {d} EXCEPT which one?",
    "Which of the following would NOT be counted among the symptoms of {d}?",
  ],
  drug: [
    "Which of the following drugs is NOT used to treat {d}?",
    "All of the following are treatments of {d} EXCEPT which one?",
    "Which of the following does NOT belong to the drug treatment of {d}?",
    "Each of the following drugs is given for {d} EXCEPT which one?",
    "Which of these medications is NOT a recognised treatment for {d}?",
    "Which of the following agents has NO recognised place in the treatment of {d}?",
  ],
  riskFactor: [
    "Which of the following is NOT a recognised risk factor for {d}?",
    "All of the following raise the risk of {d} EXCEPT which one?",
    "Which of the following is NOT known to predispose to {d}?",
    "Each of the following is a risk factor for {d} EXCEPT which one?",
    "Which of these does NOT make {d} more likely?",
    "Which of the following is NOT associated with a higher risk of {d}?",
  ],
  complication: [
    "Which of the following is NOT a recognised complication of {d}?",
    "All of the following may complicate {d} EXCEPT which one?",
    "Which of the following is NOT known to arise from {d}?",
    "Each of the following is a possible complication of {d} EXCEPT which one?",
    "Which of these does NOT belong to the complications of {d}?",
    "Which of the following is NOT a known consequence of {d}?",
  ],
  sideEffect: [
    "Which of the following is NOT a recognised adverse effect of {d}?",
    "All of the following can be caused by {d} EXCEPT which one?",
    "Which of the following is NOT a known side effect of {d}?",
    "Each of the following is an adverse effect of {d} EXCEPT which one?",
    "Which of these is NOT attributed to treatment with {d}?",
    "Which of the following does NOT belong to the adverse effects of {d}?",
  ],
};

const discriminator: readonly string[] = [
  "Which of the following is a feature of {d} but not of {o}?",
  "Which finding favours {d} over {o}?",
  "Which of the following would suggest {d} rather than {o}?",
  "Which clinical feature is expected in {d} and not in {o}?",
  "A clinician has to decide between {d} and {o}; which of the following speaks for {d}?",
  "Which of the following belongs to the picture of {d}, but not to that of {o}?",
  "In telling {d} from {o}, which of the following points to {d}?",
  "Both {d} and {o} are considered; the presence of which of the following supports {d}?",
];

/** The options are statements about the subject. */
const relation: readonly string[] = [
  "Which of the following statements about {d} is correct?",
  "Which of the following is true of {d}?",
  "With regard to {d}, which of the following is correct?",
  "Which of these statements describes {d} correctly?",
  "Concerning {d}, which of the following statements holds?",
  "Of the following statements about {d}, which one is correct?",
  "A student revises {d}; which of these notes is correct?",
  "Which one of the following applies to {d}?",
];

/** Ways to ask what a type asks; for a vignette, those that need a patient too. */
export function clinicalAsks(type: QuestionType): readonly string[] {
  const asks = asksFrom(type, {
    ofDisease,
    ofDrug,
    ofClass,
    ofPathogen,
    exceptions,
    discriminator,
    relation,
  });
  if (type.told === "name") return asks;
  // A condition of the patient is told in the vignette.
  return type.condition || type.ask === "disease" ? patientAsks(type) : [...asks, ...patientAsks(type)];
}

/** Ways to ask at the end of a vignette that speaks of a patient; none for most. */
export function patientAsks(type: QuestionType): readonly string[] {
  return ofPatient[type.ask] ?? [];
}

interface Grammar {
  readonly ofDisease: Asks;
  readonly ofDrug: Asks;
  readonly ofClass: Asks;
  readonly ofPathogen: Asks;
  readonly exceptions: Asks;
  readonly discriminator: readonly string[];
  readonly relation: readonly string[];
}

/** The sentences of a grammar that fit the form and the subject of a type. */
export function asksFrom(type: QuestionType, grammar: Grammar): readonly string[] {
  if (type.form === "discriminator") return grammar.discriminator;
  if (type.form === "relation") return grammar.relation;
  const asks = type.form === "except" ? grammar.exceptions[type.ask] : asksOfSubject(type, grammar)[type.ask];
  invariant(asks !== undefined || type.told === "symptoms", `nothing is asked for ${type.name}`);
  return asks ?? [];
}

function asksOfSubject({ subjects }: QuestionType, grammar: Grammar): Asks {
  switch (subjects[0]) {
    case "drug":
      return grammar.ofDrug;
    case "drug class":
      return grammar.ofClass;
    case "pathogen":
      return grammar.ofPathogen;
    default:
      return grammar.ofDisease;
  }
}
