// Reading the sets of curate: a damaged table is the user's to mend, and is said in words.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { UsageError } from "../base/errors.ts";
import { readSets } from "./sets.ts";

const folder = mkdtempSync(join(tmpdir(), "fleming-sets-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("a damaged sets.json is named with the place of the fault and what to do", async () => {
  for (const [text, told] of [
    ['{"medqa": {"options": [1]}}', /sets\.json: medqa\.options.*run "fleming curate"/],
    ["[]", /sets\.json: the whole/],
    ['{"medqa":', /sets\.json: not JSON/],
  ] as const) {
    writeFileSync(join(folder, "sets.json"), text);
    const reading = readSets(folder, []);
    await expect(reading).rejects.toThrow(UsageError);
    await expect(reading).rejects.toThrow(told);
  }
});
