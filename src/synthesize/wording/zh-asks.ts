/**
 * The last sentence of a Chinese stem, by what is asked, in the manner of licensing examinations: of drugs, classes and
 * pathogens, for exceptions, differences and relations; of diseases in `zh-asks-of-disease.ts`.
 *
 * "{d}" is the subject: its name, or words for a disease that is not named. "{h}" is the condition that the patient has
 * besides, "{o}" the disease that it is told apart from. Invariant: a sentence claims what the edge says and no more, and names no answer.
 */
import type { QuestionType } from "../types.ts";
import { asksFrom } from "./asks.ts";
import type { Asks } from "./asks-of-disease.ts";
import { ofDisease, ofPatient } from "./zh-asks-of-disease.ts";

const ofDrug: Asks = {
  use: [
    "{d}可用于治疗下列哪种疾病？",
    "下列哪种疾病可用{d}治疗？",
    "下列哪项是{d}的适应证？",
    "{d}的适应证包括下列哪项？",
    "下列疾病中，{d}可用于治疗的是哪一种？",
  ],
  drugClass: [
    "{d}属于下列哪类药物？",
    "下列药物类别中，包括{d}的是哪一类？",
    "从药理学分类看，{d}属于下列哪一类？",
    "下列哪项是{d}的药物类别？",
    "{d}应归入下列哪一类药物？",
  ],
  sideEffect: [
    "下列哪项是{d}的不良反应？",
    "{d}可引起下列哪项不良反应？",
    "使用{d}时，应注意下列哪项不良反应？",
    "下列不良反应中，与{d}有关的是哪一项？",
    "应用{d}前，应告知患者可能出现下列哪项不良反应？",
    "接受{d}治疗的患者可能出现下列哪项不良反应？",
  ],
  contraindication: [
    "下列哪项是{d}的禁忌证？",
    "{d}禁用于下列哪种情况？",
    "存在下列哪种情况时，不应使用{d}？",
    "使用{d}前，应首先排除下列哪种情况？",
    "下列情况中，禁用{d}的是哪一项？",
  ],
  target: [
    "{d}作用于下列哪个靶点？",
    "下列哪项是{d}的作用靶点？",
    "{d}的作用与下列哪个靶点有关？",
    "{d}针对下列哪个分子靶点？",
    "下列靶点中，受{d}作用的是哪一个？",
  ],
  mechanism: [
    "{d}的作用机制是下列哪一项？",
    "{d}通过下列哪项机制发挥作用？",
    "下列哪项可解释{d}的药理作用？",
    "{d}的疗效依赖于下列哪项机制？",
    "下列机制中，属于{d}作用机制的是哪一项？",
  ],
  enzyme: [
    "{d}在体内由下列哪项代谢？",
    "{d}经下列哪项代谢？",
    "下列哪项参与{d}的代谢？",
    "{d}的代谢依赖于下列哪项？",
    "下列选项中，负责代谢{d}的是哪一项？",
  ],
  classEffect: [
    "{d}所属类别的药物可引起下列哪项不良反应？",
    "下列哪项是{d}所属药物类别的已知不良反应？",
    "作为类效应，{d}可能引起下列哪项？",
    "与{d}同类的药物可引起下列哪项不良反应？",
    "下列不良反应中，属于{d}同类药物共有的是哪一项？",
  ],
};

const ofClass: Asks = {
  member: [
    "下列哪种药物属于{d}？",
    "{d}包括下列哪种药物？",
    "下列药物中，归入{d}的是哪一种？",
    "下列哪种药物是{d}的代表药物之一？",
    "按药理学分类，下列哪种药物属于{d}？",
  ],
};

const ofPathogen: Asks = {
  disease: [
    "{d}可引起下列哪种疾病？",
    "下列哪种疾病可由{d}引起？",
    "感染{d}可导致下列哪种疾病？",
    "下列疾病中，以{d}为病原体的是哪一种？",
    "标本中检出{d}时，应考虑下列哪种疾病？",
  ],
  drug: [
    "下列哪种药物可治疗由{d}引起的疾病？",
    "对{d}所致的疾病，可选用下列哪种药物？",
    "由{d}引起的疾病可用下列哪种药物治疗？",
    "下列药物中，用于治疗{d}所致疾病的是哪一种？",
    "{d}所致疾病的治疗药物包括下列哪一种？",
  ],
};

const exceptions: Asks = {
  symptom: [
    "下列哪项不是{d}的临床表现？",
    "下列均可见于{d}，除外哪一项？",
    "除下列哪项外，均为{d}的症状或体征？",
    "下列临床表现中，不属于{d}的是哪一项？",
    "关于{d}的临床表现，下列哪项不包括在内？",
  ],
  drug: [
    "下列哪种药物不用于治疗{d}？",
    "下列药物均可用于治疗{d}，除外哪一种？",
    "除下列哪种外，均为{d}的治疗药物？",
    "下列药物中，不属于{d}治疗药物的是哪一种？",
    "关于{d}的药物治疗，下列哪种不包括在内？",
  ],
  riskFactor: [
    "下列哪项不是{d}的危险因素？",
    "下列均为{d}的危险因素，除外哪一项？",
    "除下列哪项外，均可增加{d}的发病风险？",
    "下列因素中，不属于{d}危险因素的是哪一项？",
    "关于{d}的危险因素，下列哪项不包括在内？",
  ],
  complication: [
    "下列哪项不是{d}的并发症？",
    "下列均为{d}的并发症，除外哪一项？",
    "除下列哪项外，均可并发于{d}？",
    "下列选项中，不属于{d}并发症的是哪一项？",
    "关于{d}的并发症，下列哪项不包括在内？",
  ],
  sideEffect: [
    "下列哪项不是{d}的不良反应？",
    "下列均为{d}的不良反应，除外哪一项？",
    "除下列哪项外，均可由{d}引起？",
    "下列选项中，不属于{d}不良反应的是哪一项？",
    "关于{d}的不良反应，下列哪项不包括在内？",
  ],
};

const discriminator: readonly string[] = [
  "下列哪项见于{d}而不见于{o}？",
  "下列哪项表现支持{d}而不支持{o}？",
  "鉴别{d}与{o}时，下列哪项提示{d}？",
  "下列哪项是{d}的表现，而不是{o}的表现？",
  "需在{d}与{o}之间作出判断时，出现下列哪项更支持{d}？",
  "有助于将{d}与{o}相区别、且见于{d}的是下列哪项？",
];

/** The options are statements about the subject. */
const relation: readonly string[] = [
  "关于{d}，下列哪项说法正确？",
  "下列关于{d}的叙述，正确的是哪一项？",
  "下列哪项叙述符合{d}的特点？",
  "就{d}而言，下列哪项是正确的？",
  "对{d}的描述，下列哪项正确？",
];

/** Ways to ask what a type asks; after a vignette those that speak of its patient too. */
export function asksZh(type: QuestionType): readonly string[] {
  const asks = asksFrom(type, {
    ofDisease,
    ofDrug,
    ofClass,
    ofPathogen,
    exceptions,
    discriminator,
    relation,
  });
  if (type.told === "name") return asks;
  // A condition of the patient is told in the vignette.
  return type.condition || type.ask === "disease" ? patientAsksZh(type) : [...asks, ...patientAsksZh(type)];
}

/** Ways to ask at the end of a vignette that speaks of a patient; none for most. */
export function patientAsksZh(type: QuestionType): readonly string[] {
  return ofPatient[type.ask] ?? [];
}
