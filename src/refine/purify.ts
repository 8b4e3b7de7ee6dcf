/**
 * The pure part of `refine` (paper §3.1): format filter → anonymisation → label verification → decisions of people →
 * duplicates and contamination → tiers → split → mixing of the training questions. Given the same questions,
 * answers, decisions, settings and seed it gives the same splits.
 *
 * Invariants: every question that goes in is in a split or is left out by one step and one rule, and is counted there;
 * words or labels that a person wrote are anonymised too, and count as verified by nobody. Of a question that goes well
 * no more is kept than what its checks found and how many passed, so that millions fit into memory.
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
import type { LabelCheck, Trial } from "./labels/label-record.ts";
import { type LabelStatistics, type LabelTally, labelTally } from "./labels/label-statistics.ts";
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

/** What became of a label; the trials only where a person may want to see them: of flagged questions and decided ones. */
type Label = Omit<LabelCheck, "trials"> & { readonly trials?: readonly Trial[] };

/** A question on its way, with what was found out about it. */
interface Checked {
  readonly question: Question;
  /** Checks that found something. */
  readonly checks: readonly Check[];
  /** Checks that passed, those that found nothing among them. */
  readonly passed: number;
  /** Absent where no validator was asked. */
  readonly label?: Label;
  /** Held back until a person decides. */
  readonly flagged: boolean;
}

export interface Refined {
  readonly splits: Splits;
  readonly flow: Flow;
  /** Checks of every question that came in, under the id it has after anonymisation. */
  readonly checks: readonly {
    readonly id: string;
    readonly passed: number;
    readonly checks: readonly Check[];
  }[];
  /** What the trials of all labels came to; and of how many questions all of them reached the label. */
  readonly labels: { readonly statistics: LabelStatistics; readonly agreed: number };
  /** Those that were flagged or decided on. */
  readonly queue: readonly Checked[];
  /** How many of them were flagged, or had a decision that was applied. */
  readonly reviewed: number;
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
  const settlements = settledDecisions(decisions, settings);
  const { verified, tally } = await verifyLabels(named, tools.validator, settlements, settings, seed, hooks);
  const reviewed = decide(verified, settlements, optionsOf, settings, flow);
  for (const { question, label } of reviewed.decided) if (label !== undefined) tally.add(question, label);
  const { kept, queue, open } = reviewed;
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
    checks: [...failed, ...verified].map(({ question, passed, checks }) => ({
      id: question.id,
      passed,
      checks,
    })),
    labels: { statistics: tally.report(), agreed: tally.agreed() },
    queue,
    reviewed: reviewed.reviewed,
    open,
    settlements,
    decisions: decisions.length,
    findings: [...findings, ...reviewed.findings],
    anonymised: changed + reviewed.changed,
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

/** The checks that found something; of all, how many passed. */
function telling(checks: readonly Check[]): Pick<Checked, "checks" | "passed"> {
  return {
    checks: checks.filter((check) => !check.passed || check.found !== "nothing found"),
    passed: checks.filter(({ passed }) => passed).length,
  };
}

function withCheck({ checks, passed }: Checked, check: Check): Pick<Checked, "checks" | "passed"> {
  return { checks: [...checks, check], passed: passed + (check.passed ? 1 : 0) };
}

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
    const item = { question, ...telling(checks), flagged: false };
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
  const replaced = replaceNames(items);
  step.done(replaced.named.length);
  return replaced;
}

function replaceNames(items: readonly Checked[]): {
  named: readonly Checked[];
  findings: readonly Finding[];
  changed: number;
} {
  const all: Finding[] = [];
  let changed = 0;
  const named = items.map((item): Checked => {
    const { question, findings } = anonymise(item.question);
    if (findings.length === 0) return item;
    changed += 1;
    for (const finding of findings) all.push(finding);
    const found = `replaced: ${[...new Set(findings.map((one) => `${one.class} in ${one.field}`))].join(", ")}`;
    return { ...item, question, ...withCheck(item, { name: "anonymised", passed: true, found }) };
  });
  return { named, findings: all, changed };
}

/**
 * The label of each question. One that too few answers reach is flagged, and so is a made one that got no answer:
 * nothing else speaks for it. A curated one without an answer keeps the label that its set gave it.
 */
