/**
 * Conversions told in words: "I express 4 g as 400 mg", "one kilopascal is ten millimetres of mercury", "44 lb come out
 * as 24 kg", "1000 μg(也就是10 mg)", "154 lb, multiplied by 2.2, are 338.8 kg", "that is about 6.2 mmol/L".
 *
 * Two quantities of one kind in different units with nothing between them but words that set them equal. Words that as
 * well tell a choice, a spread or a change ("or", brackets, "so", a new sentence) count only where nothing but a slip
 * explains the numbers: off by a power of ten, or units between which nobody counts by heart (pressure, temperature,
 * moles, pounds). Signs of equality are the business of conversions.ts, where this would say the same twice.
 */
import { isOfAnother, type Pair, substanceAt, substancesIn, wrong } from "./conversions.ts";
import { kindOf, type UnitFault, unitText } from "./kinds.ts";
import type { NamedReading } from "./readings.ts";
import { figuresOf, quantitiesOf, type Stated } from "./spelled-quantities.ts";
import { convert, type Substance } from "./ucum.ts";

const hedge =
  "(?:\\s*(?:about|approximately|approx\\.?|roughly|around|nearly|almost|some|circa|ca\\.|just(?: over| under)?|only|exactly|precisely|simply|merely|also|thus|therefore|then|indeed|really|actually|of course|in fact|close to|a little (?:over|under)|not quite|~|≈|大约|约|近|将近|差不多|正好|恰好|刚好|大概|仅|整|等于是|是|为|成)(?![A-Za-z]))*\\s*";
const subject =
  "(?:(?:which|that|this|it|these|those|they|both|the (?:same|whole|result|value|figure|latter|former|equivalent|dose|amount|total))\\s+)?";
const adverb =
  "(?:(?:in turn|in effect|in practice|then|thus|therefore|hence|so|also|simply|actually|really|after all|of course|by definition|would|will|should|must|can|may|has to|have to|ought to|be|is|are|was|were|to|then)\\s+)*";

/** Words that say nothing but that two things are equal. */
const equalWords =
  "(?:we|you|one|people|many|some) (?:call|write|read|count as|know as|treat as|take as)|(?:is |are )?called|equals?|equalled|equal to|equaling|equalling|as much as|the same(?: amount| thing| value| volume| dose| pressure)?(?: as)?|identical (?:to|with)|equivalent to|tantamount to|corresponds? (?:to|with)|corresponding to|represents?|representing|means?|meaning|stands? for|standing for|denotes?|signif(?:y|ies)|(?:is|are|being) worth|amounts? to|amounting to|comes? (?:out |up |down )?(?:to|as|at)|came (?:out )?(?:to|as|at)|coming (?:out )?(?:to|as|at)|works? out (?:to be|to|as|at)|worked out (?:to|as|at)|turns? (?:into|out to be|out as)|translates? (?:to|into|as)|translating (?:to|into)|transforms? (?:to|into)|converts? (?:to|into)|converted,?(?: (?:to|into|is|gives))?|converting (?:to|into)|becomes?|becoming|equates? (?:to|with)|makes? (?:up )?|making|gives? us|gives?|giving|yields?|yielding|reads?|goes? (?:in)?to|boils? down to|reduces? to|resolves? to|maps? (?:on)?to|expressed (?:as|in)|written (?:out )?(?:as|in)|rendered as|read as|known as|counted as|taken as|i\\.?e\\.?,?|that is(?: to say)?,?|that's|or rather|in other words,?|put (?:differently|another way),?|to put it (?:differently|another way),?|namely,?|viz\\.?,?|aka|a\\.k\\.a\\.|=|≈|≅|≙|:=|holds?|contains?|has|have|comprises?|consists? of|is made (?:up )?of|is composed of|is defined as|is nothing (?:but|other than|else than)|is no (?:more|less|other) than|is simply|goes by the name of|rounds to";
