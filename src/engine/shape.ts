/**
 * Shapes whose dimensions are numbers or named unknowns, so that one program serves every batch size.
 *
 * A dimension is a number, a name (`rows`), or a product in one fixed spelling (`2*rows*time`). Equal dimensions
 * are equal strings; that is all the arithmetic a transformer needs, since reshapes only multiply.
 */

export type Dimension = number | string;
export type Shape = readonly Dimension[];

/** The product of dimensions in its one spelling. */
export function product(dimensions: Shape): Dimension {
  let factor = 1;
  const names: string[] = [];
  for (const dimension of dimensions) {
    if (typeof dimension === "number") factor *= dimension;
    else {
      for (const part of dimension.split("*")) {
        if (/^\d+$/.test(part)) factor *= Number(part);
        else names.push(part);
      }
    }
  }
  if (names.length === 0) return factor;
  names.sort();
  return factor === 1 ? names.join("*") : `${factor}*${names.join("*")}`;
}

/** Whether two shapes are the same, name for name. */
export function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((dimension, i) => dimension === b[i]);
}

/** A shape as people read it: `[rows, 4, 64]`. */
export function showShape(shape: Shape): string {
  return `[${shape.join(", ")}]`;
}

/** The shape two operands broadcast to, aligned at the last dimension, or undefined when they do not fit. */
export function broadcastShapes(a: Shape, b: Shape): Shape | undefined {
  const rank = Math.max(a.length, b.length);
  const out: Dimension[] = [];
  for (let i = 0; i < rank; i++) {
    const x = a[a.length - rank + i] ?? 1;
    const y = b[b.length - rank + i] ?? 1;
    if (x !== y && x !== 1 && y !== 1) return undefined;
    out.push(x === 1 ? y : x);
  }
  return out;
}

/** A size that is known only in a run: dimension `from` of a tensor at hand. */
export interface SizeOf {
  readonly from: number;
}

/**
 * The target of an ONNX Reshape: known numbers as they are, 0 to copy an unknown that keeps its place, a size read
 * from `like` where it has that unknown, -1 for the one that is left; undefined when two are left.
 */
export function reshapeTarget(
  from: Shape,
  to: Shape,
  like: Shape = [],
): readonly (number | SizeOf)[] | undefined {
  let left = to.filter((dimension) => typeof dimension === "string").length;
  const target = to.map((dimension, i) => {
    if (typeof dimension === "number") return dimension;
    if (left === 1) return -1;
    const known = like.indexOf(dimension);
    if (from[i] !== dimension && known < 0) return -1;
    left--;
    return from[i] === dimension ? 0 : { from: known };
  });
  return target.filter((part) => part === -1).length > 1 ? undefined : target;
}
