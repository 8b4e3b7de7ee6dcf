/**
 * Whether the planted set is true: claims of clean texts are edges of the sample graph, planted contradictions
 * contradict one, sums of clean texts are right and planted ones wrong. Evaluated with sums.ts, which shares nothing
 * with the checks that are measured.
 */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { KnowledgeGraph } from "../../src/graph/graph.ts";
import { predicateSchema } from "../../src/records/relation.ts";
import { faultKinds, type Planted, type ReasoningText } from "./planted.ts";
import type { PlantedSet } from "./set.ts";
import { equationsIn, holds } from "./sums.ts";

export const GUIDELINES = join(import.meta.dirname, "guidelines.md");

/** Names of the statements in the file of guidelines. */
export async function guidelineTopics(): Promise<Set<string>> {
  const text = await readFile(GUIDELINES, "utf8");
  return new Set([...text.matchAll(/^- ([^:]+):/gm)].map(([, topic]) => topic as string));
}

/** What is untrue of the texts themselves, in words; empty for a sound set. */
export function faultsOfTexts({ clean, planted }: PlantedSet): string[] {
  return [
    ...clean.flatMap(faultsOfSums),
    ...planted.flatMap(faultsOfPlant),
    ...repeated([...clean, ...planted].map(({ id }) => id)).map((id) => `${id}: two texts have this name`),
    ...repeated(clean.map(({ text }) => text)).map((text) => `two clean texts are "${text.slice(0, 60)}…"`),
    ...repeated(planted.map(({ letters, text }) => letters + text)).map(
      (text) => `two faulty texts are "${text.slice(0, 60)}…"`,
    ),
  ];
}

function faultsOfSums({ id, sums, text }: ReasoningText): string[] {
  return [
    ...sums.filter((one) => !holds(one)).map((one) => `${id}: ${one} is false`),
    ...sums
      .filter((one) => !saysResult(text, one))
      .map((one) => `${id}: the result of ${one} is not in its text`),
    ...equationsIn(text)
      .filter((one) => !holds(one))
      .map((one) => `${id}: "${one}" in its text is false`),
  ];
}

function saysResult(text: string, equation: string): boolean {
  const value = Number(equation.split("=")[1]);
  return (text.replace(/(\d),(?=\d{3})/g, "$1").match(/\d+(?:\.\d+)?/g) ?? []).some(
    (said) => Math.abs(Number(said) - value) < 1e-9 || Math.abs(100 * Number(said) - value) < 1e-9,
  );
}

function faultsOfPlant(one: Planted): string[] {
  const { id, kind, how, words, place, text, wrong } = one;
  return [
    ...(text.includes(words) ? [] : [`${id}: its words at fault are not in its text`]),
    ...(place === undefined || text.slice(...place) === words
      ? []
      : [`${id}: its place is not that of its words`]),
    ...((kind === "sum" || kind === "formula") && wrong === undefined
      ? [`${id}: it has no false equation`]
      : []),
    ...(wrong !== undefined && holds(wrong) ? [`${id}: ${wrong} is true`] : []),
    ...(kind === "contradiction" && one.edge === undefined && one.snippet === undefined
      ? [`${id}: it contradicts nothing`]
      : []),
    ...(kind === "contradiction" && how === "wrong" && one.false === undefined
      ? [`${id}: it does not say which edge it makes up`]
      : []),
    ...(faultKinds.includes(kind) ? [] : [`${id}: ${kind} is no kind of fault`]),
  ];
}

function repeated(texts: readonly string[]): string[] {
  const seen = new Set<string>();
  return texts.filter((text) => seen.size === seen.add(text).size);
}

/** What is untrue of the claims against a graph and the topics of the guidelines, in words. */
export function faultsOfClaims(
  { clean, planted }: PlantedSet,
  graph: Pick<KnowledgeGraph, "has">,
  topics: ReadonlySet<string>,
): string[] {
  const has = (edge: string): boolean => {
    const [head = "", predicate = "", tail = ""] = edge.split(" > ");
    return graph.has(head, predicateSchema.parse(predicate), tail);
  };
  return [
    ...clean.flatMap(({ id, claims }) =>
      claims.filter((claim) => !has(claim)).map((claim) => `${id}: the graph does not have ${claim}`),
    ),
    ...planted.flatMap(({ id, how, edge, false: made, snippet }) => [
      ...(edge !== undefined && !has(edge)
        ? [`${id}: the graph does not have ${edge}, which it contradicts`]
        : []),
      ...(how === "contraindicated" && edge?.split(" > ")[1] !== "CONTRAINDICATED_IN"
        ? [`${id}: ${edge} is no contraindication`]
        : []),
      ...(made !== undefined && has(made) ? [`${id}: ${made} is in the graph`] : []),
      ...(made !== undefined && edge !== undefined && !isRival(made, edge)
        ? [`${id}: ${made} is not about what ${edge} is about`]
        : []),
      ...(snippet !== undefined && !topics.has(snippet) ? [`${id}: there is no guideline "${snippet}"`] : []),
    ]),
  ];
}

/** Whether two edges have the same head and predicate. */
function isRival(one: string, other: string): boolean {
  return one.split(" > ").slice(0, 2).join() === other.split(" > ").slice(0, 2).join();
}
