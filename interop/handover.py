"""Reads the training data that this program exports, as the trainers do that it is for.

    npx tsx interop/handover.ts PYTHON

runs both sides; this one reads FOLDER with run/ (whose pretrain/model is the base), trl/, verl/ and expected.json:
of each trajectory our tokens and which of them are learned, of each question replies with their rewards.

verl itself trains on graphics cards only. What its supervised data set does is followed: each message is rendered
alone, the pieces are put together and must equal the whole, and the assistant's piece is learned but for the tokens
that begin a reply.
"""

import importlib.util
import json
import os
import pathlib
import re
import shlex
import sys

os.environ.update(HF_HUB_OFFLINE="1", HF_HUB_DISABLE_PROGRESS_BARS="1", TQDM_DISABLE="1")

import datasets
import pandas
import transformers
import trl
from transformers import AutoModelForCausalLM, PreTrainedTokenizerFast, PrinterCallback
from trl.scripts import grpo, sft


def same(what: str, found: object, expected: object) -> None:
    if found != expected:
        raise SystemExit(f"{what}: {found!r}; expected {expected!r}")


def command(folder: pathlib.Path, program: str) -> list:
    """The settings of a command of the README, its placeholders filled."""
    text = (folder / "README.md").read_text(encoding="utf-8")
    block = re.search(rf"```sh\n{program} (.*?)```", text, re.S)
    if block is None:
        raise SystemExit(f"{folder}/README.md has no command {program}")
    filled = block[1].replace("\\\n", " ").replace("WORK", str(folder.parent / "work"))
    return shlex.split(filled.replace("MODEL", str(folder.parent / "run/pretrain/model")))


def on_cpu(args: list, **changes: object) -> list:
    more = {"use_cpu": True, "bf16": False, "max_steps": 1, "save_strategy": "no", "eval_strategy": "no", **changes}
    return [*args, "--load_best_model_at_end", "False", *(part for k, v in more.items() for part in (f"--{k}", str(v)))]


