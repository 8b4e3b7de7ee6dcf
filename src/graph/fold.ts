/**
 * The form under which a name is looked up: "Sjögren’s  Syndrome" and "sjogren's syndrome" are the same name. Kept
 * beside each alias in the tables, so that SQL compares what this function made.
 */

/** A name without case, accents, kinds of hyphen and apostrophe, and surplus space. */
export function foldName(name: string): string {
  return name
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .toLowerCase()
    .replace(/[\u2010-\u2015\u2212]/g, "-")
    .replace(/[\u2018\u2019\u02bc`]/g, "'")
    .replace(/[\s_]+/g, " ")
    .trim();
}
