/**
 * `fleming coldstart show`: the trajectories of a run for people: how they were come by, and of one all its turns, why
 * each was taken, what its checks found, and which of its tokens are learned.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { UsageError } from "../base/errors.ts";
import { readJsonl } from "../base/jsonl.ts";
import { nearest } from "../base/nearest.ts";
import { oneLine, withoutControls } from "../base/one-line.ts";
import { type PreviewSegment, previewLegend, previewSegments, renderPreview } from "../models/preview.ts";
import { renderQuestion } from "../models/prompt.ts";
import { supervisedBatch } from "../models/supervised.ts";
import { openTokenizer } from "../models/tokenizer.ts";
import type { Check } from "../records/check.ts";
import { type Question, questionSchema } from "../records/question.ts";
import { type Trajectory, trajectorySchema } from "../records/trajectory.ts";
import { existingRun, wholeNumber } from "./flags.ts";
import { type Output, table } from "./output.ts";

interface ShowFlags {
  readonly run: string;
  readonly example?: string;
  readonly question?: string;
  readonly limit: string;
  readonly json?: boolean;
}

const methodWords: Readonly<Record<Trajectory["method"], string>> = {
  graph: "walked over the graph",
  passAtK: "chosen among free replies",
  refined: "repaired in turns",
  labelConditioned: "written with the answer given",
};

/** Prints the counts and a list, or one trajectory; `colour` says whether the terminal shows it. */
export async function coldstartShow(flags: ShowFlags, output: Output, colour: boolean): Promise<void> {
  const run = existingRun(flags.run);
  const file = join(run, "coldstart", "trajectories.jsonl");
  if (!existsSync(file))
    throw new UsageError(
      `${run}: no trajectories are here (coldstart/trajectories.jsonl is missing); run "fleming coldstart" first`,
    );
  if (flags.example !== undefined && flags.question !== undefined)
    throw new UsageError("--example and --question both name a trajectory; give one of them");
  if (flags.example === undefined && flags.question === undefined) await showAll(run, file, flags, output);
  else await showOne(run, file, flags, output, colour);
}

async function showAll(run: string, file: string, flags: ShowFlags, output: Output): Promise<void> {
  const limit = wholeNumber(flags.limit, "--limit");
  const methods = new Map<string, number>();
  const teachers = new Map<string, number>();
  const turnKinds = new Map<string, number>();
  const count = (map: Map<string, number>, key: string): void => void map.set(key, (map.get(key) ?? 0) + 1);
  let trajectories = 0;
  let labelConditioned = 0;
  const rows: string[][] = [["", "trajectory", "question", "method", "turns", "trials", "answer"]];
  for await (const one of readJsonl(file, trajectorySchema)) {
    trajectories += 1;
    if (one.labelConditioned) labelConditioned += 1;
    count(methods, one.method);
    count(teachers, one.teacher);
    for (const { kind } of one.turns) count(turnKinds, kind);
    if (trajectories > limit) continue;
    const { trials, turns } = one;
    rows.push([
      String(trajectories),
      one.id,
      one.question,
      `${one.method}${one.labelConditioned && one.method !== "labelConditioned" ? " (answer given)" : ""}`,
      turns.map(({ kind }) => kind).join(" "),
      trials === undefined ? "–" : `${trials.right} of ${trials.samples} right`,
      oneLine(one.answer),
    ]);
  }
  if (flags.json) {
    const plain = (map: Map<string, number>) => Object.fromEntries(map);
    output.json({
      run,
      trajectories,
      labelConditioned,
      methods: plain(methods),
      teachers: plain(teachers),
      turns: plain(turnKinds),
    });
    return;
  }
  const share = (n: number): string => `${((100 * n) / Math.max(1, trajectories)).toFixed(1)}%`;
  const listed = (map: Map<string, number>): string =>
    [...map].map(([name, n]) => `${withoutControls(name)} ${n.toLocaleString("en")}`).join(", ");
  const methodLines = [...methods].map(
    ([method, n]) =>
      `  ${method}: ${n.toLocaleString("en")} (${share(n)}), ${methodWords[method as Trajectory["method"]]}`,
  );
  output.print(
    [
      `${trajectories.toLocaleString("en")} ${trajectories === 1 ? "trajectory" : "trajectories"} by ${listed(teachers)}`,
      ...methodLines,
      `answer shown to the teacher: ${labelConditioned.toLocaleString("en")} (${share(labelConditioned)})`,
      `turns: ${listed(turnKinds)}`,
      "",
      table(rows),
      ...(trajectories > limit
        ? [`… and ${(trajectories - limit).toLocaleString("en")} more; --limit ${trajectories} lists all`]
        : []),
      `one of them whole, with what is learned of it: fleming coldstart show --run ${run} --example 1`,
    ].join("\n"),
  );
}

