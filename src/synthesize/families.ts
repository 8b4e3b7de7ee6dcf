/**
 * Findings that mean nearly the same, or bring one another about: where one of them is true of a patient, another of
 * the family cannot be called wrong, whatever a graph says or leaves out. A patient who bleeds may well bruise.
 *
 * The graph knows what was written on a page; what every reader knows is written on none.
 */

const families: readonly RegExp[] = [
  /\b(?:bleed|bruis|nosebleed|epistaxis|hemorrhag|haemorrhag|purpura|petechia|hemoptysis|menorrhagia|heavy menstrual|thrombocytopeni)/,
  /\b(?:nausea|vomit|loss of appetite|anorexia|bloating|heartburn|abdominal (?:pain|cramp)|dyspepsia|indigestion|diarrh|stomach pain|gastrointestinal)/,
  /\b(?:abdominal|pelvic|flank|back|leg|bone|joint|muscle|chest|epigastric|groin) (?:pain|ache|cramp|stiffness|tightness)|cramp|colic|arthralgia|myalgia/,
  /\b(?:fatigue|weakness|lethargy|malaise|daytime sleepiness|sedation|drowsiness|somnolence|tired|asthenia|exercise intolerance)/,
  /\b(?:fever|chills|night sweats|excessive sweating|flu like|flushing|infusion reaction|hot flush)/,
  /\b(?:rash|itch|pruritus|urticaria|hives|eruption|blister|photosensitivity|dermatitis|stevens|anaphyla|angioedema|hypersensitiv|erythema|scaling|allerg)/,
  /\b(?:liver (?:injury|failure)|hepatotoxic|hepatitis|jaundice|cirrhosis|hepatomegaly|dark urine|liver disease)/,
  /\b(?:renal|kidney|nephro|nephritis|foamy urine|proteinuria|hematuria|edema|hydronephrosis|oliguria)/,
  /\b(?:low blood pressure|hypotension|dizziness|syncope|fainting|vertigo|light ?headed|falls|shock|dehydration)/,
  /\b(?:bone marrow|anemia|anaemia|neutropenia|agranulocytosis|thrombocytopenia|pancytopenia|leukopenia|infection|sepsis|pallor|aplastic)/,
  /\b(?:shortness of breath|dyspnea|cough|wheez|respiratory|bronch|asthma|rapid (?:deep )?breathing|hemoptysis|cyanosis|pneumo)/,
  /\b(?:st (?:de|e)|delta wave|t wave|p wave|q wave|murmur|pulsus|bicuspid|heart failure|arrhythmi|palpitation|tachycardia|bradycardia|atrial|ventricular|heart block|atrioventricular|qt|torsades|cardiac|cardio|cardiac arrest|sudden (?:cardiac )?death|valv)/,
  /\b(?:angina|myocardial|coronary|stroke|thrombo|embol|ischemi|ischaemi|vascular|claudication|gangrene|clot)/,
  /\b(?:hypertension|high blood pressure|hypertensive|headache|intracranial)/,
  /\b(?:confusion|disorientation|delusion|hallucination|memory|dementia|delirium|encephalopathy|coma|language|psychos)/,
  /\b(?:depress|anxiety|irritab|insomnia|suicid|self harm|social withdrawal|mood|elation|pressured|anhedonia|panic|substance use)/,
  /\b(?:tremor|rigidity|bradykinesia|dyskinesia|chorea|ataxia|spastic|clonus|akinet|parkinson|dystonia|gait)/,
  /\b(?:paresthesia|numb|neuropathy|tingling|neuralgia|sensory|burning)/,
  /\b(?:seizure|epilep|convulsion|status epilepticus)/,
  /\b(?:vision|visual|blurred|double vision|photophobia|eye|uveitis|retin|glaucoma|cataract|keratitis|metamorphopsia|ptosis|blind|sight)/,
  /\b(?:hearing|tinnitus|ototox|deaf|vertigo)/,
  /\b(?:weight gain|obesity|edema|increased appetite|diabetes|hyperglyc|cushing|fluid retention|metabolic syndrome)/,
  /\b(?:weight loss|loss of appetite|malnutrition|failure to thrive|cachexia|steatorrhea|diarrh)/,
  /\b(?:polyuria|polydipsia|nocturia|urinary|dysuria|hesitancy|weak stream|retention|thirst|incontinence)/,
  /\b(?:mouth|gum|oral|gingiv|throat|dysphagia|hoarse|tongue|taste|dry mouth|tooth|dental|swallow|metallic)/,
  /\b(?:hair loss|alopecia|hirsut|acne|pimples|oily skin|hyperpigment|skin|nail|striae|pigment)/,
  /\b(?:osteopor|fracture|bone|osteonecrosis|osteomalac|kyphosis|loss of height|rickets)/,
  /\b(?:hyponatr|hypernatr|hypokal|hyperkal|hypocalc|hypercalc|acidosis|alkalosis|electrolyte|dehydration|muscle cramp)/,
  /\b(?:erectile|infertil|amenorrh|gynecomast|galactorrh|sexual|libido|menstru|dyspareunia|vaginal)/,
  /\b(?:cancer|tumou?r|carcinoma|lymphoma|leuk|melanoma|neoplas|polyp|malignan)/,
  /\b(?:pregnan|teratogen|miscarriage|premature birth|breastfeeding|birth defect|postpartum)/,
  /\b(?:lymphadenopathy|splenomegaly|splenic|hepatomegaly|ascites|varic)/,
  /\b(?:smok|alcohol|drug use|cannabis|substance)/,
  // Diseases whose drugs are shared.
  /\b(?:candid|tinea|fung|dermatophyt|mycosis|thrush)/,
  /\b(?:bacter|brucell|pneumon|tubercul|leprosy|syphilis|lyme|cellulitis|strep|staph|endocarditis|meningitis|whipple|vaginosis|urinary tract|pelvic inflam|difficile|chlamyd|cholera|typhoid|anthrax|legion|acne|rosacea|peptic ulcer)/,
  /\b(?:viral|virus|influenza|herpes|hiv|hepatitis [bc]|mononucleosis|common cold|zoster)/,
  /\b(?:malaria|schistosom|scabies|parasit|protozoal|trichomon|amoeb|worm)/,
  /\b(?:lupus|arthritis|spondyl|vasculitis|polyangiitis|arteritis|psoria|dermatomyos|sclerosis|sarcoid|behcet|beh et|uveitis|crohn|colitis|pemphig|myasthenia|sjogren|thrombocytopenia|nephropathy|minimal change|autoimmune|dermatitis|still|iga|pericarditis|gout|mediterranean fever|neuromyelitis|guillain|asthma|neuropathy)/,
  /\b(?:epilep|seizure|bipolar|migraine|neuralgia|cluster headache|tremor|restless legs|trigeminal)/,
  /\b(?:depress|anxiety|panic|schizophren|bipolar|psychos|anorexia nervosa|obsessive|insomnia|irritable bowel)/,
  /\b(?:hypertens|heart|angina|infarct|fibrillation|arrhyth|tachycardia|cardiomyopathy|coronary|aort|mitral|stroke|marfan|long qt|raynaud|pheochromocytoma|thyroid storm|graves|aldosteron|cirrhosis|edema|nephro)/,
  /\b(?:thrombo|embol|stroke|infarct|fibrillation|peripheral artery|angina|coronary)/,
  /\b(?:diabet|polycystic|insulin|obesity|acromegaly|cushing|prolactinoma|pituitary)/,
  /\b(?:leuk|lymphoma|myeloma|cancer|carcinoma|melanoma|tumou?r|myelofibrosis|polycythemia|sickle|thalassemi)/,
  /\b(?:osteop|paget|hypercalc|bone|osteogenesis|parathyroid)/,
  /\b(?:reflux|ulcer|gastr|esophag|zollinger|dyspepsia)/,
  /\b(?:enlarg|prostat|bladder|overactive)/,
  // Mechanisms.
  /\b(?:enzyme deficiency|storage|accumulation|metaboli|deposition|overload|impaired heme)/,
  /\b(?:thromb|atheroscler|ischemia|embol|vasculitis|vasospasm|clot|platelet)/,
  /\b(?:neurodegenerat|protein misfold|amyloid|demyelinat|degeneration)/,
  /\b(?:autoimmun|inflamm|granulom|vasculitis|immune complex|complement|hypersensitivity|fibrosis)/,
  /\b(?:clonal|hyperplasia|proliferation|metaplasia|dysplasia)/,
  /\b(?:bacterial|viral|fungal|invasion|replication|toxin|dysbiosis|infect)/,
  /\b(?:hormone|androgen|insulin|estrogen|iodine|thyroid)/,
  /\b(?:hemolysis|hemoglobin|erythropoiesis|heme|blood loss|iron)/,
  /\b(?:monoamine|dopamine|serotonin|hyperexcitab|cortical|circadian|hypocretin)/,
  // What drugs do, step by step of one chain.
  /\b(?:ergosterol|squalene)/,
  /\b(?:cell wall|penicillin|mycolic|peptidoglycan)/,
  /\b(?:dna|gyrase|polymerase|nucle|reverse transcript|topoisomerase)/,
  /\b(?:protein synthesis|ribosom)/,
  /\b(?:dihydrofolate|dihydropteroate|folate)/,
  // Tests that lead to one diagnosis in turn.
  /\b(?:blood (?:smear|count)|bone marrow|flow cytometry|cytogenetic|bcr|hemoglobin electrophoresis|osmotic fragility|ferritin|vitamin b12|lymph node)/,
  /\b(?:electrocardio|echocardio|troponin|coronary angio|holter|catheteri[sz]ation|d dimer|pulmonary angio)/,
  /\b(?:endoscop|colonoscop|calprotectin|barium|manometry|ph monitoring|urea breath|stool|transglutaminase)/,
  /\b(?:lumbar puncture|electroencephal|nerve conduction|electromyogra|muscle biopsy|magnetic resonance|tomography)/,
  /\b(?:kidney biopsy|urinalysis|urine|renal)/,
  /\b(?:antibody|antinuclear|anca|anti |hla b27|synovial|antimitochond|citrullin)/,
  /\b(?:liver biopsy|elastograph|ceruloplasmin|alkaline phosphatase|hepatitis|ammonia|alpha 1)/,
  /\b(?:culture|antigen test|nucleic acid|wet mount|treponemal|borrelia|interferon|potassium hydroxide|smear)/,
  /\b(?:hormone|cortisol|acth|dexamethasone|tsh|thyroid|prolactin|insulin like|aldosterone|metanephrine|glucose|glycated|parathyroid|calcium)/,
  /\b(?:psychiatric|questionnaire|interview|neuropsych|polysomnograph|sleep latency|criteria)/,
  /\b(?:spirometr|bronchoscop|high resolution|chest|sputum)/,
  /\b(?:fundoscop|tonometr|visual field|optical coherence|slit lamp)/,
  /\b(?:skin biopsy|dermoscop|pathergy|allergy skin|biopsy)/,
];

