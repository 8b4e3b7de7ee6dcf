/**
 * Units as they are written in English and Chinese, read into UCUM codes.
 *
 * Symbols are read by case ("mM" is a concentration, "mm" a length), words without. A denominator that is no unit
 * ("mg/tablet") becomes an annotation of UCUM, which has no dimension. A unit that is not known is left unread: what
 * follows a number may be any word.
 */

/** A unit as it stands in a text. */
export interface WrittenUnit {
  /** UCUM code, e.g. "mg/dL", "mm[Hg]". */
  readonly code: string;
  /** The place after its last character. */
  readonly end: number;
}

const symbols: Record<string, string> = {
  "%": "%",
  "℃": "Cel",
  "°C": "Cel",
  "° C": "Cel",
  ºC: "Cel",
  "℉": "[degF]",
  "°F": "[degF]",
  "° F": "[degF]",
  ºF: "[degF]",
  mmHg: "mm[Hg]",
  "mm Hg": "mm[Hg]",
  "mm. Hg": "mm[Hg]",
  mmhg: "mm[Hg]",
  MmHg: "mm[Hg]",
  Torr: "mm[Hg]",
  torr: "mm[Hg]",
  cmH2O: "cm[H2O]",
  "cm H2O": "cm[H2O]",
  "cm H₂O": "cm[H2O]",
  "cmH₂O": "cm[H2O]",
  bpm: "{beats}/min",
  BPM: "{beats}/min",
  cc: "mL",
  gm: "g",
  gms: "g",
  Kg: "kg",
  kgs: "kg",
  KG: "kg",
  lb: "[lb_av]",
  lbs: "[lb_av]",
  oz: "[oz_av]",
  ft: "[ft_i]",
  min: "min",
  mins: "min",
  h: "h",
  hr: "h",
  hrs: "h",
  sec: "s",
  secs: "s",
  msec: "ms",
  d: "d",
  wk: "wk",
  wks: "wk",
  mo: "mo",
  mos: "mo",
  y: "a",
  yr: "a",
  yrs: "a",
  "y/o": "a",
  yo: "a",
  mM: "mmol/L",
  µM: "umol/L",
  μM: "umol/L",
  uM: "umol/L",
  nM: "nmol/L",
  pM: "pmol/L",
  kcal: "kcal",
  mm3: "mm3",
  "mm³": "mm3",
  "mm^3": "mm3",
  cm3: "cm3",
  "cm³": "cm3",
  "cm^3": "cm3",
  m2: "m2",
  "m²": "m2",
  "m^2": "m2",
  cm2: "cm2",
  "cm²": "cm2",
  "cm^2": "cm2",
  mm2: "mm2",
  "mm²": "mm2",
};

const prefixes: readonly (readonly [string, string])[] = [
  ["", ""],
  ["k", "k"],
  ["d", "d"],
  ["c", "c"],
  ["m", "m"],
  ["µ", "u"],
  ["μ", "u"],
  ["u", "u"],
  ["mc", "u"],
  ["n", "n"],
  ["p", "p"],
  ["f", "f"],
];

const bases: readonly (readonly [written: string, code: string, prefixes: string])[] = [
  ["g", "g", " k m µ μ u mc n p "],
  ["mol", "mol", " m µ μ u mc n p "],
  ["L", "L", " d c m µ μ u mc n p f "],
  ["l", "L", " d c m µ μ u mc n p f "],
  ["m", "m", " k c m µ μ u n "],
  ["s", "s", " m "],
  ["Eq", "eq", " m µ μ u "],
  ["eq", "eq", " m "],
  ["EQ", "eq", " m "],
  ["Osm", "osm", " m "],
  ["osm", "osm", " m "],
  ["osmol", "osm", " m "],
  ["Osmol", "osm", " m "],
  ["U", "[iU]", " m µ μ u k "],
  ["IU", "[iU]", " m µ μ u k "],
  ["Pa", "Pa", " k "],
  ["V", "V", " m "],
  ["Hz", "Hz", " k "],
  ["J", "J", " k "],
];
for (const [written, code, allowed] of bases)
  for (const [prefix, standard] of prefixes)
    if (allowed.includes(prefix === "" ? "  " : ` ${prefix} `) || prefix === "")
      symbols[`${prefix}${written}`] ??= `${standard}${code}`;

