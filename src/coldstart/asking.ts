/**
 * Asking a teacher: what the requests may cost is told before the first is sent, what they cost is counted, and a request
 * without a reply is remembered, so that the stage ends early and asks for it alone the next time.
 */
import { UsageError } from "../base/errors.ts";
import type { Log } from "../base/log.ts";
import { estimate, estimateText, type Price } from "../models/budget.ts";
import type { KeptSampler } from "../models/reply-cache.ts";
import type { Reply, ReplyRequest } from "../models/sampler.ts";

/** What all replies so far come to; kept ones count as any other. */
export interface Tally {
  replies: number;
  tokensRead: number;
  tokensWritten: number;
}

export interface Asking {
  /** The name that trajectories give the teacher. */
  readonly teacher: string;
  readonly tally: Readonly<Tally>;
  /** Why each request without a reply has none, by its id. */
  readonly missing: ReadonlyMap<string, string>;
  /** The replies by the ids of their requests; `what` tells people what they are for. */
  ask(what: string, requests: readonly ReplyRequest[]): Promise<ReadonlyMap<string, Reply>>;
}

export interface AskingOptions {
  readonly teacher: string;
  readonly sampler: KeptSampler;
  readonly price?: Price | undefined;
  readonly log: Log;
  readonly signal: AbortSignal;
}

/** Asks through a sampler that keeps its replies. */
export function askingOf({ teacher, sampler, price, log, signal }: AskingOptions): Asking {
  const tally: Tally = { replies: 0, tokensRead: 0, tokensWritten: 0 };
  const missing = new Map<string, string>();
  return {
    teacher,
    tally,
    missing,
    async ask(what, requests) {
      if (requests.length === 0) return new Map();
      log.info(`${what}: ${estimateText(estimate(sampler.unkept(requests), price))}`);
      const replies = new Map<string, Reply>();
      // From nothing on, so that the rate is that of the replies and not of the time after the first.
      log.progress(what, 0, requests.length);
      try {
        await sampler.answer(requests, {
          signal,
          onReply: (reply) => {
            replies.set(reply.id, reply);
            tally.replies += 1;
            tally.tokensRead += reply.promptTokens ?? 0;
            tally.tokensWritten += reply.tokens;
            log.progress(what, replies.size, requests.length);
          },
          onMissing: ({ id, reason }) => missing.set(id, reason),
        });
      } catch (cause) {
        if (!signal.aborted) throw cause;
        throw new UsageError(
          `${what}: stopped after ${replies.size} of ${requests.length} replies; run the same command to go on`,
          { cause },
        );
      }
      return replies;
    },
  };
}
