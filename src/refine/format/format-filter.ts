/**
 * The format filter (paper §3.1): what makes a question unusable whatever it asks, and what a person should look at.
 * One check a rule; a question passes when all checks of `checkQuestionFormat` do.
 *
 * Made questions are held to more than those of public sets: sets nest options, ask for orders and end stems without
 * a mark on purpose, so there the same findings are flagged and nothing is dropped for them.
 */
import type { Check } from "../../records/check.ts";
import { isSynthetic, type Question } from "../../records/question.ts";
import { brokenEncoding, hiddenCharacters } from "./encoding.ts";
import {
  emptyText,
  namedAnswer,
  nearOptions,
  nestedOptions,
  reorderedOptions,
  sameOptions,
  strangeGold,
  toldAnswer,
  wrongNumber,
} from "./options.ts";
import { latexRemains, markupRemains, readableMarkup, templateRemains } from "./remains.ts";
import type { Rule } from "./rule.ts";
import { cutStem, missingQuestion, unmarkedQuestion } from "./stem-end.ts";

const always: readonly Rule[] = [
  ["notEmpty", emptyText],
  ["goldAmongOptions", strangeGold],
  ["optionsDiffer", sameOptions],
  ["optionsUnlike", nearOptions],
  ["noMojibake", brokenEncoding],
  ["noMarkup", markupRemains],
  ["noTemplate", templateRemains],
  ["noLatex", latexRemains],
  ["stemEnds", cutStem],
];

/** A made question with one of these is dropped; a curated one is flagged. */
const ofMade: readonly Rule[] = [
  ["optionsApart", nestedOptions],
  ["optionsNotReordered", reorderedOptions],
  ["answerNotTold", toldAnswer],
  ["answerNotNamed", namedAnswer],
  ["asksSomething", missingQuestion],
];

const signs: readonly Rule[] = [
  ["noHiddenCharacters", hiddenCharacters],
  ["noReadableMarkup", readableMarkup],
  ["questionHasMark", unmarkedQuestion],
];

/** The checks that a question must pass; `set.options` are the fewest and most options of its set. */
export function checkQuestionFormat(
  question: Question,
  set: { readonly options: readonly [number, number] } = { options: [2, Number.POSITIVE_INFINITY] },
): Check[] {
  const count: Rule = ["enoughOptions", (one) => wrongNumber(one, set.options)];
  return apply([...always, count, ...(isSynthetic(question) ? ofMade : [])], question);
}

/** The checks whose failure a person should see but that drop nothing. */
export function flagQuestionFormat(question: Question): Check[] {
  return apply([...signs, ...(isSynthetic(question) ? [] : ofMade)], question);
}

function apply(rules: readonly Rule[], question: Question): Check[] {
  return rules.map(([name, problem]) => {
    const text = problem(question);
    return { name, passed: text === undefined, found: text ?? "nothing found" };
  });
}
