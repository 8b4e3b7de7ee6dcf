// The journal of the agent cut off at each of its bytes, as by a kill at any moment.
import { readFile, writeFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { memorySource, pagesOfRows } from "./fixtures/small-world.ts";
import { journalPath, walk } from "./fixtures/walk.ts";

const rows = `
Start > disease: *Old name, *Nowhere, -Mercury
Old name > redirect: New name
New name > rare disease: *Leaf, Start
Mercury > namesakes: Planet, Poison
Planet > other: *Sun
Poison > drug: *Leaf
Leaf > symptom`;

test("a journal cut off at any byte gives the same pages and the same journal in the end", async () => {
  const source = memorySource(pagesOfRows(rows));
  const path = await journalPath();
  const undisturbed = await walk(source, {}, path);
  expect(undisturbed.titles).toHaveLength(6);
  const bytes = await readFile(path);
  const cut = await journalPath();
  for (let length = 0; length <= bytes.length; length++) {
    await writeFile(cut, bytes.subarray(0, length));
    expect(await walk(source, {}, cut)).toEqual(undisturbed);
    expect((await readFile(cut)).equals(bytes)).toBe(true);
  }
}, 120_000);
