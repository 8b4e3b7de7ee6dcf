/**
 * A server on loopback that behaves as a wiki's api.php does. Faults are put into its queue, and each request takes
 * the next one; what was asked can be read.
 */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { answerQuery, type Json, type Portions, type WikiPage } from "./mediawiki-query.ts";

export type Fault =
  /** HTTP 200 with the error code `maxlag`; Retry-After is 5 where it is not told. */
  | { readonly kind: "maxlag"; readonly retryAfter?: string }
  /** An error of the API with a code of its own, HTTP 200. */
  | { readonly kind: "error"; readonly code: string; readonly info: string; readonly retryAfter?: string }
  /** A status with a page of HTML. Seconds, or a date so many seconds from now. */
  | {
      readonly kind: "status";
      readonly status: number;
      readonly retryAfter?: string;
      readonly dateIn?: number;
      readonly location?: string;
    }
  /** The connection ends in the middle of the body, or before any of it. */
  | { readonly kind: "cut" | "hangup" }
  /** Nothing comes, or only the beginning of the body. */
  | { readonly kind: "silence" | "stall" }
  /** HTTP 200 with something else than an answer. */
  | { readonly kind: "body"; readonly body: string }
  /** A body of gzip that ends too early although the connection ends well; one that is damaged. */
  | { readonly kind: "shortGzip" | "brokenGzip" }
  /** A byte that is no UTF-8. */
  | { readonly kind: "brokenLetters" }
  | { readonly kind: "none" };

interface Asked {
  readonly method: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly userAgent: string | undefined;
  readonly acceptEncoding: string | undefined;
}

export interface FakeWiki extends AsyncDisposable {
  /** Of its api.php. */
  readonly address: string;
  readonly pages: Map<string, WikiPage>;
  readonly portions: Portions;
  readonly faults: Fault[];
  readonly asked: Asked[];
  /** Requests that were open at the same moment, at most. */
  greatest: number;
  /** Milliseconds before each answer. */
  delay: number;
}

export async function startFakeWiki(pages: readonly WikiPage[]): Promise<FakeWiki> {
  let open = 0;
  const server = createServer((request, response) => {
    open++;
    wiki.greatest = Math.max(wiki.greatest, open);
    response.once("close", () => open--);
    serve(request, response).catch((error: unknown) => response.destroy(error as Error));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const wiki: FakeWiki = {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/w/api.php`,
    pages: new Map(pages.map((page) => [page.title, page])),
    portions: { revisions: 50, categories: 500, members: 500 },
    faults: [],
    asked: [],
    greatest: 0,
    delay: 0,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, search } = new URL(request.url!, "http://wiki");
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const form = request.method === "POST" ? Buffer.concat(chunks).toString() : search;
    const parameters = Object.fromEntries(new URLSearchParams(form));
    const { "user-agent": userAgent, "accept-encoding": acceptEncoding } = request.headers;
    wiki.asked.push({
      method: request.method!,
      parameters,
      userAgent,
      acceptEncoding: String(acceptEncoding),
    });
    if (wiki.delay > 0) await new Promise((resolve) => setTimeout(resolve, wiki.delay));
    if (pathname !== "/w/api.php") return html(response, 404, "Not Found");
    // The name that Node's fetch gives itself is no name of a user.
    if (userAgent === undefined || userAgent === "node" || userAgent === "undici")
      return html(response, 403, "Please set a user-agent and respect our robot policy.");
    const fault = wiki.faults.shift() ?? { kind: "none" };
    answer(
      response,
      fault,
      answerQuery(wiki.pages, wiki.portions, parameters),
      /\bgzip\b/u.test(String(acceptEncoding)),
    );
  }
  return wiki;
}

function html(
  response: ServerResponse,
  status: number,
  words: string,
  headers: Record<string, string> = {},
): void {
  response
    .writeHead(status, { "Content-Type": "text/html", ...headers })
    .end(`<!DOCTYPE html><html><body><h1>Error</h1><p>${words}</p></body></html>`);
}

function answer(response: ServerResponse, fault: Fault, content: Json, isGzip: boolean): void {
  const headers = {
    "Content-Type": "application/json; charset=utf-8",
    ...(isGzip ? { "Content-Encoding": "gzip" } : {}),
  };
  const pack = (text: string | Buffer): Buffer => (isGzip ? gzipSync(text) : Buffer.from(text));
  const whole = pack(JSON.stringify(content));
  const refuse = (code: string, info: string, retryAfter: string | undefined): void => {
    const wait = retryAfter === undefined ? {} : { "Retry-After": retryAfter };
    response
      .writeHead(200, { ...headers, ...wait, "MediaWiki-API-Error": code })
      .end(pack(JSON.stringify({ error: { code, info, lag: 7.2 }, servedby: "memory" })));
  };
  switch (fault.kind) {
    case "none":
      response.writeHead(200, { ...headers, "Content-Length": whole.length }).end(whole);
      break;
    case "maxlag":
      refuse("maxlag", "Waiting for a database server: 7.2 seconds lagged.", fault.retryAfter ?? "5");
      break;
    case "error":
      refuse(fault.code, fault.info, fault.retryAfter);
      break;
    case "status": {
      const { status, retryAfter, dateIn, location } = fault;
      const asked = dateIn === undefined ? retryAfter : new Date(Date.now() + 1000 * dateIn).toUTCString();
      html(response, status, "Our servers are busy.", {
        ...(asked === undefined ? {} : { "Retry-After": asked }),
        ...(location === undefined ? {} : { Location: location }),
      });
      break;
    }
    case "cut":
    case "stall":
      response.writeHead(200, { ...headers, "Content-Length": whole.length });
      response.write(whole.subarray(0, Math.floor(whole.length / 2)), () => {
        if (fault.kind === "cut") setTimeout(() => response.destroy(), 5);
      });
      break;
    case "hangup":
      response.destroy();
      break;
    case "silence":
      break;
    case "body":
      response.writeHead(200, headers).end(pack(fault.body));
      break;
    case "shortGzip":
      response.writeHead(200, { ...headers, "Content-Encoding": "gzip" });
      response.end(gzipSync(JSON.stringify(content)).subarray(0, -20));
      break;
    case "brokenGzip": {
      const damaged = gzipSync(JSON.stringify(content));
      damaged.fill(0xff, 12, 30);
      response.writeHead(200, { ...headers, "Content-Encoding": "gzip" }).end(damaged);
      break;
    }
    case "brokenLetters": {
      const bytes = Buffer.from(JSON.stringify({ ...content, servedby: "é" }));
      bytes[bytes.lastIndexOf(0xc3)] = 0xff;
      response.writeHead(200, headers).end(pack(bytes));
    }
  }
}
