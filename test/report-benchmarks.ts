/**
 * Models that answered the nine benchmarks and a set of one's own, as `results.json` holds them: counts are drawn from
 * a seed about a planted accuracy, intervals are Wilson's. Shows everything that the report can say of a benchmark.
 */
import { seededRandom } from "../src/base/random.ts";
import { wilsonInterval } from "../src/base/wilson.ts";
import { modelPairsOf } from "../src/evaluate/model-pairs.ts";
import { macroAverage } from "../src/evaluate/statistics/macro.ts";
import type { BenchmarkResult, ModelPair, ModelResult, Results } from "../src/records/results.ts";

interface MadeSet {
  readonly name: string;
  readonly title: string;
  readonly column?: string;
  readonly questions: number;
  readonly options: number;
  readonly language?: string;
  readonly problems?: Readonly<Record<string, number>>;
  readonly trainedOn?: true;
  /** How hard it is: share of a model's skill above chance that shows. */
  readonly ease: number;
}

const sets: readonly MadeSet[] = [
  {
    name: "medxpertqa",
    title: "MedXpertQA Text",
    column: "MedXpertQA",
    questions: 2450,
    options: 10,
    ease: 0.25,
  },
  {
    name: "careqa",
    title: "CareQA",
    column: "CareQA",
    questions: 5621,
    options: 4,
    ease: 1,
    problems: { equalOptions: 12 },
  },
  { name: "jmed", title: "JMED", column: "JMED", questions: 1000, options: 21, ease: 0.8, language: "zh" },
  {
    name: "medbullets",
    title: "Medbullets",
    column: "Medbullets",
    questions: 308,
    options: 4,
    ease: 0.7,
    problems: { repeat: 10 },
  },
  {
    name: "medmcqa",
    title: "MedMCQA",
    column: "MedMCQA",
    questions: 4183,
    options: 4,
    ease: 0.8,
    problems: { equalOptions: 21 },
    trainedOn: true,
  },
  {
    name: "medqa",
    title: "MedQA",
    column: "MedQA",
    questions: 1273,
    options: 4,
    ease: 0.85,
    trainedOn: true,
  },
  { name: "pubmedqa", title: "PubMedQA", column: "PubMedQA", questions: 1000, options: 3, ease: 0.8 },
  {
    name: "mmluProBiology",
    title: "MMLU-Pro biology",
    column: "MMLU-Pro Biology",
    questions: 717,
    options: 10,
    ease: 0.95,
    problems: { equalOptions: 10 },
  },
  {
    name: "mmluProHealth",
    title: "MMLU-Pro health",
    column: "MMLU-Pro Health",
    questions: 818,
    options: 10,
    ease: 0.8,
    problems: { repeat: 94 },
  },
];

interface MadeModel {
  readonly name: string;
  readonly label: string;
  readonly kind: ModelResult["kind"];
  /** 0 guesses, 1 knows all. */
  readonly skill: number;
  readonly truncated: number;
  readonly price?: number;
}

const stages: readonly MadeModel[] = [
  { name: "base", label: "Base", kind: "step", skill: 0.02, truncated: 0.2 },
  { name: "coldstart", label: "Cold start", kind: "step", skill: 0.16, truncated: 0.06 },
  { name: "stage1", label: "RL stage 1", kind: "step", skill: 0.3, truncated: 0.03 },
  { name: "stage2", label: "RL stage 2", kind: "step", skill: 0.34, truncated: 0.02 },
];
const others: readonly MadeModel[] = [
  { name: "qwen", label: "Qwen2.5-7B", kind: "local", skill: 0.5, truncated: 0.01 },
  { name: "small", label: "SmolLM2-135M", kind: "local", skill: 0, truncated: 0.02 },
  { name: "hosted", label: "hosted-large", kind: "endpoint", skill: 0.85, truncated: 0.004, price: 2.5 },
];

const letters = "ABCDEFGHIJKLMNOPQRSTU";

function bounded(value: number): number {
  return Math.min(1, Math.max(0, value));
}

