/**
 * Replies of a model kept on disk, so that a run that was killed, or is made again, asks nothing twice and reads the
 * same replies: a journal in a folder, each reply under the hash of all that it depends on.
 *
 * Invariants: a reply is in the journal before anybody sees it; what is kept is what the sampler gave as a reply, while
 * a server that fails gives none; one request asked twice at the same time is asked once; where a reply cannot be
 * kept, no more are asked for.
 */
import { hashJson } from "../base/hash.ts";
import { KEY_LENGTH, replyJournal } from "./reply-journal.ts";
import type { Reply, ReplyRequest, Sampler } from "./sampler.ts";

export interface KeptSampler extends Sampler {
  /** Those whose reply is not kept, each request once: what would be asked. */
  unkept(requests: readonly ReplyRequest[]): readonly ReplyRequest[];
}

/** The same sampler, asked only what the folder does not answer; its address, if it has one, tells replies apart. */
export function keptReplies(sampler: Sampler & { readonly url?: string }, folder: string): KeptSampler {
  const journal = replyJournal(folder);
  /** Whether any reply of this sampler was kept: then its address is right. */
  let isKnown = false;
  return {
    name: sampler.name,
    unkept(requests) {
      using _ = journal.open();
      const found = new Map(requests.map((request) => [keyOf(sampler, request), request]));
      return [...found].filter(([key]) => !journal.has(key)).map(([, request]) => request);
    },
    async answer(requests, { signal, onReply, onMissing, admit } = {}) {
      signal?.throwIfAborted();
      using _ = journal.open();
      const keys = requests.map((request) => keyOf(sampler, request));
      const askers = new Map<string, ReplyRequest[]>();
      keys.forEach((key, at) => {
        const request = requests[at] as ReplyRequest;
        const same = askers.get(key);
        if (same) same.push(request);
        else askers.set(key, [request]);
      });
      const replies = new Map<string, Reply>();
      const take = (key: string, reply: Reply): void => {
        replies.set(key, reply);
        for (const { id } of askers.get(key) ?? []) onReply?.({ ...reply, id });
      };
      /** Requests to be made, each under a name of its own, with the key of its reply. */
      const missing = new Map<string, string>();
      const wanted: ReplyRequest[] = [];
      for (const [key, [first]] of askers) {
        const request = first as ReplyRequest;
        const kept = journal.get(key);
        if (kept !== undefined) {
          take(key, kept);
          continue;
        }
        let name = request.id;
        while (missing.has(name)) name += "'";
        missing.set(name, key);
        wanted.push({ ...request, id: name });
      }
      signal?.throwIfAborted();
      if (wanted.length < askers.size) isKnown = true;
      if (wanted.length > 0)
        await sampler.answer(wanted, {
          ...(signal === undefined ? {} : { signal }),
          ...(admit === undefined ? {} : { admit }),
          isKnown,
          ...(onMissing === undefined
            ? {}
            : {
                onMissing: (lost) => {
                  for (const { id } of askers.get(missing.get(lost.id) as string) ?? [])
                    onMissing({ ...lost, id });
                },
              }),
          onReply: (reply) => {
            const key = missing.get(reply.id) as string;
            journal.append(key, reply);
            take(key, reply);
          },
        });
      return keys.flatMap((key, at) => {
        const reply = replies.get(key);
        return reply === undefined ? [] : [{ ...reply, id: (requests[at] as ReplyRequest).id }];
      });
    },
  };
}

function keyOf(
  { name, url }: { readonly name: string; readonly url?: string },
  { prompt, maxTokens, temperature, stop, seed }: ReplyRequest,
): string {
  return hashJson({ name, url, prompt, maxTokens, temperature, stop, seed }).slice(0, KEY_LENGTH);
}
