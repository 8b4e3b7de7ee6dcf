/**
 * What is calculated at the bedside, and in which units it comes: the name of a result tells what it measures.
 *
 * Only the dimension is judged, so one unit of each stands for all of its sizes. "1" stands for a bare number.
 */
import { type Equality, equalitiesIn } from "./chains.ts";
import { calculates } from "./expression.ts";
import { claimAfter } from "./formula-claims.ts";
import { type UnitFault, unitText } from "./kinds.ts";
import { type NumberToken, type Token, tokensOf } from "./numerals.ts";
import { apart, measureOf, ratioOf } from "./unit-measure.ts";

interface Expected {
  readonly names: string;
  readonly units: readonly string[];
  /** What is possible in the first of the units, wide. */
  readonly span?: readonly [low: number, high: number];
  /** Where the name means other things too: only what a question asks for, never what a text happens to state. */
  readonly isAsked?: true;
}

const molar = ["mmol/L"];
const metabolite = ["mg/dL", "mmol/L"];
const pressure = ["mm[Hg]"];
const share = ["%", "1"];
const perTime = [
  "mL/h",
  "mL/kg/h",
  "mg/h",
  "mg/kg/h",
  "mL/m2/h",
  "[iU]/h",
  "[iU]/kg/h",
  "mmol/h",
  "mmol/kg/h",
  "/min",
];
const volumes = ["mL", "mL/kg", "mL/d", "mL/kg/d"];
const doses = [
  "mg",
  "mg/kg",
  "mg/d",
  "mg/kg/d",
  "mg/m2",
  "mg/m2/d",
  "[iU]",
  "[iU]/kg",
  "[iU]/d",
  "[iU]/kg/d",
  "mmol",
  "mmol/d",
  "mmol/kg",
  "mmol/kg/d",
];