async function verifyLabels(
  items: readonly Checked[],
  validator: Sampler | undefined,
  settlements: Settlements,
  settings: RefineSection,
  seed: number,
  { progress, signal }: PurifyHooks,
): Promise<{ verified: readonly Checked[]; tally: LabelTally }> {
  const tally = labelTally();
  if (validator === undefined) return { verified: items, tally };
  const verified: Checked[] = [];
  for (let start = 0; start < items.length; start += askedTogether) {
    const part = items.slice(start, start + askedTogether);
    const labels = await checkLabels(
      part.map(({ question }) => question),
      validator,
      settings,
      seed,
      {
        ...(signal ? { signal } : {}),
        ...(progress ? { progress: (done) => progress("label checks", start + done, items.length) } : {}),
      },
    );
    part.forEach((item, at) => {
      const { question } = item;
      const whole = labels[at] as LabelCheck;
      const flagged = whole.verdict === "unanswered" ? isSynthetic(question) : whole.verdict !== "reached";
      const isDecided = settlements.has(question.id);
      // A decision may change the question: what its trials are worth is known when that is done.
      if (!isDecided) tally.add(question, whole);
      const { trials, ...label } = whole;
      verified.push({
        question,
        ...withCheck(item, label.check),
        label: flagged || isDecided ? { ...label, trials } : label,
        flagged,
      });
    });
  }
  return { verified, tally };
}

/** Questions whose trials are held at a time: a multiple of what checkLabels asks at a time. */
const askedTogether = 1024;

/** What is known of a label that a person wrote, or whose question a person rewrote. */
const byPerson: Label = {
  trials: [],
  correct: 0,
  answers: {},
  verdict: "unanswered",
  check: { name: "label", passed: false, found: "edited by a person" },
};

interface Decided {
  readonly kept: readonly Checked[];
  readonly queue: readonly Checked[];
  readonly open: number;
  /** Flagged, or with a decision that was applied. */
  readonly reviewed: number;
  /** All that somebody decided on, as they are now. */
  readonly decided: readonly Checked[];
  readonly findings: readonly Finding[];
  /** Edited questions in which names were replaced. */
  readonly changed: number;
}

/**
 * What people decided, done. A question whose words or label they changed is anonymised like any other and has to pass
 * the format filter again; its label counts as not verified, as the trials were of another question.
 */
function decide(
  items: readonly Checked[],
  settlements: Settlements,
  bounds: OptionBounds,
  settings: RefineSection,
  flow: Flow,
): Decided {
  const step = flow.begin("review", items.length);
  const { kept, dropped, open, queue, applied } = applyDecisions(items, settlements);
  const before = new Set(items.map(({ question }) => question));
  const isEdited = ({ question }: Checked): boolean => !before.has(question);
  const edited = kept
    .filter(isEdited)
    .map((item): Checked => (item.label === undefined ? item : { ...item, label: byPerson }));
  const { named, findings, changed } = settings.anonymise
    ? replaceNames(edited)
    : { named: edited, findings: [], changed: 0 };
  const anew = named.values();
  const now = kept.map((item) => (isEdited(item) ? (anew.next().value as Checked) : item));
  for (const { item, decision } of dropped)
    step.drop(item.question, "droppedByPerson", `${decision.reviewer}: ${decision.why}`);
  for (const { question, label } of open)
    step.drop(question, label?.verdict ?? "flagged", label?.check.found ?? "flagged for review");
  const fit = now.filter((item) => {
    const { question } = item;
    const failed = isEdited(item) ? formOf(question, bounds).failed : [];
    const [first] = failed;
    if (first !== undefined) step.drop(question, first.name, `as edited: ${first.name}: ${first.found}`);
    return first === undefined;
  });
  step.done(fit.length);
  const changedBy = new Set(applied.map(({ from }) => from));
  const isDecided = ({ question }: Checked): boolean => settlements.has(question.id);
  return {
    kept: fit,
    queue,
    open: open.length,
    reviewed: queue.filter(({ question, flagged }) => flagged || changedBy.has(question.id)).length,
    decided: [
      ...now.filter((item) => isEdited(item) || isDecided(item)),
      ...[...open, ...dropped.map(({ item }) => item)].filter(isDecided),
    ],
    findings,
    changed,
  };
}
