/** The evaluate stage with models behind an address: a loopback server that behaves as OpenAI-compatible servers do. */

import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, expect, onTestFinished, test } from "vitest";
import { stageContext } from "../src/base/fixtures/stage-context.ts";
import { loadJsonl, writeJsonl } from "../src/base/jsonl.ts";
import { silentLog } from "../src/base/log.ts";
import { wilsonInterval } from "../src/base/wilson.ts";
import { differenceOf, pairSamples } from "../src/evaluate/compare.ts";
import type { EvaluateContext } from "../src/evaluate/context.ts";
import { runEvaluate } from "../src/evaluate/evaluate.ts";
import { loadSamples } from "../src/evaluate/sample-log.ts";
import { engineSection } from "../src/recipe/sections/engine.ts";
import { type EvaluateSection, evaluateSection } from "../src/recipe/sections/evaluate.ts";
import { curatedQuestion } from "../src/records/fixtures/curated-question.ts";
import { letters, type Question } from "../src/records/question.ts";
import { type Results, resultsSchema } from "../src/records/results.ts";
import { scoreSchema } from "../src/records/score.ts";
import { lastTurn, startFakeEndpoint } from "./openai-server.ts";

let run = "";
beforeEach(async () => {
  run = await mkdtemp(join(tmpdir(), "evaluate-models-"));
});
afterEach(() => rm(run, { recursive: true, force: true }));

/** Question i: its right option is number i mod 4, whose text is "right i". */
function question(i: number): Question {
  return curatedQuestion({
    stem: `stem ${i}`,
    options: [0, 1, 2, 3].map((at) => (at === i % 4 ? `right ${i}` : `x${at}`)),
    gold: letters[i % 4]!,
    row: i,
    labels: { subject: i < 20 ? "anatomy" : "surgery" },
  });
}
const questions = Array.from({ length: 40 }, (_, i) => question(i));

async function contextWith(
  evaluate: Partial<EvaluateSection> | object,
  asked: readonly Question[] = questions,
): Promise<EvaluateContext> {
  await mkdir(join(run, "curate/toy"), { recursive: true });
  await writeJsonl(join(run, "curate/toy/questions.jsonl"), asked);
  await writeJsonl(join(run, "curate/toy/problems.jsonl"), []);
  const facts = { title: "Toy", split: "test", language: "en" };
  await writeFile(join(run, "curate/sets.json"), JSON.stringify({ toy: facts }));
  const section = evaluateSection.parse({ resamples: 200, benchmarks: ["toy"], ...evaluate });
  return stageContext(run, { ...section, engine: engineSection.parse({}) }, { seed: 1 });
}

async function resultsOf(context: EvaluateContext): Promise<Results> {
  return resultsSchema.parse(JSON.parse(await readFile(join(context.folder, "results.json"), "utf8")));
}

const model = (url: string, more: object = {}) => ({
  models: { clinic: { url, name: "tiny-clinician", ...more } },
});

/** The number of the stem and the letter under which the right text is shown. */
function readPrompt(prompt: string): { number: number; right: string } {
  return {
    number: Number(/stem (\d+)/.exec(prompt)?.[1]),
    right: /^([A-D])\. right/m.exec(prompt)?.[1] ?? "",
  };
}

test("a model behind an address is scored by outcome, its log says what it was asked and what was read", async () => {
  await using server = await startFakeEndpoint((body) => {
    const { number, right } = readPrompt(lastTurn(body));
    if (number === 0) return { content: "", finish: "length", reasoning: "I was still think" };
    if (number === 1) return { content: "" };
    if (number === 2) return { content: "I cannot help.", refusal: "I cannot help." };
    if (number === 3) return "It could be any of them.";
    if (number % 2 === 0) return { content: `The answer is **${right}**.`, reasoning: "quickly" };
    return `<think>The answer is D?</think>So the answer is (${right === "A" ? "B" : "A"}).`;
  });
  const context = await contextWith(model(server.url, { price: { input: 2, output: 10 } }));
  await runEvaluate(context);
  const results = await resultsOf(context);
  const [clinic] = results.models;
  const column = clinic!.benchmarks[0]!;
  expect(column).toMatchObject({
    n: 40,
    correct: 18,
    wrong: 18,
    truncated: 1,
    empty: 1,
    refused: 1,
    unparsed: 1,
    answered: { n: 36, accuracy: 0.5 },
  });
  expect(column.bounds).toEqual({ low: 18 / 40, high: 22 / 40 });
  expect(column.slices["subject:anatomy"]!.n).toBe(20);
  expect(clinic!.tokens.written).toBe(40 * 7);
  expect(clinic!.money).toBeCloseTo((clinic!.tokens.read * 2 + 280 * 10) / 1e6, 12);
  const log = await loadJsonl(join(context.folder, "samples/clinic/toy.jsonl"), scoreSchema);
  expect(log).toHaveLength(40);
  expect(log[4]!.prompt).toContain("stem 4\nA. right 4");
  expect(log[4]).toMatchObject({ reasoning: "quickly", outcome: "right", method: "statement" });
  expect(log[4]!.reply.slice(...log[4]!.span!)).toContain("A");
});

