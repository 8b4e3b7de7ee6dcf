/**
 * How a patient presents: symptoms that no other disease has together, and in the clinical style a finding besides.
 *
 * Invariant: in an open world a finding of the disease is always told, or, where it could be what the
 * answer has found, a symptom of hardly any other: a page that does not mention fatigue is no proof that its patients
 * are not tired.
 */
import type { Fact } from "../../records/question.ts";
import type { Relation } from "../../records/relation.ts";
import { isOfKind } from "../families.ts";
import type { Sources, Subject } from "../sources.ts";

export interface Presentation {
  readonly symptoms: readonly Relation[];
  /** What examination or a test finds. */
  readonly finding?: Relation;
}

/** Most of all diseases that may have a symptom which makes a presentation telling without a finding. */
const rareShare = 0.015;

/** The presentations of a disease from entities that may be told. */
export function presentations(
  subject: Subject,
  sources: Sources,
  mayTell: (entity: string) => boolean,
  withFindings = true,
): readonly Presentation[] {
  const { graph } = sources;
  const isOpen = (entity: string): boolean => mayTell(entity) && !sources.shareWord(entity, subject.id);
  const findings =
    sources.isClosed || !withFindings
      ? []
      : sources
          .trusted(subject.id, "HAS_FINDING")
          .filter(({ tail }) => isOpen(tail) && !isOfKind(sources.formOf(tail), "laboratory"));
  const found: Presentation[] = [];
  for (const [at, set] of subject.subsets().entries()) {
    if (!set.every(isOpen)) continue;
    const symptoms = set.map((one) => graph.find(subject.id, "HAS_SYMPTOM", one) as Relation);
    const isTelling = set.length > 2 && set.some((one) => speaksForFew(one, sources));
    const finding = findings[at % Math.max(1, findings.length)];
    if (finding !== undefined) found.push({ symptoms, finding });
    else if (sources.isClosed || (isTelling && !withFindings)) found.push({ symptoms });
  }
  return found;
}

/** Whether a symptom is of hardly any other disease, on the pages and in a ward. */
export function speaksForFew(symptom: string, sources: Sources): boolean {
  if (sources.isClosed) return true;
  return sources.isTelling(symptom, rareShare) && !isOfKind(sources.formOf(symptom), "everyday");
}

/** A relation of the subject as a fact of its stem. */
export function asFact({ tail, predicate }: Relation): Fact {
  return { say: "has", entity: tail, predicate };
}
