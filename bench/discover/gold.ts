/**
 * The pages labelled by hand (gold/README.md has the rules), one YAML file a page.
 *
 * Invariant: a name may be written several ways ("A | B"); it is matched when any of them is.
 */
import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { UsageError } from "../../src/base/errors.ts";
import { predicates } from "../../src/records/relation.ts";

/** Whether it is a predicate of the table, as it is or turned round by "^": "A P the page". */
const isKey = (key: string): boolean => predicates.some((one) => one === key.replace(/^\^/, ""));
const keySchema = z.string().refine(isKey, "not a predicate of the table");
const namesSchema = z.array(z.string().min(1)).min(1);
const listsSchema = z.record(keySchema, namesSchema);
const wordsSchema = z.partialRecord(z.enum(["frequency", "condition", "hedge"]), z.string());

const labelsSchema = z.strictObject({
  title: z.string().min(1),
  source: z.enum(["samples", "gold"]),
  /** Kept back: measured apart, and its mistakes are never printed. */
  held: z.boolean().optional(),
  /** "a | b" where either is right; "notMedical" for a page without an entity. */
  type: z.string().min(1),
  infobox: listsSchema.optional(),
  text: z
    .object({ unlinked: listsSchema.optional() })
    .catchall(namesSchema)
    .refine((text) => Object.keys(text).every((key) => key === "unlinked" || isKey(key)), "not a predicate")
    .optional(),
  table: listsSchema.optional(),
  either: listsSchema.optional(),
  types: z.record(z.string(), namesSchema).optional(),
  attributes: z.array(z.tuple([keySchema, z.string().min(1), wordsSchema])).optional(),
  not: z.array(z.tuple([keySchema, z.string().min(1)])).optional(),
  notEntities: namesSchema.optional(),
});

/** Where a relation is labelled; "either" is neither asked for nor held against the reading. */
export type Block = "infobox" | "text" | "unlinked" | "table" | "either" | "not";

/** One labelled relation of a page's entity. */
export interface Label {
  readonly block: Block;
  /** With "^" when the page's entity is the tail. */
  readonly predicate: string;
  /** All ways to write the other entity. */
  readonly names: readonly string[];
}

interface AttributeLabel {
  readonly predicate: string;
  readonly names: readonly string[];
  readonly words: Readonly<Partial<Record<"frequency" | "condition" | "hedge", readonly string[]>>>;
}

export interface GoldPage {
  readonly title: string;
  /** A page of the sample encyclopedia, or one written for the purpose. */
  readonly source: "samples" | "gold";
  /** Kept back from those who tune the rules. */
  readonly isHeld: boolean;
  /** Types of the page's entity that are right; empty when the page is about nothing medical. */
  readonly types: readonly string[];
  readonly labels: readonly Label[];
  /** Entities that the labels name, with the types that are right. */
  readonly tails: readonly { readonly names: readonly string[]; readonly types: readonly string[] }[];
  readonly attributes: readonly AttributeLabel[];
  readonly notEntities: readonly string[];
  readonly wikitext: string;
}

/** The ways to write a name, apart. */
function ways(text: string): string[] {
  return text.split("|").map((way) => way.trim());
}

/** Makes a gold page of a parsed YAML file. @throws UsageError where it does not fit the form. */
export function goldPage(where: string, value: unknown, wikitext: string): GoldPage {
  const parsed = labelsSchema.safeParse(value);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new UsageError(`${where}: ${issue?.path.join(".") ?? ""}: ${issue?.message ?? "does not fit"}`);
  }
  const page = parsed.data;
  const { unlinked, ...linked } = page.text ?? {};
  const labels = [
    ...labelsOf("infobox", page.infobox),
    ...labelsOf("text", linked),
    ...labelsOf("unlinked", unlinked),
    ...labelsOf("table", page.table),
    ...labelsOf("either", page.either),
    ...(page.not ?? []).map(([predicate, name]) => ({ block: "not" as const, predicate, names: ways(name) })),
  ];
  return {
    title: page.title,
    source: page.source,
    isHeld: page.held === true,
    types: page.type === "notMedical" ? [] : ways(page.type),
    labels,
    tails: tailsOf(where, labels, page.types ?? {}),
    attributes: (page.attributes ?? []).map(([predicate, name, words]) => ({
      predicate,
      names: ways(name),
      words: Object.fromEntries(Object.entries(words).map(([field, said]) => [field, ways(said)])),
    })),
    notEntities: page.notEntities ?? [],
    wikitext,
  };
}

function labelsOf(block: Block, lists: Readonly<Record<string, readonly string[]>> = {}): Label[] {
  return Object.entries(lists).flatMap(([predicate, names]) =>
    names.map((name) => ({ block, predicate, names: ways(name) })),
  );
}

/** The entities that are asked for, once each: labels that share a way of writing are one entity. */
function tailsOf(
  where: string,
  labels: readonly Label[],
  types: Readonly<Record<string, readonly string[]>>,
): GoldPage["tails"] {
  const typesOf = new Map<string, string[]>();
  for (const [type, names] of Object.entries(types)) {
    for (const way of names.flatMap(ways)) typesOf.set(way, [...(typesOf.get(way) ?? []), ...ways(type)]);
  }
  const tails: { names: string[]; types: string[] }[] = [];
  for (const { block, names } of labels) {
    if (block === "either" || block === "not") continue;
    const right = names.flatMap((name) => typesOf.get(name) ?? []);
    if (right.length === 0) throw new UsageError(`${where}: "${names[0]}" is labelled but has no type`);
    const known = tails.find((tail) => tail.names.some((name) => names.includes(name)));
    if (known === undefined) tails.push({ names: [...names], types: [...new Set(right)] });
    else {
      known.names = [...new Set([...known.names, ...names])];
      known.types = [...new Set([...known.types, ...right])];
    }
  }
  return tails;
}

/** Reads every label file of a folder, in order of name; the wikitext comes from the first folder that has the page. */
export async function readGold(folder: string, pageFolders: readonly string[]): Promise<GoldPage[]> {
  const files = (await readdir(folder)).filter((name) => name.endsWith(".yaml")).sort();
  if (files.length === 0) throw new UsageError(`${folder}: there are no labels here`);
  const pages: GoldPage[] = [];
  for (const file of files) {
    const value: unknown = parse(await readFile(join(folder, file), "utf8"));
    const title = z.looseObject({ title: z.string() }).parse(value).title;
    const name = `${title.replaceAll(" ", "_")}.wikitext`;
    const path = pageFolders.map((one) => join(one, name)).find(existsSync);
    if (path === undefined) throw new UsageError(`${join(folder, file)}: there is no page ${name}`);
    pages.push(goldPage(join(folder, file), value, await readFile(path, "utf8")));
  }
  return pages;
}
