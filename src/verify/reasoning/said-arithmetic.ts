/**
 * Arithmetic that is said rather than written with signs: shares ("12 of 48 patients (25%)"), changes ("from 80 to
 * 100, i.e. by 25%"), doses by the day, verbs ("subtracting 124 from 140 gives 16"), in English and Chinese.
 *
 * Each form states all of its numbers close together. A form is judged only where nothing else could be meant: a
 * percentage followed by "vs" or "of", a second number in between, or another denominator leaves it unjudged.
 */
import { recompute } from "./recompute.ts";
import { asPrinted, standsFor } from "./rounding.ts";

export interface SaidArithmetic {
  readonly start: number;
  readonly end: number;
  readonly holds: boolean;
  /** "12 of 48 is 25%, not 30%" */
  readonly shouldBe: string;
}

// Not inside a word, a decimal, a range or a ratio.
const N = String.raw`(?<![\p{Script=Latin}\d.,:/^-])(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?![\d:]|,\d|\.\d|-\d)`;
const count = String.raw`(?<![\p{Script=Latin}\d.,:/^<>≤≥-])(?:\d{1,3}(?:,\d{3})+|\d+)(?![\d.:/-])`;
const P = String.raw`(?<p>\d+(?:\.\d+)?)\s?(?:%|percent\b|per cent\b)`;
const hedge = String.raw`(?<about>about|approximately|approx\.?|roughly|around|nearly|almost|~|≈|约|大约)?\s*`;
const unit = String.raw`(?:\s?(?:mg|g|kg|mcg|µg|μg|mL|L|dL|mmol|mEq|mmHg|mm Hg|bpm|ng|U|IU|units?|points?|cm|mm|m|ms|years?|days?|weeks?|months?|hours?|minutes?|lbs?|cases?|patients?|tablets?|岁|天|例|次|分)(?:\/[\p{L}]+[²2]?)*(?![\p{L}]))?`;
const percentEnd = String.raw`(?!\s?(?:of|vs\.?|versus|and|compared|confidence|CI|to|in|与|和|至|or|\/|-)\b|\s?[-–/±])`;

type Named = Readonly<Record<string, string | undefined>>;
interface Form {
  readonly pattern: RegExp;
  /** A cheap test without which the pattern cannot match: most texts fail it. */
  readonly needs: RegExp;
  /** What it should be, what is printed, and how that is said; nothing where it is not to be judged. */
  readonly judge: (said: Named) => Outcome | undefined;
}
interface Outcome {
  readonly exact: readonly number[];
  readonly printed: string;
  readonly about?: boolean;
  readonly say: (exact: string) => string;
}

const value = (text: string | undefined): number => Number((text ?? "").replaceAll(",", ""));
const form = (needs: RegExp, source: string, judge: Form["judge"]): Form => ({
  needs,
  pattern: new RegExp(source, "giu"),
  judge,
});

/** A share in percent of `a` in `n`. */
function share(said: Named): Outcome | undefined {
  const a = value(said["a"]);
  const n = value(said["n"]);
  if (!(n > 0) || a > n || n < 2) return undefined;
  return {
    exact: [(recompute(`(${a})/(${n})`) as number) * 100],
    printed: said["p"] as string,
    ...(said["about"] && { about: true }),
    say: (exact) => `${said["a"]} of ${said["n"]} is ${exact}%, not ${said["p"]}%`,
  };
}

/** A change in percent from `a` to `b`. */
function change(said: Named): Outcome | undefined {
  const a = value(said["a"]);
  const b = value(said["b"]);
  if (!(a > 0) || a === b) return undefined;
  const percent = Math.abs(recompute(`((${b})-(${a}))/(${a})*100`) as number);
  const isOfPercent = said["ua"]?.includes("%") || said["ub"]?.includes("%");
  return {
    // Between two percentages, points may be meant.
    exact: isOfPercent ? [percent, Math.abs(b - a)] : [percent],
    printed: said["p"] as string,
    ...(said["about"] && { about: true }),
    say: (exact) => `from ${said["a"]} to ${said["b"]} is a change of ${exact}%, not ${said["p"]}%`,
  };
}

