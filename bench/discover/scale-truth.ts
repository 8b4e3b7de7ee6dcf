/**
 * What a reader found, held against what the generator wrote.
 *
 * A found triple is right when some page states it, or says the same from the other side; it is denied when its page
 * denies it, and it is invented when neither is so. Only pages in the sample are judged, and only by what they say.
 */
import type { WrittenTriple } from "./generate-draft.ts";

/** A triple that was read, and the page that it was read from. */
export interface FoundTriple {
  readonly page: string;
  readonly head: string;
  readonly predicate: string;
  readonly tail: string;
}

export interface Judgement {
  /** Triples that the pages state, by place; a triple of the box and of a sentence counts for both. */
  readonly stated: Readonly<Record<WrittenTriple["place"], { readonly all: number; readonly found: number }>>;
  /** Triples that the pages state, each page once. */
  readonly all: number;
  readonly found: number;
  /** Triples that were read from the pages, mirrored ones left out. */
  readonly read: number;
  readonly right: number;
  /** Triples that were read although their page denies them. */
  readonly denied: number;
  /** Triples that the pages deny. */
  readonly denials: number;
  /** Some of the wrong ones, no more than two with the same end. */
  readonly examples: readonly string[];
  /** The same counts by predicate. */
  readonly byPredicate: Readonly<Record<string, Counts>>;
}

interface Counts {
  all: number;
  found: number;
  read: number;
  right: number;
}

const mirrors: Readonly<Record<string, string>> = {
  TREATS: "TREATED_WITH",
  TREATED_WITH: "TREATS",
  PATHOGEN_OF: "CAUSED_BY",
  CAUSED_BY: "PATHOGEN_OF",
};

function keyOf(head: string, predicate: string, tail: string): string {
  return `${head}\u001f${predicate}\u001f${tail}`;
}

/** The key of the same fact told from the other side, or of the fact itself. */
function mirrored({ head, predicate, tail }: FoundTriple | WrittenTriple): string {
  const other = mirrors[predicate];
  return other === undefined ? keyOf(head, predicate, tail) : keyOf(tail, other, head);
}

/** Judges what was read from some pages; `truth` is by title, for pages about medical entities only. */
export function judge(
  truth: ReadonlyMap<string, readonly WrittenTriple[]>,
  readings: Iterable<FoundTriple>,
): Judgement {
  const foundOn = new Map<string, Set<string>>();
  let read = 0;
  let right = 0;
  let denied = 0;
  const examples: string[] = [];
  const shown = new Map<string, number>();
  const byPredicate: Record<string, Counts> = {};
  const countsOf = (predicate: string): Counts => {
    byPredicate[predicate] ??= { all: 0, found: 0, read: 0, right: 0 };
    return byPredicate[predicate];
  };
  const keys = new Map<string, { stated: Set<string>; denied: Set<string> }>();
  for (const [title, triples] of truth) {
    const stated = new Set<string>();
    const refused = new Set<string>();
    for (const one of triples) {
      const into = one.holds ? stated : refused;
      into.add(keyOf(one.head, one.predicate, one.tail));
      into.add(mirrored(one));
    }
    keys.set(title, { stated, denied: refused });
  }
  for (const one of readings) {
    const page = keys.get(one.page);
    if (page === undefined) continue;
    const found = foundOn.get(one.page) ?? new Set<string>();
    foundOn.set(one.page, found);
    const key = keyOf(one.head, one.predicate, one.tail);
    const twin = mirrored(one);
    if (found.has(key)) continue;
    const isRepeat = found.has(twin);
    found.add(key);
    found.add(twin);
    if (isRepeat) continue;
    read += 1;
    const counts = countsOf(one.predicate);
    counts.read += 1;
    if (page.stated.has(key)) {
      right += 1;
      counts.right += 1;
    } else {
      if (page.denied.has(key)) denied += 1;
      const times = shown.get(one.tail) ?? 0;
      shown.set(one.tail, times + 1);
      if (examples.length < EXAMPLES && times < 2)
        examples.push(
          `${page.denied.has(key) ? "denied" : "invented"} on ${one.page}: ${one.head} ${one.predicate} ${one.tail}`,
        );
    }
  }
  const stated = {
    infobox: { all: 0, found: 0 },
    section: { all: 0, found: 0 },
    sentence: { all: 0, found: 0 },
  };
  let all = 0;
  let foundOnce = 0;
  let denials = 0;
  for (const [title, triples] of truth) {
    const found = foundOn.get(title);
    const seen = new Set<string>();
    for (const one of triples) {
      if (!one.holds) {
        denials += 1;
        continue;
      }
      const key = keyOf(one.head, one.predicate, one.tail);
      const isFound = found?.has(key) ?? false;
      if (!seen.has(key)) {
        seen.add(key);
        all += 1;
        const counts = countsOf(one.predicate);
        counts.all += 1;
        if (isFound) {
          foundOnce += 1;
          counts.found += 1;
        }
      }
      const at = `${one.place}|${key}`;
      if (seen.has(at)) continue;
      seen.add(at);
      stated[one.place].all += 1;
      if (isFound) stated[one.place].found += 1;
    }
  }
  return { stated, all, found: foundOnce, read, right, denied, denials, examples, byPredicate };
}

const EXAMPLES = 12;
