/** Conclusions against the text before them, by text and by letter, in English and Chinese. */
import { expect, test } from "vitest";
import { checkConsistency } from "./consistency.ts";

const letters = "ABCD";
const asked = (stem: string, options: string, language: "en" | "zh" = "en") => ({
  stem,
  language,
  options: Object.fromEntries(options.split(" | ").map((text, at) => [letters[at]!, text])),
});
const disease = asked("Which disease is it?", "gout | pseudogout | rheumatoid arthritis | tuberculosis");
const drug = asked("Which drug treats this disease?", "isoniazid | colchicine | warfarin | metformin");
const exception = asked(
  "All of the following cause cough EXCEPT?",
  "lisinopril | asthma | losartan | tuberculosis",
);
const chinese = asked("最可能的诊断是？", "痛风 | 肺结核 | 哮喘 | 狼疮", "zh");
const questions = { disease, drug, exception, chinese };

type Row = readonly [keyof typeof questions, string, string];

const follows: readonly Row[] = [
  ["disease", "A", "The findings suggest gout. Pseudogout lacks tophi, so it is gout."],
  [
    "disease",
    "A",
    "Pseudogout is possible. Tuberculosis can be excluded. The crystals rule out pseudogout. That leaves gout.",
  ],
  [
    "disease",
    "C",
    "Option A is unlikely. Option B is excluded by the crystals. Option D does not fit. So the answer is option C.",
  ],
  [
    "disease",
    "A",
    "At first I dismissed gout as unlikely. However, the tophus changes that: gout explains it all. So gout it is.",
  ],
  ["disease", "A", "Everything but gout has been excluded."],
  [
    "disease",
    "A",
    "Could this be tuberculosis? There is no cough. Could it be pseudogout? The crystals say no. This is gout, and the answer is (A).",
  ],
  [
    "disease",
    "A",
    "We cannot rule out gout yet. Tuberculosis lacks tophi. The most likely diagnosis is gout.",
  ],
  [
    "disease",
    "B",
    "Gout is more common, but the rhomboid crystals settle it in favour of pseudogout. Gout is out.",
  ],
  ["drug", "B", "The findings suggest gout. Gout is treated with colchicine."],
  [
    "drug",
    "A",
    "Tuberculosis is treated with isoniazid. Warfarin, metformin and colchicine are for other diseases.",
  ],
  [
    "drug",
    "C",
    "The clot calls for an anticoagulant. Isoniazid and metformin have nothing to do with clots. Final answer: warfarin.",
  ],
  ["drug", "D", "The patient is obese and drinks a lot."],
  [
    "exception",
    "C",
    "Lisinopril causes cough. Asthma causes cough. Losartan does not cause cough, so it is the exception.",
  ],
  ["chinese", "A", "关节痛提示痛风。肺结核可排除。故选A。"],
];

test.each(follows)("follows (%s, %s): %s", (name, letter, text) => {
  const [check, ...rest] = checkConsistency({ text, question: questions[name], letters: [letter] });
  expect(rest).toEqual([]);
  expect(check).toMatchObject({ name: "consistency", passed: true });
});

const contradicts: readonly Row[] = [
  ["disease", "B", "The findings suggest gout. Pseudogout lacks tophi, so it is gout."],
  [
    "disease",
    "B",
    "The tophus points to gout. Pseudogout is ruled out by the crystals. Therefore the answer is pseudogout.",
  ],
  ["disease", "D", "Rheumatoid arthritis is less likely. Tuberculosis can be excluded. That leaves gout."],
  ["disease", "A", "Options A, B and D are ruled out. Only C remains."],
  ["disease", "D", "Joint pain with tophi is consistent with gout. The correct option is A."],
  ["disease", "D", "All of this argues against tuberculosis. I would still go with tuberculosis."],
  ["disease", "B", "Pseudogout does not explain the tophi. Gout does. I choose pseudogout."],
  [
    "disease",
    "A",
    "The tophi initially suggested gout, but the crystals exclude gout. Thus gout is the diagnosis.",
  ],
  ["drug", "A", "The findings suggest gout. Gout is treated with colchicine."],
  ["drug", "A", "The findings suggest gout. Gout is treated with colchicine. So the answer is isoniazid."],
  [
    "drug",
    "C",
    "Because of the crystals this is gout, and colchicine is the drug for it. The answer is therefore warfarin.",
  ],
  [
    "exception",
    "A",
    "Lisinopril can be ruled out, as it causes cough. Losartan does not cause cough. The answer is losartan.",
  ],
  ["chinese", "B", "关节痛提示痛风。肺结核可排除。故选B。"],
];

