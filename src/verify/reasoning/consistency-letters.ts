/**
 * The letter that a text of reasoning ends at: "B.", "So C, pending a second smear", "I'd pick D", "选B".
 *
 * A letter counts where it stands as a conclusion, by the words before it or because its clause is nothing else. The
 * article "A" and the pronoun "I" count only before a stop. A letter that is denied or only spoken of ("option C is the
 * milligram figure") is none.
 */
import { foldWidth } from "../text.ts";
import { type Sentence, splitSentences } from "./sentences.ts";

interface LetterConclusion {
  readonly letters: readonly string[];
  readonly span: readonly [number, number];
  /** Number of its sentence. */
  readonly sentence: number;
}

const said = "\\(?\\*{0,2}(?<letter>[A-U])\\*{0,2}\\)?";
const stopped = '(?=\\s*(?:[.,;:!)—–*"”]|-\\s|$))';
const goesOn =
  '(?=\\s*(?:[.,;:!)—–*"”]|-\\s|$| (?:therefore|then|it is|it must|is (?:the |therefore |thus |my |what |correct|right|best)|seems|looks|would be (?:the |my )|because|since|as |for |if |with |by |must|fits|stands|remains|wins|given|though|rounding|assuming|provided|after all|in |on |after|being|would be)))';
const verbs =
  "(?:going (?:for|with)|go(?:es)? (?:for|with)|went (?:for|with)|pick(?:ing)?|choos(?:e|ing)|select(?:ing)?|answer(?:ing)?|mark(?:ing)?|say|take|tick(?:ing)?|circle|settl(?:e|ing) (?:on|for)|opt(?:ing)? for|vote for|commit to|submit|lean(?:ing)? (?:to|towards?)|land(?:s|ing)? on|back|favou?r|enter)";
const nouns =
  "(?:(?:final |best |correct |right |my |the |only |likeliest |supported |remaining )*(?:answer|choice|option|letter|pick|vote|conclusion|verdict|solution|response|concern|rate|result|value|dose|drug|test|diagnosis|treatment|one left|one standing))";
const is =
  "(?: is| was| remains| must be| has to be| should be| would be| would then be| will be| becomes|:| =| →| -| –| —|,)";
const opening =
  "(?:so|thus|hence|therefore|consequently|accordingly|then|that(?:'s| is| leaves| makes it| would be| gives| means| points to| settles it for| has to be| must be| brings me to)|this (?:is|leaves|makes it|gives|points to)|which (?:is|makes it|leaves|gives|means|corresponds to|would be)|it(?:'s| is| must be| has to be| is therefore| has to be)|leav(?:es|ing)|only|just|answer|final answer|ok|okay|all in all|in short|overall|on balance|in sum|by elimination|in conclusion|and|we are left with|i am left with|i'm left with|i end (?:up )?(?:at|with)|here|i(?:'d| would|'ll| will)? (?:say|answer)|option|choice|letter|clearly|probably|definitely|now|again|conclusion|verdict|mine is|back to|namely|i\\.e\\.|=|→)";

