/**
 * SwiGLU as one operator: h = silu(gate) · up, with silu(a) = a · σ(a).
 *
 * The forward pass hands out σ and silu as by-products. With them
 * dup = g · silu  and  dgate = g · up · (σ + σ · (gate − silu)).
 */
import { apply, type Operator, type Tensor } from "../graph.ts";
import { sameShape } from "../shape.ts";

const swigluOperator: Operator<null> = {
  name: "SwiGLU",
  infer([gate, up], _none, fail) {
    if (!sameShape(gate!.shape, up!.shape)) fail("gate and up differ");
    return [gate!, gate!, gate!].map(({ shape, dtype }) => ({ shape, dtype }));
  },
  emit(node, out) {
    const [gate, up] = node.inputs.map((tensor) => out.name(tensor)) as [string, string];
    const [h, sigma, silu] = node.outputs.map((tensor) => out.name(tensor)) as [string, string, string];
    out.node("Sigmoid", [gate], [sigma]);
    out.node("Mul", [gate, sigma], [silu]);
    out.node("Mul", [silu, up], [h]);
  },
  derive(node, [gradient]) {
    const [gate, up] = node.inputs as [Tensor, Tensor];
    const [, sigma, silu] = node.outputs as [Tensor, Tensor, Tensor];
    return apply(swigluGradientOperator, [gate, up, sigma, silu, gradient!], null, node.label);
  },
};

const swigluGradientOperator: Operator<null> = {
  name: "SwiGLUGradient",
  infer: ([gate, up]) => [gate!, up!].map(({ shape, dtype }) => ({ shape, dtype })),
  emit(node, out) {
    const [gate, up, sigma, silu, g] = node.inputs.map((tensor) => out.name(tensor));
    const [dgate, dup] = node.outputs.map((tensor) => out.name(tensor));
    const [rest, scaled, slope, gu] = Array.from({ length: 4 }, () => out.fresh());
    out.node("Mul", [g!, silu!], [dup!]);
    out.node("Sub", [gate!, silu!], [rest!]);
    out.node("Mul", [rest!, sigma!], [scaled!]);
    out.node("Add", [scaled!, sigma!], [slope!]);
    out.node("Mul", [g!, up!], [gu!]);
    out.node("Mul", [gu!, slope!], [dgate!]);
  },
};

/** silu(gate) · up. */
export function swiglu(gate: Tensor, up: Tensor, label: string): Tensor {
  return apply(swigluOperator, [gate, up], null, label)[0]!;
}
