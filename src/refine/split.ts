/**
 * The split into training, dev and test questions by reasoning path (paper §3.1), stratified by type, tier and rarity;
 * and, where it is asked for, a set of entities of which no path is trained on.
 *
 * Invariant: no path is in two splits, no training path touches an unseen entity, and no held-out question repeats a
 * training question or nearly does. What is held out otherwise is the combination of facts, not a fact: a disease's
 * drug may be met by name in training.
 */
import { groupBy } from "../base/collections.ts";
import { shortHash } from "../base/hash.ts";
import { type Random, seededRandom } from "../base/random.ts";
import type { RefineSection } from "../recipe/sections/refine.ts";
import { isSynthetic, type Question } from "../records/question.ts";
import { repeatsTraining } from "./duplicates/repeats.ts";
import { typeOf } from "./mix/mix.ts";
import { isOneHop } from "./tiers/tier.ts";

export const splitNames = ["train", "dev", "test", "unseen"] as const;
export type SplitName = (typeof splitNames)[number];
export type Splits = Readonly<Record<SplitName, readonly Question[]>>;
const seenNames = ["train", "dev", "test"] as const;
type SeenName = (typeof seenNames)[number];
type Paths = ReadonlyMap<string, readonly Question[]>;

/** The unit that is never divided: a path; the text that curated questions share; else the question itself. */
export function pathKeyOf(question: Question): string {
  if (isSynthetic(question)) return question.origin.pathKey;
  return question.context === undefined ? question.id : `text|${shortHash([question.context])}`;
}

/** Splits questions by path and thins the paths; what is left out on the way is given to `drop`. */
export function splitQuestions(
  questions: readonly Question[],
  settings: RefineSection,
  seed: number,
  drop: (question: Question, rule: string, reason: string) => void,
): Splits {
  const byPath: Paths = groupBy(questions, pathKeyOf);
  const unseen = unseenPaths(byPath, settings.shares.unseen, seededRandom(seed, "refine", "unseen"));
  const keys = [...byPath.keys()].filter((key) => !unseen.has(key)).sort();
  const strata = groupBy(keys, (key) => typeOf(firstOf(byPath, key)));
  const splits: Record<SplitName, Question[]> = { train: [], dev: [], test: [], unseen: [] };
  const take = (key: string, name: SplitName): void => {
    const all = byPath.get(key) as readonly Question[];
    const kept = new Set(thin(all, name, settings, seededRandom(seed, "refine", "thin", key)));
    for (const question of all)
      if (kept.has(question)) splits[name].push(question);
      else
        drop(question, "wordings", `its path has ${all.length} questions; ${kept.size} are kept in ${name}`);
  };
  for (const [type, own] of [...strata].sort(([a], [b]) => (a < b ? -1 : 1)))
    for (const [key, name] of assign(own, byPath, settings, seededRandom(seed, "refine", "split", type)))
      take(key, name);
  for (const key of [...unseen].sort()) take(key, "unseen");
  const heldOut = [...splits.dev, ...splits.test, ...splits.unseen];
  const same = repeatsTraining(splits.train, heldOut, settings.duplicates);
  const isKept = (question: Question): boolean => {
    const twin = same.get(question.id);
    if (twin !== undefined)
      drop(question, "repeatsTraining", `held-out question nearly repeats training question ${twin}`);
    return twin === undefined;
  };
  return {
    train: splits.train,
    dev: splits.dev.filter(isKept),
    test: splits.test.filter(isKept),
    unseen: splits.unseen.filter(isKept),
  };
}

function firstOf(byPath: Paths, key: string): Question {
  return byPath.get(key)?.[0] as Question;
}

/** Every entity that a path's questions teach something of: the subject, the answer and all that the walk passes. */
function entitiesOf(questions: readonly Question[]): Set<string> {
  const touched = new Set<string>();
  for (const { origin } of questions.filter(isSynthetic)) {
    touched.add(origin.subject).add(origin.masked);
    for (const { head, tail } of origin.path) touched.add(head).add(tail);
  }
  return touched;
}

/**
 * Paths that touch an entity which is kept from training. Entities are subjects drawn by chance, rare and common in
 * turn, until they are the asked share of all subjects. One that so many other paths lead to that keeping it would
 * take more than its part of the paths is passed over: a drug of fifty diseases cannot be kept unseen.
 */
function unseenPaths(byPath: Paths, share: number, random: Random): ReadonlySet<string> {
  const subjects = new Map<string, boolean>();
  const touching = new Map<string, string[]>();
  for (const [key, questions] of byPath) {
    for (const { origin } of questions.filter(isSynthetic)) subjects.set(origin.subject, origin.isRare);
    for (const entity of entitiesOf(questions)) {
      const list = touching.get(entity);
      if (list) list.push(key);
      else touching.set(entity, [key]);
    }
  }
  const taken = new Set<string>();
  if (share === 0) return taken;
  const all = random.shuffle([...subjects.keys()].sort());
  for (const group of [all.filter((one) => subjects.get(one)), all.filter((one) => !subjects.get(one))]) {
    const wanted = Math.round(group.length * Math.min(1, share));
    let count = 0;
    for (const subject of group) {
      if (count >= wanted) break;
      const fresh = (touching.get(subject) ?? []).filter((key) => !taken.has(key));
      if (fresh.length > Math.max(mostPaths, 0.1 * share * byPath.size)) continue;
      for (const key of fresh) taken.add(key);
      count += 1;
    }
  }
  return taken;
}

/** Paths that an unseen entity may always take with it; in a small run a tenth of the share is less. */
const mostPaths = 40;

/** Gives each path to the split that is furthest behind its share, rare and common ones of each tier in turn. */
function assign(
  keys: readonly string[],
  byPath: Paths,
  { shares }: RefineSection,
  random: Random,
): [string, SeenName][] {
  const rankOf = (key: string): string => {
    const first = firstOf(byPath, key);
    return `${isSynthetic(first) && first.origin.isRare ? "rare" : "usual"} ${first.tier ?? ""}`;
  };
  const shuffled = random.shuffle(keys);
  const groups = groupBy(shuffled, rankOf);
  const ordered = [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([, group]) => group);
  const total = seenNames.reduce((sum, name) => sum + shares[name], 0);
  // A random start, or else small types would all give their first rare path to the same split.
  const start = (): number => random.next() - 0.5;
  const given: Record<SeenName, number> = { train: start(), dev: start(), test: start() };
  return ordered.map((key, at) => {
    const behind = (name: SeenName): number => ((at + 1) * shares[name]) / total - given[name];
    const name = seenNames.reduce((best, next) => (behind(next) > behind(best) ? next : best));
    given[name] += 1;
    return [key, name];
  });
}

function thin(
  questions: readonly Question[],
  name: SplitName,
  settings: RefineSection,
  random: Random,
): readonly Question[] {
  const first = questions[0] as Question;
  // Questions on one text are not wordings of one another.
  if (!isSynthetic(first)) return questions;
  const most =
    name === "train"
      ? settings.trainWordings
      : isOneHop(first)
        ? settings.oneHopTestWordings
        : settings.testWordings;
  return questions.length <= most ? questions : random.sample(questions, most);
}
