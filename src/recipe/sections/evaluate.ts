/** Settings of the evaluate stage (paper §4). */
import { z } from "zod";
import { budgetSection, modelPathField, servedModelFields } from "./model.ts";

/** A model behind an address that answers the benchmarks. */
const endpointModel = z.strictObject({
  ...servedModelFields,
  temperature: z.number().min(0).optional().describe("default: evaluate.temperature; not given in the paper"),
  reader: z
    .enum(["lenient", "strict"])
    .default("lenient")
    .describe("strict reads the answer tag alone, lenient what other models write; not given in the paper"),
  instruct: z
    .boolean()
    .default(true)
    .describe("tell the model how to end its reply; our own models were taught it; not given in the paper"),
});

/** A model on this machine or of the Hub that answers the benchmarks. */
const localModel = z.strictObject({
  path: modelPathField,
  maxTokens: z.int().min(1).optional().describe("default: evaluate.maxTokens; not given in the paper"),
  temperature: z.number().min(0).optional().describe("default: evaluate.temperature; not given in the paper"),
  reader: endpointModel.shape.reader,
  instruct: endpointModel.shape.instruct,
});

export const evaluateSection = z
  .strictObject({
    maxTokens: z
      .int()
      .min(1)
      .default(64)
      .describe("longest reply; longer ones are cut and counted as truncated; not given in the paper"),
    temperature: z
      .number()
      .min(0)
      .default(0)
      .describe("0 takes the most probable token; not given in the paper"),
    batch: z.int().min(1).default(64).describe("questions asked at a time; finished ones survive a kill"),
    resamples: z
      .int()
      .min(200)
      .default(2000)
      .describe("draws of the bootstrap over reasoning paths; the paper gives no intervals"),
    controls: z
      .boolean()
      .default(true)
      .describe("evaluate the controls of the reinforce stage, and the base model by forced choice"),
    benchmarks: z
      .array(z.string())
      .default([])
      .describe("curated sets that the models answer, by name (§4.1: nine of them)"),
    ownModels: z
      .enum(["last", "all", "none"])
      .default("last")
      .describe("which of the run's own models answer the benchmarks: all is Table 4 of the paper"),
    models: z
      .record(
        z
          .string()
          .regex(
            /^[A-Za-z0-9][\w.-]*$/u,
            "must be letters, digits, hyphens, dots and underscores, a letter or digit first: it names a folder",
          ),
        z.union([
          z
            .string()
            .min(1)
            .transform((path) => localModel.parse({ path })),
          localModel,
          endpointModel,
        ]),
      )
      .default({})
      .describe(
        "other models that answer the benchmarks, by name: a path, or an endpoint with url and name (Table 3)",
      ),
    samples: z
      .int()
      .min(1)
      .max(1000)
      .default(1)
      .describe(
        "replies to each question of a benchmark; more than one gives pass@k and majority@k, which takes a temperature above 0: at 0 all replies of a model are the same; not given in the paper",
      ),
    orders: z
      .int()
      .min(1)
      .max(21)
      .default(1)
      .describe(
        "orders of the options in which each benchmark question is asked, where they may be moved; 1 keeps the file's; not given in the paper",
      ),
    shuffle: z
      .boolean()
      .default(false)
      .describe(
        "show options in a random order, fixed by the question and the seed, where they may be moved; not given in the paper",
      ),
    budget: budgetSection
      .optional()
      .describe(
        "what the endpoints may cost in this run, kept replies included; when it is spent the stage ends early, and goes on with a larger one; not given in the paper",
      ),
  })
  .prefault({});

export type EvaluateSection = z.infer<typeof evaluateSection>;
