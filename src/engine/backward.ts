/**
 * Gradients: one walk from the loss back to the weights.
 *
 * The nodes are visited in reverse topological order, so a node is asked for its derivative only after all its
 * users have added theirs. What flows into a tensor twice is summed. Operators that broadcast reduce their own
 * gradients to the shape of the operand (see `reduceTo` in ops/elementwise.ts).
 *
 * With checkpoints the walk is cut at these tensors. What lies between two of them is built a second time from the
 * first, so that nothing inside has to be kept (Chen et al., "Training Deep Nets with Sublinear Memory Cost", 2016).
 */
import { invariant } from "../base/errors.ts";
import { apply, type Node, type Tensor, topologicalOrder } from "./graph.ts";
import { add, ones } from "./ops/elementwise.ts";
import { after } from "./ops/layout.ts";
import { sameShape, showShape } from "./shape.ts";

/** d loss / d tensor for each of `wanted`; `loss` is a scalar, each of `checkpoints` leads to the next and to it. */
export function gradients(
  loss: Tensor,
  wanted: readonly Tensor[],
  checkpoints: readonly Tensor[] = [],
): readonly Tensor[] {
  invariant(loss.shape.length === 0, `a loss is a scalar, got ${showShape(loss.shape)}`);
  const needed = reaching(topologicalOrder([loss]), [...wanted, ...checkpoints]);
  const flows = new Map<Tensor, Tensor>([[loss, ones()]]);
  let end = loss;
  for (const start of [...checkpoints].reverse()) {
    const inside = leadingFrom(start, end);
    if (end === loss) walk(inside, flows, needed);
    else walkAgain(inside, start, end, flows, needed);
    end = start;
  }
  walk(topologicalOrder([end]), flows, needed);
  return wanted.map((tensor) => flowInto(tensor, flows));
}

function flowInto(tensor: Tensor, flows: ReadonlyMap<Tensor, Tensor>): Tensor {
  const flow = flows.get(tensor);
  invariant(flow !== undefined, `the loss does not depend on "${tensor.node.label}"`);
  return flow;
}

/** Carries the flows of the nodes' outputs on to their inputs; `order` is topological. */
function walk(order: readonly Node[], flows: Map<Tensor, Tensor>, needed: ReadonlySet<Node>): void {
  for (const node of [...order].reverse()) {
    const incoming = node.outputs.map((tensor) => flows.get(tensor));
    const flowing = incoming.some((gradient) => gradient !== undefined);
    if (!flowing || node.inputs.length === 0 || !needed.has(node)) continue;
    invariant(node.operator.derive !== undefined, `${node.operator.name} "${node.label}" has no derivative`);
    const derived = node.operator.derive(node, incoming);
    for (const [i, source] of node.inputs.entries()) {
      const gradient = derived[i];
      if (gradient === undefined || !needed.has(source.node)) continue;
      invariant(
        sameShape(gradient.shape, source.shape),
        `${node.operator.name} "${node.label}": gradient ${showShape(gradient.shape)} for input ${showShape(source.shape)}`,
      );
      const before = flows.get(source);
      flows.set(source, before === undefined ? gradient : add(before, gradient));
    }
  }
}

/** Walks a copy of the nodes between two checkpoints, so that the originals serve the forward pass alone. */
function walkAgain(
  inside: readonly Node[],
  start: Tensor,
  end: Tensor,
  flows: Map<Tensor, Tensor>,
  needed: Set<Node>,
): void {
  const gradient = flowInto(end, flows);
  // The copy waits for the gradient; else the runtime would find it equal to the original and keep that.
  const again = after(start, gradient);
  const copies = new Map<Tensor, Tensor>([[start, again]]);
  needed.add(again.node);
  const copied = inside.map((node) => {
    const inputs = node.inputs.map((tensor) => copies.get(tensor) ?? tensor);
    const outputs = apply(node.operator, inputs, node.attributes, node.label);
    for (const [i, tensor] of node.outputs.entries()) copies.set(tensor, outputs[i]!);
    const copy = outputs[0]!.node;
    if (needed.has(node)) needed.add(copy);
    return copy;
  });
  flows.set(copies.get(end)!, gradient);
  walk(copied, flows, needed);
  flows.set(start, flowInto(again, flows));
}

/** Nodes on a path from a wanted tensor; the rest needs no derivative. */
function reaching(order: readonly Node[], wanted: readonly Tensor[]): Set<Node> {
  const found = new Set<Node>(wanted.map((tensor) => tensor.node));
  for (const node of order) if (node.inputs.some((source) => found.has(source.node))) found.add(node);
  return found;
}

/** The nodes between two tensors, without the first one's own. */
function leadingFrom(start: Tensor, end: Tensor): readonly Node[] {
  const order = topologicalOrder([end]);
  const found = reaching(order, [start]);
  return order.filter((node) => found.has(node) && node !== start.node);
}
