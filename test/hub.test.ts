/** Models from the Hub, against a server that behaves as the Hub does and a second one that holds its large files. */
import { fork } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, readlink, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeEach, expect, test } from "vitest";
import { type Log, silentLog } from "../src/base/log.ts";
import { seededRandom } from "../src/base/random.ts";
import { fromHub } from "../src/models/hub.ts";
import { type HubSettings, hubSettings } from "../src/models/hub-settings.ts";
import { type FakeHub, startFakeHub } from "./hub-server.ts";

const random = seededRandom(1, "hub");
const bytes = (length: number): Buffer => Buffer.from(Array.from({ length }, () => random.integer(256)));
const COMMIT = "0123456789abcdef0123456789abcdef01234567";
const SHARD = (n: number): string => `model-0000${n}-of-00002.safetensors`;
const index = JSON.stringify({ weight_map: { a: SHARD(1), b: SHARD(2), c: SHARD(2) } });
const common = {
  "config.json": Buffer.from('{"model_type": "llama"}'),
  "generation_config.json": Buffer.from("{}"),
  "tokenizer.json": bytes(5000),
  "tokenizer_config.json": Buffer.from('{"eos_token": "x"}'),
  "chat_template.jinja": Buffer.from("{{ messages }}"),
  "README.md": Buffer.from("# A model"),
  ".gitattributes": Buffer.from("*.bin lfs"),
};
const weights = bytes(300_000);
const packed = bytes(4000);

let hub: FakeHub;
let settings: HubSettings;
const root = await mkdtemp(join(tmpdir(), "hub-"));
let caches = 0;
beforeEach(async () => {
  hub = await startFakeHub();
  hub.repositories.set("acme/whole", {
    commit: COMMIT,
    revisions: ["main", "v1.0", "refs/pr/2"],
    files: {
      ...common,
      "model.safetensors": weights,
      "consolidated.safetensors": weights,
      "pytorch_model.bin": bytes(2000),
      "gguf/model-q4.gguf": packed,
    },
  });
  hub.repositories.set("acme/shards", {
    commit: COMMIT,
    revisions: ["main"],
    files: {
      ...common,
      "model.safetensors.index.json": Buffer.from(index),
      [SHARD(1)]: bytes(2000),
      [SHARD(2)]: bytes(3000),
    },
  });
  settings = await hubSettings(
    { HF_ENDPOINT: `${hub.endpoint}/`, HF_HOME: join(root, `home${caches++}`) },
    { attempts: 3, firstWaitMs: 5, stallMs: 5000 },
  );
});
afterEach(() => hub[Symbol.asyncDispose]());
afterAll(() => rm(root, { recursive: true, force: true }));

const fetched = (where: string, own = settings, log: Log = silentLog): Promise<string> =>
  fromHub(where, own, log);
const fromCdn = () => hub.asked.filter(({ host }) => host === "cdn");

test("a model comes into the cache as huggingface_hub lays it out, with what a model needs and no more", async () => {
  const folder = await fetched("hf:acme/whole");
  expect(folder).toBe(join(settings.cache, "models--acme--whole", "snapshots", COMMIT));
  const names = (await readdir(folder)).sort();
  expect(names).toEqual([
    "chat_template.jinja",
    "config.json",
    "generation_config.json",
    "model.safetensors",
    "tokenizer.json",
    "tokenizer_config.json",
  ]);
  expect((await readFile(join(folder, "model.safetensors"))).equals(weights)).toBe(true);
  expect(await readlink(join(folder, "model.safetensors"))).toMatch(/^\.\.\/\.\.\/blobs\/[0-9a-f]{64}$/u);
  expect(await readlink(join(folder, "config.json"))).toMatch(/^\.\.\/\.\.\/blobs\/[0-9a-f]{40}$/u);
  expect(await readFile(join(folder, "..", "..", "refs", "main"), "utf8")).toBe(COMMIT);
  expect((await readdir(join(folder, "..", "..", "blobs"))).every((name) => /^[0-9a-f]+$/u.test(name))).toBe(
    true,
  );
  // A second time only the branch is asked for; by the commit nothing is.
  hub.asked.length = 0;
  expect(await fetched("hf:acme/whole")).toBe(folder);
  expect(hub.asked.length).toBe(1);
  expect(await fetched(`hf:acme/whole@${COMMIT}`)).toBe(folder);
  expect(hub.asked.length).toBe(1);
});