/** Most names are of no family: one look tells. */
const anyFamily = new RegExp(families.map(({ source }) => source).join("|"));

/** The families that a name belongs to, by number; the name in the form in which texts are compared. */
export function familiesOf(form: string): number[] {
  const found: number[] = [];
  if (!anyFamily.test(form)) return found;
  for (const [number, family] of families.entries()) if (family.test(form)) found.push(number);
  return found;
}

/** Findings so common with everything that no list of them is complete: neither asked for nor called wrong. */
const nonspecific =
  /\b(?:edema|vomiting|nausea|dry mouth|constipation|low blood pressure|hypotension|headache|dizziness|rash|fatigue|diarrhea|insomnia|itch|(?:abdominal|muscle|joint|back|chest|bone|eye) pain|fever|flushing|weight (?:gain|loss)|anxiety|loss of appetite|excessive sweating|hair loss|blurred vision|palpitations|cough|nasal congestion|bruising|taste disturbance|muscle (?:cramp|weakness)|paresthesia|infection|sepsis|shock|dehydration|depressed mood|malaise|heartburn|bloating|sedation|renal failure|respiratory failure|urinary tract infection|falls|confusion|infusion reaction|sudden death|pallor|tremor|irritability|syncope|amenorrhea|hypertension|hypotension|osteoporosis|vision loss|stevens|anaphyla\w*|angioedema|agranulocytosis|hypersensitivity|photosensitivity|hypoglycemia|inflammation|an[a]?emia|candidiasis|thrombosis|phlebitis|infertility|short stature|seizure|tooth discoloration|teratogenicity|hypocalcemia|hypercalcemia|hypernatremia|hyponatremia|hyperkalemia|hypokalemia|kidney disease|kidney stone|glaucoma|foamy urine|dark urine|liver injury|shortness of breath|diabetes)\b/;

