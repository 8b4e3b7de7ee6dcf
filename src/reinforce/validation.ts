/**
 * Rounds of stage 2 until validation stops improving (paper §3.3: "iterated"; it gives no rule): the policy answers
 * validation questions before the first round and after each, greedily, as in the evaluation.
 *
 * Invariant: validation questions are the dev split; they are never mined and never trained on, and the test split
 * decides nothing. The tokens count among those of stage 2, so that its controls get as many.
 */
import { join } from "node:path";
import { loadJsonl } from "../base/jsonl.ts";
import { type Random, seededRandom } from "../base/random.ts";
import { type EmbeddedModel, promptTokens, replyText } from "../models/embedded.ts";
import { renderQuestion } from "../models/prompt.ts";
import { type Question, questionSchema } from "../records/question.ts";
import { rewardOf } from "../verify/reward.ts";
import type { ReinforceContext } from "./context.ts";

/** One look at the validation questions. */
export interface Validation {
  /** Optimizer steps of stage 2 before it. */
  readonly step: number;
  readonly n: number;
  readonly right: number;
  readonly tokens: number;
}

/** The validation questions, fixed by the seed; none where the recipe wants none or refine kept none apart. */
export async function validationQuestions(context: ReinforceContext): Promise<readonly Question[]> {
  const { settings, seed } = context;
  if (settings.stage2.validationQuestions === 0) return [];
  const all = await loadJsonl(join(context.input("refine"), "dev.jsonl"), questionSchema);
  const random: Random = seededRandom(seed, "reinforce", "validation");
  return random.sample(all, settings.stage2.validationQuestions);
}

/** Answers the validation questions with the most probable tokens. */
export async function validate(
  model: EmbeddedModel,
  questions: readonly Question[],
  {
    maxTokens,
    step,
    signal,
  }: { readonly maxTokens: number; readonly step: number; readonly signal: AbortSignal },
): Promise<Validation> {
  const { engine, tokenizer, stopTokens } = model;
  const generations = await engine.generate(
    questions.map((question) => ({
      prompt: promptTokens(tokenizer, renderQuestion(question)),
      maxTokens,
      temperature: 0,
      seed: 0,
      stopTokens,
    })),
    undefined,
    signal,
  );
  const right = generations.filter((generation, index) => {
    const reply = replyText(tokenizer, generation);
    return rewardOf({ question: questions[index]!, reply, finish: generation.finish }).correct > 0;
  }).length;
  const tokens = generations.reduce((sum, generation) => sum + generation.tokens.length, 0);
  return { step, n: questions.length, right, tokens };
}

/** Index of the best look, the earliest of equals: a round that changes nothing is none to keep. */
export function bestOf(looks: readonly Pick<Validation, "right">[]): number {
  return looks.reduce((best, { right }, index) => (right > looks[best]!.right ? index : best), 0);
}

/** Whether so many looks in a row were no better than the best before them. */
export function hasStopped(looks: readonly Pick<Validation, "right">[], patience: number): boolean {
  return looks.length > 0 && looks.length - 1 - bestOf(looks) >= patience;
}
