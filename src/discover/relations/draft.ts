/** What is being read off a page: places and what they name, in the order of the page. */
import type { Candidate, Mention, Place, Vote } from "../reading/survey-record.ts";

/** What a page says of other things. */
export interface Named {
  readonly places: Place[];
  readonly mentions: Mention[];
  readonly votes: Vote[];
  readonly clearly: string[];
  readonly likely: Candidate[];
}

/** A mention that is being put together. */
export type Draft = { -readonly [Key in keyof Mention]: Mention[Key] };

/** Adds a place, quoted from the text of the page; returns its index. */
export function addPlace(found: Named, text: string, section: string, start: number, end: number): number {
  found.places.push({ section, start, end, quote: text.slice(start, end) });
  return found.places.length - 1;
}
