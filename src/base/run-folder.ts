/**
 * A run: one folder with `run.json`, `ledger.jsonl`, `metrics.jsonl`, `clock.jsonl` and one folder a stage.
 *
 * Invariants: a stage folder is whole or absent; a stage whose inputs, settings, seed and code are those of its
 * `stage.json` is not run again; of all files only the ledger and `clock.jsonl` hold times, so every other file of
 * two runs with the same seed on the same machine is equal to the byte, however often one of them was killed.
 */
import { existsSync, readFileSync } from "node:fs";
import { mkdir, open, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { codeOf, UsageError } from "./errors.ts";
import { readJson, writeJson } from "./files.ts";
import { hashJson } from "./hash.ts";
import { type Ledger, openLedger } from "./ledger.ts";

/** What the run was asked to do, in full. */
export interface RunManifest {
  readonly recipe: string;
  readonly seed: number;
  readonly version: string;
  /** Every setting with defaults filled in. */
  readonly settings: unknown;
}

const manifestSchema = z.object({
  recipe: z.string(),
  seed: z.number(),
  version: z.string(),
  settings: z.unknown(),
});

export interface RunFolder extends AsyncDisposable {
  readonly path: string;
  readonly ledger: Ledger;
  readonly manifest: RunManifest;
}

/** Opens or creates a run folder and holds its lock until disposed. */
export async function openRun(path: string, manifest: RunManifest): Promise<RunFolder> {
  await mkdir(path, { recursive: true });
  const release = await lock(path);
  try {
    const old = await readManifest(path);
    if (old !== undefined && old.recipe !== manifest.recipe)
      throw new UsageError(
        `${path}: this folder holds a run of the recipe "${old.recipe}", not of "${manifest.recipe}"; ` +
          "give another folder with --run, or remove this one",
      );
    const ledger = await openLedger(join(path, "ledger.jsonl"));
    if (old === undefined || hashJson(old) !== hashJson(manifest)) {
      await writeJson(join(path, "run.json"), manifest);
      await ledger.append(old === undefined ? "run created" : "settings changed", {
        settings: hashJson(manifest),
      });
    }
    return { path, ledger, manifest, [Symbol.asyncDispose]: release };
  } catch (error) {
    await release();
    throw error;
  }
}

/** The manifest of an existing run; undefined where there is none. */
export async function readManifest(path: string): Promise<RunManifest | undefined> {
  const file = join(path, "run.json");
  if (!existsSync(file)) return undefined;
  const parsed = manifestSchema.safeParse(await readJson(file));
  if (!parsed.success)
    throw new UsageError(`${file}: not the manifest of a run; remove the folder or give another`);
  return parsed.data;
}

/** Takes the folder for this process; a lock of a process that is gone is taken over. */
async function lock(path: string): Promise<() => Promise<void>> {
  const file = join(path, "lock");
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      const handle = await open(file, "wx");
      await handle.writeFile(String(process.pid));
      await handle.close();
      return () => rm(file, { force: true });
    } catch (error) {
      if (codeOf(error) !== "EEXIST") throw error;
      const holder = Number(await readFile(file, "utf8").catch(() => ""));
      if (isAlive(holder))
        throw new UsageError(
          `${path}: process ${holder} is working in this folder; wait for it or stop it first`,
        );
      await rm(file, { force: true });
    }
  }
  throw new UsageError(`${path}: another process took this folder at the same moment; run the command again`);
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0 || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return !isZombie(pid);
  } catch (error) {
    return codeOf(error) === "EPERM";
  }
}

/**
 * A killed process that its parent has not waited for still answers to signals; in a container it may do so for good.
 * Where the system has /proc, its state follows the name in brackets.
 */
function isZombie(pid: number): boolean {
  const file = `/proc/${pid}/stat`;
  if (!existsSync(file)) return false;
  const stat = readFileSync(file, "utf8");
  return stat.slice(stat.lastIndexOf(")") + 2).startsWith("Z");
}
