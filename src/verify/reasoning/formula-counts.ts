/** Formulas on counts and scores: test accuracy, number needed to treat, pack-years, gradients, the coma scale. */
import { type Formula, get, type Variant } from "./formula.ts";

/** A share, which may be given as a percentage or as a fraction. */
function share(of: number, by: number): readonly Variant[] {
  const worked = `${of} / ${by}`;
  return [
    { value: (100 * of) / by, unit: "%", worked },
    { value: of / by, unit: "", worked },
  ];
}

const ratio = (name: string, said: string, top: string, other: string): Formula => ({
  name,
  said,
  inputs: [top, other],
  slack: 0.006,
  between: [0, 100],
  variants: (i) => share(get(i, top), get(i, top) + get(i, other)),
});

export const countFormulas: readonly Formula[] = [
  ratio("sensitivity", "sensitivity|敏感度|灵敏度", "truePositives", "falseNegatives"),
  ratio("specificity", "specificity|特异度|特异性", "trueNegatives", "falsePositives"),
  ratio(
    "positive predictive value",
    "positive predictive value(?: \\(PPV\\))?|PPV|阳性预测值",
    "truePositives",
    "falsePositives",
  ),
  ratio(
    "negative predictive value",
    "negative predictive value(?: \\(NPV\\))?|NPV|阴性预测值",
    "trueNegatives",
    "falseNegatives",
  ),
  {
    name: "number needed to treat",
    said: "number needed to treat(?: \\(NNT\\))?|NNT|需治疗人数",
    inputs: ["riskReduction"],
    slack: 0.006,
    between: [1, 100000],
    variants: (i) => {
      const exact = 1 / get(i, "riskReduction");
      const worked = `1 / ${get(i, "riskReduction")}`;
      // By convention it is rounded up.
      return [
        { value: exact, worked },
        { value: Math.ceil(exact - 1e-9), worked },
      ];
    },
  },
  {
    name: "pack-years",
    said: "pack[- ]years?(?: (?:history|exposure|of smoking|smoking history))?|包年",
    isBefore: true,
    inputs: ["packsPerDay", "smokedYears"],
    slack: 0.006,
    between: [0.5, 300],
    variants: (i) => [
      {
        value: get(i, "packsPerDay") * get(i, "smokedYears"),
        unit: "pack-years",
        worked: `${get(i, "packsPerDay")} × ${get(i, "smokedYears")}`,
      },
    ],
  },
  {
    name: "serum–ascites albumin gradient",
    said: "serum[- ](?:to[- ])?ascites albumin gradient(?: \\(SAAG\\))?|SAAG",
    inputs: ["serumAlbumin", "ascitesAlbumin"],
    slack: 0,
    between: [-3, 60],
    variants: (i) => [
      {
        value: get(i, "serumAlbumin") - get(i, "ascitesAlbumin"),
        worked: `${get(i, "serumAlbumin")} − ${get(i, "ascitesAlbumin")}`,
      },
    ],
  },
  {
    name: "cerebral perfusion pressure",
    said: "cerebral perfusion pressure(?: \\(CPP\\))?|CPP|脑灌注压",
    inputs: ["meanPressure", "intracranialPressure"],
    slack: 0,
    between: [0, 200],
    variants: (i) => [
      {
        value: get(i, "meanPressure") - get(i, "intracranialPressure"),
        worked: `${get(i, "meanPressure")} − ${get(i, "intracranialPressure")}`,
      },
    ],
  },
  {
    name: "transferrin saturation",
    said: "transferrin saturation(?: \\(TSAT\\))?|TSAT|转铁蛋白饱和度",
    inputs: ["serumIron", "ironBinding"],
    slack: 0.01,
    between: [0, 150],
    variants: (i) => share(get(i, "serumIron"), get(i, "ironBinding")),
  },
  {
    name: "Glasgow coma scale",
    said: "Glasgow coma (?:scale|score)(?: (?:score|\\(GCS\\)))*|GCS(?: score)?",
    inputs: ["gcsEye", "gcsVerbal", "gcsMotor"],
    slack: 0,
    between: [1, 20],
    variants: (i) => [
      {
        value: get(i, "gcsEye") + get(i, "gcsVerbal") + get(i, "gcsMotor"),
        worked: `E${get(i, "gcsEye")} + V${get(i, "gcsVerbal")} + M${get(i, "gcsMotor")}`,
      },
    ],
  },
];
