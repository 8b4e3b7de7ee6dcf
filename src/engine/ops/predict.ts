/**
 * log p(target | hidden) through the output matrix, as one operator with one derivative.
 *
 * With P = softmax(hidden · Eᵀ) and upstream gradient g per row:
 *   dhidden = g · (E[target] − P · E),   dE = scatter(target, g · hidden) − Pᵀ · (g · hidden).
 * So no [rows, vocabulary] tensor is scaled or scattered into: only the logits, their log-softmax and its
 * exponential are ever as large as that.
 */
import { apply, type Operator, type Tensor } from "../graph.ts";
import { sameShape } from "../shape.ts";
import { exp, mul, sub } from "./elementwise.ts";
import { gatherRows, reshape, scatterRows } from "./layout.ts";
import { matmul } from "./matmul.ts";

const logSoftmaxOperator: Operator<null> = {
  name: "LogSoftmax",
  infer: ([logits]) => [{ shape: logits!.shape, dtype: logits!.dtype }],
  emit: (node, out) =>
    out.node("LogSoftmax", [out.name(node.inputs[0]!)], [out.name(node.outputs[0]!)], { ints: { axis: -1 } }),
};

const logProbOperator: Operator<null> = {
  name: "LogProb",
  infer([hidden, matrix, table, targets], _none, fail) {
    if (!sameShape(table!.shape, [hidden!.shape[0]!, matrix!.shape[0]!]))
      fail("the log-softmax does not fit");
    if (!sameShape(targets!.shape, [hidden!.shape[0]!])) fail("one target per row is needed");
    return [{ shape: targets!.shape, dtype: hidden!.dtype }];
  },
  emit(node, out) {
    const [column, picked] = [out.fresh(), out.fresh()];
    out.node("Unsqueeze", [out.name(node.inputs[3]!), out.integers([-1])], [column]);
    out.node("GatherElements", [out.name(node.inputs[2]!), column], [picked], { ints: { axis: 1 } });
    out.node("Squeeze", [picked, out.integers([-1])], [out.name(node.outputs[0]!)]);
  },
  derive(node, [gradient]) {
    const [hidden, matrix, table, targets] = node.inputs as [Tensor, Tensor, Tensor, Tensor];
    const g = reshape(gradient!, [hidden.shape[0]!, 1]);
    const p = exp(table);
    const scaled = mul(g, hidden);
    const dHidden = mul(g, sub(gatherRows(matrix, targets), matmul(p, matrix)));
    const dMatrix = sub(scatterRows(matrix, targets, scaled), matmul(p, scaled, { transA: true }));
    return [dHidden, dMatrix, undefined, undefined];
  },
};

/** The log-probability of each row's target: hidden [rows, width], matrix [vocabulary, width], targets [rows]. */
export function targetLogProbs(hidden: Tensor, matrix: Tensor, targets: Tensor): Tensor {
  const logits = matmul(hidden, matrix, { transB: true }, "logits");
  const table = apply(logSoftmaxOperator, [logits], null)[0]!;
  return apply(logProbOperator, [hidden, matrix, table, targets], null, "logProbs")[0]!;
}

/** What sampling needs to know of each row. */
export interface Choice {
  /** The distribution to draw from: softmax(logits · coolness), [rows, vocabulary]. */
  readonly probabilities: Tensor;
  /** Its entropy in nats, [rows, 1]. */
  readonly entropy: Tensor;
  /** Added to log p / coolness it gives the log-probability at temperature 1, [rows, 1]. */
  readonly shift: Tensor;
  readonly [name: string]: Tensor;
}

const choiceOperator: Operator<null> = {
  name: "Choice",
  infer([logits, coolness], _none, fail) {
    const rows = logits!.shape[0]!;
    if (!sameShape(coolness!.shape, [rows, 1])) fail("one coolness per row is needed");
    const column = { shape: [rows, 1], dtype: logits!.dtype };
    return [{ shape: logits!.shape, dtype: logits!.dtype }, column, column];
  },
  emit(node, out) {
    const [logits, coolness] = node.inputs.map((tensor) => out.name(tensor)) as [string, string];
    const [p, entropy, shift] = node.outputs.map((tensor) => out.name(tensor)) as [string, string, string];
    const [cooled, table, terms, column, first] = Array.from({ length: 5 }, () => out.fresh()) as [
      string,
      ...string[],
    ];
    const [logit, corner, scaled] = [out.fresh(), out.fresh(), out.fresh()];
    out.node("Mul", [logits, coolness], [cooled]);
    out.node("LogSoftmax", [cooled], [table!], { ints: { axis: -1 } });
    out.node("Exp", [table!], [p]);
    // A product with ones and not a sum over the last axis: that sum takes another order at each row's alignment.
    const vocabulary = node.inputs[0]!.shape[1] as number;
    out.node("Mul", [p, table!], [terms!]);
    out.node("Expand", [out.floats([1], [1, 1]), out.integers([vocabulary, 1])], [column!]);
    out.node("Gemm", [terms!, column!], [entropy], { floats: { alpha: -1 } });
    // log p₁ = logits − lse₁ and log p / coolness = logits − lse / coolness, so their difference is the same in
    // every column: the first column of log-softmax(logits) − log-softmax(cooled) / coolness.
    out.node("LogSoftmax", [logits], [first!], { ints: { axis: -1 } });
    const zero = out.integers([0]);
    const one = out.integers([1]);
    const axis = out.integers([-1]);
    out.node("Slice", [first!, zero, one, axis], [logit]);
    out.node("Slice", [table!, zero, one, axis], [corner]);
    out.node("Div", [corner, coolness], [scaled]);
    out.node("Sub", [logit, scaled], [shift]);
  },
};

/** The distribution to draw from and its figures; coolness is 1 / temperature. */
export function choice(logits: Tensor, coolness: Tensor): Choice {
  const [probabilities, entropy, shift] = apply(choiceOperator, [logits, coolness], null, "choice");
  return { probabilities: probabilities!, entropy: entropy!, shift: shift! };
}
