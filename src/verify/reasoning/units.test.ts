// What units.ts finds wrong and what it lets pass, and the factors it converts by, against published ones; real texts
// are in numbers.slow.test.ts.
import fc from "fast-check";
import { expect, test } from "vitest";
import { convert, dimensionOf } from "./ucum.ts";
import { unitAt } from "./unit-words.ts";
import { checkUnits } from "./units.ts";

const check = (text: string, stem = "") =>
  checkUnits({ text, question: { stem, options: {}, language: "en" }, letters: [] });
const isWrong = (text: string): boolean => check(text).some(({ passed }) => !passed);

const wrong: readonly string[] = [
  // Conversions.
  "500 mg = 5 g",
  "98.6 °F is 39 °C",
  "His temperature was 38.5 °C (104 °F).",
  "glucose 180 mg/dL = 18 mmol/L",
  "A glucose of 180 mg/dL (1.0 mmol/L) is high",
  "5 mmol/L of glucose corresponds to 180 mg/dL",
  "Creatinine 1.2 mg/dL (12 µmol/L)",
  "bilirubin 34 µmol/L = 20 mg/dL",
  "calcium 2.5 mmol/L, i.e. 5 mg/dL",
  "cholesterol 200 mg/dL = 2.6 mmol/L",
  "70 kg (184 lb)",
  "A 70 kg man (32 lb)",
  "5 ft 10 in (168 cm)",
  "he is 180 cm (5 ft 2 in) tall",
  "2 weeks = 10 days",
  "60 mmHg = 80 kPa",
  "250 mcg equals 2.5 mg",
  "one converts 500 mcg to 5 mg",
  "500毫克 = 5克",
  "98.6°F 等于 39°C",
  // Of another kind.
  "heart rate 80 mmHg",
  "HR of 92 °C",
  "blood pressure was 150/90 mg/dL",
  "BP is 160 over 95 mg",
  "respiratory rate 18 mmHg",
  "oxygen saturation of 95 mg/dL on room air",
  "a temperature of 39.2 mg/dL",
  "hemoglobin of 9.8 mmHg",
  "chloride was 102 mmHg",
  "blood urea nitrogen 40 mEq/L",
  "PaCO2 40 mg/dL",
  "HbA1c of 8.2 mg/dL",
  "ALT 250 mg/dL",
  "BMI 32 mmHg",
  "Age 45 kg",
  "体温 38.5 mmHg",
  "血压 120/80 mg/dL",
  // Beyond life under the unit written.
  "sodium 140 mg/dL",
  "potassium 4.0 g/L",
  "K+ = 6.8 mg/dL",
  "temperature 98.6 °C",
  "Temperature of 37 °F",
  "haemoglobin 14 mg/dL",
  "hemoglobin of 72 g/dL",
  "serum albumin is 25 g/dL",
  "serum calcium 11.8 g/dL",
  "serum creatinine 88 mg/dL",
  "blood glucose of 90 mmol/L",
  "the patient weighs 70 g",
  "height 175 m and weight 70 kg",
  "血钠 140 mg/dL",
  // Doses.
  "levothyroxine 100 mg daily",
  "aspirin 81 g daily",
  "ceftriaxone 1 mg IV daily",
  "metformin 500 mmHg twice daily",
  "insulin 10 mg subcutaneously",
  "a dose of 5 mmHg",
  // Calculations.
  "5 mg + 3 mL = 8 mg",
  "5 mg/kg × 20 kg = 100 mL",
  "5 mg/kg × 20 kg = 100 g",
  "4 mg/kg × 70 kg = 280 mcg",
  "0.5 g + 250 mg = 250.5 mg",
  "1000 mL ÷ 8 h = 125 mg/h",
  "2 tablets × 500 mg = 1000 g",
];

test.each(wrong)("wrong: %s", (text) => {
  expect(isWrong(text)).toBe(true);
});

const right: readonly string[] = [
  "500 mg = 0.5 g; 98.6 °F is 37 °C; 38.0°C (100.4°F), pulse 93/min, BP 120/80 mm Hg",
  "glucose 180 mg/dL = 10 mmol/L; creatinine 1.2 mg/dL (106 µmol/L); calcium of 10 mg/dL is about 2.5 mmol/L",
  "potassium 4.0 mEq/L = 4.0 mmol/L; 70 kg (154 lb); 5 ft 10 in (178 cm); 1 oz = 30 mL; 6 months = 26 weeks",
  "Osmolality = 2 × 140 mEq/L + 180 mg/dL / 18 + 14 mg/dL / 2.8 = 295 mOsm/kg",
  "Corrected Ca = 8.0 mg/dL + 0.8 × (4.0 − 2.0 g/dL) = 9.6 mg/dL",
  "(140 − 72 years) × 70 kg / (72 × 1.2 mg/dL) = 55 mL/min; 4 mL × 70 kg × 30 = 8400 mL; 0.8 × 70 kg = 56 g",
  "0.03 × 40 mmHg = 1.2 mmol/L; 4 × 10 kg = 40 mL/h; 1.5 L / 24 h = 62.5 mL/h; 0.5 g + 250 mg = 750 mg",
  "insulin 10 units, potassium chloride 20 mEq, sodium chloride 0.9%, vitamin K 10 mg, sodium 2 g/day diet",
  "urine sodium 20 mEq/L, CSF glucose 40 mg/dL, CSF WBC 15/µL, albumin-to-creatinine ratio 300 mg/g",
  "stored at a temperature of 4 °C; autoclaved at 121 °C; hypothermia to 33 °C; fever to 103 °F; temperature 101 F",
  "the spleen weighs 200 g; tumor weight 50 g; weighs 3200 g at birth; weight loss of 10 kg over 3 months (12 weeks)",
  "HR 1.5 (95% CI 1.2–1.8); Ca 3 cm; Age 45 years; 2 cm (5 mm margin); 3 mg/kg (210 mg); 5 mg (2 mL) of diazepam",
  "1 g (500 mg twice daily); mean 2.5 cm (5 mm); 12 weeks = 5 cm crown-rump length; albumin infusion 1 g/kg",
  "levothyroxine 100 mcg daily, enoxaparin 40 mg, epinephrine 0.3 mg, vancomycin 15 mg/kg, digoxin 2 ng/mL",
  "3 florps = 9 glibs; 5 widgets/L + 2 mg",
];

