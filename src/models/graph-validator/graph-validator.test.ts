/** The answerer that reads text, on questions written by hand: every kind, its negations, its traps, Chinese. */
import { expect, test } from "vitest";
import { wardGraph } from "./fixtures/ward.ts";
import { abstention, graphValidator, solver } from "./graph-validator.ts";

const graph = wardGraph();
const solve = solver(graph);

function ask(stem: string, options: string): string {
  const lines = options.split(" | ").map((text, i) => `${"ABCDEFGH"[i]}. ${text}`);
  const outcome = solve([stem, ...lines].join("\n"));
  return "letter" in outcome ? outcome.letter : outcome.problem;
}

const colchicineIsA = "colchicine | heparin | isoniazid | levothyroxine";

test.each([
  // A disease by its name.
  ["Podagra is best proved by what test?", "spirometry | synovial fluid analyses", "B"],
  ["What would you order to confirm suspected gout?", "spirometry | synovial fluid analysis", "B"],
  ["Give the hallmark finding of WILSON'S DISEASE?", "chancre | Kayser-Fleischer rings", "B"],
  ["Which complaint would you expect of someone with gout?", "joint swelling | wheeze", "A"],
  ["Which process underlies Wilson disease?", "copper accumulation | autoimmunity", "A"],
  ["What is the pathophysiology of pheochromocytoma?", "catecholamine excess | copper accumulation", "A"],
  ["Which medicine is used against gout?", colchicineIsA, "A"],
  ["The treatment of gout most often rests on:", colchicineIsA, "A"],
  ["Which gene is altered in Wilson's disease?", "RET | ATP7B", "B"],
  ["What organism brings about brucellosis?", "Brucella melitensis | Treponema pallidum", "A"],
  ["Untreated, gout can lead to which of these?", "kidney stone | cirrhosis | pneumothorax", "A"],
  ["Who is most susceptible to gout? People with:", "obesity | prolonged bed rest", "A"],
  ["Which of the following raises the risk of pulmonary embolism?", "prolonged bed rest | obesity", "A"],
  ["How can pulmonary embolism be prevented?", "tick removal | compression stockings", "B"],
  // Further hops.
  ["Which unwanted effect may a medicine for gout have?", "diarrhea | hives", "A"],
  ["Which class of drug treats syphilis?", "penicillin | rifamycin", "A"],
  ["On what molecule does a drug against gout act?", "tubulin | antithrombin", "A"],
  ["A drug for gout must not be taken together with what?", "clarithromycin | heparin", "A"],
  [
    "Which adverse effect is shared by the class of drugs to which a treatment of Lyme disease belongs?",
    "slow pulse | tooth discoloration",
    "B",
  ],
  ["Which enzyme clears the drug that is used for gout?", "CYP2C9 | CYP3A4", "B"],
  ["What may be brought on by a medicine given for gout?", "diarrhea | hives", "A"],
  [
    "A drug of the class used for Lyme disease may induce which of these?",
    "slow pulse | tooth discoloration",
    "B",
  ],
  // A drug, a class, a pathogen.
  ["Colchicine is indicated for which disease?", "gout | asthma | syphilis", "A"],
  ["Heparin belongs to which class?", "anticoagulant | rifamycin", "A"],
  ["What side effect does doxycycline have?", "photosensitivity | hives | proteinuria", "A"],
  ["In whom is methotrexate contraindicated? A patient with:", "heart block | pregnancy", "B"],
  ["What does propranolol bind to?", "tubulin | beta-1 adrenoceptor", "B"],
  ["How does heparin work?", "thrombin inactivation | microtubule disruption", "A"],
  ["Which enzyme metabolises warfarin?", "CYP2C9 | CYP3A4", "A"],
  ["Before methotrexate is given, what must be excluded?", "heart block | pregnancy", "B"],
  ["Treatment with doxycycline can lead to:", "photosensitivity | hives", "A"],
  ["Pharmacologically, how is heparin classified?", "anticoagulant | rifamycin", "A"],
  ["What explains the effect of colchicine?", "thrombin inactivation | microtubule disruption", "B"],
  ["Warfarin interacts with which of these drugs?", "aspirin | colchicine", "A"],
  [
    "What adverse effect is typical of the group of drugs that propranolol belongs to?",
    "slow pulse | hives",
    "A",
  ],
  ["Which is a member of the corticosteroids?", "hydrocortisone | heparin", "A"],
  ["Which of these drugs is a beta blocker?", "atenolol | heparin", "A"],
  ["Treponema pallidum is behind which disease?", "syphilis | gout", "A"],
  ["Which drug works against infection with Treponema pallidum?", "benzylpenicillin | isoniazid", "A"],
])("%s", (stem, options, answer) => {
  expect(ask(stem, options)).toBe(answer);
});

