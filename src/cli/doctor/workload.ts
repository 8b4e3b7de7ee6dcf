/**
 * How much a recipe makes: pages, relations, reasoning paths, questions of each split, before anything was read.
 *
 * Numbers of the graph follow from the bytes of the source, by what the sample encyclopedia and a generated dump gave
 * (docs/discover.md, docs/synthesize.md). They are the least certain part of an estimate: a factor of two either way.
 */
import { existsSync, statSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { setEntries } from "../../curate/registry.ts";
import type { Recipe } from "../../recipe/schema.ts";
import { resolveSource } from "../flags.ts";

export interface Workload {
  readonly sourceBytes: number;
  /** Pages that a live wiki is asked for. */
  readonly livePages: number;
  readonly relations: number;
  /** Reasoning paths of the graph. */
  readonly paths: number;
  /** Questions made along them. */
  readonly made: number;
  /** Public questions that are refined for training. */
  readonly curated: number;
  /** Public questions in all. */
  readonly read: number;
  readonly train: { readonly madePaths: number; readonly curated: number; readonly questions: number };
  readonly dev: number;
  readonly test: number;
  /** Questions of the benchmarks that are evaluated. */
  readonly benchmark: number;
}

/** Relations for a kilobyte of wikitext: pages written to be read, and pages of a dump. */
const DENSITY = { folder: 5.6, dump: 0.47 };
const BZIP2 = 4.5;
const LIVE_PAGE_BYTES = 15_000;
/** Reasoning paths for a relation and a kind of question. */
const PATHS = { closed: 0.026, open: 0.0095 };
const ALL_TYPES = 40;
/** Of the wordings that a path may have, those that differ enough to be kept. */
const KEPT_WORDINGS = 0.85;

/** The workload of a recipe; sources that are not there count as empty. */
export async function workloadOf(recipe: Recipe): Promise<Workload> {
  const { discover, synthesize, refine, curate, evaluate } = recipe;
  const live = [discover.source].flat().filter((source) => /^https?:/u.test(source));
  const livePages = live.length === 0 ? 0 : pagesAsked(recipe);
  let [sourceBytes, relations] = [0, 0];
  for (const source of [discover.source].flat()) {
    if (/^https?:/u.test(source)) continue;
    const { bytes, kind } = await sizeOf(resolveSource(source));
    sourceBytes += bytes;
    relations += (bytes / 1000) * DENSITY[kind];
  }
  relations = Math.round(relations + (livePages * LIVE_PAGE_BYTES * DENSITY.dump) / 1000);
  const kinds = synthesize.types.length || ALL_TYPES;
  const grown = Math.round(relations * PATHS[synthesize.world] * kinds);
  const paths = Math.min(grown, synthesize.maxPaths);
  const made = Math.min(
    synthesize.maxQuestions,
    Math.round(paths * Math.max(1, synthesize.wordings * KEPT_WORDINGS)),
  );
  const sets = Object.entries(curate.sets).map(([name, section]) => ({ name, size: setSize(name, section) }));
  const sum = (names: readonly string[]): number =>
    sets.filter(({ name }) => names.includes(name)).reduce((total, { size }) => total + size, 0);
  const curated = sum(refine.curated);
  const { train, dev, test, unseen } = refine.shares;
  const whole = train + dev + test + unseen;
  const wordings = paths === 0 ? 0 : made / paths;
  const madeTrain = paths * (train / whole) * Math.min(wordings, refine.trainWordings);
  const curatedTrain = curated * (train / whole);
  const kept = mixed(refine.mix, { made: madeTrain, curated: curatedTrain });
  const held = (share: number): number =>
    Math.round((share / whole) * (paths * Math.min(wordings, refine.testWordings) * 0.75 + curated));
  return {
    sourceBytes,
    livePages,
    relations,
    paths,
    made,
    curated,
    read: sets.reduce((total, { size }) => total + size, 0),
    train: {
      madePaths: Math.round(Math.min(paths * (train / whole), kept.made)),
      curated: Math.round(kept.curated),
      questions: Math.round(kept.made + kept.curated),
    },
    dev: held(dev),
    test: held(test),
    benchmark: sum(evaluate.benchmarks),
  };
}

/** What the mix keeps of the training questions: its number first, then its shares. */
function mixed(
  { sources, most }: Recipe["refine"]["mix"],
  has: { readonly made: number; readonly curated: number },
): { made: number; curated: number } {
  const all = has.made + has.curated;
  const wanted = Math.min(all, most ?? all);
  const shares = Object.values(sources).reduce((sum, share) => sum + share, 0);
  const share = shares === 0 ? has.made / Math.max(1, all) : (sources["synthetic"] ?? 0) / shares;
  return {
    made: Math.min(has.made, wanted * share),
    curated: Math.min(has.curated, wanted * (1 - share)),
  };
}

/** Pages that an agent reads at most; where only entities are limited, half as many again. */
function pagesAsked({ discover: { agent, maxPages } }: Recipe): number {
  const byEntities = agent?.maxEntities === undefined ? undefined : 1.5 * agent.maxEntities;
  return Math.min(agent?.maxPages ?? byEntities ?? maxPages ?? 2000, byEntities ?? Number.POSITIVE_INFINITY);
}

async function sizeOf(path: string): Promise<{ bytes: number; kind: keyof typeof DENSITY }> {
  if (!existsSync(path)) return { bytes: 0, kind: "dump" };
  const stats = statSync(path);
  if (!stats.isDirectory()) return { bytes: stats.size * (path.endsWith(".bz2") ? BZIP2 : 1), kind: "dump" };
  let bytes = 0;
  for (const name of await readdir(path, { recursive: true }))
    if (name.endsWith(".wikitext")) bytes += statSync(join(path, name)).size;
  return { bytes, kind: "folder" };
}

/** Questions of the split of a public set; of a file of one's own, a line of 300 bytes each. */
function setSize(name: string, section: Recipe["curate"]["sets"][string]): number {
  const { path, set = name, split = undefined } = typeof section === "string" ? { path: section } : section;
  const entry = setEntries.find((one) => one.name === set);
  const known = entry?.splits[split ?? entry.split];
  if (known !== undefined) return known;
  const files = [path].flat().map(resolveSource);
  return Math.ceil(files.reduce((sum, file) => sum + (existsSync(file) ? statSync(file).size : 0), 0) / 300);
}
