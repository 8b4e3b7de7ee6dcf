"""Checks one GRPO step of the engine against torch's autograd and AdamW.

    npx tsx interop/grpo.ts PYTHON

runs both sides; this one reads FOLDER with the model before the step, the models after it, and cases.json. From the
rewards alone it works out Eq. 2, A_i = r_i - mean(r), and minimises Eq. 1 in float64,

    -(1/(k Q)) sum over questions and rollouts of A_i sum over tokens of log p(token),

and fails when the weights after the step differ by more than 1e-5 of the size of the update.
"""

import json
import pathlib
import sys

import torch
from safetensors.torch import load_file
from transformers import AutoModelForCausalLM

LIMIT = 1e-5


def objective(model, groups: list) -> torch.Tensor:
    total = torch.zeros((), dtype=torch.float64)
    for group in groups:
        baseline = sum(rollout["reward"] for rollout in group) / len(group)
        for rollout in group:
            ids = torch.tensor([rollout["prompt"] + rollout["tokens"]])
            table = model(input_ids=ids).logits[0, :-1].log_softmax(-1)
            log_probs = table.gather(1, ids[0, 1:, None])[:, 0]
            reply = log_probs[len(rollout["prompt"]) - 1 :]
            total = total + (rollout["reward"] - baseline) / len(group) * reply.sum()
    return total / len(groups)


def relative(found: float, expected: float) -> float:
    return abs(found - expected) / abs(expected)


def main() -> None:
    folder = pathlib.Path(sys.argv[1])
    stored = json.loads((folder / "cases.json").read_text(encoding="utf-8"))
    for name, case in stored["cases"].items():
        model = AutoModelForCausalLM.from_pretrained(folder / "before", dtype=torch.float64, attn_implementation="eager")
        before = {key: value.detach().clone() for key, value in model.named_parameters()}
        step = case["step"]
        optimizer = torch.optim.AdamW(
            model.parameters(), lr=step["lr"], betas=(step["beta1"], step["beta2"]), eps=step["eps"], weight_decay=0
        )
        loss = -objective(model, stored["groups"])
        loss.backward()
        norm = torch.nn.utils.get_total_norm([p.grad for p in model.parameters()])
        optimizer.step()
        after = load_file(folder / name / "model.safetensors")
        difference = update = 0.0
        for key, value in model.named_parameters():
            difference += (after[key].double() - value.detach()).square().sum().item()
            update += (value.detach() - before[key]).square().sum().item()
        share = (difference / update) ** 0.5
        print(
            f"{name}: weights differ by {share:.1e} of the update, loss by {relative(case['loss'], loss.item()):.1e}, "
            f"norm of the gradient by {relative(case['gradNorm'], norm.item()):.1e}"
        )
        if max(share, relative(case["loss"], loss.item()), relative(case["gradNorm"], norm.item())) > LIMIT:
            raise SystemExit(f"the engine and torch disagree by more than {LIMIT:.0e}")


main()
