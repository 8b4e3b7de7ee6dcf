/**
 * What asking may cost: requests, tokens read and written, money. One purse may be shared by several models.
 *
 * A request is sent only while what was spent, what is under way and what it is likely to cost itself fit into the
 * limits; near the end it waits for those under way, whose cost is then known. Its likely cost is the length of its
 * prompt and the mean length of the replies so far (at first, the longest that it may get). A reply longer than that
 * is paid for all the same: the limits may be passed by what the replies under way are longer than the mean.
 * What a server does not count is estimated from the text.
 */
import { UsageError } from "../base/errors.ts";
import type { Missing, Reply, ReplyRequest, Sampler } from "./sampler.ts";

/** Money for a million tokens. */
export interface Price {
  readonly input: number;
  readonly output: number;
}

/** Each absent where there is none. */
export interface Limits {
  readonly requests?: number | undefined;
  readonly tokens?: number | undefined;
  readonly money?: number | undefined;
}

export interface Spent {
  readonly requests: number;
  readonly promptTokens: number;
  readonly replyTokens: number;
  readonly money: number;
}

/** The limits do not allow another request; what was answered before stands. */
export class BudgetSpent extends UsageError {}

export interface Purse {
  readonly limits: Limits;
  /** What all requests so far have cost. */
  spent(): Spent;
  /** Takes the likely cost of one more request, waiting for those under way where that may help; false: it may not be sent. */
  reserve(likely: Spent): Promise<boolean> | boolean;
  /** Puts what a request cost in the place of what was reserved for it. */
  settle(reserved: Spent, cost: Spent): void;
}

const NOTHING: Spent = { requests: 0, promptTokens: 0, replyTokens: 0, money: 0 };

/** A purse with limits; `before` is what an earlier run has spent of them. */
export function openPurse(limits: Limits = {}, before: Spent = NOTHING): Purse {
  let spent = before;
  let reserved = NOTHING;
  let isClosed = false;
  let waiting: (() => void)[] = [];
  const fits = (sum: Spent): boolean =>
    sum.requests <= (limits.requests ?? Number.POSITIVE_INFINITY) &&
    sum.promptTokens + sum.replyTokens <= (limits.tokens ?? Number.POSITIVE_INFINITY) &&
    // Sums of prices are not exact.
    sum.money <= (limits.money ?? Number.POSITIVE_INFINITY) * (1 + 1e-12);
  const tryReserve = (likely: Spent): boolean | undefined => {
    if (!isClosed && fits(add(add(spent, reserved), likely))) {
      reserved = add(reserved, likely);
      return true;
    }
    if (!isClosed && reserved.requests > 0 && fits(add(spent, likely))) return undefined;
    isClosed = true;
    return false;
  };
  const reserveLater = async (likely: Spent): Promise<boolean> => {
    for (;;) {
      await new Promise<void>((resolve) => waiting.push(resolve));
      const verdict = tryReserve(likely);
      if (verdict !== undefined) return verdict;
    }
  };
  return {
    limits,
    spent: () => spent,
    reserve: (likely) => tryReserve(likely) ?? reserveLater(likely),
    settle(taken, cost) {
      reserved = add(reserved, taken, -1);
      // Differences of prices are not exact either.
      if (reserved.requests === 0) reserved = NOTHING;
      spent = add(spent, cost);
      const woken = waiting;
      waiting = [];
      for (const wake of woken) wake();
    },
  };
}

