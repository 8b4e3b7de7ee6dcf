/** The closed list of predicates in the words in which a model is told of them. */
import type { EntityType } from "../../records/entity.ts";
import { type Predicate, predicates, predicateTable } from "../../records/relation.ts";

const notes: Readonly<Record<Predicate, string>> = {
  HAS_SYMPTOM: "the subject shows itself by the tail",
  HAS_FINDING: "an examination of someone with the subject shows the tail",
  DIAGNOSED_BY: "the tail is done to diagnose the subject",
  HAS_MECHANISM: "the subject comes about through the tail",
  CAUSED_BY: "the tail causes the subject",
  HAS_RISK_FACTOR: "the tail makes the subject more likely",
  HAS_COMPLICATION: "the subject may lead to the tail",
  DIFFERENTIAL_DIAGNOSIS: "the tail must be told apart from the subject",
  PREVENTED_BY: "the tail prevents the subject",
  TREATED_WITH: "the tail is given or done against the subject",
  BELONGS_TO_SPECIALTY: "doctors of the tail look after the subject",
  SUBTYPE_OF: "the subject is a kind of the tail",
  AFFECTS_ANATOMY: "the subject sits in or harms the tail",
  PATHOGEN_OF: "the subject causes the infection that is the tail",
  MEMBER_OF_CLASS: "the subject is one of the drugs of the tail",
  TREATS: "the subject is used against the tail",
  HAS_SIDE_EFFECT: "the subject may do the unwanted tail",
  CONTRAINDICATED_IN: "the subject must not be used with the tail",
  INTERACTS_WITH: "the subject and the tail change each other's effect",
  ACTS_BY: "the subject works by the tail",
  TARGETS: "the subject acts on the molecule that is the tail",
  METABOLISED_BY: "the tail breaks the subject down",
  PART_OF: "the subject is a part of the tail",
  SUPPLIED_BY: "the vessel that is the tail brings blood to the subject",
  DRAINED_BY: "the vessel that is the tail takes blood or lymph from the subject",
  INNERVATED_BY: "the nerve that is the tail serves the subject",
  DEVELOPS_FROM: "the subject grows out of the tail in the embryo",
};

/** The predicates that a subject of this type may have. */
export function predicatesOf(head: EntityType): readonly Predicate[] {
  return predicates.filter((predicate) =>
    (predicateTable[predicate].domain as readonly string[]).includes(head),
  );
}

/** One line a predicate: its name, what it means, the types that its tail may have. */
export function predicateLines(head: EntityType): string {
  return predicatesOf(head)
    .map((one) => `${one}: ${notes[one]}. Tail: ${predicateTable[one].range.join(", ")}.`)
    .join("\n");
}
