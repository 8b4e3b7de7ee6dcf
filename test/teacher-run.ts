/** For tests of the cold start at a server: questions, a model that knows some of them, and the teaching itself. */
import { stageContext } from "../src/base/fixtures/stage-context.ts";
import type { StageContext } from "../src/base/stage.ts";
import { plantedFaults } from "../src/coldstart/fixtures/scripted-teacher.ts";
import { askTeacher, checkTeacher, isLanguageTeacher } from "../src/coldstart/language-teacher.ts";
import { coldstartSection } from "../src/recipe/sections/coldstart.ts";
import { engineSection } from "../src/recipe/sections/engine.ts";
import { curatedQuestion } from "../src/records/fixtures/curated-question.ts";
import { type ChatBody, lastTurn, type Said } from "./openai-server.ts";

/** Question i asks for "right i", which stands at place i mod 4. */
export const questions = Array.from({ length: 12 }, (_, i) =>
  curatedQuestion({
    stem: `stem ${i}: which one?`,
    options: [0, 1, 2, 3].map((at) => (at === i % 4 ? `right ${i}` : `other ${at}`)),
    gold: "ABCD"[i % 4]!,
    row: i,
  }),
);

/** Makes one reply from what is asked, and nothing else. */
export function say(body: ChatBody): Said {
  const prompt = lastTurn(body);
  const i = Number(/stem (\d+)/u.exec(prompt)![1]);
  const right = "ABCD"[i % 4]!;
  const wrong = "ABCD"[(i + 1) % 4]!;
  const words = `The findings of stem ${i} are weighed one after another, and of the options one fits best`;
  const usage = { prompt_tokens: 100, completion_tokens: 20 };
  const isTurn = prompt.includes("A review of it found");
  const isGiven = prompt.includes("The right answer is known");
  switch (i) {
    case 0:
      // In its own field.
      return { content: `The answer is ${right}.`, reasoning: `${words}.`, usage };
    case 1:
      return { content: `<think>${words}.</think>The answer is **${right}**.`, usage };
    case 2:
      return {
        content: isTurn
          ? `The sum is put right and ${words}. <answer>${right}</answer>`
          : `${words}, ARITHMETIC. <answer>${right}</answer>`,
        usage,
      };
    case 3:
      return {
        content: `${words}${isTurn ? " after all" : ""}. <answer>${isTurn ? right : wrong}</answer>`,
        usage,
      };
    case 4:
      return { content: `${words}. <answer>${isGiven ? right : wrong}</answer>`, usage };
    case 5:
      return { content: "", usage };
    case 6:
      return { content: `<think>${words}, and then`, finish: "length", usage };
    case 7:
      return { content: null, refusal: "I cannot help with that.", usage };
    case 8:
      return { content: "}{ \u0000 %% {]", usage };
    default:
      return { content: `${words}. <answer>${right}</answer>`, usage };
  }
}

/** Teaches the questions through the model at an address, in a run folder. */
export async function teacherRun(
  run: string,
  teacher: object,
  settings: object = {},
  changes: Partial<StageContext<never>> = {},
) {
  const section = coldstartSection.parse({
    selection: { samples: 2 },
    refinement: { turns: 2 },
    ...settings,
    teacher: {
      name: "tiny-clinician",
      keyVariable: "FLEMING_TEST_NO_KEY",
      maxTokens: 200,
      price: { input: 1, output: 10 },
      ...teacher,
    },
  });
  checkTeacher(section);
  if (!isLanguageTeacher(section.teacher)) throw new Error("not a language model");
  const rejected: [string, string][] = [];
  const context = stageContext(
    run,
    { ...section, engine: engineSection.parse({}) },
    { reject: (item, reason) => void rejected.push([item, reason]), ...changes },
  );
  const { trajectories, counts, missing } = await askTeacher(
    section.teacher,
    questions,
    plantedFaults,
    context,
  );
  return { written: { trajectories, counts, rejected }, missing };
}
