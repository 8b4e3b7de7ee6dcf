/**
 * Questions for what stands at the end of a walk: the test of a disease, the class of a drug, the side effect of a
 * drug for the disease that has these symptoms, the drug that a condition rules out (paper §3.1).
 *
 * Wrong options keep the relation and change the subject: they stand at the end of the same walk from a subject that
 * resembles this one. What could be argued for is not an option: another drug of the same class, a drug for one of
 * the disease's own symptoms, an effect that every other drug has too.
 */
import type { Random } from "../../base/random.ts";
import { byCertainty } from "../../graph/order.ts";
import { endOf, hopEnds, opposite, predicateOf, type Step, walks } from "../../graph/sampling.ts";
import type { Fact } from "../../records/question.ts";
import type { Relation } from "../../records/relation.ts";
import { arguableOf, belongsNear, canHaveBesides, isNarrow, isSpecific, nearFits } from "../arguable.ts";
import type { Candidate, Drafting, Target } from "../draft.ts";
import { areOfOneOrgan } from "../families.ts";
import type { Neighbour } from "../neighbours.ts";
import { someOf } from "../some-of.ts";
import { kindredOf, type Sources, type Subject } from "../sources.ts";
import { isContraindicated, truthOf } from "../truth.ts";
import type { QuestionType } from "../types.ts";
import { asFact, presentations } from "./presentation.ts";

/** Where the walk of a type may lead from a subject, or why nowhere. */
export function targetAttribute(
  type: QuestionType,
  subject: Subject,
  sources: Sources,
): Target | string | undefined {
  const ends = endsOf(type, subject, sources);
  if (ends.length === 0) return undefined;
  if (!isNarrow(type.metapath, subject, sources)) return "too many drugs for it to ask about one";
  const { balance } = sources;
  const last = predicateOf(type.metapath.at(-1) as Step);
  let problem = "the answer has too many subjects to be telling";
  for (const end of ends) {
    if (!isSpecific(type.ask, end.masked, last, sources)) continue;
    const [first, ...more] = end.walk;
    if (type.ask === "cause" && hasSeveralCauses(subject.id, sources)) return "it has several causes";
    // Of a disease with several pathogens the drug may be for another of them.
    if (
      type.metapath[0] === "PATHOGEN_OF" &&
      more.length > 0 &&
      first &&
      hasSeveralCauses(first.tail, sources)
    )
      continue;
    // What its class does and it itself does not is no effect to ask of it.
    const drug = end.walk.at(-2)?.head;
    if (type.ask === "classEffect" && drug !== undefined && !mayCause(drug, end.masked, sources)) continue;
    // What a drug that is given for everything does says nothing of this disease.
    if (first && more.length > 0 && !isSpecific("drug", first.tail, "TREATED_WITH", sources)) continue;
    problem = "answer of too many paths already";
    if (balance.isWornOut(type.ask, end.masked)) continue;
    problem = "answer's words are told in the stem";
    const told = [
      ...(type.told === "name" ? [subject.id] : []),
      ...(end.condition ? [end.condition.entity] : []),
    ];
    if (told.some((one) => sources.shareWord(one, end.masked))) continue;
    if (type.ask === "complication" && areOfOneOrgan(sources.formOf(subject.id), sources.formOf(end.masked)))
      continue;
    problem = "the graph contradicts the answer";
    if (!truthOf(sources.graph, type, subject.id, end.condition?.entity)(end.masked)) continue;
    return { type, subject: subject.id, ...end };
  }
  return problem;
}

/** Whether a drug has a side effect, or its page lists none at all. */
function mayCause(drug: string, effect: string, { graph }: Sources): boolean {
  const listed = graph.tails(drug, "HAS_SIDE_EFFECT");
  return listed.length === 0 || listed.includes(effect);
}

function hasSeveralCauses(disease: string, { graph }: Sources): boolean {
  const causes = new Set([...graph.tails(disease, "CAUSED_BY"), ...graph.heads(disease, "PATHOGEN_OF")]);
  return causes.size > 1;
}

type End = Omit<Target, "type" | "subject"> & { readonly masked: string };

