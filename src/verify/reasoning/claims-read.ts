/**
 * The claims of a text: which two entities, what is said of them, and whether it is denied, hedged or bound to a
 * condition.
 *
 * A claim is read only where a wording covers all the words between two names and the words around it are understood.
 * Questions, suppositions and what others are said to think are not asserted and are left out.
 */

import type { EntityType } from "../../records/entity.ts";
import type { EntityLinker } from "../entity-linker.ts";
import { foldWidth } from "../text.ts";
import { chineseClaims } from "./claims-chinese.ts";
import { type KindName, mayBe } from "./claims-kinds.ts";
import { isCommonWord, lineOf, maskNames } from "./claims-lines.ts";
import { looseClaims, type Turns } from "./claims-loose.ts";
import { type Wording, wordings } from "./claims-patterns.ts";
import { type Sentence, splitSentences } from "./sentences.ts";

export interface Mention {
  readonly start: number;
  readonly end: number;
  readonly ids: readonly string[];
}

/** What is said of two entities. */
export interface Saying {
  readonly kind: KindName;
  /** Mentions in the order of the kind; several on a side are what a pronoun may stand for. */
  readonly first: readonly Mention[];
  readonly second: readonly Mention[];
  readonly isDenied: boolean;
  /** "may perhaps": too weak for its absence to contradict. */
  readonly isHedged: boolean;
  /** Under a condition, of a part of the cases, or of a qualified name; then only an edge is looked for. */
  readonly isQualified: boolean;
  readonly isHallmark: boolean;
  /** Of a loose claim: the words that turn its sense round. */
  readonly turns?: Turns;
}

export interface Claim extends Saying {
  readonly sentence: Sentence;
  /** Number of its sentence. */
  readonly at: number;
  readonly span: readonly [number, number];
}

/** What is asked, supposed or ascribed to others, wherever it stands in a sentence. */
const notAsserted =
  /[?？]|\b(?:if|whether|suppose|supposing|assuming|imagine|misconception|myth|tempt(?:ed|ing)|mistak(?:e|es|ing) (?:to|is)|mistakenly|wrongly|erroneously|one (?:might|could|may)|might think|may think|some (?:think|believe|say)|contrary to|had it been|were it|would be wrong|unless|the question asks|asks? (?:about|for|which|what)|which of)\b|如果|假如|是否|误认为|以为/i;
/** The same where it stands between the same two commas as the claim. */
const notAssertedNear =
  /\b(?:i thought|i assumed|trap|distractor|candidates?|versus|once (?:thought|believed)|compare|differentiate|distinguish|consider)\b/i;
