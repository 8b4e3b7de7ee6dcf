/**
 * Words that add something medical to a stem and that the graph may not know: a course, a degree, a side, a habit, a
 * complaint in everyday words, a word of medical shape. Told names are marks and do not count.
 */
import type { Marked } from "./reword-negation.ts";

const qualifiers =
  "acute chronic sudden gradual progressive severe mild moderate intermittent persistent recurrent bilateral unilateral " +
  "left right diffuse localized localised generalized generalised nocturnal painless painful productive bloody " +
  "elderly young pregnant adolescent newborn infant teenager hereditary congenital inherited familial occasional " +
  "worsening worsened marked significant massive tender swollen recent rapid slow abrupt insidious constant continuous " +
  "frequent rare previous prior longstanding lifelong daily weekly exertional resting fasting untreated advanced early " +
  "late terminal malignant benign infectious positive elevated raised reduced decreased increased enlarged abnormal";
const complaints =
  "pain ache fever cough swelling rash bleeding weakness numbness tingling nausea vomiting dizziness headache fatigue " +
  "tiredness weight itching sweating chills seizure smoker smoking smokes drinking alcohol surgery operation allergy " +
  "blood urine stool skin lesion mass lump tenderness infection cancer tumor tumour travel family history trauma injury " +
  "joint chest abdomen abdominal throat eye ear hand foot leg arm neck heart lung liver kidney muscle nerve pressure " +
  "pulse temperature drug medication tablets pregnancy pregnant menstrual diet exercise exposure";
const listed = new Set(`${qualifiers} ${complaints}`.split(" "));

/** Words that questions are made of. */
const plain = new Set("drug drugs medication medications history diagnosis prognosis".split(" "));

const medicalShape =
  /(?:itis|a?emia|osis|pathy|algia|uria|oma|megaly|pno?ea|rrho?ea|plasia|ectomy|plegia|paresis|penia|cytosis|philia|o?edema|trophy|mycin|cillin|azole|statin|mab|pril|sartan|olol|tinib|gliptin|parin|syndrome)s?$/u;

/** "MRI", "HLA-B", "B12"; not "NOT" and "EXCEPT". */
const abbreviation = /^(?!(?:NOT|EXCEPT|NO|LEAST)$)(?:.*\p{Lu}.*\p{Lu}|\p{L}+-?\d)/u;

const chinese =
  /急性|慢性|突发|突然|逐渐|进行性|严重|剧烈|轻度|中度|重度|间歇|持续|反复|双侧|单侧|左侧?|右侧?|弥漫|夜间|无痛|老年|青年|中年|孕|吸烟|饮酒|家族|近期|先天|遗传|加重|明显|显著|[痛炎瘤癌疹热肿咳吐泻血晕汗痒麻胀咯便尿骨肝肾肺心脑胃肠皮淋巴糖压]/gu;

/** The first word that the rewording adds and that may be a fact; undefined where there is none. */
export function addedWords(before: Marked, after: Marked): string | undefined {
  const [old, now] = [before, after].map(({ text }) => text.replaceAll(/⟦\d+⟧/gu, " ")) as [string, string];
  if (before.language === "zh") {
    const left = new Map<string, number>();
    for (const [word] of old.matchAll(chinese)) left.set(word, (left.get(word) ?? 0) + 1);
    for (const [word] of now.matchAll(chinese)) {
      const count = left.get(word) ?? 0;
      if (count === 0) return word;
      left.set(word, count - 1);
    }
    return undefined;
  }
  const wordsOf = (text: string): string[] => text.match(/[\p{L}\p{N}'’-]+/gu) ?? [];
  const stems = new Set(wordsOf(old).map((word) => stemOf(word.toLowerCase())));
  return wordsOf(now).find((written) => {
    const word = written.toLowerCase();
    if (plain.has(word) || stems.has(stemOf(word))) return false;
    return (
      listed.has(word) || listed.has(stemOf(word)) || medicalShape.test(word) || abbreviation.test(written)
    );
  });
}

/** "acutely" counts as "acute", "aches" as "ache". */
function stemOf(word: string): string {
  return word.replace(/(?:ly|s)$/u, "");
}
