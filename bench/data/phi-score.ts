/**
 * How well anonymisation finds what it should: recall by class with Wilson intervals, precision, F2, hard negatives.
 *
 * An element counts as found when each of its letters and digits is covered; titles, labels inside a gold value
 * ("Dr.", "Patient ID:") and names of states identify nobody and need not be. No value is ever returned.
 */
import { type Interval, wilsonInterval } from "../../src/base/wilson.ts";
import { states } from "../../src/refine/anonymise/place-lists.ts";
import type { LabelledText } from "./phi-sets.ts";

export interface Place {
  readonly start: number;
  readonly end: number;
}

interface ClassRecall {
  readonly class: string;
  readonly found: number;
  readonly n: number;
  readonly interval: Interval;
}

export interface PhiScore {
  readonly texts: number;
  readonly elements: number;
  readonly byClass: readonly ClassRecall[];
  readonly recall: number;
  readonly precision: number;
  readonly f2: number;
  /** Gold elements of which a letter or digit stays. */
  readonly leaked: number;
  readonly negatives: number;
  readonly negativesChanged: number;
  /** Numbers (from 0) of the texts with a leak or a false alarm; for whoever wants to look them up. */
  readonly faulty: readonly number[];
}

const neutral =
  /\b(?:Dr|Mr|Mrs|Ms|Prof|Professor|Miss|Nurse|Patient|PT|Pt|ID|MRN|SSN|DOB|Email|Phone|Insurance|Policy|Member|Account|Acct|Fax|Tel|Contact|No|Number|in|at|the|and|of|on|for|clinic|office|facility|hospital|branch|center|site|last|early|late|mid|spring|summer|fall|winter|Jr|Sr|MD|RN|s)\b/g;
const state = new RegExp(`\\b(?:${[...states].join("|")}|[A-Z]{2}(?=[ ,.)]|$))(?![\\p{L}])`, "gu");

/** The score of a finder over labelled texts. */
export function scorePhi(texts: readonly LabelledText[], find: (text: string) => readonly Place[]): PhiScore {
  const counts = new Map<string, { found: number; n: number }>();
  const faulty: number[] = [];
  let findings = 0;
  let right = 0;
  let leaked = 0;
  let negatives = 0;
  let negativesChanged = 0;
  texts.forEach(({ text, gold }, at) => {
    const found = find(text);
    const good = found.filter(({ start, end }) => gold.some((one) => one.start < end && one.end > start));
    findings += found.length;
    right += good.length;
    let missed = 0;
    for (const one of gold) {
      const count = counts.get(one.class) ?? { found: 0, n: 0 };
      counts.set(one.class, count);
      count.n++;
      if (isCovered(text, one, found)) count.found++;
      else missed++;
    }
    leaked += missed;
    if (gold.length === 0) {
      negatives++;
      if (found.length > 0) negativesChanged++;
    }
    if (missed > 0 || good.length < found.length) faulty.push(at);
  });
  const elements = [...counts.values()].reduce((sum, { n }) => sum + n, 0);
  const recall = elements === 0 ? 0 : (elements - leaked) / elements;
  const precision = findings === 0 ? 1 : right / findings;
  return {
    texts: texts.length,
    elements,
    byClass: [...counts].map(([kind, { found, n }]) => ({
      class: kind,
      found,
      n,
      interval: wilsonInterval(found, n),
    })),
    recall,
    precision,
    f2: recall + precision === 0 ? 0 : (5 * precision * recall) / (4 * precision + recall),
    leaked,
    negatives,
    negativesChanged,
    faulty,
  };
}

function isCovered(text: string, gold: Place, found: readonly Place[]): boolean {
  const value = text.slice(gold.start, gold.end);
  const free = new Set<number>();
  // A value that is nothing but neutral words has to be covered like any other.
  for (const pattern of [neutral, state])
    for (const match of value.matchAll(pattern))
      if (match[0].length < value.length) for (let i = 0; i < match[0].length; i++) free.add(match.index + i);
  for (let i = 0; i < value.length; i++) {
    if (free.has(i) || !/[\p{L}\p{N}]/u.test(value[i] as string)) continue;
    const place = gold.start + i;
    if (!found.some(({ start, end }) => start <= place && end > place)) return false;
  }
  return true;
}
