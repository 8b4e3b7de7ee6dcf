/**
 * `fleming export verl|trl`: the data that another trainer needs to do the cold start and the reinforcement in this
 * program's place: supervised examples of the trajectories, questions with what a reward is computed from, a reward
 * that asks this program, and a README with the commands.
 *
 * Invariants: only training questions and, for validation, those of dev are written, never test or unseen. What the
 * stage `coldstart` holds out is what is held out here. Nothing is cut: the commands name lengths that hold all of it.
 */
import { existsSync } from "node:fs";
import { copyFile, mkdir, readFile, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { boundary, UsageError } from "../base/errors.ts";
import { readJson, writeWhole } from "../base/files.ts";
import { loadJsonl, readJsonl, writeJsonl } from "../base/jsonl.ts";
import { seededRandom } from "../base/random.ts";
import { pathOf } from "../coldstart/choose.ts";
import { fromJsonl, withDatabase, writeParquet } from "../graph/database.ts";
import { promptTokens } from "../models/embedded.ts";
import { renderQuestion } from "../models/prompt.ts";
import { exampleTokens, splitHeldOut } from "../models/supervised.ts";
import { openTokenizer } from "../models/tokenizer.ts";
import { type Recipe, recipeSchema } from "../recipe/schema.ts";
import { type Question, questionSchema } from "../records/question.ts";
import { type Trajectory, trajectorySchema } from "../records/trajectory.ts";
import { withNotice } from "../refine/card/card.ts";
import { checkExport, type QuestionFlags } from "./export-gate.ts";
import { existingRun } from "./flags.ts";
import type { Output } from "./output.ts";

/** A trajectory with the question as it is asked. */
interface TaughtTrajectory {
  readonly trajectory: Trajectory;
  readonly prompt: string;
  /** What is held out together. */
  readonly path: string;
}

type Row = Readonly<Record<string, unknown>>;
type Columns = Readonly<Record<string, string>>;
type Part = "train" | "val";

/** How one trainer wants its data. */
export interface TrainerForm {
  readonly name: "verl" | "trl";
  readonly suffix: "parquet" | "jsonl";
  /** Types of the columns, where the files are Parquet. */
  readonly columns?: { readonly sft: Columns; readonly rl: Columns };
  sft(taught: TaughtTrajectory): Row;
  rl(question: Question, index: number, part: Part): Row;
  readme(facts: TrainingFacts): string;
  reward(recipe: Recipe): string;
}

/** What the README says of an export. */
export interface TrainingFacts {
  readonly run: string;
  readonly recipe: Recipe;
  /** Folder of the files, absolute. */
  readonly out: string;
  /** Rows of each file that was written, by its path in the folder. */
  readonly rows: Readonly<Record<string, number>>;
  /** Most tokens of a prompt and of an example, in the base model's tokenizer; none without it. */
  readonly longest?: { readonly prompt: number; readonly example: number };
  readonly labelConditioned: number;
  readonly teachers: readonly string[];
  /** Questions of each licence. */
  readonly licences: ReadonlyMap<string, number>;
  /** What was left out, a line each. */
  readonly left: readonly string[];
  readonly pending: readonly string[];
}

/** Writes the folder. */
export async function exportTraining(form: TrainerForm, flags: QuestionFlags, output: Output): Promise<void> {
  const run = existingRun(flags.run);
  const refined = join(run, "refine");
  if (!existsSync(join(refined, "train.jsonl")))
    throw new UsageError(
      `${run}: no refined questions are here (refine/train.jsonl is missing); run "fleming refine" first`,
    );
  await refuseUnfinished(run);
  const pending = await checkExport(run, flags);
  const facts = await boundary(`--out ${flags.out}`, () => writeAll(form, run, resolve(flags.out), pending));
  for (const text of pending) output.log.warn(`exported although ${text}`);
  const { rows, left } = facts;
  if (flags.json) output.json({ run, out: flags.out, form: form.name, rows, left, pending });
  else
    output.print(
      `${flags.out}: ${Object.entries(rows)
        .map(([file, n]) => `${file} ${n.toLocaleString("en")}`)
        .join(", ")} rows; README.md says how to train on them\nleft out: ${left.join("; ")}`,
    );
}

/** The trajectories of a cold start that waits for replies are a part, and not that which the stage would learn. */
async function refuseUnfinished(run: string): Promise<void> {
  const file = join(run, "coldstart", "stage.json");
  if (!existsSync(file)) return;
  const { key } = (await readJson(file)) as { readonly key?: string };
  if (key === "unfinished")
    throw new UsageError(
      `${run}: its cold start is not finished, replies of the teacher are missing (coldstart/stage.json says "unfinished"); run "fleming coldstart" until it is, then export`,
    );
}

async function writeAll(
  form: TrainerForm,
  run: string,
  out: string,
  pending: readonly string[],
): Promise<TrainingFacts> {
  const recipe = await recipeOfRun(run);
  const base = join(run, "pretrain", "model");
  const tokenizer = existsSync(base) ? await openTokenizer(base) : undefined;
  const file = join(run, "coldstart", "trajectories.jsonl");
  const trajectories = existsSync(file) ? await loadJsonl(file, trajectorySchema) : [];
  const wanted = new Set(trajectories.map(({ question }) => question));
  const seen: Seen = { asked: new Map(), licences: new Map(), longest: 0 };
  const note = (question: Question): void => {
    const prompt = renderQuestion(question);
    seen.licences.set(question.licence, (seen.licences.get(question.licence) ?? 0) + 1);
    if (tokenizer !== undefined)
      seen.longest = Math.max(seen.longest, promptTokens(tokenizer, prompt).length);
    if (wanted.has(question.id)) seen.asked.set(question.id, { prompt, path: pathOf(question) });
  };
  for (const folder of ["sft", "rl"]) await mkdir(join(out, folder), { recursive: true });

  const rows: Record<string, number> = {};
  const write = async (kind: "sft" | "rl", part: Part, items: Iterable<Row> | AsyncIterable<Row>) => {
    const name = `${kind}/${part}.${form.suffix}`;
    const count = await writePart(join(out, name), items, form.columns?.[kind]);
    if (count > 0) rows[name] = count;
  };
  await write("rl", "train", rlRows(form, join(run, "refine", "train.jsonl"), "train", note));
  const trained = new Map(seen.asked);
  await write("rl", "val", rlRows(form, join(run, "refine", "dev.jsonl"), "val", note));
  const taught = trajectories.flatMap((trajectory): TaughtTrajectory[] => {
    const known = trained.get(trajectory.question);
    return known === undefined ? [] : [{ trajectory, ...known }];
  });
  const { learned, heldOut } = splitHeldOut(
    taught,
    ({ path }) => path,
    recipe.coldstart.heldOutShare,
    seededRandom(recipe.seed, "coldstart", "heldOut"),
  );
  await write("sft", "train", learned.map(form.sft));
  await write("sft", "val", heldOut.map(form.sft));

  const [attribution, card] = ["attribution.jsonl", "DATA_CARD.md"].map((name) => join(run, "refine", name));
  if (existsSync(attribution!)) await copyFile(attribution!, join(out, "attribution.jsonl"));
  if (existsSync(card!)) {
    const text = await readFile(card!, "utf8");
    const notice = `Exported although ${pending.join("; ")}.`;
    await writeWhole(join(out, "DATA_CARD.md"), pending.length > 0 ? withNotice(text, notice) : text);
  }
  await writeWhole(join(out, "reward.py"), form.reward(recipe));
  const facts: TrainingFacts = {
    run,
    recipe,
    out,
    rows,
    ...(tokenizer === undefined
      ? {}
      : {
          longest: {
            prompt: seen.longest,
            example: taught.reduce(
              (most, { prompt, trajectory: { reply } }) =>
                Math.max(most, exampleTokens(tokenizer, { prompt, reply }).tokens.length),
              0,
            ),
          },
        }),
    labelConditioned: taught.filter(({ trajectory }) => trajectory.labelConditioned).length,
    teachers: [...new Set(taught.map(({ trajectory }) => trajectory.teacher))].sort(),
    licences: seen.licences,
    left: await leftOut(run, trajectories.length - taught.length, existsSync(file)),
    pending,
  };
  await writeWhole(join(out, "README.md"), form.readme(facts));
  return facts;
}

/** What is gathered while the questions are read once. */
interface Seen {
  /** Prompt and path of the questions that have a trajectory. */
  readonly asked: Map<string, { readonly prompt: string; readonly path: string }>;
  readonly licences: Map<string, number>;
  /** Most tokens of a prompt. */
  longest: number;
}

async function* rlRows(
  form: TrainerForm,
  file: string,
  part: Part,
  note: (question: Question) => void,
): AsyncGenerator<Row> {
  if (!existsSync(file)) return;
  let index = 0;
  for await (const question of readJsonl(file, questionSchema)) {
    note(question);
    yield form.rl(question, index, part);
    index += 1;
  }
}

/** Writes a file of rows; of none nothing may lie there from before. Returns how many there were. */
async function writePart(
  file: string,
  rows: Iterable<Row> | AsyncIterable<Row>,
  columns: Columns | undefined,
): Promise<number> {
  if (columns === undefined) {
    const count = await writeJsonl(file, rows);
    if (count === 0) await rm(file, { force: true });
    return count;
  }
  const plain = `${file}.rows.jsonl`;
  try {
    const count = await writeJsonl(plain, rows);
    if (count === 0) await rm(file, { force: true });
    else
      await withDatabase({ folder: file, threads: 1 }, (connection) =>
        writeParquet(connection, file, `SELECT * FROM ${fromJsonl([plain], columns)}`, "zstd"),
      );
    return count;
  } finally {
    await rm(plain, { force: true });
  }
}

/** The settings a run was made with; those of a run of another version may not fit, and then the defaults count. */
async function recipeOfRun(run: string): Promise<Recipe> {
  const manifest = (await readJson(join(run, "run.json"))) as {
    readonly recipe?: string;
    readonly seed?: number;
    readonly settings?: unknown;
  };
  const parsed = recipeSchema.safeParse(manifest.settings);
  return parsed.success
    ? parsed.data
    : recipeSchema.parse({ name: manifest.recipe ?? "run", seed: manifest.seed ?? 1 });
}

async function leftOut(run: string, unknown: number, hasTrajectories: boolean): Promise<string[]> {
  const lines: string[] = [];
  for (const [name, what] of [
    ["test", "test questions"],
    ["unseen", "questions of held-out entities (unseen)"],
  ] as const) {
    const file = join(run, "refine", `${name}.jsonl`);
    if (!existsSync(file)) continue;
    let count = 0;
    for await (const _ of readJsonl(file, questionSchema)) count += 1;
    if (count > 0) lines.push(`${count.toLocaleString("en")} ${what}`);
  }
  if (!hasTrajectories) lines.push("supervised examples: this run has no cold start");
  if (unknown > 0)
    lines.push(
      `${unknown === 1 ? "1 trajectory" : `${unknown.toLocaleString("en")} trajectories`} whose question is not among the training questions any more`,
    );
  return lines.length > 0 ? lines : ["nothing"];
}
