// Clinical formulas against examples worked by hand from the formulas as published; every one right, wrong, and with
// an input missing.
import fc from "fast-check";
import { expect, test } from "vitest";
import { checkFormulas } from "./formulas.ts";

const check = (stem: string, text: string) =>
  checkFormulas({ text, question: { stem, options: {}, language: "en" }, letters: [] });

const gas = "Na 140 mEq/L, Cl 100 mEq/L, HCO3 24 mEq/L";
const kidney = "A 72-year-old man weighing 70 kg has a creatinine of 1.2 mg/dL";
const woman = kidney.replace("man", "woman");
const counts = "TP = 80, FN = 20, TN = 90, FP = 10";
const heart = "QT interval 400 ms, RR interval 0.8 s";
const osm = "Na 140, glucose 90 mg/dL, BUN 14 mg/dL, measured osmolality 320";
const lipids = "total cholesterol 200 mg/dL, HDL 50 mg/dL, triglycerides 150 mg/dL";
const urine =
  "urine sodium 20 mEq/L, urine creatinine 100 mg/dL, serum sodium 140, serum creatinine 2.0 mg/dL";

const examples: readonly (readonly [stem: string, right: string, wrong: string])[] = [
  // 140 − (100 + 24) = 16
  [gas, "The anion gap is 16.", "The anion gap is 20."],
  [
    "Na+: 140 mEq/L\nCl-: 100 mEq/L\nHCO3-: 24 mEq/L",
    "Anion gap = 140 − (100 + 24) = 16",
    "Anion gap = Na − (Cl + HCO3) = 140 + 100 − 24 = 216.",
  ],
  [
    "sodium is 140, chloride is 100, and bicarbonate is 24",
    "The calculated anion gap of 16 is high",
    "The calculated anion gap of 18 is high",
  ],
  // 26 + 2.5 × (4 − 2) = 31
  [
    "Na 138, Cl 98, HCO3 14, albumin 2.0 g/dL",
    "Albumin-corrected anion gap = 26 + 2.5 × (4 − 2) = 31",
    "The corrected anion gap is 28",
  ],
  // (26 − 12) / (24 − 14) = 1.4
  ["Na 140, Cl 100, HCO3 14", "The delta ratio = (26 − 12)/(24 − 14) = 1.4", "The delta-delta ratio is 2.1"],
  // 8.0 + 0.8 × 2 = 9.6; 2.0 + 0.02 × 20 = 2.4
  [
    "serum calcium is 8.0 mg/dL and serum albumin of 2.0 g/dL",
    "Corrected calcium = 8.0 + 0.8 × (4.0 − 2.0) = 9.6 mg/dL",
    "Corrected calcium = 8.0 - 0.8 × 2 = 6.4 mg/dL",
  ],
  [
    "calcium 2.0 mmol/L, albumin 20 g/L",
    "The corrected calcium is 2.4 mmol/L.",
    "The corrected calcium is 2.2 mmol/L.",
  ],
  // 68 × 70 / 86.4 = 55.1; × 0.85 = 46.8
  [
    kidney,
    "CrCl = (140 − 72) × 70 / (72 × 1.2) = 55.1 mL/min",
    "By Cockcroft-Gault, CrCl is approximately 46.8 mL/min",
  ],
  [
    woman,
    "By the Cockcroft-Gault equation her creatinine clearance is about 47 mL/min",
    "CrCl = (140 − 72) × 70 / (72 × 1.2) = 55.1 mL/min",
  ],
  // 125 + 1.6 × 5 = 133
  ["Na 125, glucose 600 mg/dL", "The corrected sodium is 133 mEq/L", "The corrected sodium is 117 mEq/L"],
  // 280 + 5 + 5 = 290; 320 − 290 = 30
  [
    osm,
    "Calculated osmolality = 2 × 140 + 90/18 + 14/2.8 = 290",
    "The calculated serum osmolality is 280 mOsm/kg",
  ],
  [osm, "The osmolal gap is 320 − 290 = 30", "The osmolal gap is 40"],
  [
    "Na 140 mmol/L, glucose 5 mmol/L, BUN 5 mmol/L",
    "The calculated osmolality is 2 × 140 + 5 + 5 = 290",
    "The calculated osmolality is 270",
  ],
  // 70 / 3.0625 = 22.9
  ["weighs 70 kg, height 175 cm", "His BMI is 22.9 kg/m2", "BMI = 70 / 1.75 = 40"],
  // (120 + 160) / 3 = 93.3
  ["BP 120/80 mmHg", "MAP = (120 + 2 × 80)/3 = 93 mmHg", "The mean arterial pressure is 107 mmHg"],
  ["BP 120/80 mmHg", "The pulse pressure is 40 mmHg", "The pulse pressure is 60 mmHg"],
  // 1.5 × 12 + 8 = 26 ± 2
  [
    "pH 7.2, HCO3 12",
    "By Winter's formula the expected PCO2 = 1.5 × 12 + 8 ± 2 = 26 ± 2",
    "Expected PCO2 = 1.5 × 12 + 8 = 30",
  ],
  ["pH 7.2, HCO3 12", "Expected PCO2 is 24–28 mmHg.", "Expected pCO2 is 30-34 mmHg."],
  // 0.21 × 713 − 50 − 60 = 39.7
  [
    "PaO2 60 mmHg, PaCO2 40 mmHg on room air",
    "The A–a gradient = 150 − 40/0.8 − 60 = 40",
    "The A-a gradient is 15 mmHg",
  ],
  // 200 − 50 − 30 = 120
  [lipids, "LDL = 200 − 50 − 150/5 = 120 mg/dL", "The LDL by the Friedewald equation is 100 mg/dL"],
  // 40 / 14000 = 0.286 %
  [urine, "FENa = (20 × 2.0)/(140 × 100) × 100 = 0.29%", "FENa is 2.9%"],
  // 400 / 0.894 = 447; 400 / 0.928 = 431
  [heart, "QTc (Bazett) = 400/√0.8 = 447 ms", "QTc by Bazett is 480 ms"],
  [heart, "The QTc by Fridericia is 431 ms", "The QTc by Fridericia's formula is 447 ms"],
  ["QT interval 400 ms, heart rate 75/min", "QTc is 447 ms", "QTc is 500 ms"],
  // √(170 × 70 / 3600) = 1.82
  [
    "170 cm tall, weighs 70 kg",
    "Body surface area (Mosteller) = √(170 × 70 / 3600) = 1.82 m²",
    "BSA is 1.95 m²",
  ],
  // 40 + 20 + 5 = 65
  [
    "a 25-kg child",
    "With the 4-2-1 rule, the maintenance rate is 65 mL/h.",
    "With the 4-2-1 rule, the maintenance fluid rate is 75 mL/h.",
  ],
  [
    "smoked 1.5 packs per day for 30 years",
    "That is a 45 pack-year history",
    "That is a 40 pack-year history",
  ],
  [counts, "Sensitivity = 80/(80+20) = 80%", "Sensitivity = 80/(80+10) = 88.9%."],
  [counts, "The specificity is 0.90", "The specificity is 0.80"],
  [counts, "The PPV is 88.9%", "The PPV is 80%"],
  [counts, "The negative predictive value is 82%", "The negative predictive value is 90%"],
  ["absolute risk reduction of 5%", "NNT = 1/0.05 = 20", "The number needed to treat is 50"],
  // 180 cm = 70.87 in: 50 + 2.3 × 10.87 = 75.0; 45.5 + 25 = 70.5
  [
    "A man, height 180 cm",
    "Ideal body weight (Devine) = 50 + 2.3 × (70.9 − 60) = 75 kg",
    "The ideal body weight is 70.5 kg",
  ],
  ["A woman, height 180 cm", "Her ideal body weight is 70.5 kg", "Her ideal body weight is 75 kg"],
  ["Serum albumin 3.5 g/dL; ascitic fluid albumin 1.0 g/dL", "The SAAG is 2.5", "The SAAG is 1.5"],
  ["E3V4M5", "GCS = 12", "The GCS is 13"],
  ["血钠140 mmol/L，血氯100 mmol/L，HCO3- 24 mmol/L", "阴离子间隙为16 mmol/L", "阴离子间隙为26 mmol/L"],
];

