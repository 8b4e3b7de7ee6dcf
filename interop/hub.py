"""Finds a model in the cache of HF_HOME and loads it, or fetches it there; prints where it lies.

    python interop/hub.py find|fetch OWNER/NAME

Started by interop/hub.ts, which says in the environment where the Hub and its cache are.
"""

import sys

from huggingface_hub import scan_cache_dir, snapshot_download


def main() -> None:
    mode, name = sys.argv[1:3]
    if mode == "fetch":
        print(snapshot_download(name))
        return
    folder = snapshot_download(name, local_files_only=True)
    report = scan_cache_dir()
    if report.warnings:
        raise SystemExit(f"huggingface_hub warns of the cache: {report.warnings}")
    (repository,) = report.repos
    (revision,) = repository.revisions
    if revision.refs != {"main"}:
        raise SystemExit(f"the snapshot has the revisions {set(revision.refs)}")
    from transformers import AutoModelForCausalLM

    model, loading = AutoModelForCausalLM.from_pretrained(name, output_loading_info=True)
    unexplained = {key: sorted(value) for key, value in loading.items() if value}
    if unexplained:
        raise SystemExit(f"transformers found {unexplained}")
    if str(model.dtype) != "torch.bfloat16":
        raise SystemExit(f"the model is {model.dtype}")
    print(folder)


main()
