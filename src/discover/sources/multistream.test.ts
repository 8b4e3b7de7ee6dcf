// Dumps of many streams: what is packed comes back by portions and by title, and what is wrong with a dump is told.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { copyFile, mkdtemp, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { seededRandom } from "../../base/random.ts";
import type { Page } from "../../records/page.ts";
import { openSource } from "./open-source.ts";
import { packExport } from "./pack.ts";
import type { PageSource, Portion } from "./page-source.ts";
import { readPortion } from "./read-portion.ts";

const hasBzip2 = spawnSync("bzip2", ["--version"], { input: "" }).error === undefined;
const never = new AbortController().signal;
const noReject = (item: string, reason: string): void => {
  throw new Error(`${item}: ${reason}`);
};

function folder(): Promise<string> {
  return mkdtemp(join(tmpdir(), "fleming-multistream-"));
}

function somePages(count: number, seed = 1): Page[] {
  const random = seededRandom(seed, "pages");
  return Array.from({ length: count }, (_, i) => ({
    title: `Page ${seed} ${i}`,
    pageId: i + 1,
    revision: random.integer(1e9),
    timestamp: "2026-01-01T00:00:00Z",
    wikitext: Array.from({ length: random.integer(60) }, () => random.integer(1e6).toString(36)).join(" "),
  }));
}

async function portionsOf(source: PageSource): Promise<Portion[]> {
  const out: Portion[] = [];
  for await (const portion of source.portions()) out.push(portion);
  return out;
}

async function pagesOf(portions: readonly Portion[]): Promise<Page[]> {
  const out: Page[] = [];
  for (const portion of portions) for await (const page of readPortion(portion, noReject)) out.push(page);
  return out;
}

test.skipIf(!hasBzip2)(
  "what is packed is found again: by portions, by index, and without an index",
  async () => {
    const where = await folder();
    const file = join(where, "p.xml.bz2");
    const letters = fc.string({
      unit: fc.constantFrom("a", "é", ":", "&", '"', "痛", "😀", "(", " ", "b"),
      maxLength: 9,
    });
    const dump = fc.record({
      titles: fc.uniqueArray(
        letters.map((text) => `T${text.trim().replaceAll(/ +/g, " ")}`),
        { minLength: 1, maxLength: 120 },
      ),
      text: letters,
    });
    await fc.assert(
      fc.asyncProperty(dump, async ({ titles, text }) => {
        const pages = titles.map((title, i) => ({
          title,
          pageId: i + 1,
          revision: i,
          timestamp: "t",
          wikitext: `${text} ${i}`,
        }));
        expect(await packExport(pages, file)).toBe(pages.length);
        for (const isIndexed of [true, false]) {
          if (!isIndexed) await rm(`${file}-index.txt.bz2`);
          const source = await openSource([file], { reject: noReject });
          const portions = await portionsOf(source);
          expect(portions.map((one) => one.kind)).toEqual(["streams"]);
          expect(await pagesOf(portions)).toEqual(pages);
          const found = await source.lookup([...titles, "No such page"], never);
          expect(found).toEqual({ pages, redirects: [], missing: ["No such page"] });
        }
      }),
      { numRuns: 6 },
    );
  },
);

test.skipIf(!hasBzip2)(
  "portions are whole streams, the same each time, and can be read in any order",
  async () => {
    const file = join(await folder(), "x-multistream.xml.bz2");
    const pages = somePages(4321);
    await packExport(pages, file);
    expect(existsSync(join(file, "..", "x-multistream-index.txt.bz2"))).toBe(true);
    const source = await openSource([file], { reject: noReject });
    const portions = await portionsOf(source);
    // 1 + 44 + 1 streams, 20 in a portion.
    expect(portions).toHaveLength(3);
    expect(await portionsOf(source)).toEqual(portions);
    const bytes = await readFile(file);
    let end = 0;
    for (const portion of portions) {
      if (portion.kind !== "streams") throw new Error("not streams");
      expect(portion.start).toBe(end);
      expect(bytes.toString("latin1", portion.start, portion.start + 3)).toBe("BZh");
      end = portion.end;
    }
    expect(end).toBe(bytes.length);
    const parts = await Promise.all(portions.toReversed().map((portion) => pagesOf([portion])));
    expect(parts.toReversed().flat()).toEqual(pages);
  },
);

