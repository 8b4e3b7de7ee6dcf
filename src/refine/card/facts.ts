/** What the data card says, counted from the questions and the reports of refine; nothing in it is typed by hand. */
import type { Match } from "../../records/match.ts";
import { isSynthetic, type Question } from "../../records/question.ts";
import type { Released } from "../matches.ts";
import { sourceOf, typeOf } from "../mix/mix.ts";
import { pathKeyOf, type SplitName, type Splits, splitNames } from "../split.ts";

/** Questions of each split that are of one kind. */
export type SplitCounts = Readonly<Record<SplitName, number>>;

/** Counts by the members of one dimension, in order of name. */
type CountTable = Readonly<Record<string, SplitCounts>>;

export interface Composition {
  readonly questions: SplitCounts;
  readonly paths: SplitCounts;
  readonly rare: SplitCounts;
  readonly tiers: CountTable;
  readonly sources: CountTable;
  readonly languages: CountTable;
  readonly types: CountTable;
  readonly licences: CountTable;
}

/** What the splits are made of. */
export function compositionOf(splits: Splits): Composition {
  const each = (countOf: (questions: readonly Question[]) => number): SplitCounts =>
    Object.fromEntries(splitNames.map((name) => [name, countOf(splits[name])])) as SplitCounts;
  const by = (nameOf: (question: Question) => string): CountTable => {
    const names = new Set(splitNames.flatMap((name) => splits[name].map(nameOf)));
    return Object.fromEntries(
      [...names]
        .sort()
        .map((name) => [name, each((all) => all.filter((one) => nameOf(one) === name).length)]),
    );
  };
  return {
    questions: each((all) => all.length),
    paths: each((all) => new Set(all.map(pathKeyOf)).size),
    rare: each((all) => all.filter((one) => isSynthetic(one) && one.origin.isRare).length),
    tiers: by(({ tier }) => tier ?? "none"),
    sources: by(sourceOf),
    languages: by(({ language }) => language),
    types: by(typeOf),
    licences: by(({ licence }) => licence),
  };
}

/** What was found against one protected set, or inside the training material. */
export interface MatchRow {
  readonly set: string;
  readonly kind: Match["kind"];
  readonly questions: number;
  readonly open: number;
  readonly notSame: number;
  readonly methods: Readonly<Record<string, number>>;
}

/** Matches by set; a protected set without any has a row too. */
export function matchRows(
  matches: readonly Match[],
  { notSame, same }: Released,
  protectedNames: readonly string[],
): MatchRow[] {
  const rowOf = (set: string, kind: Match["kind"]): MatchRow => {
    const own = matches.filter(
      (match) => match.kind === kind && (kind === "duplicate" || match.other.set === set),
    );
    const methods: Record<string, number> = {};
    for (const { method } of own) methods[method] = (methods[method] ?? 0) + 1;
    const open = own.filter(({ id }) => !notSame.has(id) && !same.has(id));
    return {
      set,
      kind,
      questions: new Set(own.map(({ question }) => question.id)).size,
      open: kind === "duplicate" ? 0 : open.length,
      notSame: own.filter(({ id }) => notSame.has(id)).length,
      methods,
    };
  };
  return [
    rowOf("training", "duplicate"),
    ...[...protectedNames].sort().map((set) => rowOf(set, "contamination")),
  ];
}
