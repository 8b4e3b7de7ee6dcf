/**
 * What the report holds, in order: what was run, the premise, the rows, the paired differences, slices, controls,
 * diagnostics, where the data came from, one example, how to ask the model, and what must not be done with it.
 *
 * Departure from the paper: its Table 4 gives bare percentages; here each has an interval, replies without an answer
 * are counted apart, and a difference within chance is called so (TRIPOD-LLM: performance with uncertainty).
 */
import type { PairResult, ResultRow, Results, SliceResult } from "../records/results.ts";
import { notMeasured, safetyNotice } from "../records/safety.ts";
import { type BenchmarkDrawings, benchmarkBlocks } from "./benchmarks/contents.ts";
import {
  type Block,
  code,
  type Drawing,
  figure,
  heading,
  left,
  note,
  paragraph,
  right,
  strong,
  type TableRow,
  type Text,
} from "./blocks.ts";
import { chooseExample, describeExample } from "./example.ts";
import type { RunFacts } from "./facts.ts";
import {
  count,
  decimal,
  listOf,
  percent,
  plural,
  pointRange,
  points,
  probability,
  range,
  shortRange,
} from "./format.ts";
import {
  controlReading,
  formReading,
  labelOf,
  premiseReading,
  sliceLabel,
  stepReading,
  unseenReading,
  wordsOf,
} from "./readings.ts";
import { trainingBlocks } from "./training.ts";

export interface Drawings {
  /** Undefined where no row of the run's own was evaluated. */
  readonly accuracy: Drawing | undefined;
  readonly slices: Drawing | undefined;
  readonly training: Drawing | undefined;
  readonly benchmarks: BenchmarkDrawings | undefined;
}

/** All blocks of the report. */
export function writeContents(facts: RunFacts, drawings: Drawings): Block[] {
  const { results } = facts;
  const example = chooseExample(facts.testQuestions, facts.lastScores);
  return [
    { kind: "notice", title: "Research only.", text: safetyNotice.replace("For research only. ", "") },
    heading("What was run"),
    runParagraph(facts),
    ...(results.rows.length > 0 ? ownBlocks(facts, drawings) : []),
    ...benchmarkBlocks(results, drawings.benchmarks),
    ...(results.rows.length > 0 ? [heading("Training"), ...trainingBlocks(facts, drawings.training)] : []),
    ...dataBlocks(facts),
    ...(example === undefined
      ? []
      : [heading("One question, traced"), ...describeExample(example, facts.lastScores.get(example.id))]),
    ...(results.rows.length > 0
      ? [
          heading("Ask the model"),
          paragraph(["Give the folder of this run in place of ", code("RUN"), ":"]),
          { kind: "code" as const, text: `npx fleming ask ${shellQuote(example?.stem ?? "…")} --model RUN` },
        ]
      : []),
    heading("Limits"),
    paragraph(safetyNotice),
    paragraph(
      `Not measured: ${listOf([...notMeasured])}. Accuracy on questions with options is not clinical safety. ` +
        "A reply that is cut off or cannot be read is a failure in use as well, which is why both are counted apart.",
    ),
  ];
}

/** What the run's own held-out questions show. */
function ownBlocks(facts: RunFacts, { accuracy, slices }: Drawings): Block[] {
  const { results, premise } = facts;
  return [
    heading("Premise"),
    ...premiseReading(premise).map(paragraph),
    heading("Accuracy by stage"),
    ...(accuracy === undefined
      ? []
      : [figure("Bars: the rows of the pipeline; muted: controls.", "accuracy.svg", accuracy)]),
    rowTable(results),
    ...[...stepReading(results), ...formReading(results), ...unseenReading(results)].map(paragraph),
    ...(results.absent.length > 0 ? [absentParagraph(results)] : []),
    heading("Paired differences"),
    pairTable(results),
    heading("Controls"),
    ...controlBlocks(facts),
    heading("Slices"),
    ...(slices === undefined
      ? []
      : [figure("The same rows on parts of the test questions.", "slices.svg", slices)]),
    sliceTable(results),
  ];
}

