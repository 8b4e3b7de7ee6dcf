/**
 * Articles, numbers and lists: what English puts around a name that the grammar must not change.
 *
 * Medical names are mostly mass nouns ("fever", "weight loss", "asthma"), so a name has no article unless its head noun
 * is known to be countable; of findings, which are mostly things that are seen, it is the other way round. The head noun
 * is the last word before a preposition: "loss of height", "scaling of the skin".
 */
import type { Name } from "./told.ts";

const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** Head nouns that are counted whatever the type of the name. */
const countable = words(`
  abdomen abscess adenoma aneurysm angiokeratoma bite blister bruit bump callus channel chest coma cough cramp crease
  cataract crisis cyst defect deformity effusion eruption eye face fistula fold fracture gait gallop goiter goitre granuloma headache heave
  haematoma haemorrhage hematoma hemorrhage hernia history hump infarct infarction itch lesion lifestyle limp lipoma lump macule mass mole mouth murmur mutation
  neck neurofibroma nodule nose nosebleed odor odour papilloma papule patch pheochromocytoma plaque pneumothorax polyp prolactinoma pseudocyst pulse
  pustule rash reaction ring rupture scar schwannoma seizure shunt sign spine spot stream stroke swelling taste temperature throat thrill
  thrombus thymoma tongue tremor tumor tumour ulcer valve vesicle voice wart wheeze wound xanthoma
`);
const countableTests = words(`
  assay assessment biopsy count culture examination interview level mount preparation profile puncture questionnaire
  radiograph ratio scan smear study swab swallow test index
`);
const countableProcedures = words(
  "cardioverter-defibrillator defibrillator diet pacemaker shunt stent transfusion tube vaccine",
);

/** Endings and heads of findings and drug classes that are not counted. */
const mass =
  /(?:osis|iasis|itis|ia|y|ism|tion|sion|ment|ness|ance|ence|ing|sis|oma|trophy|philia|plasia|elevation|depression|prolongation|ferritin|renin|pannus|ileus|dissociation|heme|material|fluid|tissue|fat|gas|air|pus|cupping|cough|pain|change|swelling|succinylacetone|mucosa|lentis|erythema|loss|disorder|consolidation|calcification)$/;
/** Counted in spite of such an ending. */
const countedFindings = words(
  "antibody autoantibody body opacity deformity density abnormality appearance capillary cavity granuloma scotoma vegetation",
);

const singularInS =
  /(?:ss|us|is|os|ws|ans|hydrops|pancreas|biceps|lens|as|abetes|herpes|rabies|scabies|ascites|caries|tabes|facies|series|measles|mumps|rickets|shingles|pes|aids)$/i;
const pluralAs = /(?:gitas|ectasias|plasias|arrhythmias|areas|edemas|omas|hernias|anemias|infarctas|fleas)$/i;
const irregularPlural =
  /^(?:striae|vertebrae|petechiae|bullae|papillae|fimbriae|teeth|feet|zellballen|criteria|bacteria|people|drusen|fungi|bronchi|septa|streptococci|staphylococci|gums|comedones)$/i;
const preposition =
  / (?:of|in|on|with|to|from|for|at|by|during|after|before|without|around|over|under|behind|due|between|upon|per) /;

/** The noun that a name turns on, in small letters: "loss" of "loss of height". */
function headOf(text: string): string {
  // The pearls are the sign's: "string of pearls sign".
  if (/ (?:sign|test|appearance)$/.test(text)) return text.split(" ").at(-1) as string;
  if (/^diet low /.test(text)) return "diet";
  return ((text.split(preposition)[0] as string).split(" ").at(-1) as string).toLowerCase();
}

/** Whether a name takes a plural verb: "night sweats", "dry eyes". */
export function isPlural(text: string): boolean {
  const head = headOf(text);
  if (irregularPlural.test(head)) return true;
  return /s$/.test(head) && head.length > 3 && (!singularInS.test(head) || pluralAs.test(head));
}

/** A name as the object of "has": "fever", "a rash", "an enlarged spleen", "night sweats", "the common cold". */
export function withArticle({ text, type }: Pick<Name, "text" | "type">): string {
  if (/^(?:a|an|the|no|one|two|three|some|his|her) /i.test(text)) return text;
  if (type === "anatomy" || /^common cold$| pill$/i.test(text)) return `the ${text}`;
  if (/^\p{Lu}[\p{L}–-]+['’]s? [\p{L} ]*sign$/u.test(text)) return text;
  if (/^\p{Lu}\p{Ll}[\p{L}–-]* (?:sign|phenomenon|score|criteria)$/u.test(text)) return `the ${text}`;
  if (type === "gene" || type === "pathogen" || type === "specialty" || isPlural(text)) return text;
  return isCounted(text, type) ? indefinite(text) : text;
}

function isCounted(text: string, type: Name["type"]): boolean {
  const head = headOf(text);
  switch (type) {
    case "finding":
      return countable.has(head) || countedFindings.has(head) || !mass.test(head);
    case "drug class":
      return !/(?:therapy|heme|avoidance|nutrition)$/.test(head);
    case "test":
      return countableTests.has(head);
    case "procedure":
      return text.includes(" ") && countableProcedures.has(head);
    case "risk factor":
    case "concept":
      return countable.has(head) || (/^recent /.test(text) && !/use$|surgery$/.test(head));
    default:
      return (
        countable.has(head) || (type === "disease" && /^(?:head|brain|.*cord) injury$| infection$/.test(text))
      );
  }
}

/** A number or word with "a" or "an", by its sound: "an ulcer", "a unilateral …", "an 18-year-old", "an MRI". */
export function indefinite(text: string): string {
  return `${startsWithVowelSound(text) ? "an" : "a"} ${text}`;
}

/** Abbreviations that are said as a word. */
const saidAsWord = /^(?:SARS|LASIK|RAST|NASH|MASH|FAST|MERS|HELLP|NICE|SADS|MALT|LEMS|REM|RAS)\b/;

function startsWithVowelSound(text: string): boolean {
  if (/^\d/.test(text)) return /^(?:8|11(?!\d)|18(?!\d))/.test(text);
  if (/^[αεηιοω]/.test(text)) return true;
  if (saidAsWord.test(text)) return false;
  // Said letter by letter: "an MRI", "an S3 gallop", "an X-ray", "an mRNA", "a CT", "a T wave", "a pH".
  if (/^(?:[A-Z]{2}|[A-Z](?:[\d-]|\s|$)|[a-z][A-Z])/.test(text))
    return /^[AEFHILMNORSXaefhilmnorsx]/.test(text);
  if (/^(?:hour|honest|heir)/i.test(text)) return true;
  if (/^(?:uni(?!n|m)|ur(?:i|e|o)|us(?:e|u)|ut(?:e|i)|eu|ew|one\b|once)/i.test(text)) return false;
  return /^[aeiouáéíóúäöüåæø]/i.test(text);
}

/** "a", "a and b", "a, b and c"; or with "or". */
export function list(items: readonly string[], join: "and" | "or" = "and"): string {
  if (items.length <= 1) return items[0] ?? "";
  return `${items.slice(0, -1).join(", ")} ${join} ${items.at(-1)}`;
}

/** The first letter made large. */
export function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
