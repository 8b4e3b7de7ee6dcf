/**
 * Training data for TRL: JSON Lines in its conversational form, `prompt` and `completion` for SFTTrainer, which then
 * learns the completion alone, and `prompt` with the columns that the reward is given for GRPOTrainer.
 *
 * No column is ever null and options are a list: the data sets library derives one type a column for each file.
 */
import { renderQuestion } from "../models/prompt.ts";
import type { Recipe } from "../recipe/schema.ts";
import { mayHaveSeveral } from "../records/question.ts";
import { sourceOf } from "../refine/mix/mix.ts";
import { pathKeyOf } from "../refine/split.ts";
import { command, readmeOf, roomFor } from "./export-readme.ts";
import { trlReward } from "./export-reward.ts";
import type { TrainerForm, TrainingFacts } from "./export-training.ts";

export const trlForm: TrainerForm = {
  name: "trl",
  suffix: "jsonl",
  sft: ({ trajectory, prompt }) => ({
    prompt: [{ role: "user", content: prompt }],
    completion: [{ role: "assistant", content: trajectory.reply }],
    trajectory: trajectory.id,
    question: trajectory.question,
    method: trajectory.method,
    label_conditioned: trajectory.labelConditioned,
  }),
  rl: (question) => ({
    prompt: [{ role: "user", content: renderQuestion(question) }],
    gold: question.gold.join(","),
    options: Object.entries(question.options).map(([letter, text]) => ({ letter, text })),
    several: mayHaveSeveral(question),
    question: question.id,
    source: sourceOf(question),
    tier: question.tier ?? "",
    path: pathKeyOf(question),
  }),
  reward: trlReward,
  readme: (facts) =>
    readmeOf(facts, {
      trainer: "TRL",
      columns: [
        "`sft/*.jsonl`: `prompt` and `completion`, conversational; the others name the trajectory",
        "`rl/*.jsonl`: `prompt`, `gold` (letters, several with commas), `options`, `several` (whether more than one may " +
          "be right), id, source, tier and path of the question",
      ],
      silence: "Where it gives no answer within a minute the run ends with an error.",
      launch: [...supervised(facts), ...reinforcement(facts)],
    }),
};

function supervised({ recipe, rows, longest }: TrainingFacts): string[] {
  if (rows["sft/train.jsonl"] === undefined) return [];
  const { optimizer, passes, batch } = recipe.coldstart;
  const hasVal = rows["sft/val.jsonl"] !== undefined;
  return [
    "## Cold start (§3.2)",
    command("trl sft", [
      `--model_name_or_path MODEL --dataset_name sft${hasVal ? " --dataset_test_split validation" : ""}`,
      `--max_length ${longest === undefined ? "LONGEST" : roomFor(longest.example)}`,
      `--num_train_epochs ${passes} --per_device_train_batch_size ${batch} --learning_rate ${optimizer.lr}`,
      `--warmup_steps ${optimizer.warmupSteps} --lr_scheduler_type ${scheduler(optimizer.decay)}`,
      ...(hasVal
        ? [
            "--eval_strategy epoch --save_strategy epoch --load_best_model_at_end True --metric_for_best_model eval_loss",
          ]
        : []),
      `--seed ${recipe.seed} --report_to none --output_dir WORK/sft`,
    ]),
    "Start it in this folder. Longer examples than `--max_length` are cut without a word; " +
      (longest === undefined
        ? "the run has no base model here, so put the longest one in tokens for `LONGEST`. "
        : `the longest has ${longest.example.toLocaleString("en")} tokens in the run's tokenizer. `) +
      "Where the chat template writes something behind the mark that ends a turn (a line break in ChatML), TRL learns " +
      "it too, and `fleming coldstart` does not. On a machine without a graphics card add `--use_cpu True --bf16 False`. The rate is the recipe's, for the " +
      "recipe's model: a 7B model takes about 1e-5.",
  ];
}

/** Names of the loss forms in TRL; `sequenceSum` is `dr_grpo` times the longest completion. */
const lossTypes: Readonly<Record<Recipe["reinforce"]["lossNorm"], string>> = {
  sequenceSum: "dr_grpo",
  sequenceMean: "grpo",
  tokenMean: "dapo",
  drGrpo: "dr_grpo",
};

function reinforcement({ recipe, rows }: TrainingFacts): string[] {
  if (rows["rl/train.jsonl"] === undefined) return [];
  const { stage1, optimizer, maxTokens, temperature, lossNorm, advantage, kl, clip, updatesPerBatch } =
    recipe.reinforce;
  return [
    "## Reinforcement, stage 1 (§3.3)",
    command("trl grpo", [
      "--model_name_or_path WORK/sft --dataset_name rl --reward_funcs reward.reward",
      `--num_generations ${stage1.groupSize} --per_device_train_batch_size ${stage1.groupSize} ` +
        `--gradient_accumulation_steps ${stage1.questionsPerStep}`,
      `--max_completion_length ${maxTokens} --temperature ${temperature}`,
      `--loss_type ${lossTypes[lossNorm]} --scale_rewards ${advantage === "mean" ? "none" : "group"} --beta ${kl} --num_iterations ${updatesPerBatch}`,
      ...(clip === undefined ? [] : [`--epsilon ${clip.low} --epsilon_high ${clip.high}`]),
      `--learning_rate ${optimizer.lr} --lr_scheduler_type ${scheduler(optimizer.decay)} --max_steps ${stage1.steps}`,
      `--seed ${recipe.seed} --report_to none --output_dir WORK/stage1`,
    ]),
    "The prompts ask for no form: a model without the cold start needs a system message that does. TRL no longer cuts " +
      "or drops long prompts; filter them for the model's context." +
      (lossNorm === "sequenceSum"
        ? " Eq. 1 sums over a reply's tokens; `dr_grpo` divides by the longest completion, so the rate stands for " +
          `${maxTokens} times as much here as there (AdamW hides most of it).`
        : ""),
  ];
}

function scheduler(decay: Recipe["coldstart"]["optimizer"]["decay"]): string {
  return decay === "constant" || decay === "cosine" ? decay : "linear";
}
