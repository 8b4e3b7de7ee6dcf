/**
 * The last sentence of a stem in the plain style: 5 to 15 words out of a small vocabulary, for a model of a million
 * parameters, which reads every word. "{d}", "{h}" and "{o}" are as in the clinical asks.
 */
import type { QuestionType } from "../types.ts";
import { asksFrom } from "./asks.ts";
import type { Asks } from "./asks-of-disease.ts";

const ofDisease: Asks = {
  test: [
    "Which test confirms {d}?",
    "Which investigation establishes the diagnosis of {d}?",
    "What test is used to diagnose {d}?",
    "By which test is {d} confirmed?",
    "Which test is used to diagnose {d}?",
    "Which test is used for {d}?",
    "What is the test for {d}?",
    "With which test is {d} diagnosed?",
  ],
  finding: [
    "Which finding is characteristic of {d}?",
    "What finding is typical of {d}?",
    "Which finding would be expected in {d}?",
    "Which finding points to {d}?",
    "Which finding is typical of {d}?",
    "What finding is expected in {d}?",
    "Which is a finding of {d}?",
    "What is the finding in {d}?",
  ],
  symptom: [
    "Which symptom is typical of {d}?",
    "Which symptom points to {d}?",
    "What symptom is expected in {d}?",
    "Which is a symptom of {d}?",
    "What symptom can {d} cause?",
    "Which symptom may a patient with {d} have?",
    "Which symptom is known in {d}?",
    "With which symptom does {d} present?",
  ],
  mechanism: [
    "Which mechanism underlies {d}?",
    "What is the mechanism of {d}?",
    "Which process leads to {d}?",
    "What mechanism explains {d}?",
    "Which is the mechanism of {d}?",
    "From which process does {d} arise?",
    "What process leads to {d}?",
    "By which mechanism does {d} arise?",
  ],
  drug: [
    "Which drug is used to treat {d}?",
    "Which medication treats {d}?",
    "What drug is given for {d}?",
    "With which drug is {d} treated?",
    "Which drug treats {d}?",
    "Which drug is used in {d}?",
    "What drug is used to treat {d}?",
    "Which is a drug for {d}?",
  ],
  cause: [
    "Which pathogen or gene causes {d}?",
    "Which pathogen or gene lies behind {d}?",
    "What pathogen or gene is the cause of {d}?",
    "What is the cause of {d}?",
    "Which is a cause of {d}?",
    "By which pathogen or gene is {d} caused?",
    "What pathogen or gene causes {d}?",
    "What is known to cause {d}?",
  ],
  complication: [
    "Which complication can arise from {d}?",
    "What complication may follow {d}?",
    "Which complication is known in {d}?",
    "Which is a complication of {d}?",
    "What can {d} lead to?",
    "To which complication may {d} lead?",
    "Which complication can {d} cause?",
    "What is a known complication of {d}?",
  ],
  riskFactor: [
    "Which is a risk factor for {d}?",
    "What is a known risk factor for {d}?",
    "Which risk factor is known in {d}?",
    "What makes {d} more likely?",
    "With which risk factor is {d} more likely?",
    "Which risk factor can lead to {d}?",
    "Which risk factor points to {d}?",
    "What risk factor does {d} have?",
  ],
  prevention: [
    "What can prevent {d}?",
    "Which is used to prevent {d}?",
    "By what can {d} be prevented?",
    "What is given to prevent {d}?",
    "Which is known to prevent {d}?",
    "What makes {d} less likely?",
    "What is used to prevent {d}?",
    "With what is {d} prevented?",
  ],
  sideEffect: [
    "Which side effect can a drug for {d} cause?",
    "A drug for {d} is started. Which side effect may occur?",
    "What adverse effect can come from a drug that treats {d}?",
    "Which is a side effect of a drug used in {d}?",
    "What side effect can a drug for {d} cause?",
    "A drug for {d} is given. Which side effect may follow?",
    "Which side effect can come from a drug for {d}?",
    "What is a side effect of a drug for {d}?",
  ],
  drugClass: [
    "To which class does a drug for {d} belong?",
    "A drug for {d} belongs to which class?",
    "Which class of drugs is used in {d}?",
    "Which drug class is given for {d}?",
    "What class of drugs treats {d}?",
    "Which drug class is used to treat {d}?",
    "Which is the class of a drug for {d}?",
    "With which class of drugs is {d} treated?",
  ],
  target: [
    "What is the target of a drug for {d}?",
    "On which target does a drug for {d} act?",
    "A drug for {d} acts on which target?",
    "Which target does a drug for {d} have?",
    "Which is the target of a drug that treats {d}?",
    "A drug is given for {d}. Which target does it act on?",
    "What target is used to treat {d}?",
    "What does a drug used in {d} act on?",
  ],
  classEffect: [
    "Which side effect can the class of a drug for {d} cause?",
    "What is a side effect of a drug class used in {d}?",
    "A drug for {d} belongs to a class. Which side effect can this class cause?",
    "Which side effect can come from a class of drugs for {d}?",
    "Which is a side effect of the class of a drug for {d}?",
    "What side effect does a class of drugs for {d} have?",
    "A class of drugs treats {d}. Which side effect may occur?",
    "Which side effect is known in a drug class for {d}?",
  ],
  avoid: [
    "Which drug for {d} must be avoided in {h}?",
    "Which treatment of {d} is contraindicated in {h}?",
    "In {h}, which drug for {d} should not be given?",
    "Which drug for {d} is contraindicated in {h}?",
    "What drug for {d} must be avoided in {h}?",
    "Which drug for {d} should not be given in {h}?",
    "In {h}, which drug for {d} must be avoided?",
    "In {h}, which treatment of {d} is contraindicated?",
  ],
};

