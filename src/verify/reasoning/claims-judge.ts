/**
 * Whether the graph bears a claim out, contradicts it, or cannot tell.
 *
 * Invariant: an edge that supports outweighs everything, and in the open world the lack of an edge alone contradicts
 * nothing. A positive claim is contradicted by an edge that says the opposite, or where the graph has one other value
 * of a predicate that has one value by its nature: the class, target and mode of action of a drug, the mechanism, the
 * pathogen and the gene of a disease, and the finding that marks a disease out. Symptoms, tests, treatments, side
 * effects, risks and complications are many and are never taken so. In a closed world the lack of the edge
 * contradicts where both entities have others of the kind and nothing near them has this one.
 */
import type { KnowledgeGraph } from "../../graph/graph.ts";
import type { EntityType } from "../../records/entity.ts";
import type { Predicate, Relation } from "../../records/relation.ts";
import { type KindName, kindOf, mayBe, type Way } from "./claims-kinds.ts";
import type { Turns } from "./claims-loose.ts";
import type { Saying } from "./claims-read.ts";

export type Verdict =
  | { readonly is: "supported"; readonly relation: Relation }
  | { readonly is: "unknown" }
  | { readonly is: "contradicted"; readonly because: string; readonly relations: readonly Relation[] };

/** Whether what the graph does not have is unknown, or false where the graph knows both sides well. */
export type World = "open" | "closed";

const unknown: Verdict = { is: "unknown" };

/** What the graph says of two entities of which something is said. */
export function judge(
  graph: KnowledgeGraph,
  world: World,
  saying: Saying,
  first: string,
  second: string,
): Verdict {
  if (first === second) return unknown;
  if (saying.turns !== undefined) return judgeLoose(graph, world, saying.turns, first, second);
  const [kind, a, b] = routed(graph, saying.kind, first, second);
  const { support, deny, against } = kindOf(kind);
  if (saying.isDenied) {
    if (saying.isHedged || saying.isQualified) return unknown;
    const denied = kind === "related" ? anyEdge(graph, a, b) : edge(graph, deny, a, b);
    const opposite = edge(graph, against, a, b);
    if (opposite !== undefined) return { is: "supported", relation: opposite };
    return denied === undefined
      ? unknown
      : { is: "contradicted", because: `the graph has ${say(denied)}`, relations: [denied] };
  }
  const supported =
    kind === "related"
      ? anyEdge(graph, a, b)
      : (edge(graph, support, a, b) ?? edgeOfKin(graph, support, a, b));
  if (supported !== undefined) return { is: "supported", relation: supported };
  const opposite = edge(graph, against, a, b);
  if (opposite !== undefined && !(saying.isQualified && kind !== "safe"))
    return { is: "contradicted", because: `the graph has ${say(opposite)}`, relations: [opposite] };
  if (saying.isHedged || saying.isQualified) return unknown;
  return otherValue(graph, kind, saying, a, b) ?? (world === "closed" ? absent(graph, kind, a, b) : unknown);
}

/** Edges by what turns a loose claim about them round. */
const remedyEdges: readonly Way[] = ["TREATED_WITH", "TREATS", "PREVENTED_BY"];
const useEdges: readonly Way[] = ["CONTRAINDICATED_IN"];
const causeEdges: readonly Way[] = [
  "HAS_RISK_FACTOR",
  "CAUSED_BY",
  "HAS_COMPLICATION",
  "HAS_SYMPTOM",
  "HAS_SIDE_EFFECT",
  "PATHOGEN_OF",
];

