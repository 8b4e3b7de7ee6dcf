/**
 * What a wiki answers (action=query, formatversion=2): the members that are used, and whatever else there is let be.
 */
import { z } from "zod";

const moveSchema = z.object({
  from: z.string(),
  to: z.string(),
  fromencoded: z.boolean().optional(),
  tointerwiki: z.string().optional(),
});
const titleSchema = z.object({ title: z.string() });

const revisionSchema = z.object({
  revid: z.int().nonnegative(),
  timestamp: z.string().default(""),
  texthidden: z.boolean().optional(),
  slots: z
    .object({
      main: z
        .object({
          contentmodel: z.string().optional(),
          content: z.string().optional(),
          texthidden: z.boolean().optional(),
        })
        .optional(),
    })
    .optional(),
});

const pageSchema = z.object({
  ns: z.int().optional(),
  title: z.string(),
  pageid: z.int().positive().optional(),
  missing: z.boolean().optional(),
  invalid: z.boolean().optional(),
  special: z.boolean().optional(),
  revisions: z.array(revisionSchema).optional(),
  categories: z.array(titleSchema).optional(),
  pageprops: z.record(z.string(), z.unknown()).optional(),
});

const querySchema = z.object({
  normalized: z.array(moveSchema).optional(),
  converted: z.array(moveSchema).optional(),
  redirects: z.array(moveSchema).optional(),
  interwiki: z.array(titleSchema).optional(),
  pages: z.array(pageSchema).optional(),
  categorymembers: z.array(titleSchema).optional(),
  embeddedin: z.array(titleSchema).optional(),
});

export const answerSchema = z
  .object({
    error: z.object({ code: z.string(), info: z.string().default("") }).optional(),
    continue: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
    query: querySchema.optional(),
  })
  // Some other program's JSON must not pass for a wiki that has no such page.
  .refine((answer) => (answer.error ?? answer.continue ?? answer.query) !== undefined);

export type Answer = z.infer<typeof answerSchema>;
export type Query = z.infer<typeof querySchema>;
export type AnsweredPage = z.infer<typeof pageSchema>;
export type AnsweredRevision = z.infer<typeof revisionSchema>;
