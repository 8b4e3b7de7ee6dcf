/**
 * From words to entities: titles, redirects, aliases, and names that have no page of their own.
 *
 * Invariant: a name leads to one entity or to none; redirect chains are followed to their end and loops end nowhere.
 */
import type { Entity, EntityType } from "../records/entity.ts";

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

export interface Names {
  /** The entity a link leads to, made anew when a field says what type a page-less one is of. */
  link(target: string, fallback?: EntityType, reason?: string): Named | undefined;
  /** The entity that plain words name. */
  words(text: string, fallback?: EntityType, reason?: string): Named | undefined;
  /** Entities without a typed page, in the order they were named. */
  readonly pageless: ReadonlyMap<string, { readonly type: EntityType; readonly reasons: readonly string[] }>;
}

/** The form in which names are compared: lower case, singular, plain dashes. */
export function foldName(name: string): string {
  const text = name.toLowerCase().replace(/[‐‑–—]/g, "-").replace(/[’`]/g, "'").replace(/\s+/g, " ").trim();
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

/** Opens the names of a set of pages. `notMedical` are pages that can not be named as entities. */
export function openNames(
  pages: ReadonlyMap<string, TypedPage>,
  redirects: ReadonlyMap<string, string>,
  notMedical: ReadonlySet<string>,
): Names {
  const folded = new Map<string, string>();
  const ambiguous = new Set<string>();
  const add = (name: string, id: string): void => {
    const key = foldName(name);
    const known = folded.get(key);
    if (known === undefined) folded.set(key, id);
    else if (known !== id) ambiguous.add(key);
  };
  for (const title of pages.keys()) folded.set(foldName(title), title);
  const titles = new Set(folded.keys());
  const addAlias = (name: string, id: string): void => {
    if (!titles.has(foldName(name))) add(name, id);
  };
  for (const from of redirects.keys()) {
    const to = followRedirects(redirects, from);
    if (to !== undefined && pages.has(to)) addAlias(from, to);
  }
  for (const page of pages.values()) for (const alias of page.aliases) addAlias(alias, page.title);

  const pageless = new Map<string, { type: EntityType; reasons: string[] }>();
  const pagelessByFold = new Map<string, string>();
  const typed = (id: string): Named => ({ id, type: (pages.get(id) as TypedPage).type, hasPage: true });
  const known = (name: string): Named | undefined => {
    if (pages.has(name)) return typed(name);
    const key = foldName(name);
    const id = ambiguous.has(key) ? undefined : folded.get(key);
    return id === undefined ? undefined : typed(id);
  };
  const make = (name: string, fallback: EntityType | undefined, reason: string): Named | undefined => {
    const key = foldName(name);
    const existing = pagelessByFold.get(key);
    if (existing !== undefined) {
      const entity = pageless.get(existing);
      return entity && { id: existing, type: entity.type, hasPage: false };
    }
    if (fallback === undefined) return undefined;
    const id = name.charAt(0).toUpperCase() + name.slice(1);
    pagelessByFold.set(key, id);
    pageless.set(id, { type: fallback, reasons: [reason] });
    return { id, type: fallback, hasPage: false };
  };
  return {
    pageless,
    link(target, fallback, reason = "named by a link") {
      const title = followRedirects(redirects, target);
      if (title === undefined || notMedical.has(title)) return undefined;
      return known(title) ?? make(title, fallback, reason);
    },
    words(text, fallback, reason = "named in a field") {
      const found = known(text);
      if (found) return found;
      return isName(text) ? make(text, fallback, reason) : make(text, undefined, reason);
    },
  };
}

const notInNames =
  /\b(?:based|depends?|depending|see|various|other|usually|often|if|when|then|than|may|can|is|are|by|before|after|unless|variable|many|some|most|several|any|it|its|this|they|which|that|cases?|people|years?|per|about)\b/i;

/** Whether plain words can name a concept of their own: few, without numbers, and not a remark. */
function isName(text: string): boolean {
  if (text.length < 3 || text.length > 50 || /[\d%<>{}[\]|=:"?]/.test(text)) return false;
  return text.split(" ").length <= 4 && /\p{L}/u.test(text) && !notInNames.test(text);
}
