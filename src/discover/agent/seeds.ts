/**
 * Where the agent starts: named pages, categories, or every page with a medical box (paper §3.1, the agent; the
 * paper names no seeds).
 *
 * Invariant: pages that are named are read before those of categories, and these before those known by their box
 * only. A seed that leads nowhere is a reject; seeds that all lead nowhere are the user's mistake.
 */
import { UsageError } from "../../base/errors.ts";
import type { AgentSection } from "../../recipe/sections/discover.ts";
import type { PageSource } from "../sources/page-source.ts";
import { boxTypes } from "../typing-tables.ts";
import { normaliseTitle } from "../wikitext/titles.ts";

/** A title to start from. */
export interface Seed {
  readonly title: string;
  readonly why: string;
  readonly weight: number;
}

/** A seed of the settings that leads nowhere. */
export interface LostSeed {
  readonly item: string;
  readonly reason: string;
}

type SeedSettings = Pick<AgentSection, "pages" | "categories" | "medicalBoxes">;

/** Above every score that links give, so that the user's choice comes first; boxes stand among the links. */
const weights = { page: 1000, category: 100, box: 1 } as const;

/** Titles asked for at once. */
const AT_ONCE = 50;

/** Boxes that are no sign of medicine: all living things, all occupations. */
const broadBoxes = new Set([
  "speciesbox",
  "subspeciesbox",
  "automatic taxobox",
  "taxobox",
  "virusbox",
  "infobox occupation",
]);

/** Names of the templates that only pages about medical entities hold, first letter in upper case, sorted. */
export function medicalBoxNames(): string[] {
  return Object.entries(boxTypes)
    .filter(([name, types]) => types !== "none" && !broadBoxes.has(name))
    .map(([name]) => normaliseTitle(name))
    .sort();
}

/**
 * The titles to start from, each once, with the seeds that lead nowhere.
 * @throws UsageError when there is no title to start from.
 */
export async function findSeeds(
  source: PageSource,
  settings: SeedSettings,
  signal: AbortSignal,
): Promise<{ readonly seeds: readonly Seed[]; readonly lost: readonly LostSeed[] }> {
  const seeds = new Map<string, Seed>();
  const lost: LostSeed[] = [];
  const add = (title: string, why: string, weight: number): void => {
    if (!seeds.has(title)) seeds.set(title, { title, why, weight });
  };
  const pages = [...new Set(settings.pages.map(normaliseTitle))];
  for (let at = 0; at < pages.length; at += AT_ONCE) {
    const asked = pages.slice(at, at + AT_ONCE);
    const missing = new Set((await source.lookup(asked, signal)).missing.map(normaliseTitle));
    for (const title of asked) {
      if (missing.has(title)) lost.push({ item: title, reason: `${source.name} has no page of this title` });
      else add(title, "named in discover.agent.pages", weights.page);
    }
  }
  const categories = settings.categories.map((one) => normaliseTitle(one.replace(/^category:\s*/i, "")));
  for (const category of new Set(categories)) {
    const members = await source.categoryMembers(category, signal);
    if (members.length === 0)
      lost.push({ item: `Category:${category}`, reason: `${source.name} has no page in this category` });
    for (const title of members) add(title, "in a category of discover.agent.categories", weights.category);
  }
  if (settings.medicalBoxes) {
    const members = await source.pagesWithTemplate(medicalBoxNames(), signal);
    if (members.length === 0)
      lost.push({ item: "medicalBoxes", reason: `${source.name} has no page with a medical box` });
    for (const title of members) add(title, "has a medical box", weights.box);
  }
  if (seeds.size === 0) throw new UsageError(noSeeds(source.name, lost));
  return { seeds: [...seeds.values()], lost };
}

function noSeeds(source: string, lost: readonly LostSeed[]): string {
  if (lost.length === 0) {
    return "discover.agent: nothing to start from; name pages or categories, or set medicalBoxes: true";
  }
  const [first] = lost;
  const named = lost.slice(0, 5).map(({ item }) => `"${item}"`);
  const more = lost.length > named.length ? ` and ${lost.length - named.length} more` : "";
  return (
    `discover.agent: none of the seeds leads to a page of ${source}: ${named.join(", ")}${more} ` +
    `(${first?.reason}); check their spelling, or start from medicalBoxes: true`
  );
}
