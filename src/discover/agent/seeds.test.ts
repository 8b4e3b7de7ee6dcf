import { expect, test } from "vitest";
import { UsageError } from "../../base/errors.ts";
import { memorySource, page } from "./fixtures/small-world.ts";
import { findSeeds, medicalBoxNames } from "./seeds.ts";

const source = memorySource([
  page("Gout", "{{Infobox medical condition (new)\n|x=y}} [[Category:Rheumatology]]", 1),
  page("Quinol", "{{drugbox}} text", 2),
  page("Podagra", "#REDIRECT [[Gout]]", 3, "Gout"),
  page("Fox", "{{Speciesbox}} [[category:Foxes| ]]", 4),
]);
const { signal } = new AbortController();
const none = { pages: [], categories: [], medicalBoxes: false };

test("pages, categories and boxes give titles, each once, pages first in weight", async () => {
  const settings = {
    pages: ["podagra", "Gout", "gout"],
    categories: ["Category:Rheumatology"],
    medicalBoxes: true,
  };
  const { seeds, lost } = await findSeeds(source, settings, signal);
  expect(seeds.map(({ title, weight }) => [title, weight])).toEqual([
    ["Podagra", 1000],
    ["Gout", 1000],
    ["Quinol", 1],
  ]);
  expect(lost).toEqual([]);
});

test("a seed that leads nowhere is told of, the others are kept", async () => {
  const settings = { ...none, pages: ["Gout", "Goot"], categories: ["Goats", "Foxes"] };
  const { seeds, lost } = await findSeeds(source, settings, signal);
  expect(seeds.map(({ title }) => title)).toEqual(["Gout", "Fox"]);
  expect(lost).toEqual([
    { item: "Goot", reason: "the small world has no page of this title" },
    { item: "Category:Goats", reason: "the small world has no page in this category" },
  ]);
});

test("no seeds, or none that leads anywhere, is the user's mistake", async () => {
  await expect(findSeeds(source, none, signal)).rejects.toThrow(/nothing to start from/);
  const wrong = findSeeds(source, { ...none, pages: ["Goot"], categories: ["Goats"] }, signal);
  await expect(wrong).rejects.toBeInstanceOf(UsageError);
  await expect(wrong).rejects.toThrow(
    /none of the seeds leads to a page of the small world: "Goot", "Category:Goats"/,
  );
  const empty = memorySource([page("Fox", "{{Speciesbox}}", 1)]);
  await expect(findSeeds(empty, { ...none, medicalBoxes: true }, signal)).rejects.toThrow(/"medicalBoxes"/);
});

test("medical boxes are those of medicine, not of all living things", () => {
  expect(medicalBoxNames()).toEqual(
    expect.arrayContaining(["Infobox medical condition (new)", "Infobox drug", "Drugbox"]),
  );
  expect(medicalBoxNames()).not.toContain("Taxobox");
  expect(medicalBoxNames()).not.toContain("Infobox person");
});
