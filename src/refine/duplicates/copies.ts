/**
 * How much a stem looks like a copy of another, words exchanged, sentences moved and numbers changed: containment weighed
 * by what each word tells, and held against how much chance would share.
 *
 * Three shares: C of the other stem's information that stands in this one, D the reverse, O of the other's options that
 * stand among these. score = 1 − (1 − C)(1 − min(C, D))^1.5 (1 − κO): a whole stem inside a longer one scores high by C, a
 * paraphrase by C and D together, and the same options make up for half of a stem's words. A context on both sides counts
 * like options; on one side only it counts for nothing. Telling options or contexts that differ speak against a copy.
 *
 * Invariant: below `chance` nats in common nothing is a copy: among n pairs, ln n nats are shared by chance, and up to twice
 * that where a short stem is looked for in a long one. This is the reckoning of record linkage (Fellegi and Sunter, "A
 * theory for record linkage", 1969) with one weight a word. The constants were set on MedQA, MMLU-Pro and PubMedQA.
 */
import { type Corpus, tells, tellsInCommon } from "./corpus.ts";
import { countInCommon } from "./flat-lists.ts";

/** Options count in full from this multiple of chance on, and not at all below the lower one ("yes", "no", "maybe"). */
const TELLING = 1.25;
const SILENT = 0.4;
/** Least nats of chance: of few questions it is not known which words are common. */
const LEAST_CHANCE = 8;
/** κ: what equal options weigh beside a stem, and beside a stem of hardly a content word. */
const OPTIONS_WEIGH = 0.7;
/** How much telling options, or contexts, that differ speak against a copy. */
const AGAINST = 0.75;
/** Two texts on one topic have about this share of their content words in common. */
const ONE_TOPIC = 0.4;
/** Part of chance that words in order need to tell where nothing speaks against them: order is evidence, too. */
const IN_ORDER = 0.5;
/** A stem that tells less than this, in nats, is told by its options. */
const SHORT_STEM = 15;

/**
 * How much the question at `place` looks like a copy of the one at `other`, 0 to 1; by "stem" the same options make up for
 * nothing, since a list of options often serves several questions of one author.
 */
export function likenessOf(
  corpus: Corpus,
  place: number,
  other: number,
  chance: number,
  by: "stem" | "stem and options",
): number {
  const units = corpus.units.at(other);
  const own = corpus.units.at(place);
  const inCommon = tellsInCommon(own, units, corpus.unitInfo);
  const options = corpus.options.at(other);
  const ownOptions = corpus.options.at(place);
  const optionsInCommon = tellsInCommon(ownOptions, options, corpus.optionInfo);
  const least = Math.max(chance, LEAST_CHANCE);
  const credit = (nats: number): number =>
    Math.min(1, Math.max(0, (nats / least - SILENT) / (TELLING - SILENT)));
  const optionCredit = by === "stem" ? 0 : credit(optionsInCommon);
  const stemTells = tells(units, corpus.unitInfo);
  const ownTells = tells(own, corpus.unitInfo);
  const contained = stemTells === 0 ? 0 : inCommon / stemTells;
  const covered = ownTells === 0 ? 0 : inCommon / ownTells;
  const needed = least * (2 - Math.min(1, 2 * covered));
  if (inCommon + (optionCredit > 0 ? optionsInCommon : 0) < needed) return 0;

  const optionsTell = tells(options, corpus.optionInfo);
  const most = optionsTell * Math.min(1, ownOptions.length / Math.max(1, options.length));
  const sharedOptions = most === 0 ? 0 : Math.min(1, optionsInCommon / most);
  if (areTwoCases(corpus, place, other, chance)) return 0;
  const sharedContext = sharedContextOf(corpus, place, other);
  const weight = OPTIONS_WEIGH + (1 - OPTIONS_WEIGH) * Math.max(0, 1 - stemTells / SHORT_STEM);
  const optionsDiffer = credit(optionsTell) * (1 - sharedOptions);
  const contextsDiffer = sharedContext === 0 ? 1 : 0;
  const against = 1 + AGAINST * Math.max(optionsDiffer, contextsDiffer);
  const missing =
    (1 - contained) *
    (1 - Math.min(contained, covered)) ** 1.5 *
    (1 - weight * sharedOptions * optionCredit) *
    (1 - OPTIONS_WEIGH * (sharedContext ?? 0)) *
    against;
  return Math.max(0, 1 - missing);
}

