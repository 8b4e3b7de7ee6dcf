/**
 * What a question asks for, by its words: a rewording must ask for the same, from the same side (which one is NOT, which
 * one is contraindicated, which disease is meant of two).
 *
 * Invariant: what is not recognised counts as another question; a good rewording lost costs less than a wrong one kept.
 */
import type { Ask, QuestionType } from "./types.ts";
import type { Language } from "./wording/words.ts";

type Patterns = Readonly<Record<Language, RegExp>>;

/** What the question of an ask must hold. */
const own: Readonly<Record<Ask, Patterns>> = {
  test: { en: /diagnos|investigat|\btests?\b|work-?up|imaging|arrange/i, zh: /检查|诊断|试验/u },
  finding: {
    en: /finding|found|reveal|show|seen|observ|detect|expected|points? to/i,
    zh: /发现|所见|改变|可见|表现|见到/u,
  },
  symptom: { en: /symptom|feature|manifest|\bsign|present|picture|occur/i, zh: /表现|症状|体征|见于|出现/u },
  mechanism: {
    en: /mechanism|process|pathogen|pathophysiolog|explain|account|effect|action|\bacts?\b/i,
    zh: /机制|病理生理|药理|疗效|解释/u,
  },
  drug: {
    en: /(?=.*(?:drug|medic|agent|treat|therap))(?=.*(?:treat|therap|manag|prescri|given|use|place|option|appropriate|consider|suit))/i,
    zh: /(?=.*药)(?=.*(?:治疗|用|适合))/u,
  },
  cause: {
    en: /caus|a?etiolog|responsible|behind|origin|implicated|due to/i,
    zh: /病因|引起|导致|有关|病原/u,
  },
  complication: {
    en: /complicat|consequence|lead to|result|develop|anticipat|arise/i,
    zh: /并发|后果/u,
  },
  riskFactor: {
    en: /risk|predispos|more likely|favou?rs?\b|suscept/i,
    zh: /危险因素|风险|易发|易患|更易/u,
  },
  prevention: { en: /prevent|lower|reduc|protect/i, zh: /预防|降低|避免发生/u },
  sideEffect: { en: /adverse|side effect|caus|result|attributed|unwanted/i, zh: /不良反应|副作用|引起/u },
  drugClass: { en: /class|group|categor/i, zh: /类/u },
  target: { en: /target|\bacts?\b|acted on|action|molecul/i, zh: /靶点|靶标|作用于/u },
  classEffect: { en: /class|member/i, zh: /类/u },
  avoid: { en: /contraindicat|avoid|not|rule[sd]? out/i, zh: /禁|避免|不宜|不应|不能|不可/u },
  disease: {
    en: /diagnos|disease|condition|disorder|illness|explain|account|suspect|suggest|\bhave\b|\bis it\b/i,
    zh: /诊断|病|解释/u,
  },
  discriminator: {
    en: /feature|finding|symptom|sign|favou?r|suggest|distinguish|tell|point|support|speak|present|picture|belong/i,
    zh: /支持|提示|见于|表现|区别|鉴别/u,
  },
  relation: {
    en: /statement|true|correct|relat|describ|right|appl|holds/i,
    zh: /正确|说法|叙述|描述|关系|特点/u,
  },
  use: { en: /indicat|treat|used|given|prescri/i, zh: /适应证|适应症|治疗|用于/u },
  member: { en: /belong|example|member|class|includ|fall/i, zh: /属于|包括|归入|代表/u },
  contraindication: {
    en: /contraindicat|avoid|rule[sd]? out|exclu|against/i,
    zh: /禁忌|禁用|不应|不宜|排除|避免/u,
  },
  enzyme: { en: /metaboli|break|broken/i, zh: /代谢/u },
};

/** Words that make it a question of another kind where neither the ask nor the stem has them. */
const telling: readonly (Patterns & { readonly of: readonly Ask[] })[] = [
  // No kind of question asks for an interaction.
  { of: [], en: /interact/i, zh: /相互作用/u },
  { of: ["contraindication", "avoid"], en: /contraindicat/i, zh: /禁忌|禁用/u },
  { of: ["sideEffect", "classEffect"], en: /adverse|side effect/i, zh: /不良反应|副作用/u },
  { of: ["riskFactor"], en: /risk factor|predispos/i, zh: /危险因素/u },
  { of: ["prevention"], en: /prevent/i, zh: /预防/u },
  { of: ["complication"], en: /complicat/i, zh: /并发/u },
  { of: ["enzyme"], en: /metaboli/i, zh: /代谢/u },
  { of: ["target"], en: /\btarget/i, zh: /靶点|靶标/u },
  { of: ["mechanism"], en: /mechanism/i, zh: /机制/u },
  { of: ["drugClass", "member", "classEffect"], en: /\bclass(?:es)?\b/i, zh: /哪一?类/u },
  { of: ["use"], en: /(?<!contra)indication/i, zh: /适应证|适应症/u },
  {
    of: ["cause", "disease", "complication", "sideEffect", "classEffect"],
    en: /\bcaus|responsible for|trigger|provok|worsen|aggravat|induc/i,
    zh: /引起|导致|诱发|加重/u,
  },
];

