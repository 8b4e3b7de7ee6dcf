/**
 * Questions of the training data that repeat an earlier one: the same words, MinHash verified by exact Jaccard, or
 * containment weighed by what each word tells (docs: refine, duplicates and contamination).
 *
 * Two made questions share the words of their template, so they repeat each other only where they show the same facts and
 * the same options (or are the same to the letter); of other pairs at least half of the fewer options must be the same too.
 *
 * Invariant: the first in order is kept, and a question is compared with those that are kept only, so that a chain of like
 * questions does not collapse into its first.
 */
import type { RefineSection } from "../../recipe/sections/refine.ts";
import type { Match } from "../../records/match.ts";
import { isSynthetic, type Question, type SyntheticQuestion } from "../../records/question.ts";
import { normaliseText } from "../../verify/text.ts";
import { areTwoCases, copyIndex, likenessOf } from "./copies.ts";
import { type Corpus, corpusReader } from "./corpus.ts";
import { countInCommon } from "./flat-lists.ts";
import { keyOfText } from "./hash.ts";
import { type Finding, matchOf } from "./match.ts";
import { jaccardOf } from "./minhash.ts";
import { nearIndex } from "./near-texts.ts";

/** Words and options that stand in more questions than this are not looked up to find a copy. */
const COMMON = 100;

/** What a detector found, and the earlier question, by its place. */
type Earlier = Finding & { readonly place: number };

/**
 * One match for each question that repeats an earlier one that is kept, in order. Matches whose ids are in `notSame` are
 * reported and count for nothing: their question may match a further one, or is kept and may be repeated. Two questions with one id are the same
 * text and match with that id on both sides; whoever leaves questions out by id sees to these first.
 */
export function findDuplicates(
  questions: readonly Question[],
  settings: RefineSection["duplicates"],
  notSame: ReadonlySet<string> = new Set(),
): Match[] {
  const reader = corpusReader();
  const keys = questions.map((question) => {
    const stem = reader.add(question, "nothing").join(" ");
    return keyOfText([stem, ...optionTexts(question)].join("\n"));
  });
  const corpus = reader.finish();
  const chance = Math.log(Math.max(1, (questions.length * (questions.length - 1)) / 2));
  const made = earlierOnes(corpus, questions.filter(isSynthetic).length, settings, chance);
  const others = earlierOnes(
    corpus,
    questions.filter((question) => !isSynthetic(question)).length,
    settings,
    chance,
  );
  const byKey = new Map<number, number[]>();
  const byFacts = new Map<number, number[]>();

  const earlier = (place: number, released: ReadonlySet<number>): Earlier | undefined => {
    const question = questions[place] as Question;
    const same = byKey
      .get(keys[place] as number)
      ?.find((other) => !released.has(other) && isSameText(corpus, place, other, questions, chance));
    if (same !== undefined) return { place: same, method: "exact", score: 1, threshold: 1 };
    if (!isSynthetic(question)) return others.find(place, released) ?? made.find(place, released);
    for (const other of byFacts.get(factsKey(question)) ?? []) {
      if (released.has(other)) continue;
      const score = jaccardOf(corpus.shinglesOf(place), corpus.shinglesOf(other));
      if (score >= settings.minhash)
        return { place: other, method: "minhash", score, threshold: settings.minhash };
    }
    return others.find(place, released);
  };

  return questions.flatMap((question, place) => {
    const matches: Match[] = [];
    const released = new Set<number>();
    for (let found = earlier(place, released); found !== undefined; found = earlier(place, released)) {
      const match = matchOf("duplicate", found, question, questions[found.place] as Question, "training");
      matches.push(match);
      if (!notSame.has(match.id)) return matches;
      released.add(found.place);
    }
    push(byKey, keys[place] as number, place);
    if (isSynthetic(question)) push(byFacts, factsKey(question), place);
    (isSynthetic(question) ? made : others).add(place);
    return matches;
  });
}

function push(lists: Map<number, number[]>, key: number, place: number): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [place]);
  else list.push(place);
}

function optionTexts({ options }: Question): string[] {
  return Object.values(options).map(normaliseText).sort();
}

/** Type, what is asked, the facts that are told and the options: alike, two made questions differ in wording only. */
function factsKey({ origin }: SyntheticQuestion): number {
  const facts = origin.facts
    .map(({ say, entity, predicate }) => `${say}\t${entity}\t${predicate ?? ""}`)
    .sort();
  const options = Object.values(origin.optionEntities).sort();
  return keyOfText([origin.type, origin.masked, ...facts, "", ...options].join("\n"));
}

/** The same stem and options, and not of two cases. */
function isSameText(
  corpus: Corpus,
  place: number,
  other: number,
  questions: readonly Question[],
  chance: number,
): boolean {
  const [one, two] = [questions[place] as Question, questions[other] as Question];
  return (
    normaliseText(one.stem) === normaliseText(two.stem) &&
    optionTexts(one).join("\n") === optionTexts(two).join("\n") &&
    !areTwoCases(corpus, place, other, chance)
  );
}

/** An index of kept questions that finds the one that a later question repeats. */
function earlierOnes(corpus: Corpus, most: number, settings: RefineSection["duplicates"], chance: number) {
  const near = nearIndex(corpus, most);
  const copies = copyIndex(corpus, COMMON, chance);
  const isAgreed = (one: number, two: number): boolean => {
    const [own, other] = [corpus.options.at(one), corpus.options.at(two)];
    return countInCommon(own, other) * 2 >= Math.min(own.length, other.length);
  };
  let isEmpty = true;
  return {
    add(place: number): void {
      isEmpty = false;
      near.add(place);
      copies.add(place);
    },
    /** The first kept question that this one repeats and that is not released from it. */
    find(place: number, released: ReadonlySet<number>): Earlier | undefined {
      if (isEmpty) return undefined;
      let best: Earlier | undefined;
      const offer = (found: Earlier): void => {
        if (best === undefined || found.place < best.place) best = found;
      };
      near.visit(place, settings.minhash, (other, score) => {
        if (!released.has(other) && isAgreed(place, other) && !areTwoCases(corpus, place, other, chance))
          offer({ place: other, method: "minhash", score, threshold: settings.minhash });
      });
      if (best !== undefined) return best;
      for (const other of copies.candidates(place)) {
        if (released.has(other) || !isAgreed(place, other)) continue;
        const score = Math.max(
          likenessOf(corpus, place, other, chance, "stem"),
          likenessOf(corpus, other, place, chance, "stem"),
        );
        if (score >= settings.containment)
          offer({ place: other, method: "containment", score, threshold: settings.containment });
      }
      return best;
    },
  };
}
