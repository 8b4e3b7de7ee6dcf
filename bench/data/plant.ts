/**
 * Faults planted in clean questions, each question and each reasoning path used once. Copies of benchmark questions
 * take the place of a clean one and come as a set that was gathered somewhere, so that nothing but the copy tells.
 */
import type { Random } from "../../src/base/random.ts";
import type { KnowledgeGraph } from "../../src/graph/graph.ts";
import type { Question, SyntheticQuestion } from "../../src/records/question.ts";
import { normaliseText } from "../../src/verify/text.ts";
import { paraphrase } from "./paraphrase.ts";
import { plantDuplicateOption, plantTwoRight, plantWrongLabel } from "./plant-options.ts";
import { plantPersonalData } from "./plant-personal.ts";
import { plantLeakedAnswer, plantMissingFact, plantMojibake, plantTruncated } from "./plant-stem.ts";
import { changed, type Fault, faults, type Planted, reordered } from "./planted.ts";

interface Field {
  /** Clean questions, one of each path. */
  readonly questions: readonly SyntheticQuestion[];
  readonly graph: KnowledgeGraph;
  /** Questions of the evaluation sets. */
  readonly benchmark: readonly Question[];
}

/** `each` of every fault, as far as there are questions for it, and the clean questions that are left. */
export function plantFaults(
  { questions, graph, benchmark }: Field,
  each: number,
  random: Random,
): { readonly planted: readonly Planted[]; readonly clean: readonly SyntheticQuestion[] } {
  const planted: Planted[] = [];
  const used = new Set<SyntheticQuestion>();
  // Sets repeat some of their own stems; two copies of one would be told as repeats of each other.
  const stems = new Map(benchmark.map((question) => [normaliseText(question.stem), question]));
  const copies = random.fork("copies").shuffle([...stems.values()]);
  // What few questions allow is planted first.
  const order: readonly Fault[] = ["missingFact", "twoRight", ...faults];
  for (const fault of new Set(order)) {
    const draws = random.fork(fault);
    let count = 0;
    if (fault === "benchmarkCopy" || fault === "paraphrasedCopy") {
      while (count < each && copies.length > 0) {
        const copy = copyOf(fault, copies.pop()!, draws, count);
        if (copy === undefined) continue;
        planted.push(copy);
        count += 1;
      }
      continue;
    }
    for (const question of draws.shuffle(questions)) {
      if (count === each) break;
      if (used.has(question)) continue;
      const one = plantOne(fault, question, draws, graph, count);
      if (one === undefined) continue;
      used.add(question);
      planted.push(one);
      count += 1;
    }
  }
  return { planted, clean: questions.filter((question) => !used.has(question)) };
}

function plantOne(
  fault: Exclude<Fault, "benchmarkCopy" | "paraphrasedCopy">,
  question: SyntheticQuestion,
  random: Random,
  graph: KnowledgeGraph,
  turn: number,
): Planted | undefined {
  switch (fault) {
    case "wrongLabel":
      return plantWrongLabel(question, random);
    case "twoRight":
      return plantTwoRight(question, random, graph);
    case "missingFact":
      return plantMissingFact(question, random, graph);
    case "duplicateOption":
      return plantDuplicateOption(question, random);
    case "leakedAnswer":
      return plantLeakedAnswer(question, random);
    case "personalData":
      return plantPersonalData(question, random, turn);
    case "mojibake":
      return plantMojibake(question, random);
    case "truncated":
      return plantTruncated(question, random);
    default:
      return fault satisfies never;
  }
}

/** A benchmark question as it might lie in a set that somebody gathered: options shuffled, words kept or changed. */
function copyOf(
  fault: "benchmarkCopy" | "paraphrasedCopy",
  question: Question,
  random: Random,
  row: number,
): Planted | undefined {
  const origin = { kind: "curated" as const, dataset: "gathered", split: "train", row };
  const how = `${question.origin.kind === "curated" ? question.origin.dataset : ""} ${question.id}`;
  if (fault === "benchmarkCopy") {
    const order = random.shuffle(Object.keys(question.options));
    return { fault, question: changed(question, { ...reordered(question, order), origin }), how };
  }
  const reworded = paraphrase(question, random);
  if (reworded === undefined) return undefined;
  const share = `${(100 * reworded.share).toFixed(0)} % of the words changed`;
  return { fault, question: changed(reworded.question, { origin }), how: `${how}, ${share}` };
}
