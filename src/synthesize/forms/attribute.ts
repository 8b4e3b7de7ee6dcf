/**
 * Questions for what stands at the end of a walk: the test of a disease, the class of a drug, the side effect of a
 * drug for the disease that has these symptoms, the drug that a condition rules out (paper §3.1).
 *
 * Wrong options keep the relation and change the subject: they stand at the end of the same walk from a subject that
 * resembles this one. What could be argued for is not an option: another drug of the same class, a drug for one of
 * the disease's own symptoms, an effect that every other drug has too.
 */
import { byCertainty } from "../../graph/order.ts";
import { endOf, kinOf, reached, type Step, walks } from "../../graph/sampling.ts";
import type { Fact } from "../../records/question.ts";
import type { Predicate, Relation } from "../../records/relation.ts";
import type { Candidate, Drafting, Target } from "../draft.ts";
import type { Neighbour } from "../neighbours.ts";
import { someOf } from "../some-of.ts";
import { kindredOf, type Sources, type Subject } from "../sources.ts";
import { isContraindicated, truthOf } from "../truth.ts";
import type { QuestionType } from "../types.ts";

/** Where the walk of a type may lead from a subject, or why nowhere. */
export function targetAttribute(
  type: QuestionType,
  subject: Subject,
  sources: Sources,
): Target | string | undefined {
  const ends = endsOf(type, subject, sources);
  if (ends.length === 0) return undefined;
  const { balance } = sources;
  const last = predicateOf(type.metapath.at(-1) as Step);
  let problem = "the answer has too many subjects to be telling";
  for (const end of ends) {
    if (sources.isGeneric(end.masked, last) && canBeGeneric(type)) continue;
    problem = "answer of too many paths already";
    if (balance.isWornOut(type.ask, end.masked)) continue;
    problem = "answer's words are told in the stem";
    const told = [
      ...(type.told === "name" ? [subject.id] : []),
      ...(end.condition ? [end.condition.entity] : []),
    ];
    if (told.some((one) => sources.shareWord(one, end.masked))) continue;
    problem = "the graph contradicts the answer";
    if (!truthOf(sources.graph, type, subject.id, end.condition?.entity)(end.masked)) continue;
    return { type, subject: subject.id, ...end };
  }
  return problem;
}

/** Asks for which an end of many subjects is no matter of opinion. */
function canBeGeneric({ ask }: QuestionType): boolean {
  return ask !== "drugClass" && ask !== "cause" && ask !== "enzyme" && ask !== "avoid" && ask !== "usable";
}

function predicateOf(step: Step): Predicate {
  return (step.startsWith("~") ? step.slice(1) : step) as Predicate;
}

type End = Omit<Target, "type" | "subject"> & { readonly masked: string };

/**
 * Every entity that could be masked, the most certain first: a page names its chief test or drug in the box and
 * again in the text, and before others. The order depends on subject and metapath only, so that what is asked of a
 * disease's name is what its symptoms lead to.
 */
function endsOf(type: QuestionType, { id }: Subject, { graph, settings }: Sources): End[] {
  const all = walks(graph, id, type.metapath, type.answers)
    .filter((walk) => walk.every((relation) => relation.confidence >= settings.minConfidence))
    .sort(byCertaintyOfWalk)
    .map((walk) => ({ masked: endOf(walk.at(-1) as Relation, type.metapath.at(-1) as Step), walk }));
  if (type.condition === undefined) return all;
  const ruled = all.flatMap(({ masked }) => contraindications(masked, id, { graph }));
  return all.flatMap((end) =>
    ruled
      .filter(({ drug, condition }) =>
        type.condition === "avoid"
          ? drug === end.masked
          : drug !== end.masked && !isContraindicated(graph, end.masked, condition),
      )
      .map(({ condition, relations }) => ({ ...end, condition: { entity: condition, relations } })),
  );
}

function byCertaintyOfWalk(one: readonly Relation[], other: readonly Relation[]): number {
  for (let hop = 0; hop < one.length; hop++) {
    const order = byCertainty(one[hop] as Relation, other[hop] as Relation);
    if (order !== 0) return order;
  }
  return 0;
}