/** A change in the unit itself. */
function difference(said: Named): Outcome {
  const exact = Math.abs(recompute(`(${value(said["b"])})-(${value(said["a"])})`) as number);
  return {
    exact: [exact],
    printed: said["d"] as string,
    ...(said["about"] && { about: true }),
    say: (right) => `from ${said["a"]} to ${said["b"]} is ${right}, not ${said["d"]}`,
  };
}

function calculation(sign: string, first: "a" | "b", verb: string): Form["judge"] {
  return (said) => {
    const second = first === "a" ? "b" : "a";
    const exact = recompute(`(${value(said[first])})${sign}(${value(said[second])})`);
    if (exact === undefined) return undefined;
    const shown = `${said[first]} ${verb} ${said[second]}`;
    return {
      exact: [exact],
      printed: said["c"] as string,
      ...(said["about"] && { about: true }),
      say: (right) => `${shown} is ${right}, not ${said["c"]}`,
    };
  };
}

const timesADay: Readonly<Record<string, number>> = {
  "once daily": 1,
  "twice daily": 2,
  "two times daily": 2,
  "two times a day": 2,
  "twice a day": 2,
  "two times per day": 2,
  bid: 2,
  "b.i.d.": 2,
  "three times daily": 3,
  "three times a day": 3,
  "three times per day": 3,
  "thrice daily": 3,
  tid: 3,
  "t.i.d.": 3,
  "four times daily": 4,
  "four times a day": 4,
  "four times per day": 4,
  qid: 4,
  "q.i.d.": 4,
};

/** "500 mg every 8 hours, a total of 1500 mg per day" */
function byTheDay(said: Named): Outcome | undefined {
  const often = (said["often"] ?? "").toLowerCase().replace(/\s+/g, " ");
  const hours = /(?:every|q)\s?(\d+)/.exec(often)?.[1];
  const times = hours === undefined ? timesADay[often] : 24 / Number(hours);
  if (times === undefined || said["ua"] !== said["ub"]) return undefined;
  const exact = recompute(`(${value(said["a"])})*(${times})`);
  if (exact === undefined) return undefined;
  return {
    exact: [exact],
    printed: said["c"] as string,
    say: (right) =>
      `${said["a"]} ${said["ua"]} ${said["often"]} is ${right} ${said["ua"]} a day, not ${said["c"]}`,
  };
}

const often = String.raw`(?<often>once daily|twice daily|two times daily|two times (?:a|per) day|twice a day|three times daily|three times (?:a|per) day|thrice daily|four times daily|four times (?:a|per) day|BID|b\.i\.d\.|TID|t\.i\.d\.|QID|q\.i\.d\.|(?:every |q)\s?(?:4|6|8|12)\s?(?:hours|h|hrs))`;
const gives = String.raw`\s*(?:,\s*)?(?:(?:we|you|I)\s+(?:get|obtain|have)|gives?(?: us)?|giving|yields?|equals?|is|results in|leaves?|leads to|which (?:is|gives|equals)|makes|to (?:get|give|obtain|yield)|=|≈)\s+`;
const label = String.raw`(?:\s+\((?:[^()\d]{1,25})\))?`;
const words = String.raw`(?:[\s-]+(?!of\b|vs\b|versus\b|and\b|to\b|from\b|or\b)[\p{L}'-]+)`;
const rise = String.raw`(?:increas\w*|ris(?:e|es|en|ing)|rose|grew|grow\w*|climb\w*|gain\w*|decreas\w*|fell|fall\w*|drop\w*|declin\w*|reduc\w*|lower\w*|improv\w*|went|goes|go|going|chang\w*|shr\w+|dip\w*|elevat\w*)`;
const from = String.raw`from\s+(?<a>${N})(?<ua>\s?%|${unit})\s+to\s+(?:a (?:peak|nadir|level|value) of\s+)?(?<b>${N})(?<ub>\s?%|${unit})`;
const link = String.raw`\s*(?:,|;|—|；|\(|,?\s+which)?\s*(?:i\.e\.,?|that is,?|or|is|meaning|representing|corresponding to|so|=|equals|equivalent to|which is|a|an)?\s*(?:by|an?|of|the|=)?\s*(?:(?:relative\s+)?(?:increase|decrease|rise|fall|drop|reduction|decline|change|gain|loss|improvement)\s+of\s+)?`;

