/**
 * Clinical formulas that are recomputed where their name, their inputs and a result stand in a text.
 *
 * Every entry gives the variants in use, each with its value: a result is wrong only if it fits none. Inputs are in
 * the canonical units of quantity-table.ts (mmol/L, mg/dL, g/dL, kg, cm, mmHg). `mistakes` name what people do wrong,
 * for the fault's wording only; they never decide.
 *
 * Sources: the original papers — Payne (calcium), Cockcroft and Gault, Katz and Hillier (sodium), Winters, Friedewald,
 * Bazett, Fridericia, Mosteller, Du Bois, Holliday and Segar, Devine, Figge (albumin and anion gap).
 */

import { type Formula, f, get, type Inputs, type Variant } from "./formula.ts";

export const formulas: readonly Formula[] = [
  {
    name: "albumin-corrected anion gap",
    said: "(?:albumin[- ](?:corrected|adjusted)|corrected|adjusted) (?:serum )?(?:anion gap|AG)|(?:anion gap|AG)[, ]+(?:corrected|adjusted) for (?:the )?(?:low )?(?:albumin|hypoalbumina?emia)|白蛋白校正(?:后)?的?阴离子间隙|校正阴离子间隙",
    inputs: ["sodium", "chloride", "bicarbonate", "albumin"],
    slack: 0.01,
    between: [-20, 90],
    variants: (i) => {
      const gap = get(i, "sodium") - get(i, "chloride") - get(i, "bicarbonate");
      return [4, 4.4, 4.5, 4.2].flatMap((normal) =>
        [2.5, 2.3].map((factor) => ({
          value: gap + factor * (normal - get(i, "albumin")),
          worked: `${f(gap)} + ${factor} × (${normal} − ${f(get(i, "albumin"))})`,
        })),
      );
    },
  },
  {
    name: "anion gap",
    said: "(?<!(?:corrected|adjusted|delta|urine|urinary|osmolar|normal|stool) )(?:serum )?[Aa]nion [Gg]ap(?: \\(AG\\))?|\\bAG\\b|阴离子间隙",
    flags: "gu",
    inputs: ["sodium", "chloride", "bicarbonate"],
    optional: ["potassium"],
    slack: 0,
    between: [-20, 300],
    variants: (i) => {
      const [na, cl, hco3, k] = [get(i, "sodium"), get(i, "chloride"), get(i, "bicarbonate"), i["potassium"]];
      const plain = { value: na - (cl + hco3), worked: `${f(na)} − (${f(cl)} + ${f(hco3)})` };
      if (k === undefined) return [plain];
      return [
        plain,
        { value: na + k - (cl + hco3), worked: `(${f(na)} + ${f(k)}) − (${f(cl)} + ${f(hco3)})` },
      ];
    },
    mistakes: (i) => [
      [
        get(i, "sodium") - get(i, "chloride") + get(i, "bicarbonate"),
        "bicarbonate was added instead of subtracted",
      ],
      [
        get(i, "sodium") + get(i, "chloride") - get(i, "bicarbonate"),
        "chloride was added instead of subtracted",
      ],
      [get(i, "sodium") - get(i, "chloride"), "bicarbonate was left out"],
    ],
  },
  {
    name: "delta ratio",
    said: "delta[- ](?:delta )?ratio|delta[- ]delta|delta[- ]gap ratio|Δ\\s?\\/\\s?Δ|ΔAG\\s?\\/\\s?ΔHCO3-?",
    inputs: ["sodium", "chloride", "bicarbonate"],
    slack: 0.03,
    between: [-10, 20],
    variants: (i) => {
      const gap = get(i, "sodium") - get(i, "chloride") - get(i, "bicarbonate");
      return [12, 10, 11].flatMap((normal) =>
        [24, 25].map((usual) => ({
          value: (gap - normal) / (usual - get(i, "bicarbonate")),
          worked: `(${f(gap)} − ${normal}) / (${usual} − ${f(get(i, "bicarbonate"))})`,
        })),
      );
    },
  },
  {
    name: "corrected calcium",
    said: "(?:albumin[- ])?(?:corrected|adjusted) (?:total |serum )*(?:calcium|Ca(?:2\\+|²⁺)?)|(?:calcium|Ca(?:2\\+|²⁺)?)[, ]+(?:corrected|adjusted) for (?:the )?(?:low )?(?:albumin|hypoalbumina?emia)|校正(?:后)?的?(?:血)?钙",
    inputs: ["calcium", "albumin"],
    slack: 0.004,
    between: [0.5, 30],
    variants: (i) => {
      const [ca, alb] = [get(i, "calcium"), get(i, "albumin")];
      const si = ca / 4.008 + 0.02 * (40 - alb * 10);
      return [
        { value: ca + 0.8 * (4 - alb), unit: "mg/dL", worked: `${f(ca)} + 0.8 × (4 − ${f(alb)})` },
        { value: si, unit: "mmol/L", worked: `${f(ca / 4.008)} + 0.02 × (40 − ${f(alb * 10)})` },
      ];
    },
    mistakes: (i) => [
      [get(i, "calcium") - 0.8 * (4 - get(i, "albumin")), "the correction was subtracted instead of added"],
    ],
  },
  {
    name: "creatinine clearance (Cockcroft–Gault)",
    said: "Cockcroft[- ](?:and )?Gault(?: (?:equation|formula|estimate|creatinine clearance|CrCl|method|clearance|result))?|(?:estimated |calculated )?creatinine clearance(?: \\(CrCl\\))?|CrCl|eCrCl|肌酐清除率",
    inputs: ["age", "weight", "creatinine", "female"],
    optional: ["height"],
    slack: 0.015,
    between: [1, 400],
    variants: (i) => {
      const [age, creatinine, isWoman] = [get(i, "age"), get(i, "creatinine"), get(i, "female") === 1];
      const weights = [get(i, "weight")];
      if (i["height"] !== undefined) {
        const ideal = (isWoman ? 45.5 : 50) + 2.3 * (get(i, "height") / 2.54 - 60);
        weights.push(ideal, ideal + 0.4 * (get(i, "weight") - ideal));
      }
      const sex = isWoman ? " × 0.85" : "";
      return weights.flatMap((weight) => {
        const us = ((140 - age) * weight * (isWoman ? 0.85 : 1)) / (72 * creatinine);
        const si = ((140 - age) * weight * (isWoman ? 1.04 : 1.23)) / (creatinine * 88.4);
        const worked = `(140 − ${f(age)}) × ${f(weight)}${sex} / (72 × ${f(creatinine)})`;
        return [
          { value: us, worked },
          { value: si, worked },
        ];
      });
    },
    mistakes: (i) => {
      const plain = ((140 - get(i, "age")) * get(i, "weight")) / (72 * get(i, "creatinine"));
      return get(i, "female") === 1
        ? [[plain, "the factor 0.85 for women is missing"]]
        : [[plain * 0.85, "the factor 0.85 is for women"]];
    },
  },
  {
    name: "sodium corrected for glucose",
    said: "(?:glucose[- ])?(?:corrected|adjusted) (?:serum )?(?:sodium|Na\\+?)|(?:sodium|Na\\+?)[, ]+(?:corrected|adjusted) for (?:the )?(?:hyperglyca?emia|glucose)|校正(?:后)?的?(?:血)?钠",
    inputs: ["sodium", "glucose"],
    slack: 0.004,
    between: [90, 220],
    variants: (i) =>
      [1.6, 2.4, 2].map((factor) => ({
        value: get(i, "sodium") + (factor * (get(i, "glucose") - 100)) / 100,
        worked: `${f(get(i, "sodium"))} + ${factor} × (${f(get(i, "glucose"))} − 100) / 100`,
      })),
    mistakes: (i) => [
      [
        get(i, "sodium") - (1.6 * (get(i, "glucose") - 100)) / 100,
        "the correction was subtracted instead of added",
      ],
    ],
  },
  {
    name: "osmolal gap",
    said: "(?:serum )?osmol(?:al|ar|e)?(?:ity|arity)? gap|渗透压间隙",
    inputs: ["measuredOsmolality", "sodium", "glucose", "urea"],
    optional: ["ethanol"],
    slack: 0,
    between: [-60, 400],
    variants: (i) =>
      osmolality(i).map(({ value, worked }) => ({
        value: get(i, "measuredOsmolality") - value,
        worked: `${f(get(i, "measuredOsmolality"))} − (${worked})`,
        spread: 1,
      })),
  },
  {
    name: "serum osmolality",
    said: "(?:calculated|estimated|expected|predicted) (?:serum |plasma )?(?:osmolality|osmolarity|osm)|计算(?:的)?(?:血浆|血清)?渗透压",
    inputs: ["sodium", "glucose", "urea"],
    optional: ["ethanol"],
    slack: 0.003,
    between: [150, 700],
    variants: (i) => osmolality(i),
  },
  {
    name: "mean arterial pressure",
    said: "[Mm]ean [Aa]rterial (?:[Bb]lood )?[Pp]ressure(?: \\(MAP\\))?|\\bMAP\\b|平均动脉压",
    flags: "gu",
    inputs: ["systolic", "diastolic"],
    slack: 0.006,
    between: [20, 250],
    variants: (i) => [
      {
        value: get(i, "diastolic") + (get(i, "systolic") - get(i, "diastolic")) / 3,
        worked: `(${f(get(i, "systolic"))} + 2 × ${f(get(i, "diastolic"))}) / 3`,
      },
    ],
    mistakes: (i) => [
      [
        (get(i, "systolic") * 2 + get(i, "diastolic")) / 3,
        "systolic pressure was counted twice instead of diastolic",
      ],
      [(get(i, "systolic") + get(i, "diastolic")) / 2, "the plain mean was taken"],
    ],
  },
  {
    name: "pulse pressure",
    said: "pulse pressure|脉压差?",
    inputs: ["systolic", "diastolic"],
    slack: 0,
    between: [5, 200],
    variants: (i) => [
      {
        value: get(i, "systolic") - get(i, "diastolic"),
        worked: `${f(get(i, "systolic"))} − ${f(get(i, "diastolic"))}`,
      },
    ],
  },
  {
    name: "Winter's formula",
    said: "Winter'?s'?(?: formula| equation)?|(?:expected|predicted|appropriate|compensatory) (?:arterial )?(?:PaCO2|PCO2|pCO2|PaCO₂|pCO₂|CO2)|(?:预期|预计)(?:的)?(?:PaCO2|PCO2|二氧化碳分压)",
    inputs: ["bicarbonate"],
    slack: 0,
    between: [3, 90],
    variants: (i) => [
      {
        value: 1.5 * get(i, "bicarbonate") + 8,
        worked: `1.5 × ${f(get(i, "bicarbonate"))} + 8 ± 2`,
        spread: 2,
      },
    ],
  },
  {
    name: "alveolar–arterial gradient",
    said: "(?:(?:alveolar|alveolo)[- ]?(?:to[- ])?arterial|A[- ]a|A-a|A–a|P\\(A-a\\))(?: \\(A-a\\))?(?: (?:oxygen|O2))? ?(?:gradient|difference)(?: \\(A-a\\))?|A-aDO2",
    inputs: ["pco2", "po2", "fio2"],
    slack: 0.02,
    between: [-10, 680],
    variants: (i) =>
      [713, 710].flatMap((pressure) =>
        [0.8, 0.83].map((quotient) => ({
          value: get(i, "fio2") * pressure - get(i, "pco2") / quotient - get(i, "po2"),
          worked: `${f(get(i, "fio2"))} × (760 − 47) − ${f(get(i, "pco2"))} / 0.8 − ${f(get(i, "po2"))}`,
          spread: 0.6,
        })),
      ),
  },
  {
    name: "LDL by Friedewald",
    said: "(?:calculated |estimated )?LDL(?:-C)?(?:[ -]cholesterol)?(?: by (?:the )?Friedewald(?: (?:equation|formula))?)?|Friedewald(?: equation| formula| LDL)?(?: LDL)?",
    inputs: ["totalCholesterol", "hdl", "triglycerides"],
    slack: 0.01,
    between: [0.2, 600],
    variants: (i) => {
      const value = get(i, "totalCholesterol") - get(i, "hdl") - get(i, "triglycerides") / 5;
      const worked = `${f(get(i, "totalCholesterol"))} − ${f(get(i, "hdl"))} − ${f(get(i, "triglycerides"))} / 5`;
      const tc = get(i, "totalCholesterol") / 38.665;
      const si = tc - get(i, "hdl") / 38.665 - get(i, "triglycerides") / 88.54 / 2.2;
      return [
        { value, unit: "mg/dL", worked },
        { value: si, unit: "mmol/L", worked: `${f(tc)} − HDL − triglycerides / 2.2` },
      ];
    },
  },
  {
    name: "fractional excretion of sodium",
    said: "fractional excretion of (?:sodium|Na\\+?)(?: \\(FE_?Na\\))?|FE_?Na|钠排泄分数",
    inputs: ["urineSodium", "creatinine", "sodium", "urineCreatinine"],
    slack: 0.03,
    between: [0, 100],
    variants: (i) => {
      const value =
        (100 * get(i, "urineSodium") * get(i, "creatinine")) / (get(i, "sodium") * get(i, "urineCreatinine"));
      const worked = `(${f(get(i, "urineSodium"))} × ${f(get(i, "creatinine"))}) / (${f(get(i, "sodium"))} × ${f(get(i, "urineCreatinine"))}) × 100`;
      return [
        { value, unit: "%", worked },
        { value: value / 100, unit: "", worked },
      ];
    },
  },
  {
    name: "QTc by Fridericia",
    said: "(?:QTc|corrected QT(?: interval)?)(?: interval)? ?(?:\\(|by |using |with |according to )*(?:the )?Fridericia(?:'s)?(?: formula| correction)?\\)?|Fridericia(?:'s)?(?: formula| correction)?(?: QTc)?|QTcF",
    inputs: ["qt", "rr"],
    slack: 0.008,
    between: [0.2, 800],
    variants: (i) =>
      seconds(get(i, "qt") / Math.cbrt(get(i, "rr")), `${f(get(i, "qt"))} / ∛${f(get(i, "rr"))}`),
  },
  {
    name: "QTc by Bazett",
    said: "(?:QTc|corrected QT(?: interval)?)(?: interval)? ?(?:\\(|by |using |with |according to )*(?:the )?Bazett(?:'s)?(?: formula| correction)?\\)?|Bazett(?:'s)?(?: formula| correction)?(?: QTc)?|QTcB",
    inputs: ["qt", "rr"],
    slack: 0.008,
    between: [0.2, 800],
    variants: (i) =>
      seconds(get(i, "qt") / Math.sqrt(get(i, "rr")), `${f(get(i, "qt"))} / √${f(get(i, "rr"))}`),
  },
  {
    name: "corrected QT interval",
    said: "QTc|corrected QT",
    inputs: ["qt", "rr"],
    slack: 0.008,
    between: [0.2, 800],
    variants: (i) =>
      [
        seconds(get(i, "qt") / Math.sqrt(get(i, "rr")), `${f(get(i, "qt"))} / √${f(get(i, "rr"))}`),
        seconds(get(i, "qt") / Math.cbrt(get(i, "rr")), `${f(get(i, "qt"))} / ∛${f(get(i, "rr"))}`),
        seconds(
          get(i, "qt") + 154 * (1 - get(i, "rr")),
          `${f(get(i, "qt"))} + 154 × (1 − ${f(get(i, "rr"))})`,
        ),
      ].flat(),
  },
];

function seconds(milliseconds: number, worked: string): readonly Variant[] {
  return [
    { value: milliseconds, unit: "ms", worked },
    { value: milliseconds / 1000, unit: "s", worked },
  ];
}

function osmolality(i: Inputs): readonly Variant[] {
  const [na, glucose, urea] = [get(i, "sodium"), get(i, "glucose"), get(i, "urea")];
  const base = 2 * na + glucose / 18 + urea / 2.8;
  const worked = `2 × ${f(na)} + ${f(glucose)} / 18 + ${f(urea)} / 2.8`;
  const variants = [{ value: base, worked }];
  const alcohol = i["ethanol"];
  if (alcohol !== undefined)
    for (const by of [4.6, 3.7])
      variants.push({ value: base + alcohol / by, worked: `${worked} + ${f(alcohol)} / ${by}` });
  return variants;
}