/** Conditions that rule a drug out by itself or by its class, and that a patient may have besides the subject. */
function contraindications(
  drug: string,
  subject: string,
  { graph }: Pick<Sources, "graph">,
): { drug: string; condition: string; relations: Relation[] }[] {
  const unfit = kinOf(graph, subject);
  for (const { tail } of graph.out(subject, "HAS_SYMPTOM")) unfit.add(tail);
  const own = graph.out(drug, "CONTRAINDICATED_IN").map((relation) => [relation]);
  const ofClass = graph
    .out(drug, "MEMBER_OF_CLASS")
    .flatMap((member) => graph.out(member.tail, "CONTRAINDICATED_IN").map((relation) => [member, relation]));
  return [...own, ...ofClass]
    .map((relations) => ({ drug, condition: (relations.at(-1) as Relation).tail, relations }))
    .filter(({ condition }) => !unfit.has(condition));
}

/** One question of a target: what is told this time, and the candidates; the same candidates for all its questions. */
export function draftsOfAttribute(target: Target, subject: Subject, sources: Sources): Drafting | string {
  const { type, condition, walk } = target;
  const { graph } = sources;
  const masked = target.masked as string;
  const { own, others } = candidatesOf(target, subject, sources);
  const subsets =
    type.told === "name"
      ? []
      : subject
          .subsets()
          .filter((set) => !set.some((one) => one === masked || sources.shareWord(one, masked)));
  if (type.told === "symptoms" && subsets.length === 0)
    return subject.symptoms().length < 2
      ? "fewer than two symptoms"
      : "symptoms fit several diseases or tell the answer";
  return (random, attempt) => {
    const shown = subsets.length === 0 ? [] : random.shuffle(subsets[attempt % subsets.length]!);
    const symptoms = shown.map((one) => graph.find(subject.id, "HAS_SYMPTOM", one) as Relation);
    const facts: Fact[] = [
      ...(type.told === "name" ? [{ say: "name" as const, entity: subject.id }] : []),
      ...shown.map((entity) => ({ say: "has" as const, entity, predicate: "HAS_SYMPTOM" as const })),
      ...(condition ? [{ say: "history" as const, entity: condition.entity }] : []),
    ];
    const ruling = type.condition === "avoid" ? (condition?.relations ?? []) : [];
    // A pair of conditions needs an option that fails on the second one alone.
    const required = type.condition === "usable" && own.length > 0 ? [random.pick(own)] : [];
    return {
      facts,
      path: [...symptoms, ...walk, ...ruling],
      answer: { entity: masked },
      required,
      candidates: [...own, ...others],
    };
  };
}

function candidatesOf(
  target: Target,
  subject: Subject,
  sources: Sources,
): { readonly own: Candidate[]; readonly others: Candidate[] } {
  const { type, condition } = target;
  const { graph } = sources;
  const isTrue = truthOf(graph, type, subject.id, condition?.entity);
  const isArguable = arguableOf(type, subject, sources);
  const step = type.metapath.at(-1) as Step;
  const seen = new Set<string>([subject.id, target.masked as string]);
  const isOut = (entity: string): boolean =>
    seen.has(entity) ||
    isTrue(entity) ||
    (canBeGeneric(type) && sources.isGeneric(entity, predicateOf(step)));
  const own: Candidate[] = [];
  // For a pair of conditions, the other drugs of the disease are the best wrong options of all.
  if (condition !== undefined)
    for (const { entity, relation } of sameWalk(type, subject.id, sources)) {
      if (isOut(entity)) continue;
      seen.add(entity);
      const is = type.condition === "avoid" ? "does not rule it out" : "rules it out";
      own.push({
        entity,
        why: () => ({
          reason: `${entity} is used in ${subject.id} too, but ${condition.entity} ${is}`,
          relation: relation.id,
        }),
      });
    }
  const others: Candidate[] = [];
  const add = (entity: string, neighbour?: Neighbour, relation?: Relation): void => {
    if (isOut(entity) || isArguable(entity) || subject.isLinked(entity)) return;
    seen.add(entity);
    others.push({ entity, why: () => why(target, subject, sources, entity, neighbour, relation) });
  };
  for (const neighbour of subject.neighbours())
    for (const { entity, relation } of sameWalk(type, neighbour.id, sources))
      add(entity, neighbour, relation);
  // Answers of other paths: less like the subject, but each is the truth somewhere.
  if (others.length < enough)
    for (const entity of someOf(sources.balance.answersOf(type.ask), subject.id)) {
      if (others.length >= enough) break;
      add(entity);
    }
  return { own, others };
}

