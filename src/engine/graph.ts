/**
 * The graph: tensors that know their shape and the node that makes them. Building one computes nothing.
 *
 * Every operator states its shape rule, its ONNX form and its derivative side by side (see ops/). A derivative
 * builds more graph, so one writer serves the forward and the backward pass. There is no graph object: a program
 * is whatever its outputs reach.
 */
import { Bug } from "../base/errors.ts";
import { type Shape, showShape } from "./shape.ts";

export type DataType = "float32" | "int64";

/** What is known of a tensor before it is computed. */
interface TensorType {
  readonly shape: Shape;
  readonly dtype: DataType;
}

/** One output of one node. */
export interface Tensor extends TensorType {
  readonly node: Node;
  /** Which of the node's outputs this is. */
  readonly index: number;
}

/** One application of an operator. */
export interface Node<A = unknown> {
  readonly operator: Operator<A>;
  readonly inputs: readonly Tensor[];
  readonly attributes: A;
  readonly outputs: readonly Tensor[];
  /** What people call it in errors and prints: `layer0.attn.q`. */
  readonly label: string;
}

/** How a node writes itself as ONNX; see onnx.ts. */
export interface Emission {
  /** The name of a tensor in the ONNX file. */
  name(tensor: Tensor): string;
  /** A fresh name for an intermediate result of this node. */
  fresh(): string;
  /** The name of a constant; equal constants are stored once. */
  floats(values: readonly number[], dimensions?: readonly number[]): string;
  integers(values: readonly number[], dimensions?: readonly number[]): string;
  node(
    type: string,
    inputs: readonly string[],
    outputs: readonly string[],
    attributes?: OnnxAttributes,
  ): void;
}

/** Attributes of an ONNX node. `domain` picks the operator set and is not written as an attribute. */
export interface OnnxAttributes {
  readonly domain?: "com.microsoft";
  readonly ints?: Readonly<Record<string, number | readonly number[]>>;
  readonly floats?: Readonly<Record<string, number>>;
  readonly strings?: Readonly<Record<string, string>>;
}

/** A primitive: shape rule, ONNX form and derivative in one place. */
export interface Operator<A> {
  readonly name: string;
  /** The types of the outputs; calls `fail` with the reason when the inputs do not fit. */
  infer(inputs: readonly TensorType[], attributes: A, fail: (reason: string) => never): readonly TensorType[];
  emit(node: Node<A>, out: Emission): void;
  /** Gradients of the inputs from those of the outputs (undefined where none flows). Absent: not differentiable. */
  derive?(node: Node<A>, gradients: readonly (Tensor | undefined)[]): readonly (Tensor | undefined)[];
}

/** Applies an operator and returns its outputs. */
export function apply<A>(
  operator: Operator<A>,
  inputs: readonly Tensor[],
  attributes: A,
  label = "",
): readonly Tensor[] {
  const fail = (reason: string): never => {
    const shapes = inputs.map((input) => showShape(input.shape)).join(" × ");
    throw new Bug(`engine: ${operator.name} "${label}" got ${shapes}; ${reason}`);
  };
  const types = operator.infer(inputs, attributes, fail);
  const outputs: Tensor[] = [];
  // Operators are compared and called only with their own attributes, so forgetting A here is sound.
  const node = { operator, inputs, attributes, outputs, label } as unknown as Node;
  for (const [index, type] of types.entries()) outputs.push({ ...type, node, index });
  return outputs;
}

/** The input operator: a value that the caller of the program supplies. */
const inputOperator: Operator<TensorType> = {
  name: "Input",
  infer: (_inputs, type) => [type],
  emit: () => {},
  derive: () => [],
};

/** A value supplied at every run: token ids, masks, weights. */
export function input(label: string, shape: Shape, dtype: DataType = "float32"): Tensor {
  return apply(inputOperator, [], { shape, dtype }, label)[0] as Tensor;
}

/** Whether a node is an input of its program. */
export function isInput(node: Node): boolean {
  return (node.operator as unknown) === inputOperator;
}

/** Every node the tensors reach, each after the nodes it needs. */
export function topologicalOrder(outputs: readonly Tensor[]): readonly Node[] {
  const order: Node[] = [];
  const state = new Set<Node>();
  // An explicit stack: a deep model would overflow a recursive walk.
  const stack: { node: Node; next: number }[] = [];
  for (const output of outputs) {
    if (!state.has(output.node)) {
      state.add(output.node);
      stack.push({ node: output.node, next: 0 });
    }
    while (stack.length > 0) {
      const top = stack[stack.length - 1] as { node: Node; next: number };
      const child = top.node.inputs[top.next++]?.node;
      if (child === undefined) {
        order.push(top.node);
        stack.pop();
      } else if (!state.has(child)) {
        state.add(child);
        stack.push({ node: child, next: 0 });
      }
    }
  }
  return order;
}

/** The program as text, one node a line, for tests and for reading. */
export function printGraph(outputs: readonly Tensor[]): string {
  const order = topologicalOrder(outputs);
  const number = new Map(order.map((node, i) => [node, i]));
  const reference = (tensor: Tensor): string =>
    `%${number.get(tensor.node)}${tensor.index > 0 ? `.${tensor.index}` : ""}`;
  const lines = order.map((node, i) => {
    const types = node.outputs.map((type) => `${type.dtype}${showShape(type.shape)}`).join(", ");
    const label = node.label === "" ? "" : ` "${node.label}"`;
    return `%${i}: ${types} = ${node.operator.name}${label}(${node.inputs.map(reference).join(", ")})`;
  });
  return [...lines, `return ${outputs.map(reference).join(", ")}`].join("\n");
}
