/**
 * A multiple-choice question, curated from a public set or grown from the graph (paper §3.1).
 *
 * Invariant: `id` is the hash of what the model will read, so two questions with one id are one question.
 */
import { z } from "zod";
import { shortHash } from "../base/hash.ts";
import { evidenceSchema } from "./evidence.ts";

/** A to U: the benchmarks reach 21 options. */
export const letters = [..."ABCDEFGHIJKLMNOPQRSTU"] as const;

export const tierSchema = z.enum(["easy", "moderate", "difficult"]);
export type Tier = z.infer<typeof tierSchema>;

/** One edge of a reasoning path, walked from `head` to `tail`. */
const pathStepSchema = z.strictObject({
  relation: z.string().min(1),
  head: z.string(),
  predicate: z.string(),
  tail: z.string(),
});
export type PathStep = z.infer<typeof pathStepSchema>;

const distractorSchema = z.strictObject({
  entity: z.string(),
  /** Why this option is wrong, in words. */
  reason: z.string(),
  /** The relation that shows what it belongs to instead, where there is one. */
  relation: z.string().optional(),
});

const syntheticOriginSchema = z.strictObject({
  kind: z.literal("synthetic"),
  /** Name of the question type: "diagnosis", "symptomsToTest" … */
  type: z.string().min(1),
  /** The unit of splitting and of clustered intervals: type and subject, the same for all wordings of a path. */
  pathKey: z.string().min(1),
  /** The disease (or drug) the path starts from. */
  subject: z.string(),
  hops: z.int().min(1),
  /** Symptoms and other facts told in the stem. */
  shown: z.array(z.string()),
  path: z.array(pathStepSchema).min(1),
  /** The entity asked for. */
  masked: z.string(),
  /** Entity behind each option letter. */
  optionEntities: z.record(z.string(), z.string()),
  /** Why each other letter is wrong. */
  distractors: z.record(z.string(), distractorSchema),
  isRare: z.boolean(),
});

const curatedOriginSchema = z.strictObject({
  kind: z.literal("curated"),
  dataset: z.string().min(1),
  split: z.string(),
  row: z.int().nonnegative(),
});

export const questionSchema = z.strictObject({
  id: z.string().min(1),
  stem: z.string().min(1),
  /** An abstract or case that the stem is about, where the set has one. */
  context: z.string().optional(),
  /** Letter → text, in order from A. */
  options: z.record(z.string(), z.string()),
  gold: z.array(z.string()).min(1),
  language: z.enum(["en", "zh"]),
  tier: tierSchema.optional(),
  origin: z.discriminatedUnion("kind", [syntheticOriginSchema, curatedOriginSchema]),
  evidence: z.array(evidenceSchema).min(1),
  licence: z.string().min(1),
});

export type Question = z.infer<typeof questionSchema>;
type SyntheticOrigin = z.infer<typeof syntheticOriginSchema>;
export type SyntheticQuestion = Question & { readonly origin: SyntheticOrigin };

/** The id of a question from what the model will read of it. */
export function questionId(parts: Pick<Question, "stem" | "context" | "options">): string {
  return `q-${shortHash([parts.stem, parts.context ?? "", ...Object.entries(parts.options).flat()])}`;
}

export function isSynthetic(question: Question): question is SyntheticQuestion {
  return question.origin.kind === "synthetic";
}
