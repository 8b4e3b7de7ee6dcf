/**
 * Writes a graph as an ONNX file in memory.
 *
 * Only the messages that a plain model needs: Model, Graph, Node, Attribute, Tensor, ValueInfo (onnx.proto, field
 * numbers beside their use). The operator set and the file version are fixed, so a program means the same in
 * every version of the runtime. Unknown dimensions are written by name.
 */
import { invariant } from "../base/errors.ts";
import {
  type DataType,
  type Emission,
  isInput,
  type Node,
  type OnnxAttributes,
  type Tensor,
  topologicalOrder,
} from "./graph.ts";
import { bytesField, floatField, integerField, message, type Piece } from "./protobuf.ts";
import type { Shape } from "./shape.ts";

const IR_VERSION = 10;
const OPERATOR_SET = 21;
const ELEMENT_TYPE: Record<DataType, number> = { float32: 1, int64: 7 };

/** A program ready for ONNX Runtime. */
export interface OnnxProgram {
  readonly bytes: Uint8Array;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
}

/**
 * The program that computes `outputs` (name → tensor) from the inputs they reach. Inputs named in `frozen` become
 * constants, whose numbers are handed to the runtime beside the file under the input's name.
 */
export function writeOnnx(
  outputs: Readonly<Record<string, Tensor>>,
  frozen: ReadonlySet<string> = new Set(),
): OnnxProgram {
  const order = topologicalOrder(Object.values(outputs));
  const names = new Map<Tensor, string>();
  // An output's tensor carries the output's name; one that is an input or has a name already is copied.
  const given = new Map(Object.entries(outputs).map(([name, tensor]) => [tensor, name]));
  const inputs: string[] = [];
  for (const [i, node] of order.entries()) {
    for (const tensor of node.outputs) {
      names.set(tensor, isInput(node) ? node.label : (given.get(tensor) ?? `t${i}_${tensor.index}`));
    }
    if (isInput(node) && !frozen.has(node.label)) inputs.push(node.label);
  }
  invariant(new Set(inputs).size === inputs.length, "two inputs of one program have the same name");

  const nodes: WrittenNode[] = [];
  const constants = new Map<string, Piece>();
  for (const [i, node] of order.entries())
    node.operator.emit(node, emission(node, i, names, nodes, constants));
  for (const [name, tensor] of Object.entries(outputs)) {
    const from = nameOf(names, tensor);
    if (from === name) continue;
    const piece = nodeMessage("Identity", [from], [name], `${name}:output`);
    nodes.push({ inputs: [from], outputs: [name], piece });
  }
  const { kept, used } = usedNodes(nodes, Object.keys(outputs));

  const graph = message(
    kept.map((node) => bytesField(1, node)),
    bytesField(2, "program"),
    [...constants].flatMap(([name, tensor]) => (used.has(name) ? [bytesField(5, tensor)] : [])),
    order.filter(isInput).map((node) => {
      const tensor = node.outputs[0] as Tensor;
      return frozen.has(node.label)
        ? bytesField(5, frozenMessage(node.label, tensor))
        : bytesField(11, valueInfo(node.label, tensor));
    }),
    Object.entries(outputs).map(([name, tensor]) => bytesField(12, valueInfo(name, tensor))),
  );
  const bytes = message(
    integerField(1, IR_VERSION),
    bytesField(7, graph),
    bytesField(8, message(bytesField(1, ""), integerField(2, OPERATOR_SET))),
    bytesField(8, message(bytesField(1, "com.microsoft"), integerField(2, 1))),
  );
  return { bytes, inputs, outputs: Object.keys(outputs) };
}

/** An ONNX node and the names it reads and makes. */
interface WrittenNode {
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly piece: Piece;
}

/** The nodes that some output needs: an operator may write more than is asked of it, and the runtime would do it. */
function usedNodes(
  nodes: readonly WrittenNode[],
  outputs: readonly string[],
): { readonly kept: readonly Piece[]; readonly used: ReadonlySet<string> } {
  const used = new Set(outputs);
  const kept: Piece[] = [];
  for (const node of [...nodes].reverse()) {
    if (!node.outputs.some((name) => used.has(name))) continue;
    for (const name of node.inputs) used.add(name);
    kept.push(node.piece);
  }
  return { kept: kept.reverse(), used };
}

