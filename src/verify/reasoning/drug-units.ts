/**
 * Drugs that are given in international units, told in milligrams, and the other way round: "2.4 million mg of
 * benzathine penicillin", "胰岛素10 mg", "50 units of gentamicin".
 *
 * Wider than the doses of doses.ts, which begin right after the name: here the drug is named in the same clause, before
 * or after. Some of these drugs are told by mass too, which the last column lets pass.
 */
import { drugDoses } from "./doses.ts";
import { kindOf, type UnitFault, unitText } from "./kinds.ts";
import { doseFault } from "./possible-values.ts";
import { quantitiesOf, type Stated } from "./spelled-quantities.ts";
import { convert } from "./ucum.ts";

/** Names, and up to how many milligrams a dose told by mass is let pass. */
const byUnits: readonly (readonly [names: string, mg: number])[] = [
  ["insulin|glargine|lispro|aspart|detemir|degludec|胰岛素", 0],
  ["(?<!low[- ]molecular[- ]weight )(?:unfractionated )?heparin(?!oid)|UFH|(?<!低分子)肝素", 0],
  ["dalteparin|tinzaparin|达肝素", 0],
  ["benzathine(?: penicillin| benzylpenicillin)?(?: G)?|bicillin|苄星青霉素", 3000],
  ["procaine penicillin|(?:crystalline |aqueous )?penicillin G|benzylpenicillin|青霉素(?:G|钠|钾)?", 20000],
  ["oxytocin|pitocin|缩宫素|催产素", 0.5],
  ["vasopressin|垂体后叶素|加压素", 0],
  [
    "cholecalciferol|ergocalciferol|vitamin D[23]?(?! level| deficien| toxic| status)|维生素D[23]?|胆钙化醇",
    2.5,
  ],
  ["vitamin A|retinol|维生素A", 100],
  ["erythropoietin|epoetin(?: alfa)?|EPO|促红(?:细胞生成)?素|促红素", 0],
  ["factor (?:VIII|IX|8|9)(?: concentrate)?|凝血因子|prothrombin complex|PCC|凝血酶原复合物", 0],
  ["streptokinase|urokinase|链激酶|尿激酶", 0],
  ["hCG|chorionic gonadotropin|绒(?:毛膜)?促性(?:腺激)?素", 0.5],
  ["botulinum(?: toxin)?(?: A)?|botox|肉毒(?:毒)?素", 0],
  ["nystatin|bacitracin|制霉菌素", 0],
  ["tetanus (?:immune globulin|immunoglobulin|antitoxin)|破伤风(?:抗毒素|免疫球蛋白|人免疫球蛋白)", 0],
  ["(?:rabies|hepatitis B) immun\\w+ ?globulin|HBIG|乙肝免疫球蛋白|狂犬病?(?:人)?免疫球蛋白", 0],
  ["calcitonin|降钙素", 0.2],
  ["hyaluronidase|asparaginase|hyaluronidase|透明质酸酶|门冬酰胺酶", 0],
  ["antithrombin|抗凝血酶", 0],
  ["menotropin|follitropin|FSH|尿促性素", 0.5],
];

const before = "(?<![\\p{Script=Latin}])";
const behind = "(?![\\p{Script=Latin}]| (?:level|resist|allerg|sensitiv|deficien|-induced|antibod))";
const inUnits = byUnits.map(([names, mg]) => ({
  mg,
  pattern: new RegExp(`${before}(?:${names})${behind}`, "giu"),
}));
const byMass = drugDoses
  .filter(({ unit }) => unit === "mg" || unit === "ug" || unit === "g")
  .map(({ names, unit, span }) => ({
    unit,
    span,
    pattern: new RegExp(`${before}(?:${names})${behind}`, "giu"),
  }));

/** Doses told by mass of what is given in units, or in units of what is given by mass. */
export function drugUnitFaults(text: string, given: readonly Stated[]): readonly UnitFault[] {
  return quantitiesOf(text).flatMap((one): UnitFault[] => {
    const base = (one.unit.split("/")[0] as string).replace(/^[mk](?=\[iU\])/, "");
    const isUnits = base === "[iU]" && !/\/(?:L|mL|dL)/.test(one.unit);
    const isMass = kindOf(base) === "mass" && !/\/(?:L|mL|dL|g)/.test(one.unit);
    if (!isUnits && !isMass) return [];
    if (given.some(({ value, unit }) => value === one.value && unit === one.unit)) return [];
    if (isUnits) {
      const drug = byMass.find(({ pattern }) => isBeside(text, pattern, one, false));
      if (drug === undefined) return [];
      return [fault(one, `it is given in ${unitText(drug.unit)}, not in units`)];
    }
    const massDrug = byMass.find(({ pattern }) => isBeside(text, pattern, one, true));
    const far = massDrug && doseFault(one.value, one.unit, massDrug.unit, massDrug.span);
    if (far !== undefined) return [fault(one, far)];
    const drug = inUnits.find(({ pattern }) => isBeside(text, pattern, one, true));
    if (drug === undefined) return [];
    const mg = convert(base, one.value, "mg") ?? 0;
    if (base === "kg" || (drug.mg > 0 && mg <= drug.mg)) return [];
    return [fault(one, `it is given in units, not in ${unitText(one.unit)}`)];
  });
}

const fault = ({ start, end }: Stated, says: string): UnitFault => ({ start, end, says });

const own =
  /^[\s:,=(]*(?:(?:IV|IM|SC|of|at|a|an|the|dose|doses|is|was|in|about|roughly|another|some|only|bolus|infusion|drip|dosed|given|gives?|runs?|running|starts?|started|continuous|regular|intravenous(?:ly)?|intramuscular(?:ly)?|subcutaneous(?:ly)?|total|single|initial|loading|maintenance|per day|daily|weekly|once|low-dose|high-dose|human|basal|rapid|short-acting|long-acting|on|with|by|from|to|up to|and|should|will|must|needs?|receives?|be|be given|i\.v\.|i\.m\.)[\s:,=(]+)*$/iu;
const ofDrug =
  /^\s*(?:(?:of|IV|IM|iv|im)\s+)+(?:(?:the|intramuscular|intravenous|subcutaneous|regular|rapid-acting|short-acting|long-acting|basal|human|oral|recombinant|unfractionated|crystalline|aqueous|concentrated|pure|fresh)\s+){0,3}$/iu;
const hanGap =
  /^(?:静脉|皮下|肌肉|肌|静|注射|滴注|推注|给予|用量|剂量|总量|负荷量|首剂|每次|每日|约|为|是|的|以|按|,|:|=|\s|\(|予|泵入|静滴|静注|肌注|静推|口服|注|G|钠)*$/u;

/** The drug is named right before the quantity or right after it. */
function isBeside(text: string, pattern: RegExp, { start, end }: Stated, isWide: boolean): boolean {
  const from = Math.max(0, start - 70);
  const to = Math.min(text.length, end + 60);
  for (const match of text.slice(from, to).matchAll(pattern)) {
    const at = from + match.index;
    const stop = at + match[0].length;
    if (stop <= start) {
      const gap = text.slice(stop, start);
      if (own.test(gap) || hanGap.test(gap)) return true;
    } else if (at >= end) {
      const gap = text.slice(end, at);
      if (ofDrug.test(gap) || (/^\s*(?:的|单位的)?$/.test(gap) && isWide)) return true;
    }
  }
  return false;
}