/** Findings of so many diseases that none of them makes a presentation telling, though a page may name it for one. */
const everyday =
  /\b(?:bleeding|skin nodule|blister|hyperpigmentation|lymphadenopathy|jaundice|hepatomegaly|splenomegaly|an[a]?emia|weakness|skin thickening|dry eyes|night sweats|memory loss|polyuria|polydipsia|nocturia|hematuria|foamy urine|vertigo|hallucination|double vision|ascites|red eye|dysphagia|hoarseness|dark urine|nosebleed|seizure|ataxia|wheeze|failure to thrive|short stature|nail clubbing|sore throat|dysuria|urinary frequency|pelvic pain|leg pain|developmental delay|cyanosis|dysarthria|candidiasis|tinnitus|hearing loss|mouth ulcer|daytime sleepiness|photophobia|spasticity|joint stiffness|tachycardia|bradycardia)\b/;

/** What raises the risk of most diseases. */
const universalRisks =
  /\b(?:diabetes|smoking|old age|ageing|aging|obesity|hypertension|alcohol|family history|sex|stress|ancestry|immunosuppression|malnutrition|cancer|infection|sedentary|inflammation|hyperlipid|cholesterol|pregnancy|travel|crowding)\b/;

/** Molecules that drugs release or replace, and words too wide to be the target of one. */
const vagueTargets =
  /^(?:nitric oxide|glutamate|dopamine|serotonin|calcium|copper ions|enzymes|dna|cell wall|viral polymerases|glycogen synthase kinase 3|tyrosine kinases|divalent metal transporter 1|methionine synthase|transforming growth factor beta)$/;

