/**
 * Which clause of a guideline speaks of the same things as a clause of reasoning, and whether the two disagree.
 *
 * The same things: telling words in common, weighed by how rare they are among the snippets, and enough of them on
 * both sides. Disagreement: recommended against advised against, another line of treatment, another figure of the
 * same dimension. Populations ("in children", "in pregnancy") must be the same.
 */
import { foldWidth } from "../text.ts";
import { differing, type Stance, stanceOf } from "./guidelines-stance.ts";

export interface Clause extends Stance {
  readonly text: string;
  readonly words: ReadonlySet<string>;
}

/** A clause of a snippet, with the words of the headings above, which it need not repeat. */
export interface Told extends Clause {
  /** Number of its snippet. */
  readonly snippet: number;
  readonly topic: ReadonlySet<string>;
}

/** Share of the rarity-weighted words of a snippet's clause that a claim must have, and of the claim's the snippet. */
const coverOfTold = 0.55;
const coverOfClaim = 0.55;

/** Finds the clauses of snippets that speak of the same things as a claim, the closest first. */
export function aligner(told: readonly Told[]): (claim: Clause) => Told[] {
  const weightOf = rarities(told);
  const byWord = new Map<string, Told[]>();
  for (const one of told)
    for (const word of new Set([...one.words, ...one.topic]))
      byWord.set(word, [...(byWord.get(word) ?? []), one]);
  return (claim) => aligned(claim, byWord, weightOf);
}

const stopWords = new Set(
  "the a an of in on at by for with from to and or but nor as is are was were be been being it its this that these those which who whom whose there their they them he she his her we our you your can may might will would should must shall could do does did done has have had not no never nor only also very more most less least than then so such when while where if because since into onto over under about after before during between per each any all some both other another same own usually typically generally often commonly patient patients people person adult adults case cases use used using given give gives treatment treat treated treating therapy recommend recommended recommends recommendation indicated indication avoid avoided contraindicated contraindication first second third line choice preferred prefer safe unsafe effective ineffective offer offered start started starting advise advised appropriate suitable every daily day days week weeks month months year years hour hours dose doses dosing mg mcg mmhg ml kg least up target increase increased slowly gradually titrate once twice three times oral orally low soon known taken take takes end continue continued calls call comes come goes go lasts last even allowed withheld withhold stop stops stopped stopping delay delayed wait waits one already effective ineffective may enough still part until within below above falls fall rise rises rising once makes make".split(
    " ",
  ),
);

/** Telling words in a form that plurals and short endings share; pairs of Han characters. */
export function wordsOf(text: string): ReadonlySet<string> {
  const words = new Set<string>();
  const plain = foldWidth(text)
    .toLowerCase()
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "");
  for (const [piece] of plain.matchAll(/\p{Script=Han}+|[a-z][a-z0-9]*(?:-[a-z0-9]+)*/gu)) {
    if (/\p{Script=Han}/u.test(piece)) {
      for (let at = 0; at + 1 < piece.length; at++) words.add(piece.slice(at, at + 2));
      continue;
    }
    for (const part of piece.split("-")) if (part.length > 2 && !stopWords.has(part)) words.add(stem(part));
  }
  for (const plain_ of ["推荐", "建议", "首选", "避免", "禁用", "使用", "可用", "患者", "治疗"])
    words.delete(plain_);
  return words;
}

function stem(word: string): string {
  if (word.length > 5 && word.endsWith("ies")) return `${word.slice(0, -3)}y`;
  if (word.length > 4 && /[^su]s$/.test(word)) return stem(word.slice(0, -1));
  return word.length > 6 ? word.replace(/(?:tion|ing|ive|ed|al|ic|ly|e)$/, "") : word;
}

/** The clauses of a sentence with their places in it. */
export function clausesOf(sentence: string): { clause: string; offset: number }[] {
  const clauses: { clause: string; offset: number }[] = [];
  let from = 0;
  for (const found of sentence.matchAll(
    /[;:]\s+|, while |,? (?:but|whereas|although|though|because|so that|so|yet|therefore|unless)\b ?|,? and (?=(?:(?:avoid|stop|do not|should|must|never|is|are|it|he|she|his|her|we|they|I)\b|(?:[a-z-]+ ){1,3}(?:is|are|should|must|can|may|was|were|lasts?|starts?)\b))|, (?=(?:which|he|she|his|her|we|they|I|one|since|as far|even|without|no)\b)|[；，,](?=\p{Script=Han})|$/gu,
  )) {
    const clause = sentence.slice(from, found.index);
    if (clause.trim() !== "") clauses.push({ clause, offset: from });
    from = found.index + found[0].length;
  }
  return clauses;
}

