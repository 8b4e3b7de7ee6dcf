/**
 * `DATA_CARD.md`: what is in the data, where it came from, what was left out and why, and what nobody has looked at.
 * Written from counts and reports only. What was not done is said ("not evaluated") and never left out.
 */
import { notMeasured, safetyNotice } from "../../records/safety.ts";
import type { phiReport } from "../anonymise/report.ts";
import type { FlowStep } from "../flow.ts";
import type { LabelStatistics } from "../labels/label-statistics.ts";
import type { Share } from "../mix/mix.ts";
import { type SplitName, splitNames } from "../split.ts";
import type { TierReport } from "../tiers/grade.ts";
import type { Attribution } from "./attribution.ts";
import type { Composition, MatchRow, SplitCounts } from "./facts.ts";
import { frontMatter } from "./front-matter.ts";
import { count, list, listOf, percent, plural, section, table } from "./markdown.ts";

/** A public set that was refined for training, or that nothing may repeat. */
export interface SetFacts {
  readonly name: string;
  readonly title?: string | undefined;
  readonly licence?: string | undefined;
  readonly questions: number;
  /** SHA-256 of its files. */
  readonly sha256?: Readonly<Record<string, string>> | undefined;
}

export interface CardFacts {
  readonly seed: number;
  readonly composition: Composition;
  readonly flow: readonly FlowStep[];
  readonly curated: readonly SetFacts[];
  readonly protectedSets: readonly SetFacts[];
  /** Who verified labels and what came of it; absent where nobody did. */
  readonly labels?: {
    readonly validator: string;
    readonly trials: number;
    readonly statistics: LabelStatistics;
  };
  readonly review: {
    /** Questions that were flagged, or that a decision was applied to. */
    readonly queue: number;
    readonly open: number;
    readonly decisions: number;
    readonly reviewers: number;
    readonly decided: number;
    readonly disagreed: number;
  };
  /** Absent where nothing was searched for. */
  readonly phi?: { readonly questions: number; readonly classes: ReturnType<typeof phiReport> };
  readonly matches: readonly MatchRow[];
  readonly tiers: Pick<TierReport, "by" | "ungraded" | "agreement">;
  readonly shares: readonly Share[];
  readonly unmet: readonly string[];
  readonly pages: readonly Attribution[];
}

const title = "Medical multiple-choice questions with evidence";

/** The card as Markdown with its YAML head. */
export function dataCard(facts: CardFacts): string {
  const { composition } = facts;
  const there = splitNames.filter((name) => composition.questions[name] > 0);
  const total = splitNames.reduce((sum, name) => sum + composition.questions[name], 0);
  return [
    frontMatter({
      title,
      licences: Object.keys(composition.licences),
      languages: Object.keys(composition.languages),
      questions: total,
      isSynthetic: composition.sources["synthetic"] !== undefined,
      splits: there,
    }),
    `# ${title}\n`,
    `${safetyNotice}\n`,
    ...section("Contents", contents(facts, there)),
    ...section("Sources and licences", sources(facts)),
    ...section("What was left out", leftOut(facts)),
    ...section("Label verification", labels(facts)),
    ...section("Review by people", review(facts)),
    ...section("Personal data", phi(facts)),
    ...section("Duplicates and contamination", matches(facts)),
    ...section("Difficulty", difficulty(facts)),
    ...section("Known limits", limits(facts)),
  ].join("\n");
}

/** The card with a notice under its title, for data that leaves with questions undecided. */
export function withNotice(card: string, notice: string): string {
  return card.replace(`# ${title}\n`, `# ${title}\n\n> **${notice}**\n`);
}