/** The same sampler, which sends nothing that the purse does not allow. What has no reply costs a request and no tokens. */
export function withBudget(
  sampler: Sampler & { readonly url?: string },
  purse: Purse,
  {
    price,
    name = sampler.name,
    setting = "budget",
    notice = () => {},
  }: {
    readonly price?: Price | undefined;
    /** What messages call the model, and the setting of the limits. */
    readonly name?: string;
    readonly setting?: string;
    readonly notice?: (text: string) => void;
  } = {},
): Sampler & { readonly url?: string } {
  let [replies, replyTokens] = [0, 0];
  let isTold = false;
  return {
    name: sampler.name,
    ...(sampler.url === undefined ? {} : { url: sampler.url }),
    async answer(requests, options = {}) {
      const { onReply, onMissing = endOn } = options;
      const open = new Map<string, { readonly request: ReplyRequest; readonly likely: Spent }[]>();
      let unsent = 0;
      let isOver = false;
      const settle = (id: string, reply?: Reply): void => {
        const paid = open.get(id)?.shift();
        if (paid === undefined) return;
        const cost = reply === undefined ? { ...NOTHING, requests: 1 } : costOf(paid.request, reply, price);
        purse.settle(paid.likely, cost);
      };
      try {
        const answered = await sampler.answer(requests, {
          ...options,
          admit: async (request) => {
            const mean = replies === 0 ? request.maxTokens : Math.ceil(replyTokens / replies);
            const tokens = Math.min(mean, request.maxTokens);
            const likely = costOfTokens(tokensOf(request.prompt), tokens, price);
            if (!(await purse.reserve(likely))) return false;
            if (isOver) {
              purse.settle(likely, NOTHING);
              return false;
            }
            const same = open.get(request.id);
            if (same) same.push({ request, likely });
            else open.set(request.id, [{ request, likely }]);
            return true;
          },
          onReply: (reply) => {
            settle(reply.id, reply);
            replies += 1;
            replyTokens += writtenTokens(reply);
            onReply?.(reply);
          },
          onMissing: (missing) => {
            if (missing.cause === "failed") settle(missing.id);
            else unsent += 1;
            if (missing.cause === "failed") onMissing(missing);
            else
              options.onMissing?.({
                ...missing,
                reason: `the budget is spent; a larger ${setting} is needed`,
              });
          },
        });
        if (unsent === 0) return answered;
        const words = `${name}: the budget is spent (${spentText(purse)}); not sent: ${unsent} requests`;
        if (options.onMissing === undefined)
          throw new BudgetSpent(
            `${words}; raise it, then run the same command, it goes on from where it was`,
          );
        if (!isTold) notice(`${words}; with a larger ${setting} the same command goes on`);
        isTold = true;
        return answered;
      } finally {
        isOver = true;
        for (const id of open.keys()) while ((open.get(id)?.length ?? 0) > 0) settle(id);
      }
    },
  };
}

function endOn({ reason }: Missing): never {
  throw new UsageError(reason);
}

/** What a list of requests may cost at most, told before the first is sent. */
interface Estimate {
  readonly requests: number;
  readonly promptTokens: number;
  /** Were every reply as long as it may be. */
  readonly mostReplyTokens: number;
  readonly mostMoney?: number;
}

/** Counts what requests may cost; prompts are estimated from their characters. */
export function estimate(requests: Iterable<ReplyRequest>, price?: Price): Estimate {
  let sum = NOTHING;
  for (const { prompt, maxTokens } of requests)
    sum = add(sum, costOfTokens(tokensOf(prompt), maxTokens, price));
  return {
    requests: sum.requests,
    promptTokens: sum.promptTokens,
    mostReplyTokens: sum.replyTokens,
    ...(price === undefined ? {} : { mostMoney: sum.money }),
  };
}

/** An amount of money with two digits after the point, or where it is less with two that are not 0. */
function moneyText(amount: number): string {
  const small = amount > 0 && amount < 0.01 ? 1 - Math.floor(Math.log10(amount)) : 2;
  return amount.toFixed(Math.min(100, small));
}

/** Its one line for people. */
export function estimateText({ requests, promptTokens, mostReplyTokens, mostMoney }: Estimate): string {
  const money = mostMoney === undefined ? "" : `, money at most ${moneyText(mostMoney)}`;
  return `${requests} requests, about ${promptTokens} tokens to read, at most ${mostReplyTokens} to write${money}`;
}

const cjk =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303f\uff00-\uffef]/gu;

/** A text's length in tokens, roughly: four characters each, one and a half in Chinese, Japanese and Korean. */
function tokensOf(text: string): number {
  const dense = text.match(cjk)?.length ?? 0;
  return Math.ceil((text.length - dense) / 4 + dense / 1.5);
}

function writtenTokens({ text, reasoning = "", tokens }: Reply): number {
  return tokens > 0 ? tokens : tokensOf(text + reasoning);
}

function costOf(request: ReplyRequest, reply: Reply, price: Price | undefined): Spent {
  return costOfTokens(reply.promptTokens ?? tokensOf(request.prompt), writtenTokens(reply), price);
}

function costOfTokens(promptTokens: number, replyTokens: number, price: Price | undefined): Spent {
  const money = price === undefined ? 0 : (promptTokens * price.input + replyTokens * price.output) / 1e6;
  return { requests: 1, promptTokens, replyTokens, money };
}

function add(a: Spent, b: Spent, sign: 1 | -1 = 1): Spent {
  return {
    requests: a.requests + sign * b.requests,
    promptTokens: a.promptTokens + sign * b.promptTokens,
    replyTokens: a.replyTokens + sign * b.replyTokens,
    money: a.money + sign * b.money,
  };
}

function spentText(purse: Purse): string {
  const { requests, promptTokens, replyTokens, money } = purse.spent();
  const paid = purse.limits.money === undefined ? "" : `, money ${moneyText(money)}`;
  return `${requests} requests, ${promptTokens + replyTokens} tokens${paid}`;
}