/**
 * Every entity that could be masked, the most certain first: a page names its chief test or drug in the box and
 * again in the text, and before others. The order depends on subject and metapath only, so that what is asked of a
 * disease's name is what its symptoms lead to.
 */
function endsOf(type: QuestionType, subject: Subject, sources: Sources): End[] {
  const all = trustedWalks(type, subject.id, sources)
    .sort(byCertaintyOfWalk)
    .map((walk) => ({ masked: endOf(walk.at(-1) as Relation, type.metapath.at(-1) as Step), walk }));
  if (type.condition === undefined) return all;
  return all.flatMap((end) =>
    contraindications(end.masked, subject, sources).map((condition) => ({ ...end, condition })),
  );
}

/** Walks of a type from a subject, of relations that are trusted enough. */
function trustedWalks(type: QuestionType, from: string, { graph, settings }: Sources): Relation[][] {
  return walks(graph, from, type.metapath, type.answers).filter((walk) =>
    walk.every(({ confidence }) => confidence >= settings.minConfidence),
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
  subject: Subject,
  sources: Sources,
): { entity: string; relations: Relation[] }[] {
  const own = sources.trusted(drug, "CONTRAINDICATED_IN").map((relation) => [relation]);
  const ofClass = sources
    .trusted(drug, "MEMBER_OF_CLASS")
    .flatMap((member) =>
      sources.trusted(member.tail, "CONTRAINDICATED_IN").map((relation) => [member, relation]),
    );
  return [...own, ...ofClass]
    .map((relations) => ({ entity: (relations.at(-1) as Relation).tail, relations }))
    .filter(({ entity }) => canHaveBesides(entity, subject, sources));
}

/**
 * Whether a drug can stand beside one that a condition rules out, as one that it does not. That its page does not name
 * the condition is not enough: its class must not be ruled out, and it must not do to a patient what the condition is.
 */
function isSafeIn(condition: string, ruledOut: string, drug: string, sources: Sources): boolean {
  const { graph } = sources;
  const classes = graph.tails(drug, "MEMBER_OF_CLASS");
  const classmates = classes.flatMap((one) => [...graph.heads(one, "MEMBER_OF_CLASS")]);
  return (
    graph.tails(drug, "CONTRAINDICATED_IN").length > 0 &&
    !classmates.includes(ruledOut) &&
    ![drug, ...classmates].some((one) => isContraindicated(graph, one, condition)) &&
    !kindredOf(graph.tails(drug, "HAS_SIDE_EFFECT"), sources)(condition)
  );
}

/** One question of a target: what is told this time, and the candidates; the same candidates for all its questions. */
export function draftsOfAttribute(target: Target, subject: Subject, sources: Sources): Drafting | string {
  const { type, condition, walk } = target;
  const { graph } = sources;
  const masked = target.masked as string;
  const key = [type.ask, ...type.metapath, masked, condition?.entity ?? ""].join("|");
  const found = subject.candidates.get(key) ?? candidatesOf(target, subject, sources);
  subject.candidates.set(key, found);
  const { own, others } = found;
  const all = [...own, ...others];
  if (type.told === "name")
    return (random) => ({
      facts: [{ say: "name", entity: subject.id }, ...historyOf(condition)],
      path: [...walk, ...(condition?.relations ?? [])],
      answer: { entity: masked },
      required: requiredOf(type, own, random),
      candidates: all,
    });
  // A drug is not given to who has already what it does, or what rules it out.
  const ruledOutBy = kindredOf(graph.tails(masked, "CONTRAINDICATED_IN"), sources);
  const isAgainst = (one: string): boolean =>
    type.answers.includes("drug") && (graph.has(masked, "HAS_SIDE_EFFECT", one) || ruledOutBy(one));
  const shows = presentations(
    subject,
    sources,
    (one) => one !== masked && !sources.shareWord(one, masked) && !isAgainst(one),
    // A finding may be what the test has found.
    type.ask !== "test",
  );
  if (shows.length === 0) return "what can be told fits several diseases or tells the answer";
  // What is true of a disease that nearly fits is not called wrong; found once for each presentation.
  const apart: (readonly Candidate[] | undefined)[] = [];
  const apartFrom = (show: number, facts: readonly Fact[]): readonly Candidate[] => {
    const known = apart[show];
    if (known) return known;
    const near = nearFits(facts, subject.id, sources).map((one) =>
      truthOf(graph, type, one, condition?.entity),
    );
    const open = others.filter(({ entity }) => !near.some((isTrue) => isTrue(entity)));
    apart[show] = [...own, ...open];
    return apart[show];
  };
  return (random, attempt) => {
    const show = attempt % shows.length;
    const { symptoms, finding } = shows[show]!;
    const shown = [...random.shuffle(symptoms), ...(finding ? [finding] : [])];
    const facts: Fact[] = [...shown.map(asFact), ...historyOf(condition)];
    return {
      facts,
      path: [...shown, ...walk, ...(condition?.relations ?? [])],
      answer: { entity: masked },
      required: requiredOf(type, own, random),
      candidates: apartFrom(show, facts),
    };
  };
}

function historyOf(condition: Target["condition"]): Fact[] {
  return condition ? [{ say: "history", entity: condition.entity }] : [];
}

/** A pair of conditions needs an option that fails on the second one alone. */
function requiredOf(type: QuestionType, own: readonly Candidate[], random: Random): readonly Candidate[] {
  return type.condition && own.length > 0 ? [random.pick(own)] : [];
}

function candidatesOf(
  target: Target,
  subject: Subject,
  sources: Sources,
): { readonly own: Candidate[]; readonly others: Candidate[] } {
  const { type, condition } = target;
  const { graph } = sources;
  const isTrue = truthOf(graph, type, subject.id, condition?.entity);
  const isArguable = arguableOf(type.metapath, type.answers, subject, sources);
  const step = type.metapath.at(-1) as Step;
  const seen = new Set<string>([subject.id, target.masked as string]);
  const isOut = (entity: string): boolean =>
    seen.has(entity) || isTrue(entity) || !isSpecific(type.ask, entity, predicateOf(step), sources);
  const own: Candidate[] = [];
  // For a pair of conditions, the other drugs of the disease are the best wrong options of all.
  if (condition !== undefined)
    for (const { entity, relation } of sameWalk(type, subject.id, sources)) {
      if (isOut(entity)) continue;
      if (!isSafeIn(condition.entity, target.masked as string, entity, sources)) continue;
      seen.add(entity);
      own.push({
        entity,
        why: () => ({
          reason: `${entity} is used in ${subject.id} too, but ${condition.entity} does not rule it out`,
          relation: relation.id,
        }),
      });
    }
  const others: Candidate[] = [];
  const add = (entity: string, neighbour?: Neighbour, relation?: Relation): void => {
    if (isOut(entity) || isArguable(entity) || subject.isLinked(entity)) return;
    if (belongsNear(entity, step, subject, sources)) return;
    seen.add(entity);
    others.push({ entity, why: () => why(target, subject, sources, entity, neighbour, relation) });
  };
  for (const neighbour of subject.neighbours()) {
    if (others.length >= plenty) break;
    for (const { entity, relation } of sameWalk(type, neighbour.id, sources))
      add(entity, neighbour, relation);
  }
  // Answers of other paths: less like the subject, but each is the truth somewhere.
  if (others.length < enough)
    for (const entity of someOf(sources.balance.answersOf(type.ask), subject.id)) {
      if (others.length >= enough) break;
      if (hopEnds(graph, entity, opposite(step)).length === 0) continue;
      add(entity);
    }
  return { own, others };
}

/** As many candidates as give a choice, and as many as are ever looked at. */
const enough = 12;
const plenty = 60;

function sameWalk(
  type: QuestionType,
  from: string,
  sources: Sources,
): { readonly entity: string; readonly relation: Relation }[] {
  return trustedWalks(type, from, sources).map((walk) => {
    const relation = walk.at(-1) as Relation;
    return { entity: endOf(relation, type.metapath.at(-1) as Step), relation };
  });
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
function lacks(
  graph: Sources["graph"],
  subject: Subject,
  other: string,
  among: readonly string[] = subject.symptoms(),
): string | undefined {
  return among.find((symptom) => !graph.has(other, "HAS_SYMPTOM", symptom));
}
