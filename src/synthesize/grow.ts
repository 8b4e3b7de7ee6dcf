/**
 * Grows the questions of a graph: targets of all subjects, then the questions of each (paper §3.1). Questions come one
 * by one, so that more of them than fit into memory can be written.
 *
 * Invariants: the same graph, settings and seed give the same questions in the same order; no two have the same stem.
 */
import { shortHash } from "../base/hash.ts";
import { type Random, seededRandom } from "../base/random.ts";
import type { KnowledgeGraph } from "../graph/graph.ts";
import type { SynthesizeSection } from "../recipe/sections/synthesize.ts";
import type { SyntheticQuestion } from "../records/question.ts";
import { assemble } from "./assemble.ts";
import { type CoverageReport, countCoverage } from "./coverage.ts";
import type { Candidate, Drafting, Target } from "./draft.ts";
import { draftsOfAttribute } from "./forms/attribute.ts";
import { draftsOfContrast, draftsOfDiagnosis, draftsOfIntersection } from "./forms/diagnosis.ts";
import { draftsOfDiscriminator, draftsOfException, draftsOfStatement, statementKey } from "./forms/ego.ts";
import { chooseOptions } from "./options.ts";
import { hashOf } from "./some-of.ts";
import { openSources, openSubject, type Sources, type Subject } from "./sources.ts";
import { planTargets } from "./targets.ts";

export interface GrowHooks {
  readonly reject?: (item: string, reason: string) => void;
  readonly progress?: (done: number, total: number) => void;
  readonly signal?: AbortSignal;
}

/** Questions as they are made; when they are at an end, the generator returns what they cover. */
export function* growQuestions(
  graph: KnowledgeGraph,
  settings: SynthesizeSection,
  seed: number,
  hooks: GrowHooks = {},
): Generator<SyntheticQuestion, CoverageReport> {
  const sources = openSources(graph, settings, seed);
  const coverage = countCoverage(graph);
  const targets = planTargets(sources, (item, reason) => {
    coverage.drop(reason.split(":")[0] as string);
    hooks.reject?.(item, reason);
  });
  const stems = new Set<string>();
  let made = 0;
  let done = 0;
  for (const [id, group] of targets) {
    hooks.signal?.throwIfAborted();
    hooks.progress?.(++done, targets.size);
    const subject = openSubject(id, sources);
    for (const target of group) {
      let count = 0;
      const drafts = draftsOf(target, subject, sources);
      if (typeof drafts === "string") coverage.drop(drafts);
      else
        for (const question of questionsOf(target, subject, drafts, sources, stems, coverage.drop)) {
          coverage.add(question);
          yield question;
          count += 1;
          made += 1;
          if (made >= settings.maxQuestions) return coverage.report();
        }
      if (count === 0)
        hooks.reject?.(
          `${target.type.name}|${id}`,
          typeof drafts === "string" ? drafts : "no question passed its checks",
        );
    }
  }
  return coverage.report();
}

function draftsOf(target: Target, subject: Subject, sources: Sources): Drafting | string {
  switch (target.type.form) {
    case "attribute":
      return draftsOfAttribute(target, subject, sources);
    case "diagnosis":
      return draftsOfDiagnosis(subject, sources);
    case "contrast":
      return draftsOfContrast(subject, sources);
    case "intersection":
      return draftsOfIntersection(subject, sources);
    case "discriminator":
      return draftsOfDiscriminator(target, subject, sources);
    case "except":
      return draftsOfException(target, subject, sources);
    case "relation":
      return draftsOfStatement(target, subject, sources);
    default:
      return target.type.form satisfies never;
  }
}

/** Redraws of the words before a stem that is there already is given up. */
const redraws = 8;
const usedUp = "stem is there already";

function* questionsOf(
  target: Target,
  subject: Subject,
  drafts: Drafting,
  sources: Sources,
  stems: Set<string>,
  drop: (reason: string) => void,
): Generator<SyntheticQuestion> {
  const { settings, seed, balance } = sources;
  const { type } = target;
  const random: Random = seededRandom(seed, "synthesize", "questions", type.name, subject.id);
  const fittingOf = new Map<readonly Candidate[], readonly Candidate[]>();
  // With fewer wordings than languages each path begins with another one, or the last would never have its turn.
  const { languages } = settings;
  const first = languages.length > 1 ? hashOf(`${type.name}|${subject.id}`) : 0;
  let found = 0;
  for (let attempt = 0; attempt < settings.wordings * 2 && found < settings.wordings; attempt++) {
    const draft = drafts(random, attempt);
    const wrong = chooseOptions(type, draft, random, sources, fittingOf);
    if (typeof wrong === "string") {
      drop(wrong);
      if (wrong === "too few distractors" && attempt > 1) return;
      continue;
    }
    const language = languages[(first + attempt) % languages.length] as "en" | "zh";
    let question: SyntheticQuestion | string = "";
    for (let draw = 0; draw < redraws; draw++) {
      question = assemble(target, subject, draft, wrong, language, random, sources);
      if (typeof question === "string") break;
      const stem = shortHash([question.stem]);
      if (!stems.has(stem)) {
        stems.add(stem);
        break;
      }
      question = usedUp;
    }
    if (typeof question === "string") {
      drop(question);
      // Where each of so many draws is there already, the words of the path are used up.
      if (question === usedUp) return;
      continue;
    }
    balance.used(type.ask, statementKey(draft.answer), wrong.map(statementKey));
    found += 1;
    yield question;
  }
}
