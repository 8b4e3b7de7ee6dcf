/**
 * Gradients: one walk from the loss back to the weights.
 *
 * The nodes are visited in reverse topological order, so a node is asked for its derivative only after all its
 * users have added theirs. What flows into a tensor twice is summed. Operators that broadcast reduce their own
 * gradients to the shape of the operand (see `reduceTo` in ops/elementwise.ts).
 */
import { invariant } from "../base/errors.ts";
import { type Node, type Tensor, topologicalOrder } from "./graph.ts";
import { add, ones } from "./ops/elementwise.ts";
import { sameShape, showShape } from "./shape.ts";

/** d loss / d tensor for each of `wanted`; `loss` is a scalar. */
export function gradients(loss: Tensor, wanted: readonly Tensor[]): readonly Tensor[] {
  invariant(loss.shape.length === 0, `a loss is a scalar, got ${showShape(loss.shape)}`);
  const order = topologicalOrder([loss]);
  const needed = reaching(order, wanted);
  const flowing = new Map<Node, (Tensor | undefined)[]>();
  flowing.set(loss.node, [ones()]);

  for (const node of [...order].reverse()) {
    const incoming = flowing.get(node);
    if (incoming === undefined || node.inputs.length === 0 || !needed.has(node)) continue;
    invariant(node.operator.derive !== undefined, `${node.operator.name} "${node.label}" has no derivative`);
    const derived = node.operator.derive(node, incoming);
    for (const [i, source] of node.inputs.entries()) {
      const gradient = derived[i];
      if (gradient === undefined || !needed.has(source.node)) continue;
      invariant(
        sameShape(gradient.shape, source.shape),
        `${node.operator.name} "${node.label}": gradient ${showShape(gradient.shape)} for input ${showShape(source.shape)}`,
      );
      const slots = flowing.get(source.node) ?? [];
      const before = slots[source.index];
      slots[source.index] = before === undefined ? gradient : add(before, gradient);
      flowing.set(source.node, slots);
    }
  }
  return wanted.map((tensor) => {
    const gradient = flowing.get(tensor.node)?.[tensor.index];
    invariant(gradient !== undefined, `the loss does not depend on "${tensor.node.label}"`);
    return gradient;
  });
}

/** Nodes on a path from a wanted tensor; the rest needs no derivative. */
function reaching(order: readonly Node[], wanted: readonly Tensor[]): ReadonlySet<Node> {
  const found = new Set<Node>(wanted.map((tensor) => tensor.node));
  for (const node of order) if (node.inputs.some((source) => found.has(source.node))) found.add(node);
  return found;
}
