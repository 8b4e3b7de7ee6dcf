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
import { entityNames } from "../graph/naming.ts";
import { factClause, sentencesOf, symptomClause } from "../graph/verbalise.ts";
import type { GraphTeacherSection } from "../recipe/sections/coldstart.ts";
import type { Check } from "../records/check.ts";
import type { PathStep, SyntheticQuestion } from "../records/question.ts";
import { predicateSchema } from "../records/relation.ts";
import type { Trajectory, Turn } from "../records/trajectory.ts";
import { renderReply } from "./prompt.ts";

/** Writes the trajectory of a question. Label-conditioned: the path it walks ends at the gold answer. */
export type Teacher = (question: SyntheticQuestion, random: Random) => Trajectory;

/** A teacher that knows one graph. */
export function graphTeacher(graph: KnowledgeGraph, settings: GraphTeacherSection): Teacher {
  const nameOf = entityNames(graph);
  return (question, random) => {
    const answer = question.options[question.gold[0]!];
    invariant(answer !== undefined, `question ${question.id} has no option for its gold letter`);
    const turns = turnsOf(question.origin, { graph, settings, nameOf }, random);
    const reply = renderReply(sentencesOf(turns.map((turn) => turn.text)), answer);
    const id = `t-${shortHash([question.id, reply])}`;
    return {
      id,
      question: question.id,
      teacher: "graph",
      method: "graph",
      turns,
      labelConditioned: true,
      reply,
      answer,
    };
  };
}

interface Knowledge {
  readonly graph: KnowledgeGraph;
  readonly settings: GraphTeacherSection;
  nameOf(id: string): string;
}

/** Whether the path of a question still says how its answer follows; a label that a person corrected leaves it behind. */
export function canBeTaught({ language, origin }: SyntheticQuestion): boolean {
  const { path, masked, facts } = origin;
  const isOnPath = path.some(({ head, tail }) => head === masked || tail === masked);
  const isException = facts.every(({ say }) => say === "name") && path.length > 1 && !isChain(path);
  return language === "en" && (isOnPath || isException);
}

/** Whether each edge begins where the one before it ended. */
function isChain(path: readonly PathStep[]): boolean {
  return path.every(({ head }, at) => at === 0 || path[at - 1]!.tail === head);
}

function turnsOf(
  { path, facts, masked, subject }: SyntheticQuestion["origin"],
  { graph, settings, nameOf }: Knowledge,
  random: Random,
): Turn[] {
  const turns: Turn[] = [];
  const told = new Set(facts.filter(({ say }) => say === "has").map(({ entity }) => entity));
  const findings = path.filter(({ predicate, tail }) => predicate === "HAS_SYMPTOM" && told.has(tail));
  if (findings.length > 0) {
    const disease = findings[0]!.head;
    const text = settings.citeFindings
      ? symptomClause(
          nameOf(disease),
          findings.map((step) => nameOf(step.tail)),
        )
      : `the findings suggest ${nameOf(disease)}`;
    turns.push({ kind: "draft", text, checks: findings.map((step) => edgeCheck(graph, step)) });
    const alternative =
      random.next() < settings.exploreShare ? alternativeTo(graph, disease, findings) : undefined;
    if (alternative !== undefined) turns.push(stepBack(graph, alternative, disease, nameOf));
  }
  for (const step of path) {
    if (findings.includes(step)) continue;
    const text = factClause(nameOf(step.head), predicateSchema.parse(step.predicate), nameOf(step.tail));
    turns.push({ kind: turns.length === 0 ? "draft" : "explore", text, checks: [edgeCheck(graph, step)] });
  }
  const last = path.at(-1)!;
  const isException = !path.some(({ head, tail }) => head === masked || tail === masked);
  // The last thing named tends to be the answer given, so a chain that ends elsewhere is brought to it.
  if (isException) turns.push(exceptionTurn(graph, subject, last, masked, nameOf));
  else if (masked === subject && path.some((step) => !findings.includes(step)))
    turns.push({ kind: "explore", text: `all of this fits ${nameOf(masked)}`, checks: [] });
  return turns;
}

/** The turn that finds the one option to which there is no such edge. */
function exceptionTurn(
  graph: KnowledgeGraph,
  subject: string,
  { predicate }: PathStep,
  masked: string,
  nameOf: (id: string) => string,
): Turn {
  const isAbsent = !graph.has(subject, predicateSchema.parse(predicate), masked);
  return {
    kind: "explore",
    text: `nothing like this joins ${nameOf(subject)} and ${nameOf(masked)}`,
    checks: [
      {
        name: "absence",
        passed: isAbsent,
        found: `the graph has ${isAbsent ? "no" : "an"} edge "${subject}" ${predicate} "${masked}"`,
      },
    ],
  };
}

interface Alternative {
  readonly disease: string;
  /** The finding told that it does not have. */
  readonly lacks: string;
}

/** The condition that shares most findings, of equals the more common one, and a finding that contradicts it. */
function alternativeTo(
  graph: KnowledgeGraph,
  disease: string,
  findings: readonly PathStep[],
): Alternative | undefined {
  const shared = new Map<string, number>();
  for (const { tail } of findings)
    for (const { head } of graph.into(tail, "HAS_SYMPTOM"))
      if (head !== disease) shared.set(head, (shared.get(head) ?? 0) + 1);
  const rarity = (id: string): number => graph.entities.get(id)?.rarity.score ?? 0;
  const [candidate] = [...shared.keys()].sort(
    (a, b) => shared.get(b)! - shared.get(a)! || rarity(a) - rarity(b) || (a < b ? -1 : 1),
  );
  if (candidate === undefined) return undefined;
  const lacking = findings.find(({ tail }) => graph.find(candidate, "HAS_SYMPTOM", tail) === undefined);
  return lacking && { disease: candidate, lacks: lacking.tail };
}

/** The turn that weighs the other condition and goes back to the first. */
function stepBack(
  graph: KnowledgeGraph,
  { disease: other, lacks }: Alternative,
  disease: string,
  nameOf: (id: string) => string,
): Turn {
  const isAbsent = !graph.has(other, "HAS_SYMPTOM", lacks);
  const found = `the graph has ${isAbsent ? "no" : "an"} edge "${other}" HAS_SYMPTOM "${lacks}"`;
  const text = `${nameOf(other)} lacks ${nameOf(lacks)}, so it is ${nameOf(disease)}`;
  return { kind: "backtrack", text, checks: [{ name: "contradiction", passed: isAbsent, found }] };
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
