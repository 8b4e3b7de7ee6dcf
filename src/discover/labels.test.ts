// Labels from links between languages and from files: which title they belong to, what does not fit, what is stored.
import { mkdir, mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { stageContext } from "../base/fixtures/stage-context.ts";
import { showEntity } from "../graph/show.ts";
import { querySql } from "../graph/sql.ts";
import { openGraph } from "../graph/store.ts";
import { discoverSection } from "../recipe/sections/discover.ts";
import { runDiscover } from "./discover.ts";
import { type LabelNames, readLabels } from "./labels.ts";
import { labelOf } from "./wikitext/titles.ts";

const pages = {
  Gout:
    "{{Infobox medical condition|symptoms=[[Fever]], [[Joint pain]]|treatment=[[Quinol]]}}\n'''Gout''' ('''podagra''') is a disease.\n" +
    "See [[:zh:痛风]].\n[[de:Gicht]]\n[[zh:痛風_(疾病)|x]]\n[[zh:别名]]",
  Podagra: "#REDIRECT [[Gout]]",
  Fever: "'''Fever''' ('''the shakes''') is a symptom. [[zh:发热#分类]]\n[[Category:Symptoms]]",
  Quinol: "{{Drugbox|tradename=Quinox, Zap}}\n'''Quinol''' is a medication used to treat [[gout]].",
  Zap: "'''Zap''' (1900–1980) was a scientist.\n[[Category:1900 births]]",
};

const table = `# title, language, label
Fever\tzh\t发热
Joint pain\tzh\t关节痛
Joint_pain\tde\tGelenkschmerz
Podagra\tzh\t足痛风
Quinox\tzh\t奎诺片
Zap\tzh\t扎普
Gout (Sorrel novel)\tzh\t小说
Nobody\tzh\t无人
Fever\tzh
\tzh\t空
Fever\tChinese\t发热
`;

async function discover(labels?: string | string[]) {
  const folder = await mkdtemp(join(tmpdir(), "fleming-labels-"));
  const source = join(folder, "pages");
  await mkdir(source);
  for (const [title, text] of Object.entries(pages)) await writeFile(join(source, `${title}.wikitext`), text);
  const rejects: string[] = [];
  const settings = discoverSection.parse({ source, labels });
  const reject = (item: string, reason: string): void => void rejects.push(`${item}: ${reason}`);
  const context = stageContext(folder, settings, { reject });
  const counts = await runDiscover(context);
  return { folder: context.folder, counts, rejects };
}

async function file(content: string | Buffer): Promise<string> {
  const path = join(await mkdtemp(join(tmpdir(), "fleming-label-file-")), "labels.tsv");
  await writeFile(path, content);
  return path;
}

test("a link to the same page in another language is a label; a link in the text or to a part of a page is none", async () => {
  expect(labelOf("zh:%E5%A4%B4%E7%97%9B")).toEqual({ language: "zh", label: "头痛" });
  expect(labelOf("Zh: 头痛 ")).toEqual({ language: "zh", label: "头痛" });
  for (const other of [":zh:头痛", "de:Kopfschmerz", "zh:", "zh:头痛#病因", "zh-yue:頭痛", "Category:Pain"])
    expect(labelOf(other), other).toBeUndefined();
  const { folder, counts } = await discover();
  const graph = await openGraph(folder);
  expect(graph.entities.get("Gout")?.labels).toEqual({ zh: "痛風 (疾病)" });
  expect(graph.entities.get("Fever")?.labels).toBeUndefined();
  expect(counts).not.toHaveProperty("labelled");
});

test("a file's labels reach entities by title, redirect and name, and are stored in the graph", async () => {
  const path = await file(table);
  const { folder, counts, rejects } = await discover([path]);
  const graph = await openGraph(folder);
  const labels = [...graph.entities.values()].map(({ id, labels }) => [id, labels?.["zh"]]);
  expect(Object.fromEntries(labels.filter(([, label]) => label !== undefined))).toEqual({
    // By its redirect; the file wins over the page's link.
    Gout: "足痛风",
    Fever: "发热",
    "Joint pain": "关节痛",
    // "Zap" is a name of Quinol and the title of another page.
    Quinol: "奎诺片",
  });
  expect(counts).toMatchObject({ labelled: 4, labelsUnknown: 2 });
  expect(rejects).toEqual([
    `${path}:10: the line has 2 columns; expected title, language and label, apart by tabs`,
    `${path}:11: the title is empty`,
    `${path}:12: "Chinese" is no code of a language, such as zh`,
  ]);
  expect((await showEntity(folder, "Gout")).entity.labels).toEqual({ zh: "足痛风" });
  expect((await querySql(folder, "SELECT labels FROM entities WHERE id = 'Fever'")).rows).toEqual([
    ['{"zh":"发热"}'],
  ]);
});

const names: LabelNames = {
  titled: (title) => ({ Fever: "Fever", Pyrexia: "Fever" })[title],
  named: (title) => ({ Shakes: "Fever" })[title],
  otherPages: () => new Set(),
};

test("an entity's own title wins over a redirect, a redirect over another name, the first over the second", async () => {
  const rows = { own: "Fever\tzh\t甲", redirect: "Pyrexia\tzh\t乙", name: "Shakes\tzh\t丙" };
  const read = async (...lines: string[]) =>
    (await readLabels([await file(lines.join("\r\n"))], names, () => {})).byEntity.get("Fever")?.["zh"];
  expect(await read(rows.name, rows.redirect, rows.own, "Fever\tzh\t丁")).toBe("甲");
  expect(await read(rows.name, rows.redirect)).toBe("乙");
  expect(await read(rows.name)).toBe("丙");
});

test("bytes that are no UTF-8 are told with their line, a file that is not there with its path", async () => {
  const rejects: string[] = [];
  const path = await file(Buffer.concat([Buffer.from("Fever\tzh\t"), Buffer.from([0xb7, 0xa2])]));
  const { byEntity } = await readLabels([path], names, (item, reason) => rejects.push(`${item}: ${reason}`));
  expect(byEntity.size).toBe(0);
  expect(rejects).toEqual([`${path}:1: the line is not UTF-8`]);
  await expect(readLabels(["/no/such/labels.tsv"], names, () => {})).rejects.toThrow(
    /labels: \/no\/such\/labels\.tsv/,
  );
});
