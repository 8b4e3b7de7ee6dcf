/**
 * What looks like a person or a place and is medicine: eponyms, criteria named after cities, peoples, institutions.
 * A name that a title introduces ("Dr. Crohn") is a person all the same.
 */

const list = (words: string): ReadonlySet<string> => new Set(words.trim().split(/\s+/));

/** Words that follow an eponym; a capitalised word before one of these is no person. */
export const termHeads =
  "disease|diseases|syndrome|syndromes|sign|signs|test|tests|reflex|law|phenomenon|effect|criteria|criterion|classification|score|scores|scale|index|stage|staging|grade|grading|system|method|manoeuvre|maneuver|procedure|operation|repair|fracture|dislocation|palsy|paralysis|tumou?r|lymphoma|sarcoma|carcinoma|cancer|leuka?emia|cyst|hernia|ulcer|node|nodule|nodules|body|bodies|cell|cells|stain|staining|agar|medium|virus|viruses|fever|encephalitis|an[a]?emia|thyroiditis|nephropathy|neuropathy|dystrophy|ataxia|chorea|cardiomyopathy|contracture|deformity|triad|tetrad|point|line|lines|area|gyrus|space|duct|gland|glands|tubule|tubules|loop|capsule|canal|foramen|ligament|muscle|fascia|tube|tubes|valve|catheter|drain|clamp|forceps|scissors|needle|position|incision|approach|technique|stent|pouch|bypass|shunt|anastomosis|graft|implant|lesion|purpura|oedema|edema|spots?|rash|sore|chancre|gangrene|an[a]?esthesia|solution|lactate|protein|proteins|antigen|antibody|factor|gene|mutation|chromosome|translocation|equation|formula|curve|plot|analysis|model|rule|rules|principle|theory|hypothesis|theorem|distribution|regression|correlation|coefficient|statistic|phase|wave|rhythm|respirations?|breathing|murmur|pulse|pressure|pupil|pupils|joint|knee|elbow|finger|toe|foot|hand|spine|spurs?|nystagmus|gait|headache|neuralgia|neuroma|melanoma|nevus|na[e]?vus|granuloma|ring|rings|crystals?|bacillus|organism|species|complex|pathway|cycle|apparatus|membrane|questionnaire|inventory|assessment|examination|exam|scan|protocol|regimen|guidelines?|agreement|declaration|convention|code|report|study|trial|cohort|group|scheme|plan|therapy|treatment|diet|exercises?|chart|graph|medal|prize|award|effect|shoulder|fracture-dislocation|malformation|anomaly|abnormality|phenomena|sequence|association|disorder|dementia|aphasia|epilepsy|seizures?|migraine|esophagus|oesophagus|diverticul(?:um|a)|tear|web|pancreas|nipple|itch|lines|corpuscles?|fib(?:er|re)s?|plexus|ganglion|nerve|artery|vein|sinus|pigtail|projection|view|angle|ratio|number|unit|units|scale|radius|constant|state|staging";

