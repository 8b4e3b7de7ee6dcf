"""The other side of peft.ts, which runs this file twice.

    npx tsx interop/peft.ts PYTHON

`write` puts a random adapter of PEFT's beside each model; `check` reads what the engine made of it, loads the engine's
own adapter, and repeats the engine's training step in float64 with torch's autograd and AdamW. Fails when log-
probabilities or merged weights differ by more than 1e-4, or factors after the step by more than 1e-4 of the update.
"""

import json
import pathlib
import sys
import warnings

import torch
from peft import LoraConfig, PeftModel, get_peft_model
from safetensors.torch import load_file
from transformers import AutoModelForCausalLM

LIMIT = 1e-4
# PEFT asks transformers by an older name.
warnings.simplefilter("ignore", FutureWarning)
THEIRS = {
    "qwen2": {"r": 7, "lora_alpha": 5, "target_modules": ["k_proj", "down_proj"]},
    "llama": {"r": 2, "lora_alpha": 6, "target_modules": "all-linear"},
}


def open_base(folder: pathlib.Path, dtype: torch.dtype):
    return AutoModelForCausalLM.from_pretrained(folder / "base", dtype=dtype, attn_implementation="eager")


def write(root: pathlib.Path) -> None:
    for name, settings in THEIRS.items():
        torch.manual_seed(3)
        config = LoraConfig(task_type="CAUSAL_LM", lora_dropout=0.05, init_lora_weights=False, **settings)
        model = get_peft_model(open_base(root / name, torch.float32), config)
        model.save_pretrained(root / name / "theirs")


def log_probs(model, tokens: list) -> torch.Tensor:
    ids = torch.tensor([tokens])
    table = model(input_ids=ids).logits[0, :-1].log_softmax(-1)
    return table.gather(1, ids[0, 1:, None])[:, 0]


def largest(model, batch: list, found: list) -> float:
    with torch.inference_mode():
        pairs = [(log_probs(model, one["tokens"]), torch.tensor(own[1:])) for one, own in zip(batch, found)]
    return max((theirs - ours).abs().max().item() for theirs, ours in pairs)


def relative(found: float, expected: float) -> float:
    return abs(found - expected) / abs(expected)


def check_step(folder: pathlib.Path, batch: list, step: dict) -> dict:
    model = PeftModel.from_pretrained(open_base(folder, torch.float64), folder / "ours", is_trainable=True)
    trained = {name: value for name, value in model.named_parameters() if value.requires_grad}
    for value in trained.values():
        value.data = value.data.double()
    before = {name: value.detach().clone() for name, value in trained.items()}
    betas = (step["beta1"], step["beta2"])
    optimizer = torch.optim.AdamW(trained.values(), lr=step["lr"], betas=betas, eps=step["eps"], weight_decay=0)
    loss = -sum(
        (torch.tensor(one["weights"][1:], dtype=torch.float64) * log_probs(model, one["tokens"])).sum() for one in batch
    )
    loss.backward()
    norm = torch.nn.utils.get_total_norm([value.grad for value in trained.values()])
    optimizer.step()
    after = load_file(folder / "after" / "adapter_model.safetensors")
    assert len(after) == len(trained), f"{len(after)} factors and {len(trained)} here"
    differences = {"loss": relative(step["loss"], loss.item()), "gradient's norm": relative(step["gradNorm"], norm.item())}
    for factor in ("lora_A", "lora_B"):
        difference = update = 0.0
        for name, value in trained.items():
            if factor in name:
                difference += (after[name.replace(".default", "")] - value.detach()).square().sum().item()
                update += (value.detach() - before[name]).square().sum().item()
        differences[factor] = (difference / update) ** 0.5
    return differences


def check(root: pathlib.Path) -> None:
    stored = json.loads((root / "cases.json").read_text(encoding="utf-8"))
    batch = stored["batch"]
    for name, case in stored["cases"].items():
        folder = root / name
        theirs = PeftModel.from_pretrained(open_base(folder, torch.float32), folder / "theirs")
        ours = PeftModel.from_pretrained(open_base(folder, torch.float32), folder / "ours")
        base = largest(open_base(folder, torch.float32), batch, case["ours"])
        assert base > 0.1, f"{name}: the trained adapter changes log-probabilities by {base} only"
        found = {
            "PEFT's adapter": largest(theirs, batch, case["theirs"]["logProbs"]),
            "the engine's": largest(ours, batch, case["ours"]),
        }
        merged = load_file(folder / "merged" / "model.safetensors")
        weights = ours.merge_and_unload().state_dict()
        found["merged"] = max((weights[key] - value).abs().max().item() for key, value in merged.items())
        found |= check_step(folder, batch, case["step"])
        print(f"{name}: " + ", ".join(f"{what} {value:.1e}" for what, value in found.items()))
        wrong = [what for what, value in found.items() if not value <= LIMIT]
        if wrong:
            raise SystemExit(f"the engine and PEFT disagree by more than {LIMIT:.0e}: {', '.join(wrong)}")


{"write": write, "check": check}[sys.argv[1]](pathlib.Path(sys.argv[2]))
