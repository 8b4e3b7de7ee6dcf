/** An alarm of reinforcement as `alarms.jsonl` holds it: where, which, and the cause in words. `step` counts from 0 as in the metrics, words from 1. */
import { z } from "zod";

export const alarmRecordSchema = z.strictObject({
  series: z.string(),
  step: z.int().nonnegative(),
  name: z.string(),
  message: z.string(),
});

export type AlarmRecord = z.infer<typeof alarmRecordSchema>;
