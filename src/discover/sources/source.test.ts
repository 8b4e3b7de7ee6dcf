import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { copyFile, mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { UsageError } from "../../base/errors.ts";
import type { Page } from "../../records/page.ts";
import { packExport } from "./pack.ts";
import { readPages } from "./source.ts";

const shared = "../shared/wikipedia/xml";
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
