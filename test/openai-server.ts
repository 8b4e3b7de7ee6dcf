/**
 * A server on loopback that behaves as OpenAI-compatible servers do: chat completions whose replies are computed from
 * the request, parts of a request that it does not take, and things that go wrong. What was asked can be read.
 */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** The body of a request, as far as tests look at it. */
export interface ChatBody {
  readonly model: string;
  readonly messages: readonly { readonly role: string; readonly content: string }[];
  readonly response_format?: {
    readonly type: string;
    readonly json_schema?: { readonly name: string; readonly schema: unknown; readonly strict: boolean };
  };
  readonly temperature?: number;
  readonly seed?: number;
  readonly stop?: readonly string[];
  readonly max_tokens?: number;
  readonly max_completion_tokens?: number;
}

/** What the model "says"; a text alone is a whole reply. */
export interface Said {
  readonly content: unknown;
  readonly finish?: string | null;
  readonly reasoning?: string;
  readonly refusal?: string;
  /** Fields of the message beside these, as only some servers send them. */
  readonly message?: Readonly<Record<string, unknown>>;
  /** What it counts; some servers count nothing (null). */
  readonly usage?: Readonly<Record<string, number>> | null;
}

interface Asked {
  readonly body: ChatBody;
  readonly authorization: string | undefined;
  /** 0 where there was no answer. */
  readonly status: number;
}

/** What a server takes, each as vLLM, llama.cpp, Ollama and services differ in it. */
interface Takes {
  jsonSchema: boolean;
  jsonObject: boolean;
  temperature: boolean;
  seed: boolean;
  system: boolean;
  maxTokens: boolean;
}

/** What goes wrong; numbers count down. */
interface Trouble {
  /** Requests answered with `refusal` first. */
  refusals: number;
  refusal: number;
  retryAfter: string | undefined;
  /** The words of a refusal, sent as they are. */
  words: string;
  /** Replies that are cut off in the middle. */
  cuts: number;
  /** Replies with status 200 whose JSON cannot be read. */
  garbage: number;
  /** Requests that get no reply at all. */
  stalls: number;
  /** Milliseconds before a reply. */
  delay: number;
  /** Replies that come with status 200 and an error in them. */
  hiddenErrors: number;
  /** Requests answered at the same time; those above are turned away at once (429, with `retryAfter`). */
  limit: number;
  /** Share of the requests whose connection is dropped instead of an answer, evenly spread. */
  drops: number;
}

export interface FakeEndpoint extends AsyncDisposable {
  /** With its /v1. */
  readonly url: string;
  readonly asked: Asked[];
  /** Most requests that were under way together. */
  readonly peak: () => number;
  readonly takes: Takes;
  readonly trouble: Trouble;
  /** When set, only this key is let in. */
  key: string | undefined;
  /** Longest prompt, in characters. */
  context: number;
}

const MODEL = "tiny-clinician";