/** Words by which an exception is asked for. */
const exception: Patterns = {
  en: /\b(?:not|except|exception|no|never|excluding|least|other than|cannot)\b|n't\b/giu,
  zh: /除外|除了?|不包括|不属于|不是|并非|未|无|不(?!良|孕|宁|全|适|足)/gu,
};

/** Words that lead from the question back to the story. */
const ofStory =
  /(?:responsible for|(?:that|which) (?:causes?|explains?)|causing|behind|引起|导致)\s*(?:this|these|the|上述|该患者)\s*(?:presentation|symptoms?|picture|findings|condition|illness|表现|症状)/giu;

/** Words of what a condition does not rule out. */
const stillGiven: Patterns = {
  en: /\bnot\b[^.?]*\b(?:contraindicat|ruled out|excluded)|n't[^.?]*contraindicat|\bremains?\b|\bstill\b|\bsafe|\bsuitable\b|\boption\b/i,
  zh: /仍|并非禁|不属禁|并不禁|不禁|非禁|不因|不(?:是|属于)[^，。]*禁忌/u,
};

/** Why the reworded question asks for something else than the old one; undefined where it asks the same. */
export function otherQuestion(
  type: QuestionType,
  old: string,
  reworded: string,
  language: Language,
  whole: string,
): string | undefined {
  const { ask, form, condition, subjects } = type;
  if (!own[ask][language].test(reworded)) return "the question does not ask for the same";
  const bare = reworded.replaceAll(ofStory, "");
  for (const kind of telling) {
    const pattern = kind[language];
    // The facts of an intersection are told in the question itself.
    if (kind.of.includes(ask) || form === "intersection" || !pattern.test(bare) || pattern.test(whole))
      continue;
    if (!(kind.of.includes("cause") && subjects.includes("pathogen")))
      return "the question asks for something else";
  }
  if (condition !== undefined || ask === "contraindication") {
    const isTurned = stillGiven[language].test(reworded);
    return isTurned ? "what rules a drug out has changed sides" : undefined;
  }
  if (form === "discriminator") return undefined;
  const count = (text: string): number => [...text.matchAll(exception[language])].length;
  if (form === "except")
    return count(reworded) === 1 ? undefined : "the question no longer asks for the one exception";
  if (count(old) === 0 && count(reworded) > 0) return "the question is now one for an exception";
  return undefined;
}

const opposed: Patterns = {
  en: /(?:\bnot\s+(?:\w+\s+){0,3}|\bover\s+|\brather than\s+|\bfrom\s+|\binstead of\s+|\bagainst\s+|\babsent in\s+)(?:an?\s+|the\s+)?$/i,
  zh: /(?:不是|不见于|不支持|不提示|而非|并非|除外)$/u,
};

/** Whether two diseases that are told apart still stand on their sides; marks are those of `reword-negation.ts`. */
export function keepsSides(question: string, own: number, other: number, language: Language): boolean {
  const isOpposed = (number: number): boolean => {
    const name = `⟦${number}⟧`;
    for (let at = question.indexOf(name); at >= 0; at = question.indexOf(name, at + 1))
      if (opposed[language].test(question.slice(Math.max(0, at - 40), at))) return true;
    return false;
  };
  const supported =
    language === "zh"
      ? new RegExp(`(?:支持|提示|见于|符合|是)⟦${own}⟧`, "u")
      : new RegExp(
          `(?:favou?rs?|suggests?|points? to|supports?|speaks? for|indicates?|feature of|picture of|symptom of|typical of|known in|expected in|presence in)\\s+(?:an?\\s+|the\\s+)?⟦${own}⟧`,
          "iu",
        );
  const wrong =
    language === "zh"
      ? new RegExp(`(?<!不)(?:支持|提示|见于|符合)⟦${other}⟧`, "u")
      : new RegExp(
          `(?<!not (?:\\w+ )?)(?:favou?rs?|suggests?|points? to|supports?|speaks? for|indicates?)\\s+(?:an?\\s+|the\\s+)?⟦${other}⟧`,
          "iu",
        );
  if (wrong.test(question) || isOpposed(own)) return false;
  return isOpposed(other) || supported.test(question);
}
