/**
 * What a text of reasoning speaks for, option by option, letters left aside: each clause that names an option has a cue
 * (`consistency-cues.ts`), and how often each occurs, with where and how often the option is spoken of, is weighed.
 *
 * The weights are fitted (`consistency-weights.ts`). A clause without a name
 * of its own goes on about the options of the clause before it.
 */
import { foldWidth } from "../text.ts";
import { asksForException, cueOf, type Exception } from "./consistency-cues.ts";
import { type NamedOption, namedOptions } from "./consistency-names.ts";
import { weights } from "./consistency-weights.ts";
import { splitSentences } from "./sentences.ts";

interface Weight {
  /** Logarithm of how likely the option is the conclusion, up to a constant of the text. */
  readonly total: number;
  readonly isNamed: boolean;
  /** Place of the last clause that speaks of it. */
  readonly span: readonly [number, number];
}

/** How an option is spoken of: counts by feature. */
type Evidence = Record<string, number>;

/** Weights of all options. */
export function weighOptions(
  raw: string,
  options: Readonly<Record<string, string>>,
  stem: string,
): ReadonlyMap<string, Weight> {
  const found = evidenceOf(raw, options, stem);
  return new Map(
    [...found].map(([letter, { evidence, span }]) => {
      const total = Object.entries(evidence).reduce(
        (sum, [name, value]) => sum + (weights[name] ?? 0) * value,
        0,
      );
      return [letter, { total, isNamed: evidence["unnamed"] === undefined, span }];
    }),
  );
}

/** How the text speaks of each option. */
export function evidenceOf(
  raw: string,
  options: Readonly<Record<string, string>>,
  stem: string,
): ReadonlyMap<string, { readonly evidence: Evidence; readonly span: readonly [number, number] }> {
  const text = foldWidth(raw);
  const named = namedOptions(text, options, stem);
  const exception = asksForException(stem);
  const sentences = splitSentences(text);
  const found = new Map<string, { evidence: Evidence; span: readonly [number, number] }>();
  for (const letter of Object.keys(options)) found.set(letter, { evidence: {}, span: [0, text.length] });
  const add = (letter: string, name: string, value = 1, most = 2): void => {
    const evidence = found.get(letter)?.evidence;
    if (evidence) evidence[name] = Math.min(most, (evidence[name] ?? 0) + value);
  };
  const lastResult =
    named.findLast(
      ({ isNumber, start }) => isNumber && !isTrap(sentences, start) && /[=≈]\s*$/.test(text.slice(0, start)),
    )?.start ?? -1;
  const linked = links(sentences, named, stem, options);
  let before: readonly string[] = [];
  const order: string[] = [];
  sentences.forEach(({ text: sentence, start }, number) => {
    // A last sentence that only names the answer is what is to be checked, and no argument.
    if (number === sentences.length - 1 && number > 0 && isBare(sentence, start, named)) return;
    const isNearEnd = number >= sentences.length - 2;
    const isQuestion = /\?\s*$/.test(sentence);
    let topic: readonly string[] = continues.test(sentence) ? before : [];
    let isSame = false;
    for (const { from, to } of clausesOf(sentence, start)) {
      const own = named.filter((one) => one.start >= from && one.end <= to);
      const clause = plainOf(text.slice(from, to));
      if (own.length === 0) {
        if (isQuestion || topic.length === 0 || caveat.test(clause.trim())) continue;
        const cue = cueOfTopic(clause, exception);
        if (cue !== undefined) for (const letter of topic) add(letter, `${isSame ? "on" : "next"} ${cue}`);
        continue;
      }
      const letters = [...new Set(own.map(({ letter }) => letter))];
      topic = letters;
      isSame = true;
      if (isQuestion) {
        for (const letter of letters) add(letter, "asked");
        continue;
      }
      for (const letter of letters) {
        const said = contextOf(text, from, to, own, letter);
        const mine = own.filter((one) => one.letter === letter);
        if (mine.every((one) => one.isNumber && isOperand(text, one, lastResult))) {
          add(letter, "operand");
          continue;
        }
        if (mine.some((one) => one.start === lastResult)) add(letter, "result");
        const cue = cueOf(said, exception);
        // Of a list of options none is the conclusion.
        if (letters.length < 3 || !/^(?:sure|so|mild|plain)$/.test(cue)) add(letter, cue);
        if (letters.length === 1) order.push(letter);
        else add(letter, letters.length > 2 ? "listed" : "paired");
        if (isNearEnd) add(letter, "near the end");
        if (
          isNearEnd &&
          letters.length === 1 &&
          concludes.test(sentence) &&
          !/^(?:out|rather|weak|far out|given up)$/.test(cue)
        )
          add(letter, "concluded");
        if (/\b(?:not|no|nor|neither|never|none|nothing|without|hardly)\b|不|无|没/.test(said))
          add(letter, "denial");
        const shared = linked(said, letter);
        if (shared.close > 0) add(letter, "linked", shared.close, 3);
        if (shared.wide > 0) add(letter, "shared", shared.wide, 3);
        if (shared.close + shared.wide === 0) add(letter, "apart");
        if (shared.close + shared.wide > 0 && /^(?:out|weak|far out|rather|given up)$/.test(cue))
          add(letter, "linked and out");
        if (shared.close + shared.wide > 0 && /^(?:plain|mild|hedged|neutral)$/.test(cue))
          add(letter, "linked and said");
        if (isNearEnd && /^(?:out|weak|far out|rather|given up)$/.test(cue)) add(letter, "out near the end");
        if (number === 0) add(letter, "at the start");
        if (/^[;,.]? ?(?:and |but |yet |so )?(?:the |an? )?‹x›/.test(said.trim())) add(letter, "subject");
        else add(letter, "object");
        const entry = found.get(letter);
        if (entry) entry.span = [start, start + sentence.length];
      }
    }
    if (topic.length > 0) before = topic;
  });
  const [first, last] = [order[0], order.at(-1)];
  if (first !== undefined && last !== undefined && first !== last) {
    add(first, "first");
    add(last, "last");
    const lasting = [...order].reverse().find((letter) => !isOut(found.get(letter)?.evidence ?? {}));
    if (lasting !== undefined) add(lasting, "last left");
  }
  for (const letter of Object.keys(options)) {
    const times = order.filter((one) => one === letter).length;
    if (times > 1) add(letter, "again", times - 1);
    if (!named.some((one) => one.letter === letter)) add(letter, "unnamed");
  }
  return found;
}