/** What a clause is about and how it stands to that. */
export function readClause(text: string): Clause {
  // What stands after "rather than" is advised against; the clause speaks of what stands before.
  const main = text.replace(/,? (?:rather than|instead of|and not|, not) .*$/i, "");
  return { ...stanceOf(main), text, words: wordsOf(main) };
}

function rarities(told: readonly Told[]): (word: string) => number {
  const counts = new Map<string, number>();
  for (const { words } of told) for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return (word) => Math.log(1 + (told.length + 1) / ((counts.get(word) ?? 0) + 0.5));
}

/** Clauses that speak of the same things, the closest first. */
function aligned(
  claim: Clause,
  byWord: ReadonlyMap<string, readonly Told[]>,
  weightOf: (word: string) => number,
): Told[] {
  const candidates = new Set([...claim.words].flatMap((word) => byWord.get(word) ?? []));
  const sum = (words: Iterable<string>): number =>
    [...words].reduce((total, word) => total + weightOf(word), 0);
  const scored = [...candidates].flatMap((one) => {
    const shared = [...claim.words].filter((word) => one.words.has(word) || one.topic.has(word));
    const inside = [...one.words].filter((word) => claim.words.has(word));
    const isShort = claim.words.size === 1 && one.words.size === 1 && claim.quantities.length > 0;
    if (
      shared.length < (isShort ? 1 : 2) ||
      inside.length === 0 ||
      !samePeople(claim.text, `${one.text} ${[...one.topic].join(" ")}`)
    )
      return [];
    const [ofClaim, ofTold] = [sum(shared) / sum(claim.words), sum(inside) / sum(one.words)];
    return ofClaim >= coverOfClaim && ofTold >= coverOfTold ? [{ one, score: ofClaim + ofTold }] : [];
  });
  return scored.sort((a, b) => b.score - a.score).map(({ one }) => one);
}

const groups: readonly RegExp[] = [
  /\b(?:child|children|infan|neonat|newborn|pa?ediatric|adolescen)|儿童|婴/i,
  /\b(?:pregnan|trimester|gravid)|妊娠|孕/i,
  /\b(?:breast-?feed|lactat)|哺乳/i,
  /\b(?:elder|older (?:adult|people|patient)|over 65|geriatric)|老年/i,
  /\b(?:renal|kidney|egfr|dialysis)|肾/i,
  /\b(?:hepatic|liver|cirrho)|肝/i,
  /\ballerg|过敏/i,
  /\b(?:severe|acute|refractory|resistant|mild|moderate|chronic|complicated|uncomplicated|latent|recurrent)\b/i,
];

const ages =
  /\b(over|above|older than|under|below|younger than|aged) (?:the age of )?(\d+)(?!\d| ?(?:mg|mm|ml|%|\w*\/))/gi;

/** Whether both speak of the same sort of patients. */
function samePeople(one: string, other: string): boolean {
  const agesOf = (text: string): string =>
    [...text.matchAll(ages)]
      .map(([, side, age]) => `${/^(?:o|ab)/i.test(side as string) ? ">" : "<"}${age}`)
      .join();
  if (agesOf(one) !== "" && agesOf(other) !== "" && agesOf(one) !== agesOf(other)) return false;
  return groups.every((group, at) =>
    at === groups.length - 1
      ? qualifiers(one).every((word) => !qualifiers(other).length || qualifiers(other).includes(word))
      : group.test(one) === group.test(other),
  );
}

function qualifiers(text: string): string[] {
  return (text
    .toLowerCase()
    .match(
      /\b(?:severe|acute|refractory|resistant|mild|moderate|chronic|uncomplicated|complicated|latent|recurrent)\b/g,
    ) ?? []) as string[];
}

/** Whether a snippet bears a claim out. */
export function agrees(claim: Clause, told: Clause): boolean {
  if (disagreement(claim, told) !== undefined) return false;
  return (
    claim.polarity === told.polarity || (claim.polarity === 0 && told.polarity > 0) || told.polarity === 0
  );
}

/** In what a claim and a snippet on the same things disagree. */
export function disagreement(claim: Clause, told: Clause): string | undefined {
  if (claim.polarity * told.polarity === -1)
    return claim.polarity > 0 ? "the guideline advises against it" : "the guideline is in favour of it";
  if (
    claim.polarity !== -1 &&
    claim.line !== undefined &&
    told.line !== undefined &&
    claim.line !== told.line
  )
    return `the guideline has it ${told.line === 1 ? "in the first line" : "after the first line"}`;
  const pair = differing(claim.quantities, told.quantities);
  return pair && `the guideline has ${amountOf(pair[1])} where the text has ${amountOf(pair[0])}`;
}

function amountOf({ from, to, dimension }: { from: number; to: number; dimension: string }): string {
  const digits = (value: number): string => String(Number(value.toPrecision(6)));
  return `${digits(from)}${to === from ? "" : `–${digits(to)}`} ${dimension}`;
}
