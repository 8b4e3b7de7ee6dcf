/**
 * Elementwise operators with broadcasting, and the sum. The loss is written with these; everything that touches
 * a whole activation has a fused operator in a sibling file.
 *
 * Invariant: the gradient of a broadcast operand is summed back to that operand's own shape (`reduceTo`).
 */
import { apply, type Operator, type Tensor } from "../graph.ts";
import { broadcastShapes, sameShape } from "../shape.ts";

type BinaryName = "Add" | "Sub" | "Mul" | "Min";

function binary(
  name: BinaryName,
  derive: (a: Tensor, b: Tensor, out: Tensor, gradient: Tensor) => readonly [Tensor, Tensor],
): Operator<null> {
  return {
    name,
    infer([a, b], _none, fail) {
      const shape = broadcastShapes(a!.shape, b!.shape);
      if (shape === undefined) fail("the shapes do not broadcast");
      return [{ shape: shape!, dtype: a!.dtype }];
    },
    emit(node, out) {
      out.node(
        name,
        node.inputs.map((tensor) => out.name(tensor)),
        [out.name(node.outputs[0]!)],
      );
    },
    derive(node, [gradient]) {
      const [a, b] = node.inputs as [Tensor, Tensor];
      const [da, db] = derive(a, b, node.outputs[0]!, gradient!);
      return [reduceTo(da, a), reduceTo(db, b)];
    },
  };
}

const addOperator = binary("Add", (_a, _b, _out, g) => [g, g]);
const subOperator = binary("Sub", (_a, _b, _out, g) => [g, negate(g)]);
const mulOperator = binary("Mul", (a, b, _out, g) => [mul(g, b), mul(g, a)]);
// Where both are equal the gradient goes to the first, as the clipped objective needs: inside the clip range the
// two terms are equal and the plain ratio has to receive it.
const minOperator = binary("Min", (a, b, _out, g) => {
  const first = lessOrEqual(a, b);
  return [mul(g, first), mul(g, sub(ones(), first))];
});

export const add = (a: Tensor, b: Tensor, label = ""): Tensor => apply(addOperator, [a, b], null, label)[0]!;
export const sub = (a: Tensor, b: Tensor, label = ""): Tensor => apply(subOperator, [a, b], null, label)[0]!;
export const mul = (a: Tensor, b: Tensor, label = ""): Tensor => apply(mulOperator, [a, b], null, label)[0]!;
export const minimum = (a: Tensor, b: Tensor): Tensor => apply(minOperator, [a, b], null)[0]!;

type UnaryName = "Neg" | "Exp";

function unary(name: UnaryName, derive: (out: Tensor, gradient: Tensor) => Tensor): Operator<null> {
  return {
    name,
    infer: ([a]) => [{ shape: a!.shape, dtype: a!.dtype }],
    emit: (node, out) => out.node(name, [out.name(node.inputs[0]!)], [out.name(node.outputs[0]!)]),
    derive: (node, [gradient]) => [derive(node.outputs[0]!, gradient!)],
  };
}

const negateOperator = unary("Neg", (_out, g) => negate(g));
const expOperator = unary("Exp", (out, g) => mul(g, out));

export const negate = (a: Tensor): Tensor => apply(negateOperator, [a], null)[0]!;
export const exp = (a: Tensor): Tensor => apply(expOperator, [a], null)[0]!;

/** 1 where a ≤ b, else 0. A step function: no gradient flows through it. */
const lessOrEqualOperator: Operator<null> = {
  name: "LessOrEqual",
  infer: ([a]) => [{ shape: a!.shape, dtype: "float32" }],
  emit(node, out) {
    const flag = out.fresh();
    out.node("LessOrEqual", [out.name(node.inputs[0]!), out.name(node.inputs[1]!)], [flag]);
    out.node("Cast", [flag], [out.name(node.outputs[0]!)], { ints: { to: 1 } });
  },
  derive: () => [undefined, undefined],
};
const lessOrEqual = (a: Tensor, b: Tensor): Tensor => apply(lessOrEqualOperator, [a, b], null)[0]!;

