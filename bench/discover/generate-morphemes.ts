/** The morphemes and short word lists that names are made of. Real roots, made-up wholes. */

function list(words: string): readonly string[] {
  return words.split("|");
}

/** Every number from 1, as text. */
function numbers(count: number): readonly string[] {
  return Array.from({ length: count }, (_, i) => String(i + 1));
}

/** Word lists by what they are used for. */
export const lists = {
  surnameStarts: list(
    "Har|Bran|Vel|Kor|Lind|Mar|Sand|Tor|Wes|Gal|Ber|Dor|Fen|Hol|Jan|Kel|Lam|Mor|Nor|Os|Pel|Quin|Ras|Sel|Tan|Ul|" +
      "Var|Wil|Yar|Zim|Ald|Bjor|Cas|Dra|Eck|Fros|Gru|Hei|Iv|Jor|Kra|Löf|Mü|Née|Øst|Pé|Rö|Stein|Thal|Urb|Vog|" +
      "Wag|Ska|Tre|Bo|Cha|De|Fu|Ha|Ka|Na|Sa|Ta|Wa|Ya",
  ),
  surnameEnds: list(
    "low|dt|man|ski|ner|berg|son|ley|field|sen|etti|ard|ova|ström|ham|well|ton|ques|ini|ault|escu|ides|yan|kov|" +
      "mura|gawa|moto|shita|nda|ward|worth|ins|ett|ier|mann|hoff|stad|lund|gren|quist|vall|rey|zak|czyk|ić|ás|" +
      "iro|anti|elli|ucci|ado|eira|ez|oza|bach|thal|stein|wick|comb|shaw",
  ),
  givenNames: list(
    "Anna|Peter|Maria|John|Elena|Thomas|Ingrid|Karl|Sofia|Henry|Clara|Louis|Aiko|Ravi|Fatima|Omar|Lucía|José|" +
      "Agnes|Hugo|Nina|Oscar|Ruth|Samuel|Irene|Viktor|Wanda|Edgar|Mei|Kofi|Amara|Erik|Greta|Ivan|Judith|Leon",
  ),
  prefixRoots: list(
    "angio|arthro|athero|brachi|broncho|calci|cardio|cephalo|cheilo|chondro|chromo|crypto|cyano|cysto|dermato|" +
      "dys|encephalo|entero|erythro|fibro|glosso|hemato|hyalo|hydro|hyper|hypo|kerato|leuko|lipo|lympho|macro|" +
      "mega|melano|micro|muco|myco|myelo|myo|myxo|necro|neo|neuro|oligo|osteo|pachy|pan|para|peri|phlebo|poly|" +
      "pseudo|pyo|sclero|sidero|steno|thrombo|tricho|tropho|vaso|xantho",
  ),
  organRoots: list(
    "adeno|adreno|alveol|aort|append|blephar|burs|carp|cec|cerebell|cervic|chol|chorio|clavicul|coccyg|col|" +
      "corne|cost|cox|crani|cutane|duoden|epididym|esophag|faci|femor|gastr|gingiv|glomerul|gon|hepat|hypophys|" +
      "ile|irid|jejun|labyrinth|laryng|ligament|lingu|mandibul|mast|mening|mesenter|myocard|nas|nephr|ocul|" +
      "omphal|oophor|orchi|pancreat|papill|patell|pelv|pharyng|pleur|pneum|proct|prostat|pyel|radicul|ren|retin|" +
      "rhin|sacr|salping|scler|sial|sinus|splen|spondyl|stern|stomat|synovi|tars|tendin|thym|thyroid|tibi|" +
      "tonsill|trache|tympan|ureter|urethr|uve|vagin|valvul|ventricul|vertebr|vesicul",
  ),
  diseaseSuffixes: list(
    "itis|osis|opathy|omalacia|ectasia|oplasia|odystrophy|oma|osclerosis|ostenosis|oplegia|orrhagia|optosis|" +
      "odynia|omegaly|olithiasis|openia|ofibrosis|ocele|oschisis|onecrosis|otrophy|ocalcinosis|oedema|" +
      "omycosis|oschemia|oparesis|osarcoma|oblastoma|amyloidosis",
  ),
  courses: list(
    "chronic|acute|familial|juvenile|congenital|idiopathic|recurrent|progressive|hereditary|infantile|" +
      "adult-onset|sporadic|secondary|primary|episodic|malignant|benign|atypical|eosinophilic|granulomatous|" +
      "hemorrhagic|necrotizing|lymphocytic|autoimmune|ischemic|obstructive|tropical|nodular|bullous|diffuse",
  ),
  inheritances: list(
    "X-linked|autosomal dominant|autosomal recessive|mitochondrial|late-onset|early-onset|mosaic|perinatal",
  ),
  dysplasias: list(
    "odysplasia|ohypoplasia|oagenesis|odysgenesis|oataxia|omyopathy|oneuropathy|oichthyosis|osynostosis|" +
      "odysostosis|okeratosis|oatrophy",
  ),
  accompaniments: list(
    "deafness|cataract|short stature|brittle hair|immunodeficiency|seizures|cleft palate|polydactyly|albinism|" +
      "ataxia|photosensitivity|microcephaly|heart defects|kidney cysts|pale skin|lax joints",
  ),
  enzymeStarts: list(
    "acetyl|amino|arginino|aspartyl|betaine |butyryl|carbamoyl|cysteinyl|dihydro|ferro|formyl|fructo|galacto|" +
      "glutamyl|glycyl|hydroxy|isovaleryl|keto|lactoyl|malonyl|mannosyl|methyl|ornithyl|oxo|palmitoyl|phospho|" +
      "prolyl|propionyl|sialyl|sulfo|thio|uridyl|xylo",
  ),
  enzymeMiddles: list(
    "butyrate |carnitine |citrate |cobalamin |creatine |folate |fumarate |glycan |histidine |inositol |" +
      "lipoate |lysine |pterin |purine |pyruvate |retinol |serine |sterol |taurine |xanthine ",
  ),
  enzymeEnds: list(
    "carboxylase|dehydrogenase|hydrolase|hydroxylase|isomerase|kinase|ligase|lyase|mutase|oxidase|phosphatase|" +
      "reductase|sulfatase|synthase|transferase",
  ),
  growthKinds: list(
    "clear-cell|spindle-cell|mucinous|basaloid|papillary|cystic|desmoplastic|signet-cell|oncocytic|plexiform|" +
      "small-cell|giant-cell|pleomorphic|sclerosing|myxoid",
  ),
  growths: list(
    "adenocarcinoma|carcinoma|sarcoma|lymphoma|adenoma|fibroma|angioma|schwannoma|lipoma|teratoma|melanoma|" +
      "neurofibroma|chondroma|hamartoma|papilloma",
  ),
  regions: list(
    "wrist|ankle|elbow|heel|thumb|palm|forearm|upper arm|shoulder|neck|larynx|tongue|palate|upper lip|nasal cavity|" +
      "orbit|eyelid|ear canal|scalp|skull base|brainstem|cerebellum|spinal cord|chest wall|pleura|diaphragm|" +
      "heart|aorta|lung|trachea|esophagus|stomach|duodenum|ileum|colon|rectum|liver|gallbladder|pancreas|spleen|" +
      "kidney|adrenal gland|ureter|bladder|prostate|testis|ovary|uterus|breast|pelvis|hip|thigh|knee|calf|toe",
  ),
  feverKinds: list("fever|encephalitis|spotted fever|hemorrhagic fever|virus disease|tick fever|typhus"),
  siteAdjectives: list(
    "cardiac|renal|hepatic|gastric|cutaneous|ocular|cerebral|spinal|vestibular|pulmonary|bronchial|vascular|" +
      "muscular|skeletal|articular|lymphatic|endocrine|thyroid|pituitary|adrenal|ovarian|testicular|uterine|" +
      "placental|neonatal|intestinal|pancreatic|biliary|salivary|dental|auditory|olfactory|retinal|corneal|" +
      "mucosal|neuronal|glial|synaptic|metabolic|hematologic",
  ),
  disorders: list(
    "storage disease|wasting disorder|conduction disorder|channelopathy|hypersensitivity|insufficiency|" +
      "vasculitis|overgrowth syndrome|failure|infection|abscess|aneurysm|fibrosis|hemorrhage|inflammation|" +
      "hyperplasia|degeneration|embolism|thrombosis|obstruction|dystonia|myoclonus|pain syndrome|cramp disease|" +
      "tumor syndrome|neuropathy|dystrophy|malformation",
  ),
  synonymNouns: list("disease|syndrome|malady|anomaly|triad|palsy"),
  drugStarts: list(
    "ab|ac|al|am|ar|bel|ben|bri|cab|cal|car|cel|cin|clo|dab|dal|dar|del|dor|el|em|er|fal|fen|fil|fos|gal|gem|" +
      "gil|hal|ib|il|in|iv|lan|lar|lef|lin|lor|mav|mel|mir|nal|nel|nil|ol|or|pal|pem|pim|ral|rem|rif|sar|sel|" +
      "sil|tal|tem|til|tor|val|vem|vil|zal|zel|zol",
  ),
  drugMiddles: list(
    "a|e|i|o|u|abi|ade|ali|ami|ari|eda|eli|emi|epo|eri|eta|ica|ide|ilo|imi|ino|ira|ita|ixa|oba|oda|ofi|oli|" +
      "ome|opi|ora|ota|oxi|uca|ule|umi|ura|uva",
  ),
  drugInfixes: list("b|d|f|g|l|m|n|p|r|s|t|v|x|z"),
  drugStems: list(
    "imab|umab|otinib|azepam|april|olol|asartan|atidine|aprazole|iconazole|avastatin|avir|icillin|acycline|" +
      "ofloxacin|omycin|ithromycin|ifenac|oxicam|oprofen|ocaine|urane|etine|apine|aperidol|iptan|isetron|" +
      "igliptin|agliflozin|iglitazone|otide|eptin|arin|axaban|ogrel|odipine|azosin|erol|asone|onide|iazide|" +
      "astine|izine|afil|osteride|idronate|oxetine|ciclib|parib|zomib|sulfan|platin|rubicin|taxel",
  ),
  brandStarts: list("Ad|Al|Bio|Cal|Cor|Dex|Ex|Flo|Glu|Hy|Im|Jan|Ky|Lu|Mi|Neo|Om|Pro|Qu|Re|Si|Ti|Uv|Vi|Xe|Zo"),
  brandMiddles: list(
    "ba|ca|da|fa|la|ma|na|pa|ra|ta|va|xa|bi|di|li|mi|ni|ri|ti|vi|bo|do|lo|mo|no|ro|to|vo|xo|zo",
  ),
  brandEnds: list(
    "cept|cin|dal|don|dra|far|fen|gen|lan|lex|lin|mab|med|met|mix|nal|nix|pan|pex|ran|rel|ril|rox|san|sil|tan|" +
      "tec|tex|ton|vax|ver|vil|xan|xil|za|zan|zin|zyme",
  ),
  targets: list(
    "kinorase-|glutarin-|serolin-|dopexin-|histalin-|adrecin-|muscarol-|nicotin receptor |opiorin-|" +
      "cannabin receptor |orexin receptor |kallirin-|renosin-|angiorin-|thrombolin-|factor |interleukin |" +
      "chemokin |integrin |tubulin |topomerase |telomerase |proteasin-|caspase |cathepsin |ligandin |" +
      "lipoxin |prostacin |steroidin |phosphodiester |potassium channel |sodium channel |calcium channel |" +
      "chloride channel |proton pump ",
  ),
  targetNumbers: numbers(14),
  actions: list(
    "inhibitor|agonist|antagonist|blocker|modulator|activator|stabilizer|partial agonist|degrader",
  ),
  geneLetters: list(
    "BR|CD|CL|DK|FB|FG|GL|GP|HR|KC|KL|LR|MP|MT|NK|NR|PK|PL|PR|RB|RP|SC|SL|SP|TB|TM|TP|VN|WD|ZF",
  ),
  geneVowels: list("A|E|I|O|U|AC|AK|EL|EN|IM|IN|OR|OX|UB|UX"),
  geneNumbers: numbers(24),
  genusStarts: list(
    "Acro|Bary|Brevi|Calo|Campto|Clado|Coryno|Crypto|Dermo|Dino|Entero|Eryso|Filo|Fuso|Gemmo|Haemo|Helico|" +
      "Isto|Kleo|Lepto|Listo|Macro|Micro|Myco|Neo|Nocar|Ortho|Pasto|Penta|Pseudo|Rhodo|Sarco|Schizo|Spiro|" +
      "Strepto|Tricho|Urea|Vibro|Xantho|Yero",
  ),
  genusEnds: list("bacter|coccus|bacillus|monas|nema|plasma|phyton|sporum|myces|spira|zoon|ella|filum|thrix"),
  epithets: list(
    "vexans|hominis|intestinalis|cerebri|pulmonis|dermatis|febrilis|ruber|pallens|minor|major|obscura|tenax|" +
      "ferox|lenta|rapax|gravis|mitis|faecalis|renalis|hepaticus|oculi|nasi|vaginalis|urinae|sanguinis|medullae|" +
      "articuli|orientalis|borealis|australis|africana|brasiliensis|sinensis|indica|europaea",
  ),
  virusGroups: list(" virus| arenavirus| flavivirus| hantavirus| orthovirus| papillomavirus| adenovirus"),
  positions: list(
    "anterior|posterior|superior|inferior|lateral|medial|deep|superficial|dorsal|ventral|oblique|transverse|" +
      "internal|external|proximal|distal",
  ),
  structures: list(
    "ligament|muscle|artery|vein|nerve|plexus|tubercle|fossa|process|foramen|canal|tendon|membrane|node|gland|" +
      "lobule|sinus|sulcus|ridge|notch",
  ),
  commonSymptoms: list(
    "fever|headache|fatigue|cough|nausea|vomiting|abdominal pain|diarrhea|weight loss|muscle weakness|joint pain|" +
      "shortness of breath|dizziness|rash|itch|chest pain|back pain|constipation|loss of appetite|night sweats|" +
      "seizure|confusion|blurred vision|palpitations|swelling of the legs|sore throat|hoarseness|tremor|" +
      "numbness|insomnia|dry mouth|hair loss|jaundice|bruising|nosebleed|double vision|hearing loss|ringing ears|" +
      "difficulty swallowing|heartburn|bloating|urinary urgency|painful urination|blood in urine|cold hands|" +
      "muscle cramps|irritability|memory loss|fainting|chills",
  ),
  qualities: list(
    "burning|throbbing|dull|stabbing|tingling|cramping|aching|shooting|pressing|nocturnal|sudden|morning|" +
      "painless|persistent|migrating|one-sided|symmetrical|exertional",
  ),
  sensations: list("pain|numbness|stiffness|swelling|weakness|itch|tenderness|redness|coldness|twitching"),
  sites: list(
    "heel|palm|scalp|jaw|tongue|neck|flank|groin|shin|calf|knee|hip|elbow|wrist|fingertips|toes|eyelids|forehead|" +
      "temple|throat|breastbone|shoulder blade|lower back|tailbone|soles",
  ),
  signNouns: list("sign|reflex|phenomenon|spot|line|gait|posture|triad"),
  changes: list("elevated|decreased|absent|fluctuating|fragmented|oligoclonal|crystalline|vacuolated"),
  fluids: list(
    "serum|plasma|urinary|fecal|salivary|synovial|cerebrospinal|pleural|biliary|capillary|mucosal|marrow|gastric",
  ),
  analytes: list(
    "ferroglobin|calcinin|lipoferrin|troposin|creatol|bilinogen|albumoid|cortinol|thyrolin|glucagin|insulon|" +
      "lactoferase|amylinase|elastin peptide|fibrinomer|globulin band|immunolin|kallinogen|leukotrin|myosin band|" +
      "natrinol|osteolin|prolactase|retinal band|sialic peak|transcobal|uromucin|vasolin|xanthol|zincate|" +
      "carnitol|histaminol|melatol|oxalin|pyruvol|steroid peak|tryptin|ureol",
  ),
  testNouns: list(
    "assay|test|electrophoresis|immunoblot|chromatography|cytology|culture|antigen test|microscopy|" +
      "scintigraphy|ultrasound|spectrometry|titration",
  ),
  approaches: list(
    "laparoscopic|open|partial|total|endoscopic|robotic|transoral|percutaneous|subtotal|radical|minimal|staged",
  ),
  operations: list("ectomy|ostomy|otomy|oplasty|opexy|odesis|orrhaphy|oscopy|ocentesis|olysis"),
  disturbances: list(
    "impaired|excessive|defective|delayed|premature|aberrant|uncoupled|impeded|dysregulated|ectopic|deficient",
  ),
  tissues: list(
    "neuronal|endothelial|epithelial|myocardial|renal tubular|hepatocellular|lymphocyte|macrophage|platelet|" +
      "mitochondrial|lysosomal|synaptic|osteoclast|keratinocyte|microglial",
  ),
  processes: list(
    "apoptosis|adhesion|autophagy|calcium transport|complement activation|cytokine release|differentiation|" +
      "excitability|glycosylation|iron export|migration|phagocytosis|protein folding|proton transport|signaling",
  ),
  exposures: list(
    "exposure to|lack of|excess of|long-term use of|intolerance of|early contact with|inhalation of",
  ),
  agents: list(
    "wood dust|sunlight|road salt|solvent vapour|flour dust|cold air|copper fumes|vitamin K|dietary fibre|iodine|" +
      "night work|standing work|loud noise|pigeon droppings|river water|raw fish|unboiled milk|coal smoke|" +
      "tobacco|strong tea|refined sugar|lead paint|mould|nickel|vibration|selenium|zinc|fluoride|hard cheese",
  ),
  specialties: list(
    "cardiology|neurology|gastroenterology|nephrology|dermatology|hematology|oncology|rheumatology|endocrinology|" +
      "pulmonology|infectious diseases|ophthalmology|otorhinolaryngology|urology|gynecology|obstetrics|pediatrics|" +
      "neonatology|psychiatry|orthopedics|neurosurgery|vascular surgery|thoracic surgery|plastic surgery|" +
      "general surgery|anesthesiology|emergency medicine|intensive care medicine|medical genetics|immunology|" +
      "allergology|hepatology|geriatrics|pathology|radiology|nuclear medicine|sleep medicine|sports medicine|" +
      "tropical medicine|toxicology",
  ),
  placeStarts: list(
    "Ash|Bal|Bran|Car|Dun|East|Fal|Glen|Hol|In|Kil|Lan|Mal|New|Oak|Port|Quer|Ross|Sal|Tar|Up|Vil|West|Yar|Zell|" +
      "Ober|Nieder|Grand|Mont|Saint-|Villa|Puerto |Novo|Kara|Nova |Shin|Wu|Xi|Ban|Kam|Mbu|Ngo|Ouag|Tam|Ul",
  ),
  placeMiddles: list("a|e|i|o|an|ar|en|er|in|or|un|ka|la|ma|na|ra|sa|ta"),
  placeEnds: list(
    "burg|by|caster|dale|den|feld|ford|gorod|ham|haven|hurst|ington|kirk|land|ley|mere|minster|mouth|pool|port|" +
      "rook|shire|stadt|stead|stow|thorpe|ton|vale|vik|ville|wick|worth|wood|yama|zawa|bala|dougou|pura",
  ),
  countries: list(
    "Ardovia|Belmark|Costaria|Drovenia|Elvania|Farrow Islands|Galdonia|Hestria|Ilvania|Jorland|Karelund|Lusaria",
  ),
  workAdjectives: list(
    "Silent|Crimson|Last|Distant|Hollow|Golden|Broken|Winter|Paper|Secret|Northern|Forgotten|Little|Burning|" +
      "Seventh|Invisible|Velvet|Iron|Restless|Slow|Second|Borrowed|Patient|Salt",
  ),
  workNouns: list(
    "Harbour|Garden|Letter|Road|Orchestra|Clockmaker|River|Summer|Witness|Mountain|Lantern|Voyage|Island|Mirror|" +
      "Stranger|Kingdom|Kitchen|Telegraph|Orchard|Bridge|Thief|Daughter|Ferry|Signal|Parade",
  ),
  workTails: list(
    "| of Ashby| in the Rain| and the Sea|, Part Two| Returns| at Dawn| of Glass| on Fifth Street| Without End| Tonight| for Two",
  ),
  wildGenusStarts: list(
    "Agro|Bembi|Calli|Chryso|Dasy|Eupi|Glypto|Hetero|Hypno|Lamio|Lasio|Lyco|Mega|Noto|Ocho|Pachy|Phyto|Platy|" +
      "Quedio|Rhago|Steno|Sylvi|Tetra|Trochi|Xylo|Zygo",
  ),
  wildGenusEnds: list(
    "carabus|chilus|cnemis|cera|dendron|fulgur|gnatha|lepis|merus|notus|pogon|ptera|rhina|soma|stoma|tarsus",
  ),
  wildEpithets: list(
    "alpinus|bicolor|caudatus|dentatus|elegans|fuscus|gracilis|hirsutus|insularis|lineatus|montanus|nitidus|" +
      "ornatus|punctatus|quadratus|robustus|spinosus|tristis|undulatus|villosus|zonatus|aureus|cinereus|viridis",
  ),
  organisationNouns: list(
    "F.C.|Rovers|Athletic|University|College|Grammar School|Motors|Brewery|Railway|Bank|Records|Theatre|Museum|" +
      "Shipyard|Airlines|Press|Orchestra|Cathedral|Hospital|Institute",
  ),
} as const;
