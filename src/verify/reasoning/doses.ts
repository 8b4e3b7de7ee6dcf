/**
 * Doses of common drugs: the unit in which each is given and the span of its single and daily doses.
 *
 * Only a wrong unit is judged, never whether a dose is right: a dose has to be ten times outside the span, or in
 * degrees, millimetres of mercury or beats. The spans are wide and cover all routes, children and overdoses apart.
 */
export interface DrugDose {
  readonly names: string;
  /** "mg", "ug", "g", "[iU]", "meq": the unit in which it is prescribed. */
  readonly unit: string;
  readonly span: readonly [low: number, high: number];
}

const d = (names: string, unit: string, low: number, high: number): DrugDose => ({
  names,
  unit,
  span: [low, high],
});

export const drugDoses: readonly DrugDose[] = [
  d("aspirin|acetylsalicylic acid|阿司匹林", "mg", 40, 6000),
  d("acetaminophen|paracetamol|对乙酰氨基酚", "mg", 80, 4000),
  d("ibuprofen|布洛芬", "mg", 100, 3200),
  d("naproxen|indomethacin|celecoxib|diclofenac|ketorolac", "mg", 10, 1500),
  d("levothyroxine|左甲状腺素", "ug", 10, 500),
  d("digoxin|地高辛", "ug", 60, 1500),
  d("fentanyl|芬太尼", "ug", 10, 1000),
  d("warfarin|华法林", "mg", 1, 20),
  d("apixaban|rivaroxaban|edoxaban", "mg", 2.5, 60),
  d("dabigatran", "mg", 75, 300),
  d("clopidogrel|氯吡格雷", "mg", 75, 600),
  d("metformin|二甲双胍", "mg", 250, 3000),
  d("glipizide|glyburide|glimepiride", "mg", 1, 40),
  d("atorvastatin|rosuvastatin|simvastatin|pravastatin|lovastatin|阿托伐他汀", "mg", 5, 80),
  d("lisinopril|enalapril|ramipril|benazepril|perindopril", "mg", 1, 80),
  d("captopril|卡托普利", "mg", 6, 450),
  d("losartan|valsartan|irbesartan|candesartan|telmisartan", "mg", 4, 320),
  d("amlodipine|felodipine|氨氯地平", "mg", 2.5, 20),
  d("nifedipine|diltiazem|verapamil", "mg", 5, 480),
  d("metoprolol|atenolol|propranolol|labetalol|美托洛尔", "mg", 1, 2400),
  d("carvedilol|bisoprolol|nebivolol", "mg", 1, 100),
  d("furosemide|呋塞米", "mg", 10, 600),
  d("hydrochlorothiazide|chlorthalidone|氢氯噻嗪", "mg", 6, 200),
  d("spironolactone|eplerenone|螺内酯", "mg", 12, 400),
  d("amiodarone|胺碘酮", "mg", 100, 1600),
  d("adenosine", "mg", 3, 30),
  d("atropine|阿托品", "mg", 0.1, 10),
  d("epinephrine|adrenaline|肾上腺素", "mg", 0.01, 5),
  d("naloxone", "mg", 0.04, 10),
  d("morphine|吗啡", "mg", 1, 300),
  d("oxycodone|hydromorphone|hydrocodone", "mg", 0.2, 320),
  d("lorazepam|alprazolam|clonazepam", "mg", 0.25, 20),
  d("diazepam|地西泮", "mg", 1, 100),
  d("haloperidol|risperidone", "mg", 0.25, 30),
  d("olanzapine|aripiprazole", "mg", 2, 40),
  d("fluoxetine|sertraline|citalopram|escitalopram|paroxetine", "mg", 5, 200),
  d("amitriptyline|nortriptyline", "mg", 10, 300),
  d("lithium carbonate", "mg", 150, 2400),
  d("phenytoin|苯妥英", "mg", 50, 2000),
  d("carbamazepine|valproate|valproic acid|levetiracetam", "mg", 100, 4500),
  d("gabapentin|pregabalin", "mg", 25, 3600),
  d("prednisone|prednisolone|泼尼松", "mg", 1, 100),
  d("methylprednisolone", "mg", 4, 2000),
  d("dexamethasone|地塞米松", "mg", 0.5, 100),
  d("hydrocortisone", "mg", 5, 500),
  d("methotrexate", "mg", 2.5, 12000),
  d("amoxicillin|阿莫西林", "mg", 125, 4000),
  d("ampicillin|cefazolin|ceftriaxone|cefepime|cephalexin|头孢曲松", "mg", 125, 12000),
  d("azithromycin|clarithromycin|erythromycin", "mg", 125, 4000),
  d("doxycycline|minocycline", "mg", 50, 300),
  d("ciprofloxacin|levofloxacin|moxifloxacin", "mg", 100, 1500),
  d("metronidazole|甲硝唑", "mg", 125, 4000),
  d("vancomycin|万古霉素", "mg", 125, 5000),
  d("gentamicin|tobramycin|庆大霉素", "mg", 10, 700),
  d("fluconazole", "mg", 50, 1200),
  d("acyclovir|valacyclovir", "mg", 100, 4000),
  d("isoniazid|异烟肼", "mg", 50, 1200),
  d("rifampin|rifampicin|利福平", "mg", 100, 1200),
  d("omeprazole|pantoprazole|esomeprazole|lansoprazole|奥美拉唑", "mg", 5, 240),
  d("famotidine|ranitidine", "mg", 10, 600),
  d("ondansetron|metoclopramide", "mg", 2, 40),
  d("allopurinol|别嘌醇", "mg", 50, 900),
  d("colchicine|秋水仙碱", "mg", 0.3, 5),
  d("sildenafil|tadalafil", "mg", 2.5, 100),
  d("tamsulosin|finasteride", "mg", 0.2, 10),
  d("folic acid|叶酸", "mg", 0.1, 15),
  d("thiamine", "mg", 5, 1500),
  d("insulin(?: glargine| lispro| aspart| regular| detemir)?|胰岛素", "[iU]", 0.5, 300),
  d("heparin|肝素", "[iU]", 100, 50000),
];
