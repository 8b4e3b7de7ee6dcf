/**
 * Mixing (paper §3.1): what share of the training questions comes from which source, tier, type and language. Drawn by
 * chance and without replacement: no question is copied to fill a share, and a share that cannot be had is reported.
 *
 * Types and languages have weights: a weight of half that of the others keeps half of the questions, 0 keeps none.
 * Sources and tiers have shares. When a number of questions is asked for, the number comes before the shares;
 * otherwise the shares come first and the number is the largest that they allow.
 */
import { groupBy } from "../../base/collections.ts";
import { UsageError } from "../../base/errors.ts";
import { type Random, seededRandom } from "../../base/random.ts";
import type { RefineSection } from "../../recipe/sections/refine.ts";
import type { Question } from "../../records/question.ts";
import { quotasOf } from "./quotas.ts";

/** A share that was asked for, and what there is. */
export interface Share {
  readonly of: "source" | "tier";
  readonly name: string;
  readonly wanted: number;
  readonly got: number;
}

export interface Mixed {
  readonly questions: readonly Question[];
  readonly left: readonly { readonly question: Question; readonly reason: string }[];
  readonly shares: readonly Share[];
  /** What was asked for and could not be had, in words. */
  readonly unmet: readonly string[];
}

type MixSettings = RefineSection["mix"];

/** "synthetic", or the name of the curated set. */
export function sourceOf({ origin }: Question): string {
  return origin.kind === "synthetic" ? "synthetic" : origin.dataset;
}

/** The type of a made question; of a curated one the set. */
export function typeOf({ origin }: Question): string {
  return origin.kind === "synthetic" ? origin.type : origin.dataset;
}

/** Whether the settings ask for anything at all. */
function isAsked({ sources, types, languages, tiers, most }: MixSettings): boolean {
  const named = [sources, types, languages, tiers ?? {}];
  return most !== undefined || named.some((part) => Object.keys(part).length > 0);
}

/**
 * Draws the training questions, kept in their order.
 * @throws UsageError when no question at all is left by the weights and shares.
 */
export function mix(questions: readonly Question[], settings: MixSettings, seed: number): Mixed {
  if (!isAsked(settings)) return { questions, left: [], shares: [], unmet: [] };
  const weighed = weigh(questions, settings, seededRandom(seed, "refine", "mix", "weights"));
  const cells = groupBy(weighed.open(settings.most), (question) => cellOf(question, settings));
  const quotas = quotasOf(
    [...cells].map(([key, all]) => ({ key, parts: partsOf(all[0] as Question, settings), has: all.length })),
    sharesIn(settings),
    settings.most,
  );
  const chosen = new Set<Question>();
  // Each cell is in the order of the draw, those that the weights kept first.
  for (const [key, all] of cells) for (const one of all.slice(0, quotas.get(key) ?? 0)) chosen.add(one);
  if (chosen.size === 0)
    throw new UsageError(
      `refine.mix: of ${questions.length} training questions none is left by these weights and shares; sources there are: ${[...new Set(questions.map(sourceOf))].join(", ")}`,
    );
  const shares = sharesGot([...chosen], settings);
  return {
    questions: questions.filter((question) => chosen.has(question)),
    left: questions.flatMap((question) =>
      chosen.has(question) ? [] : [{ question, reason: weighed.reasonOf(question) }],
    ),
    shares,
    unmet: [...unmetShares(shares), ...unmetNames(questions, settings, chosen.size)],
  };
}

interface Weighed {
  /** Questions to draw from, in the order of the draw; with a number to fill, those that the weights left out at the end. */
  open(most: number | undefined): readonly Question[];
  reasonOf(question: Question): string;
}

/** Keeps of each type and language the share that its weight is of the largest one that is there. */
function weigh(questions: readonly Question[], { types, languages }: MixSettings, random: Random): Weighed {
  const weightOf = (question: Question): number =>
    (types[typeOf(question)] ?? 1) * (languages[question.language] ?? 1);
  const largest = questions.reduce((most, question) => Math.max(most, weightOf(question)), 0);
  const kept: Question[] = [];
  const spare: Question[] = [];
  const never = new Set<Question>();
  const groups = groupBy(random.shuffle(questions), (one) => `${typeOf(one)}\u001f${one.language}`);
  for (const group of groups.values()) {
    const weight = weightOf(group[0] as Question);
    const count = largest === 0 ? 0 : Math.round((group.length * weight) / largest);
    // One by one: a call takes no more than some 100,000 arguments.
    for (const one of group.slice(0, count)) kept.push(one);
    for (const one of group.slice(count)) if (weight > 0) spare.push(one);
    if (weight === 0) for (const one of group) never.add(one);
  }
  const spared = new Set(spare);
  return {
    open: (most) => [
      ...random.fork("kept").shuffle(kept),
      ...(most === undefined ? [] : random.fork("spare").shuffle(spare)),
    ],
    reasonOf: (question) =>
      never.has(question) || spared.has(question)
        ? "mix: weight of its type or language"
        : "mix: share of its source or tier, or the number asked for",
  };
}

/** Shares of sources and tiers that are asked for, scaled to 1; those that are not named have none. */
function sharesIn({
  sources,
  tiers,
}: MixSettings): Readonly<Record<Share["of"], ReadonlyMap<string, number>>> {
  return { source: scaled(sources), tier: scaled(tiers ?? {}) };
}

function scaled(shares: Readonly<Record<string, number | undefined>>): ReadonlyMap<string, number> {
  const total = Object.values(shares).reduce<number>((sum, share) => sum + (share ?? 0), 0);
  return new Map(
    Object.entries(shares).map(([name, share]) => [name, total === 0 ? 0 : (share ?? 0) / total]),
  );
}

function partsOf(question: Question, { sources, tiers }: MixSettings): Partial<Record<Share["of"], string>> {
  return {
    ...(Object.keys(sources).length > 0 ? { source: sourceOf(question) } : {}),
    ...(tiers !== undefined && Object.keys(tiers).length > 0 ? { tier: question.tier ?? "moderate" } : {}),
  };
}

function cellOf(question: Question, settings: MixSettings): string {
  const { source = "", tier = "" } = partsOf(question, settings);
  return `${source}\u001f${tier}`;
}

function sharesGot(chosen: readonly Question[], settings: MixSettings): Share[] {
  return Object.entries(sharesIn(settings)).flatMap(([of, wanted]) =>
    [...wanted].map(([name, share]) => ({
      of: of as Share["of"],
      name,
      wanted: share,
      got: chosen.filter((one) => partsOf(one, settings)[of as Share["of"]] === name).length / chosen.length,
    })),
  );
}

function unmetShares(shares: readonly Share[]): string[] {
  return shares
    .filter(({ wanted, got }) => Math.abs(wanted - got) > 0.005)
    .map(({ of, name, wanted, got }) => `${of} ${name}: wanted ${percent(wanted)}, there is ${percent(got)}`);
}

function unmetNames(questions: readonly Question[], settings: MixSettings, chosen: number): string[] {
  const missing = (what: string, weights: object, nameOf: (question: Question) => string): string[] => {
    const there = new Set(questions.map(nameOf));
    return Object.keys(weights).flatMap((name) =>
      there.has(name) ? [] : [`${what} ${name}: has a weight, and no question is of it`],
    );
  };
  return [
    ...missing("type", settings.types, typeOf),
    ...missing("language", settings.languages, ({ language }) => language),
    ...(settings.most !== undefined && chosen < settings.most
      ? [`wanted ${settings.most} questions, there are ${chosen}`]
      : []),
  ];
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1).replace(/\.0$/, "")}%`;
}
