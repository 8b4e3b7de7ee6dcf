/**
 * The split into training, dev and test questions by reasoning path (paper §3.1), stratified by type and rarity.
 *
 * Invariant: no path is in two splits, and no held-out question repeats a training question or nearly does. What is
 * held out is the combination of facts, not a fact: a disease's drug may be met by name in training.
 */
import { groupBy } from "../base/collections.ts";
import { type Random, seededRandom } from "../base/random.ts";
import type { RefineSection } from "../recipe/sections/refine.ts";
import type { Question } from "../records/question.ts";
import { nearDuplicates } from "./near-duplicates.ts";
import { isOneHop } from "./tier.ts";

export const splitNames = ["train", "dev", "test"] as const;
type SplitName = (typeof splitNames)[number];
export type Splits = Readonly<Record<SplitName, readonly Question[]>>;

/** The unit that is never divided: a path, or a question of its own. */
export function pathKeyOf(question: Question): string {
  return question.origin.kind === "synthetic" ? question.origin.pathKey : question.id;
}

/** Splits questions by path and thins the paths; held-out questions that repeat training ones are rejected. */
export function splitQuestions(
  questions: readonly Question[],
  settings: RefineSection,
  seed: number,
  reject: (item: string, reason: string) => void,
): Splits {
  const byPath = groupBy(questions, pathKeyOf);
  const strata = groupBy([...byPath.keys()].sort(), (key) => typeOf((byPath.get(key) as Question[])[0]!));
  const splits: Record<SplitName, Question[]> = { train: [], dev: [], test: [] };
  for (const [type, keys] of [...strata].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const random = seededRandom(seed, "refine", "split", type);
    for (const [key, name] of assign(keys, byPath, settings, random)) {
      const all = byPath.get(key) as Question[];
      splits[name].push(...thin(all, name, settings, seededRandom(seed, "refine", "thin", key)));
    }
  }
  const same = nearDuplicates(splits.train, [...splits.dev, ...splits.test], settings.nearDuplicate);
  const isKept = (question: Question): boolean => {
    const twin = same.get(question.id);
    if (twin !== undefined) reject(question.id, `held-out question nearly repeats training question ${twin}`);
    return twin === undefined;
  };
  return { train: splits.train, dev: splits.dev.filter(isKept), test: splits.test.filter(isKept) };
}

function typeOf(question: Question): string {
  return question.origin.kind === "synthetic" ? question.origin.type : question.origin.dataset;
}

/** Gives each path to the split that is furthest behind its share, the rare ones and the others each in turn. */
function assign(
  keys: readonly string[],
  byPath: ReadonlyMap<string, readonly Question[]>,
  { shares }: RefineSection,
  random: Random,
): [string, SplitName][] {
  const isRare = (key: string): boolean => {
    const origin = byPath.get(key)?.[0]?.origin;
    return origin?.kind === "synthetic" && origin.isRare;
  };
  const shuffled = random.shuffle(keys);
  const ordered = [...shuffled.filter(isRare), ...shuffled.filter((key) => !isRare(key))];
  const total = splitNames.reduce((sum, name) => sum + shares[name], 0);
  // A random start, or else small types would all give their first rare path to the same split.
  const start = (): number => random.next() - 0.5;
  const given: Record<SplitName, number> = { train: start(), dev: start(), test: start() };
  return ordered.map((key, at) => {
    const behind = (name: SplitName): number => ((at + 1) * shares[name]) / total - given[name];
    const name = splitNames.reduce((best, next) => (behind(next) > behind(best) ? next : best));
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
  const most =
    name === "train"
      ? settings.trainWordings
      : isOneHop(first)
        ? settings.oneHopTestWordings
        : settings.testWordings;
  return questions.length <= most ? questions : random.sample(questions, most);
}