function runParagraph({ identity, results, splits }: RunFacts): Block {
  const train = splits.find(({ name }) => name === "train");
  const trained =
    train === undefined
      ? ""
      : `; training had ${plural(train.questions, "question")} on ${plural(train.paths, "path")}`;
  const own =
    results.rows.length === 0
      ? ""
      : `Every row answered the same ${plural(results.questions, "held-out question")} on ${plural(results.paths, "reasoning path")}${trained}. `;
  const sets = new Set(results.models.flatMap(({ benchmarks }) => benchmarks.map(({ name }) => name))).size;
  const answered =
    sets === 0 ? "" : `${plural(results.models.length, "model")} answered ${plural(sets, "public set")}. `;
  return paragraph([
    "Recipe ",
    code(identity.recipe),
    `, seed ${identity.seed}, version `,
    code(identity.version),
    `. ${own}${answered}This report is made from the files of the run and holds no clock times.`,
  ]);
}

function rowTable({ rows }: Results): Block {
  const hasUnseen = rows.some(({ unseen }) => unseen !== null);
  return {
    kind: "table",
    caption:
      "Table 4 of this run. Every question counts; truncated (cut off at the longest reply), unparsed (ended without a readable answer) and refused or empty replies are wrong in the accuracy and named apart. Wilson: 95% over questions. Clustered: 95% bootstrap over reasoning paths, the honest width; where every path has the same outcome a bootstrap has no width, and it is Wilson's at the effective number of paths.",
    columns: [
      left("Row"),
      right("Right"),
      right("Accuracy, %"),
      right("Wilson"),
      right("Clustered"),
      ...(hasUnseen ? [right("Unseen entities, %")] : []),
      right("Truncated"),
      right("Unparsed"),
      right("Refused, empty"),
      right("Tokens a reply"),
    ],
    rows: rows.map((row) => ({
      isMuted: row.kind === "control",
      cells: [
        row.label,
        `${count(row.correct)} / ${count(row.n)}`,
        [strong(percent(row.accuracy))],
        range(row.low, row.high),
        range(row.clusterLow, row.clusterHigh),
        ...(hasUnseen ? [unseenCell(row)] : []),
        count(row.truncated),
        count(row.unparsed),
        count(row.refused + row.empty),
        row.meanTokens === 0 ? "–" : decimal(row.meanTokens, 1),
      ],
    })),
  };
}

function unseenCell({ unseen }: ResultRow): Text {
  if (unseen === null) return "–";
  const { accuracy, clusterLow, clusterHigh } = unseen;
  return [percent(accuracy), note(shortRange({ low: clusterLow, high: clusterHigh }))];
}

function absentParagraph({ absent }: Results): Block {
  return paragraph(
    `Rows that were not evaluated: ${listOf(absent.map(({ label, reason }) => `${label} (${reason})`))}.`,
  );
}

function pairTable(results: Results): Block {
  const row = (pair: PairResult): TableRow => ({
    isMuted: pair.kind === "control",
    cells: [
      `${labelOf(results, pair.from)} → ${labelOf(results, pair.to)}`,
      [strong(points(pair.difference))],
      pair.separated ? "separated" : "not separated",
      pointRange(pair.low, pair.high),
      `${count(pair.gained)} / ${count(pair.lost)}`,
      probability(pair.mcnemarP),
    ],
  });
  return {
    kind: "table",
    caption:
      "Differences on the same questions, in points. The interval is a 95% bootstrap over reasoning paths; where it holds 0 the two rows are not separated, and where no question changed it has no width, which is no certainty. McNemar's exact test takes questions as unrelated, which wordings of one path are not, so it is given for comparison only. No correction is made for the number of comparisons.",
    columns: [
      left("From → to"),
      right("Difference"),
      left("Verdict"),
      right("95% interval"),
      right("Gained / lost"),
      right("McNemar p"),
    ],
    rows: results.pairs.map(row),
  };
}

function controlBlocks({ results, tokens }: RunFacts): Block[] {
  const sentences = controlReading(results, tokens);
  const blocks: Block[] =
    sentences.length > 0
      ? [{ kind: "list", items: sentences }]
      : [
          paragraph(
            "No control was run, so this run cannot say whether the gains of stage 2 come from what stage 2 does or from its tokens alone.",
          ),
        ];
  const rows = Object.entries(tokens).map(
    ([name, { steps, trained, sampled }]): TableRow => ({
      cells: [labelOf(results, name), count(steps), count(trained), count(sampled), count(trained + sampled)],
    }),
  );
  if (rows.length > 0)
    blocks.push({
      kind: "table",
      caption: "Tokens of each series, mining included: what “equal tokens” is measured by.",
      columns: [left("Series"), right("Steps"), right("Trained"), right("Sampled"), right("Sum")],
      rows,
    });
  return blocks;
}

