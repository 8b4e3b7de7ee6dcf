// What arithmetic.ts finds right, wrong and none of its business; real texts are in numbers.slow.test.ts.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkArithmetic } from "./arithmetic.ts";

const check = (text: string) =>
  checkArithmetic({ text, question: { stem: "", options: {}, language: "en" }, letters: [] });
const isWrong = (text: string): boolean => check(text).some(({ passed }) => !passed);
const isJudged = (text: string): boolean => check(text)[0]?.found !== "no arithmetic";

// A right calculation and the same with a wrong result.
const pairs: readonly (readonly [right: string, wrong: string])[] = [
  ["140 - (100 + 24) = 16", "140 - (100 + 24) = 17"],
  [
    "Anion gap = Na − (Cl + HCO3) = 140 − (100 + 24) = 16 mEq/L, high",
    "AG = Na − (Cl + HCO3) = 140 − (100 + 24) = 18 mEq/L",
  ],
  [
    "AG = Na+ − (Cl− + HCO3−) = 140 mEq/L − (100 mEq/L + 24 mEq/L) = 16",
    "AG = 140 mEq/L − (100 mEq/L + 24 mEq/L) = 26 mEq/L",
  ],
  [
    "sodium 140 minus chloride 100 minus bicarbonate 24 equals 16",
    "sodium 140 minus chloride 100 minus bicarbonate 24 equals 20",
  ],
  ["Na (140) − [Cl (100) + HCO3 (24)] = 16", "Na (140) − [Cl (100) + HCO3 (24)] = 14"],
  ["0.9 × 70 kg = 63 mg", "0.9 × 70 kg = 65 mg"],
  ["5 mg/kg × 20 kg = 100 mg", "5 mg/kg x 20 kg = 120 mg"],
  ["15 mg/kg × 60 kg = **900 mg**.", "15 mg/kg × 60 kg = **950 mg**."],
  ["3 tablets × 5 mg = 15 mg", "3 tablets × 5 mg = 20 mg"],
  ["2 packs/day × 25 years = 50 pack-years", "2 packs/day × 25 years = 45 pack-years"],
  ["1,200 + 350 = 1,550 mL", "1,200 + 350 = 1,450 mL"],
  ["1.5 L / 24 h = 62.5 mL/h", "1.5 L / 24 h = 72.5 mL/h"],
  ["0.5 g + 250 mg = 750 mg", "0.5 g + 250 mg = 850 mg"],
  ["CO = 70 mL × 72/min = 5.04 L/min", "CO = 70 mL × 72/min = 6.04 L/min"],
  ["(140 − 72) × 70 / (72 × 1.2) ≈ 55 mL/min", "(140 − 72) × 70 / (72 × 1.2) ≈ 65 mL/min"],
  ["[(140 − 72) × 70] / (72 × 1.2) × 0.85 = 46.8", "[(140 − 72) × 70] / (72 × 1.2) × 0.85 = 55.1"],
  ["2(140) + 180/18 + 28/2.8 = 280 + 10 + 10 = 300", "2(140) + 180/18 + 28/2.8 = 280 + 10 + 10 = 310"],
  ["8.0 + 0.8(4.0-2.0) = 9.6", "8.0 + 0.8(4.0-2.0) = 9.8"],
  [
    "Corrected Ca = 8.0 mg/dL + 0.8 × (4.0 − 2.0 g/dL) = 9.6",
    "Corrected Ca = 8.0 mg/dL + 0.8 × (4.0 − 2.0 g/dL) = 10.6",
  ],
  ["BMI = 70 kg / (1.75 m)² = 22.9 kg/m²", "BMI = 70 kg / (1.75 m)² = 24.9 kg/m²"],
  ["BMI = 70/1.75^2 = 22.86", "BMI = 70/1.75^2 = 23.86"],
  ["QTc = 400/√0.8 = 447", "QTc = 400 / sqrt(0.8) ≈ 500 ms"],
  ["MAP = 80 + 1/3(120 - 80) = 93", "MAP = 80 + 1/3 (120 - 80) = 98"],
  ["1.5 × 12 + 8 ± 2 = 26 ± 2 = 24–28 mmHg", "1.5 × 12 + 8 ± 2 = 28 ± 2"],
  ["5-10 mg/kg × 20 kg = 100-200 mg", "5-10 mg/kg × 20 kg = 100-300 mg"],
  ["(98.6 °F − 32) × 5/9 = 37 °C", "(98.6 °F − 32) × 5/9 = 38.5 °C"],
  ["180 mg/dL ÷ 18 = 10 mmol/L", "180 mg/dL ÷ 18 = 12 mmol/L"],
  ["$\\frac{140}{2} = 70$", "$\\frac{140}{2} = 75$"],
  ["\\[ \\text{AG} = 140 - (100 + 24) = 16 \\]", "\\[ \\text{AG} = 140 - (100 + 24) = 26 \\]"],
  ["\\(0.8 \\times 1.5 = 1.2\\)", "\\(0.8 \\times 1.5 = 1.4\\)"],
  ["12/48 = 0.25 = 25%", "12/48 = 0.25 = 35%"],
  ["2 × 0.99 × 0.01 = 0.0198 ≈ 2%", "2 × 0.99 × 0.01 = 0.0298 ≈ 3%"],
  ["1/2 × 1/4 = 1/8", "1/2 × 1/4 = 1/6"],
  ["1/50 = 1 in 50", "1/50 = 1 in 40"],
  ["Gleason 3 + 4 = 7", "Gleason 3 + 4 = 8"],
  [
    "1 (hypertension) + 2 (age ≥75) + 1 (diabetes) = 4 points",
    "1 (hypertension) + 2 (age ≥75) + 1 (diabetes) = 5 points",
  ],
  ["ARR = 0.20 − 0.15 = 0.05, so NNT = 1/0.05 = 20", "ARR = 0.20 − 0.15 = 0.05, so NNT = 1/0.05 = 25"],
  ["the sum of 100 and 24 is 124", "the sum of 100 and 24 is 134"],
  ["The difference between 140 and 124 is 16", "The difference between 140 and 124 is 18"],
  ["Subtracting 124 from 140 gives 16.", "Subtracting 124 from 140 gives 26."],
  ["If we add 12 and 14 we get 26", "If we add 12 and 14 we get 28"],
  ["dividing 100 by 4 yields 25", "dividing 100 by 4 yields 20"],
  ["80 divided by 4 is 20", "80 divided by 4 is 25"],
  ["12 of 48 is 25%", "12 of 48 is 30%"],
  ["12/48 (25%) had it", "12/48 (30%) had it"],
  ["12 out of 48 patients, or 25%, survived", "12 out of 48 patients, or 30%, survived"],
  ["25% of 80 is 20", "25% of 80 is 25"],
  ["half of 50 mg is 25 mg", "half of 50 mg is 30 mg"],
  ["increases from 80 to 100, i.e. by 25%", "increases from 80 to 100, i.e. by 20%"],
  ["a 25% reduction from 200 to 150", "a 30% reduction from 200 to 150"],
  [
    "rose from 1.0 to 2.5 mg/dL (an increase of 1.5 mg/dL)",
    "rose from 1.0 to 2.5 mg/dL (an increase of 1.0 mg/dL)",
  ],
  [
    "500 mg every 8 hours, a total of 1500 mg per day",
    "500 mg three times daily, for a total of 1000 mg/day",
  ],
  ["16 is 4 above 12", "16 is 6 more than 12"],
  ["The mean of 10, 20, and 30 is 20", "The mean of 10, 20, and 30 is 25"],
  ["阴离子间隙＝140－（100＋24）＝16mmol/L", "阴离子间隙＝140－（100＋24）＝26mmol/L"],
  ["5乘以20等于100", "5乘以20等于120"],
  ["60例患者中15例有效，有效率为25%", "60例患者中15例有效，有效率为35%"],
  ["从80升至100，升高25%", "从80升至100，升高20%"],
];

