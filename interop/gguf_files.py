"""Reads GGUF files that this program wrote with the `gguf` package, and holds them against the model folder.

    npx tsx interop/gguf.ts PYTHON

runs both sides. With FOLDER F32 F16 Q8_0 this one compares every tensor of the three files with that of the folder: F32 bit for bit, the others with what `gguf`
quantises it to. Rows of Q and K are brought into llama.cpp's order for the architecture "llama" as its conversion
script does it.
"""

import json
import pathlib
import sys

import numpy
from gguf import MODEL_ARCH, GGMLQuantizationType, GGUFReader, get_tensor_name_map, quantize
from safetensors.numpy import load_file

ARCHITECTURES = {"llama": MODEL_ARCH.LLAMA, "qwen2": MODEL_ARCH.QWEN2, "qwen3": MODEL_ARCH.QWEN3}


def expected_order(name: str, tensor: numpy.ndarray, config: dict) -> numpy.ndarray:
    heads = {"q_proj.weight": "num_attention_heads", "k_proj.weight": "num_key_value_heads"}
    for ending, key in heads.items():
        if config["model_type"] == "llama" and name.endswith(ending):
            rows, columns = tensor.shape
            count = config[key]
            return tensor.reshape(count, 2, rows // count // 2, columns).swapaxes(1, 2).reshape(rows, columns)
    return tensor


def main() -> None:
    folder = pathlib.Path(sys.argv[1])
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    weights = load_file(folder / "model.safetensors")
    names = get_tensor_name_map(ARCHITECTURES[config["model_type"]], config["num_hidden_layers"])
    compared = 0
    for path, wanted in zip(sys.argv[2:], ["F32", "F16", "Q8_0"]):
        reader = GGUFReader(path)
        stored = {tensor.name: tensor for tensor in reader.tensors}
        stretched = stored.pop("rope_freqs.weight", None)
        scaling = config.get("rope_scaling") or {}
        if (stretched is None) == (scaling.get("rope_type") == "llama3"):
            raise SystemExit(f"{path}: rope_freqs.weight is there exactly for llama3 scaling")
        for name, tensor in weights.items():
            found = stored.pop(names.get_name(name, try_suffixes=(".weight", ".bias")))
            kind = "F32" if tensor.ndim == 1 else wanted
            if found.tensor_type.name != kind:
                raise SystemExit(f"{path}: {found.name} is {found.tensor_type.name}; {kind} was expected")
            told = quantize(expected_order(name, tensor, config), GGMLQuantizationType[kind])
            if told.tobytes() != found.data.tobytes():
                raise SystemExit(f"{path}: {found.name} differs from {name}")
            compared += 1
        if stored:
            raise SystemExit(f"{path}: {sorted(stored)} are not of the model")
    print(f"{config['model_type']}: {compared} tensors of {len(sys.argv) - 2} files are the folder's")


main()
