/** Estimates of the stages that train or ask a model of this machine: pretrain, coldstart, reinforce, evaluate. */
import { UsageError } from "../../base/errors.ts";
import { lanesFor, requireMemory } from "../../engine/limits.ts";
import { trainedParameters } from "../../engine/lora.ts";
import { clusterEstimate } from "../../models/estimate-cluster.ts";
import { engineMemory, type ModelUse } from "../../models/estimate-memory.ts";
import type { ModelShape } from "../../models/model-shape.ts";
import type { Recipe } from "../../recipe/schema.ts";
import type { Asked } from "./asked.ts";
import { count, gib } from "./figures.ts";
import type { Lengths } from "./lengths.ts";
import { type Machine, slowdown } from "./machine.ts";
import type { Rates } from "./rates.ts";
import { judged, noTokens, type StageEstimate } from "./stage-estimate.ts";
import { addTokens, coldstartTokens, reinforceTokens, type Tokens, trajectories } from "./tokens.ts";
import type { Workload } from "./workload.ts";

/** What all of them are reckoned from. */
export interface Ground {
  readonly recipe: Recipe;
  readonly workload: Workload;
  readonly lengths: Lengths;
  readonly model: ModelShape;
  readonly rates: Rates;
  readonly machine: Machine;
  readonly asked: readonly Asked[];
}

/** Starting an engine and reading a model: bytes a second, and seconds at least. */
const LOAD_RATE = 200e6;
const LOAD_SECONDS = 1.5;
/** Rewards, records and checkpoints beside the arithmetic of a reinforcement step. */
const BESIDE = 1.2;
/** Tokenizer and corpus of a base model that is made here. */
const CORPUS_SECONDS = 8;
/** Intervals of a row and of a pair of rows, for 1,000 questions and 1,000 draws. */
const BOOTSTRAP_SECONDS = 0.4;

/** The base model: named and fetched, or made from the corpus. */
export function pretrainEstimate(ground: Ground): StageEstimate {
  const { recipe, model, rates } = ground;
  const { steps, rowsPerStep, rowTokens, base } = recipe.pretrain;
  const stepTokens = rowsPerStep * rowTokens;
  if (base !== undefined) {
    const use = useOf(recipe, {});
    return ofModel(ground, "pretrain", {
      use,
      tokens: noTokens,
      seconds: loading(ground),
      models: 1,
      downloadBytes: model.downloadBytes,
      basis: [`${weights(model)}, from ${model.from}`],
    });
  }
  const tokens = { trained: steps * stepTokens, sampled: 0, read: 0 };
  return ofModel(ground, "pretrain", {
    use: useOf(recipe, { train: { tokens: stepTokens, rowTokens } }),
    tokens,
    seconds: slowdown(ground.machine) * CORPUS_SECONDS + tokens.trained / rates.train,
    models: 1,
    basis: [`${weights(model)}, trained from nothing on ${count(tokens.trained)} tokens`, rateText(rates)],
  });
}

/** Trajectories and what is learned of them. */
export function coldstartEstimate(ground: Ground): StageEstimate {
  const { recipe, workload, lengths, rates, asked } = ground;
  const tokens = coldstartTokens(recipe, workload, lengths);
  const { asked: questions, kept } = trajectories(recipe, workload);
  const own = asked.filter(({ stage }) => stage === "coldstart");
  const rowTokens = lengths.prompt + lengths.reply;
  const train = { tokens: recipe.coldstart.batch * rowTokens, rowTokens };
  const isLocal = "path" in recipe.coldstart.teacher;
  const remarks = isLocal ? ["the teacher on this machine is not part of the estimate"] : [];
  return ofModel(ground, "coldstart", {
    use: useOf(recipe, { train }),
    tokens,
    seconds: loading(ground) + tokens.trained / rates.train,
    models: 1 + (recipe.coldstart.heldOutShare > 0 ? 1 : 0),
    asked: own,
    remarks,
    basis: [
      `${count(kept)} trajectories${questions > 0 ? ` of ${count(questions)} questions asked` : ""}, ${recipe.coldstart.passes} passes, ${count(tokens.trained)} tokens learned`,
      lengths.how,
      rateText(rates),
    ],
  });
}

