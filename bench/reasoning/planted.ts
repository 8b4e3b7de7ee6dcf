/**
 * A text of reasoning as a strong model would write it, clean or with one planted fault, and how the texts that were
 * written by hand are read (texts/*.yaml).
 *
 * A plant is made by edits of its clean text, so that nothing else differs. Invariant: one fault a text.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import type { ReasoningCheckName } from "../../src/recipe/sections/coldstart.ts";
import { letters, type Question } from "../../src/records/question.ts";

export const faultKinds = [
  "sum",
  "formula",
  "unit",
  "contradiction",
  "leak",
  "uncertainty",
  "conclusion",
] as const;
export type FaultKind = (typeof faultKinds)[number];

/** Checks that may catch a fault; the first is the one that is meant for it. */
export const checksFor: Readonly<Record<FaultKind, readonly ReasoningCheckName[]>> = {
  sum: ["arithmetic", "formula"],
  formula: ["formula", "arithmetic"],
  unit: ["units", "formula", "arithmetic"],
  contradiction: ["claims", "guidelines"],
  leak: ["leak"],
  uncertainty: ["uncertainty"],
  conclusion: ["consistency"],
};

/** Checks whose failing says nothing for or against them: a conclusion whose premise is denied no longer follows. */
export const checksBeside: Readonly<Partial<Record<FaultKind, readonly ReasoningCheckName[]>>> = {
  contradiction: ["consistency"],
};

export interface ReasoningText {
  readonly id: string;
  /** "hand" was written one by one, "slots" has numbers and names put in. */
  readonly source: "hand" | "slots";
  /** Rules may be written with sight of what is missed in texts that are not held. */
  readonly held: boolean;
  readonly question: Pick<Question, "stem" | "options" | "language">;
  readonly letters: readonly string[];
  readonly text: string;
  /** Equations of the text, in figures: "5*64=320". */
  readonly sums: readonly string[];
  /** Edges that the text states: "head > PREDICATE > tail". */
  readonly claims: readonly string[];
}

export interface Planted extends ReasoningText {
  readonly kind: FaultKind;
  readonly how: string;
  /** The words at fault, as they stand in the text. */
  readonly words: string;
  /** Where the words at fault are; none where something is missing or the letter does not follow. */
  readonly place?: readonly [number, number];
  /** The false equation of a "sum", a "formula" or a wrong conversion. */
  readonly wrong?: string;
  /** The edge that is contradicted, and the edge that is said to be there instead. */
  readonly edge?: string;
  readonly false?: string;
  /** The guideline that is contradicted. */
  readonly snippet?: string;
}

const edit = z.tuple([z.string().min(1), z.string()]);

const plantSchema = z.strictObject({
  kind: z.enum(faultKinds),
  how: z.string(),
  /** One edit, or several; `extra` follow from the first and are no fault of their own. */
  from: z.string().optional(),
  to: z.string().optional(),
  edits: z.array(edit).optional(),
  extra: z.array(edit).optional(),
  /** The words at fault, where they are not the whole of the first edit. */
  at: z.string().optional(),
  answer: z.string().optional(),
  sum: z.string().optional(),
  edge: z.string().optional(),
  false: z.string().optional(),
  snippet: z.string().optional(),
});
type Plant = z.infer<typeof plantSchema>;

const handSchema = z.array(
  z.strictObject({
    id: z.string(),
    stem: z.string(),
    options: z.array(z.coerce.string()).min(2),
    answer: z.string(),
    claims: z.array(z.string()).default([]),
    sums: z.array(z.string()).default([]),
    text: z.string(),
    plants: z.array(plantSchema),
  }),
);

const FOLDER = join(import.meta.dirname, "texts");

export interface HandText {
  readonly clean: Omit<ReasoningText, "held">;
  readonly plants: readonly Plant[];
}

/** The texts of one file, each with its plants. */
export function readHandTexts(name: string): HandText[] {
  return handSchema.parse(readYaml(name)).map(({ plants, stem, options, answer, text, ...rest }) => ({
    clean: { ...rest, source: "hand", question: questionOf(stem, options), letters: [answer], text },
    plants,
  }));
}

export function readYaml(name: string): unknown {
  return parse(readFileSync(join(FOLDER, `${name}.yaml`), "utf8"));
}

/** A question in the language that its stem is written in. */
export function questionOf(stem: string, options: readonly string[]): ReasoningText["question"] {
  return {
    stem,
    options: Object.fromEntries(options.map((option, at) => [letters[at], option])),
    language: /\p{Script=Han}/u.test(stem) ? "zh" : "en",
  };
}

/** Applies a plant to its clean text. @throws Error where an edit does not fit exactly once */
export function planted(clean: ReasoningText, plant: Plant, number: number): Planted {
  const first = plant.from === undefined ? [] : [[plant.from, plant.to ?? ""] as const];
  const edits = [...first, ...(plant.edits ?? []), ...(plant.extra ?? [])];
  const id = `${clean.id}-${plant.kind}-${number}`;
  let text = clean.text;
  for (const [from, to] of edits) {
    const parts = text.split(from);
    // A bare letter at the end stands for the conclusion: of several places the last is meant.
    if (parts.length !== 2 && !(parts.length > 2 && /^[A-E]\.$/.test(from)))
      throw new Error(`${id}: ${JSON.stringify(from)} stands ${parts.length - 1} times in its text`);
    const at = text.lastIndexOf(from);
    text = text.slice(0, at) + to + text.slice(at + from.length);
  }
  const words = plant.at ?? (plant.how === "removed" ? "" : (edits[0]?.[1] ?? ""));
  const at = text.lastIndexOf(words);
  if (at < 0) throw new Error(`${id}: ${JSON.stringify(words)} is not in the faulty text`);
  const hasPlace = words !== "" && plant.kind !== "conclusion";
  return {
    ...clean,
    id,
    text,
    letters: plant.answer === undefined ? clean.letters : [plant.answer],
    kind: plant.kind,
    how: plant.how,
    words,
    ...(hasPlace ? { place: [at, at + words.length] as const } : {}),
    ...(plant.sum === undefined ? {} : { wrong: plant.sum }),
    ...(plant.edge === undefined ? {} : { edge: plant.edge }),
    ...(plant.false === undefined ? {} : { false: plant.false }),
    ...(plant.snippet === undefined ? {} : { snippet: plant.snippet }),
  };
}
