/**
 * What boxes, categories, nouns and headings say about the type of a page. Languages are rows: a name of another
 * language is one more entry, never another rule.
 */
import type { EntityType } from "../records/entity.ts";

/** A box and the types it allows, the likeliest first; "none" marks pages that are no medical concept. */
export const boxTypes: Readonly<Record<string, readonly EntityType[] | "none">> = {
  "infobox medical condition": ["disease"],
  "infobox medical condition (new)": ["disease"],
  "infobox disease": ["disease"],
  "diseasedisorder infobox": ["disease"],
  "infobox cancer": ["disease"],
  malattia: ["disease"],
  "choroba infobox": ["disease"],
  "ficha de enfermedad": ["disease"],
  "infobox krankheit": ["disease"],
  "տեղեկաքարտ հիվանդություն": ["disease"],
  "infobox symptom": ["symptom", "sign", "finding"],
  "signsymptom infobox": ["symptom", "sign", "finding"],
  "infobox medical sign": ["sign", "finding", "symptom"],
  "infobox sign": ["sign", "finding"],
  "infobox medical finding": ["finding", "sign"],
  "infobox diagnostic": ["test", "procedure"],
  "diagnostic infobox": ["test", "procedure"],
  "infobox medical test": ["test"],
  "infobox medical intervention": ["procedure", "test"],
  "infobox interventions": ["procedure", "test"],
  "interventions infobox": ["procedure", "test"],
  "infobox surgery": ["procedure"],
  "infobox drug": ["drug"],
  drugbox: ["drug"],
  "infobox vaccine": ["drug"],
  "infobox drug class": ["drug class"],
  "infobox gene": ["gene"],
  "infobox protein": ["gene"],
  "infobox nonhuman protein": ["gene"],
  "infobox enzyme": ["gene"],
  enzyme: ["gene"],
  "infobox protein family": ["gene"],
  pbb: ["gene"],
  speciesbox: ["pathogen"],
  subspeciesbox: ["pathogen"],
  "automatic taxobox": ["pathogen"],
  taxobox: ["pathogen"],
  virusbox: ["pathogen"],
  "infobox virus": ["pathogen"],
  "infobox bacteria": ["pathogen"],
  "infobox anatomy": ["anatomy"],
  "infobox bone": ["anatomy"],
  "infobox artery": ["anatomy"],
  "infobox vein": ["anatomy"],
  "infobox lymph": ["anatomy"],
  "infobox muscle": ["anatomy"],
  "infobox ligament": ["anatomy"],
  "infobox nerve": ["anatomy"],
  "infobox neuron": ["anatomy"],
  "infobox brain": ["anatomy"],
  "infobox cell": ["anatomy"],
  "infobox embryology": ["anatomy"],
  "infobox microanatomy": ["anatomy"],
  "infobox medical speciality": ["specialty"],
  "infobox medical specialty": ["specialty"],
  "infobox occupation": ["specialty"],
  "infobox person": "none",
  "infobox scientist": "none",
  "infobox medical person": "none",
  "infobox officeholder": "none",
  "infobox settlement": "none",
  "infobox country": "none",
  "infobox pandemic": "none",
  "infobox outbreak": "none",
  "infobox hospital": "none",
  "infobox company": "none",
  "infobox organization": "none",
  "infobox university": "none",
  "infobox book": "none",
  "infobox film": "none",
  "infobox journal": "none",
  "infobox event": "none",
  disambiguation: "none",
  disambig: "none",
  "medical disambiguation": "none",
  hndis: "none",
  "set index article": "none",
};

/** Words written in one text, apart by bars. */
function list(words: string): readonly string[] {
  return words.split("|");
}

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
