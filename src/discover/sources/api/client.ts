/**
 * One request to a MediaWiki Action API, made again for as long as that is polite.
 *
 * Invariant: an answer is a whole, well-formed one or none. A cut connection, a body cut short, a page of a proxy in
 * the place of JSON and a failing server are asked again with growing waits; maxlag and refusals are waited for as the
 * wiki asks, and after `patience` the source stops. What no repetition can mend is a UsageError.
 */
import { codeOf, messageOf, UsageError } from "../../../base/errors.ts";
import { tryJson } from "../../../base/jsonl.ts";
import { duration, type Log } from "../../../base/log.ts";
import { retryAfterMs } from "../../../base/retry-after.ts";
import { type Answer, answerSchema } from "./answer.ts";
import { type Pace, type Setback, SourceRefused, waitAfter } from "./waits.ts";

export interface ApiClient {
  /** For messages. */
  readonly address: string;
  /** The answer to a request. @throws SourceRefused when patience ends, UsageError for what waiting cannot mend. */
  ask(parameters: Readonly<Record<string, string>>, signal: AbortSignal): Promise<Answer>;
}

export interface ClientSettings {
  readonly address: string;
  readonly userAgent: string;
  /** Minutes of setbacks in a row that one request bears. */
  readonly patience: number;
  /** What the user is told to do after a refusal. */
  readonly advice: string;
  readonly pace: Pace;
  readonly log: Log;
}

/** Longer requests are sent in the body; addresses of this length pass everywhere. */
const LONGEST_ADDRESS = 2000;
/** An answer that is longer is refused: MediaWiki itself ends at 8 MB. */
const LONGEST_ANSWER = 64_000_000;
/** Attempts in silence, before any answer ever came, after which the address is taken to be wrong. */
const FIRST_CONTACT = 6;

export function apiClient(settings: ClientSettings): ApiClient {
  const { address, pace, log } = settings;
  const patienceMs = settings.patience * 60_000;
  let reached = false;
  // A wait that the wiki asked for binds the next request too.
  let notBefore = pace.now();

  function giveUp(setback: Setback, since: number, waitMs: number): SourceRefused {
    const lasted = duration((pace.now() - since) / 1000);
    return new SourceRefused(
      `${address}: ${setback.what}; without an answer for ${lasted}, and the next attempt would be in ${duration(waitMs / 1000)}, ` +
        `which is beyond discover.api.patience (${settings.patience} min); ${settings.advice}`,
    );
  }

  return {
    address,
    async ask(parameters, signal) {
      const body = new URLSearchParams(parameters).toString();
      let since: number | undefined;
      for (let count = 1; ; count++) {
        while (notBefore > pace.now()) await pace.sleep(notBefore - pace.now(), signal);
        signal.throwIfAborted();
        const outcome = await attempt(settings, body, signal);
        if ("answer" in outcome) {
          reached = true;
          return outcome.answer;
        }
        const { setback } = outcome;
        if (!reached && setback.kind === "silence" && count >= FIRST_CONTACT)
          throw new UsageError(
            `${address}: no answer of a MediaWiki Action API in ${count} attempts (${setback.what}); ` +
              "check discover.source and the network",
          );
        since ??= pace.now();
        const waitMs = waitAfter(setback, body, count);
        if (pace.now() - since + waitMs > patienceMs) throw giveUp(setback, since, waitMs);
        log.info(`${setback.what}; next attempt in ${duration(waitMs / 1000)}`);
        notBefore = Math.max(notBefore, pace.now() + waitMs);
      }
    },
  };
}

type Outcome = { readonly answer: Answer } | { readonly setback: Setback };

const silence = (what: string): Outcome => ({ setback: { kind: "silence", what } });

async function attempt(settings: ClientSettings, body: string, signal: AbortSignal): Promise<Outcome> {
  let reply: Reply;
  try {
    reply = await exchange(settings, body, signal);
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof UsageError) throw error;
    const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
    return silence(`the connection failed (${messageOf(cause) || codeOf(cause)})`);
  }
  return judge(settings, reply);
}

