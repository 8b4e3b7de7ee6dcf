/**
 * A classifier that sees only the options of a question and not its stem: whatever it gets right above chance is an
 * artefact of how the options were made. Each option has a score that is linear in its words and its length; the
 * scores of one question go through a softmax; trained by stochastic gradient descent (AdaGrad) with weight decay.
 *
 * Invariant: a question is scored by a model that saw no question of its fold.
 */
import { type Random, seededRandom } from "../../src/base/random.ts";
import { normaliseText } from "../../src/verify/text.ts";

/** One question as the classifier sees it. */
export interface Choice {
  readonly options: readonly string[];
  /** Places of the right options. */
  readonly gold: readonly number[];
}

/** Weight of each feature. */
type Weights = ReadonlyMap<string, number>;
type Features = readonly (readonly [name: string, value: number])[];

const rounds = 8;
const rate = 0.3;
const decay = 1e-4;

/** Words of each option, and how long it is beside the others. */
function featuresOf(options: readonly string[]): Features[] {
  const lengths = options.map((text) => text.length);
  const mean = lengths.reduce((sum, length) => sum + length, 0) / options.length;
  const [longest, shortest] = [Math.max(...lengths), Math.min(...lengths)];
  return options.map((text, i) => {
    const length = lengths[i] as number;
    return [
      ...[...new Set(words(text))].map((word) => [word, 1] as const),
      ["(length)", (length - mean) / (mean || 1)] as const,
      ["(longest)", length === longest && longest !== shortest ? 1 : 0] as const,
      ["(shortest)", length === shortest && longest !== shortest ? 1 : 0] as const,
    ];
  });
}

/** Words of a text; a text of a script without spaces gives pairs of its characters. */
export function words(text: string): string[] {
  return normaliseText(text)
    .split(" ")
    .flatMap((word) =>
      /\p{Script=Han}/u.test(word) && word.length > 1
        ? Array.from({ length: word.length - 1 }, (_, i) => word.slice(i, i + 2))
        : [word],
    )
    .filter((word) => word !== "");
}

/** The weights that some questions teach. */
export function learnWeights(choices: readonly Choice[], random: Random): Weights {
  const seen = choices.map(({ options, gold }) => ({ features: featuresOf(options), gold: new Set(gold) }));
  const weights = new Map<string, number>();
  const squares = new Map<string, number>();
  for (let round = 0; round < rounds; round++)
    for (const { features, gold } of random.shuffle(seen)) {
      const shares = softmax(features.map((one) => scoreOf(one, weights)));
      features.forEach((one, i) => {
        const error = (gold.has(i) ? 1 / gold.size : 0) - (shares[i] as number);
        for (const [name, value] of one) {
          const weight = weights.get(name) ?? 0;
          const slope = error * value - decay * weight;
          const square = (squares.get(name) ?? 1e-2) + slope * slope;
          squares.set(name, square);
          weights.set(name, weight + (rate * slope) / Math.sqrt(square));
        }
      });
    }
  return weights;
}

/** Score of each option of each question, from models that were trained on the other folds. */
export function crossValidate(
  choices: readonly Choice[],
  groups: readonly string[],
  folds: number,
  seed: number,
): number[][] {
  const random = seededRandom(seed, "artefacts", "folds");
  const names = random.shuffle([...new Set(groups)].sort());
  const foldOf = new Map(names.map((name, i) => [name, i % folds]));
  const scores: number[][] = choices.map(() => []);
  for (let fold = 0; fold < folds; fold++) {
    const isHeld = groups.map((group) => foldOf.get(group) === fold);
    const weights = learnWeights(
      choices.filter((_, i) => !isHeld[i]),
      random.fork(String(fold)),
    );
    choices.forEach(({ options }, i) => {
      if (isHeld[i]) scores[i] = featuresOf(options).map((one) => scoreOf(one, weights));
    });
  }
  return scores;
}

function scoreOf(features: Features, weights: Weights): number {
  let score = 0;
  for (const [name, value] of features) score += (weights.get(name) ?? 0) * value;
  return score;
}

function softmax(scores: readonly number[]): number[] {
  const most = Math.max(...scores);
  const powers = scores.map((score) => Math.exp(score - most));
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.map((power) => power / sum);
}
