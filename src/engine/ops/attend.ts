/**
 * What attention needs beside matrix products: rotary positions and the masked softmax.
 *
 * A rotation is orthogonal, so the derivative of the rotary embedding is the rotation backwards: the same
 * operator with the negated sine table. Both tables are inputs, so neither is computed in a run.
 */
import { invariant } from "../../base/errors.ts";
import { apply, type Operator, type Tensor } from "../graph.ts";
import { broadcastShapes, sameShape } from "../shape.ts";
import { mul } from "./elementwise.ts";

/** Tables of the rotary embedding, each [positions, headDim / 2]. */
export interface RotaryTables {
  readonly cos: Tensor;
  readonly sin: Tensor;
  readonly negatedSin: Tensor;
}

const rotaryOperator: Operator<null> = {
  name: "Rotary",
  infer([x, positions, cos], _none, fail) {
    if (x!.shape.length !== 3) fail("it turns [rows, time, heads * headDim]");
    if (!sameShape(positions!.shape, x!.shape.slice(0, 2))) fail("one position per token is needed");
    const half = cos!.shape[1];
    if (typeof half !== "number" || (x!.shape[2] as number) % (2 * half) !== 0) {
      fail(`the width is no multiple of the head size ${half} * 2`);
    }
    return [{ shape: x!.shape, dtype: x!.dtype }];
  },
  emit(node, out) {
    const [x, positions, cos, sin] = node.inputs.map((tensor) => out.name(tensor)) as [
      string,
      string,
      string,
      string,
    ];
    out.node("RotaryEmbedding", [x, positions, cos, sin], [out.name(node.outputs[0]!)], {
      domain: "com.microsoft",
    });
  },
  derive(node, [gradient]) {
    const [, positions, cos, sin, negatedSin] = node.inputs as [Tensor, Tensor, Tensor, Tensor, Tensor];
    return apply(rotaryOperator, [gradient!, positions, cos, negatedSin, sin], null, node.label);
  },
};

/** x [rows, time, heads * headDim] turned by the angle of each token's position (halves, as Hugging Face does). */
export function rotary(x: Tensor, positions: Tensor, tables: RotaryTables, label: string): Tensor {
  return apply(rotaryOperator, [x, positions, tables.cos, tables.sin, tables.negatedSin], null, label)[0]!;
}

const softmaxOperator: Operator<null> = {
  name: "MaskedSoftmax",
  infer([scores, mask], _none, fail) {
    const shape = broadcastShapes(scores!.shape, mask!.shape);
    if (shape === undefined || !sameShape(shape, scores!.shape)) fail("the mask does not fit the scores");
    return [{ shape: scores!.shape, dtype: scores!.dtype }];
  },
  emit(node, out) {
    const [scores, mask] = node.inputs.map((tensor) => out.name(tensor)) as [string, string];
    const masked = out.fresh();
    out.node("Add", [scores, mask], [masked]);
    out.node("Softmax", [masked], [out.name(node.outputs[0]!)], { ints: { axis: -1 } });
  },
  derive: (node, [gradient]) => [
    apply(softmaxGradientOperator, [node.outputs[0]!, gradient!], null, node.label)[0],
    undefined,
  ],
};

/** ds = p · (g − Σ g · p) along the last dimension. */
const softmaxGradientOperator: Operator<null> = {
  name: "SoftmaxGradient",
  infer: ([p]) => [{ shape: p!.shape, dtype: p!.dtype }],
  emit(node, out) {
    const [p, g] = node.inputs.map((tensor) => out.name(tensor)) as [string, string];
    const [product, total, rest] = [out.fresh(), out.fresh(), out.fresh()];
    out.node("Mul", [g, p], [product]);
    out.node("ReduceSum", [product, out.integers([-1])], [total], { ints: { keepdims: 1 } });
    out.node("Sub", [g, total], [rest]);
    out.node("Mul", [rest, p], [out.name(node.outputs[0]!)]);
  },
};

/** Softmax over the last dimension of scores + mask (0 = visible, very negative = hidden). */
export function maskedSoftmax(scores: Tensor, mask: Tensor, label: string): Tensor {
  return apply(softmaxOperator, [scores, mask], null, label)[0]!;
}

const rowDotOperator: Operator<{ readonly alpha: number }> = {
  name: "RowDot",
  infer([a, b], _attributes, fail) {
    const shape = broadcastShapes(a!.shape, b!.shape);
    if (shape === undefined || !sameShape(shape, a!.shape)) fail("the second does not fit the first");
    return [{ shape: [...a!.shape.slice(0, -1), 1], dtype: a!.dtype }];
  },
  emit(node, out) {
    const [a, b] = node.inputs.map((tensor) => out.name(tensor)) as [string, string];
    const width = node.inputs[0]!.shape.at(-1) as number;
    const [product, flat, total] = [out.fresh(), out.fresh(), out.fresh()];
    // Far cheaper than one tiny matrix product per row, which is what a batched product would be.
    out.node("Mul", [a, b], [product]);
    out.node("Reshape", [product, out.integers([-1, width])], [flat]);
    out.node("Gemm", [flat, out.floats(Array(width).fill(1), [width, 1])], [total], {
      floats: { alpha: node.attributes.alpha },
    });
    const target = node.outputs[0]!.shape.map((dimension, i) => (i === 0 ? -1 : (dimension as number)));
    out.node("Reshape", [total, out.integers(target)], [out.name(node.outputs[0]!)]);
  },
  derive(node, [gradient]) {
    const [a, b] = node.inputs as [Tensor, Tensor];
    invariant(node.attributes.alpha === 1, "only a plain product of rows is differentiated");
    // A broadcast operand would need its gradient summed; the type check of the walk would refuse it here.
    return [mul(gradient!, b), mul(gradient!, a)];
  },
};

/** alpha · Σ a · b over the last dimension, which is kept with size 1. */
export function rowDot(a: Tensor, b: Tensor, alpha: number): Tensor {
  return apply(rowDotOperator, [a, b], { alpha })[0]!;
}
