/**
 * What the words of a name alone say about its type: "… biopsy" is a test, "Treponema pallidum" a pathogen, "SOD1" a
 * gene. Only asked for names without a page, and only beside the place that names them.
 */
import type { EntityType } from "../records/entity.ts";

const lastWords: readonly (readonly [EntityType, RegExp])[] = [
  [
    "test",
    /(?:\b(?:tests?|testing|assay|biopsy|biopsies|cultures?|imaging|tomography|ultrasound|radiograph|x-ray|scan|pet|examination|puncture|study|studies|smear|aspiration|monitoring|titers?|titres?|screening|count|panel|electrophoresis|serology|cytology|level|swallow|microscopy|sampling|challenge|mri|ct|eeg|ecg|criteria|score)|(?:graphy|gram|scopy|metry))$/,
  ],
  [
    "procedure",
    /(?:\b(?:surgery|therapy|transplantation|transplant|replacement|resection|ablation|dialysis|transfusion|stenting|angioplasty|grafting|rehabilitation|training|radiotherapy|diet|exercise|counseling|counselling|physiotherapy|ventilation|dilation|drainage|bypass|shunt|implant|pacemaker|exchange|plasmapheresis|phototherapy|stimulation|repair|removal|intervention|vaccination|counselling)|(?:ectomy|ostomy|otomy|plasty|pexy|pheresis))$/,
  ],
  [
    "pathogen",
    /(?:\b(?:virus|bacteri(?:um|a)|fungus|parasite|spirochete|spirochaete|hiv|prion)|virus(?: \d+| [a-z])?)$/,
  ],
  [
    "drug class",
    /\b(?:antibiotics?|inhibitors?|agonists?|antagonists?|blockers?|steroids|corticosteroids?|glucocorticoids?|diuretics?|opioids|statins?|triptans?|drugs|agents?|antihistamines?|antispasmodics?|anticoagulants?|laxatives?|vasodilators?|bisphosphonates?|biguanides?|anticonvulsants?|antidepressants?|antipsychotics?|analogues?|analogs?|antivirals?|antifungals?|immunosuppressants?|nitrates?|benzodiazepines?|macrolides?|sulfonylureas?|thiazides?)$/,
  ],
  [
    "drug",
    /(?:\b(?:insulin|vaccine|supplements?|antiserum|antitoxin|immunoglobulins?|acid)|^[^ ]*(?:mab|nib|pril|sartan|olol|statin|cillin|mycin|micin|floxacin|cycline|azole|vir|parin|xaban|gatran|tidine|prazole|setron|triptan|dronate|gliptin|gliflozin|glutide|thiazide|semide|pine|zepam|zolam|barbital|caine|amide|amine|oxone|asone|olone|profen|oxacin|quine|statin|fibrate|toin|pramine|tyline|oxetine|azine|idone|platin|rubicin|taxel|trexate|mustine|prine|limus|zumab|cept|cillamine|mercaptopurine|mide))$/,
  ],
  [
    "finding",
    /\b(?:signs?|body|bodies|cells?|lesions?|nodules?|crystals?|appearance|granulomas?|exudate|rings?|waves?|crease|striae|stria|lines?|antibody|antibodies|autoantibody|effusion|atrophy|membrane|pseudomembrane|pannus|nodes?|spots?|plaques?|pulse|deformity|chest|elevation|band|bands|vertebra|papules?|casts?|inclusions?|rouleaux|pleocytosis|lymphopenia|eosinophilia|thickening|hemianopsia|erosions?|defect on imaging|infiltrates?|opacity|opacities|spikes?|discharges?|complex|murmur|rub|fremitus|fistula|tophus|tophi|comedo|globule|hepatocyte|neutrophil|macrophage|eruption|discoloration|mark|face|facies|cataract|calculi|hemorrhages?|aneurysms?|swan-neck|nail|tangle|degeneration on biopsy)$/,
  ],
  [
    "mechanism",
    /(?:\b(?:reflux|resistance|deficiency|excess|storage|channel|overload|defect|block|blockade|loss|pressure|vasospasm|clearance|response|activity|release|damage|reaction|imbalance|inhibition|signaling|signalling|transport|autoimmunity|ischemia|ischaemia|inflammation|misfolding|obstruction|leak|shunting|stasis|apoptosis|necrosis|spasm|uptake|synthesis|metabolism)|(?:tion|sion|osis|lysis|ity|ness|poiesis|plasia|trophy|genesis|folding))$/,
  ],
  [
    "disease",
    /(?:\b(?:diseases?|syndromes?|disorders?|cancer|carcinoma|lymphoma|fever|failure|infections?|poisoning|arrhythmia|ulcer|adenoma|tumors?|tumours?|injury)|(?:itis|emia|aemia|oma|penia|pathy))$/,
  ],
];

