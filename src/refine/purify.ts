/**
 * The pure part of `refine`: filter, verify labels, grade, split. Given the same questions, sampler, settings and
 * seed it gives the same splits.
 */
import type { Sampler } from "../models/sampler.ts";
import type { RefineSection } from "../recipe/sections/refine.ts";
import type { Check } from "../records/check.ts";
import type { Question } from "../records/question.ts";
import { checkQuestionFormat } from "./format-filter.ts";
import { checkLabels, type LabelCheck } from "./label-check.ts";
import { type Splits, splitQuestions } from "./split.ts";
import { tierOf } from "./tier.ts";

/** A question for a person to look at, with what the trials said. */
interface ReviewItem {
  readonly question: Question;
  readonly reason: string;
  readonly trials: LabelCheck["trials"];
}

export interface Refined {
  readonly splits: Splits;
  readonly checks: readonly { readonly id: string; readonly checks: readonly Check[] }[];
  readonly review: readonly ReviewItem[];
  /** Questions whose label every trial reached, and those that only some reached. */
  readonly labels: { readonly checked: number; readonly agreed: number; readonly disputed: number };
}

export interface RefineHooks {
  readonly reject: (item: string, reason: string) => void;
  readonly progress?: (done: number, total: number) => void;
  readonly signal?: AbortSignal;
}

/** Filters, verifies, grades and splits. */
export async function purify(
  questions: readonly Question[],
  sampler: Sampler,
  settings: RefineSection,
  seed: number,
  hooks: RefineHooks,
): Promise<Refined> {
  const checks: { id: string; checks: Check[] }[] = [];
  const sound: { question: Question; checks: Check[] }[] = [];
  for (const question of questions) {
    const form = checkQuestionFormat(question);
    const failed = form.filter((check) => !check.passed);
    if (failed.length === 0) sound.push({ question, checks: form });
    else {
      checks.push({ id: question.id, checks: form });
      hooks.reject(question.id, failed.map((check) => `${check.name}: ${check.found}`).join("; "));
    }
  }
  const labels = await checkLabels(
    sound.map((one) => one.question),
    sampler,
    settings,
    seed,
    {
      ...(hooks.signal ? { signal: hooks.signal } : {}),
      ...(hooks.progress ? { progress: hooks.progress } : {}),
    },
  );
  const kept: Question[] = [];
  const review: ReviewItem[] = [];
  sound.forEach(({ question, checks: form }, at) => {
    const label = labels[at] as LabelCheck;
    checks.push({ id: question.id, checks: [...form, label.check] });
    if (label.check.passed)
      kept.push({
        ...question,
        tier: tierOf(question, { correct: label.correct, all: label.trials.length }),
      });
    else review.push({ question, reason: label.check.found, trials: label.trials });
  });
  const agreed = labels.filter((label) => label.correct === label.trials.length).length;
  return {
    splits: splitQuestions(kept, settings, seed, hooks.reject),
    checks,
    review,
    labels: { checked: labels.length, agreed, disputed: kept.length - agreed },
  };
}
