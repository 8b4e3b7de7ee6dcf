/** What the questions cover of the graph, for `coverage.json` and the report. */
import type { KnowledgeGraph } from "../graph/graph.ts";
import type { SyntheticQuestion } from "../records/question.ts";

export interface CoverageReport {
  readonly paths: number;
  readonly questions: number;
  readonly rarePaths: number;
  /** Share of paths whose subject is rare. */
  readonly rareShare: number;
  /** Entities that occur in a path, of all entities. */
  readonly entities: { readonly used: number; readonly all: number };
  /** Relations walked by some path, of all relations, by predicate. */
  readonly predicates: Readonly<Record<string, { readonly used: number; readonly all: number }>>;
  readonly types: Readonly<
    Record<string, { readonly paths: number; readonly questions: number; readonly rare: number }>
  >;
  /** How often each position holds the answer. */
  readonly goldLetters: Readonly<Record<string, number>>;
  /** Paths, subsets and questions that were not used, by reason. */
  readonly dropped: Readonly<Record<string, number>>;
}

/** Counts entities, relations, types and drops. */
export function coverageOf(
  graph: KnowledgeGraph,
  questions: readonly SyntheticQuestion[],
  dropped: ReadonlyMap<string, number>,
): CoverageReport {
  const paths = new Map<string, SyntheticQuestion>();
  const entities = new Set<string>();
  const relations = new Set<string>();
  const types = new Map<string, { paths: number; questions: number; rare: number }>();
  const goldLetters: Record<string, number> = {};
  for (const question of questions) {
    const { origin } = question;
    const type = types.get(origin.type) ?? { paths: 0, questions: 0, rare: 0 };
    types.set(origin.type, type);
    type.questions += 1;
    if (!paths.has(origin.pathKey)) {
      paths.set(origin.pathKey, question);
      type.paths += 1;
      if (origin.isRare) type.rare += 1;
    }
    for (const letter of question.gold) goldLetters[letter] = (goldLetters[letter] ?? 0) + 1;
    for (const step of origin.path) {
      relations.add(step.relation);
      entities.add(step.head).add(step.tail);
    }
  }
  const predicates: Record<string, { used: number; all: number }> = {};
  for (const relation of graph.relations.values()) {
    predicates[relation.predicate] ??= { used: 0, all: 0 };
    const count = predicates[relation.predicate]!;
    count.all += 1;
    if (relations.has(relation.id)) count.used += 1;
  }
  const rarePaths = [...paths.values()].filter((question) => question.origin.isRare).length;
  return {
    paths: paths.size,
    questions: questions.length,
    rarePaths,
    rareShare: paths.size === 0 ? 0 : rarePaths / paths.size,
    entities: { used: entities.size, all: graph.entities.size },
    predicates: sorted(Object.entries(predicates)),
    types: sorted([...types]),
    goldLetters: sorted(Object.entries(goldLetters)),
    dropped: sorted([...dropped]),
  };
}

function sorted<T>(entries: readonly (readonly [string, T])[]): Record<string, T> {
  return Object.fromEntries([...entries].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}
