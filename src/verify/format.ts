/**
 * The format criterion of the reward (paper §3.3): the reply has the required form and its thinking leads to its
 * answer. A reply passes when every check passes.
 *
 * "Answer named in the thinking" is ours: without it a small policy learns to drop the reasoning, since every
 * unrewarded token costs (docs: reinforce). The opening tag may stand in the prompt, so a reply may start inside it.
 */
import type { Check } from "../records/check.ts";
import type { Answer } from "./answer.ts";
import type { Options } from "./mention.ts";
import { thinkingOf } from "./sections.ts";
import { containsWords, normaliseText } from "./text.ts";

/** Tags of any letter case are seen, and only those in small letters are the form. */
const tag = /<\/?(?:think|answer)>/gi;
const wanted = "<think></think><answer></answer>";

export interface FormatInput {
  readonly reply: string;
  readonly finish: string;
  readonly options: Options;
  readonly answer: Answer;
}

/** The checks of form, in the order in which people read them. */
export function checkFormat({ reply, finish, options, answer }: FormatInput): Check[] {
  const tags = reply.match(tag) ?? [];
  const order = tags.join("");
  const inOrder = order === wanted && /^\s*<think>/.test(reply);
  const isEnded = finish === "stop";
  const close = endOfAnswer(reply);
  const after = close < 0 ? "" : reply.slice(close).trim();
  const thinking = inOrder ? normaliseText(thinkingOf(reply).text) : "";
  const named =
    answer.letters.length > 0 &&
    answer.letters.every((letter) => containsWords(thinking, normaliseText(options[letter] ?? "")));
  return [
    check(
      "tagsInOrder",
      inOrder,
      inOrder ? "each tag once, in order" : order === "" ? "no tags" : order.slice(0, 120),
    ),
    check("ended", isEnded, isEnded ? "the reply ended by itself" : `finish: ${finish}`),
    check(
      "nothingAfter",
      close >= 0 && after === "",
      close < 0
        ? "no end of an answer"
        : after === ""
          ? "nothing after the answer"
          : `"${after.slice(0, 60)}"`,
    ),
    check(
      "answerInThinking",
      named,
      named
        ? "the thinking names the answer"
        : answer.letters.length === 0
          ? "there is no answer to look for"
          : "the thinking does not name the answer",
    ),
  ];
}

function endOfAnswer(reply: string): number {
  const at = reply.lastIndexOf("</answer>");
  return at < 0 ? -1 : at + "</answer>".length;
}

function check(name: string, passed: boolean, found: string): Check {
  return { name, passed, found };
}
