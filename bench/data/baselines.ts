/**
 * Ways of answering without knowing anything: the longest option, the shortest, the one that shares most words with
 * the stem, the one that is an option most often or least often. Each gives a score to every option; the highest is
 * chosen, and equal ones share the credit, so that guessing among them is neither lucky nor unlucky.
 */
import type { Choice } from "./option-model.ts";
import { words } from "./option-model.ts";

/** A question as these answerers see it. */
export interface Shown extends Choice {
  readonly stem: string;
  /** What each option stands for; its text where nothing else is known. */
  readonly entities: readonly string[];
}

type Baseline = (question: Shown) => readonly number[];

const little = new Set(
  "a an and are as at be by for from has have in is it its no not of on or that the their this to was were which who with 的 了 是 和".split(
    " ",
  ),
);

/** The answerers by name; how often an entity is an option is counted over all questions. */
export function baselinesOf(questions: readonly Shown[]): Readonly<Record<string, Baseline>> {
  const frequency = new Map<string, number>();
  for (const { entities } of questions)
    for (const entity of entities) frequency.set(entity, (frequency.get(entity) ?? 0) + 1);
  return {
    "longest option": ({ options }) => options.map((text) => text.length),
    "shortest option": ({ options }) => options.map((text) => -text.length),
    "most words in common with the stem": ({ stem, options }) => {
      const told = new Set(words(stem).filter((word) => !little.has(word)));
      return options.map((text) => new Set(words(text).filter((word) => told.has(word))).size);
    },
    "option that is one most often": ({ entities }) => entities.map((entity) => frequency.get(entity) ?? 0),
    "option that is one least often": ({ entities }) =>
      entities.map((entity) => -(frequency.get(entity) ?? 0)),
  };
}

/** 1 when the highest score is that of a right option; a share when several are highest. */
export function creditOf(scores: readonly number[], gold: readonly number[]): number {
  const most = Math.max(...scores);
  const best = scores.flatMap((score, i) => (score === most ? [i] : []));
  return best.filter((i) => gold.includes(i)).length / best.length;
}