const han: Readonly<Record<string, string>> = {
  毫米汞柱: "mm[Hg]",
  厘米水柱: "cm[H2O]",
  千帕: "kPa",
  摄氏度: "Cel",
  华氏度: "[degF]",
  千克: "kg",
  公斤: "kg",
  毫克: "mg",
  微克: "ug",
  纳克: "ng",
  克: "g",
  斤: "500.g",
  磅: "[lb_av]",
  毫升: "mL",
  分升: "dL",
  微升: "uL",
  升: "L",
  毫摩尔: "mmol",
  微摩尔: "umol",
  摩尔: "mol",
  毫当量: "meq",
  毫渗: "mosm",
  国际单位: "[iU]",
  单位: "[iU]",
  厘米: "cm",
  毫米: "mm",
  千米: "km",
  米: "m",
  英寸: "[in_i]",
  英尺: "[ft_i]",
  周岁: "a",
  岁: "a",
  年: "a",
  个月: "mo",
  周: "wk",
  天: "d",
  日: "d",
  小时: "h",
  分钟: "min",
  分: "min",
  毫秒: "ms",
  秒: "s",
  次: "{times}",
  千卡: "kcal",
};

const names: Readonly<Record<string, string>> = {
  gram: "g",
  gramme: "g",
  kilo: "kg",
  liter: "L",
  litre: "L",
  mole: "mol",
  meter: "m",
  metre: "m",
  equivalent: "eq",
  osmole: "osm",
  second: "s",
  pascal: "Pa",
  volt: "V",
  hertz: "Hz",
};
const namePrefixes: Readonly<Record<string, string>> = {
  kilo: "k",
  deci: "d",
  centi: "c",
  milli: "m",
  micro: "u",
  nano: "n",
  pico: "p",
  femto: "f",
};

const quote = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
const longestFirst = (words: Iterable<string>): string =>
  [...words]
    .sort((a, b) => b.length - a.length)
    .map(quote)
    .join("|");

