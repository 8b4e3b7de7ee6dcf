/**
 * The stages of a run as jobs: what each is, which stages it reads, which of the recipe's settings it sees, which
 * code its outputs depend on. Stages know nothing of each other; this table is the only place that names them all.
 */
import { existsSync } from "node:fs";
import { dirname, join, resolve, sep } from "node:path";
import { boundary, UsageError } from "../base/errors.ts";
import { hashInput } from "../base/hash.ts";
import type { StageJob } from "../base/run-stage.ts";
import type { RunStage, StageContext } from "../base/stage.ts";
import type { Recipe } from "../recipe/schema.ts";
import { graphTeacherOf } from "../recipe/sections/coldstart.ts";
import { type EndpointSection, endpointFields } from "../recipe/sections/endpoint.ts";
import { decisionsFile } from "../refine/review/decisions.ts";
import { codeVersion } from "./code-version.ts";
import { resolveSource } from "./flags.ts";
import type { StageName } from "./stage-names.ts";
import { version } from "./version.ts";

/** What the table says of a stage. */
interface StageEntry {
  reads(recipe: Recipe): readonly StageName[];
  /** Stages that it reads where they have been run. */
  readonly mayRead?: readonly StageName[];
  /** Folders of code beside base, records and the stage's own. */
  readonly uses: readonly string[];
  /** Files and folders outside the run that it reads. */
  outside(recipe: Recipe): readonly string[] | Promise<readonly string[]>;
  /** Files of the run folder that people write and no stage: it reads them where they are there, by their folder. */
  readonly byPeople?: readonly string[];
  settings(recipe: Recipe): unknown;
  /** Those of its settings that its outputs depend on, where not all of them do. */
  keySettings?(recipe: Recipe): unknown;
  /** Finds mistakes that the stage would find only after those before it; returns warnings. @throws UsageError */
  check?(place: RunPlace): Promise<readonly string[]>;
  load(place: RunPlace): Promise<RunStage<never>>;
}

/** Where a job is run: what the report says of a run as a whole. */
export interface RunPlace {
  readonly folder: string;
  readonly recipe: Recipe;
}

const training = ["graph", "engine", "verify", "models"];