/** a held between scalars low and high; the gradient is zero outside. */
const clipOperator: Operator<null> = {
  name: "Clip",
  infer([a, low, high], _none, fail) {
    if (low!.shape.length > 0 || high!.shape.length > 0) fail("the bounds have to be scalars");
    return [{ shape: a!.shape, dtype: a!.dtype }];
  },
  emit: (node, out) =>
    out.node(
      "Clip",
      node.inputs.map((tensor) => out.name(tensor)),
      [out.name(node.outputs[0]!)],
    ),
  derive(node, [gradient]) {
    const [a, low, high] = node.inputs as [Tensor, Tensor, Tensor];
    return [mul(mul(gradient!, lessOrEqual(a, high)), lessOrEqual(low, a)), undefined, undefined];
  },
};
export const clip = (a: Tensor, low: Tensor, high: Tensor): Tensor =>
  apply(clipOperator, [a, low, high], null)[0]!;

const onesOperator: Operator<null> = {
  name: "One",
  infer: () => [{ shape: [], dtype: "float32" }],
  emit: (node, out) => out.node("Identity", [out.floats([1], [])], [out.name(node.outputs[0]!)]),
  derive: () => [],
};
/** The scalar 1, which starts every backward walk. */
export const ones = (): Tensor => apply(onesOperator, [], null)[0]!;

interface SumAttributes {
  readonly axes: readonly number[];
  readonly keep: boolean;
}

const sumOperator: Operator<SumAttributes> = {
  name: "ReduceSum",
  infer([a], { axes, keep }) {
    const shape = a!.shape.flatMap((dimension, i) => (axes.includes(i) ? (keep ? [1] : []) : [dimension]));
    return [{ shape, dtype: a!.dtype }];
  },
  emit(node, out) {
    const { axes, keep } = node.attributes;
    out.node("ReduceSum", [out.name(node.inputs[0]!), out.integers(axes)], [out.name(node.outputs[0]!)], {
      ints: { keepdims: keep ? 1 : 0 },
    });
  },
  derive(node, [gradient]) {
    // Only whole sums are differentiated (the loss); a partial one appears in gradients alone.
    if (node.outputs[0]!.shape.length > 0) return [undefined];
    return [apply(expandOperator, [gradient!, node.inputs[0]!], null)[0]];
  },
};

/** The sum over `axes`, all of them when left out. */
export function sum(a: Tensor, axes: readonly number[] = a.shape.map((_, i) => i), keep = false): Tensor {
  return apply(sumOperator, [a], { axes, keep })[0]!;
}

/** A value repeated to the shape of another tensor. */
const expandOperator: Operator<null> = {
  name: "ExpandLike",
  infer: ([value, like]) => [{ shape: like!.shape, dtype: value!.dtype }],
  emit(node, out) {
    const shape = out.fresh();
    out.node("Shape", [out.name(node.inputs[1]!)], [shape]);
    out.node("Expand", [out.name(node.inputs[0]!), shape], [out.name(node.outputs[0]!)]);
  },
};

/** Sums a gradient over the dimensions along which `operand` was broadcast. */
function reduceTo(gradient: Tensor, operand: Tensor): Tensor {
  if (sameShape(gradient.shape, operand.shape)) return gradient;
  const lead = gradient.shape.length - operand.shape.length;
  const leading = Array.from({ length: lead }, (_, i) => i);
  const inner = operand.shape.flatMap((dimension, i) =>
    dimension === 1 && gradient.shape[lead + i] !== 1 ? [lead + i] : [],
  );
  const kept = inner.length > 0 ? sum(gradient, inner, true) : gradient;
  return leading.length > 0 ? sum(kept, leading) : kept;
}
