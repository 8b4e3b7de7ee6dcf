/** Titles as MediaWiki compares them, and what a link leads to: a page, a place that is skipped, or this page. */
import { decodeEntities } from "./entities.ts";
import { categoryNames, fileNames, languageCodes, otherNames } from "./namespaces.ts";

export type LinkTarget =
  | { readonly kind: "page"; readonly title: string }
  /** Words without a page: a place on this page, a page that is no article, another project. */
  | { readonly kind: "here" }
  /** Nothing that a reader of the prose sees: a file, a category, the page in another language. */
  | { readonly kind: "skipped" };

const here: LinkTarget = { kind: "here" };
const skipped: LinkTarget = { kind: "skipped" };

/** A title with spaces for `_`, single spaces, and its first letter in upper case. */
export function normaliseTitle(title: string): string {
  let text = decodeEntities(title);
  if (/[_\s\u200e\u200f]/.test(text))
    text = text
      .replace(/[\u200e\u200f\u202a-\u202e]/g, "")
      .replace(/[\s_]+/g, " ")
      .trim();
  const first = text.charAt(0);
  const upper = first.toUpperCase();
  // Georgian has capitals that titles do not use.
  return upper === first || upper.length !== 1 || (first >= "\u10d0" && first <= "\u10ff")
    ? text
    : upper + text.slice(1);
}

/** Where the part of a link before its pipe leads. */
export function linkTarget(written: string): LinkTarget {
  let text = written;
  if (text.includes("<!--")) text = text.replace(/<!--[\s\S]*?-->/g, "");
  if (text.includes("%")) text = decodePercent(text);
  text = text.trim();
  const isText = text.startsWith(":");
  if (isText) text = text.slice(1);
  const hash = text.indexOf("#");
  // `&#39;` is a character, not a place on a page.
  if (hash !== -1 && text.charCodeAt(hash - 1) !== 38) {
    if (hash === 0) return here;
    text = text.slice(0, hash);
  } else if (hash !== -1) {
    text = decodeEntities(text);
    const place = text.indexOf("#");
    if (place > 0) text = text.slice(0, place);
  }
  const colon = text.indexOf(":");
  if (colon > 0) {
    const space = text.slice(0, colon).replaceAll("_", " ").trim().toLowerCase();
    if (fileNames.has(space) || categoryNames.has(space) || languageCodes.has(space))
      return isText ? here : skipped;
    if (otherNames.has(space)) return here;
  }
  if (/[\n{}[\]<>|]/.test(text)) return here;
  const title = normaliseTitle(text);
  return title === "" ? here : { kind: "page", title };
}

function decodePercent(text: string): string {
  if (!/%[0-9A-Fa-f]{2}/.test(text)) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Languages in which entities get labels; links to the same page in others are passed over. */
export const labelLanguages: ReadonlySet<string> = new Set(["zh"]);

/** The title of the same page in another language, where a link gives it: `[[zh:头痛]]`; a part of a page is none. */
export function labelOf(written: string): { readonly language: string; readonly label: string } | undefined {
  const colon = written.indexOf(":");
  const language = written.slice(0, Math.max(0, colon)).trim().toLowerCase();
  if (!labelLanguages.has(language)) return undefined;
  const label = normaliseTitle(decodePercent(written.slice(colon + 1)));
  return label === "" || /[\n{}[\]<>|#]/.test(label) ? undefined : { language, label };
}

/** The name of the category that a link files its page under, if it does. */
export function categoryOf(written: string): string | undefined {
  const colon = written.indexOf(":");
  if (colon === -1 || !categoryNames.has(written.slice(0, colon).replaceAll("_", " ").trim().toLowerCase()))
    return undefined;
  return normaliseTitle(written.slice(colon + 1).trim());
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

/** The word that makes a page a redirect, in the languages that have their own. */
const redirectWords = new Set(
  (
    "redirect weiterleitung redirección redireccion redirection rinvia rinvio redirecionamento patrz przekieruj tam " +
    "doorverwijzing перенаправление перенапр перенаправлення переадресація omdirigering omdiriger ohjaus " +
    "uudelleenohjaus přesměruj átirányítás yönlendirme yönlendi̇rme ανακατευθυνση הפניה تحويل تغییرمسیر 転送 " +
    "リダイレクト 넘겨주기 重定向 đổi alih վերահղում redirecció преусмери"
  ).split(" "),
);

/** The title a redirect leads to, read from its text. */
export function redirectOf(wikitext: string): string | undefined {
  const found = /^\s*#([^\s[:]+)\s*:?\s*\[\[:?([^\]|#\n]+)/u.exec(wikitext.slice(0, 600));
  if (!found || !redirectWords.has((found[1] as string).toLowerCase())) return undefined;
  return normaliseTitle((found[2] as string).trim());
}