/**
 * How much of the other's context stands in this one's, beyond what texts on one topic have in common, 0 to 1; undefined
 * where one side has none.
 */
function sharedContextOf(corpus: Corpus, place: number, other: number): number | undefined {
  const [own, context] = [corpus.contexts.at(place), corpus.contexts.at(other)];
  if (own.length === 0 || context.length === 0) return undefined;
  return Math.max(0, (countInCommon(own, context) / context.length - ONE_TOPIC) / (1 - ONE_TOPIC));
}

/** Whether one short stem ("What is the diagnosis?") is asked of two different contexts. */
export function areTwoCases(corpus: Corpus, place: number, other: number, chance: number): boolean {
  return (
    sharedContextOf(corpus, place, other) === 0 &&
    tells(corpus.units.at(other), corpus.unitInfo) < Math.max(chance, LEAST_CHANCE)
  );
}

/**
 * Whether a stem that is found again word for word, or nearly, is worth a match: one that tells enough is; a shorter one
 * ("Which of the following is true of gout?") only with the same options, or where these are the same for every question.
 */
export function isTelling(corpus: Corpus, place: number, other: number, chance: number): boolean {
  const told = tells(corpus.units.at(other), corpus.unitInfo);
  if (told >= chance) return true;
  const [own, options] = [corpus.options.at(place), corpus.options.at(other)];
  if (countInCommon(own, options) * 2 >= Math.max(own.length, options.length))
    return !areTwoCases(corpus, place, other, chance);
  const areSilent = tells(options, corpus.optionInfo) < SILENT * Math.max(chance, LEAST_CHANCE);
  return areSilent && told >= chance * IN_ORDER;
}

export interface CopyIndex {
  /** Lets the question at this place be found. */
  add(place: number): void;
  /** Places whose telling units or options the question at `place` shares enough of; in no order. */
  candidates(place: number): readonly number[];
}

/** Least share of a question's information that a candidate has in common. */
const CANDIDATE = 0.12;

/**
 * An index by units and options that stand in at most `common` questions; only what tells is looked up, so that a question
 * meets few others.
 */
export function copyIndex(corpus: Corpus, common: number, chance: number): CopyIndex {
  const units = chains(corpus.unitInfo.length);
  const options = chains(corpus.optionInfo.length);
  const count = corpus.units.count();
  const total = new Float64Array(count);
  const shared = new Float64Array(count);
  const least = Math.log(1 + count / common);
  return {
    add(place) {
      const own = corpus.units.at(place);
      const ownOptions = corpus.options.at(place);
      total[place] = tells(own, corpus.unitInfo) + tells(ownOptions, corpus.optionInfo);
      for (const unit of own) if ((corpus.unitInfo[unit] as number) >= least) units.add(unit, place);
      for (const option of ownOptions)
        if ((corpus.optionInfo[option] as number) >= least) options.add(option, place);
    },
    candidates(place) {
      const touched: number[] = [];
      const meet = (told: number) => (other: number) => {
        if (shared[other] === 0) touched.push(other);
        shared[other]! += told;
      };
      for (const unit of corpus.units.at(place)) units.visit(unit, meet(corpus.unitInfo[unit] as number));
      for (const option of corpus.options.at(place))
        options.visit(option, meet(corpus.optionInfo[option] as number));
      const found: number[] = [];
      for (const other of touched) {
        const told = shared[other] as number;
        shared[other] = 0;
        if (told >= CANDIDATE * (total[other] as number) && told >= chance * CANDIDATE) found.push(other);
      }
      return found;
    },
  };
}

interface Chains {
  add(key: number, place: number): void;
  visit(key: number, visit: (place: number) => void): void;
}

/** Places by a key below `size`, the newest first. */
function chains(size: number): Chains {
  const heads = new Int32Array(size).fill(-1);
  let places = new Uint32Array(4096);
  let next = new Int32Array(4096);
  let count = 0;
  return {
    add(key, place) {
      if (count === places.length) {
        const [oldPlaces, oldNext] = [places, next];
        places = new Uint32Array(count * 2);
        next = new Int32Array(count * 2);
        places.set(oldPlaces);
        next.set(oldNext);
      }
      places[count] = place;
      next[count] = heads[key] as number;
      heads[key] = count;
      count += 1;
    },
    visit(key, visit) {
      for (let at = heads[key] as number; at >= 0; at = next[at] as number) visit(places[at] as number);
    },
  };
}
