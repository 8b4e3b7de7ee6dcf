/**
 * Replies of a model kept on disk, so that a run that was killed, or is made again, asks nothing twice and reads the
 * same replies. One file a reply, named by the hash of all that the reply depends on.
 *
 * Invariants: a file is whole or absent; what is kept is what the sampler gave as a reply, while a server that fails
 * gives none; one request asked twice at the same time is asked once; where a reply cannot be kept, no more are asked
 * for.
 */
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { writeJson } from "../base/files.ts";
import { hashJson } from "../base/hash.ts";
import { tryJson } from "../base/jsonl.ts";
import type { Reply, ReplyRequest, Sampler } from "./sampler.ts";

const keptSchema = z.strictObject({
  id: z.string(),
  text: z.string(),
  finish: z.enum(["stop", "length", "refused"]),
  tokens: z.number(),
  reasoning: z.string().optional(),
});

/** The same sampler, asked only what the folder does not answer; its address, if it has one, tells replies apart. */
export function keptReplies(sampler: Sampler & { readonly url?: string }, folder: string): Sampler {
  return {
    name: sampler.name,
    async answer(requests, { signal, onReply } = {}) {
      const places = new Map<string, ReplyRequest[]>();
      const paths = requests.map((request) => pathOf(folder, sampler, request));
      paths.forEach((path, at) => {
        const request = requests[at] as ReplyRequest;
        const same = places.get(path);
        if (same) same.push(request);
        else places.set(path, [request]);
      });
      const replies = new Map<string, Reply>();
      const take = (path: string, reply: Reply): void => {
        replies.set(path, reply);
        for (const { id } of places.get(path) ?? []) onReply?.({ ...reply, id });
      };
      await Promise.all(
        [...places.keys()].map(async (path) => {
          const kept = await readKept(path);
          if (kept !== undefined) take(path, kept);
        }),
      );
      signal?.throwIfAborted();
      /** Requests to be made, each under a name of its own, with where its reply is kept. */
      const missing = new Map<string, string>();
      for (const [path, [first]] of places) {
        let name = (first as ReplyRequest).id;
        while (missing.has(name)) name += "'";
        if (!replies.has(path)) missing.set(name, path);
      }
      const writes: Promise<void>[] = [];
      const unkept = new AbortController();
      try {
        await sampler.answer(
          [...missing].map(([id, path]) => ({ ...(places.get(path)?.[0] as ReplyRequest), id })),
          {
            signal: signal ? AbortSignal.any([signal, unkept.signal]) : unkept.signal,
            onReply: (reply) => {
              const path = missing.get(reply.id) as string;
              const write = writeJson(path, reply);
              // A full disk must not wait for the end of the batch to be noticed, nor end the process before it.
              write.catch((error: unknown) => unkept.abort(error));
              writes.push(write);
              take(path, reply);
            },
          },
        );
      } finally {
        await Promise.allSettled(writes);
        // What could not be written is the cause of a call that was cut short, so it is the error that is told.
        await Promise.all(writes);
      }
      return paths.map((path, at) => ({
        ...(replies.get(path) as Reply),
        id: (requests[at] as ReplyRequest).id,
      }));
    },
  };
}

function pathOf(
  folder: string,
  { name, url }: { readonly name: string; readonly url?: string },
  { prompt, maxTokens, temperature, stop, seed }: ReplyRequest,
): string {
  const hash = hashJson({ name, url, prompt, maxTokens, temperature, stop, seed });
  return join(folder, hash.slice(0, 2), `${hash}.json`);
}

/** What the file holds; undefined where there is none, or none that is whole. */
async function readKept(path: string): Promise<Reply | undefined> {
  if (!existsSync(path)) return undefined;
  const kept = keptSchema.safeParse(tryJson(await readFile(path, "utf8"))).data;
  if (kept === undefined) return undefined;
  const { reasoning, ...reply } = kept;
  return reasoning === undefined ? reply : { ...reply, reasoning };
}
