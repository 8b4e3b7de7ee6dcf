/**
 * Whom a question may be about, and what then answers it: a subject that is named, a disease that is only told by its
 * facts, or a disease and a condition that rules a drug out.
 */
import type { EntityType } from "../../records/entity.ts";
import type { Asked } from "./asked.ts";
import { endTypes, pathsTo } from "./asked-paths.ts";
import type { Choice, Fit } from "./choose.ts";
import { type Ends, type Hop, isRuledOut, kinOf, type World } from "./closed-world.ts";
import { cue } from "./cue.ts";
import type { Stem } from "./read-prompt.ts";
import type { Place } from "./roles.ts";
import { diseasesBehind } from "./told-facts.ts";

export interface ReadStem {
  readonly world: World;
  readonly choices: readonly Choice[];
  readonly stem: Stem;
  readonly places: readonly Place[];
}

export interface Reading {
  readonly about: string;
  readonly fitOf: (choice: Choice) => Fit;
}

/** Mentions in a text that is taken to be about one that it names, that one among them. */
const mostBeside = 3;

/** Words that name what the patient has, takes or carries. */
const naming = cue`
  \b(?:diagnos\w+|confirmed|established|known|proven|found to have|suffer\w*|cases? of)\s+(?:\p{L}+\s+){0,3}$
  \b(?:treated for|takes?|taking|receiv\w+|prescribed|given|started on|dose of)\s+(?:\p{L}+\s+){0,3}$
  \b(?:infect\w+|patients? with)\s+(?:\p{L}+\s+){0,3}$
  (?:诊断为|患有|确诊为|服用|使用)\s*$
`;

/** The readings of a question for what is asked, or why there are none. */
export function readingsOf(question: ReadStem, asked: Asked): readonly Reading[] | string {
  const { world, choices } = question;
  const told = toldIn(question, asked);
  const count = new Set(told.map((place) => place.mention)).size;
  const isOnly = count === 1;
  const isClued = asked === "disease" && !isOnly;
  // A text that tells much more than a name asks of more than the name.
  const named =
    isClued || count > mostBeside
      ? []
      : told.flatMap((place) =>
          idsOf(question, place).flatMap((id) => {
            const type = world.typeOf(id);
            const paths = pathsTo(asked, type).filter((path) => path.length > 0);
            const isNamed =
              isOnly ||
              type !== "disease" ||
              (place.role === "present" &&
                place.listSize === 1 &&
                (place.isInQuestion || naming.test(place.lead)));
            return isNamed && mayEnd(world, choices, paths) ? [{ id, paths }] : [];
          }),
        );
  const readings = named.map(({ id, paths }) => reachedFrom(world, id, paths));
  // One fact by itself is the name; several may hide another disease than the one that seems to be named.
  if (readings.length > 0 && isOnly) return readings;
  const paths = pathsTo(asked, "disease");
  if (!told.some((place) => isClinical(question, place)) || !mayEnd(world, choices, paths)) return readings;
  const hidden = hiddenIn(question, told);
  if (typeof hidden === "string") return [...readings, reachedFrom(world, hidden, paths)];
  return readings.length > 0 ? readings : hidden.problem;
}

/** A single drug or pathogen hides no disease; a symptom may, and so may several facts. */
function isClinical(question: ReadStem, place: Place): boolean {
  const types = idsOf(question, place).map((id) => question.world.typeOf(id));
  return types.some((type) => type !== "drug" && type !== "drug class" && type !== "pathogen");
}

/** What is said of the patient; of a diagnosis the options that the stem names are no clue. */
function toldIn({ choices, places, stem }: ReadStem, asked: Asked): Place[] {
  const isOption = (place: Place): boolean =>
    choices.some(({ ids }) => ids.some((id) => stem.mentions[place.mention]?.includes(id)));
  return places.filter((place) => place.role !== "absent" && !(asked === "disease" && isOption(place)));
}

/** The one disease behind what is told; history is taken in where the rest leaves it open. */
function hiddenIn(question: ReadStem, told: readonly Place[]): string | { readonly problem: string } {
  const present = told.filter((place) => place.role === "present");
  const found = behind(question, present);
  const wider = found.length === 1 || present.length === told.length ? found : behind(question, told);
  const [disease] = wider;
  return disease !== undefined && wider.length === 1
    ? disease
    : { problem: `what is told fits ${wider.length} diseases` };
}

