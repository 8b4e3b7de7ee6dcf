"""PyTorch's and transformers' side of `npm run bench -- engine`: the same model, batches and settings in float32.

Reads its job from the file named on the command line and answers one line for each piece of work: `matmul SIZE`,
`train`, `full ROWS`, `ending ROWS`. With "compile" in the job the model is compiled first.
"""

import json
import resource
import sys
import time

import torch
import transformers
from transformers import AutoModelForCausalLM


def say(**answer) -> None:
    print(json.dumps(answer), flush=True)


def reason(error: Exception) -> str:
    lines = [line for line in str(error).splitlines() if line.strip()]
    return f"{type(error).__name__}: {lines[0] if lines else ''}"[:200]


def matmul(size: int, least: float) -> tuple:
    matrix = torch.full((size, size), 1 / size)
    start = time.perf_counter()
    amount, seconds = 0, 0.0
    with torch.inference_mode():
        while seconds < least:
            matrix @ matrix
            amount += 2 * size**3
            seconds = time.perf_counter() - start
    return amount, seconds


def trainer(model, job: dict):
    tokens = torch.tensor(job["tokens"])
    step = job["update"]
    optimizer = torch.optim.AdamW(
        model.parameters(), lr=step["lr"], betas=(step["beta1"], step["beta2"]), weight_decay=step["weightDecay"]
    )
    run = torch.compile(model) if job.get("compile") else model

    def train() -> int:
        logits = run(input_ids=tokens).logits[:, :-1]
        loss = torch.nn.functional.cross_entropy(logits.reshape(-1, logits.shape[-1]), tokens[:, 1:].reshape(-1))
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), step["clipNorm"])
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        return tokens.numel()

    return train


def rollout(model, job: dict, rows: int, ending: bool) -> int:
    prompts = torch.tensor(job["prompts"][:rows])
    stop = torch.tensor(job["stopTokens"])
    with torch.inference_mode():
        out = model.generate(
            input_ids=prompts,
            attention_mask=torch.ones_like(prompts),
            do_sample=True,
            temperature=1.0,
            top_k=0,
            top_p=1.0,
            max_new_tokens=job["newTokens"],
            pad_token_id=0,
            eos_token_id=job["stopTokens"] if ending else None,
        )[:, prompts.shape[1] :]
    if not ending:
        return out.numel()
    # Tokens up to the first stop token, that one included.
    stopped = torch.isin(out, stop).int().cumsum(1)
    return int((stopped - torch.isin(out, stop).int() == 0).sum())


def main() -> None:
    with open(sys.argv[1], encoding="utf-8") as file:
        job = json.load(file)
    torch.set_num_threads(job["threads"])
    torch.manual_seed(0)
    model = train = None
    if "model" in job:
        model = AutoModelForCausalLM.from_pretrained(job["model"], dtype=torch.float32)
    if "tokens" in job:
        train = trainer(model.train(), job)
    elif model is not None:
        model.eval()
    say(version=transformers.__version__ if "prompts" in job else torch.__version__)
    for line in sys.stdin:
        name, _, size = line.strip().partition(" ")
        start = time.perf_counter()
        try:
            if name == "matmul":
                amount, seconds = matmul(int(size), job["leastSeconds"])
            else:
                amount = train() if name == "train" else rollout(model, job, int(size), name == "ending")
                seconds = time.perf_counter() - start
        except Exception as error:  # noqa: BLE001: whatever it is, the table is to say it
            say(unavailable=reason(error))
            continue
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
        say(seconds=seconds, amount=amount, peakMemoryBytes=peak)


main()
