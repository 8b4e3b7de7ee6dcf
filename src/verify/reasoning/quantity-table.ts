/**
 * The measured quantities of a patient: how they are called, in which units they come, and what is possible.
 *
 * `usual` is wide: every value seen in the sick lies inside. It serves to tell a wrong unit ("haemoglobin 14 mg/dL":
 * 14 is usual in g/dL, 14 mg/dL never is). `life` is what no living person has had. Molar masses in g/mol; urea
 * nitrogen counts 28.01 g of nitrogen for each mole of urea.
 */
import type { Substance } from "./ucum.ts";

export interface UsualUnit {
  readonly unit: string;
  readonly usual: readonly [low: number, high: number];
}

export interface Quantity {
  readonly key: string;
  /** Pattern of its names, English and Chinese. */
  readonly names: string;
  /** The first is the one in which `life` and every calculation are given. */
  readonly units: readonly [UsualUnit, ...UsualUnit[]];
  readonly life?: readonly [low: number, high: number];
  readonly substance?: Substance;
  /** What it can never be measured in. */
  readonly never: readonly Kind[];
}

/** What a unit measures, by name. */
export type Kind =
  | "pressure"
  | "temperature"
  | "rate"
  | "massConcentration"
  | "molarConcentration"
  | "equivalents"
  | "mass"
  | "volume"
  | "length"
  | "flow"
  | "share"
  | "time"
  | "amount";

const concentrations: readonly Kind[] = ["massConcentration", "molarConcentration", "equivalents"];
const vital: readonly Kind[] = [...concentrations, "temperature", "mass", "volume", "length", "flow"];
const lab: readonly Kind[] = ["pressure", "temperature", "rate", "length", "volume", "flow"];
const u = (unit: string, low: number, high: number): UsualUnit => ({ unit, usual: [low, high] });

const blood: readonly Kind[] = [...concentrations, "pressure", "temperature", "rate", "length"];

/** A quantity whose values are not judged. */
function kindOnly(key: string, names: string, unit: string, never: readonly Kind[]): Quantity {
  return { key, names, units: [u(unit, 0, Number.POSITIVE_INFINITY)], never };
}

const notIn = (before: string, name: string): string => `(?<!(?:${before})[\\s-])(?:${name})`;

