/** A row of a sheet as a person filled it in, and the decision that it means. */
import type { Decision } from "../../records/decision.ts";
import { letters } from "../../records/question.ts";

export interface FilledRow {
  readonly id: string;
  readonly action: string;
  /** "B", "A, C" or a list of letters. */
  readonly newGold: string | readonly string[];
  readonly newStem: string;
  /** One line an option that changes, "B. text", or the text by letter. */
  readonly newOptions: string | Readonly<Record<string, string>>;
  readonly why: string;
  readonly reviewer: string;
}

/** How an action is spelt in a sheet and on the command line, without case, spaces and hyphens. */
const actions: Readonly<Record<string, Decision["action"]>> = {
  accept: "accept",
  correct: "correct",
  edit: "edit",
  drop: "drop",
  notsame: "notSame",
};

/** The decision of a row; undefined where nothing was filled in, a text where it cannot be understood. */
export function decisionOfRow(
  row: FilledRow,
  who: { readonly reviewer: string | undefined; readonly time: string },
): Decision | string | undefined {
  const gold = lettersOf(row.newGold);
  const options = optionsOf(row.newOptions);
  if (typeof gold === "string") return gold;
  if (typeof options === "string") return options;
  const [target, stem, why] = [row.id, row.newStem, row.why].map((text) => text.trim()) as [
    string,
    string,
    string,
  ];
  const isChange = gold.length > 0 || stem !== "" || Object.keys(options).length > 0;
  const wanted = row.action.toLowerCase().replaceAll(/[\s-]/gu, "");
  if (wanted === "")
    return isChange ? "action is empty, but there is something in newGold, newStem or newOptions" : undefined;
  const action = Object.hasOwn(actions, wanted) ? actions[wanted] : undefined;
  if (action === undefined)
    return `action is "${row.action}"; it must be accept, correct, edit, drop or not-same`;
  if (target === "") return "id is empty";
  if (why === "") return "why is empty; a decision needs a reason";
  const reviewer = row.reviewer.trim() || who.reviewer?.trim();
  if (!reviewer) return "reviewer is empty; name one in the row, or for the whole file with --reviewer";
  const about = { target, reviewer, time: who.time, why };
  if (action === "correct") {
    if (gold.length === 0) return "newGold is empty; correct needs the right letters";
    if (stem !== "" || Object.keys(options).length > 0)
      return "correct changes the letters only; edit changes newStem and newOptions too";
    return { action, ...about, gold };
  }
  if (action === "edit") {
    if (!isChange) return "newGold, newStem and newOptions are empty; edit needs one of them";
    const changes = {
      ...(stem === "" ? {} : { stem }),
      ...(Object.keys(options).length === 0 ? {} : { options }),
      ...(gold.length === 0 ? {} : { gold }),
    };
    return { action, ...about, ...changes };
  }
  if (isChange) return `${row.action} changes nothing; for newGold use correct, for new words edit`;
  return { action, ...about };
}

/** The letters in "B", "a, C" or "AC"; a text where there is something else. */
export function lettersOf(text: string | readonly string[]): string[] | string {
  const written = (typeof text === "string" ? text : text.join(" ")).trim();
  const isApart = /^(?:[A-U](?:[\s,;/]+[A-U])*)?$/iu.test(written);
  // Letters without anything between them are in order, so that a word is not taken for letters.
  const isTogether = /^[A-U]+$/u.test(written) && written === [...new Set(written)].sort().join("");
  if (!isApart && !isTogether) return `"${written}" is not letters of options, such as B or A, C`;
  return [...new Set(written.toUpperCase().replaceAll(/[\s,;/]/gu, ""))].sort();
}

function optionsOf(written: FilledRow["newOptions"]): Record<string, string> | string {
  if (typeof written !== "string") return optionsByLetter(written);
  const options: Record<string, string> = {};
  for (const line of written.split(/[\r\n]+/u)) {
    if (line.trim() === "") continue;
    const [, letter, text] = /^\s*([A-U])\s*[.):=]\s*(.*\S)\s*$/u.exec(line) ?? [];
    if (letter === undefined || text === undefined)
      return `newOptions has the line "${line.slice(0, 40)}"; each must be a letter, a full stop and the text`;
    if (Object.hasOwn(options, letter)) return `newOptions has option ${letter} twice`;
    options[letter] = text;
  }
  return options;
}

/** The texts that a program wrote down by letter, in order of letter. */
function optionsByLetter(written: Readonly<Record<string, string>>): Record<string, string> | string {
  const wrong = Object.keys(written).find((one) => !letters.some((letter) => letter === one));
  if (wrong !== undefined)
    return `newOptions has "${wrong.slice(0, 40)}"; options are named by letters from A to U`;
  return Object.fromEntries(
    letters.flatMap((letter) => {
      const text = written[letter];
      return text === undefined ? [] : [[letter, text.trim()]];
    }),
  );
}
