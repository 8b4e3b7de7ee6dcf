"""Checks that tokenizers and transformers read a tokenizer folder as this program does.

    npx tsx interop/tokenizer.ts PYTHON

runs both sides; this one reads FOLDER with a model's config.json, tokenizer.json, tokenizer_config.json and
cases.json, and fails at the first text whose ids or decoded text differ, and at the first chat that is rendered
otherwise.

transformers 5 gives every folder of model_type "qwen2" the tokenizer class Qwen2Tokenizer, whatever class
tokenizer_config.json names, and that class takes the vocabulary and merges of tokenizer.json only: splitting and
lower-casing are its own. So the folder is read as what it is, PreTrainedTokenizerFast, and by AutoTokenizer with the
configuration of an architecture that is not overruled.
"""

import json
import pathlib
import sys

from tokenizers import Tokenizer
from transformers import AutoTokenizer, PreTrainedTokenizerFast, Qwen3Config


def same(what: str, case: object, found: object, expected: object) -> None:
    if found != expected:
        raise SystemExit(f"{what} of {case!r} is {found!r}; this program has {expected!r}")


def main() -> None:
    folder = pathlib.Path(sys.argv[1])
    cases = json.loads((folder / "cases.json").read_text(encoding="utf-8"))
    plain = Tokenizer.from_file(str(folder / "tokenizer.json"))
    readers = {
        "PreTrainedTokenizerFast": PreTrainedTokenizerFast.from_pretrained(folder),
        "AutoTokenizer": AutoTokenizer.from_pretrained(folder, config=Qwen3Config()),
    }
    for case in cases["texts"]:
        text, ids = case["text"], case["ids"]
        same("tokenizers: ids", text, plain.encode(text, add_special_tokens=False).ids, ids)
        same("tokenizers: decoded text", text, plain.decode(ids, skip_special_tokens=True), case["decoded"])
        for name, reader in readers.items():
            same(f"{name}: ids", text, reader(text, add_special_tokens=False).input_ids, ids)
            same(f"{name}: decoded text", text, reader.decode(ids, skip_special_tokens=True), case["decoded"])
    for chat in cases["chats"]:
        messages = chat["messages"]
        for name, reader in readers.items():
            text = reader.apply_chat_template(messages, add_generation_prompt=True, tokenize=False)
            same(f"{name}: chat", messages, text, chat["text"])
            tokens = reader.apply_chat_template(messages, add_generation_prompt=True, return_dict=True)
            same(f"{name}: ids of the chat", messages, tokens["input_ids"], chat["ids"])
    print(f"{len(cases['texts'])} texts and {len(cases['chats'])} chats are the same")


main()
