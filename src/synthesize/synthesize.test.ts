/** What the stage says of a recipe that it cannot follow. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { UsageError } from "../base/errors.ts";
import { stageContext } from "../base/fixtures/stage-context.ts";
import { synthesizeSection } from "../recipe/sections/synthesize.ts";
import { runSynthesize } from "./synthesize.ts";

test("question types that there are none of are named, each with what was meant, before the graph is read", async () => {
  const run = await mkdtemp(join(tmpdir(), "synthesize-"));
  try {
    const types = ["diagnosys", "diagnosis", "symptomToTest", "zzzzzz"];
    // There is no graph in this folder: to read it would be another error.
    const failed: unknown = await runSynthesize(stageContext(run, synthesizeSection.parse({ types }))).catch(
      (error: unknown) => error,
    );
    expect(failed).toBeInstanceOf(UsageError);
    const lines = (failed as Error).message.split("\n");
    expect(lines).toHaveLength(3);
    expect(lines[0]).toBe('synthesize.types: unknown question type "diagnosys"; did you mean "diagnosis"?');
    expect(lines[1]).toContain('did you mean "symptomsToTest"?');
    expect(lines[2]).toMatch(/"zzzzzz"; known types: .*contrast/);
  } finally {
    await rm(run, { recursive: true, force: true });
  }
});
