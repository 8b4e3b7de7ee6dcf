/** How what is asked is reached from what the question is about: walks from a disease, drug, drug class or pathogen. */
import type { EntityType } from "../../records/entity.ts";
import { type Predicate, predicateTable } from "../../records/relation.ts";
import type { Asked } from "./asked.ts";
import type { Hop } from "./closed-world.ts";

const walk = (...predicates: readonly Predicate[]): readonly Hop[] =>
  predicates.map((predicate) => ({ predicate }));

type Paths = Partial<Record<Asked, readonly (readonly Hop[])[]>>;

const ofDisease: Paths = {
  test: [walk("DIAGNOSED_BY")],
  finding: [walk("HAS_FINDING")],
  symptom: [walk("HAS_SYMPTOM")],
  feature: [walk("HAS_FINDING"), walk("HAS_SYMPTOM")],
  mechanism: [walk("HAS_MECHANISM")],
  action: [walk("TREATED_WITH", "ACTS_BY")],
  drug: [walk("TREATED_WITH")],
  use: [walk("TREATED_WITH")],
  cause: [walk("CAUSED_BY")],
  complication: [walk("HAS_COMPLICATION")],
  riskFactor: [walk("HAS_RISK_FACTOR")],
  prevention: [walk("PREVENTED_BY")],
  sideEffect: [walk("TREATED_WITH", "HAS_SIDE_EFFECT")],
  classEffect: [walk("TREATED_WITH", "MEMBER_OF_CLASS", "HAS_SIDE_EFFECT")],
  class: [walk("TREATED_WITH", "MEMBER_OF_CLASS")],
  target: [walk("TREATED_WITH", "TARGETS")],
  enzyme: [walk("TREATED_WITH", "METABOLISED_BY")],
  interaction: [walk("TREATED_WITH", "INTERACTS_WITH")],
  disease: [[]],
};

const ofDrug: Paths = {
  use: [walk("TREATS")],
  disease: [walk("TREATS")],
  drug: [walk("TREATS")],
  class: [walk("MEMBER_OF_CLASS")],
  sideEffect: [walk("HAS_SIDE_EFFECT")],
  classEffect: [walk("MEMBER_OF_CLASS", "HAS_SIDE_EFFECT")],
  avoid: [walk("CONTRAINDICATED_IN")],
  target: [walk("TARGETS")],
  action: [walk("ACTS_BY")],
  mechanism: [walk("ACTS_BY")],
  enzyme: [walk("METABOLISED_BY")],
  interaction: [walk("INTERACTS_WITH")],
  cause: [walk("HAS_SIDE_EFFECT")],
  complication: [walk("HAS_SIDE_EFFECT")],
};

const member: readonly Hop[] = [{ predicate: "MEMBER_OF_CLASS", isBackward: true }];

const ofClass: Paths = {
  ...ofDrug,
  classEffect: [walk("HAS_SIDE_EFFECT")],
  class: [member],
  drug: [member, walk("TREATS")],
};

const ofPathogen: Paths = {
  disease: [walk("PATHOGEN_OF")],
  cause: [walk("PATHOGEN_OF")],
  drug: [walk("PATHOGEN_OF", "TREATED_WITH")],
  use: [walk("PATHOGEN_OF", "TREATED_WITH")],
  test: [walk("PATHOGEN_OF", "DIAGNOSED_BY")],
  complication: [walk("PATHOGEN_OF", "HAS_COMPLICATION")],
};

/** The walks from a subject of a type to what is asked; none where such a subject is not asked for it. */
export function pathsTo(asked: Asked, subject: EntityType | undefined): readonly (readonly Hop[])[] {
  switch (subject) {
    case "disease":
      return ofDisease[asked] ?? [];
    case "drug":
      return ofDrug[asked] ?? [];
    case "drug class":
      return ofClass[asked] ?? [];
    case "pathogen":
      return ofPathogen[asked] ?? [];
    default:
      return [];
  }
}

/** Types that may stand at the end of a walk; the subject itself is a disease. */
export function endTypes(hops: readonly Hop[]): readonly EntityType[] {
  const last = hops.at(-1);
  if (last === undefined) return ["disease"];
  const { domain, range } = predicateTable[last.predicate];
  return last.isBackward ? domain : range;
}
