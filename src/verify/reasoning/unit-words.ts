/**
 * Units as they are written in English and Chinese, read into UCUM codes.
 *
 * Symbols are read by case ("mM" is a concentration, "mm" a length), words without. A denominator that is no unit
 * ("mg/tablet") becomes an annotation of UCUM, which has no dimension. A unit that is not known is left unread: what
 * follows a number may be any word.
 */
import { han, namePrefixes, names, phrases, symbols } from "./unit-table.ts";

/** A unit as it stands in a text. */
export interface WrittenUnit {
  /** UCUM code, e.g. "mg/dL", "mm[Hg]". */
  readonly code: string;
  /** The place after its last character. */
  readonly end: number;
}

const quote = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
const longestFirst = (words: Iterable<string>): string =>
  [...words]
    .sort((a, b) => b.length - a.length)
    .map(quote)
    .join("|");

const longestSymbol = Math.max(...[...symbols.keys()].map((each) => each.length));
const wordChar = /[\p{L}\p{N}_']/u;
const hanChar = /\p{Script=Han}/u;

/** The longest symbol that begins at `at` and ends as a word; Chinese goes on without a space ("70kg的男性"). */
function symbolAt(text: string, at: number): string | undefined {
  for (let length = Math.min(longestSymbol, text.length - at); length > 0; length--) {
    const symbol = text.slice(at, at + length);
    if (!symbols.has(symbol)) continue;
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
      "teaspoons",
      "tablespoons",
      "fluid",
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
for (const end of ".,;) ") nameHeads.add(`in${end}`);

function atomAt(text: string, at: number): WrittenUnit | undefined {
  const code = text.charCodeAt(at);
  if (code >= 0x4e00 && code <= 0x9fff) {
    hanAt.lastIndex = at;
    const found = hanAt.exec(text);
    return found === null ? undefined : { code: han[found[0]] as string, end: hanAt.lastIndex };
  }
  const symbol = symbolAt(text, at);
  if (symbol !== undefined) return { code: symbols.get(symbol) as string, end: at + symbol.length };
  // Most words after a number are no units; three letters tell.
  if (!nameHeads.has(text.slice(at, at + 3).toLowerCase())) return undefined;
  for (const [phrase, unit] of phrases) {
    phrase.lastIndex = at;
    if (phrase.test(text)) return { code: unit, end: phrase.lastIndex };
  }
  nameAt.lastIndex = at;
  const name = nameAt.exec(text);
  if (name !== null) {
    const prefix = name[1] === undefined ? "" : namePrefixes[name[1].toLowerCase()];
    return { code: `${prefix}${names[(name[2] as string).toLowerCase()]}`, end: nameAt.lastIndex };
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
const timesADay = /^(?:日|天|晚|早|周|小时)?[一二两三四五六七八九十\d]+次|^\d+\s?(?:小时|h)/;
const inverse = /[ .·]?[A-Za-zµμ]{1,5}(?:⁻|\^?\(?-)\s?\d/uy;
const substanceBefore =
  /\s(?:of\s)?(?:O2|O₂|CO2|CO₂|N2|N|Na\+?|Na⁺|K\+?|K⁺|Cl|Ca|Mg|P|oxygen|protein|nitrogen|sodium|potassium|glucose|dextrose|fluid|blood|urine|water|albumin|iron|insulin|fat)(?=\s?\/\s?\p{L})/uy;
const countable =
  /(?:cells?|copies|drops?|gtts?|cpm|field|HPF|hpf|dose|doses|tablets?|tabs?|capsules?|vials?|beats?|person|patient)(?![\p{L}])/uy;

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
    if (rest.code !== "")
      return {
        code: `{${/^(?:drop|gtt)/.test(counted[0]) ? "drops" : counted[0]}}${rest.code}`,
        end: rest.end,
      };
    return undefined;
  }
  const first = text[start] === "/" ? undefined : atomAt(text, start);
  if (first === undefined) {
    const rest =
      text[start] === "/" || text.startsWith("per ", start) ? denominators(text, start) : undefined;
    return rest === undefined || rest.code === "" ? undefined : { code: rest.code, end: rest.end };
  }
  if (first.code === "%" || first.code === "Cel" || first.code === "[degF]") return first;
  // "1,000 mL O2/min", "14.4 g of N per day": what it is of stands before what it is divided by.
  const of = matchAt(substanceBefore, text, first.end);
  const rest = denominators(text, of === null ? first.end : first.end + of[0].length, true);
  const end = rest.code === "" && of !== null ? first.end : rest.end;
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
    // "50 mg每日三次" is a dose, three times.
    if (by[0] === "每" && timesADay.test(text.slice(next, next + 8))) break;
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
