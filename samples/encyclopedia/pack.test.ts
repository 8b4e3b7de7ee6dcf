import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { renewIndex } from "./pack.ts";

async function folderOf(files: Record<string, string>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "fleming-pack-"));
  await mkdir(join(folder, "pages"));
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, "pages", name), text);
  return folder;
}

test("titles keep their page id, and only a changed text gets a new revision", async () => {
  const folder = await folderOf({ "Gout.wikitext": "a", "HIV%2FAIDS.wikitext": "b" });
  expect((await renewIndex(folder)).map(({ title, pageId, revision }) => [title, pageId, revision])).toEqual([
    ["Gout", 1, 1],
    ["HIV/AIDS", 2, 1],
  ]);
  const before = await readFile(join(folder, "index.jsonl"), "utf8");
  await renewIndex(folder);
  expect(await readFile(join(folder, "index.jsonl"), "utf8")).toBe(before);

  await writeFile(join(folder, "pages", "Gout.wikitext"), "changed");
  await writeFile(join(folder, "pages", "Asthma.wikitext"), "new");
  const after = await renewIndex(folder);
  expect(after.map(({ title, pageId, revision }) => [title, pageId, revision])).toEqual([
    ["Gout", 1, 2],
    ["HIV/AIDS", 2, 1],
    ["Asthma", 3, 1],
  ]);
  expect(after[0]?.timestamp).toBe(after[2]?.timestamp);
});

test("a folder without pages is an error that says so", async () => {
  const folder = await folderOf({});
  await expect(renewIndex(folder)).rejects.toThrow(/no \.wikitext file/);
  await rm(folder, { recursive: true });
});
