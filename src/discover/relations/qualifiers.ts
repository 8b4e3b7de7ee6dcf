/**
 * What a sentence says beside the bare fact: how often, under what condition, with what reserve (attributes of an
 * edge). All are words of the page.
 *
 * Invariant: a qualifier stands in the clause of the thing it qualifies; of several the nearest counts. Words that
 * only join ("can", "is") are no reserve.
 */

/** What is said of one thing. */
export interface Qualifiers {
  readonly frequency?: string;
  readonly condition?: string;
  readonly hedge?: string;
}

const people =
  "(?:cases|patients|people|persons|individuals|those affected|adults|children|infants|newborns|women|men|births|pregnancies|users|recipients|carriers|infections|attacks)";
const number = String.raw`\d[\d.,]*(?:\s?(?:[-–]|to)\s?\d[\d.,]*)?`;
const share = "(?:half|a third|a quarter|a fifth|a tenth|two thirds|three quarters|one third|one quarter)";

const frequency = new RegExp(
  [
    String.raw`\b(?:in |among )?(?:about |around |up to |nearly |almost |some |roughly |over |more than |less than |fewer than |at least |approximately )*${number}\s?(?:%|percent\b|per cent\b)(?: of (?:all |the |affected |treated )*${people})?`,
    String.raw`\b(?:in )?(?:about |around |up to |nearly |roughly |fewer than |less than |more than )*(?:one|two|three|\d+) (?:in|out of|of) (?:every )?(?:two|three|four|five|ten|a hundred|a thousand|[\d,]+)\b(?: ${people})?`,
    String.raw`\b(?:in )?(?:about |nearly |over |more than |up to |almost )*${share} of (?:all |the )?${people}`,
    String.raw`\b(?:in )?(?:most|many|some|few|a few|several|almost all|nearly all|all|a minority of|a majority of|the majority of|a small number of|rare|occasional|exceptional) (?:of the )?${people}`,
    String.raw`\b(?:very |most |more |less |quite |almost |only )?(?:rarely|seldom|occasionally|sometimes|often|usually|commonly|frequently|typically|always|generally|infrequently|uncommonly|chiefly|mainly|mostly|in rare cases|hardly ever|at times|now and then)\b`,
    String.raw`\b(?:is|are) (?:a |an |the )?(?:very |quite |extremely |almost )?(?:common|rare|uncommon|frequent|infrequent|usual|unusual|occasional|constant)\b`,
    String.raw`\b(?:very |most |less )?(?:frequent|common|rare|usual|occasional|commonest) (?=(?:(?:side|adverse|unwanted) effects?|symptoms?|signs?|features?|complications?|causes?|findings?)\b)`,
  ].join("|"),
  "iy",
);

const condition = new RegExp(
  [
    String.raw`\b(?:if|when|unless) (?!the |this |these )(?:(?! and | but )[^,;.()]){3,60}`,
    String.raw`\bif the [a-z]+ [^,;.()]{3,50}`,
    String.raw`\bduring (?:pregnancy|childhood|infancy|childbirth|labou?r|[a-z]+ therapy|treatment|the acute phase|attacks|an attack)`,
    String.raw`\bin (?:severe|advanced|mild|chronic|acute|early|late|untreated|resistant|refractory|long-standing|more severe|milder) (?:cases|disease|stages?|illness|forms?|infections?)`,
    String.raw`\bin (?:the )?(?:very |young |older |newborn |premature |pregnant |elderly )*(?:children|infants|newborns|babies|adults|adolescents|women|men|boys|girls|elderly|old|young|older people|pregnancy|smokers|newborn)\b(?: (?:with|who|under|over|aged|of|taking) [^,;.()]{2,40})?`,
    String.raw`\b(?:in|for|among) (?!most|many|some|all|few|several|rare|the )[a-z-]+ (?:patients|people|individuals|cases|disease|illness|infections?|attacks?)\b`,
    String.raw`\b(?:in|for) the (?:worst|severest|most severe|rare) (?:cases|forms)\b`,
    String.raw`\b(?:in|for) (?:[a-z]+ )?(?:people|patients|those|persons|individuals) (?:with|who|under|over|aged|taking|without) [^,;.()]{2,50}`,
    String.raw`\bin (?:the )?(?:first|early|late|acute|final|terminal|second) (?:days?|weeks?|months?|hours?|years?|phase|stages?|trimester|course)\b`,
    String.raw`\b(?:late|early) in (?:the )?(?:illness|disease|course|pregnancy|life)\b`,
    String.raw`\b(?:at night|at rest|on exertion|on waking|on awakening|on standing|on falling asleep|at sleep onset|around (?:the )?onset)\b`,
    String.raw`\bin (?:North America|South America|Latin America|Europe|Africa|Asia|Australia|the tropics|the United States|developing countries|endemic areas)\b`,
    String.raw`\bwithin (?:minutes|hours|days|weeks) of [^,;.()]{2,30}`,
    String.raw`\b(?:after|with|on) (?:prolonged|long-term|long|repeated|high-dose|heavy|chronic) (?:[a-z]+ )?(?:use|therapy|treatment|courses?|exposure|administration|intake|infusions?|immobility|disease|doses?|transfusions?)\b`,
    String.raw`\b(?:at|in|with) (?:very )?(?:high|higher|low|lower|usual|normal|toxic|large|small) (?:[a-z]+ )?(?:doses?|levels?|concentrations?|amounts?|altitudes?)\b`,
    String.raw`\b(?:in|with|after) (?:an )?overdose\b`,
    String.raw`\b(?:before|after) (?:surgery|transplantation|meals|exercise|injury|birth|childbirth|delivery|exposure|infection|eating|puberty|menopause|radiotherapy|chemotherapy)\b`,
    String.raw`\b(?:in combination with|in case of|in cases of|in the absence of|in the presence of) [^,;.()]{2,40}`,
    // "In liver disease, [[x]] has been tried": what a sentence opens with.
    String.raw`^(?:In|During|After|With|At|For|Among|Under|On) (?!addition|general|fact|particular|contrast|turn|short|time|this|these|such|many|most|some|few|about|around|nearly|up to|rare cases|\d|the (?:past|United|early \d))(?:(?! (?:is|are|was|were|may|can|has|have) )[^,;.()\d]){3,50}(?=,)`,
  ].join("|"),
  "iy",
);

