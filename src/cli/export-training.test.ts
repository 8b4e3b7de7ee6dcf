// Training data for other trainers: what each file holds, that no test question gets in, and when it is refused.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { writeJson } from "../base/files.ts";
import { silentLog } from "../base/log.ts";
import { rowsOf, withDatabase } from "../graph/database.ts";
import { renderQuestion } from "../models/prompt.ts";
import { exampleTokens } from "../models/supervised.ts";
import { openTokenizer } from "../models/tokenizer.ts";
import { exportCommand } from "./export.ts";
import { type TaughtRun, writeTaughtRun } from "./fixtures/taught-run.ts";
import type { Output } from "./output.ts";

const root = mkdtempSync(join(tmpdir(), "fleming-training-data-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

let taught: TaughtRun;
beforeAll(async () => {
  taught = await writeTaughtRun(join(root, "run"));
});

async function exported(
  form: string,
  flags: { readonly out?: string; readonly [name: string]: unknown } = {},
) {
  const { out = mkdtempSync(join(root, "out-")) } = flags;
  const printed: string[] = [];
  const warned: string[] = [];
  const output: Output = {
    log: { ...silentLog, warn: (text) => void warned.push(text) },
    print: (text) => void printed.push(text),
    write: (text) => void printed.push(text),
    json: (value) => void printed.push(JSON.stringify(value)),
  };
  await exportCommand(form, { run: taught.run, type: "f32", ...flags, out }, output);
  const readme = readFileSync(join(out, "README.md"), "utf8");
  return { out, printed: printed.join(""), warned, readme };
}

const linesOf = (file: string): Record<string, unknown>[] =>
  readFileSync(file, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>);

const parquetOf = async (file: string, columns: string): Promise<Record<string, unknown>[]> => {
  const rows = await withDatabase({ folder: file }, (connection) =>
    rowsOf(connection, `SELECT to_json({${columns}}) AS row FROM read_parquet('${file}')`),
  );
  return rows.map((row) => JSON.parse(row["row"] as string) as Record<string, unknown>);
};

/** Everything that may be written, in order. */
const questionsOf = () => ({ train: taught.train, val: taught.dev });

test("TRL is given conversations and, for the reward, gold letters and options", async () => {
  const { out, printed } = await exported("trl");
  for (const [part, questions] of Object.entries(questionsOf())) {
    const rows = linesOf(join(out, "rl", `${part}.jsonl`));
    expect(rows.map((row) => [row["prompt"], row["gold"], row["options"], row["several"]])).toEqual(
      questions.map((question) => [
        [{ role: "user", content: renderQuestion(question) }],
        question.gold.join(","),
        Object.entries(question.options).map(([letter, text]) => ({ letter, text })),
        question.gold.length > 1,
      ]),
    );
  }
  const [learned, judged] = ["train", "val"].map((part) => linesOf(join(out, "sft", `${part}.jsonl`)));
  const kept = taught.trajectories.slice(0, -1);
  const byId = new Map(taught.train.map((question) => [question.id, question]));
  for (const row of [...learned!, ...judged!]) {
    const trajectory = kept.find(({ id }) => id === row["trajectory"])!;
    expect(row["prompt"]).toEqual([
      { role: "user", content: renderQuestion(byId.get(trajectory.question)!) },
    ]);
    expect(row["completion"]).toEqual([{ role: "assistant", content: trajectory.reply }]);
    expect([row["method"], row["label_conditioned"]]).toEqual([
      trajectory.method,
      trajectory.labelConditioned,
    ]);
  }
  expect(learned!.length + judged!.length).toBe(kept.length);
  expect(judged!.length).toBeGreaterThanOrEqual(0.2 * kept.length);
  expect(printed).toContain("1 trajectory whose question is not among the training questions any more");
});

test("validation shares no path with what is learned, and test questions are nowhere", async () => {
  const { out } = await exported("trl");
  const pathOf = new Map(
    taught.train.map(({ id, origin }) => [id, origin.kind === "synthetic" ? origin.pathKey : id]),
  );
  const paths = ["train", "val"].map(
    (part) =>
      new Set(linesOf(join(out, "sft", `${part}.jsonl`)).map((row) => pathOf.get(String(row["question"])))),
  );
  expect([...paths[1]!].filter((path) => paths[0]!.has(path))).toEqual([]);
  const everything = ["sft/train", "sft/val", "rl/train", "rl/val"]
    .map((name) => readFileSync(join(out, `${name}.jsonl`), "utf8"))
    .join("");
  for (const { id, stem } of taught.test) {
    expect(everything).not.toContain(id);
    expect(everything).not.toContain(JSON.stringify(stem).slice(1, -1));
  }
});

test("verl is given the same in its columns, as Parquet", async () => {
  const [verl, trl] = [await exported("verl"), await exported("trl")];
  for (const part of ["train", "val"]) {
    const rows = await parquetOf(
      join(verl.out, "rl", `${part}.parquet`),
      "data_source: data_source, prompt: prompt, ability: ability, reward_model: reward_model, extra_info: extra_info",
    );
    const others = linesOf(join(trl.out, "rl", `${part}.jsonl`));
    expect(rows).toHaveLength(others.length);
    for (const [index, row] of rows.entries()) {
      const other = others[index]!;
      const info = row["extra_info"] as Record<string, unknown>;
      expect([row["prompt"], row["reward_model"], row["ability"]]).toEqual([
        other["prompt"],
        { style: "rule", ground_truth: other["gold"] },
        "medical",
      ]);
      expect(info).toEqual({
        index,
        split: part,
        language: "en",
        ...Object.fromEntries(
          ["question", "options", "several", "tier", "path"].map((name) => [name, other[name]]),
        ),
      });
      expect(row["data_source"]).toBe(`fleming/${String(other["source"])}`);
    }
    const taughtRows = await parquetOf(
      join(verl.out, "sft", `${part}.parquet`),
      "messages: messages, trajectory: trajectory",
    );
    expect(taughtRows).toEqual(
      linesOf(join(trl.out, "sft", `${part}.jsonl`)).map(({ prompt, completion, trajectory }) => ({
        messages: [...(prompt as unknown[]), ...(completion as unknown[])],
        trajectory,
      })),
    );
    expect(existsSync(join(verl.out, "sft", `${part}.parquet.rows.jsonl`))).toBe(false);
  }
});

test("the README names lengths that hold every example, the licences and what was left out", async () => {
  const tokenizer = await openTokenizer(join(taught.run, "pretrain", "model"));
  const byId = new Map(taught.train.map((question) => [question.id, question]));
  const longest = Math.max(
    ...taught.trajectories
      .slice(0, -1)
      .map(
        ({ question, reply }) =>
          exampleTokens(tokenizer, { prompt: renderQuestion(byId.get(question)!), reply }).tokens.length,
      ),
  );
  const { readme, out } = await exported("verl");
  expect(readme).toContain(`The longest example has ${longest} tokens`);
  expect(Number(/data\.max_length=(\d+)/u.exec(readme)![1])).toBeGreaterThanOrEqual(longest);
  expect(readme).toContain(`data.train_files=${out}/sft/train.parquet`);
  expect(readme).toContain("reward.custom_reward_function.name=compute_score");
  expect(readme).toContain(`- ${taught.test.length} test questions`);
  expect(readme).toMatch(/\| CC BY-SA 4\.0 \| \d+ \|/u);
  expect(readme).not.toMatch(/undefined|NaN|LONGEST/u);
  for (const name of ["attribution.jsonl", "reward.py"]) expect(existsSync(join(out, name))).toBe(true);
  expect((await exported("trl")).readme).toContain(`trl grpo`);
});

test("a folder written before keeps nothing that the run no longer has; without a cold start there is only rl", async () => {
  const bare = await writeTaughtRun(join(root, "bare"));
  rmSync(join(bare.run, "coldstart"), { recursive: true });
  rmSync(join(bare.run, "pretrain"), { recursive: true });
  const out = join(root, "old");
  mkdirSync(join(out, "sft"), { recursive: true });
  writeFileSync(join(out, "sft", "train.parquet"), "old");
  const { printed } = await exported("verl", { run: bare.run, out, json: true });
  expect(JSON.parse(printed)).toMatchObject({ form: "verl", rows: { "rl/val.parquet": bare.dev.length } });
  expect(existsSync(join(out, "sft", "train.parquet"))).toBe(false);
  expect(existsSync(join(out, "rl", "train.parquet"))).toBe(true);
  expect(readFileSync(join(out, "README.md"), "utf8")).toContain(
    "supervised examples: this run has no cold start",
  );
});

test("with open matches it is refused, or allowed and said; a model is not what is exported", async () => {
  const run = (await writeTaughtRun(join(root, "open"))).run;
  await writeJson(join(run, "refine", "stage.json"), { inputs: { "review/decisions.jsonl": "other" } });
  await expect(exported("trl", { run })).rejects.toThrow(
    "decisions were made that the questions do not follow yet",
  );
  const { readme, warned } = await exported("trl", { run, allowOpen: true });
  expect(readme).toContain("> **Exported although decisions were made");
  expect(warned).toHaveLength(1);
  await expect(exported("verl", { model: "x" })).rejects.toThrow("leave out --model");
  await expect(exported("trl", { out: join(taught.run, "x") })).rejects.toThrow(
    "it is the run folder or inside it",
  );
});

test("trajectories of an unfinished cold start are refused, those of a finished one are taken", async () => {
  const file = join(taught.run, "coldstart", "stage.json");
  await writeJson(file, { stage: "coldstart", key: "unfinished" });
  try {
    const out = join(root, "unfinished");
    await expect(exported("trl", { out })).rejects.toThrow(
      /its cold start is not finished, replies .* missing/u,
    );
    await expect(exported("verl", { out })).rejects.toThrow('run "fleming coldstart" until it is');
    expect(existsSync(out)).toBe(false);
    await writeJson(file, { stage: "coldstart", key: "0123" });
    expect((await exported("trl")).printed).toContain("sft/train.jsonl");
  } finally {
    rmSync(file);
  }
});
