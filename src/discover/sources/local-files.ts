/**
 * Which files local sources are read from, the unnamed ones among them: the index of a folder of pages, which may lie
 * above it, and the index beside a dump. Links are followed.
 */
import { statSync } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { boundary } from "../../base/errors.ts";
import { shortHash } from "../../base/hash.ts";
import { findIndex } from "./multistream-index.ts";
import { indexOf } from "./wikitext-folder.ts";

/** Files outside a local source, a file or a folder, that are read with it though it does not name them. */
export function filesBeside(path: string): string[] {
  const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
  const isText = path.endsWith(".wikitext");
  const index = isFolder ? indexOf(path) : isText ? indexOf(dirname(path)) : findIndex(path);
  return index === undefined || (isFolder && index === join(path, "index.jsonl")) ? [] : [index];
}

/** A hash of the names, sizes and times of change of all files that local sources are read from. */
export async function versionOf(paths: readonly string[]): Promise<string> {
  const parts: string[] = [];
  for (const path of paths) {
    const found = await boundary(`source ${path}`, () => stat(path));
    const inside = found.isDirectory()
      ? (await boundary(`source ${path}`, () => readdir(path))).sort().map((name) => join(path, name))
      : [path];
    const files = [...inside, ...filesBeside(path)];
    const states = await Promise.all(files.map(stateOf));
    for (const [index, file] of files.entries()) parts.push(file, states[index] as string);
  }
  return shortHash(parts);
}

async function stateOf(file: string): Promise<string> {
  const found = await stat(file).catch(() => undefined);
  return found?.isFile() ? `${found.size} ${found.mtimeMs}` : "no file";
}
