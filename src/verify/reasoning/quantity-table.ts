/** All quantities that are read from a text: vital signs, laboratory results, and those of which only the kind is judged. */
import { blood, concentrations, kindOnly, type Quantity } from "./quantity.ts";
import { labQuantities } from "./quantity-labs.ts";
import { vitalQuantities } from "./quantity-vitals.ts";

const kindsOnly: readonly Quantity[] = [
  // Their values span too much to be judged, or come from other specimens.
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
  kindOnly("ejectionFraction", "ejection fraction|LVEF|射血分数", "%", [
    ...concentrations,
    "pressure",
    "temperature",
    "rate",
    "length",
    "volume",
    "flow",
  ]),
  kindOnly("acidity", "(?:arterial |blood )?pH", "[pH]", [
    ...concentrations,
    "pressure",
    "temperature",
    "rate",
    "mass",
    "volume",
  ]),
  kindOnly("sedimentation", "ESR|erythrocyte sedimentation rate|sedimentation rate|血沉", "mm/h", [
    ...concentrations,
    "pressure",
    "temperature",
    "mass",
    "volume",
  ]),
  kindOnly("prothrombinRatio", "INR|international normali[sz]ed ratio", "1", [
    ...concentrations,
    "pressure",
    "temperature",
    "rate",
    "length",
    "mass",
    "volume",
  ]),
  kindOnly("tidalVolume", "tidal volume|潮气量", "mL", [
    ...concentrations,
    "pressure",
    "temperature",
    "length",
  ]),
  kindOnly("airwayPressure", "PEEP|plateau pressure|平台压|呼气末正压", "cm[H2O]", [
    ...concentrations,
    "temperature",
    "rate",
    "mass",
    "volume",
    "flow",
  ]),
  kindOnly("valveArea", "(?:aortic |mitral )?(?:valve|orifice) area|瓣口面积", "cm2", [
    ...concentrations,
    "pressure",
    "temperature",
    "rate",
    "length",
    "volume",
    "mass",
  ]),
  kindOnly("gestation", "gestational age|孕周", "wk", [...concentrations, "pressure", "temperature", "mass"]),
];

export const quantities: readonly Quantity[] = [...vitalQuantities, ...labQuantities, ...kindsOnly];
