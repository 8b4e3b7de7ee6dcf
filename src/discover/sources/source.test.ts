import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { copyFile, mkdir, mkdtemp, readdir, readFile, symlink, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { UsageError } from "../../base/errors.ts";
import { silentLog } from "../../base/log.ts";
import { discoverSection } from "../../recipe/sections/discover.ts";
import type { Page } from "../../records/page.ts";
import { openSource } from "./open-source.ts";
import { packExport } from "./pack.ts";
import { readPages } from "./source.ts";

const shared = "../shared/wikipedia/xml";
const never = new AbortController().signal;
const hasBzip2 = spawnSync("bzip2", ["--version"], { input: "" }).error === undefined;

async function read(...paths: string[]): Promise<{ pages: Page[]; rejects: string[] }> {
  const rejects: string[] = [];
  const pages: Page[] = [];
  for await (const page of readPages(paths, (item, reason) => rejects.push(`${item}: ${reason}`)))
    pages.push(page);
  return { pages, rejects };
}

function folder(): Promise<string> {
  return mkdtemp(join(tmpdir(), "fleming-source-"));
}

function page(title: string, wikitext: string, pageId = 1, redirect?: string): Page {
  return {
    title,
    pageId,
    revision: 7,
    timestamp: "2026-01-01T00:00:00Z",
    ...(redirect === undefined ? {} : { redirect }),
    wikitext,
  };
}

test("file names give titles, redirects are seen, and an index gives ids", async () => {
  const where = await folder();
  await writeFile(join(where, "HIV%2FAIDS.wikitext"), "'''HIV'''");
  await writeFile(join(where, "graves'_disease.wikitext"), "x");
  await writeFile(join(where, "AIDS.wikitext"), "#redirect [[hIV/AIDS#Stage|x]]\n\n{{R from x}}");
  expect((await read(where)).pages.map(({ title, pageId, redirect }) => [title, pageId, redirect])).toEqual([
    ["AIDS", 1, "HIV/AIDS"],
    ["HIV/AIDS", 2, undefined],
    ["Graves' disease", 3, undefined],
  ]);
  await writeFile(
    join(where, "index.jsonl"),
    `${JSON.stringify({ title: "AIDS", pageId: 40, revision: 5, timestamp: "t", sha256: "" })}\n`,
  );
  expect((await read(where)).pages[0]).toMatchObject({ pageId: 40, revision: 5, timestamp: "t" });
});

test("a file that is not UTF-8 is one reject, the others are read", async () => {
  const where = await folder();
  await writeFile(join(where, "A.wikitext"), Buffer.from([0xff, 0xfe, 0x00]));
  await writeFile(join(where, "B.wikitext"), "b");
  const { pages, rejects } = await read(where);
  expect(pages.map((one) => one.title)).toEqual(["B"]);
  expect(rejects[0]).toMatch(/A\.wikitext: cannot be read as UTF-8/);
});

test("a folder with a page's name and a link to nothing are rejects, in a sweep and when they are asked for", async () => {
  const where = await folder();
  await writeFile(join(where, "B.wikitext"), "b");
  await mkdir(join(where, "A.wikitext"));
  await symlink(join(where, "none"), join(where, "C.wikitext"));
  const { pages, rejects } = await read(where);
  expect(pages.map((one) => one.title)).toEqual(["B"]);
  const expected = [
    /^A\.wikitext: .*cannot be read \(EISDIR/u,
    /^C\.wikitext: .*cannot be read \(ENOENT/u,
  ].map((text) => expect.stringMatching(text) as unknown);
  expect(rejects).toEqual(expected);
  const told: string[] = [];
  const source = await openSource([where], { reject: (item, reason) => told.push(`${item}: ${reason}`) });
  const found = await source.lookup(["A", "B", "C"], never);
  expect([found.pages, found.missing]).toEqual([pages, ["A", "C"]]);
  expect(told).toEqual(expected);
});

test("an index above a folder counts where it is one of pages, by titles as wikis write them", async () => {
  const above = await folder();
  const where = join(above, "pages");
  await mkdir(where);
  await writeFile(join(where, "Graves'_disease.wikitext"), "x");
  const idOf = async (): Promise<number | undefined> => (await read(where)).pages[0]?.pageId;
  for (const other of ['{"name":"someone else\'s"}\n', "not JSON\n", "", "[1]".repeat(50_000)]) {
    await writeFile(join(above, "index.jsonl"), other);
    expect(await idOf()).toBe(1);
  }
  const line = { title: "graves'_disease", pageId: 40, revision: 5, timestamp: "t" };
  await writeFile(join(above, "index.jsonl"), `${JSON.stringify(line)}\n`);
  expect(await idOf()).toBe(40);
  // In the folder itself it is the user's mistake.
  await writeFile(join(where, "index.jsonl"), '{"name":1}\n');
  await expect(idOf()).rejects.toThrow(/index\.jsonl:1: title/);
});

test("the version of a source tells an edited file, also behind a link and of an index above", async () => {
  const above = await folder();
  const where = join(above, "pages");
  await mkdir(where);
  const target = join(await folder(), "b");
  await writeFile(join(where, "A.wikitext"), "a");
  await writeFile(target, "b");
  await symlink(target, join(where, "B.wikitext"));
  const index = join(above, "index.jsonl");
  await writeFile(index, '{"title":"A","pageId":1,"revision":1,"timestamp":""}\n');
  const versions = new Set<string>();
  const add = async (path = where): Promise<number> => {
    versions.add((await openSource([path], { reject: () => {} })).version);
    return versions.size;
  };
  expect([await add(), await add()]).toEqual([1, 1]);
  let expected = 1;
  for (const file of [join(where, "A.wikitext"), target, index]) {
    await utimes(file, 1, 1);
    expected += 1;
    expect([await add(), await add()]).toEqual([expected, expected]);
  }
  expect(await add(join(where, "A.wikitext"))).toBe(5);
});

test("memberships tell how far they are, can be stopped, and are read anew when a page was edited", async () => {
  const [where, scratch] = [await folder(), await folder()];
  await writeFile(join(where, "A.wikitext"), "[[Category:Pain]]");
  await writeFile(join(where, "B.wikitext"), "b");
  const shown: unknown[] = [];
  const log = { ...silentLog, progress: (what: string, done: number) => shown.push([what, done]) };
  const members = async (signal = never): Promise<readonly string[]> =>
    (await openSource([where], { reject: () => {}, scratch, log, signal })).categoryMembers("Pain", never);
  await expect(members(AbortSignal.abort(new Error("stopped")))).rejects.toThrow("stopped");
  expect((await readdir(scratch)).filter((name) => name.endsWith(".jsonl"))).toEqual([]);
  expect(await members()).toEqual(["A"]);
  expect(shown).toEqual([
    ["pages searched", 1],
    ["pages searched", 2],
  ]);
  expect(await members()).toEqual(["A"]);
  expect(shown).toHaveLength(2);
  await writeFile(join(where, "B.wikitext"), "[[Category:Pain]] too");
  expect(await members()).toEqual(["A", "B"]);
});

test("the table of an export's titles tells how far it is and can be stopped", async () => {
  const file = join(await folder(), "p.xml");
  await packExport(
    Array.from({ length: 1200 }, (_, i) => page(`T ${i}`, "x", i + 1)),
    file,
  );
  const shown: unknown[] = [];
  const log = { ...silentLog, progress: (what: string, done: number) => shown.push([what, done]) };
  const find = async (signal: AbortSignal): Promise<number> =>
    (await (await openSource([file], { reject: () => {}, log, signal })).lookup(["T 7"], never)).pages.length;
  await expect(find(AbortSignal.abort(new Error("stopped")))).rejects.toThrow("stopped");
  expect(shown).toEqual([]);
  expect(await find(never)).toBe(1);
  expect(shown).toEqual([
    ["titles", 500],
    ["titles", 1000],
  ]);
});

test("a list with a live wiki in it is not read whole, and nothing local is read before that is told", async () => {
  const where = await folder();
  await writeFile(join(where, "A.wikitext"), "a");
  const { api } = discoverSection.parse({ api: { userAgent: "Test/1.0 (me@example.org)", cache: where } });
  const options = { reject: () => {}, api };
  const source = await openSource(["https://wiki.example/w/api.php", where], options);
  expect(source.name).toBe(`${where}, https://wiki.example/w/api.php`);
  expect(() => source.portions()).toThrow(/a live wiki is not read whole; set discover\.agent/);
});

test("an export reads ids by their parents, skips other namespaces and what it does not know", async () => {
  const where = await folder();
  const file = join(where, "a.xml");
  await writeFile(
    file,
    `<mediawiki version="0.10" xml:lang="en"><siteinfo><sitename>S</sitename></siteinfo>
<page><title>Category:X</title><ns>14</ns><id>1</id><revision><id>2</id><text>c</text></revision></page>
<page><title>Gout</title><ns>0</ns><id>3</id><sorted><id>99</id></sorted><redirect title="gouty arthritis" />
<revision><id>4</id><parentid>1</parentid><timestamp>2016-04-29T06:52:14Z</timestamp>
<contributor><username>U</username><id>5</id></contributor><origin>6</origin><text xml:space="preserve">&lt;b&gt; &amp;nbsp; "q"</text></revision></page>
<page><title>No text</title><ns>0</ns><id>8</id><revision><id>9</id></revision></page></mediawiki>`,
  );
  const { pages, rejects } = await read(file);
  expect(pages).toEqual([
    {
      title: "Gout",
      pageId: 3,
      revision: 4,
      timestamp: "2016-04-29T06:52:14Z",
      redirect: "Gouty arthritis",
      wikitext: '<b> &nbsp; "q"',
    },
  ]);
  expect(rejects[0]).toMatch(/No text: .*no text/);
});

test("what cannot be read is a clear error", async () => {
  const where = await folder();
  await expect(read(join(where, "none"))).rejects.toThrow(/does not exist/);
  await expect(read(where)).rejects.toThrow(/no \.wikitext, \.xml or \.xml\.bz2/);
  await writeFile(join(where, "a.txt"), "x");
  await expect(read(join(where, "a.txt"))).rejects.toThrow(/not a kind of file/);
  await writeFile(join(where, "cut.xml"), "<mediawiki><page><title>A</title>");
  await expect(read(join(where, "cut.xml"))).rejects.toThrow(/ends inside <page>/);
  await writeFile(join(where, "html.xml"), "<html></html>");
  await expect(read(join(where, "html.xml"))).rejects.toThrow(/root is <html>/);
  await writeFile(join(where, "bad.xml.bz2"), "not bzip2 at all");
  await expect(read(join(where, "bad.xml.bz2"))).rejects.toBeInstanceOf(UsageError);
});

test("what is packed as XML reads back the same", async () => {
  const file = join(await folder(), "p.xml");
  const text = fc
    .string({ unit: fc.constantFrom("a", "é", "&", "<", ">", '"', "'", "\n", "]]>", "😀", " ") })
    .map((one) => `x${one}`);
  await fc.assert(
    fc.asyncProperty(fc.array(text, { minLength: 1, maxLength: 5 }), async (texts) => {
      const pages = texts.map((one, i) => page(`T ${i}`, one, i + 1));
      expect(await packExport(pages, file)).toBe(pages.length);
      expect((await read(file)).pages).toEqual(pages);
    }),
    { numRuns: 30 },
  );
});

test.skipIf(!hasBzip2)(
  "bzip2 of several streams reads back the same, and a cut file is an error",
  async () => {
    const where = await folder();
    const pages = Array.from({ length: 250 }, (_, i) => page(`Page ${i}`, `text ${i} é `.repeat(50), i + 1));
    pages.push(page("R", "#REDIRECT [[Page 1]]", 999, "Page 1"));
    const file = join(where, "p.xml.bz2");
    await packExport(pages, file);
    expect((await read(file)).pages).toEqual(pages);
    const whole = await readFile(file);
    await writeFile(join(where, "cut.xml.bz2"), whole.subarray(0, whole.length - 30));
    await expect(read(join(where, "cut.xml.bz2"))).rejects.toThrow(/bzip2|ends inside/);
  },
);

test.skipIf(!existsSync(shared))("the shared real exports are read to the end", async () => {
  const { pages } = await read(shared);
  expect(pages.map((one) => one.title)).toContain("Arthur Schopenhauer");
  expect(pages.find((one) => one.title === "Abortion")).toMatchObject({ revision: 717701537 });
  expect(pages.find((one) => one.title === "AmoeboidTaxa")?.redirect).toBe("Amoeba");
  const where = await folder();
  await copyFile(join(shared, "minidump-simple.xml.bz2"), join(where, "a.xml.bz2"));
  expect((await read(where)).pages.map((one) => one.title)).toContain("Berlin");
});