function contents({ composition, seed, shares, unmet }: CardFacts, there: readonly SplitName[]): string[] {
  const row = (name: string, counts: SplitCounts): string[] => [
    name,
    ...there.map((split) => count(counts[split])),
  ];
  const rows = (what: string, counts: Readonly<Record<string, SplitCounts>>): string[][] =>
    Object.entries(counts).map(([name, each]) => row(`${what}: ${name}`, each));
  return [
    `No reasoning path is in two splits, and no answer is asked for in two by the same edges or from the same facts${there.includes("unseen") ? "; of the entities in `unseen` no path is in training" : ""}. Seed ${seed}.`,
    table(
      ["", ...there],
      [
        row("questions", composition.questions),
        row("reasoning paths", composition.paths),
        row("on rare subjects", composition.rare),
        ...["easy", "moderate", "difficult"].flatMap((tier) => {
          const counts = composition.tiers[tier];
          return counts === undefined ? [] : [row(`tier: ${tier}`, counts)];
        }),
        ...rows("source", composition.sources),
        ...rows("language", composition.languages),
        ...rows("licence", composition.licences),
      ],
    ),
    table(
      ["type", ...there],
      Object.entries(composition.types).map(([name, counts]) => row(name, counts)),
    ),
    shares.length === 0
      ? "The training questions were not mixed to shares; they are as they fell."
      : table(
          ["share of the training questions", "wanted", "there is"],
          shares.map(({ of, name, wanted, got }) => [`${of} ${name}`, percent(wanted), percent(got)]),
        ),
    ...(unmet.length === 0 ? [] : [`Could not be had: ${unmet.join("; ")}.`]),
  ];
}

function sources({ composition, curated, pages }: CardFacts): string[] {
  const licences = Object.keys(composition.licences);
  const bare = pages.filter(({ revision }) => revision === 0).length;
  const linked = pages.filter(({ link }) => link !== undefined).length;
  const isAlike = [...licences, ...pages.map(({ licence }) => licence)].some((name) =>
    /-sa\b|gfdl/i.test(name),
  );
  return [
    pages.length === 0
      ? "No question rests on a page of an encyclopedia."
      : `The made questions rest on ${plural(pages.length, "page")}; each is named in \`attribution.jsonl\` with its revision, licence and number of questions (${count(linked)} with the address of the revision${bare > 0 ? `, ${count(bare)} without a revision number` : ""}). Whoever passes the questions on has to name these pages.`,
    ...(isAlike
      ? [
          "Part of it is under a share-alike licence: what is made from these questions and passed on has to be under the same licence.",
        ]
      : []),
    ...(curated.length === 0
      ? []
      : [
          table(
            ["public set", "licence", "questions read", "SHA-256 of its files"],
            curated.map((set) => [
              set.title ?? set.name,
              set.licence ?? "not known",
              count(set.questions),
              Object.entries(set.sha256 ?? {})
                .map(([file, hash]) => `${file} ${hash.slice(0, 16)}…`)
                .join(", ") || "not known",
            ]),
          ),
          `Trained on, and therefore no test of a model trained here: ${listOf(curated.map(({ name }) => name))}.`,
        ]),
  ];
}

function leftOut({ flow }: CardFacts): string[] {
  return [
    table(
      ["step", "in", "out", "left out, by rule"],
      flow.map(({ step, in: entering, out, dropped }) => [
        step,
        count(entering),
        count(out),
        Object.entries(dropped)
          .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
          .map(([rule, n]) => `${rule} ${count(n)}`)
          .join(", ") || "none",
      ]),
    ),
    "Each question that was left out is named with its reason in `rejects.jsonl`, `review.jsonl`, `matches.jsonl` or `unused.jsonl` of the run.",
  ];
}

function labels({ labels: verified }: CardFacts): string[] {
  if (verified === undefined) return ["Not evaluated: no validator was asked."];
  const { validator, trials, statistics } = verified;
  const { questions, verdicts, outcomes, compared, unanimous, agreement, kappa } = statistics;
  const share = (value: number | undefined): string => (value === undefined ? "not defined" : percent(value));
  return [
    `${count(questions)} labels, each asked ${trials} times of “${validator}” with the options in another order.`,
    table(
      ["verdict", "questions"],
      Object.entries(verdicts).map(([verdict, n]) => [
        verdictWords[verdict as keyof typeof verdicts],
        count(n),
      ]),
    ),
    table(
      ["answer of a trial", "trials"],
      Object.entries(outcomes).map(([outcome, n]) => [outcome, count(n)]),
    ),
    compared === 0
      ? "Agreement of the trials: not evaluated, no question has two answers."
      : `Of ${plural(compared, "question")} with two answers or more, ${share(unanimous)} were answered alike every time; mean agreement of two answers ${share(agreement)}, kappa ${kappa === undefined ? "not defined" : kappa.toFixed(3)}.`,
  ];
}

