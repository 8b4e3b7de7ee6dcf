// Imports run one way: base ← records ← recipe | engine | graph ← verify ← models ← stages ← cluster | serve ← cli.
// Stages hand over by files and never import one another. This test reads the import lines of every source file.
import { readdirSync, readFileSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";
import { expect, test } from "vitest";

const root = resolve(import.meta.dirname, "..");
const source = join(root, "src");

const stages = [
  "discover",
  "curate",
  "synthesize",
  "refine",
  "pretrain",
  "coldstart",
  "reinforce",
  "evaluate",
  "report",
];
const below = (...folders: string[]): Set<string> => new Set(folders);
const allowed: Readonly<Record<string, ReadonlySet<string>>> = {
  base: below(),
  records: below("base"),
  recipe: below("base", "records"),
  engine: below("base", "records"),
  graph: below("base", "records"),
  verify: below("base", "records", "recipe", "engine", "graph"),
  models: below("base", "records", "recipe", "engine", "graph", "verify"),
  ...Object.fromEntries(
    stages.map((stage) => [stage, below("base", "records", "recipe", "engine", "graph", "verify", "models")]),
  ),
  cli: below("base", "records", "recipe", "engine", "graph", "verify", "models", ...stages),
};

interface Import {
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

function sourceFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
    .map((entry) => join(entry.parentPath, entry.name));
}

const files = sourceFiles(source);
const layerOf = (file: string): string => relative(source, file).split(sep)[0]!;

function importsOf(file: string): Import[] {
  const text = readFileSync(file, "utf8");
  const targets = [...text.matchAll(/(?:from|import)\s*\(?\s*"(\.[^"]+)"/gu)].map((match) =>
    resolve(file, "..", match[1]!),
  );
  return targets.map((target) => ({ file: relative(root, file), from: layerOf(file), to: layerOf(target) }));
}

test("every import goes down the layers or stays in its folder", () => {
  const imports = files.flatMap(importsOf);
  expect(imports.length).toBeGreaterThan(100);
  const wrong = imports.filter(({ from, to }) => from !== to && !allowed[from]?.has(to));
  expect(wrong).toEqual([]);
});

test("every folder of the source is a layer that this test knows", () => {
  const folders = new Set(files.map(layerOf));
  expect([...folders].filter((folder) => !(folder in allowed))).toEqual([]);
});

test("no module imports itself through others inside its folder", () => {
  const graph = new Map(files.map((file) => [file, localImports(file)]));
  const state = new Map<string, "open" | "done">();
  const cycles: string[] = [];
  const visit = (file: string, trail: readonly string[]): void => {
    if (state.get(file) === "done") return;
    if (state.get(file) === "open") {
      cycles.push(
        [...trail.slice(trail.indexOf(file)), file].map((name) => relative(source, name)).join(" → "),
      );
      return;
    }
    state.set(file, "open");
    for (const next of graph.get(file) ?? []) visit(next, [...trail, file]);
    state.set(file, "done");
  };
  for (const file of files) visit(file, []);
  expect(cycles).toEqual([]);
});

/** Imports of values; a type that two files need of each other is no cycle at run time. */
function localImports(file: string): string[] {
  const text = readFileSync(file, "utf8");
  const lines = [...text.matchAll(/import\s+(?!type\b)[^;]*?from\s+"(\.[^"]+)"/gu)];
  return lines.map((match) => resolve(file, "..", match[1]!));
}

test("no source file is longer than 400 lines and the median is at most 130", () => {
  const lengths = files
    .filter((file) => !file.endsWith(".test.ts"))
    .map((file) => ({ file: relative(root, file), lines: readFileSync(file, "utf8").split("\n").length - 1 }))
    .sort((a, b) => a.lines - b.lines);
  expect(lengths.filter(({ lines }) => lines > 400)).toEqual([]);
  expect(lengths[Math.floor(lengths.length / 2)]!.lines).toBeLessThanOrEqual(130);
});

test("every source file opens with a comment that says what it is for", () => {
  const silent = files.filter(
    (file) => !file.endsWith(".test.ts") && !/^(#!.*\n)?\/(\*\*|\/)/u.test(readFileSync(file, "utf8")),
  );
  expect(silent.map((file) => relative(root, file))).toEqual([]);
});

test("nothing draws from an unseeded generator", () => {
  const guilty = files.filter((file) =>
    readFileSync(file, "utf8")
      .replaceAll(/`[^`]*`|\/\*[\s\S]*?\*\//gu, "")
      .includes("Math.random"),
  );
  expect(guilty.map((file) => relative(root, file))).toEqual([]);
});
