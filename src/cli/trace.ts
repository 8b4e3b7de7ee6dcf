/** `fleming trace`: a reward, trajectory or question back to its path, edges, sentences, pages and revisions. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { UsageError } from "../base/errors.ts";
import { readJsonl } from "../base/jsonl.ts";
import { buildGraph } from "../graph/graph.ts";
import { readPages } from "../graph/pages.ts";
import { siteOf } from "../graph/revision-link.ts";
import { openGraph } from "../graph/store.ts";
import type { Question } from "../records/question.ts";
import { rewardSchema } from "../records/reward.ts";
import { type Trajectory, trajectorySchema } from "../records/trajectory.ts";
import { findQuestions } from "../refine/review/whereabouts.ts";
import { traceQuestion } from "../verify/trace.ts";
import { existingRun } from "./flags.ts";
import type { Output } from "./output.ts";

const keptGroupSchema = z.looseObject({
  question: z.string(),
  rollouts: z.array(
    z.looseObject({
      id: z.string(),
      reply: z.string(),
      finish: z.string(),
      advantage: z.number(),
      reward: rewardSchema,
    }),
  ),
});

type KeptRollout = z.infer<typeof keptGroupSchema>["rollouts"][number];

/** Where an id leads: the question, and what was said about it on the way. */
interface Found {
  readonly question: string;
  readonly before: string;
}

/** Prints where an id comes from. */
export async function traceCommand(
  id: string,
  flags: { readonly run: string; readonly json?: boolean },
  output: Output,
): Promise<void> {
  const run = existingRun(flags.run);
  const { question: questionId, before } = await resolveId(run, id);
  const question = await findQuestion(run, questionId);
  const trace = await traceIn(run, question);
  if (flags.json) output.json({ id, question, trace: `${before}${trace}` });
  else output.print(`${before}${trace}`);
}

/** The trace of a question of a run, its quotes held against the pages that discover kept. */
export async function traceIn(run: string, question: Question): Promise<string> {
  // A curated question leads to its set, with or without a graph in the run.
  if (question.origin.kind === "curated") return traceQuestion(question, buildGraph([], []));
  const graph = await openGraph(join(run, "discover"));
  const titles = new Set(
    relationsOf(question)
      .flatMap((id) => graph.relations.get(id)?.evidence ?? [])
      .map(({ page }) => page),
  );
  const pages = await readPages(join(run, "discover"), titles);
  const site = await siteOf(join(run, "discover"));
  return traceQuestion(question, graph, { pages, ...(site === undefined ? {} : { site }) });
}

/** Relations that the trace will show: those of the path and those that show why an option is wrong. */
function relationsOf({ origin }: Question): string[] {
  if (origin.kind !== "synthetic") return [];
  const wrong = Object.values(origin.distractors).flatMap(({ relation }) =>
    relation === undefined ? [] : [relation],
  );
  return [...origin.path.map((step) => step.relation), ...wrong];
}

async function resolveId(run: string, id: string): Promise<Found> {
  if (id.startsWith("t-")) {
    const trajectory = await findIn(
      join(run, "coldstart", "trajectories.jsonl"),
      trajectorySchema,
      (t) => t.id === id,
    );
    if (trajectory !== undefined)
      return { question: trajectory.question, before: describeTrajectory(trajectory) };
  } else if (id.includes("/")) {
    const isIt = (rollout: KeptRollout): boolean => rollout.id === id;
    const group = await findIn(join(run, "reinforce", "groups.jsonl"), keptGroupSchema, (g) =>
      g.rollouts.some(isIt),
    );
    if (group !== undefined)
      return { question: group.question, before: describeRollout(group.rollouts.find(isIt)!) };
  } else return { question: id, before: "" };
  throw new UsageError(
    `"${id}" is not in ${run}; questions are in refine/*.jsonl, trajectories in coldstart/trajectories.jsonl, ` +
      "the rollouts that were kept in reinforce/groups.jsonl",
  );
}

async function findQuestion(run: string, id: string): Promise<Question> {
  const { question, refusal } = (await findQuestions(run, [id])).get(id) ?? {};
  if (question !== undefined) return question;
  throw new UsageError(
    refusal ??
      `"${id}" is not a question of ${run}; ids are in the field "id" of refine/*.jsonl, in review.jsonl of "question"`,
  );
}

async function findIn<T>(
  file: string,
  schema: z.ZodType<T>,
  isIt: (record: T) => boolean,
): Promise<T | undefined> {
  if (!existsSync(file)) return undefined;
  for await (const record of readJsonl(file, schema)) if (isIt(record)) return record;
  return undefined;
}

function describeTrajectory({ id, teacher, turns, reply }: Trajectory): string {
  const lines = turns.flatMap((turn) => [
    `  ${turn.kind}: ${turn.text}`,
    ...turn.checks.map(
      (check) =>
        `    ${check.passed ? "holds" : "fails"}: ${check.found}${check.evidence ? ` (${check.evidence})` : ""}`,
    ),
  ]);
  return [`trajectory ${id}, teacher ${teacher}`, ...lines, `  reply: ${reply}`, "", ""].join("\n");
}

function describeRollout({ id, reply, finish, advantage, reward }: KeptRollout): string {
  return [
    `rollout ${id}`,
    `  reply: ${reply}`,
    `  finish: ${finish}`,
    `  reward ${reward.total} = correct ${reward.correct} + format ${reward.format}; advantage ${advantage.toFixed(4)}`,
    ...reward.checks.map((check) => `    ${check.passed ? "holds" : "fails"}: ${check.name}: ${check.found}`),
    "",
    "",
  ].join("\n");
}