const isWords = "is|are|was|were|be|being|'s|would be|will be|must be|should be|has to be";
const looseWords = "or(?: else)?|so|hence|thus|therefore|→|->|=>|⇒|aka";
const hanEqual =
  "也?就是说?|也?即是?|亦即|即为|等于(?:是)?|相当于|约?相等于|约合|折合(?:成|为)?|合(?=\\s*\\d)|约?折(?:算)?(?:成|为|合)?|换算(?:成|为|后|过来|下来)?(?:就?是|为|得|等于|约)?|换成|化成|化为|变成|变为|转换(?:成|为)|转成|转为|折成|写成|写作|记为|记作|表示为|等同于|意味着|代表|对应(?:于|的是|着)?|约?等于|约?为|约?是|便是|乃|正是|共(?=\\s*\\d)|共有|含有?|计(?=\\s*\\d)|合计|共计|算作|按(?=\\s*\\d+[^。]{1,8}[算计])|视为|当作|看作|当成|得到?|得出|有|=|≈";
const hanLoose = "或者?|所以|因此|故|→|、即";

const operation =
  "(?:,?\\s*(?:(?:when |if |once |is |are |and |then )?(?:multiplied|divided|multiply|divide)(?: it)? by|times|over|[×x*·÷/]|乘以|乘上?|除以|再?除以|再?乘以)\\s*[\\d.,]*\\d)";
const noun =
  "(?:\\s*(?:\\([^()\\d]{1,25}\\)|of (?:the |a |an |elemental )?[\\p{L}-]+(?: [\\p{L}-]+)?|dose|bolus|reading|value|pressure|the drug))?";

const between = {
  equal: new RegExp(
    `^${noun}\\s*[,;:(（；、—–-]*\\s*(?:and\\s+|so\\s+|all\\s+|both\\s+)?(?:(?:expressed |or |and |given |measured )?in \\p{L}+(?: units| terms| degrees| money)?,?|${subject}${adverb}(?:${equalWords})(?=[\\s\\d,:(]|$))${hedge}(?:the same as |equal to |equivalent to |worth |as )?${hedge}[:(]?\\s*$`,
    "iu",
  ),
  is: new RegExp(`^${noun}\\s*[,;—–-]*\\s*(?:and\\s+|so\\s+)?${subject}(?:${isWords})(?=\\s)${hedge}$`, "iu"),
  loose: new RegExp(
    `^${noun}\\s*(?:[,;—–-]*\\s*(?:${looseWords})(?:\\s+(?:${subject}(?:${isWords}|makes?|gives?)))?(?=[\\s\\d]|$)${hedge}(?:the |a )?|\\s*[(（\\[][^()\\d]{0,3}?)$`,
    "iu",
  ),
  hanEqual: new RegExp(
    `^\\s*[\\p{Script=Han}]{0,4}?[,;:(；、—-]*\\s*(?:这|那|它)?(?:也|便|就|则|应|可|都|大)?(?:${hanEqual})(?:[\\p{Script=Han}]{1,5}?)?${hedge}[)(]?\\s*$`,
    "u",
  ),
  hanLoose: new RegExp(`^\\s*[,;:(；—-]*\\s*(?:${hanLoose})${hedge}[)(]?\\s*$`, "u"),
  // A new sentence that goes on from the last quantity.
  anaphora: new RegExp(
    `^[^\\d.。]{0,40}[.。;；](?:\\s|(?=\\p{Script=Han}))[^\\d.。]{0,60}(?:\\b(?:that|this|which|it)(?: (?:is|would be|makes|comes to|corresponds to|amounts to|equals|means|works out (?:at|as|to))|'s)|(?:这|也|那)?(?:就是|即|相当于|等于|约合|合|折合))${hedge}$`,
    "iu",
  ),
};
/** A verb before the first quantity that turns it into the second: "express 4 g as". */
const turning =
  /(?:express|writ|convert|chang|turn|transform|render|restat|translat|rewrit|treat|regard|tak|read|call|put|switch|bring|mov|reduc|expand|record|note|enter|chart|document|count|consider)\w*(?:\s+(?:the|this|that|these|those|his|her|their|our|a|an|dose|doses|weight|height|volume|value|reading|level|amount|of|out|up|first|back|all|it))*\s*$/i;
const turned =
  /^(?:\s+(?:of [\p{L}-]+|dose|first))?\s*,?\s*(?:as|to|into|in(?:to)?|down to|up to|over to)\s+(?:about |roughly |just )?$/iu;
const definedIn = /^(?: of [\p{L}]+)?\s*(?:in|to|for|per|inside|within)\s*(?:the\s*)?$/iu;
const hanTurning = /(?:把|将)[^,;。；\d]{0,6}$/u;

