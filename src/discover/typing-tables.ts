/**
 * What boxes, categories, nouns and headings say about the type of a page. Languages are rows: a name of another
 * language is one more entry, never another rule.
 */
import type { EntityType } from "../records/entity.ts";

/** Words written in one text, apart by bars. */
function list(words: string): readonly string[] {
  return words.split("|");
}

/** Boxes of one language for one kind of page; "none" marks pages that are no medical concept. */
interface BoxRow {
  readonly types: readonly EntityType[] | "none";
  readonly language: string;
  /** Names of the box in lower case, apart by bars. */
  readonly names: string;
}

/** Boxes by what they are about; where a box allows several types, the likeliest comes first. */
const boxRows: readonly BoxRow[] = [
  {
    types: ["disease"],
    language: "en",
    names:
      "infobox medical condition|infobox medical condition (new)|infobox medical condition (old)|infobox disease|" +
      "diseasedisorder infobox|infobox diseasedisorder|infobox medical disorder|infobox condition|infobox syndrome|" +
      "infobox cancer|infobox poisoning|infobox mental disorder|infobox genetic disorder",
  },
  { types: ["disease"], language: "it", names: "malattia" },
  { types: ["disease"], language: "pl", names: "choroba infobox" },
  { types: ["disease"], language: "es", names: "ficha de enfermedad" },
  { types: ["disease"], language: "de", names: "infobox krankheit|infobox icd" },
  { types: ["disease"], language: "fr", names: "infobox maladie|infobox maladie humaine" },
  { types: ["disease"], language: "pt", names: "info/patologia|info/doença" },
  { types: ["disease"], language: "ru", names: "болезнь" },
  { types: ["disease"], language: "uk", names: "хвороба" },
  { types: ["disease"], language: "nl", names: "infobox aandoening" },
  { types: ["disease"], language: "sv", names: "sjukdom|infobox sjukdom" },
  { types: ["disease"], language: "cs", names: "infobox - nemoc" },
  { types: ["disease"], language: "sq", names: "infobox sëmundje" },
  { types: ["disease"], language: "ar", names: "معلومات مرض" },
  {
    types: ["disease"],
    language: "hy",
    names: "տեղեկաքարտ հիվանդություն|տեղեկաքարտ հիվանդություն և հիվանդագին վիճակներ",
  },
  {
    types: ["symptom", "sign", "finding"],
    language: "en",
    names: "infobox symptom|signsymptom infobox|symptom infobox",
  },
  { types: ["sign", "finding", "symptom"], language: "en", names: "infobox medical sign" },
  { types: ["sign", "finding"], language: "en", names: "infobox sign" },
  { types: ["finding", "sign"], language: "en", names: "infobox medical finding" },
  { types: ["test", "procedure"], language: "en", names: "infobox diagnostic|diagnostic infobox" },
  { types: ["test"], language: "en", names: "infobox medical test" },
  {
    types: ["procedure", "test"],
    language: "en",
    names:
      "infobox medical intervention|infobox interventions|interventions infobox|infobox medical procedure",
  },
  { types: ["procedure"], language: "en", names: "infobox surgery" },
  {
    types: ["drug"],
    language: "en",
    names: "infobox drug|drugbox|infobox vaccine|infobox monoclonal antibody",
  },
  { types: ["drug"], language: "es", names: "ficha de medicamento" },
  { types: ["drug"], language: "fr", names: "infobox médicament" },
  { types: ["drug"], language: "it", names: "farmaco" },
  { types: ["drug"], language: "pl", names: "lek infobox" },
  { types: ["drug"], language: "pt", names: "info/medicamento|info/fármaco" },
  { types: ["drug"], language: "ru", names: "лекарственное средство|лекарство" },
  { types: ["drug class"], language: "en", names: "infobox drug class|infobox drug mechanism" },
  {
    types: ["gene"],
    language: "en",
    names:
      "infobox gene|infobox protein|infobox nonhuman protein|infobox enzyme|enzyme|infobox protein family|" +
      "infobox rfam|pbb|gnf protein box|protein",
  },
  {
    types: ["pathogen"],
    language: "en",
    names:
      "speciesbox|subspeciesbox|infraspeciesbox|hybridbox|automatic taxobox|automatic_taxobox|taxobox|virusbox|" +
      "infobox virus|infobox bacteria",
  },
  {
    types: ["anatomy"],
    language: "en",
    names:
      "infobox anatomy|infobox bone|infobox artery|infobox vein|infobox lymph|infobox muscle|infobox ligament|" +
      "infobox nerve|infobox neuron|infobox brain|infobox tract|infobox cell|infobox embryology|infobox microanatomy",
  },
  { types: ["anatomy"], language: "es", names: "ficha de anatomía" },
  {
    types: ["specialty"],
    language: "en",
    names: "infobox medical speciality|infobox medical specialty|infobox occupation",
  },
  {
    types: "none",
    language: "en",
    names:
      "infobox person|infobox scientist|infobox medical person|infobox officeholder|infobox settlement|infobox country|" +
      "infobox pandemic|infobox outbreak|infobox epidemic|infobox hospital|infobox company|infobox organization|" +
      "infobox university|infobox book|infobox film|infobox journal|infobox event|infobox german state|infobox album|" +
      "infobox song|infobox television|infobox video game|infobox website|surname|given name",
  },
];

