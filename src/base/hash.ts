/** Content hashes. A list is hashed with its lengths, so that ["ab","c"] and ["a","bc"] differ. */
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readdir, realpath, stat } from "node:fs/promises";
import { join } from "node:path";
import { codeOf } from "./errors.ts";

/** SHA-256 of a text or bytes, in hexadecimal. */
export function sha256(content: string | Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}

/** The first 16 hexadecimal digits of the hash of a list of texts: an id. */
export function shortHash(parts: readonly string[]): string {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(`${Buffer.byteLength(part)}:${part}`);
  return hash.digest("hex").slice(0, 16);
}

/** SHA-256 of plain data, independent of the order of its keys. */
export function hashJson(value: unknown): string {
  return sha256(JSON.stringify(sortKeys(value)));
}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sortKeys(inner)]));
}

/** SHA-256 of a file, read as a stream. */
export async function hashFile(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest("hex");
}

/** Every file below a folder with its path relative to it, in order of path; links are followed, but not back up. */
export async function listFiles(folder: string): Promise<string[]> {
  const files: string[] = [];
  const walk = async (below: string, above: readonly string[]): Promise<void> => {
    const here = await realpath(join(folder, below));
    if (above.includes(here)) return;
    for (const entry of await readdir(here, { withFileTypes: true })) {
      const path = join(below, entry.name);
      // A link to nothing is no file.
      const found = entry.isSymbolicLink() ? await stat(join(folder, path)).catch(() => undefined) : entry;
      if (found?.isDirectory()) await walk(path, [...above, here]);
      else if (found?.isFile()) files.push(path);
    }
  };
  await walk("", []);
  return files.sort();
}

/** Above this size a file is known by its size and time of change. */
const LARGE = 256 * 2 ** 20;

/**
 * What tells one state of an input from another: of a file its content, of a large one its size and time of change,
 * of a folder the names of all its files and what tells them apart. A file that may not be read is like any other such.
 */
export async function hashInput(path: string): Promise<string> {
  const found = await stat(path);
  if (found.isDirectory()) return await hashFolder(path);
  if (found.size > LARGE) return hashJson([found.size, found.mtimeMs]);
  try {
    return await hashFile(path);
  } catch (error) {
    const code = codeOf(error);
    if (code !== "EACCES" && code !== "EPERM") throw error;
    return `not readable: ${code}`;
  }
}

/** One hash for a folder: the names and contents of all its files. */
export async function hashFolder(folder: string): Promise<string> {
  const parts: string[] = [];
  for (const file of await listFiles(folder)) parts.push(file, await hashInput(join(folder, file)));
  return shortHash(parts);
}