/** As many candidates as give a choice. */
const enough = 12;

function sameWalk(
  type: QuestionType,
  from: string,
  { graph, settings }: Sources,
): { readonly entity: string; readonly relation: Relation }[] {
  return walks(graph, from, type.metapath, type.answers)
    .filter((walk) => walk.every((relation) => relation.confidence >= settings.minConfidence))
    .map((walk) => {
      const relation = walk.at(-1) as Relation;
      return { entity: endOf(relation, type.metapath.at(-1) as Step), relation };
    });
}

/** Entities that the graph does not call true and a reader still might. */
export function arguableOf(
  type: Pick<QuestionType, "metapath" | "answers">,
  subject: Subject,
  sources: Sources,
): (entity: string) => boolean {
  const { graph } = sources;
  const isDrug = type.answers.includes("drug") && type.metapath.at(-1) === "TREATED_WITH";
  if (!isDrug) return kindredOf(reached(graph, subject.id, type.metapath), sources);
  const arguable = new Set<string>();
  // Drugs of a class of which one is used.
  for (const drug of reached(graph, subject.id, type.metapath))
    for (const tail of graph.tails(drug, "MEMBER_OF_CLASS"))
      for (const head of graph.heads(tail, "MEMBER_OF_CLASS")) arguable.add(head);
  // Drugs for what the disease brings with it, or comes from.
  for (const predicate of ["HAS_SYMPTOM", "HAS_COMPLICATION", "CAUSED_BY", "HAS_RISK_FACTOR"] as const)
    for (const tail of graph.tails(subject.id, predicate))
      for (const drug of reached(graph, tail, ["TREATED_WITH"])) arguable.add(drug);
  return (entity) => arguable.has(entity);
}

function why(
  { type, masked, walk }: Target,
  subject: Subject,
  { graph }: Sources,
  entity: string,
  neighbour?: Neighbour,
  relation?: Relation,
): ReturnType<Candidate["why"]> {
  const step = type.metapath.at(-1) as Step;
  const predicate = predicateOf(step);
  // The last edge of the walk, with this entity at its end instead of the answer.
  const last = walk.at(-1) as Relation;
  const absent = step.startsWith("~")
    ? { head: entity, predicate, tail: last.tail }
    : { head: last.head, predicate, tail: entity };
  if (neighbour === undefined)
    return {
      reason: `${entity} is the answer of other questions of the kind and nothing joins it to ${subject.id}`,
      absent,
    };
  const shared = neighbour.shared.slice(0, 3).join(", ");
  const likeness = shared === "" ? `is related to ${subject.id}` : `shares ${shared} with it`;
  const lacking = masked === undefined ? undefined : lacks(graph, subject, neighbour.id);
  const unlike = lacking === undefined ? "" : ` and lacks ${lacking}`;
  return {
    reason: `${entity} belongs to ${neighbour.id}, which ${likeness}${unlike}`,
    ...(relation ? { relation: relation.id } : {}),
    absent,
  };
}

/** A symptom of the subject that the other entity does not have. */
export function lacks(
  graph: Sources["graph"],
  subject: Subject,
  other: string,
  among: readonly string[] = subject.symptoms(),
): string | undefined {
  return among.find((symptom) => !graph.has(other, "HAS_SYMPTOM", symptom));
}
