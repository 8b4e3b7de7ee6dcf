/** All rules of anonymisation. Of equal findings the first rule gives the class. */
import { ageRules } from "./ages.ts";
import { chineseRules } from "./chinese.ts";
import { dateRules } from "./dates.ts";
import { mentionRules } from "./mentions.ts";
import { nameRules } from "./names.ts";
import { numberRules } from "./numbers.ts";
import { placeRules } from "./places.ts";
import type { Rule } from "./rule.ts";
import { webRules } from "./web.ts";

const withDigits = (some: readonly Rule[]): readonly Rule[] =>
  some.map((rule) => (rule.needs === undefined ? { ...rule, needs: /\d/ } : rule));

export const rules: readonly Rule[] = [
  ...webRules,
  ...mentionRules,
  ...chineseRules,
  ...withDigits(numberRules),
  ...dateRules,
  ...ageRules,
  ...placeRules,
  ...nameRules,
];
