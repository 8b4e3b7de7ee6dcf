/**
 * Counts of a graph folder, and the proof of its evidence: every quote is looked up again in the stored page.
 *
 * Invariant: `exact` equals `checked` in a graph that this program wrote; anything less is a defect and is shown.
 */
import type { EntityType } from "../records/entity.ts";
import type { Predicate } from "../records/relation.ts";
import { openGraph, readTable } from "./store.ts";

export interface GraphStatistics {
  readonly entities: number;
  readonly relations: number;
  readonly byType: Readonly<Partial<Record<EntityType, number>>>;
  readonly byPredicate: Readonly<Partial<Record<Predicate, number>>>;
  readonly rare: number;
  readonly evidence: { readonly checked: number; readonly exact: number };
}

/** Counts a graph folder and checks all its quotes. */
export async function graphStatistics(folder: string): Promise<GraphStatistics> {
  const graph = await openGraph(folder);
  const byType: Partial<Record<EntityType, number>> = {};
  const byPredicate: Partial<Record<Predicate, number>> = {};
  let rare = 0;
  for (const entity of graph.entities.values()) {
    byType[entity.type] = (byType[entity.type] ?? 0) + 1;
    if (entity.rarity.isRare) rare += 1;
  }
  const texts = new Map<string, { revision: number; wikitext: string }>();
  for (const row of await readTable(folder, "pages"))
    texts.set(String(row["title"]), { revision: Number(row["revision"]), wikitext: String(row["wikitext"]) });
  let checked = 0;
  let exact = 0;
  for (const relation of graph.relations.values()) {
    byPredicate[relation.predicate] = (byPredicate[relation.predicate] ?? 0) + 1;
    for (const { page, revision, start, end, quote } of relation.evidence) {
      checked += 1;
      const stored = texts.get(page);
      if (stored?.revision === revision && stored.wikitext.slice(start, end) === quote) exact += 1;
    }
  }
  return {
    entities: graph.entities.size,
    relations: graph.relations.size,
    byType: sorted(byType),
    byPredicate: sorted(byPredicate),
    rare,
    evidence: { checked, exact },
  };
}

function sorted<K extends string>(counts: Partial<Record<K, number>>): Partial<Record<K, number>> {
  const entries = Object.entries(counts) as [K, number][];
  entries.sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1));
  return Object.fromEntries(entries) as Partial<Record<K, number>>;
}

/** The counts as lines for people. */
export function renderStatistics(counts: GraphStatistics): string {
  const lines = [
    `${counts.entities} entities (${counts.rare} rare conditions), ${counts.relations} relations`,
    `evidence: ${counts.evidence.exact} of ${counts.evidence.checked} quotes equal the stored page to the character`,
    "",
    ...table(counts.byType),
    "",
    ...table(counts.byPredicate),
  ];
  return `${lines.join("\n")}\n`;
}

function table(counts: Readonly<Partial<Record<string, number>>>): string[] {
  const width = Math.max(0, ...Object.keys(counts).map((name) => name.length));
  return Object.entries(counts).map(([name, count]) => `${name.padEnd(width)}  ${String(count).padStart(7)}`);
}
