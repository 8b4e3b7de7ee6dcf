/**
 * The pure part of `refine` (paper §3.1): format filter → anonymisation → label verification → decisions of people →
 * duplicates and contamination → tiers → split → mixing of the training questions. Given the same questions,
 * answers, decisions, settings and seed it gives the same splits.
 *
 * Invariant: every question that goes in is in a split or is left out by one step and one rule, and is counted there.
 */
import type { KnowledgeGraph } from "../graph/graph.ts";
import type { Sampler } from "../models/sampler.ts";
import type { RefineSection } from "../recipe/sections/refine.ts";
import type { Check } from "../records/check.ts";
import type { Decision } from "../records/decision.ts";
import type { Match } from "../records/match.ts";
import { isSynthetic, type Question } from "../records/question.ts";
import { anonymise } from "./anonymise/anonymise.ts";
import type { Finding } from "./anonymise/rule.ts";
import { type Flow, openFlow } from "./flow.ts";
import { checkQuestionFormat, flagQuestionFormat } from "./format/format-filter.ts";
import { checkLabels } from "./labels/check-labels.ts";
import type { LabelCheck } from "./labels/label-record.ts";
import { dropRepeats, type Released } from "./matches.ts";
import { mix, type Share, sourceOf } from "./mix/mix.ts";
import { applyDecisions } from "./review/apply.ts";
import { falseMatches, type Settlements, settledDecisions } from "./review/settle.ts";
import { type Splits, splitQuestions } from "./split.ts";
import { gradeQuestions, type TierReport } from "./tiers/grade.ts";
import type { Grader } from "./tiers/model-grader.ts";

/** What is refined, and what it must not repeat. */
export interface PurifyInput {
  readonly questions: readonly Question[];
  /** Evaluation sets by name. */
  readonly protectedSets: ReadonlyMap<string, readonly Question[]>;
  readonly decisions: readonly Decision[];
  /** Fewest and most options of a question, by curated set. */
  readonly optionsOf?: ReadonlyMap<string, readonly [number, number]>;
}

/** What is asked on the way; labels stay unverified without a validator, and the graph only helps to grade. */
export interface PurifyTools {
  readonly validator?: Sampler | undefined;
  readonly graph?: KnowledgeGraph | undefined;
  readonly grader?: Grader | undefined;
}

export interface PurifyHooks {
  readonly progress?: (what: string, done: number, total: number) => void;
  readonly signal?: AbortSignal;
}

/** A question on its way, with what was found out about it. */
interface Checked {
  readonly question: Question;
  readonly checks: readonly Check[];
  /** Absent where no validator was asked. */
  readonly label?: LabelCheck;
  /** Held back until a person decides. */
  readonly flagged: boolean;
}

export interface Refined {
  readonly splits: Splits;
  readonly flow: Flow;
  /** Checks of every question that came in, under the id it has after anonymisation. */
  readonly checks: readonly { readonly id: string; readonly checks: readonly Check[] }[];
  /** Questions whose label was verified. */
  readonly labelled: readonly { readonly question: Question; readonly label: LabelCheck }[];
  /** Those that were flagged or decided on. */
  readonly queue: readonly Checked[];
  /** Flagged ones on which nothing is settled. */
  readonly open: number;
  readonly settlements: Settlements;
  /** Decisions that were made, by all people. */
  readonly decisions: number;
  readonly findings: readonly Finding[];
  readonly anonymised: number;
  readonly matches: readonly Match[];
  /** Matches by what people said of them. */
  readonly released: Released;
  readonly tiers: TierReport;
  readonly shares: readonly Share[];
  readonly unmet: readonly string[];
}

/** Filters, verifies, grades, splits and mixes. */
export async function purify(
  { questions, protectedSets, decisions, optionsOf }: PurifyInput,
  tools: PurifyTools,
  settings: RefineSection,
  seed: number,
  hooks: PurifyHooks = {},
): Promise<Refined> {
  const flow = openFlow();
  const failed: Checked[] = [];
  const sound = filterFormat(questions, optionsOf, flow, failed);
  const { named, findings, changed } = anonymiseAll(sound, settings, flow);
  const verified = await verifyLabels(named, tools.validator, settings, seed, hooks);
  const settlements = settledDecisions(decisions, settings);
  const { kept, queue, open } = decide(verified, settlements, optionsOf, flow);
  const released: Released = {
    notSame: falseMatches(settlements),
    same: sameMatches(settlements),
  };
  const { fresh, matches } = dropRepeats(kept, protectedSets, released, settings.duplicates, flow);
  const { graded, report } = await gradeQuestions(fresh, tools);
  const splitting = flow.begin("split", graded.length);
  const splits = splitQuestions(graded, settings, seed, splitting.drop);
  splitting.done(Object.values(splits).flat().length);
  const mixing = flow.begin("mix", splits.train.length);
  const { questions: train, left, shares, unmet } = mix(splits.train, settings.mix, seed);
  for (const { question, reason } of left) mixing.drop(question, "shares", reason);
  mixing.done(train.length);
  return {
    splits: { ...splits, train },
    flow,
    checks: [...failed, ...verified].map(({ question, checks }) => ({ id: question.id, checks })),
    labelled: verified.flatMap(({ question, label }) => (label === undefined ? [] : [{ question, label }])),
    queue,
    open,
    settlements,
    decisions: decisions.length,
    findings,
    anonymised: changed,
    matches,
    released,
    tiers: report,
    shares,
    unmet,
  };
}