const symbolCodes: ReadonlyMap<string, string> = new Map(Object.entries(symbols));
const longestSymbol = Math.max(...[...symbolCodes.keys()].map((each) => each.length));
const wordChar = /[\p{L}\p{N}_']/u;
const hanChar = /\p{Script=Han}/u;

/** The longest symbol that begins at `at` and ends as a word; Chinese goes on without a space ("70kg的男性"). */
function symbolAt(text: string, at: number): string | undefined {
  for (let length = Math.min(longestSymbol, text.length - at); length > 0; length--) {
    const symbol = text.slice(at, at + length);
    if (!symbolCodes.has(symbol)) continue;
    const next = text[at + length] ?? " ";
    if (!wordChar.test(next) || hanChar.test(next)) return symbol;
  }
  return undefined;
}

const hanAt = new RegExp(`(?:${longestFirst(Object.keys(han))})`, "uy");
const nameAt = new RegExp(
  `(${Object.keys(namePrefixes).join("|")})?(${longestFirst(Object.keys(names))})s?(?![\\p{L}\\p{N}_]|-\\p{L})`,
  "iuy",
);
const phrases: readonly (readonly [RegExp, string])[] = [
  [/(?:millimet(?:er|re)s? of mercury)(?![\p{L}])/iuy, "mm[Hg]"],
  [/(?:centimet(?:er|re)s? of water)(?![\p{L}])/iuy, "cm[H2O]"],
  [/(?:degrees?|deg\.?)\s*(?:celsius|centigrade|C)(?![\p{L}])/iuy, "Cel"],
  [/(?:degrees?|deg\.?)\s*(?:fahrenheit|F)(?![\p{L}])/iuy, "[degF]"],
  [/(?:celsius)(?![\p{L}])/iuy, "Cel"],
  [/(?:fahrenheit)(?![\p{L}])/iuy, "[degF]"],
  [/(?:percent|per cent)(?![\p{L}])/iuy, "%"],
  [/(?:pounds?)(?![\p{L}])/iuy, "[lb_av]"],
  [/(?:ounces?)(?![\p{L}])/iuy, "[oz_av]"],
  [/(?:feet|foot)(?![\p{L}])/iuy, "[ft_i]"],
  [/(?:inch(?:es)?)(?![\p{L}])/iuy, "[in_i]"],
  [/in(?=[.,;)]|\s*(?:tall|\(|$))/uy, "[in_i]"],
  [/(?:years?[- ]olds?|years? of age|years?)(?![\p{L}])/iuy, "a"],
  [/(?:months?[- ]old|months?)(?![\p{L}])/iuy, "mo"],
  [/(?:weeks?)(?![\p{L}])/iuy, "wk"],
  [/(?:days?)(?![\p{L}])/iuy, "d"],
  [/(?:hours?)(?![\p{L}])/iuy, "h"],
  [/(?:minutes?)(?![\p{L}])/iuy, "min"],
  [/(?:international units?|units?)(?![\p{L}])/iuy, "[iU]"],
  [/(?:kilocalories?)(?![\p{L}])/iuy, "kcal"],
  [/(?:beats|breaths|respirations|cycles)(?=\s*(?:\/|per|a\b))/iuy, "{times}"],
];

const nameHeads = new Set(
  [
    ...Object.keys(names),
    ...Object.keys(namePrefixes),
    "millimeters",
    "centimeters",
    "degrees",
    "degree",
    "celsius",
  ]
    .concat([
      "fahrenheit",
      "percent",
      "pounds",
      "ounces",
      "feet",
      "foot",
      "inch",
      "years",
      "months",
      "weeks",
      "days",
    ])
    .concat([
      "hours",
      "minutes",
      "international",
      "units",
      "kilocalories",
      "beats",
      "breaths",
      "respirations",
      "cycles",
    ])
    .map((each) => each.slice(0, 3)),
);
for (const [head, after] of [
  ["in", ".,;) "],
  ["deg", ""],
] as const)
  for (const char of after) nameHeads.add(`${head}${char}`);

function atomAt(text: string, at: number): WrittenUnit | undefined {
  const code = text.charCodeAt(at);
  if (code >= 0x4e00 && code <= 0x9fff) {
    hanAt.lastIndex = at;
    const found = hanAt.exec(text);
    return found === null ? undefined : { code: han[found[0]] as string, end: hanAt.lastIndex };
  }
  const symbol = symbolAt(text, at);
  if (symbol !== undefined) return { code: symbolCodes.get(symbol) as string, end: at + symbol.length };
  // Most words after a number are no units; three letters tell.
  if (!nameHeads.has(text.slice(at, at + 3).toLowerCase())) return undefined;
  nameAt.lastIndex = at;
  const name = nameAt.exec(text);
  if (name !== null) {
    const prefix = name[1] === undefined ? "" : namePrefixes[name[1].toLowerCase()];
    return { code: `${prefix}${names[(name[2] as string).toLowerCase()]}`, end: nameAt.lastIndex };
  }
  for (const [phrase, unit] of phrases) {
    phrase.lastIndex = at;
    if (phrase.test(text)) return { code: unit, end: phrase.lastIndex };
  }
  return undefined;
}

const powerOfTen = /\s?[x×X*·]\s?10(?:\^|\*)?\s?(\d{1,2}|[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,2})(?=\s?(?:\/|per\b|$|[\s),.;]))/uy;
const superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹";
const slash = /\s?\/\s?|\s+per\s+|每/uy;
const daily =
  /(?:\s+(?:once\s+)?(?:daily|a day|each day|every day)|\s+(?:an hour|hourly)|\s+a (?:week|minute))(?![\p{L}])/iuy;
