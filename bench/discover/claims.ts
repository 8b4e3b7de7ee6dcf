/**
 * What a graph read from one page, turned to the page's entity, and how its names meet those of the labels.
 *
 * Invariant: a relation counts for a page when one of its places is on the page. A relation and its mirror (TREATS,
 * TREATED_WITH) on one page count once.
 */
import { nameKey } from "../../src/discover/names.ts";
import type { KnowledgeGraph } from "../../src/graph/graph.ts";
import type { Entity } from "../../src/records/entity.ts";
import type { Predicate, RelationEvidence } from "../../src/records/relation.ts";
import type { Block, GoldPage, Label } from "./gold.ts";

/** A relation as one page has it, turned to the page's entity. */
export interface Claim {
  readonly predicate: string;
  readonly other: Entity;
  readonly places: RelationEvidence[];
}

export interface Known {
  /** Entities by each folded name. */
  readonly byName: ReadonlyMap<string, readonly Entity[]>;
  readonly namesOf: ReadonlyMap<string, ReadonlySet<string>>;
}

/** Indexes every name of a graph. */
export function namesOf(graph: KnowledgeGraph): Known {
  const byName = new Map<string, Entity[]>();
  const own = new Map<string, ReadonlySet<string>>();
  for (const entity of graph.entities.values()) {
    const names = new Set([entity.id, ...entity.aliases].map(nameKey));
    own.set(entity.id, names);
    for (const name of names) byName.set(name, [...(byName.get(name) ?? []), entity]);
  }
  return { byName, namesOf: own };
}

/** Whether an entity has one of the names, by its id or an alias. */
export function isCalled(entity: Entity, names: readonly string[], known: Known): boolean {
  const own = known.namesOf.get(entity.id);
  return names.some((name) => own?.has(nameKey(name)));
}

const mirrors: Readonly<Partial<Record<Predicate, Predicate>>> = {
  TREATS: "TREATED_WITH",
  TREATED_WITH: "TREATS",
  CAUSED_BY: "PATHOGEN_OF",
  PATHOGEN_OF: "CAUSED_BY",
  DIFFERENTIAL_DIAGNOSIS: "DIFFERENTIAL_DIAGNOSIS",
  INTERACTS_WITH: "INTERACTS_WITH",
};

/** A predicate seen from its tail: its mirror where the page's entity may head it, else the same one turned round. */
function turned(predicate: Predicate, page: GoldPage): string {
  const mirror = mirrors[predicate];
  const isOwn =
    mirror === "TREATS"
      ? page.types.some((type) => type === "drug" || type === "drug class")
      : mirror === "PATHOGEN_OF"
        ? page.types.includes("pathogen")
        : mirror !== undefined;
  return isOwn ? (mirror as string) : `^${predicate}`;
}

/** What a graph read from a page, turned to the page's entity; other pairs keep both names in the predicate. */
export function claimsOf(graph: KnowledgeGraph, page: GoldPage, known: Known): Claim[] {
  const claims = new Map<string, Claim>();
  const own = graph.entities.get(page.title) ?? known.byName.get(nameKey(page.title))?.[0];
  for (const relation of graph.relations.values()) {
    const places = relation.evidence.filter((place) => place.page === page.title);
    if (places.length === 0) continue;
    const head = graph.entities.get(relation.head) as Entity;
    const tail = graph.entities.get(relation.tail) as Entity;
    const [predicate, other] =
      head === own
        ? [relation.predicate, tail]
        : tail === own
          ? [turned(relation.predicate, page), head]
          : [`(${relation.head}) ${relation.predicate}`, tail];
    const key = `${predicate}\u001f${other.id}`;
    const claim = claims.get(key);
    if (claim) claim.places.push(...places);
    else claims.set(key, { predicate, other, places: [...places] });
  }
  return dropMirrors([...claims.values()]);
}

/** Leaves out pairs without the page's entity that only mirror another such pair. */
function dropMirrors(claims: readonly Claim[]): Claim[] {
  const seen = new Set<string>();
  return claims.filter(({ predicate, other }) => {
    const pair = /^\((.*)\) ([A-Z_]+)$/.exec(predicate);
    const mirror = pair && mirrors[pair[2] as Predicate];
    if (!pair || !mirror) return true;
    seen.add(`${pair[1]}\u001f${pair[2]}\u001f${other.id}`);
    return !seen.has(`${other.id}\u001f${mirror}\u001f${pair[1]}`);
  });
}

/** The labels of some blocks that a claim meets. */
export function labelsFor(page: GoldPage, claim: Claim, blocks: readonly Block[], known: Known): Label[] {
  return page.labels.filter(
    (label) =>
      blocks.includes(label.block) &&
      label.predicate === claim.predicate &&
      isCalled(claim.other, label.names, known),
  );
}

/** Whether one of the ways of reading gave a place of it. */
export const readBy = (claim: Claim, methods: readonly RelationEvidence["method"][]): boolean =>
  claim.places.some(({ method }) => methods.includes(method));

/** The predicate without its turn and without a foreign head. */
export function bare(predicate: string): string {
  return predicate.replace(/^\^|^\(.*\) /, "");
}

/** Whether a claim is what a label says. */
export function isLabel(claim: Claim, label: Pick<Label, "predicate" | "names">, known: Known): boolean {
  return claim.predicate === label.predicate && isCalled(claim.other, label.names, known);
}
