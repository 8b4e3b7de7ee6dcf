/**
 * The thinking of a teacher's reply and the reply that a policy is trained on (paper §3.2): one piece of thinking with
 * its error correction inside, then the answer as the option's text.
 *
 * What a model thought of the task ("I am asked to write …") is no reasoning about the patient: of a free reply its
 * thinking is taken, of a reply to a request for reasoning what it wrote for the reader. Turns are joined by a few words
 * of ours, another of them from turn to turn; a turn that replaced the ones before it stands alone.
 */
import { seededRandom } from "../base/random.ts";
import { renderReply } from "../models/prompt.ts";
import type { Reply } from "../models/sampler.ts";
import { mayHaveSeveral, type Question } from "../records/question.ts";
import type { Turn } from "../records/trajectory.ts";
import { type Answer, readAnswer } from "../verify/answer.ts";
import { splitReply } from "../verify/sections.ts";
import { containsWords, normaliseText } from "../verify/text.ts";

/** Words (characters in Chinese) below which a text is no reasoning. */
export const LEAST_WORDS = 8;
/** A line this short that holds the answer is the answer, and no part of the reasoning. */
const ANSWER_LINE = 80;
/** Where an answer must be named for the thinking to end with it, in characters. */
const ENDING = 240;

type Shown = Pick<Question, "options" | "language">;

/** The reasoning in a reply: what it thought, or what it said before its answer. */
export function thinkingOf(
  { text, reasoning }: Pick<Reply, "text" | "reasoning">,
  answer: Pick<Answer, "method" | "span">,
  wanted: "thought" | "said",
): string {
  const { thinking, body, bodyStart } = splitReply(text);
  const thought = tidy(reasoning ?? thinking);
  const said = tidy(beforeAnswer(body, bodyStart, answer));
  const [first, second] = wanted === "thought" ? [thought, said] : [said, thought];
  return countWords(first) >= LEAST_WORDS || second === "" ? first : second;
}

function beforeAnswer(
  body: string,
  bodyStart: number,
  { method, span }: Pick<Answer, "method" | "span">,
): string {
  const at = span === null ? -1 : span[0] - bodyStart;
  const tag = body.toLowerCase().lastIndexOf("<answer>", at < 0 ? body.length : at);
  if (tag >= 0) return body.slice(0, tag);
  if (at < 0 || method === "tag") return body;
  const start = body.lastIndexOf("\n", at) + 1;
  const end = body.indexOf("\n", at);
  const line = body.slice(start, end < 0 ? body.length : end);
  return line.trim().length <= ANSWER_LINE ? body.slice(0, start) : body;
}

/** A first line that hands the reasoning over: "Sure, here is the reasoning:", "**Analysis:**". */
const preface =
  /^(?:(?:sure|certainly|of course|okay|ok)[,!. ]*)?(?=[^\n]{0,80}(?::|：)\W*\n)[^\n]*\b(?:reasoning|analysis|step[- ]by[- ]step|explanation)\b[^\n]*\n|^[#*\s]*(?:推理(?:过程|如下)?|分析|解析)[*\s]*[:：][*\s]*\n/iu;

/** Without tags of the form, which would end the thinking early, and without idle words and space. */
function tidy(text: string): string {
  return text
    .replaceAll(/<\/?(?:think(?:ing)?|answer)>/giu, " ")
    .replaceAll(/[^\S\n]+/gu, " ")
    .replaceAll(/ ?\n ?/gu, "\n")
    .trim()
    .replace(preface, "")
    .replaceAll(/\n{3,}/gu, "\n\n")
    .trim();
}

/** Words of a text; every Chinese character is one. */
export function countWords(text: string): number {
  return text.match(/\p{Script=Han}|[\p{L}\p{N}]+(?:['’.-][\p{L}\p{N}]+)*/gu)?.length ?? 0;
}

/** Reasoning that ends by naming its answer: a policy learns to answer what its thinking came to. */
export function concluded(text: string, { options, language }: Shown, letters: readonly string[]): string {
  const texts = letters.map((letter) => options[letter] ?? "");
  const ending = normaliseText(text.slice(-ENDING));
  if (texts.every((option) => containsWords(ending, normaliseText(option)))) return text;
  const several = texts.length > 1;
  const sentence =
    language === "zh"
      ? `因此答案是：${texts.join("；")}。`
      : `So the ${several ? "answers are" : "answer is"} ${texts.join("; ")}.`;
  if (text === "") return sentence;
  const [stop, space] = language === "zh" ? ["。", ""] : [".", " "];
  return `${/[.!?。！？]$/u.test(text) ? text : text + stop}${space}${sentence}`;
}

const joints: Readonly<Record<Question["language"], Readonly<Record<Turn["kind"], readonly string[]>>>> = {
  en: {
    draft: [],
    backtrack: [
      "Wait, that does not hold up.",
      "But this cannot stand, so a step back.",
      "On a second look, part of that was wrong.",
    ],
    explore: [
      "Let me look at it from another side.",
      "Another path is worth following here.",
      "There may be a better explanation.",
    ],
    correct: [
      "Let me check that once more.",
      "One thing there needs correcting.",
      "Going over it again, something is off.",
    ],
  },
  zh: {
    draft: [],
    backtrack: ["等等，这一点站不住脚。", "不过这样说不通，需要退回一步。", "再看一遍，前面的判断有误。"],
    explore: ["换一个角度来看。", "还有另一条思路值得考虑。", "也许有更好的解释。"],
    correct: ["这里需要重新核对。", "前面有一处需要更正。", "再仔细检查一遍。"],
  },
};

/** A turn that says itself that it turns around. */
const ownJoint =
  /^(?:wait|hold on|hmm|actually|but|however|on (?:a )?second|let me|looking again|going over|等等|不过|但是|然而|再|重新)/iu;

/** What a turn is joined by and whether it stands in the place of those before it. */
export interface Part extends Pick<Turn, "kind" | "text"> {
  readonly replaces: boolean;
}

/** The turns as one text; the words between them follow from the question alone. */
export function joined(parts: readonly Part[], { id, language }: Pick<Question, "id" | "language">): string {
  const from = parts.findLastIndex(({ replaces }) => replaces);
  const random = seededRandom(id, "coldstart", "joints");
  const offset = random.integer(3);
  return parts
    .slice(Math.max(0, from))
    .filter(({ text }) => text !== "")
    .map(({ kind, text }, at) => {
      const words = joints[language][kind];
      const joint =
        at === 0 || words.length === 0 || ownJoint.test(text) ? "" : words[(offset + at) % words.length]!;
      return language === "zh" || joint === "" ? joint + text : `${joint} ${text}`;
    })
    .join("\n\n");
}

/** The answer in the form that the strict reader takes: the options' texts where these name them alone, else letters. */
export function answerText(
  question: Pick<Question, "options" | "gold" | "several">,
  letters: readonly string[],
): string {
  const said = letters.map((letter) => question.options[letter]).join("; ");
  const read = readAnswer(renderReply("", said), {
    options: question.options,
    mode: "strict",
    finish: "stop",
    multi: mayHaveSeveral(question),
  });
  return read.letters.join() === letters.join() ? said : letters.join(", ");
}
