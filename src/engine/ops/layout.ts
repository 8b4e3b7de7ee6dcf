/**
 * Operators that move values without changing them: reshape, transpose, concatenate, split, and rows by index.
 *
 * Rows by index is both the embedding and the choice of the positions that are scored; its derivative adds rows
 * back, and one row may be asked for many times.
 */
import { invariant } from "../../base/errors.ts";
import { apply, type Operator, type Tensor } from "../graph.ts";
import { product, reshapeTarget, type Shape, sameShape, showShape } from "../shape.ts";

const reshapeOperator: Operator<{ readonly shape: Shape }> = {
  name: "Reshape",
  infer([a, like], { shape }, fail) {
    if (product(a!.shape) !== product(shape)) fail(`it cannot become ${showShape(shape)}`);
    if (reshapeTarget(a!.shape, shape, like?.shape) === undefined) {
      fail(`${showShape(shape)} leaves two unknown dimensions open`);
    }
    return [{ shape, dtype: a!.dtype }];
  },
  emit(node, out) {
    const [a, like] = node.inputs as [Tensor, Tensor?];
    const target = reshapeTarget(a.shape, node.attributes.shape, like?.shape);
    invariant(target !== undefined, "a reshape was checked when it was made");
    const parts = target.map((part) => {
      if (typeof part === "number") return out.integers([part]);
      const size = out.fresh();
      out.node("Shape", [out.name(like!)], [size], { ints: { start: part.from, end: part.from + 1 } });
      return size;
    });
    let shape = out.integers(target.filter((part) => typeof part === "number"));
    if (target.some((part) => typeof part !== "number")) {
      shape = out.fresh();
      out.node("Concat", parts, [shape], { ints: { axis: 0 } });
    }
    out.node("Reshape", [out.name(a), shape], [out.name(node.outputs[0]!)]);
  },
  derive(node, [gradient]) {
    const a = node.inputs[0]!;
    return [reshape(gradient!, a.shape, a), undefined];
  },
};

/** The same values in the same order under another shape; `like` is where unknown sizes are read if need be. */
export function reshape(a: Tensor, shape: Shape, like?: Tensor): Tensor {
  if (sameShape(a.shape, shape)) return a;
  const open = reshapeTarget(a.shape, shape) === undefined;
  return apply(reshapeOperator, open && like !== undefined ? [a, like] : [a], { shape })[0]!;
}

const transposeOperator: Operator<{ readonly order: readonly number[] }> = {
  name: "Transpose",
  infer([a], { order }, fail) {
    if (order.length !== a!.shape.length) fail(`the order [${order}] has another rank`);
    return [{ shape: order.map((from) => a!.shape[from]!), dtype: a!.dtype }];
  },
  emit: (node, out) =>
    out.node("Transpose", [out.name(node.inputs[0]!)], [out.name(node.outputs[0]!)], {
      ints: { perm: node.attributes.order },
    }),
  derive(node, [gradient]) {
    const { order } = node.attributes;
    return [
      transpose(
        gradient!,
        order.map((_, i) => order.indexOf(i)),
      ),
    ];
  },
};

/** Dimensions in another order. */
export function transpose(a: Tensor, order: readonly number[]): Tensor {
  return apply(transposeOperator, [a], { order })[0]!;
}

const gatherOperator: Operator<null> = {
  name: "Gather",
  infer([table, indices], _none, fail) {
    if (table!.shape.length !== 2) fail("rows are taken from a matrix");
    return [{ shape: [...indices!.shape, table!.shape[1]!], dtype: table!.dtype }];
  },
  emit: (node, out) =>
    out.node(
      "Gather",
      node.inputs.map((tensor) => out.name(tensor)),
      [out.name(node.outputs[0]!)],
      { ints: { axis: 0 } },
    ),
  derive(node, [gradient]) {
    const [table, indices] = node.inputs as [Tensor, Tensor];
    return [scatterRows(table, indices, gradient!), undefined];
  },
};

/** The rows of a matrix at `indices`. */
export function gatherRows(table: Tensor, indices: Tensor, label = ""): Tensor {
  return apply(gatherOperator, [table, indices], null, label)[0]!;
}

const lookupOperator: Operator<null> = {
  ...gatherOperator,
  name: "Lookup",
  derive: () => [undefined, undefined],
};

/**
 * Rows of a large table: no gradient flows to the table, whose every row would have to be written out. Whoever
 * trains it asks for the gradient of the rows and adds each where it came from.
 */