const verdictWords = {
  reached: "the label was reached",
  seldomReached: "reached too seldom: held back for review",
  neverReached: "never reached: held back for review",
  unanswered:
    "no answer (made questions are held back for review, curated ones keep their label), or edited by a person since: not verified",
} as const;

function review({ review: found }: CardFacts): string[] {
  if (found.decisions === 0)
    return [
      `Not evaluated: no person has looked at these questions. ${plural(found.open, "flagged question")} ${found.open === 1 ? "is" : "are"} held back.`,
    ];
  return [
    `${plural(found.decisions, "decision")} by ${plural(found.reviewers, "person", "people")}; ${count(found.decided)} settled, ${count(found.disagreed)} seen differently. Of ${plural(found.queue, "question")} flagged or decided on, ${count(found.open)} ${found.open === 1 ? "is" : "are"} held back until decided.`,
  ];
}

function phi({ phi: searched }: CardFacts): string[] {
  if (searched === undefined) return ["Not evaluated: anonymisation was switched off."];
  const found = searched.classes.filter(({ count: n }) => n > 0);
  return [
    `Searched by rules for the 18 classes of HIPAA Safe Harbor and for Chinese identifiers; replaced in ${plural(searched.questions, "question")}. Values are in no report.`,
    found.length === 0
      ? `Nothing was found in any of ${searched.classes.length} classes.`
      : table(
          ["class", "found"],
          found.map(({ title: name, count: n }) => [name, count(n)]),
        ),
    "Recall on these questions: not evaluated. Rules miss what they have no pattern for.",
  ];
}

function matches({ matches: rows, protectedSets }: CardFacts): string[] {
  const methods = (row: MatchRow): string =>
    Object.entries(row.methods)
      .map(([method, n]) => `${method} ${count(n)}`)
      .join(", ") || "none";
  return [
    table(
      ["against", "its questions", "questions that match", "matches by method", "found not the same", "open"],
      rows.map((row) => [
        row.kind === "duplicate" ? "one another" : row.set,
        row.kind === "duplicate"
          ? ""
          : count(protectedSets.find(({ name }) => name === row.set)?.questions ?? 0),
        count(row.questions),
        methods(row),
        count(row.notSame),
        row.kind === "duplicate" ? "" : count(row.open),
      ]),
    ),
    protectedSets.length === 0
      ? "Contamination with evaluation sets: not evaluated, none was read."
      : "A question with an open match is in no split.",
  ];
}

function difficulty({ tiers }: CardFacts): string[] {
  const by =
    tiers.by === "rules"
      ? "Tiers follow from rules: hops, rarity, closeness of the options, length and disagreement of the label's trials."
      : `Tiers are a model's; it gave none to ${plural(tiers.ungraded, "question")}, whose tiers follow from rules.`;
  const { agreement } = tiers;
  return [
    by,
    agreement === null
      ? "Agreement of rules and a model: not evaluated."
      : `Rules and model give ${percent(agreement.same)} of ${plural(agreement.questions, "question")} the same tier; kappa ${number(agreement.kappa)}, with linear weights ${number(agreement.weightedKappa)}.`,
  ];
}

function number(value: number | null): string {
  return value === null ? "not defined" : value.toFixed(3);
}

function limits({ labels: verified, composition, pages }: CardFacts): string[] {
  const isOffline = verified?.validator === "graph validator";
  return [
    list([
      ...(isOffline
        ? [
            "Labels were verified on the graph that the questions were made from: a wrong edge of the graph is found by no trial.",
          ]
        : []),
      ...(pages.length > 0
        ? [
            "A made question is as right as its pages, and as the reading of them; what a page leaves out counts as untrue.",
          ]
        : []),
      ...(Object.keys(composition.languages).length === 1
        ? [`One language only: ${Object.keys(composition.languages)[0]}.`]
        : []),
      `Not evaluated: clinical correctness by a professional beyond the decisions above, ${listOf([...notMeasured])}.`,
    ]),
  ];
}
