/**
 * The graph teacher: writes a reasoning trajectory by walking a question's path over the graph (paper §3.2, where
 * the teacher is a strong language model).
 *
 * It states the idea first and doubts it afterwards: findings → condition → what is asked; where it explores, it
 * then weighs a more common condition that shares findings, names the finding that contradicts it, and steps back.
 * The order matters to a small policy: naming a wrong candidate first teaches it to answer with that candidate, and
 * the last thing named tends to be copied into the answer, so a chain ends with the answer.
 *
 * Every turn carries checks: each statement is held against an edge of the graph, each contradiction against the
 * absence of one.
 */
import { invariant } from "../base/errors.ts";
import { shortHash } from "../base/hash.ts";
import type { Random } from "../base/random.ts";
import type { KnowledgeGraph } from "../graph/graph.ts";
import { factClause, symptomClause } from "../graph/verbalise.ts";
import type { Check } from "../records/check.ts";
import type { PathStep, SyntheticQuestion } from "../records/question.ts";
import { predicateSchema } from "../records/relation.ts";
import type { Trajectory, Turn } from "../records/trajectory.ts";
import { renderReply } from "./prompt.ts";

export interface TeacherSettings {
  /** Share of trajectories that weigh another condition. */
  readonly exploreShare: number;
}

/** The trajectory of one question. Label-conditioned: the path it walks ends at the gold answer. */
export function teach(
  question: SyntheticQuestion,
  graph: KnowledgeGraph,
  settings: TeacherSettings,
  random: Random,
): Trajectory {
  const { path } = question.origin;
  const answer = question.options[question.gold[0]!];
  invariant(answer !== undefined, `question ${question.id} has no option for its gold letter`);
  const symptomSteps = path.filter((step) => step.predicate === "HAS_SYMPTOM");
  const turns: Turn[] = [];
  if (symptomSteps.length > 0) {
    const disease = symptomSteps[0]!.head;
    const symptoms = symptomSteps.map((step) => step.tail);
    turns.push({
      kind: "draft",
      text: symptomClause(disease, symptoms),
      checks: symptomSteps.map((step) => edgeCheck(graph, step)),
    });
    if (random.next() < settings.exploreShare) turns.push(...weighAlternative(graph, disease, symptoms));
  }
  for (const step of path) {
    if (step.predicate === "HAS_SYMPTOM") continue;
    const clause = factClause(step.head, predicateSchema.parse(step.predicate), step.tail);
    turns.push({
      kind: turns.length === 0 ? "draft" : "explore",
      text: clause,
      checks: [edgeCheck(graph, step)],
    });
  }
  const thinking = `${turns.map((turn) => turn.text).join(". ")}.`;
  const reply = renderReply(thinking, answer);
  return {
    id: `t-${shortHash([question.id, reply])}`,
    question: question.id,
    teacher: "graph",
    turns,
    labelConditioned: true,
    reply,
    answer,
  };
}

/** A more common condition with some of the findings, the finding it lacks, and the step back. */
function weighAlternative(graph: KnowledgeGraph, disease: string, symptoms: readonly string[]): Turn[] {
  const counts = new Map<string, number>();
  for (const symptom of symptoms)
    for (const { head } of graph.into(symptom, "HAS_SYMPTOM"))
      if (head !== disease) counts.set(head, (counts.get(head) ?? 0) + 1);
  const rarity = (id: string): number => graph.entities.get(id)?.rarity.score ?? 0;
  const [candidate] = [...counts.keys()].sort(
    (a, b) => counts.get(b)! - counts.get(a)! || rarity(a) - rarity(b) || (a < b ? -1 : 1),
  );
  if (candidate === undefined) return [];
  const lacking = symptoms.find((symptom) => graph.find(candidate, "HAS_SYMPTOM", symptom) === undefined);
  if (lacking === undefined) return [];
  const absence: Check = {
    name: "contradiction",
    passed: true,
    found: `the graph has no edge "${candidate}" HAS_SYMPTOM "${lacking}"`,
  };
  return [
    { kind: "backtrack", text: `${candidate} lacks ${lacking}, so it is ${disease}`, checks: [absence] },
  ];
}

function edgeCheck(graph: KnowledgeGraph, step: PathStep): Check {
  const relation = graph.find(step.head, predicateSchema.parse(step.predicate), step.tail);
  return {
    name: "edge",
    passed: relation !== undefined,
    found: relation === undefined ? "no such edge" : `"${step.head}" ${step.predicate} "${step.tail}"`,
    ...(relation === undefined ? {} : { evidence: relation.id }),
  };
}
