"""Checks that transformers loads a model folder that the engine wrote and computes the same log-probabilities.

    npx tsx interop/engine-transformers.ts PYTHON

runs both sides; this one reads FOLDER and a JSON file of {"tokens": [[…]], "logProbs": [[…]]} and prints the largest
difference, failing above 1e-4.
"""

import json
import sys

import torch
from transformers import AutoModelForCausalLM


def main() -> None:
    folder, file = sys.argv[1:3]
    model, report = AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32, output_loading_info=True)
    unexplained = {key: sorted(value) for key, value in report.items() if value}
    if unexplained:
        raise SystemExit(f"{folder}: transformers found {unexplained}")
    with open(file, encoding="utf-8") as stored:
        case = json.load(stored)
    largest = 0.0
    for tokens, expected in zip(case["tokens"], case["logProbs"]):
        ids = torch.tensor([tokens])
        with torch.inference_mode():
            table = model(input_ids=ids).logits[0, :-1].log_softmax(-1)
        found = table.gather(1, ids[0, 1:, None])[:, 0]
        largest = max(largest, (found - torch.tensor(expected[1:])).abs().max().item())
    print(f"{type(model).__name__}: largest difference {largest:.2e}")
    if largest > 1e-4:
        raise SystemExit("the engine and transformers disagree")


main()
