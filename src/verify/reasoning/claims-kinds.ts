/**
 * What a claim about two entities comes to on the graph: the edges that support it, those that a denial of it
 * contradicts, and those that contradict the claim itself.
 *
 * A kind is what a wording says ("treats", "is safe in"); one kind may be several predicates, since "causes" is said
 * of pathogens, symptoms, complications and side effects alike.
 */
import type { EntityType } from "../../records/entity.ts";
import type { Predicate } from "../../records/relation.ts";

/** "PREDICATE" is an edge from the claim's first entity to its second, "-PREDICATE" one the other way. */
export type Way = Predicate | `-${Predicate}`;

interface Kind {
  /** Edges that bear the claim out. */
  readonly support: readonly Way[];
  /** Edges that are there although the claim is denied. */
  readonly deny: readonly Way[];
  /** Edges that say the opposite of the claim; none counts where an edge supports it. */
  readonly against: readonly Way[];
  /** Edges one of which would be there in a closed world. */
  readonly main: readonly Way[];
  /** Types that its two sides may have; any where it is not said. */
  readonly sides?: readonly [first: readonly EntityType[] | "any", second: readonly EntityType[] | "any"];
}

const remedy = ["drug", "drug class", "procedure", "concept"] as const;
const condition = [
  "disease",
  "symptom",
  "sign",
  "finding",
  "risk factor",
  "mechanism",
  "concept",
  "pathogen",
  "gene",
  "anatomy",
] as const;

const causes: readonly Way[] = [
  "-CAUSED_BY",
  "PATHOGEN_OF",
  "HAS_SYMPTOM",
  "HAS_FINDING",
  "HAS_COMPLICATION",
  "HAS_SIDE_EFFECT",
  "-HAS_MECHANISM",
];