const hedge =
  /\b(?:may|might|could|possibly|probably|perhaps|presumably|apparently|reportedly|supposedly|(?:is|are) possible|(?:is|are|was|were) (?:also )?(?:thought|believed|suspected|presumed|considered|assumed|hypothesi[sz]ed|suggested|reported|said)(?: to)?|(?:seems?|appears?) to|(?:has|have) been (?:suggested|reported|proposed|implicated|linked|associated)|(?:is|are) likely|likely|suspected|unclear|uncertain)\b/iy;

const border =
  /;|\. |: | but | whereas | while | although | though | however|, which |, who |, where |, and (?=(?:is|are|may|can|it|they|in|rarely|sometimes|often|usually)\b)/g;

/** What a sentence says of the thing at a range of it. */
export type QualifiersAt = (start: number, end: number) => Qualifiers;

/**
 * Finds the qualifying words of a sentence of plain text, once for all things in it. What the sentence states, its
 * `tails`, is no condition of what else it states: "avoided in pregnancy and childhood".
 */
export function qualifiersIn(
  sentence: string,
  tails: readonly { readonly start: number; readonly end: number }[] = [],
): QualifiersAt {
  let found: Found | undefined;
  return (start, end) => {
    found ??= find(sentence, tails);
    const { borders, often, under, reserve } = found;
    if (often.length + under.length + reserve.length === 0 && sentence.charCodeAt(end) !== 32) return none;
    let from = 0;
    let to = sentence.length;
    for (const index of borders) {
      if (index + 1 <= start) from = index;
      else if (index >= end) {
        to = index;
        break;
      }
    }
    const nearest = (words: readonly Words[]): string | undefined =>
      nearestOf(words, sentence, { from, to, start, end });
    const own = ofBracket(sentence, end);
    const said = {
      frequency: own.frequency ?? nearest(often),
      condition: own.condition ?? nearest(under),
      hedge: nearest(reserve),
    };
    return withoutAbsent(said);
  };
}

/** Words that a qualifier may begin with, by kind: 1 how often, 2 under what condition, 4 with what reserve. */
const firstWords: ReadonlyMap<string, number> = new Map(
  Object.entries({
    1:
      "up nearly almost some roughly over more less fewer approximately one two three half a most many few several all " +
      "the rare occasional exceptional very quite only rarely seldom occasionally sometimes often usually commonly " +
      "frequently typically always generally infrequently uncommonly chiefly mainly mostly hardly now frequent common " +
      "usual commonest two",
    2: "if when unless during for on late early within after with before",
    3: "in about among around at",
    4:
      "may might could possibly probably perhaps presumably apparently reportedly supposedly was were seems seem appears " +
      "appear has have likely suspected unclear uncertain",
    5: "is are",
  }).flatMap(([kinds, words]) => words.split(" ").map((word) => [word, Number(kinds)] as const)),
);

