/**
 * The parent's end of the channel to the engine's process: pairs calls with replies, and turns the death of the
 * process into one error for every call.
 *
 * Two calls at most are on the other side, one at work and one that it can go on with; the others wait here in
 * their order and are made into messages when their turn comes. So neither end ever holds more than that.
 */
import type { ChildProcess } from "node:child_process";
import { UsageError } from "../base/errors.ts";
import { endingError } from "./crash.ts";
import { type Call, type Failure, type Message, type Reply, revive } from "./protocol.ts";

/** Hears a piece of a call's stream; `abort` ends one request of the call. */
type Hear = (tokens: readonly number[], abort: (request: number) => void) => void;

export interface CallOptions {
  readonly hear?: Hear | undefined;
  readonly signal?: AbortSignal | undefined;
}

interface Waiting {
  readonly make: () => Call;
  readonly hear: Hear | undefined;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

interface Sent extends Waiting {
  readonly method: Call["method"];
}

const IN_FLIGHT = 2;
/** Characters of standard error that are kept. */
const KEPT = 8192;
/** How long a process that was let go may take to leave. */
const GRACE_MS = 500;

/** Owns the process: `close` has to be called. */
export class Channel {
  readonly ready: Promise<void>;
  readonly #child: ChildProcess;
  readonly #ended: Promise<void>;
  /** Not sent yet, in order. */
  readonly #waiting = new Map<number, Waiting>();
  /** Not answered yet, in order: the first is at work. */
  readonly #sent = new Map<number, Sent>();
  #next = 1;
  #writing = false;
  #started: { readonly resolve: () => void; readonly reject: (error: Error) => void } | undefined;
  #steps = 0;
  #written = "";
  #lastWords: Failure | undefined;
  #dead: Error | undefined;
  #closed: Promise<void> | undefined;

  constructor(child: ChildProcess) {
    this.#child = child;
    this.ready = new Promise((resolve, reject) => {
      this.#started = { resolve, reject };
    });
    child.on("message", (message) => this.#receive(message as Reply));
    child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      this.#written = (this.#written + text).slice(-KEPT);
    });
    this.#ended = new Promise((resolve) => {
      child.once("exit", () => resolve());
      child.once("error", (error) => {
        this.#fail(new UsageError(`engine: its process could not run: ${error.message}`));
        resolve();
      });
    });
    // Unlike "exit" this comes after all that the process sent and wrote.
    child.once("close", (code, signal) => this.#fail(this.#endingError(code, signal)));
  }

  /** Makes a call when its turn comes; what it is made of must not change before its answer. */
  call(make: () => Call, { hear, signal }: CallOptions = {}): Promise<unknown> {
    if (this.#dead !== undefined) return Promise.reject(this.#dead);
    if (signal?.aborted) return Promise.reject(abortError(signal));
    const id = this.#next++;
    return new Promise((resolve, reject) => {
      const abort = (): void => {
        if (this.#waiting.delete(id)) reject(abortError(signal!));
        else this.#post({ id, method: "abort" });
      };
      signal?.addEventListener("abort", abort, { once: true });
      this.#waiting.set(id, {
        make,
        hear,
        resolve: (value) => {
          signal?.removeEventListener("abort", abort);
          resolve(value);
        },
        reject: (error) => {
          signal?.removeEventListener("abort", abort);
          reject(signal?.aborted && error !== this.#dead ? abortError(signal) : error);
        },
      });
      this.#pump();
    });
  }

  /** Lets the process go; calls that have no answer yet are rejected. */
  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  async #close(): Promise<void> {
    this.#fail(new UsageError("engine: it was closed"));
    if (this.#child.connected) this.#child.disconnect();
    // The process leaves by itself when the channel closes; one that is too busy to see it is not waited for.
    const timer = setTimeout(() => this.#child.kill("SIGKILL"), GRACE_MS);
    await this.#ended;
    clearTimeout(timer);
  }

  #pump(): void {
    while (!this.#writing && this.#sent.size < IN_FLIGHT) {
      const [next] = this.#waiting;
      if (next === undefined) return;
      const [id, waiting] = next;
      this.#waiting.delete(id);
      try {
        const call = waiting.make();
        this.#child.send({ id, ...call }, () => {
          this.#writing = false;
          this.#pump();
        });
        this.#writing = true;
        this.#sent.set(id, { ...waiting, method: call.method });
      } catch (error) {
        // What cannot be made into a message is a mistake in this call and no other.
        waiting.reject(error);
      }
    }
  }

  /** A word beside the calls; that it could not be sent is heard when the process ends. */
  #post(message: Message): void {
    if (this.#child.connected) this.#child.send(message, () => {});
  }

  #receive(reply: Reply): void {
    if (reply.id === 0) {
      if ("failure" in reply) this.#lastWords = reply.failure;
      else this.#started?.resolve();
      this.#started = undefined;
      return;
    }
    const { id } = reply;
    const sent = this.#sent.get(id);
    if (sent === undefined) return;
    if ("tokens" in reply) {
      try {
        sent.hear?.(reply.tokens, (request) => this.#post({ id, method: "abort", request }));
      } catch (error) {
        // The listener's own error is what the call ends with; the rest of its tokens is of no use.
        const reject = (): void => sent.reject(error);
        this.#sent.set(id, { ...sent, hear: undefined, resolve: reject, reject });
        this.#post({ id, method: "abort" });
      }
      return;
    }
    this.#sent.delete(id);
    if ("failure" in reply) sent.reject(revive(reply.failure));
    else {
      this.#steps = reply.steps;
      sent.resolve(reply.value);
    }
    this.#pump();
  }

  #endingError(code: number | null, signal: NodeJS.Signals | null): Error {
    const [first] = this.#sent.values();
    return endingError({
      code,
      signal,
      at: this.#started === undefined ? first?.method : "start",
      steps: this.#steps,
      written: this.#written,
      lastWords: this.#lastWords,
    });
  }

  #fail(error: Error): void {
    this.#dead ??= error;
    this.#started?.reject(this.#dead);
    this.#started = undefined;
    for (const calls of [this.#sent, this.#waiting]) {
      for (const { reject } of calls.values()) reject(this.#dead);
      calls.clear();
    }
  }
}

function abortError(signal: AbortSignal): Error {
  return signal.reason instanceof Error
    ? signal.reason
    : new DOMException("generation was stopped", "AbortError");
}
