/**
 * Duplicates and contamination at size: 200,000 questions, of which 2 % repeat another in slightly other words and 1 % are
 * copies of a public set's questions, half of these in other words. Told: seconds, memory, how many of the planted ones were
 * found, and how many others.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { type Random, seededRandom } from "../../src/base/random.ts";
import { loadBenchmark } from "../../src/curate/benchmark.ts";
import type { RefineSection } from "../../src/recipe/sections/refine.ts";
import { isSynthetic, type Question } from "../../src/records/question.ts";
import { findContamination } from "../../src/refine/duplicates/contamination.ts";
import { findDuplicates } from "../../src/refine/duplicates/duplicates.ts";
import { contentWords, paraphrase } from "../../src/refine/duplicates/fixtures/paraphrase.ts";
import { repeatsTraining } from "../../src/refine/duplicates/repeats.ts";
import { curatedFrom, madeFrom } from "./questions.ts";

const NEAR = 0.02;
const COPIED = 0.01;
const files = {
  medqa: "phrases_no_exclude_test.jsonl",
  mmluProBiology: "mmlu-pro_biology.jsonl",
  mmluProHealth: "mmlu-pro_health.jsonl",
  pubmedqa: "ori_pqal.json",
};

/** The public sets whose files lie in a folder, by name. */
export async function setsIn(folder: string): Promise<Map<string, readonly Question[]>> {
  const sets = new Map<string, readonly Question[]>();
  for (const [name, file] of Object.entries(files))
    if (existsSync(join(folder, file)))
      sets.set(name, (await loadBenchmark(name, join(folder, file))).questions);
  return sets;
}

interface Planted {
  readonly questions: readonly Question[];
  /** Id of a near repeat → id of what it repeats. */
  readonly near: ReadonlyMap<string, string>;
  /** Id of a copy → id of the public question, those in other words apart. */
  readonly copies: ReadonlyMap<string, string>;
  readonly reworded: ReadonlyMap<string, string>;
}

/** Plants near repeats and copies after the questions, in random order. */
export function plant(
  questions: readonly Question[],
  sets: ReadonlyMap<string, readonly Question[]>,
  seed: number,
): Planted {
  const random = seededRandom(seed, "bench", "plant");
  const near = new Map<string, string>();
  const added: Question[] = [];
  for (const question of random.sample(questions, Math.round(questions.length * NEAR))) {
    const again = nearRepeat(question, random);
    if (again.id === question.id || near.has(again.id)) continue;
    near.set(again.id, question.id);
    added.push(again);
  }
  const all = [...new Map([...sets.values()].flat().map((question) => [question.id, question])).values()];
  const words = contentWords(questions.slice(0, 20_000));
  const copies = new Map<string, string>();
  const reworded = new Map<string, string>();
  for (const [i, question] of random.sample(all, Math.round(questions.length * COPIED)).entries()) {
    const { id: _, ...same } = question;
    const copy =
      i % 2 === 0
        ? curatedFrom(same.stem, random.shuffle(Object.values(same.options)), i)
        : paraphrase(question, 0.15 + 0.2 * random.next(), words, random);
    if (copy.id === question.id) continue;
    (i % 2 === 0 ? copies : reworded).set(copy.id, question.id);
    added.push({ ...copy, origin: { kind: "curated", dataset: "bench", split: "train", row: i } });
  }
  // What is planted comes after what it repeats, so that it is the one that goes.
  return { questions: [...questions, ...random.shuffle(added)], near, copies, reworded };
}

/** Other numbers, a word more here and there, options in another order; of a made question the facts stay. */
function nearRepeat(question: Question, random: Random): Question {
  const stem = question.stem
    .replace(/(?<![a-z])\d+/gu, (digits) => String(Number(digits) + 1 + random.integer(5)))
    .replace(/\b(?:presents|physician|troubled|patient)\b/gu, (word) =>
      random.next() < 0.5 ? `${word} here` : word,
    );
  const texts = random.shuffle(Object.values(question.options));
  if (!isSynthetic(question)) return curatedFrom(stem, texts, 1);
  const again = madeFrom(
    stem,
    texts,
    question.origin.facts.map(({ entity }) => entity),
  );
  return { ...again, origin: question.origin };
}