const table: readonly Expected[] = [
  { names: "osmol(?:al|ar|ality|arity)? gap|渗透压间隙", units: ["mosm/kg"] },
  { names: "osmola[lr]ity|(?<!胶体)渗透压", units: ["mosm/kg"], span: [150, 700] },
  { names: "(?:(?:albumin[- ])?(?:corrected|adjusted) )?(?:anion gap|AG)|(?:校正)?阴离子间隙", units: molar },
  {
    names: "delta[- ](?:delta )?ratio|delta[- ]delta|likelihood ratio|NNT|number needed to (?:treat|harm)",
    units: share,
  },
  { names: "delta gap", units: molar },
  {
    names:
      "(?:corrected|adjusted)(?: total| serum)* calcium|calcium (?:corrected|adjusted) for albumin|校正(?:后的?)?血?钙",
    units: metabolite,
  },
  {
    names:
      "(?:corrected|adjusted)(?: serum)? sodium|sodium (?:corrected|adjusted) for glucose|校正(?:后的?)?血?钠",
    units: molar,
  },
  {
    names:
      "creatinine clearance|CrCl|eGFR|GFR|glomerular filtration rate|Cockcroft[- ]Gault|肌酐清除率|肾小球滤过率",
    units: ["mL/min", "mL/min/kg", "mL/min/m2"],
    span: [0.5, 500],
  },
  {
    names:
      "(?:(?:total|systemic|renal|drug|plasma|hepatic|inulin|urea|PAH) )?clearance(?= (?:of|is|was|comes|would|amounts)\\b|[:=])|(?:total |systemic |renal |drug |plasma |hepatic )clearance|清除率",
    units: ["mL/min", "mL/min/kg", "mL/min/m2"],
  },
  { names: "body mass index|BMI|体重指数|体质指数", units: ["kg/m2"], span: [4, 250] },
  { names: "body surface area|BSA|体表面积", units: ["m2", "%"] },
  {
    names:
      "mean arterial(?: blood)? pressure|MAP|pulse pressure|cerebral perfusion pressure|CPP|平均动脉压|脉压差?|脑灌注压",
    units: pressure,
    span: [4, 400],
  },
  {
    names:
      "(?:alveolar[- ](?:to[- ])?arterial|A[-–]a)(?: \\(A-a\\))?(?: oxygen| O2)? (?:gradient|difference)|alveolar (?:oxygen|PO2)(?: (?:pressure|tension))?|PAO2|PaO2|PaCO2|PCO2|氧分压|肺泡动脉氧分压差",
    units: pressure,
  },
  { names: "P\\/F(?: ratio)?|PaO2\\/FiO2(?: ratio)?|氧合指数", units: ["mm[Hg]", "1"] },
  { names: "Winter'?s'?(?: formula)?|(?:expected|predicted) (?:arterial )?p?CO2", units: pressure },
  {
    names:
      "(?:calculated |estimated )?LDL(?:-C)?(?:[- ]cholesterol)?|non-HDL(?:[- ]cholesterol)?|低密度脂蛋白(?:胆固醇)?",
    units: metabolite,
  },
  { names: "QTc|corrected QT(?: interval)?|校正QT(?:间期)?", units: ["ms"], span: [150, 1000] },
  {
    names:
      "fractional excretion(?: of (?:sodium|urea))?|FE_?Na|FE_?Urea|ejection fraction|LVEF|shunt fraction|钠排泄分数|射血分数",
    units: share,
  },
  {
    names:
      "transferrin saturation|TSAT|(?:absolute|relative) risk(?: reduction)?|ARR|RRR|sensitivity|specificity|(?:positive|negative) predictive value|PPV|NPV|转铁蛋白饱和度|灵敏度|敏感度|敏感性|特异度|特异性|阳性预测值|阴性预测值",
    units: share,
  },
  { names: "(?:serum[- ]ascites albumin gradient|SAAG|血清腹水白蛋白梯度)", units: ["g/dL"] },
  { names: "(?:ideal|adjusted|lean|predicted)(?: body)? weight|IBW|理想体重", units: ["kg"] },
  { names: "cardiac output|心输出量", units: ["L/min"], span: [0.2, 60] },
  { names: "cardiac index|心脏?指数", units: ["L/min/m2"] },
  { names: "stroke volume|每搏输?出?量", units: ["mL", "mL/m2"] },
  { names: "tidal volume|潮气量", units: ["mL", "mL/kg"] },
  { names: "minute (?:ventilation|volume)|分钟通气量", units: ["L/min"], span: [0.1, 250] },
  { names: "half[- ]life|t½|半衰期", units: ["h"] },
  { names: "volume of distribution|Vd|分布容积", units: ["L", "L/kg"] },
  { names: "free water deficit|water deficit|total body water|TBW|自由水缺失量?|总体水量?", units: ["L"] },
  {
    names: "(?:infusion|pump|drip|flow|hourly|maintenance|drop) rate|输液速度|输注速度|泵速|滴速|滴数",
    units: perTime,
  },
  { names: "urine output|尿量", units: ["mL", "mL/h", "mL/kg/h", "mL/kg"] },
  {
    names:
      "(?:daily|hourly|maintenance|total|24-hour) (?:fluids?|volume)(?: requirement| need)?s?|fluid (?:requirement|deficit|need)s?|补液量|液体量",
    units: [...volumes, "mL/h"],
  },
  { names: "absolute neutrophil count|ANC|中性粒细胞(?:绝对值|计数)", units: ["/uL"] },
  { names: "respiratory rate|heart rate|心率|呼吸频率", units: ["/min"] },
  { names: "max(?:imum|imal)(?: predicted)? heart rate|最大心率", units: ["/min"] },
  { names: "parkland(?: formula)?", units: [...volumes, "mL/h"] },
  { names: "(?:anion )?gap excess|excess gap", units: molar },
  // Asked for only.
  { names: "pack[- ]years?|包年|shock index|scores?|休克指数|评分", units: ["1"], isAsked: true },
  { names: "drops?|滴", units: ["/min"], isAsked: true },
  { names: "rate|速度|速率", units: perTime, isAsked: true },
  { names: "volume|毫升数?|体积", units: [...volumes, "mL/h", "fL"], isAsked: true },
  { names: "loading dose|dose|dosage|剂量|负荷量", units: [...doses, ...perTime], isAsked: true },
  { names: "concentration|浓度", units: ["mg/mL", "mmol/L", "%", "[iU]/mL"], isAsked: true },
  { names: "weight|体重", units: ["kg"], isAsked: true },
  { names: "height|身高", units: ["cm"], isAsked: true },
  { names: "temperature|体温", units: ["Cel"], isAsked: true },
  {
    names: "energy|calor(?:ies|ic)|kilocalories|热量|能量",
    units: ["kcal", "kcal/d", "kcal/kg", "kcal/kg/d"],
    isAsked: true,
  },
  {
    names: "prevalence|incidence|percentage|proportion|probability|share|百分比|比例",
    units: share,
    isAsked: true,
  },
  { names: "sodium|potassium|chloride|bicarbonate|gap|血钠|血钾", units: [...molar, "mmol"], isAsked: true },
  { names: "calcium|glucose|blood sugar|cholesterol|血钙|血糖|胆固醇", units: metabolite, isAsked: true },
  { names: "pressure|gradient|血压|压差", units: [...pressure, "g/dL"], isAsked: true },
];

const expected = table.map((each) => ({
  ...each,
  pattern: new RegExp(`(?<![\\p{Script=Latin}])(?:${each.names})(?![\\p{Script=Latin}])`, "giu"),
  short: new Set(each.names.split(/[|()]/).filter((name) => /^[A-Z]{2,5}$/.test(name))),
}));