test.each(right)("right: %s", (text) => {
  expect(check(text)[0]).toMatchObject({ name: "units", passed: true });
});

test("a fault says what was found, what it should be, and where", () => {
  const text = "She needs insulin. Her glucose of 180 mg/dL (18 mmol/L) is high.";
  const [fault] = check(text);
  expect(fault).toMatchObject({
    found: '"180 mg/dL (18 mmol/L)": 180 mg/dL is 9.991 mmol/L, not 18 mmol/L',
    evidence: "180 mg/dL (18 mmol/L)",
  });
  expect(text.slice(...((fault?.span ?? [0, 0]) as [number, number]))).toBe("180 mg/dL (18 mmol/L)");
});

test("what the question itself says is no fault of the reasoning", () => {
  const stem = "A 40-year-old man has a temperature of 38.1°C (98.7°F) and hemoglobin 14.1 mg/dL.";
  expect(
    check("His temperature is 38.1°C (98.7°F); the hemoglobin of 14.1 mg/dL is normal.", stem)[0]?.passed,
  ).toBe(true);
  expect(check("The hemoglobin of 12.1 mg/dL is normal.", stem)[0]?.passed).toBe(false);
});

test("a text without quantities is not judged", () => {
  expect(check("No numbers here, and 12 of them.")).toEqual([
    { name: "units", passed: true, found: "no quantities with units" },
  ]);
});

// Factors as published by laboratories (conventional to SI).
test.each([
  ["glucose", "mg/dL", "mmol/L", 180.16, 0.0555],
  ["creatinine", "mg/dL", "umol/L", 113.12, 88.4],
  ["calcium", "mg/dL", "mmol/L", 40.08, 0.2495],
  ["urea nitrogen", "mg/dL", "mmol/L", 28.01, 0.357],
  ["cholesterol", "mg/dL", "mmol/L", 386.65, 0.0259],
  ["triglycerides", "mg/dL", "mmol/L", 885.4, 0.0113],
  ["bilirubin", "mg/dL", "umol/L", 584.66, 17.1],
  ["uric acid", "mg/dL", "umol/L", 168.11, 59.48],
  ["cortisol", "ug/dL", "nmol/L", 362.46, 27.59],
] as const)("the factor of %s from %s to %s", (_, from, to, molarMass, factor) => {
  expect((convert(from, 1, to, { molarMass }) as number) / factor).toBeCloseTo(1, 2);
});

test.each([
  ["mg/dL", "mg/dL"],
  [" mm Hg", "mm[Hg]"],
  [" beats per minute", "{beats}/min"],
  [" milligrams per deciliter", "mg/dL"],
  ["-year-old", "a"],
  [" × 10^9/L", "10*9/L"],
  [" mL/min/1.73 m²", "mL/min"],
  [" mg/kg/day", "mg/kg/d"],
  [" mcg daily", "ug/d"],
  ["次/分", "{times}/min"],
  ["毫摩尔/升", "mmol/L"],
  [" mg/tablet", "mg/{tablet}"],
])("the unit written %s is %s", (text, code) => {
  expect(unitAt(text, 0)?.code).toBe(code);
  expect(dimensionOf(code)).toBeDefined();
});

test("words after a number are no units", () => {
  for (const text of [
    " men",
    " in the",
    " a day later",
    " Gram-negative rods",
    " hearts",
    " daily",
    " of 10",
    " per os",
  ])
    expect(unitAt(text, 0), text).toBeUndefined();
});

test("random conversions of mass pass, and fail when off by a power of ten", () => {
  const scale = { mcg: 1e-6, mg: 1e-3, g: 1, kg: 1e3 } as const;
  const unit = fc.constantFrom(...(Object.keys(scale) as (keyof typeof scale)[]));
  const relation = fc.constantFrom(" = ", " equals ", " is equivalent to ", " is ");
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 999 }),
      unit,
      unit,
      relation,
      fc.constantFrom(0.01, 0.1, 10, 100),
      (n, from, to, says, off) => {
        if (from === to) return;
        const exact = (n * scale[from]) / scale[to];
        const print = (value: number): string => String(Number(value.toPrecision(6)));
        if (/e/.test(print(exact)) || /e/.test(print(exact * off))) return;
        expect(
          isWrong(`${n} ${from}${says}${print(exact)} ${to}`),
          `${n} ${from}${says}${print(exact)} ${to}`,
        ).toBe(false);
        expect(
          isWrong(`${n} ${from}${says}${print(exact * off)} ${to}`),
          `${n} ${from}${says}${print(exact * off)} ${to}`,
        ).toBe(true);
      },
    ),
  );
});
