/** One entity with everything the graph says of it, each relation with the words it was read from. */
import type { Entity } from "../records/entity.ts";
import type { Predicate, Relation } from "../records/relation.ts";
import type { KnowledgeGraph } from "./graph.ts";
import { findEntity } from "./lookup.ts";

export interface ShownEntity {
  readonly entity: Entity;
  /** Relations that leave it. */
  readonly out: readonly Relation[];
  /** Relations that reach it. */
  readonly into: readonly Relation[];
}

/** Looks an entity up by title or alias. */
export function showEntity(graph: KnowledgeGraph, name: string): ShownEntity {
  const entity = findEntity(graph, name);
  return { entity, out: graph.out(entity.id), into: graph.into(entity.id) };
}

/** The entity as lines for people; at most `limit` relations of one predicate and direction. */
export function renderEntity({ entity, out, into }: ShownEntity, limit = 12): string {
  const { rarity, page } = entity;
  const lines = [
    `${entity.id} (${entity.type})`,
    page ? `  page ${page.pageId}, revision ${page.revision}` : "  no page of its own",
    `  type: ${entity.typeReasons.join("; ")}`,
  ];
  if (entity.aliases.length > 0) lines.push(`  also: ${entity.aliases.join(", ")}`);
  const codes = Object.entries(entity.identifiers);
  if (codes.length > 0) lines.push(`  codes: ${codes.map(([name, code]) => `${name} ${code}`).join(", ")}`);
  if (entity.type === "disease") {
    const words = rarity.isRare ? "rare" : "not known to be rare";
    lines.push(`  rarity: ${words}, ${rarity.score} (${rarity.reasons.join("; ")})`);
  }
  for (const [predicate, relations] of grouped(out)) {
    lines.push("", predicate);
    for (const one of relations.slice(0, limit)) lines.push(...renderRelation(one.tail, one));
    if (relations.length > limit) lines.push(`  … and ${relations.length - limit} more`);
  }
  for (const [predicate, relations] of grouped(into)) {
    lines.push("", `${predicate} of`);
    for (const one of relations.slice(0, limit)) lines.push(...renderRelation(one.head, one));
    if (relations.length > limit) lines.push(`  … and ${relations.length - limit} more`);
  }
  return `${lines.join("\n")}\n`;
}

function grouped(relations: readonly Relation[]): Map<Predicate, Relation[]> {
  const groups = new Map<Predicate, Relation[]>();
  for (const relation of relations) {
    const group = groups.get(relation.predicate);
    if (group) group.push(relation);
    else groups.set(relation.predicate, [relation]);
  }
  return groups;
}

function renderRelation(other: string, relation: Relation): string[] {
  const [first] = relation.evidence;
  const more = relation.evidence.length > 1 ? ` (+${relation.evidence.length - 1})` : "";
  const section = first?.section === "" ? "lead" : first?.section;
  return [
    `  ${other}  [${relation.confidence.toFixed(2)}, ${relation.method}]`,
    `    ${first?.page}, revision ${first?.revision}, ${section}, ${first?.start}–${first?.end}${more}: ${oneLine(first?.quote ?? "")}`,
  ];
}

/** A quote on one line, cut to what a terminal shows. */
export function oneLine(quote: string): string {
  const line = quote.replace(/\s+/g, " ");
  return line.length > 160 ? `“${line.slice(0, 157)}…”` : `“${line}”`;
}
