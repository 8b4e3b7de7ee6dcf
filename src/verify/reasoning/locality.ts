/**
 * Whether every part of reasoning keeps to its question (paper §3.2: locality).
 *
 * A stretch of sentences is off the question when none of them shares a word of content with the question, its options
 * or a sentence that does. One sentence, or a few short ones, may stand alone: general knowledge is often told in its
 * own words. Talk of being a program, instructions to one, and code are off the question at any length.
 */
import type { Check } from "../../records/check.ts";
import { foldWidth } from "../text.ts";
import type { Reasoning } from "./reasoning.ts";
import { type Sentence, splitSentences } from "./sentences.ts";
import { common } from "./stop-words.ts";

/** A stretch shorter than both may stand alone. */
const LEAST = { sentences: 3, words: 45 };

const aside: readonly (readonly [what: string, pattern: RegExp])[] = [
  [
    "talk of being a program",
    /\b(?:as an? (?:ai|artificial intelligence|(?:large )?language model|chatbot|virtual assistant)\b|i(?:'m| am) (?:just |only )?an? (?:ai|artificial intelligence|(?:large )?language model|chatbot|virtual assistant)\b|my (?:training data|knowledge cut-?off|programming|developers)\b|(?:chatgpt|openai|gpt-[345]|deepseek-r1|anthropic)\b|i (?:cannot|can't|am not able to|do not) (?:provide|give|offer) (?:medical|professional|clinical) advice|(?:please|you should|always) consult (?:a|your|with a|with your) (?:doctor|physician|healthcare|medical professional|qualified)|not a substitute for (?:professional )?medical)|作为(?:一个|一名)?(?:AI|人工智能|语言模型|大模型|智能助手)|我是(?:一个|一名)?(?:AI|人工智能|语言模型|大模型)|我的训练数据|请咨询(?:您的)?(?:医生|专业)/iu,
  ],
  [
    "an instruction",
    /\b(?:(?:ignore|disregard|forget) (?:all |any )?(?:of )?(?:the )?(?:previous|prior|above|earlier|preceding) (?:instructions?|prompts?|messages?|text)|you are (?:a|an) (?:helpful|ai|expert|experienced|medical|knowledgeable)[a-z ]{0,20}(?:assistant|model|ai)\b|(?:system|user|assistant) ?prompt ?:|respond (?:only )?(?:with|in) (?:json|xml|yaml|markdown)|your (?:task|job) is to (?:write|generate|answer|produce|translate|summari[sz]e)|output (?:only )?(?:the )?(?:json|xml|yaml)|write (?:a|an) (?:essay|poem|story|blog post|tweet|summary of)|subscribe to|click (?:here|the link)|terms of service|all rights reserved|cookie policy)\b|<\|(?:im_start|im_end|system|user|assistant|endoftext|eot_id)\|>|^#{2,4} ?(?:instruction|response|input|system|human|assistant)s? ?:|忽略(?:之前|以上|上述|前面)的?(?:所有)?(?:指令|指示|提示|要求)|你是(?:一个|一名)[^。]{0,10}(?:助手|模型)|点击(?:此处|这里|链接)|版权所有/imu,
  ],
  [
    "code",
    /^(?:```(?:python|py|js|javascript|typescript|json|html|xml|bash|sh|sql|java|c\+\+|cpp|yaml|r|matlab)\b|[ \t]*(?:def \w+\(.*\) ?:|import \w+(?: as \w+)?;?$|from [\w.]+ import |function \w*\(.*\) ?\{|(?:const|let|var) \w+ ?= ?\S.*;?$|public (?:static )?\w+ \w+\(|#include ?<|print\(.*\)|console\.log\(|return \w+[;(]|for \(?(?:int|let|var)? ?\w+ ?=|if __name__|class \w+(?:\(.*\))?:|SELECT .+ FROM .+|<\/?(?:html|div|span|body|script|p|a|ul|li|table|head)\b[^>]*>|\{"\w+" ?:))|https?:\/\/\S+/mu,
  ],
];

/** Finds stretches of reasoning that have nothing to do with the question, and talk, orders and code among it. */
export function checkLocality({ text, question }: Reasoning): readonly Check[] {
  const folded = foldWidth(text);
  const asked = foldWidth(
    [question.stem, question.context ?? "", ...Object.values(question.options)].join("\n"),
  );
  const sentences = splitSentences(folded);
  const faults = [...asides(sentences, asked), ...strays(sentences, stems(asked))];
  if (faults.length > 0) return faults;
  return [{ name: "locality", passed: true, found: `${sentences.length} sentences keep to the question` }];
}

function asides(sentences: readonly Sentence[], asked: string): Check[] {
  return sentences.flatMap(({ text: said, start }) => {
    for (const [what, pattern] of aside) {
      const found = pattern.exec(said);
      if (found && !asked.includes(found[0]))
        return [fault(`${what}: "${found[0].slice(0, 60)}"`, [start, start + said.length])];
    }
    return [];
  });
}

/** Stretches of sentences of which none is joined to the question, directly or through one other. */
function strays(sentences: readonly Sentence[], asked: ReadonlySet<string>): Check[] {
  const contents = sentences.map(({ text: said }) => stems(said));
  const near = new Set(asked);
  for (const content of contents) if (isJoined(content, asked)) for (const stem of content) near.add(stem);
  const faults: Check[] = [];
  let from = 0;
  for (let i = 0; i <= sentences.length; i++) {
    const content = contents[i];
    // A sentence without content ("Let us go on.") ends no stretch.
    if (content && (content.size === 0 || !isJoined(content, near))) continue;
    const stretch = sentences.slice(from, i);
    const size = stretch.reduce((sum, { text: said }) => sum + length(said), 0);
    if (stretch.length >= LEAST.sentences && size >= LEAST.words) {
      const [first, last] = [stretch[0] as Sentence, stretch.at(-1) as Sentence];
      faults.push(
        fault(
          `${stretch.length} sentences share no word with the question or what is said of it, from "${first.text.slice(0, 60)}"`,
          [first.start, last.start + last.text.length],
        ),
      );
    }
    from = i + 1;
  }
  return faults;
}

function isJoined(content: ReadonlySet<string>, to: ReadonlySet<string>): boolean {
  for (const stem of content) if (to.has(stem)) return true;
  return false;
}

/** The beginnings of a text's words of content, which inflection leaves alone; in Chinese pairs of characters. */
function stems(text: string): Set<string> {
  const found = new Set<string>();
  for (const [word] of text
    .toLowerCase()
    .matchAll(
      /\p{Script=Han}+|[\p{Script=Latin}\p{Script=Greek}\d][\p{Script=Latin}\p{Script=Greek}\d.-]*/gu,
    )) {
    if (/^\p{Script=Han}/u.test(word))
      for (let i = 0; i + 1 < word.length; i++) found.add(word.slice(i, i + 2));
    else if ((word.length >= 4 || /\d{2}/u.test(word)) && !common.has(word)) found.add(word.slice(0, 6));
  }
  return found;
}

/** Words of a text; two Chinese characters are about one. */
function length(text: string): number {
  const han = text.match(/\p{Script=Han}/gu)?.length ?? 0;
  return han / 2 + (text.match(/[\p{Script=Latin}\d]+/gu)?.length ?? 0);
}

function fault(found: string, span: readonly [number, number]): Check {
  return { name: "locality", passed: false, found, span };
}
