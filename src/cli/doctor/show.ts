/** Estimates as people read them. */
import { table } from "../output.ts";
import type { Capacity } from "./capacity.ts";
import type { RecipeEstimate } from "./estimate-recipe.ts";
import { count, gib, timeText } from "./figures.ts";
import { BUSY, type Machine, slowdown } from "./machine.ts";
import type { StageEstimate } from "./stage-estimate.ts";

/** What the machine is. */
export function machineText(machine: Machine): string {
  const { processor, cores, load, memoryBytes, availableBytes, diskBytes, node } = machine;
  const { threads, productRate, processorShare } = machine;
  const busy =
    processorShare < BUSY
      ? `; busy: other programs left ${Math.round(100 * processorShare)} % of the threads, times are as of now`
      : "";
  return [
    `machine   ${processor}, ${cores} cores, load ${load.toFixed(1)}; Node ${node}`,
    `memory    ${gib(memoryBytes)}, ${gib(availableBytes)} free; disk ${gib(diskBytes)} free`,
    `engine    ${count(productRate / 1e9)} GFLOP/s of matrix products on ${threads} thread${threads === 1 ? "" : "s"}${busy}`,
  ].join("\n");
}

/** What the machine can hold. */
export function capacityText(models: readonly Capacity[]): string {
  const cell = (fit: Capacity["full"]): string =>
    fit === null ? "no" : `${count(fit.tokensPerSecond)} tokens/s, ${gib(fit.memoryBytes)}`;
  const rows = models.map(({ model, parameters, full, adapter, answer }) => [
    model,
    `${count(parameters / 1e6)} M`,
    cell(full),
    cell(adapter),
    cell(answer),
  ]);
  return [
    table([["model", "weights", "train all", "train an adapter", "answer, 64 at a time"], ...rows]),
    "\nEstimates, with engine.recompute. A .gguf that does not fit here may fit llama.cpp, any model an endpoint;",
    "`fleming doctor --recipe FILE` estimates a recipe stage by stage.",
  ].join("\n");
}

const verdicts = { here: "runs here", slowly: "runs here, slowly", cannot: "CANNOT RUN HERE" };

/** A recipe, stage by stage. */
export function estimateText(estimate: RecipeEstimate, machine: Machine): string {
  const { recipe, runs, stages, problems, total, runsHere } = estimate;
  const rows = stages.map((stage) => [
    stage.stage,
    verdicts[stage.verdict],
    stage.verdict === "cannot" ? "–" : timeText(stage.seconds),
    gib(stage.memoryBytes),
    gib(stage.diskBytes),
    moneyOf(stage.asked.map(({ money }) => money)),
  ]);
  const { seconds, waitingSeconds } = total;
  const quiet = (seconds - waitingSeconds) / slowdown(machine) + waitingSeconds;
  const alone =
    machine.processorShare < BUSY ? `, about ${timeText(quiet)} on a machine with nothing else to do` : "";
  const partly = stages.some(({ verdict }) => verdict === "cannot") ? ", without what cannot run here" : "";
  const parts = [
    `recipe    ${recipe}${runs > 1 ? `, ${runs} runs` : ""}`,
    table([["stage", "verdict", "time", "memory", "disk", "money"], ...rows]),
    ...stages.map(stageText).filter((text) => text !== ""),
    [
      `total     ${timeText(total.seconds)}${alone}; ${gib(total.memoryBytes)} of memory at most${partly}`,
      `disk      ${gib(total.diskBytes)} written, ${total.downloadBytes > 0 ? `${gib(total.downloadBytes)} fetched first` : "nothing fetched"}`,
      ...(total.requests > 0
        ? [`endpoints ${count(total.requests)} requests, ${moneyText(total.money)}`]
        : []),
    ].join("\n"),
    ...(problems.length > 0
      ? [
          problems
            .map(({ blocks, stage, text }) => `${blocks ? "problem" : "warning"}   ${stage}: ${text}`)
            .join("\n"),
        ]
      : []),
    runsHere
      ? "It runs here, by these estimates: lengths and counts of the graph may be off by a factor of two."
      : "It does not run here as it is.",
  ];
  return parts.join("\n\n");
}

function stageText({ stage, why, basis, asked, cluster, verdict }: StageEstimate): string {
  const requests = asked.map(
    ({ setting, model, requests, tokensRead, tokensWritten, money }) =>
      `${setting} (${model}): ${count(requests)} requests, ${count(tokensRead / 1e6)} M tokens read, ${count(tokensWritten / 1e6)} M written, ${moneyText(money)}`,
  );
  const elsewhere =
    cluster === undefined || verdict !== "cannot"
      ? []
      : [
          `needs a cluster (estimate): ${cluster.gpus} GPUs of 80 GB, about ${count(cluster.gpuHours)} GPU hours; "fleming export verl" writes its data`,
          `rule: ${cluster.rule}`,
        ];
  const lines = [...why, ...elsewhere, ...requests, ...basis];
  return lines.map((line, at) => `${(at === 0 ? stage : "").padEnd(12)}${line}`).join("\n");
}

function moneyOf(prices: readonly (number | null)[]): string {
  if (prices.length === 0) return "none";
  return prices.includes(null) ? "?" : prices.reduce<number>((sum, one) => sum + (one ?? 0), 0).toFixed(2);
}

function moneyText(money: number | null): string {
  return money === null ? "no price in the recipe" : `money ${money.toFixed(2)}`;
}
