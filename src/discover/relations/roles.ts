/** What a section is about by its headings, and what the words around a link say of it. */
import type { EntityType } from "../../records/entity.ts";
import type { Section } from "../wikitext/sections.ts";
import { cuesAfter, cuesBefore } from "./cues.ts";
import { type FoundCue, findCues, indexCues } from "./find-cues.ts";
import { type Governor, governing, nearIndexes } from "./near-cues.ts";
import type { Run } from "./runs.ts";
import { headingRoles, type Role } from "./tables.ts";
import { isDrug } from "./types-by-place.ts";

/** Parts of headings, for those that are not in the table as they stand. */
const headingParts: readonly (readonly [string, Role])[] = [
  ["differential", "differential"],
  ["histor", "none"],
  ["epidemiolog", "none"],
  ["research", "none"],
  ["society", "none"],
  ["animals", "none"],
  ["contraindication", "contraindications"],
  ["side effect", "sideEffects"],
  ["adverse", "sideEffects"],
  ["interaction", "interactions"],
  ["mechanism of action", "action"],
  ["pharmacodynamic", "action"],
  ["pharmacology", "action"],
  ["medical use", "uses"],
  ["indication", "uses"],
  ["risk", "risks"],
  ["symptom", "symptoms"],
  ["clinical", "symptoms"],
  ["presentation", "symptoms"],
  ["treatment", "treatment"],
  ["management", "treatment"],
  ["complication", "complications"],
  ["prognosis", "complications"],
  ["patho", "mechanism"],
  ["mechanism", "mechanism"],
  ["cause", "cause"],
  ["etiology", "cause"],
  ["genetic", "cause"],
  ["diagnos", "diagnosis"],
  ["test", "diagnosis"],
  ["imaging", "diagnosis"],
  ["finding", "diagnosis"],
  ["prevent", "prevention"],
  ["therapy", "treatment"],
];

/** The role of a section, "none" where nothing is read, undefined for the lead and unknown headings. */
export function roleOfSection(section: Section, head: EntityType): Role | undefined {
  let role: Role | undefined;
  for (const heading of [...section.above, section.heading]) {
    const own = roleOfHeading(heading);
    if (own === "none") return "none";
    role = own ?? role;
  }
  if (isDrug(head) && role !== undefined && Object.hasOwn(rolesOfDrugs, role)) role = rolesOfDrugs[role];
  // What lies under "Structure" or "Blood supply" of an organ, its own words say.
  if (head === "anatomy") return undefined;
  if (
    head === "pathogen" &&
    role === undefined &&
    /^(?:disease|diseases|clinical significance|pathogenicity|role in disease|infection|infections)$/i.test(
      section.heading,
    )
  )
    return undefined;
  // A heading that says nothing known, directly under the title, says nothing about its links.
  return role ?? (section.level === 0 ? undefined : "none");
}

/** Headings that say something else on the page of a drug. */
const rolesOfDrugs: Readonly<Partial<Record<Role, Role>>> = {
  mechanism: "action",
  complications: "sideEffects",
};

function roleOfHeading(heading: string): Role | undefined {
  const folded = heading.toLowerCase().trim();
  if (Object.hasOwn(headingRoles, folded)) return headingRoles[folded];
  return headingParts.find(([part]) => folded.includes(part))?.[1];
}

/** "Heart failure of any cause": the word names a thing and does nothing. */
function isNoun(text: string, at: number, word: string): boolean {
  return (
    (word === "cause" || word === "control") &&
    /\b(?:an?|the|any|no|of|its|some|each|every|either|other|another|unknown|underlying|whatever|same|common|main|chief) $/.test(
      text.slice(0, at),
    )
  );
}

export interface SentenceRoles {
  /** Roles that the words around a place give it, the nearest in front first, then those behind. */
  around(start: number, end: number): Role[];
  /** The words that govern a list of names directly. */
  governing(run: Run, isBelieved: (governor: Governor) => boolean): Role | undefined;
}

const indexes = [indexCues(cuesBefore), indexCues(cuesAfter), ...nearIndexes];

/** Finds the words of a sentence that give roles. */
export function rolesOfSentence(sentence: string): SentenceRoles {
  const text = sentence.toLowerCase();
  let found: FoundCue[][] | undefined;
  const find = (list: number): FoundCue[] => {
    found ??= findCues(text, indexes).map((cues) =>
      cues.filter((cue) => !isNoun(text, cue.start, cue.words)),
    );
    return found[list] as FoundCue[];
  };
  return {
    around(start, end) {
      const out: Role[] = [];
      const front = find(0);
      for (let i = front.length - 1; i >= 0; i--)
        if ((front[i] as FoundCue).end <= start) out.push((front[i] as FoundCue).role);
      for (const cue of find(1)) if (cue.start >= end) out.push(cue.role);
      return out;
    },
    governing: (run, isBelieved) => governing(text, run, [find(2), find(3)], isBelieved),
  };
}
