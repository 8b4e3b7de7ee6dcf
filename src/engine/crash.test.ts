/** What the end of the engine's process is called, and who is to mend it. */
import { expect, test } from "vitest";
import { Bug, UsageError } from "../base/errors.ts";
import { type Ending, endingError } from "./crash.ts";

const ending: Ending = {
  code: null,
  signal: null,
  at: "train",
  steps: 12,
  written: "",
  lastWords: undefined,
};

test("the error says what was done, after which step, how it ended and what to do", () => {
  expect(endingError({ ...ending, signal: "SIGKILL" })).toEqual(
    new UsageError(
      "engine: its process ended in train after step 12 (SIGKILL); the system probably ran out of memory: " +
        "lower engine.memoryGb, engine.threads or the batch",
    ),
  );
  expect(endingError({ ...ending, at: undefined, signal: "SIGTERM", steps: 0 }).message).toBe(
    "engine: its process ended between two calls (SIGTERM); it was stopped from outside: " +
      "run the same command again, it goes on from its last checkpoint",
  );
});

test("only what the user can mend is the user's", () => {
  const wrote = (written: string): Error => endingError({ ...ending, signal: "SIGABRT", written });
  expect(wrote("FATAL ERROR: JavaScript heap out of memory")).toBeInstanceOf(UsageError);
  expect(wrote("terminate called after throwing an instance of 'std::bad_alloc'")).toBeInstanceOf(UsageError);
  expect(wrote("double free or corruption")).toBeInstanceOf(Bug);
  const lastWords = { kind: "other", message: "worker thread 0 ended: gone", stack: "Error: gone" } as const;
  expect(endingError({ ...ending, signal: "SIGKILL", lastWords })).toBeInstanceOf(Bug);
  expect(
    endingError({ ...ending, at: "start", code: 1, written: "ERR_MODULE_NOT_FOUND onnxruntime-node" })
      .message,
  ).toMatch(/as it started after step 12 \(exit code 1\); .* run npm ci; the last it wrote:\n {2}ERR_MODULE/);
});

test("of a long report the last lines are shown", () => {
  const written = Array.from({ length: 100 }, (_, i) => `line ${i}`).join("\n");
  const { message } = endingError({ ...ending, signal: "SIGSEGV", written });
  expect(message.split("\n").slice(1)).toEqual(Array.from({ length: 30 }, (_, i) => `  line ${70 + i}`));
});
