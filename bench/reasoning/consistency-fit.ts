/**
 * Weights of the consistency check, fitted anew: `npm run bench -- consistency-fit` prints what
 * src/verify/reasoning/consistency-weights.ts holds.
 *
 * A conditional logit over the options of a question (McFadden 1974): the option that the text concludes has probability
 * exp(w·x) over the sum of all its options', x the counts by which the text speaks of it. Fitted with an L2 penalty by
 * Newton's method, on texts whose conclusion is known: the clean ones of the open half of the planted set and those of
 * texts/conclusions.yaml. Invariant: no text of the held half is used.
 */
import { z } from "zod";
import { evidenceOf } from "../../src/verify/reasoning/consistency-weigh.ts";
import { type Derivatives, newton } from "./newton.ts";
import { questionOf, type ReasoningText, readYaml } from "./planted.ts";
import { plantedSet } from "./set.ts";

const PENALTY = 0.8;
/** A feature that fewer texts have is left out. */
const FEWEST = 4;

const conclusions = z.array(
  z.strictObject({
    id: z.string(),
    stem: z.string(),
    options: z.array(z.coerce.string()).min(2),
    answer: z.string(),
    text: z.string(),
  }),
);

interface Case {
  /** Counts of the features, an option each. */
  readonly options: readonly Readonly<Record<string, number>>[];
  /** Place of the concluded one. */
  readonly concluded: number;
}

/** The weights, rounded to hundredths, the largest first. */
export function fitConsistency(): Record<string, number> {
  const known = knownConclusions().map(caseOf);
  const names = featuresOf(known);
  const cases = known.map(({ options, concluded }) => ({
    rows: options.map((counts) => names.map((name) => counts[name] ?? 0)),
    concluded,
  }));
  const weights = newton(
    names.map(() => 0),
    PENALTY,
    derivativesOf(cases),
  );
  const rounded = names.map((name, at) => [name, Math.round(100 * (weights[at] as number)) / 100] as const);
  return Object.fromEntries(rounded.toSorted(([, a], [, b]) => b - a));
}

function knownConclusions(): Pick<ReasoningText, "question" | "letters" | "text">[] {
  const written = conclusions.parse(readYaml("conclusions"));
  return [
    ...plantedSet().clean.filter(({ held }) => !held),
    ...written.map(({ stem, options, answer, text }) => ({
      question: questionOf(stem, options),
      letters: [answer],
      text,
    })),
  ];
}

function caseOf({ question, letters, text }: Pick<ReasoningText, "question" | "letters" | "text">): Case {
  const evidence = [...evidenceOf(text, question.options, question.stem)];
  return {
    options: evidence.map(([, { evidence: counts }]) => counts),
    concluded: evidence.findIndex(([letter]) => letter === letters[0]),
  };
}

function featuresOf(cases: readonly Case[]): string[] {
  const texts = new Map<string, number>();
  for (const { options } of cases)
    for (const name of new Set(options.flatMap((counts) => Object.keys(counts))))
      texts.set(name, (texts.get(name) ?? 0) + 1);
  return [...texts].filter(([, count]) => count >= FEWEST).map(([name]) => name);
}

interface Rows {
  readonly rows: readonly (readonly number[])[];
  readonly concluded: number;
}

/** Derivatives of the negative log-likelihood of the cases. */
const derivativesOf =
  (cases: readonly Rows[]): Derivatives =>
  (weights, gradient, curvature) => {
    for (const { rows, concluded } of cases) {
      const scores = rows.map((row) =>
        row.reduce((sum, count, at) => sum + count * (weights[at] as number), 0),
      );
      const largest = Math.max(...scores);
      const odds = scores.map((score) => Math.exp(score - largest));
      const total = odds.reduce((sum, one) => sum + one, 0);
      const shares = odds.map((one) => one / total);
      const over = (value: (row: readonly number[]) => number): number =>
        rows.reduce((sum, row, option) => sum + (shares[option] as number) * value(row), 0);
      const mean = gradient.map((_, i) => over((row) => row[i] as number));
      for (const [i, line] of curvature.entries()) {
        gradient[i] = (gradient[i] as number) + (mean[i] as number) - (rows[concluded]?.[i] as number);
        for (let j = 0; j <= i; j += 1) {
          const second = over((row) => (row[i] as number) * (row[j] as number));
          line[j] = (line[j] as number) + second - (mean[i] as number) * (mean[j] as number);
        }
      }
    }
  };