test.skipIf(!hasBzip2)(
  "redirects are followed, in circles and into nothing too, also into another file",
  async () => {
    const where = await folder();
    const page = (title: string, redirect?: string): Page => ({
      title,
      pageId: 1,
      revision: 1,
      timestamp: "t",
      ...(redirect === undefined ? {} : { redirect }),
      wikitext: redirect === undefined ? `text of ${title}` : `#REDIRECT [[${redirect}]]`,
    });
    await packExport(
      [
        page("Gout"),
        page("Podagra", "Gouty arthritis"),
        page("Gouty arthritis", "Gout"),
        page("A", "B"),
        page("B", "A"),
        page("Lost", "Nowhere"),
        page("Far", "ICD: 10"),
      ],
      join(where, "a.xml.bz2"),
    );
    await packExport([page("ICD: 10"), { ...page("Gout"), wikitext: "another" }], join(where, "b.xml"));
    await writeFile(join(where, "Podagra.wikitext"), "#REDIRECT [[gout]]");
    await writeFile(join(where, "HIV%2FAIDS.wikitext"), "'''HIV'''");
    const source = await openSource([where], { reject: noReject });
    const found = await source.lookup(
      ["podagra", "Gout", "Gouty arthritis", "A", "Lost", "Far", "HIV/AIDS", "None", "", "Gout"],
      never,
    );
    expect(found.pages.map((one) => one.wikitext)).toEqual(["text of Gout", "text of ICD: 10", "'''HIV'''"]);
    expect(found.redirects).toEqual([
      { from: "podagra", to: "Gout" },
      { from: "Gouty arthritis", to: "Gout" },
      { from: "Far", to: "ICD: 10" },
    ]);
    expect(found.missing).toEqual(["A", "Lost", "None", ""]);
    const stopped = AbortSignal.abort(new Error("stopped"));
    await expect(source.lookup(["Gout"], stopped)).rejects.toThrow("stopped");
  },
);

test.skipIf(!hasBzip2)(
  "a table of titles that was kept is used again; of two pages of a title the first counts",
  async () => {
    const where = await folder();
    const scratch = await folder();
    const file = join(where, "x-multistream.xml.bz2");
    const pages = somePages(250);
    await packExport([...pages, { ...(pages[3] as Page), wikitext: "second" }], file);
    const index = join(where, "x-multistream-index.txt");
    spawnSync("bzip2", ["-d", `${index}.bz2`]);
    expect(existsSync(index)).toBe(true);
    for (let i = 0; i < 2; i++) {
      const source = await openSource([file], { reject: noReject, scratch });
      const titles = ["Page 1 3", "Page 1 249"];
      expect((await source.lookup(titles, never)).pages).toEqual([pages[3], pages[249]]);
      expect(await readdir(scratch)).toHaveLength(1);
    }
    // A cut table is made anew.
    const [kept] = (await readdir(scratch)) as [string];
    await writeFile(join(scratch, kept), (await readFile(join(scratch, kept))).subarray(0, 100));
    const source = await openSource([file], { reject: noReject, scratch });
    expect((await source.lookup(["Page 1 9"], never)).pages).toEqual([pages[9]]);
  },
);

test.skipIf(!hasBzip2)("an index that is of another dump, or is none, is told by both names", async () => {
  const where = await folder();
  const [ours, others] = [join(where, "ours.xml.bz2"), join(where, "others.xml.bz2")];
  await packExport(somePages(300, 1), ours);
  await packExport(somePages(300, 2), others);
  const lookup = async (): Promise<unknown> =>
    (await openSource([ours], { reject: noReject })).lookup(["Page 1 7"], never);
  await rename(`${others}-index.txt.bz2`, `${ours}-index.txt.bz2`);
  await expect(lookup()).rejects.toThrow(/ours\.xml\.bz2: .*ours\.xml\.bz2-index\.txt\.bz2 is not its index/);
  await rm(`${ours}-index.txt.bz2`);
  const index = join(where, "ours-index.txt");
  await writeFile(index, "12:1:Page 1 0\n");
  await expect(lookup()).rejects.toThrow(/no stream that can be read starts at byte 12/);
  await writeFile(index, "99999999:1:Page 1 0\n");
  await expect(lookup()).rejects.toThrow(/line 1 names byte 99999999/);
  await writeFile(index, "Page 1 0\n");
  await expect(lookup()).rejects.toThrow(/ours-index\.txt:1: "Page 1 0" is no line of an index/);
});

test.skipIf(!hasBzip2)(
  "a dump that was cut is refused at once, a damaged stream where it is met",
  async () => {
    const where = await folder();
    const file = join(where, "x.xml.bz2");
    await packExport(somePages(2500), file);
    const [first, second] = await portionsOf(await openSource([file], { reject: noReject }));
    if (first?.kind !== "streams" || second?.kind !== "streams") throw new Error("not streams");
    const whole = await readFile(file);
    for (const end of [second.start, second.start + 100, whole.length - 5]) {
      await writeFile(file, whole.subarray(0, end));
      await expect(openSource([file], { reject: noReject })).rejects.toThrow(
        /x\.xml\.bz2: .*cut off, fetch it again/,
      );
    }
    const wrong = Buffer.from(whole);
    wrong[second.start + 500] = (wrong[second.start + 500] as number) ^ 1;
    await writeFile(file, wrong);
    const portions = await portionsOf(await openSource([file], { reject: noReject }));
    expect((await pagesOf(portions.slice(0, 1))).length).toBeGreaterThan(1000);
    const place = new RegExp(`x\\.xml\\.bz2: byte ${second.start + 4}: a bzip2 block is damaged`);
    await expect(pagesOf(portions.slice(1))).rejects.toThrow(place);
  },
);

