/** Formulas of body size and what is dosed by it: BMI, surface area (Mosteller, Du Bois), 4-2-1, Devine. */
import { type Formula, f, get } from "./formula.ts";

export const bodyFormulas: readonly Formula[] = [
  {
    name: "body mass index",
    said: "body mass index(?: \\(BMI\\))?|BMI|体重指数|体质指数",
    inputs: ["weight", "height"],
    slack: 0.006,
    between: [5, 120],
    variants: (i) => {
      const metres = get(i, "height") / 100;
      return [{ value: get(i, "weight") / metres ** 2, worked: `${f(get(i, "weight"))} / ${f(metres)}²` }];
    },
    mistakes: (i) => [[(get(i, "weight") * 100) / get(i, "height"), "the height was not squared"]],
  },
  {
    name: "body surface area",
    said: "body surface area(?: \\(BSA\\))?|BSA|Mosteller(?: formula)?(?: BSA)?|体表面积",
    inputs: ["weight", "height"],
    slack: 0.012,
    between: [0.1, 4],
    variants: (i) => {
      const [w, h] = [get(i, "weight"), get(i, "height")];
      return [
        { value: Math.sqrt((w * h) / 3600), worked: `√(${f(h)} × ${f(w)} / 3600)` },
        { value: 0.007184 * w ** 0.425 * h ** 0.725, worked: `0.007184 × ${f(w)}^0.425 × ${f(h)}^0.725` },
        { value: 0.0061 * h + 0.0128 * w - 0.1529, worked: `0.0061 × ${f(h)} + 0.0128 × ${f(w)} − 0.1529` },
      ];
    },
  },
  {
    name: "maintenance fluids (4-2-1)",
    said: "(?:hourly |daily )?maintenance (?:IV |intravenous )?(?:fluids?|rate|requirement|fluid (?:rate|requirement|needs))s?(?: (?:rate|requirement|needs))?|4-2-1 rule|Holliday[- ]Segar(?: (?:formula|method|rule))?",
    only: /4[-/: ]2[-/: ]1|100[-/]50[-/]20|Holliday/i,
    inputs: ["weight"],
    slack: 0.006,
    between: [4, 5000],
    variants: (i) => {
      const w = get(i, "weight");
      const step = (a: number, b: number, c: number): number =>
        Math.min(w, 10) * a + Math.min(Math.max(w - 10, 0), 10) * b + Math.max(w - 20, 0) * c;
      return [
        { value: step(4, 2, 1), unit: "mL/h", worked: `4-2-1 for ${f(w)} kg` },
        { value: step(100, 50, 20), unit: "mL/d", worked: `100-50-20 for ${f(w)} kg` },
        { value: step(4, 2, 1) * 24, unit: "mL/d", worked: `4-2-1 for ${f(w)} kg over 24 hours` },
        { value: step(100, 50, 20) / 24, unit: "mL/h", worked: `100-50-20 for ${f(w)} kg over 24 hours` },
      ];
    },
  },
  {
    name: "ideal body weight (Devine)",
    said: "ideal body weight(?: \\(IBW\\))?|IBW|Devine(?: formula)?|理想体重",
    inputs: ["height", "female"],
    slack: 0.006,
    between: [15, 160],
    variants: (i) => {
      const inches = get(i, "height") / 2.54;
      const base = get(i, "female") === 1 ? 45.5 : 50;
      return [
        {
          value: base + 2.3 * (inches - 60),
          worked: `${base} + 2.3 × (${f(Math.round(inches * 10) / 10)} − 60)`,
        },
      ];
    },
    mistakes: (i) => [
      [
        (get(i, "female") === 1 ? 50 : 45.5) + 2.3 * (get(i, "height") / 2.54 - 60),
        "the constant is that of the other sex",
      ],
    ],
  },
];
