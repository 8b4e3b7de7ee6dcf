/**
 * Grows the questions of a graph: subjects rare ones first, a plan for each type and subject, questions along each
 * plan. The same graph, settings and seed give the same questions in the same order.
 */
import { seededRandom } from "../base/random.ts";
import type { KnowledgeGraph } from "../graph/graph.ts";
import { entityNames } from "../graph/naming.ts";
import { rareFirst } from "../graph/sampling.ts";
import type { SynthesizeSection } from "../recipe/sections/synthesize.ts";
import type { SyntheticQuestion } from "../records/question.ts";
import { type CoverageReport, coverageOf } from "./coverage.ts";
import { type PathPlan, planPaths } from "./plan.ts";
import { questionsOf } from "./questions.ts";

export interface GrowHooks {
  readonly reject?: (item: string, reason: string) => void;
  readonly progress?: (done: number, total: number) => void;
  readonly signal?: AbortSignal;
}

/** The questions of a graph, without files. */
export function growQuestions(
  graph: KnowledgeGraph,
  settings: SynthesizeSection,
  seed: number,
  hooks: GrowHooks = {},
): { readonly questions: SyntheticQuestion[]; readonly coverage: CoverageReport } {
  const sources = { graph, nameOf: entityNames(graph), settings, seed };
  const dropped = new Map<string, number>();
  const drop = (reason: string): void => {
    dropped.set(reason, (dropped.get(reason) ?? 0) + 1);
  };
  const plans: PathPlan[] = [];
  const subjects = rareFirst(
    graph.byType("disease"),
    settings.rareShare,
    seededRandom(seed, "synthesize", "subjects"),
  );
  for (const { id } of subjects) {
    if (plans.length >= settings.maxPaths) break;
    hooks.signal?.throwIfAborted();
    const found = planPaths(id, sources, (type, reason) => {
      drop(reason);
      hooks.reject?.(`${type}|${id}`, reason);
    });
    plans.push(...found.slice(0, settings.maxPaths - plans.length));
  }
  const kept = enoughPaths(plans, settings.minPathsPerType, (type, count) => {
    drop("type with too few paths");
    hooks.reject?.(type, `only ${count} paths; synthesize.minPathsPerType is ${settings.minPathsPerType}`);
  });
  const questions = new Map<string, SyntheticQuestion>();
  kept.forEach((plan, index) => {
    hooks.signal?.throwIfAborted();
    hooks.progress?.(index + 1, kept.length);
    const made = questionsOf(plan, sources, drop).filter((question) => !questions.has(question.id));
    if (made.length === 0)
      hooks.reject?.(`${plan.type.name}|${plan.subject}`, "no question passed its checks");
    for (const question of made) questions.set(question.id, question);
  });
  const all = [...questions.values()];
  return { questions: all, coverage: coverageOf(graph, all, dropped) };
}

function enoughPaths(
  plans: readonly PathPlan[],
  least: number,
  tooFew: (type: string, count: number) => void,
): PathPlan[] {
  const counts = new Map<string, number>();
  for (const { type } of plans) counts.set(type.name, (counts.get(type.name) ?? 0) + 1);
  for (const [type, count] of counts) if (count < least) tooFew(type, count);
  return plans.filter(({ type }) => (counts.get(type.name) ?? 0) >= least);
}
