/**
 * What the checks make of the planted set: recall of each kind of fault, precision of each check, false alarms on
 * clean texts; the open and the held half apart.
 *
 * Caught is a failing check that is meant for the fault and touches its place; where a fault or a check has no place,
 * the failing check is enough. Precision counts texts: all that a check stops, clean or planted.
 */
import { type Interval, wilsonInterval } from "../../src/base/wilson.ts";
import { type ReasoningCheckName, reasoningChecks } from "../../src/recipe/sections/coldstart.ts";
import type { Check } from "../../src/records/check.ts";
import type { ReasoningCheck } from "../../src/verify/reasoning/reasoning.ts";
import {
  checksBeside,
  checksFor,
  type FaultKind,
  faultKinds,
  type Planted,
  type ReasoningText,
} from "./planted.ts";
import type { PlantedSet } from "./set.ts";

interface Share extends Interval {
  readonly count: number;
  readonly of: number;
}

interface KindRow {
  readonly kind: FaultKind;
  readonly recall: Share;
  /** Texts of the kind that any check stopped, whichever and wherever. */
  readonly stopped: number;
  /** How often each check that is meant for the kind failed at the fault. */
  readonly by: Readonly<Record<string, number>>;
}

interface CheckRow {
  readonly name: ReasoningCheckName;
  /** Texts stopped rightly, of all it stopped. */
  readonly precision: Share;
  /** Clean texts stopped, of all clean ones. */
  readonly alarms: Share;
}

export interface HalfScore {
  readonly kinds: readonly KindRow[];
  /** Sums and formulas together. */
  readonly numbers: Share;
  readonly checks: readonly CheckRow[];
  /** Clean texts that any check stopped, and those that a check of the given ones stopped. */
  readonly alarms: Share;
  readonly rejected: Share;
}

interface Judged<T extends ReasoningText> {
  readonly one: T;
  readonly failing: readonly Check[];
}

export interface JudgedSet {
  readonly clean: readonly Judged<ReasoningText>[];
  readonly planted: readonly Judged<Planted>[];
}

/** What fails of each text. */
export function judge({ clean, planted }: PlantedSet, check: ReasoningCheck): JudgedSet {
  const failing = ({ text, question, letters }: ReasoningText): readonly Check[] =>
    check({ text, question, letters }).filter(({ passed }) => !passed);
  return {
    clean: clean.map((one) => ({ one, failing: failing(one) })),
    planted: planted.map((one) => ({ one, failing: failing(one) })),
  };
}

/** The score over some of the texts; `rejecting` are the checks that a trajectory must pass. */
export function scoreOf(
  judged: JudgedSet,
  rejecting: readonly ReasoningCheckName[],
  isIn: (one: ReasoningText) => boolean = () => true,
): HalfScore {
  const clean = judged.clean.filter(({ one }) => isIn(one));
  const planted = judged.planted.filter(({ one }) => isIn(one));
  const caught = planted.filter(isCaught);
  const recallOf = (kinds: readonly FaultKind[]): Share =>
    share(
      count(caught, ({ one }) => kinds.includes(one.kind)),
      count(planted, ({ one }) => kinds.includes(one.kind)),
    );
  const fires = ({ failing }: Judged<ReasoningText>, name: string): boolean =>
    failing.some((check) => check.name === name);
  return {
    kinds: faultKinds.map((kind) => {
      const own = planted.filter(({ one }) => one.kind === kind);
      const by = checksFor[kind].map((name) => [name, count(own, (text) => catches(text, name))] as const);
      return {
        kind,
        recall: recallOf([kind]),
        stopped: count(own, ({ failing }) => failing.length > 0),
        by: Object.fromEntries(by.filter(([, times]) => times > 0)),
      };
    }),
    numbers: recallOf(["sum", "formula"]),
    checks: reasoningChecks.map((name) => {
      const right = count(planted, (text) => fires(text, name) && checksFor[text.one.kind].includes(name));
      const told = planted.filter(({ one }) => !checksBeside[one.kind]?.includes(name));
      const all = count([...clean, ...told], (text) => fires(text, name));
      return {
        name,
        precision: share(right, all),
        alarms: share(
          count(clean, (text) => fires(text, name)),
          clean.length,
        ),
      };
    }),
    alarms: share(
      count(clean, ({ failing }) => failing.length > 0),
      clean.length,
    ),
    rejected: share(
      count(clean, (text) => rejecting.some((name) => fires(text, name))),
      clean.length,
    ),
  };
}

/** Whether a check that is meant for the fault fails where it is. */
export function isCaught(text: Judged<Planted>): boolean {
  return checksFor[text.one.kind].some((name) => catches(text, name));
}

function catches({ one: { place }, failing }: Judged<Planted>, name: string): boolean {
  return failing.some(
    ({ name: own, span }) =>
      own === name &&
      (place === undefined || span === undefined || (span[0] < place[1] && place[0] < span[1])),
  );
}

function share(part: number, of: number): Share {
  return { count: part, of, ...(of === 0 ? { low: 0, high: 1 } : wilsonInterval(part, of)) };
}

function count<T>(items: readonly T[], is: (item: T) => boolean): number {
  return items.filter(is).length;
}