function diseaseBehind(question: ReadStem, facts: readonly Place[]): string | undefined {
  const found = behind(question, facts);
  return found.length === 1 ? found[0] : undefined;
}

function behind(question: ReadStem, facts: readonly Place[]): readonly string[] {
  const denied = question.places.filter((place) => place.role === "absent");
  return facts.length === 0
    ? []
    : diseasesBehind(question.world, facts, denied, (place) => idsOf(question, place));
}

/** A drug for a disease where a condition of the patient rules out some of them: those, or the ones that are left. */
export function pairReadings(question: ReadStem, wanted: "ruled out" | "left"): readonly Reading[] {
  const { world } = question;
  const told = toldIn(question, "drug");
  const ruling = told.filter((place) =>
    wideOf(world, idsOf(question, place)).some((id) => rulesOut(world, id)),
  );
  const readings = ruling.flatMap((condition) => {
    const others = told.filter((place) => place.mention !== condition.mention);
    const ruled = idsOf(question, condition);
    const { rank, subjects } = subjectsOf(question, others);
    return subjects.flatMap((subject) => {
      const ends = world.endsOf([subject], [{ predicate: "TREATED_WITH" }]);
      const out = (drug: string): Fit => isRuledOut(world.graph, drug, ruled);
      if (![...ends.sure].some((drug) => out(drug).possible)) return [];
      const isRuled = wanted === "ruled out";
      const fitOf = ({ ids }: Choice): Fit => ({
        sure: ids.some((id) => ends.sure.has(id) && (isRuled ? out(id).sure : !out(id).possible)),
        possible: ids.some((id) => ends.possible.has(id) && (isRuled ? out(id).possible : !out(id).sure)),
      });
      return [{ rank, about: `${subject} with ${ruled[0]}`, fitOf }];
    });
  });
  const best = Math.min(...readings.map((reading) => reading.rank));
  return readings.filter((reading) => reading.rank === best);
}

/**
 * The disease to be treated, better readings first: the one behind all else that is told, the one behind what is
 * present, each that is named.
 */
function subjectsOf(
  question: ReadStem,
  told: readonly Place[],
): { readonly rank: number; readonly subjects: readonly string[] } {
  const present = told.filter((place) => place.role === "present");
  for (const [rank, facts] of [told, present].entries()) {
    const hidden = facts.length > 1 ? diseaseBehind(question, facts) : undefined;
    if (hidden !== undefined) return { rank, subjects: [hidden] };
  }
  const isBrief = new Set(told.map((place) => place.mention)).size < mostBeside;
  const named = new Set(isBrief ? told.flatMap((place) => idsOf(question, place)) : []);
  return { rank: 2, subjects: [...named].filter((id) => question.world.typeOf(id) === "disease") };
}

function rulesOut(world: World, condition: string): boolean {
  return world.graph.into(condition, "CONTRAINDICATED_IN").length > 0;
}

function wideOf(world: World, ids: readonly string[]): string[] {
  return ids.flatMap((id) => kinOf(world.graph, id));
}

function reachedFrom(world: World, subject: string, paths: readonly (readonly Hop[])[]): Reading {
  const ends = joined(world, [subject], paths);
  return {
    about: subject,
    fitOf: ({ ids }) => ({
      sure: ids.some((id) => ends.sure.has(id)),
      possible: ids.some((id) => ends.possible.has(id)),
    }),
  };
}

/** The ends of several walks together. */
export function joined(world: World, from: readonly string[], paths: readonly (readonly Hop[])[]): Ends {
  const all = paths.map((path) => world.endsOf(from, path));
  return {
    sure: new Set(all.flatMap((ends) => [...ends.sure])),
    possible: new Set(all.flatMap((ends) => [...ends.possible])),
  };
}

/** Whether half of the options or more can be what the walks lead to, by their types. */
export function mayEnd(
  world: World,
  choices: readonly Choice[],
  paths: readonly (readonly Hop[])[],
): boolean {
  const types = new Set<EntityType | undefined>(paths.flatMap((path) => endTypes(path)));
  const linked = choices.filter(({ ids }) => ids.length > 0);
  const fitting = linked.filter(({ ids }) => ids.some((id) => types.has(world.typeOf(id))));
  return fitting.length > 0 && fitting.length * 2 >= linked.length;
}

function idsOf({ stem }: ReadStem, place: Place): readonly string[] {
  return stem.mentions[place.mention] ?? [];
}