function isOut(evidence: Evidence): boolean {
  return (
    ["out", "weak", "far out", "rather", "given up", "listed"].some((name) => evidence[name] !== undefined) &&
    evidence["sure"] === undefined
  );
}

const concludes =
  /^\W*(?:so|therefore|thus|hence|accordingly|that leaves|this leaves|which leaves|in short|overall|all in all|in sum|on balance|taken together|taking|all this|the answer|the best|the (?:most|only|first|likeliest)|因此|所以|故|综上|综合)/i;
const continues = /^(?:it|this|that|he|she|they|its|which|such|these|those|both)\b/i;

const theirs =
  /^[;:,.\- ]*(?:(?:and|but|so|yet|though|although|because|since|which|however|while|whereas|among .{1,20}|still|hence|therefore)[, ]+)*(?:it|its|this|that|these|they|which|who|both|neither|none of|not|nor|no|never|can|cannot|could|does|do|did|is|are|was|would|should|must|might|may|will|need|has|have|had|lacks?|fits|explains|without|with no|nothing)\b/;
const givenUp =
  /\b(?:drops? out|ruled out|excluded|can go|put aside|set aside|off the list|off the table|no sign of|not mentioned|not (?:\w+ )?(?:reported|described|here)|not the case|is absent|is missing)\b|不符|排除|没有提到|没有|无关/;

/** What a clause without an option says of those of the clause before it, if it goes on about them. */
function cueOfTopic(clause: string, exception: Exception | undefined): string | undefined {
  if (summed.test(clause)) return "summed";
  if (givenUp.test(clause)) return "given up";
  if (!theirs.test(clause) && !/\p{Script=Han}/u.test(clause)) return undefined;
  return cueOf(` ${clause} `, exception);
}