/** Starts it; `say` makes the reply to each request that gets that far. */
export async function startFakeEndpoint(say: (body: ChatBody) => string | Said): Promise<FakeEndpoint> {
  const asked: Asked[] = [];
  const takes: Takes = {
    jsonSchema: true,
    jsonObject: true,
    temperature: true,
    seed: true,
    system: true,
    maxTokens: true,
  };
  const trouble: Trouble = {
    refusals: 0,
    refusal: 500,
    retryAfter: undefined,
    words: JSON.stringify({ error: { message: "something is wrong" } }),
    cuts: 0,
    garbage: 0,
    stalls: 0,
    delay: 0,
    hiddenErrors: 0,
    limit: Number.POSITIVE_INFINITY,
    drops: 0,
  };
  let [open, peak, serving, dropped] = [0, 0, 0, 0];
  const server = createServer((request, response) => {
    open += 1;
    peak = Math.max(peak, open);
    response.on("close", () => {
      open -= 1;
    });
    void answer(request, response);
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let text = "";
    for await (const chunk of request) text += chunk;
    if (request.method !== "POST" || request.url !== "/v1/chat/completions")
      return void response.writeHead(404, { "Content-Type": "text/plain" }).end("404 page not found");
    const body = JSON.parse(text) as ChatBody;
    const { authorization } = request.headers;
    const note = (status: number): void => void asked.push({ body, authorization, status });
    const refuse = (status: number, words: string): void => {
      note(status);
      const wait = trouble.retryAfter === undefined ? {} : { "Retry-After": trouble.retryAfter };
      response.writeHead(status, { "Content-Type": "application/json", ...wait }).end(words);
    };
    if (serving >= trouble.limit)
      return refuse(429, JSON.stringify({ error: { message: "too many requests at once" } }));
    dropped += trouble.drops;
    if (dropped >= 1) {
      dropped -= 1;
      note(0);
      return void request.socket.destroy();
    }
    serving += 1;
    if (trouble.delay > 0) await new Promise((resolve) => setTimeout(resolve, trouble.delay));
    serving -= 1;
    if (trouble.stalls > 0) {
      trouble.stalls -= 1;
      return note(0);
    }
    if (trouble.refusals > 0) {
      trouble.refusals -= 1;
      return refuse(trouble.refusal, trouble.words);
    }
    if (fake.key !== undefined && authorization !== `Bearer ${fake.key}`)
      return refuse(
        401,
        JSON.stringify({
          error: { message: `Incorrect API key provided: ${authorization?.replace("Bearer ", "") ?? ""}` },
        }),
      );
    const refused = notTaken(body, takes, fake.context);
    if (refused !== undefined) return refuse(...refused);
    note(200);
    response.writeHead(200, { "Content-Type": "application/json" });
    if (trouble.hiddenErrors > 0) {
      trouble.hiddenErrors -= 1;
      return void response.end(JSON.stringify({ error: { message: "upstream is away", code: 502 } }));
    }
    if (trouble.garbage > 0) {
      trouble.garbage -= 1;
      return void response.end('{"choices": [{"message": ]}');
    }
    const reply = JSON.stringify(completion(body, say(body)));
    if (trouble.cuts > 0) {
      trouble.cuts -= 1;
      response.write(reply.slice(0, 20), () => setTimeout(() => response.destroy(), 5));
    } else response.end(reply);
  }

  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const fake: FakeEndpoint = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    asked,
    peak: () => peak,
    takes,
    trouble,
    key: undefined,
    context: 1_000_000,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return fake;
}

/** Refusals in the words and forms that different servers use. */
function notTaken(body: ChatBody, takes: Takes, context: number): [number, string] | undefined {
  const form = body.response_format?.type;
  const error = (message: string): string => JSON.stringify({ error: { message, code: null } });
  if (body.model !== MODEL) return [404, error(`The model \`${body.model}\` does not exist.`)];
  if (!takes.maxTokens && body.max_tokens !== undefined)
    return [
      400,
      error(
        "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
      ),
    ];
  if (!takes.temperature && body.temperature !== undefined)
    return [400, error("Unsupported value: 'temperature' does not support 0 with this model.")];
  if (!takes.seed && body.seed !== undefined)
    return [422, JSON.stringify({ detail: [{ type: "extra_forbidden", loc: ["body", "seed"] }] })];
  if (!takes.system && body.messages.some(({ role }) => role === "system"))
    return [400, JSON.stringify({ object: "error", message: "System role not supported" })];
  if (!takes.jsonSchema && form === "json_schema")
    return [400, JSON.stringify({ error: "response_format type must be one of: text, json_object" })];
  if (!takes.jsonObject && form === "json_object") return [422, "Bad Request"];
  const length = body.messages.reduce((sum, { content }) => sum + content.length, 0);
  if (length > context)
    return [400, error(`This model's maximum context length is ${context} tokens, you asked for ${length}.`)];
  return undefined;
}

function completion(body: ChatBody, said: string | Said): unknown {
  const whole: Said = typeof said === "string" ? { content: said } : said;
  const { content, finish = "stop", reasoning, refusal, message = {} } = whole;
  const { usage = { prompt_tokens: 1, completion_tokens: 7, total_tokens: 8 } } = whole;
  return {
    id: "chatcmpl-1",
    object: "chat.completion",
    created: 0,
    model: body.model,
    choices: [
      {
        index: 0,
        finish_reason: finish,
        message: {
          role: "assistant",
          content,
          ...(reasoning === undefined ? {} : { reasoning_content: reasoning }),
          ...(refusal === undefined ? {} : { refusal }),
          ...message,
        },
      },
    ],
    ...(usage === null ? {} : { usage }),
  };
}

/** What the user's last turn says. */
export function lastTurn(body: ChatBody): string {
  return body.messages.at(-1)?.content ?? "";
}