/** Templates of pages that tell namesakes apart, by language. */
const disambiguationRows: Readonly<Record<string, string>> = {
  en:
    "disambiguation|disambig|disamb|dab|disambiguation page|medical disambiguation|hndis|human name disambiguation|" +
    "geodis|place name disambiguation|species latin name disambiguation|chemistry disambiguation|" +
    "biology disambiguation|letter-number combination disambiguation|letter–number combination disambiguation|" +
    "numberdis|school disambiguation|hospital disambiguation|mathematical disambiguation|set index article|sia|" +
    "disambiguation cleanup|disambig cleanup|genus disambiguation|molform disambiguation",
  de: "begriffsklärung",
  es: "desambiguación|desambiguacion",
  fr: "homonymie|paronymie",
  it: "disambigua",
  pt: "desambiguação|desambig|desambiguacao",
  pl: "ujednoznacznienie",
  nl: "dp|dpintro|doorverwijspagina",
  ru: "неоднозначность|многозначность|disambig-more",
  uk: "багатозначність|неоднозначність",
  sv: "förgrening|gren|robotskapad förgrening",
  cs: "rozcestník",
  tr: "anlam ayrımı",
  ar: "توضيح",
  fa: "ابهام‌زدایی",
  he: "פירושונים",
  ja: "aimai|曖昧さ回避",
  ko: "동음이의",
  zh: "消歧义|消歧義|消歧义页|消歧義頁",
  hy: "բազմիմաստություն",
};

/** Names of the templates that make a page one that tells namesakes apart. */
export const disambiguationBoxes: ReadonlySet<string> = new Set(
  Object.values(disambiguationRows).flatMap(list),
);

/** A box and the types it allows, the likeliest first; "none" marks pages that are no medical concept. */
export const boxTypes: Readonly<Record<string, readonly EntityType[] | "none">> = Object.fromEntries([
  ...[...disambiguationBoxes].map((name) => [name, "none"] as const),
  ...boxRows.flatMap((row) => list(row.names).map((name) => [name, row.types] as const)),
]);

export interface WordRow {
  readonly type: EntityType;
  readonly words: readonly string[];
}

/** Words of categories, in order: the first row with a word of the category decides. */
export const categoryWords: readonly WordRow[] = [
  {
    type: "finding",
    words: list(
      "findings|histopatholog|radiologic signs|autoantibod|biomarker|inclusion bodies|" +
        "tumor marker|tumour marker",
    ),
  },
  { type: "symptom", words: list("symptoms and signs|symptoms") },
  { type: "sign", words: list("medical signs|clinical signs|signs") },
  {
    type: "risk factor",
    words: list("risk factors|health risk|determinants of health|smoking|lifestyle"),
  },
  { type: "specialty", words: list("medical specialt|medical specialit|branches of medicine") },
  { type: "drug class", words: list("drug class|classes of drugs|pharmacologic classes") },
  {
    type: "test",
    words: list(
      "medical tests|blood tests|urine tests|function tests| tests|tests |medical imaging|" +
        "diagnostic|endoscopy|biopsy|radiography|laboratory techniques|medical signs tests|" +
        "electrophysiology|medical examination",
    ),
  },
  {
    type: "procedure",
    words: list(
      "surgical procedures|surgery|procedures|therap|treatments|medical treatment|transplant|" +
        "surgical removal|interventions|dialysis|vaccination",
    ),
  },
  { type: "gene", words: list("genes|human proteins|proteins|enzymes") },
  {
    type: "pathogen",
    words: list(
      "bacteria|viruses|viridae|viria|parasites|fungi|protozoa|nematod|spirochaet|pathogens|" +
        "mycobacteri|apicomplexa|trematod|cestod|species described|taxa|aceae",
    ),
  },
  {
    type: "drug",
    words: list(
      "drugs|medications|medicines|antibiotics|agonists|antagonists|inhibitors|blockers|" +
        "antivirals|antifungals|analgesics|opioids|corticosteroids|glucocorticoids|diuretics|" +
        "vaccines|antibodies|antineoplastic|anticonvulsants|antidepressants|antipsychotics|" +
        "antidotes|anticoagulants|chelating agents|statins|biguanides|penicillins|sulfonamides|" +
        "immunosuppressants|antihistamines|bronchodilators|hormones and|prodrugs|antiparasitic|" +
        "antimalarial|antihypertensive|antiemetic|vasodilators|bisphosphonates",
    ),
  },
  { type: "anatomy", words: list("organs|human anatomy|anatomy") },
  {
    type: "mechanism",
    words: list(
      "pathophysiolog|pathogenesis|mechanism|immune system|immunology|physiolog|" +
        "cellular processes|cell biology|cell death|pathology|biochemistry|" +
        "pathological processes|molecular biology|hypersensitivity|mutation",
    ),
  },
  {
    type: "disease",
    words: list(
      "diseases|disorders|syndromes|infections|deficienc|cancer|neoplas|conditions|" +
        "inborn errors|autoimmune|tumor|tumour|arthritis|carcinoma|lymphoma|leukemia|anemia|" +
        "anaemia|hepatitis|injuries|poisoning|failure|emergenc|disabilit|dystroph|vasculitis|" +
        "malformation|abnormalities|storage|porphyria|neuropath|nephropath|epilepsy|thyroiditis|" +
        "zoonoses|medical conditions|inflammations|ailments",
    ),
  },
];

