/**
 * Everything that the report says, read from the files of a run. A file that is not there is a fact too: what rests on
 * it is left out of the report and never filled in.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { groupBy } from "../base/collections.ts";
import { UsageError } from "../base/errors.ts";
import { readJson } from "../base/files.ts";
import { loadJsonl, readJsonl } from "../base/jsonl.ts";
import { type MetricLine, readMetrics } from "../base/metrics.ts";
import { type AlarmRecord, alarmRecordSchema } from "../records/alarm.ts";
import { type Curriculum, curriculumSchema } from "../records/curriculum.ts";
import { isSynthetic, type Question, questionSchema } from "../records/question.ts";
import { type Results, resultsSchema } from "../records/results.ts";
import { type Score, scoreSchema } from "../records/score.ts";
import { trajectorySchema } from "../records/trajectory.ts";

/** What the run was, as `run.json` says. */
export interface RunIdentity {
  readonly recipe: string;
  readonly seed: number;
  readonly version: string;
}

interface SplitFacts {
  readonly name: "train" | "dev" | "test";
  readonly questions: number;
  readonly paths: number;
  readonly rare: number;
  readonly byTier: Readonly<Record<string, number>>;
}

export interface PremiseFacts {
  /** Training paths, and those for which reasoning was written. */
  readonly trainPaths: number;
  readonly taughtPaths: number;
  readonly trajectories: number;
  /** Reasoning paths that stand in both training and test questions; 0 when the split holds. */
  readonly sharedPaths: number;
  readonly testPaths: number;
  /** Test questions all of whose facts also stand in training questions, on other paths. */
  readonly testOfKnownFacts: number;
  readonly testQuestions: number;
}

interface StageCounts {
  readonly stage: string;
  readonly counts: Readonly<Record<string, number>>;
  readonly rejected: number;
}

export interface TokenCount {
  readonly steps: number;
  readonly trained: number;
  readonly sampled: number;
}

const coverageSchema = z.object({
  paths: z.number(),
  rareShare: z.number(),
  entities: z.object({ used: z.number(), all: z.number() }),
  predicates: z.record(z.string(), z.object({ used: z.number(), all: z.number() })),
  dropped: z.record(z.string(), z.number()),
});

/** What the questions cover of the graph, from the synthesize stage. */
type CoverageFacts = z.infer<typeof coverageSchema>;

export interface RunFacts {
  readonly identity: RunIdentity;
  readonly results: Results;
  readonly metrics: readonly MetricLine[];
  readonly splits: readonly SplitFacts[];
  readonly premise: PremiseFacts;
  /** Questions that a person should look at. */
  readonly flagged: number | undefined;
  readonly stages: readonly StageCounts[];
  readonly coverage: CoverageFacts | null;
  /** Of the run's own models, where the run made the first of them. */
  readonly parameters: number | undefined;
  /** Tokens of stage 1, stage 2 and each control. */
  readonly tokens: Readonly<Record<string, TokenCount>>;
  /** Trajectories of the cold start by method, and those whose teacher knew the answer. */
  readonly trajectories: {
    readonly byMethod: Readonly<Record<string, number>>;
    readonly labelConditioned: number;
  };
  readonly curriculum: Curriculum | null;
  readonly alarms: readonly AlarmRecord[];
  readonly testQuestions: readonly Question[];
  /** Scores of the last step row, by question. */
  readonly lastScores: ReadonlyMap<string, Score>;
  readonly licences: readonly string[];
}

const stageSchema = z.object({ counts: z.record(z.string(), z.number()), rejected: z.number() });
const tokensSchema = z.record(
  z.string(),
  z.object({ steps: z.number(), trained: z.number(), sampled: z.number() }),
);

const stageNames = [
  "discover",
  "curate",
  "synthesize",
  "refine",
  "pretrain",
  "coldstart",
  "reinforce",
  "evaluate",
] as const;

