/**
 * RMSNorm as one operator: y = x · r · w with r = 1 / sqrt(mean(x²) + ε) for each row.
 *
 * The forward kernel hands out r as a by-product, and the derivative uses it:
 * with t = g · x · r:  dw = Σ_rows t,  dx = r · (g · w − x · r · (t · w) / width).
 */
import { apply, type Operator, type Tensor } from "../graph.ts";
import { sameShape } from "../shape.ts";

interface RmsNormAttributes {
  readonly epsilon: number;
}

const rmsNormOperator: Operator<RmsNormAttributes> = {
  name: "RmsNorm",
  infer([x, weight], _attributes, fail) {
    if (x!.shape.length !== 2) fail("rows of a matrix are normalised");
    if (!sameShape(weight!.shape, [x!.shape[1]!])) fail(`the weight has to be [${x!.shape[1]}]`);
    return [
      { shape: x!.shape, dtype: x!.dtype },
      { shape: [x!.shape[0]!, 1], dtype: x!.dtype },
    ];
  },
  emit: (node, out) =>
    out.node(
      "SimplifiedLayerNormalization",
      node.inputs.map((tensor) => out.name(tensor)),
      node.outputs.map((tensor) => out.name(tensor)),
      { ints: { axis: -1, stash_type: 1 }, floats: { epsilon: node.attributes.epsilon } },
    ),
  derive(node, [gradient]) {
    const [x, weight] = node.inputs as [Tensor, Tensor];
    return apply(rmsNormGradientOperator, [x, weight, node.outputs[1]!, gradient!], null, node.label);
  },
};

const rmsNormGradientOperator: Operator<null> = {
  name: "RmsNormGradient",
  infer: ([x, weight]) => [
    { shape: x!.shape, dtype: x!.dtype },
    { shape: weight!.shape, dtype: weight!.dtype },
  ],
  emit(node, out) {
    const [x, weight, r, g] = node.inputs.map((tensor) => out.name(tensor)) as [
      string,
      string,
      string,
      string,
    ];
    const [dx, dw] = node.outputs.map((tensor) => out.name(tensor)) as [string, string];
    const width = node.inputs[1]!.shape[0] as number;
    const [unit, t, column, mean, gw, shift, inner] = Array.from({ length: 7 }, () => out.fresh());
    out.node("Mul", [x, r], [unit!]);
    out.node("Mul", [g, unit!], [t!]);
    out.node("ReduceSum", [t!, out.integers([0])], [dw], { ints: { keepdims: 0 } });
    out.node("Reshape", [weight, out.integers([width, 1])], [column!]);
    out.node("Gemm", [t!, column!], [mean!], { floats: { alpha: 1 / width } });
    out.node("Mul", [g, weight], [gw!]);
    out.node("Mul", [unit!, mean!], [shift!]);
    out.node("Sub", [gw!, shift!], [inner!]);
    out.node("Mul", [inner!, r], [dx]);
  },
};

/** Each row divided by its root mean square, times the weight. */
export function rmsNorm(x: Tensor, weight: Tensor, epsilon: number, label: string): Tensor {
  return apply(rmsNormOperator, [x, weight], { epsilon }, label)[0]!;
}