const table: Readonly<Record<StageName, StageEntry>> = {
  discover: {
    reads: () => [],
    uses: ["graph", "models"],
    async outside(recipe) {
      const { filesBeside } = await import("../discover/sources/local-files.ts");
      const local = [recipe.discover.source].flat().filter((source) => !/^https?:/.test(source));
      return [
        ...local.flatMap((source) => [source, ...filesBeside(resolveSource(source))]),
        ...[recipe.discover.labels ?? []].flat(),
      ];
    },
    settings: discoverSettings,
    // How many threads read and how politely a wiki is asked does not change what is read.
    keySettings(recipe) {
      const { workers: _, api: __, ...others } = discoverSettings(recipe);
      return others;
    },
    load: async () => (await import("../discover/discover.ts")).runDiscover,
  },
  curate: {
    reads: () => [],
    uses: ["verify"],
    async outside(recipe) {
      const { filesBeside } = await import("../curate/set-files.ts");
      const { setEntries } = await import("../curate/registry.ts");
      return Object.entries(recipe.curate.sets).flatMap(([name, section]) => {
        const { path, set = name, exclude = [] } = typeof section === "string" ? { path: section } : section;
        const entry = setEntries.find((one) => one.name === set);
        const named = [path].flat();
        // One that is not there is not hashed, so that its coming and going changes what is hashed.
        const beside = named.flatMap((file) => filesBeside(entry ?? {}, resolveSource(file)));
        return [...named, ...beside, ...[exclude].flat()];
      });
    },
    settings: curateSettings,
    load: async () => (await import("../curate/curate.ts")).runCurate,
  },
  synthesize: {
    reads: () => ["discover"],
    uses: ["graph", "verify", "models"],
    outside: () => [],
    settings: (recipe) => recipe.synthesize,
    keySettings: ({ synthesize }) => ({ ...synthesize, reword: whatIsAsked(synthesize.reword) }),
    load: async () => (await import("../synthesize/synthesize.ts")).runSynthesize,
  },
  refine: {
    // With public sets alone there need be neither a graph nor made questions.
    reads: () => [],
    mayRead: ["discover", "synthesize", "curate"],
    uses: ["graph", "verify", "models"],
    outside: () => [],
    byPeople: [decisionsFile],
    settings: (recipe) => recipe.refine,
    keySettings: ({ refine }) => ({
      ...refine,
      validator: whatIsAsked(refine.validator),
      grader: whatIsAsked(refine.grader),
    }),
    load: async () => (await import("../refine/refine.ts")).runRefine,
  },
  pretrain: {
    reads: () => ["discover", "refine"],
    uses: training,
    outside: (recipe) => (recipe.pretrain.base === undefined ? [] : [recipe.pretrain.base]),
    settings: (recipe) => ({ ...recipe.pretrain, engine: recipe.engine }),
    load: async () => (await import("../pretrain/pretrain.ts")).runPretrain,
  },
  coldstart: {
    reads: () => ["discover", "refine", "pretrain"],
    uses: training,
    async outside({ coldstart: { teacher, checks } }) {
      const { localModelPath } = await import("../models/model-path.ts");
      const isLocal = "path" in teacher && !teacher.path.startsWith("hf:");
      return [...(isLocal ? [localModelPath(teacher.path, "coldstart.teacher:")] : []), ...checks.guidelines];
    },
    settings: coldstartSettings,
    // What may be spent, and how patiently, does not change what is said.
    keySettings(recipe) {
      const { budget: _, teacher, ...others } = coldstartSettings(recipe);
      if (!("url" in teacher)) return { ...others, teacher };
      const { concurrency: __, keyVariable: ___, timeout: ____, price: _____, ...asked } = teacher;
      return { ...others, teacher: asked };
    },
    async check({ folder, recipe: { coldstart } }) {
      const { teacher, checks } = coldstart;
      for (const file of checks.guidelines) mustExist("coldstart.checks.guidelines", resolveSource(file));
      // The model of this very run may be made by the stages before.
      const isOwn =
        "path" in teacher && `${resolve(teacher.path)}${sep}`.startsWith(`${resolve(folder)}${sep}`);
      const { checkTeacher } = await import("../coldstart/language-teacher.ts");
      if (!isOwn) checkTeacher(coldstart);
      return "url" in teacher && isMissingKey(teacher.keyVariable)
        ? [
            `coldstart.teacher.keyVariable: ${teacher.keyVariable} is not set, so no key is sent; set it if the server wants one`,
          ]
        : [];
    },
    load: async () => (await import("../coldstart/coldstart.ts")).runColdstart,
  },
  reinforce: {
    reads: ({ reinforce }) => [
      "discover",
      "refine",
      "pretrain",
      ...(reinforce.from === "coldstart" ? (["coldstart"] as const) : []),
    ],
    uses: training,
    outside: () => [],
    settings: ({ reinforce, engine, coldstart }) => ({ ...reinforce, engine, coldstart }),
    // Which alarms stop a run does not change what it learns; of the cold start only what controls do again does.
    keySettings({ reinforce: { alarms, ...reinforce }, engine, coldstart }) {
      const { passes, batch, optimizer, heldOutShare, teacher } = coldstart;
      const taught = { passes, batch, optimizer, heldOutShare, teacher: graphTeacherOf(teacher) };
      return { ...reinforce, alarms: { window: alarms.window }, engine, coldstart: taught };
    },
    load: async () => (await import("../reinforce/reinforce.ts")).runReinforce,
  },
  evaluate: {
    // Models from elsewhere answer benchmarks without any model of the run.
    reads: () => [],
    mayRead: ["refine", "curate", "pretrain", "coldstart", "reinforce"],
    uses: training,
    async outside({ evaluate }) {
      const { localModelPath } = await import("../models/model-path.ts");
      return Object.entries(evaluate.models).flatMap(([name, model]) =>
        "path" in model && !model.path.startsWith("hf:")
          ? [localModelPath(model.path, `evaluate.models.${name}:`)]
          : [],
      );
    },
    settings: (recipe) => ({ ...recipe.evaluate, engine: recipe.engine }),
    // What may be spent, and how patiently, does not change what is said.
    keySettings({ evaluate: { budget: _, ...evaluate }, engine }) {
      const models = Object.entries(evaluate.models).map(([name, model]) => {
        if (!("url" in model)) return [name, model];
        const { concurrency: __, keyVariable: ___, timeout: ____, ...asked } = model;
        return [name, asked];
      });
      return { ...evaluate, models: Object.fromEntries(models), engine };
    },
    load: async () => (await import("../evaluate/evaluate.ts")).runEvaluate,
  },
  report: {
    reads: () => ["evaluate"],
    mayRead: ["discover", "curate", "synthesize", "refine", "pretrain", "coldstart", "reinforce"],
    uses: [],
    outside: () => [],
    settings: (recipe) => recipe.report,
    async load({ folder, recipe }) {
      const { runReport } = await import("../report/report.ts");
      const source = {
        recipe: recipe.name,
        seed: recipe.seed,
        version,
        metricsFile: join(folder, "metrics.jsonl"),
      };
      return (context: StageContext<Recipe["report"]>) => runReport(context, source);
    },
  },
};

