import { getLlama, LlamaLogLevel } from "node-llama-cpp";
import { openTokenizer } from "../src/models/tokenizer.ts";
const llama = await getLlama({ gpu: false, maxThreads: 1, build: "never", skipDownload: true, logLevel: LlamaLogLevel.warn });
for (const file of ["/tmp/gg_out_F32.gguf", "/tmp/gg_out_Q8_0.gguf"]) {
  const model = await llama.loadModel({ modelPath: file, gpuLayers: 0 });
  const tok = await openTokenizer(file);
  const text = tok.renderChat([{ role: "user", content: "What is gout?" }]);
  const ids = model.tokenize(text, true);
  const ours = tok.encode(text);
  console.log(JSON.stringify([...ids]) === JSON.stringify(ours), ids.length);
  const context = await model.createContext({ contextSize: 256, flashAttention: false });
  const seq = context.getSequence();
  const out: number[] = [];
  for await (const t of seq.evaluate(ids, { temperature: 0 })) { out.push(t); if (out.length === 24) break; }
  console.log(model.detokenize(out as any));
  await context.dispose(); await model.dispose();
}
