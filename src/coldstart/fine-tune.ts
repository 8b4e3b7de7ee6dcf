/**
 * Supervised fine-tuning of the base model on trajectories (paper §3.2): completions only, all weights or an adapter.
 * A part of the reasoning paths is held out; the checkpoint with the lowest loss on them becomes `model/`. The paper
 * does not say which checkpoint it took.
 *
 * Invariants: with nothing held out the steps are those of every example and the last weights are kept. A run that was
 * killed ends in the bytes of one that was not: the loss that was best so far travels in the series' state, each best
 * model lies in a folder of its own, and a folder is removed only when the progress on disk no longer names it.
 */
import { existsSync } from "node:fs";
import { cp, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { UsageError } from "../base/errors.ts";
import { seededRandom } from "../base/random.ts";
import type { StageContext } from "../base/stage.ts";
import type { Engine } from "../engine/client.ts";
import { type EmbeddedModel, openForTraining, saveTrained } from "../models/embedded.ts";
import { previewLegend, previewSegments, renderPreview, takesColour } from "../models/preview.ts";
import {
  batchOrder,
  type Example,
  type ExampleTokens,
  exampleTokens,
  splitHeldOut,
  supervisedSequences,
} from "../models/supervised.ts";
import type { Tokenizer } from "../models/tokenizer.ts";
import { runSeries } from "../models/training-loop.ts";
import type { ColdstartSection } from "../recipe/sections/coldstart.ts";
import type { EngineSection } from "../recipe/sections/engine.ts";

/** What to learn of a question. */
export interface QuestionExample extends Example {
  /** Id of the question. */
  readonly question: string;
  /** Key of its reasoning path: all wordings of a path are held out together. Default: the question alone. */
  readonly path?: string;
}

export interface FineTuned {
  readonly steps: number;
  /** Examples that were held out. */
  readonly heldOut: number;
  /** Steps after which the model that is kept was taken. */
  readonly bestStep: number;
}

/** What the loop carries from step to step where something is held out. */
interface HeldOutState {
  /** Held-out loss of the base model; null where it is no number. */
  readonly first: number | null;
  readonly best: { readonly step: number; readonly loss: number } | null;
}

/**
 * Trains the run's base model on examples and writes `model/`.
 * @throws UsageError when no example fits into the model's context.
 */
export async function fineTune(
  examples: readonly QuestionExample[],
  context: StageContext<ColdstartSection & { readonly engine: EngineSection }>,
): Promise<FineTuned> {
  const { settings, folder, scratch, seed } = context;
  const base = join(context.input("pretrain"), "model");
  const target = join(folder, "model");
  const training = join(scratch, "training");
  await using model = await openForTraining(base, settings.engine, seed);
  const { learned, heldOut } = splitHeldOut(
    fittingExamples(examples, model, context),
    ({ example }) => example.path ?? example.question,
    settings.heldOutShare,
    seededRandom(seed, "coldstart", "heldOut"),
  );
  if (settings.heldOutShare > 0 && heldOut.length === 0)
    context.log.warn("all trajectories are of one path: nothing is held out, the last checkpoint is kept");
  const rows = learned.map((one) => one.row);
  const order = batchOrder(
    rows.length,
    settings.batch,
    settings.passes,
    seededRandom(seed, "coldstart", "order"),
  );
  context.log.info(previewText(model.tokenizer, rows));
  const judged = heldOut.map((one) => one.row);
  const save = (to: string): Promise<void> => saveTrained(model, settings.engine, base, to);
  let isFirstPlan = true;
  const { steps, state } = await runSeries<HeldOutState | null>(
    model.engine,
    {
      name: "coldstart",
      steps: order.length,
      saveEvery: settings.saveEvery,
      optimizer: settings.optimizer,
      start: null,
      async plan(step, before) {
        const sequences = supervisedSequences(order[step]!.map((index) => rows[index]!));
        if (judged.length === 0) return { sequences, metrics: {}, state: null };
        // The state that came in is the one on disk now.
        if (isFirstPlan || step % settings.saveEvery === 0) await forgetBest(training, before?.best?.step);
        isFirstPlan = false;
        if (step % settings.heldOutEvery !== 0) return { sequences, metrics: {}, state: before };
        const heldOutLoss = await meanLoss(model.engine, judged);
        // The base model is measured for the curve; it is no outcome of training.
        const after =
          step === 0
            ? { first: Number.isFinite(heldOutLoss) ? heldOutLoss : null, best: null }
            : better(before, step, heldOutLoss);
        if (after.best?.step === step) {
          // Left half-written by a kill, it would lend its files to the new one.
          await rm(bestFolder(training, step), { recursive: true, force: true });
          await save(bestFolder(training, step));
        }
        return { sequences, metrics: { heldOutLoss }, state: after };
      },
    },
    context,
    training,
  );
  if (judged.length === 0) {
    await save(target);
    return { steps, heldOut: 0, bestStep: steps };
  }
  const last = await meanLoss(model.engine, judged);
  await context.metric("coldstart", steps, { "coldstart/heldOutLoss": last });
  const outcome = better(state, steps, last);
  const bestStep = outcome.best?.step ?? steps;
  // Copied and not moved: a kill from here on comes back for it.
  if (bestStep === steps) await save(target);
  else await cp(bestFolder(training, bestStep), target, { recursive: true });
  report(outcome, last, judged.length, context);
  return { steps, heldOut: judged.length, bestStep };
}

/** Examples as tokens; one that is longer than the model's context is rejected and never cut. */
function fittingExamples(
  examples: readonly QuestionExample[],
  { tokenizer, contextLength }: EmbeddedModel,
  context: Pick<StageContext<unknown>, "reject">,
): { readonly example: QuestionExample; readonly row: ExampleTokens }[] {
  const all = examples.map((example) => ({ example, row: exampleTokens(tokenizer, example) }));
  const fitting = all.filter(({ example, row }) => {
    const length = row.tokens.length;
    if (length > contextLength)
      context.reject(
        example.question,
        `its trajectory has ${length} tokens with the question; the model reads ${contextLength}`,
      );
    return length <= contextLength;
  });
  if (fitting.length > 0) return fitting;
  throw new UsageError(
    examples.length === 0
      ? "coldstart: there is no trajectory to learn from; look at coldstart/rejects.jsonl"
      : `coldstart: no trajectory fits into the ${contextLength} tokens that the base model reads; shorten them ` +
          "(coldstart.checks.maxWords, coldstart.teacher.maxTokens) or take a base with a longer context",
  );
}

function previewText(tokenizer: Tokenizer, rows: readonly ExampleTokens[]): string {
  const [first] = supervisedSequences(rows.slice(0, 1));
  const segments = previewSegments(tokenizer, first!);
  const colour = takesColour(process.stderr);
  const shown = renderPreview(segments, { colour, longest: 400 });
  return `the first of ${rows.length} examples, ${previewLegend(segments, colour)}:\n${shown}`;
}

/** Mean of −log p over the tokens that are learned, each token the same. */
async function meanLoss(engine: Engine, rows: readonly ExampleTokens[]): Promise<number> {
  let sum = 0;
  let count = 0;
  // In parts, so that few log-probabilities are on the way at once.
  for (let at = 0; at < rows.length; at += 128) {
    const part = rows.slice(at, at + 128);
    const logProbs = await engine.score(part.map(({ tokens }) => tokens));
    for (const [index, { start, tokens }] of part.entries()) {
      for (let t = start; t < tokens.length; t++) sum -= logProbs[index]![t]!;
      count += tokens.length - start;
    }
  }
  return sum / count;
}

function better(before: HeldOutState | null, step: number, loss: number): HeldOutState {
  const { first, best } = before ?? { first: null, best: null };
  const isBetter = Number.isFinite(loss) && (best === null || loss < best.loss);
  return { first, best: isBetter ? { step, loss } : best };
}

function bestFolder(training: string, step: number): string {
  return join(training, `best-${step}`);
}

/** Removes the best models but the one that is still named. */
async function forgetBest(training: string, named: number | undefined): Promise<void> {
  if (!existsSync(training)) return;
  for (const name of await readdir(training))
    if (name.startsWith("best-") && name !== `best-${named}`)
      await rm(join(training, name), { recursive: true, force: true });
}

function report(
  { first, best }: HeldOutState,
  last: number,
  count: number,
  { log }: Pick<StageContext<unknown>, "log">,
): void {
  if (best === null) {
    log.warn(
      "the held-out loss was never a number; the last checkpoint is kept. The learning rate is too high",
    );
    return;
  }
  const after = best.loss === last ? "" : `, at the end ${last.toFixed(3)}`;
  log.info(
    `held-out loss (${count} examples): ${first?.toFixed(3) ?? "no number"} → ${best.loss.toFixed(3)} after ${best.step} steps${after}`,
  );
  if (first !== null && best.loss >= first)
    log.warn("the held-out loss never fell below that of the base model; the learning rate may be too high");
}
