/**
 * A series of optimizer steps that is watched: after each step its figures go through the alarms, an alarm is said,
 * recorded and written among the metrics, and the panel on the terminal shows where the series stands.
 *
 * Words count steps from 1, as the progress line does and the report; `step` in files counts from 0, in alarms.jsonl as
 * in metrics.jsonl.
 *
 * Invariant: the watch changes nothing that is learned. Its state travels in the series' own, so that a checkpoint has
 * both and a resumed run raises the alarms of one that was not stopped.
 */
import { join } from "node:path";
import { mean } from "../../base/collections.ts";
import { writeWhole } from "../../base/files.ts";
import type { Series, StepPlan } from "../../models/training-loop.ts";
import { mayHaveSeveral, type Question } from "../../records/question.ts";
import type { Group } from "../../records/rollout.ts";
import type { ReinforceContext } from "../context.ts";
import { type Alarm, observe } from "./alarms.ts";
import { panelLines, SPARKS } from "./panel.ts";
import { noWatch, type WatchState } from "./state.ts";
import { unpaidReason, whyPaid } from "./zero-reasons.ts";

/** What a step sampled; a step of supervised learning samples nothing. */
export interface Sampled {
  /** All groups, those without spread too. */
  readonly groups: readonly Group[];
  /** Share of right answers that guessing gets on their questions. */
  readonly chance: number;
}

/** A series whose steps say what they sampled. */
export type Watchable<State> = Omit<Series<State>, "plan" | "watch"> & {
  /** What is wrong with the template that its model is asked with, where something is. */
  readonly template?: string | undefined;
  plan(step: number, state: State): Promise<StepPlan<State> & Partial<Sampled>>;
};

/** The state of a series and of its watch; plain data. */
interface Watched<State> {
  readonly own: State;
  readonly watch: WatchState;
}

type WatchContext = Pick<ReinforceContext, "log" | "scratch"> & {
  readonly settings: Pick<ReinforceContext["settings"], "alarms" | "maxTokens" | "reward" | "optimizer">;
};

/** The same series, watched. */
export function watched<State>(
  context: WatchContext,
  { plan, afterStep, isDone, template, ...series }: Watchable<State>,
): Series<Watched<State>> {
  const { settings, log } = context;
  const rewards: number[] = [];
  let sampled: Sampled = { groups: [], chance: 0 };
  let last: Alarm | undefined;
  return {
    ...series,
    start: { own: series.start, watch: noWatch },
    async plan(step, { own, watch }) {
      const planned = await plan(step, own);
      const { groups = [], chance = 0 } = planned;
      sampled = { groups, chance };
      return { ...planned, state: { own: planned.state, watch } };
    },
    async watch(step, metrics, { own, watch }) {
      const seen = observe(watch, { step, metrics, template, ...sampled }, settings);
      for (const alarm of seen.alarms) log.warn(`${series.name}, step ${alarm.step + 1}: ${alarm.message}`);
      await keepAlarms(context, series.name, step, seen.alarms);
      last = seen.alarms.at(-1) ?? last;
      const reward = metrics["rewardMean"];
      if (reward !== undefined) rewards.push(reward);
      rewards.splice(0, rewards.length - SPARKS);
      const sample = sampleOf(sampled.groups, step);
      log.panel(panelLines({ metrics, rewards, maxTokens: settings.maxTokens, alarm: last, sample }));
      const stopping = seen.alarms.find(({ name }) => settings.alarms.stop.includes(name));
      return {
        state: { own, watch: seen.state },
        metrics: Object.fromEntries(seen.alarms.map(({ name }) => [`alarm/${name}`, 1])),
        ...(stopping === undefined ? {} : { stop: stopping.name }),
      };
    },
    ...(afterStep === undefined
      ? {}
      : {
          afterStep: async (step, { own, watch }, engine) => ({
            own: await afterStep(step, own, engine),
            watch,
          }),
        }),
    ...(isDone === undefined ? {} : { isDone: (step, { own }, tokens) => isDone(step, own, tokens) }),
  };
}

/** Share of right answers that guessing gets: one option of all, or one set of options where several may be right. */
export function chanceOf(questions: readonly Pick<Question, "options" | "gold" | "several">[]): number {
  return mean(
    questions.map((question) => {
      const count = Object.keys(question.options).length;
      return 1 / (mayHaveSeveral(question) ? 2 ** count - 1 : count);
    }),
  );
}

/** Where the alarms of a stage lie until it is done, a file a step; a repeated step writes the same file again. */
export function alarmsFolder({ scratch }: Pick<ReinforceContext, "scratch">): string {
  return join(scratch, "alarms");
}

async function keepAlarms(
  context: Pick<ReinforceContext, "scratch">,
  series: string,
  step: number,
  alarms: readonly Alarm[],
): Promise<void> {
  if (alarms.length === 0) return;
  const file = `${series.replaceAll("/", "-")}-${String(step).padStart(6, "0")}.jsonl`;
  const lines = alarms.map(({ name, message }) => `${JSON.stringify({ series, step, name, message })}\n`);
  await writeWhole(join(alarmsFolder(context), file), lines.join(""));
}

/** One reply of the step, another each time; one that missed something, where the draw has both. */
function sampleOf(
  groups: readonly Group[],
  step: number,
): { readonly reply: string; readonly why: string } | undefined {
  const rollouts = groups[step % Math.max(1, groups.length)]?.rollouts ?? [];
  const isOdd = step % 2 === 1;
  const rollout = rollouts.find((one) => (unpaidReason(one) === undefined) === isOdd) ?? rollouts[0];
  return rollout === undefined ? undefined : { reply: rollout.reply, why: whyPaid(rollout) };
}
