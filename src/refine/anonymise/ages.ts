/**
 * Ages over 89 (HIPAA class 3): pooled as "90+". Ages up to 89 are no identifiers and stay, and so do limits
 * ("over 90", "aged 90+", "≥ 95 years"), which name nobody's age.
 */
import { matches, type Rule } from "./rule.ts";

const old = "(?:9\\d|1[0-2]\\d)";
const words =
  "(?:ninety(?:[- ](?:one|two|three|four|five|six|seven|eight|nine))?|(?:one|a) hundred(?:(?: and)?[- ](?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve))?)";
const unit = "(?:years?|yrs?\\.?)";
const limit =
  /(?:over|above|older than|more than|greater than|at least|under|below|younger than|less than|up to|beyond|exceeding|past|until|[><≥≤~]|between|to|or|and|-|from|minimum|maximum|age ≥|\d)\s?$/i;

const notLimit = (_value: string, match: RegExpExecArray, text: string): boolean | string =>
  limit.test(text.slice(Math.max(0, match.index - 14), match.index)) ? false : "90+";

export const ageRules: readonly Rule[] = [
  {
    class: "age",
    name: "yearsOld",
    language: "en",
    find: matches(
      new RegExp(
        `(?<![\\w.+/-])(?:${old}|${words})(?=[- ]?(?:${unit}[- ](?:old|of age)\\b|(?:yo|y\\/o|y\\.o\\.?|yom|yof)\\b| ?(?:yo|y\\/o)[MF]?\\b))`,
        "gi",
      ),
      notLimit,
    ),
  },
  {
    class: "age",
    name: "aged",
    language: "en",
    find: matches(
      new RegExp(
        `\\b(?:aged?|age (?:is|was|of)|age at (?:death|diagnosis|presentation|admission)(?: was| of)?|at (?:the )?age(?: of)?|turned|turning)[:=]? ?(${old}|${words})(?![\\d+]|[./]\\d| (?:and|or) (?:over|above|older|more)|-\\d| to \\d| days| months| hours| weeks)`,
        "gi",
      ),
      (value, match, text) => {
        const before = text.slice(
          Math.max(0, match.index - 14),
          match.index + match[0].length - value.length,
        );
        return /(?:over|above|>|≥|<|≤)\s?(?:the )?(?:aged?|age of|age)?:? ?$/i.test(before) ||
          /\bturn/i.test(match[0]) !== /^turn(?:ed|ing) \S+$/i.test(match[0])
          ? false
          : "90+";
      },
    ),
  },
  {
    class: "age",
    name: "ageAndSex",
    language: "en",
    find: matches(
      new RegExp(`(?<![\\w.+/-])${old}(?= ?(?:[MF]\\b(?![.-]\\w)|y[MF]\\b))`, "g"),
      (_v, match, text) =>
        /(?:^|[(,;:] ?|\b(?:a|an|pt|patient|this|our|for|in) )$/.test(
          text.slice(Math.max(0, match.index - 9), match.index),
        )
          ? "90+"
          : false,
    ),
  },
];
