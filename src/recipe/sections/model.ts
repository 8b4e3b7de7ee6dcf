/** Settings of a model that a stage asks: behind an address, or on this machine or the Hub. */
import { z } from "zod";
import { endpointFields } from "./endpoint.ts";

/** Fields of a model behind an address that has a price and a pace. */
export const servedModelFields = {
  ...endpointFields,
  maxTokens: z.int().min(1).default(8192).describe("longest reply, thinking included; the paper gives none"),
  concurrency: z
    .int()
    .min(1)
    .max(1024)
    .default(64)
    .describe(
      "most requests at the same time; how many there are follows the server; not given in the paper",
    ),
  timeout: z
    .number()
    .positive()
    .default(600)
    .describe("seconds that one reply may take; not given in the paper"),
  price: z
    .strictObject({
      input: z.number().min(0).describe("money for a million tokens read; not given in the paper"),
      output: z.number().min(0).describe("money for a million tokens written; not given in the paper"),
    })
    .optional()
    .describe("what the service takes, for the budget; not given in the paper"),
};

/** Field that names a model on this machine or of the Hub. */
export const modelPathField = z
  .string()
  .min(1)
  .describe(
    "model folder, .gguf file, run folder (its newest model) or hf:owner/name; not given in the paper",
  );

/** What a stage's endpoints may cost, kept replies included. */
export const budgetSection = z.strictObject({
  requests: z.int().min(1).optional().describe("most requests; not given in the paper"),
  tokens: z.int().min(1).optional().describe("most tokens, read and written; not given in the paper"),
  money: z.number().positive().optional().describe("most money, by the prices given; not given in the paper"),
});

export type ServedModelSection = z.infer<z.ZodObject<typeof servedModelFields>>;
