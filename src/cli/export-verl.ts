/**
 * Training data for verl 0.9: Parquet with `messages` for its supervised trainer, and with the columns that its
 * reinforcement reads. What this program needs of a question lies in `extra_info`, since names of columns that verl
 * does not know are handed on into its agent loop, where some have a meaning.
 *
 * Settings in the commands are those that differ from verl's defaults and would break or bend the run: it cuts prompts
 * that are too long, saves nothing, divides by the group's deviation, and ends with no step where a batch is not full.
 */
import { renderQuestion } from "../models/prompt.ts";
import type { Recipe } from "../recipe/schema.ts";
import { mayHaveSeveral } from "../records/question.ts";
import { sourceOf } from "../refine/mix/mix.ts";
import { pathKeyOf } from "../refine/split.ts";
import { command, readmeOf, roomFor } from "./export-readme.ts";
import { verlReward } from "./export-reward.ts";
import type { TrainerForm, TrainingFacts } from "./export-training.ts";

const messages = "STRUCT(role VARCHAR, content VARCHAR)[]";

export const verlForm: TrainerForm = {
  name: "verl",
  suffix: "parquet",
  columns: {
    sft: {
      messages,
      trajectory: "VARCHAR",
      question: "VARCHAR",
      method: "VARCHAR",
      label_conditioned: "BOOLEAN",
    },
    rl: {
      data_source: "VARCHAR",
      prompt: messages,
      ability: "VARCHAR",
      reward_model: "STRUCT(style VARCHAR, ground_truth VARCHAR)",
      extra_info:
        "STRUCT(index BIGINT, split VARCHAR, question VARCHAR, options STRUCT(letter VARCHAR, text VARCHAR)[], " +
        "several BOOLEAN, tier VARCHAR, language VARCHAR, path VARCHAR)",
    },
  },
  sft: ({ trajectory, prompt }) => ({
    messages: [
      { role: "user", content: prompt },
      { role: "assistant", content: trajectory.reply },
    ],
    trajectory: trajectory.id,
    question: trajectory.question,
    method: trajectory.method,
    label_conditioned: trajectory.labelConditioned,
  }),
  rl: (question, index, part) => ({
    data_source: `fleming/${sourceOf(question)}`,
    prompt: [{ role: "user", content: renderQuestion(question) }],
    ability: "medical",
    reward_model: { style: "rule", ground_truth: question.gold.join(",") },
    extra_info: {
      index,
      split: part,
      question: question.id,
      options: Object.entries(question.options).map(([letter, text]) => ({ letter, text })),
      several: mayHaveSeveral(question),
      tier: question.tier ?? "",
      language: question.language,
      path: pathKeyOf(question),
    },
  }),
  reward: verlReward,
  readme: (facts) =>
    readmeOf(facts, {
      trainer: "verl",
      columns: [
        "`sft/*.parquet`: `messages`, one question and its reply; the others name the trajectory",
        "`rl/*.parquet`: `prompt`, `data_source` (validation is averaged by it), `reward_model.ground_truth` (letters, " +
          "several with commas), `extra_info` (id of the question, options, tier, path)",
      ],
      silence:
        "A reply on which it gives no answer within a minute earns 0 and 1 in the number `reward_error`: watch that it stays 0.",
      launch: [...supervised(facts), ...reinforcement(facts)],
    }),
};

/** Names of the loss forms in verl. */
const lossModes: Readonly<Record<Recipe["reinforce"]["lossNorm"], string>> = {
  sequenceSum: "seq-mean-token-sum",
  sequenceMean: "seq-mean-token-mean",
  tokenMean: "token-mean",
  drGrpo: "seq-mean-token-sum-norm",
};

function supervised(facts: TrainingFacts): string[] {
  const { recipe, rows, longest, out } = facts;
  const count = rows["sft/train.parquet"];
  if (count === undefined) return [];
  const { optimizer, passes, batch } = recipe.coldstart;
  const hasVal = rows["sft/val.parquet"] !== undefined;
  const length = longest === undefined ? "LONGEST" : String(roomFor(longest.example));
  const taken = Math.min(batch, count);
  // A batch that is not full is dropped.
  const steps = Math.floor(count / taken) * passes;
  return [
    "## Cold start (§3.2)",
    "`MODEL`, `WORK` and this folder have to be absolute paths on storage that every node sees; `GPUS` is their number.",
    command("torchrun --standalone --nnodes=1 --nproc_per_node=GPUS -m verl.trainer.sft_trainer", [
      "engine=fsdp",
      `data.train_files=${quoted(`${out}/sft/train.parquet`)}`,
      ...(hasVal ? [`data.val_files=${quoted(`${out}/sft/val.parquet`)}`] : []),
      "data.messages_key=messages data.enable_thinking_default=null",
      `data.max_length=${length} data.truncation=error`,
      `data.train_batch_size=${taken} data.use_dynamic_bsz=True ` +
        `data.max_token_len_per_gpu=${Math.max(8192, longest === undefined ? 0 : roomFor(longest.example))}`,
      "model.path=MODEL",
      `optim.lr=${optimizer.lr} optim.lr_warmup_steps_ratio=${Math.min(1, optimizer.warmupSteps / steps).toFixed(4)} ` +
        `optim.lr_scheduler_type=${optimizer.decay === "constant" ? "constant" : "cosine"}`,
      `trainer.total_epochs=${passes} trainer.save_freq=after_each_epoch ` +
        `trainer.test_freq=${hasVal ? "after_each_epoch" : "-1"}`,
      "trainer.default_local_dir=WORK/sft trainer.resume_mode=disable \"trainer.logger=['console','file']\"",
      `trainer.seed=${recipe.seed} trainer.nnodes=1 trainer.n_gpus_per_node=GPUS`,
    ]),
    (longest === undefined
      ? "The run has no base model here, so lengths were not measured: put the longest example in tokens for `LONGEST`. "
      : `The longest example has ${longest.example.toLocaleString("en")} tokens in the run's tokenizer; another model ` +
        "may need more. ") +
      "With `truncation=error` one that is longer ends the run, which is better than learning from a cut one. Where the " +
      "chat template rewrites `<think>` (Qwen3), add `data.ignore_input_ids_mismatch=True`. The rate is the recipe's, " +
      "for the recipe's model: a 7B model takes about 1e-5. Resuming is off because it may skip an epoch " +
      "(verl issue 7401).",
  ];
}

