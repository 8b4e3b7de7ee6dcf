/** The gradient as people can review it: a printed graph. */
import { expect, test } from "vitest";
import { gradients } from "./backward.ts";
import { input, printGraph } from "./graph.ts";
import { mul, sum } from "./ops/elementwise.ts";
import { linear } from "./ops/matmul.ts";
import { product, reshapeTarget } from "./shape.ts";

test("the gradient of a linear layer is two products and a sum", () => {
  const [x, w, b] = [input("x", ["rows", 3]), input("w", [4, 3]), input("b", [4])];
  const y = linear(x, w, b, "layer");
  expect(printGraph(gradients(sum(mul(y, input("g", ["rows", 4]))), [w, b]))).toMatchInlineSnapshot(`
    "%0: float32[] = One()
    %1: float32[rows, 3] = Input "x"()
    %2: float32[4, 3] = Input "w"()
    %3: float32[4] = Input "b"()
    %4: float32[rows, 4] = MatMul "layer"(%1, %2, %3)
    %5: float32[rows, 4] = Input "g"()
    %6: float32[rows, 4] = Mul(%4, %5)
    %7: float32[rows, 4] = ExpandLike(%0, %6)
    %8: float32[rows, 4] = Mul(%7, %5)
    %9: float32[4, 3] = MatMul(%8, %1)
    %10: float32[4] = ReduceSum(%8)
    return %9, %10"
  `);
});

test("products of dimensions have one spelling", () => {
  expect(product(["time", 2, "rows", 3])).toBe("6*rows*time");
  expect(product(["6*rows*time", "2*slots"])).toBe("12*rows*slots*time");
  expect(product([2, 3])).toBe(6);
});

test("a reshape copies what stays, infers one size, and reads another where it is told", () => {
  expect(reshapeTarget(["rows", "time", 8], ["rows*time", 8])).toEqual([-1, 8]);
  expect(reshapeTarget(["rows", 2, "3*time", 8], ["rows", 2, 3, "time", 8])).toEqual([0, 2, 3, -1, 8]);
  expect(reshapeTarget(["rows*time", 8], ["rows", "time", 8])).toBeUndefined();
  expect(reshapeTarget(["rows*time", 8], ["rows", "time", 8], ["rows", "time"])).toEqual([
    { from: 0 },
    -1,
    8,
  ]);
});
