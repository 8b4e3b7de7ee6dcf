"""PyTorch's side of bench/engine.ts: the same checkpoint, batches and settings, in eager mode.

Reads the job from the file named on the command line, then one line for each measurement wanted (`pretrain`,
`update`, `rollout ROWS`, `ending ROWS`), and prints its seconds. So the two sides can take turns on one machine.
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

    data = {}
    for name in ("pretrain", "update"):
        tokens = torch.tensor(job[name]["tokens"])
        data[name] = (tokens, torch.tensor(job[name]["weights"], dtype=torch.float32))
    prompts = torch.tensor(job["prompts"])
    new = job["newTokens"]

    def rollout(rows: int, **ending) -> None:
        with torch.inference_mode():
            out = model.generate(
                input_ids=prompts[:rows],
                attention_mask=torch.ones_like(prompts[:rows]),
                do_sample=True,
                temperature=1.0,
                top_k=0,
                top_p=1.0,
                max_new_tokens=new,
                pad_token_id=0,
                **ending,
            )
        assert ending or out.shape[1] == prompts.shape[1] + new

    print(json.dumps({"version": torch.__version__}), flush=True)
    for line in sys.stdin:
        name, _, rows = line.strip().partition(" ")
        model.train(name in data)
        start = time.perf_counter()
        if name == "rollout":
            rollout(int(rows))
        elif name == "ending":
            rollout(int(rows), eos_token_id=job["stopToken"])
        else:
            step(*data[name])
        seconds = time.perf_counter() - start
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
        print(json.dumps({"seconds": seconds, "peakMemoryBytes": peak}), flush=True)


main()
