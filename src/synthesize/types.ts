/**
 * The question types (paper §3.1): each row is what is asked, the metapath from the disease to the answer, and the
 * words. A row gives one type that tells the disease's name and one that tells symptoms only, which adds a hop.
 *
 * Stems are short, 10 to 25 words: a small model reads every word of them.
 */
import type { Metapath } from "../graph/sampling.ts";
import { listOf } from "../graph/verbalise.ts";
import type { EntityType } from "../records/entity.ts";

/** A pair of facts that must both hold: the drug treats the disease and is, or is not, ruled out by a condition. */
type Condition = "avoid" | "usable";

type Words = (name: string) => string;

export interface QuestionType {
  /** "nameToTest", "symptomsToDrug", "diagnosis" … */
  readonly name: string;
  readonly told: "name" | "symptoms";
  /** From the disease to the answer; empty when the disease itself is asked for. */
  readonly metapath: Metapath;
  readonly answers: readonly EntityType[];
  readonly condition?: Condition;
  /** Ways to ask; the argument is the disease's name, or words for the unnamed disease. With a condition, "#" stands for it. */
  readonly asks: readonly Words[];
}

interface Row {
  readonly key: string;
  readonly metapath: Metapath;
  readonly answers: readonly EntityType[];
  readonly condition?: Condition;
  readonly told?: readonly ("name" | "symptoms")[];
  readonly asks: readonly Words[];
}

const rows: readonly Row[] = [
  {
    key: "Test",
    metapath: ["DIAGNOSED_BY"],
    answers: ["test", "procedure"],
    asks: [
      (d) => `Which test confirms ${d}?`,
      (d) => `Which investigation establishes the diagnosis of ${d}?`,
      (d) => `What test is used to diagnose ${d}?`,
      (d) => `By which test is ${d} confirmed?`,
    ],
  },
  {
    key: "Finding",
    metapath: ["HAS_FINDING"],
    answers: ["finding", "sign"],
    asks: [
      (d) => `Which finding is characteristic of ${d}?`,
      (d) => `What finding is typical of ${d}?`,
      (d) => `Which finding would be expected in ${d}?`,
      (d) => `Which finding points to ${d}?`,
    ],
  },
  {
    key: "Mechanism",
    metapath: ["HAS_MECHANISM"],
    answers: ["mechanism"],
    asks: [
      (d) => `Which mechanism underlies ${d}?`,
      (d) => `What is the mechanism of ${d}?`,
      (d) => `Which process leads to ${d}?`,
      (d) => `What mechanism explains ${d}?`,
    ],
  },
  {
    key: "Drug",
    metapath: ["TREATED_WITH"],
    answers: ["drug"],
    asks: [
      (d) => `Which drug is used to treat ${d}?`,
      (d) => `Which medication treats ${d}?`,
      (d) => `What drug is given for ${d}?`,
      (d) => `With which drug is ${d} treated?`,
    ],
  },
  {
    key: "Cause",
    metapath: ["CAUSED_BY"],
    answers: ["pathogen", "gene"],
    asks: [
      (d) => `Which pathogen or gene causes ${d}?`,
      (d) => `Which pathogen or gene lies behind ${d}?`,
      (d) => `What pathogen or gene is the cause of ${d}?`,
    ],
  },
  {
    key: "Complication",
    metapath: ["HAS_COMPLICATION"],
    answers: ["disease", "sign", "symptom", "finding"],
    asks: [
      (d) => `Which complication can arise from ${d}?`,
      (d) => `What complication may follow ${d}?`,
      (d) => `Which complication is known in ${d}?`,
    ],
  },
  {
    key: "SideEffect",
    metapath: ["TREATED_WITH", "HAS_SIDE_EFFECT"],
    answers: ["symptom", "sign", "finding", "disease", "concept"],
    asks: [
      (d) => `Which side effect can a drug for ${d} cause?`,
      (d) => `A drug for ${d} is started. Which side effect may occur?`,
      (d) => `What adverse effect can come from a drug that treats ${d}?`,
      (d) => `Which is a side effect of a drug used in ${d}?`,
    ],
  },
  {
    key: "DrugClass",
    metapath: ["TREATED_WITH", "MEMBER_OF_CLASS"],
    answers: ["drug class"],
    asks: [
      (d) => `To which class does a drug for ${d} belong?`,
      (d) => `A drug for ${d} belongs to which class?`,
      (d) => `Which class of drugs is used in ${d}?`,
      (d) => `Which drug class is given for ${d}?`,
    ],
  },
  {
    key: "Avoid",
    metapath: ["TREATED_WITH"],
    answers: ["drug"],
    condition: "avoid",
    asks: [
      (d) => `Which drug for ${d} must be avoided in #?`,
      (d) => `Which treatment of ${d} is contraindicated in #?`,
      (d) => `In #, which drug for ${d} should not be given?`,
    ],
  },
  {
    key: "Usable",
    metapath: ["TREATED_WITH"],
    answers: ["drug"],
    condition: "usable",
    asks: [
      (d) => `Which drug for ${d} is NOT contraindicated in #?`,
      (d) => `Which drug for ${d} remains usable in #?`,
      (d) => `In #, which drug for ${d} can still be given?`,
    ],
  },
];

const diagnosis: QuestionType = {
  name: "diagnosis",
  told: "symptoms",
  metapath: [],
  answers: ["disease"],
  asks: [
    () => "What is the most likely diagnosis?",
    () => "Which disease explains all of this?",
    () => "Which diagnosis fits best?",
    () => "Which condition is most likely?",
  ],
};

/** All question types, those that tell the name first. */
export const questionTypes: readonly QuestionType[] = [
  ...rows.map((row) => typeOf(row, "name")),
  diagnosis,
  ...rows.map((row) => typeOf(row, "symptoms")),
];

function typeOf(row: Row, told: "name" | "symptoms"): QuestionType {
  const { metapath, answers, asks } = row;
  const name = `${told}To${row.key}`;
  return { name, told, metapath, answers, asks, ...(row.condition ? { condition: row.condition } : {}) };
}

/** Hops of a type: edges of the metapath, one more from symptoms to the disease, one more for a condition. */
export function hopsOf(type: QuestionType): number {
  return type.metapath.length + (type.told === "symptoms" ? 1 : 0) + (type.condition ? 1 : 0);
}

/** Words for the disease that symptoms stand for. */
const unnamed = ["this disease", "the disease", "this illness", "this condition"];

const openings: readonly ((shown: string) => string)[] = [
  (shown) => `A patient has ${shown}.`,
  (shown) => `A patient presents with ${shown}.`,
  (shown) => `A patient is seen with ${shown}.`,
  (shown) => `The signs and symptoms are ${shown}.`,
];

/** How many ways there are to word a type. */
export function wordingCount(type: QuestionType): number {
  return type.told === "name" ? type.asks.length : openings.length * type.asks.length;
}

/** The stem in one of its wordings. */
export function stemOf(
  type: QuestionType,
  wording: number,
  told: { readonly name: string; readonly shown: readonly string[]; readonly condition?: string },
): string {
  const ask = type.asks[wording % type.asks.length] as Words;
  const opening = openings[Math.floor(wording / type.asks.length) % openings.length]!;
  const disease = type.told === "name" ? told.name : (unnamed[wording % unnamed.length] as string);
  const question = ask(disease).replace("#", () => told.condition ?? "");
  return type.told === "name" ? capital(question) : `${opening(listOf(told.shown))} ${capital(question)}`;
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
