/**
 * Finds the words of closed lists in a sentence, in one walk over its words: a list of hundreds costs no more than a
 * short one.
 *
 * Invariant: of cues that begin at one word the longest is found, and cues of one list do not overlap.
 */
import type { Role } from "./tables.ts";

/** Words that give the links near them a role. */
export interface Cue {
  readonly role: Role;
  readonly words: readonly string[];
}

/** A cue at its place in a sentence. */
export interface FoundCue {
  readonly start: number;
  readonly end: number;
  readonly role: Role;
  readonly words: string;
}

/** Cues by their first word, the longest first. */
export type CueIndex = ReadonlyMap<string, readonly { readonly words: string; readonly role: Role }[]>;

/** Words written in one text, apart by bars. */
export function list(words: string): readonly string[] {
  return words.split("|");
}

/** Sorts cues by their first word; of the same words the first row counts. */
export function indexCues(cues: readonly Cue[]): CueIndex {
  const roles = new Map<string, Role>();
  for (const { role, words } of cues) for (const word of words) if (!roles.has(word)) roles.set(word, role);
  const index = new Map<string, { words: string; role: Role }[]>();
  for (const [words, role] of roles) {
    const first = /^[a-z0-9]+/.exec(words)?.[0] ?? words;
    index.set(first, [...(index.get(first) ?? []), { words, role }]);
  }
  for (const group of index.values()) group.sort((a, b) => b.words.length - a.words.length);
  return index;
}

/** Finds the cues of several lists in a sentence of lower case; one answer for each list. */
export function findCues(text: string, indexes: readonly CueIndex[]): FoundCue[][] {
  const out: FoundCue[][] = indexes.map(() => []);
  const free = indexes.map(() => 0);
  for (let at = 0; at < text.length; ) {
    if (!isLetter(text.charCodeAt(at))) {
      at += 1;
      continue;
    }
    const start = at;
    while (isLetter(text.charCodeAt(at))) at += 1;
    const word = text.slice(start, at);
    for (let i = 0; i < indexes.length; i++) {
      const group = (indexes[i] as CueIndex).get(word);
      if (group === undefined || start < (free[i] as number)) continue;
      for (const { words, role } of group) {
        const end = start + words.length;
        if (isLetter(text.charCodeAt(end)) || !text.startsWith(words, start)) continue;
        (out[i] as FoundCue[]).push({ start, end, role, words });
        free[i] = end;
        break;
      }
    }
  }
  return out;
}

function isLetter(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 48 && code <= 57) || code > 191;
}
