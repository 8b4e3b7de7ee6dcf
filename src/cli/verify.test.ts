/** Protects the streams of `fleming verify`: every line is answered, a bad one is named and counted, none ends the rest. */
import { Readable } from "node:stream";
import { expect, test } from "vitest";
import { UsageError } from "../base/errors.ts";
import { silentLog } from "../base/log.ts";
import { type VerifyFlags, verifyCommand } from "./verify.ts";
import { verifyLines } from "./verify-lines.ts";

interface Answered {
  readonly lines: readonly Record<string, unknown>[];
  readonly error: unknown;
}

async function verify(
  what: string,
  lines: readonly unknown[],
  flags: Partial<VerifyFlags> = {},
): Promise<Answered> {
  const answered: Record<string, unknown>[] = [];
  const output = {
    log: silentLog,
    print: () => {},
    write: () => {},
    json: (value: unknown) => void answered.push(value as Record<string, unknown>),
  };
  const text = lines.map((line) => (typeof line === "string" ? line : JSON.stringify(line))).join("\n");
  const error = await verifyCommand(what, { mode: "strict", ...flags }, output, Readable.from([text])).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  return { lines: answered, error };
}

const options = { A: "Aspirin", B: "Heparin" };
const reply = "<think>a clot is treated with heparin</think><answer>B</answer>";

test("answers are read line by line, with where and how", async () => {
  const { lines, error } = await verify("answer", [
    { id: 1, options, reply },
    { id: "two", options, reply: "The answer is A." },
    "",
    { id: 3, options, reply, finish: "length" },
  ]);
  expect(error).toBeUndefined();
  expect(lines).toEqual([
    { id: 1, letters: ["B"], method: "tag", span: [53, 54] },
    { id: "two", letters: [], method: "no tag", span: null },
    { id: 3, letters: ["B"], method: "tag", span: [53, 54] },
  ]);
  const lenient = await verify("answer", [{ id: 2, options, reply: "The answer is A." }], {
    mode: "lenient",
  });
  expect(lenient.lines[0]).toMatchObject({ letters: ["A"], method: "statement" });
});

test("a reward names both criteria and what they rest on", async () => {
  const { lines, error } = await verify("reward", [
    { id: 1, options, reply, gold: ["B"] },
    { id: 2, options, reply, gold: ["A"] },
    { id: 3, options, reply: "<answer>A, B</answer>", gold: ["A", "B"], multi: true },
  ]);
  expect(error).toBeUndefined();
  expect(lines[0]).toMatchObject({ id: 1, correct: 1, format: 0.1, total: 1.1 });
  expect(lines[1]).toMatchObject({ id: 2, correct: 0, format: 0.1, total: 0.1 });
  expect(lines[2]).toMatchObject({ id: 3, correct: 1, format: 0, total: 1 });
});

test("one bad line among rewards is answered and counted, and the others get theirs", async () => {
  const { lines, error } = await verify("reward", [
    { id: 1, options, reply, gold: ["B"] },
    { id: 2, options, reply },
    { id: 3, options, reply, gold: [] },
    "not json",
    { id: 5, options, gold: ["B"] },
    { id: 6, options, reply, gold: ["B"] },
    { id: 7, options, reply, gold: ["B", "E"] },
    "5",
  ]);
  expect(lines.map((line) => line.total ?? line.error)).toEqual([
    1.1,
    `line 2: gold is missing; expected list; a line is ${verifyLines.reward}`,
    `line 3: gold needs the letters of the right options; a line is ${verifyLines.reward}`,
    `line 4: it is not JSON; expected ${verifyLines.reward}`,
    `line 5: reply is missing; expected string; a line is ${verifyLines.reward}`,
    1.1,
    expect.stringContaining("line 7: gold has E, which is no option; expected some of A, B"),
    expect.stringContaining("line 8: it is not an object"),
  ]);
  expect(lines.map((line) => line.id)).toEqual([1, 2, 3, undefined, 5, 6, 7, undefined]);
  expect(error).toBeInstanceOf(UsageError);
  expect(String(error)).toContain("6 of 8 lines could not be read");
});

test("reasoning is checked with places in what was given: the reply, or the text alone", async () => {
  const said = "The answer key says B. Heparin is most likely right.";
  const { lines, error } = await verify("reasoning", [
    { id: 1, stem: "Which drug?", options, reply: `<think>${said}</think><answer>B</answer>` },
    { id: 2, stem: "Which drug?", options, text: said },
    { id: 3, text: "Heparin acts at once, so it is most likely the answer." },
    { id: 4 },
    { id: 5, stem: "哪种药物？", options: { A: "肝素" }, text: "肝素起效快，最可能是答案。" },
  ]);
  const leak = (at: number) =>
    (lines[at]!.checks as { name: string; passed: boolean; span?: number[] }[]).find(
      ({ name }) => name === "leak",
    );
  expect(leak(0)).toMatchObject({ passed: false, span: [11, 21] });
  expect(leak(1)).toMatchObject({ passed: false, span: [4, 14] });
  expect(leak(2)?.passed).toBe(true);
  expect(lines[3]).toMatchObject({ id: 4, error: expect.stringContaining('"reply" and "text"') });
  expect(lines[4]?.checks).toContainEqual({ name: "language", passed: true, found: "100 % Chinese" });
  expect(String(error)).toContain("1 of 5 lines");
});

test("what can be verified is named", async () => {
  const { error } = await verify("haiku", []);
  expect(String(error)).toContain('"answer", "reward" or "reasoning" is expected');
});
