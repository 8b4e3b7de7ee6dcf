/** One entity with everything the graph says of it, each relation with the words it was read from. */
import type { DuckDBConnection } from "@duckdb/node-api";
import { oneLine, withoutControls } from "../base/one-line.ts";
import type { Entity } from "../records/entity.ts";
import type { RelationEvidence } from "../records/relation.ts";
import { type Row, rowsOf, withTables } from "./database.ts";
import { findEntity } from "./lookup.ts";
import { revisionLink, siteOf } from "./revision-link.ts";
import { numberedRelations, type StoredRelation, storedEntity, withEvidence } from "./stored.ts";

/** A relation as it is shown: each quote with the address of its revision, where that is known. */
export type ShownRelation = Omit<StoredRelation, "evidence"> & {
  readonly evidence: readonly (RelationEvidence & { readonly link?: string })[];
  /** What says the opposite, in words: "Aspirin CONTRAINDICATED_IN Asthma". */
  readonly contradictedBy?: readonly string[];
};

export interface ShownEntity {
  readonly entity: Entity;
  /** What was joined into it, and by what. */
  readonly merged: readonly { readonly merged: string; readonly by: string; readonly detail: string }[];
  /** Relations that leave it, in order of predicate and tail. */
  readonly out: readonly ShownRelation[];
  /** Relations that reach it, in order of predicate and head. */
  readonly into: readonly ShownRelation[];
  /** Relations in all, by predicate; more than there are above where a limit was set. */
  readonly counts: { readonly out: Counts; readonly into: Counts };
}

type Counts = Readonly<Record<string, number>>;

/** Looks an entity up by id or name; of each predicate and direction at most `limit` relations, the surest. */
export async function showEntity(folder: string, name: string, limit = 12): Promise<ShownEntity> {
  return await withTables(
    folder,
    ["entities", "aliases", "relations", "evidence", "merges"],
    async (connection) => {
      const id = await findEntity(connection, name);
      const out = await side(connection, folder, ["head", "tail"], id, limit);
      const into = await side(connection, folder, ["tail", "head"], id, limit);
      const relations = await shown(connection, folder, [...out.rows, ...into.rows]);
      const merged = await rowsOf(connection, 'SELECT merged, "by", detail FROM merges WHERE kept = $1', [
        id,
      ]);
      return {
        entity: await storedEntity(connection, id),
        merged: merged as unknown as ShownEntity["merged"],
        out: relations.slice(0, out.rows.length),
        into: relations.slice(out.rows.length),
        counts: { out: out.counts, into: into.counts },
      };
    },
  );
}

/** Rows of the relations at one side of an entity, and how many there are in all. */
async function side(
  connection: DuckDBConnection,
  folder: string,
  [own, other]: readonly ["head" | "tail", "head" | "tail"],
  id: string,
  limit: number,
): Promise<{ rows: readonly Row[]; counts: Counts }> {
  const rows = await rowsOf(
    connection,
    `SELECT * FROM ${numberedRelations(folder)} WHERE ${own} = $1
     QUALIFY row_number() OVER (PARTITION BY predicate ORDER BY confidence DESC, places DESC, ${other}) <= $2
     ORDER BY predicate, ${other}`,
    [id, limit],
  );
  const totals = await rowsOf(
    connection,
    `SELECT predicate, count(*) AS total FROM relations WHERE ${own} = $1 GROUP BY predicate ORDER BY predicate`,
    [id],
  );
  const counts = Object.fromEntries(totals.map(({ predicate, total }) => [String(predicate), Number(total)]));
  return { rows, counts };
}

