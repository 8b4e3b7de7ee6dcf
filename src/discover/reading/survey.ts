/**
 * Reads one page whole: what it is about, and what it names (paper §3.1).
 *
 * Invariant: the page is parsed once, by one thread, without knowledge of other pages.
 */
import type { Page } from "../../records/page.ts";
import { aliasesOf, identifiersOf, rarityOfPage } from "../facts.ts";
import { proseOf } from "../prose.ts";
import { mentionsOf } from "../relations/mentions.ts";
import { type Typing, typeOfPage } from "../typing.ts";
import { listedPages } from "../wikitext/disambiguation.ts";
import { type ReadPage, readPage } from "../wikitext/sections.ts";
import type { PageSurvey } from "./survey-record.ts";

/** What a page is and names; `typing` where something else than the rules decided what it is. */
export function surveyPage(page: Page, typing?: Typing): PageSurvey {
  return page.redirect === undefined ? surveyRead(page, readPage(page.wikitext), typing) : redirectOf(page);
}

/** The same, with the plain prose of a page about an entity; "" for others. */
export function surveyWithProse(page: Page): { readonly survey: PageSurvey; readonly prose: string } {
  if (page.redirect !== undefined) return { survey: redirectOf(page), prose: "" };
  const read = readPage(page.wikitext);
  const survey = surveyRead(page, read);
  return { survey, prose: survey.kind === "entity" ? proseOf(read) : "" };
}

function redirectOf({ title, pageId, revision, redirect = "" }: Page): PageSurvey {
  return { kind: "redirect", title, pageId, revision, to: redirect };
}

function surveyRead(
  { title, pageId, revision }: Page,
  read: ReadPage,
  typing = typeOfPage(title, read),
): PageSurvey {
  const base = { title, pageId, revision };
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
        rarity: rarityOfPage(typing.type, read),
        ...mentionsOf(read, { id: title, type: typing.type }),
      };
    default:
      return typing satisfies never;
  }
}
