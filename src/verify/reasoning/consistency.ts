/**
 * Whether the conclusion follows from the text (paper §3.2: internal consistency): the answer given must be the last
 * hypothesis that the text left standing, and the text must not deny what it says.
 *
 * Faults: the letter or the option that the text ends at is another; the answer was ruled out and nothing took it up
 * again before the conclusion; the whole text speaks for another option (`consistency-weigh.ts`), whatever letter stands
 * at its end; a statement is made and denied.
 * Where no option is named the check passes and says so: there is nothing to hold the answer against.
 */
import type { Check } from "../../records/check.ts";
import { letterConclusions } from "./consistency-letters.ts";
import { type OptionMention, optionMentions } from "./consistency-options.ts";
import { selfContradictions } from "./consistency-pairs.ts";
import { bareConclusion, weighOptions } from "./consistency-weigh.ts";
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
  const answer = letters.map((letter) => `${letter} "${options[letter]}"`).join(", ");
  const fault = (found: string, at: Pick<OptionMention, "span">): Check[] => [
    { name, passed: false, found, evidence: quote(text, at.span), span: [at.span[0], at.span[1]] },
  ];
  const ended = letterConclusions(text, options).at(-1);
  if (ended && ended.letters.length === 1 && !letters.includes(ended.letters[0] as string)) {
    const letter = ended.letters[0] as string;
    return fault(`the text ends at ${letter} "${options[letter]}"; the answer is ${answer}`, ended);
  }
  const bare = bareConclusion(text, options, stem);
  if (bare && !letters.includes(bare.letter))
    return fault(`the text ends at ${bare.letter} "${options[bare.letter]}"; the answer is ${answer}`, bare);
  const favoured = outweighing(text, question, letters);
  const mentions = optionMentions(text, options, isException(stem));
  const own = mentions.filter(({ letter }) => letters.includes(letter));

  const out = ruledOut(text, own, letters);
  if (out) return fault(`the answer ${answer} was ruled out and not taken up again`, out);

  const ending = endingOf(text, mentions, letters, options);
  if (ending)
    return fault(
      `the text ends at ${ending.letter} "${options[ending.letter]}"; the answer is ${answer}`,
      ending,
    );

  if (favoured)
    return fault(
      `the text speaks for ${favoured.letter} "${options[favoured.letter]}" rather than for the answer ${answer}`,
      favoured,
    );
  return [];
}

/** How much likelier another option must be, as a logarithm; more where the answer may be one that can hardly be named. */
const margin = 1.75;
const marginOfUnnamed = 2;

/** The option for which the text speaks so much more than for the answer that the answer does not follow. */
function outweighing(
  text: string,
  { options, stem }: Reasoning["question"],
  letters: readonly string[],
): { readonly letter: string; readonly span: readonly [number, number] } | undefined {
  const weights = [...weighOptions(text, options, stem)].map(([letter, weight]) => ({ letter, ...weight }));
  const own = weights.filter(({ letter }) => letters.includes(letter));
  const others = weights.filter(({ letter }) => !letters.includes(letter));
  const [answer, other] = [own, others].map((some) =>
    some.reduce((a, b) => (b.total > a.total ? b : a), some[0]!),
  );
  if (answer === undefined || other === undefined || !weights.some(({ isNamed }) => isNamed))
    return undefined;
  const isBetter = other.total - answer.total > (answer.isNamed ? margin : marginOfUnnamed);
  return isBetter ? other : undefined;
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