/** Both stages of reinforcement and the controls. */
export function reinforceEstimate(ground: Ground): StageEstimate {
  const { recipe, workload, lengths, rates } = ground;
  const { stage1, stage2, kl } = recipe.reinforce;
  const phases = reinforceTokens(recipe, workload, lengths);
  const tokens = addTokens(...phases.values());
  const rowTokens = lengths.prompt + lengths.reply;
  const rollouts = Math.max(...[stage1, stage2].map((s) => s.questionsPerStep * s.groupSize));
  return ofModel(ground, "reinforce", {
    use: {
      ...useOf(recipe, {
        train: { tokens: rollouts * rowTokens, rowTokens },
        sample: { sequences: rollouts, tokens: rowTokens },
      }),
      reference: kl > 0,
    },
    tokens,
    seconds: phases.size * loading(ground) + BESIDE * secondsOf(tokens, rates),
    models: phases.size + 1,
    basis: [
      ...[...phases].map(
        ([name, one]) => `${name}: ${count(one.sampled)} tokens written, ${count(one.trained)} learned`,
      ),
      lengths.how,
      rateText(rates),
    ],
  });
}

/** The run's own rows on its test questions, and its models on the benchmarks. */
export function evaluateEstimate(ground: Ground): StageEstimate {
  const { recipe, workload, lengths, rates, asked } = ground;
  const { evaluate, reinforce, stages } = recipe;
  const has = (stage: "pretrain" | "coldstart" | "reinforce"): boolean =>
    stages === undefined || stages.includes(stage);
  const steps = [has("pretrain"), has("coldstart"), has("reinforce"), has("reinforce")].filter(
    Boolean,
  ).length;
  const controls = evaluate.controls && steps > 0 ? reinforce.controls.length + 1 : 0;
  const rows = steps + controls;
  const own = { none: 0, last: Math.min(1, steps), all: steps }[evaluate.ownModels];
  const local = Object.values(evaluate.models).filter((one) => "path" in one).length;
  const answers = workload.benchmark * evaluate.samples * evaluate.orders * (own + local);
  const reply = Math.min(evaluate.maxTokens, lengths.reply);
  const tokens = {
    trained: 0,
    sampled: rows * workload.test * reply + answers * reply,
    read: rows * workload.test * lengths.prompt + answers * lengths.curatedPrompt,
  };
  const served = asked.filter(({ stage }) => stage === "evaluate");
  const draws = ((2 * rows * workload.test) / 1000) * (evaluate.resamples / 1000);
  const use = useOf(recipe, { sample: { sequences: evaluate.batch, tokens: lengths.curatedPrompt + reply } });
  const isIdle = rows === 0 && own + local === 0;
  return ofModel(ground, "evaluate", {
    use: isIdle ? undefined : use,
    tokens,
    seconds:
      (rows + own + local) * loading(ground) +
      secondsOf(tokens, rates) +
      slowdown(ground.machine) * BOOTSTRAP_SECONDS * draws,
    models: 0,
    asked: served,
    basis: [
      `${rows} rows on about ${count(workload.test)} test questions`,
      `${count(answers)} replies of models of this machine to benchmarks`,
    ],
    advice:
      "needs an endpoint: serve the trained model and name it under evaluate.models, with ownModels: none",
    remarks: local > 0 ? ["models under evaluate.models are taken to be of the base model's size"] : [],
  });
}

interface ModelWork {
  /** Undefined where no model of this machine is opened. */
  readonly use: ModelUse | undefined;
  readonly tokens: Tokens;
  /** Without what other servers take. */
  readonly seconds: number;
  /** Copies of the model that are written. */
  readonly models: number;
  readonly downloadBytes?: number;
  readonly asked?: readonly Asked[];
  readonly basis: readonly string[];
  readonly remarks?: readonly string[];
  /** What to do where it cannot run here. */
  readonly advice?: string;
}