async function showOne(
  run: string,
  file: string,
  flags: ShowFlags,
  output: Output,
  colour: boolean,
): Promise<void> {
  const found = await findTrajectories(file, flags);
  const asked = new Set(found.map(({ trajectory }) => trajectory.question));
  const questions = new Map<string, Question>();
  const train = join(run, "refine", "train.jsonl");
  for await (const question of existsSync(train) ? readJsonl(train, questionSchema) : [])
    if (asked.has(question.id)) questions.set(question.id, question);
  const base = join(run, "pretrain", "model");
  const tokenizer = existsSync(base) ? await openTokenizer(base) : undefined;
  const shown = found.map(({ number, trajectory }) => {
    const question = questions.get(trajectory.question);
    const segments =
      question === undefined || tokenizer === undefined
        ? undefined
        : previewSegments(
            tokenizer,
            supervisedBatch(tokenizer, [{ prompt: renderQuestion(question), reply: trajectory.reply }])[0]!,
          );
    return { number, trajectory, question, segments };
  });
  if (flags.json) {
    output.json({
      run,
      examples: shown.map(({ number, trajectory, question, segments }) => ({
        number,
        trajectory,
        question: question ?? null,
        preview: segments ?? null,
      })),
    });
    return;
  }
  for (const one of shown)
    output.print(
      `${describe(one.number, one.trajectory, one.question)}\n\n${previewPart(one.segments, one.question, run, colour)}\n`,
    );
}

interface Found {
  readonly number: number;
  readonly trajectory: Trajectory;
}

/** The trajectory with a number, or those of a question or with an id. */
async function findTrajectories(file: string, { example, question }: ShowFlags): Promise<Found[]> {
  const wanted = example === undefined ? undefined : wholeNumber(example, "--example");
  const found: Found[] = [];
  const ids = new Set<string>();
  let number = 0;
  for await (const trajectory of readJsonl(file, trajectorySchema)) {
    number += 1;
    ids.add(trajectory.question);
    if (number === wanted || trajectory.question === question || trajectory.id === question)
      found.push({ number, trajectory });
  }
  if (found.length > 0) return found;
  if (wanted !== undefined) throw new UsageError(`--example ${wanted}: there are ${number}, counted from 1`);
  const close = nearest(question!, [...ids]);
  throw new UsageError(
    `--question "${question}": no trajectory is of it; "fleming coldstart show" lists them` +
      (close === undefined ? "" : `; did you mean "${close}"?`),
  );
}

function describe(number: number, trajectory: Trajectory, question: Question | undefined): string {
  const { id, teacher, method, trials, turns, labelConditioned, answer } = trajectory;
  const tried = trials === undefined ? "" : `; ${trials.right} of ${trials.samples} free replies were right`;
  return [
    `── ${number}  ${id}  question ${trajectory.question}`,
    `${withoutControls(teacher)}: ${method}, ${methodWords[method]}${tried}`,
    labelConditioned
      ? "LABEL-CONDITIONED: the teacher was shown the right answer"
      : "the teacher was not shown the right answer",
    "",
    ...(question === undefined
      ? ["(the question is not among this run's training questions any more)"]
      : questionLines(question)),
    ...turns.flatMap(({ kind, because, text, checks }, at) => [
      "",
      `${at + 1}. ${kind}${because === undefined ? "" : `, because "${because}" failed`}`,
      indent(text),
      ...checks.map(checkLine),
    ]),
    "",
    `answer: ${clean(answer)}`,
  ].join("\n");
}

function questionLines(question: Question): string[] {
  const { context, stem, options, gold, tier } = question;
  return [
    ...(context === undefined ? [] : [clean(context)]),
    `${clean(stem)}${tier === undefined ? "" : `  (${tier})`}`,
    ...Object.entries(options).map(
      ([letter, text]) => `  ${letter}. ${clean(text)}${gold.includes(letter) ? "   ← right" : ""}`,
    ),
  ];
}

function checkLine({ name, passed, found, span, evidence }: Check): string {
  const where = span === undefined ? "" : ` [${span[0]}–${span[1]}]`;
  const rests = evidence === undefined ? "" : ` (${oneLine(evidence)})`;
  return `   ${passed ? "✓" : "✗"} ${name}${where}: ${oneLine(found)}${rests}`;
}

function previewPart(
  segments: readonly PreviewSegment[] | undefined,
  question: Question | undefined,
  run: string,
  colour: boolean,
): string {
  if (segments !== undefined)
    return `What is learned: ${previewLegend(segments, colour)}\n${renderPreview(segments, { colour })}`;
  return question === undefined
    ? "What is learned cannot be shown without the question."
    : `What is learned cannot be shown: the tokenizer of the base model is missing (${join(run, "pretrain", "model")}).`;
}

function indent(text: string): string {
  return clean(text)
    .trim()
    .split("\n")
    .map((line) => `   ${line}`)
    .join("\n");
}

/** A text of several lines whose other control characters are shown as such. */
function clean(text: string): string {
  return text.replaceAll(/[^\n\t]+/gu, withoutControls);
}
