/**
 * What the words of a name alone say about its type: "… biopsy" is a test, "Treponema pallidum" a pathogen, "SOD1" a
 * gene. Only asked for names without a page, and only beside the place that names them.
 */
import type { EntityType } from "../records/entity.ts";

const lastWords: readonly (readonly [EntityType, RegExp])[] = [
  [
    "anatomy",
    /^(?:(?:small|large|upper|lower|left|right|human|lateral|medial|paranasal|thoracic|lumbar|cervical|oral|nasal) )*(?:liver|kidneys?|lungs?|hearts?|brains?|spleen|stomach|pancreas|skin|bones?|bone marrow|joints?|muscles?|nerves?|eyes?|ears?|nose|throat|mouth|tongue|cheeks?|lips?|gums?|teeth|tooth|larynx|pharynx|trachea|bronch(?:us|i|ioles?)|esophagus|oesophagus|intestines?|bowels?|colon|rectum|anus|duodenum|jejunum|ileum|appendix|gallbladder|bile ducts?|urinary bladder|bladder|urethra|ureters?|uterus|ovar(?:y|ies)|fallopian tubes?|vagina|cervix|test(?:is|es|icles?)|prostate|penis|breasts?|thyroid|thymus|hypothalamus|thalamus|cerebellum|cerebrum|brainstem|brain stem|spinal cord|meninges|retina|cornea|lens|iris|sclera|conjunctiva|optic nerve|lymph nodes?|lymphatic system|immune system|nervous system|central nervous system|peripheral nervous system|respiratory system|respiratory tract|upper respiratory tract|lower respiratory tract|digestive system|gastrointestinal tract|urinary tract|cardiovascular system|circulatory system|endocrine system|musculoskeletal system|skeleton|spine|vertebral column|pelvis|hips?|knees?|shoulders?|elbows?|wrists?|ankles?|hands?|foot|feet|arms?|legs?|fingers?|toes?|neck|back|chest|abdomen|face|scalp|nails?|hair|aorta|arteries|veins|capillar(?:y|ies)|blood vessels?|heart valves?|pericardium|myocardium|endocardium|pleura|pleural cavity|peritoneum|diaphragm|paranasal sinus(?:es)?|sinuses|salivary glands?|adrenal glands?|pituitary gland|parathyroid glands?|sacroiliac joints?|adipose tissue|connective tissue|cartilage|tendons?|ligaments?|mucous membranes?|placenta)$|\b(?:artery|vein|nerve|gland|ganglion|plexus|ligament|tendon|muscle|bone|cortex|gyrus|duct|valve|ventricle|atrium|sphincter|sinus|tract|cavity|fossa|foramen|membrane of .*)$/,
  ],
  [
    "symptom",
    /(?:\b(?:pains?|aches?|itch|itching|cough|tiredness|fatigue|nausea|vomiting|dizziness|headaches?|sneezing|drooling|hoarseness|numbness|tingling|sleepiness|drowsiness|irritability|thirst|malaise|chills|sweats|sweating|cramps?|tenderness|stiffness|tremor|twitching|weakness|palpitations?|restlessness|insomnia|confusion|anxiety|bleeding gums|heartburn|bloating|flatulence|wheez(?:e|ing)|breathlessness|shortness of breath|loss of (?:appetite|smell|taste|hearing|vision|balance|consciousness)|weight (?:loss|gain)|hair loss|hearing loss|memory loss|vision loss|dry (?:mouth|eyes|skin|cough)|poor (?:appetite|feeding|sleep)|discharge|soreness|sore throat|rash)|[a-z]{3,}algia|dys(?:phagia|uria|pnea|geusia|menorrhea|pareunia))$/,
  ],
  [
    "test",
    /(?:\b(?:tests?|testing|assay|biopsy|biopsies|cultures?|imaging|tomography|ultrasound|radiograph|x-ray|scan|pet|examination|puncture|study|studies|smear|aspiration|monitoring|titers?|titres?|screening|count|panel|electrophoresis|serology|cytology|level|swallow|microscopy|sampling|challenge|mri|ct|eeg|ecg|criteria|score)|(?:graphy|gram|scopy|metry))$/,
  ],
  [
    "procedure",
    /(?:\b(?:nerve block|anesthesia|anaesthesia|(?:hemo|haemo)?dialysis|surgery|therapy|transplantation|transplant|replacement|resection|ablation|transfusion|stenting|angioplasty|grafting|rehabilitation|training|radiotherapy|diet|exercise|counseling|counselling|physiotherapy|ventilation|dilation|drainage|bypass|shunt|implant|pacemaker|exchange|plasmapheresis|phototherapy|stimulation|repair|removal|intervention|vaccination|counselling)|(?:ectomy|ostomy|otomy|plasty|pexy|pheresis))$/,
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
    "gene",
    /\b(?:receptors?|adrenoceptors?|channels?|transporters?|cotransporters?|exchangers?|antiporters?|symporters?|pumps?|kinases?|cytochrome [a-z0-9]+|cyp[0-9][a-z0-9]*|(?!(?:disease|release|increase|decrease|phase|base|database|case|grease|purchase|chase|lease|crease|cease|tease|vase|ease|erase|please)\b)[a-z0-9+/-]{2,}ase)(?: (?:[a-z]?\d[a-z0-9]*|[a-z]|[ivx]+|alpha|beta|gamma|subunits?))?$/,
  ],
  [
    "finding",
    /\b(?:signs?|body|bodies|cells?|lesions?|nodules?|crystals?|appearance|granulomas?|exudate|rings?|waves?|crease|striae|stria|lines?|antibody|antibodies|autoantibody|effusion|atrophy|membrane|pseudomembrane|pannus|nodes?|spots?|plaques?|pulse|deformity|chest|elevation|band|bands|vertebra|papules?|casts?|inclusions?|rouleaux|pleocytosis|lymphopenia|eosinophilia|thickening|hemianopsia|erosions?|defect on imaging|infiltrates?|opacity|opacities|spikes?|discharges?|complex|murmur|rub|fremitus|fistula|tophus|tophi|comedo|globule|hepatocyte|neutrophil|macrophage|eruption|discoloration|mark|face|facies|cataract|calculi|hemorrhages?|aneurysms?|swan-neck|nail|tangle|degeneration on biopsy)$/,
  ],
  [
    "mechanism",
    /(?:\b(?:reflux|resistance|deficiency|excess|storage|overload|defect|block|blockade|loss|pressure|vasospasm|clearance|response|activity|release|damage|reaction|imbalance|inhibition|signaling|signalling|transport|autoimmunity|ischemia|ischaemia|inflammation|misfolding|obstruction|leak|shunting|stasis|apoptosis|necrosis|spasm|uptake|synthesis|metabolism)|(?:tion|sion|osis|lysis|ity|ness|poiesis|plasia|trophy|genesis|folding))$/,
  ],
  [
    "disease",
    /(?:\b(?:diseases?|syndromes?|disorders?|cancer|carcinoma|lymphoma|fever|failure|infections?|poisoning|arrhythmia|ulcer|adenoma|tumors?|tumours?|injury|zoonos[ie]s|porphyria|diabetes|asthma|epilepsy|dementia|vasculitis|bleeding|hemorrhage|haemorrhage|gallstones?|kidney stones?|abscess|hernia|stroke|shock|sepsis)|(?:itis|emia|aemia|oma|penia|pathy))$/,
  ],
];