/** Eponyms that also stand alone ("suspected Crohn", "with Alzheimer's") or with a head that is not listed. */
export const eponyms = list(`
Achilles Addison Adler Albers Alport Alzheimer Amsler Apgar Argyll Arnold Asperger Auer Babinski Baker Bankart Barlow
Barrett Barr Bartholin Barton Basedow Batten Bazett Beck Becker Behcet Bekhterev Bell Bence Bennett Berger Bernard Bethesda
Billroth Bishop Bitot Bloom Bohr Bouchard Bowen Bowman Bright Broca Brodie Brown Broselow Brudzinski Bruton Budd Buerger
Burkitt Byler Calot Campbell Caroli Castleman Chaddock Chagas Charcot Charles Chediak Chiari Child Christmas Churg Chvostek
Cobb Codman Colles Conn Coombs Cooper Cori Courvoisier Cowden Cox Coxsackie Crigler Crohn Cullen Cushing Darier Darwin
DeBakey Delphian Denver Dercum DiGeorge Dix Doppler Down Dressler Duane Dubin Duchenne Duke Dukes Dupuytren Ebstein Edwards
Ehlers Eisenmenger Epley Epstein Erb Erlenmeyer Ewing Fabry Fallot Fanconi Felty Finkelstein Fisher Fitz Fleming Foley
Forrest Fowler Frank Freud Friedreich Galeazzi Gardner Gaucher Gehrig Gerstmann Ghon Gibson Gilbert Gilles Glasgow Gleason
Golgi Goodpasture Gordon Gottron Gower Graafian Graham Gram Grave Graves Grey Guillain Guthrie Hallpike Hamman Hansen Hardy
Harrison Hartmann Hartnup Hashimoto Hassall Heberden Heimlich Heinz Henderson Henle Henoch Hickman Hill Hirschsprung His
Hodgkin Hoffmann Holter Homans Horner Howell Hunt Hunter Huntington Hurler Hutchinson Ishihara Jackson Jacksonian Jakob
Jarisch Jefferson Johne Johnson Jones Kallmann Kaplan Kaposi Kartagener Kawasaki Kayser Kegel Kelly Kerley Kernig Kienbock
Kimmelstiel Klinefelter Klippel Klumpke Kocher Koebner Koplik Korotkoff Korsakoff Krabbe Krebs Krukenberg Kupffer Kussmaul
Lachman Ladd Lambert Langerhans Langhans Lasegue Leber Legg Legionnaires Leiden Lennox Lesch Levine Lewy Leydig Lhermitte
Lou Ludwig Luschka Lutembacher Lyme Lynch Mallory Mantoux Marcus Marfan Marshall Martin Mayer Maynard McArdle McBurney McCune
McMurray Meckel Meigs Mendel Meniere Menkes Merkel Michaelis Mikulicz Miller Minamata Mirizzi Mobitz Monro Monteggia Moro Morgan
Morton Mullerian Munchausen Murphy Nelson Niemann Nissl Noonan Norwalk Ober Ogilvie Ollier Ortolani Osgood Osler Pacini
Paget Pancoast Pap Papanicolaou Parkinson Patau Pavlov Perthes Peutz Peyer Peyronie Phalen Pick Plummer Pompe Potts Pott
Potter Poynting Prader Prinzmetal Purkinje Quincke Ramsay Ranson Raynaud Reed Reiter Rett Reye Riedel Ringer Rinne Robertson
Rokitansky Romberg Rorschach Ross Roth Rotor Roux Rovsing Russell Salter Sanger Scheuermann Schilling Schirmer Schober
Schwann Seldinger Sengstaken Sertoli Sheehan Shy Sims Sjogren Sjögren Smith Snellen Stein Stevens Stewart Still Student Sturge Swan
Sydenham Takayasu Tanner Tay Thomas Thompson Thomsen Tinel Todd Tourette Towne Trendelenburg Trousseau Turcot Turner Tzanck
Valsalva Van Vater Virchow Volkmann Waldenstrom Waldeyer Wallace Wallenberg Waller Walker Warthin Weber Wegener Weil
Wells Werdnig Wernicke West Wharton Whipple White Williams Wilms Wilson Winslow Wolff Wood Wright Yates Young Zellweger
Zenker Ziehl Zollinger
`);

/** Capitalised words that follow a person's description or a title and name no person. */
export const neverNames = list(`
A AIDS ALT AST African American Americans Arab Arabic Asian Australian Aboriginal Ashkenazi Amish Black British Canadian
Catholic Caucasian Chinese Christian Dutch English European Filipino French German Greek Haitian Hindu Hispanic Hmong Indian Inuit
Iranian Irish Islamic Italian Jamaican Japanese Jehovah Jewish Korean Latin Latina Latino Latinx Mediterranean Mexican Middle
Mormon Muslim Native Nigerian Norwegian Pacific Pakistani Polish Portuguese Protestant Puerto Russian Scandinavian Scottish
Sephardic Somali South Spanish Swedish Syrian Thai Turkish Vietnamese White Witness Witnesses North East West Eastern
Western Northern Southern Central
January February March April May June July August September October November December Jan Feb Mar Apr Jun Jul Aug Sep Sept
Oct Nov Dec Monday Tuesday Wednesday Thursday Friday Saturday Sunday
The This That These Those What Which Who Whose Whom When Where Why How If In On At Of For From With Without And Or But Not No
Yes Is Are Was Were Be Been Has Have Had Do Does Did Can Could Will Would Shall Should May Might Must All Any Both Each Every
Either Neither Some Most Many More Few Other Another Such Same He She It They We You I His Her Its Their Our Your My
After Before During Since Until While Although Because However Therefore Then Thus There Here Now Today Yesterday Also Only
Upon Under Over Between By To As An Given Based Using Regarding Following Despite Initially Subsequently Currently Recently
Physical Laboratory Examination Vital Blood Serum Urine Chest Abdominal Cardiac Past Family Social Medical Surgical History
Review Systems Present Assessment Plan Diagnosis Impression Treatment Management Further Additional Another
Type Class Stage Grade Group Phase Level Category Factor Protein Vitamin Hepatitis Influenza Streptococcus Staphylococcus Escherichia
Salmonella Candida Protocol Guideline Guidelines Patient Patients Case Cases Figure Table Question Answer Option Choice
Step Part Section Chapter Appendix Score Scale Index Test Trial Study Studies Mr Mrs Ms Dr Prof Miss
Hospital Clinic Center Centre Department Emergency University College School Institute Unit Ward Office Room Service Services
Care Health Healthcare Healthy Program Agency Association Society Academy Board Council Committee Foundation Ministry Force Task
Practitioner Practitioners Assistant Anesthetist Midwife Specialist Surgeon Physician Nurse Doctor Professor Director
Mental Mini Status Questionnaire Controlled Centered Centred Safety Education Rights Protection Affordable Act Reported Outcome
Medicare Medicaid Insurance
BMI BP HR RR CT MRI ECG EKG EEG CBC CSF COPD CHF CAD CKD HIV HTN DM ICU ER ED OR NICU PICU CCU IV IM PO GI GU DNA RNA
OB GYN PCR TB UTI MI PE DVT AF AFib MS ALS SLE RA IBD GERD TIA LDL HDL TSH PSA
`);

