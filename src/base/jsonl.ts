/**
 * JSON Lines: one record a line, greppable and append-safe.
 *
 * Reading checks each line against a schema and names file and line of the first that does not fit. Writing goes to
 * a file beside the target that is renamed at the end, so that a reader sees a whole file or none.
 */
import { createReadStream } from "node:fs";
import { readFile, truncate } from "node:fs/promises";
import { createInterface } from "node:readline";
import type { z } from "zod";
import { UsageError } from "./errors.ts";
import { writePieces } from "./files.ts";

/** The records of a file, one at a time. Blank lines are skipped. */
export async function* readJsonl<T>(path: string, schema: z.ZodType<T>): AsyncGenerator<T> {
  let number = 0;
  const input = createReadStream(path, "utf8");
  for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    number += 1;
    if (line.trim() === "") continue;
    yield parseLine(line, schema, `${path}:${number}`);
  }
}

/** All records of a file. */
export async function loadJsonl<T>(path: string, schema: z.ZodType<T>): Promise<T[]> {
  const records: T[] = [];
  for await (const record of readJsonl(path, schema)) records.push(record);
  return records;
}

function parseLine<T>(line: string, schema: z.ZodType<T>, where: string): T {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (cause) {
    throw new UsageError(`${where}: not JSON: "${line.slice(0, 60)}"; each line must be one JSON object`, {
      cause,
    });
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new UsageError(`${where}: ${issue?.path.join(".") || "record"}: ${issue?.message ?? "does not fit"}`);
}

/** Writes records as a whole file, or leaves no file. Returns how many there were. */
export async function writeJsonl(
  path: string,
  records: Iterable<unknown> | AsyncIterable<unknown>,
): Promise<number> {
  let count = 0;
  await writePieces(path, async (file) => {
    let buffer = "";
    for await (const record of records) {
      buffer += `${JSON.stringify(record)}\n`;
      count += 1;
      if (buffer.length > 1 << 20) {
        await file.writeFile(buffer);
        buffer = "";
      }
    }
    await file.writeFile(buffer);
  });
  return count;
}

/** The value of a line of JSON; undefined where it is not JSON, as a line cut off by a kill. */
export function tryJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/** Cuts off half a line at the end of a file that a kill left, so that lines can be appended. */
export async function mendTail(path: string): Promise<void> {
  const bytes = await readFile(path);
  const whole = bytes.lastIndexOf("\n") + 1;
  if (whole < bytes.length) await truncate(path, whole);
}
