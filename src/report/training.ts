/**
 * How the models were trained: the loss of the stages that imitate, where trajectories came from, what ended each stage
 * of reinforcement, its curves, and the alarms that were raised.
 */
import { type Block, type Drawing, figure, heading, left, paragraph, right } from "./blocks.ts";
import { diagnose, endSteps, lossReading, warningSigns } from "./diagnostics.ts";
import type { RunFacts } from "./facts.ts";
import { count, decimal, listOf, percent } from "./format.ts";
import { labelOf, wordsOf } from "./readings.ts";

/** All blocks about training. */
export function trainingBlocks(facts: RunFacts, drawing: Drawing | undefined): Block[] {
  return [
    ...lossBlocks(facts),
    ...trajectoryBlocks(facts),
    ...reinforceBlocks(facts, drawing),
    ...curriculumBlocks(facts),
    ...alarmBlocks(facts),
  ];
}

function lossBlocks({ metrics }: RunFacts): Block[] {
  const items = lossReading(metrics);
  return items.length > 0 ? [{ kind: "list", items }] : [];
}

/** By which method trajectories were come by, and how many were written with the answer given. */
function trajectoryBlocks({ trajectories }: RunFacts): Block[] {
  const methods = Object.entries(trajectories.byMethod);
  const total = methods.reduce((sum, [, n]) => sum + n, 0);
  if (total === 0) return [];
  const shares = methods.map(([method, n]) => `${wordsOf(method)} ${count(n)}`);
  const given = trajectories.labelConditioned;
  return [
    paragraph(
      `The cold start learned from ${count(total)} trajectories (${listOf(shares)}); ${count(given)} of them (${percent(given / total)}%) were written by a teacher that knew the answer.`,
    ),
  ];
}

function reinforceBlocks({ metrics, results }: RunFacts, drawing: Drawing | undefined): Block[] {
  const series = diagnose(metrics);
  if (drawing === undefined || series.length === 0)
    return [paragraph("This run has no metrics of reinforcement.")];
  const share = (value: number | undefined): string => (value === undefined ? "–" : percent(value));
  const number = (value: number | undefined, digits: number): string =>
    value === undefined ? "–" : decimal(value, digits);
  return [
    figure(
      "Across: optimizer steps. Points: single steps; line: moving average; dashed: where stage 2 starts with other questions, so that a jump there is not by itself a loss of skill.",
      "training.svg",
      drawing,
    ),
    {
      kind: "table",
      caption: `Means of the first → last ${endSteps} steps of each series, of half its steps where it has fewer than ${2 * endSteps}. Tied groups have no spread in reward and teach nothing.`,
      columns: [
        left("Series"),
        right("Steps"),
        right("Right, %"),
        right("Right form, %"),
        right("Tied, all right, %"),
        right("Tied, all wrong, %"),
        right("Entropy"),
        right("Tokens a reply"),
      ],
      rows: series.map(({ series: name, steps, first, last }) => ({
        cells: [
          labelOf(results, name.replace("reinforce/", "")),
          count(steps),
          ...["correctMean", "formatMean", "tiedRight", "tiedWrong"].map(
            (metric) => `${share(first[metric])} → ${share(last[metric])}`,
          ),
          `${number(first["entropy"], 2)} → ${number(last["entropy"], 2)}`,
          `${number(first["completionTokens"], 1)} → ${number(last["completionTokens"], 1)}`,
        ],
      })),
    },
    { kind: "list", items: warningSigns(series) },
  ];
}

/** The plateau, the rounds and the validation, as the stage recorded them. */
function curriculumBlocks({ curriculum }: RunFacts): Block[] {
  if (curriculum === null) return [];
  return [heading("Curriculum"), { kind: "list", items: curriculum.words }];
}

function alarmBlocks({ alarms }: RunFacts): Block[] {
  if (alarms.length === 0) return [];
  return [
    heading("Alarms"),
    {
      kind: "list",
      items: alarms.map(({ series, step, message }) => `${series}, step ${count(step + 1)}: ${message}`),
    },
  ];
}
