/**
 * The lines that stand at the bottom of a terminal while a series runs: how the reward goes and how much of it teaches,
 * how the policy writes, how fast, the last alarm, and one reply with why it was paid. Rate and time left stand in the
 * progress line above them.
 */
import type { Alarm } from "./alarms.ts";
import { percent, short } from "./rule.ts";

export interface PanelView {
  /** Metrics and rates of the newest step by their names without the stage. */
  readonly metrics: Readonly<Record<string, number>>;
  /** Mean rewards of the steps so far, newest last. */
  readonly rewards: readonly number[];
  readonly maxTokens: number;
  readonly alarm?: Alarm | undefined;
  readonly sample?: { readonly reply: string; readonly why: string } | undefined;
}

/** Steps that the line of rewards shows. */
export const SPARKS = 32;
const levels = [..."▁▂▃▄▅▆▇█"];

/** The panel of a step; a line whose figures are not there is left out. */
export function panelLines({ metrics, rewards, maxTokens, alarm, sample }: PanelView): string[] {
  const share = (name: string): string | undefined => figure(metrics[name], percent);
  const number = (name: string, digits = 2): string | undefined =>
    figure(metrics[name], (value) => value.toFixed(digits));
  const rate = (name: string): string | undefined => figure(metrics[name], whole);
  const rows: readonly (readonly [string, readonly (string | undefined)[]])[] = [
    [
      "reward",
      [
        worded("", number("rewardMean", 3), sparkline(rewards)),
        worded("right", share("correctMean")),
        worded("form", share("formatMean")),
      ],
    ],
    [
      "spread",
      [
        worded("", number("rewardStd", 3)),
        worded("groups all right", share("tiedRight")),
        worded("all wrong", share("tiedWrong")),
      ],
    ],
    [
      "replies",
      [
        worded("entropy", number("entropy", 3), "nats"),
        worded("length", number("completionTokens", 1), `of ${maxTokens} tokens`),
        worded("cut off", share("truncated")),
      ],
    ],
    [
      "update",
      [
        worded("loss", number("loss")),
        worded("gradient", number("gradNorm")),
        worded(
          "log-prob difference",
          figure(metrics["logProbDifference"], (value) => value.toExponential(1)),
        ),
        worded("kl", number("kl", 4)),
      ],
    ],
    [
      "tokens/s",
      [
        worded("", rate("sampleTokensPerSecond"), "sampled"),
        worded("", rate("trainTokensPerSecond"), "trained"),
      ],
    ],
    ["alarm", [alarm === undefined ? undefined : `step ${alarm.step + 1}, ${alarm.name}: ${alarm.message}`]],
    ["reply", [sample === undefined ? undefined : firstLine(sample.reply)]],
    ["", [sample?.why]],
  ];
  return rows.flatMap(([name, parts]) => {
    const found = parts.filter((part) => part !== undefined);
    return found.length === 0 ? [] : [`  ${name.padEnd(9)} ${found.join("   ")}`];
  });
}

/** Values as bars from 0 to the largest of them. */
export function sparkline(values: readonly number[]): string {
  const shown = values.slice(-SPARKS);
  const most = Math.max(...shown.filter(Number.isFinite), 0);
  const bar = (value: number): string => {
    if (!Number.isFinite(value)) return "?";
    const level = most > 0 ? Math.round((Math.max(0, value) / most) * (levels.length - 1)) : 0;
    return levels[level]!;
  };
  return shown.map(bar).join("");
}

function figure(value: number | undefined, written: (value: number) => string): string | undefined {
  if (value === undefined) return undefined;
  return Number.isFinite(value) ? written(value) : String(value);
}

function worded(name: string, value: string | undefined, unit = ""): string | undefined {
  return value === undefined ? undefined : [name, value, unit].filter((word) => word !== "").join(" ");
}

function whole(value: number): string {
  return value >= 100 ? Math.round(value).toLocaleString("en") : short(value);
}

function firstLine(reply: string): string {
  const lines = reply.split("\n").filter((line) => line.trim() !== "");
  return lines.length === 0 ? "(empty)" : `${lines[0]!.trim()}${lines.length > 1 ? " …" : ""}`;
}
