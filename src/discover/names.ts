/**
 * From words to entities: titles, redirects, aliases, and names that have no page of their own.
 *
 * Invariant: a name leads to one entity or to none; redirect chains are followed to their end and loops end nowhere.
 */
import { invariant } from "../base/errors.ts";
import type { EntityMerge } from "../graph/merge-entities.ts";
import type { Entity, EntityType } from "../records/entity.ts";
import type { Ballots } from "./ballots.ts";
import { normaliseTitle } from "./wikitext/titles.ts";

export interface Named {
  readonly id: string;
  readonly type: EntityType;
  readonly hasPage: boolean;
}

interface Pageless {
  readonly type: EntityType;
  readonly reasons: readonly string[];
}

export interface Names {
  /** The entity that a page is about, by its title. */
  page(title: string): Named;
  /** The entity a link leads to. */
  link(target: string): Named | undefined;
  /** The entity that a title or a redirect leads to, letter by letter. */
  titled(title: string): Named | undefined;
  /** The entity that plain words name. */
  words(text: string): Named | undefined;
  /** Names without a page that are one with another name. */
  readonly merges: readonly EntityMerge[];
  /** Entities without a typed page, by id. */
  readonly pageless: ReadonlyMap<string, Pageless>;
}

/** The form in which names are compared: lower case, singular, American, plain dashes, without a bracket. */
export function nameKey(name: string): string {
  const text = name
    .toLowerCase()
    .replace(/ \([^()]*\)$/, "")
    .replace(/[‐‑–—]/g, "-")
    .replace(/[’`]/g, "'")
    .replace(/\s+/g, " ")
    .replace(/[ao]e/g, "e")
    .replace(/our\b/g, "or")
    .trim();
  if (text.length < 4) return text;
  if (text.endsWith("ies") && text.length > 5) return `${text.slice(0, -3)}y`;
  if (/(?:ss|us|is|ous)$/.test(text)) return text;
  if (/(?:sses|xes|(?<!a)ches|shes)$/.test(text)) return text.slice(0, -2);
  return text.endsWith("s") ? text.slice(0, -1) : text;
}

const MAX_HOPS = 10;

/** Follows redirects; undefined for a loop. */
export function followRedirects(redirects: ReadonlyMap<string, string>, title: string): string | undefined {
  let at = title;
  for (let hop = 0; hop <= MAX_HOPS; hop++) {
    const next = redirects.get(at);
    if (next === undefined) return at;
    at = next;
  }
  return undefined;
}

/** What openNames is told. */
export interface KnownPages {
  /** Entities that have a page, by title. */
  readonly entities: ReadonlyMap<string, Entity>;
  readonly redirects: ReadonlyMap<string, string>;
  /** Pages that tell namesakes apart, with the pages they list. */
  readonly disambiguations: ReadonlyMap<string, readonly string[]>;
  readonly notMedical: ReadonlySet<string>;
  /** Titles of entities that are another one's under a second title. */
  readonly merged: ReadonlyMap<string, string>;
}

/** Opens the names of a set of pages, and of what they name without a page. */
export function openNames(pages: KnownPages, ballots: Ballots): Names {
  const { entities, redirects, disambiguations, notMedical, merged } = pages;
  const folded = new Map<string, string>();
  const ambiguous = new Set<string>();
  const has = (title: string): boolean => entities.has(title) || merged.has(title);
  for (const title of entities.keys()) {
    const key = nameKey(title);
    const other = folded.get(key);
    // "Cold" is meant rather than "Cold (temperature)"; of two alike neither is.
    if (other !== undefined && other.endsWith(")") === title.endsWith(")")) ambiguous.add(key);
    if (other === undefined || !title.endsWith(")")) folded.set(key, title);
    if (other?.endsWith(")") && !title.endsWith(")")) ambiguous.delete(key);
  }
  const titles = new Set(folded.keys());
  const addAlias = (name: string, id: string): void => {
    const key = nameKey(name);
    if (titles.has(key)) return;
    const known = folded.get(key);
    if (known === undefined) folded.set(key, id);
    else if (known !== id) ambiguous.add(key);
  };
  for (const from of redirects.keys()) {
    const to = followRedirects(redirects, from);
    if (to !== undefined && has(to)) addAlias(from, merged.get(to) ?? to);
  }
  for (const page of entities.values()) for (const alias of page.aliases) addAlias(alias, page.id);
  const page = (title: string): Named => {
    const id = merged.get(title) ?? title;
    const found = entities.get(id);
    invariant(found !== undefined, `"${id}" is no page about an entity`);
    return { id, type: found.type, hasPage: true };
  };
  const known = (name: string): Named | undefined => {
    const title = normaliseTitle(name);
    if (has(title)) return page(title);
    const key = nameKey(name);
    const id = ambiguous.has(key) ? undefined : folded.get(key);
    return id === undefined ? undefined : page(id);
  };
  /** The one entity that a page of namesakes lists; none where it lists several. */
  const only = (title: string): Named | undefined => {
    const listed = new Set<string>();
    for (const option of disambiguations.get(title) ?? []) {
      const to = followRedirects(redirects, option);
      if (to !== undefined && has(to)) listed.add(page(to).id);
    }
    const [first] = listed;
    return first !== undefined && listed.size === 1 ? page(first) : undefined;
  };
  const pageless = new Map<string, Pageless>();
  const merges: EntityMerge[] = [];
  const byFold = new Map<string, string>();
  const typeOfPage = (name: string): EntityType | undefined =>
    known(followRedirects(redirects, name) ?? name)?.type;
  for (const { name, type, reason } of ballots.results(typeOfPage)) {
    const title = followRedirects(redirects, name) ?? name;
    const key = nameKey(title);
    const kept = known(title)?.id ?? byFold.get(key);
    if (kept !== undefined && kept !== title)
      merges.push({ kept, merged: title, by: "name", detail: `both are "${key}" when folded` });
    if (kept !== undefined || notMedical.has(title) || disambiguations.has(title)) continue;
    pageless.set(title, { type, reasons: [reason] });
    byFold.set(key, title);
  }
  const withoutPage = (name: string): Named | undefined => {
    const id = byFold.get(nameKey(name));
    const found = id === undefined ? undefined : pageless.get(id);
    return id === undefined || found === undefined ? undefined : { id, type: found.type, hasPage: false };
  };
  return {
    pageless,
    merges,
    page,
    link(target) {
      const title = followRedirects(redirects, target);
      if (title === undefined || notMedical.has(title)) return undefined;
      if (disambiguations.has(title)) return only(title);
      return known(title) ?? withoutPage(title);
    },
    titled(written) {
      const title = followRedirects(redirects, written);
      if (title === undefined) return undefined;
      if (has(title)) return page(title);
      const found = pageless.get(title);
      return found === undefined ? undefined : { id: title, type: found.type, hasPage: false };
    },
    words: (text) => known(text) ?? withoutPage(text),
  };
}
