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
  "(?:cases|patients|people|persons|individuals|those affected|adults|children|infants|newborns|women|men|births|pregnancies|users|recipients|carriers)";
const number = String.raw`\d[\d.,]*(?:\s?(?:[-–]|to)\s?\d[\d.,]*)?`;

const frequency = new RegExp(
  [
    String.raw`\b(?:in |among )?(?:about |around |up to |nearly |almost |some |roughly |over |more than |less than |fewer than |at least |approximately )*${number}\s?(?:%|percent\b|per cent\b)(?: of (?:all |the |affected |treated )*${people})?`,
    String.raw`\b(?:in )?(?:about |around |up to |nearly |roughly |fewer than |less than |more than )*(?:one|two|three|\d+) (?:in|out of) (?:every )?(?:two|three|four|five|ten|a hundred|a thousand|[\d,]+)\b(?: ${people})?`,
    String.raw`\bin (?:about |nearly |over |more than )?(?:half|a third|a quarter|two thirds|three quarters) of (?:all |the )?${people}`,
    String.raw`\bin (?:most|many|some|few|a few|several|almost all|nearly all|all|a minority of|a majority of|the majority of|a small number of|rare|occasional|exceptional) ${people}`,
    String.raw`\b(?:very |most |more |less |quite |almost |only )?(?:rarely|seldom|occasionally|sometimes|often|usually|commonly|frequently|typically|always|generally|infrequently|uncommonly|in rare cases|hardly ever)\b`,
    String.raw`\b(?:is|are) (?:a |an )?(?:very |quite |extremely )?(?:common|rare|uncommon|frequent|infrequent|usual|unusual)\b`,
  ].join("|"),
  "gi",
);

const condition = new RegExp(
  [
    String.raw`\b(?:if|when|unless) (?!it |they |the |this |these )[^,;.()]{3,60}`,
    String.raw`\bif (?:it|they|the [a-z]+) [^,;.()]{3,50}`,
    String.raw`\bduring (?:pregnancy|childhood|infancy|childbirth|labou?r|[a-z]+ therapy|treatment|the acute phase|attacks|an attack)`,
    String.raw`\bin (?:severe|advanced|mild|chronic|acute|early|late|untreated|resistant|refractory|long-standing|more severe|milder) (?:cases|disease|stages?|illness|forms?|infections?)`,
    String.raw`\bin (?:young |older |newborn |premature |pregnant |elderly )*(?:children|infants|newborns|babies|adults|adolescents|women|men|boys|girls|the elderly|older people|pregnancy|smokers|the newborn)(?: (?:with|who|under|over|aged|of|taking) [^,;.()]{2,40})?`,
    String.raw`\bin (?:people|patients|those|persons|individuals) (?:with|who|under|over|aged|taking|without) [^,;.()]{2,50}`,
    String.raw`\b(?:after|with) (?:prolonged|long-term|repeated|high-dose|heavy|chronic) [a-z]+(?: [a-z]+)?`,
    String.raw`\bat high(?:er)? doses\b`,
  ].join("|"),
  "gi",
);

const hedge =
  /\b(?:may|might|could|possibly|probably|perhaps|presumably|apparently|reportedly|supposedly|(?:is|are|was|were) (?:also )?(?:thought|believed|suspected|presumed|considered|assumed|hypothesi[sz]ed|suggested|reported|said)(?: to)?|(?:seems?|appears?) to|(?:has|have) been (?:suggested|reported|proposed|implicated|linked|associated)|(?:is|are) likely|likely|suspected|unclear|uncertain)\b/gi;

const border =
  /;|\. |: | but | whereas | while | although | though | however|, which |, who |, where |, and (?=(?:is|are|may|can|it|they|in|rarely|sometimes|often|usually)\b)/g;

/** What a sentence says of the thing at a range of it. */
export type QualifiersAt = (start: number, end: number) => Qualifiers;

/** Finds the qualifying words of a sentence of plain text, once for all things in it. */
export function qualifiersIn(sentence: string): QualifiersAt {
  if (!hints.test(sentence)) return () => none;
  const borders = [...sentence.matchAll(border)].map(({ index }) => index);
  const often = wordsIn(sentence, frequency);
  const under = wordsIn(sentence, condition);
  const reserve = wordsIn(sentence, hedge);
  return (start, end) => {
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
    const found = {
      frequency: ownFrequency(sentence, end) ?? nearest(often),
      condition: nearest(under),
      hedge: nearest(reserve),
    };
    return Object.fromEntries(Object.entries(found).filter(([, words]) => words !== undefined));
  };
}

const none: Qualifiers = {};

/** A cheap first look: most values of boxes hold no such word. */
const hints =
  /%|percent|per cent|\b(?:in|rarely|seldom|occasionally|sometimes|often|usually|commonly|frequently|typically|always|generally|infrequently|uncommonly|hardly|common|rare|uncommon|frequent|infrequent|usual|unusual|if|when|unless|during|after|with|at|may|might|could|possibly|probably|perhaps|presumably|apparently|reportedly|supposedly|thought|believed|suspected|presumed|considered|assumed|suggested|reported|said|seems?|appears?|been|likely|unclear|uncertain|one|two|three|out of)\b/i;

interface Words {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly isBracketed: boolean;
}

function wordsIn(sentence: string, expression: RegExp): Words[] {
  return [...sentence.matchAll(expression)].map((found) => ({
    text: found[0].trim(),
    start: found.index,
    end: found.index + found[0].length,
    isBracketed: sentence.lastIndexOf("(", found.index) > sentence.lastIndexOf(")", found.index),
  }));
}

/** "Fever (80 %), rash (about half)": brackets directly behind a thing speak of it alone. */
function ownFrequency(sentence: string, behind: number): string | undefined {
  if (!/^[a-z]*\s?\(/i.test(sentence.slice(behind, behind + 12))) return undefined;
  const bracket = /^[a-z]*\s?\(([^()]{1,80})\)/i.exec(sentence.slice(behind, behind + 100));
  return bracket?.[1]?.match(frequency)?.[0]?.trim();
}

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
