/**
 * Chinese names inside a sentence, lists of them, and what is said with each predicate: the options of "relation"
 * questions and the facts that a stem tells about a disease without its name.
 *
 * Invariant: a phrase says what the predicate means and no more; a name stands in it as its label has it.
 */
import type { Random } from "../../base/random.ts";
import type { Entity } from "../../records/entity.ts";
import type { Predicate } from "../../records/relation.ts";
import type { Told } from "./told.ts";

/** The name of an entity inside a sentence of a language, without the bracket that tells it from its namesakes. */
export function nameIn(entity: Pick<Entity, "labels">, language: string): string | undefined {
  const label = entity.labels?.[language];
  return label?.replace(/\s*(?:（[^（）]*）|\([^()]*\))\s*$/u, "") || label;
}

/** "甲", "甲和乙", "甲、乙和丙"; or only with 、. */
export function listZh(names: readonly { readonly text: string }[], join: "和" | "、" | "或" = "和"): string {
  const texts = names.map(({ text }) => text);
  return texts.length <= 1 ? (texts[0] ?? "") : `${texts.slice(0, -1).join("、")}${join}${texts.at(-1)}`;
}

/** What is said of the head, "{h}", and the tail, "{t}". */
const statements: Readonly<Record<Predicate, string>> = {
  HAS_SYMPTOM: "{h}的症状包括{t}",
  HAS_FINDING: "{h}的检查所见包括{t}",
  DIAGNOSED_BY: "{h}可借助{t}诊断",
  HAS_MECHANISM: "{h}的发病机制涉及{t}",
  CAUSED_BY: "{h}可由{t}引起",
  HAS_RISK_FACTOR: "{h}的危险因素包括{t}",
  HAS_COMPLICATION: "{h}的并发症包括{t}",
  DIFFERENTIAL_DIAGNOSIS: "{h}需与{t}相鉴别",
  PREVENTED_BY: "{h}可通过{t}预防",
  TREATED_WITH: "{h}可用{t}治疗",
  BELONGS_TO_SPECIALTY: "{h}属于{t}的诊疗范围",
  SUBTYPE_OF: "{h}是{t}的一种类型",
  AFFECTS_ANATOMY: "{h}可累及{t}",
  PATHOGEN_OF: "{h}是引起{t}的病原体",
  MEMBER_OF_CLASS: "{h}属于{t}",
  TREATS: "{h}可用于治疗{t}",
  HAS_SIDE_EFFECT: "{h}的不良反应包括{t}",
  CONTRAINDICATED_IN: "{h}的禁忌证包括{t}",
  INTERACTS_WITH: "{h}与{t}存在药物相互作用",
  ACTS_BY: "{h}通过{t}发挥作用",
  TARGETS: "{h}的作用靶点包括{t}",
  METABOLISED_BY: "{h}经{t}代谢",
  PART_OF: "{h}是{t}的一部分",
  SUPPLIED_BY: "{h}由{t}供血",
  DRAINED_BY: "{h}经{t}回流",
  INNERVATED_BY: "{h}由{t}支配",
  DEVELOPS_FROM: "{h}由{t}发育而来",
};

/** The statement that a predicate holds, as an option: "华法林的禁忌证包括妊娠". */
export function relationPhraseZh(
  predicate: Predicate,
  told: { readonly head: string; readonly tail: string },
): string {
  return statements[predicate].replace("{h}", () => told.head).replace("{t}", () => told.tail);
}

type Fact = Told["facts"][number];

/** What is said of the disease in a clause whose subject is "哪种疾病" or "该病"; "#" stands for the entity. */
const clauses: Readonly<Partial<Record<Predicate, readonly string[]>>> = {
  HAS_SYMPTOM: ["可表现为#", "可出现#"],
  HAS_FINDING: ["检查可见#", "检查可发现#"],
  DIAGNOSED_BY: ["可借助#协助诊断", "诊断时可采用#"],
  HAS_MECHANISM: ["发病机制涉及#", "在发病机制上与#有关"],
  CAUSED_BY: ["可由#引起", "已知病因包括#"],
  HAS_RISK_FACTOR: ["危险因素包括#", "以#为危险因素"],
  HAS_COMPLICATION: ["可并发#", "可能的并发症包括#"],
  DIFFERENTIAL_DIAGNOSIS: ["需与#相鉴别", "应注意与#鉴别"],
  PREVENTED_BY: ["可通过#预防", "预防措施包括#"],
  TREATED_WITH: ["可用#治疗", "治疗方法包括#"],
  BELONGS_TO_SPECIALTY: ["属于#的诊疗范围"],
  SUBTYPE_OF: ["是#的一种类型"],
  AFFECTS_ANATOMY: ["可累及#"],
};

/** A fact as a clause without its subject. */
export function factClauseZh({ predicate, entity }: Fact, random: Random): string {
  return random.pick(clauses[predicate] ?? ["与#有关"]).replace("#", () => entity.text);
}

/** A fact as a sentence of a vignette. */
export function factSentenceZh(fact: Fact, random: Random): string {
  if (fact.predicate === "HAS_FINDING")
    return `${random.pick(["进一步检查发现", "检查结果提示", "相关检查可见"])}${fact.entity.text}。`;
  return `${random.pick(["该病", "该疾病", "所患疾病"])}${factClauseZh(fact, random)}。`;
}
