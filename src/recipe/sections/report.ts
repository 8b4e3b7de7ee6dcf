/** Settings of the report stage. */
import { z } from "zod";

export const reportSection = z
  .strictObject({
    title: z.string().min(1).default("Fleming run report").describe("heading of the report"),
    smoothing: z
      .int()
      .min(1)
      .default(9)
      .describe("steps that a line of the training curves is averaged over; the points show each step"),
  })
  .prefault({});

export type ReportSection = z.infer<typeof reportSection>;