/** The disease that a vignette is about. */
const ofPatient: Asks = {
  disease: [
    "What is the most likely diagnosis?",
    "Which disease explains all of this?",
    "Which diagnosis fits best?",
    "Which condition is most likely?",
    "Which disease is it?",
    "What disease is most likely?",
    "What is the diagnosis?",
    "Which disease fits best?",
  ],
};

const ofDrug: Asks = {
  use: [
    "Which disease does {d} treat?",
    "Which disease is treated with {d}?",
    "For which disease is {d} given?",
    "In which disease is {d} used?",
    "What disease does {d} treat?",
    "What is {d} used to treat?",
    "Which disease is {d} used for?",
    "Which disease can be treated with {d}?",
  ],
  drugClass: [
    "To which class does {d} belong?",
    "Which is the class of {d}?",
    "What is the class of {d}?",
    "To which drug class does {d} belong?",
    "Which drug class does {d} belong to?",
    "What class does {d} belong to?",
    "What class of drugs is {d} in?",
    "In which class is {d}?",
  ],
  sideEffect: [
    "Which side effect can {d} cause?",
    "Which is a side effect of {d}?",
    "What adverse effect can come from {d}?",
    "What is a side effect of {d}?",
    "What side effect can {d} cause?",
    "Which side effect may follow {d}?",
    "The drug {d} is started. Which side effect may occur?",
    "Which side effect is known in {d}?",
  ],
  contraindication: [
    "In which condition must {d} be avoided?",
    "Which is a contraindication of {d}?",
    "In which condition is {d} contraindicated?",
    "What is a contraindication of {d}?",
    "Which condition rules out {d}?",
    "In which condition should {d} not be given?",
    "What rules out {d}?",
    "Which contraindication does {d} have?",
  ],
  target: [
    "What is the target of {d}?",
    "On which target does {d} act?",
    "Which is the target of {d}?",
    "What does {d} act on?",
    "Which target does {d} have?",
    "On what does {d} act?",
    "Which target does {d} act on?",
    "What target is known for {d}?",
  ],
  mechanism: [
    "By which mechanism does {d} act?",
    "What is the mechanism of {d}?",
    "Which mechanism explains {d}?",
    "Which is the mechanism of {d}?",
    "How does {d} act?",
    "By what mechanism does {d} act?",
    "Which mechanism does {d} have?",
    "Through which mechanism does {d} act?",
  ],
  enzyme: [
    "By what is {d} metabolised?",
    "What metabolises {d}?",
    "Which of these metabolises {d}?",
    "Which enzyme or organ metabolises {d}?",
    "By which enzyme or organ is {d} metabolised?",
    "What is known to metabolise {d}?",
    "Which is known to metabolise {d}?",
    "By which of these is {d} metabolised?",
  ],
  classEffect: [
    "Which side effect can the class of {d} cause?",
    "What is a side effect of the class of {d}?",
    "Which is a side effect of the drug class of {d}?",
    "What side effect can the class of {d} cause?",
    "The drug {d} belongs to a class. Which side effect can this class cause?",
    "Which side effect can come from the class of {d}?",
    "Which side effect is known in the class of {d}?",
    "What adverse effect can come from the class of {d}?",
  ],
};

