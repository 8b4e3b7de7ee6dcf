"""Makes the stored vectors of src/engine: one training step of a tiny model by PyTorch and transformers.

    python interop/engine_vectors.py src/engine/fixtures

For each architecture it writes the weights, a batch, the log-probabilities, the loss, every gradient, and the
weights after one AdamW step with clipping and decay on matrices only; and loss and gradients of the clipped ratio.
Needs torch and transformers; the numbers are made in float64 and stored with eight digits.
"""

import json
import pathlib
import sys

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


def rounded(tensor: torch.Tensor) -> list:
    return [float(f"{value:.8g}") for value in tensor.detach().double().flatten().tolist()]


def log_probs(model, tokens: list[int]) -> torch.Tensor:
    ids = torch.tensor([tokens])
    table = model(input_ids=ids).logits[0, :-1].log_softmax(-1)
    found = table.gather(1, ids[0, 1:, None])[:, 0]
    return torch.cat([torch.zeros(1, dtype=found.dtype), found])


def one_step(model, old: list[torch.Tensor] | None) -> dict:
    start = {name: p.detach().clone() for name, p in model.named_parameters()}
    matrices = [p for p in model.parameters() if p.dim() == 2]
    others = [p for p in model.parameters() if p.dim() != 2]
    optimizer = torch.optim.AdamW(
        [{"params": matrices, "weight_decay": STEP["weightDecay"]}, {"params": others, "weight_decay": 0.0}],
        lr=STEP["lr"], betas=(STEP["beta1"], STEP["beta2"]), eps=STEP["eps"],
    )
    optimizer.zero_grad()
    found = [log_probs(model, tokens) for tokens in TOKENS]
    loss = torch.zeros((), dtype=torch.float64)
    for i, (values, weights) in enumerate(zip(found, WEIGHTS)):
        w = torch.tensor(weights, dtype=torch.float64)
        if old is None:
            loss = loss - (w * values).sum()
        else:
            ratio = (values - old[i]).exp()
            held = ratio.clamp(1 - CLIP["low"], 1 + CLIP["high"])
            loss = loss - torch.minimum(w * ratio, w * held).sum()
    loss.backward()
    gradients = {name: rounded(p.grad) for name, p in model.named_parameters()}
    norm = torch.nn.utils.clip_grad_norm_(model.parameters(), STEP["clipNorm"])
    optimizer.step()
    after = {name: rounded(p) for name, p in model.named_parameters()}
    with torch.no_grad():
        for name, p in model.named_parameters():
            p.copy_(start[name])
    result = {
        "logProbs": [rounded(values) for values in found],
        "loss": loss.item(),
        "gradNorm": norm.item(),
        "gradients": gradients,
    }
    return result if old is not None else {**result, "after": after}


def main() -> None:
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for name, config in CONFIGS.items():
        torch.manual_seed(7)
        model = AutoModelForCausalLM.from_config(config, dtype=torch.float64, attn_implementation="eager")
        with torch.no_grad():
            for key, p in model.named_parameters():
                # Large and irregular, so that no term of a derivative is lost among zeros and ones.
                p.copy_((torch.randn_like(p) * 0.35 + (1.0 if "norm" in key else 0.0)).float().double())
        generator = torch.Generator().manual_seed(5)
        with torch.no_grad():
            old = [
                (log_probs(model, tokens) + 0.3 * torch.randn(len(tokens), generator=generator, dtype=torch.float64))
                .float().double()
                for tokens in TOKENS
            ]
        fixture = {
            "madeBy": f"interop/engine_vectors.py with torch {torch.__version__.split('+')[0]}, "
            f"transformers {transformers.__version__}",
            "config": config.to_dict(),
            "weights": {key: rounded(p) for key, p in model.named_parameters()},
            "tokens": TOKENS,
            "coefficients": WEIGHTS,
            "step": STEP,
            "clipRatio": CLIP,
            "oldLogProbs": [rounded(values) for values in old],
            "plain": one_step(model, None),
            "ratio": one_step(model, old),
        }
        (folder / f"{name}.json").write_text(json.dumps(fixture) + "\n", encoding="utf-8")


main()
