/**
 * Stage `refine` (paper §3.1): questions that were made and public sets that are to be trained on → splits, with a
 * record of everything that was found, changed, flagged or left out on the way. What it writes: docs/stages.md.
 *
 * Departure from the paper: without an endpoint, labels are verified by an answerer that reads a question's text and
 * walks the graph, by another path than the generator's, and not by a language model.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { UsageError } from "../base/errors.ts";
import { writeJson, writeWhole } from "../base/files.ts";
import { loadJsonl, writeJsonl } from "../base/jsonl.ts";
import type { Counts, StageContext } from "../base/stage.ts";
import { buildGraph, type KnowledgeGraph } from "../graph/graph.ts";
import { siteOf } from "../graph/revision-link.ts";
import { openGraph } from "../graph/store.ts";
import { keptAnswers } from "../models/answer-cache.ts";
import { openEndpoint, type StructuredModel } from "../models/endpoint.ts";
import type { EndpointSection } from "../recipe/sections/endpoint.ts";
import type { RefineSection } from "../recipe/sections/refine.ts";
import { questionSchema } from "../records/question.ts";
import { phiReport } from "./anonymise/report.ts";
import { attributionOf } from "./card/attribution.ts";
import { type CardFacts, dataCard } from "./card/card.ts";
import { compositionOf, matchRows } from "./card/facts.ts";
import { labelSampler } from "./labels/label-sampler.ts";
import { type PurifyTools, purify, type Refined } from "./purify.ts";
import { readDecisions } from "./review/decisions.ts";
import { reviewerKey } from "./review/settle.ts";
import { factsOfSet, readSets, type SetQuestions } from "./sets.ts";
import { splitNames } from "./split.ts";
import { modelGrader } from "./tiers/model-grader.ts";

type Context = StageContext<RefineSection>;

/** Reads questions, refines them, and writes the splits, the reports and the data card. */
export async function runRefine(context: Context): Promise<Counts> {
  const { settings, seed, folder, log, signal } = context;
  const sets = await readSets(context.input("curate"), settings.curated);
  const made = join(context.input("synthesize"), "questions.jsonl");
  if (!existsSync(made) && sets.curated.length === 0)
    throw new UsageError(
      'refine: there are no questions; run "fleming synthesize" first, or name sets of curate in refine.curated',
    );
  const questions = [
    ...(existsSync(made) ? await loadJsonl(made, questionSchema) : []),
    ...sets.curated.flatMap((set) => set.questions),
  ];
  const graphFolder = context.input("discover");
  const graph = existsSync(join(graphFolder, "entities.parquet")) ? await openGraph(graphFolder) : undefined;
  const tools = toolsOf(context, graph);
  const protectedSets = new Map(sets.guarded.map((set) => [set.name, set.questions]));
  const refined = await purify(
    {
      questions,
      protectedSets,
      decisions: await readDecisions(context.input("review")),
      optionsOf: new Map(sets.curated.flatMap(({ name, options }) => (options ? [[name, options]] : []))),
    },
    tools,
    settings,
    seed,
    { progress: (what, done, total) => log.progress(what, done, total), signal },
  );
  if (refined.splits.train.length === 0)
    throw new UsageError(
      `refine: none of ${questions.length} questions is left for training; ${whyNone(refined)}`,
    );
  for (const text of refined.unmet) log.warn(`mix: ${text}`);
  if (refined.tiers.ungraded > 0)
    log.warn(`tiers: the grader gave none to ${refined.tiers.ungraded} questions; theirs follow from rules`);
  const everything = splitNames.flatMap((name) => refined.splits[name]);
  const pages = attributionOf(everything, await siteOf(graphFolder));
  const facts = factsOf(context, refined, tools, sets, pages);
  await writeRecords(folder, refined, settings);
  await writeReports(folder, refined, facts);
  reject(context, refined);
  return countsOf(refined, facts);
}

function toolsOf(
  { settings, seed, kept, log, signal, unfinished }: Context,
  graph: KnowledgeGraph | undefined,
): PurifyTools {
  const notice = (text: string): void => log.warn(text);
  const { validator, grader } = settings;
  return {
    graph,
    validator:
      graph === undefined && validator === undefined
        ? undefined
        : labelSampler(validator, graph ?? buildGraph([], []), kept, notice),
    grader:
      grader &&
      modelGrader(keptAnswers(endpointOf(grader, notice), join(kept, "tiers")), grader, seed, {
        signal,
        unfinished,
        progress: (done, total) => log.progress("tiers", done, total),
      }),
  };
}

function endpointOf(
  { url, name, keyVariable, concurrency }: EndpointSection,
  notice: (text: string) => void,
): StructuredModel {
  return openEndpoint({ url, model: name, keyVariable, concurrency, notice });
}

function whyNone({ flow }: Refined): string {
  const steps = flow.steps
    .filter((step) => step.in > step.out)
    .map((step) => `${step.step} ${step.in - step.out}`);
  return `left out by step: ${steps.join(", ") || "none, there were none"}; the settings of refine decide`;
}

