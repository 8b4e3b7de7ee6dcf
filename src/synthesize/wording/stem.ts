/**
 * The wording of a stem (paper §3.1): what is told, and the question, in one of two styles.
 *
 * "clinical" reads like an examination: a patient with findings, negatives and history, or a direct question; "plain" has
 * one or two short sentences for a very small model. Each draw from the generator may give other words; what is told
 * stays the same.
 *
 * Invariant: every told name stands in the stem as it is written, the hidden one never; a stem ends in "?".
 */
import { invariant } from "../../base/errors.ts";
import type { Random } from "../../base/random.ts";
import type { Ask } from "../types.ts";
import { capital, list, withArticle } from "./articles.ts";
import { clinicalAsks, patientAsks } from "./asks.ts";
import { factClauseOf, plainFact } from "./facts.ts";
import { patientOf } from "./patient.ts";
import { plainAsks } from "./plain-asks.ts";
import type { Told } from "./told.ts";
import { historySentence, vignette } from "./vignette.ts";

/** The stem of a question: a new wording at each call, as the generator goes on. */
export function writeStem(given: Told, style: "clinical" | "plain", random: Random): string {
  const told = withFindings(given);
  if (style === "plain") return plainStem(told, random);
  if (told.type.told === "name") return namedStem(told, random);
  // Of a disease it cannot be said that it never causes what the graph does not know of; of a patient it can.
  const isDirect = told.type.ask === "disease" && told.facts.length > 0 && told.absent.length === 0;
  if (isDirect && (told.findings.length === 0 || random.integer(3) === 0)) return directStem(told, random);
  const question = filled(
    random.pick(clinicalAsks(told.type)),
    told,
    random.pick(told.history ? unnamedBesides : unnamed),
  );
  return `${vignette(told, patientOf(told, random), random)} ${question}`;
}

/** A symptom told as a fact of the disease is a finding of its patient. */
function withFindings(told: Told): Told {
  const isSymptom = ({ predicate }: Told["facts"][number]): boolean => predicate === "HAS_SYMPTOM";
  const symptoms = told.facts.filter(isSymptom).map(({ entity }) => entity);
  if (symptoms.length === 0) return told;
  const facts = told.facts.filter((fact) => !isSymptom(fact));
  return { ...told, facts, findings: [...told.findings, ...symptoms] };
}

/** Words for the disease that is not named. */
const unnamed = [
  "this condition",
  "this disease",
  "the underlying condition",
  "the most likely condition",
  "the condition described",
  "the disease in question",
];
/** The same where the patient has another condition besides, which is not the one meant. */
const unnamedBesides = [
  "the disease behind these symptoms",
  "the condition that explains these symptoms",
  "the illness that causes these symptoms",
  "the condition responsible for this presentation",
];
const plainUnnamed = ["this disease", "the disease", "this illness", "this condition"];

/** Asked after a patient who has the disease, or takes the drug; what the patient is must not touch the answer. */
const leads: Readonly<Partial<Record<Ask, "suspected" | "has">>> = {
  test: "suspected",
  mechanism: "has",
  drug: "has",
  cause: "has",
  complication: "has",
  sideEffect: "has",
  drugClass: "has",
  target: "has",
  classEffect: "has",
  enzyme: "has",
  avoid: "has",
};

function namedStem(told: Told, random: Random): string {
  const { type, subject } = told;
  invariant(subject !== undefined, `a stem of ${type.name} has no subject`);
  const asks = clinicalAsks(type);
  const kind = type.subjects[0];
  const lead = leads[type.ask];
  if (
    type.form !== "attribute" ||
    lead === undefined ||
    (kind !== "disease" && kind !== "drug") ||
    random.integer(2) === 0
  )
    return filled(random.pick(asks), told, subject.text);
  const patient = patientOf(told, random, true);
  const named = withArticle(subject);
  const ways =
    kind === "drug"
      ? [
          "{p} receives {s}.",
          "{p} is treated with {s}.",
          "{p} is given {s}.",
          "treatment of {p} includes {s}.",
        ]
      : lead === "suspected"
        ? ["{p} is suspected of having {s}.", "{p} may have {s}.", "{p} is referred with suspected {s}."]
        : [
            "{p} has {s}.",
            "{p} is found to have {s}.",
            "{p} is diagnosed as having {s}.",
            "a clinician treats {p} for {s}.",
          ];
  const said = [
    random
      .pick(ways)
      .replace("{p}", () => patient.words)
      .replace("{s}", () => named),
  ];
  if (told.history) {
    // "This condition" would be either of the two.
    said.push(historySentence(told.history, patient, random));
    return `${said.map(capital).join(" ")} ${filled(random.pick(patientAsks(type)), told, subject.text)}`;
  }
  const it =
    kind === "drug"
      ? random.pick(["this drug", "this medication"])
      : random.pick(["this condition", "this disease"]);
  return `${said.map(capital).join(" ")} ${filled(random.pick(asks), told, it)}`;
}

/** Facts without a patient: "Which disease can be treated with X and has Y as a risk factor?" */
function directStem(told: Told, random: Random): string {
  const clauses = told.facts.map((fact) => factClauseOf(fact, random));
  const present = list(told.findings.map(withArticle));
  if (present) clauses.unshift(`${random.pick(["can present with", "can produce"])} ${present}`);
  const said = clauses.some((clause) => clause.includes(" and "))
    ? `${clauses.slice(0, -1).join(", ")}${clauses.length > 1 ? ", and " : ""}${clauses.at(-1)}`
    : list(clauses);
  return random.pick([
    `Which disease ${said}?`,
    `Which of the following diseases ${said}?`,
    `Which of the following conditions ${said}?`,
    `Which condition ${said}?`,
    `A certain disease ${said}. Which of the following is it?`,
    `Of the following diseases, which one ${said}?`,
  ]);
}

function plainStem(told: Told, random: Random): string {
  const { type, subject } = told;
  const ask = random.pick(plainAsks(type));
  if (type.told === "name") {
    invariant(subject !== undefined, `a stem of ${type.name} has no subject`);
    return filled(ask, told, subject.text);
  }
  const shown = list(told.findings.map(({ text }) => text));
  const absent = list(
    told.absent.map(({ text }) => text),
    "or",
  );
  const no = absent ? `, but no ${absent}` : "";
  const openings = [
    `A patient has ${shown}${no}.`,
    `A patient presents with ${shown}${no}.`,
    `A patient is seen with ${shown}${no}.`,
  ];
  if (told.findings.length > 1) openings.push(`The signs and symptoms are ${shown}${no}.`);
  const sentences = shown ? [random.pick(openings)] : [];
  if (!shown && absent) sentences.push(`A patient has no ${absent}.`);
  for (const fact of told.facts) sentences.push(plainFact(fact));
  return [...sentences.map(capital), filled(ask, told, random.pick(plainUnnamed))].join(" ");
}

function filled(ask: string, { history, other }: Told, subject: string): string {
  return capital(
    ask
      .replaceAll("{d}", () => subject)
      .replaceAll("{h}", () => history?.text ?? "")
      .replaceAll("{o}", () => other?.text ?? ""),
  );
}
