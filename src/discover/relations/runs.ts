/**
 * The lists of a sentence: links and plain words that stand side by side share what governs them. "Due to [[a]], b or
 * [[c]]" names three causes by one "due to".
 *
 * Invariant: a list is joined by commas, "and", "or" alone; a verb or a preposition ends it.
 */
import type { FlatLink } from "../wikitext/plain.ts";

/** Links that stand in one list. */
export interface Run {
  /** Range in the sentence, from the first link to the end of the last. */
  readonly start: number;
  readonly end: number;
  /** How many links it has. */
  readonly links: number;
  /** Plain words between its links. */
  readonly between: readonly Words[];
}

/** Plain words at their place in a sentence. */
interface Words {
  readonly text: string;
  readonly start: number;
}

/** Words that are no part of a name, and so end a list when they stand between two of its members. */
const borderWords = new Set(
  (
    "is are was were be been being has have had do does did may might can could shall should will would must " +
    "of in on at by for from to with without within into through under over after before during between among against " +
    "about above below near per via as than that which who whom whose where when while if unless because since so but " +
    "though although whereas not no nor it its they their them he she his her this these those there here then " +
    "cause causes causing caused lead leads leading follow follows occur occurs appear appears affect affects " +
    "show shows reveal reveals confirm confirms develop develops need needs help helps make makes give gives " +
    "relieve relieves treat treats prevent prevents reduce reduces increase increases raise raises improve improves " +
    "produce produces use uses used given seen found known called include includes including excluding respond responds " +
    "remain remains become becomes come comes go goes lie lies belong belongs tend tends suggest suggests " +
    "promote promotes suppress suppresses control controls block blocks inhibit inhibits bind binds act acts " +
    "accompany accompanies precede precedes carry carries spread spreads let lets worsen worsens bring brings " +
    "responded sometimes rarely seldom often usually commonly occasionally especially particularly mainly mostly chiefly"
  ).split(" "),
);

/** Words of frequency that may stand in front of a member of a list. */
const adverbs =
  /^(?:also|even|sometimes|often|usually|commonly|occasionally|rarely|seldom|especially|particularly|mainly|mostly|chiefly|typically|possibly|perhaps|then|later|less often|more often|in some cases)\b,? /;

const separator = /,? (?:and\/or|and|or|as well as|plus) |, |\/| & /g;

/** The lists that the links of a sentence stand in, one for each link; links of one list share one. */
export function runsOf(text: string, links: readonly FlatLink[], from: number): Run[] {
  const out: Run[] = [];
  let run: { start: number; end: number; links: number; between: Words[] } | undefined;
  let preposition = "";
  for (const link of links) {
    const [start, end] = [link.start - from, link.end - from];
    const joint =
      run === undefined || isFronted(text, run.end, start)
        ? undefined
        : wordsBetween(text, run.end, start, preposition);
    if (run === undefined || joint === undefined) {
      run = { start, end, links: 1, between: [] };
      preposition = prepositionBefore(text, start);
    } else {
      run.end = end;
      run.links += 1;
      run.between.push(...joint);
    }
    out.push(run);
  }
  return out;
}

const opener =
  /^(?:if|when|in|as|because|since|after|with|due|during|for|unlike|although|though|while|without|besides|by|to|despite|among|following|given|on|at)\b/i;

/** "In [[x]], [[y]] is used": the first comma ends what the sentence opens with. */
function isFronted(text: string, end: number, start: number): boolean {
  return text.charCodeAt(end) === 44 && start - end === 2 && opener.test(text) && text.indexOf(",") === end;
}

/** "from" in "told apart from the [[x]]", so that "and from [[y]]" goes on with the list. */
function prepositionBefore(text: string, start: number): string {
  return (
    /\b(from|with|by|of|in|against|for|to) (?:the |an? )?$/i.exec(
      text.slice(Math.max(0, start - 14), start),
    )?.[1] ?? ""
  );
}

/** Ways to go on with a list by the same preposition: "from [[x]] and, in infants, from [[y]]". */
const again: ReadonlyMap<string, RegExp> = new Map(
  ["from", "with", "by", "of", "in", "against", "for", "to"].map((one) => [
    one,
    new RegExp(
      `^[a-z]{0,3}(?: \\([^()]{0,60}\\))?,?(?: and| or|),? (?:[a-z ]{0,20}, )?${one} (?:the |an? )?$`,
    ),
  ]),
);

/** The plain members between two links of one list; undefined where the words between them join no list. */
function wordsBetween(text: string, start: number, end: number, preposition: string): Words[] | undefined {
  if (end - start > 90) return undefined;
  if (preposition !== "") {
    const gap = text.slice(start, end);
    if (again.get(preposition)?.test(gap)) return [];
  }
  // A bracket behind a member belongs to it.
  const bracket = /^[a-z]{0,3}(?: \([^()]{0,60}\))?/.exec(text.slice(start, end))?.[0].length ?? 0;
  const at = start + bracket;
  const gap = text.slice(at, end);
  const out: Words[] = [];
  let last = 0;
  let isFirst = true;
  for (const found of gap.matchAll(separator)) {
    if (isFirst) {
      if (found.index !== 0) return undefined;
      isFirst = false;
    } else {
      const member = memberAt(gap, last, found.index);
      if (member === undefined) return undefined;
      if (member.text !== "") out.push({ text: member.text, start: at + member.start });
    }
    last = found.index + found[0].length;
  }
  if (isFirst) return undefined;
  // In front of the link only words that describe it: "[[fever]], severe [[headache]]".
  const front = memberAt(gap, last, gap.length);
  return front === undefined || front.text.split(" ").length > 3 ? undefined : out;
}

