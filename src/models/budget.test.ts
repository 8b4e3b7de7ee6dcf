/** What asking costs, to the token, and where it ends. */
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  BudgetSpent,
  estimate,
  estimateText,
  type Limits,
  openPurse,
  type Spent,
  withBudget,
} from "./budget.ts";
import type { Missing, Reply, ReplyRequest, Sampler } from "./sampler.ts";

/** Answers up to `width` requests at a time, one tick each, and asks whether it may, as an endpoint does. */
function model(replyOf: (request: ReplyRequest) => Omit<Reply, "id"> | undefined, width = 1) {
  const asked: string[] = [];
  const sampler: Sampler = {
    name: "fake",
    async answer(requests, { admit = () => true, onReply, onMissing } = {}) {
      const replies: Reply[] = [];
      const underWay = new Set<Promise<void>>();
      let sent = 0;
      for (const request of requests) {
        while (underWay.size >= width) await Promise.race(underWay);
        if (!(await admit(request))) break;
        sent += 1;
        asked.push(request.id);
        const work: Promise<void> = new Promise<void>((resolve) => setImmediate(resolve)).then(() => {
          underWay.delete(work);
          const said = replyOf(request);
          if (said === undefined) return onMissing?.({ id: request.id, cause: "failed", reason: "broken" });
          replies.push({ id: request.id, ...said });
          onReply?.({ id: request.id, ...said });
        });
        underWay.add(work);
      }
      await Promise.all(underWay);
      for (const { id } of requests.slice(sent)) onMissing?.({ id, cause: "budget", reason: "spent" });
      return replies;
    },
  };
  return { asked, sampler };
}

const ask = (id: string, prompt = "x".repeat(40), maxTokens = 100): ReplyRequest => ({
  id,
  prompt,
  maxTokens,
  temperature: 0,
  seed: 1,
});
const many = (count: number): ReplyRequest[] => Array.from({ length: count }, (_, at) => ask(`q${at}`));
const said = { text: "A", finish: "stop", tokens: 20, promptTokens: 12 } as const;

/** Runs requests under limits; says what was asked, missing and spent. */
async function run(
  limits: Limits,
  requests: readonly ReplyRequest[],
  {
    price,
    width,
    before,
  }: { price?: { input: number; output: number }; width?: number; before?: Spent } = {},
) {
  const { asked, sampler } = model(() => said, width);
  const purse = openPurse(limits, before);
  const missing: Missing[] = [];
  const notices: string[] = [];
  const notice = (text: string): void => void notices.push(text);
  const replies = await withBudget(sampler, purse, { price, notice }).answer(requests, {
    onMissing: (lost) => missing.push(lost),
  });
  return { asked, replies, missing, notices, purse };
}

test("without limits everything is sent and counted", async () => {
  const { asked, purse } = await run({}, many(10), { price: { input: 2, output: 10 }, width: 3 });
  expect(asked.length).toBe(10);
  expect(purse.spent()).toEqual({
    requests: 10,
    promptTokens: 120,
    replyTokens: 200,
    money: expect.closeTo((120 * 2 + 200 * 10) / 1e6, 12),
  });
});

for (const width of [1, 4, 100])
  test(`requests are limited to the very number, ${width} at a time`, async () => {
    const { asked, missing, purse, notices, replies } = await run({ requests: 7 }, many(10), { width });
    expect(asked).toEqual(many(7).map(({ id }) => id));
    expect(replies.length).toBe(7);
    expect(missing.map(({ id, cause }) => [id, cause])).toEqual([7, 8, 9].map((at) => [`q${at}`, "budget"]));
    expect(purse.spent().requests).toBe(7);
    expect(notices).toEqual([
      "fake: the budget is spent (7 requests, 224 tokens); not sent: 3 requests; with a larger budget the same command goes on",
    ]);
  });

test("tokens: the first may be as long as allowed, the others are as long as the mean", async () => {
  // 10 estimated + 100 at most for the first; then 32 a reply are paid and 10 + 20 expected of the next.
  expect((await run({ tokens: 109 }, many(10))).asked.length).toBe(0);
  expect((await run({ tokens: 110 }, many(10))).asked.length).toBe(3);
  // 3 × 32 + 30 = 126 is what a fourth needs.
  expect((await run({ tokens: 125 }, many(10))).asked.length).toBe(3);
  expect((await run({ tokens: 126 }, many(10))).asked.length).toBe(4);
});

test("near the end it waits for those under way, so that the same number is sent at any width", async () => {
  for (const width of [1, 2, 8]) {
    const requests = many(50).map((request) => ({ ...request, prompt: "x".repeat(48) }));
    const { asked, purse } = await run({ tokens: 320 }, requests, { width });
    expect(asked.length).toBe(10);
    expect(purse.spent()).toMatchObject({ promptTokens: 120, replyTokens: 200 });
  }
});

