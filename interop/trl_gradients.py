"""Has TRL's GRPOTrainer train on a model that the engine wrote, and keeps what it saw and the gradient it took.

    npx tsx interop/trl.ts PYTHON

runs both sides; this one reads FOLDER/model, FOLDER/reference and FOLDER/cases.json (name -> settings) and writes for
each case and update FOLDER/NAME-UPDATE with the weights before the update, its gradient, and batch.json: prompts,
completions, rewards, advantages and the log-probabilities of the policy that sampled and of the reference.

TRL samples by itself, once, and updates on the same completions: in the first update its ratio is 1, later it has
moved. Its reference is the model it began with, which would leave the first update without a divergence; it is given
other weights. Its KL term is taken as GRPO has it: by default TRL multiplies it by the ratio (use_bias_correction_kl),
which is another gradient even where the ratio is 1. The model is held in float64, so what differs is the engine's rounding; the weights are rounded to
float32 before each update, so both sides start from the same.
"""

import json
import os
import pathlib
import shutil
import sys

os.environ.update(HF_HUB_OFFLINE="1", HF_HUB_DISABLE_PROGRESS_BARS="1", TQDM_DISABLE="1")

import torch
import transformers
import trl
from datasets import Dataset
from safetensors.torch import load_file, save_file
from tokenizers import Tokenizer, models, pre_tokenizers
from transformers import AutoModelForCausalLM, PreTrainedTokenizerFast, PrinterCallback, TrainerCallback

GROUP = 6
UPDATES = 3
PROMPTS = [[7, 9, 23], [12, 40, 31, 8, 17], [50, 11], [29, 33, 10, 44]]
TIED = 50
"""The first token of the prompt whose completions all earn the same."""


def reward(prompt: list, completion: list) -> float:
    """Something that depends on nothing but the tokens."""
    return 0.7 if prompt[0] == TIED else (sum(completion) * 7 + len(completion)) % 11 / 10


def score(prompts: list, completion_ids: list, **_) -> list:
    """TRL's form of a reward function; a prompt is text there."""
    return [reward([int(word[1:]) for word in prompt.split()], ids) for prompt, ids in zip(prompts, completion_ids)]


def plain_tokenizer(size: int) -> PreTrainedTokenizerFast:
    table = Tokenizer(models.WordLevel({f"t{i}": i for i in range(size)}, unk_token="t0"))
    table.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    return PreTrainedTokenizerFast(tokenizer_object=table, pad_token="t0", eos_token="t1", padding_side="left")


class KeepGradients(TrainerCallback):
    """Sees the gradient of each update after the backward pass; clipping is off."""

    def __init__(self):
        self.gradients = []

    def on_pre_optimizer_step(self, args, state, control, model=None, **_):
        self.gradients.append({name: p.grad.float().clone() for name, p in model.named_parameters()})


class RecordingTrainer(trl.GRPOTrainer):
    """Keeps the weights of each update and the batch that all of them learn from."""

    def _compute_loss(self, model, inputs):
        with torch.no_grad():
            for parameter in model.parameters():
                parameter.copy_(parameter.float())
        self.weights = getattr(self, "weights", [])
        self.weights.append({name: p.detach().float().clone() for name, p in model.named_parameters()})
        self.batch = {key: value for key, value in inputs.items() if isinstance(value, torch.Tensor)}
        return super()._compute_loss(model, inputs)


def rows(batch: dict) -> list:
    found = []
    for i, advantage in enumerate(batch["advantages"].tolist()):
        prompt = batch["prompt_ids"][i][batch["prompt_mask"][i].bool()].tolist()
        mask = batch["completion_mask"][i].bool()
        tokens = batch["completion_ids"][i][mask].tolist()
        log_probs = {
            name: batch[key][i][mask].tolist() if key in batch else [0.0] * len(tokens)
            for name, key in (("oldLogProbs", "old_per_token_logps"), ("refLogProbs", "ref_per_token_logps"))
        }
        found.append(
            {
                "prompt": prompt,
                "tokens": tokens,
                "reward": reward(prompt, tokens),
                "advantage": advantage,
                **log_probs,
            }
        )
    return found


def run(folder: pathlib.Path, name: str, case: dict) -> None:
    model = AutoModelForCausalLM.from_pretrained(folder / "model", dtype=torch.float64)
    keep = KeepGradients()
    trainer = RecordingTrainer(
        model=model,
        reward_funcs=score,
        processing_class=plain_tokenizer(model.config.vocab_size),
        train_dataset=Dataset.from_list([{"prompt": " ".join(f"t{i}" for i in ids)} for ids in PROMPTS]),
        callbacks=[keep],
        args=trl.GRPOConfig(
            output_dir=str(folder / "trainer"),
            loss_type=case["lossType"],
            scale_rewards=case["scaleRewards"],
            epsilon=case["low"],
            epsilon_high=case["high"],
            max_completion_length=case["maxTokens"],
            num_iterations=UPDATES,
            max_steps=UPDATES,
            per_device_train_batch_size=GROUP * len(PROMPTS),
            num_generations=GROUP,
            optim="sgd",
            learning_rate=case["lr"],
            lr_scheduler_type="constant",
            max_grad_norm=0.0,
            beta=case["kl"],
            use_bias_correction_kl=False,
            use_cpu=True,
            bf16=False,
            gradient_checkpointing=False,
            report_to="none",
            save_strategy="no",
            logging_strategy="no",
            log_level="error",
            disable_tqdm=True,
            seed=3,
        ),
    )
    trainer.remove_callback(PrinterCallback)
    if trainer.ref_model is not None:
        with torch.no_grad():
            for key, value in load_file(folder / "reference" / "model.safetensors").items():
                trainer.ref_model.get_parameter(key).copy_(value)
    trainer.train()
    for update, (weights, gradient) in enumerate(zip(trainer.weights, keep.gradients), start=1):
        target = folder / f"{name}-{update}"
        target.mkdir()
        shutil.copy(folder / "model" / "config.json", target)
        save_file(weights, target / "model.safetensors")
        save_file(gradient, target / "gradient.safetensors")
        (target / "batch.json").write_text(json.dumps(rows(trainer.batch)), encoding="utf-8")


def main() -> None:
    transformers.utils.logging.set_verbosity_error()
    torch.set_num_threads(2)
    folder = pathlib.Path(sys.argv[1])
    for name, case in json.loads((folder / "cases.json").read_text(encoding="utf-8")).items():
        run(folder, name, case)
    print(f"TRL {trl.__version__}, transformers {transformers.__version__}, torch {torch.__version__}")


main()
