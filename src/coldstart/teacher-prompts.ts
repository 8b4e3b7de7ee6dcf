/**
 * What a teacher reads (paper §3.2; it prints no prompts): a question to reason about, a question with its answer to
 * write the reasoning for, and a draft with what the checks found in it.
 *
 * Invariant: which answer is right stands in the label-conditioned prompts and in no other. A turn after a free draft is
 * told that an answer is not right, and never the one that is; of a claim or a sum it is told that it does not hold, and
 * not what holds instead, since that may be the answer. Nor are its words quoted where it is about an option: that it is
 * false to deny one tells the answer, and that it is false to affirm one is kept back by the same rule.
 */
import { renderQuestion } from "../models/prompt.ts";
import type { Check } from "../records/check.ts";
import { mayHaveSeveral, type Question } from "../records/question.ts";
import { namedOptions } from "../verify/reasoning/consistency-names.ts";
import { foldWidth } from "../verify/text.ts";
import type { Strategy } from "./judge.ts";

/** A question to be answered with its reasoning, in `maxWords` words at most. */
export function freePrompt(question: Question, maxWords: number): string {
  return lines(renderQuestion(question), "", text(question).free(maxWords), text(question).ending);
}

/** A question with its answer, for the reasoning by which it is found. */
export function givenPrompt(question: Question, maxWords: number): string {
  const { given, ending, free } = text(question);
  return lines(renderQuestion(question), "", given(goldOf(question)), free(maxWords), ending);
}

export interface TurnPrompt {
  readonly strategy: Strategy;
  /** The reasoning so far. */
  readonly reasoning: string;
  readonly failing: readonly Check[];
  /** The last turn of it, in which the places of the checks are. */
  readonly latest: string;
  readonly maxWords: number;
  /** Whether the teacher knows the answer. */
  readonly isGiven: boolean;
  /** Answers that were found not to be right, as texts. */
  readonly ruledOut: readonly string[];
}

/** A draft with what was found in it, and what to do about it. */
export function turnPrompt(question: Question, turn: TurnPrompt): string {
  const { strategy, reasoning, failing, latest, maxWords, isGiven, ruledOut } = turn;
  const { soFar, found, kinds, anew, goOn, given, ending, ruled, withheld } = text(question);
  return lines(
    renderQuestion(question),
    "",
    ...(isGiven ? [given(goldOf(question))] : []),
    soFar,
    "---",
    reasoning,
    "---",
    found,
    ...failing.map((check) => `- ${check.name}: ${toldOf(check, latest, question, isGiven ? {} : withheld)}`),
    ...(ruledOut.length === 0 ? [] : [ruled(ruledOut.join("; "))]),
    kinds[strategy.kind],
    strategy.replaces ? anew(maxWords) : goOn(maxWords),
    ending,
  );
}

/** What a check found with the words at fault, or only that it failed where more must not be said. */
function toldOf(
  { name, span, found }: Check,
  latest: string,
  { options }: Question,
  withheld: Readonly<Record<string, string>>,
): string {
  const told = withheld[name] ?? found;
  const words = span === undefined ? "" : latest.slice(span[0], span[1]);
  // What was found names by its title what the words may give another name.
  if (withheld[name] !== undefined && isAboutOption(`${words}\n${found}`, options)) return told;
  const shown = words.slice(0, 200);
  return shown === "" || told.includes(shown) ? told : `${told} ("${shown}")`;
}

/** Options that say of the question's own statement whether it holds: any statement may be about them. */
const verdict = /^(?:yes|no|maybe|true|false|correct|incorrect|right|wrong|是|否|正确|错误)\P{L}*$/iu;

/** Words that may point to an option which they do not name. */
const pointing =
  /\b(?:it|its|this|these|those|they|them|their|former|latter|options?|choices?|answers?)\b|[它其该此这]|选项|答案/iu;

/** Chinese is written without spaces, also around what is not Chinese. */
const betweenScripts =
  /(?<=\p{Script=Han})(?=[\p{Script=Latin}\p{N}])|(?<=[\p{Script=Latin}\p{N}])(?=\p{Script=Han})/gu;

/** Whether a text may be about an option: it points to one or names one, by text, letter or any telling word, or one has no name. */
function isAboutOption(raw: string, options: Question["options"]): boolean {
  const text = foldWidth(raw).replaceAll(betweenScripts, " ");
  if (pointing.test(text)) return true;
  return Object.entries(options).some(([letter, option]) => {
    // Alone, so that words which options share count too.
    const names = (within: string): boolean => namedOptions(within, { [letter]: option }, "").length > 0;
    const isLettered = new RegExp(`(?<![\\p{L}\\p{N}])${letter}(?![\\p{L}\\p{N}])`, "u").test(text);
    return (
      isLettered || verdict.test(option.trim()) || !names(option) || names(text) || sharesHan(text, option)
    );
  });
}

