/**
 * The reward of an exported folder, in Python because the trainers load it: it hands each reply to `fleming verify
 * reward` and so cannot differ from the reward that is trained on here.
 *
 * A process is started once and kept. Where it gives no answer in time, TRL's run ends with an error; verl's goes on, for it
 * neither stops at an exception in a reward nor ends one that hangs: the reply earns 0 and is counted as reward_error.
 */
import type { Recipe } from "../recipe/schema.ts";

const common = (weights: Recipe["reinforce"]["reward"]): string => `import json
import os
import shlex
import subprocess
import threading

# What a right answer and the required form are worth in the recipe of the run.
CORRECT = ${weights.correct}
FORMAT = ${weights.format}
# Seconds that one reply may take.
LIMIT = 60

_lock = threading.Lock()
_process = None


def _start():
    command = shlex.split(os.environ.get("FLEMING", "npx fleming")) + ["verify", "reward"]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8")


def _ask(line):
    """One line to the program and its answer; None where there is none."""
    global _process
    try:
        if _process is None or _process.poll() is not None:
            _process = _start()
        watch = threading.Timer(LIMIT, _process.kill)
        watch.start()
        try:
            _process.stdin.write(line + "\\n")
            _process.stdin.flush()
            return json.loads(_process.stdout.readline())
        finally:
            watch.cancel()
    except (OSError, ValueError):
        if _process is not None:
            _process.kill()
        _process = None
        return None


def judge(reply, gold, options, several):
    """Whether a reply is right and has the required form; None where the program does not answer."""
    line = json.dumps(
        {
            "id": 0,
            "reply": reply,
            "gold": gold.split(","),
            "options": {one["letter"]: one["text"] for one in options},
            "multi": bool(several),
        }
    )
    with _lock:
        answer = _ask(line) or _ask(line)
    if answer is None or "error" in answer:
        return None
    return answer["correct"] > 0, answer["format"] > 0
`;

/** reward.py for verl: `compute_score`, called with keywords for each reply. */
export function verlReward({ reinforce }: Recipe): string {
  return `"""The reward of this run for verl: reward.custom_reward_function.path=<this file>, name=compute_score.

Needs this program where the reward workers run; FLEMING names its command ("npx fleming" where it is not set).
"""

${common(reinforce.reward)}

def compute_score(data_source, solution_str, ground_truth, extra_info=None, **_):
    info = extra_info or {}
    found = judge(solution_str, ground_truth, info.get("options", []), info.get("several", False))
    right, formed = found or (False, False)
    # The same keys every time: verl averages the numbers and writes the text beside each reply.
    return {
        "score": CORRECT * right + FORMAT * formed,
        "acc": float(right),
        "format": float(formed),
        "reward_error": float(found is None),
        "question": str(info.get("question", "")),
    }
`;
}

/** reward.py for TRL: `reward`, called with lists, a column of the data set each. */
export function trlReward({ reinforce }: Recipe): string {
  return `"""The reward of this run for TRL: --reward_funcs reward.reward, started in this folder.

Needs this program; FLEMING names its command ("npx fleming" where it is not set).
"""

${common(reinforce.reward)}

def reward(completions, gold, options, several, **_):
    scores = []
    for completion, letters, texts, many in zip(completions, gold, options, several):
        reply = completion if isinstance(completion, str) else completion[-1]["content"]
        found = judge(reply, letters, texts, many)
        if found is None:
            raise RuntimeError("fleming verify reward gives no answer; does the command in FLEMING run?")
        right, formed = found
        scores.append(CORRECT * right + FORMAT * formed)
    return scores
`;
}