const bodySurface = /1\.73\s?m(?:²|2|\^2)?/uy;
const aDay = /24\s?-?\s?(?:hours|hour|hrs|hr|h)(?![\p{L}])/iuy;
const inverse = /[ .·]?[A-Za-zµμ]{1,5}(?:⁻|\^?\(?-)\s?\d/uy;
const countable =
  /(?:cells?|copies|drops|gtt|cpm|field|HPF|hpf|dose|doses|tablets?|tabs?|capsules?|vials?|beats?|person|patient)(?![\p{L}])/uy;

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

/**
 * The unit that begins at `at`, right after a number and at most one space or hyphen, or nothing where none is known.
 * `value` tells "38 C" and "100 F" from letters that mean something else.
 */
export function unitAt(text: string, at: number, value = Number.NaN): WrittenUnit | undefined {
  const ten = matchAt(powerOfTen, text, at);
  if (ten !== null) {
    const power = [...(ten[1] as string)]
      .map((d) => (superscripts.includes(d) ? superscripts.indexOf(d) : d))
      .join("");
    const rest = denominators(text, at + ten[0].length);
    if (rest.code !== "") return { code: `10*${power}${rest.code}`, end: rest.end };
    return undefined;
  }
  let start = at;
  if (/[ \t]/.test(text[start] ?? "")) start++;
  else if (text[start] === "-" && /[A-Za-z]/.test(text[start + 1] ?? "")) start++;
  if (text[start] === "(" && /^\(s\)/.test(text.slice(start, start + 3))) return undefined;
  const bare = /^[CF](?![\p{L}\p{N}'-])/u.exec(text.slice(start, start + 2))?.[0];
  if (bare === "C" && value >= 30 && value <= 44) return { code: "Cel", end: start + 1 };
  if (bare === "F" && value >= 88 && value <= 112) return { code: "[degF]", end: start + 1 };
  const counted = matchAt(countable, text, start);
  if (counted !== null) {
    const rest = denominators(text, countable.lastIndex);
    if (rest.code !== "") return { code: `{${counted[0]}}${rest.code}`, end: rest.end };
    return undefined;
  }
  const first = text[start] === "/" ? undefined : atomAt(text, start);
  if (first === undefined) {
    const rest =
      text[start] === "/" || text.startsWith("per ", start) ? denominators(text, start) : undefined;
    return rest === undefined || rest.code === "" ? undefined : { code: rest.code, end: rest.end };
  }
  if (first.code === "%" || first.code === "Cel" || first.code === "[degF]") return first;
  const rest = denominators(text, first.end, true);
  const end = rest.end;
  if (matchAt(inverse, text, end) !== null) return undefined;
  // "mg%" is mg per 100 mL.
  if (text[end] === "%" && /^m?g$/.test(first.code)) return { code: `${first.code}/dL`, end: end + 1 };
  if (first.code === "mmol/L" && rest.code === "/L") return { code: first.code, end };
  return { code: `${first.code}${rest.code}`, end };
}

/** "/kg/day", " per minute", " daily": UCUM text of what is divided by, and where it ends. */
function denominators(
  text: string,
  from: number,
  isAfterUnit = false,
): { readonly code: string; readonly end: number } {
  let code = "";
  let end = from;
  for (;;) {
    const by = matchAt(slash, text, end) ?? (text.startsWith("per ", end) ? ["per "] : null);
    if (by === null) break;
    const next = end + (by[0] as string).length;
    const surface = matchAt(bodySurface, text, next);
    const day = / [/] ?|[/] /.test(by[0] as string) ? null : matchAt(aDay, text, next);
    const atom = atomAt(text, next);
    if (surface !== null) end = bodySurface.lastIndex;
    else if (day !== null) {
      code += "/d";
      end = aDay.lastIndex;
    } else if (atom !== undefined) {
      // "mmol/L" written as a whole cannot be divided by; a code with a slash inside stays unread.
      if (atom.code.includes("/")) break;
      code += `/${atom.code}`;
      end = atom.end;
    } else {
      const word = /^[A-Za-z]{2,12}(?![\p{L}\p{N}])/u.exec(text.slice(next, next + 14));
      if (word === null || by[0] !== "/" || !isAfterUnit) break;
      code += `/{${word[0]}}`;
      end = next + word[0].length;
    }
  }
  const often = matchAt(daily, text, end);
  if (often !== null && !code.endsWith("/d")) {
    const per = /hour/i.test(often[0])
      ? "/h"
      : /week/i.test(often[0])
        ? "/wk"
        : /minute/i.test(often[0])
          ? "/min"
          : "/d";
    code += per;
    end = daily.lastIndex;
  }
  return { code, end };
}