test.each(examples)("%s → %s, not: %s", (stem, right, wrong) => {
  expect(check(stem, right)).toEqual([
    { name: "formula", passed: true, found: expect.stringMatching(/^1 clinical formula recomputed/) },
  ]);
  const [fault] = check(stem, wrong);
  expect(fault).toMatchObject({ name: "formula", passed: false });
  // Inputs may stand in the reasoning as well.
  expect(check("", `${stem}. ${wrong}`).some(({ passed }) => !passed)).toBe(true);
  // Without inputs nothing is judged.
  expect(check("", right)[0]?.passed).toBe(true);
});

test("a fault names the right value, the formula with its numbers, the mistake and the place", () => {
  const text = "She is frail. CrCl = (140 − 72) × 70 / (72 × 1.2) = 55.1 mL/min, so no adjustment.";
  const [fault] = check(woman, text);
  expect(fault?.found).toBe(
    "creatinine clearance (Cockcroft–Gault) is (140 − 72) × 70 × 0.85 / (72 × 1.2) = 46.8 mL/min, not 55.1 mL/min: the factor 0.85 for women is missing",
  );
  expect(text.slice(...((fault?.span ?? [0, 0]) as [number, number]))).toBe(
    "CrCl = (140 − 72) × 70 / (72 × 1.2) = 55.1 mL/min",
  );
});

