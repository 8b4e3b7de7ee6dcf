/**
 * Sentences in which reasoning tells a mistake and does not make it: "C takes pounds for kilograms", "if one read it as
 * 1 mg/mL", "若把斤当公斤就会变成C". What is wrong in them is wrong on purpose.
 */
import type { Reasoning } from "./reasoning.ts";

const told =
  /\b(?:if (?:you|one|we|somebody|someone|anyone|he|she|they|it (?:were|was)|the \w+ (?:were|was|is|are) (?:taken|read|mistaken))|had (?:you|one|we)|mistak\w+|mis(?:read|count|plac|calculat|interpret|convert|label)\w*|confus\w+|forget\w*|forgot\w*|wrong(?:ly)?|erroneous\w*|in error|traps?|distractors?|tempt\w*|pitfall|careless\w*|the hasty|mix(?:es|ed|ing)? up|would have to be|instead of|rather than|as though|as if|not \d)\b|若|如果|假如|误|错|陷阱|混淆|忘|干扰|当成|当作|而非|并非|不是/iu;
const ofOption =
  /(?:^|,\s*(?:and |but |while |whereas )?|\b(?:and|but|while|whereas)\s+)[\s(]*(?:(?:[Oo]ption|[Cc]hoice|[Aa]nswer|[Ll]etter|选项)\s*)?(?<letter>[A-H])(?:'s|\s*(?:,|\(|would|is|was|comes?|came|results?|treats?|takes?|took|uses?|used|mixes|ignores?|divides?|multiplies|has|reads?|counts?|gives?|stands|assumes?|doubles?|halves|adds?|follows|belongs|if|的|是|把|将|忘|则|没|未|漏))/gu;

/** Whether the sentence at a place is of a mistake, or of an option that was not chosen. */
export function tellsMistake(
  text: string,
  start: number,
  end: number,
  letters: Reasoning["letters"],
): boolean {
  const stops = [". ", "; ", "! ", "? ", "\n", "。", "；", ";"];
  const from = Math.max(0, ...stops.map((stop) => lastBefore(text, stop, start)));
  const rest = text.slice(end).search(/[.;!?](?:\s|$)|[\n。；]/u);
  const sentence = text.slice(from, rest < 0 ? text.length : end + rest);
  if (told.test(sentence)) return true;
  if (letters.length === 0) return false;
  return [...sentence.matchAll(ofOption)].some(({ groups }) => !letters.includes(groups?.letter as string));
}

function lastBefore(text: string, stop: string, at: number): number {
  const found = text.lastIndexOf(stop, at - 1);
  return found < 0 ? 0 : found + stop.length;
}
