import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { openPurse, withBudget } from "./budget.ts";
import { inBatches } from "./in-batches.ts";
import { keptReplies } from "./reply-cache.ts";
import type { Missing, Reply, ReplyRequest, Sampler } from "./sampler.ts";

const requests = Array.from(
  { length: 10 },
  (_, i): ReplyRequest => ({ id: `r${i}`, prompt: `p${i}`, maxTokens: 8, temperature: 0, seed: i }),
);

/** Tells its replies when a call ends; `dieAt` is the call at which it fails. */
function atEnd(dieAt = Number.POSITIVE_INFINITY): Sampler & { readonly calls: string[][] } {
  const calls: string[][] = [];
  return {
    name: "toy",
    calls,
    async answer(asked, { onReply } = {}) {
      calls.push(asked.map(({ id }) => id));
      if (calls.length === dieAt) throw new Error("killed");
      const replies = asked.map(({ id }): Reply => ({ id, text: `said ${id}`, finish: "stop", tokens: 4 }));
      for (const reply of replies) onReply?.(reply);
      return replies;
    },
  };
}

test("a sampler that tells its replies at the end loses one batch to a kill", async () => {
  const folder = mkdtempSync(join(tmpdir(), "in-batches-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  await expect(keptReplies(inBatches(atEnd(3), 4), folder).answer(requests)).rejects.toThrow("killed");
  const again = atEnd();
  const replies = await keptReplies(inBatches(again, 4), folder).answer(requests);
  expect(again.calls).toEqual([["r8", "r9"]]);
  expect(replies.map(({ text }) => text)).toEqual(requests.map(({ id }) => `said ${id}`));
});

test("a budget holds for it as for any other, to the request", async () => {
  for (const most of [1, 4, 7, 10]) {
    const sampler = atEnd();
    const missing: Missing[] = [];
    const paid = withBudget(inBatches(sampler, 4), openPurse({ requests: most }));
    const replies = await paid.answer(requests, { onMissing: (one) => void missing.push(one) });
    expect(replies).toHaveLength(most);
    expect(missing.map(({ id, cause }) => [id, cause])).toEqual(
      requests.slice(most).map(({ id }) => [id, "budget"]),
    );
  }
});

test("a limit on tokens waits for what a batch costs, and does not wait for itself", async () => {
  const sampler = atEnd();
  // The first may cost 1 + 8, later ones the mean of 1 + 4: what is left is known after each batch.
  const paid = withBudget(inBatches(sampler, 4), openPurse({ tokens: 26 }));
  const replies = await paid.answer(requests, { onMissing: () => {} });
  expect(replies).toHaveLength(5);
  expect(sampler.calls.flat()).toEqual(["r0", "r1", "r2", "r3", "r4"]);
});
