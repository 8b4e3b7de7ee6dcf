/**
 * Matrix products, plain and batched, with either operand transposed in place.
 *
 * Transposition is a flag and not a node, because the kernels read both layouts at the same speed; a derivative
 * is then again one product. Weights keep the checkpoint's layout [out, in], so a linear layer is x · Wᵀ.
 */
import { apply, type Operator, type Tensor } from "../graph.ts";
import { sameShape } from "../shape.ts";
import { sum } from "./elementwise.ts";

interface MatMulAttributes {
  readonly transA: boolean;
  readonly transB: boolean;
  /** The product is multiplied by this. */
  readonly alpha: number;
}

const matmulOperator: Operator<MatMulAttributes> = {
  name: "MatMul",
  infer([a, b, bias], { transA, transB }, fail) {
    const x = a!.shape;
    const y = b!.shape;
    if (x.length < 2 || x.length !== y.length) fail("both have to be matrices, or batches of equal rank");
    const batch = x.slice(0, -2);
    if (!sameShape(batch, y.slice(0, -2))) fail("the batch dimensions differ");
    const [rows, innerA] = transA ? [x.at(-1)!, x.at(-2)!] : [x.at(-2)!, x.at(-1)!];
    const [innerB, columns] = transB ? [y.at(-1)!, y.at(-2)!] : [y.at(-2)!, y.at(-1)!];
    if (innerA !== innerB) fail(`inner dimensions ${innerA} and ${innerB} differ`);
    if (bias !== undefined && !sameShape(bias.shape, [columns])) fail(`the bias has to be [${columns}]`);
    if (bias !== undefined && batch.length > 0) fail("a batched product takes no bias");
    return [{ shape: [...batch, rows, columns], dtype: a!.dtype }];
  },
  emit(node, out) {
    const { transA, transB, alpha } = node.attributes;
    const inputs = node.inputs.map((tensor) => out.name(tensor));
    const ints = { transA: transA ? 1 : 0, transB: transB ? 1 : 0 };
    if (node.inputs[0]!.shape.length === 2) {
      out.node("Gemm", inputs, [out.name(node.outputs[0]!)], { ints, floats: { alpha } });
    } else {
      out.node("FusedMatMul", inputs, [out.name(node.outputs[0]!)], {
        domain: "com.microsoft",
        ints,
        floats: { alpha },
      });
    }
  },
  derive(node, [gradient]) {
    const g = gradient!;
    const [a, b, bias] = node.inputs;
    const { transA, transB, alpha } = node.attributes;
    const da = transA
      ? matmul(b!, g, { transA: transB, transB: true, alpha })
      : matmul(g, b!, { transB: !transB, alpha });
    const db = transB
      ? matmul(g, a!, { transA: true, transB: transA, alpha })
      : matmul(a!, g, { transA: !transA, alpha });
    return bias === undefined ? [da, db] : [da, db, sum(g, [0])];
  },
};

/** alpha · A · B, each transposed if asked. */
export function matmul(a: Tensor, b: Tensor, options: Partial<MatMulAttributes> = {}, label = ""): Tensor {
  return apply(matmulOperator, [a, b], { transA: false, transB: false, alpha: 1, ...options }, label)[0]!;
}

/** x · Wᵀ + bias, for x [rows, in] and W [out, in]. */
export function linear(x: Tensor, weight: Tensor, bias: Tensor | undefined, label: string): Tensor {
  const inputs = bias === undefined ? [x, weight] : [x, weight, bias];
  return apply(matmulOperator, inputs, { transA: false, transB: true, alpha: 1 }, label)[0]!;
}