test.each(pairs)("right: %s — wrong: %s", (right, wrong) => {
  expect(check(right)).toEqual([
    { name: "arithmetic", passed: true, found: expect.stringMatching(/recomputed/) },
  ]);
  expect(isWrong(wrong)).toBe(true);
});

test.each([
  "The BP was 120/80 mmHg for 3-5 days; p = 0.03, ICD-10 I21.4, vitamin B12, CD4 200.",
  "Blood pressure 120/80 is 10 mmHg lower than the 130/90 of 12/05/2020.",
  "CURB-65 = 3; 2-3 weeks = 14-21 days; GCS = 15; n = 45; HR = 1.5 - 2.0.",
  "[12-15] showed OR 2.3 (95% CI 1.2-4.5), t(48) = 2.31, χ2(1) = 4.5, I² = 50%.",
  "A 3/6 murmur, visual acuity 20/40, Apgar 8/9, 2+ pitting oedema, ANA 1:80.",
  "Give 81 mg, 325 mg or 500 mg; 5 mg (0.5 mL); G2P1; T4-T6; 46,XX.",
  "Anion gap = Na − (Cl + HCO3).",
  "Weight × 30 = 2100 mL and x = 140 − y.",
])("no arithmetic: %s", (text) => {
  expect(isJudged(text)).toBe(false);
});

