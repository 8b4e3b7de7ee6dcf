"""Has TRL's GRPOTrainer train on a model that the engine wrote, and keeps what it saw and the gradient it took.

    npx tsx interop/trl.ts PYTHON

runs both sides; this one reads FOLDER/model and FOLDER/cases.json (name -> settings) and writes for each case
FOLDER/NAME with the weights before the step, the gradient, and batch.json: prompts, completions, rewards, advantages
and the log-probabilities of the policy that sampled.

TRL samples by itself. Case `updates` = 1 keeps the first update, where its ratio is 1; with 2 the second update on the
same completions, where the ratio has moved. The model is held in float64, so what differs is the engine's rounding;
the weights are rounded to float32 before the update that is kept, so both sides start from the same.
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
from safetensors.torch import save_file
from tokenizers import Tokenizer, models, pre_tokenizers
from transformers import AutoModelForCausalLM, PreTrainedTokenizerFast, PrinterCallback, TrainerCallback

GROUP = 6
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


class KeepGradient(TrainerCallback):
    """Sees the gradient after the backward pass; clipping is off."""

    gradient: dict

    def on_pre_optimizer_step(self, args, state, control, model=None, **_):
        self.gradient = {name: p.grad.float().clone() for name, p in model.named_parameters()}


class RecordingTrainer(trl.GRPOTrainer):
    """Keeps the weights and the inputs of the latest update."""

    def _compute_loss(self, model, inputs):
        with torch.no_grad():
            for parameter in model.parameters():
                parameter.copy_(parameter.float())
        self.weights = {name: p.detach().float().clone() for name, p in model.named_parameters()}
        self.batch = {key: value for key, value in inputs.items() if isinstance(value, torch.Tensor)}
        return super()._compute_loss(model, inputs)


def rows(batch: dict) -> list:
    found = []
    for i, advantage in enumerate(batch["advantages"].tolist()):
        prompt = batch["prompt_ids"][i][batch["prompt_mask"][i].bool()].tolist()
        mask = batch["completion_mask"][i].bool()
        tokens = batch["completion_ids"][i][mask].tolist()
        old = batch.get("old_per_token_logps")
        found.append(
            {
                "prompt": prompt,
                "tokens": tokens,
                "reward": reward(prompt, tokens),
                "advantage": advantage,
                "oldLogProbs": [0.0] * len(tokens) if old is None else old[i][mask].tolist(),
            }
        )
    return found


def run(folder: pathlib.Path, name: str, case: dict) -> None:
    model = AutoModelForCausalLM.from_pretrained(folder / "model", dtype=torch.float64)
    keep = KeepGradient()
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
            num_iterations=case["updates"],
            max_steps=case["updates"],
            per_device_train_batch_size=GROUP * len(PROMPTS),
            num_generations=GROUP,
            optim="sgd",
            learning_rate=case["lr"],
            lr_scheduler_type="constant",
            max_grad_norm=0.0,
            beta=0.0,
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
    trainer.train()
    target = folder / name
    target.mkdir()
    shutil.copy(folder / "model" / "config.json", target)
    save_file(trainer.weights, target / "model.safetensors")
    save_file(keep.gradient, target / "gradient.safetensors")
    (target / "batch.json").write_text(json.dumps(rows(trainer.batch)), encoding="utf-8")


def main() -> None:
    transformers.utils.logging.set_verbosity_error()
    torch.set_num_threads(2)
    folder = pathlib.Path(sys.argv[1])
    for name, case in json.loads((folder / "cases.json").read_text(encoding="utf-8")).items():
        run(folder, name, case)
    print(f"TRL {trl.__version__}, transformers {transformers.__version__}, torch {torch.__version__}")


main()
