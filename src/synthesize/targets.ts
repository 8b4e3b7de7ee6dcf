/**
 * Phase one: the reasoning paths of all subjects, rare ones first, before any has words. What will be asked for how
 * often has to be known before wrong options are chosen, or else options would give answers away.
 *
 * Invariant: no path is taken twice, whichever of its ends it is asked from.
 */
import { groupBy } from "../base/collections.ts";
import { seededRandom } from "../base/random.ts";
import { rareFirst } from "../graph/sampling.ts";
import { pathKeyOf } from "./assemble.ts";
import type { Target } from "./draft.ts";
import { targetAttribute } from "./forms/attribute.ts";
import { targetDiagnosis } from "./forms/diagnosis.ts";
import { targetEgo } from "./forms/ego.ts";
import { openSubject, type Sources, type Subject } from "./sources.ts";
import { type QuestionType, questionTypes } from "./types.ts";

/** The targets of a graph, grouped by subject in the order in which subjects are used. */
export function planTargets(
  sources: Sources,
  drop: (item: string, reason: string) => void,
): ReadonlyMap<string, readonly Target[]> {
  const { graph, settings, seed, balance } = sources;
  const types = questionTypes.filter(
    ({ name }) => settings.types.length === 0 || settings.types.includes(name),
  );
  const kinds = [...new Set(types.flatMap(({ subjects }) => subjects))];
  const order = rareFirst(
    kinds.flatMap((kind) => graph.byType(kind)),
    settings.rareShare,
    seededRandom(seed, "synthesize", "subjects"),
  );
  const all: Target[] = [];
  const taken = new Set<string>();
  for (const { id, type: kind } of order) {
    if (all.length >= settings.maxPaths) break;
    const subject = openSubject(id, sources);
    for (const type of types) {
      if (!type.subjects.includes(kind) || all.length >= settings.maxPaths) continue;
      const target = targetOf(type, subject, sources);
      if (target === undefined) continue;
      if (typeof target === "string") {
        drop(`${type.name}|${id}`, target);
        continue;
      }
      const { masked } = target;
      if (masked !== undefined) {
        const key = pathKeyOf(type, id, { answer: { entity: masked }, path: [] });
        if (taken.has(key)) continue;
        taken.add(key);
        balance.plan(type.ask, masked, settings.wordings);
      }
      all.push(target);
    }
  }
  return groupBy(enough(all, settings.minPathsPerType, drop), ({ subject }) => subject);
}

function targetOf(type: QuestionType, subject: Subject, sources: Sources): Target | string | undefined {
  switch (type.form) {
    case "attribute":
      return targetAttribute(type, subject, sources);
    case "diagnosis":
    case "contrast":
    case "intersection":
      return targetDiagnosis(type, subject, sources);
    case "discriminator":
    case "except":
    case "relation":
      return targetEgo(type, subject, sources);
    default:
      return type.form satisfies never;
  }
}

function enough(
  targets: readonly Target[],
  least: number,
  drop: (item: string, reason: string) => void,
): readonly Target[] {
  const counts = new Map<string, number>();
  for (const { type } of targets) counts.set(type.name, (counts.get(type.name) ?? 0) + 1);
  for (const [type, count] of counts)
    if (count < least)
      drop(type, `type with too few paths: ${count}; synthesize.minPathsPerType is ${least}`);
  return targets.filter(({ type }) => (counts.get(type.name) ?? 0) >= least);
}