const tooGeneral =
  /^(?:mutation|condition|inflammation|population|mutations|nutrition|medication|information|lesion|function|region|position|respiration|circulation|digestion|menstruation|vaccination|complication|immunity|university|community|diagnosis|prognosis|protein folding|action|obesity|hypertension|depression|activity)$/i;

/** The type that a name looks like. */
export function shapeOf(name: string): EntityType | undefined {
  if (/^[A-Z][A-Z0-9]{1,7}(?:[-–][A-Z0-9]{1,4})?(?: gene)?$/.test(name) && /\d|^[A-Z]{4,}/.test(name)) {
    return /^(?:HIV|SARS|HTLV|EBV|CMV|HPV|HSV)/.test(name) ? "pathogen" : "gene";
  }
  if (
    /^[A-Z][a-z]+(?:ella|ia|us|um|a|is|es|er|ma|on|ys|as|ium|cter|coccus) [a-z]+(?:i|is|us|um|a|ae|e|ans|ens|cola|er|ii|on|es|ix)$/.test(
      name,
    )
  ) {
    if (genera.test(name)) return "pathogen";
  }
  if (/\bgene$/.test(name)) return "gene";
  const text = name.toLowerCase();
  if (tooGeneral.test(text)) return undefined;
  return lastWords.find(([, words]) => words.test(text))?.[0];
}

/** Genera of organisms that cause disease in people. */
const genera =
  /^(?:Staphylococcus|Streptococcus|Enterococcus|Clostridium|Clostridioides|Bacillus|Listeria|Corynebacterium|Mycobacterium|Neisseria|Escherichia|Salmonella|Shigella|Klebsiella|Pseudomonas|Haemophilus|Bordetella|Brucella|Legionella|Helicobacter|Campylobacter|Vibrio|Yersinia|Francisella|Bartonella|Coxiella|Rickettsia|Chlamydia|Chlamydophila|Mycoplasma|Treponema|Borrelia|Borreliella|Leptospira|Tropheryma|Nocardia|Actinomyces|Candida|Aspergillus|Cryptococcus|Histoplasma|Coccidioides|Blastomyces|Pneumocystis|Sporothrix|Plasmodium|Toxoplasma|Trypanosoma|Leishmania|Giardia|Entamoeba|Cryptosporidium|Trichomonas|Babesia|Schistosoma|Taenia|Echinococcus|Ascaris|Trichuris|Strongyloides|Ancylostoma|Necator|Trichinella|Enterobius|Wuchereria|Onchocerca|Loa|Sarcoptes|Pediculus|Acinetobacter|Proteus|Serratia|Burkholderia|Moraxella|Gardnerella|Bacteroides|Fusobacterium|Cutibacterium|Malassezia|Trichophyton|Ehrlichia|Anaplasma|Orientia|Naegleria|Acanthamoeba|Clonorchis|Fasciola|Opisthorchis|Diphyllobothrium|Anisakis|Balamuthia|Balantidium|Pasteurella|Capnocytophaga|Eikenella|Kingella|Stenotrophomonas|Ureaplasma|Mucor|Rhizopus) /;
