// The hash of a copy of the program's own code, one file changed at a time.
import { cp, mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";

const source = join(import.meta.dirname, "..");
let copy: string;
let codeVersion: (folders: readonly string[]) => Promise<string>;

beforeAll(async () => {
  copy = await mkdtemp(join(tmpdir(), "fleming-code-"));
  await writeFile(join(copy, "package.json"), '{"type":"module"}');
  await cp(join(source, "base"), join(copy, "base"), { recursive: true });
  await mkdir(join(copy, "cli"));
  await cp(join(source, "cli/code-version.ts"), join(copy, "cli/code-version.ts"));
  await mkdir(join(copy, "graph/inner"), { recursive: true });
  await writeFile(join(copy, "graph/inner/walk.ts"), "export const steps = 1;\n");
  ({ codeVersion } = (await import(
    /* @vite-ignore */ pathToFileURL(join(copy, "cli/code-version.ts")).href
  )) as { codeVersion: typeof codeVersion });
});
afterAll(() => rm(copy, { recursive: true }));

test("code that a stage uses moves its hash, whether changed, renamed or added; put back, so is the hash", async () => {
  const before = await codeVersion(["base", "graph"]);
  expect(before).toMatch(/^[0-9a-f]{16}$/u);
  const file = join(copy, "graph/inner/walk.ts");
  const seen = new Set([before]);
  await writeFile(file, "export const steps = 2;\n");
  seen.add(await codeVersion(["base", "graph"]));
  await writeFile(file, "export const steps = 1;\n");
  await rename(file, join(copy, "graph/inner/run.ts"));
  seen.add(await codeVersion(["base", "graph"]));
  await rename(join(copy, "graph/inner/run.ts"), file);
  await writeFile(join(copy, "graph/new.ts"), "");
  seen.add(await codeVersion(["base", "graph"]));
  await rm(join(copy, "graph/new.ts"));
  expect(seen.size).toBe(4);
  expect(await codeVersion(["graph", "base"])).toBe(before);
});

test("tests, data and folders that a stage does not use leave its hash", async () => {
  const before = await codeVersion(["graph"]);
  await writeFile(join(copy, "graph/inner/walk.test.ts"), "export const tested = true;\n");
  await writeFile(join(copy, "graph/notes.md"), "notes\n");
  await writeFile(join(copy, "base/more.ts"), "export const more = 1;\n");
  expect(await codeVersion(["graph"])).toBe(before);
  expect(await codeVersion(["base"])).not.toBe(await codeVersion(["graph"]));
});
