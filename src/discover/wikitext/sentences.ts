/**
 * Sentences of plain text. A line break always ends one; a full stop does not after an abbreviation, an initial, or
 * inside a number.
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
    "dept eq est max min op ed eds pp p"
  ).split(" "),
);

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
    if (code === 10 || code === 0x3002 || code === 0xff01 || code === 0xff1f || code === 0x589) end(at + 1);
    else if ((code === 46 || code === 33 || code === 63) && isEnd(text, at)) {
      let to = at + 1;
      while (isCloser(text.charCodeAt(to))) to += 1;
      end(to);
      at = to - 1;
    }
  }
  end(text.length);
  return out;
}

function isCloser(code: number): boolean {
  return code === 41 || code === 93 || code === 34 || code === 39 || code === 0x201d || code === 0x2019;
}

function isEnd(text: string, at: number): boolean {
  let next = at + 1;
  while (isCloser(text.charCodeAt(next))) next += 1;
  if (next >= text.length) return true;
  if (text.charCodeAt(next) > 32) return false;
  while (next < text.length && text.charCodeAt(next) <= 32) next += 1;
  const following = text.charAt(next);
  if (following !== following.toUpperCase()) return false;
  if (text.charCodeAt(at) !== 46) return true;
  let from = at;
  while (from > 0 && at - from < 12 && text.charCodeAt(from - 1) > 32 && text.charCodeAt(from - 1) !== 40)
    from -= 1;
  const word = text.slice(from, at).toLowerCase();
  if (abbreviations.has(word)) return false;
  // Initials and genus letters: "E. coli" is told by its small letter, "J. Smith" by the single capital.
  return !(
    word.length === 1 &&
    /[A-Z]/.test(text.charAt(from)) &&
    (from === 0 || text.charCodeAt(from - 1) <= 32)
  );
}
