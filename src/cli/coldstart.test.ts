// Trajectories for people: counts, one with its turns and checks, and the loss mask from the tokens that are trained on.
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { writeJson } from "../base/files.ts";
import { silentLog } from "../base/log.ts";
import { renderQuestion } from "../models/prompt.ts";
import { coldstartShow } from "./coldstart.ts";
import { type TaughtRun, writeTaughtRun } from "./fixtures/taught-run.ts";
import type { Output } from "./output.ts";

const root = mkdtempSync(join(tmpdir(), "fleming-show-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));
let taught: TaughtRun;
beforeAll(async () => {
  taught = await writeTaughtRun(join(root, "run"));
});

async function shown(flags: object = {}, colour = false): Promise<string> {
  const said: string[] = [];
  const output: Output = {
    log: silentLog,
    print: (text) => void said.push(text),
    write: (text) => void said.push(text),
    json: (value) => void said.push(JSON.stringify(value)),
  };
  await coldstartShow({ run: taught.run, limit: "3", ...flags }, output, colour);
  return said.join("\n");
}

test("the list counts methods, turns and answers that were given away", async () => {
  const count = taught.trajectories.length;
  const given = taught.trajectories.filter(({ labelConditioned }) => labelConditioned).length;
  const text = await shown();
  expect(text).toContain(`${count} trajectories by toy ${count}`);
  expect(text).toContain(
    `labelConditioned: ${given} (${((100 * given) / count).toFixed(1)}%), written with the answer`,
  );
  expect(text).toContain("2 of 4 right");
  expect(text).toContain("t-2");
  expect(text).not.toContain("t-3 ");
  expect(text).toContain(`… and ${count - 3} more; --limit ${count} lists all`);
  expect(await shown({ limit: String(count) })).not.toContain(" more;");
  expect(JSON.parse(await shown({ json: true }))).toMatchObject({
    trajectories: count,
    labelConditioned: given,
    turns: { draft: count },
  });
});

test("one trajectory is shown with why each turn was taken, what its checks found and what is learned of it", async () => {
  const { question, reply } = taught.trajectories[1]!;
  const asked = taught.train.find(({ id }) => id === question)!;
  const text = await shown({ example: "2" });
  expect(text).toContain(`── 2  t-1  question ${question}`);
  expect(text).toContain("toy: refined, repaired in turns; 2 of 4 free replies were right");
  expect(text).toContain("the teacher was not shown the right answer");
  expect(text).toContain("   ← right");
  expect(text).toContain("1. draft\n   2 + 2 = 5\n   ✗ arithmetic [0–9]: 2 + 2 is 4");
  expect(text).toContain('2. correct, because "arithmetic" failed\n   No: 4.');
  expect(text).toContain(`<|user|> ${renderQuestion(asked)}<|end|><|assistant|>⟦${reply}<|end|>⟧`);
  expect(await shown({ question })).toBe(text);
  expect(await shown({ question: "t-1" })).toBe(text);
  expect(await shown({ example: "3" })).toContain("LABEL-CONDITIONED");
  expect(await shown({ example: "2" }, true)).toContain(`\u001b[32m${reply}<|end|>\u001b[39m`);
  const { examples } = JSON.parse(await shown({ example: "2", json: true })) as {
    examples: { preview: { learned: boolean }[] }[];
  };
  expect(examples[0]!.preview.map(({ learned }) => learned)).toEqual([false, true]);
});

test("what cannot be shown is said: a question that was moved, a base that is missing, ids that are none", async () => {
  const last = await shown({ example: String(taught.trajectories.length) });
  expect(last).toContain("not among this run's training questions any more");
  expect(last).toContain("cannot be shown without the question");
  await expect(shown({ example: "99" })).rejects.toThrow(/--example 99: there are \d+, counted from 1/u);
  await expect(shown({ question: "q-none" })).rejects.toThrow("no trajectory is of it");
  await expect(shown({ question: "q", example: "1" })).rejects.toThrow("give one of them");
  const bare = join(root, "bare");
  mkdirSync(bare);
  await writeJson(join(bare, "run.json"), {});
  await expect(shown({ run: bare })).rejects.toThrow('run "fleming coldstart" first');
  rmSync(join(taught.run, "pretrain"), { recursive: true });
  expect(await shown({ example: "1" })).toContain("the tokenizer of the base model is missing");
});