/** What stands before a quantity that is only a part of what is meant. */
const partial =
  /(?:\b(?:half|third|quarter|tenth|twice|double|triple|thrice|times|percent|per|by|from|between|each of|every|plus|minus|another|extra|remaining|than|not)|\d\s*%|[×x*+÷/<>≤≥]|\d\s*-|(?:tablets?|vials?|doses?|ampoules?|ampules?|bags?|bottles?|packs?|cups?|puffs?|boluses|injections|\d)\s+of|[倍乘加减除每过超低高于不非]|一半)(?:\s+of)?(?:\s+(?:the|a))?\s*$/iu;
const goesOn =
  /^\s*(?:[×x*÷/](?!\S*\()|[-–]\s?\d|\+|per\b|each\b|every\b|times\b|twice|thrice|daily|a day|(?:too )?(?:less|more|fewer|lower|higher|shorter|longer|heavier|lighter|taller|deeper|wider|smaller|larger|bigger)\b|above|below|apart|away|of (?:\d|the\b)|较|更|以上|以下|以内|每|\/)/iu;

const timed = /^\s*(?:later|earlier|before|after|ago|old|from)\b|^\s*[前后内]/i;

interface Link {
  readonly claim: "equal" | "is" | "loose";
  readonly isCalculated: boolean;
}

/** Conversions told in words that are wrong, and that the question does not tell so. */
export function toldConversionFaults(
  text: string,
  readings: readonly NamedReading[],
  given: string,
): readonly UnitFault[] {
  const faults: UnitFault[] = [];
  const pairs = [...linked(text)];
  if (pairs.length === 0) return [];
  const substances = substancesIn(given);
  const isTold = new Set([...linked(given)].map(({ left, right }) => keyOf(left, right)));
  for (const { left, right, link } of pairs) {
    if (isTold.has(keyOf(left, right))) continue;
    const says = judged(text, left, right, link, readings, substances);
    if (says === undefined) continue;
    const end = text[right.end] === ")" ? right.end + 1 : right.end;
    faults.push({ start: left.start, end, says });
  }
  return faults;
}

const keyOf = (left: Stated, right: Stated): string =>
  `${left.value} ${left.unit} ${right.value} ${right.unit}`;

function* linked(
  text: string,
): Generator<{ readonly left: Stated; readonly right: Stated; readonly link: Link }> {
  const all = quantitiesOf(text);
  for (let i = 0; i + 1 < all.length; i++) {
    const [left, right] = [all[i] as Stated, all[i + 1] as Stated];
    // "半小时是0.3小时", "5 ft 4 in make 54 in"
    const isInWords = left.isCompound === true || /\p{L}/u.test(text[left.start] as string);
    if ((left.unit === right.unit && !isInWords) || right.start - left.end > 130) continue;
    const link = linkBetween(text, left, right);
    if (link !== undefined) yield { left, right, link };
  }
}

function linkBetween(text: string, left: Stated, right: Stated): Link | undefined {
  const before = text.slice(Math.max(0, left.start - 60), left.start);
  const after = text.slice(right.end, right.end + 20);
  if (partial.test(before) || goesOn.test(after)) return undefined;
  if (kindOf(right.unit) === "time" && timed.test(after)) return undefined;
  let gap = text.slice(left.end, right.start);
  const steps = new RegExp(`^${noun}((?:${operation}|\\s*[+]\\s*\\d+)+)\\s*,?`, "iu").exec(gap);
  const isCalculated = steps !== null;
  if (isCalculated) {
    gap = gap.slice(steps[0].length);
    // What comes of it has to be the number itself, or the calculation may be of something else.
    if (!agrees(left.value, steps[1] as string, right.value)) return undefined;
  }
  if (/\d/.test(gap.replace(/\([^()]*\)/g, ""))) return undefined;
  if (
    right.isOne &&
    definedIn.test(gap) &&
    /\bthere (?:are|is)\b[^.]{0,20}$|\b(?:we|you|one) (?:have|has|count|get)s?\s*$/i.test(before)
  )
    return { claim: "equal", isCalculated };
  if (right.isOne && /^\s*(?:make|makes|form|give|go into|fit in(?:to)?|add up to)\s*$/i.test(gap))
    return { claim: "equal", isCalculated };
  if (turned.test(gap) && turning.test(before)) return { claim: "equal", isCalculated };
  if (hanTurning.test(before) && between.hanEqual.test(gap)) return { claim: "equal", isCalculated };
  if (between.equal.test(gap) || between.hanEqual.test(gap)) {
    // "(有", "has": the smaller in the larger only where a unit is defined.
    if (/\b(?:holds?|contains?|has|have)\b|含|有/.test(gap) && (!left.isOne || /\bof\b/.test(gap)))
      return undefined;
    return { claim: /[(（]/.test(gap) && !/[\p{L}=≈]/u.test(gap) ? "loose" : "equal", isCalculated };
  }
  if (between.is.test(gap)) return { claim: "is", isCalculated };
  if (between.loose.test(gap) || between.hanLoose.test(gap)) {
    if (/\bor\b|或/.test(gap) && /\b(?:either|whether|between)\b/i.test(before)) return undefined;
    return { claim: "loose", isCalculated };
  }
  if (between.anaphora.test(gap)) return { claim: "loose", isCalculated };
  return isCalculated && /^[\s,]*$/.test(gap) ? { claim: "is", isCalculated } : undefined;
}

function agrees(value: number, steps: string, result: number): boolean {
  let now = value;
  for (const step of steps.matchAll(/([^\d.]*)([\d.,]*\d)/g)) {
    const by = Number((step[2] as string).replaceAll(",", ""));
    if (/\+/.test(step[1] as string)) now += by;
    else if (/multipl|times|[×x*·乘]/i.test(step[1] as string)) now *= by;
    else now /= by;
  }
  return Math.abs(now - result) <= 0.02 * Math.abs(result);
}

function judged(
  text: string,
  left: Stated,
  right: Stated,
  { claim, isCalculated }: Link,
  readings: readonly NamedReading[],
  substances: readonly Substance[],
): string | undefined {
  const about = /about|around|roughly|approx|nearly|almost|some|约|近|差不多|大概|≈|~/.test(
    text.slice(left.end, right.start),
  );
  if (isOfAnother(text, left.start, right)) return undefined;
  const pair: Pair = {
    left,
    right,
    claim: claim === "loose" ? "is" : claim,
    about,
    start: left.start,
    value: left.value,
  };
  const plain = convert(left.unit, left.value, right.unit);
  const isValence = isEquivalents(left.unit) !== isEquivalents(right.unit);
  const own = plain !== undefined || isValence ? undefined : substanceAt(text, pair, readings);
  const [only, ...others] = substances;
  const substance = own ?? (others.length === 0 ? only : undefined);
  if (isValence) return undefined;
  const says = wrong(pair, substance);
  if (says === undefined) return timeFault(pair, plain, claim);
  if (claim === "equal" || isCalculated) return says;
  const kind = kindOf(left.unit);
  const isFixed =
    plain === undefined ||
    kind === "pressure" ||
    kind === "temperature" ||
    /\[(?:lb|in|ft)/.test(`${left.unit}${right.unit}`);
  const exact = plain ?? (substance && convert(left.unit, left.value, right.unit, substance));
  if (exact === undefined || exact === 0 || right.value === 0) return undefined;
  const power = Math.log10(exact / right.value);
  const isSlip = Math.abs(power - Math.round(power)) < 0.01 && Math.round(power) !== 0;
  if (claim === "is" && left.isOne) return says;
  if (claim === "is") return isFixed || isSlip || plain === undefined ? says : undefined;
  if (isFixed) return says;
  return isSlip && figuresOf(left.digits) > 0 ? says : undefined;
}

/** conversions.ts passes times that only "are" each other; of a unit of time and its fraction nothing else is meant. */
function timeFault(pair: Pair, exact: number | undefined, claim: Link["claim"]): string | undefined {
  if (exact === undefined || kindOf(pair.left.unit as string) !== "time" || claim === "loose")
    return undefined;
  const off = Math.abs(exact - pair.right.value);
  const isCalendar = /^(?:a|mo|wk|d)$/.test(pair.left.unit as string);
  if (isCalendar || off <= Math.max(exact * 0.05, 0.5 * 10 ** -pair.right.decimals)) return undefined;
  const [from, to] = [pair.left.unit as string, pair.right.unit as string];
  return `${pair.value} ${unitText(from)} is ${Number(exact.toPrecision(4))} ${unitText(to)}, not ${pair.right.digits} ${unitText(to)}`;
}

const isEquivalents = (unit: string): boolean => /^m?u?eq\b/.test(unit);
