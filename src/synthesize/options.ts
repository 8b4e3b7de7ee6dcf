/**
 * Which candidates stand beside the answer: the tempting ones first, each entity as often wrong as it is right, of
 * the answer's type where there are enough, and none that can be told from the others by its words or its length.
 */
import type { Random } from "../base/random.ts";
import { kinOf } from "../graph/sampling.ts";
import type { Fact } from "../records/question.ts";
import type { Candidate, Draft } from "./draft.ts";
import { isOfKind } from "./families.ts";
import { statementKey } from "./forms/ego.ts";
import { overlap } from "./giveaway.ts";
import { kindredOf, type Sources } from "./sources.ts";
import type { QuestionType } from "./types.ts";

/** How much likelier a candidate is to be taken than the one after it, before the balance is looked at. */
const steepness = 0.9;

/** Candidates looked at; what comes after is hardly ever taken. */
const looked = 40;

/** The wrong options of a draft, or why there are too few. */
export function chooseOptions(
  type: QuestionType,
  draft: Draft,
  random: Random,
  sources: Sources,
  fittingOf: Map<readonly Candidate[], readonly Candidate[]>,
): readonly Candidate[] | string {
  const { balance, settings } = sources;
  const count = settings.options - 1;
  // Attempts that draw from one list tell the same facts, if in another order.
  const usable = fittingOf.get(draft.candidates) ?? fitting(type, draft, sources);
  fittingOf.set(draft.candidates, usable);
  if (usable.length < count) return "too few distractors";
  const chosen: Candidate[] = [];
  const take = (candidate: Candidate): void => {
    if (chosen.every((other) => areApart(other, candidate, sources))) chosen.push(candidate);
  };
  for (const { entity } of draft.required) {
    const candidate = usable.find((one) => one.entity === entity);
    if (candidate === undefined) return "the option that is needed gives itself away";
    take(candidate);
  }
  const left = usable.filter(({ entity }) => !chosen.some((one) => one.entity === entity)).slice(0, looked);
  const weights = left.map(
    (candidate, rank) => steepness ** rank * balance.asWrong(type.ask, statementKey(candidate)),
  );
  while (chosen.length < count && left.length > 0) {
    const at = random.weighted(weights);
    const [candidate] = left.splice(at, 1) as [Candidate];
    weights.splice(at, 1);
    take(candidate);
  }
  return chosen.length === count ? chosen : "distractors contain one another";
}

/** Candidates that can stand beside the answer: no namesake, part or kin of it, no word of what is told. */
function fitting(type: QuestionType, draft: Draft, sources: Sources): Candidate[] {
  const { graph } = sources;
  const { answer } = draft;
  const told = draft.facts.filter(({ say }) => say !== "lacks").map(({ entity }) => entity);
  const kin = kinOf(graph, answer.entity);
  const sort = graph.entities.get(answer.entity)?.type;
  const alike: Candidate[] = [];
  const apart: Candidate[] = [];
  for (const candidate of draft.candidates) {
    if (alike.length >= looked) break;
    if (kin.has(candidate.entity) || !areApart(answer, candidate, sources)) continue;
    if (told.some((one) => sources.shareWord(one, candidate.entity))) continue;
    apart.push(candidate);
    if (graph.entities.get(candidate.entity)?.type === sort) alike.push(candidate);
  }
  return type.form !== "relation" && alike.length >= sources.settings.options - 1 ? alike : apart;
}

/** Whether no name of one entity is a name, or a part of a name, of the other. */
function areApart(one: Draft["answer"], other: Draft["answer"], { formsOf }: Sources): boolean {
  if (one.entity === other.entity) return false;
  const forms = formsOf(one.entity);
  return !formsOf(other.entity).some((form) => forms.some((own) => overlap(form, own)));
}

/** Findings that a patient is told not to have: what tempts to a wrong option, and is nowhere near the subject. */
export function absentFindings(
  subject: string,
  facts: readonly Fact[],
  wrong: readonly Candidate[],
  answer: string,
  random: Random,
  sources: Sources,
): Fact[] {
  const { graph } = sources;
  const wanted = random.weighted([0.55, 0.35, 0.1]);
  if (wanted === 0) return [];
  const known = new Set([...facts.map(({ entity }) => entity), ...wrong.map(({ entity }) => entity), answer]);
  const own = new Set(graph.tails(subject));
  const isLikeOwn = kindredOf([...own, ...known], sources);
  const tempting = wrong
    .filter(({ entity }) => graph.entities.get(entity)?.type === "disease")
    .flatMap(({ entity }) => sources.trusted(entity, "HAS_SYMPTOM"))
    .map(({ tail }) => tail)
    .filter((tail) => !known.has(tail) && !own.has(tail) && graph.entities.get(tail)?.type !== "disease")
    // That a patient is not tired tells nobody anything.
    .filter(
      (tail) => sources.isTelling(tail) && !isOfKind(sources.formOf(tail), "ofOneSex") && !isLikeOwn(tail),
    )
    .filter((tail) => [...known].every((one) => areApart({ entity: tail }, { entity: one }, sources)));
  return random.sample([...new Set(tempting)], wanted).map((entity) => ({ say: "lacks", entity }));
}
