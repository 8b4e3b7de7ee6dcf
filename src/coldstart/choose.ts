/**
 * Which training questions get a trajectory (paper §3.2: gold reasoning is scarce): a random part of the reasoning paths
 * of the graph, a few wordings of each, and as large a part of the curated questions, each a path of its own.
 *
 * Invariant: every teacher is given the same questions of the graph; only a language model is given curated ones, as the
 * graph knows no path for them.
 */
import { groupBy } from "../base/collections.ts";
import { seededRandom } from "../base/random.ts";
import type { ColdstartSection } from "../recipe/sections/coldstart.ts";
import { isSynthetic, type Question, type SyntheticQuestion } from "../records/question.ts";

/** The questions of the graph that get a trajectory. */
export function chooseSynthetic(
  questions: readonly Question[],
  settings: Pick<ColdstartSection, "pathShare" | "wordingsPerPath">,
  seed: number,
): SyntheticQuestion[] {
  const byPath = groupBy(questions.filter(isSynthetic), pathOf);
  const random = seededRandom(seed, "coldstart", "paths");
  const count = Math.max(1, Math.round(byPath.size * settings.pathShare));
  const paths = random.sample([...byPath.keys()].sort(), count);
  return paths.flatMap((path) => random.sample(byPath.get(path)!, settings.wordingsPerPath));
}

/** The curated questions that get one, in order of id; each id once. */
export function chooseCurated(
  questions: readonly Question[],
  { pathShare }: Pick<ColdstartSection, "pathShare">,
  seed: number,
): Question[] {
  const byId = new Map(questions.filter((one) => !isSynthetic(one)).map((one) => [one.id, one]));
  const count = Math.max(1, Math.round(byId.size * pathShare));
  const chosen = seededRandom(seed, "coldstart", "curated").sample([...byId.keys()].sort(), count);
  return chosen.sort().map((id) => byId.get(id)!);
}

/** The path of a question: what is held out together. */
export function pathOf({ id, origin }: Question): string {
  return origin.kind === "synthetic" ? origin.pathKey : id;
}
