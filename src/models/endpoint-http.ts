/**
 * One HTTP exchange with an endpoint, as the `openai` package wants its `fetch`: the whole reply is read before it is
 * handed over, so that one time limit covers it all and a reply that is cut off is an error and not half a text.
 *
 * Departure from the built-in `fetch`, which gives up when no header has come for five minutes: a slow model that
 * thinks for long sends its first byte later than that. Redirects are not followed: the key goes to one address.
 */
import { request as httpRequest, type IncomingMessage } from "node:http";
import { request as httpsRequest } from "node:https";
import { tryJson } from "../base/jsonl.ts";

/** A reply that is longer is no chat completion. */
const MOST_BYTES = 64_000_000;

/** Sends a request with a text as its body; the response has been read to its end. */
export async function fetchWhole(
  input: string | URL,
  init: { method?: string; headers?: unknown; body?: unknown; signal?: AbortSignal | null } = {},
): Promise<Response> {
  const url = new URL(input);
  const body = typeof init.body === "string" ? init.body : "";
  const { promise, resolve, reject } = deferred<IncomingMessage>();
  const send = url.protocol === "https:" ? httpsRequest : httpRequest;
  const request = send(url, {
    method: init.method ?? "GET",
    headers: {
      ...Object.fromEntries(new Headers(init.headers as Record<string, string>)),
      "accept-encoding": "identity",
      "content-length": Buffer.byteLength(body),
    },
    ...(init.signal ? { signal: init.signal } : {}),
  });
  request.on("response", resolve).on("error", reject).end(body);
  const answer = await promise;
  const status = answer.statusCode ?? 0;
  const text = await readWhole(answer);
  return new Response(status < 400 ? text || null : errorBody(text), {
    status,
    headers: headersOf(answer),
  });
}

function deferred<T>(): {
  promise: Promise<T>;
  resolve: (value: T) => void;
  reject: (error: unknown) => void;
} {
  let resolve!: (value: T) => void;
  let reject!: (error: unknown) => void;
  const promise = new Promise<T>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}

async function readWhole(answer: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MOST_BYTES) throw new Error(`the reply is longer than ${MOST_BYTES / 1e6} MB`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function headersOf(answer: IncomingMessage): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(answer.headers))
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(", ") : value);
  return headers;
}

/**
 * An error in the one form that the `openai` package reads. Servers differ: `{"error": {"message"}}`,
 * `{"error": "…"}`, `{"message"}`, `{"detail": …}`, plain text.
 */
function errorBody(text: string): string {
  const value = tryJson(text);
  const fields: Record<string, unknown> =
    typeof value === "object" && value !== null ? { ...value } : { message: text };
  const { error, message, detail } = fields;
  if (typeof error === "object" && error !== null) return JSON.stringify({ error });
  const words = [error, message, detail].find((one) => one !== undefined && one !== "") ?? text;
  return JSON.stringify({ error: { message: typeof words === "string" ? words : JSON.stringify(words) } });
}
