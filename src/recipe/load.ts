/**
 * Loading recipes: defaults of the schema ← recipe files from left to right ← `--set key.path=value`. Maps are merged,
 * lists and values replaced, null takes a key away. A file that `extends` another lies above it. Every mistake is
 * reported at its file, line and column, all of them at once.
 */
import { readFile, stat } from "node:fs/promises";
import { dirname, isAbsolute, join, normalize, resolve } from "node:path";
import { isMap, isPair, isScalar, LineCounter, type Node, parseDocument } from "yaml";
import { boundary, UsageError } from "../base/errors.ts";
import { type Fault, faultsOf } from "./faults.ts";
import { merge } from "./merge.ts";
import { type Recipe, recipeSchema } from "./schema.ts";

interface Layer {
  readonly value: unknown;
  /** Where the value at a path was written: "recipes/a.yaml:3:5", or the flag; undefined if this layer has no such path. */
  locate(path: readonly PropertyKey[], what?: "key" | "value"): string | undefined;
}

/** Reads, merges and checks recipe files and overrides. */
export async function loadRecipe(
  files: readonly string[],
  overrides: readonly string[] = [],
): Promise<Recipe> {
  const layers: Layer[] = [];
  for (const file of files) layers.push(...(await readLayers(file, [])));
  for (const override of overrides) layers.push(parseOverride(override));
  const merged = layers.reduce<unknown>((below, layer) => merge(below, layer.value, recipeSchema), {});
  const parsed = recipeSchema.safeParse(merged);
  if (parsed.success) return parsed.data;
  const lines = faultsOf(parsed.error.issues, recipeSchema, merged).map(
    (fault) => `${placeOf(fault, layers) ?? files[0] ?? "recipe"}  ${fault.words}`,
  );
  throw new UsageError([...new Set(lines)].join("\n"));
}

/** The layers of a file: those of the one that it extends, then its own. `above` are the files that extend it. */
async function readLayers(file: string, above: readonly string[]): Promise<Layer[]> {
  const layer = parseYaml(file, await boundary("recipe", () => readFile(file, "utf8")));
  const { extends: base, ...value } = layer.value as Record<string, unknown>;
  if (base === undefined || base === null) return [{ ...layer, value }];
  const place = layer.locate(["extends"]) ?? file;
  if (typeof base !== "string")
    throw new UsageError(
      `${place}  extends is ${JSON.stringify(base)}; expected the path of one recipe file`,
    );
  const path = isAbsolute(base) ? base : normalize(join(dirname(file), base));
  const chain = [...above, resolve(file)];
  if (chain.includes(resolve(path)))
    throw new UsageError(`${place}  extends ${base}, which extends this file again`);
  const found = await stat(path).catch(() => undefined);
  if (found === undefined || found.isDirectory())
    throw new UsageError(
      `${place}  extends ${base}, but ${path} ${found === undefined ? "does not exist" : "is a folder"}; expected a recipe file, by its path as seen from this one`,
    );
  return [...(await readLayers(path, chain)), { ...layer, value }];
}

function parseYaml(file: string, text: string): Layer {
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter });
  const place = (offset: number): string => {
    const { line, col } = counter.linePos(offset);
    return `${file}:${line}:${col}`;
  };
  const error = document.errors[0];
  if (error) throw new UsageError(`${place(error.pos[0])}  ${said(error)}`);
  const value: unknown = document.toJS() ?? {};
  if (typeof value !== "object" || Array.isArray(value))
    throw new UsageError(
      `${file}:1:1  a recipe is a map of sections ("seed: 1", "reinforce:" …), not ${typeof value}`,
    );
  return {
    value,
    locate(path, what = "value") {
      const offset = offsetOf(document.contents, path, what);
      return offset === undefined ? undefined : place(offset);
    },
  };
}

/** What is wrong with YAML, without the place, which is named already. */
function said({ message }: Error): string {
  return message.split("\n")[0]!.replace(/ at line \d+, column \d+:?$/u, "");
}

/** Offset of what is written at a path: the key, or the value where it is a scalar, or the item of a list. */
function offsetOf(
  root: Node | null,
  path: readonly PropertyKey[],
  what: "key" | "value",
): number | undefined {
  let node: unknown = root;
  let offset: number | undefined;
  for (const key of path) {
    if (isMap(node)) {
      const pair = node.items.find(
        (item) => isPair(item) && isScalar(item.key) && String(item.key.value) === String(key),
      );
      if (!pair) return undefined;
      const keyNode = pair.key as { range?: [number, number, number] };
      const valueNode = pair.value as { range?: [number, number, number] } | null;
      offset =
        (what === "value" && isScalar(pair.value) ? valueNode?.range?.[0] : undefined) ?? keyNode.range?.[0];
      node = pair.value;
    } else if (typeof node === "object" && node !== null && "items" in node && typeof key === "number") {
      node = (node.items as unknown[])[key];
      offset = (node as { range?: [number, number, number] } | undefined)?.range?.[0];
    } else return undefined;
  }
  return offset;
}

function parseOverride(override: string): Layer {
  const equals = override.indexOf("=");
  if (equals <= 0)
    throw new UsageError(
      `--set ${override}: expected key.path=value, for instance --set reinforce.stage1.steps=50`,
    );
  const path = override.slice(0, equals).split(".");
  const document = parseDocument(override.slice(equals + 1));
  if (document.errors[0]) throw new UsageError(`--set ${override}: ${said(document.errors[0])}`);
  const leaf: unknown = document.toJS();
  const value = path.reduceRight<unknown>((inner, key) => ({ [key]: inner }), leaf);
  // What lies under its path, and the sections that it writes into.
  const covers = (asked: readonly PropertyKey[]): boolean =>
    asked.every((key, i) => i >= path.length || String(key) === path[i]);
  return { value, locate: (asked) => (covers(asked) ? `--set ${override}` : undefined) };
}

/** Where a path was written, or the nearest of the sections that it is in. */
function placeOf({ path, where }: Fault, layers: readonly Layer[]): string | undefined {
  for (let length = path.length; length > 0; length--)
    for (const layer of layers.toReversed()) {
      const place = layer.locate(path.slice(0, length), where);
      if (place !== undefined) return place;
    }
  return undefined;
}
