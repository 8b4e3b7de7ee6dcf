/** The one option that fits, or the one that does not: never a guess between two. */

export interface Choice {
  readonly letter: string;
  readonly text: string;
  /** Entities that the option as a whole may mean. */
  readonly ids: readonly string[];
}

/** Whether an option is an answer: for sure, and by a generous reading. */
export interface Fit {
  readonly sure: boolean;
  readonly possible: boolean;
}

export type Outcome =
  | { readonly letter: string; readonly because: string }
  | {
      readonly problem: string;
      /** Whether no other reading of the question is to be tried: several options fit. */
      readonly isFinal?: boolean;
    };

/** The only option that is sure when no other is even possible; of an exception, the only one that is impossible. */
export function onlyChoice(
  choices: readonly Choice[],
  isExcept: boolean,
  fitOf: (choice: Choice) => Fit,
  because: string,
): Outcome {
  const fits = choices.map((choice) => ({ letter: choice.letter, ...fitOf(choice) }));
  const possible = fits.filter((fit) => fit.possible || fit.sure);
  if (isExcept) {
    const [exception, another] = fits.filter((fit) => !possible.includes(fit));
    if (exception === undefined) return { problem: "every option fits", isFinal: true };
    if (another !== undefined) return { problem: `${fits.length - possible.length} options do not fit` };
    return { letter: exception.letter, because: `all but ${exception.letter}: ${because}` };
  }
  const sure = fits.filter((fit) => fit.sure);
  const [answer] = sure;
  if (answer === undefined)
    return { problem: possible.length === 0 ? "no option fits" : "an option may fit, but not for sure" };
  if (sure.length > 1) return { problem: `${sure.length} options fit`, isFinal: true };
  if (possible.length > 1) return { problem: `${possible.length} options may fit`, isFinal: true };
  return { letter: answer.letter, because: `${answer.letter}: ${because}` };
}
