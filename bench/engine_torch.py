"""PyTorch's side of bench/engine.ts: the same checkpoint, batches and settings, in eager mode.

Reads one JSON object from the file named on the command line (see `Job` in engine.ts) and prints one JSON object:
tokens per second of a training step, of an update on completions, and of transformers' generate.
"""

import json
import resource
import sys
import time

import torch
from transformers import AutoModelForCausalLM


def main() -> None:
    with open(sys.argv[1], encoding="utf-8") as file:
        job = json.load(file)
    torch.set_num_threads(job["threads"])
    torch.manual_seed(0)
    model = AutoModelForCausalLM.from_pretrained(job["folder"], dtype=torch.float32)
    optimizer = torch.optim.AdamW(model.parameters(), lr=1e-4, betas=(0.9, 0.98), weight_decay=0.05)

    def step(tokens: torch.Tensor, weights: torch.Tensor) -> None:
        logits = model(input_ids=tokens).logits[:, :-1]
        loss = torch.nn.functional.cross_entropy(
            logits.reshape(-1, logits.shape[-1]), tokens[:, 1:].reshape(-1), reduction="none"
        )
        (loss * weights[:, 1:].reshape(-1)).sum().backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)

    def fastest(work) -> float:
        times = []
        for round_ in range(job["rounds"] + 1):
            start = time.perf_counter()
            work()
            if round_ > 0:
                times.append(time.perf_counter() - start)
        return min(times)

    model.train()
    result = {}
    for name in ("pretrain", "update"):
        tokens = torch.tensor(job[name]["tokens"])
        weights = torch.tensor(job[name]["weights"], dtype=torch.float32)
        result[name] = tokens.numel() / fastest(lambda: step(tokens, weights))

    model.eval()
    prompts = torch.tensor(job["prompts"])
    new = job["newTokens"]

    def rollout() -> None:
        with torch.inference_mode():
            out = model.generate(
                input_ids=prompts,
                attention_mask=torch.ones_like(prompts),
                do_sample=True,
                temperature=1.0,
                top_k=0,
                top_p=1.0,
                max_new_tokens=new,
                min_new_tokens=new,
                pad_token_id=0,
            )
        assert out.shape[1] == prompts.shape[1] + new

    result["rollout"] = prompts.shape[0] * new / fastest(rollout)
    result["peakMemoryBytes"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    result["versions"] = f"torch {torch.__version__}"
    print(json.dumps(result))


main()