test.each([
  // Vignettes: the disease is told by what the patient has, and has not.
  ["He has tremor, jaundice and slurred speech. The diagnosis?", "Graves' disease | Wilson’s disease", "B"],
  [
    "A 45-year-old woman presents with a two-week history of joint pain, morning stiffness and weight loss. Which of the following is the most likely diagnosis?",
    "gout | rheumatoid arthritis | asthma | pseudogout",
    "B",
  ],
  ["She reports chest pain, dyspnea and hemoptysis. Which medication helps?", "heparin | isoniazid", "A"],
  [
    "A 62-year-old man comes to the clinic with joint pain, joint swelling and fever. He denies morning stiffness. Which test should be done next?",
    "polarised microscopy | synovial fluid analysis | spirometry",
    "B",
  ],
  [
    "For three days a boy has had joint pain, joint swelling and a fever; there is no tophus, but he is stiff in the morning (morning stiffness). What confirms the diagnosis?",
    "synovial fluid analysis | polarised microscopy",
    "B",
  ],
  [
    "A man has joint pain, joint swelling and fever, without morning stiffness. Which complication may follow?",
    "kidney stone | cartilage loss",
    "A",
  ],
  [
    "Headache, tachycardia and sweating trouble a 30-year-old teacher. Wheeze and rash are absent. Which mechanism explains the symptoms?",
    "catecholamine excess | receptor stimulation",
    "A",
  ],
  [
    "Tremor, jaundice and fatigue are seen. Which adverse effect may the drug have?",
    "hives | proteinuria",
    "B",
  ],
  [
    "A patient with cough, wheeze and chest tightness is seen. Which of the following is the most appropriate next step in treatment?",
    "salbutamol | heparin | colchicine",
    "A",
  ],
  [
    "A patient with cough, wheeze and chest tightness is seen. Which of the following is the best next step?",
    "sputum culture | spirometry",
    "B",
  ],
  [
    "Which organism is the likely cause in a man with rash, lymphadenopathy and headache?",
    "Treponema pallidum | Borrelia burgdorferi",
    "A",
  ],
  [
    "A woman complains of fatigue, weight gain and constipation. What is found on examination?",
    "low free thyroxine | low cortisol",
    "A",
  ],
  [
    "He has weight loss, tachycardia and heat intolerance. To which class does the drug of choice belong?",
    "antithyroid drug | tetracycline",
    "A",
  ],
])("vignette: %s", (stem, options, answer) => {
  expect(ask(stem, options)).toBe(answer);
});

test.each([
  ["Brucellosis in pregnancy: which drug should be avoided?", "doxycycline | rifampicin", "A"],
  ["Brucellosis in pregnancy: which drug is NOT contraindicated?", "doxycycline | rifampicin", "B"],
  [
    "A pregnant woman has night sweats, joint pain and fever. Which drug remains safe for her?",
    "doxycycline | rifampicin",
    "B",
  ],
  [
    "A 28-year-old woman who is pregnant presents with night sweats, joint pain and fever. Which of the drugs must not be given?",
    "doxycycline | rifampicin | heparin",
    "A",
  ],
  [
    "A man with a history of peptic ulcer has gout. Which drug would be unsafe?",
    "colchicine | naproxen | heparin",
    "B",
  ],
  [
    "A man with a history of peptic ulcer has gout. Which of the following would you prescribe?",
    "colchicine | naproxen | heparin",
    "A",
  ],
  [
    "A 50-year-old with known heart block presents with headache, tachycardia and sweating. Which treatment can still be used?",
    "phenoxybenzamine | propranolol | heparin",
    "A",
  ],
])("a condition that rules a drug out: %s", (stem, options, answer) => {
  expect(ask(stem, options)).toBe(answer);
});

