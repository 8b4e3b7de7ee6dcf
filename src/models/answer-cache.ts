/**
 * Forms that a model filled in, kept on disk, so that a run that goes on, or is made again, asks nothing twice and reads
 * the same answers. One file an answer, named by the hash of all that the answer depends on.
 *
 * Invariants: a file is whole or absent; only what the model itself said is kept, not the failure of a server; what
 * is read back is checked against the schema like any reply.
 */
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { writeJson } from "../base/files.ts";
import { hashJson } from "../base/hash.ts";
import { tryJson } from "../base/jsonl.ts";
import type { Structured, StructuredModel, StructuredRequest } from "./endpoint.ts";

const keptSchema = z.discriminatedUnion("ok", [
  z.strictObject({ id: z.string(), ok: z.literal(true), value: z.unknown(), tokens: z.number() }),
  z.strictObject({ id: z.string(), ok: z.literal(false), reason: z.string(), tokens: z.number() }),
]);

/** The same model, asked only what the folder does not answer. */
export function keptAnswers(model: StructuredModel, folder: string): StructuredModel {
  /** Two callers with the same question share one answer and one file. */
  const underWay = new Map<string, Promise<Structured<unknown>>>();
  return {
    url: model.url,
    model: model.model,
    async structured<T>(request: StructuredRequest<T>, signal: AbortSignal): Promise<Structured<T>> {
      signal.throwIfAborted();
      const path = pathOf(folder, model, request);
      const kept = await readKept(path, request.schema);
      if (kept !== undefined) return kept;
      const asked = underWay.get(path) ?? askAndKeep(model, request, signal, path);
      underWay.set(path, asked);
      try {
        return (await asked) as Structured<T>;
      } finally {
        underWay.delete(path);
      }
    },
  };
}

function pathOf(folder: string, model: StructuredModel, request: StructuredRequest<unknown>): string {
  const { system, prompt, schema, temperature, maxTokens, seed } = request;
  const form = z.toJSONSchema(schema, { io: "input" });
  const hash = hashJson({
    url: model.url,
    model: model.model,
    system,
    prompt,
    form,
    temperature,
    maxTokens,
    seed,
  });
  return join(folder, hash.slice(0, 2), `${hash}.json`);
}

async function askAndKeep<T>(
  model: StructuredModel,
  request: StructuredRequest<T>,
  signal: AbortSignal,
  path: string,
): Promise<Structured<T>> {
  const answer = await model.structured(request, signal);
  const { tokens } = answer;
  if (answer.ok) await writeJson(path, { id: request.id, ok: true, value: answer.value, tokens });
  else if (answer.isFinal)
    await writeJson(path, { id: request.id, ok: false, reason: answer.reason, tokens });
  return answer;
}

/** What the file holds; undefined where there is none, or none that fits. */
async function readKept<T>(path: string, schema: z.ZodType<T>): Promise<Structured<T> | undefined> {
  if (!existsSync(path)) return undefined;
  const kept = keptSchema.safeParse(tryJson(await readFile(path, "utf8"))).data;
  if (kept === undefined) return undefined;
  if (!kept.ok) return { ok: false, reason: kept.reason, tokens: kept.tokens, isFinal: true };
  const value = schema.safeParse(kept.value);
  return value.success ? { ok: true, value: value.data, tokens: kept.tokens } : undefined;
}