/** The words of a range that may be a name; undefined where one of them ends the list. */
function memberAt(text: string, start: number, end: number): Words | undefined {
  let from = start;
  const adverb = adverbs.exec(text.slice(start, end));
  if (adverb) from += adverb[0].length;
  const words = text.slice(from, end).trim();
  if (words === "") return { text: "", start: from };
  if (/[;:.()]/.test(words)) return undefined;
  const all = words.split(" ");
  if (all.length > 5 || all.some((word, index) => endsName(word) && (word !== "of" || index === 0)))
    return undefined;
  return {
    text: words,
    start: from + (text.slice(from, end).length - text.slice(from, end).trimStart().length),
  };
}

/** Whether a word can be no part of the name of a thing. */
export function endsName(word: string): boolean {
  return borderWords.has(word.toLowerCase());
}

/** Plain members in front of a list and behind it: "[[a]], [[b]] and fever occur" ends with fever. */
export function wordsAround(text: string, run: Run, floor: number, ceiling: number): Words[] {
  const out: Words[] = [];
  const behind = text.slice(run.end, Math.min(ceiling, run.end + 120));
  const rest = /^[a-z]{0,3}(?: \([^()]{0,60}\))?/.exec(behind)?.[0].length ?? 0;
  out.push(
    ...membersFrom(behind, rest).map(({ text: words, start }) => ({ text: words, start: run.end + start })),
  );
  const frontStart = Math.max(floor, run.start - 100);
  const front = text.slice(frontStart, run.start);
  const joined =
    /(?:^|[\s(])((?:[^,;:.()]{3,40}, ){0,3}[^,;:.()]{3,40})(?:, (?:and |or )?| and | or )(?:[a-z-]+ ){0,2}$/.exec(
      front,
    );
  for (const part of joined?.[1]?.matchAll(/[^,]+/g) ?? []) {
    const words = part[0].trim();
    const tail = lastName(words);
    if (tail === "") continue;
    const start =
      frontStart + (joined?.index ?? 0) + (joined?.[0].indexOf(part[0]) ?? 0) + part[0].indexOf(words);
    out.push({ text: tail, start: start + words.length - tail.length });
  }
  return out;
}

/** Plain members that follow one another from a place that joins them to what stands before. */
function membersFrom(text: string, from: number): Words[] {
  const out: Words[] = [];
  let at = from;
  for (;;) {
    const joint = /^(?:,? (?:and|or|as well as) |, )/.exec(text.slice(at, at + 14))?.[0];
    if (joint === undefined) return out;
    at += joint.length;
    at += adverbs.exec(text.slice(at, at + 24))?.[0].length ?? 0;
    const member = nameAt(text, at);
    if (member === "") return out;
    const behind = text.slice(at + member.length, at + member.length + 10);
    // "If it is due to [[x]], antibiotics may help": behind a bare comma only a list that goes on is a list.
    const isMember = joint !== ", " || /^(?:$|[,.;)]| and | or )/.test(behind);
    if (isMember && !narrowed.test(behind)) out.push({ text: member, start: at });
    at += member.length;
  }
}

/** "Anemias with hemolysis" are not anemia. */
const narrowed = /^ (?:with|of|due|caused|from|after|without|secondary|that|which)\b/;

/** "* High fever, chills": a list of plain words that opens an item. */
export function plainRun(text: string): Run | undefined {
  const start = /^(?:(?:a|an|the|high|severe|mild) )*/i.exec(text)?.[0].length ?? 0;
  const first = nameAt(text, start);
  if (first === "") return undefined;
  const members = [{ text: first, start }, ...membersFrom(text, start + first.length)];
  const last = members.at(-1) as Words;
  return { start, end: last.start + last.text.length, links: 0, between: members };
}

/** The words from a place up to the first that is no part of a name. */
function nameAt(text: string, from: number): string {
  let end = from;
  let count = 0;
  for (const word of text.slice(from).matchAll(/ ?[\p{L}\p{N}'’-]+/gu)) {
    const own = word[0].trim();
    // "Loss of appetite" is one name.
    const isInside = own === "of" && count > 0;
    const isEnd = own === "and" || own === "or" || (!isInside && endsName(own));
    if (from + word.index !== end || count === 5 || isEnd) break;
    end = from + word.index + word[0].length;
    count += 1;
    if (!/[ \p{L}\p{N}]/u.test(text.charAt(end))) break;
  }
  return text.slice(from, end).replace(/ of$/, "").trim();
}

/** The last words of a text that may be a name. */
function lastName(text: string): string {
  const words = text.split(" ");
  let from = words.length;
  while (
    from > 0 &&
    words.length - from < 5 &&
    (words[from - 1] === "of" || !endsName(words[from - 1] as string))
  )
    from -= 1;
  return words
    .slice(from)
    .join(" ")
    .replace(/^of .*/, "");
}
