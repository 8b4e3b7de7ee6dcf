/**
 * How much a page is worth reading, told by the pages that name it (paper §3.1, the agent; weights are not given).
 *
 * A link weighs by where it stands (a field of a box, a list, a sentence), by what that place is about, by how often
 * its page names it, and more on a page about a rare disease or a drug, or where a place leads to such pages. A title
 * that several entity pages lead to closes a path between them and weighs more with each doubling of their number.
 *
 * Invariant: every weight comes with its words, out of a closed list; a page that is not medical gives none.
 */
import type { AgentSection } from "../../recipe/sections/discover.ts";
import type { EntitySurvey, Mention, PageSurvey } from "../reading/survey-record.ts";
import type { Role } from "../relations/tables.ts";

/** A title that a page leads to. */
interface Link {
  readonly title: string;
  readonly weight: number;
  readonly why: string;
  /** Whether it is an entity's page that leads to it. */
  readonly closes: boolean;
}

const placeWeights: Readonly<Record<Mention["method"], { readonly weight: number; readonly words: string }>> =
  {
    infobox: { weight: 3, words: "box field" },
    section: { weight: 2, words: "list item" },
    model: { weight: 1.5, words: "model's reading" },
    sentence: { weight: 1, words: "sentence" },
  };

/** The roles that a diagnosis rests on count whole, those that lead to the same few pages from everywhere half. */
const roleWeights: Partial<Record<Role, number>> = {
  symptoms: 1,
  cause: 1,
  agent: 1,
  diagnosis: 1,
  differential: 1,
  treatment: 1,
  metabolism: 0.5,
  partOf: 0.5,
  artery: 0.5,
  vein: 0.5,
  nerve: 0.5,
  precursor: 0.5,
  specialty: 0.5,
  none: 0,
};
const OTHER_ROLE = 0.8;

/**
 * Places that lead to the rarer diseases and to drugs: in the sample pages a quarter of the links under differential
 * diagnosis and uses lead to a rare disease, of all links one in twenty-five; half of those under treatment to a drug.
 */
const towardsRare: ReadonlySet<Role> = new Set([
  "differential",
  "uses",
  "types",
  "treatment",
  "interactions",
]);

/** A link of a lead or of a heading that says nothing known. */
const WITHOUT_ROLE = 0.25;

/** What each further naming on the same page adds, and how many of them count. */
const REPEATED = 0.1;
const REPEATS_COUNTED = 5;

/** A redirect that the source did not follow itself. */
const REDIRECT = 1;

/** Of the pages that a disambiguation page lists, one was meant. */
const NAMESAKE = 0.2;

/** The titles that a page leads to, each once, in the order in which the page names them first. */
export function linksOf(survey: PageSurvey, settings: Pick<AgentSection, "rareWeight">): Link[] {
  switch (survey.kind) {
    case "entity":
      return linksOfEntity(survey, settings.rareWeight);
    case "disambiguation":
      return [...new Set(survey.options)].map((title) => ({
        title,
        weight: NAMESAKE,
        why: "one of the pages that a disambiguation page lists",
        closes: false,
      }));
    case "redirect":
      return [{ title: survey.to, weight: REDIRECT, why: "a redirect leads to it", closes: false }];
    case "notMedical":
    case "unknown":
      return [];
    default:
      return survey satisfies never;
  }
}

/** Factor of a title that a number of entity pages lead to: 1 for one page, more with each doubling. */
export function closingFactor(closingWeight: number, entityPages: number): number {
  return 1 + closingWeight * Math.log2(Math.max(1, entityPages));
}

function linksOfEntity(survey: EntitySurvey, rareWeight: number): Link[] {
  const { share, words } = rareness(survey);
  const best = new Map<string, { weight: number; place: string; times: number }>();
  for (const { target, method, role, cues } of survey.mentions) {
    if (target === undefined || target === survey.title) continue;
    const about = role ?? cues?.[0];
    const { weight, words: place } = placeWeights[method];
    const extra = rareWeight * (share + (about !== undefined && towardsRare.has(about) ? 1 : 0));
    const own =
      weight * (1 + extra) * (about === undefined ? WITHOUT_ROLE : (roleWeights[about] ?? OTHER_ROLE));
    if (own === 0) continue;
    const named = about === undefined ? place : `${place} (${about})`;
    const known = best.get(target);
    if (known === undefined) best.set(target, { weight: own, place: named, times: 1 });
    else {
      known.times += 1;
      if (own > known.weight) Object.assign(known, { weight: own, place: named });
    }
  }
  return [...best].map(([title, { weight, place, times }]) => ({
    title,
    weight: weight * (1 + REPEATED * Math.min(times - 1, REPEATS_COUNTED)),
    why: `${place} of ${words}${times > 1 ? ", named again" : ""}`,
    closes: true,
  }));
}

/** How far the extra weight of rare diseases and drugs counts on a page, and what kind of page it is. */
function rareness({ type, rarity }: EntitySurvey): { share: number; words: string } {
  if (rarity.isRare) return { share: 1, words: `a rare ${type}` };
  const words = `${/^[aeiou]/.test(type) ? "an" : "a"} ${type}`;
  return { share: type === "drug" ? 1 : type === "drug class" ? 0.5 : 0, words };
}
