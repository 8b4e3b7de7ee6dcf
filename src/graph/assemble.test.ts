// The tables against the same rules in plain JavaScript over lists.
import { mkdtemp, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { listFiles, shortHash } from "../base/hash.ts";
import { writeJsonl } from "../base/jsonl.ts";
import { type Random, seededRandom } from "../base/random.ts";
import { type Relation, relationSchema } from "../records/relation.ts";
import { type AssembledCounts, type AssembleOptions, assembleGraph } from "./assemble.ts";
import { rowsOf, withTables } from "./database.ts";
import { graphStatistics } from "./statistics.ts";
import { openGraph } from "./store.ts";

interface Reading {
  readonly relation: string;
  readonly head: string;
  readonly predicate: Relation["predicate"];
  readonly tail: string;
  readonly method: Relation["method"];
  readonly confidence: number;
  readonly page: string;
  readonly pageId: number;
  readonly revision: number;
  readonly section: string;
  readonly start: number;
  readonly end: number;
  readonly quote: string;
  readonly hedge?: string;
  readonly order: number;
}

const settings = { minConfidence: 0.5, maxEvidence: 3, licence: "CC BY-SA 4.0" };
const titles = [
  "Ague",
  "Ænemia",
  "Quinol 😀",
  "Rash – red",
  "\uFB01brosis",
  "\u{1D400} sign",
  "Fever",
  "Chill",
];
const named = [
  "predicate",
  "HAS_SYMPTOM",
  "HAS_FINDING",
  "TREATS",
  "TREATED_WITH",
  "CONTRAINDICATED_IN",
].slice(1);

function entityLine(id: string, index: number) {
  return {
    id,
    type: "disease",
    typeScore: 0.5,
    typeReasons: [`reason "${index}"`],
    aliases: [`${id} old`, `${id}’s name`, id],
    identifiers: { MeSH: `D${index}` },
    rarity: { score: 0.25, isRare: index % 2 === 0, reasons: [] },
    ...(index < 6 ? { page: { pageId: index + 1, revision: 100 + index } } : { mayDrop: true }),
  };
}

function pageLine(title: string, index: number) {
  const wikitext = `'''${title}''' 😀 is ill.\n${"It is – said – to be so. ".repeat(30)}`;
  return { title, pageId: index + 1, revision: 100 + index, timestamp: "2024-01-01", wikitext };
}

function makeReadings(random: Random, count: number): Reading[] {
  const pages = titles.slice(0, 6).map(pageLine);
  return Array.from({ length: count }, (_, order) => {
    const page = random.pick(pages);
    const [head, tail] = [random.pick(titles.slice(0, 7)), random.pick(titles.slice(0, 7))];
    const predicate = random.pick(named) as Reading["predicate"];
    const start = random.integer(5) * 29 + 40;
    const end = start + 12;
    return {
      relation: `r-${shortHash([head, predicate, tail])}`,
      head,
      predicate,
      tail,
      method: random.pick(["infobox", "section", "sentence"] as const),
      confidence: Math.round(random.next() * 60 + 10) / 100,
      page: page.title,
      pageId: page.pageId,
      revision: page.revision,
      section: "Lead",
      start,
      end,
      quote: page.wikitext.slice(start, end),
      ...(random.next() < 0.3 ? { hedge: "may" } : {}),
      order,
    };
  });
}

/** The rules over lists. */
function byHand(readings: readonly Reading[]) {
  const groups = new Map<string, Reading[]>();
  for (const one of readings) groups.set(one.relation, [...(groups.get(one.relation) ?? []), one]);
  const all = [...groups.values()].map((list) => {
    const places = new Map<string, Reading>();
    for (const one of [...list].sort((a, b) => a.order - b.order)) {
      const key = JSON.stringify([one.page, one.start, one.end]);
      const known = places.get(key);
      if (known === undefined || one.confidence > known.confidence) places.set(key, one);
    }
    const rows = [...places.values()].sort((a, b) => a.order - b.order);
    const doubt = rows.reduce((product, { confidence }) => product * (1 - confidence), 1);
    return { rows, confidence: Math.min(0.99, 1 - doubt) };
  });
  const sure = all.filter(({ confidence }) => confidence >= settings.minConfidence);
  const has = (head: string, predicate: string, tail: string): string | undefined => {
    const id = `r-${shortHash([head, predicate, tail])}`;
    return sure.some(({ rows }) => rows[0]?.relation === id) ? id : undefined;
  };
  return sure
    .filter(
      ({ rows: [one] }) => one!.predicate !== "HAS_FINDING" || !has(one!.head, "HAS_SYMPTOM", one!.tail),
    )
    .map(({ rows, confidence }) => {
      const { relation: id, head, predicate, tail, method } = rows[0]!;
      const against =
        predicate === "TREATS"
          ? [has(head, "CONTRAINDICATED_IN", tail)]
          : predicate === "TREATED_WITH"
            ? [has(tail, "CONTRAINDICATED_IN", head)]
            : predicate === "CONTRAINDICATED_IN"
              ? [has(head, "TREATS", tail), has(tail, "TREATED_WITH", head)]
              : [];
      const conflictsWith = against.filter((one) => one !== undefined).sort();
      return {
        id,
        head,
        predicate,
        tail,
        method,
        confidence: Math.round(confidence * 1e4) / 1e4,
        ...(conflictsWith.length > 0 ? { conflictsWith } : {}),
        evidence: rows
          .slice(0, settings.maxEvidence)
          .map(({ relation: _, head: _h, predicate: _p, tail: _t, order: _o, ...place }) => ({
            kind: "page",
            ...place,
            licence: settings.licence,
          })),
      };
    })
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

async function assembled(
  readings: readonly Reading[],
  options: Partial<AssembleOptions> & { readonly files?: number } = {},
): Promise<{ folder: string; counts: AssembledCounts }> {
  const scratch = await mkdtemp(join(tmpdir(), "fleming-assemble-"));
  const folder = join(scratch, "graph");
  const spread = async (name: string, rows: readonly unknown[]): Promise<string[]> => {
    const files = options.files ?? 1;
    const paths = Array.from({ length: files }, (_, at) => join(scratch, `${name}-${at}.jsonl`));
    for (const [at, path] of paths.entries())
      await writeJsonl(
        path,
        rows.filter((_, row) => row % files === at),
      );
    return paths;
  };
  const merge = { kept: "Ague", merged: "Ague fever", by: "redirect", detail: 'a "redirect"' };
  const counts = await assembleGraph({
    folder,
    scratch,
    entities: await spread(
      "entities",
      titles.map((id, index) => ({
        ...entityLine(id, index),
        ...(id === "Ague" ? { redirects: ["Ague old"] } : {}),
      })),
    ),
    readings: await spread("readings", readings),
    pages: await spread("pages", titles.slice(0, 6).map(pageLine)),
    merges: await spread("merges", [merge]),
    settings,
    memoryMb: 256,
    ...options,
  });
  expect(await listFiles(join(scratch, "tables")).catch(() => "gone")).toBe("gone");
  return { folder, counts };
}

test("relations, their confidence, evidence and conflicts are those of the rules in plain code", async () => {
  const readings = makeReadings(seededRandom(7), 900);
  const { folder, counts } = await assembled(readings);
  const expected = byHand(readings);
  const graph = await openGraph(folder);
  const found = [...graph.relations.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  expect(found).toEqual(expected);
  for (const one of found) relationSchema.parse(one);
  expect(expected.some(({ conflictsWith }) => conflictsWith !== undefined)).toBe(true);
  expect(expected.length).toBeLessThan(new Set(readings.map(({ relation }) => relation)).size);
  expect(counts).toEqual({
    pages: 6,
    // "Chill" may be dropped and no relation names it; "Fever" may be and stays.
    entities: 7,
    aliases: 21,
    relations: expected.length,
    evidence: expected.reduce((sum, { evidence }) => sum + evidence.length, 0),
    conflicts: expected.filter(({ conflictsWith }) => conflictsWith !== undefined).length,
    merges: 1,
    readings: 900,
  });
  expect(graph.entities.get("Ague")).toEqual({
    ...entityLine("Ague", 0),
    aliases: ["Ague old", "Ague’s name"],
  });
  expect(graph.entities.has("Chill")).toBe(false);
  const statistics = await graphStatistics(folder);
  expect(statistics.evidence).toMatchObject({
    checked: counts.evidence,
    exact: counts.evidence,
    coverage: 1,
  });
  expect(statistics.merges).toEqual({ redirect: 1 });
  expect(statistics.aliases).toEqual({ name: 13, title: 7, redirect: 1 });
});

test("the bytes are the same whatever the order of the lines, the number of files and threads", async () => {
  const random = seededRandom(3);
  const readings = makeReadings(random, 400);
  const bytes = async (folder: string): Promise<string[]> =>
    Promise.all(
      (await listFiles(folder)).map(async (name) => (await readFile(join(folder, name))).toString("base64")),
    );
  const one = await assembled(readings, { threads: 1 });
  const other = await assembled(random.shuffle([...readings]), { threads: 2, files: 3 });
  expect(other.counts).toEqual(one.counts);
  expect(await bytes(other.folder)).toEqual(await bytes(one.folder));
});

test("in many parts the rows are those of one part, in the same order", async () => {
  const readings = makeReadings(seededRandom(5), 600);
  const rows = async (folder: string, table: "pages" | "relations" | "evidence") =>
    await withTables(folder, [table], (connection) => rowsOf(connection, `SELECT * FROM ${table}`));
  const whole = await assembled(readings);
  const split = await assembled(readings, { partBytes: 4096, files: 2 });
  for (const table of ["pages", "relations", "evidence"] as const)
    expect(await rows(split.folder, table)).toEqual(await rows(whole.folder, table));
});

test("a graph without a reading and a relation without an entity", async () => {
  expect((await assembled([])).counts).toMatchObject({ entities: 6, relations: 0, evidence: 0 });
  const [one] = makeReadings(seededRandom(1), 1);
  const lost = { ...one!, head: "Nobody", relation: "r-x", confidence: 0.9 };
  await expect(assembled([lost])).rejects.toThrow(/"Nobody" \w+ ".*" names an unknown entity/);
});
