/** Rewording by a model behind a real server on loopback: what is taken, refused, failed, kept on disk. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { clinicGraph } from "../src/graph/fixtures/clinic.ts";
import { type RewordSection, synthesizeSection } from "../src/recipe/sections/synthesize.ts";
import { questionId, type SyntheticQuestion } from "../src/records/question.ts";
import { rewordQuestions } from "../src/synthesize/reword.ts";
import { entityLinker } from "../src/verify/entity-linker.ts";
import { type ChatBody, type FakeEndpoint, lastTurn, startFakeEndpoint } from "./openai-server.ts";

const graph = clinicGraph();
const linker = entityLinker(graph);
const names = (id: string): readonly string[] => {
  const entity = graph.entities.get(id);
  return entity ? [entity.id, ...entity.aliases] : [];
};

/** Which disease has these three symptoms, and not the one that is absent. */
function question(disease: string, symptoms: readonly string[], absent: string): SyntheticQuestion {
  const stem = `A 40-year-old man has ${symptoms.join(" and ").toLowerCase()}. He denies ${absent.toLowerCase()}. What is the most likely diagnosis?`;
  const options = { A: disease, B: "Syphilis" };
  return {
    id: questionId({ stem, options }),
    stem,
    options,
    gold: ["A"],
    language: "en",
    origin: {
      kind: "synthetic",
      type: "diagnosis",
      pathKey: `diagnosis|${disease}`,
      subject: disease,
      hops: 1,
      facts: [
        ...symptoms.map((entity) => ({ say: "has" as const, entity, predicate: "HAS_SYMPTOM" as const })),
        { say: "lacks", entity: absent },
      ],
      path: [{ relation: "r", head: disease, predicate: "HAS_SYMPTOM", tail: symptoms[0] as string }],
      masked: disease,
      optionEntities: { ...options },
      distractors: {},
      isRare: false,
    },
    evidence: [],
    licence: "x",
  };
}

const gout = question("Gout", ["Joint pain", "Fever"], "Cough");
const asthma = question("Asthma", ["Wheeze", "Chest tightness"], "Fever");
const graves = question("Graves' disease", ["Weight loss", "Tremor"], "Fatigue");

/** The same in other words. */
function well(stem: string): string {
  return stem
    .replace("A 40-year-old man has", "A man aged 40 years presents with")
    .replace("He denies", "There is no")
    .replace("What is the most likely diagnosis", "Which of the following is the most likely diagnosis");
}

let say: (stem: string) => string | { content: unknown; refusal?: string };
let server: FakeEndpoint;
let kept: string;
let rejects: string[];
let notices: string[];
let failures: number;
beforeEach(async () => {
  kept = await mkdtemp(join(tmpdir(), "reword-"));
  rejects = [];
  notices = [];
  failures = 0;
  server = await startFakeEndpoint((body: ChatBody) => {
    const said = say(lastTurn(body));
    return typeof said === "string" ? JSON.stringify({ stem: said }) : said;
  });
});
afterEach(async () => {
  await server[Symbol.asyncDispose]();
  await rm(kept, { recursive: true, force: true });
});

function reword(
  questions: readonly SyntheticQuestion[],
  more: Partial<RewordSection> = {},
  signal = new AbortController().signal,
): Promise<SyntheticQuestion[]> {
  const { reword: settings } = synthesizeSection.parse({
    reword: { url: server.url, name: "tiny-clinician", keyVariable: "FLEMING_TEST_NO_KEY", ...more },
  });
  return rewordQuestions(questions, names, settings as RewordSection, {
    seed: 1,
    kept,
    linker,
    signal,
    reject: (item, reason) => rejects.push(`${item}: ${reason}`),
    notice: (text) => notices.push(text),
    progress: () => {},
    patience: { attempts: 2, firstWaitMs: 1 },
    unfinished: () => {
      failures += 1;
    },
  });
}

test("a rewording that says the same takes the stem's place; the rest of the question stays", async () => {
  say = well;
  const [one, other] = await reword([gout, asthma]);
  const stem =
    "A man aged 40 years presents with joint pain and fever. There is no cough. Which of the following is the most likely diagnosis?";
  expect(one).toEqual({ ...gout, stem, id: questionId({ stem, options: gout.options }) });
  expect(other?.stem).toBe(well(asthma.stem));
  expect(rejects).toEqual([]);
  const [asked] = server.asked;
  expect(JSON.stringify(asked?.body)).not.toMatch(/Gout|Syphilis/);
  expect(asked?.body.response_format?.json_schema?.name).toBe("rewording");
});

