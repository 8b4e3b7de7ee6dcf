/**
 * Label verification (paper §3.1): each question is answered several times with its options in another order and
 * another seed. A label that is never reached goes to a person; disagreement is kept with the question.
 */
import { type Random, seededRandom } from "../base/random.ts";
import { renderQuestion } from "../models/prompt.ts";
import type { Sampler } from "../models/sampler.ts";
import type { Check } from "../records/check.ts";
import { letters, type Question } from "../records/question.ts";
import { readAnswer } from "../verify/answer.ts";
import { sameLetters } from "../verify/reward.ts";

interface Trial {
  /** Letters of the question as it is stored; empty when the reply gave no answer. */
  readonly letters: readonly string[];
  readonly correct: boolean;
  readonly reply: string;
}

export interface LabelCheck {
  readonly trials: readonly Trial[];
  readonly correct: number;
  readonly check: Check;
}

/** Words that make the order of options part of the question: such options are not reshuffled. */
const ordered =
  /\b(?:all|none|both|neither|any) of (?:the )?(?:above|these)|\b(?:both|neither) [A-U] (?:and|nor)\b|以上/i;

/** The trials of each question, in the order of the questions. */
export async function checkLabels(
  questions: readonly Question[],
  sampler: Sampler,
  settings: { readonly trials: number; readonly keepAtLeast: number },
  seed: number,
  options: { readonly signal?: AbortSignal; readonly progress?: (done: number, total: number) => void } = {},
): Promise<LabelCheck[]> {
  const results: LabelCheck[] = [];
  const size = 256;
  for (let start = 0; start < questions.length; start += size) {
    const batch = questions.slice(start, start + size);
    const asked = batch.flatMap((question) =>
      Array.from({ length: settings.trials }, (_, trial) => askInOrder(question, trial, seed)),
    );
    const replies = await sampler.answer(
      asked.map((one) => one.request),
      options.signal ? { signal: options.signal } : {},
    );
    batch.forEach((question, index) => {
      const trials = Array.from({ length: settings.trials }, (_, trial): Trial => {
        const at = index * settings.trials + trial;
        const reply = replies[at]!;
        const shown = asked[at]!;
        const read = readAnswer(reply.text, {
          options: shown.options,
          mode: "lenient",
          finish: reply.finish,
          multi: question.gold.length > 1,
        });
        const original = read.letters.map((letter) => shown.original[letter] as string).sort();
        return { letters: original, correct: sameLetters(original, question.gold), reply: reply.text };
      });
      results.push(summarise(trials, sampler.name, settings.keepAtLeast));
    });
    options.progress?.(Math.min(questions.length, start + size), questions.length);
  }
  return results;
}

function askInOrder(
  question: Question,
  trial: number,
  seed: number,
): {
  readonly request: { id: string; prompt: string; maxTokens: number; temperature: number; seed: string };
  readonly options: Record<string, string>;
  /** Letter shown → letter stored. */
  readonly original: Record<string, string>;
} {
  const random: Random = seededRandom(seed, "refine", "trial", question.id, String(trial));
  const stored = Object.keys(question.options);
  const fixed = Object.values(question.options).some((text) => ordered.test(text));
  const order = trial === 0 || fixed ? stored : random.shuffle(stored);
  const shown = order.map((letter, at) => [letters[at] as string, letter] as const);
  const options = Object.fromEntries(shown.map(([now, was]) => [now, question.options[was] as string]));
  return {
    request: {
      id: `${question.id}#${trial}`,
      prompt: renderQuestion({ ...question, options }),
      maxTokens: 2048,
      temperature: trial === 0 ? 0 : 0.7,
      seed: `${seed}/${trial}`,
    },
    options,
    original: Object.fromEntries(shown),
  };
}

function summarise(trials: readonly Trial[], sampler: string, keepAtLeast: number): LabelCheck {
  const correct = trials.filter((trial) => trial.correct).length;
  const others = trials
    .filter((trial) => !trial.correct)
    .map((trial) => trial.letters.join("") || "no answer");
  const disagreement = others.length === 0 ? "" : `; otherwise ${[...new Set(others)].sort().join(", ")}`;
  return {
    trials,
    correct,
    check: {
      name: "label",
      passed: correct >= keepAtLeast,
      found: `${correct} of ${trials.length} trials reach the label${disagreement}`,
      evidence: sampler,
    },
  };
}