/** Whether a unit is none of those that a result of these can have. */
export function isOutside(unit: string, units: readonly string[]): boolean {
  // "7500 drops" are a count.
  if (/^\{[^}]*\}$/.test(unit)) return false;
  const kinds = units.map((each) => apart(unit, each === "1" ? "%" : each));
  return kinds.every((kind) => kind === "kind");
}

/** Whether a value of a named result is far beyond what is possible, as "465 s" for "465 ms". */
function isBeyond(value: number, unit: string, { units, span }: Pick<Expected, "units" | "span">): boolean {
  const first = units[0] as string;
  const [said, due] = [measureOf(unit), measureOf(first)];
  const ratio = said && due && ratioOf(said, due);
  if (span === undefined || ratio === undefined || Math.abs(ratio - 1) < 0.01 || value === 0) return false;
  return value * ratio < span[0] || value * ratio > span[1];
}

interface Place {
  readonly units: readonly string[];
  readonly span?: readonly [low: number, high: number];
  readonly start: number;
  readonly end: number;
}

/** Named results of a text; of names that overlap the one listed first has the place. */
function places(text: string, isQuestion: boolean): readonly Place[] {
  const found: Place[] = [];
  for (const { pattern, short, units, span, isAsked } of expected) {
    if (isAsked && !isQuestion) continue;
    for (const match of text.matchAll(pattern)) {
      // "MAP" is none of "map".
      if (short.has(match[0].toUpperCase()) && match[0] !== match[0].toUpperCase()) continue;
      const place = { units, ...(span && { span }), start: match.index, end: match.index + match[0].length };
      if (!found.some((other) => other.start < place.end && place.start < other.end)) found.push(place);
    }
  }
  return found.sort((a, b) => a.start - b.start);
}

/** The units in which a question wants what it asks for by name; none where no name is known. */
export function askedByName(question: string): readonly string[] {
  const all = places(question, true);
  return (all.find(({ units }) => units !== undefined) ?? { units: [] }).units;
}

/** Results stated for a name in a unit that no such result has, and which the question does not state so. */
export function namedFaults(text: string, tokens: readonly Token[], given: string): readonly UnitFault[] {
  const stated = statedIn(given, tokensOf(given));
  return statedIn(text, tokens).flatMap(({ place, unit, value, start, end }) => {
    if (!isOutside(unit, place.units) && !isBeyond(value, unit, place)) return [];
    if (stated.some((each) => each.value === value && each.unit === unit)) return [];
    const units = place.units.map((each) => (each === "1" ? "a bare number" : unitText(each)));
    const says = `${unitText(unit)} is no unit of ${text.slice(place.start, place.end)}, which comes in ${units.join(" or ")}`;
    return [{ start, end, says }];
  });
}

interface Stated {
  readonly place: Place;
  readonly unit: string;
  readonly value: number;
  readonly start: number;
  readonly end: number;
}

/** A time or share of something else, unless the result is one itself. */
const isAside = (unit: string, { units }: Place): boolean =>
  (/^(?:a|mo|wk|d|h|min|s)$/.test(unit) && !units.some((each) => apart(unit, each) !== "kind")) ||
  unit === "%";

function statedIn(text: string, tokens: readonly Token[]): readonly Stated[] {
  const all = places(text, false);
  if (all.length === 0) return [];
  const equalities = equalitiesIn(tokens);
  return all.flatMap((place) => {
    const claim = claimAfter(text, tokens, place.start, place.end, false);
    const first = firstResult(text, equalities, place.end);
    const numbers = [claim?.number.unit === undefined ? claim?.high : claim.number, first];
    const found: Stated[] = [];
    for (const number of numbers) {
      if (number?.unit === undefined || found.some(({ end }) => end === number.end)) continue;
      // Another name in between takes the result.
      if (all.some((other) => other.start >= place.end && other.end <= number.start)) continue;
      // "GFR at 12 months", "sensitivity of 30 days": not without a calculation.
      const isCalculated = /[=≈]/.test(text.slice(place.end, number.start));
      if (!isCalculated && isAside(number.unit, place)) continue;
      // "34 kg/m" has lost its superscript in print.
      if (!isCalculated && number.unit === "kg/m") continue;
      found.push({ place, unit: number.unit, value: number.value, start: place.start, end: number.end });
    }
    return found;
  });
}

/** What the calculation right after a name comes to: "BMI: 106 / 3.31 ≈ 32 kg/m²". */
function firstResult(text: string, equalities: readonly Equality[], from: number): NumberToken | undefined {
  const first = equalities.find(({ left }) => left !== undefined && left.start >= from);
  if (first?.left === undefined || !calculates(first.left.expression)) return undefined;
  if (!/^[\s:=]*(?:(?:is|was|the|here|about|为|是)[\s:]*)*$/i.test(text.slice(from, first.left.start)))
    return undefined;
  return first.right?.expression.kind === "number" ? first.right.expression.token : undefined;
}