function interval(correct: number, n: number) {
  const { low, high } = wilsonInterval(correct, n);
  return { n, correct, accuracy: correct / n, low, high };
}

function slice(correct: number, n: number, widen = 1.15) {
  const one = interval(correct, n);
  const [below, above] = [one.accuracy - one.low, one.high - one.accuracy];
  return {
    ...one,
    clusterLow: bounded(one.accuracy - widen * below),
    clusterHigh: bounded(one.accuracy + widen * above),
    clusters: Math.ceil(0.95 * n),
  };
}

function resultOf(model: MadeModel, set: MadeSet): BenchmarkResult {
  const random = seededRandom(9, model.name, set.name);
  const chance = 1 / set.options;
  const samples = model.name === "stage2" && set.name === "medqa" ? 8 : 1;
  const n = set.questions * samples;
  const truncated = Math.round(n * model.truncated * (0.5 + random.next()));
  const [refused, empty, unparsed] = [0.002, 0.001, 0.01].map((rate) => Math.round(n * rate * random.next()));
  const skill = model.skill * set.ease;
  const read = n - truncated - refused! - empty! - unparsed!;
  const correct = Math.min(read, Math.round(read * (chance + (1 - chance) * skill + 0.01 * random.normal())));
  const whole = slice(correct, n);
  const without = Object.values(set.problems ?? {}).reduce((sum, count) => sum + count, 0) * samples;
  const cleanCorrect = Math.round((correct / n) * (n - without) - 0.3 * without * random.next());
  const isAbove = whole.low > chance;
  const places = [...letters].slice(0, set.options);
  const weights = places.map((_, i) => 1 + (model.skill < 0.1 && i === 0 ? 1.2 : 0.1 * random.next()));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const subjects = ["Anatomy", "Cardiology", "Pharmacology", "Paediatrics"].map(
    (name, i) => [name, i] as const,
  );
  return {
    name: set.name,
    title: set.title,
    ...(set.column === undefined ? {} : { column: set.column }),
    split: "test",
    language: set.language ?? "en",
    questions: set.questions,
    samples,
    ...whole,
    wrong: read - correct,
    truncated,
    refused: refused!,
    empty: empty!,
    unparsed: unparsed!,
    meanTokens: model.kind === "step" ? 60 + 20 * random.next() : 700 + 200 * random.next(),
    designEffect: 1.2,
    chance: {
      level: chance,
      p: isAbove ? 1e-9 : 0.2 + 0.5 * random.next(),
      verdict: isAbove ? "above" : whole.high < chance ? "below" : "at",
    },
    constant: { letters: ["A"], accuracy: bounded(chance * 1.2) },
    answered: { n: read, accuracy: correct / read, ...wilsonInterval(correct, read) },
    bounds: { low: correct / n, high: (correct + truncated + refused! + empty! + unparsed!) / n },
    clean: without === 0 ? null : interval(cleanCorrect, n - without),
    problems: { ...set.problems },
    passAt:
      samples === 1
        ? []
        : [1, 2, 4, 8].map((k) => at(k, 1 - (1 - correct / n) ** Math.sqrt(k), set.questions)),
    majorityAt:
      samples === 1
        ? []
        : [1, 2, 4, 8].map((k) => at(k, bounded(correct / n + 0.012 * Math.log2(k)), set.questions)),
    positions: [
      {
        options: set.options,
        n,
        answered: read,
        chosen: places.map((letter, i) => ({
          letter,
          observed: Math.round((read * weights[i]!) / total),
          expected: read / set.options,
        })),
        byGold: places.map((letter) => {
          const of = Math.floor(n / set.options);
          const count = Math.round((of * correct) / n);
          const { low, high } = wilsonInterval(count, of);
          return { letter, n: of, count, share: count / of, low, high };
        }),
        test: {
          statistic: model.skill < 0.1 ? 220 : 4,
          df: set.options - 1,
          p: model.skill < 0.1 ? 1e-8 : 0.3,
          method: "chi-square",
        },
      },
    ],
    orders:
      set.name === "medbullets" && model.kind === "step"
        ? {
            questions: 290,
            unmovable: 18,
            consistent: { count: 180, share: 180 / 290, ...wilsonInterval(180, 290) },
            allRight: { count: 90, share: 90 / 290, ...wilsonInterval(90, 290) },
          }
        : null,
    slices: Object.fromEntries(
      subjects.map(([name, i]) => {
        const of = Math.floor(n / 4);
        return [`subject:${name}`, slice(Math.round(of * bounded(correct / n + 0.04 * (i - 1.5))), of, 1.3)];
      }),
    ),
    unanswered: ["short", "long"].map((bin, i) => ({
      by: "promptLength",
      bin,
      n: Math.floor(n / 2),
      truncated: Math.round((truncated * (1 + 2 * i)) / 4),
      unparsed: Math.floor(unparsed! / 2),
    })),
    trainedOn: set.trainedOn ?? false,
  };
}

