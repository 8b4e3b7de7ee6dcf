"""TRL's side of `npm run bench -- engine`: GRPOTrainer's step, one for each line it reads.

Reads its job from the file named on the command line. The trainer runs once; before each of its steps it waits for a
line, so that the sides can take turns, and after it says how long the step took: sampling, rewards and the update.
"""

import json
import os
import resource
import sys
import time

os.environ.update(HF_HUB_OFFLINE="1", HF_HUB_DISABLE_PROGRESS_BARS="1", TQDM_DISABLE="1")


def say(**answer) -> None:
    print(json.dumps(answer), file=sys.__stdout__, flush=True)


try:
    import torch
    import trl
    from datasets import Dataset
    from tokenizers import Tokenizer, models, pre_tokenizers
    from transformers import AutoModelForCausalLM, PreTrainedTokenizerFast, PrinterCallback, TrainerCallback
except ImportError as error:
    say(unavailable=str(error))
    sys.exit()


class TakeTurns(TrainerCallback):
    def on_step_begin(self, args, state, control, **_):
        if not sys.stdin.readline():
            # Nobody asks any more.
            os._exit(0)
        self.start = time.perf_counter()

    def on_step_end(self, args, state, control, **_):
        seconds = time.perf_counter() - self.start
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
        say(seconds=seconds, amount=1, peakMemoryBytes=peak)


def reward(completion_ids: list, **_) -> list:
    return [sum(ids) % 11 / 10 for ids in completion_ids]


def main() -> None:
    with open(sys.argv[1], encoding="utf-8") as file:
        job = json.load(file)
    # Whatever the trainer prints is not an answer.
    sys.stdout = sys.stderr
    torch.set_num_threads(job["threads"])
    model = AutoModelForCausalLM.from_pretrained(job["model"], dtype=torch.float32)
    words = models.WordLevel({f"t{i}": i for i in range(model.config.vocab_size)}, unk_token="t0")
    tokenizer = Tokenizer(words)
    tokenizer.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    step = job["update"]
    trainer = trl.GRPOTrainer(
        model=model,
        reward_funcs=reward,
        processing_class=PreTrainedTokenizerFast(
            tokenizer_object=tokenizer, pad_token="t0", eos_token="t1", padding_side="left"
        ),
        train_dataset=Dataset.from_list([{"prompt": " ".join(f"t{i}" for i in ids)} for ids in job["prompts"]]),
        callbacks=[TakeTurns()],
        args=trl.GRPOConfig(
            output_dir=os.path.join(os.path.dirname(sys.argv[1]), "trl"),
            loss_type="dr_grpo",
            scale_rewards="none",
            beta=0.0,
            max_completion_length=job["newTokens"],
            num_generations=job["group"],
            per_device_train_batch_size=job["group"] * len(job["prompts"]),
            max_steps=1_000_000,
            learning_rate=step["lr"],
            adam_beta1=step["beta1"],
            adam_beta2=step["beta2"],
            weight_decay=step["weightDecay"],
            max_grad_norm=step["clipNorm"],
            lr_scheduler_type="constant",
            use_cpu=True,
            bf16=False,
            gradient_checkpointing=False,
            report_to="none",
            save_strategy="no",
            logging_strategy="no",
            log_level="error",
            disable_tqdm=True,
        ),
    )
    trainer.remove_callback(PrinterCallback)
    say(version=trl.__version__)
    trainer.train()


main()
