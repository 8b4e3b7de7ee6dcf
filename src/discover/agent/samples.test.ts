// The agent on the sample encyclopedia, with the survey that the stage uses.
import { expect, test } from "vitest";
import type { Page } from "../../records/page.ts";
import { surveyPage } from "../reading/survey.ts";
import type { PageSurvey } from "../reading/survey-record.ts";
import { memorySource, pagesOfFolder } from "./fixtures/small-world.ts";
import { journalPath, walk } from "./fixtures/walk.ts";

const source = memorySource(pagesOfFolder("samples/encyclopedia/pages"));

async function read(rareWeight: number): Promise<{ read: number; entities: number; rare: number }> {
  const agent = { pages: ["Gout"], batch: 10, maxPages: 200, closingWeight: 0.5, rareWeight };
  const surveys = new Map<string, PageSurvey>();
  const survey = (page: Page): { survey: PageSurvey } => {
    surveys.set(page.title, surveyPage(page));
    return { survey: surveys.get(page.title) as PageSurvey };
  };
  const { titles, end } = await walk(source, agent, await journalPath(), { survey });
  const isRare = (title: string): boolean => {
    const found = surveys.get(title);
    return found?.kind === "entity" && found.rarity.isRare;
  };
  return { read: end.counts.read, entities: end.counts.entities, rare: titles.filter(isRare).length };
}

test("from one page on the agent reads medical pages, and rare diseases sooner with more weight", async () => {
  const flat = await read(0);
  const weighted = await read(4);
  expect(flat.read).toBe(200);
  expect(weighted.entities).toBeGreaterThan(180);
  expect(weighted.rare).toBeGreaterThan(flat.rare);
});
