/**
 * How many questions to draw of each cell (a source within a tier) so that sources and tiers have their shares:
 * iterative proportional fitting (Deming and Stephan 1940) from what there is, then whole numbers.
 *
 * Invariant: never more of a cell than it has.
 */

export interface Cell {
  readonly key: string;
  /** The cell's member of each side that has shares: { source: "synthetic", tier: "easy" }. */
  readonly parts: Readonly<Record<string, string | undefined>>;
  readonly has: number;
}

/** Rounds of fitting; two sides with few members settle within a few. */
const rounds = 100;

type Shares = Readonly<Record<string, ReadonlyMap<string, number>>>;

/**
 * Questions of each cell by key. `most` fills that number even where shares cannot hold, as near to them as it goes;
 * without it the number is the largest at which they do.
 */
export function quotasOf(
  cells: readonly Cell[],
  shares: Shares,
  most: number | undefined,
): Map<string, number> {
  const fitted = fitShares(cells, shares);
  const total = sum(fitted);
  if (total === 0) return new Map(cells.map(({ key }) => [key, 0]));
  const shape = fitted.map((value) => value / total);
  const isOpen = (i: number): boolean => (shape[i] as number) > 0;
  const allowed = Math.min(...cells.flatMap(({ has }, i) => (isOpen(i) ? [has / (shape[i] as number)] : [])));
  if (most === undefined) {
    const goal = Math.floor(allowed + 1e-9);
    return rounded(
      cells,
      shape.map((part) => part * goal),
      goal,
    );
  }
  const goal = Math.min(most, sum(cells.map(({ has }, i) => (isOpen(i) ? has : 0))));
  // Where shares of both sides cannot hold, the order in which they are tended decides which is nearer.
  const sides = Object.keys(shares).filter((side) => (shares[side]?.size ?? 0) > 0);
  const tries = [sides, sides.toReversed()].map((order) => fillShares(cells, shares, shape, goal, order));
  const [best] = tries.sort((a, b) => offBy(cells, shares, a, goal) - offBy(cells, shares, b, goal));
  return rounded(cells, best as number[], goal);
}

/** A number of questions by shares, none beyond what a cell has: what one member lacks its neighbours make up for. */
function fillShares(
  cells: readonly Cell[],
  shares: Shares,
  shape: readonly number[],
  goal: number,
  order: readonly string[],
): number[] {
  const caps = cells.map(({ has }) => has);
  let values = filled(shape, caps, goal);
  for (let round = 0; round < rounds; round++)
    for (const side of order)
      for (const [name, share] of shares[side] ?? []) {
        const own = values.map((value, i) => (cells[i]?.parts[side] === name ? value : 0));
        const full = filled(own, caps, share * goal);
        values = values.map((value, i) => (cells[i]?.parts[side] === name ? (full[i] as number) : value));
      }
  return filled(values, caps, goal);
}

/** How far quotas are from the shares, over all members of all sides. */
function offBy(cells: readonly Cell[], shares: Shares, quotas: readonly number[], goal: number): number {
  return sum(
    Object.entries(shares).flatMap(([side, wanted]) =>
      [...wanted].map(([name, share]) =>
        Math.abs(share * goal - sum(quotas.filter((_, i) => cells[i]?.parts[side] === name))),
      ),
    ),
  );
}

/** What there is, scaled side by side until each member has its share of the whole; a member that is absent has none. */
function fitShares(cells: readonly Cell[], shares: Shares): number[] {
  let values = cells.map(({ has }) => has);
  for (let round = 0; round < rounds; round++)
    for (const [side, wanted] of Object.entries(shares)) {
      if (wanted.size === 0) continue;
      const whole = sum(values);
      const got = new Map<string, number>();
      cells.forEach(({ parts }, i) => {
        const name = parts[side] ?? "";
        got.set(name, (got.get(name) ?? 0) + (values[i] as number));
      });
      // Of what is wanted only the part that is there can be had: the others share it out.
      const there = sum([...wanted].map(([name, share]) => ((got.get(name) ?? 0) > 0 ? share : 0)));
      values = values.map((value, i) => {
        const name = cells[i]?.parts[side] ?? "";
        const has = got.get(name) ?? 0;
        return has === 0 || there === 0 ? 0 : (value * (wanted.get(name) ?? 0) * whole) / (has * there);
      });
    }
  return values;
}

/** The goal shared out by weights; what one lacks goes to the others in proportion. */
function filled(weights: readonly number[], caps: readonly number[], goal: number): number[] {
  const quotas = weights.map(() => 0);
  let left = goal;
  for (let round = 0; round <= weights.length && left > 1e-9; round++) {
    const isOpen = (i: number): boolean => (quotas[i] as number) < (caps[i] as number) - 1e-9;
    const open = sum(weights.map((weight, i) => (isOpen(i) ? weight : 0)));
    if (open === 0) break;
    const now = left;
    weights.forEach((weight, i) => {
      if (!isOpen(i)) return;
      const more = Math.min((caps[i] as number) - (quotas[i] as number), (now * weight) / open);
      quotas[i] = (quotas[i] as number) + more;
      left -= more;
    });
  }
  return quotas;
}

/** Whole numbers by the largest remainders. */
function rounded(cells: readonly Cell[], quotas: readonly number[], goal: number): Map<string, number> {
  const whole = quotas.map((quota) => Math.floor(quota + 1e-9));
  let left = Math.min(goal, Math.round(sum(quotas))) - sum(whole);
  const byRemainder = quotas
    .map((quota, i) => ({ i, remainder: quota - (whole[i] as number) }))
    .sort((a, b) => b.remainder - a.remainder || a.i - b.i);
  for (const { i, remainder } of byRemainder)
    if (left > 0 && remainder > 1e-9 && (whole[i] as number) < (cells[i] as Cell).has) {
      whole[i] = (whole[i] as number) + 1;
      left -= 1;
    }
  return new Map(cells.map(({ key }, i) => [key, whole[i] as number]));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
