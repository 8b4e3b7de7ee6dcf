/**
 * Parts of dates other than the year (HIPAA class 3). A date is generalised to its year, a date without a year
 * becomes a placeholder; years alone, decades, seasons, weekdays, clock times and "3 days ago" stay.
 *
 * A month alone ("in March") stays as well: without day and year it narrows nothing down, and stems need the season.
 */
import { matches, type Rule } from "./rule.ts";

const month =
  "(?:Jan(?:uary|\\.)?|Feb(?:ruary|\\.)?|Mar(?:ch|\\.)?|Apr(?:il|\\.)?|May|June?\\.?|July?\\.?|Aug(?:ust|\\.)?|Sept?(?:ember|\\.)?|Oct(?:ober|\\.)?|Nov(?:ember|\\.)?|Dec(?:ember|\\.)?|JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)";
const weekday = "(?:(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?\\.?,? )?";
const dayNumber = "(?:3[01]|[12]\\d|0?[1-9])";
const ordinal = `(?:${dayNumber}(?:st|nd|rd|th)?)`;
const year = "(?:1[89]\\d\\d|20\\d\\d)";
const monthNumber = "(?:1[0-2]|0?[1-9])";
const shortYear = "(?:'\\d\\d)";
/** A number that goes on is a dose, a count or a measure and no day. */
const noUnit =
  "(?![\\d/-]|[.,:]\\d|\\s?(?:mg|g|kg|mcg|ug|µg|ml|mL|L|cm|mm|km|m|%|percent|patients?|cases?|times?|days?|weeks?|months?|years?|hours?|minutes?|doses?|tablets?|units?|points?|of \\d|out of|to \\d|or \\d|and \\d+ (?:mg|ml))\\b|%)";

/** "2019", with "in" for the "on" that a day needs. */
function toYear(match: RegExpExecArray): string | boolean {
  const found = /(?:1[89]|20)\d\d/.exec(match[0])?.[0];
  if (found === undefined) return true;
  const on = /^on (?:the )?/i.exec(match[0]);
  return on === null ? found : `${on[0].startsWith("O") ? "In" : "in"} ${found}`;
}

const find = (source: string): Rule["find"] =>
  matches(new RegExp(source, "g"), (_value, match) => toYear(match));

const numeric = (value: string): boolean => {
  const parts = value.split(/[/.-]/).map(Number);
  if (parts.length !== 3) return false;
  const [a = 0, b = 0, c = 0] = parts;
  if (a > 31) return b >= 1 && b <= 12 && c >= 1 && c <= 31;
  return a >= 1 && b >= 1 && a <= 31 && b <= 31 && (a <= 12 || b <= 12);
};

const dated = (name: string, source: string): Rule => ({
  class: "date",
  name,
  language: "any",
  personal: true,
  find: find(source),
});

const on = "(?:\\b[Oo]n (?:the )?)?";

export const dateRules: readonly Rule[] = [
  dated(
    "monthDayYear",
    `${on}\\b${weekday}${month} ?${ordinal}(?:,? ?(?:of )?${year}|,? ${shortYear})(?!\\d)`,
  ),
  dated(
    "dayMonthYear",
    `${on}\\b${weekday}(?:the )?${ordinal}[ -](?:of )?${month}[, -]{1,2}(?:of )?(?:${year}|${shortYear}|\\d\\d)(?![\\d%])`,
  ),
  dated("monthYear", `\\b${month}(?:,? (?:of )?|-|/)${year}(?![\\d-])`),
  dated("monthDay", `${on}\\b${weekday}${month} ${ordinal}${noUnit}(?!${year})`),
  dated(
    "dayMonth",
    `${on}\\b(?:the )?${dayNumber}(?:(?:st|nd|rd|th)(?: of)?|(?! ?May)) ${month}(?![a-z])(?! ?\\d)`,
  ),
  {
    class: "date",
    name: "numericDate",
    language: "any",
    personal: true,
    find: matches(
      new RegExp(
        `(?:\\b[Oo]n )?(?<![\\d./-])(?:${year}[-/.]${monthNumber}[-/.]${dayNumber}|\\d{1,2}[/-]\\d{1,2}[/-](?:${year}|\\d\\d)|\\d{1,2}\\.\\d{1,2}\\.${year})(?![\\d/-]|\\.\\d)(?:T\\d\\d:\\d\\d(?::\\d\\d)?Z?)?`,
        "g",
      ),
      (_value, match) => numeric(match[0].replace(/^on /i, "").replace(/T.*/, "")) && toYear(match),
    ),
  },
  {
    class: "date",
    name: "monthSlashYear",
    language: "any",
    personal: true,
    find: matches(
      new RegExp(
        `(?=\\d)(?<=\\b(?:in|since|from|until|till|to|on|before|after|of|dated?|back to|by|:) ?)(?:${monthNumber}[/-]${year})(?![\\d/-])`,
        "g",
      ),
      (_value, match) => toYear(match),
    ),
  },
  {
    class: "date",
    name: "monthSlashDay",
    language: "any",
    personal: true,
    find: matches(
      new RegExp(
        `\\b(?:on|seen|admitted|discharged|visit|DOB|date|dated|since|appt|appointment|born|surgery|operated|starting|started|until)(?: on)?:? (${monthNumber}/${dayNumber})(?![\\d/%]|\\.\\d| (?:mg|points?|patients?|tablets?|of|doses?|times))`,
        "gi",
      ),
    ),
  },
  {
    class: "date",
    name: "labelledDate",
    language: "any",
    find: matches(
      /\b(?:DOB|D\.O\.B\.?|date of birth|birth ?date|born on|date of (?:admission|discharge|death|surgery|service|visit|procedure)|admission date|discharge date|DOD|DOS)\s?(?:is |was )?[:=-]?\s?(\d{1,4}(?:[-/. ]\d{1,4}){1,2}|\d{8}|[A-Z][a-z]{2,8}\.? \d{1,2}(?:st|nd|rd|th)?,? \d{4}|\d{1,2} [A-Z][a-z]{2,8}\.?,? \d{4}|\d{1,2}-[A-Z][a-z]{2}-\d{2,4})\b/gi,
    ),
  },
  {
    class: "date",
    name: "relativeMonth",
    language: "en",
    personal: true,
    find: matches(new RegExp(`\\b[Ll]ast ${month}(?![a-z])`, "g"), () => "last year"),
  },
];