/** Names of everything and nothing: no relation says anything by them. */
const general =
  /^(?:patients?|people|persons?|humans?|adults?|children|child|infants?|wom[ae]n|m[ae]n|physicians?|doctors?|diseases?|disorders?|syndromes?|illness(?:es)?|conditions?|medical conditions?|symptoms?|signs?|signs and symptoms|medical signs?|complications?|treatments?|therap(?:y|ies)|medications?|medicines?|drugs?|causes?|etiology|risk factors?|tests?|medical tests?|diagnos[ie]s|medical diagnosis|differential diagnosis|genes?|genetics?|heredity|cells?|tissues?|organs?|blood|body|human body|health|medicine|animals?|species|prognosis|epidemiology|prevalence|incidence|mortality|death|hospitals?|pain scale|route of administration|by mouth|oral|oral administration|intravenous|injections?|doses?|tablets?|side effects?|adverse effects?|pathophysiology|mechanism of action|pharmacology|clinical trials?|placebos?|health care|infectious agents?|vectors?|hosts?|chemical compounds?|molecules?|generic (?:drug|medication)s?|prescription drugs?|over-the-counter drugs?|medical emergency|quality of life)$/i;

/** Whether a name is a general word. */
export function isGeneral(name: string): boolean {
  return name.length <= 24 && general.test(name.replace(/ \([^()]*\)$/, ""));
}

