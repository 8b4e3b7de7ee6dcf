/**
 * Whether the conclusion follows from the text (paper §3.2: internal consistency): the answer given must be the last
 * hypothesis that the text left standing, and the text must not deny what it says.
 *
 * Faults: the answer was ruled out and nothing took it up again before the conclusion; the text concludes with another
 * option; all the text speaks for another option and the answer comes out of nowhere; a statement is made and denied.
 * Where no option is named the check passes and says so: there is nothing to hold the answer against.
 */
import type { Check } from "../../records/check.ts";
import { type OptionMention, optionMentions } from "./consistency-options.ts";
import { selfContradictions } from "./consistency-pairs.ts";
import type { Reasoning } from "./reasoning.ts";
import { splitSentences } from "./sentences.ts";

const name = "consistency";

/** Checks that the answer given is what the text ends at, and that the text does not contradict itself. */
export function checkConsistency({ text, question, letters }: Reasoning): readonly Check[] {
  const faults = [...againstItself(text), ...againstAnswer(text, question, letters)];
  if (faults.length > 0) return faults;
  if (letters.length === 0) return [{ name, passed: true, found: "no answer to compare with" }];
  const mentions = optionMentions(text, question.options, false);
  const named = new Set(mentions.map(({ letter }) => letter)).size;
  const out = new Set(mentions.filter(({ standing }) => standing === "ruled out").map(({ letter }) => letter))
    .size;
  return [
    {
      name,
      passed: true,
      found: named === 0 ? "no option is named" : `${named} options named, ${out} ruled out`,
    },
  ];
}

const turn =
  /\b(?:wait|however|actually|but|yet|on (?:second thought|reflection)|reconsider|re-?examin|nevertheless|nonetheless|although|though|even so|correction|i was wrong|that (?:is|was) wrong|revisit|back to|instead|despite|let me (?:check|think)|hmm)\b|不过|然而|但|重新|等等/i;

function againstItself(text: string): Check[] {
  return selfContradictions(text)
    .filter(({ said, denied }) => {
      const [from, to] = [Math.min(said[0], denied[0]), Math.max(said[1], denied[1])];
      return !turn.test(text.slice(from, to));
    })
    .map(({ said, denied }) => ({
      name,
      passed: false,
      found: `"${quote(text, said)}" and "${quote(text, denied)}" deny each other`,
      evidence: quote(text, said),
      span: [denied[0], denied[1]] as const,
    }));
}

function againstAnswer(text: string, question: Reasoning["question"], letters: readonly string[]): Check[] {
  const { options, stem } = question;
  if (letters.length === 0 || letters.some((letter) => !Object.hasOwn(options, letter))) return [];
  const mentions = optionMentions(text, options, isException(stem));
  if (mentions.length === 0) return [];
  const answer = letters.map((letter) => `${letter} "${options[letter]}"`).join(", ");
  const fault = (found: string, at: OptionMention): Check[] => [
    { name, passed: false, found, evidence: quote(text, at.span), span: [at.span[0], at.span[1]] },
  ];
  const own = mentions.filter(({ letter }) => letters.includes(letter));
  const others = mentions.filter(({ letter }) => !letters.includes(letter));

  const out = ruledOut(text, own, letters);
  if (out) return fault(`the answer ${answer} was ruled out and not taken up again`, out);

  const ending = endingOf(text, mentions, letters, options);
  if (ending)
    return fault(
      `the text ends at ${ending.letter} "${options[ending.letter]}"; the answer is ${answer}`,
      ending,
    );

  const before = outOfNowhere(text, own, others);
  if (before)
    return fault(
      `the text speaks for ${before.letter} "${options[before.letter]}" and never for the answer ${answer}`,
      before,
    );
  return [];
}

/** The clause that rules an answer out, where nothing but the conclusion speaks for it afterwards. */
function ruledOut(
  text: string,
  own: readonly OptionMention[],
  letters: readonly string[],
): OptionMention | undefined {
  for (const letter of letters) {
    const mentions = own.filter((mention) => mention.letter === letter);
    const last = mentions.findLastIndex(({ standing }) => standing === "ruled out");
    const out = mentions[last];
    if (out === undefined) continue;
    const later = mentions.slice(last + 1);
    const isRevived = later.some(
      ({ standing, at, sentence }) =>
        standing === "taken up" ||
        (standing !== "ruled out" && sentence > out.sentence && turn.test(text.slice(out.at, at))) ||
        (standing === "concluded" && sentence === out.sentence),
    );
    if (!isRevived) return out;
  }
  return undefined;
}

