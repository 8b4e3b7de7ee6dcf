/**
 * What a text of reasoning says of each option, clause by clause: taken up, ruled out, concluded, or only named.
 *
 * An option is named by its text (the longest wins) or by its letter after a word such as "option". What is asked,
 * supposed or ascribed to others takes no option up and rules none out.
 */
import { foldWidth, isWordChar } from "../text.ts";
import { splitSentences } from "./sentences.ts";

type Standing = "named" | "taken up" | "ruled out" | "concluded";

export interface OptionMention {
  readonly letter: string;
  readonly standing: Standing;
  /** Number of the sentence, counted from 0. */
  readonly sentence: number;
  readonly span: readonly [number, number];
  /** Place of the option's name. */
  readonly at: number;
}

interface Named {
  readonly letter: string;
  readonly start: number;
  readonly end: number;
}

/** Every mention of an option, in order. */
export function optionMentions(
  raw: string,
  options: Readonly<Record<string, string>>,
  isException: boolean,
): OptionMention[] {
  const text = foldWidth(raw);
  const named = namesOf(text, options);
  if (named.length === 0) return [];
  return splitSentences(text).flatMap(({ text: sentence, start }, number) => {
    const own = named.filter((one) => one.start >= start && one.end <= start + sentence.length);
    if (own.length === 0) return [];
    const masked = maskOf(text, own, start, start + sentence.length);
    const span: readonly [number, number] = [start, start + sentence.length];
    return own.map(({ letter, start: at }, index): OptionMention => {
      return { letter, standing: standingOf(masked, index, isException), sentence: number, span, at };
    });
  });
}

/** Options by their texts and letters; of names that overlap the longest. */
function namesOf(text: string, options: Readonly<Record<string, string>>): Named[] {
  const lower = text.toLowerCase();
  const found: Named[] = [];
  for (const [letter, option] of Object.entries(options)) {
    const name = foldWidth(option).toLowerCase().trim().replace(/\.$/, "");
    if (name.length < 3 && !/\p{Script=Han}{2}/u.test(name)) continue;
    for (const form of [name, name.replace(/^(?:an?|the) /, "")])
      for (let at = lower.indexOf(form); at >= 0; at = lower.indexOf(form, at + 1)) {
        const end = at + form.length;
        const isWhole =
          isBreak(lower, at - 1) &&
          (isBreak(lower, end) || /^(?:s|es)(?![a-z])/.test(lower.slice(end, end + 3)));
        if (isWhole) found.push({ letter, start: at, end });
      }
  }
  for (const match of text.matchAll(lettered))
    for (const letter of (match[1] ?? match[2] ?? match[3] ?? "").match(/[A-U](?![a-z])/g) ?? [])
      if (Object.hasOwn(options, letter)) {
        const at = match.index + match[0].indexOf(letter, match[0].search(/[A-U](?![a-z])/));
        found.push({ letter, start: at, end: at + 1 });
      }
  found.sort((a, b) => b.end - b.start - (a.end - a.start) || a.start - b.start);
  const kept: Named[] = [];
  for (const one of found)
    if (!kept.some((other) => one.start < other.end && other.start < one.end)) kept.push(one);
  return kept.sort((a, b) => a.start - b.start);
}