function factsOf(
  { settings, seed }: Context,
  refined: Refined,
  { validator }: PurifyTools,
  sets: { readonly curated: readonly SetQuestions[]; readonly guarded: readonly SetQuestions[] },
  pages: CardFacts["pages"],
): CardFacts {
  const settlements = [...refined.settlements.values()];
  return {
    seed,
    composition: compositionOf(refined.splits),
    flow: refined.flow.steps,
    curated: sets.curated.map(factsOfSet),
    protectedSets: sets.guarded.map(factsOfSet),
    ...(validator === undefined
      ? {}
      : {
          labels: {
            validator: validator.name,
            trials: settings.trials,
            statistics: refined.labels.statistics,
          },
        }),
    review: {
      queue: refined.reviewed,
      open: refined.open,
      decisions: refined.decisions,
      reviewers: new Set(
        settlements.flatMap(({ votes }) => votes.map(({ reviewer }) => reviewerKey(reviewer))),
      ).size,
      decided: settlements.filter(({ status }) => status === "decided").length,
      disagreed: settlements.filter(({ status }) => status === "disagreed").length,
    },
    ...(settings.anonymise
      ? { phi: { questions: refined.anonymised, classes: phiReport(refined.findings) } }
      : {}),
    matches: matchRows(
      refined.matches,
      refined.released,
      sets.guarded.map(({ name }) => name),
    ),
    tiers: {
      by: refined.tiers.by,
      ungraded: refined.tiers.ungraded,
      agreement: refined.tiers.agreement,
    },
    shares: refined.shares,
    unmet: refined.unmet,
    pages,
  };
}

/** Steps whose dropped questions are sound and only not used. */
const unused = (step: string, rule: string): boolean => step === "mix" || rule === "wordings";

/** What is only held back stands in review.jsonl and matches.jsonl. */
const isHeld = (step: string, rule: string): boolean =>
  rule === "openMatch" ||
  (step === "review" && /^(?:flagged|seldomReached|neverReached|unanswered)$/.test(rule));

async function writeRecords(folder: string, refined: Refined, { shares }: RefineSection): Promise<void> {
  for (const name of splitNames)
    if (name !== "unseen" || shares.unseen > 0)
      await writeJsonl(join(folder, `${name}.jsonl`), refined.splits[name]);
  await writeJsonl(join(folder, "checks.jsonl"), refined.checks);
  await writeJsonl(
    join(folder, "review.jsonl"),
    refined.queue.map(({ question, label, passed, checks }) => ({
      question,
      reason: label?.check.found ?? "decided by a person",
      ...(label === undefined ? {} : { verdict: label.verdict, trials: label.trials }),
      passed,
      checks,
    })),
  );
  await writeJsonl(join(folder, "matches.jsonl"), refined.matches);
  await writeJsonl(join(folder, "tiers.jsonl"), refined.tiers.records);
  await writeJsonl(
    join(folder, "unused.jsonl"),
    refined.flow.leftOut.filter(({ step, rule }) => unused(step, rule)),
  );
}

async function writeReports(folder: string, refined: Refined, facts: CardFacts): Promise<void> {
  const { pages, labels, phi, ...summary } = facts;
  await writeJson(join(folder, "labels.json"), labels ?? { validator: null });
  await writeJson(join(folder, "phi.json"), phi ?? { searched: false });
  await writeJson(join(folder, "tiers.json"), { ...facts.tiers, tiers: facts.composition.tiers });
  await writeJson(join(folder, "contamination.json"), {
    protectedSets: facts.protectedSets,
    matches: facts.matches,
  });
  await writeJson(join(folder, "summary.json"), { ...summary, flagged: flagsOf(refined) });
  await writeJsonl(join(folder, "attribution.jsonl"), pages);
  await writeWhole(join(folder, "DATA_CARD.md"), dataCard(facts));
}

/** How often each check failed, whether or not it dropped the question. */
function flagsOf({ checks }: Refined): Readonly<Record<string, number>> {
  const failed: Record<string, number> = {};
  for (const { name, passed } of checks.flatMap((one) => one.checks))
    if (!passed) failed[name] = (failed[name] ?? 0) + 1;
  return failed;
}

function reject(context: Context, { flow }: Refined): void {
  for (const { id, step, rule, reason } of flow.leftOut)
    if (!unused(step, rule) && !isHeld(step, rule)) context.reject(id, `${step}: ${reason}`);
}

function countsOf({ splits, labels, open, anonymised }: Refined, { matches }: CardFacts): Counts {
  const { statistics, agreed } = labels;
  return {
    train: splits.train.length,
    dev: splits.dev.length,
    test: splits.test.length,
    ...(splits.unseen.length > 0 ? { unseen: splits.unseen.length } : {}),
    labelsChecked: statistics.questions,
    labelsAgreed: agreed,
    labelsDisputed: statistics.verdicts.reached - agreed,
    review: open,
    anonymised,
    openMatches: matches.reduce((sum, row) => sum + row.open, 0),
  };
}
