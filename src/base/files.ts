/** Files that are whole or absent: what is written lies beside its target first, synced, and is renamed; what is read is all there. */
import { existsSync } from "node:fs";
import { type FileHandle, mkdir, open, readFile, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { UsageError } from "./errors.ts";

/** Writes a whole file or leaves the old one. */
export async function writeWhole(path: string, content: string | Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writePieces(path, (file) => file.writeFile(content));
}

/** The same for a file that is written piece by piece, in a folder that is there. */
export async function writePieces(path: string, write: (file: FileHandle) => Promise<void>): Promise<void> {
  const beside = `${path}.part`;
  const file = await open(beside, "w");
  try {
    try {
      await write(file);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(beside, path);
  } catch (error) {
    // On a full disk the room is needed most.
    await rm(beside, { force: true });
    throw error;
  }
}

/** Plain data as indented JSON, whole or absent. */
export async function writeJson(path: string, value: unknown): Promise<void> {
  await writeWhole(path, `${JSON.stringify(value, null, 2)}\n`);
}

/** Reads JSON; a file that is not JSON is the user's to mend. */
export async function readJson(path: string): Promise<unknown> {
  const text = await readFile(path, "utf8");
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new UsageError(`${path}: not JSON (${text.length} characters); remove it to make it anew`, {
      cause,
    });
  }
}

/** What is needed of an open file to read from it. */
export interface ByteSource {
  read(into: Uint8Array, offset: number, length: number, position: number): Promise<{ bytesRead: number }>;
}

/** Fills `into` from a byte of the file on; `path` is what an error names. */
export async function readExactly(
  file: ByteSource,
  path: string,
  into: Uint8Array,
  position: number,
): Promise<void> {
  for (let at = 0; at < into.length; ) {
    const { bytesRead } = await file.read(into, at, into.length - at, position + at);
    if (bytesRead === 0) throw new UsageError(`${path}: it ends at byte ${position + at}; it was cut off`);
    at += bytesRead;
  }
}

/** Puts a finished folder in the place of an older one. */
export async function replaceFolder(finished: string, target: string): Promise<void> {
  const old = `${target}.old`;
  await rm(old, { recursive: true, force: true });
  if (existsSync(target)) await rename(target, old);
  await rename(finished, target);
  await rm(old, { recursive: true, force: true });
}