/** The matches that people found to be repetitions indeed. */
function sameMatches(settlements: Settlements): ReadonlySet<string> {
  const isSame = (action: Decision["action"] | undefined): boolean =>
    action === "accept" || action === "drop";
  return new Set([...settlements].flatMap(([id, { decision }]) => (isSame(decision?.action) ? [id] : [])));
}

type OptionBounds = PurifyInput["optionsOf"];

function formOf(question: Question, bounds: OptionBounds): { checks: Check[]; failed: Check[] } {
  const options = bounds?.get(sourceOf(question));
  const musts = checkQuestionFormat(question, ...(options === undefined ? [] : [{ options }]));
  return {
    checks: [...musts, ...flagQuestionFormat(question)],
    failed: musts.filter((check) => !check.passed),
  };
}

function filterFormat(
  questions: readonly Question[],
  bounds: OptionBounds,
  flow: Flow,
  failures: Checked[],
): Checked[] {
  const step = flow.begin("format", questions.length);
  const sound: Checked[] = [];
  for (const question of questions) {
    const { checks, failed } = formOf(question, bounds);
    const item = { question, checks, flagged: false };
    const [first] = failed;
    if (first === undefined) sound.push(item);
    else {
      failures.push(item);
      step.drop(question, first.name, failed.map(({ name, found }) => `${name}: ${found}`).join("; "));
    }
  }
  step.done(sound.length);
  return sound;
}

function anonymiseAll(
  items: readonly Checked[],
  settings: RefineSection,
  flow: Flow,
): { named: readonly Checked[]; findings: readonly Finding[]; changed: number } {
  if (!settings.anonymise) return { named: items, findings: [], changed: 0 };
  const step = flow.begin("anonymise", items.length);
  const all: Finding[] = [];
  let changed = 0;
  const named = items.map((item): Checked => {
    const { question, findings } = anonymise(item.question);
    if (findings.length === 0) return item;
    changed += 1;
    all.push(...findings);
    const found = `replaced: ${[...new Set(findings.map((one) => `${one.class} in ${one.field}`))].join(", ")}`;
    return { ...item, question, checks: [...item.checks, { name: "anonymised", passed: true, found }] };
  });
  step.done(named.length);
  return { named, findings: all, changed };
}

/**
 * The label of each question. One that too few answers reach is flagged, and so is a made one that got no answer:
 * nothing else speaks for it. A curated one without an answer keeps the label that its set gave it.
 */
async function verifyLabels(
  items: readonly Checked[],
  validator: Sampler | undefined,
  settings: RefineSection,
  seed: number,
  { progress, signal }: PurifyHooks,
): Promise<readonly Checked[]> {
  if (validator === undefined) return items;
  const labels = await checkLabels(
    items.map(({ question }) => question),
    validator,
    settings,
    seed,
    {
      ...(signal ? { signal } : {}),
      ...(progress ? { progress: (done, total) => progress("label checks", done, total) } : {}),
    },
  );
  return items.map(({ question, checks }, at) => {
    const label = labels[at] as LabelCheck;
    const flagged = label.verdict === "unanswered" ? isSynthetic(question) : label.verdict !== "reached";
    return { question, checks: [...checks, label.check], label, flagged };
  });
}

/** What people decided, done; a question whose words or label they changed has to pass the format filter again. */
function decide(
  items: readonly Checked[],
  settlements: Settlements,
  bounds: OptionBounds,
  flow: Flow,
): { kept: readonly Checked[]; queue: readonly Checked[]; open: number } {
  const step = flow.begin("review", items.length);
  const { kept, dropped, open, queue } = applyDecisions(items, settlements);
  const before = new Set(items.map(({ question }) => question));
  for (const { item, decision } of dropped)
    step.drop(item.question, "droppedByPerson", `${decision.reviewer}: ${decision.why}`);
  for (const { question, label } of open)
    step.drop(question, label?.verdict ?? "flagged", label?.check.found ?? "flagged for review");
  const fit = kept.filter(({ question }) => {
    const failed = before.has(question) ? [] : formOf(question, bounds).failed;
    const [first] = failed;
    if (first !== undefined) step.drop(question, first.name, `as edited: ${first.name}: ${first.found}`);
    return first === undefined;
  });
  step.done(fit.length);
  return { kept: fit, queue, open: open.length };
}