const turnedAway =
  /\b(?:but|however|yet)\b[^.]*\b(?:out|excluded|ruled out|unlikely|does not fit|cannot be|not|no)\b/i;

/** The last conclusion, where it is another option than those of the answer. */
function endingOf(
  text: string,
  mentions: readonly OptionMention[],
  letters: readonly string[],
  options: Readonly<Record<string, string>>,
): OptionMention | undefined {
  const standing = mentions.filter((mention) => mention.standing !== "ruled out");
  const last = standing.at(-1);
  if (last === undefined) return undefined;
  const isOwn = ({ letter }: OptionMention): boolean => letters.includes(letter);
  const concluded = standing.findLast((mention) => mention.standing === "concluded");
  if (concluded !== undefined) {
    const same = standing.filter((mention) => mention.sentence >= concluded.sentence);
    return same.some(isOwn) || isSpokenOf(text.slice(concluded.span[0]), letters, options)
      ? undefined
      : concluded;
  }
  // Without a word that concludes, the last sentence does, if the answer is nowhere in the text.
  const isTold = mentions.some(isOwn) || isSpokenOf(text, letters, options);
  const sentences = splitSentences(text).length;
  const inLast = standing.filter((mention) => mention.sentence === last.sentence);
  const isAlone = new Set(inLast.map(({ letter }) => letter)).size === 1;
  const speaks = last.standing === "taken up" || last.sentence === sentences - 1;
  if (!isAlone || isOwn(last)) return undefined;
  if (!isTold) return speaks ? last : undefined;
  // Or if the text turned away from the answer before it took the other one up.
  const own = mentions.findLast(isOwn);
  const isTurned =
    own !== undefined && own.sentence < last.sentence && turnedAway.test(text.slice(own.at, last.span[0]));
  return isTurned && last.standing === "taken up" && last.sentence === sentences - 1 ? last : undefined;
}

/** Another option that the text takes up and never doubts, where the answer is named in the conclusion alone. */
function outOfNowhere(
  text: string,
  own: readonly OptionMention[],
  others: readonly OptionMention[],
): OptionMention | undefined {
  const first = own[0];
  const isReasoned =
    first !== undefined &&
    /\b(?:because|since|given|as (?:it|the)|due to|which|for it)\b/i.test(text.slice(...first.span));
  if (first?.standing !== "concluded" || isReasoned || own.some(({ standing }) => standing !== "concluded"))
    return undefined;
  const taken = others.filter(
    ({ standing, at }) => (standing === "taken up" || standing === "concluded") && at < first.at,
  );
  const [one] = taken;
  if (one === undefined || taken.some(({ letter }) => letter !== one.letter)) return undefined;
  if (
    one.sentence === first.sentence ||
    others.some(({ standing, letter }) => standing === "ruled out" && letter === one.letter)
  )
    return undefined;
  return turn.test(text.slice(one.span[1], first.at)) || turn.test(text.slice(...one.span)) ? undefined : one;
}

/** Whether telling words of an answer are in a text, whatever their form. */
function isSpokenOf(
  text: string,
  letters: readonly string[],
  options: Readonly<Record<string, string>>,
): boolean {
  const said = text.toLowerCase();
  return letters.some((letter) => {
    const words = (options[letter] ?? "").toLowerCase().match(/\p{L}{4,}/gu) ?? [];
    const telling = words.filter(
      (word) =>
        !/^(?:with|from|disease|syndrome|test|acute|chronic|type|inhibitor|agent|therapy|treatment)$/.test(
          word,
        ),
    );
    return telling.some((word) => said.includes(word.slice(0, Math.max(4, word.length - 2))));
  });
}

/** Whether the option is asked for that does not fit. */
function isException(stem: string): boolean {
  return /\b(?:not|except|least|false|incorrect|untrue|contraindicated|avoid(?:ed)?|never|wrong|unlikely)\b|除外|错误|不/i.test(
    stem,
  );
}

function quote(text: string, [from, to]: readonly [number, number]): string {
  return text.slice(from, to).replace(/\s+/g, " ").trim();
}
