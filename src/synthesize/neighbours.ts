/**
 * What is most like a subject, where wrong options are taken from (paper §3.1, relation-preserving perturbation).
 *
 * Invariant: no neighbour is kin of the subject.
 */
import type { KnowledgeGraph } from "../graph/graph.ts";
import { hopEnds, kinOf, opposite, type Step } from "../graph/sampling.ts";
import { hashOf } from "./some-of.ts";

export interface Neighbour {
  readonly id: string;
  readonly likeness: number;
  /** Symptoms, or for other kinds of entities ends, that both have. */
  readonly shared: readonly string[];
}

/** What more entities than this have says little and costs much to follow. */
const crowd = 1000;
const followed = 64;

/** What makes two entities of a type alike, each with its weight: rare ends in common count most. */
const likeBy: Readonly<Record<string, readonly (readonly [Step, number])[]>> = {
  disease: [
    ["HAS_SYMPTOM", 1],
    ["BELONGS_TO_SPECIALTY", 0.2],
    ["HAS_MECHANISM", 0.3],
  ],
  drug: [
    ["TREATS", 1],
    ["~TREATED_WITH", 1],
    ["HAS_SIDE_EFFECT", 0.5],
    ["CONTRAINDICATED_IN", 0.3],
    ["METABOLISED_BY", 0.2],
  ],
  "drug class": [
    ["TREATS", 1],
    ["~TREATED_WITH", 1],
    ["HAS_SIDE_EFFECT", 0.5],
  ],
  pathogen: [["PATHOGEN_OF", 1]],
};

/** The entities most like one, of its own type. */
export function neighboursOf(graph: KnowledgeGraph, id: string, count: number): Neighbour[] {
  const type = graph.entities.get(id)?.type;
  const scores = new Map<string, { likeness: number; shared: string[] }>();
  const add = (other: string, likeness: number, shared?: string): void => {
    if (other === id || graph.entities.get(other)?.type !== type) return;
    const score = scores.get(other) ?? { likeness: 0, shared: [] };
    scores.set(other, score);
    score.likeness += likeness;
    if (shared !== undefined) score.shared.push(shared);
  };
  for (const [step, weight] of likeBy[type ?? ""] ?? [])
    for (const end of hopEnds(graph, id, step)) {
      const others = hopEnds(graph, end, opposite(step));
      const isCrowd = others.length > crowd;
      // Of a crowd only a part is followed, which part depends on the entity, so that not all have the same few.
      const from = isCrowd ? hashOf(id) % (others.length - followed) : 0;
      const each = weight / Math.log2(2 + others.length);
      for (const other of isCrowd ? others.slice(from, from + followed) : others)
        add(other, each, step === "HAS_SYMPTOM" || type !== "disease" ? end : undefined);
    }
  for (const tail of graph.tails(id, "DIFFERENTIAL_DIAGNOSIS")) add(tail, 1);
  for (const head of graph.heads(id, "DIFFERENTIAL_DIAGNOSIS")) add(head, 1);
  const kin = kinOf(graph, id);
  return [...scores]
    .filter(([other]) => !kin.has(other))
    .map(([other, score]) => ({ id: other, ...score }))
    .sort((a, b) => b.likeness - a.likeness || (a.id < b.id ? -1 : 1))
    .slice(0, count);
}
