/**
 * Lines of JSON that are too many to sort at once, split into files by ranges of a key: each file is sorted by itself,
 * and the files one after another are in order.
 *
 * Lines are copied as they are: only the value of the key is looked at. Keys are compared as UTF-8, as DuckDB does.
 */
import { type FileHandle, mkdir, open, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { invariant } from "../base/errors.ts";
import { fileLines } from "../base/file-lines.ts";
import { tryJson } from "../base/jsonl.ts";

/** Bytes of lines that wait to be written, over all files. */
const waitingBytes = 1 << 24;

/**
 * Splits the lines of files at keys: file i holds the lines whose key is not below `starts[i]`, but for the first,
 * which begins before all. Returns the files in order of the key; a file may be empty.
 */
export async function splitLines(
  files: readonly string[],
  key: string,
  starts: readonly string[],
  folder: string,
): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  const bounds = starts.slice(1).map((start) => Buffer.from(start));
  const parts = ["", ...bounds].map((_, at) => join(folder, `${at}.jsonl`));
  const handles: FileHandle[] = [];
  const waiting: Buffer[][] = parts.map(() => []);
  let bytes = 0;
  const flush = async (): Promise<void> => {
    for (const [at, lines] of waiting.entries()) {
      if (lines.length > 0) await (handles[at] as FileHandle).writeFile(Buffer.concat(lines));
      lines.length = 0;
    }
    bytes = 0;
  };
  try {
    for (const part of parts) handles.push(await open(part, "w"));
    const mark = Buffer.from(`${JSON.stringify(key)}:"`);
    for (const file of files)
      for await (const { bytes: line } of fileLines(file)) {
        if (line.length === 0) continue;
        (waiting[partOf(keyOf(line, mark, key, file), bounds)] as Buffer[]).push(line, lineBreak);
        bytes += line.length;
        if (bytes > waitingBytes) await flush();
      }
    await flush();
  } finally {
    for (const handle of handles) await handle.close();
  }
  return parts;
}

/** Sorts the lines of each part by key, of equal keys by the whole line; returns files with the lines in order. */
export async function sortLines(
  parts: readonly (readonly string[])[],
  key: string,
  folder: string,
): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  const mark = Buffer.from(`${JSON.stringify(key)}:"`);
  const sorted: string[] = [];
  for (const [at, files] of parts.entries()) {
    const lines: { readonly line: Buffer; readonly value: Buffer }[] = [];
    for (const file of files)
      for await (const { bytes: line } of fileLines(file))
        if (line.length > 0) lines.push({ line, value: keyOf(line, mark, key, file) });
    lines.sort((a, b) => Buffer.compare(a.value, b.value) || Buffer.compare(a.line, b.line));
    const target = join(folder, `${at}.jsonl`);
    await writeFile(target, Buffer.concat(lines.flatMap(({ line }) => [line, lineBreak])));
    sorted.push(target);
  }
  return sorted;
}

const lineBreak = Buffer.from("\n");

/** The value of the key. Inside of a JSON text a quotation mark is always escaped, so the mark stands at a key only. */
function keyOf(line: Buffer, mark: Buffer, key: string, file: string): Buffer {
  const at = line.indexOf(mark);
  if (at >= 0) {
    const start = at + mark.length;
    const end = line.indexOf(34, start);
    const value = line.subarray(start, end);
    if (end > start && !value.includes(92)) return value;
  }
  const value = (tryJson(line.toString()) as Readonly<Record<string, unknown>> | undefined)?.[key];
  invariant(
    typeof value === "string",
    `graph: ${file}: a line has no text "${key}": ${line.subarray(0, 80)}`,
  );
  return Buffer.from(value);
}

/** The last part that begins at or before the key. */
function partOf(key: Buffer, bounds: readonly Buffer[]): number {
  let low = 0;
  let high = bounds.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (Buffer.compare(bounds[middle] as Buffer, key) <= 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
