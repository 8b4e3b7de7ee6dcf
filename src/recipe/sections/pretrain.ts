/** Settings of the pretrain stage: the base model (paper §4.1.3), made here when no pretrained one is named. */
import { z } from "zod";
import { predicateSchema, predicates } from "../../records/relation.ts";
import { optimizerSection } from "./optimizer.ts";

export const pretrainSection = z
  .strictObject({
    base: z
      .string()
      .optional()
      .describe(
        "pretrained checkpoint (Qwen2, Qwen3 or Llama): a folder in Hugging Face layout, a .gguf file, or hf:owner/name[@revision] of the Hub; none: a small model is trained from the corpus (§4.1.3 starts from Qwen2.5-7B and Qwen3-32B)",
      ),
    vocabulary: z.int().min(300).max(65536).default(2048).describe("tokens of the small model's tokenizer"),
    lowercase: z
      .boolean()
      .default(true)
      .describe("lower-case all text: one form of each word for a small model"),
    model: z
      .strictObject({
        width: z.int().min(8).default(128).describe("hidden size"),
        layers: z.int().min(1).default(4).describe("number of blocks"),
        heads: z.int().min(1).default(4).describe("query heads"),
        kvHeads: z.int().min(1).default(2).describe("key and value heads"),
        feedForward: z.int().min(8).default(336).describe("inner width of the SwiGLU layer"),
        contextLength: z.int().min(64).default(2048).describe("longest sequence the model is made for"),
        ropeTheta: z.number().positive().default(10000).describe("base of the rotary position embedding"),
      })
      .prefault({})
      .superRefine((model, context) => {
        if (model.width % model.heads !== 0)
          context.addIssue({
            code: "custom",
            path: ["heads"],
            message: `is ${model.heads}; it must divide width ${model.width}`,
          });
        if (model.heads % model.kvHeads !== 0)
          context.addIssue({
            code: "custom",
            path: ["kvHeads"],
            message: `is ${model.kvHeads}; it must divide heads ${model.heads}`,
          });
      }),
    init: z
      .strictObject({
        embeddingStd: z
          .number()
          .positive()
          .default(0.08)
          .describe("spread of the token embedding; 0.02 fails at this size"),
        outputScale: z
          .number()
          .positive()
          .default(0.2)
          .describe("attention and feed-forward outputs as a share of the usual spread"),
      })
      .prefault({}),
    corpus: z
      .strictObject({
        proseShare: z.number().min(0).max(1).default(0.15).describe("share of documents that are page prose"),
        questionShare: z
          .number()
          .min(0)
          .max(1)
          .default(0.1)
          .describe("share of documents that are training questions with a direct answer"),
        drugShare: z
          .number()
          .min(0)
          .max(1)
          .default(0.13)
          .describe("share of documents that state the facts of a drug"),
        predicates: z
          .array(predicateSchema)
          .default([...predicates])
          .describe("kinds of facts that documents tell; a small model learns fewer kinds better"),
        rareShare: z
          .number()
          .min(0)
          .max(1)
          .default(0.2)
          .describe("share of rare conditions among the condition documents"),
      })
      .prefault({})
      .refine((c) => c.proseShare + c.questionShare + c.drugShare <= 1, {
        error: "the shares of documents add up to more than 1",
      }),
    steps: z.int().min(1).default(880).describe("optimizer steps"),
    rowsPerStep: z.int().min(1).default(16).describe("packed rows in a step"),
    rowTokens: z.int().min(32).default(128).describe("tokens in a packed row"),
    optimizer: optimizerSection({ lr: 3e-3, warmupSteps: 40, decay: "flatThenLinear" }),
    saveEvery: z
      .int()
      .min(1)
      .default(200)
      .describe("steps between checkpoints that a killed run goes on from"),
  })
  .prefault({});

export type PretrainSection = z.infer<typeof pretrainSection>;