interface Reply {
  readonly status: number;
  readonly headers: Headers;
  /** Undefined where the bytes are not UTF-8. */
  readonly text: string | undefined;
}

/** Sends a request and reads all of the reply. */
async function exchange(settings: ClientSettings, body: string, signal: AbortSignal): Promise<Reply> {
  const { address, userAgent, pace } = settings;
  const watch = new AbortController();
  const abort = (): void => watch.abort(signal.reason);
  let timer: NodeJS.Timeout | undefined;
  const touch = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => watch.abort(new Error("no byte came in time")), pace.stallMs);
  };
  signal.addEventListener("abort", abort, { once: true });
  touch();
  const headers = { "User-Agent": userAgent, "Accept-Encoding": "gzip" };
  // A redirect would turn POST into GET and lose the request; the user gives the right address once.
  const common = { redirect: "manual", signal: watch.signal } as const;
  const form = { ...headers, "Content-Type": "application/x-www-form-urlencoded" };
  try {
    const isLong = address.length + body.length >= LONGEST_ADDRESS;
    const response = isLong
      ? await fetch(address, { ...common, method: "POST", headers: form, body })
      : await fetch(`${address}?${body}`, { ...common, headers });
    const chunks: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of response.body ?? []) {
      touch();
      size += chunk.length;
      if (size > LONGEST_ANSWER)
        throw new UsageError(
          `${address}: an answer has more than ${LONGEST_ANSWER / 1e6} MB; is it an Action API?`,
        );
      chunks.push(chunk);
    }
    return { status: response.status, headers: response.headers, text: utf8(chunks) };
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", abort);
    // Drops a body that was not read to its end.
    watch.abort();
  }
}

function utf8(chunks: readonly Uint8Array[]): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(Buffer.concat(chunks));
  } catch {
    // A letter replaced by a question mark would become a quote that no page holds.
    return undefined;
  }
}

/** What a reply means: by the API's own code where there is one, else by the status. */
function judge({ address, pace }: ClientSettings, { status, headers, text }: Reply): Outcome {
  const parsed = answerSchema.safeParse(text === undefined ? undefined : tryJson(text));
  const { code, info } = (parsed.success ? parsed.data.error : undefined) ?? { code: undefined, info: "" };
  const askedMs = retryAfterMs(headers, pace.now());
  const told = code === undefined ? `HTTP ${status}` : `${code}: ${info}`;
  if (code === "maxlag") return { setback: { kind: "lag", what: "the servers lag", askedMs } };
  if (code === "ratelimited" || status === 429 || status === 503)
    return { setback: { kind: "refusal", what: `requests are turned away (${told})`, askedMs } };
  const isPassing = code === "readonly" || code?.startsWith("internal_api_error") === true;
  if (status >= 500 || status === 408 || isPassing)
    return { setback: { kind: "failure", what: `the server failed (${told})`, askedMs } };
  if (status >= 300 && status < 400)
    throw new UsageError(
      `${address}: HTTP ${status}, the API is elsewhere: ${headers.get("location") ?? "no address given"}; set discover.source to its address`,
    );
  if (code !== undefined) throw new UsageError(`${address}: the wiki answers with the error ${told}`);
  if (status >= 400) throw new UsageError(`${address}: HTTP ${status}${excerpt(text)}; ${adviceFor(status)}`);
  if (!parsed.success) return silence(`the answer is not that of an Action API${excerpt(text)}`);
  return { answer: parsed.data };
}

function adviceFor(status: number): string {
  if (status === 403)
    return "the wiki refuses this client; check that discover.api.userAgent names you truly, and that the wiki may be read by anyone";
  if (status === 404) return "expected the address of api.php, such as https://en.wikipedia.org/w/api.php";
  return "check discover.source";
}

/** The beginning of a reply's words, for a message. */
function excerpt(text = ""): string {
  const words = text
    .slice(0, 4000)
    .replace(/<[^>]*>/gu, " ")
    .replace(/\s+/gu, " ")
    .trim();
  return words === "" ? "" : ` ("${words.slice(0, 160)}")`;
}