/** A claim by its words alone: only against an edge that is there, and only where all edges would read it alike. */
function judgeLoose(graph: KnowledgeGraph, world: World, turns: Turns, a: string, b: string): Verdict {
  const edges = [...graph.out(a), ...graph.out(b)].filter(
    ({ head, tail, predicate }) =>
      predicate !== "DIFFERENTIAL_DIAGNOSIS" && ((head === a && tail === b) || (head === b && tail === a)),
  );
  const [relation] = edges;
  if (relation === undefined)
    return world === "closed" && turns.any % 2 === 0 ? absentAny(graph, turns, a, b) : unknown;
  const isFor = edges.map(({ predicate }) => {
    if (useEdges.includes(predicate)) return turns.isUse ? turns.use % 2 === 1 : undefined;
    if (remedyEdges.includes(predicate)) return turns.remedy % 2 === 0;
    return (causeEdges.includes(predicate) ? turns.cause : turns.any) % 2 === 0;
  });
  if (isFor.every((one) => one === true)) return { is: "supported", relation };
  if (isFor.some((one) => one !== false)) return unknown;
  return { is: "contradicted", because: `the graph has ${say(relation)}`, relations: [relation] };
}

/** In a closed world: whether the graph has edges of a kind for both sides and none of any kind between them. */
function absentAny(graph: KnowledgeGraph, turns: Turns, a: string, b: string): Verdict {
  if (turns.remedy + turns.cause + turns.use > 0) return unknown;
  for (const name of ["treat", "test", "feature", "mechanism", "member", "effect"] as const)
    for (const [one, other] of [
      [a, b],
      [b, a],
    ] as const) {
      if (!mayBe(name, graph.entities.get(one)?.type, graph.entities.get(other)?.type)) continue;
      const verdict = absent(graph, name, one, other);
      if (verdict.is === "contradicted") return verdict;
    }
  return unknown;
}

/** An edge in words. */
function say({ head, predicate, tail }: Relation): string {
  return `"${head}" ${predicate} "${tail}"`;
}

const remedies: readonly (EntityType | undefined)[] = ["drug", "drug class"];
const conditions: readonly (EntityType | undefined)[] = ["disease", "symptom", "sign", "finding"];

/** The kind that a wording is of by the types of its sides, and the sides in the order of that kind. */
function routed(
  graph: KnowledgeGraph,
  kind: KindName,
  first: string,
  second: string,
): readonly [KindName, string, string] {
  const [one, other] = [graph.entities.get(first)?.type, graph.entities.get(second)?.type];
  const isRemedy = (type: EntityType | undefined): boolean => remedies.includes(type);
  switch (kind) {
    case "treat":
      // "Used for" is said of tests too; "treats" written the wrong way round is not.
      return other === "test" ? ["test", first, second] : [kind, first, second];
    case "test":
      return other === "finding" || other === "sign" ? ["feature", first, second] : [kind, first, second];
    case "feature":
      if (isRemedy(one)) return ["effect", first, second];
      if (one !== "disease" && other === "disease") return ["feature", second, first];
      if (other === "risk factor") return ["risk", first, second];
      return [kind, first, second];
    case "cause":
      if (isRemedy(one)) return ["effect", first, second];
      return other === "disease" && one === "mechanism"
        ? ["mechanism", second, first]
        : [kind, first, second];
    case "risk":
      if (isRemedy(one)) return ["effect", first, second];
      return other === "symptom" || other === "sign" || other === "finding"
        ? ["feature", first, second]
        : [kind, first, second];
    case "contra":
      // Of a finding, "rules out" is no word about drugs.
      return !isRemedy(one) && conditions.includes(one) ? ["related", first, first] : [kind, first, second];
    case "complication":
      return isRemedy(one) ? ["effect", first, second] : [kind, first, second];
    default:
      return [kind, first, second];
  }
}

function edge(graph: KnowledgeGraph, ways: readonly Way[], a: string, b: string): Relation | undefined {
  for (const way of ways) {
    const found = way.startsWith("-")
      ? graph.find(b, way.slice(1) as Predicate, a)
      : graph.find(a, way as Predicate, b);
    if (found !== undefined) return found;
  }
  return undefined;
}

function anyEdge(graph: KnowledgeGraph, a: string, b: string): Relation | undefined {
  const apart = (relation: Relation): boolean => relation.predicate !== "DIFFERENTIAL_DIAGNOSIS";
  return (
    graph.out(a).find((relation) => relation.tail === b && apart(relation)) ??
    graph.out(b).find((relation) => relation.tail === a && apart(relation))
  );
}

