/**
 * Entities that are one thing under two titles (paper §3.1, concepts of the graph). Two pages are one only when a code
 * that names a single thing is the same, the types are the same, and one bears the other's name: a code copied to a
 * neighbouring page is commoner than a second page.
 *
 * Invariant: the outcome does not depend on the order of the entities; every merge is told with its reason.
 */
import type { Entity } from "../records/entity.ts";
import { foldName } from "./fold.ts";

/** One line of the log of merges. */
export interface EntityMerge {
  /** Id of the entity that stays. */
  readonly kept: string;
  /** The title or name that is now another name of it. */
  readonly merged: string;
  readonly by: "redirect" | "identifier" | "name";
  /** What shows it: the code, the folded name. */
  readonly detail: string;
}

export interface MergedEntities {
  /** Entities that stay, by id, with the names and codes of those that went. */
  readonly entities: ReadonlyMap<string, Entity>;
  /** Ids that went, and what they are now. */
  readonly merged: ReadonlyMap<string, string>;
  readonly log: readonly EntityMerge[];
}

/** Vocabularies in which one code is one thing; a class such as ICD-10 holds many. */
const naming = new Set([
  "UNII",
  "CAS",
  "DrugBank",
  "PubChem",
  "ChEMBL",
  "MeSH",
  "OMIM",
  "Orphanet",
  "UMLS",
  "HGNC symbol",
  "UniProt",
]);

/** Joins entities that are one; of two pages the older one stays, and of names without one the first by code points. */
export function mergeEntities(all: Iterable<Entity>): MergedEntities {
  const entities = new Map<string, Entity>();
  const merged = new Map<string, string>();
  const log: EntityMerge[] = [];
  const byCode = new Map<string, string[]>();
  const file = (entity: Entity, id: string): void => {
    for (const key of codesOf(entity)) byCode.set(key, [...(byCode.get(key) ?? []), id]);
  };
  const ordered = [...all].sort(olderFirst);
  for (const entity of ordered) {
    const found = findTwin(entity, entities, byCode);
    if (found === undefined) {
      entities.set(entity.id, entity);
      file(entity, entity.id);
      continue;
    }
    const { twin, code } = found;
    file(entity, twin.id);
    merged.set(entity.id, twin.id);
    log.push({ kept: twin.id, merged: entity.id, by: "identifier", detail: code });
    const aliases = [...new Set([...twin.aliases, entity.id, ...entity.aliases])].filter(
      (alias) => alias !== twin.id,
    );
    entities.set(twin.id, {
      ...twin,
      aliases,
      identifiers: { ...entity.identifiers, ...twin.identifiers },
      ...(entity.labels === undefined ? {} : { labels: { ...entity.labels, ...twin.labels } }),
    });
  }
  return { entities, merged, log };
}

function findTwin(
  entity: Entity,
  entities: ReadonlyMap<string, Entity>,
  byCode: ReadonlyMap<string, readonly string[]>,
): { twin: Entity; code: string } | undefined {
  for (const code of codesOf(entity)) {
    for (const id of byCode.get(code) ?? []) {
      const twin = entities.get(id);
      if (twin?.type === entity.type && shareName(twin, entity)) return { twin, code };
    }
  }
  return undefined;
}

function codesOf({ identifiers }: Entity): string[] {
  return Object.entries(identifiers)
    .filter(([vocabulary, code]) => naming.has(vocabulary) && code !== "")
    .map(([vocabulary, code]) => `${vocabulary} ${code}`)
    .sort();
}

/** Whether the title of one is a name of the other. */
function shareName(a: Entity, b: Entity): boolean {
  const names = (entity: Entity): Set<string> =>
    new Set([plain(entity.id), ...entity.aliases.map((alias) => plain(alias))]);
  return names(a).has(plain(b.id)) || names(b).has(plain(a.id));
}

/** A name without the bracketed word that tells it from its namesakes. */
function plain(name: string): string {
  return foldName(name.replace(/ \([^()]*\)$/, ""));
}

function olderFirst(a: Entity, b: Entity): number {
  const age = ({ page }: Entity): number => page?.pageId ?? Number.POSITIVE_INFINITY;
  if (age(a) !== age(b)) return age(a) - age(b);
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}
