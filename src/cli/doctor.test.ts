// The verb itself, with the real products timed: its exit and the shape of its JSON.
import { expect, test } from "vitest";
import { silentLog } from "../base/log.ts";
import { doctorCommand } from "./doctor.ts";
import type { Output } from "./output.ts";

function listening() {
  const printed: string[] = [];
  const objects: unknown[] = [];
  const output: Output = {
    log: silentLog,
    print: (text) => void printed.push(text),
    write: (text) => void printed.push(text),
    json: (value) => void objects.push(value),
  };
  return { output, printed, objects };
}

test("a recipe of data alone runs here; as JSON it is one object", { timeout: 60_000 }, async () => {
  const { output, objects } = listening();
  const recipe = ["recipes/questions.yaml"];
  expect(await doctorCommand({ recipe, set: [], json: true }, output)).toBe(false);
  expect(objects).toEqual([
    expect.objectContaining({
      recipe: "questions",
      runs: 1,
      runsHere: true,
      problems: [],
      machine: expect.objectContaining({ cores: expect.any(Number), productRate: expect.any(Number) }),
      stages: ["discover", "synthesize", "refine"].map((stage) =>
        expect.objectContaining({ stage, verdict: "here" }),
      ),
      total: expect.objectContaining({
        seconds: expect.any(Number),
        money: 0,
        requests: 0,
        downloadBytes: 0,
      }),
    }),
  ]);
});

test("a recipe that lacks its source does not run here, and says what is missing", {
  timeout: 60_000,
}, async () => {
  const { output, printed } = listening();
  expect(await doctorCommand({ recipe: ["recipes/dump.yaml"], set: ["stages=[discover]"] }, output)).toBe(
    true,
  );
  expect(printed.join("\n")).toContain('problem   discover: discover.source: "enwiki-latest');
});

test("without a recipe it says which models fit", { timeout: 60_000 }, async () => {
  const { output, printed } = listening();
  expect(await doctorCommand({ set: [] }, output)).toBe(false);
  expect(printed.join("\n")).toMatch(/Qwen2\.5-72B +72,706 M +no +no +no/u);
});