function ofModel(ground: Ground, stage: StageEstimate["stage"], work: ModelWork): StageEstimate {
  const { model, machine, rates } = ground;
  const { use, tokens, seconds, models, downloadBytes = 0, asked = [], basis, remarks = [], advice } = work;
  const memory = use === undefined ? undefined : engineMemory(model.config, use);
  // What was timed was seen; only what the timing did not do is added.
  const seen = rates.engineBytes === undefined ? 0 : rates.engineBytes + PROGRAM_BYTES;
  const memoryBytes = Math.max(memory?.total ?? PROGRAM_BYTES, use?.train === undefined ? 0 : seen);
  const waitingSeconds = asked.reduce((sum, one) => sum + one.seconds, 0);
  const estimate = {
    stage,
    seconds: seconds + waitingSeconds,
    waitingSeconds,
    memoryBytes,
    // Weights as float32; a run in progress keeps weights and moments beside them.
    diskBytes: 4 * model.parameters * (models + (use?.train === undefined ? 0 : 3)),
    downloadBytes,
    tokens,
    asked,
    basis: [...basis, ...(memory === undefined ? [] : [memoryText(memory)])],
    ...(use?.train === undefined
      ? {}
      : {
          cluster: clusterEstimate({
            parameters: model.parameters,
            trainedTokens: tokens.trained,
            sampledTokens: tokens.sampled,
            isAdapter: use.lora !== undefined,
            hasReference: use.reference ?? false,
          }),
        }),
  };
  const refused = use === undefined ? [] : refusals(ground, use, memoryBytes);
  const blocked = refused.length > 0 && advice !== undefined ? [...refused, advice] : refused;
  const tight =
    memoryBytes > machine.availableBytes && memoryBytes <= machine.memoryBytes
      ? [`other programs have to leave it ${gib(memoryBytes)}; ${gib(machine.availableBytes)} are free now`]
      : [];
  return judged(estimate, blocked, [...remarks, ...tight]);
}

/** Why this machine cannot hold the model: by the engine's own rule, then by the estimate. */
function refusals({ model, machine }: Ground, use: ModelUse, needed: number): string[] {
  const { threads, memoryBytes, lora, train } = use;
  const trained = train === undefined ? [] : trainedParameters(model.config, lora);
  const lanes = lanesFor(model.config, threads);
  try {
    requireMemory(model.config, { threads, lanes, memoryBytes, trained }, machine.memoryBytes);
  } catch (error) {
    if (error instanceof UsageError) return [error.message.replace(/^engine: /u, "")];
    throw error;
  }
  return needed > machine.memoryBytes
    ? [`it needs about ${gib(needed)} of memory and this machine has ${gib(machine.memoryBytes)}`]
    : [];
}

/** The program beside the engine that was timed. */
const PROGRAM_BYTES = 350 * 2 ** 20;

function useOf({ engine }: Recipe, what: Pick<ModelUse, "train" | "sample">): ModelUse {
  const { threads, memoryGb, recompute, lora } = engine;
  return { threads, memoryBytes: memoryGb * 2 ** 30, recompute, lora, ...what };
}

function secondsOf({ trained, sampled, read }: Tokens, rates: Rates): number {
  return trained / rates.train + sampled / rates.sample + read / rates.read;
}

function loading({ model: { parameters }, machine }: Ground): number {
  return slowdown(machine) * (LOAD_SECONDS + (4 * parameters) / LOAD_RATE);
}

function weights({ parameters }: ModelShape): string {
  return `${parameters.toLocaleString("en")} weights`;
}

function rateText({ train, sample, how }: Rates): string {
  return `${count(train)} tokens/s trained, ${count(sample)} written (${how})`;
}

function memoryText(parts: ReturnType<typeof engineMemory>): string {
  const named = Object.entries(parts).filter(([name, bytes]) => name !== "total" && bytes > 0);
  return `memory: ${named.map(([name, bytes]) => `${name} ${gib(bytes)}`).join(", ")}`;
}