export const quantities: readonly Quantity[] = [
  {
    key: "heartRate",
    names: "heart rates?|pulse rates?|pulse(?! ?(?:ox|pressure))|HR|心率|脉搏",
    units: [u("/min", 15, 320)],
    life: [0, 400],
    never: [...vital, "pressure"],
  },
  {
    key: "respiratoryRate",
    names: "respiratory rates?|respirations?|breathing rate|RR(?! interval)|呼吸频率|呼吸",
    units: [u("/min", 2, 90)],
    life: [0, 150],
    never: [...vital, "pressure", "share"],
  },
  {
    key: "bloodPressure",
    names:
      "blood pressures?|BP|SBP|DBP|systolic(?: blood)?(?: pressure)?|diastolic(?: blood)?(?: pressure)?|mean arterial pressure|MAP|血压|收缩压|舒张压|平均动脉压",
    units: [u("mm[Hg]", 20, 330)],
    life: [0, 400],
    never: [...concentrations, "temperature", "mass", "volume", "flow", "rate"],
  },
  {
    key: "temperature",
    names: notIn(
      "room|ambient|water|storage|air|skin|surface|cooking|melting|annealing",
      "body temperature|temperature|temp|fever(?= (?:of|to|up to) )|febrile(?= (?:at|to) )|体温",
    ),
    units: [u("Cel", 24, 44), u("[degF]", 75, 112)],
    life: [10, 47],
    never: [...concentrations, "pressure", "rate", "mass", "volume", "length", "flow", "share"],
  },
  {
    key: "saturation",
    names:
      "oxygen saturations?|O2 saturations?|O2 sat|SpO2|SaO2|SpO₂|SaO₂|pulse oximetry|血氧饱和度|氧饱和度",
    units: [u("%", 20, 100)],
    life: [0, 100],
    never: [...concentrations, "pressure", "temperature", "rate", "mass", "volume", "length", "flow"],
  },
  {
    key: "weight",
    names: "body weight|weight|weighs|weighing|weighed|体重",
    units: [u("kg", 0.3, 400), u("[lb_av]", 0.7, 900), u("g", 300, 6000)],
    life: [0.2, 700],
    never: [...concentrations, "pressure", "temperature", "rate", "volume", "length", "flow"],
  },
  {
    key: "height",
    names: notIn(
      "fundal|vertebral|disc|disk|villus|villous|uterine|peak|bone|from a|ceiling|cell|wave|ridge",
      "height|stature|身高",
    ),
    units: [u("cm", 25, 240), u("m", 0.25, 2.4), u("[in_i]", 10, 95)],
    life: [20, 285],
    never: [...concentrations, "pressure", "temperature", "rate", "mass", "volume", "flow"],
  },
  {
    key: "age",
    names: "aged|age|年龄",
    units: [u("a", 0, 115), u("mo", 0, 120), u("wk", 0, 52), u("d", 0, 90)],
    life: [0, 125],
    never: [...concentrations, "pressure", "temperature", "mass", "length", "volume"],
  },
  {
    key: "sodium",
    names: "sodium|Na\\+?|Na⁺|血清钠|血钠|钠",
    units: [u("mmol/L", 95, 200), u("meq/L", 95, 200)],
    life: [80, 240],
    substance: { molarMass: 22.99, charge: 1 },
    never: [...lab, "share", "massConcentration"],
  },
  {
    key: "potassium",
    names: notIn("vitamin|Vitamin", "potassium|K\\+?|K⁺|血清钾|血钾|钾"),
    units: [u("mmol/L", 1.2, 11), u("meq/L", 1.2, 11)],
    life: [0.8, 16],
    substance: { molarMass: 39.1, charge: 1 },
    never: [...lab, "share", "massConcentration"],
  },
  {
    key: "chloride",
    names: notIn(
      "sodium|potassium|calcium|magnesium|ammonium|methacholine|benzalkonium",
      "chloride|Cl[-⁻]?|血清氯|血氯|氯",
    ),
    units: [u("mmol/L", 50, 160), u("meq/L", 50, 160)],
    life: [35, 200],
    substance: { molarMass: 35.45, charge: 1 },
    never: [...lab, "share", "massConcentration"],
  },
  {
    key: "bicarbonate",
    names: notIn(
      "sodium|potassium",
      "bicarbonate|bicarb|HCO3[-⁻]?|HCO₃[-⁻]?|total CO2|TCO2|碳酸氢根|碳酸氢盐",
    ),
    units: [u("mmol/L", 1, 60), u("meq/L", 1, 60)],
    life: [0.5, 80],
    substance: { molarMass: 61.02, charge: 1 },
    never: [...lab, "share", "massConcentration"],
  },
  {
    key: "glucose",
    names: "(?:blood |plasma |serum |fasting |random |fingerstick )*glucose|blood sugar|血糖|葡萄糖",
    units: [u("mg/dL", 12, 1250), u("mmol/L", 0.6, 69)],
    life: [0, 3200],
    substance: { molarMass: 180.16 },
    never: [...lab, "share"],
  },
  {
    key: "urea",
    names: "BUN|blood urea nitrogen|urea nitrogen|血尿素氮|尿素氮",
    units: [u("mg/dL", 1, 300), u("mmol/L", 0.4, 107)],
    life: [0, 500],
    substance: { molarMass: 28.01 },
    never: [...lab, "share"],
  },
  {
    key: "ureaWhole",
    names: notIn("blood", "urea(?! nitrogen| cycle| breath| reduct)|尿素(?!氮)"),
    units: [u("mmol/L", 0.4, 107), u("mg/dL", 2, 640)],
    life: [0, 200],
    substance: { molarMass: 60.06 },
    never: [...lab, "share"],
  },
  {
    key: "creatinine",
    names: "creatinine(?! clearance| ratio| kinase)|Cr|SCr|sCr|PCr|血肌酐|肌酐",
    units: [u("mg/dL", 0.1, 15), u("umol/L", 30, 2650)],
    life: [0, 80],
    substance: { molarMass: 113.12 },
    never: [...lab, "share"],
  },
  {
    key: "calcium",
    names: notIn(
      "ionized|ionised|coronary artery|corrected|adjusted",
      "calcium|Ca(?:2\\+|²⁺|\\+\\+)?|血清钙|血钙|钙",
    ),
    units: [u("mg/dL", 3.5, 19), u("mmol/L", 0.87, 4.75)],
    life: [1.5, 30],
    substance: { molarMass: 40.08, charge: 2 },
    never: [...lab, "share"],
  },
  {
    key: "magnesium",
    names: "magnesium|Mg(?:2\\+|²⁺)|血镁|镁",
    units: [u("mg/dL", 0.3, 14), u("mmol/L", 0.12, 6)],
    life: [0.1, 30],
    substance: { molarMass: 24.305, charge: 2 },
    never: lab,
  },
  {
    key: "phosphate",
    names: "phosphate|phosphorus|血磷",
    units: [u("mg/dL", 0.3, 20), u("mmol/L", 0.1, 6.5)],
    life: [0.05, 50],
    substance: { molarMass: 30.97 },
    never: lab,
  },
  {
    key: "albumin",
    names: "albumin(?! excretion|-to|uria| ratio| infusion|\\/)|白蛋白",
    units: [u("g/dL", 0.7, 7), u("g/L", 7, 70)],
    life: [0.2, 9],
    never: [...lab, "share"],
  },
  {
    key: "haemoglobin",
    names: "ha?emoglobin(?! A|A| C| S| F| H|opathy)|Hb(?! ?A)|Hgb|血红蛋白",
    units: [u("g/dL", 2, 25), u("g/L", 20, 250)],
    life: [0.8, 30],
    substance: { molarMass: 16114 },
    never: lab,
  },
  {
    key: "bilirubin",
    names: "(?:total |direct |indirect |conjugated |unconjugated )?bilirubin|胆红素",
    units: [u("mg/dL", 0.05, 60), u("umol/L", 0.9, 1030)],
    life: [0, 110],
    substance: { molarMass: 584.66 },
    never: [...lab, "share"],
  },
  {
    key: "totalCholesterol",
    names: "total cholesterol|TC|(?<!HDL |LDL |HDL-|LDL-|lipoprotein )cholesterol|总胆固醇|胆固醇",
    units: [u("mg/dL", 25, 1000), u("mmol/L", 0.6, 26)],
    life: [0, 2500],
    substance: { molarMass: 386.65 },
    never: lab,
  },
  {
    key: "hdl",
    names: "HDL(?:-C)?(?:[ -]cholesterol)?|高密度脂蛋白(?:胆固醇)?",
    units: [u("mg/dL", 3, 150), u("mmol/L", 0.08, 3.9)],
    substance: { molarMass: 386.65 },
    never: lab,
  },
  {
    key: "ldl",
    names: "LDL(?:-C)?(?:[ -]cholesterol)?|低密度脂蛋白(?:胆固醇)?",
    units: [u("mg/dL", 5, 900), u("mmol/L", 0.13, 23)],
    substance: { molarMass: 386.65 },
    never: lab,
  },
  {
    key: "triglycerides",
    names: "triglycerides?|TGs?|甘油三酯",
    units: [u("mg/dL", 15, 12000), u("mmol/L", 0.17, 135)],
    substance: { molarMass: 885.4 },
    never: lab,
  },
  {
    key: "uricAcid",
    names: "uric acid|urate|血尿酸|尿酸",
    units: [u("mg/dL", 0.2, 30), u("umol/L", 12, 1800)],
    substance: { molarMass: 168.11 },
    never: lab,
  },
  {
    key: "lactate",
    names: "lactate(?! dehydrog)|lactic acid|乳酸",
    units: [u("mmol/L", 0.1, 35), u("mg/dL", 1, 315)],
    substance: { molarMass: 90.08 },
    never: [...lab, "share"],
  },
  {
    key: "iron",
    names: "serum iron|血清铁",
    units: [u("ug/dL", 3, 600), u("umol/L", 0.5, 107)],
    substance: { molarMass: 55.845 },
    never: lab,
  },
  {
    key: "ammonia",
    names: "ammonia|血氨",
    units: [u("umol/L", 5, 2500), u("ug/dL", 8, 4300)],
    substance: { molarMass: 17.03 },
    never: lab,
  },
  {
    key: "ethanol",
    names: "ethanol|blood alcohol|乙醇",
    units: [u("mg/dL", 5, 900), u("mmol/L", 1, 200)],
    substance: { molarMass: 46.07 },
    never: lab,
  },
  {
    key: "thyroxine",
    names: "thyroxine|total T4",
    units: [u("ug/dL", 0.1, 60), u("nmol/L", 1, 800)],
    substance: { molarMass: 776.87 },
    never: lab,
  },
  {
    key: "cortisol",
    names: "cortisol|皮质醇",
    units: [u("ug/dL", 0.2, 200), u("nmol/L", 5, 5500)],
    substance: { molarMass: 362.46 },
    never: lab,
  },
  {
    key: "testosterone",
    names: "testosterone|睾酮",
    units: [u("ng/dL", 1, 3000), u("nmol/L", 0.03, 104)],
    substance: { molarMass: 288.42 },
    never: lab,
  },
  {
    key: "vitaminD",
    names: "25-hydroxyvitamin D|25\\(OH\\)D|vitamin D level",
    units: [u("ng/mL", 1, 250), u("nmol/L", 2.5, 620)],
    substance: { molarMass: 400.64 },
    never: lab,
  },
  {
    key: "digoxin",
    names: "digoxin(?: level| concentration)",
    units: [u("ng/mL", 0.1, 30), u("nmol/L", 0.13, 38)],
    substance: { molarMass: 780.9 },
    never: lab,
  },
  {
    key: "paracetamol",
    names: "(?:acetaminophen|paracetamol)(?: level| concentration)",
    units: [u("ug/mL", 1, 1500), u("umol/L", 6, 10000)],
    substance: { molarMass: 151.16 },
    never: lab,
  },
  {
    key: "salicylate",
    names: "salicylate(?: level| concentration)?",
    units: [u("mg/dL", 1, 200), u("mmol/L", 0.07, 14.5)],
    substance: { molarMass: 138.12 },
    never: lab,
  },
  {
    key: "osmolality",
    names: "(?:measured |serum |plasma )*(?:osmolality|osmolarity)|血浆渗透压",
    units: [u("mosm/kg", 200, 520)],
    never: [...lab, "share", "massConcentration", "equivalents"],
  },
  {
    key: "pco2",
    names: "PaCO2|PCO2|pCO2|PaCO₂|pCO₂|PCO₂|动脉血二氧化碳分压|二氧化碳分压",
    units: [u("mm[Hg]", 5, 180), u("kPa", 0.7, 24)],
    life: [0, 300],
    never: [...concentrations, "temperature", "rate", "mass", "volume"],
  },
  {
    key: "po2",
    names: "PaO2|PO2|pO2|PaO₂|pO₂|PO₂|动脉血氧分压|氧分压",
    units: [u("mm[Hg]", 10, 700), u("kPa", 1.3, 93)],
    life: [0, 1000],
    never: [...concentrations, "temperature", "rate", "mass", "volume"],
  },
  // Of those below only the kind of unit is judged: their values span too much, or come from other specimens.
  kindOnly("platelets", "platelet count|platelets|PLT|血小板计数|血小板", "10*9/L", [...blood, "share"]),
  kindOnly(
    "leukocytes",
    "white (?:blood )?cell count|WBC(?: count)?|leu[ck]ocyte count|白细胞计数|白细胞",
    "10*9/L",
    blood,
  ),
  kindOnly("haematocrit", "ha?ematocrit|Hct|红细胞压积|红细胞比容", "%", blood),
  kindOnly("glycatedHaemoglobin", "HbA1c|ha?emoglobin A1c|A1C|糖化血红蛋白", "%", blood),
  kindOnly(
    "enzymes",
    "ALT|AST|alkaline phosphatase|ALP|lipase|amylase|GGT|LDH|lactate dehydrogenase|creatine kinase|谷丙转氨酶|谷草转氨酶",
    "U/L",
    blood,
  ),
  kindOnly("thyrotropin", "TSH|thyroid[- ]stimulating hormone", "m[IU]/L", blood),
  kindOnly(
    "filtration",
    "eGFR|GFR|glomerular filtration rate|creatinine clearance|CrCl|肾小球滤过率|肌酐清除率",
    "mL/min",
    [...concentrations, "pressure", "temperature", "mass", "length"],
  ),
  kindOnly("bodyMassIndex", "BMI|body mass index|体重指数", "kg/m2", [
    ...concentrations,
    "pressure",
    "temperature",
    "rate",
    "length",
    "volume",
  ]),
  kindOnly("qtInterval", "QTc?(?: interval)?|PR interval", "ms", [
    ...concentrations,
    "pressure",
    "temperature",
    "mass",
    "volume",
  ]),
  kindOnly(
    "otherPressure",
    "central venous pressure|CVP|wedge pressure|PCWP|intracranial pressure|ICP|intraocular pressure|IOP|opening pressure|颅内压|眼压|中心静脉压",
    "mm[Hg]",
    [...concentrations, "temperature", "rate", "mass"],
  ),
  kindOnly("anionGap", "(?:serum )?anion gap|阴离子间隙", "meq/L", [
    "pressure",
    "temperature",
    "rate",
    "length",
    "massConcentration",
  ]),
  kindOnly("gestation", "gestational age|孕周", "wk", [...concentrations, "pressure", "temperature", "mass"]),
];
