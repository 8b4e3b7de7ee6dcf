/**
 * Sentences of plain text. A line break always ends one; a full stop does not after an abbreviation, an initial, or
 * inside a number, and in Chinese and its like it needs no space behind it.
 *
 * Invariant: the ranges are in order, do not overlap, and hold no white space at either end.
 */

export interface Sentence {
  readonly start: number;
  readonly end: number;
}

const abbreviations = new Set(
  (
    "e.g i.e cf vs dr mr mrs ms prof st etc approx al fig no vol spp sp subsp var ca c resp inc jr sr " +
    "dept eq est max min op ed eds pp p syn viz incl bzw ggf usw z.b d.h u.a sog evtl vgl nr jh " +
    "sra dra ej pág núm aprox"
  ).split(" "),
);

/** Abbreviations that a sentence may well end with; the word behind them decides. */
const lastWords = new Set("etc inc jr sr no al sp spp min max".split(" "));

/** Words that begin a sentence rather than go on behind "U.S." or "a.m.". */
const starters = new Set(
  (
    "the a an this that these those it its in on at as by for from with when while where if although however there " +
    "they he she we his her their some most many other another one both also since after before during because and but"
  ).split(" "),
);

const NEWLINE = 10;
const STOP = 46;

/** Splits a text. */
export function sentencesOf(text: string): Sentence[] {
  const out: Sentence[] = [];
  let start = 0;
  const end = (at: number): void => {
    let from = start;
    let to = at;
    while (from < to && text.charCodeAt(from) <= 32) from += 1;
    while (to > from && text.charCodeAt(to - 1) <= 32) to -= 1;
    if (to > from) out.push({ start: from, end: to });
    start = at;
  };
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code > 63 && code < 0x589) continue;
    const isPlainStop = code === STOP || code === 33 || code === 63;
    if (code === NEWLINE) end(at + 1);
    else if (isPlainStop ? isEnd(text, at) : isFullStop(code)) {
      let to = at + 1;
      while (isCloser(text.charCodeAt(to))) to += 1;
      end(to);
      at = to - 1;
    }
  }
  end(text.length);
  return out;
}

/** Full stops, exclamation and question marks that need no space behind them: of Chinese, Armenian, Hindi, Arabic. */
function isFullStop(code: number): boolean {
  return (
    code === 0x3002 ||
    code === 0xff01 ||
    code === 0xff1f ||
    code === 0xff61 ||
    code === 0x589 ||
    code === 0x964 ||
    code === 0x61f ||
    code === 0x6d4
  );
}

function isCloser(code: number): boolean {
  return (
    code === 41 ||
    code === 93 ||
    code === 34 ||
    code === 39 ||
    code === 0x201d ||
    code === 0x2019 ||
    code === 0xbb ||
    code === 0x300d ||
    code === 0x300f ||
    code === 0xff09
  );
}

function isEnd(text: string, at: number): boolean {
  let next = at + 1;
  while (isCloser(text.charCodeAt(next))) next += 1;
  if (next >= text.length) return true;
  if (text.charCodeAt(next) > 32) return false;
  while (next < text.length && text.charCodeAt(next) <= 32) next += 1;
  const following = text.charAt(next);
  if (following !== following.toUpperCase()) return false;
  if (text.charCodeAt(at) !== STOP) return true;
  let from = at;
  while (from > 0 && at - from < 12 && text.charCodeAt(from - 1) > 32 && text.charCodeAt(from - 1) !== 40)
    from -= 1;
  const word = text.slice(from, at).toLowerCase();
  if (abbreviations.has(word)) return lastWords.has(word) && starters.has(firstWord(text, next));
  // "U.S. Army" and "J. Smith" go on, "in the U.S. The" and "vitamin D. It" do not.
  const isInitial =
    word.length === 1 && /[A-Z]/.test(text.charAt(from)) && (from === 0 || text.charCodeAt(from - 1) <= 32);
  return isInitial || /^[a-z](?:\.[a-z])+$/.test(word) ? starters.has(firstWord(text, next)) : true;
}

function firstWord(text: string, from: number): string {
  return (/^[A-Za-z]+/.exec(text.slice(from, from + 12))?.[0] ?? "").toLowerCase();
}