/** Finds the words of all kinds in one walk; a condition may also open the sentence. */
function find(sentence: string, tails: readonly { readonly start: number; readonly end: number }[]): Found {
  const kinds = [frequency, condition, hedge] as const;
  const out: [Words[], Words[], Words[]] = [[], [], []];
  const free = [0, 0, 0];
  for (let at = 0; at < sentence.length; ) {
    if (!isWord(sentence.charCodeAt(at))) {
      at += 1;
      continue;
    }
    const start = at;
    while (isWord(sentence.charCodeAt(at))) at += 1;
    const isNumber = sentence.charCodeAt(start) < 58;
    const mask = isNumber ? 1 : (firstWords.get(sentence.slice(start, at).toLowerCase()) ?? 0);
    if (mask === 0) continue;
    for (let kind = 0; kind < 3; kind++) {
      if ((mask & (1 << kind)) === 0 || start < (free[kind] as number)) continue;
      const expression = kinds[kind] as RegExp;
      expression.lastIndex = start;
      const [text] = expression.exec(sentence) ?? [];
      if (text === undefined) continue;
      const end = start + text.length;
      free[kind] = end;
      const isBracketed = sentence.lastIndexOf("(", start) > sentence.lastIndexOf(")", start);
      (out[kind] as Words[]).push({ text: text.trim(), start, end, isBracketed });
    }
  }
  const [often, under, reserve] = out;
  return {
    borders: [...sentence.matchAll(border)].map(({ index }) => index),
    often,
    under: under.filter((one) => !tails.some((tail) => tail.start < one.end && tail.end > one.start)),
    reserve,
  };
}

function isWord(code: number): boolean {
  return (
    (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57) || code > 191
  );
}

const none: Qualifiers = {};

function withoutAbsent(said: {
  readonly frequency: string | undefined;
  readonly condition: string | undefined;
  readonly hedge: string | undefined;
}): Qualifiers {
  const out: { frequency?: string; condition?: string; hedge?: string } = {};
  if (said.frequency !== undefined) out.frequency = said.frequency;
  if (said.condition !== undefined) out.condition = said.condition;
  if (said.hedge !== undefined) out.hedge = said.hedge;
  return out;
}

/** What a sentence holds, found when a thing in it is first asked about. */
interface Found {
  readonly borders: readonly number[];
  readonly often: readonly Words[];
  readonly under: readonly Words[];
  readonly reserve: readonly Words[];
}

interface Words {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly isBracketed: boolean;
}

/** "Fever (80 %), rash (in children)": brackets directly behind a thing speak of it alone. */
function ofBracket(sentence: string, behind: number): Qualifiers {
  if (!/^[a-z]*\s?\(/i.test(sentence.slice(behind, behind + 12))) return none;
  const bracket = /^[a-z]*\s?\(([^()]{1,80})\)/i.exec(sentence.slice(behind, behind + 100))?.[1]?.trim();
  if (bracket === undefined) return none;
  const often = find(bracket, []).often[0]?.text ?? rareness.exec(bracket)?.[0];
  if (often !== undefined) return { frequency: often };
  return circumstance.test(bracket) ? { condition: bracket } : none;
}

const rareness = /^(?:very |quite )?(?:rare|common|uncommon|frequent|infrequent|occasional)$/i;
const circumstance =
  /^(?:in|with|if|when|during|after|on|at|for|under|only|especially|mainly|late|early|often in|usually in) /i;

/** The words nearest to a thing in its clause; words in brackets belong to what stands before them. */
function nearestOf(
  words: readonly Words[],
  sentence: string,
  thing: { readonly from: number; readonly to: number; readonly start: number; readonly end: number },
): string | undefined {
  let best: { readonly text: string; readonly distance: number } | undefined;
  for (const { text, start, end, isBracketed } of words) {
    if (isBracketed || start < thing.from || end > thing.to) continue;
    if (start < thing.end && end > thing.start) continue;
    if (start >= thing.end && isOfNext(sentence, start, end)) continue;
    const distance = start >= thing.end ? start - thing.end : thing.start - end;
    if (best === undefined || distance < best.distance) best = { text, distance };
  }
  return best?.text;
}

/** "Cough, fever and, rarely, rash": set off behind a comma or "and", it speaks of what follows. */
function isOfNext(sentence: string, start: number, end: number): boolean {
  return sentence[end] === "," && /(?:,|\band|\bor),? $/.test(sentence.slice(Math.max(0, start - 6), start));
}
