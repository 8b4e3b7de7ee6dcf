"""Makes src/engine/gguf/fixtures/blocks.json: blocks of every tensor type, what the `gguf` package dequantises them
to, and what it quantises float32 numbers to.

    python interop/gguf_vectors.py

Blocks are random bytes; the float16 numbers in them are drawn apart so that they are finite. Numbers are stored as the
hexadecimal text of their float32 patterns, so that a comparison is one of bits.
"""

import json
import pathlib

import numpy
from gguf import GGML_QUANT_SIZES, GGMLQuantizationType, dequantize, quantize

# Places of the float16 numbers in a block.
HALVES = {
    "Q8_0": [0], "Q4_0": [0], "Q4_1": [0, 2], "Q5_0": [0], "Q5_1": [0, 2],
    "Q2_K": [80, 82], "Q3_K": [108], "Q4_K": [0, 2], "Q5_K": [0, 2], "Q6_K": [208],
}


def main() -> None:
    draw = numpy.random.default_rng(7)
    blocks = {}
    for name in ["F32", "F16", "BF16", *HALVES]:
        kind = GGMLQuantizationType[name]
        values, size = GGML_QUANT_SIZES[kind]
        count = 3 if values == 256 else 5 if values > 1 else 40
        stored = draw.integers(0, 256, (count, size), dtype=numpy.uint8)
        if values == 1:
            numbers = draw.normal(size=count).astype(numpy.float32) * 10.0 ** draw.integers(-6, 4, count)
            stored = quantize(numbers.astype(numpy.float32), kind).view(numpy.uint8).reshape(count, size)
        for place in HALVES.get(name, []):
            scale = (draw.normal(size=count) * 10.0 ** draw.integers(-5, 2, count)).astype(numpy.float16)
            stored[:, place : place + 2] = scale.view(numpy.uint8).reshape(count, 2)
        flat = numpy.ascontiguousarray(stored).reshape(-1)
        numbers = dequantize(flat if name != "F32" else flat.view(numpy.float32), kind).astype(numpy.float32)
        blocks[name] = {"bytes": flat.tobytes().hex(), "values": numbers.astype("<f4").tobytes().hex()}

    edges = [0.0, -0.0, 1.0, 65504.0, 65519.99, 2.0**-14, 2.0**-24, 2.0**-25, 3 * 2.0**-25, 2.0**-26, 1e-8, 1 + 2.0**-11]
    edges += [1 + 3 * 2.0**-11, 1 + 2.0**-8, 1 + 3 * 2.0**-8, -0.3, 6.1e-5, 5.96e-8, 1023.75, 1 / 3]
    spread = draw.normal(size=300) * 10.0 ** draw.integers(-9, 5, 300)
    plain = numpy.array([*edges, *spread], dtype=numpy.float32)
    rows = (draw.normal(size=(40, 32)) * 10.0 ** draw.integers(-7, 4, (40, 1))).astype(numpy.float32)
    rows[0] = 0
    # Halves between two steps of the scale: the largest is 127, so the scale is 1.
    rows[1] = numpy.arange(32) - 15.5
    rows[1, 0] = 127
    narrowed = {
        name: {
            "values": numbers.astype("<f4").tobytes().hex(),
            "bytes": quantize(numbers, GGMLQuantizationType[name]).tobytes().hex(),
        }
        for name, numbers in {"F16": plain, "BF16": plain, "Q8_0": rows}.items()
    }
    target = pathlib.Path(__file__).parent.parent / "src/engine/gguf/fixtures/blocks.json"
    target.write_text(json.dumps({"dequantised": blocks, "quantised": narrowed}) + "\n", encoding="utf-8")
    print(f"{target}: {target.stat().st_size} bytes")


main()