test("another round asks nothing again, not even with other statistics", async () => {
  await using server = await startFakeEndpoint(
    (body) => `<answer>${readPrompt(lastTurn(body)).right}</answer>`,
  );
  await runEvaluate(await contextWith(model(server.url)));
  expect(server.asked).toHaveLength(40);
  const again = await contextWith({ ...model(server.url), resamples: 300 });
  await runEvaluate(again);
  expect(server.asked).toHaveLength(40);
  expect((await resultsOf(again)).models[0]!.macro!.value).toBe(1);
});

test("a budget ends the stage early; what was paid for is kept and the rest is asked later", async () => {
  await using server = await startFakeEndpoint(
    (body) => `<answer>${readPrompt(lastTurn(body)).right}</answer>`,
  );
  let early = 0;
  const poor = await contextWith({ ...model(server.url), budget: { requests: 15 } });
  const warned: string[] = [];
  const log = { ...silentLog, warn: (text: string) => void warned.push(text) };
  await runEvaluate({ ...poor, log, unfinished: () => void early++ });
  expect(early).toBe(1);
  expect(warned).toEqual([
    expect.stringMatching(
      /^clinic: the budget is spent .*; with a larger evaluate\.budget the same command goes on$/u,
    ),
  ]);
  const results = await resultsOf(poor);
  expect(results.models[0]!.benchmarks).toEqual([]);
  expect(results.incomplete).toMatchObject([{ model: "clinic", benchmark: "toy", missing: 25 }]);
  expect(results.incomplete[0]!.reason).toBe("the budget is spent; a larger evaluate.budget is needed");
  expect(server.asked).toHaveLength(15);
  await runEvaluate(await contextWith({ ...model(server.url), budget: { requests: 15 } }));
  expect(server.asked, "the same budget again buys nothing").toHaveLength(15);
  const rich = await contextWith(model(server.url));
  await runEvaluate(rich);
  expect(server.asked).toHaveLength(40);
  expect((await resultsOf(rich)).models[0]!.benchmarks[0]!.correct).toBe(40);
});