const lettered =
  /\b(?:[Oo]ptions?(?: is| must be)?|[Cc]hoices?(?: is| must be)?|[Aa]nswers?(?: is| must be| should be| would be)?:?|[Ll]etters?|选项?|答案(?:是|为)?)\s*\(?((?:[A-U]\)?(?:, (?:and )?\(?| and \(?| or \(?|、|和))*[A-U])(?![\w'-])|(?:^|[\s(])\(([A-U])\)|(?:^|\n)\s*([A-U])(?=[:)]\s|\. [A-Z])/g;

function isBreak(text: string, at: number): boolean {
  const char = text[at];
  return !isWordChar(char) && char !== "-" ? true : /\p{Script=Han}/u.test(char ?? "");
}

/** A sentence in small letters with each option as "‹0›". */
function maskOf(text: string, own: readonly Named[], from: number, to: number): string {
  let masked = "";
  let at = from;
  own.forEach(({ start, end }, index) => {
    masked += `${text.slice(at, start)}‹${index}›`;
    at = end;
  });
  return ` ${(masked + text.slice(at, to)).toLowerCase().replace(/n't\b/g, " not").replace(/\s+/g, " ")} `;
}

const skipped =
  "(?:(?:the |an? |option |choice |answer |diagnosis of |diagnosis |possibility of |idea of |both |either |use of |giving )*)";
const list = (index: number): string =>
  `(?:‹\\d+›(?: \\(‹\\d+›\\))?(?:, and |, or |, | and | or | nor ))*(?:‹\\d+› \\()?‹${index}›\\)?`;
const listAfter = "(?: \\(‹\\d+›\\)|\\))?(?:(?:, and |, or |, | and | or | nor )‹\\d+›(?: \\(‹\\d+›\\))?)*";
const adverb =
  "(?:(?:also|therefore|thus|then|now|clearly|very|quite|much|far|rather|both|all|hence|so|however|safely|effectively|already|essentially|really|simply|probably|at once|immediately|even|highly|somewhat|too) )*";

const outBefore =
  "(?:rul(?:es?|ed|ing) out|exclud(?:es?|ed|ing)|eliminat(?:es?|ed|ing)|(?:argues?|arguing|speaks?|counts?|weighs?|militates?|goes|tells?|points?|evidence) (?:strongly |clearly |firmly )?(?:against|away from)|reject(?:s|ed|ing)?|dismiss(?:es|ed|ing)?|discard(?:s|ed|ing)?|cross(?:es|ed|ing)? (?:out|off)|set(?:s|ting)? aside|drop(?:s|ped|ping)?|removes?|disproves?|refutes?|(?:is|was|be) not|can ?not be|could not be|unlikely to be|not (?:consistent|compatible|in keeping) with|inconsistent with|incompatible with|does not (?:fit|support|suggest|match)|do not (?:fit|support|suggest|match)|not (?:fit|support|suggest) (?:with )?|rather than|instead of|as opposed to|(?<!whether or )not)";
const outAfter =
  "(?:(?:is|are|was|were|seems?|looks?|becomes?|gets?|can be|could be|would be|must be|may be|has been|have been|should be|can|could|would) )?" +
  `${adverb}(?:ruled out|excluded|eliminated|unlikely|less likely|improbable|implausible|least likely|not (?:likely|the (?:answer|right|correct|diagnosis|cause|best|one|case)|right|correct|it\\b|possible|supported|an option|tenable|the)|wrong|incorrect|inconsistent|incompatible|off the table|out of the question|out(?= ?[.,;)])|untenable|discarded|dismissed|rejected|set aside|crossed (?:out|off)|be (?:ruled out|excluded|eliminated|dismissed|discarded|rejected|set aside|crossed (?:out|off))|drops? out|falls? away|falls? out|goes out|(?:not|never) be (?:the|right|correct|it\\b))`;
const factAfter = `${adverb}(?:lacks?|do(?:es)? not (?:fit|explain|account|match|cause|treat|produce|apply|work|belong|give|show|present|have|confirm|help)|can ?not (?:explain|account|cause|fit)|would not (?:explain|account|cause|fit|present|produce|give)|fails? to (?:explain|account|fit)|makes? no sense|poorly (?:fits?|explains?))`;

const conclusion =
  "(?:(?:so|therefore|thus|hence|consequently|accordingly|in conclusion|in summary|finally|overall|altogether|ultimately|which leaves|that leaves|this leaves|leaves|leaving|we are left with|i am left with|what remains is|remaining is|remains|only|final answer|answer|conclude|concluding|conclusion|choose|choosing|pick|select|going with|go with|settle on|my choice is|best choice|best option|all of this fits|it all fits|everything fits|it must be|this must be|must be|most likely|it is|it's|this is|diagnosis is|diagnosis:|points? (?:squarely )?to)\\b)";
const support =
  "(?:suggests?|suggesting|indicates?|indicating|points? (?:strongly |clearly )?(?:to|towards?)|pointing (?:to|towards?)|favou?rs?|supports?|supporting|fits?(?: with)?|consistent with|compatible with|in keeping with|typical (?:of|for)|characteristic of|suggestive of|diagnostic of|pathognomonic (?:of|for)|hallmark of|think of|consider|calls? for|raises? (?:the )?(?:possibility|suspicion) of|make|makes|(?:treated|managed|confirmed|diagnosed|caused|explained|established|relieved) (?:with|by)|belongs? to|can cause|may cause|causes?|leads? to|shows?|arises? from|results? from|due to|first-line (?:treatment|therapy) is|is)";

/** What the words around one option say of it. */
function standingOf(masked: string, index: number, isException: boolean): Standing {
  const name = list(index);
  const has = (source: string): boolean => new RegExp(source, "u").test(masked);
  if (/\?\s*$/.test(masked) || has(`\\b(?:if|whether|suppose|unless|had it been|were it)\\b[^,;]*‹${index}›`))
    return "named";
  const isKept = has(
    `(?:can ?not|could not|not|never|without|hard to|difficult to|before) (?:be )?(?:completely |fully |yet |entirely )?(?:rul(?:e|ed|ing) out|exclud(?:e|ed|ing)|dismiss(?:ed)?|eliminat(?:e|ed)) ${skipped}${name}|‹${index}›${listAfter} (?:can ?not|could not|is not|was not|has not been|should not) (?:be )?(?:completely |fully |yet |entirely )?(?:ruled out|excluded|dismissed|eliminated|unlikely)`,
  );
  if (isKept) return "taken up";
  const isOut =
    has(`${outBefore} ${skipped}${name}`) ||
    has(`‹${index}›${listAfter},? ${outAfter}`) ||
    has(
      `mak(?:es?|ing) ${skipped}${name}${listAfter} (?:very |much |far |highly |quite )?(?:unlikely|less likely|improbable|implausible|untenable)`,
    ) ||
    has(`(?:less likely|unlikely|improbable)(?: here)?(?: is|:) ${name}`) ||
    (!isException && has(`‹${index}›${listAfter},? ${factAfter}`));
  const isLeft =
    has(
      `(?:everything|every other option|every option|all options|all others?|all the others|anything|nothing|none|no option|no other)(?: of them| of these| of the options| other)?,? (?:but|except(?: for)?|save|other than|besides) ${skipped}${name}`,
    ) ||
    /^(?:(?:hence|so|thus|therefore|answer|final answer|conclusion|diagnosis|it is|the) ?[:,]? ?)*‹\d+›[^\p{L}]*$/u.test(
      masked.trim(),
    );
  if (isLeft) return "concluded";
  if (isOut) return "ruled out";
  if (
    has(
      `(?:排除|不支持|不符合|不考虑|不是|而非|不选)[^,，;。]{0,6}‹${index}›|‹${index}›[^,，;。‹]{0,8}(?:可排除|被排除|排除|不符|不支持|可能性(?:小|低)|不正确|错误)`,
    )
  )
    return "ruled out";
  if (
    has(
      `(?:故选|因此选|所以选|应选|选择|答案(?:是|为)|诊断(?:为|是)|最可能(?:是|为)|考虑(?:为)?|因此是|所以是)[^,，;。]{0,6}‹${index}›`,
    )
  )
    return "concluded";
  if (
    has(`${conclusion}[^.;‹]{0,60}${name}`) ||
    has(
      `‹${index}›${listAfter} (?:alone |then |thus |therefore )?(?:remains|is left|stands|survives|wins|it is)(?= ?[.,;!])`,
    ) ||
    has(
      `‹${index}›${listAfter} (?:is|are|remains?|must be|would be|seems|fits)(?: therefore| thus| clearly| then)? (?:the )?(?:single )?(?:correct|right|best|most likely|most appropriate|answer|only (?:one|option)|left|remaining|what is left|likeliest|diagnosis)`,
    )
  )
    return "concluded";
  if (
    has(`${support} ${skipped}${name}`) ||
    has(
      `‹${index}›${listAfter} (?:fits?|explains?|accounts? for|matches|is (?:the|an?) (?!wrong|bad|poor)[a-z]|is (?:likely|possible|plausible|supported|consistent|compatible|suggested|favou?red|typical)|would (?:explain|fit)|treats?|causes?|confirms?)`,
    )
  )
    return "taken up";
  return "named";
}
