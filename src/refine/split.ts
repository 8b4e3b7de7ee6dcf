/**
 * The split into training, dev and test questions by reasoning path (paper §3.1), stratified by type, tier and rarity;
 * and, where it is asked for, a set of entities of which no path is trained on. Paths that ask for the same answer by
 * the same edges, or after the same told facts, go together, of whatever types they are.
 *
 * Invariant: no path is in two splits, no held-out question asks for what a training question asks for by the same
 * edges or the same facts, no training path touches an unseen entity, and no held-out question repeats a training
 * question or nearly does. What is held out otherwise is the combination of facts, not a fact: a disease's drug may be
 * met by name in training.
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

/** Paths that are never divided among splits, in order; the first one stands for them. */
interface Unit {
  readonly keys: readonly string[];
  readonly first: Question;
}

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
  const units = unitsOf(byPath);
  const unseen = unseenUnits(units, byPath, settings.shares.unseen, seededRandom(seed, "refine", "unseen"));
  const strata = groupBy(
    units.filter((unit) => !unseen.has(unit)),
    ({ first }) => typeOf(first),
  );
  const splits: Record<SplitName, Question[]> = { train: [], dev: [], test: [], unseen: [] };
  const takePath = (key: string, name: SplitName): void => {
    const all = byPath.get(key) as readonly Question[];
    const kept = new Set(thin(all, name, settings, seededRandom(seed, "refine", "thin", key)));
    for (const question of all)
      if (kept.has(question)) splits[name].push(question);
      else
        drop(question, "wordings", `its path has ${all.length} questions; ${kept.size} are kept in ${name}`);
  };
  const take = ({ keys }: Unit, name: SplitName): void => {
    for (const key of keys) takePath(key, name);
  };
  for (const [type, own] of [...strata].sort(([a], [b]) => (a < b ? -1 : 1)))
    for (const [unit, name] of assign(own, settings, seededRandom(seed, "refine", "split", type)))
      take(unit, name);
  for (const unit of units) if (unseen.has(unit)) take(unit, "unseen");
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

/** The paths in order of their keys, those joined that share an asking with one another. */
function unitsOf(byPath: Paths): Unit[] {
  const keys = [...byPath.keys()].sort();
  const above = new Map<string, string>();
  const rootOf = (key: string): string => {
    let root = key;
    for (let next = above.get(root); next !== undefined; next = above.get(root)) root = next;
    if (root !== key) above.set(key, root);
    return root;
  };
  const firstWith = new Map<string, string>();
  for (const key of keys)
    for (const asking of (byPath.get(key) as readonly Question[]).flatMap(askingsOf)) {
      const other = firstWith.get(asking);
      if (other === undefined) {
        firstWith.set(asking, key);
        continue;
      }
      // The lesser key stays the root, so that a unit stands where its first path does.
      const [root, under] = [rootOf(key), rootOf(other)].sort() as [string, string];
      if (root !== under) above.set(under, root);
    }
  return [...groupBy(keys, rootOf)].map(([root, own]) => ({
    keys: own,
    first: byPath.get(root)?.[0] as Question,
  }));
}

/**
 * What two questions must not share across splits: the answer with the facts that lead to it, and the answer with the
 * edges walked. What the patient lacks is left aside: it only rules options out.
 */
function askingsOf(question: Question): string[] {
  if (!isSynthetic(question)) return [];
  const { facts, path, masked } = question.origin;
  const told = facts
    .filter(({ say }) => say !== "lacks")
    .map(({ say, entity, predicate }) => `${say}\t${entity}\t${predicate ?? ""}`);
  const edges = path.map(({ relation }) => relation);
  return [
    ["facts", masked, ...[...new Set(told)].sort()].join("\n"),
    ["edges", masked, ...[...new Set(edges)].sort()].join("\n"),
  ];
}

/** Every entity that questions teach something of: the subject, the answer and all that the walk passes. */
function entitiesOf(questions: readonly Question[]): Set<string> {
  const touched = new Set<string>();
  for (const { origin } of questions.filter(isSynthetic)) {
    touched.add(origin.subject).add(origin.masked);
    for (const { head, tail } of origin.path) touched.add(head).add(tail);
  }
  return touched;
}

/**
 * Units that touch an entity which is kept from training. Entities are subjects drawn by chance, rare and common in
 * turn, until they are the asked share of all subjects. One that so many other paths lead to that keeping it would
 * take more than its part of the units is passed over: a drug of fifty diseases cannot be kept unseen.
 */
function unseenUnits(
  units: readonly Unit[],
  byPath: Paths,
  share: number,
  random: Random,
): ReadonlySet<Unit> {
  const subjects = new Map<string, boolean>();
  const touching = new Map<string, Unit[]>();
  const taken = new Set<Unit>();
  if (share === 0) return taken;
  for (const unit of units) {
    const questions = unit.keys.flatMap((key) => byPath.get(key) ?? []);
    for (const { origin } of questions.filter(isSynthetic)) subjects.set(origin.subject, origin.isRare);
    for (const entity of entitiesOf(questions)) {
      const list = touching.get(entity);
      if (list) list.push(unit);
      else touching.set(entity, [unit]);
    }
  }
  const all = random.shuffle([...subjects.keys()].sort());
  for (const group of [all.filter((one) => subjects.get(one)), all.filter((one) => !subjects.get(one))]) {
    const wanted = Math.round(group.length * Math.min(1, share));
    let count = 0;
    for (const subject of group) {
      if (count >= wanted) break;
      const fresh = (touching.get(subject) ?? []).filter((unit) => !taken.has(unit));
      if (fresh.length > Math.max(mostUnits, 0.1 * share * units.length)) continue;
      for (const unit of fresh) taken.add(unit);
      count += 1;
    }
  }
  return taken;
}

/** Units that an unseen entity may always take with it; in a small run a tenth of the share is less. */
const mostUnits = 40;

/** Gives each unit to the split that is furthest behind its share of paths, rare and common ones of each tier in turn. */
function assign(units: readonly Unit[], { shares }: RefineSection, random: Random): [Unit, SeenName][] {
  const rankOf = ({ first }: Unit): string =>
    `${isSynthetic(first) && first.origin.isRare ? "rare" : "usual"} ${first.tier ?? ""}`;
  const shuffled = random.shuffle(units);
  const groups = groupBy(shuffled, rankOf);
  const ordered = [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([, group]) => group);
  const total = seenNames.reduce((sum, name) => sum + shares[name], 0);
  // A random start, or else small types would all give their first rare path to the same split.
  const start = (): number => random.next() - 0.5;
  const given: Record<SeenName, number> = { train: start(), dev: start(), test: start() };
  let paths = 0;
  return ordered.map((unit) => {
    paths += unit.keys.length;
    const behind = (name: SeenName): number => (paths * shares[name]) / total - given[name];
    const name = seenNames.reduce((best, next) => (behind(next) > behind(best) ? next : best));
    given[name] += unit.keys.length;
    return [unit, name];
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
