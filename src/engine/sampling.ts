/**
 * Draws one token from a row of probabilities.
 *
 * The draw walks the cumulative sum with one uniform number, so the same seed gives the same token whatever else
 * is being generated. Truncation (top-k, then top-p, then min-p) keeps the most probable tokens, the lower id first among
 * equals, and draws among them in proportion.
 */
import { UsageError } from "../base/errors.ts";
import type { Random } from "../base/random.ts";

/** How a request draws. */
export interface Drawing {
  readonly temperature: number;
  readonly topK?: number;
  readonly topP?: number;
  /** Least probability, as a share of the most probable token's. */
  readonly minP?: number;
}

/** A drawn token; `entropy` only where it differs from that of the whole row. */
export interface Drawn {
  readonly token: number;
  readonly entropy?: number;
}

/** Draws from `row`, whose probabilities are already tempered. */
export function draw(row: Float32Array, drawing: Drawing, random: Random): Drawn {
  if (Number.isNaN(row[0])) {
    throw new UsageError(
      "engine: the model gives probabilities that are no numbers; its weights are damaged, or training went too far",
    );
  }
  if (drawing.temperature === 0) return { token: mostProbable(row), entropy: 0 };
  const { topK = row.length, topP = 1, minP = 0 } = drawing;
  if (topK < row.length || topP < 1 || minP > 0) return drawTruncated(row, topK, topP, minP, random);
  const u = random.next();
  let sum = 0;
  for (let token = 0; token < row.length; token++) {
    sum += row[token]!;
    if (u < sum) return { token };
  }
  // Rounding left the sum just below u: the last token that can occur at all.
  let last = row.length - 1;
  while (last > 0 && row[last] === 0) last--;
  return { token: last };
}

function mostProbable(row: Float32Array): number {
  let best = 0;
  for (let token = 1; token < row.length; token++) if (row[token]! > row[best]!) best = token;
  return best;
}

function drawTruncated(row: Float32Array, topK: number, topP: number, minP: number, random: Random): Drawn {
  // Only tokens that can be kept are sorted. With top-p none is that lies below an even share of what is left out:
  // all such tokens together are less than that.
  const floor = Math.max(
    minP * row[mostProbable(row)]!,
    (1 - topP) / row.length,
    topK < row.length ? kthLargest(row, topK) : 0,
  );
  const order: number[] = [];
  for (let token = 0; token < row.length; token++) if (row[token]! >= floor) order.push(token);
  order.sort((a, b) => row[b]! - row[a]! || a - b);
  let kept = 0;
  let mass = 0;
  while (kept < order.length && kept < topK && (kept === 0 || mass < topP)) mass += row[order[kept++]!]!;
  const u = random.next() * mass;
  let sum = 0;
  let token = order[0]!;
  for (let i = 0; i < kept; i++) {
    sum += row[order[i]!]!;
    token = order[i]!;
    if (u < sum) break;
  }
  let entropy = 0;
  for (let i = 0; i < kept; i++) {
    const p = row[order[i]!]! / mass;
    if (p > 0) entropy -= p * Math.log(p);
  }
  return { token, entropy };
}

/** Up to here keeping the largest in order is quicker than sorting all. */
const SELECTED = 256;

/** The k-th largest number of a row, k at most its length. */
function kthLargest(row: Float32Array, k: number): number {
  if (k > SELECTED) return row.toSorted().at(-k)!;
  // The k largest so far, falling; most numbers are turned away by the last of them.
  const largest: number[] = [];
  for (const value of row) {
    if (largest.length === k && value <= largest[k - 1]!) continue;
    let at = largest.length;
    while (at > 0 && largest[at - 1]! < value) at--;
    largest.splice(at, 0, value);
    if (largest.length > k) largest.pop();
  }
  return largest[k - 1]!;
}