test.each([
  "The normal anion gap is 8-12.",
  "An anion gap > 12 is high, and one of more than 20 suggests poisoning.",
  "If the anion gap were 30, one would think of ethylene glycol.",
  "His previous anion gap was 12.",
  "The anion gap should be calculated next.",
  "With an elevated anion gap, 3 causes are likely.",
])("no claim: %s", (text) => {
  expect(check(gas, text)).toEqual([{ name: "formula", passed: true, found: "no clinical formulas" }]);
});

test("a missing input is counted and not judged", () => {
  expect(check("Na 140 mEq/L", "The anion gap is 20.")).toEqual([
    { name: "formula", passed: true, found: "0 clinical formulas recomputed, 1 without all inputs" },
  ]);
});

test("a result that the question gives is quoted, not judged", () => {
  const stem = "She weighs 86 kg, height 165 cm; BMI is 33 kg/m2.";
  expect(check(stem, "Her BMI of 33 kg/m2 is obese.")[0]?.passed).toBe(true);
  expect(check(stem, "Her BMI of 36 kg/m2 is obese.")[0]?.passed).toBe(false);
});

test("of several values told, one combination has to give the result", () => {
  const stem = "On admission Na 140, Cl 100, HCO3 24. The next day Na 136, Cl 104, HCO3 12.";
  expect(check(stem, "The anion gap is now 20.")[0]?.passed).toBe(true);
  expect(check(stem, "The anion gap is now 50.")[0]?.passed).toBe(false);
});

test("random anion gaps pass when right and fail when off by one or more", () => {
  const lab = fc.record({
    na: fc.integer({ min: 115, max: 165 }),
    cl: fc.integer({ min: 80, max: 125 }),
    hco3: fc.integer({ min: 5, max: 35 }),
    off: fc.constantFrom(-7, -2, -1, 1, 3, 12),
    says: fc.constantFrom("The anion gap is", "AG =", "so the anion gap comes to", "calculated anion gap:"),
  });
  fc.assert(
    fc.property(lab, ({ na, cl, hco3, off, says }) => {
      const stem = `Sodium ${na} mEq/L, chloride ${cl} mEq/L, bicarbonate ${hco3} mEq/L.`;
      const gap = na - cl - hco3;
      if (gap + off <= 0 || gap <= 0) return;
      expect(check(stem, `${says} ${gap}.`)[0]?.passed).toBe(true);
      expect(check(stem, `${says} ${gap + off}.`)[0]?.passed).toBe(false);
    }),
  );
});
