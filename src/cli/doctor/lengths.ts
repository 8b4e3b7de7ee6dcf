/**
 * How long questions and replies are, in tokens, where nothing has been written yet. Measured on the sample graph with
 * the small model's own tokenizer and with SmolLM2's; what a language model writes is an assumption, and is said so.
 */
import type { Recipe } from "../../recipe/schema.ts";

export interface Lengths {
  /** A question with its options, as a prompt. */
  readonly prompt: number;
  /** A reply of the model that is trained, thinking included. */
  readonly reply: number;
  /** A question of a public set. */
  readonly curatedPrompt: number;
  readonly how: string;
}

const prompts = { own: { plain: 31, clinical: 110 }, published: { plain: 70, clinical: 160 } };
/** Trajectories of the graph teacher. */
const walked = { own: 22, published: 32 };
const CURATED_PROMPT = 200;
/** A language model's reply: half of the longest that it may write, this at most. */
const MOST_WRITTEN = 1000;

/** Whether a language model writes the trajectories; its pupil's replies are as long as its own. */
export function hasLanguageTeacher({ coldstart: { teacher } }: Recipe): boolean {
  return "url" in teacher || "path" in teacher;
}

/** Lengths for a recipe. */
export function lengthsOf(recipe: Recipe): Lengths {
  const { synthesize, pretrain, reinforce } = recipe;
  const tokenizer = pretrain.base === undefined ? "own" : "published";
  // Without a cold start a published model writes as it was taught elsewhere.
  const isUntaught = reinforce.from === "pretrain" && tokenizer === "published";
  const isLong = hasLanguageTeacher(recipe) || isUntaught;
  const written = writtenTokens(reinforce.maxTokens);
  const reply = Math.min(reinforce.maxTokens, isLong ? written : walked[tokenizer]);
  const what = isLong ? "assumed: half of maxTokens, 1,000 at most" : "as the graph teacher's trajectories";
  return {
    prompt: prompts[tokenizer][synthesize.style],
    reply,
    curatedPrompt: CURATED_PROMPT,
    how: `questions of ${prompts[tokenizer][synthesize.style]} tokens, replies of ${reply} (${what})`,
  };
}

/** Tokens that a language model writes where it may write so many. */
export function writtenTokens(maxTokens: number): number {
  return Math.min(MOST_WRITTEN, Math.ceil(maxTokens / 2));
}