/** Words of a condition that set none. */
const noCondition =
  /\b(?:if (?:anything|any|so|i (?:remember|recall|am not mistaken|am right|may)|memory serves|at all|you (?:like|will|ask me))|as if|what if|unless (?:i am|i'm) (?:much )?mistaken|unless (?:proven|shown|proved) otherwise|until (?:proven|shown|proved) otherwise|even if)\b/gi;

/** The claims of a text in order. */
export function claimReader(
  link: EntityLinker,
  typeOf: (id: string) => EntityType | undefined,
): (text: string) => Claim[] {
  const fits = (kind: KindName, first: readonly Mention[], second: readonly Mention[]): boolean =>
    idsOf(first).some((one) => idsOf(second).some((other) => mayBe(kind, typeOf(one), typeOf(other))));
  return (raw) => {
    const text = foldWidth(raw);
    const mentions = link(text).filter(({ start, end }) => !isCommonWord(text.slice(start, end)));
    if (mentions.length === 0) return [];
    const claims: Claim[] = [];
    let subjects: readonly Mention[] = [];
    splitSentences(text).forEach((sentence, at) => {
      const end = sentence.start + sentence.text.length;
      const first = mentions.findIndex((mention) => mention.start >= sentence.start && mention.end <= end);
      const own =
        first < 0 ? [] : mentions.filter((mention) => mention.start >= sentence.start && mention.end <= end);
      for (const part of own.length === 0 ? [] : partsOf(sentence)) {
        if (notAsserted.test(part.text.replace(noCondition, " "))) continue;
        const to = part.start + part.text.length;
        const inside = own.filter((mention) => mention.start >= part.start && mention.end <= to);
        if (inside.length === 0) continue;
        const whole: readonly [number, number] = [part.start, to];
        const earlier =
          part.start === sentence.start
            ? subjects
            : own.filter(({ end: last }) => last <= part.start).slice(-1);
        for (const saying of sayingsOf(part, inside, earlier, fits)) {
          const places = [...saying.first, ...saying.second].filter((mention) => own.includes(mention));
          const from = Math.min(...places.map((mention) => mention.start));
          const last = Math.max(...places.map((mention) => mention.end));
          if (notAssertedNear.test(segmentOf(text, from, last, part))) continue;
          claims.push({ ...saying, sentence, at, span: places.length > 1 ? [from, last] : whole });
        }
      }
      if (own.length > 0) subjects = [own[0] as Mention, own.at(-1) as Mention];
    });
    return claims;
  };
}

/** The words around a claim up to the nearest stops within its part of the sentence. */
function segmentOf(text: string, from: number, to: number, part: Sentence): string {
  const end = part.start + part.text.length;
  const before = text.slice(part.start, from).search(/[^,:—(-]*$/);
  const after = text.slice(to, end).search(/[,:—)]|$/);
  return text.slice(part.start + before, to + after);
}

/** What stands between semicolons is asserted, or not, by itself. */
function partsOf({ text, start }: Sentence): Sentence[] {
  const parts: Sentence[] = [];
  let from = 0;
  for (const found of text.matchAll(/[;；]\s*|$/g)) {
    if (found.index > from) parts.push({ text: text.slice(from, found.index), start: start + from });
    from = found.index + found[0].length;
  }
  return parts;
}

type Fits = (kind: KindName, first: readonly Mention[], second: readonly Mention[]) => boolean;

/** All that some mentions may mean. */
export function idsOf(mentions: readonly Mention[]): string[] {
  return mentions.flatMap(({ ids }) => ids);
}

/** Verbs that a clause without a subject begins with, after "and", "which" or a comma. */
const verbs =
  "(?:is|has|have|had|causes?|treats?|belongs?|acts?|works?|inhibits?|blocks?|shows?|presents?|arises?|leads? to|responds?|carries|lacks?|requires?|affects?|increases?|reduces?|raises|lowers|prevents?|suggests?|confirms?|interacts?|produces?|targets?|binds?|induces?|manifests?|results? (?:in|from)|stems?|comes?|develops?|predisposes|relieves|improves?|worsens|protects?|contraindicates)";
const bareClause = new RegExp(
  `(?<=@[^.;:]*)( ,)?( (?:and|but|or|which|that|who|yet)| ,)((?: [¬~%])*)(?= ${verbs} )`,
  "g",
);
const pronoun =
  /(?<= )(?:it|they|this|these|that|this (?:drug|disease|condition|agent|class|disorder|illness|medication|infection|medicine|antibiotic|organism|syndrome|diagnosis|test|finding|symptom|pathogen)|% (?:drug|disease|condition|agent|disorder|illness|medication|infection|medicine|organism|syndrome|test)|(?:drug|disease|condition|agent|disorder|illness|medication|infection|medicine|organism)(?= (?:is|has|causes|treats|belongs)))(?= )/g;

function sayingsOf(
  sentence: Sentence,
  own: readonly Mention[],
  before: readonly Mention[],
  fits: Fits,
): Saying[] {
  const masked = maskNames(sentence.text, own, sentence.start, 0);
  if (/\p{Script=Han}/u.test(sentence.text)) return chineseClaims(masked, own);
  const line = lineOf(masked);
  const mentionAt = (number: number): readonly Mention[] => [own[number] as Mention];
  const sayings = [line, ...appositions(masked).map(lineOf)].flatMap((one) => read(one, mentionAt, fits));
  const open = line.replace(bareClause, "$1$2 it$3");
  for (const { index, 0: word } of open.matchAll(pronoun)) {
    const left = open.slice(0, index);
    const earlier = [...left.matchAll(/@(\d+)/g)].map((found) => own[Number(found[1])] as Mention);
    const isRelative = /@[\d+]+ (?:, )?(?:which|that|who) $/.test(left);
    // "X is Y and it …" goes on about X.
    const isSubject_ = /^ (?:¬ )?@\d+ is .*(?:and|but|so|,) $/.test(left);
    const near = isRelative ? earlier.slice(-1) : isSubject_ ? earlier.slice(0, 1) : earlier;
    // A pronoun may reach back past its own sentence unless that begins with a name.
    const wide = isRelative || /^ (?:¬ )?@/.test(open) ? [] : before;
    const candidates = [...near.slice(0, 1), ...near.slice(-1), ...wide];
    if (candidates.length === 0 || word === "they") continue;
    const number = own.length;
    const filled = `${left}@${number}${open.slice(index + word.length)}`;
    const isSubject = (found: number): boolean => found === number;
    sayings.push(
      ...read(
        filled,
        (found) => (isSubject(found) ? [...new Set(candidates)] : [own[found] as Mention]),
        fits,
        number,
      ),
    );
  }
  for (const { first, second, turns } of looseClaims(line))
    sayings.push({ ...loose, first: mentionAt(first), second: mentionAt(second), turns });
  return unique(sayings);
}

const loose = {
  kind: "loose",
  isDenied: false,
  isHedged: false,
  isQualified: false,
  isHallmark: false,
} as const;

/** "Colchicine, a beta blocker, …" says that the one is the other. */
function appositions(masked: string): string[] {
  const line = masked.replace(/\s+/g, " ");
  // "Warfarin, a beta blocker, and aspirin" is a list.
  const after = line.matchAll(
    /@(\d+) ?, an? (?:[a-z-]+ )?@(\d+) ?(?:[.;)]|, (?!(?:and |or )?(?:an? |the |some )?@))/gi,
  );
  const participles = line.matchAll(
    /@(\d+) ?, ((?:usually |often |always |mostly |which is )?(?:caused|produced|transmitted|due|treated|diagnosed|confirmed|characteri[sz]ed|driven|not caused|not treated) (?:by|to|with|from) )(?:an? |the )?@(\d+) ?,/gi,
  );
  const before = line.matchAll(
    /(?:^|[,;:.] ?)(?:as|being) an? (?:[a-z-]+ )?@(\d+) ?, (?:the )?(?:drug )?@(\d+) /gi,
  );
  return [
    ...[...after].map(([, one, other]) => ` @${one} is @${other} . `),
    ...[...participles].map(([, one, said, other]) => ` @${one} is ${said?.toLowerCase()}@${other} . `),
    ...[...before].map(([, other, one]) => ` @${one} is @${other} . `),
  ];
}

const leftWords =
  "[,;:()]|and|but|because|since|that|so|as|while|whereas|although|though|however|therefore|or|yet|for|recall|remember|note|know|known|which|where|given|means|we|one|you|doctors|clinicians|physicians|moreover|furthermore|additionally|next|finally|second|¬";
const left = new RegExp(`(?:^| (?:${leftWords}))((?: [¬~%])*) $`);
const rejectedLeft =
  /(?: (?:of|for|in|with|by|from|to|on|against|without|after|during|than|like|unlike|via|through|at|between|into|about|over|is|has|have|resembling|versus|joinedname|@[\d+]+))(?: [¬~%])* $/;
const aside =
  /(?:^| [,;:.])(?: (?:and|but|so|because))?(?: [¬~%])* (?:in|during|for|with|without|among|when|after|before|despite|at|given|under|beyond|besides) [^,;:]*, $/;
const right =
  /^(?:$|[,;:.)!(]|(?:and|but|because|since|so|while|whereas|although|though|which|who|therefore|or|rather|however|yet|making|where|that|too|as (?!mono|%|adjunct|prophyl|maintenance|part|add|single|initial))(?: |$))/;

/** What a line says of its numbers; with `only`, only what is said of that number. */
function read(
  line: string,
  mentionsOf: (number: number) => readonly Mention[],
  fits: Fits,
  only?: number,
): Saying[] {
  if (!/@[^@]*[@+]/.test(line)) return [];
  const sayings: Saying[] = [];
  const taken = new Set<string>();
  for (const wording of wordings) {
    wording.pattern.lastIndex = 0;
    for (let match = wording.pattern.exec(line); match; match = wording.pattern.exec(line)) {
      wording.pattern.lastIndex = match.index + 1;
      const groups = match.groups as { a: string; b: string };
      const [a, b] = [groups.a.split("+").map(Number), groups.b.split("+").map(Number)];
      if (only !== undefined && !a.includes(only) && !b.includes(only)) continue;
      const context = contextOf(line, match, wording);
      if (context === undefined) continue;
      const fresh: string[] = [];
      for (const one of a)
        for (const other of b) {
          const key = [one, other].sort().join(" ");
          const { kind, isHallmark } = wording;
          const [first, second] = [mentionsOf(one), mentionsOf(other)];
          if (taken.has(key) || !fits(kind, first, second)) continue;
          fresh.push(key);
          sayings.push({ kind, isHallmark, ...context, first, second });
        }
      for (const key of fresh) taken.add(key);
    }
  }
  return sayings;
}

function contextOf(
  line: string,
  match: RegExpExecArray,
  wording: Wording,
): Pick<Saying, "isDenied" | "isHedged" | "isQualified"> | undefined {
  let before = line.slice(0, match.index);
  let isAbsent = false;
  if (before.endsWith(" ⊘ ")) {
    if (wording.kind !== "feature" || !/^@/.test(match[0])) return undefined;
    isAbsent = true;
    before = before.slice(0, -2);
  }
  if (rejectedLeft.test(before)) return undefined;
  if (
    /^(?:in|for|with|during|under|on|against) @/.test(match[0]) &&
    !/(?:^|[,;:]|and|but|so|because|that) $/.test(before)
  )
    return undefined;
  const known = left.exec(before);
  // "¬ that @0 causes" denies, "¬ @0 causes" denies; what stands further left is another clause.
  const marks = `${/ ¬ that $/.test(before) ? "¬" : ""}${known?.[1] ?? ""}${/ ¬ $/.test(before) && !known?.[1]?.includes("¬") ? "¬" : ""}`;
  const said = `${marks} ${match[0]}`;
  if (/⊘/.test(match[0])) return undefined;
  const after = line.slice(match.index + match[0].length);
  const denials = (said.match(/¬/g)?.length ?? 0) + (wording.isDenial ? 1 : 0) + (isAbsent ? 1 : 0);
  // "The commonest cause of" speaks of kinds, of which the graph names one.
  const isLimited = said.includes("%") && (denials > 0 || wording.kind === "cause");
  return {
    isDenied: denials % 2 === 1,
    isHedged: said.includes("~"),
    isQualified: isLimited || !known || aside.test(before) || !right.test(after),
  };
}

/** The same said twice by two rows counts once. */
function unique(sayings: readonly Saying[]): Saying[] {
  const seen = new Set<string>();
  return sayings.filter(({ first, second }) => {
    const key = [first, second]
      .map((side) => side.map(({ start }) => start).join(" "))
      .sort()
      .join("|");
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