test("money: sums of prices are met to the request", async () => {
  const price = { input: 0.5, output: 1.5 };
  const each = (12 * 0.5 + 20 * 1.5) / 1e6;
  const likely = (10 * 0.5 + 20 * 1.5) / 1e6;
  const first = (10 * 0.5 + 100 * 1.5) / 1e6;
  const { asked, purse } = await run({ money: 19 * each + likely }, many(100), { price });
  expect(19 * each + likely).toBeGreaterThan(first);
  expect(asked.length).toBe(20);
  expect(purse.spent().money).toBeCloseTo(20 * each, 12);
});

test("what an earlier run has spent is part of it", async () => {
  const before = { requests: 6, promptTokens: 1, replyTokens: 1, money: 0 };
  expect((await run({ requests: 7 }, many(10), { before })).asked.length).toBe(1);
});

test("one purse is shared by several models; a request that failed counts and costs no tokens", async () => {
  const purse = openPurse({ requests: 5 });
  const broken = model(() => undefined);
  const well = model(() => said);
  const missing: string[] = [];
  const onMissing = ({ id, cause }: Missing): void => void missing.push(`${id} ${cause}`);
  await withBudget(broken.sampler, purse).answer(many(2), { onMissing });
  await withBudget(well.sampler, purse).answer(many(10), { onMissing });
  expect([broken.asked.length, well.asked.length]).toEqual([2, 3]);
  expect(missing.slice(0, 3)).toEqual(["q0 failed", "q1 failed", "q3 budget"]);
  expect(purse.spent()).toEqual({ requests: 5, promptTokens: 36, replyTokens: 60, money: 0 });
});

test("without onMissing the end is an error of its own, after the replies under way", async () => {
  const { asked, sampler } = model(() => said, 3);
  const purse = openPurse({ requests: 2 });
  const told: string[] = [];
  const kept = withBudget(sampler, purse).answer(many(4), { onReply: ({ id }) => told.push(id) });
  await expect(kept).rejects.toThrow(BudgetSpent);
  await expect(kept).rejects.toThrow(
    /the budget is spent \(2 requests, 64 tokens\); not sent: 2 requests; raise it/u,
  );
  expect([asked.length, told]).toEqual([2, ["q0", "q1"]]);
});

test("what a server does not count is estimated from the text, thinking with it", async () => {
  const { sampler } = model(() => ({ text: "abcd", reasoning: "x".repeat(36), finish: "stop", tokens: 0 }));
  const purse = openPurse();
  await withBudget(sampler, purse).answer([ask("a", "y".repeat(41))]);
  expect(purse.spent()).toMatchObject({ promptTokens: 11, replyTokens: 10 });
});

test("an estimate of little money shows how little", () => {
  const shown = (mostMoney: number): string =>
    estimateText({ requests: 1, promptTokens: 1, mostReplyTokens: 1, mostMoney }).split("at most ").at(-1)!;
  expect([0, 1.234, 0.05, 0.0043, 0.000_000_21].map(shown)).toEqual([
    "0.00",
    "1.23",
    "0.05",
    "0.0043",
    "0.00000021",
  ]);
});

test("an estimate counts requests, tokens and money at most", () => {
  const requests = [ask("a", "x".repeat(400), 50), ask("b", "患者は痛みがある。", 50)];
  expect(estimate(requests, { input: 1000, output: 10_000 })).toEqual({
    requests: 2,
    promptTokens: 100 + 6,
    mostReplyTokens: 100,
    mostMoney: expect.closeTo(0.106 + 1, 12),
  });
  expect(estimate(requests)).toEqual({ requests: 2, promptTokens: 106, mostReplyTokens: 100 });
  expect(estimateText(estimate(requests, { input: 1000, output: 10_000 }))).toBe(
    "2 requests, about 106 tokens to read, at most 100 to write, money at most 1.11",
  );
  expect(estimate([]).requests).toBe(0);
});

test("whatever the limits and the width, requests are never passed and tokens only by what is under way", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 40 }),
      fc.integer({ min: 1, max: 1500 }),
      fc.integer({ min: 1, max: 12 }),
      fc.array(fc.integer({ min: 1, max: 100 }), { minLength: 1, maxLength: 40 }),
      async (requests, tokens, width, lengths) => {
        const { asked, sampler } = model(({ id }) => ({ ...said, tokens: lengths[Number(id)] ?? 1 }), width);
        const purse = openPurse({ requests, tokens });
        const asking = lengths.map((_, at) => ask(`${at}`));
        const missing: string[] = [];
        const replies = await withBudget(sampler, purse).answer(asking, {
          onMissing: ({ id }) => missing.push(id),
        });
        const spent = purse.spent();
        expect(asked.length).toBeLessThanOrEqual(requests);
        expect(replies.length + missing.length).toBe(lengths.length);
        expect(spent.requests).toBe(asked.length);
        expect(spent.promptTokens).toBe(12 * asked.length);
        expect(spent.replyTokens).toBe(asked.reduce((sum, id) => sum + (lengths[Number(id)] ?? 1), 0));
        expect(spent.promptTokens + spent.replyTokens).toBeLessThanOrEqual(tokens + width * 102);
      },
    ),
    { numRuns: 60 },
  );
});