/** What goes on in most diseases. */
const commonMechanisms =
  /^(?:(?:chronic |acute )?inflammation|ischemia|fibrosis|clonal proliferation|(?:\w+ )?hyperplasia|calcification|hemolysis|vasculitis|autoimmunity|thrombosis)$/;

/** Findings that are seen under a microscope, or after death: not what is found on a patient who is being seen. */
const laboratoryFindings =
  /\b(?:body|bodies|tangle|cells?|macrophage|globule|spiral|crystal|neutrophil|granuloma|lesion|change|pannus|crater|hypha|pseudohypha|inclusion|deposit|deposition|effacement|vacuole|disarray|hyperplasia|hypercellularity|nodule|abscess|hepatocyte|spherocyte|schistocyte|gametocyte|lymphocyte|lymphocytic|appearance|lamina|zellballen|osteophyte|drusen|atrophy|fibrosis|tracheobronchitis|coccobacillus|precipitate|lymphopenia|formation|mesangial|sialadenitis|cyst|chromosome|deficiency|meconium|noncompressibility|wave|segment|elevation|depression|audiogram|discharge|band|shadow|spine|honeycombing|network|hypersensitivity|anhedonia)\b/;

/** What only one sex has: no patient of the other is told to be free of it. */
const ofOneSex =
  /\b(?:dyspareunia|erectile|menstru|amenorrh|vagin|gynecomast|galactorrh|prostat|testic|scrot|pregnan|infertil|hirsut|menopaus|breast)/;

/** What a drug does, as a process. */
const processes =
  /\b(?:inhibit|activat|block|antagon|agonis|synthesis|chelat|repress|opening|hydrolysis|break|influx|replac|binding|modulat|suppress|releas)/;

/** Classes so wide that drugs for almost anything are of them. */
const wideClasses =
  /^(?:(?:enzyme|protein|kinase|complement) inhibitors?|.*receptor (?:ant)?agonists?|hormones?|vitamins?|antibiotics?|immunosuppress\w+|anti inflammator\w+.*|antioxidants?|monoclonal antibod\w+|minerals?|supplements?|analgesics?)$/;

/** Tests that are done for almost anything. */
const everydayTests =
  /\b(?:blood count|urinalysis|blood test|physical examination|neurological examination|chest radiograph|radiograph|x ray|ultrasound|magnetic resonance|computed tomography|genetic testing|blood pressure|laboratory|history)\b/;

/** Drugs that are tried for much that no page lists. */
const broadDrugs =
  /\b(?:dapsone|colchicine|predniso(?:ne|lone)|methylprednisolone|dexamethasone|hydrocortisone|methotrexate|rituximab|hydroxychloroquine|azathioprine|cyclophosphamide|mycophenolate|immunoglobulin|aspirin|ibuprofen|naproxen|paracetamol|acetaminophen|doxycycline|infliximab|adalimumab|ciclosporin|tacrolimus|amitriptyline|gabapentin|furosemide|propranolol)\b/;

/** Whether a name is of a kind of words: the kinds are above, most of them of what is so common that it says nothing. */
export function isOfKind(form: string, kind: keyof typeof common): boolean {
  return common[kind].test(form);
}

const common = {
  finding: nonspecific,
  everyday,
  risk: universalRisks,
  target: vagueTargets,
  drugClass: wideClasses,
  mechanism: commonMechanisms,
  laboratory: laboratoryFindings,
  ofOneSex,
  process: processes,
  test: everydayTests,
  drug: broadDrugs,
} as const;

const organ =
  /\b(?:liver|hepat|kidney|renal|nephr|heart|cardi|lung|pulmon|bone|oste|skin|derm|brain|cereb|thyroid|eye|retin)/;

/** Whether two names name the same organ by the same word. */
export function areOfOneOrgan(one: string, other: string): boolean {
  const [a, b] = [organ.exec(one)?.[0], organ.exec(other)?.[0]];
  return a !== undefined && a === b;
}
