/** What a section is about by its headings, and what the words around a link say of it. */
import type { Section } from "../wikitext/sections.ts";
import { type Cue, cuesAfter, cuesBefore } from "./cues.ts";
import { headingRoles, type Role } from "./tables.ts";

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
  ["treatment", "treatment"],
  ["management", "treatment"],
  ["therapy", "treatment"],
];

/** The role of a section, "none" where nothing is read, undefined for the lead and unknown headings. */
export function roleOfSection(section: Section): Role | undefined {
  let role: Role | undefined;
  for (const heading of [...section.above, section.heading]) {
    const own = roleOfHeading(heading);
    if (own === "none") return "none";
    role = own ?? role;
  }
  // A heading that says nothing known, directly under the title, says nothing about its links.
  return role ?? (section.level === 0 ? undefined : "none");
}

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
}

const before = compile(cuesBefore);
const after = compile(cuesAfter);

function compile(cues: readonly Cue[]): { expression: RegExp; roles: ReadonlyMap<string, Role> } {
  const roles = new Map<string, Role>();
  for (const { role, words } of cues) for (const word of words) if (!roles.has(word)) roles.set(word, role);
  const longestFirst = [...roles.keys()].sort((a, b) => b.length - a.length);
  return { expression: new RegExp(`\\b(?:${longestFirst.join("|")})\\b`, "g"), roles };
}

/** Finds the words of a sentence that give roles. */
export function rolesOfSentence(sentence: string): SentenceRoles {
  const text = sentence.toLowerCase();
  const find = ({ expression, roles }: typeof before): { at: number; end: number; role: Role }[] =>
    [...text.matchAll(expression)]
      .filter((found) => !isNoun(text, found.index, found[0]))
      .map((found) => ({
        at: found.index,
        end: found.index + found[0].length,
        role: roles.get(found[0]) as Role,
      }));
  let front: ReturnType<typeof find> | undefined;
  let back: ReturnType<typeof find> | undefined;
  return {
    around(start, end) {
      front ??= find(before);
      back ??= find(after);
      const out = front.filter((cue) => cue.end <= start).map((cue) => cue.role);
      return [...out.reverse(), ...back.filter((cue) => cue.at >= end).map((cue) => cue.role)];
    },
  };
}
