/** A page of an encyclopedia as it came from its source: the text that every piece of evidence points into. */
import { z } from "zod";

export const pageSchema = z.strictObject({
  title: z.string().min(1),
  pageId: z.int().nonnegative(),
  revision: z.int().nonnegative(),
  timestamp: z.string(),
  /** Title that this page redirects to, when it is a redirect. */
  redirect: z.string().optional(),
  wikitext: z.string(),
});

export type Page = z.infer<typeof pageSchema>;