test("shards are those that the index names", async () => {
  const folder = await fetched("hf:acme/shards");
  expect((await readdir(folder)).filter((name) => name.includes("safetensors"))).toEqual([
    SHARD(1),
    SHARD(2),
    "model.safetensors.index.json",
  ]);
});

test("a tag, a branch with slashes, and one GGUF file", async () => {
  expect(await fetched("hf:acme/whole@v1.0")).toContain(COMMIT);
  expect(await fetched("hf:acme/whole@refs/pr/2")).toContain(COMMIT);
  const file = await fetched("hf:acme/whole/gguf/model-q4.gguf@v1.0");
  expect((await readFile(file)).equals(packed)).toBe(true);
  expect(file.endsWith(`${COMMIT}/gguf/model-q4.gguf`)).toBe(true);
});

test("a GGUF file comes alone", async () => {
  const file = await fetched("hf:acme/whole/gguf/model-q4.gguf");
  expect(await readdir(join(file, "..", ".."))).toEqual(["gguf"]);
});

test("the token goes to the Hub and never to where it redirects", async () => {
  hub.repositories.set("acme/own", { ...hub.repositories.get("acme/whole")!, token: "hf_secret" });
  await fetched("hf:acme/own", { ...settings, token: "hf_secret" });
  const sent = (host: string) =>
    new Set(hub.asked.filter((one) => one.host === host).map((one) => one.authorization));
  expect(sent("hub")).toEqual(new Set(["Bearer hf_secret"]));
  expect(sent("cdn")).toEqual(new Set([undefined]));
});

test("a cut connection goes on where it ended", async () => {
  hub.trouble.cuts = 4;
  hub.trouble.cutAfter = 70_000;
  delete (hub.repositories.get("acme/whole")!.files as Record<string, Buffer>)["tokenizer.json"];
  const folder = await fetched("hf:acme/whole");
  expect((await readFile(join(folder, "model.safetensors"))).equals(weights)).toBe(true);
  expect(fromCdn().map(({ range }) => range)).toEqual([
    undefined,
    ...[70_000, 140_000, 210_000, 280_000].map((from) => `bytes=${from}-`),
  ]);
});

test("a stalled connection counts as cut", async () => {
  hub.trouble.stalls = 1;
  const hasty = { ...settings, patience: { ...settings.patience, stallMs: 300 } };
  expect(
    (await readFile(join(await fetched("hf:acme/whole", hasty), "model.safetensors"))).equals(weights),
  ).toBe(true);
});

test("what a killed run left is gone on with; a server without ranges, or damage in it, makes it start over", async () => {
  const blobs = join(settings.cache, "models--acme--whole", "blobs");
  const whole = await fetched("hf:acme/whole");
  const blob = (await readlink(join(whole, "model.safetensors"))).slice("../../blobs/".length);
  const partial = join(blobs, `${blob}.fleming.incomplete`);
  const left = weights.subarray(0, 100_000);
  const damaged = Buffer.concat([left.subarray(1), left.subarray(0, 1)]);
  for (const [content, ignoresRange, ranges] of [
    [left, false, ["bytes=100000-"]],
    [left, true, ["bytes=100000-"]],
    [damaged, false, ["bytes=100000-", undefined]],
    [weights, false, []],
    [Buffer.concat([weights, left]), false, [undefined]],
  ] as const) {
    await rm(join(whole, "model.safetensors"));
    await rm(join(blobs, blob));
    await writeFile(partial, content);
    hub.trouble.ignoresRange = ignoresRange;
    hub.asked.length = 0;
    await fetched("hf:acme/whole");
    expect((await readFile(join(whole, "model.safetensors"))).equals(weights)).toBe(true);
    expect(fromCdn().map(({ range }) => range)).toEqual(ranges);
  }
});

