/** Titles as MediaWiki compares them, and what a link leads to: a page, a place that is skipped, or this page. */

export type LinkTarget =
  | { readonly kind: "page"; readonly title: string }
  | { readonly kind: "here" }
  | { readonly kind: "skipped" };

/** Namespaces that show a picture or file a page, by language; each row is a language. */
const skippedNamespaces: Readonly<Record<string, readonly string[]>> = {
  en: ["file", "image", "category", "media"],
  de: ["datei", "bild", "kategorie"],
  es: ["archivo", "imagen", "categoría"],
  fr: ["fichier", "catégorie"],
  it: ["categoria"],
  zh: ["文件", "图像", "檔案", "分类", "分類"],
  hy: ["պատկեր", "կատեգորիա"],
};

const categoryNames = new Set([
  "category",
  "kategorie",
  "categoría",
  "catégorie",
  "categoria",
  "分类",
  "分類",
  "կատեգորիա",
]);

/** Namespaces whose links are words of the sentence but no entities. */
const otherNamespaces = new Set([
  "template",
  "help",
  "wikipedia",
  "wp",
  "portal",
  "special",
  "user",
  "talk",
  "draft",
  "module",
  "wikt",
  "wiktionary",
  "s",
  "wikisource",
  "commons",
  "d",
  "wikidata",
  "q",
  "species",
  "wikispecies",
  "meta",
  "m",
  "mw",
]);

const skipped = new Set(Object.values(skippedNamespaces).flat());

/** A title with spaces for `_`, single spaces, and its first letter in upper case. */
export function normaliseTitle(title: string): string {
  let text = title;
  if (/[_\s]/.test(text)) text = text.replace(/[\s_]+/g, " ").trim();
  if (text.includes("&"))
    text = text
      .replace(/&nbsp;/g, " ")
      .replace(/&ndash;/g, "–")
      .replace(/&amp;/g, "&");
  const first = text.charAt(0);
  const upper = first.toUpperCase();
  return upper === first || upper.length !== 1 ? text : upper + text.slice(1);
}

/** Where the part of a link before its pipe leads. */
export function linkTarget(written: string): LinkTarget {
  let text = written.trim();
  const isText = text.startsWith(":");
  if (isText) text = text.slice(1);
  const hash = text.indexOf("#");
  if (hash === 0) return { kind: "here" };
  if (hash > 0) text = text.slice(0, hash);
  const colon = text.indexOf(":");
  if (colon > 0) {
    const space = text.slice(0, colon).trim().toLowerCase();
    if (skipped.has(space)) return isText ? { kind: "here" } : { kind: "skipped" };
    if (otherNamespaces.has(space)) return { kind: "here" };
    if (/^[a-z]{2,3}(?:-[a-z]+)?$/.test(space) && text.charCodeAt(colon + 1) !== 32)
      return isText ? { kind: "here" } : { kind: "skipped" };
  }
  if (/[\n{}[\]<>|]/.test(text)) return { kind: "here" };
  const title = normaliseTitle(text);
  return title === "" ? { kind: "here" } : { kind: "page", title };
}

/** The name of the category that a link files its page under, if it does. */
export function categoryOf(written: string): string | undefined {
  const colon = written.indexOf(":");
  if (colon === -1 || !categoryNames.has(written.slice(0, colon).trim().toLowerCase())) return undefined;
  return normaliseTitle(written.slice(colon + 1));
}

/** Title of a file name: `_` as spaces, percent signs decoded. */
export function titleOfFile(name: string): string {
  const bare = name.replaceAll("_", " ");
  try {
    return decodeURIComponent(bare);
  } catch {
    return bare;
  }
}

const redirectWords = [
  "redirect",
  "weiterleitung",
  "redirección",
  "redirection",
  "rinvia",
  "重定向",
  "վերահղում",
];

/** The title a redirect leads to, read from its text. */
export function redirectOf(wikitext: string): string | undefined {
  const found = /^\s*#([^\s[:]+)\s*:?\s*\[\[([^\]|#\n]+)/u.exec(wikitext.slice(0, 600));
  if (!found || !redirectWords.includes((found[1] as string).toLowerCase())) return undefined;
  return normaliseTitle(found[2] as string);
}
