/**
 * Weights of the consistency check, fitted anew: `npm run bench -- reasoning-fit` prints what
 * src/verify/reasoning/consistency-weights.ts holds.
 *
 * A conditional logit over the options of a question (McFadden 1974): the option that the text concludes has probability
 * exp(w·x) over the sum of all its options', x the counts by which the text speaks of it. Fitted with an L2 penalty by
 * Newton's method, on texts whose conclusion is known: the clean ones of the open half of the planted set and those of
 * texts/conclusions.yaml. Invariant: no text of the held half is used.
 */
import { lusolve, type Matrix, matrix, norm, subtract } from "mathjs";
import { z } from "zod";
import { evidenceOf } from "../../src/verify/reasoning/consistency-weigh.ts";
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
  const cases = knownConclusions().map(caseOf);
  const names = featuresOf(cases);
  const weights = newton(
    cases.map(({ options, concluded }) => ({
      rows: options.map((counts) => names.map((name) => counts[name] ?? 0)),
      concluded,
    })),
    names.length,
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

/** The weights at which the penalised log-likelihood, which is concave, is greatest. */
function newton(cases: readonly Rows[], size: number): number[] {
  let weights = matrix(Array.from({ length: size }, () => 0));
  for (let round = 0; round < 50; round += 1) {
    const { gradient, curvature } = derivatives(cases, weights.toArray() as number[]);
    const step = (lusolve(matrix(curvature), matrix(gradient)) as Matrix).toArray().flat() as number[];
    weights = subtract(weights, matrix(step)) as Matrix;
    if ((norm(step) as number) < 1e-9) return weights.toArray() as number[];
  }
  throw new Error("Newton's method did not converge in 50 rounds");
}

/** Gradient and second derivatives of the penalised negative log-likelihood. */
function derivatives(cases: readonly Rows[], weights: readonly number[]) {
  const gradient = weights.map((weight) => PENALTY * weight);
  const curvature = weights.map((_, i) => weights.map((_weight, j) => (i === j ? PENALTY : 0)));
  for (const { rows, concluded } of cases) {
    const scores = rows.map((row) =>
      row.reduce((sum, count, at) => sum + count * (weights[at] as number), 0),
    );
    const largest = Math.max(...scores);
    const shares = scores.map((score) => Math.exp(score - largest));
    const total = shares.reduce((sum, share) => sum + share, 0);
    const mean = weights.map((_, at) =>
      rows.reduce((sum, row, option) => sum + ((shares[option] as number) / total) * (row[at] as number), 0),
    );
    for (let i = 0; i < weights.length; i += 1) {
      gradient[i] = (gradient[i] as number) + (mean[i] as number) - (rows[concluded]?.[i] as number);
      for (let j = 0; j < weights.length; j += 1) {
        const second = rows.reduce(
          (sum, row, option) =>
            sum + ((shares[option] as number) / total) * (row[i] as number) * (row[j] as number),
          0,
        );
        const line = curvature[i] as number[];
        line[j] = (line[j] as number) + second - (mean[i] as number) * (mean[j] as number);
      }
    }
  }
  return { gradient, curvature };
}
