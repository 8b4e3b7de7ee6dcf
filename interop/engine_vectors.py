"""Makes the stored vectors of src/engine: training steps of tiny models by PyTorch and transformers.

    python interop/engine_vectors.py src/engine/fixtures

For each architecture it writes the weights, a batch, the log-probabilities, the loss, every gradient, and the
weights after one AdamW step with clipping and decay on matrices only; and loss and gradients of the clipped ratio.
For each way of scaling rotary positions it writes the same of a model of two layers over rows long enough that the
scaling matters, without the ratio and the step. Needs torch and transformers; the numbers are made in float64 and
stored as base64 of little-endian float32.
"""

import base64
import json
import pathlib
import sys

import numpy
import torch
import transformers
from transformers import AutoModelForCausalLM, LlamaConfig, Qwen2Config, Qwen3Config

SHAPE = {
    "vocab_size": 11,
    "hidden_size": 16,
    "intermediate_size": 24,
    "num_hidden_layers": 1,
    "num_attention_heads": 2,
    "num_key_value_heads": 1,
    "head_dim": 8,
    "max_position_embeddings": 64,
    "rms_norm_eps": 1e-6,
}
CONFIGS = {
    "qwen2": Qwen2Config(**SHAPE, tie_word_embeddings=True),
    "qwen3": Qwen3Config(**SHAPE, tie_word_embeddings=True),
    "llama": LlamaConfig(**SHAPE, tie_word_embeddings=False),
}
DEEP = {**SHAPE, "num_hidden_layers": 2, "intermediate_size": 20, "head_dim": 16, "max_position_embeddings": 256}
# Sixteen dimensions make waves of 6 to 20,000 positions: short, middling and long ones for llama3.
LLAMA3 = {
    "rope_type": "llama3", "rope_theta": 10000.0, "factor": 8.0, "low_freq_factor": 1.0, "high_freq_factor": 4.0,
    "original_max_position_embeddings": 64,
}
LINEAR = {"rope_type": "linear", "rope_theta": 10000.0, "factor": 3.0}
SCALED = {
    "llama-llama3": LlamaConfig(**DEEP, tie_word_embeddings=True, rope_parameters=LLAMA3),
    "qwen2-linear": Qwen2Config(**DEEP, tie_word_embeddings=False, rope_parameters=LINEAR),
}
STEP = {"lr": 0.01, "beta1": 0.9, "beta2": 0.98, "eps": 1e-8, "weightDecay": 0.1, "clipNorm": 0.5}
CLIP = {"low": 0.1, "high": 0.15}
# The last two share their first nine tokens, as rollouts of one question do.
TOKENS = [
    [1, 4, 9, 2, 2, 7, 10],
    [3, 8, 5, 1, 6, 0, 4, 9, 2, 7],
    [3, 8, 5, 1, 6, 0, 4, 9, 2, 5, 1],
]
WEIGHTS = [
    [0, 0.2, 0.1, 0, 0.3, 0.1, 0.2],
    [0, 0, 0, 0, 0, 0, 0, 0, 0, 0.4],
    [0, 0, 0, 0, 0, 0, 0, 0, 0, -0.3, -0.2],
]


LONG_TOKENS = [torch.randint(11, (n,), generator=torch.Generator().manual_seed(n)).tolist() for n in (180, 40)]
LONG_WEIGHTS = [[0.0] + [(i % 5 - 1) / 64 for i in range(1, len(tokens))] for tokens in LONG_TOKENS]


def packed(tensor: torch.Tensor) -> str:
    return base64.b64encode(tensor.detach().float().flatten().numpy().astype(numpy.dtype("<f4")).tobytes()).decode()


def log_probs(model, tokens: list[int]) -> torch.Tensor:
    ids = torch.tensor([tokens])
    table = model(input_ids=ids).logits[0, :-1].log_softmax(-1)
    found = table.gather(1, ids[0, 1:, None])[:, 0]
    return torch.cat([torch.zeros(1, dtype=found.dtype), found])


def one_step(model, old: list[torch.Tensor] | None, token_rows: list, weight_rows: list) -> dict:
    start = {name: p.detach().clone() for name, p in model.named_parameters()}
    matrices = [p for p in model.parameters() if p.dim() == 2]
    others = [p for p in model.parameters() if p.dim() != 2]
    optimizer = torch.optim.AdamW(
        [{"params": matrices, "weight_decay": STEP["weightDecay"]}, {"params": others, "weight_decay": 0.0}],
        lr=STEP["lr"], betas=(STEP["beta1"], STEP["beta2"]), eps=STEP["eps"],
    )
    optimizer.zero_grad()
    found = [log_probs(model, tokens) for tokens in token_rows]
    loss = torch.zeros((), dtype=torch.float64)
    for i, (values, weights) in enumerate(zip(found, weight_rows)):
        w = torch.tensor(weights, dtype=torch.float64)
        if old is None:
            loss = loss - (w * values).sum()
        else:
            ratio = (values - old[i]).exp()
            held = ratio.clamp(1 - CLIP["low"], 1 + CLIP["high"])
            loss = loss - torch.minimum(w * ratio, w * held).sum()
    loss.backward()
    gradients = {name: packed(p.grad) for name, p in model.named_parameters()}
    norm = torch.nn.utils.clip_grad_norm_(model.parameters(), STEP["clipNorm"])
    optimizer.step()
    after = {name: packed(p) for name, p in model.named_parameters()}
    with torch.no_grad():
        for name, p in model.named_parameters():
            p.copy_(start[name])
    result = {
        "logProbs": [packed(values) for values in found],
        "loss": loss.item(),
        "gradNorm": norm.item(),
        "gradients": gradients,
    }
    return result if old is not None else {**result, "after": after}


def filled(config):
    torch.manual_seed(7)
    model = AutoModelForCausalLM.from_config(config, dtype=torch.float64, attn_implementation="eager")
    with torch.no_grad():
        for key, p in model.named_parameters():
            # Large and irregular, so that no term of a derivative is lost among zeros and ones.
            p.copy_((torch.randn_like(p) * 0.35 + (1.0 if "norm" in key else 0.0)).float().double())
    return model


def write(folder: pathlib.Path, name: str, model, tokens: list, weights: list, more: dict) -> None:
    fixture = {
        "madeBy": f"interop/engine_vectors.py with torch {torch.__version__.split('+')[0]}, "
        f"transformers {transformers.__version__}",
        "config": model.config.to_dict(),
        "weights": {key: packed(p) for key, p in model.named_parameters()},
        "tokens": tokens,
        "coefficients": weights,
        **more,
    }
    (folder / f"{name}.json").write_text(json.dumps(fixture) + "\n", encoding="utf-8")


def main() -> None:
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for name, config in CONFIGS.items():
        model = filled(config)
        generator = torch.Generator().manual_seed(5)
        with torch.no_grad():
            old = [
                (log_probs(model, tokens) + 0.3 * torch.randn(len(tokens), generator=generator, dtype=torch.float64))
                .float().double()
                for tokens in TOKENS
            ]
        write(folder, name, model, TOKENS, WEIGHTS, {
            "step": STEP,
            "clipRatio": CLIP,
            "oldLogProbs": [packed(values) for values in old],
            "plain": one_step(model, None, TOKENS, WEIGHTS),
            "ratio": one_step(model, old, TOKENS, WEIGHTS),
        })
    for name, config in SCALED.items():
        model = filled(config)
        step = one_step(model, None, LONG_TOKENS, LONG_WEIGHTS)
        del step["after"]
        write(folder, name, model, LONG_TOKENS, LONG_WEIGHTS, {"plain": step})


main()
