/**
 * Joins the surveys of all pages: which titles are entities, where redirects lead, what kind of thing a name without a
 * page is, which entities are one (paper §3.1, concepts of the graph).
 *
 * Invariant: of pages that are no entities only those are held that an entity's page names or that lead to one, so
 * memory grows with the medical part of a source and not with the rest.
 */
import { type EntityMerge, mergeEntities } from "../graph/merge-entities.ts";
import type { Entity } from "../records/entity.ts";
import { type Ballots, openBallots } from "./ballots.ts";
import { followRedirects, type Names, openNames } from "./names.ts";
import type { EntitySurvey } from "./reading/survey-record.ts";
import { numberedSurveys, othersOf, type Repeated } from "./segments.ts";

export interface Gathered {
  readonly names: Names;
  /** Entities with a page, by id. */
  readonly entities: ReadonlyMap<string, Entity>;
  /** Titles that lead to an entity, by its id. */
  readonly redirects: ReadonlyMap<string, readonly string[]>;
  /** Pages of which nothing medical is known, that a field or sentence names. */
  readonly unknown: ReadonlyMap<string, NonNullable<Entity["page"]>>;
  readonly merges: readonly EntityMerge[];
  /** Pages whose title came before. */
  readonly repeated: Repeated;
  /** Pages about an entity, each title once. */
  readonly pages: number;
}

/** Reads the segments of a scratch folder. */
export function gather(scratch: string, segments: number, onRepeated: (title: string) => void): Gathered {
  const typed = new Map<string, Entity>();
  const repeated = new Map<number, Set<number>>();
  const ballots = openBallots();
  const wanted = new Set<string>();
  for (const [index, line, survey] of numberedSurveys(scratch, segments)) {
    if (typed.has(survey.title)) {
      repeated.set(index, (repeated.get(index) ?? new Set()).add(line));
      onRepeated(survey.title);
      continue;
    }
    typed.set(survey.title, entityOf(survey));
    vote(survey, ballots);
    for (const { target } of survey.mentions) if (target !== undefined) wanted.add(target);
  }
  const others = readOthers(scratch, segments, typed, wanted);
  const { entities, merged, log } = mergeEntities(typed.values());
  const names = openNames({ entities, ...others, merged }, ballots);
  const leading = new Map<string, string[]>();
  const byRedirect: EntityMerge[] = [];
  for (const from of others.redirects.keys()) {
    const to = followRedirects(others.redirects, from);
    if (to === undefined || !(typed.has(to) || names.pageless.has(to))) continue;
    const id = merged.get(to) ?? to;
    const known = leading.get(id);
    if (known) known.push(from);
    else leading.set(id, [from]);
    if (wanted.has(from)) byRedirect.push({ kept: id, merged: from, by: "redirect", detail: "" });
  }
  return {
    names,
    entities,
    redirects: leading,
    unknown: others.unknown,
    merges: [...log, ...byRedirect, ...names.merges],
    repeated,
    pages: typed.size,
  };
}

function entityOf(survey: EntitySurvey): Entity {
  const { title, type, typeScore, typeReasons, aliases, identifiers, labels, rarity, pageId, revision } =
    survey;
  return {
    id: title,
    type,
    typeScore,
    typeReasons: [...typeReasons],
    aliases: [...aliases],
    identifiers: { ...identifiers },
    ...(labels === undefined ? {} : { labels }),
    rarity,
    page: { pageId, revision },
  };
}

function vote(survey: EntitySurvey, ballots: Ballots): void {
  for (const { name, type, weight, reason } of survey.votes) ballots.cast(name, type, weight, reason);
  ballots.suggest(survey.clearly, survey.likely);
}

interface Others {
  readonly redirects: Map<string, string>;
  readonly disambiguations: Map<string, readonly string[]>;
  readonly notMedical: Set<string>;
  readonly unknown: Map<string, { readonly pageId: number; readonly revision: number }>;
}

/** A chain of redirects from a name, or to an entity, may stand in any order: rounds go on until none adds to it. */
function readOthers(
  scratch: string,
  segments: number,
  typed: ReadonlyMap<string, Entity>,
  wanted: Set<string>,
): Others {
  const out: Others = {
    redirects: new Map(),
    disambiguations: new Map(),
    notMedical: new Set(),
    unknown: new Map(),
  };
  const { redirects } = out;
  for (let found = -1; found < redirects.size; ) {
    found = redirects.size;
    for (const other of othersOf(scratch, segments)) {
      if (other.kind !== "redirect" || redirects.has(other.title)) continue;
      const { title, to } = other;
      if (!wanted.has(title) && !typed.has(to) && !wanted.has(to) && !redirects.has(to)) continue;
      redirects.set(title, to);
      wanted.add(to);
    }
  }
  for (const other of othersOf(scratch, segments)) {
    const { title, kind } = other;
    if (!wanted.has(title)) continue;
    if (kind === "notMedical") out.notMedical.add(title);
    else if (kind === "disambiguation") out.disambiguations.set(title, other.options);
    else if (kind === "unknown" && !out.unknown.has(title))
      out.unknown.set(title, { pageId: other.pageId, revision: other.revision });
  }
  return out;
}
