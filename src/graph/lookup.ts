/** From what a person types to an entity: its title, an alias, or an error that names the nearest ones. */
import { UsageError } from "../base/errors.ts";
import type { Entity } from "../records/entity.ts";
import type { KnowledgeGraph } from "./graph.ts";

/** The entity of a name; case does not matter, aliases count. */
export function findEntity(graph: KnowledgeGraph, name: string): Entity {
  const exact = graph.entities.get(name);
  if (exact) return exact;
  const wanted = fold(name);
  let byAlias: Entity | undefined;
  for (const entity of graph.entities.values()) {
    if (fold(entity.id) === wanted) return entity;
    if (byAlias === undefined && entity.aliases.some((alias) => fold(alias) === wanted)) byAlias = entity;
  }
  if (byAlias) return byAlias;
  const near = nearestNames(graph, name, 3);
  const advice =
    near.length === 0 ? "the graph is empty" : `the nearest are ${near.map((one) => `"${one}"`).join(", ")}`;
  throw new UsageError(`graph: there is no entity "${name}"; ${advice}`);
}

/** Titles whose own name or alias is closest to a name, the closest first. */
export function nearestNames(graph: KnowledgeGraph, name: string, count: number): string[] {
  const wanted = fold(name);
  const scored: { id: string; distance: number }[] = [];
  for (const entity of graph.entities.values()) {
    let distance = Number.POSITIVE_INFINITY;
    for (const one of [entity.id, ...entity.aliases]) distance = Math.min(distance, apart(wanted, fold(one)));
    scored.push({ id: entity.id, distance });
  }
  return scored
    .sort((a, b) => a.distance - b.distance || (a.id < b.id ? -1 : 1))
    .slice(0, count)
    .map((one) => one.id);
}

function fold(name: string): string {
  return name
    .toLowerCase()
    .replace(/[‐‑–—]/g, "-")
    .replace(/[’`]/g, "'")
    .replace(/[\s_]+/g, " ")
    .trim();
}

/** Edits between two names; a name that holds the other counts as near. */
function apart(a: string, b: string): number {
  if (b.includes(a) || a.includes(b)) return Math.min(1.5, Math.abs(a.length - b.length) / 4 + 0.5);
  if (Math.abs(a.length - b.length) > 12) return 99;
  let previous = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = a[i - 1] === b[j - 1] ? 0 : 1;
      row.push(
        Math.min(
          (previous[j] as number) + 1,
          (row[j - 1] as number) + 1,
          (previous[j - 1] as number) + change,
        ),
      );
    }
    previous = row;
  }
  return previous[b.length] as number;
}