/** Kinds so broad that prose says nothing by linking to them, though a field may name no nearer cause. */
const broad =
  /^(?:virus(?:es)?|bacteri(?:a|um)|fung(?:us|i)|parasites?|pathogens?|microorganisms?|organisms?|proteins?|enzymes?|mutations?|infections?|inflammation|chronic (?:condition|disease|illness)|rare diseases?)$/i;

/** Whether a name is of a kind too broad for prose. */
export function isBroad(name: string): boolean {
  return name.length <= 24 && broad.test(name.replace(/ \([^()]*\)$/, ""));
}

const tooGeneral =
  /^(?:mutation|condition|inflammation|population|mutations|nutrition|medication|information|lesion|function|region|position|respiration|circulation|digestion|menstruation|vaccination|complication|immunity|university|community|diagnosis|prognosis|protein folding|action|obesity|hypertension|depression|activity)$/i;

/** The type that a name looks like. */
export function shapeOf(name: string): EntityType | undefined {
  if (
    /^(?:ELISA|(?:q|RT-|RT-q)?PCR|MRI|MRA|CT|EEG|ECG|EKG|EMG|MRCP|ERCP|PET|SPECT|DEXA|DXA|FISH|HRCT|NAAT|CBC|ESR|INR)$/.test(
      name,
    )
  )
    return "test";
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
  if (/^[A-Z]\. [a-z]{4,}$/.test(name)) return "pathogen";
  const text = name.toLowerCase();
  if (tooGeneral.test(text)) return undefined;
  return lastWords.find(([, words]) => words.test(text))?.[0];
}

/** Genera of organisms that cause disease in people. */
const genera =
  /^(?:Staphylococcus|Streptococcus|Enterococcus|Clostridium|Clostridioides|Bacillus|Listeria|Corynebacterium|Mycobacterium|Neisseria|Escherichia|Salmonella|Shigella|Klebsiella|Pseudomonas|Haemophilus|Bordetella|Brucella|Legionella|Helicobacter|Campylobacter|Vibrio|Yersinia|Francisella|Bartonella|Coxiella|Rickettsia|Chlamydia|Chlamydophila|Mycoplasma|Treponema|Borrelia|Borreliella|Leptospira|Tropheryma|Nocardia|Actinomyces|Candida|Aspergillus|Cryptococcus|Histoplasma|Coccidioides|Blastomyces|Pneumocystis|Sporothrix|Plasmodium|Toxoplasma|Trypanosoma|Leishmania|Giardia|Entamoeba|Cryptosporidium|Trichomonas|Babesia|Schistosoma|Taenia|Echinococcus|Ascaris|Trichuris|Strongyloides|Ancylostoma|Necator|Trichinella|Enterobius|Wuchereria|Onchocerca|Loa|Sarcoptes|Pediculus|Acinetobacter|Proteus|Serratia|Burkholderia|Moraxella|Gardnerella|Bacteroides|Fusobacterium|Cutibacterium|Malassezia|Trichophyton|Ehrlichia|Anaplasma|Orientia|Naegleria|Acanthamoeba|Clonorchis|Fasciola|Opisthorchis|Diphyllobothrium|Anisakis|Balamuthia|Balantidium|Pasteurella|Capnocytophaga|Eikenella|Kingella|Stenotrophomonas|Ureaplasma|Mucor|Rhizopus) /;
