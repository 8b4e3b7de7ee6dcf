/**
 * What stands between two entities, as a statement: the options of "relation" questions and the facts that a stem tells
 * about a disease without its name.
 *
 * Invariant: a statement says what the predicate means and no more. "Used in the diagnosis" does not say that the test
 * proves it, "can be caused by" not that nothing else does. All read from head to tail and are of like length.
 */
import type { Predicate } from "../../records/relation.ts";
import { capital } from "./articles.ts";

/** What is said of the head; "#" stands for the tail. */
const predications: Readonly<Record<Predicate, string>> = {
  HAS_SYMPTOM: "has # among its symptoms",
  HAS_FINDING: "has # among its findings",
  DIAGNOSED_BY: "is diagnosed with the help of #",
  HAS_MECHANISM: "has # as a mechanism",
  CAUSED_BY: "can be caused by #",
  HAS_RISK_FACTOR: "has # as a risk factor",
  HAS_COMPLICATION: "has # as a possible complication",
  DIFFERENTIAL_DIAGNOSIS: "can be mistaken for #",
  PREVENTED_BY: "can be prevented by #",
  TREATED_WITH: "can be treated with #",
  BELONGS_TO_SPECIALTY: "belongs to the field of #",
  SUBTYPE_OF: "is a form of #",
  AFFECTS_ANATOMY: "affects the body part #",
  PATHOGEN_OF: "is a pathogen that causes #",
  MEMBER_OF_CLASS: "belongs to the drug class #",
  TREATS: "is used in the treatment of #",
  HAS_SIDE_EFFECT: "can cause # as an adverse effect",
  CONTRAINDICATED_IN: "is contraindicated in #",
  INTERACTS_WITH: "has a drug interaction with #",
  ACTS_BY: "acts through #",
  TARGETS: "acts on the molecular target #",
  METABOLISED_BY: "is metabolised by #",
  PART_OF: "is a part of #",
  SUPPLIED_BY: "has its blood supply from #",
  DRAINED_BY: "is drained by #",
  INNERVATED_BY: "is innervated by #",
  DEVELOPS_FROM: "develops from #",
};

/** The statement that a predicate holds, as an option: "Methotrexate is contraindicated in pregnancy". */
export function relationPhrase(
  predicate: Predicate,
  told: { readonly head: string; readonly tail: string },
): string {
  const isGene = predicate === "CAUSED_BY" && /^[A-Z][A-Z0-9-]{1,9}$/.test(told.tail);
  const tail = isGene ? `variants of the gene ${told.tail}` : told.tail;
  return `${capital(told.head)} ${predications[predicate].replace("#", () => tail)}`;
}