/** An edge of what the two are kinds of, or of their kinds: what a class treats, its drugs do. */
function edgeOfKin(graph: KnowledgeGraph, ways: readonly Way[], a: string, b: string): Relation | undefined {
  for (const one of kinOf(graph, a))
    for (const other of kinOf(graph, b)) {
      const found = edge(graph, ways, one, other);
      if (found !== undefined) return found;
    }
  return undefined;
}

function kinOf(graph: KnowledgeGraph, id: string): string[] {
  return [
    id,
    ...graph.tails(id, "SUBTYPE_OF"),
    ...graph.heads(id, "SUBTYPE_OF"),
    ...graph.tails(id, "MEMBER_OF_CLASS"),
    ...graph.heads(id, "MEMBER_OF_CLASS"),
  ];
}

/** Ends of the edges of some ways from an entity. */
function values(graph: KnowledgeGraph, ways: readonly Way[], a: string): Relation[] {
  return ways.flatMap((way) =>
    way.startsWith("-") ? graph.into(a, way.slice(1) as Predicate) : graph.out(a, way as Predicate),
  );
}

function otherEnd({ head, tail }: Relation, a: string): string {
  return head === a ? tail : head;
}

function reversed(ways: readonly Way[]): Way[] {
  return ways.map((way) => (way.startsWith("-") ? way.slice(1) : `-${way}`) as Way);
}

interface Single {
  readonly ways: readonly Way[];
  readonly type: readonly EntityType[];
}

/** Of which kinds a thing has one value by nature, and of which type that value is. */
const singles: Readonly<Partial<Record<KindName, readonly Single[]>>> = {
  member: [{ ways: ["MEMBER_OF_CLASS"], type: ["drug class"] }],
  target: [{ ways: ["TARGETS"], type: ["gene", "concept"] }],
  mechanism: [
    { ways: ["ACTS_BY"], type: ["mechanism"] },
    { ways: ["HAS_MECHANISM"], type: ["mechanism"] },
  ],
};
const causeSingles: readonly Single[] = [
  { ways: ["CAUSED_BY", "-PATHOGEN_OF"], type: ["pathogen"] },
  { ways: ["CAUSED_BY"], type: ["gene"] },
];
const mark: readonly Single[] = [{ ways: ["HAS_FINDING"], type: ["finding", "sign"] }];

/** Mechanisms and classes so wide that another one beside them says nothing against them. */
const wide =
  /inflammation|autoimmun|ischemia|fibrosis|^infection|^antibiotics?$|enzyme inhibitor|monoclonal|^vitamin$|immunosuppress|neurodegeneration|^enzymes?$|^dna$/i;
/** Classes by what a drug is for, which it may belong to beside one by how it works. */
const byUse =
  /^anti(?:hypertens|biotic|bacterial|epilept|convuls|arrhythm|inflammat|emetic|depress|psychotic|diabet|angin|pyretic|rheumat|neoplast|cancer|viral|retrovir|anxiety|spasmod|septic|pruritic|tussive|oxidant|microb|infect|migraine)|stabili[sz]er|analgesic|^diuretic|laxative|supplement|topical|immunosuppress|sedative|hypnotic|chemotherap|cytotoxic|vasodilator|bronchodilator/i;

function otherValue(
  graph: KnowledgeGraph,
  kind: KindName,
  { isHallmark }: Saying,
  a: string,
  b: string,
): Verdict | undefined {
  const type = graph.entities.get(b)?.type;
  const [from, to] = kind === "cause" ? [b, a] : [a, b];
  const candidates = kind === "cause" ? causeSingles : isHallmark ? mark : (singles[kind] ?? []);
  for (const { ways, type: types } of candidates) {
    const claimed = kind === "cause" ? graph.entities.get(a)?.type : type;
    if (claimed === undefined || !types.includes(claimed)) continue;
    const known = values(graph, ways, from).filter((relation) =>
      types.includes(graph.entities.get(otherEnd(relation, from))?.type ?? "concept"),
    );
    const ends = [...new Set(known.map((relation) => otherEnd(relation, from)))];
    const [only] = ends;
    // A few values that are all told and of which none is near this one leave no room for it either.
    if (only === undefined || ends.length > few || isNear(graph, from, to)) continue;
    if (values(graph, reversed(ways), to).length === 0) continue;
    if (wide.test(to) || ends.some((end) => sharesName(end, to) || wide.test(end))) continue;
    if (kind === "member" && ends.some((end) => byUse.test(end) !== byUse.test(to))) continue;
    if (ends.some((end) => kinOf(graph, end).includes(to))) continue;
    const because = `the graph has ${say(known[0] as Relation)} and nothing like the other`;
    return { is: "contradicted", because, relations: known.slice(0, 1) };
  }
  return undefined;
}

