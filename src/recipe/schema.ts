/**
 * A recipe: one experiment, one section a stage, in the order of the paper. The schema is the one source of types,
 * defaults, meanings and of `recipe explain`.
 */
import { z } from "zod";
import { coldstartSection } from "./sections/coldstart.ts";
import { curateSection } from "./sections/curate.ts";
import { discoverSection } from "./sections/discover.ts";
import { engineSection } from "./sections/engine.ts";
import { evaluateSection } from "./sections/evaluate.ts";
import { pretrainSection } from "./sections/pretrain.ts";
import { refineSection } from "./sections/refine.ts";
import { reinforceSection } from "./sections/reinforce.ts";
import { reportSection } from "./sections/report.ts";
import { synthesizeSection } from "./sections/synthesize.ts";

/** The stages in the order of the paper. */
export const stageOrder = [
  "discover",
  "curate",
  "synthesize",
  "refine",
  "pretrain",
  "coldstart",
  "reinforce",
  "evaluate",
  "report",
] as const;

export const recipeSchema = z.strictObject({
  extends: z.string().optional().describe("a recipe file, as seen from this one, that this one is laid over"),
  name: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]*$/u, "must be lower-case letters, digits and hyphens: it names the run folder")
    .describe("name of the experiment; its run folder is runs/<name> unless --run says otherwise"),
  seed: z.int().min(0).default(1).describe("seed of everything that is random; not given in the paper"),
  seeds: z
    .array(z.int().min(0))
    .min(2)
    .optional()
    .describe(
      "seeds that `fleming run` runs one after another, each in a folder of its own, and sets side by side; --seed runs one of them; the paper reports one run",
    ),
  stages: z
    .array(z.enum(stageOrder))
    .optional()
    .describe(
      "stages that `fleming run` runs, in the order of the paper; all where absent, curate only where sets are named",
    ),
  engine: engineSection,
  discover: discoverSection,
  curate: curateSection,
  synthesize: synthesizeSection,
  refine: refineSection,
  pretrain: pretrainSection,
  coldstart: coldstartSection,
  reinforce: reinforceSection,
  evaluate: evaluateSection,
  report: reportSection,
});

export type Recipe = z.infer<typeof recipeSchema>;
