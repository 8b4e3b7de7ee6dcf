/**
 * Statements that a text both makes and denies: "gout has fever … gout lacks fever". Only bare statements of one
 * clause count; what is bound to a time, a part of the cases or a condition contradicts nothing.
 */
import { splitSentences } from "./sentences.ts";

export interface Denied {
  readonly said: readonly [number, number];
  readonly denied: readonly [number, number];
}

interface Statement {
  /** Subject, relation and object as one key. */
  readonly key: string;
  readonly isDenied: boolean;
  readonly span: readonly [number, number];
  readonly at: number;
}

const groups: readonly (readonly [group: string, verbs: string, isFlipped?: boolean])[] = [
  [
    "has",
    "has|have|shows?|presents? with|features?|exhibits?|displays?|manifests? with|is characteri[sz]ed by",
  ],
  ["cause", "causes?|leads? to|produces?|results? in|triggers?|induces?"],
  ["cause", "is caused by|are caused by|is due to|results? from|arises? from", true],
  ["treat", "treats?|cures?|relieves?"],
  ["treat", "is treated (?:with|by)|are treated (?:with|by)|responds? to", true],
  ["confirm", "confirms?|diagnoses|establishes"],
  ["confirm", "is (?:confirmed|diagnosed|established) (?:by|with)", true],
  ["class", "belongs? to|is a member of"],
  ["contra", "is contraindicated in|must be avoided in|should be avoided in"],
];
const lacks = /^(.{2,60}?) (?:lacks?|has no|have no|shows? no|is free of) (.{2,80})$/;
const bound =
  /\b(?:early|late|later|initially|first|usually|often|always|only|may|might|some|sometimes|rarely|if|when|until|unless|in (?:children|adults|most|some|pregnancy)|alone|typically|but|than|would|could|option|other|whether)\b|\?/;
const noSubject =
  /^(?:it|this|that|they|he|she|these|those|which|there|who|one|we|i|no|not|neither|nothing|none)\b/;

/** Pairs of clauses of which one denies what the other says. */
export function selfContradictions(text: string): Denied[] {
  const statements = splitSentences(text).flatMap(({ text: sentence, start }, at) =>
    clausesOf(sentence).flatMap(({ clause, offset }) =>
      statementsOf(clause).map((one): Statement => {
        return { ...one, at, span: [start + offset, start + offset + clause.length] };
      }),
    ),
  );
  const found: Denied[] = [];
  for (const denial of statements.filter(({ isDenied }) => isDenied)) {
    const saying = statements.find(({ isDenied, key }) => !isDenied && key === denial.key);
    if (saying) found.push({ said: saying.span, denied: denial.span });
  }
  return found;
}

function clausesOf(sentence: string): { clause: string; offset: number }[] {
  const clauses: { clause: string; offset: number }[] = [];
  let from = 0;
  for (const found of sentence.matchAll(
    /[;:]\s+|,? (?:but|so|while|whereas|because|although|since|therefore|and yet|yet|however,?) |[.!?]+$|$/g,
  )) {
    const clause = sentence.slice(from, found.index);
    if (clause.trim() !== "") clauses.push({ clause, offset: from });
    from = found.index + found[0].length;
  }
  return clauses;
}

function statementsOf(clause: string): Pick<Statement, "key" | "isDenied">[] {
  const plain = clause
    .toLowerCase()
    .replace(/n't\b/g, " not")
    .replace(
      /^(?:and|thus|hence|so|also|in fact|indeed|then|here|again|moreover|furthermore|in addition),? /,
      "",
    )
    .replace(/\b(?:the|an?|clearly|also|indeed|in fact|typically|usually|commonly|can)\s+/g, "")
    .replace(/\s+/g, " ")
    .trim();
  if (bound.test(plain) || noSubject.test(plain)) return [];
  const lacking = lacks.exec(plain);
  if (lacking) return keysOf(lacking[1] as string, "has", lacking[2] as string, true);
  for (const [group, verbs, isFlipped = false] of groups) {
    const active = verbs.replace(/\bis (?!a)/g, "is (?:not )?");
    const match = new RegExp(`^(.{2,60}?) (does not |do not |never |not )?(${active}) (.{2,80})$`).exec(
      plain,
    );
    if (!match) continue;
    const [, one, no, verb, other] = match as unknown as [string, string, string | undefined, string, string];
    const isDenied = no !== undefined || / not /.test(` ${verb} `);
    if (/^no\b|^neither\b/.test(other)) return [];
    return isFlipped ? keysOf(other, group, one, isDenied) : keysOf(one, group, other, isDenied);
  }
  return [];
}

/** One statement for each object, or subject, of a list. */
function keysOf(
  subject: string,
  group: string,
  object: string,
  isDenied: boolean,
): Pick<Statement, "key" | "isDenied">[] {
  const items = (list: string): string[] =>
    list
      .split(/,? (?:and|or|nor) |, /)
      .map((item) => item.replace(/[^\p{L}\p{N} -]/gu, "").trim())
      .filter((item) => item !== "" && item.split(" ").length <= 5);
  return items(subject).flatMap((one) =>
    items(object).map((other) => ({ key: `${one}|${group}|${other}`, isDenied })),
  );
}