test("a transfer that is cut again and again is given up, and what came is kept", async () => {
  hub.trouble.cuts = 100;
  hub.trouble.cutAfter = 0;
  await expect(fetched("hf:acme/whole")).rejects.toThrow(
    /^hf:acme\/whole tokenizer.json: the transfer was cut off 3 times \(.*\); run the same command again/u,
  );
});

test("a wrong checksum is refused and nothing is kept", async () => {
  hub.trouble.damages = 100;
  await expect(fetched("hf:acme/whole/gguf/model-q4.gguf")).rejects.toThrow(
    /model-q4.gguf: its checksum is not [0-9a-f]{64}, which the Hub gives/u,
  );
  expect(await readdir(join(settings.cache, "models--acme--whole", "blobs"))).toEqual([]);
});

test("a small file is checked by git's checksum", async () => {
  const files = hub.repositories.get("acme/whole")!.files as Record<string, Buffer>;
  files["config.json"] = Buffer.from('{"model_type": "qwen2"}');
  const folder = await fetched("hf:acme/whole");
  const blob = await readlink(join(folder, "config.json"));
  // printf '{"model_type": "qwen2"}' | git hash-object --stdin
  expect(blob).toBe("../../blobs/8bd750397253142f2bc6dc7207a6dcd4cad81ecb");
});

test("429 and 503 are tried again, as long as asked for", async () => {
  Object.assign(hub.trouble, { refusals: 2, refusal: 429, retryAfter: "0" });
  await fetched("hf:acme/whole");
  Object.assign(hub.trouble, { refusals: 2, refusal: 503, retryAfter: undefined });
  await fetched("hf:acme/shards");
  Object.assign(hub.trouble, { refusals: 1, refusal: 429, retryAfter: "4000" });
  const fresh = { ...settings, cache: join(root, "fresh") };
  await expect(fetched("hf:acme/whole", fresh)).rejects.toThrow("try again in 4000 s");
  Object.assign(hub.trouble, { refusals: 100, refusal: 502, retryAfter: undefined });
  await expect(fetched("hf:acme/whole", fresh)).rejects.toThrow(
    "hf:acme/whole: HTTP 502, the Hub fails; try again later",
  );
});

test("what the Hub refuses says what to do", async () => {
  const whole = hub.repositories.get("acme/whole")!;
  hub.repositories.set("acme/gated", { ...whole, token: "hf_good", gated: true });
  hub.repositories.set("acme/private", { ...whole, token: "hf_good" });
  const withToken = { ...settings, token: "hf_other" };
  await expect(fetched("hf:acme/gated")).rejects.toThrow(
    `access is refused (HTTP 403; HF_TOKEN is not set); accept the licence at ${hub.endpoint}/acme/gated and set HF_TOKEN`,
  );
  await expect(fetched("hf:acme/gated/gguf/model-q4.gguf", withToken)).rejects.toThrow(
    `the token that was sent does not open it); accept the licence at ${hub.endpoint}/acme/gated`,
  );
  await expect(fetched("hf:acme/private")).rejects.toThrow(
    "hf:acme/private: HTTP 401: the repository does not exist, or it is private or needs its licence accepted",
  );
  await expect(fetched("hf:acme/none", withToken)).rejects.toThrow(
    `hf:acme/none: not found at ${hub.endpoint}; check owner, name and revision`,
  );
  await expect(fetched("hf:acme/whole@v2")).rejects.toThrow(
    "hf:acme/whole@v2: the repository has no such revision",
  );
  await expect(fetched("hf:acme/whole/q8.gguf")).rejects.toThrow(
    'hf:acme/whole/q8.gguf: the repository has no file "q8.gguf"; it has gguf/model-q4.gguf: name one',
  );
});

test("a repository without safetensors names what it has", async () => {
  const files = { "config.json": common["config.json"], "pytorch_model.bin": bytes(10) };
  hub.repositories.set("acme/old", { commit: COMMIT, revisions: ["main"], files });
  await expect(fetched("hf:acme/old")).rejects.toThrow(
    'hf:acme/old: the repository has no file "model.safetensors"; it has config.json, pytorch_model.bin',
  );
});

