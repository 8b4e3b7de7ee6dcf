/**
 * What a reader could argue for although the graph does not say so (paper §3.1 asks for one right answer; a graph that
 * was read from pages is never complete). Whatever is arguable is neither an answer nor a wrong option.
 *
 * Invariant: the same rule decides for answers and for wrong options, so that it gives nothing away.
 */
import { hopEnds, type Metapath, opposite, reached, type Step } from "../graph/sampling.ts";
import type { EntityType } from "../records/entity.ts";
import type { Fact } from "../records/question.ts";
import type { Predicate } from "../records/relation.ts";
import { isOfKind } from "./families.ts";
import { kindredOf, type Sources, type Subject } from "./sources.ts";
import type { Ask } from "./types.ts";

/** Most of all diseases that a drug may treat, or a symptom occur in, and still be telling. */
const fewDrugShare = 0.02;
const fewDiseases = 4;
const fewSymptomShare = 0.03;
/** What is a cause, or comes, of more diseases or drugs than these is no sure mark of any. */
const causeShare = 0.01;
const fewCaused = 2;

/** Whether an entity says something as an answer to an ask: not what nearly everything has or is given. */
export function isSpecific(ask: Ask, entity: string, predicate: Predicate, sources: Sources): boolean {
  if (sources.isClosed) return true;
  const form = sources.formOf(entity);
  switch (ask) {
    case "complication":
    case "sideEffect":
    case "classEffect":
    case "contraindication":
      // What several lead to, others do that no page says it of.
      return !sources.isGeneric(entity, predicate, causeShare, fewCaused) && !isOfKind(form, "finding");
    case "riskFactor":
      return !sources.isGeneric(entity, predicate, causeShare, fewCaused) && !isOfKind(form, "risk");
    case "target":
      return !sources.isGeneric(entity, predicate) && !isOfKind(form, "target");
    case "symptom":
    case "discriminator":
      return sources.isTelling(entity, fewSymptomShare) && !isOfKind(form, "everyday");
    case "drug":
      return !sources.isGeneric(entity, "TREATED_WITH", fewDrugShare, fewDiseases) && !isOfKind(form, "drug");
    case "cause":
      return !sources.isGeneric(entity, predicate, causeShare, fewCaused);
    case "drugClass":
      return !isOfKind(form, "drugClass");
    case "test":
      return !sources.isGeneric(entity, predicate) && !isOfKind(form, "test");
    case "finding":
    case "mechanism":
      if (predicate === "ACTS_BY") return isOfKind(form, "process");
      return !sources.isGeneric(entity, predicate) && !isOfKind(form, "mechanism");
    case "prevention":
      return !sources.isGeneric(entity, predicate);
    default:
      return true;
  }
}

/** A test of whether an entity might be true of a subject at the end of a walk, beyond what the graph knows. */
export function arguableOf(
  metapath: Metapath,
  answers: readonly EntityType[],
  subject: Subject,
  sources: Sources,
): (entity: string) => boolean {
  const { graph } = sources;
  if (sources.isClosed) return () => false;
  const last = metapath.at(-1);
  const arguable = new Set<string>();
  const classmatesOf = (drug: string): string[] =>
    graph.tails(drug, "MEMBER_OF_CLASS").flatMap((one) => [...graph.heads(one, "MEMBER_OF_CLASS")]);
  if (last === "TREATS") {
    // What other drugs of its class treat, and what is like or comes of what it treats itself.
    const treated = reached(graph, subject.id, ["TREATS"]);
    for (const disease of treated)
      for (const predicate of ["HAS_COMPLICATION", "HAS_RISK_FACTOR", "CAUSED_BY"] as const) {
        for (const tail of graph.tails(disease, predicate)) arguable.add(tail);
        for (const head of graph.heads(disease, predicate)) arguable.add(head);
      }
    for (const drug of classmatesOf(subject.id))
      for (const disease of reached(graph, drug, ["TREATS"])) arguable.add(disease);
    const isKindred = kindredOf(treated, sources);
    const fieldsOf = (disease: string): readonly string[] => graph.tails(disease, "BELONGS_TO_SPECIALTY");
    const fields = new Set([...treated].flatMap(fieldsOf));
    return (entity) =>
      arguable.has(entity) || isKindred(entity) || fieldsOf(entity).some((field) => fields.has(field));
  }
  if (last === "TREATED_WITH" && answers.includes("drug")) {
    // Drugs of a class of which one is used.
    for (const drug of reached(graph, subject.id, metapath))
      for (const other of classmatesOf(drug)) arguable.add(other);
    // Drugs for diseases of the same kind: what helps against one vasculitis is tried in the next.
    const own = sources.familiesOf(subject.id);
    const isForSameKind = (drug: string): boolean =>
      own.some((family) => sources.familiesTreated(drug).has(family));
    // Drugs for what the disease brings with it, or comes from.
    for (const predicate of ["HAS_SYMPTOM", "HAS_COMPLICATION", "CAUSED_BY", "HAS_RISK_FACTOR"] as const)
      for (const tail of graph.tails(subject.id, predicate))
        for (const drug of reached(graph, tail, ["TREATED_WITH"])) arguable.add(drug);
    return (drug) => arguable.has(drug) || isForSameKind(drug);
  } else {
    // What other drugs do that are of a class with the one walked over, or are used for the disease too.
    const drugs =
      metapath[0] === "TREATED_WITH" ? reached(graph, subject.id, ["TREATED_WITH"]) : [subject.id];
    const rest = metapath.at(-1) as Step;
    if (rest === "HAS_SIDE_EFFECT" || rest === "TARGETS")
      for (const drug of drugs)
        for (const one of [drug, ...graph.tails(drug, "MEMBER_OF_CLASS"), ...classmatesOf(drug)])
          for (const end of graph.tails(one, rest)) arguable.add(end);
    // What comes of what the disease comes with.
    if (last === "HAS_SYMPTOM")
      for (const predicate of ["HAS_COMPLICATION", "CAUSED_BY", "HAS_SYMPTOM"] as const)
        for (const tail of graph.tails(subject.id, predicate))
          for (const symptom of graph.tails(tail, "HAS_SYMPTOM")) arguable.add(symptom);
    const near = reached(graph, subject.id, metapath);
    // A complication may come of all that the disease is and does.
    if (last === "HAS_COMPLICATION" && metapath.length === 1)
      for (const other of [subject.id, ...graph.tails(subject.id)]) near.add(other);
    const isKindred = kindredOf(near, sources);
    return (entity) => arguable.has(entity) || isKindred(entity);
  }
}

