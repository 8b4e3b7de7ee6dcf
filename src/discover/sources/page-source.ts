/**
 * Where pages come from, whatever holds them: a folder, a dump, a live wiki. All give the same `Page` records.
 *
 * Invariant: a source gives the same pages in the same order every time, unless it is live.
 */
import type { Page } from "../../records/page.ts";

/** Told of one bad page; the reading goes on. */
export type RejectPage = (item: string, reason: string) => void;

/** A part of a source that a thread can read by itself. Plain data. */
export type Portion =
  | {
      readonly kind: "pages";
      readonly pages: readonly Page[];
      /** Bad pages met before these, `RejectPage`'s arguments; told when the portion is read. */
      readonly rejects?: readonly (readonly [item: string, reason: string])[];
    }
  /** Whole bzip2 streams of a multistream dump, as a range of bytes of the file. */
  | { readonly kind: "streams"; readonly path: string; readonly start: number; readonly end: number };

/** What came back for a list of titles. */
export interface Lookup {
  /** In the order asked for, each page once, redirects followed. */
  readonly pages: readonly Page[];
  /** Titles that led elsewhere, and where to; chains in one step. */
  readonly redirects: readonly { readonly from: string; readonly to: string }[];
  /** Titles without a page. */
  readonly missing: readonly string[];
}

export interface PageSource {
  /** What messages call it. */
  readonly name: string;
  /** What it holds at this time: another text whenever local files changed; the address of a live wiki. */
  readonly version: string;
  /** All pages, in portions of a few megabytes. @throws UsageError where a source cannot be read whole. */
  portions(): AsyncGenerator<Portion>;
  /** Pages by title. @throws UsageError where a source has no way to find a title. */
  lookup(titles: readonly string[], signal: AbortSignal): Promise<Lookup>;
  /** Titles of the pages of a category (name without its namespace), sorted. */
  categoryMembers(category: string, signal: AbortSignal): Promise<readonly string[]>;
  /** Titles of the pages that hold one of the templates, by name, sorted. */
  pagesWithTemplate(names: readonly string[], signal: AbortSignal): Promise<readonly string[]>;
}
