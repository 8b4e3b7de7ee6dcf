/**
 * Language variants: `-{zh-hans:联邦州; zh-hant:邦}-` gives a word in each script, of which a reader sees one.
 *
 * Invariant: what is shown is a range of the page. A name in chemistry may hold the same signs, so one of the parts must be
 * of a language that has variants.
 */

interface Variant {
  readonly start: number;
  readonly end: number;
  /** End of the whole mark. */
  readonly markupEnd: number;
}

/** Longer marks are no variants. */
const MAX_LENGTH = 400;

/** Variants that are shown rather than others. */
const order = ["zh-hans", "zh-cn", "zh", "zh-hant", "zh-tw", "zh-hk"];

const languages = /(?:^|[;|])\s*(?:zh|sr|kk|ku|uz|tg|shi|gan|iu|crh)(?:-[a-z]+)?\s*:/;

/** Reads the mark that begins at a place. */
export function variantAt(text: string, at: number, end: number): Variant | undefined {
  const whole = text.slice(at, Math.min(end, at + MAX_LENGTH));
  const close = whole.indexOf("}-");
  if (close === -1) return undefined;
  const inner = whole.slice(2, close);
  if (!/[\u2e80-\u9fff]/.test(inner) && !languages.test(inner)) return undefined;
  const markupEnd = at + close + 2;
  const flags = /^\s*([A-Z+-](?:;[A-Z])*|[a-z-]+(?:;[a-z-]+)*)\s*\|/.exec(inner);
  // Titles, hidden rules and rules that are taken back show nothing.
  if (flags && /^(?:[A-Z];)*[TH-]/.test(flags[1] as string)) return { start: at, end: at, markupEnd };
  const start = flags ? flags[0].length : 0;
  let best = { start, end: inner.length, rank: Number.POSITIVE_INFINITY };
  for (const part of inner.slice(start).matchAll(/([a-z]{2,3}(?:-[a-z]{2,5})?)\s{0,4}:([^;]*)/g)) {
    const place = order.indexOf(part[1] as string);
    const rank = place === -1 ? order.length : place;
    if (rank >= best.rank) continue;
    const partEnd = start + part.index + part[0].length;
    best = { start: partEnd - (part[2] as string).length, end: partEnd, rank };
  }
  return { start: at + 2 + best.start, end: at + 2 + best.end, markupEnd };
}