/** Terms that stand where a place could: scores, rules, diseases and institutions named after places. */
export const placeTerms =
  /^(?:['\u2019]s)?[\s-](?:(?:[A-Z]\w+|coma|ankle|knee|depression|sleep|bowel|foot|c-spine|risk|heart|health|clinical|postnatal|syncope|chest|mayo|pain|outcome)[\s-]){0,3}(?:criteria|criterion|classification|score|scale|system|rules?|study|studies|trial|assessment|consensus|guidelines?|declaration|convention|protocol|chromosome|virus|viruses|encephalitis|fever|disease|syndrome|agent|index|statement|agreement|manual|model|method|formula|definition|staging|grading|questionnaire|test|tests|equation|cohort|solution|agar|patch|variant|strain|mutation|flu|influenza|factor|procedure|catheter|shoulder|heart|tick|Institutes?|Association|College|Society|University Press|beef|grading|II|style|smog)\b/i;

/** Persons of science and history that questions are asked about; none of them is a patient. */
export const historicalPersons =
  /^(?:Charles Darwin|Gregor Mendel|Louis Pasteur|Robert Koch|Alfred (?:Russel )?Wallace|Thomas Malthus|Florence Nightingale|Sigmund Freud|Jean Piaget|Erik Erikson|Ivan Pavlov|James Watson|Francis Crick|Rosalind Franklin|Maurice Wilkins|Thomas (?:Hunt )?Morgan|Albert Einstein|Isaac Newton|Hans (?:Selye|Krebs|Driesch|Spemann)|Carl (?:Linnaeus|Woese|Rogers|Jung|Sagan)|Robert (?:Hooke|Brown)|Karl (?:Marx|Landsteiner)|George (?:Washington|Beadle|Engel)|Abraham (?:Lincoln|Maslow)|Edward (?:Jenner|Tatum|Wilson)|Alexander Fleming|John (?:Snow|Locke|Dalton|Stuart Mill|Rawls)|William (?:Harvey|Osler|James|Bateson)|Joseph (?:Lister|Priestley)|James Lind|Jonas Salk|Albert (?:Sabin|Bandura)|Walter (?:Reed|Sutton|Cannon)|Stanley Miller|Lynn Margulis|Jane Goodall|Rachel Carson|Frederick (?:Griffith|Sanger)|Oswald Avery|Alfred Hershey|Martha Chase|Barbara McClintock|Jacques Monod|Francois Jacob|Melvin Calvin|Konrad Lorenz|Niko Tinbergen|Richard Dawkins|Stephen (?:Jay )?Gould|Immanuel Kant|Peter Singer|Henrietta Lacks|Elisabeth Kübler-Ross|Virginia (?:Apgar|Henderson|Woolf)|Jean(?:-Baptiste)? (?:de )?Lamarck|Paul (?:Ehrlich|Broca|Farmer)|Marie Curie|Claude Bernard|Rudolf Virchow|Linus Pauling|Erwin Chargaff|Ronald (?:Fisher|Reagan)|Max Planck|Michael Jackson)\b/;
