/** What the questions cover of the graph, for `coverage.json` and the report; counted as the questions come. */
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
  readonly hops: Readonly<Record<string, number>>;
  readonly languages: Readonly<Record<string, number>>;
  /** How often each position holds the answer. */
  readonly goldLetters: Readonly<Record<string, number>>;
  /** Paths, subsets and questions that were not used, by reason. */
  readonly dropped: Readonly<Record<string, number>>;
}

export interface CoverageCount {
  add(question: SyntheticQuestion): void;
  drop(reason: string): void;
  report(): CoverageReport;
}

/** Counts entities, relations, types and drops of one graph. */
export function countCoverage(graph: KnowledgeGraph): CoverageCount {
  const paths = new Map<string, Set<string>>();
  const entities = new Set<string>();
  const relations = new Map<string, Set<string>>();
  const types = new Map<string, { paths: number; questions: number; rare: number }>();
  const [hops, languages, letters, dropped] = [new Map(), new Map(), new Map(), new Map()] as [
    Tally,
    Tally,
    Tally,
    Tally,
  ];
  let questions = 0;
  let pathCount = 0;
  let rarePaths = 0;
  return {
    add({ origin, gold, language }) {
      questions += 1;
      const type = types.get(origin.type) ?? { paths: 0, questions: 0, rare: 0 };
      types.set(origin.type, type);
      type.questions += 1;
      const known = paths.get(origin.type) ?? new Set();
      paths.set(origin.type, known);
      if (!known.has(origin.pathKey)) {
        known.add(origin.pathKey);
        pathCount += 1;
        type.paths += 1;
        if (origin.isRare) {
          type.rare += 1;
          rarePaths += 1;
        }
      }
      count(hops, String(origin.hops));
      count(languages, language);
      for (const letter of gold) count(letters, letter);
      for (const { relation, predicate, head, tail } of origin.path) {
        const walked = relations.get(predicate) ?? new Set();
        relations.set(predicate, walked);
        walked.add(relation);
        entities.add(head).add(tail);
      }
    },
    drop: (reason) => count(dropped, reason),
    report() {
      const predicates = [...graph.tally()]
        .filter(([, tally]) => tally.relations > 0)
        .map(
          ([name, tally]) => [name, { used: relations.get(name)?.size ?? 0, all: tally.relations }] as const,
        );
      return {
        paths: pathCount,
        questions,
        rarePaths,
        rareShare: pathCount === 0 ? 0 : rarePaths / pathCount,
        entities: { used: entities.size, all: graph.entities.size },
        predicates: sorted(predicates),
        types: sorted(types),
        hops: sorted(hops),
        languages: sorted(languages),
        goldLetters: sorted(letters),
        dropped: sorted(dropped),
      };
    },
  };
}

type Tally = Map<string, number>;

function count(tally: Tally, key: string): void {
  tally.set(key, (tally.get(key) ?? 0) + 1);
}

function sorted<T>(entries: Iterable<readonly [string, T]>): Record<string, T> {
  return Object.fromEntries([...entries].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}