/** Relations of some rows of `numberedRelations`, with the addresses of revisions and what contradicts them in words. */
export async function shown(
  connection: DuckDBConnection,
  folder: string,
  rows: readonly Row[],
): Promise<ShownRelation[]> {
  const site = await siteOf(folder);
  const relations = await withEvidence(connection, folder, rows);
  const words = new Map(
    relations.map(({ id, head, predicate, tail }) => [id, `${head} ${predicate} ${tail}`]),
  );
  const ids = relations.flatMap(({ conflictsWith = [] }) => conflictsWith).filter((id) => !words.has(id));
  const others =
    ids.length === 0
      ? []
      : await rowsOf(
          connection,
          "SELECT id, concat_ws(' ', head, predicate, tail) AS words FROM relations WHERE id IN (SELECT unnest($1))",
          [ids],
        );
  for (const row of others) words.set(String(row["id"]), String(row["words"]));
  return relations.map(({ evidence, ...relation }) => ({
    ...relation,
    ...(relation.conflictsWith === undefined
      ? {}
      : { contradictedBy: relation.conflictsWith.map((id) => words.get(id) ?? id) }),
    evidence: evidence.map((one) => {
      const link = revisionLink(one, site);
      return link === undefined ? one : { ...one, link };
    }),
  }));
}

/** Quotes of one relation that a terminal shows. */
const shownQuotes = 3;

/** The entity as lines for people. */
export function renderEntity({ entity, merged, out, into, counts }: ShownEntity): string {
  const { rarity, page } = entity;
  const lines = [
    `${entity.id} (${entity.type}, ${entity.typeScore.toFixed(2)})`,
    page ? `  page ${page.pageId}, revision ${page.revision}` : "  no page of its own",
    `  type: ${entity.typeReasons.join("; ")}`,
  ];
  if (entity.aliases.length > 0) lines.push(`  also: ${entity.aliases.join(", ")}`);
  const labels = Object.entries(entity.labels ?? {});
  if (labels.length > 0)
    lines.push(`  labels: ${labels.map(([code, name]) => `${code} ${name}`).join(", ")}`);
  const codes = Object.entries(entity.identifiers);
  if (codes.length > 0) lines.push(`  codes: ${codes.map(([name, code]) => `${name} ${code}`).join(", ")}`);
  if (entity.type === "disease") {
    const words = rarity.isRare ? "rare" : "not known to be rare";
    lines.push(`  rarity: ${words}, ${rarity.score} (${rarity.reasons.join("; ")})`);
  }
  for (const { merged: name, by, detail } of merged)
    lines.push(`  merged: ${name}, by ${by}${detail === "" ? "" : ` (${detail})`}`);
  for (const [relations, totals, other, suffix] of [
    [out, counts.out, "tail", ""],
    [into, counts.into, "head", " of"],
  ] as const) {
    for (const [predicate, total] of Object.entries(totals)) {
      const shown = relations.filter((one) => one.predicate === predicate);
      lines.push("", `${predicate}${suffix}`);
      for (const one of shown) lines.push(...renderRelation(one[other], one));
      if (total > shown.length) lines.push(`  … and ${total - shown.length} more`);
    }
  }
  return `${lines.map(withoutControls).join("\n")}\n`;
}

function renderRelation(other: string, relation: ShownRelation): string[] {
  const { confidence, method, evidence, places, contradictedBy = [] } = relation;
  const lines = [`  ${other}  [${confidence.toFixed(2)}, ${method}]`];
  for (const other of contradictedBy) lines.push(`    contradicted: ${other}`);
  for (const one of evidence.slice(0, shownQuotes))
    lines.push(`    ${quoted(one.quote)}`, `      ${placeOf(one)}`);
  const more = places - Math.min(evidence.length, shownQuotes);
  if (more > 0) lines.push(`    … and ${more} more ${more === 1 ? "place" : "places"}`);
  return lines;
}

/** Where a quote stands and what it says beside the bare fact. */
export function placeOf(evidence: ShownRelation["evidence"][number]): string {
  const { page, revision, section, start, end, link, frequency, condition, hedge } = evidence;
  const place = `${page}, revision ${revision}, ${section === "" ? "lead" : section}, ${start}–${end}`;
  const told = Object.entries({ frequency, condition, hedge }).filter(([, words]) => words !== undefined);
  return [
    place,
    ...told.map(([name, words]) => `${name} “${words}”`),
    ...(link === undefined ? [] : [link]),
  ].join("; ");
}

/** A quote on one line, cut to what a terminal shows. */
export function quoted(quote: string): string {
  const line = oneLine(quote);
  return line.length > 160 ? `“${line.slice(0, 157)}…”` : `“${line}”`;
}
