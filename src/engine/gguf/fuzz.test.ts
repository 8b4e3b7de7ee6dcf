import { expect, test } from "vitest";
import { fuzz } from "./fixtures/fuzz.ts";

test("10,000 damaged files are read or refused, inside the file and with memory in proportion to it", async () => {
  const { headers, models } = await fuzz(10_000, 1);
  // Neither everything refused nor everything believed.
  expect(headers).toBeGreaterThan(1000);
  expect(models).toBeGreaterThan(300);
  expect(models).toBeLessThan(5000);
});