/** Nouns of a first sentence, "X is a …"; the word that stands last in the noun phrase decides. */
export const leadNouns: readonly WordRow[] = [
  {
    type: "drug class",
    words: list(
      "drug class|class of medications|class of drugs|class of medicines|class of medication|" +
        "group of drugs|group of medications|group of medicines|family of drugs|class of agents|" +
        "class of antibiotics|class of compounds|family of medicines|family of medications|" +
        "group of antibiotics|drugs|medications|medicines|agents",
    ),
  },
  {
    type: "finding",
    words: list(
      "laboratory finding|finding|autoantibody|autoantibodies|antibodies|marker|biomarker|" +
        "inclusion|inclusions|radiographic sign|radiological sign|radiologic sign|" +
        "histological feature|microscopic feature|appearance|pattern|laboratory abnormality|" +
        "deposit|deposits",
    ),
  },
  { type: "symptom", words: list("symptom|symptoms|complaint|sensation") },
  {
    type: "sign",
    words: list("medical sign|clinical sign|physical sign|sign|eruption|skin sign"),
  },
  {
    type: "test",
    words: list(
      "test|assay|examination|imaging technique|imaging test|scan|imaging method|" +
        "diagnostic procedure|diagnostic technique|laboratory test|blood test|tests|measurement|" +
        "questionnaire|imaging|study|technique",
    ),
  },
  {
    type: "procedure",
    words: list(
      "procedure|surgery|operation|therapy|treatment|surgical procedure|intervention|" +
        "transplant|transplantation",
    ),
  },
  { type: "gene", words: list("gene|protein|enzyme") },
  {
    type: "pathogen",
    words: list(
      "bacterium|bacteria|virus|parasite|fungus|protozoan|nematode|spirochaete|spirochete|" +
        "roundworm|coccus|bacillus|organism|yeast|worm|mycobacterium|diplococcus|arbovirus|" +
        "retrovirus|flavivirus|tapeworm|mite",
    ),
  },
  {
    type: "drug",
    words: list(
      "medication|drug|medicine|antibiotic|antiviral|agonist|antagonist|inhibitor|blocker|" +
        "corticosteroid|glucocorticoid|steroid|opioid|analgesic|monoclonal antibody|" +
        "anticoagulant|anticonvulsant|antidepressant|antipsychotic|diuretic|statin|vaccine|agent|" +
        "antifungal|insulin|antidote|chelator|antimalarial|antihistamine|bronchodilator|" +
        "immunosuppressant|chelating agent|vasodilator|bisphosphonate|mood stabilizer|penicillin|" +
        "cephalosporin|biguanide|benzodiazepine|macrolide",
    ),
  },
  { type: "risk factor", words: list("risk factor|exposure|habit|predisposing factor") },
  {
    type: "specialty",
    words: list("specialty|speciality|branch of medicine|medical specialty|discipline"),
  },
  {
    type: "mechanism",
    words: list(
      "mechanism|process|pathological process|reaction|defect|phenomenon|pathway|disturbance|" +
        "response|cascade|mutation|accumulation|overproduction|destruction",
    ),
  },
  {
    type: "anatomy",
    words: list("organ|gland|tissue|muscle|bone|artery|vein|nerve|body part"),
  },
  {
    type: "disease",
    words: list(
      "disease|disorder|syndrome|infection|condition|cancer|tumor|tumour|inflammation|" +
        "deficiency|neoplasm|illness|arthritis|vasculitis|carcinoma|lymphoma|leukemia|leukaemia|" +
        "anemia|anaemia|injury|emergency|dystrophy|fever|neuropathy|myopathy|malformation|" +
        "defect of|cardiomyopathy|hepatitis|epilepsy|pneumonia|encephalopathy|zoonosis|sarcoma|" +
        "dementia|headache disorder|complication|psychosis|narrowing|porphyria|immunodeficiency|" +
        "thyroiditis|inflammatory disease",
    ),
  },
];

/** Headings that only pages of one type have. */
export const headingTypes: Readonly<Record<string, EntityType>> = {
  "signs and symptoms": "disease",
  prognosis: "disease",
  "clinical features": "disease",
  presentation: "disease",
  "medical uses": "drug",
  "adverse effects": "drug",
  "side effects": "drug",
  pharmacology: "drug",
  pharmacokinetics: "drug",
  contraindications: "drug",
};
