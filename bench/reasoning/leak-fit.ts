/**
 * Weights of the leak check, fitted anew: `npm run bench -- leak-fit` prints what
 * src/verify/reasoning/leak-weights.ts holds.
 *
 * A logit: a sentence with the features x gives away that the answer was handed over with probability 1/(1+exp(-w·x)).
 * Fitted with an L2 penalty by Newton's method to sentences that have no set phrase: those of texts/leak-sentences.jsonl
 * that are not held, those of the check's own unit tests, and ordinary ones: texts/conclusions.yaml, texts/ordinary.yaml
 * and the first prose of the pages of the sample. Of a
 * leak of several sentences the one counts that weighs most under the weights so far. The threshold is that at which,
 * fitted to four fifths, few of the honest remaining fifth are taken for leaks. Invariant: no held text is used.
 */
import { readdirSync, readFileSync } from "node:fs";
import { z } from "zod";
import { phraseIn } from "../../src/verify/reasoning/leak.ts";
import { maskOptions } from "../../src/verify/reasoning/leak-mask.ts";
import { featuresOf } from "../../src/verify/reasoning/leak-signs.ts";
import { splitSentences } from "../../src/verify/reasoning/sentences.ts";
import { foldWidth } from "../../src/verify/text.ts";
import { leakSentences } from "./fresh.ts";
import { type Derivatives, newton } from "./newton.ts";
import { questionOf, readYaml } from "./planted.ts";

const PENALTY = 4;
/** A feature that fewer texts have is left out. */
const FEWEST = 8;
const FOLDS = 5;
/** Share of the honest texts that look like leaks, and of the ordinary ones, that may be taken for leaks. */
const ALARMS = { like: 0.01, ordinary: 0.008 };

const honest = z.array(z.object({ id: z.string(), options: z.array(z.coerce.string()), text: z.string() }));

interface Text {
  readonly group: "like" | "test" | "ordinary";
  /** Texts of one fold are left out together: a leak and the honest text that looks like it. */
  readonly fold: number;
  readonly leak: boolean;
  /** Features of each sentence; none where a set phrase already finds the leak. */
  readonly sentences: readonly (readonly string[])[];
}

/** The weights, rounded to hundredths, the largest first, and the threshold. */
export function fitLeak(): { readonly threshold: number; readonly weights: Record<string, number> } {
  const texts = readTexts();
  const weights = logit(texts);
  const rounded = [...weights]
    .map(([name, weight]) => [name, Math.round(100 * weight) / 100] as const)
    .filter(([, weight]) => weight !== 0)
    .toSorted(([, a], [, b]) => b - a);
  return { threshold: thresholdOf(texts), weights: Object.fromEntries(rounded) };
}

function readTexts(): Text[] {
  const texts: Text[] = [];
  const add = (
    group: Text["group"],
    pair: number,
    leak: boolean,
    text: string,
    options: readonly string[],
  ) => {
    const folded = foldWidth(text);
    const masked = maskOptions(folded, questionOf("", options).options);
    const sentences = splitSentences(folded).map(({ start, text: own }) =>
      masked.slice(start, start + own.length),
    );
    if (sentences.some((one) => phraseIn(one) !== undefined)) return;
    texts.push({
      group,
      fold: pair % FOLDS,
      leak,
      sentences: sentences.map((one) => [...featuresOf(one).keys()]),
    });
  };
  leakSentences().forEach(({ held, leak, text, options }, at) => {
    if (!held) add("like", Math.floor(at / 2), leak, text, options);
  });
  for (const name of ["leaks", "no-leaks"])
    for (const [at, line] of linesOf(name).entries()) add("test", at, name === "leaks", line, testOptions);
  for (const { text, options } of honest.parse(readYaml("conclusions")))
    add("ordinary", texts.length, false, text, options);
  for (const text of z.array(z.string()).parse(readYaml("ordinary")))
    add("ordinary", texts.length, false, text, testOptions);
  for (const text of encyclopedia()) add("ordinary", texts.length, false, text, testOptions);
  return texts;
}

const testOptions = ["Colchicine", "Heparin", "Metformin", "Warfarin", "Pulmonary embolism", "Lyme disease"];

