/**
 * Duplicates and contamination as they bear on the questions (paper §3.1). Of questions that repeat one another the
 * first stays; a question that is like one of a protected set is held back from every split until a person has said
 * that the two are not the same.
 */
import type { RefineSection } from "../recipe/sections/refine.ts";
import type { Match } from "../records/match.ts";
import type { Question } from "../records/question.ts";
import { findContamination } from "./duplicates/contamination.ts";
import { findDuplicates } from "./duplicates/duplicates.ts";
import type { Flow } from "./flow.ts";

/** Ids of matches that people settled. */
export interface Released {
  readonly notSame: ReadonlySet<string>;
  /** Those that are a repetition indeed. */
  readonly same: ReadonlySet<string>;
}

/** The items that repeat nothing, and every match that was found. */
export function dropRepeats<T extends { readonly question: Question }>(
  items: readonly T[],
  protectedSets: ReadonlyMap<string, readonly Question[]>,
  { notSame, same }: Released,
  settings: RefineSection["duplicates"],
  flow: Flow,
): { readonly fresh: readonly T[]; readonly matches: readonly Match[] } {
  const step = flow.begin("duplicates", items.length);
  const byId = new Map<string, T>();
  for (const item of items)
    if (byId.has(item.question.id))
      step.drop(item.question, "exact", "another question has the same words and options");
    else byId.set(item.question.id, item);
  const all = [...byId.values()];
  const duplicates = findDuplicates(
    all.map(({ question }) => question),
    settings,
    notSame,
  );
  const like = new Map<string, Match[]>();
  for (const match of duplicates)
    if (!notSame.has(match.id))
      for (const { id } of [match.question, match.other]) {
        const list = like.get(id);
        if (list) list.push(match);
        else like.set(id, [match]);
      }
  const kept = new Map<string, T>();
  for (const item of all) {
    const { id } = item.question;
    const match = like
      .get(id)
      ?.find(({ question, other }) => kept.has(question.id === id ? other.id : question.id));
    if (match === undefined) kept.set(id, item);
    else {
      const other = match.question.id === id ? match.other : match.question;
      step.drop(item.question, match.method, `repeats ${other.id} (${match.score.toFixed(3)})`);
    }
  }
  step.done(kept.size);

  const against = flow.begin("contamination", kept.size);
  const contamination = findContamination(
    [...kept.values()].map(({ question }) => question),
    protectedSets,
    settings,
  );
  for (const { id, method, score, question, other } of contamination) {
    if (notSame.has(id) || !kept.has(question.id)) continue;
    const item = kept.get(question.id) as T;
    kept.delete(question.id);
    const found = `${method} ${score.toFixed(3)} with ${other.id} of ${other.set}`;
    against.drop(item.question, same.has(id) ? "sameByPerson" : "openMatch", found);
  }
  against.done(kept.size);
  return { fresh: [...kept.values()], matches: [...duplicates, ...contamination] };
}
