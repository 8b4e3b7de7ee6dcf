/**
 * The frontier of the agent: titles that wait to be read, best first, each with the reasons why it waits
 * (paper §3.1, systematic navigation; the paper does not say how the next page is chosen).
 *
 * A title counts as much as its strongest reason, times what its closing of paths is worth: the number of entity
 * pages that lead to it. So a score only grows while its title waits. Equal scores go by title.
 *
 * Invariant: what the frontier holds depends on the order of its calls only. A title is a row of columns of numbers,
 * and its text is a copy, since a slice would keep the whole page it was cut from: a million titles fit.
 */
import { invariant } from "../../base/errors.ts";
import { grownTo, openSlotHeap } from "./slot-heap.ts";

/** Why a title waits. */
interface Reason {
  /** Title of the page that leads to it; absent for a seed. */
  readonly from?: string;
  readonly why: string;
  readonly weight: number;
}

/** A title that waits. */
export interface Waiting {
  readonly title: string;
  readonly score: number;
  /** How many pages about entities lead to it. */
  readonly entityPages: number;
  /** The strongest, the first of equals first. */
  readonly reasons: readonly Reason[];
}

export interface Frontier {
  /** How many titles wait. */
  size(): number;
  /**
   * Gives a title one more reason to wait, unless it was taken before. `reason.from` is a page that was read;
   * `closes` says that it is about an entity.
   */
  push(title: string, reason: Reason, closes: boolean): void;
  /** Takes out the best titles, at most `count`, the best first. */
  pop(count: number): string[];
  /** Takes out titles, waiting or never seen. */
  take(titles: Iterable<string>): void;
  /** Lets a title wait again that was taken and not read. */
  putBack(title: string): void;
  /** Files a page under read; false when it was already. */
  markRead(title: string): boolean;
  isRead(title: string): boolean;
  /** The best titles, at most `count`, with why they wait. */
  best(count: number): Waiting[];
}

/** Reasons kept of a title. */
const KEPT = 3;

/** Opens an empty frontier; `closing(n)` is the factor of a title that `n` entity pages lead to. */
export function openFrontier(closing: (entityPages: number) => number): Frontier {
  const slots = new Map<string, number>();
  const titles: string[] = [];
  const causes = new Map<string, number>();
  const causeWords: string[] = [];
  /** 1 is read. */
  let states = new Uint8Array(64);
  let scores = new Float64Array(64);
  let pages = new Int32Array(64);
  /** KEPT a slot, strongest first: the page it comes from (slot + 1, 0 is a seed), its words, its weight. */
  let froms = new Int32Array(64 * KEPT);
  let whys = new Uint16Array(64 * KEPT);
  let weights = new Float64Array(64 * KEPT);

  const heap = openSlotHeap((slot, other) => {
    const difference = (scores[slot] as number) - (scores[other] as number);
    return difference === 0 ? (titles[slot] as string) < (titles[other] as string) : difference > 0;
  });

  const slotOf = (title: string): number => {
    const known = slots.get(title);
    if (known !== undefined) return known;
    const slot = titles.length;
    const own = ownCopy(title);
    titles.push(own);
    slots.set(own, slot);
    if (slot >= states.length) {
      states = grownTo(states, slot + 1);
      scores = grownTo(scores, states.length);
      pages = grownTo(pages, states.length);
      froms = grownTo(froms, states.length * KEPT);
      whys = grownTo(whys, states.length * KEPT);
      weights = grownTo(weights, states.length * KEPT);
    }
    return slot;
  };
  const causeOf = (why: string): number => {
    const known = causes.get(why);
    if (known !== undefined) return known;
    invariant(
      causeWords.length < 65_536,
      "the reasons of the frontier are a closed list, titles stand apart",
    );
    causes.set(why, causeWords.length);
    causeWords.push(why);
    return causeWords.length - 1;
  };
  const keepReason = (slot: number, { from, why, weight }: Reason): void => {
    const first = slot * KEPT;
    let at = first + KEPT - 1;
    if ((weights[at] as number) >= weight) return;
    // A slot may move the columns, so it is asked for before they are written.
    const fromPlace = from === undefined ? 0 : slotOf(from) + 1;
    for (; at > first && (weights[at - 1] as number) < weight; at--) {
      froms[at] = froms[at - 1] as number;
      whys[at] = whys[at - 1] as number;
      weights[at] = weights[at - 1] as number;
    }
    froms[at] = fromPlace;
    whys[at] = causeOf(why);
    weights[at] = weight;
  };
  const waitingOf = (slot: number): Waiting => {
    const reasons: Reason[] = [];
    for (let at = slot * KEPT; at < (slot + 1) * KEPT && (weights[at] as number) > 0; at++) {
      const from = froms[at] as number;
      const why = causeWords[whys[at] as number] as string;
      const weight = weights[at] as number;
      reasons.push(from === 0 ? { why, weight } : { from: titles[from - 1] as string, why, weight });
    }
    return {
      title: titles[slot] as string,
      score: scores[slot] as number,
      entityPages: pages[slot] as number,
      reasons,
    };
  };
  const popSlots = (count: number): number[] => {
    const out: number[] = [];
    while (out.length < count) {
      const slot = heap.pop();
      if (slot === undefined) break;
      out.push(slot);
    }
    return out;
  };

  return {
    size: heap.size,
    push(title, reason, closes) {
      if (!(reason.weight > 0)) return;
      const known = slots.get(title);
      // A title with a slot that does not wait was taken, or is a page that was read.
      if (known !== undefined && !heap.has(known)) return;
      const slot = known ?? slotOf(title);
      keepReason(slot, reason);
      if (closes) pages[slot] = (pages[slot] as number) + 1;
      scores[slot] = (weights[slot * KEPT] as number) * closing(pages[slot] as number);
      if (known === undefined) heap.insert(slot);
      else heap.raise(slot);
    },
    pop: (count) => popSlots(count).map((slot) => titles[slot] as string),
    take(list) {
      for (const title of list) heap.remove(slotOf(title));
    },
    putBack(title) {
      const slot = slotOf(title);
      if (!heap.has(slot) && states[slot] === 0) heap.insert(slot);
    },
    markRead(title) {
      const slot = slotOf(title);
      if (states[slot] === 1) return false;
      states[slot] = 1;
      heap.remove(slot);
      return true;
    },
    isRead: (title) => states[slots.get(title) ?? -1] === 1,
    best(count) {
      const slotsOut = popSlots(count);
      for (const slot of slotsOut) heap.insert(slot);
      return slotsOut.map(waitingOf);
    },
  };
}

function ownCopy(text: string): string {
  return JSON.parse(JSON.stringify(text)) as string;
}