function at(k: number, value: number, n: number) {
  const { low, high } = wilsonInterval(Math.round(value * n), n);
  return { k, value, low: Math.min(low, value), high: Math.max(high, value) };
}

function modelOf(model: MadeModel, names: ReadonlySet<string>): ModelResult {
  const benchmarks = sets.filter(({ name }) => names.has(name)).map((set) => resultOf(model, set));
  const value = macroAverage(benchmarks.map(({ accuracy }) => accuracy))!;
  const clean = macroAverage(benchmarks.map((set) => set.clean?.accuracy ?? set.accuracy))!;
  const written = Math.round(benchmarks.reduce((sum, { n, meanTokens }) => sum + n * meanTokens, 0));
  const { name, label, kind } = model;
  return {
    name,
    label,
    kind,
    reader: kind === "step" ? "strict" : "lenient",
    benchmarks,
    macro: {
      value,
      low: value - 0.006,
      high: value + 0.006,
      columns: benchmarks.map((set) => set.name),
      clean,
    },
    tokens: { read: benchmarks.reduce((sum, { n }) => sum + 180 * n, 0), written },
    money: model.price === undefined ? null : (written * model.price) / 1e6,
  };
}

function pairOf(from: ModelResult, to: ModelResult): ModelPair {
  const difference = (a: BenchmarkResult, b: BenchmarkResult) => {
    const value = b.accuracy - a.accuracy;
    const half = 1.2 * Math.sqrt(0.4 / Math.min(a.questions, b.questions));
    const [low, high] = [value - half, value + half];
    const gained = Math.round(a.questions * (0.08 + Math.max(0, value)));
    return {
      n: a.questions,
      difference: value,
      low,
      high,
      separated: low > 0 || high < 0,
      mcnemarP: low > 0 || high < 0 ? 0.0004 : 0.31,
      gained,
      lost: Math.max(0, gained - Math.round(value * a.questions)),
    };
  };
  const benchmarks = from.benchmarks.flatMap((a) => {
    const b = to.benchmarks.find(({ name }) => name === a.name);
    return b === undefined ? [] : [[a.name, difference(a, b)] as const];
  });
  const macro = macroAverage(benchmarks.map(([, found]) => found.difference))!;
  return {
    from: from.name,
    to: to.name,
    benchmarks: Object.fromEntries(benchmarks),
    macro: { difference: macro, low: macro - 0.008, high: macro + 0.008, separated: Math.abs(macro) > 0.008 },
  };
}

type Benchmarks = Pick<Results, "models" | "modelPairs" | "incomplete">;

/** Stages and other models on these sets; the last of the others has not answered MedXpertQA to the end. */
export function madeBenchmarks(names: readonly string[] = sets.map(({ name }) => name)): Benchmarks {
  const wanted = new Set(names);
  const models = [...stages, ...others].map((model) => modelOf(model, wanted));
  const modelPairs = modelPairsOf(models).map(({ from, to }) =>
    pairOf(models.find(({ name }) => name === from)!, models.find(({ name }) => name === to)!),
  );
  const incomplete = [
    { model: "hosted", benchmark: "ward notes", missing: 12, reason: "the budget was spent" },
  ];
  return { models, modelPairs, incomplete };
}
