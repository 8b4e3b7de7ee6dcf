/** The scale bench at a small size: real command, every quote, a sample against the truth, kill -9, same tables. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { measureLarge } from "../bench/discover/scale.ts";

test("a made-up encyclopedia is read whole, exact to the character, and a killed run ends with the same tables", async () => {
  const folder = mkdtempSync(join(tmpdir(), "scale-"));
  try {
    const found = await measureLarge({
      size: { medical: 400, other: 1600, seed: 2 },
      folder,
      workers: "2",
      kills: 4,
      sample: 1,
      program: ["--import", "tsx", "src/cli/main.ts"],
      progress: () => {},
    });
    expect(found.dump.pages).toBe(2000);
    expect(found.entities).toBeGreaterThan(400);
    expect(found.relations).toBeGreaterThan(2500);
    expect(found.quotes.checked).toBeGreaterThan(found.relations);
    expect(found.quotes).toMatchObject({ exact: found.quotes.checked, pageless: 0, bare: 0 });
    expect(found.sample.right / found.sample.read).toBeGreaterThan(0.9);
    expect(found.sample.denied).toBeLessThanOrEqual(found.sample.denials * 0.02);
    for (const [name, seconds] of Object.entries(found.answers)) expect(seconds, name).toBeTypeOf("number");
    expect(found.kills?.different).toEqual([]);
    expect(found.kills?.kills.length).toBeGreaterThan(0);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
