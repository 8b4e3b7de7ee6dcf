/**
 * Questions along one planned path: other symptoms, other distractors, other words, the same masked entity.
 *
 * Invariant: every question has passed `uniqueAnswer`, its id is new, and the gold letter is uniform over the options.
 */
import { type Random, seededRandom } from "../base/random.ts";
import { letters, type PathStep, questionId, type SyntheticQuestion } from "../records/question.ts";
import { placeOf, type Relation } from "../records/relation.ts";
import { normaliseText } from "../verify/text.ts";
import { type Candidate, explain } from "./distractors.ts";
import { overlap, type PathPlan, type Sources } from "./plan.ts";
import { uniqueAnswer } from "./truth.ts";
import { hopsOf, stemOf, wordingCount } from "./types.ts";

/** How much likelier a candidate is to be taken than the one after it. */
const steepness = 0.85;

/** Up to `settings.wordings` different questions of a path. */
export function questionsOf(
  plan: PathPlan,
  sources: Sources,
  drop: (reason: string) => void,
): SyntheticQuestion[] {
  const { settings, seed } = sources;
  const random = seededRandom(seed, "synthesize", "questions", plan.type.name, plan.subject);
  const found = new Map<string, SyntheticQuestion>();
  const wordings = random.shuffle(Array.from({ length: wordingCount(plan.type) }, (_, i) => i));
  for (let attempt = 0; attempt < settings.wordings * 3 && found.size < settings.wordings; attempt++) {
    const wording = wordings[attempt % wordings.length] as number;
    const shown = plan.subsets.length > 0 ? random.shuffle(plan.subsets[attempt % plan.subsets.length]!) : [];
    const distractors = chooseDistractors(plan, settings.options - 1, random, sources);
    if (distractors === undefined) {
      drop("distractors contain one another");
      continue;
    }
    const question = assemble(plan, wording, shown, distractors, random, sources);
    if (typeof question === "string") drop(question);
    else found.set(question.id, question);
  }
  return [...found.values()];
}

function chooseDistractors(
  plan: PathPlan,
  count: number,
  random: Random,
  { nameOf }: Sources,
): Candidate[] | undefined {
  const left = [...plan.candidates];
  const chosen: Candidate[] = [];
  const isRuledOut = ({ neighbour }: Candidate): boolean => neighbour.disease === plan.subject;
  // A pair of conditions needs an option that fails on the second one alone.
  if (plan.type.condition === "usable") {
    const own = left.filter(isRuledOut);
    if (own.length > 0) chosen.push(...left.splice(left.indexOf(random.pick(own)), 1));
  }
  while (chosen.length < count && left.length > 0) {
    const at = random.weighted(left.map((_, i) => steepness ** i));
    const [candidate] = left.splice(at, 1) as [Candidate];
    const name = normaliseText(nameOf(candidate.entity));
    if (chosen.every((other) => !overlap(name, normaliseText(nameOf(other.entity))))) chosen.push(candidate);
  }
  return chosen.length === count ? chosen : undefined;
}

function assemble(
  plan: PathPlan,
  wording: number,
  shown: readonly string[],
  distractors: readonly Candidate[],
  random: Random,
  { graph, nameOf }: Sources,
): SyntheticQuestion | string {
  const { type, subject, masked, walk } = plan;
  const condition = plan.condition?.entity;
  const entities = random.shuffle(distractors).map((candidate) => candidate.entity);
  entities.splice(random.integer(entities.length + 1), 0, masked);
  const told = {
    ...(type.told === "name" ? { subject } : { symptoms: shown }),
    ...(condition === undefined ? {} : { condition }),
  };
  const checked = uniqueAnswer(graph, type, told, entities);
  if ("problem" in checked) return checked.problem;
  if (checked.answer !== masked) return "another option is true";
  const byLetter = <T>(value: (entity: string) => T): Record<string, T> =>
    Object.fromEntries(entities.map((entity, i) => [letters[i] as string, value(entity)]));
  const stem = stemOf(type, wording, {
    name: nameOf(subject),
    shown: shown.map(nameOf),
    ...(condition === undefined ? {} : { condition: nameOf(condition) }),
  });
  const options = byLetter(nameOf);
  const symptoms = shown.map((one) => graph.find(subject, "HAS_SYMPTOM", one) as Relation);
  const ruling = type.condition === "avoid" ? (plan.condition?.relations ?? []) : [];
  const relations = [...symptoms, ...walk, ...ruling];
  const gold = letters[entities.indexOf(masked)] as string;
  const wrong = distractors.map((candidate) => [
    letters[entities.indexOf(candidate.entity)] as string,
    explain(graph, type, subject, shown, candidate),
  ]);
  const licences = new Set(relations.map((relation) => relation.evidence[0]!.licence));
  return {
    id: questionId({ stem, options }),
    stem,
    options,
    gold: [gold],
    language: "en",
    origin: {
      kind: "synthetic",
      type: type.name,
      pathKey: `${type.name}|${subject}`,
      subject,
      hops: hopsOf(type),
      shown: [...shown, ...(condition === undefined ? [] : [condition])],
      path: relations.map(stepOf),
      masked,
      optionEntities: byLetter((entity) => entity),
      distractors: Object.fromEntries(wrong.sort(([a], [b]) => ((a as string) < (b as string) ? -1 : 1))),
      isRare: graph.entities.get(subject)?.rarity.isRare ?? false,
    },
    evidence: relations.map((relation) => placeOf(relation.evidence[0]!)),
    licence: [...licences].sort().join("; "),
  };
}

function stepOf(relation: Relation): PathStep {
  const { id, head, predicate, tail } = relation;
  return { relation: id, head, predicate, tail };
}
