/** Options that may be shown in another order, and those that must stay. */
import { expect, test } from "vitest";
import { seededRandom } from "../../base/random.ts";
import { mayReorder, orderFor } from "./option-order.ts";

const stem = "Which drug treats gout?";
const plain = ["colchicine", "heparin", "warfarin"];

test.each([
  [["colchicine", "All of the above"]],
  [["colchicine", "None of these"]],
  [["colchicine", "all the above"]],
  [["colchicine", "Any of the other options"]],
  [["colchicine", "The above drugs together"]],
  [["colchicine", "heparin", "Both A and B"]],
  [["colchicine", "heparin", "A and B only"]],
  [["colchicine", "heparin", "warfarin", "A, B and C"]],
  [["colchicine", "heparin", "neither (A) nor (B)"]],
  [["colchicine", "No drug; all answers are wrong", "More than one of these"]],
  [["colchicine", "None is correct"]],
  [["秋水仙碱", "肝素", "以上都是"]],
  [["秋水仙碱", "肝素", "A和B"]],
  [["秋水仙碱", "肝素", "Ａ、Ｂ均正确"]],
  [["5 mg", "10 mg", "20 mg", "40 mg"]],
  [["< 1 %", "1–5 %", "5–10 %", "> 10 %"]],
  [["90,000", "9,000", "900"]],
  [["Stage I", "Stage II", "Stage III", "Stage IV"]],
  [["less than 2 years", "2 to 4 years", "over 4 years"]],
])("these stay in order: %j", (options) => {
  expect(mayReorder(stem, options)).toBe(false);
});

test.each([
  "Which of the options (A) to (D) is best?",
  "Option B is often chosen. What is right?",
  "Unlike answer C, which drug helps?",
  "Which is safer than the first option?",
  "下列选项A为何错误？",
])("a stem that names options keeps their order: %s", (text) => {
  expect(mayReorder(text, plain)).toBe(false);
});

test.each([
  [plain],
  [["yes", "no", "maybe"]],
  [["hepatitis A", "hepatitis B", "hepatitis C"]],
  [["vitamin D deficiency", "an abscess above the knee", "all-trans retinoic acid"]],
  [["20 mg", "5 mg", "40 mg"]],
  [["factor VIII", "factor IX", "protein C"]],
  [["5-fluorouracil", "6-mercaptopurine", "aspirin"]],
])("these may be shuffled: %j", (options) => {
  expect(mayReorder("A 45-year-old man with group A streptococcus: which is it?", options)).toBe(true);
});

test("an order is drawn from the seed, and a fixed one is the stored one", () => {
  const stored = ["A", "B", "C", "D", "E"];
  const random = seededRandom(1, "order");
  const drawn = Array.from({ length: 20 }, () => orderFor(stored, false, random).join(""));
  expect(new Set(drawn).size).toBeGreaterThan(10);
  expect(drawn.every((order) => [...order].sort().join("") === "ABCDE")).toBe(true);
  expect(orderFor(stored, true, random)).toEqual(stored);
});