const forms: readonly Form[] = [
  // 12/48 (25%), 12 of 48 patients (25%), 12 out of 48, or 25%
  form(
    /%|percent|per cent/i,
    String.raw`(?<![×*·÷/+]\s{0,2})(?<a>${count.replace("(?![\\d.:/-])", "(?![\\d.:-])")})(?:\s?\/\s?|\s+(?:of|out of|among)\s+(?:the\s+|all\s+|a total of\s+)?)(?<n>(?:\d{1,3}(?:,\d{3})+|\d+)(?![\d.:/-]|,\d))${words}{0,6}\s*(?:\(|\[|,\s*(?:or|i\.e\.,?|that is,?|which is|representing|equivalent to|corresponding to|for a (?:rate|proportion|share) of)\s+|;\s*|=\s*|\s+(?:is|represents?|constitutes?|corresponds to|equals|makes(?: up)?|amounts to)\s+)${hedge}(?:only\s+)?${P}${percentEnd}`,
    share,
  ),
  // 25% (12/48), 25% (12 of 48)
  form(
    /%[^()]{0,2}\([^()]*\d\s*(?:\/|of)/i,
    String.raw`(?<![\d.·])${P}\s*\(\s*(?:n\s*=\s*)?(?<a>\d+)\s*(?:\/|of|out of)\s*(?:the\s+)?(?<n>\d+)(?:\s+\p{L}+){0,3}\)`,
    share,
  ),
  // 48例中12例(25%), 48例患者中有12例，占25%
  form(
    /[例名人位]/,
    String.raw`(?<n>\d+)\s*(?:例|名|人|位)[^\d。;；]{0,12}?中\s*[^\d。;；]{0,4}?(?<a>\d+)\s*(?:例|名|人|位)[^\d。;；%]{0,8}?(?:\(|占|为|即|;|；|,|，)\s*[^\d。]{0,4}?${P}`,
    share,
  ),
  // increased from 80 to 100, i.e. by 25%; fell from 200 to 150 (a 25% reduction)
  form(
    /from\s+\d/i,
    String.raw`${rise}[^.;\d]{0,40}?${from}${link}${hedge}${P}(?!\s?(?:of|confidence|CI)\b)(?=\s*(?:[).,;；]|$|\n|\p{L}*\s*(?:increase|decrease|rise|fall|drop|reduction|decline|change|gain|loss|higher|lower|improvement|relative|elevation|growth)))`,
    change,
  ),
  // a 25% increase from 80 to 100; increased by 25% (from 80 to 100)
  form(
    /from\s+\d/i,
    String.raw`${hedge}${P}\s+(?:relative\s+)?(?:increase|decrease|rise|fall|drop|reduction|decline|gain|loss)[^.;\d]{0,30}?[\s(,]+${from}`,
    change,
  ),
  form(/from\s+\d/i, String.raw`${rise}\s+by\s+${hedge}${P}\s*[,(]?\s*(?:,\s*)?${from}`, change),
  // 从80升至100，升高25%
  form(
    /[从由]\s*\d/,
    String.raw`(?:从|由)\s*(?<a>\d+(?:\.\d+)?)[^\d。;；]{0,12}?(?:升高?|增加?|上升|降低?|下降|减少?|提高)(?:至|到|为)\s*(?<b>\d+(?:\.\d+)?)[^\d。]{0,12}?(?:升高|增加|上升|降低|下降|减少|增幅|降幅|提高|升幅|增长)(?:了|为|达)?\s*${hedge}${P}`,
    change,
  ),
  // from 80 to 100 mmHg, an increase of 20 mmHg
  form(
    /from\s+\d/i,
    String.raw`${from}\s*(?:,|;|\(|,?\s+which is|,?\s+i\.e\.,?)\s*(?:that is,?\s+|i\.e\.,?\s+|which is\s+)?(?:an?|the)?\s*(?:absolute\s+)?(?:increase|decrease|rise|fall|drop|reduction|decline|change|gain|loss|difference)\s+of\s+${hedge}(?<d>${N})(?!\s?(?:%|percent|per cent|-?fold|times))`,
    (said) => (said["ua"]?.trim() === "" && said["ub"]?.includes("%") ? undefined : difference(said)),
  ),
  form(
    /from\s+\d/i,
    String.raw`${rise}\s+by\s+${hedge}(?<d>${N})${unit}\s*[,(]?\s*(?:,\s*)?${from}`,
    (said) => (said["ub"]?.includes("%") ? undefined : difference(said)),
  ),
  form(
    /subtract/i,
    String.raw`subtract(?:ing|s|ed)?\s+(?:the\s+)?(?:\p{L}+\s+(?:of\s+)?){0,3}?(?<a>${N})${unit}${label}\s+from\s+(?:the\s+)?(?:\p{L}+\s+(?:of\s+)?){0,3}?(?<b>${N})${unit}${label}${gives}${hedge}(?<c>-?${N})`,
    calculation("-", "b", "−"),
  ),
  form(
    /\badd/i,
    String.raw`add(?:ing|s|ed)?\s+(?:the\s+)?(?:\p{L}+\s+(?:of\s+)?){0,3}?(?<a>${N})${unit}${label}\s+(?:and|to|with)\s+(?:the\s+)?(?:\p{L}+\s+(?:of\s+)?){0,3}?(?<b>${N})${unit}${label}${gives}${hedge}(?<c>${N})`,
    calculation("+", "a", "+"),
  ),
  form(
    /multipl/i,
    String.raw`multipl(?:ying|y|ies|ied)\s+(?:the\s+)?(?:\p{L}+\s+(?:of\s+)?){0,3}?(?<a>${N})${unit}${label}\s+(?:by|and|with)\s+(?:the\s+)?(?:\p{L}+\s+(?:of\s+)?){0,3}?(?<b>${N})${unit}${label}${gives}${hedge}(?<c>${N})`,
    calculation("*", "a", "×"),
  ),
  form(
    /divid/i,
    String.raw`divid(?:ing|e|es|ed)\s+(?:the\s+)?(?:\p{L}+\s+(?:of\s+)?){0,3}?(?<a>${N})${unit}${label}\s+by\s+(?:the\s+)?(?:\p{L}+\s+(?:of\s+)?){0,3}?(?<b>${N})${unit}${label}${gives}${hedge}(?<c>${N})(?!\s?%)`,
    calculation("/", "a", "÷"),
  ),
  form(
    /\d\s*[^\d\s]*\s(?:is|exceeds)\s+\d/i,
    String.raw`(?<c>${N})${unit}\s+(?:is|exceeds)\s+(?<d>${N})${unit}\s+(?:more|greater|higher|above|over)\s+(?:than\s+)?(?:the\s+)?(?<b>${N})(?!\s?%)`,
    (said) => above(said, 1),
  ),
  form(
    /\d\s*[^\d\s]*\sis\s+\d/i,
    String.raw`(?<c>${N})${unit}\s+is\s+(?<d>${N})${unit}\s+(?:less|lower|fewer|below|under)\s+(?:than\s+)?(?:the\s+)?(?<b>${N})(?!\s?%)`,
    (said) => above(said, -1),
  ),
  form(
    /(?:mean|average) of \d/i,
    String.raw`(?:mean|average) of (?<list>\d+(?:\.\d+)?(?:,\s+\d+(?:\.\d+)?)*,?\s+and\s+\d+(?:\.\d+)?)${unit}\s+(?:is|equals|=|was)\s+${hedge}(?<c>${N})`,
    (said) => ofList(said, "mean"),
  ),
  form(
    /(?:sum|total) of \d/i,
    String.raw`(?:sum|total) of (?<list>\d+(?:\.\d+)?(?:,\s+\d+(?:\.\d+)?)+,?\s+and\s+\d+(?:\.\d+)?)${unit}\s+(?:is|equals|=|was)\s+${hedge}(?<c>${N})`,
    (said) => ofList(said, "sum"),
  ),
  form(
    /daily|a day|per day|every|BID|TID|QID|b\.i\.d|t\.i\.d|q\.i\.d|q\s?\d/i,
    String.raw`(?<a>${N})\s?(?<ua>mg|g|mcg|µg|μg|mL|units?|mEq)\s+(?:\p{L}+\s+){0,3}?${often}\s*(?:,\s*|\(\s*|\s+)?(?:=|is|or|i\.e\.,?|which is|that is,?|for a total of|a total of|totall?ing|total|equals|gives|giving|amounts to|comes to|so)\s*(?:a\s+)?(?:total\s+)?(?:of\s+)?(?<c>${N})\s?(?<ub>mg|g|mcg|µg|μg|mL|units?|mEq)\s?(?:\/|per |a |each )?(?:d|day|daily|24 ?h)(?![\p{L}])`,
    byTheDay,
  ),
  form(
    /之和|的和|总和/,
    String.raw`(?<a>\d+(?:\.\d+)?)\s*(?:与|和|加)\s*(?<b>\d+(?:\.\d+)?)\s*(?:之和|的和|的总和)\s*(?:为|是|等于|约为)\s*(?<c>\d+(?:\.\d+)?)`,
    calculation("+", "a", "+"),
  ),
  form(
    /差/,
    String.raw`(?<a>\d+(?:\.\d+)?)\s*(?:与|和)\s*(?<b>\d+(?:\.\d+)?)\s*(?:之差|的差)\s*(?:为|是|等于|约为)\s*(?<c>\d+(?:\.\d+)?)`,
    (said) => difference({ ...said, d: said["c"] }),
  ),
];

function above(said: Named, sign: 1 | -1): Outcome | undefined {
  const exact = recompute(`(${sign})*((${value(said["c"])})-(${value(said["b"])}))`);
  if (exact === undefined) return undefined;
  return {
    exact: [exact],
    printed: said["d"] as string,
    say: (right) => `${said["c"]} is ${right} ${sign > 0 ? "above" : "below"} ${said["b"]}, not ${said["d"]}`,
  };
}

function ofList(said: Named, kind: "mean" | "sum"): Outcome | undefined {
  const numbers = (said["list"] ?? "").match(/\d+(?:\.\d+)?/g) ?? [];
  const sum = `(${numbers.join("+")})`;
  const exact = recompute(kind === "mean" ? `${sum}/${numbers.length}` : sum);
  if (exact === undefined || numbers.length < 2) return undefined;
  return {
    exact: [exact],
    printed: said["c"] as string,
    ...(said["about"] && { about: true }),
    say: (right) => `the ${kind} of ${numbers.join(", ")} is ${right}, not ${said["c"]}`,
  };
}

/** Every form found in plain text (see notation.ts), with whether its numbers agree. */
export function saidArithmetic(text: string): readonly SaidArithmetic[] {
  const found: SaidArithmetic[] = [];
  for (const { pattern, needs, judge } of forms) {
    if (!needs.test(text)) continue;
    for (const match of text.matchAll(pattern)) {
      const outcome = judge(match.groups ?? {});
      if (outcome === undefined) continue;
      const decimals = /\.(\d+)/.exec(outcome.printed)?.[1]?.length ?? 0;
      const printed = { value: value(outcome.printed), decimals };
      const holds = outcome.exact.some((exact) => standsFor(printed, exact, outcome.about ?? false));
      const shouldBe = outcome.say(asPrinted(outcome.exact[0] as number, printed));
      const end = match.index + match[0].length;
      // Two forms may read the same words.
      if (found.some((other) => other.start < end && match.index < other.end)) continue;
      found.push({ start: match.index, end, holds, shouldBe });
    }
  }
  return found;
}