/** Duplicates and contamination of the questions, timed; prints one line for each. */
export function benchDuplicates(
  planted: Planted,
  sets: ReadonlyMap<string, readonly Question[]>,
  settings: RefineSection["duplicates"],
): void {
  const { questions, near, copies, reworded } = planted;
  let started = performance.now();
  const duplicates = findDuplicates(questions, settings);
  const dedupSeconds = (performance.now() - started) / 1000;
  started = performance.now();
  const matches = findContamination(questions, sets, settings);
  const checkSeconds = (performance.now() - started) / 1000;

  const seconds = dedupSeconds + checkSeconds;
  const peak = process.resourceUsage().maxRSS / 2 ** 20;
  const guarded = [...sets.values()].reduce((sum, { length }) => sum + length, 0);
  const repeated = new Set(duplicates.map(({ question }) => question.id));
  const copied = new Set(matches.map(({ question }) => question.id));
  const isCopy = (id: string): boolean => copies.has(id) || reworded.has(id);
  // Two copies of public questions may repeat each other, as the public ones do.
  const falseRepeats = duplicates.filter(
    ({ question, other }) =>
      !near.has(question.id) && !near.has(other.id) && !(isCopy(question.id) && isCopy(other.id)),
  );
  const falseCopies = new Set([...copied].filter((id) => !isCopy(id)));
  console.log(`duplicates      ${dedupSeconds.toFixed(1)} s`);
  console.log(
    `contamination   ${checkSeconds.toFixed(1)} s against ${guarded} questions of ${sets.size} sets`,
  );
  console.log(
    `both            ${seconds.toFixed(1)} s, ${Math.round(questions.length / seconds)} questions/s, peak memory ${peak.toFixed(2)} GiB`,
  );
  console.log(`near repeats    ${shareOf(near.keys(), repeated)} found, ${falseRepeats.length} others`);
  console.log(`copies, same    ${shareOf(copies.keys(), copied)} found`);
  console.log(`copies, reworded ${shareOf(reworded.keys(), copied)} found`);
  console.log(
    `other questions said to be copies: ${falseCopies.size} of ${questions.length - copies.size - reworded.size}`,
  );
  for (const { question, other, method, score } of falseRepeats.slice(0, 3))
    console.log(
      `  ${method} ${score}\n    ${question.text.split("\n")[0]}\n    ${other.text.split("\n")[0]}`,
    );
  for (const { question, other, method, score } of matches
    .filter(({ question }) => falseCopies.has(question.id))
    .slice(0, 3))
    console.log(
      `  ${method} ${score}\n    ${question.text.split("\n")[0]}\n    ${other.text.split("\n")[0]}`,
    );
}

function shareOf(ids: Iterable<string>, found: ReadonlySet<string>): string {
  const all = [...ids];
  return `${all.filter((id) => found.has(id)).length} of ${all.length}`;
}

/** The peer: every pair of a sample compared by Jaccard of word pairs, and the time that all pairs would take. */
export function benchAllPairs(questions: readonly Question[], settings: RefineSection["duplicates"]): void {
  const sample = questions.slice(0, 2_000);
  const sets = sample.map(({ stem }) => {
    const words = stem.toLowerCase().split(/\W+/u);
    return new Set(words.map((word, i) => `${word} ${words[i + 1] ?? ""}`));
  });
  const started = performance.now();
  let alike = 0;
  for (const [i, one] of sets.entries())
    for (let k = 0; k < i; k++) {
      const other = sets[k] as Set<string>;
      let common = 0;
      for (const member of one) if (other.has(member)) common += 1;
      if (common / (one.size + other.size - common) >= settings.minhash) alike += 1;
    }
  const seconds = (performance.now() - started) / 1000;
  const hours = (seconds * (questions.length / sample.length) ** 2) / 3600;
  console.log(
    `every pair      ${seconds.toFixed(1)} s for ${sample.length} questions (${alike} alike), so ${hours.toFixed(1)} h for ${questions.length}`,
  );
}

/** Held-out questions against training ones, a tenth against the rest. */
export function benchRepeats(questions: readonly Question[], settings: RefineSection["duplicates"]): void {
  const heldOut = questions.filter((_, i) => i % 10 === 0);
  const training = questions.filter((_, i) => i % 10 !== 0);
  const started = performance.now();
  const { size } = repeatsTraining(training, heldOut, settings);
  console.log(
    `held out        ${((performance.now() - started) / 1000).toFixed(1)} s for ${heldOut.length} against ${training.length}; ${size} repeat one`,
  );
}