const kinds = {
  /** condition, remedy */
  treat: {
    support: ["TREATED_WITH", "-TREATS", "PREVENTED_BY"],
    deny: ["TREATED_WITH", "-TREATS"],
    against: ["-CONTRAINDICATED_IN", "-HAS_SIDE_EFFECT"],
    main: ["TREATED_WITH", "-TREATS"],
    sides: [condition, [...remedy, "test"]],
  },
  /** remedy, condition */
  safe: {
    support: ["TREATS", "-TREATED_WITH"],
    deny: [],
    against: ["CONTRAINDICATED_IN"],
    main: [],
    sides: [[...remedy, "test"], condition],
  },
  /** remedy, condition */
  contra: {
    support: ["CONTRAINDICATED_IN"],
    deny: ["CONTRAINDICATED_IN"],
    against: ["TREATS", "-TREATED_WITH"],
    main: ["CONTRAINDICATED_IN"],
    sides: [[...remedy, "test"], condition],
  },
  /** drug, effect */
  effect: {
    support: ["HAS_SIDE_EFFECT"],
    deny: ["HAS_SIDE_EFFECT"],
    against: ["TREATS", "-TREATED_WITH"],
    main: ["HAS_SIDE_EFFECT"],
    sides: [remedy, condition],
  },
  /** cause, effect */
  cause: {
    support: [...causes, "-HAS_RISK_FACTOR"],
    deny: causes,
    against: ["TREATS", "-TREATED_WITH", "-PREVENTED_BY"],
    main: causes,
    sides: ["any", condition],
  },
  /** disease, feature */
  feature: {
    support: [...causes, "CAUSED_BY", "HAS_MECHANISM", "DIAGNOSED_BY"],
    deny: ["HAS_SYMPTOM", "HAS_FINDING"],
    against: [],
    main: ["HAS_SYMPTOM", "HAS_FINDING"],
    sides: ["any", [...condition, "test"]],
  },
  /** disease or remedy, what comes with it */
  occur: {
    support: [...causes, "CAUSED_BY", "-HAS_RISK_FACTOR"],
    deny: ["HAS_SYMPTOM", "HAS_FINDING", "HAS_COMPLICATION", "HAS_SIDE_EFFECT"],
    against: [],
    main: ["HAS_SYMPTOM", "HAS_FINDING", "HAS_COMPLICATION", "HAS_SIDE_EFFECT", "-HAS_RISK_FACTOR"],
    sides: ["any", condition],
  },
  /** disease, test */
  test: {
    support: ["DIAGNOSED_BY", "HAS_FINDING", "HAS_SYMPTOM"],
    deny: ["DIAGNOSED_BY"],
    against: [],
    main: ["DIAGNOSED_BY"],
    sides: [condition, ["test", "procedure", "finding", "sign", "concept"]],
  },
  /** disease or drug, mechanism */
  mechanism: {
    support: ["HAS_MECHANISM", "ACTS_BY", "TARGETS", "CAUSED_BY", "HAS_RISK_FACTOR"],
    deny: ["HAS_MECHANISM", "ACTS_BY", "TARGETS", "CAUSED_BY"],
    against: [],
    main: ["HAS_MECHANISM", "ACTS_BY"],
    sides: [
      [...condition, ...remedy],
      ["mechanism", "concept", "gene"],
    ],
  },
  /** condition, specialty */
  specialty: {
    support: ["BELONGS_TO_SPECIALTY"],
    deny: ["BELONGS_TO_SPECIALTY"],
    against: [],
    main: ["BELONGS_TO_SPECIALTY"],
    sides: [condition, ["specialty"]],
  },
  /** drug, class */
  member: {
    support: ["MEMBER_OF_CLASS", "SUBTYPE_OF"],
    deny: ["MEMBER_OF_CLASS", "SUBTYPE_OF"],
    against: [],
    main: ["MEMBER_OF_CLASS"],
    sides: ["any", ["drug class", "disease"]],
  },
  /** drug, target */
  target: {
    support: ["TARGETS", "ACTS_BY"],
    deny: ["TARGETS", "ACTS_BY"],
    against: [],
    main: ["TARGETS"],
    sides: [remedy, ["gene", "concept", "mechanism"]],
  },
  /** drug, enzyme or organ */
  metabolism: {
    support: ["METABOLISED_BY"],
    deny: ["METABOLISED_BY"],
    against: [],
    main: [],
    sides: [remedy, ["gene", "anatomy"]],
  },
  /** condition, what makes it likelier */
  risk: {
    support: ["HAS_RISK_FACTOR", "CAUSED_BY", "-HAS_COMPLICATION", "-HAS_SIDE_EFFECT", "-PATHOGEN_OF"],
    deny: ["HAS_RISK_FACTOR", "CAUSED_BY", "-HAS_COMPLICATION"],
    against: ["PREVENTED_BY"],
    main: ["HAS_RISK_FACTOR"],
    sides: [condition, "any"],
  },
  /** agent, condition */
  protect: {
    support: ["-PREVENTED_BY", "TREATS", "-TREATED_WITH"],
    deny: ["-PREVENTED_BY"],
    against: ["-HAS_RISK_FACTOR", ...causes],
    main: [],
    sides: ["any", condition],
  },
  /** disease, complication */
  complication: {
    support: [...causes, "-HAS_RISK_FACTOR"],
    deny: ["HAS_COMPLICATION"],
    against: [],
    main: ["HAS_COMPLICATION"],
    sides: ["any", condition],
  },
  /** agent, condition */
  worsen: {
    support: ["CONTRAINDICATED_IN", "HAS_SIDE_EFFECT", "-HAS_RISK_FACTOR", "-CAUSED_BY"],
    deny: [],
    against: ["TREATS", "-TREATED_WITH", "-PREVENTED_BY"],
    main: [],
    sides: ["any", condition],
  },
  interact: {
    support: ["INTERACTS_WITH", "-INTERACTS_WITH"],
    deny: ["INTERACTS_WITH", "-INTERACTS_WITH"],
    against: [],
    main: [],
    sides: [remedy, remedy],
  },
  differ: {
    support: ["DIFFERENTIAL_DIAGNOSIS", "-DIFFERENTIAL_DIAGNOSIS"],
    deny: ["DIFFERENTIAL_DIAGNOSIS", "-DIFFERENTIAL_DIAGNOSIS"],
    against: [],
    main: [],
    sides: [condition, condition],
  },
  /** What a clause says that no wording knows, by its words alone; `judge` weighs it by the edges that are there. */
  loose: { support: [], deny: [], against: [], main: [] },
  /** Any edge between the two but one that only tells them apart; `judge` knows it by name. */
  related: { support: [], deny: [], against: [], main: [] },
} as const satisfies Readonly<Record<string, Kind>>;

export type KindName = keyof typeof kinds;

/** Whether entities of these types may be the sides of a kind. */
export function mayBe(
  name: KindName,
  first: EntityType | undefined,
  second: EntityType | undefined,
): boolean {
  const { sides = ["any", "any"] }: Kind = kinds[name];
  return [first, second].every((type, at) => {
    const types = sides[at] as readonly EntityType[] | "any";
    return types === "any" || (type !== undefined && types.includes(type));
  });
}

/** The kind by its name, with its lists as plain ways. */
export function kindOf(name: KindName): Kind {
  return kinds[name];
}
