/** `recipe explain`: every key with its default, its meaning and, in the meaning, what the paper says of it. */
import { z } from "zod";
import { recipeSchema } from "./schema.ts";

export interface Explanation {
  /** The key as it is written in `--set`. */
  readonly key: string;
  readonly type: string;
  readonly default: unknown;
  readonly meaning: string;
}

interface JsonSchema {
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly items?: JsonSchema;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly JsonSchema[];
  readonly default?: unknown;
  readonly description?: string;
  readonly minimum?: number;
  readonly maximum?: number;
}

/** All keys of a recipe in order, those of one section if it is named. */
export function explainRecipe(section?: string): Explanation[] {
  const schema = z.toJSONSchema(recipeSchema, { io: "input", unrepresentable: "any" }) as JsonSchema;
  const defaults = recipeSchema.parse({ name: "defaults" });
  const all = walk(schema, [], defaults);
  return section === undefined
    ? all
    : all.filter(({ key }) => key === section || key.startsWith(`${section}.`));
}

/** The schema as JSON Schema, for editors. */
export function recipeJsonSchema(): unknown {
  return z.toJSONSchema(recipeSchema, { io: "input", unrepresentable: "any" });
}

function walk(schema: JsonSchema, path: readonly string[], value: unknown): Explanation[] {
  if (schema.properties !== undefined)
    return Object.entries(schema.properties).flatMap(([key, inner]) =>
      walk(inner, [...path, key], (value as Record<string, unknown> | undefined)?.[key]),
    );
  return [
    {
      key: path.join("."),
      type: typeOf(schema),
      default: value ?? schema.default,
      meaning: schema.description ?? "",
    },
  ];
}

function typeOf(schema: JsonSchema): string {
  if (schema.enum !== undefined) return schema.enum.map(String).join(" | ");
  if (schema.anyOf !== undefined) return schema.anyOf.map(typeOf).join(" or ");
  if (schema.type === "array")
    return `list of ${schema.items === undefined ? "values" : typeOf(schema.items)}`;
  return String(schema.type ?? "value");
}