test("every kind of fault keeps the grammar's stem and is told with its reason", async () => {
  const faults: readonly (readonly [string, string, string])[] = [
    [" and fever", "", '"Fever" is no longer told'],
    ["fever.", "fever and fatigue.", '"fatigue" is told and was not'],
    ["There is no cough", "There is cough", '"Cough" is absent and is no longer denied'],
    ["joint pain and fever", "joint pain without fever", '"Fever" is present and is denied'],
    ["40 years", "41 years", "a number, or what it counts, has changed"],
    ["A man", "A woman", "the patient's sex has changed"],
    ["diagnosis?", "diagnosis, perhaps gout?", "it names the answer"],
    ["diagnosis?", "diagnosis, perhaps syphilis?", "it names an option"],
    [
      "Which of the following is",
      "Which of the following is not",
      "the question is now one for an exception",
    ],
  ];
  for (const [part, instead, reason] of faults) {
    await rm(kept, { recursive: true, force: true });
    rejects = [];
    say = (stem) => well(stem).replace(part, instead);
    expect(await reword([gout])).toEqual([gout]);
    expect(rejects).toEqual([`${gout.id}: reworded: ${reason}`]);
  }
});

test("two questions never come to the same stem", async () => {
  const twin = { ...gout, id: "q-twin", stem: gout.stem.replace("has", "presents with") };
  say = () => well(gout.stem);
  const [one, other] = await reword([gout, twin], { concurrency: 1 });
  expect(one?.stem).toBe(well(gout.stem));
  expect(other).toEqual(twin);
  expect(rejects).toEqual(["q-twin: reworded: another question has the same stem"]);
});

test("a refusal of the model is final; a failing server is told, and asked again another time", async () => {
  say = () => ({ content: null, refusal: "I would rather not." });
  expect(await reword([gout])).toEqual([gout]);
  expect(rejects[0]).toMatch(/no answer: the model refused: I would rather not/);
  expect(failures).toBe(0);

  say = well;
  server.trouble.refusals = 100;
  expect(await reword([asthma])).toEqual([asthma]);
  expect(rejects[1]).toMatch(/no answer: .*500/);
  expect(failures).toBe(1);
  server.trouble.refusals = 0;
  const before = server.asked.length;
  const [one, other] = await reword([gout, asthma]);
  expect(one).toEqual(gout);
  expect(other?.stem).toBe(well(asthma.stem));
  expect(server.asked.length).toBe(before + 1);
});

test("what was answered is not asked again, after a kill either", async () => {
  const stop = new AbortController();
  say = (stem) => {
    if (stem === asthma.stem) stop.abort(new Error("killed"));
    return well(stem);
  };
  await expect(reword([gout, asthma, graves], { concurrency: 1 }, stop.signal)).rejects.toThrow("killed");
  const before = server.asked.length;
  say = well;
  const whole = await reword([gout, asthma, graves], { concurrency: 1 });
  expect(whole.map(({ stem }) => stem)).toEqual([gout, asthma, graves].map(({ stem }) => well(stem)));
  const later = server.asked.slice(before).map(({ body }) => lastTurn(body));
  expect(later).toEqual([asthma.stem, graves.stem]);
  expect(await reword([gout, asthma, graves])).toEqual(whole);
  expect(server.asked.length).toBe(before + 2);
});

test("a share is drawn by the seed and by no order; the server has no more requests than allowed", async () => {
  say = well;
  const ages = Array.from({ length: 60 }, (_, at) => {
    const stem = gout.stem.replace("40", String(20 + at));
    return { ...gout, stem, id: questionId({ stem, options: gout.options }) };
  });
  say = (stem) => stem.replace("has joint pain", "presents with joint pain");
  const some = await reword(ages, { share: 0.5, concurrency: 3 });
  const changed = some.flatMap((one, at) => (one.stem === ages[at]?.stem ? [] : [one.id]));
  expect(changed.length).toBeGreaterThan(15);
  expect(changed.length).toBeLessThan(45);
  expect(server.asked.length).toBe(changed.length);
  expect(server.peak()).toBeLessThanOrEqual(3);
  const turned = await reword(ages.toReversed(), { share: 0.5, concurrency: 3 });
  expect(turned.toReversed()).toEqual(some);
});