const summed =
  /^[;:,. ]*(?:(?:and|but|so|hence|therefore)[, ]+)?(?:among .{1,24} )?(?:this|that|it)(?: is|'s) (?:what|the one|the only|the best|the drug|the test|why|where|how)\b/;

/** The one option that the last sentence names, where it says nothing but that this is the answer. */
export function bareConclusion(
  raw: string,
  options: Readonly<Record<string, string>>,
  stem: string,
): { readonly letter: string; readonly span: readonly [number, number] } | undefined {
  const text = foldWidth(raw);
  const last = splitSentences(text).at(-1);
  if (last === undefined || /\?\s*$/.test(last.text)) return undefined;
  const named = namedOptions(text, options, stem);
  const end = last.start + last.text.length;
  const letters = new Set(named.filter(({ start }) => start >= last.start).map(({ letter }) => letter));
  const [letter] = letters;
  return letter !== undefined && letters.size === 1 && isBare(last.text, last.start, named)
    ? { letter, span: [last.start, end] }
    : undefined;
}

/** Whether a sentence says nothing but that its option is the answer. */
function isBare(sentence: string, start: number, named: readonly NamedOption[]): boolean {
  let rest = "";
  let at = 0;
  const own = named.filter((one) => one.start >= start && one.end <= start + sentence.length);
  if (own.length === 0) return false;
  for (const one of own) {
    rest += sentence.slice(at, one.start - start);
    at = one.end - start;
  }
  rest += sentence.slice(at);
  return (rest.match(/\p{L}{2,}/gu) ?? []).every((word) => concluding.test(word));
}

const concluding =
  /^(?:so|the|thus|hence|therefore|answer|is|it|final|i|d|would|will|ll|choose|pick|go|going|with|for|select|option|choice|conclusion|my|best|correct|right|then|that|s|leaves|must|be|in|conclude|order|do|prefer|call|recommend|suspect|favou?r|give|use|it|follows|right|letter|back|end|take|start|match|a|an|to|most|probably|likely|we|should|say|settle|on|and|diagnosis|drug|test|treatment|was|therefore|us|left|of|given|as|think|believe|(?:故|因此|所以|综上|最终|应)?(?:选择?|答案|诊断|考虑)?(?:选项)?(?:是|为)?)$/i;

/**
 * How many telling words a clause shares, for one option alone, with what is asked and taken for sure, and how many
 * with the rest of the question and the sentences that name no option.
 */
function links(
  sentences: readonly { text: string; start: number }[],
  named: readonly NamedOption[],
  stem: string,
  options: Readonly<Record<string, string>>,
): (clause: string, letter: string) => { readonly close: number; readonly wide: number } {
  const lettersOf = ({ text, start }: { text: string; start: number }): Set<string> =>
    new Set(
      named
        .filter((name) => name.start >= start && name.end <= start + text.length)
        .map(({ letter }) => letter),
    );
  const bare = sentences.filter((one) => lettersOf(one).size === 0);
  const asked = splitSentences(foldWidth(stem)).at(-1)?.text ?? stem;
  const close = new Set([
    ...rootsOf(asked),
    ...bare.filter(({ text }) => assures.test(text)).flatMap(({ text }) => rootsOf(text)),
    ...rootsOf(sentences[0]?.text ?? ""),
  ]);
  const wide = new Set([...rootsOf(stem), ...bare.flatMap(({ text }) => rootsOf(text))]);
  for (const root of rootsOf(foldWidth(Object.values(options).join(" "))))
    for (const set of [close, wide]) set.delete(root);
  const users = new Map<string, Set<string>>();
  for (const one of sentences)
    for (const root of rootsOf(one.text))
      if (close.has(root) || wide.has(root))
        users.set(root, new Set([...(users.get(root) ?? []), ...lettersOf(one)]));
  return (clause, letter) => {
    const own = rootsOf(clause).filter((root) => users.get(root)?.size === 1 && users.get(root)?.has(letter));
    const near = own.filter((root) => close.has(root)).length;
    return { close: near, wide: own.length - near };
  };
}

const assures =
  /\b(?:suggest|point|leading|most likely|likely|typical|classic|signature|pattern|picture|settle|that's|until|must|natural|best|key|indicat|confirm|comes? (?:first|to mind)|so this|diagnosis|unless)|提示|指向|考虑|可能/i;

const plainWords =
  /^(?:which|what|most|likely|should|would|could|with|this|that|there|their|have|from|here|also|than|then|they|these|those|more|less|only|such|diagnosis|treatment|disease|syndrome|patient|drug|test|cause|causes|first|best|following|typical|usual|usually|often|main|next|step|given|used|does|about|after|before|when|where|made|make|makes|point|suggest|because|other|option|answer|will|been|some|into|very)$/;

function rootsOf(text: string): string[] {
  const words = text.toLowerCase().match(/[a-z]{4,}|\p{Script=Han}{2}/gu) ?? [];
  return [...new Set(words.filter((word) => !plainWords.test(word)).map((word) => word.slice(0, 7)))];
}

/** Whether a figure stands in a sentence on how one would go wrong. */
function isTrap(sentences: readonly { text: string; start: number }[], at: number): boolean {
  const own = sentences.findLast(({ start }) => start <= at)?.text ?? "";
  return /\b(?:would|trap|offered|distractor|instead|wrong|mistake|error|inverse|otherwise|had (?:he|she|we|I|one)|if)\b|若|误/i.test(
    own,
  );
}

/** Whether a figure is reckoned with further, or came out of an equation before the last. */
function isOperand(text: string, { start, end }: NamedOption, lastResult: number): boolean {
  if (/^[^.;,=≈]{0,12}\s[/×*÷+]\s|^ ?(?:\/|of|out of) ?\d/.test(text.slice(end, end + 18))) return true;
  if (/[/×*÷+]\s?$/.test(text.slice(0, start))) return true;
  return /[=≈]\s*$/.test(text.slice(0, start)) && start !== lastResult;
}

const boundary =
  /[;；]|(?<!\b(?:everything|anything|nothing|all|none|everyone|others)),? (?:but|yet|while|whereas|although|though|because|since|so|however|and so)\b,?|, (?=(?:which|and (?:it|this|that|he|she|is|has|does)\b|not |nor |neither ))| - |, (?=(?:with the|provided|assuming|unless|if|until|as long|even if|as far|at least|keeping|bearing|pending|given|perhaps|in case|where)\b)| \((?=[a-z])|[,，](?=[^,，]{0,3}(?:但|不过|而|因此|所以|故|若|如果|需|仍|前提))|:(?= )|$/gi;

/** A clause that only limits what stands before it. */
const caveat =
  /^,? ?\(?(?:with the|provided|assuming|unless|if|until|as long|even if|as far|at least|keeping|bearing|pending|perhaps|in case|though|although|若|如果|前提|需)(?!.{0,12}‹)/i;

function clausesOf(sentence: string, start: number): { from: number; to: number }[] {
  const clauses: { from: number; to: number }[] = [];
  let from = 0;
  for (const found of sentence.matchAll(boundary)) {
    if (found.index < from) continue;
    if (sentence.slice(from, found.index).trim() !== "")
      clauses.push({ from: start + from, to: start + found.index });
    // The joining word stays with what follows it: "but" and "so" bear on its sense.
    from = found.index;
  }
  return clauses.map(({ from: one, to }, at) => ({ from: one, to: clauses[at + 1]?.from ?? to }));
}

/** The words of a clause that bear on one option, which is "‹x›" in them and the others "‹o›". */
function contextOf(
  text: string,
  from: number,
  to: number,
  own: readonly NamedOption[],
  letter: string,
): string {
  let masked = "";
  let at = from;
  for (const one of own) {
    masked += `${text.slice(at, one.start)}${one.letter === letter ? " ‹x› " : " ‹o› "}`;
    at = one.end;
  }
  masked = ` ${plainOf(masked + text.slice(at, to))} `;
  // A list of options is one: what is said of it is said of each.
  masked = masked.replace(/(?:‹[xo]›(?: (?:or|and|nor|,|, and|, or|\/)+ ?)+)+‹[xo]›/g, (list) =>
    list.includes("‹x›") ? "‹x›" : "‹o›",
  );
  // Of two options in a clause, each has the words nearest to it.
  const pieces = masked.split(/(?<=‹[xo]›[^‹]*), (?:and )?(?=[^‹,]*‹[xo]›)/);
  return pieces.length > 1 ? pieces.filter((piece) => piece.includes("‹x›")).join(" , ") : masked;
}

function plainOf(clause: string): string {
  return clause
    .toLowerCase()
    .replace(/\bcan't\b|\bcannot\b/g, "can not")
    .replace(/n't\b/g, " not")
    .replace(/\s+/g, " ");
}