test("questions that always fail keep no other from its result, the first time and when they alone are left", async () => {
  // It takes no request about the second set, with words that name no part that could be left out.
  const server = createServer(async (request, response) => {
    const { number, right } = readPrompt(lastTurn(JSON.parse(await text(request))));
    response.writeHead(number >= 100 ? 400 : 200, { "content-type": "application/json" });
    const message = { role: "assistant", content: `<answer>${right}</answer>` };
    response.end(
      JSON.stringify(
        number >= 100 ? { error: { message: "odd" } } : { choices: [{ message, finish_reason: "stop" }] },
      ),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const sound = await contextWith(model(`http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`));
  const folder = join(run, "curate/broken");
  await mkdir(folder, { recursive: true });
  const broken = Array.from({ length: 30 }, (_, i) => question(100 + i));
  await writeJsonl(join(folder, "questions.jsonl"), broken);
  await writeJsonl(join(folder, "problems.jsonl"), []);
  const facts = { title: "Toy", split: "test", language: "en" };
  await writeFile(join(run, "curate/sets.json"), JSON.stringify({ toy: facts, broken: facts }));
  const settings = { ...sound.settings, benchmarks: ["toy", "broken"] };
  for (const _ of ["first", "again"]) {
    let early = 0;
    await runEvaluate({ ...sound, settings, unfinished: () => void early++ });
    expect(early).toBe(1);
    const { models, incomplete } = await resultsOf(sound);
    expect(models[0]!.benchmarks.map(({ name, correct }) => [name, correct])).toEqual([["toy", 40]]);
    expect(incomplete).toMatchObject([{ model: "clinic", benchmark: "broken", missing: 30 }]);
  }
});

test("a mistake in any model of the recipe is told before anything is asked", async () => {
  await using server = await startFakeEndpoint(() => "<answer>A</answer>");
  const mine = { url: server.url, name: "tiny-clinician" };
  for (const [other, words] of [
    [{ path: "hf:owner" }, /^evaluate\.models\.other: "hf:owner" names no model of the Hub/u],
    [{ path: join(run, "nowhere") }, /^evaluate\.models\.other: .*nowhere: no model folder/u],
    [{ ...mine, url: "localhost:1" }, /^evaluate\.models\.other: "localhost:1" is no address/u],
  ] as const) {
    const context = await contextWith({ models: { mine, other } });
    await expect(runEvaluate(context)).rejects.toThrow(words);
  }
  const context = await contextWith({ models: { mine }, budget: { money: 1 } });
  await expect(runEvaluate(context)).rejects.toThrow(/^evaluate\.models\.mine has no price/u);
  expect(server.asked).toHaveLength(0);
});

test("items that read the same are asked once and judged each by its own right answer", async () => {
  await using server = await startFakeEndpoint(() => "<answer>A</answer>");
  const first = question(0);
  const twin: Question = { ...first, gold: ["B"] };
  const context = await contextWith(model(server.url), [first, twin, question(1)]);
  await runEvaluate(context);
  expect(server.asked).toHaveLength(2);
  expect((await resultsOf(context)).models[0]!.benchmarks[0]).toMatchObject({ n: 3, correct: 1, wrong: 2 });
  const log = { model: "clinic", set: "toy", file: join(context.folder, "samples/clinic/toy.jsonl") };
  const samples = await loadSamples({ ...log, questions: join(run, "curate/toy/questions.jsonl") });
  expect(samples.map(({ question: { gold }, score }) => [gold[0], score.correct])).toEqual([
    ["A", true],
    ["B", false],
    ["B", false],
  ]);
  expect(pairSamples(samples, samples)).toHaveLength(3);
});

test("an item weighs the same however many orders its options allow", async () => {
  await using server = await startFakeEndpoint((body) => {
    const { number, right } = readPrompt(lastTurn(body));
    return `<answer>${number === 0 ? right : "B"}</answer>`;
  });
  const fixed: Question = { ...question(2), options: { A: "yes", B: "no", C: "maybe" }, gold: ["A"] };
  const context = await contextWith({ ...model(server.url), orders: 4 }, [question(0), fixed]);
  await runEvaluate(context);
  const column = (await resultsOf(context)).models[0]!.benchmarks[0]!;
  expect(column).toMatchObject({ questions: 2, n: 5, correct: 4, accuracy: 0.5, orders: { unmovable: 1 } });
});

test("several replies to an item leave the interval as wide as the items make it", async () => {
  await using server = await startFakeEndpoint((body) => {
    const { number, right } = readPrompt(lastTurn(body));
    return `<answer>${number % 2 === 0 ? right : right === "A" ? "B" : "A"}</answer>`;
  });
  const context = await contextWith({ ...model(server.url), samples: 10, temperature: 1 });
  await runEvaluate(context);
  const column = (await resultsOf(context)).models[0]!.benchmarks[0]!;
  expect(column).toMatchObject({ n: 400, correct: 200, accuracy: 0.5 });
  // All ten replies to an item agree, so that 400 replies say what 40 items say.
  expect(column.low).toBeCloseTo(wilsonInterval(20, 40).low, 2);
  expect(column.high).toBeCloseTo(wilsonInterval(20, 40).high, 2);
});

test("options in several orders find out a model that likes a letter", async () => {
  await using server = await startFakeEndpoint(() => "<answer>B</answer>");
  const context = await contextWith({ ...model(server.url), orders: 4 });
  await runEvaluate(context);
  const column = (await resultsOf(context)).models[0]!.benchmarks[0]!;
  expect(column).toMatchObject({ n: 160, correct: 40, questions: 40, orders: { questions: 40 } });
  expect(column.orders!.allRight.count).toBe(0);
  expect(column.orders!.consistent.count).toBe(0);
  expect(column.positions[0]!.chosen.find(({ letter }) => letter === "B")).toMatchObject({ observed: 160 });
  expect(column.positions[0]!.test!.p).toBeLessThan(1e-6);
  expect(column.chance.verdict).toBe("at");
});

test("several replies to a question give pass@k and majority@k", async () => {
  await using server = await startFakeEndpoint((body) => {
    const { number, right } = readPrompt(lastTurn(body));
    // Each question is right in 3 of its 4 replies, by the seed of the request.
    seen.set(number, (seen.get(number) ?? 0) + 1);
    return seen.get(number) === 1 ? "<answer>nothing</answer>" : `<answer>${right}</answer>`;
  });
  const seen = new Map<number, number>();
  const context = await contextWith({ ...model(server.url), samples: 4, temperature: 1 });
  await runEvaluate(context);
  const column = (await resultsOf(context)).models[0]!.benchmarks[0]!;
  expect(column).toMatchObject({ n: 160, samples: 4, correct: 120, unparsed: 40 });
  expect(column.passAt.map(({ k, value }) => [k, value])).toEqual([
    [1, 0.75],
    [2, 1],
    [4, 1],
  ]);
  expect(column.majorityAt.at(-1)).toMatchObject({ k: 4, value: 1 });
  expect(new Set(server.asked.map(({ body }) => body.seed)).size).toBe(160);
});

test("several replies of a model at temperature 0 are warned of once", async () => {
  await using server = await startFakeEndpoint(() => "<answer>B</answer>");
  const warned: string[] = [];
  const log = { ...silentLog, warn: (text: string) => void warned.push(text) };
  const { url } = server;
  const models = {
    greedy: { url, name: "tiny-clinician" },
    warm: { url, name: "tiny-clinician", temperature: 0.5 },
    cold: { url, name: "tiny-clinician", temperature: 0 },
  };
  await runEvaluate({ ...(await contextWith({ models, samples: 2 }, questions.slice(0, 3))), log });
  expect(warned.filter((text) => text.includes("temperature"))).toEqual([
    expect.stringMatching(/^greedy, cold: evaluate\.samples is 2, but at temperature 0/u),
  ]);
  warned.length = 0;
  await runEvaluate({ ...(await contextWith({ models, samples: 1 }, questions.slice(0, 3))), log });
  expect(warned).toEqual([]);
});

test("an item with two problems is one item left out, and a reply to two items is paid for once", async () => {
  await using server = await startFakeEndpoint((body) => ({
    content: `<answer>${readPrompt(lastTurn(body)).right}</answer>`,
    usage: { prompt_tokens: 100, completion_tokens: 10 },
  }));
  const context = await contextWith(model(server.url, { price: { input: 1, output: 1 } }), [
    question(0),
    question(0),
    question(1),
  ]);
  await writeJsonl(join(run, "curate/toy/problems.jsonl"), [
    { place: 0, kind: "nestedOption", reason: "listed", excluded: false },
    { place: 1, kind: "repeat", reason: "stands before", excluded: true },
    { place: 1, kind: "equalOptions", reason: "the same", excluded: true },
  ]);
  await runEvaluate(context);
  const [clinic] = (await resultsOf(context)).models;
  expect(clinic!.benchmarks[0]).toMatchObject({ n: 3, clean: { n: 2 }, problems: { repeat: 1 } });
  expect(clinic).toMatchObject({ tokens: { read: 200, written: 20 }, money: 220 / 1e6 });
});

test("the results pair two models as the command does that compares their logs", async () => {
  const said = (isRight: (number: number) => boolean) =>
    startFakeEndpoint((body) => {
      const { number, right } = readPrompt(lastTurn(body));
      return `<answer>${isRight(number) ? right : right === "A" ? "B" : "A"}</answer>`;
    });
  await using bad = await said((number) => number % 3 === 0);
  await using good = await said((number) => number !== 1);
  const name = "tiny-clinician";
  const models = { bad: { url: bad.url, name }, good: { url: good.url, name } };
  // The first stands twice, the second time with another right answer.
  const twin: Question = { ...question(0), gold: ["B"] };
  const context = await contextWith({ models, orders: 2 }, [question(0), twin, ...questions.slice(1, 9)]);
  await runEvaluate(context);
  const [pair] = (await resultsOf(context)).modelPairs;
  const logs = ["bad", "good"].map((name) => ({
    model: name,
    set: "toy",
    file: join(context.folder, `samples/${name}/toy.jsonl`),
    questions: join(run, "curate/toy/questions.jsonl"),
  }));
  const [before, after] = await Promise.all(logs.map(loadSamples));
  const { n, difference, lost, gained } = differenceOf(pairSamples(before!, after!));
  expect(pair!.benchmarks["toy"]).toMatchObject({ n, difference, lost, gained });
  expect(n).toBe(10);
});
