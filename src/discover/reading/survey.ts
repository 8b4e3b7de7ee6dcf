/**
 * Reads one page whole: what it is about, and what it names (paper §3.1).
 *
 * Invariant: the page is parsed once, by one thread, without knowledge of other pages.
 */
import type { Page } from "../../records/page.ts";
import { aliasesOf, identifiersOf, rarityOfPage } from "../facts.ts";
import { proseOf } from "../prose.ts";
import { mentionsOf } from "../relations/mentions.ts";
import { typeOfPage } from "../typing.ts";
import { listedPages } from "../wikitext/disambiguation.ts";
import { type ReadPage, readPage } from "../wikitext/sections.ts";
import type { PageSurvey } from "./survey-record.ts";

/** A page as it was read. */
export interface Surveyed {
  readonly survey: PageSurvey;
  /** Plain prose of a page about an entity; "" for others. */
  readonly prose: string;
}

/** What a page is and names, and its prose. */
export function surveyWithProse(page: Page): Surveyed {
  const read = readPage(page.wikitext);
  return withProse(surveyPage(page, read), read);
}

/** A survey with the prose of its page. */
export function withProse(survey: PageSurvey, read: ReadPage): Surveyed {
  return { survey, prose: survey.kind === "entity" ? proseOf(read) : "" };
}

/** What a page is and names; `typing` where something else than the rules decided what it is. */
export function surveyPage(
  { title, pageId, revision, redirect, wikitext }: Page,
  read = readPage(wikitext),
  typing = typeOfPage(title, read),
): PageSurvey {
  const base = { title, pageId, revision };
  if (redirect !== undefined) return { kind: "redirect", ...base, to: redirect };
  switch (typing.kind) {
    case "notMedical":
      return typing.isDisambiguation
        ? { kind: "disambiguation", ...base, options: listedPages(read) }
        : { kind: "notMedical", ...base, reason: typing.reason };
    case "unknown":
      return { kind: "unknown", ...base };
    case "entity":
      return {
        kind: "entity",
        ...base,
        type: typing.type,
        typeScore: typing.score,
        typeReasons: typing.reasons,
        aliases: aliasesOf(title, read),
        identifiers: identifiersOf(read),
        ...(Object.keys(read.labels).length === 0 ? {} : { labels: read.labels }),
        rarity: rarityOfPage(typing.type, read),
        ...mentionsOf(read, { id: title, type: typing.type }),
      };
    default:
      return typing satisfies never;
  }
}
