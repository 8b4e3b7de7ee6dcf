// The reader of exports against an independent parser of XML, and what exports hold that is not a page.
import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { SaxesParser } from "saxes";
import { expect, test } from "vitest";
import type { Page } from "../../records/page.ts";
import { readExport } from "./export.ts";

const shared = "../shared/wikipedia/xml";

async function read(
  xml: string | Buffer,
  cuts: readonly number[] = [],
  extent: "whole" | "part" = "whole",
): Promise<{ pages: Page[]; starts: number[]; rejects: string[] }> {
  const bytes = Buffer.from(xml);
  const borders = [0, ...[...cuts].sort((a, b) => a - b), bytes.length];
  const pieces = async function* (): AsyncGenerator<Buffer> {
    for (let i = 1; i < borders.length; i++) yield bytes.subarray(borders[i - 1], borders[i]);
  };
  const pages: Page[] = [];
  const starts: number[] = [];
  const rejects: string[] = [];
  const reject = (item: string, reason: string): number => rejects.push(`${item}: ${reason}`);
  for await (const { page, start } of readExport("x.xml", pieces(), reject, extent)) {
    pages.push(page);
    starts.push(start);
  }
  return { pages, starts, rejects };
}

/** Title, page id, revision id and text of the articles, by a parser of all XML. */
function readBySaxes(xml: string): unknown[] {
  const parser = new SaxesParser();
  const stack: string[] = [];
  const out: unknown[] = [];
  let fields: Record<string, string> = {};
  parser.on("opentag", ({ name }) => {
    stack.push(name);
    if (name === "page") fields = {};
    fields[stack.slice(2).join("/")] = "";
  });
  parser.on("text", (text) => {
    const key = stack.slice(2).join("/");
    fields[key] = (fields[key] ?? "") + text;
  });
  parser.on("closetag", ({ name }) => {
    stack.pop();
    if (name !== "page" || fields["ns"] !== "0") return;
    const number = (key: string): number => Number(fields[key]);
    out.push([
      fields["title"],
      number("id"),
      number("revision/id"),
      fields["revision/timestamp"],
      fields["revision/text"],
    ]);
  });
  parser.write(xml).close();
  return out;
}

test.skipIf(!existsSync(shared))(
  "real exports in the shared folder read as an independent parser reads them",
  async () => {
    const names = (await readdir(shared)).filter((name) => name.endsWith(".xml"));
    expect(names.length).toBeGreaterThan(3);
    for (const name of names) {
      const xml = await readFile(join(shared, name), "utf8");
      const { pages, starts, rejects } = await read(xml);
      const rows = pages.map((one) => [one.title, one.pageId, one.revision, one.timestamp, one.wikitext]);
      expect(rows).toEqual(readBySaxes(xml));
      expect(rejects).toEqual([]);
      for (const start of starts) expect(Buffer.from(xml).toString("utf8", start, start + 6)).toBe("<page>");
    }
  },
);

const tricky = `<?xml version="1.0"?><!-- <page> --><mediawiki version="0.11" xml:lang="zh"><siteinfo><namespaces><namespace key="0"/></namespaces></siteinfo>
<page a='>' ><title>痛风 &amp; "é"</title><ns>0</ns><id>1</id><revision><id>2</id><text xml:space="preserve"
>a &lt;&#60;&#x3C; &nbsp; &bad; ]] > 痛 <![CDATA[<b>&amp;</b>]]> <!-- x --> end</text></revision></page >
</mediawiki>`;

test("entities, CDATA, comments and line breaks in tags are read; a piece may end anywhere", async () => {
  const expected = {
    title: '痛风 & "é"',
    pageId: 1,
    revision: 2,
    timestamp: "",
    wikitext: "a <<< &nbsp; &bad; ]] > 痛 <b>&amp;</b>  end",
  };
  const cuts = fc.array(fc.nat({ max: Buffer.byteLength(tricky) }), { maxLength: 20 });
  await fc.assert(
    fc.asyncProperty(cuts, async (where) => {
      expect((await read(tricky, where)).pages).toEqual([expected]);
    }),
    { examples: [[[...Buffer.from(tricky).keys()]]] },
  );
});

function element(title: string, inside: string): string {
  return `<page><title>${title}</title><ns>0</ns><id>1</id>${inside}</page>`;
}

test("the last revision counts, uploads, slots and other models are passed over, and lost texts are rejects", async () => {
  const revision = (id: number, text: string, more = ""): string =>
    `<revision><id>${id}</id><timestamp>t${id}</timestamp>${more}${text}</revision>`;
  const { pages, rejects } = await read(
    `<mediawiki>${[
      element(
        "Several",
        `<redirect title="x" />${revision(1, "<text>old</text>", "<model>css</model>")}${revision(2, "<text>new</text>")}`,
      ),
      element(
        "Upload",
        `${revision(3, "<text>text</text>")}<upload><id>9</id><text>no</text><filename>f</filename></upload>`,
      ),
      element(
        "Slots",
        revision(
          4,
          "<text>main</text><content><role>other</role><model>json</model><text>{}</text></content>",
        ),
      ),
      element("Style", revision(5, "<text>a {}</text>", "<model>sanitized-css</model>")),
      element(
        "Deleted",
        revision(
          6,
          '<text deleted="deleted" />',
          '<contributor deleted="deleted" /><comment deleted="deleted" />',
        ),
      ),
      element("Stub", revision(7, '<text bytes="120" sha1="x" location="tt:1" />')),
      element("Empty", revision(8, '<text bytes="0" xml:space="preserve" />')),
      element("No revision", ""),
    ].join("\n")}</mediawiki>`,
  );
  expect(pages.map(({ title, revision: id, wikitext }) => [title, id, wikitext])).toEqual([
    ["Several", 2, "new"],
    ["Upload", 3, "text"],
    ["Slots", 4, "main"],
    ["Empty", 8, ""],
  ]);
  expect(pages[0]).toMatchObject({ redirect: "X", timestamp: "t2" });
  expect(rejects).toEqual([
    "Deleted: x.xml: its text was deleted",
    "Stub: x.xml: the export leaves its text out",
    "No revision: x.xml: a page needs title, id and text; this one has no text",
  ]);
});

test("a part of an export is read without its root, but not when it cuts a page", async () => {
  const page = element("A", "<revision><id>2</id><text>x</text></revision>");
  expect((await read(`<mediawiki><siteinfo/>${page}`, [], "part")).pages).toHaveLength(1);
  expect((await read(`${page}\n</mediawiki>`, [], "part")).pages).toHaveLength(1);
  await expect(read(page.slice(0, -5), [], "part")).rejects.toThrow(/ends in "<\/"|ends inside/);
  await expect(read(`text</text></revision></page>${page}`, [], "part")).rejects.toThrow(
    /where a page was expected/,
  );
});

test("what is no whole export is a clear error", async () => {
  await expect(read("")).rejects.toThrow(/x\.xml: not a whole MediaWiki export \(there is no element/);
  await expect(read("plain words")).rejects.toThrow(/there is no element/);
  await expect(read("<mediawiki><page></mediawiki>")).rejects.toThrow(
    /<\/mediawiki> where <\/page> was expected/,
  );
  await expect(read("<mediawiki></mediawiki><!-- cut")).rejects.toThrow(/ends in "<!-- cut"/);
});