const ofClass: Asks = {
  member: [
    "Which drug belongs to the class {d}?",
    "Which drug is in the class {d}?",
    "What drug belongs to the class {d}?",
    "Which is a drug of the class {d}?",
    "What is a drug of the class {d}?",
    "Which drug is one of the class {d}?",
    "What drug is in the class {d}?",
    "Which of these drugs belongs to the class {d}?",
  ],
};

const ofPathogen: Asks = {
  disease: [
    "Which disease is caused by {d}?",
    "Which disease does {d} cause?",
    "What disease can come from {d}?",
    "What disease is caused by {d}?",
    "Which disease can {d} cause?",
    "Behind which disease does {d} lie?",
    "What disease does {d} cause?",
    "Which disease has {d} as its cause?",
  ],
  drug: [
    "Which drug treats a disease caused by {d}?",
    "Which drug is given for a disease caused by {d}?",
    "A disease is caused by {d}. Which drug treats it?",
    "What drug treats a disease caused by {d}?",
    "With which drug is a disease caused by {d} treated?",
    "Which drug is used in a disease caused by {d}?",
    "A disease is caused by {d}. Which drug is given?",
    "What drug is used to treat a disease caused by {d}?",
  ],
};

/** The same eight ways for whatever the exception is among. */
function exceptionsTo(one: string, all: string): readonly string[] {
  return [
    `Which is NOT ${one} {d}?`,
    `Which of these is NOT ${one} {d}?`,
    `What is NOT ${one} {d}?`,
    `Which of these is NOT known as ${one} {d}?`,
    `Which is NOT among the ${all} {d}?`,
    `Which of these is NOT among the ${all} {d}?`,
    `All but one of these are ${all} {d}. Which is NOT?`,
    `Which one is NOT ${one} {d}?`,
  ];
}

const exceptions: Asks = {
  symptom: exceptionsTo("a symptom of", "symptoms of"),
  drug: exceptionsTo("a drug for", "drugs for"),
  riskFactor: exceptionsTo("a risk factor for", "risk factors for"),
  complication: exceptionsTo("a complication of", "complications of"),
  sideEffect: exceptionsTo("a side effect of", "side effects of"),
};

const discriminator: readonly string[] = [
  "Which symptom points to {d} and not to {o}?",
  "Which symptom is typical of {d} but not of {o}?",
  "Which symptom is known in {d} but not in {o}?",
  "What symptom does {d} have that {o} does not have?",
  "Which is a symptom of {d} but not of {o}?",
  "What points to {d} and not to {o}?",
  "Is it {d} or {o}? Which symptom points to {d}?",
  "What symptom is expected in {d} but not in {o}?",
];

const relation: readonly string[] = [
  "Which is true of {d}?",
  "What is true of {d}?",
  "Which sentence about {d} is true?",
  "Which of these is true of {d}?",
  "What is known of {d}?",
  "Which of these is known of {d}?",
  "What can be said of {d}?",
  "Which of these can be said of {d}?",
];

const unnamed: Asks = { ...ofDisease, ...ofPatient };

/** Ways to ask what a type asks. */
export function plainAsks(type: QuestionType): readonly string[] {
  return asksFrom(type, {
    ofDisease: type.told === "symptoms" ? unnamed : ofDisease,
    ofDrug,
    ofClass,
    ofPathogen,
    exceptions,
    discriminator,
    relation,
  });
}
