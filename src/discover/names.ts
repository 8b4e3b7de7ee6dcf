/**
 * From words to entities: titles, redirects, aliases, and names that have no page of their own.
 *
 * Invariant: a name leads to one entity or to none; redirect chains are followed to their end and loops end nowhere.
 */
import type { Entity, EntityType } from "../records/entity.ts";
import type { Ballots } from "./ballots.ts";

/** What is known of a page after the first reading. */
export interface TypedPage {
  readonly title: string;
  readonly type: EntityType;
  readonly reasons: readonly string[];
  readonly pageId: number;
  readonly revision: number;
  readonly aliases: readonly string[];
  readonly identifiers: Readonly<Record<string, string>>;
  readonly rarity: Entity["rarity"];
}

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
  /** The entity a link leads to. */
  link(target: string): Named | undefined;
  /** The entity that plain words name. */
  words(text: string): Named | undefined;
  /** Entities without a typed page, by id. */
  readonly pageless: ReadonlyMap<string, Pageless>;
}

/** The form in which names are compared: lower case, singular, American, plain dashes, without a bracket. */
export function foldName(name: string): string {
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
  if (/(?:sses|xes|ches|shes)$/.test(text)) return text.slice(0, -2);
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

/** Opens the names of a set of pages, and of what they name without a page. */
export function openNames(
  pages: ReadonlyMap<string, TypedPage>,
  redirects: ReadonlyMap<string, string>,
  notMedical: ReadonlySet<string>,
  ballots: Ballots,
): Names {
  const folded = new Map<string, string>();
  const ambiguous = new Set<string>();
  for (const title of pages.keys()) {
    const key = foldName(title);
    if (!folded.has(key) || !title.endsWith(")")) folded.set(key, title);
  }
  const titles = new Set(folded.keys());
  const addAlias = (name: string, id: string): void => {
    const key = foldName(name);
    if (titles.has(key)) return;
    const known = folded.get(key);
    if (known === undefined) folded.set(key, id);
    else if (known !== id) ambiguous.add(key);
  };
  for (const from of redirects.keys()) {
    const to = followRedirects(redirects, from);
    if (to !== undefined && pages.has(to)) addAlias(from, to);
  }
  for (const page of pages.values()) for (const alias of page.aliases) addAlias(alias, page.title);
  const typed = (id: string): Named => ({ id, type: (pages.get(id) as TypedPage).type, hasPage: true });
  const known = (name: string): Named | undefined => {
    if (pages.has(name)) return typed(name);
    const key = foldName(name);
    const id = ambiguous.has(key) ? undefined : folded.get(key);
    return id === undefined ? undefined : typed(id);
  };
  const pageless = new Map<string, Pageless>();
  const byFold = new Map<string, string>();
  const typeOfPage = (name: string): EntityType | undefined =>
    known(followRedirects(redirects, name) ?? name)?.type;
  for (const { name, type, reason } of ballots.results(typeOfPage)) {
    const title = followRedirects(redirects, name) ?? name;
    const key = foldName(title);
    if (known(title) !== undefined || notMedical.has(title) || byFold.has(key)) continue;
    pageless.set(title, { type, reasons: [reason] });
    byFold.set(key, title);
  }
  const withoutPage = (name: string): Named | undefined => {
    const id = byFold.get(foldName(name));
    const found = id === undefined ? undefined : pageless.get(id);
    return id === undefined || found === undefined ? undefined : { id, type: found.type, hasPage: false };
  };
  return {
    pageless,
    link(target) {
      const title = followRedirects(redirects, target);
      if (title === undefined || notMedical.has(title)) return undefined;
      return known(title) ?? withoutPage(title);
    },
    words: (text) => known(text) ?? withoutPage(text),
  };
}