function reinforcement(facts: TrainingFacts): string[] {
  const { recipe, rows, longest, out } = facts;
  const count = rows["rl/train.parquet"];
  if (count === undefined) return [];
  const { stage1, optimizer, maxTokens, temperature, lossNorm, advantage, kl, clip, updatesPerBatch } =
    recipe.reinforce;
  const batch = Math.min(stage1.questionsPerStep, count);
  const val = rows["rl/val.parquet"] === undefined ? "train" : "val";
  const actor = "actor_rollout_ref.actor";
  const rollout = "actor_rollout_ref.rollout";
  return [
    "## Reinforcement, stage 1 (§3.3)",
    command("python3 -m verl.trainer.main_ppo", [
      `algorithm.adv_estimator=grpo algorithm.norm_adv_by_std_in_grpo=${advantage === "mean" ? "False" : "True"}`,
      `data.train_files=${quoted(`${out}/rl/train.parquet`)} data.val_files=${quoted(`${out}/rl/${val}.parquet`)}`,
      `data.train_batch_size=${batch} data.seed=${recipe.seed} data.filter_overlong_prompts=True`,
      `data.max_prompt_length=${longest === undefined ? "LONGEST" : roomFor(longest.prompt)} data.max_response_length=${maxTokens}`,
      "actor_rollout_ref.model.path=SFT_MODEL",
      `${actor}.ppo_mini_batch_size=${batch} ${actor}.ppo_epochs=${updatesPerBatch} ${actor}.use_dynamic_bsz=True`,
      `${actor}.loss_agg_mode=${lossModes[lossNorm]}${lossNorm === "drGrpo" ? ` ${actor}.loss_scale_factor=${maxTokens}` : ""}`,
      `${actor}.optim.lr=${optimizer.lr} ${actor}.use_kl_loss=${kl > 0 ? `True ${actor}.kl_loss_coef=${kl} ${actor}.kl_loss_type=low_var_kl` : "False"}`,
      ...(clip === undefined
        ? []
        : [`${actor}.clip_ratio_low=${clip.low} ${actor}.clip_ratio_high=${clip.high}`]),
      `${rollout}.name=vllm ${rollout}.n=${stage1.groupSize} ${rollout}.temperature=${temperature} ` +
        `${rollout}.tensor_model_parallel_size=1`,
      `reward.custom_reward_function.path=${quoted(`${out}/reward.py`)} reward.custom_reward_function.name=compute_score`,
      `trainer.total_training_steps=${stage1.steps} trainer.total_epochs=${Math.ceil((stage1.steps * batch) / count) + 1}`,
      "trainer.save_freq=20 trainer.test_freq=20 trainer.default_local_dir=WORK/stage1 trainer.resume_mode=auto",
      "\"trainer.logger=['console','file']\" trainer.nnodes=1 trainer.n_gpus_per_node=GPUS",
    ]),
    "`SFT_MODEL` is the merged checkpoint of the cold start (`python -m verl.model_merger merge --backend fsdp " +
      "--local_dir WORK/sft/global_step_N --target_dir SFT_MODEL`). The prompts ask for no form: a model without the cold " +
      "start needs a system message that does. Rates and " +
      "lengths are the recipe's, for the recipe's model; a 7B model takes about 1e-6 and replies of a few thousand tokens. " +
      "verl's curriculum has no sampler: stage 1's mix and stage 2's mined questions are files of their own. Keep at least " +
      "one batch in each, or verl takes no step." +
      (val === "train"
        ? " There are no dev questions; verl wants a validation file and is given the training one."
        : ""),
  ];
}

/** A setting's value for Hydra in a shell: quoted where a path has signs that either would read. */
function quoted(path: string): string {
  return /^[\w./-]+$/u.test(path) ? path : `"'${path.replaceAll("'", "\\'")}'"`;
}
