/**
 * What is wrong with a recipe, in words: each mistake with the key it stands at, what was found and what was expected.
 *
 * Where a key may have several forms (a path, or a section with more about it), the mistakes are those of the form
 * that the value comes nearest to, never "invalid" for all of them together.
 */
import type { z } from "zod";
import { nearest } from "../base/nearest.ts";
import { formsOf, keysOf, stepInto } from "./forms.ts";

type Path = readonly PropertyKey[];
type Issue = z.core.$ZodIssue;

export interface Fault {
  readonly path: Path;
  /** Whether the key is wrong, or what it holds. */
  readonly where: "key" | "value";
  /** The whole sentence, the key with its sections included. */
  readonly words: string;
}

/** The mistakes behind what a schema found in a value, in its order. */
export function faultsOf(issues: readonly Issue[], schema: unknown, value: unknown): Fault[] {
  return issues.flatMap((issue) => faultsOfIssue(issue, { schema, value, above: [] }));
}

/** Where a schema was applied: the value that it was given, and the path to it. */
interface Place {
  readonly schema: unknown;
  readonly value: unknown;
  readonly above: Path;
  /** All forms that the value may have, where the schema is one of them. */
  readonly forms?: unknown;
}

function faultsOfIssue(issue: Issue, { schema, value, above, forms }: Place): Fault[] {
  const path = [...above, ...issue.path];
  const name = path.join(".") || "recipe";
  const found = issue.path.reduce<unknown>(fieldOf, value);
  const here = issue.path.reduce<unknown>(stepInto, schema);
  switch (issue.code) {
    case "unrecognized_keys":
      // zod names the one form that a value fits but for its keys, be another nearer or not.
      if (formsOf(here).length > 1) {
        const errors = formsOf(here).map((form) => issuesOf(form, found));
        return faultsOfUnion(errors, { schema: here, value: found, above: path });
      }
      return issue.keys.map((key) => {
        const known = keysOf(here);
        const elsewhere = issue.path.length === 0 ? keysOf(forms).filter((one) => one !== key) : [];
        const meant = nearest(key, known) ?? nearest(key, elsewhere);
        const hint = meant === undefined ? `known keys: ${known.join(", ")}` : `did you mean "${meant}"?`;
        const whole = [...path, key];
        return { path: whole, where: "key", words: `unknown key "${whole.join(".")}"; ${hint}` };
      });
    case "invalid_key":
      return issue.issues.map((inner) => ({
        path,
        where: "key",
        words: `"${name}" ${phrase(inner, path.at(-1))}`,
      }));
    case "invalid_union":
      return faultsOfUnion(issue.errors, { schema: here, value: found, above: path });
    default:
      return [{ path, where: "value", words: `${name} ${phrase(issue, found)}${keysWanted(issue, here)}` }];
  }
}

/** The mistakes of the form that the value comes nearest to; `errors` are those of each form. */
function faultsOfUnion(errors: readonly (readonly Issue[])[], { schema, value, above }: Place): Fault[] {
  const forms = errors.map((found, at) => ({ errors: found, schema: formsOf(schema)[at] }));
  const fitting = forms.filter((form) => !form.errors.some(isOfOtherType));
  const [nearby] = fitting.sort(
    (a, b) => unknownKeys(a.errors) - unknownKeys(b.errors) || a.errors.length - b.errors.length,
  );
  if (nearby !== undefined)
    return nearby.errors.flatMap((inner) =>
      faultsOfIssue(inner, { schema: nearby.schema, value, above, forms: schema }),
    );
  const kinds = [...new Set(errors.flat().filter(isOfOtherType).map(kindOf))];
  const found = value === undefined ? "is missing" : `is ${shown(value)}`;
  const words = `${above.join(".") || "recipe"} ${found}; expected ${kinds.join(" or ")}`;
  return [{ path: above, where: "value", words }];
}

function issuesOf(form: unknown, value: unknown): readonly Issue[] {
  return (form as z.ZodType).safeParse(value).error?.issues ?? [];
}

/** Whether a value is of another type than a form as a whole. */
function isOfOtherType(issue: Issue): boolean {
  return issue.code === "invalid_type" && issue.path.length === 0;
}

/** How many keys of a value a form does not know: its keys say which form is meant, whatever else is wrong. */
function unknownKeys(issues: readonly Issue[]): number {
  return issues.reduce((sum, issue) => sum + (issue.code === "unrecognized_keys" ? issue.keys.length : 0), 0);
}

/** The verb and what follows: our own messages read "is 1; …" already, zod's read "Invalid input: expected …". */
function phrase(issue: Issue, found: unknown): string {
  if (/^(is|must|has|needs) /u.test(issue.message)) return issue.message;
  if (issue.code === "invalid_type")
    return `${found === undefined ? "is missing" : `is ${shown(found)}`}; expected ${kindOf(issue)}`;
  if (issue.code === "invalid_value")
    return `is ${shown(found)}; expected ${issue.values.length > 1 ? "one of " : ""}${issue.values.map(String).join(", ")}`;
  return `is ${shown(found)}; ${issue.message.replace(/^(?:Invalid input|Too small|Too big): /u, "")}`;
}

/** The keys of the section that stands nowhere, or something else in its place: " with the keys low, high". */
function keysWanted(issue: Issue, schema: unknown): string {
  if (issue.code !== "invalid_type" || kindOf(issue) !== "section") return "";
  const keys = keysOf(schema);
  return keys.length === 0 ? "" : ` with the key${keys.length === 1 ? "" : "s"} ${keys.join(", ")}`;
}

const kinds: Readonly<Record<string, string>> = {
  object: "section",
  record: "section",
  array: "list",
  int: "whole number",
  boolean: "true or false",
};

function kindOf(issue: Issue): string {
  const { expected } = issue as { readonly expected?: unknown };
  return kinds[String(expected)] ?? String(expected);
}

/** A value as a message shows it. */
function shown(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object" && value !== null) return "a section";
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

function fieldOf(value: unknown, key: PropertyKey): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;
}