/** Reads a run; `folderOf` gives the folder of a stage. */
export async function readFacts(
  folderOf: (stage: string) => string,
  metricsFile: string,
  identity: RunIdentity,
): Promise<RunFacts> {
  const results = await readResults(join(folderOf("evaluate"), "results.json"));
  const splits: SplitFacts[] = [];
  const train = new Set<string>();
  const trainFacts = new Set<string>();
  const pathOf = new Map<string, string>();
  const testQuestions: Question[] = [];
  const licences = new Set<string>();
  for (const name of ["train", "dev", "test"] as const) {
    const file = join(folderOf("refine"), `${name}.jsonl`);
    if (!existsSync(file)) continue;
    const split = { name, questions: 0, rare: 0, byTier: {} as Record<string, number> };
    const paths = new Set<string>();
    for await (const question of readJsonl(file, questionSchema)) {
      split.questions += 1;
      const tier = question.tier ?? "none";
      split.byTier[tier] = (split.byTier[tier] ?? 0) + 1;
      licences.add(question.licence);
      if (name === "test") testQuestions.push(question);
      if (!isSynthetic(question)) continue;
      const { pathKey, isRare, path } = question.origin;
      paths.add(pathKey);
      if (isRare) split.rare += 1;
      if (name !== "train") continue;
      train.add(pathKey);
      pathOf.set(question.id, pathKey);
      for (const { relation } of path) trainFacts.add(relation);
    }
    splits.push({ ...split, paths: paths.size });
  }
  const synthetic = testQuestions.filter(isSynthetic);
  const testPaths = new Set(synthetic.map(({ origin }) => origin.pathKey));
  const trajectories = await readLines(join(folderOf("coldstart"), "trajectories.jsonl"), trajectorySchema);
  const taught = trajectories.map(({ question }) => question);
  const stages = await readStages(folderOf);
  const lastRow = results.rows.filter(({ kind }) => kind === "step").at(-1)?.row;
  return {
    identity,
    results,
    metrics: await readMetrics(metricsFile),
    splits,
    premise: {
      trainPaths: train.size,
      taughtPaths: new Set(taught.map((question) => pathOf.get(question) ?? question)).size,
      trajectories: taught.length,
      sharedPaths: [...testPaths].filter((path) => train.has(path)).length,
      testPaths: testPaths.size,
      testOfKnownFacts: synthetic.filter(({ origin }) =>
        origin.path.every(({ relation }) => trainFacts.has(relation)),
      ).length,
      testQuestions: synthetic.length,
    },
    flagged: await countLines(join(folderOf("refine"), "review.jsonl")),
    stages,
    parameters: stages.find(({ stage }) => stage === "pretrain")?.counts["parameters"],
    coverage: await readOptional(
      join(folderOf("synthesize"), "coverage.json"),
      coverageSchema.nullable(),
      null,
    ),
    tokens: await readOptional(join(folderOf("reinforce"), "tokens.json"), tokensSchema, {}),
    trajectories: {
      byMethod: Object.fromEntries(
        [...groupBy(trajectories, ({ method }) => method)].map(([method, own]) => [method, own.length]),
      ),
      labelConditioned: trajectories.filter(({ labelConditioned }) => labelConditioned).length,
    },
    curriculum: await readOptional(
      join(folderOf("reinforce"), "curriculum.json"),
      curriculumSchema.nullable(),
      null,
    ),
    alarms: await readLines(join(folderOf("reinforce"), "alarms.jsonl"), alarmRecordSchema),
    testQuestions,
    lastScores: await readScores(join(folderOf("evaluate"), "scores", `${lastRow}.jsonl`)),
    licences: [...licences].sort(),
  };
}

async function readResults(file: string): Promise<Results> {
  if (!existsSync(file)) throw new UsageError(`${file}: the report is made from it; run evaluate first`);
  const parsed = resultsSchema.safeParse(await readJson(file));
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new UsageError(
    `${file}: ${issue?.path.join(".")}: ${issue?.message}; run evaluate again with this version`,
  );
}

async function readLines<T>(file: string, schema: z.ZodType<T>): Promise<readonly T[]> {
  return existsSync(file) ? await loadJsonl(file, schema) : [];
}

async function readScores(file: string): Promise<Map<string, Score>> {
  if (!existsSync(file)) return new Map();
  return new Map((await loadJsonl(file, scoreSchema)).map((score) => [score.question, score]));
}

async function countLines(file: string): Promise<number | undefined> {
  if (!existsSync(file)) return undefined;
  let lines = 0;
  for await (const _ of readJsonl(file, z.unknown())) lines += 1;
  return lines;
}

async function readStages(folderOf: (stage: string) => string): Promise<StageCounts[]> {
  const stages: StageCounts[] = [];
  for (const stage of stageNames) {
    const record = await readOptional(join(folderOf(stage), "stage.json"), stageSchema.nullable(), null);
    if (record !== null) stages.push({ stage, ...record });
  }
  return stages;
}

async function readOptional<T>(file: string, schema: z.ZodType<T>, absent: T): Promise<T> {
  if (!existsSync(file)) return absent;
  const parsed = schema.safeParse(await readJson(file));
  return parsed.success ? parsed.data : absent;
}
