/** Settings of a model behind an OpenAI-compatible address, for every stage that asks one. */
import { z } from "zod";

/** Fields that say where a model is and how it is asked. */
export const endpointFields = {
  url: z
    .string()
    .min(1)
    .describe("address of an OpenAI-compatible endpoint, with its /v1; the paper names no model here"),
  name: z.string().min(1).describe("name of the model at the endpoint; the paper names no model here"),
  keyVariable: z
    .string()
    .min(1)
    .default("OPENAI_API_KEY")
    .describe("environment variable that holds the key; not given in the paper"),
};

export const endpointSection = z.strictObject({
  ...endpointFields,
  temperature: z.number().min(0).default(0.7).describe("sampling temperature; not given in the paper"),
  maxTokens: z.int().min(1).default(4096).describe("length of a reply at most; not given in the paper"),
  concurrency: z
    .int()
    .min(1)
    .max(256)
    .default(8)
    .describe("requests at the same time; not given in the paper"),
});

export type EndpointSection = z.infer<typeof endpointSection>;
