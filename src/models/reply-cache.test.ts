/** Replies kept on disk: asked once, told apart by all they depend on, whole after a kill. */
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, expect, test } from "vitest";
import { keptReplies } from "./reply-cache.ts";
import type { Reply, ReplyRequest, Sampler } from "./sampler.ts";

const folders: string[] = [];
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});

async function scratch(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "replies-"));
  folders.push(folder);
  return folder;
}

/** Says how often it was asked; fails at the prompt "fail" after it has answered what stands before it. */
function counting(name = "counter"): Sampler & { asked: string[] } {
  const asked: string[] = [];
  return {
    name,
    asked,
    answer: async (requests, options) => {
      const replies: Reply[] = [];
      for (const { id, prompt } of requests) {
        if (prompt === "fail") throw new Error("the server is away");
        asked.push(prompt);
        const reply: Reply = { id, text: `${prompt} ${asked.length}`, finish: "stop", tokens: 1 };
        options?.onReply?.(reply);
        replies.push(reply);
      }
      return replies;
    },
  };
}

const ask = (id: string, prompt: string, more: Partial<ReplyRequest> = {}): ReplyRequest => ({
  id,
  prompt,
  maxTokens: 5,
  temperature: 0.7,
  seed: 1,
  ...more,
});

test("what was asked is not asked again, by this sampler or a new one on the same folder", async () => {
  const folder = await scratch();
  const model = counting();
  const first = await keptReplies(model, folder).answer([ask("a", "x"), ask("b", "y")]);
  const again = await keptReplies(model, folder).answer([ask("c", "y"), ask("d", "x"), ask("e", "z")]);
  expect(model.asked).toEqual(["x", "y", "z"]);
  expect(again.map((reply) => reply.text)).toEqual(["y 2", "x 1", "z 3"]);
  expect(again.map((reply) => reply.id)).toEqual(["c", "d", "e"]);
  expect(first[0]).toEqual({ id: "a", text: "x 1", finish: "stop", tokens: 1 });
});

test("one request asked twice at once is asked once, and each asker gets its reply", async () => {
  const model = counting();
  const told: string[] = [];
  const replies = await keptReplies(model, await scratch()).answer(
    [ask("a", "x"), ask("b", "x"), ask("a", "y")],
    {
      onReply: ({ id, text }) => told.push(`${id} ${text}`),
    },
  );
  expect(model.asked).toEqual(["x", "y"]);
  expect(replies.map(({ id, text }) => `${id} ${text}`)).toEqual(["a x 1", "b x 1", "a y 2"]);
  expect(told.sort()).toEqual(["a x 1", "a y 2", "b x 1"]);
});

test("seed, temperature, length, stop, model and address tell replies apart", async () => {
  const folder = await scratch();
  const model = counting();
  const kept = keptReplies(model, folder);
  await kept.answer([
    ask("1", "x"),
    ask("2", "x", { seed: 2 }),
    ask("3", "x", { temperature: 0 }),
    ask("4", "x", { maxTokens: 6 }),
    ask("5", "x", { stop: ["."] }),
  ]);
  const other = counting("other");
  await keptReplies(other, folder).answer([ask("6", "x")]);
  const elsewhere = { ...counting(), url: "http://127.0.0.1:1/v1" };
  await keptReplies(elsewhere, folder).answer([ask("7", "x")]);
  expect([model.asked.length, other.asked.length, elsewhere.asked.length]).toEqual([5, 1, 1]);
});

test("replies before a failure are kept, the failure is not, and half a file is asked for again", async () => {
  const folder = await scratch();
  const model = counting();
  const kept = keptReplies(model, folder);
  await expect(kept.answer([ask("a", "x"), ask("b", "fail")])).rejects.toThrow("away");
  await kept.answer([ask("a", "x")]);
  expect(model.asked).toEqual(["x"]);
  const [sub = ""] = await readdir(folder);
  const [file = ""] = await readdir(join(folder, sub));
  await writeFile(join(folder, sub, file), '{"id": "a", "te');
  await kept.answer([ask("a", "x")]);
  expect(model.asked).toEqual(["x", "x"]);
});

test("a run that is stopped says so before it asks", async () => {
  const model = counting();
  const stopped = AbortSignal.abort(new Error("stopped"));
  await expect(
    keptReplies(model, await scratch()).answer([ask("a", "x")], { signal: stopped }),
  ).rejects.toThrow("stopped");
  expect(model.asked).toEqual([]);
});

test("where a reply cannot be written no more are asked for, and that error is told", async () => {
  const file = join(await scratch(), "a-file");
  await writeFile(file, "");
  const asked: string[] = [];
  const slow: Sampler = {
    name: "slow",
    answer: async (requests, options) => {
      for (const { id, prompt } of requests) {
        options?.signal?.throwIfAborted();
        asked.push(prompt);
        options?.onReply?.({ id, text: prompt, finish: "stop", tokens: 1 });
        await sleep(50);
      }
      throw new Error("it was asked to the end");
    },
  };
  const unhandled: unknown[] = [];
  const note = (error: unknown): void => void unhandled.push(error);
  process.on("unhandledRejection", note);
  try {
    const requests = Array.from({ length: 20 }, (_, at) => ask(`${at}`, `p${at}`));
    // A folder within a file cannot be made, as none can on a full disk.
    await expect(keptReplies(slow, join(file, "kept")).answer(requests)).rejects.toThrow("ENOTDIR");
  } finally {
    process.off("unhandledRejection", note);
  }
  expect(asked.length).toBeLessThan(20);
  expect(unhandled).toEqual([]);
});