const patterns: readonly RegExp[] = [
  // The whole of a clause, after words that conclude or none.
  new RegExp(`(?:^|[.;:!?,—–→\\n*(]\\s*)(?:${opening}[,:]? )*${said}${stopped}`, "gid"),
  new RegExp(
    `(?:^|[\\s(,])(?:${opening}[,:]? )+(?:therefore |then |thus |clearly |probably |most likely )?${said}${goesOn}`,
    "gid",
  ),
  new RegExp(`\\b${verbs} (?:for |with |on )?(?:${nouns} )?(?:therefore |then )?${said}${goesOn}`, "gid"),
  new RegExp(
    `\\b${nouns}${is}+ ?(?:therefore |then |thus |clearly |probably |most likely )?(?:option |choice |letter )?${said}${goesOn}`,
    "gid",
  ),
  new RegExp(
    `^${said} (?:it is|then|therefore|seems|is (?:the (?:answer|best|only|one)|correct|right|my (?:answer|choice|pick))|would be my)`,
    "gid",
  ),
  /(?:(?:故|因此|所以|应|应该|应当|我|最终|综上|于是|只能|就|便|可)*(?:选择?|答案?(?:应)?(?:为|是|就是|选|：|:)?|应为|正确(?:选项|答案)(?:为|是)?|对应(?:的)?(?:选项)?(?:为|是)?|只剩(?:下)?|剩下|即|即为|就是)|^)(?:选项|答案)?[(（]?(?<letter>[A-U])(?![A-Za-z])/dgu,
  /(?<letter>[A-U])(?:项|选项)?(?:是|为)?(?:正确|最符合|最合适|最恰当|符合题意)/dgu,
];

const denied =
  /(?:\b(?:not|n't|never|neither|nor|than|except|exclud\w+|eliminat\w+|rul\w+ out|reject\w*|against|unlike|or|drop\w*|discard\w*)\s*(?:option |choice |answer )?\(?|(?:不|排除|不能|非)(?:选|是|为|应选)?)$/i;
const deniedAfter =
  /^\)?\s*(?:(?:can|could|may|must|should|is|are|was|has|does|do|would|drops?|falls?|goes|would be|had)\s+(?:\w+ )?(?:not|n't|go\b|out|away|wrong|incorrect|excluded|eliminated|ruled|unlikely|false|be (?:excluded|dropped|ruled|discarded|struck))|(?:isn't|doesn't|can't|couldn't|wasn't|won't)\b|drops out|falls away|可排除|不|错)/i;

/** What a letter belongs to that is no option's. */
const named =
  /(?:vitamins?|hepatitis|proteins?|factors?|types?|groups?|class|influenza|immunoglobulin|stage|grade|complement|ha?emophilia|ha?emoglobin|apolipoprotein|child-pugh|category|lead|phase|botulinum|streptococc\w+|step|point|drug|patient|trial|study|arm)(?: [A-Z](?:,| or| and))* $/i;
const joined =
  /^(?:[.] ?[a-z]|[-'’]?\w| (?:cells?|lymph\w*|virus|waves?|lines?|symptoms|deficiency|streptococc\w*))/;

/** The one letter that the end of a text names, where no wording of a conclusion is known. */
function lonelyLetter(
  sentences: readonly Sentence[],
  options: Readonly<Record<string, string>>,
): LetterConclusion | undefined {
  for (let number = sentences.length - 1; number >= Math.max(0, sentences.length - 2); number--) {
    const { text, start } = sentences[number] as Sentence;
    if (/[?？]\s*$/.test(text)) continue;
    const letters = new Set<string>();
    for (const { 0: letter, index } of text.matchAll(
      /(?<![\p{Script=Latin}\p{N}'’-])[A-H](?![\p{Script=Latin}\p{N}])/gu,
    )) {
      const after = text.slice(index + 1);
      if (!Object.hasOwn(options, letter) || joined.test(after) || named.test(text.slice(0, index))) continue;
      if (letter === "A" && /^ \p{Ll}/u.test(after)) continue;
      if (
        denied.test(text.slice(0, index)) ||
        deniedAfter.test(after) ||
        (/^[.:)] \S/.test(after) && index < 3)
      )
        return undefined;
      letters.add(letter);
    }
    if (letters.size > 0)
      return letters.size === 1
        ? { letters: [...letters], span: [start, start + text.length], sentence: number }
        : undefined;
  }
  return undefined;
}

/** Letters that the text concludes with, in order; a sentence that lists several options for no answer has none. */
export function letterConclusions(
  raw: string,
  options: Readonly<Record<string, string>>,
): LetterConclusion[] {
  const text = foldWidth(raw).replace(/[’‘]/g, "'");
  const sentences = splitSentences(text);
  const known = sentences.flatMap((sentence, number): LetterConclusion[] => {
    const found = lettersOf(sentence, options);
    if (found.length === 0) return [];
    const span: readonly [number, number] = [sentence.start, sentence.start + sentence.text.length];
    return [{ letters: found, span, sentence: number }];
  });
  if (known.length > 0) return known;
  const lonely = lonelyLetter(sentences, options);
  return lonely === undefined ? [] : [lonely];
}

function lettersOf({ text }: Sentence, options: Readonly<Record<string, string>>): string[] {
  if (/[?？]\s*$/.test(text)) return [];
  // What heads a line is a label ("B. furosemide: no"), unless nothing comes after it.
  const found = new Map<number, string>();
  for (const pattern of patterns)
    for (const match of text.matchAll(pattern)) {
      const letter = match.groups?.["letter"] as string;
      const place = match.indices?.groups?.["letter"]?.[0] as number;
      if (!/^[A-U]$/.test(letter) || !Object.hasOwn(options, letter)) continue;
      const after = text.slice(place + 1);
      if (/^[A-Za-z0-9'’/+-]/.test(after) && !/^[-'’]\s/.test(after)) continue;
      if (letter === "A" && /^ (?!therefore|then|it is|is|seems|looks|because|if|given|assuming)/.test(after))
        continue;
      if (letter === "I" && /^ /.test(after)) continue;
      if (denied.test(text.slice(0, place)) || deniedAfter.test(after)) continue;
      if (/^\)?[:.)]\s+\S/.test(after) && place < 3) continue;
      found.set(place, letter);
    }
  const letters = [...new Set(found.values())];
  return letters;
}