test.skipIf(!hasBzip2)(
  "streams that cut pages anywhere, and one stream, are read from the start only",
  async () => {
    const where = await folder();
    const pages = somePages(700);
    await packExport(pages, join(where, "plain.xml"));
    const xml = await readFile(join(where, "plain.xml"));
    const pack = (bytes: Buffer): Buffer => spawnSync("bzip2", ["-c"], { input: bytes }).stdout;
    const pieces = [0, 9001, 20_000, 50_003, xml.length];
    const streams = pieces.slice(1).map((end, i) => pack(xml.subarray(pieces[i], end)));
    for (const bytes of [pack(xml), Buffer.concat(streams)]) {
      const file = join(where, "x.xml.bz2");
      await writeFile(file, bytes);
      const source = await openSource([file], { reject: noReject });
      const portions = await portionsOf(source);
      expect(portions.map((one) => one.kind === "pages" && one.pages.length)).toEqual([500, 200]);
      expect(await pagesOf(portions)).toEqual(pages);
      await expect(source.lookup(["Page 1 1"], never)).rejects.toThrow(
        /no page can be found by its title; use the multistream dump/,
      );
    }
  },
);

test.skipIf(!hasBzip2)(
  "members of a category and pages with a template are found in a dump and in a folder",
  async () => {
    const where = await folder();
    const text = [
      "{{Infobox drug|x=1}}[[Category:pain]]",
      "{{drugbox}} [[category:Pain| ]]",
      "[[:Category:Pain]]",
    ];
    const pages = somePages(3).map((one, i) => ({ ...one, wikitext: text[i] as string }));
    await packExport(pages, join(where, "x.xml.bz2"));
    const loose = await folder();
    for (const one of pages) await writeFile(join(loose, `${one.title}.wikitext`), one.wikitext);
    const scratch = await folder();
    for (const [path, options] of [
      [where, { scratch }],
      [where, { scratch }],
      [loose, {}],
    ] as const) {
      const source = await openSource([path], { reject: noReject, ...options });
      expect(await source.categoryMembers("pain", never)).toEqual(["Page 1 0", "Page 1 1"]);
      expect(await source.categoryMembers("Drugs", never)).toEqual([]);
      expect(await source.pagesWithTemplate(["Infobox_drug", "Drugbox"], never)).toEqual([
        "Page 1 0",
        "Page 1 1",
      ]);
      expect(await source.pagesWithTemplate(["infobox disease"], never)).toEqual([]);
    }
  },
);

test.skipIf(!hasBzip2)("parts of a dump that are named with their page ids are one source", async () => {
  const where = await folder();
  const pages = somePages(150);
  await packExport(pages.slice(0, 90), join(where, "a.xml.bz2"));
  await packExport(pages.slice(90), join(where, "b.xml.bz2"));
  for (const [from, part, range] of [
    ["a", 1, "p1p90"],
    ["b", 2, "p91p150"],
  ] as const) {
    await rename(join(where, `${from}.xml.bz2`), join(where, `x-multistream${part}.xml-${range}.bz2`));
    await rename(
      join(where, `${from}.xml.bz2-index.txt.bz2`),
      join(where, `x-multistream-index${part}.txt-${range}.bz2`),
    );
  }
  const source = await openSource([where], { reject: noReject });
  expect(await pagesOf(await portionsOf(source))).toEqual(pages);
  const found = await source.lookup(["Page 1 149", "Page 1 1"], never);
  expect(found.pages).toEqual([pages[149], pages[1]]);
});

const shared = "../shared/wikipedia/xml";

test.skipIf(!existsSync(shared))(
  "the shared small dumps of three languages are read to the end",
  async () => {
    const where = await folder();
    const titles: Record<string, string[]> = {};
    for (const language of ["de", "simple", "zh"]) {
      const file = join(where, `${language}.xml.bz2`);
      await copyFile(join(shared, `minidump-${language}.xml.bz2`), file);
      const portions = await portionsOf(await openSource([file], { reject: noReject }));
      titles[language] = (await pagesOf(portions)).map((one) => one.title);
    }
    expect(titles).toMatchObject({ de: ["Arthur Schopenhauer", "Berlin"], simple: ["Berlin"], zh: ["柏林"] });
  },
);
