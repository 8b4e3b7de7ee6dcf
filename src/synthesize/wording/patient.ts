/**
 * A patient of an age and a sex that fit what is told and what is hidden; nothing else is known of them.
 *
 * Invariant: no age above 89 (HIPAA Safe Harbor pools those). Where names say nothing, the patient is an adult of 20 to
 * 70 of either sex; where they contradict one another, the patient has no sex and no age.
 */
import type { Random } from "../../base/random.ts";
import { indefinite } from "./articles.ts";
import type { Name, Told } from "./told.ts";

export interface Patient {
  /** "a 34-year-old woman", as it stands inside a sentence. */
  readonly words: string;
  /** "she", "he" or "the patient". */
  readonly they: string;
  /** "her", "his" or "the patient's". */
  readonly their: string;
  /** Others bring the patient and tell the story. */
  readonly isChild: boolean;
}

type Sex = "female" | "male";
/** In years; below one in twelfths. */
type Ages = readonly [number, number];

interface Hint {
  readonly pattern: RegExp;
  readonly sex?: Sex;
  readonly ages?: Ages;
}

const fertile: Ages = [19, 42];
const newborn: Ages = [0, 0.08];
const infant: Ages = [0.17, 0.92];
const child: Ages = [4, 11];
const old: Ages = [65, 88];