function sliceTable({ rows }: Results): Block {
  const steps = rows;
  const names = [
    ...new Set(
      steps.flatMap(({ slices }) => [
        ...(slices.common === null ? [] : ["common"]),
        ...(slices.rare === null ? [] : ["rare"]),
        ...Object.keys(slices.byTier).map((tier) => `tier:${tier}`),
        ...Object.keys(slices.byType).map((type) => `type:${type}`),
      ]),
    ),
  ];
  const sliceOf = (row: (typeof rows)[number], name: string): SliceResult | null | undefined => {
    if (name === "common" || name === "rare") return row.slices[name];
    return name.startsWith("tier:") ? row.slices.byTier[name.slice(5)] : row.slices.byType[name.slice(5)];
  };
  return {
    kind: "table",
    caption: "Accuracy, %, by rarity of the condition, tier of difficulty, and type of question.",
    columns: [left("Slice"), right("Questions"), ...steps.map(({ label }) => right(label))],
    rows: names.map((name) => ({
      cells: [
        sliceLabel(name),
        count(Math.max(...steps.map((row) => sliceOf(row, name)?.n ?? 0))),
        ...steps.map((row) => {
          const slice = sliceOf(row, name);
          return slice ? percent(slice.accuracy) : "–";
        }),
      ],
    })),
  };
}

function dataBlocks({ stages, coverage, splits, flagged, licences }: RunFacts): Block[] {
  const blocks: Block[] = [heading("Where the data came from")];
  if (stages.length > 0)
    blocks.push({
      kind: "table",
      caption:
        "What each stage counted. Rejected items are kept with their reasons in the stage's rejects.jsonl.",
      columns: [left("Stage"), left("Counts"), right("Rejected")],
      rows: stages.map(({ stage, counts, rejected }) => ({
        cells: [
          stage,
          Object.entries(counts)
            .map(([name, n]) => `${wordsOf(name)} ${Number.isInteger(n) ? count(n) : decimal(n, 3)}`)
            .join(", "),
          count(rejected),
        ],
      })),
    });
  if (coverage !== null) {
    const relations = Object.values(coverage.predicates);
    const sum = (key: "used" | "all"): number => relations.reduce((total, counts) => total + counts[key], 0);
    const dropped = Object.entries(coverage.dropped).map(([reason, n]) => `${reason} ${count(n)}`);
    blocks.push(
      paragraph(
        `The questions walk ${plural(coverage.paths, "path")} (${percent(coverage.rareShare)}% on rare subjects) over ` +
          `${count(coverage.entities.used)} of ${count(coverage.entities.all)} entities and ${count(sum("used"))} of ${count(sum("all"))} relations of the graph.` +
          (dropped.length > 0 ? ` Left out: ${dropped.join(", ")}.` : ""),
      ),
    );
  }
  const tiers = ["easy", "moderate", "difficult"].filter((tier) =>
    splits.some(({ byTier }) => byTier[tier] !== undefined),
  );
  if (splits.length > 0)
    blocks.push({
      kind: "table",
      caption: "Questions by split and tier.",
      columns: [
        left("Split"),
        right("Questions"),
        right("Paths"),
        ...tiers.map((tier) => right(tier)),
        right("rare"),
      ],
      rows: splits.map(({ name, questions, paths, rare, byTier }) => ({
        cells: [
          name,
          count(questions),
          count(paths),
          ...tiers.map((tier) => count(byTier[tier] ?? 0)),
          count(rare),
        ],
      })),
    });
  if (flagged !== undefined)
    blocks.push(
      paragraph(
        flagged === 0
          ? "No question was flagged for review by a person."
          : `${plural(flagged, "question")} ${flagged === 1 ? "was" : "were"} flagged for review by a person; see refine/review.jsonl.`,
      ),
    );
  if (licences.length > 0) blocks.push(paragraph(`Licences of the questions: ${listOf(licences)}.`));
  return blocks.length > 1 ? blocks : [];
}

/** A text as one word of a shell's command line. */
function shellQuote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
