/**
 * Counts of a graph folder, told by its tables, and how its evidence stands.
 *
 * Invariant: `exact` equals `checked` in a graph that this program wrote; anything less is a defect and is shown.
 */
import type { DuckDBConnection } from "@duckdb/node-api";
import { withoutControls } from "../base/one-line.ts";
import { checkAllQuotes, checkSomeQuotes } from "./check-quotes.ts";
import { rowsOf, withTables } from "./database.ts";

type Counts = Readonly<Record<string, number>>;

export interface GraphStatistics {
  /** Pages that are stored: those of entities. */
  readonly pages: number;
  readonly entities: number;
  readonly relations: number;
  readonly byType: Counts;
  readonly byPredicate: Counts;
  /** Relations by the way in which their first place was read. */
  readonly byMethod: Counts;
  readonly aliases: Counts;
  /** Entities that are marked as rare. */
  readonly rare: number;
  /** Diseases by their score of rarity, in ten steps from 0 to 1. */
  readonly rarity: readonly number[];
  /** Relations at an entity, in either direction, over all entities. */
  readonly degree: {
    readonly mean: number;
    readonly median: number;
    readonly p90: number;
    readonly p99: number;
    readonly max: number;
    /** Entities without any relation. */
    readonly none: number;
    readonly top: readonly { readonly id: string; readonly degree: number }[];
  };
  readonly evidence: {
    /** Places that are kept. */
    readonly total: number;
    /** Places that were read, those left out too. */
    readonly places: number;
    /** Share of relations with at least one place; 0 without relations. */
    readonly coverage: number;
    readonly byMethod: Counts;
    /** Quotes that were held against their pages: all, or a fixed sample of a large graph. */
    readonly checked: number;
    readonly exact: number;
    readonly isSample: boolean;
  };
  /** Relations that another one contradicts. */
  readonly conflicts: number;
  readonly merges: Counts;
}

/** Graphs up to so many places are checked whole in any case. */
const checkedWhole = 20_000;

/** Counts a graph folder and checks its quotes: all of a small graph, or with `all`; otherwise a sample. */
export async function graphStatistics(
  folder: string,
  { all = false }: { readonly all?: boolean } = {},
): Promise<GraphStatistics> {
  return await withTables(
    folder,
    ["pages", "entities", "aliases", "relations", "evidence", "merges"],
    async (connection) => {
      const counted = async (table: string, column: string): Promise<Counts> =>
        countsOf(
          await rowsOf(
            connection,
            `SELECT "${column}" AS name, count(*) AS n FROM ${table} GROUP BY ALL ORDER BY n DESC, name`,
          ),
        );
      const [sums] = await rowsOf(
        connection,
        `SELECT (SELECT count(*) FROM pages) AS pages, (SELECT count(*) FROM entities) AS entities,
          (SELECT count(*) FILTER (isRare) FROM entities) AS rare, (SELECT count(*) FROM evidence) AS total,
          count(*) AS relations, coalesce(sum(places), 0)::BIGINT AS places, count(conflictsWith) AS conflicts FROM relations`,
      );
      const { pages, entities, rare, total, relations, places, conflicts } = sums as Counts &
        Record<Sum, number>;
      // Each relation's places are numbered from 1.
      const [first] = await rowsOf(connection, "SELECT count(*) AS n FROM evidence WHERE n = 1");
      const isSample = !all && total > checkedWhole;
      const quotes = await (isSample ? checkSomeQuotes : checkAllQuotes)(connection, folder);
      return {
        pages,
        entities,
        relations,
        byType: await counted("entities", "type"),
        byPredicate: await counted("relations", "predicate"),
        byMethod: await counted("relations", "method"),
        aliases: await counted("aliases", "kind"),
        rare,
        rarity: await rarityOf(connection),
        degree: await degreesOf(connection),
        evidence: {
          total,
          places,
          coverage: relations === 0 ? 0 : Number(first?.["n"]) / relations,
          byMethod: await counted("evidence", "method"),
          ...quotes,
          isSample,
        },
        conflicts,
        merges: await counted("merges", "by"),
      };
    },
  );
}

type Sum = "pages" | "entities" | "rare" | "total" | "relations" | "places" | "conflicts";