test("a fault says what was found, what it should be, and where", () => {
  const text = "Step 1: the gap.\nIt is 140 − (100 + 24) = 18, so it is high.";
  const [fault] = check(text);
  expect(fault).toMatchObject({
    name: "arithmetic",
    passed: false,
    found: '"140 − (100 + 24) = 18": 140 − (100 + 24) is 16, not 18',
    evidence: "140 − (100 + 24) = 18",
  });
  expect(text.slice(...((fault?.span ?? [0, 0]) as [number, number]))).toBe("140 − (100 + 24) = 18");
});

test("each wrong result is a fault of its own", () => {
  expect(check("2 + 2 = 5. 3 × 3 = 9. 10 − 4 = 7.")).toHaveLength(2);
});

test("loose writing that is commonly meant is let through", () => {
  for (const text of [
    "140 − 100 = 40 − 24 = 16",
    "BMI = 70 kg / 1.75 m² = 22.9",
    "Step 2 - 140 - 124 = 16",
    "- 140 − 124 = 16",
    "1. 140 − 124 = 16",
    "70/1.73 = 40.5, and 40.5 × 0.85 = 34.4",
    "The dose is about 295 + 7 ≈ 300 mg",
    "100/3 = 33.3%",
    "20% − 15% = 5%",
  ])
    expect(check(text)[0], text).toMatchObject({ passed: true, found: expect.stringMatching(/recomputed/) });
});

test("nothing but numbers is ever evaluated", () => {
  expect(check("import('fs') + 2 = 3; process.exit(1) = 2; range(1, 10) × 2 = 4; i × 2 = 2")[0]?.passed).toBe(
    true,
  );
});

describe("over random calculations", () => {
  const signs = [
    ["+", (a: number, b: number) => a + b, ["+", " + ", " plus ", "＋"]],
    ["-", (a: number, b: number) => a - b, [" - ", " − ", " minus "]],
    ["*", (a: number, b: number) => a * b, ["×", " × ", " x ", " * ", " times ", " \\times "]],
    ["/", (a: number, b: number) => a / b, [" / ", " ÷ ", "/", " divided by "]],
  ] as const;
  const calculation = fc.record({
    a: fc.integer({ min: 1, max: 999 }),
    b: fc.integer({ min: 1, max: 99 }),
    sign: fc.constantFrom(...signs),
    spelling: fc.nat(),
    relation: fc.constantFrom(" = ", "=", " equals ", " gives ", " ≈ ", " is equal to "),
    unit: fc.constantFrom("", " mg", " mEq/L", " points"),
    before: fc.constantFrom("", "So ", "The total: ", "因此", "In a 72-year-old man, "),
  });
  const write = (
    {
      a,
      b,
      sign,
      spelling,
      relation,
      unit,
      before,
    }: typeof calculation extends fc.Arbitrary<infer T> ? T : never,
    result: number,
  ) => {
    const [, , spellings] = sign;
    return `${before}${a}${spellings[spelling % spellings.length]}${b}${relation}${Number(result.toFixed(2))}${unit}.`;
  };

  test("right results pass", () => {
    fc.assert(
      fc.property(calculation, (parts) => {
        const text = write(parts, parts.sign[1](parts.a, parts.b));
        expect(check(text)[0], text).toMatchObject({ passed: true });
      }),
    );
  });

  test("wrong results fail", () => {
    fc.assert(
      fc.property(calculation, fc.constantFrom(-0.3, -0.1, 0.1, 0.5), (parts, share) => {
        const exact = parts.sign[1](parts.a, parts.b);
        const off = Math.abs(exact * share) < 1 ? Math.sign(share) * 2 : Math.round(exact * share);
        if (exact + off < 0 || off === 0) return;
        const text = write(parts, exact + off);
        expect(isWrong(text), text).toBe(true);
      }),
    );
  });

  test("shares pass when rounded and fail when off by three points", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 400 }),
        fc.integer({ min: 20, max: 400 }),
        fc.constantFrom("of", "out of", "/"),
        (a, n, joint) => {
          if (a > n) return;
          const percent = (100 * a) / n;
          const said = joint === "/" ? `${a}/${n}` : `${a} ${joint} ${n} patients`;
          expect(isWrong(`${said} (${percent.toFixed(1)}%) recovered.`)).toBe(false);
          expect(isWrong(`${said} (${(percent + 3).toFixed(1)}%) recovered.`)).toBe(true);
        },
      ),
    );
  });
});