test.each([
  ["Which of the following is NOT a symptom of gout?", "joint pain | wheeze | fever | tophus", "B"],
  [
    "All of the following are used to treat pheochromocytoma EXCEPT:",
    "propranolol | phenoxybenzamine | isoniazid",
    "C",
  ],
  [
    "Which is not a risk factor for gout?",
    "obesity | diuretic use | prolonged bed rest | high meat diet",
    "C",
  ],
  [
    "Gout is complicated by each of these except",
    "kidney stone | joint destruction | cirrhosis | kidney failure",
    "C",
  ],
  [
    "Which of these does not belong to the symptoms of asthma?",
    "wheeze | cough | chest tightness | rash",
    "D",
  ],
  [
    "Which effect would be unexpected as a side effect of warfarin? It is not one:",
    "skin necrosis | hives",
    "B",
  ],
  [
    "Which of the following is NOT a symptom of gout?",
    "joint pain | wheeze | hemoptysis | tophus",
    /2 options do not/,
  ],
  [
    "Which of the following is NOT a symptom of gout?",
    "joint pain | joint swelling | fever | tophus",
    /every option/,
  ],
  [
    "Which of the following is NOT a symptom of gout?",
    "joint pain | itchy toes | fever | tophus",
    /itchy toes/,
  ],
])("the exception: %s %s", (stem, options, answer) => {
  expect(ask(stem, options)).toMatch(answer);
});

test.each([
  ["Which finding favours gout over pseudogout?", "tophus | joint pain | morning stiffness", "A"],
  [
    "Which symptom would point to pseudogout rather than gout?",
    "tophus | joint pain | morning stiffness",
    "C",
  ],
  ["What is seen in pseudogout but not in gout?", "tophus | joint pain | morning stiffness", "C"],
  [
    "A man may have gout or pseudogout. Which symptom would make pseudogout more likely?",
    "tophus | fever | morning stiffness",
    "C",
  ],
  ["Which feature distinguishes gout from pseudogout?", "tophus | joint pain | wheeze", "A"],
  ["Which finding favours gout over pseudogout?", "fever | joint pain | morning stiffness", /no option/],
])("what tells two diseases apart: %s", (stem, options, answer) => {
  expect(ask(stem, options)).toMatch(answer);
});

test.each([
  [
    "Gout and pseudogout both cause joint pain, joint swelling and fever. This patient also has a tophus. Which of the two is it?",
    "pseudogout | gout",
    "B",
  ],
  [
    "Which disease is caused by a mutation of ATP7B, is diagnosed by ceruloplasmin measurement and shows jaundice?",
    "Graves' disease | Wilson's disease | pheochromocytoma",
    "B",
  ],
  [
    "Doxycycline treats it, heart block may complicate it, and patients suffer from fatigue. Which illness is meant?",
    "brucellosis | syphilis | Lyme disease",
    "C",
  ],
  [
    "Name the condition whose risk factors include obesity, which is treated with naproxen and whose mechanism is purine overproduction?",
    "gout | pseudogout",
    "A",
  ],
  [
    "Of these illnesses, which has kidney stone among its complications and answers to colchicine as a treatment?",
    "asthma | gout | syphilis",
    "B",
  ],
  [
    "A man is jaundiced (jaundice). A known cause of the illness is ATP7B. Copper accumulation is the mechanism of the condition. What has he got?",
    "Graves' disease | Wilson's disease",
    "B",
  ],
])("facts of several kinds: %s", (stem, options, answer) => {
  expect(ask(stem, options)).toBe(answer);
});

test.each([
  [
    "Which statement about methotrexate and pregnancy is correct?",
    "Methotrexate is contraindicated in pregnancy. | Methotrexate is used to treat pregnancy. | Pregnancy is a side effect of methotrexate. | Methotrexate prevents pregnancy.",
    "A",
  ],
  [
    "How is colchicine related to diarrhea?",
    "it treats it | it can cause it as a side effect | it is contraindicated in it",
    "B",
  ],
  [
    "Which of these statements on gout and kidney stones is true?",
    "Kidney stones raise the risk of gout | Gout may be complicated by kidney stones | Kidney stone is a symptom of gout",
    "B",
  ],
  [
    "Which is false of gout and colchicine?",
    "Colchicine treats gout | Colchicine is contraindicated in gout",
    "B",
  ],
  [
    "Which statement about warfarin and aspirin is right?",
    "Warfarin belongs to the class of aspirin | Warfarin interacts with aspirin | Warfarin targets aspirin",
    /not clear|B/,
  ],
])("statements: %s", (stem, options, answer) => {
  expect(ask(stem, options)).toMatch(answer);
});

