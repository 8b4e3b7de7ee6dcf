/**
 * What a stem says of each mention: that the patient has it, has it not, or has it besides; which mentions stand in
 * one list; and what words lead to the list and follow it. English and Chinese.
 */
import { cue, oneOf } from "./cue.ts";
import type { Sentence } from "./read-prompt.ts";

export interface Place {
  /** Number of the mention. */
  readonly mention: number;
  readonly role: "present" | "absent" | "history";
  readonly isInQuestion: boolean;
  /** Mentions that stand in one list with it, itself among them. */
  readonly listSize: number;
  /** Words between the list before and this one, and between this one and the next; lower case. */
  readonly lead: string;
  readonly trail: string;
}

/** Words between the names of a list. */
const filler = oneOf`
  an?|the|any|some|his|her|their|mild|severe|marked|new|recent|acute|chronic|persistent|progressive
  occasional|intermittent|recurrent|sudden|frequent|also|both|either|then|later|associated
  accompanying|documented|known|prior|previous|significant|clinical|signs? of|symptoms? of
  evidence of|episodes? of|bouts? of|complaints? of|history of|presence of|patients? with|people with
  有|伴有|伴|出现
`;
const joint = oneOf`
  ,|;|/|&|\band\b|\bor\b|\bnor\b|\bplus\b|\bas well as\b|\balong with\b|\btogether with\b
  、|和|及|或|与|以及|并有|伴有|伴|且
`;
const list = `@\\d+(?:\\s*(?:${joint}\\s*)+(?:${filler}\\s*){0,3}@\\d+)*`;

const statement = oneOf`
  has|have|had|is|are|was|were|but|which|who|that|presents?|reports?|complains?
`;
/** A few words that do not begin another statement. */
const between = `(?:\\s+(?!${statement}\\b)[\\p{L}'-]+){0,5}?\\s+`;

/** Words that may stand between "not" and what the patient has not. */
const having = oneOf`
  have|had|been|report(?:ed)?|describe[ds]?|mention(?:ed)?|show[ns]?|notice[ds]?|experience[ds]?
  develop(?:ed)?|complain(?:ed|ing)?|suffer(?:ed|ing|s)?|accompanied|from|of|by|with|any|an?|the
  evidence|signs?|symptoms?|history|recent|new|current|or|present|obvious|clear|known|further|other
`;
const lacking = oneOf`
  den(?:y|ies|ied|ying)|without|neither|absence of|lacks?|lacking|lack of|free (?:of|from)
  negative for|fails? to show
`;
const notThere = oneOf`
  absent|lacking|missing|denied|nowhere
  not (?:present|seen|found|noted|reported|observed|there|felt|part of (?:it|the picture)|a feature)
`;

const denials: readonly RegExp[] = [
  new RegExp(`\\b${lacking}${between}(${list})`, "giu"),
  new RegExp(
    `\\b(?:no|(?:not|never|nor|n't)(?!\\s+(?:an?|one|the|among|part)\\b))(?:\\s+${having})*\\s+(${list})`,
    "giu",
  ),
  new RegExp(
    `(${list})\\s*,?\\s*(?:is|are|was|were|has been|have been)\\s+(?:\\p{L}+\\s+){0,2}?${notThere}`,
    "giu",
  ),
  new RegExp(
    `(?:无|没有|未见|未诉|未出现|未发现|否认|不伴|并无|不存在|缺乏|从无)\\s*(?:明显|任何|有|过|出现|伴)*\\s*(${list})`,
    "gu",
  ),
  new RegExp(`(${list})\\s*(?:均|都)?(?:阴性|缺如|不存在|未出现|未见)`, "gu"),
];

/** What any denial has in it. */
const denying = cue`
  \bden(?:y|ie|ied)|without|neither|\bno|absence|lack|free|negative|fails?|never|n't|absent|missing
  无|没|未|否|不|缺|从|阴
`;
const none: ReadonlySet<number> = new Set();

/** A history, but not "a two-week history" and not what brings the patient in. */
const past = oneOf`
  (?<!(?:hour|day|week|month|year|night|long)s?[\s-]+)(?<!(?:present|seen|come|came|brought|referred|admitted)\p{L}* (?:\p{L}+ ){0,2}with an? )history(?: is)? (?:of|includes?|notable for|significant for|remarkable for|positive for)
  known (?:case of|to have|for)?|previously (?:diagnosed with|treated for|had)
  also (?:has|have|had|suffers from|lives with|carries)|lives with|coexisting|comorbid|concurrent
  concomitant|pre-?existing|background of|long-?standing|past|records? (?:lists?|shows?|mentions?|notes?)
  in addition(?: to)?|besides|who suffers from
`;

const pasts: readonly RegExp[] = [
  new RegExp(`\\b${past}${between}(${list})`, "giu"),
  new RegExp(`(?:is|being|currently|also|now|known|are|becomes)\\s+(${list})`, "giu"),
  new RegExp(
    `(?:既往|病史|患有|合并|同时有|另有|曾患|有)[:,有为患]*\\s*(${list})\\s*的?(?:病?史|患者|病人)?`,
    "gu",
  ),
  new RegExp(`(${list})\\s*(?:病?史|患者|病人)`, "gu"),
];

/** What is said of the mentions of a stem, in order. */
export function placesOf(sentences: readonly Sentence[]): Place[] {
  return sentences.flatMap(({ text, isQuestion }) => {
    const absent = denying.test(text) ? numbersIn(text, denials) : none;
    const history = numbersIn(text, pasts);
    const lists = [...text.matchAll(new RegExp(list, "giu"))];
    return lists.flatMap((found, at) => {
      const before = lists[at - 1];
      const after = lists[at + 1];
      const numbers = mentionsIn(found[0]);
      const lead = text.slice(before ? before.index + before[0].length : 0, found.index).toLowerCase();
      const trail = text.slice(found.index + found[0].length, after?.index ?? text.length).toLowerCase();
      return numbers.map(
        (mention): Place => ({
          mention,
          role: absent.has(mention) ? "absent" : history.has(mention) ? "history" : "present",
          isInQuestion: isQuestion,
          listSize: numbers.length,
          lead,
          trail,
        }),
      );
    });
  });
}

function numbersIn(text: string, patterns: readonly RegExp[]): Set<number> {
  const numbers = new Set<number>();
  for (const pattern of patterns)
    for (const found of text.matchAll(pattern))
      for (const number of mentionsIn(found[1] ?? "")) numbers.add(number);
  return numbers;
}

/** The numbers of the mentions in a piece of masked text. */
export function mentionsIn(text: string): number[] {
  return [...text.matchAll(/@(\d+)/gu)].map((found) => Number(found[1]));
}