export function lookup(table: Tensor, indices: Tensor, label: string): Tensor {
  return apply(lookupOperator, [table, indices], null, label)[0]!;
}

const scatterOperator: Operator<null> = {
  name: "ScatterRows",
  infer([like, indices, rows], _none, fail) {
    if (!sameShape(rows!.shape, [...indices!.shape, like!.shape[1]!])) fail("one row per index is needed");
    return [{ shape: like!.shape, dtype: rows!.dtype }];
  },
  emit(node, out) {
    const [like, indices, rows] = node.inputs.map((tensor) => out.name(tensor)) as [string, string, string];
    const [shape, zeros, column, sizes, wide] = Array.from({ length: 5 }, () => out.fresh()) as [
      string,
      ...string[],
    ];
    out.node("Shape", [like], [shape]);
    out.node("ConstantOfShape", [shape], [zeros!]);
    out.node("Unsqueeze", [indices, out.integers([-1])], [column!]);
    out.node("Shape", [rows], [sizes!]);
    out.node("Expand", [column!, sizes!], [wide!]);
    // Element by element, because adding whole rows loses some when several threads add to one place.
    out.node("ScatterElements", [zeros!, wide!, rows], [out.name(node.outputs[0]!)], {
      ints: { axis: 0 },
      strings: { reduction: "add" },
    });
  },
};

/** A matrix shaped as `like` into which each row is added at its index. */
function scatterRows(like: Tensor, indices: Tensor, rows: Tensor): Tensor {
  return apply(scatterOperator, [like, indices, rows], null)[0]!;
}

const concatOperator: Operator<{ readonly axis: number }> = {
  name: "Concat",
  infer(inputs, { axis }, fail) {
    const sizes = inputs.map((tensor) => tensor.shape[axis]);
    const total = sizes.every((size) => typeof size === "number")
      ? (sizes as number[]).reduce((a, b) => a + b, 0)
      : sizes.join("+");
    const rest = (shape: Shape): Shape => shape.filter((_, i) => i !== axis);
    if (inputs.some((tensor) => !sameShape(rest(tensor.shape), rest(inputs[0]!.shape)))) {
      fail(`they differ outside dimension ${axis}`);
    }
    return [{ shape: inputs[0]!.shape.map((d, i) => (i === axis ? total : d)), dtype: inputs[0]!.dtype }];
  },
  emit: (node, out) =>
    out.node(
      "Concat",
      node.inputs.map((tensor) => out.name(tensor)),
      [out.name(node.outputs[0]!)],
      { ints: { axis: node.attributes.axis } },
    ),
};

/** Tensors one after another along an axis; used where no gradient flows. */
export function concat(tensors: readonly Tensor[], axis: number): Tensor {
  return apply(concatOperator, tensors, { axis })[0]!;
}

const sliceOperator: Operator<{ readonly start: number; readonly end: number; readonly shape: Shape }> = {
  name: "SliceLast",
  infer: ([a], { shape }) => [{ shape, dtype: a!.dtype }],
  emit(node, out) {
    const { start, end } = node.attributes;
    out.node(
      "Slice",
      [out.name(node.inputs[0]!), out.integers([start]), out.integers([end]), out.integers([-1])],
      [out.name(node.outputs[0]!)],
    );
  },
};

/** The part [start, end) of the last dimension, negative from its end; used where no gradient flows. */
export function sliceLast(a: Tensor, start: number, end: number, size: number | string): Tensor {
  return apply(sliceOperator, [a], { start, end, shape: [...a.shape.slice(0, -1), size] })[0]!;
}

const afterOperator: Operator<null> = {
  name: "After",
  infer([a, other], _none, fail) {
    if (!sameShape(a!.shape, other!.shape)) fail("both have to have one shape");
    return [{ shape: a!.shape, dtype: a!.dtype }];
  },
  emit(node, out) {
    const [a, other] = node.inputs.map((tensor) => out.name(tensor)) as [string, string];
    const nothing = out.fresh();
    out.node("Mul", [other, out.floats([0], [])], [nothing]);
    out.node("Add", [a, nothing], [out.name(node.outputs[0]!)]);
  },
};

/** The value of `a`, but not before `other` is known; what is made from it is made late. */
export function after(a: Tensor, other: Tensor): Tensor {
  return apply(afterOperator, [a, other], null)[0]!;
}