/** How many values may be told of what has one value by nature: names of it, or its parts. */
const few = 2;

const causesOf: readonly Way[] = ["CAUSED_BY", "-PATHOGEN_OF"];

/** In a closed world: whether both sides have edges of the kind, and neither they nor what is near them this one. */
function absent(graph: KnowledgeGraph, kind: KindName, first: string, second: string): Verdict {
  // Of a cause, what is known is the other causes of the same effect.
  const isCause = kind === "cause" && graph.entities.get(first)?.type !== "disease";
  const [a, b] = isCause ? [second, first] : [first, second];
  const main = isCause ? causesOf : kindOf(kind).main;
  const type = graph.entities.get(b)?.type;
  const isOpenType = kind !== "mechanism" && kind !== "member";
  const known = values(graph, main, a).filter(
    (relation) => isOpenType || graph.entities.get(otherEnd(relation, a))?.type === type,
  );
  const used = values(graph, reversed(main), b);
  if (known.length === 0 || used.length === 0 || isNear(graph, a, b) || wide.test(b)) return unknown;
  const [one, other] = [graph.entities.get(a), graph.entities.get(b)];
  if (one?.page === undefined && known.length < 2) return unknown;
  // "A cause of dementia" may speak of a family of diseases that no page describes.
  const isOfFamily = kind === "cause" && one?.type === "disease" && other?.type === "disease";
  if (isOfFamily && (one.page === undefined || other.page === undefined)) return unknown;
  const isClose =
    known.some((relation) => sharesName(otherEnd(relation, a), b)) ||
    used.some((relation) => sharesName(otherEnd(relation, b), a));
  if (isClose) return unknown;
  const some = known.slice(0, 3).map((relation) => `"${otherEnd(relation, a)}"`);
  const predicate = (known[0] as Relation).predicate;
  const because = `the graph joins "${a}" and "${b}" by no edge; of ${predicate} it has ${some.join(", ")}`;
  return { is: "contradicted", because, relations: known.slice(0, 3) };
}

/** Whether any edge joins the two, or a kind of the one with the other. */
function isNear(graph: KnowledgeGraph, a: string, b: string): boolean {
  const [near, other] = [kinOf(graph, a), kinOf(graph, b)];
  return near.some((one) => other.some((two) => one === two || anyEdge(graph, one, two) !== undefined));
}

const plainWords =
  /^(?:disease|syndrome|acute|chronic|type|inhibitors?|tests?|agents?|drugs?|deficiency|infection|measurement|serum|blood|urine|pain|antibody|formation|inhibition|excess|with|from|loss|primary|secondary|disorder|assay|culture|biopsy|count|level|sign|antagonist|agonist|blocker|receptor|enzyme|muscle|skin|virus|bacteria|bacterium|species|diuretic)$/;

/** Whether two names have a telling word in common: then they may be two names of nearly one thing. */
function sharesName(one: string, other: string): boolean {
  const wordsOf = (name: string): string[] =>
    name
      .toLowerCase()
      .split(/[^\p{L}\p{N}]+/u)
      .map((word) => word.replace(/s$/, ""))
      .filter((word) => word.length > 3 && !plainWords.test(word));
  const [words, others] = [new Set(wordsOf(one)), new Set(wordsOf(other))];
  const shared = [...words].filter((word) => others.has(word)).length;
  // "Loop diuretic" and "potassium-sparing diuretic" share the noun and are two things all the same.
  return shared > 0 && (shared === words.size || shared === others.size || shared > 1);
}