def load_module(path: pathlib.Path):
    spec = importlib.util.spec_from_file_location("exported_reward", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def check_sft(folder: pathlib.Path, tokenizer, model, examples: dict) -> int:
    script_args, training_args, *_ = sft.make_parser().parse_args_and_config(
        on_cpu(command(folder, "trl sft"), gradient_checkpointing=False), fail_with_unknown_args=True
    )
    data = datasets.load_dataset(script_args.dataset_name)
    trainer = trl.SFTTrainer(
        model=model,
        args=training_args,
        train_dataset=data[script_args.dataset_train_split],
        eval_dataset=data[script_args.dataset_test_split],
        processing_class=tokenizer,
    )
    seen = 0
    for split, prepared in (("train", trainer.train_dataset), ("validation", trainer.eval_dataset)):
        same(f"rows of {split}", len(prepared), len(data[split]))
        for row, source in zip(prepared, data[split]):
            ours = examples[source["trajectory"]]
            columns = ("input_ids", "completion_mask", "labels")
            batch = trainer.data_collator([{key: row[key] for key in columns if key in row}])
            same("tokens in TRL", batch["input_ids"][0].tolist(), ours["tokens"])
            learned = [int(label != -100) for label in batch["labels"][0].tolist()]
            same("learned tokens in TRL", learned, ours["learned"])
            seen += 1
    trainer.remove_callback(PrinterCallback)
    trainer.train()
    return seen


def check_grpo(folder: pathlib.Path, tokenizer, model, reward) -> None:
    small = {"gradient_accumulation_steps": 1, "gradient_checkpointing": False, "max_completion_length": 4}
    script_args, training_args, *_ = grpo.make_parser().parse_args_and_config(
        on_cpu(command(folder, "trl grpo"), **small), fail_with_unknown_args=True
    )
    same("reward function", script_args.reward_funcs, ["reward.reward"])
    data = datasets.load_dataset(script_args.dataset_name)
    trainer = trl.GRPOTrainer(
        model=model,
        reward_funcs=reward,
        args=training_args,
        train_dataset=data[script_args.dataset_train_split],
        processing_class=tokenizer,
    )
    trainer.remove_callback(PrinterCallback)
    trainer.train()
    same("scores of noise", {log["reward"] for log in trainer.state.log_history if "reward" in log}, {0.0})


def check_verl(folder: pathlib.Path, tokenizer, examples: dict) -> int:
    def render(messages: list, **options) -> list:
        return tokenizer.apply_chat_template(messages, tokenize=True, return_dict=True, **options)["input_ids"]

    empty = [{"role": "user", "content": ""}]
    beginning = render(empty, add_generation_prompt=True)[len(render(empty)) :]
    seen = 0
    for part in ("train", "val"):
        frame = pandas.read_parquet(folder / f"sft/{part}.parquet", dtype_backend="pyarrow")
        for messages, name in zip(frame["messages"], frame["trajectory"]):
            messages = [dict(message) for message in messages]
            tokens, learned = [], []
            for message in messages:
                piece = render([message])
                own = int(message["role"] == "assistant")
                tokens += piece
                learned += [own * int(at >= len(beginning)) for at in range(len(piece))]
            same("verl: pieces and the whole", tokens, render(messages))
            same("tokens in verl", tokens, examples[name]["tokens"])
            same("learned tokens in verl", learned, examples[name]["learned"])
            seen += 1
    # Several files are read together, which wants one schema.
    files = [str(folder / f"rl/{part}.parquet") for part in ("train", "val")]
    both = datasets.load_dataset("parquet", data_files=files, split="train")
    columns = {"data_source", "prompt", "ability", "reward_model", "extra_info"}
    same("columns of verl", set(both.column_names), columns)
    same("roles", {message["role"] for row in both for message in row["prompt"]}, {"user"})
    return seen


def check_rewards(folder: pathlib.Path, questions: dict) -> int:
    for_trl, for_verl = (load_module(folder / form / "reward.py") for form in ("trl", "verl"))
    rows = {row["question"]: row for row in datasets.load_dataset(str(folder / "trl/rl"), split="train")}
    frame = datasets.load_dataset("parquet", data_files=str(folder / "verl/rl/train.parquet"), split="train")
    by_id = {row["extra_info"]["question"]: row for row in frame}
    seen = 0
    for name, cases in questions.items():
        row = rows[name]
        columns = {key: [row[key]] * len(cases) for key in ("gold", "options", "several")}
        completions = [[{"role": "assistant", "content": case["reply"]}] for case in cases]
        expected = [case["total"] for case in cases]
        same("rewards for TRL", for_trl.reward(completions=completions, **columns), expected)
        other = by_id[name]
        for case in cases:
            found = for_verl.compute_score(
                data_source=other["data_source"],
                solution_str=case["reply"],
                ground_truth=other["reward_model"]["ground_truth"],
                extra_info=other["extra_info"],
            )
            same("reward for verl", found["score"], case["total"])
            same("errors", (found["reward_error"], found["question"]), (0.0, name))
            seen += 1
    return seen


def main() -> None:
    transformers.utils.logging.set_verbosity_error()
    datasets.disable_progress_bars()
    folder = pathlib.Path(sys.argv[1])
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    base = folder / "run/pretrain/model"
    # AutoTokenizer of transformers 5 would take another class for a Qwen2 folder.
    tokenizer = PreTrainedTokenizerFast.from_pretrained(base)
    os.environ["HF_DATASETS_CACHE"] = str(folder / "cache")
    os.chdir(folder / "trl")
    learned = check_sft(folder / "trl", tokenizer, AutoModelForCausalLM.from_pretrained(base), expected["examples"])
    rendered = check_verl(folder / "verl", tokenizer, expected["examples"])
    same("examples", (learned, rendered), (len(expected["examples"]),) * 2)
    scored = check_rewards(folder, expected["questions"])
    model = AutoModelForCausalLM.from_pretrained(base)
    check_grpo(folder / "trl", tokenizer, model, load_module(folder / "trl/reward.py").reward)
    print(
        f"TRL {trl.__version__}: {learned} examples have our tokens and loss mask, in verl's way too; "
        f"{scored} replies have our reward"
    )


main()