test.each(contradicts)("does not follow (%s, %s): %s", (name, letter, text) => {
  const [check] = checkConsistency({ text, question: questions[name], letters: [letter] });
  expect(check).toMatchObject({ name: "consistency", passed: false });
  expect(text.slice(...check!.span!)).toBe(check!.evidence);
});

const wholeTexts = [
  [
    "Which drug reverses heparin?",
    "vitamin K | protamine | idarucizumab | tranexamic acid",
    "B",
    "Heparin's antidote. Vitamin K reverses warfarin, idarucizumab dabigatran. Tranexamic acid is an antifibrinolytic and neutralises nothing. That leaves protamine, which binds heparin directly. So {}.",
  ],
  [
    "How many mL of a 20 mg/mL solution are needed for 50 mg?",
    "0.4 mL | 1 mL | 2.5 mL | 10 mL",
    "C",
    "Volume = dose / concentration = 50 / 20 = 2.5 mL. The inverse would be 0.4, an error that is easy to make. {}.",
  ],
  [
    "Which nerve is damaged in wrist drop?",
    "median | ulnar | radial | axillary",
    "C",
    "Wrist drop is a loss of the extensors. The median nerve flexes the wrist and thumb, the ulnar moves the small hand muscles, the axillary lifts the arm at the shoulder. The extensors are supplied by the radial nerve, so a humeral shaft fracture is what I'd ask about. {}, most probably.",
  ],
  [
    "女性，65岁，绝经后阴道出血。首选检查是什么？",
    "宫颈涂片 | 子宫内膜活检 | 腹腔镜检查 | 血清激素测定",
    "B",
    "绝经后出血首先要排除子宫内膜癌。宫颈涂片只能筛查宫颈病变，血清激素测定帮助不大，腹腔镜看不到内膜。最直接的办法是取子宫内膜活检。故选{}。",
  ],
] as const;

test.each(wholeTexts)(
  "the letter must be the one that the text argues for: %s",
  (stem, options, letter, text) => {
    const question = asked(stem, options, /\p{Script=Han}/u.test(stem) ? "zh" : "en");
    const passes = (said: string, answered: string): boolean =>
      checkConsistency({ text: text.replace("{}", said), question, letters: [answered] })[0]!.passed;
    expect(passes(letter, letter)).toBe(true);
    for (const other of Object.keys(question.options).filter((one) => one !== letter)) {
      expect([other, passes(letter, other)]).toEqual([other, false]);
      expect([other, passes(other, other)]).toEqual([other, false]);
    }
  },
);

test.each(["vitamin A", "hepatitis A", "A fever"])("%s is no letter of an answer", (words) => {
  const text = `The tophus points to gout. Gout is the answer, and ${words} is another matter.`;
  expect(checkConsistency({ text, question: disease, letters: ["A"] })[0]!.passed).toBe(true);
  expect(checkConsistency({ text, question: disease, letters: ["B"] })[0]!.passed).toBe(false);
});

test("a text that denies what it says fails, whoever is answered; a mended one does not", () => {
  const look = (text: string) => checkConsistency({ text, question: disease, letters: [] });
  const text = "Gout has tophi. The joint is red. Gout lacks tophi.";
  expect(look(text)).toEqual([
    {
      name: "consistency",
      passed: false,
      found: '"Gout has tophi" and "Gout lacks tophi" deny each other',
      evidence: "Gout has tophi",
      span: [text.lastIndexOf("Gout"), text.length - 1],
    },
  ]);
  expect(look("Gout is treated with colchicine. Colchicine does not treat gout.")[0]!.passed).toBe(false);
  expect(look("Gout lacks tophi. Wait, that is wrong. Gout has tophi.")[0]!.passed).toBe(true);
  expect(look("Gout has tophi. Pseudogout lacks tophi.")[0]!.passed).toBe(true);
  expect(look("Gout has fever in some. Gout lacks fever early.")[0]!.passed).toBe(true);
});

test("a text that names no option has nothing to hold the answer against", () => {
  const [check] = checkConsistency({ text: "A red toe at night.", question: disease, letters: ["A"] });
  expect(check).toEqual({ name: "consistency", passed: true, found: "no option is named" });
});
