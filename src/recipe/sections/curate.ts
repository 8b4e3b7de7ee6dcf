/** Settings of the curate stage: which public question sets are read (paper §3.1, §4.1). */
import { z } from "zod";

export const curateSection = z
  .strictObject({
    sets: z
      .record(z.string(), z.string())
      .default({})
      .describe(
        "name of a public set → its file or folder (pubmedqa, medqa, mmluProBiology, mmluProHealth); the sets themselves are not shipped",
      ),
  })
  .prefault({});

export type CurateSection = z.infer<typeof curateSection>;