function countsOf(rows: readonly Readonly<Record<string, unknown>>[]): Counts {
  return Object.fromEntries(rows.map(({ name, n }) => [String(name), Number(n)]));
}

async function rarityOf(connection: DuckDBConnection): Promise<number[]> {
  const steps = new Array<number>(10).fill(0);
  const rows = await rowsOf(
    connection,
    "SELECT least(9, floor(rarityScore * 10))::INTEGER AS step, count(*) AS n FROM entities WHERE type = 'disease' GROUP BY step",
  );
  for (const { step, n } of rows) steps[Number(step)] = Number(n);
  return steps;
}

async function degreesOf(connection: DuckDBConnection): Promise<GraphStatistics["degree"]> {
  await connection.run(
    `CREATE TEMP TABLE degree AS
      SELECT id, count(*) AS degree FROM (SELECT head AS id FROM relations UNION ALL SELECT tail FROM relations) GROUP BY id`,
  );
  const [row] = await rowsOf(
    connection,
    `WITH every AS (SELECT coalesce(degree, 0) AS degree FROM entities LEFT JOIN degree USING (id))
     SELECT coalesce(avg(degree), 0) AS mean, coalesce(quantile_disc(degree, 0.5), 0) AS median,
       coalesce(quantile_disc(degree, 0.9), 0) AS p90, coalesce(quantile_disc(degree, 0.99), 0) AS p99,
       coalesce(max(degree), 0) AS max, count(*) FILTER (degree = 0) AS none FROM every`,
  );
  const top = await rowsOf(connection, "SELECT id, degree FROM degree ORDER BY degree DESC, id LIMIT 10");
  return { ...(row as object), top } as unknown as GraphStatistics["degree"];
}

/** The counts as lines for people. */
export function renderStatistics(counts: GraphStatistics): string {
  const { degree, evidence } = counts;
  const percent = (part: number, whole: number): string =>
    `${whole === 0 ? "0" : ((100 * part) / whole).toFixed(1)} %`;
  const share = (byMethod: Counts): string => {
    const whole = Object.values(byMethod).reduce((sum, n) => sum + n, 0);
    return Object.entries(byMethod)
      .map(([name, n]) => `${name} ${percent(n, whole)}`)
      .join(", ");
  };
  const lines = [
    `${counts.entities} entities (${counts.rare} rare conditions), ${counts.relations} relations, ${counts.pages} pages of entities`,
    `evidence: ${evidence.total} places of ${evidence.places} read${counts.relations === 0 ? "" : `; ${(100 * evidence.coverage).toFixed(1)} % of relations have one`}`,
    `  ${evidence.exact} of ${evidence.checked} quotes equal the stored page to the character${
      evidence.isSample ? "; a fixed sample, --all checks every one" : ""
    }`,
    `  relations by method: ${share(counts.byMethod)}`,
    `  places by method: ${share(evidence.byMethod)}`,
    `conflicts: ${counts.conflicts} relations are contradicted by another`,
    `merges: ${inWords(counts.merges)}`,
    `names: ${inWords(counts.aliases)}`,
    `degree: mean ${degree.mean.toFixed(1)}, median ${degree.median}, 90 % ${degree.p90}, 99 % ${degree.p99}, most ${degree.max}; ${degree.none} entities have none`,
    ...degree.top.map(({ id, degree: n }) => `  ${String(n).padStart(7)}  ${id}`),
    "rarity of diseases, from 0 to 1 in tenths:",
    `  ${counts.rarity.join("  ")}`,
    "",
    ...rowsOfCounts(counts.byType),
    "",
    ...rowsOfCounts(counts.byPredicate),
  ];
  return `${lines.map(withoutControls).join("\n")}\n`;
}

function inWords(counts: Counts): string {
  const entries = Object.entries(counts);
  return entries.length === 0 ? "none" : entries.map(([name, n]) => `${n} by ${name}`).join(", ");
}

function rowsOfCounts(counts: Counts): string[] {
  const width = Math.max(0, ...Object.keys(counts).map((name) => name.length));
  return Object.entries(counts).map(([name, count]) => `${name.padEnd(width)}  ${String(count).padStart(7)}`);
}