/** Whether two Chinese characters that follow one another in an option do so in a text: a part of its name. */
function sharesHan(text: string, option: string): boolean {
  const pairs = [...option].slice(1).map((character, i) => `${[...option][i]}${character}`);
  return pairs.some((pair) => /^\p{Script=Han}{2}$/u.test(pair) && text.includes(pair));
}

function goldOf({ gold, options }: Question): string {
  return gold.map((letter) => `${letter}. ${options[letter]}`).join("; ");
}

function lines(...parts: readonly string[]): string {
  return parts.join("\n");
}

interface Words {
  free(maxWords: number): string;
  given(answer: string): string;
  readonly soFar: string;
  readonly found: string;
  readonly kinds: Readonly<Record<Strategy["kind"], string>>;
  /** What is said of checks that know more than the draft, by their names. */
  readonly withheld: Readonly<Record<string, string>>;
  ruled(answers: string): string;
  anew(maxWords: number): string;
  goOn(maxWords: number): string;
  readonly ending: string;
}

function text(question: Question): Words {
  const words = question.language === "zh" ? zh : en;
  return mayHaveSeveral(question) ? { ...words, ending: words.endingOfSeveral } : words;
}

const en: Words & { readonly endingOfSeveral: string } = {
  free: (maxWords) =>
    `Reason it through step by step in plain sentences, in at most ${maxWords} words: which findings matter and why, what they point to, what speaks against the other options, and what is assumed or uncertain. Show every calculation with its units. Call the options by their text and not by their letters.`,
  given: (answer) =>
    `The right answer is known: ${answer}\nWrite the reasoning by which a careful clinician who does not know it would find it from the question alone. It must not show that the answer was known beforehand: nothing about a given, provided, stated or expected answer.`,
  soFar: "This is the reasoning so far:",
  found: "A review of it found:",
  kinds: {
    backtrack:
      "Step back to the last point that still holds, say what does not hold after it and why, and reason on from there in another direction.",
    explore:
      "Weigh another possibility that was set aside or not considered, with what speaks for and against it.",
    correct: "Put right what was found, showing the corrected step, and draw the conclusion again.",
  },
  withheld: {
    arithmetic: "a calculation does not come out",
    formula: "a clinical formula is not applied as it is defined, or its result is wrong",
    units: "a quantity, its unit or a conversion cannot be right",
    claims: "a statement does not hold",
    guidelines: "a statement goes against a guideline",
  },
  ruled: (answers) => `Answers found not to be right so far: ${answers}`,
  anew: (maxWords) =>
    `Write the whole reasoning anew, in at most ${maxWords} words, as one train of thought that stands for itself. Do not speak of a review, a draft or a correction of somebody's.`,
  goOn: (maxWords) =>
    `Write only how the reasoning goes on, in at most ${maxWords} words, as the same person who notices the slip while thinking. Do not repeat what still holds, and do not speak of a review.`,
  ending:
    "After the reasoning, end your reply with the letter of the best option in place of X: <answer>X</answer>",
  endingOfSeveral:
    "After the reasoning, end your reply with the letters of all right options in place of X and Y: <answer>X, Y</answer>",
};

const zh: typeof en = {
  free: (maxWords) =>
    `请用通顺的句子逐步推理，不超过${maxWords}字：哪些表现重要、为什么，它们指向什么，其他选项有何不符之处，以及哪些是假设或尚不确定。计算须写出步骤和单位。请用选项的文字而不是字母来称呼选项。`,
  given: (answer) =>
    `已知正确答案：${answer}\n请写出一位不知道答案的谨慎的临床医生仅凭题目得出该答案的推理过程。推理中不得显示事先知道答案：不得提及“给定”“已知”“提供”或“预期”的答案。`,
  soFar: "目前的推理如下：",
  found: "审阅发现：",
  kinds: {
    backtrack: "请退回到仍然成立的最后一步，说明其后哪里不成立、为什么，再从那里换一个方向推理。",
    explore: "请考虑之前被搁置或未考虑的另一种可能，并说明支持和反对它的依据。",
    correct: "请改正所发现的问题，写出改正后的步骤，并重新得出结论。",
  },
  withheld: {
    arithmetic: "有一处计算结果不对",
    formula: "有一个临床公式用法或结果不对",
    units: "有一个数值、单位或换算不可能成立",
    claims: "有一个说法不成立",
    guidelines: "有一个说法与指南不符",
  },
  ruled: (answers) => `目前已知不正确的答案：${answers}`,
  anew: (maxWords) =>
    `请重新写出完整的推理，不超过${maxWords}字，使其自成一体。不要提及审阅、草稿或他人的更正。`,
  goOn: (maxWords) =>
    `请只写推理接下来如何继续，不超过${maxWords}字，如同本人在思考中发现疏漏。不要重复仍然成立的内容，也不要提及审阅。`,
  ending: "推理之后，请在回复末尾按以下格式给出最佳选项的字母（代替X）：<answer>X</answer>",
  endingOfSeveral:
    "推理之后，请在回复末尾按以下格式给出所有正确选项的字母（代替X和Y）：<answer>X, Y</answer>",
};
