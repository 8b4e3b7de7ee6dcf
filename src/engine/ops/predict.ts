/**
 * log p(target | hidden) = hidden · E[target] − log Σ exp(hidden · Eᵀ), the vocabulary taken in chunks.
 *
 * With P = softmax(hidden · Eᵀ) and upstream gradient g per row, the second term's derivatives are
 *   dhidden = g · P · E,   dE = Pᵀ · (g · hidden).
 * One chunk keeps its log-softmax for the way back. With several, none is kept and each is computed again, so that
 * only [rows, chunk] is ever held (after Wijmans et al., "Cut Your Losses in Large-Vocabulary Language Models", 2024).
 */
import { apply, type Emission, type Operator, type Tensor } from "../graph.ts";
import { sameShape } from "../shape.ts";
import { rowDot } from "./attend.ts";
import { sub } from "./elementwise.ts";
import { lookup, reshape } from "./layout.ts";

/** `chunk` columns at most are computed together. */
interface Chunked {
  readonly chunk: number;
}

/** The ranges [from, to) that a vocabulary is cut into. */
function chunksOf(vocabulary: number, chunk: number): readonly (readonly [number, number])[] {
  return Array.from({ length: Math.ceil(vocabulary / chunk) }, (_, i): [number, number] => [
    i * chunk,
    Math.min(vocabulary, (i + 1) * chunk),
  ]);
}

const logSumExpOperator: Operator<Chunked> = {
  name: "LogSumExp",
  infer([hidden, matrix], { chunk }, fail) {
    if (!sameShape(hidden!.shape.slice(1), matrix!.shape.slice(1))) fail("the widths differ");
    const column = { shape: [hidden!.shape[0]!, 1], dtype: hidden!.dtype };
    const vocabulary = matrix!.shape[0] as number;
    return chunk < vocabulary
      ? [column]
      : [column, { shape: [hidden!.shape[0]!, vocabulary], dtype: hidden!.dtype }];
  },
  emit(node, out) {
    const [hidden, matrix] = node.inputs.map((tensor) => out.name(tensor)) as [string, string];
    const vocabulary = node.inputs[1]!.shape[0] as number;
    const [sum, table] = node.outputs.map((tensor) => out.name(tensor)) as [string, string?];
    const parts = chunksOf(vocabulary, node.attributes.chunk).map(([from, to]) => {
      const [logits, own, part] = [out.fresh(), table ?? out.fresh(), out.fresh()];
      const rows = table === undefined ? sliceRows(out, matrix, from, to) : matrix;
      out.node("Gemm", [hidden, rows], [logits], { ints: { transB: 1 } });
      out.node("LogSoftmax", [logits], [own], { ints: { axis: -1 } });
      // log-softmax = logits − log Σ exp in every column, so the first one gives the sum.
      out.node("Sub", [firstColumn(out, logits), firstColumn(out, own)], [part]);
      return part;
    });
    if (parts.length === 1) {
      out.node("Identity", parts, [sum]);
      return;
    }
    const [all, normalised] = [out.fresh(), out.fresh()];
    out.node("Concat", parts, [all], { ints: { axis: 1 } });
    out.node("LogSoftmax", [all], [normalised], { ints: { axis: -1 } });
    out.node("Sub", [firstColumn(out, all), firstColumn(out, normalised)], [sum]);
  },
  derive(node, [gradient]) {
    const kept = node.outputs[1] ?? node.outputs[0]!;
    return apply(logSumExpGradientOperator, [...node.inputs, kept, gradient!], node.attributes, node.label);
  },
};

const logSumExpGradientOperator: Operator<Chunked> = {
  name: "LogSumExpGradient",
  infer: ([hidden, matrix]) => [hidden!, matrix!].map(({ shape, dtype }) => ({ shape, dtype })),
  emit(node, out) {
    const [hidden, matrix, kept, g] = node.inputs.map((tensor) => out.name(tensor)) as [
      string,
      string,
      string,
      string,
    ];
    const [dHidden, dMatrix] = node.outputs.map((tensor) => out.name(tensor)) as [string, string];
    const chunks = chunksOf(node.inputs[1]!.shape[0] as number, node.attributes.chunk);
    const scaled = out.fresh();
    out.node("Mul", [g, hidden], [scaled]);
    let mixed: string | undefined;
    const parts = chunks.map(([from, to]) => {
      const [p, next] = [out.fresh(), out.fresh()];
      const rows = chunks.length > 1 ? sliceRows(out, matrix, from, to) : matrix;
      let table = kept;
      if (chunks.length > 1) {
        const logits = out.fresh();
        table = out.fresh();
        out.node("Gemm", [hidden, rows], [logits], { ints: { transB: 1 } });
        out.node("Sub", [logits, kept], [table]);
      }
      out.node("Exp", [table], [p]);
      out.node("Gemm", mixed === undefined ? [p, rows] : [p, rows, mixed], [next]);
      mixed = next;
      const part = chunks.length > 1 ? out.fresh() : dMatrix;
      out.node("Gemm", [p, scaled], [part], { ints: { transA: 1 } });
      return part;
    });
    if (parts.length > 1) out.node("Concat", parts, [dMatrix], { ints: { axis: 0 } });
    out.node("Mul", [mixed!, g], [dHidden]);
  },
};

function sliceRows(out: Emission, matrix: string, from: number, to: number): string {
  const rows = out.fresh();
  out.node("Slice", [matrix, out.integers([from]), out.integers([to]), out.integers([0])], [rows]);
  return rows;
}

function firstColumn(out: Emission, table: string): string {
  const column = out.fresh();
  out.node("Slice", [table, out.integers([0]), out.integers([1]), out.integers([-1])], [column]);
  return column;
}

/** log Σ exp(hidden · Eᵀ) of each row, [rows, 1], over `chunk` columns at a time. */
export function logSumExp(hidden: Tensor, matrix: Tensor, chunk: number): Tensor {
  return apply(logSumExpOperator, [hidden, matrix], { chunk }, "logSumExp")[0]!;
}

/** Log-probabilities of targets, and the rows of the matrix that they were looked up in. */
export interface TargetLogProbs {
  /** [rows] */
  readonly logProbs: Tensor;
  /** [rows, width]; their gradient belongs to the matrix too, and no operator adds it there. */
  readonly targetRows: Tensor;
}

/** The log-probability of each row's target: hidden [rows, width], matrix [vocabulary, width], targets [rows]. */
export function targetLogProbs(
  hidden: Tensor,
  matrix: Tensor,
  targets: Tensor,
  chunk = matrix.shape[0] as number,
): TargetLogProbs {
  const targetRows = lookup(matrix, targets, "targets");
  const all = logSumExp(hidden, matrix, chunk);
  const logProbs = reshape(sub(rowDot(hidden, targetRows, 1), all), targets.shape);
  return { logProbs, targetRows };
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
