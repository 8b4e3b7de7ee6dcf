/**
 * The cold start with a language model as its teacher: opens it with its kept replies and its purse, has it write the
 * trajectories, and says what came of it and what it cost.
 */
import { join } from "node:path";
import type { StageContext } from "../base/stage.ts";
import type { Price } from "../models/budget.ts";
import { checkModel, openModel, openPurseOf } from "../models/open-model.ts";
import type {
  ColdstartSection,
  LocalTeacherSection,
  ServedTeacherSection,
} from "../recipe/sections/coldstart.ts";
import type { EngineSection } from "../recipe/sections/engine.ts";
import type { Question } from "../records/question.ts";
import type { ReasoningCheck } from "../verify/reasoning/reasoning.ts";
import { askingOf, type Tally } from "./asking.ts";
import { type Distilled, distil } from "./distil.ts";

const SETTING = "coldstart.teacher";
const BUDGET = "coldstart.budget";

export type LanguageTeacher = LocalTeacherSection | ServedTeacherSection;
type Context = StageContext<ColdstartSection & { readonly engine: EngineSection }>;

/** Whether a teacher is a language model and not the graph. */
export function isLanguageTeacher(teacher: ColdstartSection["teacher"]): teacher is LanguageTeacher {
  return "url" in teacher || "path" in teacher;
}

/** Finds mistakes in the teacher of the recipe before anything is read, asked and paid. @throws UsageError */
export function checkTeacher({ teacher, budget }: ColdstartSection): void {
  if (isLanguageTeacher(teacher)) checkModel(teacher, SETTING, { name: BUDGET, limits: budget });
}

/** What the teacher wrote, with its counts. */
export async function askTeacher(
  teacher: LanguageTeacher,
  questions: readonly Question[],
  check: ReasoningCheck,
  context: Context,
): Promise<Distilled & { readonly counts: Readonly<Record<string, number>> }> {
  const { settings, kept, log, signal, seed } = context;
  const price = "url" in teacher ? teacher.price : undefined;
  const name = "url" in teacher ? teacher.name : teacher.path;
  const folder = join(kept, "replies");
  const purse = await openPurseOf(settings.budget, [{ folder, price }]);
  const options = { name: "teacher", folder, purse, budget: BUDGET, log };
  const { samples, temperature, mode } = settings.selection;
  if (samples > 1 && temperature === 0 && mode !== "labelConditioned")
    log.warn(
      `coldstart.selection.samples is ${samples}, but at temperature 0 a model says the same each time; set a temperature`,
    );
  await using model = await openModel(teacher, SETTING, settings.engine, options);
  const asking = askingOf({ teacher: name, sampler: model.sampler, price, log, signal });
  const { maxTokens } = teacher;
  const distilled = await distil(questions, { asking, settings, check, seed, maxTokens });
  for (const { question, reason } of distilled.failures) context.reject(question, reason);
  const counts = countsOf(questions.length, distilled, asking.tally, price);
  log.info(summaryOf(counts));
  if (distilled.missing.length > 0) {
    const [reason = "no reply came"] = asking.missing.values();
    log.warn(
      `${distilled.missing.length} of ${questions.length} questions wait for replies (${reason}); nothing is learned before they are there`,
    );
  }
  return { ...distilled, counts };
}

function countsOf(
  questions: number,
  { trajectories, failures, missing, trials }: Distilled,
  { replies, tokensRead, tokensWritten }: Tally,
  price: Price | undefined,
): Record<string, number> {
  const tried = [...trials.values()];
  const shares = tried.map(({ right, samples }) => right / samples);
  const by = (method: string): number => trajectories.filter((one) => one.method === method).length;
  const causes = [...new Set(failures.map(({ cause }) => cause))].sort();
  const given = by("labelConditioned");
  return {
    questions,
    replies,
    trajectories: trajectories.length,
    ...(tried.length === 0
      ? {}
      : {
          passAt1: share(
            shares.reduce((sum, one) => sum + one, 0),
            tried.length,
          ),
          passAtK: share(shares.filter((one) => one > 0).length, tried.length),
        }),
    passAtKKept: by("passAtK"),
    refined: by("refined"),
    labelConditioned: given,
    labelConditionedShare: share(given, trajectories.length),
    turns: trajectories.reduce((sum, { turns }) => sum + turns.length, 0),
    ...(missing.length === 0 ? {} : { missing: missing.length }),
    ...Object.fromEntries(
      causes.map((cause) => [
        `failed${cause.slice(0, 1).toUpperCase()}${cause.slice(1)}`,
        failures.filter((one) => one.cause === cause).length,
      ]),
    ),
    tokensRead,
    tokensWritten,
    ...(price === undefined
      ? {}
      : { money: (tokensRead * price.input + tokensWritten * price.output) / 1e6 }),
  };
}

/** A share with four digits after the point; 0 of nothing. */
function share(part: number, whole: number): number {
  return whole === 0 ? 0 : Math.round((10_000 * part) / whole) / 10_000;
}

function numbered(count = 0, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}

function summaryOf(counts: Readonly<Record<string, number>>): string {
  const percent = (value = 0): string => `${(100 * value).toFixed(1)} %`;
  const free =
    counts["passAt1"] === undefined
      ? ""
      : `; free replies right ${percent(counts["passAt1"])}, at least one of each question's ${percent(counts["passAtK"])}`;
  return (
    `${numbered(counts["trajectories"], "trajectory", "trajectories")} for ${numbered(counts["questions"], "question", "questions")}: ` +
    `${counts["passAtKKept"]} as they were written, ${counts["refined"]} repaired, ${counts["labelConditioned"]} label-conditioned ` +
    `(${percent(counts["labelConditionedShare"])})${free}`
  );
}