/** Subjects of an entity that are looked at; what so many have is too common to stand beside an answer anyway. */
const readSubjects = 200;

/** Whether something that an entity is true of is joined to the subject, and so may bring it about there too. */
export function belongsNear(
  entity: string,
  step: Step,
  subject: Subject,
  { graph, isClosed }: Sources,
): boolean {
  if (isClosed) return false;
  return hopEnds(graph, entity, opposite(step), readSubjects).some((other) => subject.isLinked(other));
}

/** Drugs and classes that a disease may be treated with for "a drug for it" still to mean one. */
const fewTreatments = 1;

/** Whether a walk over "a drug for the disease" is narrow enough that its end can be known. */
export function isNarrow(metapath: Metapath, subject: Subject, { graph, isClosed }: Sources): boolean {
  return (
    isClosed ||
    metapath[0] !== "TREATED_WITH" ||
    metapath.length === 1 ||
    metapath.at(-1) === "MEMBER_OF_CLASS" ||
    graph.tails(subject.id, "TREATED_WITH").length <= fewTreatments
  );
}

/** Whether a patient with a subject can be told to have another condition besides, and is not puzzled over by it. */
export function canHaveBesides(condition: string, subject: Subject, sources: Sources): boolean {
  const { graph } = sources;
  const type = graph.entities.get(condition)?.type;
  if (sources.isClosed) return !subject.isLinked(condition);
  if ((type !== "disease" && type !== "risk factor") || subject.isLinked(condition)) return false;
  if (sources.isGeneric(condition, "CONTRAINDICATED_IN")) return false;
  const fields = new Set(graph.tails(subject.id, "BELONGS_TO_SPECIALTY"));
  if (graph.tails(condition, "BELONGS_TO_SPECIALTY").some((field) => fields.has(field))) return false;
  const isLikeSubject = kindredOf([subject.id, ...graph.tails(subject.id, "HAS_SYMPTOM")], sources);
  return !isLikeSubject(condition);
}

/** Diseases that have all but one of the facts that are told: what is true of them is arguable of the patient. */
export function nearFits(facts: readonly Fact[], subject: string, sources: Sources): readonly string[] {
  const { graph } = sources;
  if (sources.isClosed) return [];
  const has = facts.flatMap(({ say, entity, predicate }) =>
    say === "has" && predicate ? [{ entity, predicate }] : [],
  );
  // What misses one fact at most has at least one of any two: those that the fewest have.
  const fewest = has
    .toSorted((a, b) => graph.countInto(a.entity, a.predicate) - graph.countInto(b.entity, b.predicate))
    .slice(0, 2);
  const heads = new Set(fewest.flatMap(({ entity, predicate }) => graph.heads(entity, predicate)));
  return [...heads].filter(
    (head) =>
      head !== subject &&
      has.filter(({ entity, predicate }) => graph.has(head, predicate, entity)).length >= has.length - 1,
  );
}
