/**
 * Training questions that copy a question of an evaluation set (docs: refine, duplicates and contamination).
 *
 * Four detectors, the strictest that finds a pair is the one it is reported by: the same words; words in a row (characters
 * in a row for Chinese and for short stems); MinHash, verified by exact Jaccard; containment weighed by what each word tells,
 * which also finds a paraphrase. Of the protected question only the stem is looked for, so that a context on one side hides
 * nothing; its options, and contexts on both sides, are further evidence.
 */
import type { RefineSection } from "../../recipe/sections/refine.ts";
import type { Match } from "../../records/match.ts";
import type { Question } from "../../records/question.ts";
import { normaliseText } from "../../verify/text.ts";
import { characterIndex } from "./character-runs.ts";
import { copyIndex, isTelling, likenessOf } from "./copies.ts";
import { type Corpus, corpusReader, NOTHING } from "./corpus.ts";
import { type Finding, matchOf } from "./match.ts";
import { nearIndex } from "./near-texts.ts";
import { runIndex } from "./word-runs.ts";

/** Share of a protected stem, by what its words tell, that must stand in shared runs of words. */
const RUN_SHARE = 0.4;
/** Words that stand in a larger share of all questions are not looked up. */
const COMMON = 0.05;

/** Calls `report` for a finding about a protected question, by its place. */
type Report = (place: number, finding: Finding) => void;

/** Matches of training questions with protected ones, in the order of the questions, then of the sets and their questions. */
export function findContamination(
  questions: readonly Question[],
  protectedSets: ReadonlyMap<string, readonly Question[]>,
  settings: RefineSection["duplicates"],
): Match[] {
  const guarded = uniqueQuestions(protectedSets);
  if (guarded.length === 0 || questions.length === 0) return [];
  const reader = corpusReader();
  const stems = guarded.map(({ question }) => reader.add(question, "stem"));
  const chance = Math.log(questions.length * guarded.length);
  const short = [...stems.keys()].filter(
    (place) => (stems[place] as readonly string[]).length < settings.ngram,
  );
  const characters = characterIndex(
    short.map((place) => stems[place] as readonly string[]),
    short,
  );
  const byWords = placesByWords(stems);
  // What needs the words themselves is looked up while they are at hand; the rest when all words are counted.
  const sameWords: (readonly number[] | undefined)[] = [];
  const sameCharacters: (readonly (readonly [place: number, share: number])[] | undefined)[] = [];
  for (const [i, question] of questions.entries()) {
    const stem = reader.add(question, "context and stem");
    const same = byWords.get(stem.join(" "));
    if (same !== undefined) sameWords[i] = same;
    const found: [number, number][] = [];
    characters.visit(stem, settings.containment, (place, share) => found.push([place, share]));
    if (found.length > 0) sameCharacters[i] = found;
  }
  const corpus = reader.finish();
  const findRuns = wordRuns(corpus, guarded.length, settings.ngram, chance);
  const findNear = nearTexts(corpus, guarded.length, settings.minhash, chance);
  const findCopies = copies(corpus, guarded.length, settings.containment, chance);

  return questions.flatMap((question, i) => {
    const at = guarded.length + i;
    const findings = new Map<number, Finding>();
    const report: Report = (place, finding) => {
      if (!findings.has(place)) findings.set(place, finding);
    };
    for (const place of sameWords[i] ?? [])
      if (isSameStem(question, guarded[place] as Guarded) && isTelling(corpus, at, place, chance))
        report(place, { method: "exact", score: 1, threshold: 1 });
    findRuns(at, report);
    for (const [place, score] of sameCharacters[i] ?? []) {
      // One word ("In adolescence:") is in many texts.
      if (corpus.units.at(place).length > 1 && isTelling(corpus, at, place, chance))
        report(place, { method: "ngram", score, threshold: settings.containment });
    }
    findNear(at, report);
    findCopies(at, report);
    return [...findings]
      .sort(([a], [b]) => a - b)
      .map(([place, finding]) => {
        const { question: other, set } = guarded[place] as Guarded;
        return matchOf("contamination", finding, question, other, set);
      });
  });
}

interface Guarded {
  readonly question: Question;
  readonly set: string;
}

/** Every protected question once, under the first set that has it. */
function uniqueQuestions(sets: ReadonlyMap<string, readonly Question[]>): Guarded[] {
  const seen = new Set<string>();
  const all: Guarded[] = [];
  for (const [set, questions] of sets)
    for (const question of questions) {
      if (seen.has(question.id)) continue;
      seen.add(question.id);
      all.push({ question, set });
    }
  return all;
}

function placesByWords(stems: readonly (readonly string[])[]): Map<string, number[]> {
  const places = new Map<string, number[]>();
  for (const [place, stem] of stems.entries()) {
    const key = stem.join(" ");
    const list = places.get(key);
    if (list === undefined) places.set(key, [place]);
    else list.push(place);
  }
  return places;
}

/** The same words with the same signs between them: "< 7" is not "> 7". */
function isSameStem(question: Question, { question: other }: Guarded): boolean {
  return normaliseText(question.stem) === normaliseText(other.stem);
}

function wordRuns(corpus: Corpus, guarded: number, length: number, chance: number) {
  const index = runIndex(corpus.words, guarded, length);
  return (at: number, report: Report): void =>
    index.visit(corpus.words.at(at), (place, marks) => {
      let told = 0;
      let total = 0;
      for (const [i, unit] of corpus.wordUnits.at(place).entries()) {
        if (unit === NOTHING) continue;
        const nats = corpus.unitInfo[unit] as number;
        total += nats;
        if (marks[i] === 1) told += nats;
      }
      if (told >= chance && told / total >= RUN_SHARE)
        report(place, { method: "ngram", score: Math.min(1, told / total), threshold: RUN_SHARE });
    });
}

function nearTexts(corpus: Corpus, guarded: number, threshold: number, chance: number) {
  const index = nearIndex(corpus, guarded);
  for (let place = 0; place < guarded; place++) index.add(place);
  return (at: number, report: Report): void =>
    index.visit(at, threshold, (place, score) => {
      if (isTelling(corpus, at, place, chance)) report(place, { method: "minhash", score, threshold });
    });
}

function copies(corpus: Corpus, guarded: number, threshold: number, chance: number) {
  const index = copyIndex(corpus, Math.max(50, COMMON * corpus.units.count()), chance);
  for (let place = 0; place < guarded; place++) index.add(place);
  return (at: number, report: Report): void => {
    for (const place of index.candidates(at)) {
      const score = likenessOf(corpus, at, place, chance, "stem and options");
      if (score >= threshold) report(place, { method: "containment", score, threshold });
    }
  };
}
