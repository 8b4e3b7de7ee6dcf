/**
 * A linear layer whose matrix W′ = W + s · B · A is already merged and of which only A [rank, in] and B [out, rank]
 * are trained. The forward pass is one product; with upstream gradient g
 *   dx = g · W′,   dA = s · (g · B)ᵀ · x,   dB = s · gᵀ · (x · Aᵀ).
 */
import { apply, type Operator, type Tensor } from "../graph.ts";
import { sameShape } from "../shape.ts";
import { matmul } from "./matmul.ts";

const adaptedOperator: Operator<{ readonly scale: number }> = {
  name: "AdaptedLinear",
  infer([x, weight, down, up, bias], _attributes, fail) {
    const [out, inner] = weight!.shape as readonly [number, number];
    const rank = down!.shape[0]!;
    if (x!.shape[1] !== inner) fail(`inner dimensions ${x!.shape[1]} and ${inner} differ`);
    if (!sameShape(down!.shape, [rank, inner]) || !sameShape(up!.shape, [out, rank]))
      fail("the factors do not fit");
    if (bias !== undefined && !sameShape(bias.shape, [out])) fail(`the bias has to be [${out}]`);
    return [{ shape: [x!.shape[0]!, out], dtype: x!.dtype }];
  },
  emit(node, out) {
    // The factors have no part in the forward product.
    const [x, weight, , , bias] = node.inputs;
    const used = [x!, weight!, ...(bias === undefined ? [] : [bias])].map((tensor) => out.name(tensor));
    out.node("Gemm", used, [out.name(node.outputs[0]!)], { ints: { transB: 1 } });
  },
  derive(node, [gradient]) {
    const g = gradient!;
    const [x, weight, down, up] = node.inputs as [Tensor, Tensor, Tensor, Tensor];
    const alpha = node.attributes.scale;
    return [
      matmul(g, weight),
      undefined,
      matmul(matmul(g, up), x, { transA: true, alpha }),
      matmul(g, matmul(x, down, { transB: true }), { transA: true, alpha }),
      undefined,
    ];
  },
};

/** x · W′ᵀ + bias for x [rows, in]; `scale` is s. */
export function adaptedLinear(
  x: Tensor,
  weight: Tensor,
  factors: { readonly down: Tensor; readonly up: Tensor; readonly scale: number },
  bias: Tensor | undefined,
  label: string,
): Tensor {
  const { down, up, scale } = factors;
  const inputs = bias === undefined ? [x, weight, down, up] : [x, weight, down, up, bias];
  return apply(adaptedOperator, inputs, { scale }, label)[0]!;
}
