/**
 * Maps a fragment that names an answer ("B", "(b)", "B. Heparin", "heparin", "A and C") to option letters.
 *
 * Invariant: a fragment that fits two options, or whose letter and text disagree, names none.
 */
import { foldWidth, isWordChar, normaliseText } from "./text.ts";

export type Options = Readonly<Record<string, string>>;

/** Letters of a fragment that as a whole names a choice; [] when it names none. */
export function readChoice(fragment: string, options: Options, multi: boolean, strict: boolean): string[] {
  const text = undress(fragment);
  if (text === "") return [];
  const byText = lettersOfText(text, options);
  const byLetter = readLetters(text, options, multi, strict);
  if (byText.length > 1) return [];
  const only = byText[0];
  if (only === undefined) return byLetter;
  // A text that also reads as another option's letter ("B" as the text of A) is a guess either way.
  return byLetter.length === 0 || byLetter.includes(only) || text.length > 1 ? [only] : [];
}

/** Takes away what people and models wrap an answer in: brackets, quotes, bold, LaTeX, a final full stop. */
function undress(fragment: string): string {
  let text = foldWidth(fragment).trim();
  for (let round = 0; round < 8; round++) {
    const inner = text
      .replace(/^\\(?:boxed|text|textbf|mathrm|mathbf) ?\{(.*)\}$/s, "$1")
      .replace(/^\$+(.*?)\$+$/s, "$1")
      .replace(/^\*{1,3}([^*]*)\*{1,3}[.。]?$/s, "$1")
      .replace(/^_{1,2}([^_]*)_{1,2}$/s, "$1")
      .replace(/^[("'`[「『【]([^()"'`[\]「」『』【】]*)[)"'`\]」』】][.。]?$/s, "$1")
      .trim();
    if (inner === text) break;
    text = inner;
  }
  return text.replace(/\s*[.。]$/, "");
}

/** Letters whose option has this text: compared word for word first, then without case and punctuation. */
function lettersOfText(text: string, options: Options): string[] {
  const exact = Object.keys(options).filter((letter) => options[letter] === text);
  if (exact.length > 0) return exact;
  const wanted = normaliseText(text);
  if (wanted === "") return [];
  return Object.keys(options).filter((letter) => normaliseText(options[letter] as string) === wanted);
}

const letterThenText = /^[([]?([A-Ua-u])(?:[)\].:、,-]| -|\*\*)+\s*(\S[\s\S]*)$/;

function readLetters(text: string, options: Options, multi: boolean, strict: boolean): string[] {
  const has = (letter: string): boolean => Object.hasOwn(options, letter);
  const bare = text
    .replace(/^(?:(?:the )?(?:option|choice|letter|answer)|选项)\s+/i, "")
    .replace(/[).:]$/, "");
  if (bare.length === 1) return has(bare.toUpperCase()) ? [bare.toUpperCase()] : [];
  const several = letterList(bare);
  if (several) {
    const known = several.every(has) ? [...new Set(several)].sort() : [];
    return multi || known.length === 1 ? known : [];
  }
  const match = letterThenText.exec(text);
  const letter = match?.[1]?.toUpperCase();
  if (!match || letter === undefined || !has(letter)) return [];
  const said = lettersOfText(match[2] as string, options);
  if (said.length > 0) return said.includes(letter) ? [letter] : [];
  // "E. coli" is a name, "C. because …" a letter with a reason: only the lenient reader takes the letter.
  return strict || match[1] !== letter ? [] : [letter];
}

/** "A, C", "A and C", "A、C", "ACD", "(A) (C)" → letters; undefined when the text is something else. */
function letterList(text: string): string[] | undefined {
  if (text.length > 120) return undefined;
  const parts = text
    .replace(/\b(?:and)\b|[,;&、和+/()[\]]/g, " ")
    .trim()
    .split(/\s+/);
  if (parts.length === 1 && /^[A-U]{2,21}$/.test(parts[0] as string)) return [...(parts[0] as string)];
  return parts.length > 1 && parts.every((part) => /^[A-U]$/.test(part)) ? parts : undefined;
}

export interface Target {
  readonly letters: readonly string[];
  readonly start: number;
  readonly end: number;
  /** Whether the letter was followed by its own option's text. */
  readonly labelled?: boolean;
}

const lead =
  /^(?:[\s*_`"'$:=「『【]|\\(?:boxed|text|textbf|mathrm|mathbf) ?\{|(?:the |an? )?(?:correct |best )?(?:option|choice|letter|answer)s?\b[ :]|选项?|the (?=[a-z]{2}))*/i;
/** Words that may follow a letter that answers; after anything else "A" is an article and "I" a person. */
const follower =
  /^(?: (?:because|since|as|due|which|for|based|given|with|in|among|rather|not|instead|-|\()|[.,;:)\]}*$"'`。，；、」』】!?<\n]|\s*$|\s*\n)/;

/** The choice that starts at a place of a text, after a cue such as "the answer is". */
export function choiceAt(
  text: string,
  from: number,
  options: Options,
  multi: boolean,
  forms: Forms = formsOf(options),
): Target | undefined {
  const window = text.slice(from, from + 400);
  const skipped = lead.exec(window)?.[0].length ?? 0;
  const rest = window.slice(skipped);
  const at = from + skipped;
  const list =
    /^\(?([A-U])\)?(?:(?:\s*[,、/&]\s*(?:and\s+|or\s+)?|\s+(?:and|or)\s+|\s*[和或]\s*)\(?[A-U]\)?(?![\w'-]))+/.exec(
      rest,
    );
  if (list) {
    const hedged = /\bor\b|或|\//.test(list[0]);
    const letters = hedged ? [] : readLetters(list[0], options, multi, true);
    return { letters, start: at, end: at + list[0].length };
  }
  const run = multi ? /^[A-U]{2,21}(?![A-Za-z])/.exec(rest)?.[0] : undefined;
  if (run && new Set(run).size === run.length && [...run].every((letter) => Object.hasOwn(options, letter)))
    return { letters: [...run].sort(), start: at, end: at + run.length };
  const single = /^([([]?)([A-Ua-u])(?![\p{L}\p{N}'-])/u.exec(rest);
  const longest = longestText(rest, forms);
  if (longest && (!single || longest.end > single[0].length + 2))
    return { letters: longest.letters, start: at, end: at + longest.end };
  if (!single) return undefined;
  const char = single[2] as string;
  const letter = char.toUpperCase();
  if (!Object.hasOwn(options, letter)) return undefined;
  const end = at + single[0].length;
  const after = rest.slice(single[0].length);
  const gap = /^[)\].:*\- ]*/.exec(after)?.[0].length ?? 0;
  const label = longestText(after.slice(gap), forms);
  if (label && /^[\s*]*(?:[.,;)\]}<\n]|$)/.test(after.slice(gap + label.end)))
    return { letters: label.letters.includes(letter) ? [letter] : [], start: at, end, labelled: true };
  const isClosed = single[1] !== "" && /^[)\]]/.test(after);
  if (!isClosed && !follower.test(after) && !label?.letters.includes(letter)) return undefined;
  // A small letter must stand alone: "the answer is a beta blocker" names no option.
  if (char !== letter && !isClosed && !/^\s*(?:[.,;:)\]}*$"'`。！!?<\n]|$)/.test(after)) return undefined;
  return { letters: [letter], start: at, end };
}

/** The normalised text of each option, made once for a reply. */
export type Forms = readonly (readonly [letter: string, form: string])[];

/** Options as they are compared; a single letter is no text to look for. */
export function formsOf(options: Options): Forms {
  return Object.entries(options)
    .map(([letter, text]) => [letter, normaliseText(text)] as const)
    .filter(([, form]) => form !== "" && !/^[a-u]$/.test(form));
}

/** The longest option text that a fragment starts with, ending at a word's end. */
function longestText(fragment: string, forms: Forms): { letters: string[]; end: number } | undefined {
  const limit = Math.min(fragment.length, 300);
  const said = `${normaliseText(fragment.slice(0, limit))} `;
  let size = 0;
  let letters: string[] = [];
  for (const [letter, form] of forms) {
    if (form.length < size || !said.startsWith(`${form} `)) continue;
    letters = form.length === size ? [...letters, letter] : [letter];
    size = form.length;
  }
  if (letters.length === 0) return undefined;
  const end = prefixEnd(fragment, said.slice(0, size), limit);
  return end === undefined ? undefined : { letters: letters.length === 1 ? letters : [], end };
}

/** Where a fragment has spelled out `wanted` (normalised), or undefined when it starts with something else. */
function prefixEnd(fragment: string, wanted: string, limit: number): number | undefined {
  const first = Math.min(limit, wanted.length);
  for (let end = Math.max(1, first - 2); end <= Math.min(limit, wanted.length * 2 + 12); end++) {
    if (isWordChar(fragment[end]) && isWordChar(fragment[end - 1])) continue;
    if (normaliseText(fragment.slice(0, end)) === wanted) return end;
  }
  return undefined;
}
