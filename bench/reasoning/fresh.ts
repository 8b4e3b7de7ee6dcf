/**
 * Texts by writers who had not seen the checks, in wordings as far from each other as they could: sentences that betray
 * a given answer and honest look-alikes (texts/leak-sentences.jsonl), reasoning with a wrong unit and without
 * (texts/unit-texts.jsonl). They are harder than the planted set, whose faults are mostly plain.
 *
 * Rules and weights were made with sight of the open part. The held part is a measurement.
 */
import { readFileSync } from "node:fs";
import { z } from "zod";
import { checkLeak } from "../../src/verify/reasoning/leak.ts";
import { checkUnits } from "../../src/verify/reasoning/units.ts";
import { questionOf } from "./planted.ts";

interface Counts {
  readonly found: number;
  readonly faults: number;
  readonly stopped: number;
  readonly clean: number;
}

export interface FreshRow {
  readonly name: "leak, English" | "leak, Chinese" | "unit";
  readonly open: Counts;
  readonly held: Counts;
}

const leakSchema = z.strictObject({
  id: z.string(),
  options: z.array(z.string()),
  answer: z.string(),
  leak: z.boolean(),
  held: z.boolean().default(false),
  text: z.string(),
});

const unitSchema = z.strictObject({
  stem: z.string(),
  options: z.record(z.string(), z.string()),
  letter: z.string(),
  text: z.string(),
  fault: z.boolean(),
  /** What is wrong in the text, and in which way. */
  words: z.string().optional(),
  kind: z.string().optional(),
  held: z.boolean(),
  language: z.enum(["en", "zh"]),
});

/** Sentences that betray a given answer, and honest ones, in pairs. */
export function leakSentences(): z.infer<typeof leakSchema>[] {
  return linesOf("leak-sentences").map((line) => leakSchema.parse(line));
}

/** How many of the faults are found, at their place where they have one, and how many clean texts are stopped. */
export function judgeFresh(): FreshRow[] {
  const leaks = leakSentences().map(({ id, options, answer, leak, held, text }) => ({
    isChinese: id.startsWith("zh"),
    held,
    fault: leak,
    failing: checkLeak({
      text,
      question: questionOf("", options),
      letters: [answer],
    }).some(({ passed }) => !passed),
  }));
  const units = linesOf("unit-texts").map((line) => {
    const { stem, options, language, letter, text, fault, words = text, held } = unitSchema.parse(line);
    const from = text.indexOf(words);
    const failing = checkUnits({ text, question: { stem, options, language }, letters: [letter] }).some(
      ({ passed, span }) =>
        !passed && (span === undefined || (span[0] < from + words.length && from < span[1])),
    );
    return { held, fault, failing };
  });
  return [
    rowOf(
      "leak, English",
      leaks.filter(({ isChinese }) => !isChinese),
    ),
    rowOf(
      "leak, Chinese",
      leaks.filter(({ isChinese }) => isChinese),
    ),
    rowOf("unit", units),
  ];
}

interface Judged {
  readonly held: boolean;
  readonly fault: boolean;
  readonly failing: boolean;
}

function rowOf(name: FreshRow["name"], all: readonly Judged[]): FreshRow {
  const counts = (isHeld: boolean): Counts => {
    const own = all.filter(({ held }) => held === isHeld);
    const faults = own.filter(({ fault }) => fault);
    const clean = own.filter(({ fault }) => !fault);
    return {
      found: faults.filter(({ failing }) => failing).length,
      faults: faults.length,
      stopped: clean.filter(({ failing }) => failing).length,
      clean: clean.length,
    };
  };
  return { name, open: counts(false), held: counts(true) };
}

function linesOf(name: string): unknown[] {
  const file = new URL(`texts/${name}.jsonl`, import.meta.url);
  return readFileSync(file, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as unknown);
}
