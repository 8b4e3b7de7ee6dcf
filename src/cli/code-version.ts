/**
 * A hash of the code that a stage's outputs depend on: its own folder and the layers below it. A change of code makes
 * the stages that use it run again, and no others.
 */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { shortHash } from "../base/hash.ts";

const root = fileURLToPath(new URL("..", import.meta.url));

/** One hash over the code of some folders of the program, tests left out. */
export async function codeVersion(folders: readonly string[]): Promise<string> {
  const parts: string[] = [];
  for (const folder of [...folders].sort())
    for (const file of await codeFiles(folder)) parts.push(file, await readFile(join(root, file), "utf8"));
  return shortHash(parts);
}

async function codeFiles(folder: string): Promise<string[]> {
  const entries = await readdir(join(root, folder), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && /\.[jt]s$/u.test(entry.name) && !/\.(test|d)\.ts$/u.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length))
    .sort();
}
