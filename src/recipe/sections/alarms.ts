/** Settings of the alarms that watch reinforcement; each names the cause it sees (paper: none given). */
import { z } from "zod";

/** What can go wrong, in the order in which it is looked for: numbers first, then causes before their symptoms. */
export const alarmNames = [
  "nonFinite",
  "template",
  "divergence",
  "logProbMismatch",
  "zeroReward",
  "formatMissing",
  "formatOnly",
  "blindReward",
  "entropyCollapse",
  "lengthRunaway",
] as const;

export type AlarmName = (typeof alarmNames)[number];

export const alarmsSection = z
  .strictObject({
    window: z
      .int()
      .min(2)
      .default(10)
      .describe("steps that a state must last before it raises an alarm; not given in the paper"),
    stop: z
      .array(z.enum(alarmNames))
      .default([])
      .describe("alarms that save and stop the run instead of only warning; not given in the paper"),
  })
  .prefault({})
  .describe("alarms that name the cause when training goes wrong; not given in the paper");
