/** Training questions by reasoning path, and which of them a step asks (paper §3.3). */
import { groupBy } from "../base/collections.ts";
import { UsageError } from "../base/errors.ts";
import type { Random } from "../base/random.ts";
import { isSynthetic, type Question, type Tier } from "../records/question.ts";

/** A reasoning path with all its wordings. */
export interface PathQuestions {
  readonly key: string;
  readonly tier: Tier;
  readonly questions: readonly Question[];
}

/** The paths of a set of questions in order of key; a curated question is a path of its own. */
export function pathsOf(questions: readonly Question[]): PathQuestions[] {
  const groups = groupBy(questions, (question) =>
    isSynthetic(question) ? question.origin.pathKey : question.id,
  );
  const keys = [...groups.keys()].sort();
  if (keys.length === 0)
    throw new UsageError("reinforce: there are no training questions; look at refine/rejects.jsonl");
  return keys.map((key) => ({
    key,
    tier: groups.get(key)![0]!.tier ?? "moderate",
    questions: groups.get(key)!,
  }));
}

/** Stage 1: Easy and Moderate paths in the given shares, each path once a step, one wording of it. */
export function drawByTier(
  paths: readonly PathQuestions[],
  count: number,
  easyShare: number,
  random: Random,
): Question[] {
  const easy = paths.filter((path) => path.tier === "easy");
  const moderate = paths.filter((path) => path.tier === "moderate");
  if (easy.length + moderate.length === 0)
    throw new UsageError(
      "reinforce: stage 1 needs Easy or Moderate questions and the training set has none; look at refine's tiers",
    );
  const wanted = moderate.length === 0 ? count : easy.length === 0 ? 0 : Math.round(count * easyShare);
  return oneWordingEach([...random.sample(easy, wanted), ...random.sample(moderate, count - wanted)], random);
}

/** Every path with the same probability, whatever its tier. */
export function drawUniformly(paths: readonly PathQuestions[], count: number, random: Random): Question[] {
  return oneWordingEach(random.sample(paths, count), random);
}

/** Different paths, drawn in proportion to their weight. */
export function drawWeighted(
  paths: readonly PathQuestions[],
  weightOf: (path: PathQuestions) => number,
  count: number,
  random: Random,
): PathQuestions[] {
  const left = [...paths];
  const drawn: PathQuestions[] = [];
  while (drawn.length < count && left.some((path) => weightOf(path) > 0))
    drawn.push(...left.splice(random.weighted(left.map(weightOf)), 1));
  return drawn;
}

/** One wording of each path. */
export function oneWordingEach(paths: readonly PathQuestions[], random: Random): Question[] {
  return paths.map((path) => random.pick(path.questions));
}
