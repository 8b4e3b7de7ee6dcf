/**
 * Finds the last statement of an answer in free text: \boxed{…}, "the answer is (c)", "答案是B", "C is correct",
 * one bold choice, or a choice alone on the first or last line.
 *
 * Invariant: an explicit statement beats a bare one; of explicit statements the last one counts, even when it can
 * not be read as one choice; a negated, conditional or quoted-as-wrong mention is no statement.
 */
import { choiceAt, formsOf, type Options, readChoice } from "./choice.ts";

export interface Statement {
  readonly letters: readonly string[];
  readonly method: string;
  readonly span: readonly [number, number] | null;
}

interface Found extends Statement {
  readonly start: number;
}

/** Cues that are followed by the choice. Each is one alternation of fixed words: no nested repetition. */
const cues = [
  /\banswers?(?: to (?:the|this) question)?(?: here| then)?[*_"' ]{0,4}(?: (?:is|are|would be|should be|must be|will be|becomes|remains|has to be)\b[:*_]{0,3}|[:=]| - )/gi,
  /\b(?:correct|best|right) (?:option|choice|response)[*_ ]{0,4}(?: (?:is|would be|should be|must be)\b:?|[:=])/gi,
  /\b(?:diagnosis|conclusion|final choice|choice|final response)[*_ ]{0,4}(?: (?:is|would be|should be|must be)\b:?|[:=])/gi,
  /\b(?:I|we)(?:'ll|'d| would| will| should| must| shall)? (?:choose|chose|pick|select|go with|opt for|answer(?: with)?)\b:?/g,
  /\b(?:therefore|thus|hence|so|actually|rather|instead|no|wait|but|,|;) ?,? (?:it is|it's|it must be|it should be)(?= [*("']{0,4}[A-U]\b)/gi,
  /\bIt(?: is|'s)(?= [*("']{0,4}[A-U][)*"']{0,4}[.,;!]?(?:\s|$))/g,
  /\bnot (?:option )?\(?[A-U]\)?,? but\b/g,
  /(?:答案[】\]]?|正确选项|最佳选项|正确答案|答)(?:应该|应当|应)?(?:是|为|选|选择|:|=)+|【答案】/g,
  /(?:应该|应当|应|故|因此|所以|我|本题|建议)?(?:选择|选)(?:项|答案)?(?=[\s:*("'「『【]{0,4}[A-U](?![A-Za-z]))/g,
];
/** "The next step is B. Heparin": counts only when the text after the letter is that option's. */
const labelled = /\b(?:is|be)[:*_ ]{1,4}(?=\(?[A-U][).:]{1,2} ?\S)/g;
const boxed = /\\boxed ?\{/g;
/** Cues that follow the choice: "C is the correct answer", "(C) is correct", "B正确". */
const trailing =
  /(?<![\w'-])\(?([A-U])\)?[*"']{0,3}(?: \([^()\n]{1,120}\))?(?: (?:is|must be|would be|seems|remains)(?: also)?(?: the)? (?:most )?(?:correct|right|best|appropriate|answer)\b|项?(?:是)?正确)/g;

/** The statement a text ends on, or undefined when it states nothing. */
export function lastStatement(
  text: string,
  offset: number,
  options: Options,
  multi: boolean,
  isCut: boolean,
): Statement | undefined {
  const explicit = [
    ...cued(text, options, multi),
    ...boxes(text, options, multi),
    ...trailers(text, options),
  ];
  let last: Found | undefined;
  for (const found of explicit) if (!last || found.start >= last.start) last = found;
  const statement = last ?? bold(text, options, multi) ?? (isCut ? undefined : line(text, options, multi));
  if (!statement) return undefined;
  const span = statement.span && ([statement.span[0] + offset, statement.span[1] + offset] as const);
  return {
    letters: statement.letters,
    method: statement.letters.length > 0 ? statement.method : "ambiguous",
    span,
  };
}

/** The last cue that is followed by a choice: read from the end, since an earlier one does not count. */
function cued(text: string, options: Options, multi: boolean): Found[] {
  const places = [...cues, labelled].flatMap((cue) =>
    [...text.matchAll(cue)].map((match) => ({ cue, start: match.index, said: match[0] })),
  );
  places.sort((a, b) => b.start + b.said.length - (a.start + a.said.length));
  const forms = formsOf(options);
  for (const { cue, start, said } of places) {
    // A cue that opens its own clause (", it is G") is not under the denial before it.
    if (!/^[,;]/.test(said) && isUnmeant(text, start)) continue;
    const target = choiceAt(text, start + said.length, options, multi, forms);
    if (!target || (cue === labelled && !target.labelled)) continue;
    const { letters } = target;
    return [{ letters, method: "statement", span: [target.start, target.end], start: target.start }];
  }
  return [];
}

function boxes(text: string, options: Options, multi: boolean): Found[] {
  const found: Found[] = [];
  for (const match of text.matchAll(boxed)) {
    const start = match.index + match[0].length;
    const content = balanced(text, start);
    if (content === undefined) continue;
    const letters = readChoice(content, options, multi, false);
    if (letters.length === 0) continue;
    found.push({ letters, method: "boxed", span: [start, start + content.length], start });
  }
  return found;
}

/** Text up to the brace that closes one opened just before `start`; at most 200 characters are looked at. */
function balanced(text: string, start: number): string | undefined {
  let depth = 1;
  for (let i = start; i < Math.min(text.length, start + 200); i++) {
    if (text[i] === "{") depth += 1;
    else if (text[i] === "}") depth -= 1;
    if (depth === 0) return text.slice(start, i);
  }
  return undefined;
}

function trailers(text: string, options: Options): Found[] {
  const found: Found[] = [];
  for (const match of text.matchAll(trailing)) {
    const letter = match[1] as string;
    const before = text.slice(Math.max(0, match.index - 12), match.index);
    if (!Object.hasOwn(options, letter) || isUnmeant(text, match.index)) continue;
    if (/\b(?:and|or|neither|nor|not)[ (*]*$|(?<![\w])[A-U]\)?\s*[,、和或/&]\s*$/i.test(before)) continue;
    const start = match.index + match[0].indexOf(letter);
    found.push({ letters: [letter], method: "statement", span: [start, start + 1], start });
  }
  return found;
}

const unmeant =
  /(?:\bif|\bwhether|\bunless|\bsuppose|\bassuming|\bwhy|\bhad|\bnot|n't|\bnever|\bdoubt|\bno|\bwhich|\bwhat|\bincorrect|\bwrong|\bpossible|如果|若|不|非|假设|为什么)(?:[^.!?\n。！？,;，；]{0,40})$/i;

/** Whether the words before a cue in its clause deny it, doubt it or put it as a condition. */
function isUnmeant(text: string, at: number): boolean {
  const before = text.slice(Math.max(0, at - 60), at);
  if (/\b(?:no|not [A-U])\s?[,;.—-]\s*$/i.test(before)) return false;
  return unmeant.test(before);
}

/** A choice in bold, when all choices in bold are the same one and it is not called wrong. */
function bold(text: string, options: Options, multi: boolean): Statement | undefined {
  let only: Statement | undefined;
  for (const match of text.matchAll(/\*\*([^*\n]{1,200})\*\*/g)) {
    const letters = readChoice(match[1] as string, options, multi, false);
    if (letters.length === 0) continue;
    const end = match.index + match[0].length;
    const after = text.slice(end, end + 40);
    const before = text.slice(Math.max(0, match.index - 14), match.index);
    const isDenied =
      /^[ ,:—-]*(?:is|are|was)?[ ]*(?:not|incorrect|wrong|false|n't|ruled out|less likely|unlikely)\b/i.test(
        after,
      ) || /\b(?:not|rule out|exclude|unlike|except)[ (]*$/i.test(before);
    if (isDenied || (only && only.letters.join() !== letters.join())) return undefined;
    only = { letters, method: "bold", span: [match.index + 2, end - 2] };
  }
  return only;
}

/** A choice that has the first or the last line to itself, or opens the reply as "Yes, …". */
function line(text: string, options: Options, multi: boolean): Statement | undefined {
  const lines = [...text.matchAll(/[^\n]+/g)].filter((match) => match[0].trim() !== "");
  const first = lines[0];
  const last = lines.at(-1);
  if (!first || !last) return undefined;
  const named = new Set<string>();
  for (const match of lines) {
    const letters = match[0].length > 400 ? [] : wholeLine(match[0], options, multi);
    if (letters.length > 0) named.add(letters.join());
  }
  if (named.size > 1) return undefined;
  for (const match of [last, first]) {
    const letters = match[0].length > 400 ? [] : wholeLine(match[0], options, multi);
    if (letters.length > 0)
      return { letters, method: "line", span: [match.index, match.index + match[0].length] };
  }
  const opening = /^\s*(yes|no|maybe)[.,;:!\n]/i.exec(text);
  if (!opening) return undefined;
  const letters = readChoice(opening[1] as string, options, false, true);
  return letters.length === 1 ? { letters, method: "line", span: [0, opening[0].length] } : undefined;
}

/** A line's choice; a letter with free text after it counts only when the text is that option's. */
function wholeLine(text: string, options: Options, multi: boolean): string[] {
  const isSmall = /^\s*[a-u]\s*$/.test(text);
  return isSmall && text.trim() === "a"
    ? []
    : readChoice(text.replace(/^\s*(?:#+|[-•])\s+/, ""), options, multi, true);
}
