/**
 * What a chat completion says: its text, thinking that came apart from it, why it ended; and the JSON in a text that
 * was to be JSON and nothing else but often is not: behind thinking, in a code fence, between sentences.
 */
import { z } from "zod";
import { tryJson } from "../base/jsonl.ts";
import type { Reply } from "./sampler.ts";

const partSchema = z.looseObject({ type: z.string().optional(), text: z.string().optional() });

const messageSchema = z.looseObject({
  content: z.union([z.string(), z.array(partSchema)]).nullish(),
  refusal: z.string().nullish(),
  reasoning_content: z.string().nullish(),
  reasoning: z.string().nullish(),
});

const completionSchema = z.looseObject({
  choices: z.array(z.looseObject({ finish_reason: z.string().nullish(), message: messageSchema })).min(1),
  usage: z.looseObject({ completion_tokens: z.number().nullish() }).nullish(),
});

const failureSchema = z.looseObject({
  error: z.union([
    z.string().transform((message) => ({ message, code: undefined })),
    z.looseObject({ message: z.string(), code: z.union([z.number(), z.string()]).nullish() }),
  ]),
});

export type Completion = Omit<Reply, "id">;

/** The completion in an answer; undefined where the answer is none. */
export function completionOf(answer: unknown): Completion | undefined {
  const parsed = completionSchema.safeParse(answer);
  const choice = parsed.data?.choices[0];
  if (choice === undefined) return undefined;
  const { content, refusal, reasoning_content, reasoning } = choice.message;
  const text =
    typeof content === "string"
      ? content
      : (content ?? [])
          .filter(({ type }) => type === undefined || type === "text")
          .map((part) => part.text ?? "")
          .join("");
  const isRefused = choice.finish_reason === "content_filter" || (refusal ?? "") !== "";
  const thinking = reasoning_content || reasoning;
  return {
    text: text || refusal || "",
    finish: isRefused ? "refused" : choice.finish_reason === "length" ? "length" : "stop",
    tokens: parsed.data?.usage?.completion_tokens ?? 0,
    ...(thinking ? { reasoning: thinking } : {}),
  };
}

/** The error that some routers send with status 200. */
export function failureIn(
  answer: unknown,
): { readonly status: number; readonly message: string } | undefined {
  const error = failureSchema.safeParse(answer).data?.error;
  if (error === undefined) return undefined;
  const status = Number(error.code);
  return { status: status >= 400 && status < 600 ? status : 500, message: error.message };
}

/** A schema as it is sent: every field required, as the strict form wants it; what may be absent may be null. */
export function wireSchema(schema: z.ZodType): Record<string, unknown> {
  const { $schema: _, ...wire } = z.toJSONSchema(schema, {
    io: "input",
    override: ({ jsonSchema }) => {
      if (jsonSchema.type !== "object" || jsonSchema.properties === undefined) return;
      jsonSchema.required = Object.keys(jsonSchema.properties);
      jsonSchema.additionalProperties = false;
    },
  });
  return wire;
}

/** The value in a text that fits the schema, or why there is none. */
export function valueIn<T>(
  text: string,
  schema: z.ZodType<T>,
): { readonly ok: true; readonly value: T } | { readonly ok: false; readonly reason: string } {
  let reason: string | undefined;
  for (const candidate of candidatesIn(text)) {
    const value = tryJson(candidate);
    if (value === undefined) {
      reason ??= "the JSON cannot be read: it breaks off, or a quote or comma is missing";
      continue;
    }
    const parsed = schema.safeParse(value);
    if (parsed.success) return { ok: true, value: parsed.data };
    reason ??= z.prettifyError(parsed.error).slice(0, 600);
  }
  return { ok: false, reason: reason ?? 'no JSON object was found; it must start with "{"' };
}

/** Where the JSON may be, the likeliest first: all of it, a code fence, an object; later ones before drafts. */
function candidatesIn(text: string): string[] {
  const closed = text.lastIndexOf("</think>");
  const said = (closed === -1 ? text : text.slice(closed + "</think>".length)).trim();
  const fenced = said
    .split("```")
    .filter((_, index) => index % 2 === 1)
    .map((part) => part.slice(Math.max(0, part.search(/[{[]/u))));
  return [...(said.startsWith("{") ? [said] : []), ...fenced.reverse(), ...[...objectsIn(said)].reverse()];
}

/** The outermost `{…}` of a text, braces in strings left alone; one pass. */
function* objectsIn(text: string): Generator<string> {
  let depth = 0;
  let start = 0;
  let inString = false;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (inString) {
      if (code === 92) at += 1;
      else if (code === 34) inString = false;
    } else if (code === 34 && depth > 0) inString = true;
    else if (code === 123) {
      if (depth === 0) start = at;
      depth += 1;
    } else if (code === 125 && depth > 0) {
      depth -= 1;
      if (depth === 0) yield text.slice(start, at + 1);
    }
  }
}