/** The first paragraph of plain prose of every fifth page of the sample, if it has one. */
function encyclopedia(): string[] {
  const folder = new URL("../../samples/encyclopedia/pages/", import.meta.url);
  return readdirSync(folder)
    .toSorted()
    .filter((_, at) => at % 5 === 0)
    .flatMap((name) => {
      const plain = readFileSync(new URL(encodeURIComponent(name), folder), "utf8")
        .replace(/<ref[^>]*\/>|<ref[^>]*>[\s\S]*?<\/ref>|<!--[\s\S]*?-->|\{\{[^{}]*\}\}|'{2,}/g, "")
        .replace(/\[\[(?:[^[\]|]*\|)?([^[\]|]*)\]\]/g, "$1");
      return plain.split("\n").find((line) => /^\p{L}[^{}[\]<>|=]{120,1200}$/u.test(line)) ?? [];
    });
}

function linesOf(name: string): string[] {
  const file = new URL(`../../src/verify/reasoning/fixtures/${name}.txt`, import.meta.url);
  const text = readFileSync(file, "utf8");
  return text
    .slice(text.indexOf("\n\n") + 2)
    .trim()
    .split("\n");
}

function thresholdOf(texts: readonly Text[]): number {
  const scores = { like: [] as number[], ordinary: [] as number[], test: [] as number[] };
  for (let fold = 0; fold < FOLDS; fold += 1) {
    const weights = logit(texts.filter((one) => one.fold !== fold));
    for (const one of texts)
      if (one.fold === fold && !one.leak)
        scores[one.group].push(Math.max(...one.sentences.map((names) => scoreOf(names, weights))));
  }
  const limits = (["like", "ordinary"] as const).map(
    (group) =>
      scores[group].toSorted((a, b) => b - a)[Math.floor(ALARMS[group] * scores[group].length)] as number,
  );
  return Math.ceil(100 * Math.max(...limits)) / 100;
}

function scoreOf(names: readonly string[], weights: ReadonlyMap<string, number>): number {
  return names.reduce((sum, name) => sum + (weights.get(name) ?? 0), weights.get("") ?? 0);
}

/** Weights by feature; "" is the one that every sentence has. */
function logit(texts: readonly Text[]): Map<string, number> {
  const names = ["", ...frequent(texts)];
  const place = new Map(names.map((name, at) => [name, at]));
  const rows = texts.map(({ leak, sentences }) => ({
    leak,
    sentences: sentences.map((own) =>
      [0, ...own.flatMap((name) => place.get(name) ?? [])].toSorted((a, b) => a - b),
    ),
  }));
  let weights: readonly number[] = names.map(() => 0);
  let before = "";
  for (let round = 0; round < 4; round += 1) {
    const score = (row: readonly number[]): number =>
      row.reduce((sum, at) => sum + (weights[at] as number), 0);
    const chosen = rows.map(({ leak, sentences }) =>
      leak ? [sentences.reduce((best, row) => (score(row) > score(best) ? row : best))] : sentences,
    );
    const key = JSON.stringify(chosen);
    if (key === before) break;
    before = key;
    const cases = chosen.flatMap((own, at) =>
      own.map((row) => ({ row, leak: (rows[at] as { leak: boolean }).leak })),
    );
    weights = newton(weights, PENALTY, derivativesOf(cases));
  }
  return new Map(names.map((name, at) => [name, weights[at] as number]));
}

function frequent(texts: readonly Text[]): string[] {
  const count = new Map<string, number>();
  for (const { sentences } of texts)
    for (const name of new Set(sentences.flat())) count.set(name, (count.get(name) ?? 0) + 1);
  return [...count].filter(([, texts]) => texts >= FEWEST).map(([name]) => name);
}

interface Case {
  /** Places of the features that the sentence has. */
  readonly row: readonly number[];
  readonly leak: boolean;
}

/** Derivatives of the negative log-likelihood of the cases. */
const derivativesOf =
  (cases: readonly Case[]): Derivatives =>
  (weights, gradient, curvature) => {
    for (const { row, leak } of cases) {
      const chance = 1 / (1 + Math.exp(-row.reduce((sum, at) => sum + (weights[at] as number), 0)));
      for (const i of row) {
        gradient[i] = (gradient[i] as number) + chance - Number(leak);
        const line = curvature[i] as Float64Array;
        for (const j of row) {
          if (j > i) break;
          line[j] = (line[j] as number) + chance * (1 - chance);
        }
      }
    }
  };