test.each([
  ["痛风最常用哪种药物治疗？", "肝素 | 秋水仙碱 | 异烟肼", "B"],
  ["下列哪项检查最有助于确诊痛风？", "肺功能检查 | 关节液分析 | 痰培养", "B"],
  ["一名34岁男性出现震颤、黄疸和言语不清，无发热。最可能的诊断是什么？", "哮喘 | 肝豆状核变性 | 痛风", "B"],
  ["患者，女，28岁，因震颤、黄疸、乏力就诊。其发病机制是：", "铜蓄积 | 自身免疫", "A"],
  ["肺结核的病原体是什么？", "结核分枝杆菌 | 梅毒螺旋体", "A"],
  ["痛风可能的并发症是哪一项？", "肾结石 | 肝硬化 | 气胸", "A"],
  ["秋水仙碱的常见不良反应是？", "腹泻 | 荨麻疹", "A"],
  ["妊娠合并布鲁氏菌病时应避免使用哪种药物？", "多西环素 | 利福平", "A"],
  ["下列哪项不是痛风的危险因素？", "肥胖 | 使用利尿剂 | 尘螨接触 | 高肉饮食", "C"],
  ["患者男性，50岁，主诉：震颤、黄疸、言语不清6个月。该病以下列哪项为并发症？", "肾结石 | 肝硬化", "B"],
  ["除下列哪项外，均为痛风的危险因素？", "肥胖 | 使用利尿剂 | 尘螨接触 | 高肉饮食", "C"],
  ["妊娠患者患布鲁氏菌病，下列哪种治疗药物并非禁忌？", "多西环素 | 利福平", "B"],
  ["某病由结核分枝杆菌引起，可用异烟肼治疗，且可有发热。该病是？", "梅毒 | 肺结核 | 痛风", "B"],
])("Chinese: %s", (stem, options, answer) => {
  expect(ask(stem, options)).toBe(answer);
});

test("kin count: a drug that treats, told from the other end, and what a subtype may have", () => {
  expect(ask("Which drug is used in rheumatoid arthritis?", "hydroxychloroquine | heparin")).toBe("A");
  expect(ask("Which complication has rheumatoid arthritis?", "scleritis | splenic rupture")).toMatch(
    /may fit/,
  );
  expect(
    ask(
      "Which of the following is NOT a complication of rheumatoid arthritis?",
      "scleritis | splenic rupture | gout",
    ),
  ).toBe("C");
});

test("it is silent when symptoms fit several diseases, options fit together, or nothing is known", () => {
  expect(ask("He has fever and joint pain. The diagnosis?", "gout | brucellosis")).toMatch(/fits 3 diseases/);
  expect(ask("Which drug treats gout?", "colchicine | naproxen")).toMatch(/2 options/);
  expect(ask("Which drug treats gout?", "colchicine | Colchicine")).toMatch(/2 options/);
  expect(ask("Which drug treats gout?", "heparin | isoniazid")).toMatch(/no option/);
  expect(ask("Which drug treats snoring?", "heparin | isoniazid")).toMatch(/of whom/);
  expect(ask("How old is the patient?", "gout | asthma")).toMatch(/asked/);
  expect(ask("A man has fever and no joint pain. Which drug helps him?", "isoniazid | doxycycline")).toMatch(
    /fits \d/,
  );
});

test("as a sampler it replies in the required form and in order", async () => {
  const prompt = "Which drug treats gout?\nA. heparin\nB. colchicine";
  const request = { maxTokens: 10, temperature: 0, seed: 1 };
  const replies = await graphValidator(graph).answer([
    { id: "1", prompt, ...request },
    { id: "2", prompt: "What?\nA. gout", ...request },
  ]);
  expect(replies.map((reply) => reply.id)).toEqual(["1", "2"]);
  expect(replies[0]!.text).toMatch(/<answer>B<\/answer>$/);
  expect(replies[1]!.text.startsWith(abstention)).toBe(true);
});
