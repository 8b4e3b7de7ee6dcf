/**
 * What an endpoint takes of a chat request. "OpenAI-compatible" servers differ: some know no JSON Schema, some refuse
 * a seed, a temperature, a system turn, or want the length under another name. A request starts with everything, and
 * each refusal that names a part leaves that part out; what a server took is kept for the requests after it.
 *
 * Invariant: every step leaves a dialect plainer, so a request is refused only so often.
 */
import type { ChatCompletionCreateParamsNonStreaming } from "openai/resources/chat/completions";

/** One chat completion that is wanted. */
export interface ChatCall {
  readonly system?: string;
  readonly turns: readonly { readonly role: "user" | "assistant"; readonly content: string }[];
  /** Form of the reply; absent for free text. */
  readonly form?: { readonly name: string; readonly schema: Readonly<Record<string, unknown>> };
  readonly maxTokens: number;
  readonly temperature: number;
  readonly seed?: number;
  readonly stop?: readonly string[];
}

export interface Dialect {
  readonly form: "json_schema" | "json_object" | "text";
  readonly length: "max_tokens" | "max_completion_tokens";
  readonly takesTemperature: boolean;
  readonly takesSeed: boolean;
  readonly takesSystem: boolean;
}

/** Everything, as most servers take it. */
export const fullDialect: Dialect = {
  form: "json_schema",
  length: "max_tokens",
  takesTemperature: true,
  takesSeed: true,
  takesSystem: true,
};

/** With these a server says that it does not take a part; some say 500 for a schema that they cannot compile. */
const refusals = new Set([400, 404, 422, 500, 501]);

/** The next plainer dialect after a refusal, if its words point to a part of this call that can be left out. */
export function plainerDialect(
  dialect: Dialect,
  call: ChatCall,
  status: number | undefined,
  message: string,
): Dialect | undefined {
  if (status === undefined || !refusals.has(status)) return undefined;
  const words = message.toLowerCase();
  if (dialect.length === "max_tokens" && words.includes("max_completion_tokens"))
    return { ...dialect, length: "max_completion_tokens" };
  if (call.system !== undefined && dialect.takesSystem && /system (?:role|message|prompt)/u.test(words))
    return { ...dialect, takesSystem: false };
  if (call.form !== undefined && dialect.form !== "text") {
    const named =
      /response_format|json_schema|json_object|json mode|guided|grammar|structured output|schema/u.test(
        words,
      );
    // A refusal that says nothing ("Bad Request") may be meant for the part that fewest servers know.
    const isVague =
      (status === 400 || status === 422) &&
      !/temperature|seed|context|token|length|long|model|content|policy|safety|stop/u.test(words);
    if (named || isVague)
      return { ...dialect, form: dialect.form === "json_schema" ? "json_object" : "text" };
  }
  if (status !== 400 && status !== 422) return undefined;
  if (call.seed !== undefined && dialect.takesSeed && /\bseed\b/u.test(words))
    return { ...dialect, takesSeed: false };
  if (dialect.takesTemperature && /\btemperature\b/u.test(words))
    return { ...dialect, takesTemperature: false };
  return undefined;
}

/** What is told when a dialect became plainer; undefined when nothing was lost by it. */
export function lossBetween(before: Dialect, after: Dialect): string | undefined {
  const lost = [
    ...(before.form === after.form ? [] : [`replies are asked for as ${after.form}, not ${before.form}`]),
    ...(before.takesTemperature === after.takesTemperature
      ? []
      : ["it takes no temperature and uses its own"]),
    ...(before.takesSeed === after.takesSeed ? [] : ["it takes no seed"]),
  ];
  return lost.length === 0 ? undefined : lost.join("; ");
}

/** The request in a dialect. */
export function bodyOf(
  model: string,
  dialect: Dialect,
  call: ChatCall,
): ChatCompletionCreateParamsNonStreaming {
  const { form, seed, stop = [] } = call;
  const note =
    form === undefined || dialect.form === "json_schema"
      ? undefined
      : `Answer with one JSON object that fits this JSON Schema, and with nothing else:\n${JSON.stringify(form.schema)}`;
  const system = [call.system, note].filter((part) => part !== undefined).join("\n\n");
  const turns = call.turns.map((turn) => ({ ...turn }));
  const first = turns[0];
  if (system !== "" && !dialect.takesSystem && first) first.content = `${system}\n\n${first.content}`;
  return {
    model,
    messages: system !== "" && dialect.takesSystem ? [{ role: "system", content: system }, ...turns] : turns,
    [dialect.length]: call.maxTokens,
    ...(dialect.takesTemperature ? { temperature: call.temperature } : {}),
    ...(seed !== undefined && dialect.takesSeed ? { seed } : {}),
    ...(stop.length === 0 ? {} : { stop: [...stop] }),
    ...(form === undefined ? {} : responseFormat(dialect, form)),
  };
}

function responseFormat(
  dialect: Dialect,
  { name, schema }: NonNullable<ChatCall["form"]>,
): Pick<ChatCompletionCreateParamsNonStreaming, "response_format"> {
  switch (dialect.form) {
    case "json_schema":
      return { response_format: { type: "json_schema", json_schema: { name, schema, strict: true } } };
    case "json_object":
      return { response_format: { type: "json_object" } };
    case "text":
      return {};
    default:
      return dialect.form satisfies never;
  }
}
