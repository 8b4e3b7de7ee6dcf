/**
 * What a text of reasoning speaks for, option by option, letters left aside: each clause that names an option counts
 * for or against it by its words, stronger words and last words more.
 *
 * Invariant: a clause without a name of its own goes on about the options of the clause before it. Where the question
 * asks for what is harmful, false or left out, words that speak against a thing in medicine speak for the option.
 */
import { foldWidth } from "../text.ts";
import { type NamedOption, namedOptions } from "./consistency-names.ts";
import { splitSentences } from "./sentences.ts";

/** What a clause near the end counts more, and the last clause for one option. */
const nearEnd = 0.75;
const lastWord = 1;
/** What a word counts that a clause shares with the question or the diagnosis, for one option alone. */
const perLink = 0.5;

export interface Weight {
  /** For minus against. */
  readonly total: number;
  /** The heaviest single clause for it, and against it. */
  readonly best: number;
  readonly worst: number;
  /** Place of the last clause that speaks for it. */
  readonly span: readonly [number, number];
}

/** Weights of the options that the text names. */
export function weighOptions(
  raw: string,
  options: Readonly<Record<string, string>>,
  stem: string,
): ReadonlyMap<string, Weight> {
  const text = foldWidth(raw);
  const named = namedOptions(text, options, stem);
  const weights = new Map<string, { total: number; best: number; worst: number; span: readonly [number, number] }>();
  if (named.length === 0) return weights;
  const isException = asksForException(stem);
  const sentences = splitSentences(text);
  const lastResult = named.findLast(({ isNumber, start }) => isNumber && !isTrap(sentences, start) && /[=≈]\s*$/.test(text.slice(0, start)))?.start ?? -1;
  const linked = links(sentences, named, stem, options, isException);
  let before: readonly string[] = [];
  let [former, final]: (string | undefined)[] = [];
  sentences.forEach(({ text: sentence, start }, number) => {
    const isLast = number >= sentences.length - 2;
    const clauses = clausesOf(sentence, start);
    let topic: readonly string[] = /^(?:it|this|that|he|she|they|its|which|such|these|those|both)\b/i.test(sentence) ? before : [];
    const isQuestion = /\?\s*$/.test(sentence);
    // A last sentence that only names the answer is what is to be checked, and no argument.
    if (number === sentences.length - 1 && number > 0 && isBare(sentence, start, named)) return;
    let isSame = false;
    let isSure = false;
    for (const { from, to } of clauses) {
      const own = named.filter((one) => one.start >= from && one.end <= to);
      const clause = text.slice(from, to);
      if (own.length === 0) {
        if (isQuestion || topic.length === 0 || caveat.test(clause.trim())) continue;
        // What is denied after a strong word denies something else.
        const worth = Math.max(isSure ? -0.5 : -3, ofTopic(plainOf(clause), isException, isSame));
        if (worth <= -1 && final !== undefined && topic.includes(final)) final = former;
        for (const letter of topic) add(weights, letter, worth, [start, start + sentence.length]);
        continue;
      }
      const letters = [...new Set(own.map(({ letter }) => letter))];
      topic = letters;
      isSame = true;
      isSure = false;
      if (isQuestion) continue;
      for (const letter of letters) {
        const said = contextOf(text, from, to, own, letter);
        const isInput = own.every((one) => one.letter !== letter || (one.isNumber && isOperand(text, one, lastResult)));
        if (isInput) continue;
        let worth = worthOf(said, isException);
        if (worth > 0.2 && letters.length === 1 && final !== letter) [former, final] = [final, letter];
        if (worth > 0.2 && isLast) worth += letters.length === 1 ? nearEnd : nearEnd / 2;
        if (letters.length > 2) worth = Math.min(worth, 0);
        if (worth >= 1.5) isSure = true;
        if (worth >= 0) worth += Math.min(1, linked(said, letter));
        add(weights, letter, worth, [start, start + sentence.length]);
      }
    }
    if (topic.length > 0) before = topic;
  });
  if (final !== undefined) add(weights, final, lastWord, weights.get(final)?.span ?? [0, text.length]);
  return weights;
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

/** How many telling words of the question and of what the text takes for sure a clause shares for one option alone. */
function links(
  sentences: readonly { text: string; start: number }[],
  named: readonly NamedOption[],
  stem: string,
  options: Readonly<Record<string, string>>,
  isException: Exception | undefined,
): (clause: string, letter: string) => number {
  if (isException) return () => 0;
  const bare = sentences.filter(
    ({ text: one, start }) => !named.some((name) => name.start >= start && name.end <= start + one.length),
  );
  const sure = bare.filter(({ text: one }) =>
    /\b(?:suggest|point|leading|most likely|likely|typical|classic|signature|pattern|picture|settle|that's|until|must|natural|best|key|indicat|confirm|comes? (?:first|to mind)|so this|diagnosis|unless)|提示|指向|考虑|可能/i.test(one),
  );
  const asked = splitSentences(foldWidth(stem)).at(-1)?.text ?? stem;
  const wanted = new Set([...rootsOf(asked), ...sure.flatMap(({ text: one }) => rootsOf(one)), ...rootsOf(sentences[0]?.text ?? "")]);
  for (const root of rootsOf(foldWidth(Object.values(options).join(" ")))) wanted.delete(root);
  const users = new Map<string, Set<string>>();
  for (const { text: one, start } of sentences) {
    const letters = named.filter((name) => name.start >= start && name.end <= start + one.length).map(({ letter }) => letter);
    for (const root of rootsOf(one)) if (wanted.has(root)) users.set(root, new Set([...(users.get(root) ?? []), ...letters]));
  }
  return (clause, letter) => rootsOf(clause).filter((root) => wanted.has(root) && users.get(root)?.size === 1 && users.get(root)?.has(letter)).length * perLink;
}

const plainWords =
  /^(?:which|what|most|likely|should|would|could|with|this|that|there|their|have|from|here|also|than|then|they|these|those|more|less|only|such|diagnosis|treatment|disease|syndrome|patient|drug|test|cause|causes|first|best|following|typical|usual|usually|often|main|next|step|given|used|does|about|after|before|when|where|made|make|makes|point|suggest|because|other|option|answer|will|been|some|into|very)$/;

function rootsOf(text: string): string[] {
  const words = text.toLowerCase().match(/[a-z]{4,}|\p{Script=Han}{2}/gu) ?? [];
  return [...new Set(words.filter((word) => !plainWords.test(word)).map((word) => word.slice(0, 7)))];
}

/** Whether a figure stands in a sentence on how one would go wrong. */
function isTrap(sentences: readonly { text: string; start: number }[], at: number): boolean {
  const own = sentences.findLast(({ start }) => start <= at)?.text ?? "";
  return /\b(?:would|trap|offered|distractor|instead|wrong|mistake|error|inverse|otherwise|had (?:he|she|we|I|one)|if)\b|若|误/i.test(own);
}

/** Whether a figure is reckoned with further, or came out of an equation before the last. */
function isOperand(text: string, { start, end }: NamedOption, lastResult: number): boolean {
  if (/^[^.;,=≈]{0,12}\s[/×*÷+]\s|^ ?(?:\/|of|out of) ?\d/.test(text.slice(end, end + 18))) return true;
  if (/[/×*÷+]\s?$/.test(text.slice(0, start))) return true;
  return /[=≈]\s*$/.test(text.slice(0, start)) && start !== lastResult;
}

const theirs =
  /^[;:,.\- ]*(?:(?:and|but|so|yet|though|although|because|since|which|however|while|whereas|among .{1,20}|still|hence|therefore)[, ]+)*(?:it|its|this|that|these|they|which|who|both|neither|none of|not|nor|no|never|can|cannot|could|does|do|did|is|are|was|would|should|must|might|may|will|need|has|have|had|lacks?|fits|explains|without|with no|nothing)\b/;
const givenUp =
  /\b(?:drops? out|ruled out|excluded|can go|put aside|set aside|off the list|off the table|no sign of|not mentioned|not (?:\w+ )?(?:reported|described|here)|not the case|is absent|is missing)\b|不符|排除|没有提到|没有|无关/;

/** What a clause without an option says of those of the clause before it: all if it goes on about them, else little. */
function ofTopic(clause: string, isException: Exception | undefined, isSame: boolean): number {
  if (/^[;:,. ]*(?:(?:and|but|so|hence|therefore)[, ]+)?(?:among .{1,24} )?(?:this|that|it)(?: is|'s) (?:what|the one|the only|the best|the drug|the test|why|where|how)\b/.test(clause)) return 1.5;
  const worth = worthOf(` ${clause} `, isException);
  const own = theirs.test(clause) || /\p{Script=Han}/u.test(clause);
  if (!own) return givenUp.test(clause) ? -1.5 : 0;
  return worth > 0 ? Math.min(1, worth) : isSame ? worth : worth / 2;
}

type Weights = Map<string, { total: number; best: number; worst: number; span: readonly [number, number] }>;

function add(weights: Weights, letter: string, worth: number, span: readonly [number, number]): void {
  const old = weights.get(letter) ?? { total: 0, best: 0, worst: 0, span };
  weights.set(letter, {
    total: old.total + worth,
    best: Math.max(old.best, worth),
    worst: Math.min(old.worst, worth),
    span: worth > 0 ? span : old.span,
  });
}

const boundary =
  /[;；]|,? (?:but|yet|while|whereas|although|though|because|since|so|however|and so)\b,?|, (?=(?:which|and (?:it|this|that|he|she|is|has|does)\b|not |nor |neither ))| - |, (?=(?:with the|provided|assuming|unless|if|until|as long|even if|as far|at least|keeping|bearing|pending|given|perhaps|in case|where)\b)| \((?=[a-z])|[,，](?=[^,，]{0,3}(?:但|不过|而|因此|所以|故|若|如果|需|仍|前提))|:(?= )|$/gi;

/** A clause that only limits what stands before it. */
const caveat = /^,? ?\(?(?:with the|provided|assuming|unless|if|until|as long|even if|as far|at least|keeping|bearing|pending|perhaps|in case|though|although|若|如果|前提|需)(?!.{0,12}‹)/i;

function clausesOf(sentence: string, start: number): { from: number; to: number }[] {
  const clauses: { from: number; to: number }[] = [];
  let from = 0;
  for (const found of sentence.matchAll(boundary)) {
    if (found.index < from) continue;
    if (sentence.slice(from, found.index).trim() !== "") clauses.push({ from: start + from, to: start + found.index });
    // The joining word stays with what follows it: "but" and "so" bear on its sense.
    from = found.index;
  }
  return clauses.map(({ from: one, to }, at) => ({ from: one, to: clauses[at + 1]?.from ?? to }));
}

/** The words of a clause that bear on one option, which is "‹x›" in them and the others "‹o›". */
function contextOf(text: string, from: number, to: number, own: readonly NamedOption[], letter: string): string {
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

const X = "(?:(?:the|an?|option|use of|diagnosis of|acute|oral|serum|this|is|be|of|only|start|give) )*‹x›";

/** Words by which an option is taken; the option is "‹x›". */
const strong: readonly RegExp[] = [
  new RegExp(`\\b(?:so|hence|thus|therefore|that leaves|this leaves|leaving|leaves only|only|which is|that is|that's|it's|this is|it is|it must be|must be|points? (?:clearly |strongly )?(?:to|towards?)|suggests?|favou?rs?|in favou?r of|confirms|clinches|settles (?:it |the matter )?(?:in favou?r of|for)|diagnosis(?: here)? (?:is|of)|answer (?:is|would be|must be)|pattern of|picture of|typical of|classic (?:of|for)|hallmark of|consistent with|in keeping with|means|indicates?|(?:first|best|usual|standard|right|correct) (?:\\w+ ){0,4}(?:is|would be|was)|comes? (?:out )?(?:to|at)|gives|treatment (?:of choice )?is|drug (?:of choice )?is|start with|choose|i read .{1,20} as|i would (?:give|start|choose|order|do|take))[,:]? (?:clearly |therefore |then |about |roughly |most likely |probably )*${X}`),
  /‹x›[^‹]{0,25} (?:is|are|remains?|seems|would be|has to be|must be|comes?|was) (?:clearly |therefore |thus |then |by far |still |also |probably |surely |considered |the )*(?:the answer|answer|best|most (?:likely|probable|typical|characteristic|often|helpful|useful|appropriate|common|specific|consistent)|likeliest|first|right|correct|treatment of choice|drug of choice|test of choice|choice|one (?:that|which)|only|standard|what|leading|classic|key|culprit|usual|commonest|next|diagnostic|preferred|indicated|recommended)\b/,
  /‹x›[^‹]{0,12} (?:fits|explains|accounts for|matches|covers|ties|does\b(?! not)|it is|alone|confirms|causes most|works best|follows\b|first\b)/,
  /[=≈] ?‹x›/,
  /^ ?: ?(?:an? |the )?‹x› ?[.!]? ?$/,
  /‹x›[^‹]{0,12} is (?:where|what|the one|how|why)\b/,
  /\b(?:most|more) (?:likely|probable|probably)\b(?!.{0,40}‹o›)/,
  /\bbest\b|\bmost likely\b|\b(?:until|unless) (?:shown|proven) otherwise|\bof choice\b|\bby far\b|\bfirst[- ]line\b|\bfirst (?:treatment|step|choice|test|drug)|\bgold standard\b|\bclassic\b|\bsignature\b|\bmainstay\b|\babsolute\b|\bit it is\b/,
  /‹x› it (?:is|must|has)/,
  /(?:首选|最可能|可能性最大|可能性大|考虑(?:为|诊断)?|诊断为|提示|指向|符合|支持|特征|特点|确诊|应为|即|就是|关键)[^,，;。不]{0,14}‹x›|‹x›[^,，;。‹不]{0,10}(?:可能性(?:最)?大|最(?:为)?(?:符合|可能|合适|有助|直接)|的特征|的特点|可(?:以)?(?:确诊|诊断|解释)|符合|首选|典型)|(?:办法|方法|选择)是[^,，;。]{0,6}‹x›|多为[^,]{0,4}‹x›/,
];
/** Words of a positive statement. */
const mild =
  /‹x›[^‹]{0,30} (?:is an?|are|treats?|causes?|lowers?|raises?|blocks?|inhibits|binds|relieves|controls|reduces|prevents|shows?|sees|acts|works|protects?|does|helps?|is used|is given|responds?|follows?|makes?)\b|\b(?:due to|because of|caused by|comes from|arises from|from|with|by|to) ‹x› ?[.,]? $|由‹x›|可‹x›|用‹x›/;
/** Words by which an option is given up. */
const out =
  /\b(?:rul\w+ out|exclud\w+|eliminat\w+|reject\w*|dismiss\w*|discard\w*|drops? out|can go|falls (?:away|with)|off target|off the table|out of the question|no (?:place|part|role|reason|sign|use|business|need)|nothing to do|nothing (?:here )?(?:connects|to)|different (?:altogether|question|picture|disease|matter)|wrong|opposite|irrelevant|unlikely|improbable|implausible|less likely|not (?:fit|explain|the|be|right|what|how|typical|how|a |an |one|on the list|help|reported|with|isn)|do(?:es)? not|cannot|can not|is not|are not|was not|would not|could not|will not|makes little sense|argues? against|speaks? against|second possibility|odd\b|inconsistent|incompatible|absent|too (?:long|late|slow|fast|much|little|early|high|low|small|big|large|short|far|rare)|(?:is|are) out\b|neither|nothing of|would be (?:wrong|odd|late|unusual|too|a mistake)|never|no better|useless|in vain|distractor|error|mistake|inverse|tenfold|red herring|tempting|explains? nothing|means nothing|no (?:help|advantage|relation|victim|sense|bearing|match|effect|hold)|(?:of )?no use|misses the point|put aside|set aside|hardly (?:been|any|ever)|makes no|careless|perverse|innocent|(?:is|are) for (?:chronic|fast|people|those)|goes away|beside the point|not matter|negligent|injure)\b|不符|不支持|不考虑|排除|不能|不会|不解释|难以解释|不是|不大|没有|无关|相反|不符合|帮助不大|看不到|却不|太快|太慢|而非|并非|不足|不需/;
/** Words that only place an option somewhere else or weaken it. */
const weak =
  /\b(?:not|no|none|nor|without|lacks?|rather|instead|would(?! be the| be first| start| choose| give)|less|misses|belongs? to|(?:is|are) for|goes with|marks|seen in|(?<!at )once|lies|sits|regarded as safe|as well|too|come from|comes from|second|stands? for|for prevention|late|risks?|dangerous|harm\w*|culprit|was tried|first (?:idea|thought|hunch|guess)|reflex|mimic|initially|older|obsolete|another|other|elsewhere|hardly|barely|slowly|afterwards|later on|until|alone|never|however|although|though|yet)\b|也|多伴|多见于|多用于|用于|以.{1,12}为主|但/;
/** Words that hedge. */
const hedged = /\b(?:might|could|may|also|only|perhaps|sometimes|usually|typically|harder|needs?|but)\b|可能/;
/** Where the question asks for what harms or is false: words that speak for the option. */
const harm =
  /contraindicat|unsafe|harm|danger|avoid|worse|worsen|wrong|ineffective|not effective|not (?:be )?(?:given|used|safe|cause|recommended|associated)|exception|odd one|precipitat|risk|feared|teratogen|lowers|prohibit|forbid|must (?:not|wait)|live virus|block|禁用|禁忌|慎用|不宜|不应|除外/;
const harmless =
  /\b(?:safe|safely|fine|allowed|permitted|tolerated|acceptable|standard treatment|is an? (?:\w+ )?cause|commonest|does[,.]|does so|causes? it|raises?|harmless|innocent|effective(?!ly not)|recommended|neither harm)\b|安全|可用|可以|有效|不算/;

function worthOf(said: string, isException: Exception | undefined): number {
  if (isException !== undefined) {
    if (/ruled out|excluded|drops? out|can go\b|not the (?:answer|exception)|can(?:not| not) be (?:right|meant)|falls with|排除/.test(said)) return -2;
    if (/\b(?:not (?:contraindicat|harm|dangerous|unsafe|matter|affect)|neither harm|no (?:problem|objection)|not a (?:problem|reason))|不算|不是禁/.test(said)) return -2;
    if (harm.test(said) || (isException === "false" && /\b(?:do(?:es)? not|not (?:a|an|associated|seen|typical|cause)|never|lowers? it|suggests)\b|不(?:引起|会|能|属于|是)/.test(said))) return 2;
    if (harmless.test(said)) return -1.5;
    return /exception|answer|\b(?:so|therefore|hence|thus)\b|故|因此/.test(said) ? 1.5 : 0;
  }
  const rather = /(?:rather than|instead of|other than|not|unlike|before|than(?: for| with| to)?|as opposed to|而非|不是) (?:(?:for|with|to|the|an?|by|of) )*‹x›/.test(said);
  if (rather) return -1.5;
  // What is denied of something else before "but" or "rather than" says nothing of the option.
  const own = said.replace(/,? (?:rather than|instead of|and not|not by|not for|as opposed to)\b(?:(?!‹x›).)*$/, " ");
  if (/\bnot (?:only|just|wait|perfectly|entirely|wholly|fully|always|necessarily|be delayed|surprising)|no doubt|not prove|cannot (?:yet )?(?:be )?(?:rule|exclude)|hard(?:er)? to (?:rule|dismiss)|不能完全除外|falsely negative/.test(own)) return strong.some((one) => one.test(own)) ? 1.5 : 0;
  if (out.test(own)) return /‹o›/.test(own) && !new RegExp(`‹x›[^‹]*${out.source}`).test(own) ? -0.75 : -2;
  if (/^ ?,? ?(?:so|hence|thus|therefore)\b(?! do| does| is| are| too)/.test(own) && !weak.test(own)) return 2.5;
  const isStrong = strong.some((one) => one.test(own));
  if (isStrong) return weak.test(own) ? 1.5 : 2.5;
  if (weak.test(own)) return -0.75;
  if (/^ ?[;,.]? ?‹x› (?:for|with|in) |\bassociate with|‹x› is an? [^‹]{3,30} (?:for|of) |‹x› [^‹]{0,24}is used in |‹x› (?:is|are) (?:reasonable|fine|useful|helpful) (?:but|in|for|when|if)/.test(own)) return 0;
  if (hedged.test(own)) return 0.2;
  return mild.test(own) ? 0.5 : 0.25;
}

/** What is asked for: what harms, or what is not so. */
type Exception = "harmful" | "false";

/** Whether the question asks for what is harmful, or for what is false or left out. */
function asksForException(stem: string): Exception | undefined {
  const asked = splitSentences(foldWidth(stem)).at(-1)?.text ?? stem;
  if (
    /\b(?:contraindicat\w*|avoid(?:ed)?|must (?:\w+ )?not|(?:should|may|can)(?: \w+)? not be|wrong|ineffective|unsafe|harmful|worsen\w*|dangerous|concern|stop(?:ped)?)\b|禁忌|禁用|不宜|慎用|避免/i.test(asked)
  )
    return "harmful";
  return /\b(?:not|except|exception|least|false|incorrect|untrue|never|unlikely)\b|除外|错误|不(?:是|属于|符合|正确|会)/i.test(asked)
    ? "false"
    : undefined;
}
