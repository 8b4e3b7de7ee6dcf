/**
 * Writes a tokenizer folder as the pretrain stage does and has Python's tokenizers and transformers read it
 * (tokenizer.py): token ids, decoded text and rendered chats must be those of the library that this program uses.
 *
 *   npx tsx interop/tokenizer.ts PYTHON
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { tinyConfig } from "../src/engine/fixtures/tiny-config.ts";
import { writeJson } from "../src/base/files.ts";
import { type Random, seededRandom } from "../src/base/random.ts";
import { showConfig } from "../src/engine/config.ts";
import { clinicGraph } from "../src/graph/fixtures/clinic.ts";
import { openTokenizer, type Tokenizer } from "../src/models/tokenizer.ts";
import { trainBytePairs } from "../src/pretrain/bpe.ts";
import { corpusSources, factsOf } from "../src/pretrain/documents.ts";
import { writeTokenizer } from "../src/pretrain/tokenizer-files.ts";
import { predicates } from "../src/records/relation.ts";

const python = process.argv[2];
if (python === undefined) throw new Error("usage: npx tsx interop/tokenizer.ts PYTHON");
const script = fileURLToPath(new URL("./tokenizer.py", import.meta.url));
const sources = corpusSources(clinicGraph(), predicates, { prose: [], questions: [] });
const told = [...sources.conditions, ...sources.drugs];
const facts = told.map((entity) => factsOf(sources, entity, seededRandom(1, entity.id)));
const question = "Which drug treats gout?\nA. colchicine\nB. heparin\nC. warfarin\nD. insulin";
const texts = [
  ...["", " ", "\n", "\n\nA. one\n\nB. two", "It's 12.5 mg (IV)\nC. 40%\r\n  D.", "Kayser–Fleischer ring"],
  ...["e\u0301 and é", "ﬁne ½ Ⅳ", "痛风用秋水仙碱治疗。", "👩‍⚕️ 🩺", "ΑΒΓ İstanbul ẞ", "a\u00a0b\u200bc", "\u0000\u001f\u007f"],
  ...["<think> gout</think><answer> B</answer><|end|>", "<think", "<|user|> x<|end|><|assistant|>", question],
  ...facts,
];
const random = seededRandom(2, "interop");
while (texts.length < 300) texts.push(randomText(random));
const chats: Parameters<Tokenizer["renderChat"]>[0][] = [
  [{ role: "user", content: question }],
  [
    { role: "system", content: "Be brief." },
    { role: "user", content: " Hi {{ name }}\n" },
    { role: "assistant", content: "<think> hi</think><answer> A</answer>" },
    { role: "user", content: "Why?" },
  ],
];

for (const lowercase of [true, false]) {
  const folder = mkdtempSync(join(tmpdir(), "tokenizer-interop-"));
  await writeTokenizer(folder, trainBytePairs([...facts, question, question], 900), { lowercase, maxLength: 512 });
  const tokenizer = await openTokenizer(folder);
  await writeJson(join(folder, "config.json"), configOf(tokenizer.vocabularySize, tokenizer.endToken));
  const ids = texts.map((text) => tokenizer.encode(text));
  const rendered = chats.map((messages) => ({ messages, text: tokenizer.renderChat(messages) }));
  const cases = {
    texts: texts.map((text, index) => ({ text, ids: ids[index]!, decoded: tokenizer.decode(ids[index]!) })),
    chats: rendered.map((chat) => ({ ...chat, ids: tokenizer.encode(chat.text) })),
  };
  writeFileSync(join(folder, "cases.json"), JSON.stringify(cases));
  process.stdout.write(`${lowercase ? "lower-cased" : "as written"}: `);
  process.stdout.write(execFileSync(python, [script, folder], { stdio: ["ignore", "pipe", "inherit"] }));
  rmSync(folder, { recursive: true });
}

/** Letters of the corpus, of other scripts, spaces, marks and whole code points, in no order. */
function randomText(random: Random): string {
  const pieces = [
    () => random.pick(facts).slice(0, 1 + random.integer(30)),
    () => random.pick(["\nA.", "\nb.", "?\nA. ", "  ", "\t", "\r\n", "'s", "'LL", "—", "…", "10", "µg/mL", "→"]),
    () => random.pick(["<think>", "</think>", "<answer>", "</answer>", "<|end|>", "<|endoftext|>", "<|", "|>"]),
    () => String.fromCodePoint(0xa0 + random.integer(0x500)),
    () => String.fromCodePoint(0x1f300 + random.integer(0x2ff)),
    () => String.fromCodePoint(0x3040 + random.integer(0x6000)),
    () => random.pick(["a", "e", "o"]) + String.fromCodePoint(0x300 + random.integer(0x40)),
  ];
  return Array.from({ length: 1 + random.integer(12) }, () => random.pick(pieces)()).join("");
}

/** What else a model folder holds that tells transformers which tokenizer to take. */
function configOf(vocabSize: number, endToken: number): object {
  return showConfig(tinyConfig({ vocabSize, eosTokenIds: [endToken] }));
}