function nameOf(names: ReadonlyMap<Tensor, string>, tensor: Tensor): string {
  const name = names.get(tensor);
  invariant(name !== undefined, `tensor of "${tensor.node.label}" is not part of the program`);
  return name;
}

function emission(
  node: Node,
  position: number,
  names: ReadonlyMap<Tensor, string>,
  nodes: WrittenNode[],
  constants: Map<string, Piece>,
): Emission {
  let count = 0;
  const constant = (type: DataType, values: readonly number[], dimensions: readonly number[]): string => {
    const name = `c_${type}_${dimensions.join("x")}_${values.join("_")}`;
    if (!constants.has(name)) constants.set(name, tensorMessage(name, type, values, dimensions));
    return name;
  };
  return {
    name: (tensor) => nameOf(names, tensor),
    fresh: () => `t${position}_x${count++}`,
    floats: (values, dimensions = [values.length]) => constant("float32", values, dimensions),
    integers: (values, dimensions = [values.length]) => constant("int64", values, dimensions),
    node: (type, inputs, outputs, attributes) => {
      const label = `${node.label || node.operator.name}#${nodes.length}`;
      nodes.push({ inputs, outputs, piece: nodeMessage(type, inputs, outputs, label, attributes) });
    },
  };
}

function nodeMessage(
  type: string,
  inputs: readonly string[],
  outputs: readonly string[],
  label: string,
  attributes: OnnxAttributes = {},
): Piece {
  return message(
    inputs.map((name) => bytesField(1, name)),
    outputs.map((name) => bytesField(2, name)),
    bytesField(3, label),
    bytesField(4, type),
    Object.entries(attributes.ints ?? {}).map(([name, value]) =>
      typeof value === "number"
        ? bytesField(5, message(bytesField(1, name), integerField(3, value), integerField(20, 2)))
        : bytesField(
            5,
            message(
              bytesField(1, name),
              value.map((item) => integerField(8, item)),
              integerField(20, 7),
            ),
          ),
    ),
    Object.entries(attributes.floats ?? {}).map(([name, value]) =>
      bytesField(5, message(bytesField(1, name), floatField(2, value), integerField(20, 1))),
    ),
    Object.entries(attributes.strings ?? {}).map(([name, value]) =>
      bytesField(5, message(bytesField(1, name), bytesField(4, value), integerField(20, 3))),
    ),
    attributes.domain === undefined ? [] : bytesField(7, attributes.domain),
  );
}

function tensorMessage(
  name: string,
  type: DataType,
  values: readonly number[],
  dimensions: readonly number[],
): Piece {
  const raw = type === "float32" ? Float32Array.from(values) : BigInt64Array.from(values.map(BigInt));
  return message(
    dimensions.map((size) => integerField(1, size)),
    integerField(2, ELEMENT_TYPE[type]),
    bytesField(8, name),
    bytesField(9, new Uint8Array(raw.buffer)),
  );
}

function frozenMessage(name: string, tensor: Tensor): Piece {
  return message(
    tensor.shape.map((size) => integerField(1, size as number)),
    integerField(2, ELEMENT_TYPE[tensor.dtype]),
    bytesField(8, name),
    bytesField(13, message(bytesField(1, "location"), bytesField(2, name))),
    integerField(14, 1),
  );
}

function valueInfo(name: string, tensor: Tensor): Piece {
  const type = message(
    integerField(1, ELEMENT_TYPE[tensor.dtype]),
    bytesField(2, shapeMessage(tensor.shape)),
  );
  return message(bytesField(1, name), bytesField(2, message(bytesField(1, type))));
}

function shapeMessage(shape: Shape): Piece {
  return message(
    shape.map((dimension) =>
      bytesField(1, typeof dimension === "number" ? integerField(1, dimension) : bytesField(2, dimension)),
    ),
  );
}