/** How many requests go out at once, and with which key, does not change what a model says. */
function whatIsAsked<T extends EndpointSection>(
  section: T | undefined,
): Omit<T, "concurrency" | "keyVariable"> | undefined {
  if (section === undefined) return undefined;
  const { concurrency: _, keyVariable: __, ...asked } = section;
  return asked;
}

function discoverSettings({ discover }: Recipe): Recipe["discover"] {
  const { source, labels } = discover;
  return {
    ...discover,
    source: [source].flat().map(resolveSource),
    ...(labels === undefined ? {} : { labels: [labels].flat().map(resolveSource) }),
  };
}

/** The cold start's settings, guidelines with the paths that their files have here. */
function coldstartSettings({ coldstart, engine, synthesize: { world } }: Recipe) {
  const guidelines = coldstart.checks.guidelines.map(resolveSource);
  return { ...coldstart, checks: { ...coldstart.checks, guidelines }, engine, world };
}

/** Sets with the paths that their files have here. */
function curateSettings({ curate }: Recipe): Recipe["curate"] {
  const sets = Object.entries(curate.sets).map(([name, set]) => {
    if (typeof set === "string") return [name, resolveSource(set)] as const;
    const { path, exclude } = set;
    return [
      name,
      {
        ...set,
        path: [path].flat().map(resolveSource),
        ...(exclude === undefined ? {} : { exclude: resolveSource(exclude) }),
      },
    ] as const;
  });
  return { ...curate, sets: Object.fromEntries(sets) };
}

/** A stage of a recipe, ready to be run. */
export async function stageJob(name: StageName, place: RunPlace): Promise<StageJob<never>> {
  const { recipe } = place;
  const { reads, mayRead = [], uses, outside, byPeople = [], settings, keySettings, load } = table[name];
  const hashes: Record<string, string> = {};
  for (const file of byPeople) {
    const path = join(place.folder, file);
    // By its name in the run, not its path: a run that is moved is the same run.
    if (existsSync(path)) hashes[file] = await hashOutside(name, path);
  }
  for (const path of await outside(recipe)) hashes[path] = await hashOutside(name, resolveSource(path));
  return {
    name,
    reads: reads(recipe),
    mayRead: [...mayRead, ...byPeople.map(dirname)],
    run: await load(place),
    settings: settings(recipe) as never,
    ...(keySettings === undefined ? {} : { keySettings: keySettings(recipe) }),
    outside: hashes,
    code: await codeVersion([...new Set(["base", "records", ...uses, name])]),
  };
}

/** Finds what would end a stage only after those before it have worked for hours; returns warnings. @throws UsageError */
export async function checkStages(names: readonly StageName[], place: RunPlace): Promise<readonly string[]> {
  const warnings: string[] = [];
  for (const name of names) warnings.push(...((await table[name].check?.(place)) ?? []));
  return warnings;
}

/** Whether a variable that the recipe names (the usual one may be nobody's wish) holds no key. */
function isMissingKey(variable: string): boolean {
  return variable !== endpointFields.keyVariable.parse(undefined) && !process.env[variable]?.trim();
}

function mustExist(what: string, path: string): void {
  if (!existsSync(path))
    throw new UsageError(`${what}: "${path}" does not exist; check the path in the recipe`);
}

async function hashOutside(stage: string, path: string): Promise<string> {
  mustExist(stage, path);
  return await boundary(`${stage}: ${path}`, () => hashInput(path));
}
