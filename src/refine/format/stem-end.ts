/**
 * Rules about the end of a stem: whether it was cut off, and whether it asks anything.
 *
 * A made stem ends in a mark; the grammar sees to it. A stem of a public set may also end without one, because its
 * options go on with the sentence ("Gene flow between populations results in"). Such a stem is told from a cut one by
 * its last sentence, which must be one that can be gone on with: a question mark, a blank or a task stands before it;
 * or it is a lead-in, that is, it stops at a word that asks for a complement ("is", "because"), or is the whole stem,
 * or the options begin as the rest of a sentence does. In the story of a patient ("A 45-year-old", "she denies") only
 * words that lead to an answer ("the most likely diagnosis is") make a lead-in, and yes or no completes nothing.
 * A short completion that lost its last words cannot be told from one that did not.
 */
import { isSynthetic, type Question } from "../../records/question.ts";

const ended =
  /[?!.:？。：！…]["'”’)\]）」』]*\s*$|(?:_{2,}|…|\.{3}|[（(]\s*[)）])\s*[a-z ,;–-]{0,40}[.。]?\s*$/iu;
const question = /[?？]/u;
const request =
  /\b(?:which of|which one|what|who|whose|how|why|when|where|all of the following|each of the following|except|explain|describe|calculate|determine|compute|discus\w*|define|distinguish|differentiate|contrast|compare|identify|name|list|find|give|state|outline|account for|choose|select|arrange|match|following)\b|哪|什么|何|几|多少|下列|以下|除外|不包括|不属于|错误|正确/iu;
/** A sentence that sets a task; tables and crosses may follow it. */
const task =
  /\b(?:which|all|each) of the following\b|\b(?:determine|calculate|compute|diagram|explain|find|show the)\b|^(?:give|compare|describe)\b/i;
/** Words that another word must follow. */
const open = new Set(
  "a about an and are as at be because been being between but by called considered contain contains due during each either except for from had has have if in include includes including into involve involves is its like may means might most named of on or over requires should than that the their then these they this those through to toward under upon via was were when where which while who whose will with within without would".split(
    " ",
  ),
);
const story =
  /\b\d{1,3}[- ](?:year|month|week|day|hour)s?[- ]old\b|\b(?:an? (?:man|woman|boy|girl|infant|child|patient|neonate) (?:comes|presents|is brought|with)|presents (?:to|with)|comes to|is brought to|(?:his|her) (?:temperature|blood pressure|pulse|mother|father|wife|husband|past)|physical exam|laboratory (?:studies|results|tests)|blood pressure is|she (?:has|is|was|had|reports|denies|takes)|he (?:has|is|was|had|reports|denies|takes))\b/iu;
const leadIn =
  /\b(?:most likely|most appropriate|best|next step|diagnosis|caused by|result(?:s|ed)? (?:in|from)|refer(?:s|red) to|known as|example of|liable|recommend\w*|expect(?:ed)?|suggests|reveal|explained|indicate[sd]?|characteri[sz]ed|associated|management|is because|should|regarding)\b/iu;
/** Answers to a whole question, which end no sentence. */
const verdict = /^\s*(?:yes|no|maybe|true|false|是|否|对|错)\s*$/i;
const rest =
  /^\s*(?:\p{Ll}|(?:Are|Because|By|Can|Do|Does|Had|Has|Have|Is|May|Must|Should|That|To|Was|Were|Will)\b)/u;
/** Ends of a Chinese stem that its options go on with. */
const chineseLeadIn =
  /(?:是|为|于|有|指|属|包括|取决于|见于|用|由|在|与|对|从|应|宜|需|导致|引起|表现|首选|特点|原因|诊断|治疗|检查|药物|机制|除外|正确|错误)$/u;

/** A stem that stops before its end; undefined also where it cannot be told. */
export function cutStem({ stem, ...rest }: Question): string | undefined {
  const text = stem.trim();
  if (ended.test(text)) return undefined;
  if (!isSynthetic({ stem, ...rest }) && canGoOn(text, Object.values(rest.options))) return undefined;
  return `the stem stops at "${text.slice(-40)}"`;
}

/** A question without its mark: a person should see whether more is missing. */
export function unmarkedQuestion({ stem }: Question): string | undefined {
  const text = stem.trim();
  if (ended.test(text) || question.test(text) || !/^(?:which|what|how|why|who)\b/i.test(text))
    return undefined;
  return `a question without a question mark: "${text.slice(-40)}"`;
}

/** Whether the options can go on with a stem that ends without a mark. */
function canGoOn(text: string, options: readonly string[]): boolean {
  if (question.test(text) || /_{2,}/.test(text)) return true;
  const sentences = text.split(/(?<=[.!。！:]["')\]”]?)\s+(?=[A-Z"“(])|(?<=[。！；])/u);
  const last = sentences.at(-1) as string;
  if (/\p{Script=Han}/u.test(last)) return request.test(last) || chineseLeadIn.test(last);
  const words = last.match(/[\p{L}\p{N}]+/gu) ?? [];
  const isOpen = open.has(words.at(-1) ?? "");
  const asks = request.test(last);
  if (/\bexcept(?: the)?$/i.test(last)) return true;
  if (/\bfollowing$/i.test(last) || options.every((text) => verdict.test(text))) return false;
  if (sentences.slice(0, -1).some((one) => task.test(one)) && !isOpen) return true;
  const isAsked = /\bwhich (?:of|one)\b|^(?:which|what|how|why|who)\b/i.test(last);
  if (story.test(text)) {
    if (isAsked || !leadIn.test(last)) return false;
  } else if (asks && !isOpen) return true;
  if (isAsked && isOpen) return false;
  return isOpen || sentences.length === 1 || areRests(options) || leadIn.test(words.slice(-2).join(" "));
}

/** Options that begin with a small letter, or with a verb or a link, are the rest of a sentence. */
function areRests(options: readonly string[]): boolean {
  const lettered = options.filter((text) => /^\s*\p{L}/u.test(text));
  return lettered.length > 0 && lettered.every((text) => rest.test(text));
}

/** A stem that asks nothing: no question mark, no request, no blank, nothing that its options go on with. */
export function missingQuestion({ stem }: Question): string | undefined {
  const text = stem.trim();
  if (question.test(text) || /_{2,}|[（(]\s*[)）]|[:：…]["')\]”]?$|\.\.\.$/u.test(text)) return undefined;
  if (request.test(text)) return undefined;
  if (!/[.。！!]["')\]”’]?$/u.test(text)) return undefined;
  return `the stem asks nothing and ends at "${text.slice(-40)}"`;
}
