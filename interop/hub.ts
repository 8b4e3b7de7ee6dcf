/**
 * Fetches a model from a server that answers as the Hub does and has huggingface_hub find it in the cache, offline;
 * and the other way round: what huggingface_hub fetched is found here, offline (hub.py).
 *
 *   npx tsx interop/hub.ts PYTHON
 */
import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { tinyConfig } from "../src/engine/fixtures/tiny-config.ts";
import { silentLog } from "../src/base/log.ts";
import { startEngine } from "../src/engine/client.ts";
import { fromHub } from "../src/models/hub.ts";
import { hubSettings } from "../src/models/hub-settings.ts";
import { trainBytePairs } from "../src/pretrain/bpe.ts";
import { writeTokenizer } from "../src/pretrain/tokenizer-files.ts";
import { startFakeHub } from "../test/hub-server.ts";

const python = process.argv[2];
if (python === undefined) throw new Error("usage: npx tsx interop/hub.ts PYTHON");
const script = fileURLToPath(new URL("./hub.py", import.meta.url));
const root = mkdtempSync(join(tmpdir(), "hub-interop-"));
const model = join(root, "model");
const COMMIT = "89abcdef0123456789abcdef0123456789abcdef";

async function makeModel(): Promise<void> {
  await using engine = await startEngine({ threads: 1 });
  const config = tinyConfig({ architecture: "llama", vocabSize: 300, numHiddenLayers: 2, numAttentionHeads: 4, numKeyValueHeads: 2, headDim: 8, maxPositionEmbeddings: 128 });
  await engine.create(config, { embeddingStd: 0.5, outputScale: 1 }, 3);
  mkdirSync(model);
  await engine.save(model, { dtype: "BF16", shardBytes: 20_000 });
  const pairs = trainBytePairs(["fever and cough suggest influenza"], 280);
  await writeTokenizer(model, pairs, { lowercase: true, maxLength: 128 });
}

async function ask(mode: string, home: string, more: Record<string, string>): Promise<string> {
  const env = { ...process.env, HF_HOME: home, ...more };
  const { stdout } = await promisify(execFile)(python!, [script, mode, "acme/tiny"], { env });
  return stdout.trim();
}

await makeModel();
await using hub = await startFakeHub();
const names = readdirSync(model);
hub.repositories.set("acme/tiny", {
  commit: COMMIT,
  revisions: ["main"],
  files: Object.fromEntries(names.map((name) => [name, readFileSync(join(model, name))])),
});
const offline = { HF_HUB_OFFLINE: "1" };

const [ours, theirs] = [join(root, "ours"), join(root, "theirs")];
const folder = await fromHub(
  "hf:acme/tiny",
  await hubSettings({ HF_HOME: ours, HF_ENDPOINT: hub.endpoint }),
  silentLog,
);
const found = await ask("find", ours, offline);
if (found !== folder) throw new Error(`huggingface_hub found ${found} instead of ${folder}`);
console.log(`fetched here: huggingface_hub finds ${names.length} files and transformers loads the model`);

const fetched = await ask("fetch", theirs, { HF_ENDPOINT: hub.endpoint, HF_HUB_OFFLINE: "0" });
const again = await fromHub("hf:acme/tiny", await hubSettings({ HF_HOME: theirs, ...offline }), silentLog);
if (again !== fetched) throw new Error(`found ${again} instead of ${fetched}`);
console.log("fetched by huggingface_hub: found here");
rmSync(root, { recursive: true });