test("offline the cache is used, and named where it has no complete copy", async () => {
  const folder = await fetched("hf:acme/shards");
  hub.asked.length = 0;
  const offline = await hubSettings({ HF_HUB_CACHE: settings.cache, HF_HUB_OFFLINE: "1" });
  expect(await fetched("hf:acme/shards", offline)).toBe(folder);
  await expect(fetched("hf:acme/whole", offline)).rejects.toThrow(
    `hf:acme/whole: HF_HUB_OFFLINE is set and the cache has no complete copy; ${settings.cache} has acme/shards (main)`,
  );
  await rm(join(folder, SHARD(2)));
  await expect(fetched("hf:acme/shards", offline)).rejects.toThrow("the cache has no complete copy");
  expect(hub.asked).toEqual([]);
});

test("where the Hub cannot be reached a complete copy serves, with a warning", async () => {
  const folder = await fetched("hf:acme/whole");
  const away = { ...settings, endpoint: "http://127.0.0.1:9" };
  const warnings: string[] = [];
  const log = { ...silentLog, warn: (text: string) => void warnings.push(text) };
  expect(await fetched("hf:acme/whole", away, log)).toBe(folder);
  expect(warnings).toEqual([
    expect.stringMatching(/127.0.0.1:9 cannot be reached .*; going on with what the cache has/u),
  ]);
  await expect(fetched("hf:acme/shards", away)).rejects.toThrow("check the network and HF_ENDPOINT");
});

test("a snapshot that another program left without a tokenizer or template is filled up from the Hub", async () => {
  const pinned = `hf:acme/whole@${COMMIT}`;
  const folder = await fetched(pinned);
  const offline = { ...settings, offline: true };
  const away = { ...settings, endpoint: "http://127.0.0.1:9" };
  for (const file of ["tokenizer.json", "tokenizer_config.json"]) {
    await rm(join(folder, file));
    await expect(fetched(pinned, offline)).rejects.toThrow("the cache has no complete copy");
    await expect(fetched(pinned, away)).rejects.toThrow("check the network and HF_ENDPOINT");
    expect(await fetched(pinned)).toBe(folder);
    expect(existsSync(join(folder, file))).toBe(true);
  }
  for (const file of ["chat_template.jinja", "generation_config.json"]) {
    await rm(join(folder, file));
    expect(await fetched(pinned, offline)).toBe(folder);
    expect(await fetched(pinned, away)).toBe(folder);
    expect(existsSync(join(folder, file))).toBe(false);
    expect(await fetched(pinned)).toBe(folder);
    expect(existsSync(join(folder, file))).toBe(true);
  }
});

test("what a pinned repository does not have is asked for once", async () => {
  const { "chat_template.jinja": _, ...files } = hub.repositories.get("acme/whole")!.files;
  hub.repositories.set("acme/plain", { commit: COMMIT, revisions: ["main"], files });
  const folder = await fetched(`hf:acme/plain@${COMMIT}`);
  expect(existsSync(join(folder, "..", "..", ".no_exist", COMMIT, "chat_template.jinja"))).toBe(true);
  hub.asked.length = 0;
  expect(await fetched(`hf:acme/plain@${COMMIT}`)).toBe(folder);
  expect(hub.asked).toEqual([]);
});