/** What a name says about who has it. Breast disease is told of women: of men it is a question of its own. */
const hints: readonly Hint[] = [
  {
    pattern:
      /neonat|newborn|of prematurity|congenital syphilis|meconium|hyaline membrane|necroti[sz]ing enterocolitis/,
    ages: newborn,
  },
  {
    pattern:
      /infantile|galactos|maple syrup|pyloric stenosis|intussusception|bronchiolitis|tyrosin[a]?emia|failure to thrive|sudden infant|biliary atresia|hirschsprung|tay.sachs|menkes|krabbe/,
    ages: infant,
  },
  { pattern: /duchenne/, sex: "male", ages: [4, 10] },
  { pattern: /kawasaki|croup|roseola|retinoblastoma|neuroblastoma|wilms|kwashiorkor|marasmus/, ages: [1, 4] },
  {
    pattern:
      /^childhood$|paediatric|pediatric|juvenile|measles|mumps|chickenpox|scarlet fever|rheumatic fever|sydenham|minimal change|iga vasculitis|henoch|whooping cough|pertussis|perthes|autis|\badhd\b|attention.deficit|enuresis|impetigo|fifth disease|developmental delay|deciduous|progeria|hand, foot/,
    ages: child,
  },
  { pattern: /craniosynostosis|phenylketonuria|homocystinuria|hypophosphatasia|rickets/, ages: [1, 10] },
  { pattern: /adolescen|acne|infectious mononucleosis|slipped/, ages: [13, 24] },
  { pattern: /cystic fibrosis/, ages: [3, 24] },
  { pattern: /type 1 diabetes|osteosarcoma|ewing|narcolepsy|testicular (?:torsion|cancer)/, ages: [12, 34] },
  { pattern: /hemophilia|haemophilia/, sex: "male", ages: [4, 34] },
  { pattern: /anorexia nervosa|bulimia/, ages: [14, 28] },
  {
    pattern:
      /schizophreni|bipolar|pressured speech|elation|multiple sclerosis|panic disorder|ankylosing spond|hodgkin|crohn|sarcoid/,
    ages: [18, 45],
  },
  {
    pattern:
      /pregnan|gestation|eclampsia|postpartum|puerper|placent|breast-?feeding|lactation|chorioamnion|hellp|ectopic|miscarriage|obstetric|childbirth|sheehan|hyperemesis/,
    sex: "female",
    ages: fertile,
  },
  {
    pattern: /endometriosis|polycystic ovar|amenorrh|menstru|menorrh|vaginosis|pelvic inflammatory|douching/,
    sex: "female",
    ages: [17, 42],
  },
  { pattern: /postmenopaus|menopaus|atrophic vagin/, sex: "female", ages: [51, 78] },
  {
    pattern: /ovarian cancer|endometrial cancer|uterine cancer|cervical cancer/,
    sex: "female",
    ages: [42, 78],
  },
  { pattern: /breast cancer/, sex: "female", ages: [38, 78] },
  {
    pattern:
      /breast|ovar(?:y|ian)|uter(?:us|ine)|cervi(?:citis|x)|cervical (?:cytology|dysplasia)|vagin|vulv|dyspareunia|endometri|hysterectomy|menarche|turner syndrome|rett syndrome|galactorrh|hirsutism|female|fibroid|leiomyoma|mastitis|salping|oophor|fallopian|premenstrual/,
    sex: "female",
  },
  {
    pattern:
      /benign prostatic|prostate cancer|prostatic hyperplasia|weak stream|urinary hesitancy|transurethral/,
    sex: "male",
    ages: [55, 84],
  },
  {
    pattern:
      /prostat|testi(?:s|c)|scrot|penile|penis|erectile|epididym|orchi|klinefelter|gynecomastia|gynaecomastia|finasteride|balanitis|priapism|phimosis|sperm|seminoma|vasectomy|hypospadias|\bmale sex|x-linked agamma/,
    sex: "male",
  },
  {
    pattern:
      /alzheimer|dementia|age-related|senile|presby|giant cell arteritis|temporal arteritis|polymyalgia|bullous pemphigoid|normal pressure hydrocephalus|^old age$|^ageing$|^aging$|elderly|sarcopenia|hip fracture|aortic stenosis|cataract|multi-infarct|macular degeneration|amyloid pet/,
    ages: old,
  },
  {
    pattern:
      /parkinson's|parkinsonism|myeloma|paget|idiopathic pulmonary fibrosis|myelofibrosis|myelodysplas|osteoporosis|loss of height|memory loss|chronic lymphocytic|spinal stenosis|polycythemia vera|aortic aneurysm|copd|chronic obstructive|presbyopia/,
    ages: [54, 84],
  },
  {
    pattern:
      /lung cancer|colorectal|colon cancer|bladder cancer|pancreatic cancer|stomach cancer|gastric cancer|esophageal cancer|hepatocellular|renal cell|coronary artery disease|myocardial infarction|amyotrophic|stroke|heart failure|peripheral artery|osteoarthritis|creutzfeldt|barrett|mesothelioma/,
    ages: [44, 80],
  },
  { pattern: /takayasu|wilson's disease|kayser|long qt|marfan|alport|porphyria/, ages: [12, 40] },
  {
    pattern:
      /sickle|thalassemi|spherocytosis|lysosomal|pompe|fabry|gaucher|hereditary|cystinuria|enzyme deficiency|spinal muscular|von willebrand|beta-?galact|ehlers|osteogenesis/,
    ages: [2, 34],
  },
  { pattern: /huntington|alkaptonuria/, ages: [30, 54] },
  { pattern: /hemochromatosis|haemochromatosis|acromegaly|primary biliary|graves/, ages: [30, 64] },
  {
    pattern: /atrial fibrillation|aortic dissection|variant angina|angina pectoris|type 2 diabetes/,
    ages: [48, 82],
  },
  { pattern: /infertility/, ages: [24, 40] },
  {
    pattern:
      /alcohol|smoking|sexual|syphilis|gonorrh|drug use|work-|occupational|hypertension|obesity|gout|cirrhosis/,
    ages: [24, 68],
  },
];

/** Most names say nothing: one look tells. */
const anyHint = new RegExp(hints.map(({ pattern }) => pattern.source).join("|"));

function hintsOf(name: Name | undefined): readonly Hint[] {
  if (name === undefined) return [];
  const known = [...new Set([name.text.toLowerCase(), name.id.toLowerCase()])].filter((one) =>
    anyHint.test(one),
  );
  return hints.filter(({ pattern }) => known.some((one) => pattern.test(one)));
}

const adult: Ages = [20, 70];

/** Someone who may have what is told, or of whom nothing is said; without a sex where `isNeutral`. */
export function patientOf(told: Told, random: Random, isNeutral = false): Patient {
  const person = personOf(told, random, isNeutral);
  if (person === undefined)
    return { words: "a patient", they: "the patient", their: "the patient's", isChild: false };
  return describe(person.years, person.sex, random);
}

/**
 * Age, a fraction below one year, and sex of the patient, in no language; undefined where the names contradict one
 * another. Names count in the words of the stem and by the titles of their entities.
 */
export function personOf(
  told: Told,
  random: Random,
  isNeutral = false,
): { readonly years: number; readonly sex?: Sex } | undefined {
  const { type, hidden, subject, history } = told;
  // Who the patient must be comes first; a finding that does not fit it gives way.
  const had = [history, hidden, type.told === "name" ? subject : undefined, ...told.findings];
  const risks = told.facts.filter(({ predicate }) => predicate === "HAS_RISK_FACTOR");
  // What is absent or done has to be possible, which is a matter of sex and not of age.
  const possible = told.facts.filter(
    ({ predicate }) => predicate === "TREATED_WITH" || predicate === "HAS_FINDING",
  );
  let ages: Ages | undefined;
  const sexes = new Set<Sex>();
  for (const name of [...had, ...risks.map(({ entity }) => entity)])
    for (const hint of hintsOf(name)) {
      if (hint.sex) sexes.add(hint.sex);
      if (hint.ages) ages = ages === undefined ? hint.ages : (shared(ages, hint.ages) ?? ages);
    }
  for (const name of [...possible.map(({ entity }) => entity), ...told.absent])
    for (const { sex } of hintsOf(name)) if (sex) sexes.add(sex);
  const known = sexes.size === 1 ? [...sexes][0] : undefined;
  const drawn: Sex | undefined = random.integer(10) === 0 ? undefined : random.pick(["female", "male"]);
  const sex = sexes.size === 0 ? (isNeutral ? undefined : drawn) : known;
  if (sexes.size > 1) return undefined;
  const [youngest, oldest] = ages ?? adult;
  const years = youngest + random.next() * (oldest - youngest);
  return sex === undefined ? { years } : { years, sex };
}

function shared([a, b]: Ages, [c, d]: Ages): Ages | undefined {
  const both: Ages = [Math.max(a, c), Math.min(b, d)];
  return both[0] <= both[1] ? both : undefined;
}

function describe(years: number, sex: Sex | undefined, random: Random): Patient {
  const they = sex === undefined ? "the patient" : sex === "female" ? "she" : "he";
  const their = sex === undefined ? "the patient's" : sex === "female" ? "her" : "his";
  const age = Math.floor(years);
  return { words: wordsFor(years, sex, random), they, their, isChild: age < 12 };
}

function wordsFor(years: number, sex: Sex | undefined, random: Random): string {
  const age = Math.floor(years);
  if (years < 0.1) {
    const days = 2 + Math.floor(years * 250);
    return `${indefinite(`${days}-day-old`)} ${sex === undefined ? "newborn" : sex === "female" ? "girl" : "boy"}`;
  }
  if (age < 1) {
    const months = Math.max(2, Math.floor(years * 12));
    return `${indefinite(`${months}-month-old`)} ${sex === undefined ? "infant" : sex === "female" ? "girl" : "boy"}`;
  }
  const grown = age >= 18;
  const noun =
    sex === undefined
      ? grown
        ? "patient"
        : age < 13
          ? "child"
          : "adolescent"
      : sex === "female"
        ? grown
          ? "woman"
          : "girl"
        : grown
          ? "man"
          : "boy";
  switch (random.integer(grown ? 5 : 3)) {
    case 0:
      return `${indefinite(noun)} aged ${age} ${age === 1 ? "year" : "years"}`;
    case 1:
      return grown && sex !== undefined && random.integer(2) === 0
        ? `${indefinite(`${age}-year-old`)} ${sex} patient`
        : `${indefinite(`${age}-year-old`)} ${noun}`;
    case 3:
      return age >= 20 && sex !== undefined
        ? `${indefinite(noun)} in ${sex === "female" ? "her" : "his"} ${decades[Math.floor(age / 10)]}`
        : `${indefinite(`${age}-year-old`)} ${noun}`;
    default:
      return `${indefinite(`${age}-year-old`)} ${noun}`;
  }
}

const decades = ["", "", "twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties"];
