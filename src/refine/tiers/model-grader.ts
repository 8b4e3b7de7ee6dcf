/**
 * Difficulty by a model behind an endpoint (paper §3.1): easy is recall of one fact, moderate joins two steps,
 * difficult joins several or rests on what is rarely seen.
 */
import { z } from "zod";
import type { StructuredModel } from "../../models/endpoint.ts";
import { renderQuestion } from "../../models/prompt.ts";
import type { EndpointSection } from "../../recipe/sections/endpoint.ts";
import { type Question, tierSchema } from "../../records/question.ts";
import type { Graded } from "./tier.ts";

const system = `You grade how difficult medical multiple-choice questions are for a well-prepared final-year medical student. Do not answer them.
easy: one fact that is taught early has to be recalled; nothing has to be worked out.
moderate: two steps have to be joined, such as recognising the disease and then knowing its treatment, or telling two like diseases apart.
difficult: three steps or more have to be joined, findings conflict or are sparse, an exception decides, or the condition or drug is one that is rarely met.
Judge what has to be known and worked out, not how long the text is.`;

const replySchema = z.object({
  because: z.string().describe("the steps that are needed, in one sentence"),
  tier: tierSchema,
});

/** The questions asked together; what is under way is bounded by the endpoint. */
const batchSize = 256;

/** Grades questions; one that the model gave no tier to has the reason instead. */
export type Grader = (
  questions: readonly Question[],
) => Promise<readonly (Graded | { readonly problem: string })[]>;

/** A grader that asks a model. */
export function modelGrader(
  model: StructuredModel,
  { temperature, maxTokens }: Pick<EndpointSection, "temperature" | "maxTokens">,
  seed: number,
  {
    signal,
    unfinished,
    progress,
  }: {
    readonly signal: AbortSignal;
    /** Told of each question that the server failed to answer: another run may get it. */
    readonly unfinished: () => void;
    readonly progress?: (done: number, total: number) => void;
  },
): Grader {
  const gradeOne = async (question: Question): Promise<Graded | { readonly problem: string }> => {
    const reply = await model.structured(
      {
        id: question.id,
        system,
        prompt: renderQuestion(question),
        schema: replySchema,
        name: "difficulty",
        temperature,
        maxTokens,
        seed,
      },
      signal,
    );
    if (!reply.ok) {
      if (!reply.isFinal) unfinished();
      return { problem: reply.reason };
    }
    return { tier: reply.value.tier, reasons: [`${model.model}: ${reply.value.because}`] };
  };
  return async (questions) => {
    const grades: (Graded | { readonly problem: string })[] = [];
    for (let start = 0; start < questions.length; start += batchSize) {
      grades.push(...(await Promise.all(questions.slice(start, start + batchSize).map(gradeOne))));
      progress?.(grades.length, questions.length);
    }
    return grades;
  };
}