test("a list of files that is cut off or stalls is asked for again, and then the cache serves", async () => {
  const folder = await fetched("hf:acme/whole");
  const whole = JSON.stringify({
    sha: COMMIT,
    siblings: (await readdir(folder)).map((rfilename) => ({ rfilename })),
  });
  let answers: ("cut" | "stall" | "whole")[] = [];
  const server = createServer((_request, response) => {
    const answer = answers.shift() ?? "cut";
    if (answer === "whole") return response.end(whole);
    response.writeHead(200, { "Content-Length": whole.length });
    response.write(whole.slice(0, 30), () => answer === "cut" && setTimeout(() => response.destroy(), 20));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const patience = { ...settings.patience, stallMs: 300 };
  const own = { ...settings, endpoint: `http://127.0.0.1:${port}`, patience };
  const warnings: string[] = [];
  const log = { ...silentLog, warn: (text: string) => void warnings.push(text) };
  try {
    answers = ["cut", "stall", "whole"];
    expect(await fetched("hf:acme/whole", own, log)).toBe(folder);
    expect([answers, warnings]).toEqual([[], []]);
    expect(await fetched("hf:acme/whole", own, log)).toBe(folder);
    expect(warnings).toEqual([
      expect.stringMatching(/cannot be reached .*; going on with what the cache has/u),
    ]);
    await expect(fetched("hf:acme/shards", own, log)).rejects.toThrow("check the network and HF_ENDPOINT");
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

test("a server that is no Hub, and one that announces more than there is room for", async () => {
  const files = hub.repositories.get("acme/whole")!.files as Record<string, Buffer>;
  files["model.safetensors"] = Object.defineProperty(bytes(2000), "length", { value: 9e14 });
  await expect(fetched("hf:acme/whole")).rejects.toThrow(/900000.0 GB are still to come and .* GB are free/u);
  hub.repositories.set("acme/odd", { commit: "main", revisions: ["main"], files });
  await expect(fetched("hf:acme/odd")).rejects.toThrow("does not answer as a Hub does; check HF_ENDPOINT");
});

test("two processes fetch the same model at once, each file once", async () => {
  hub.trouble.delay = 200;
  const script = new URL("./hub-child.ts", import.meta.url);
  const child = (): Promise<string> =>
    new Promise((resolve, reject) => {
      const env = { ...process.env, HF_ENDPOINT: hub.endpoint, HF_HUB_CACHE: settings.cache };
      const process_ = fork(script, ["hf:acme/whole"], { env, execArgv: ["--import", "tsx"] });
      process_.once("message", (path) => resolve(String(path)));
      process_.once("exit", (code) => reject(new Error(`exit ${code}`)));
    });
  const [one, other] = await Promise.all([child(), child()]);
  expect(one).toBe(other);
  expect((await readFile(join(one, "model.safetensors"))).equals(weights)).toBe(true);
  expect(fromCdn().length).toBe(2);
});

test("the lock of a process that is gone is taken over", async () => {
  await fetched("hf:acme/whole");
  const locks = join(settings.cache, ".locks", "models--acme--whole");
  expect(await readdir(locks)).toEqual([]);
  const folder = join(settings.cache, "models--acme--whole");
  const [blob] = (await readdir(join(folder, "blobs"))).filter((name) => name.length === 64);
  await rm(join(folder, "blobs"), { recursive: true });
  await mkdir(locks, { recursive: true });
  await writeFile(join(locks, `${blob}.fleming.lock`), `${hostname()} 999999999 1`);
  await fetched("hf:acme/whole");
  expect(await readdir(locks)).toEqual([]);
});

for (const wrong of [
  "hf:",
  "hf:acme",
  "hf:acme/../x",
  "hf:acme/a--b",
  "hf:acme/a/b/c",
  "hf:acme/a/../x.gguf",
  "hf:acme/a@../x",
  "hf:acme/a@",
  "hf:acme/a b",
  "hf:acme/a/b\\c.gguf",
]) {
  test(`"${wrong}" names no model`, async () => {
    await expect(fetched(wrong)).rejects.toThrow(
      `"${wrong}" names no model of the Hub; expected hf:owner/name`,
    );
    expect(hub.asked).toEqual([]);
  });
}

test("the environment is read as huggingface_hub reads it", async () => {
  const home = join(root, "login");
  await mkdir(home);
  await writeFile(join(home, "token"), "hf_stored\n");
  expect(await hubSettings({ HF_HOME: home })).toMatchObject({
    endpoint: "https://huggingface.co",
    token: "hf_stored",
    cache: join(home, "hub"),
    offline: false,
  });
  expect(await hubSettings({ HF_HOME: home, HF_TOKEN: " hf_given ", HF_HUB_OFFLINE: "YES" })).toMatchObject({
    token: "hf_given",
    offline: true,
  });
  expect((await hubSettings({ HF_HUB_CACHE: "~/models", HF_HOME: home })).cache).not.toContain("~");
  await expect(hubSettings({ HF_ENDPOINT: "hub.example" })).rejects.toThrow('HF_ENDPOINT is "hub.example"');
  await expect(hubSettings({ HF_TOKEN: "a\nb" })).rejects.toThrow("HF_TOKEN holds spaces");
});
