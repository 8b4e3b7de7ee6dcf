/**
 * Runs the rules over a text and settles where they overlap.
 *
 * Invariant: what is returned is in order and apart. Of two findings that overlap the longer one gives the class,
 * and a part of the shorter that sticks out is covered too: nothing that any rule found stays.
 */
import { foldWidth } from "../../verify/text.ts";
import { nameRuns, type Run } from "./name-shape.ts";
import type { PhiClass, Span } from "./rule.ts";
import { rules } from "./rules.ts";

export interface Found extends Span {
  readonly class: PhiClass;
  readonly rule: string;
}

const placeholders = /\[(?:[A-Z]+|[\u4e00-\u9fff]+) \d+\]/g;
const latin = /[A-Za-z0-9]/;
const han = /[\u4e00-\u9fff]/;

/** What the rules find in a text; `personal` tells that it is about one person and not about a study of many. */
export function findIn(text: string, personal: boolean): readonly Found[] {
  const folded = foldWidth(text);
  const hasHan = han.test(text);
  const hasLatin = latin.test(folded);
  let known: readonly Run[] | undefined;
  const runs = (): readonly Run[] => {
    known ??= nameRuns(folded);
    return known;
  };
  const all: Found[] = [];
  for (const rule of rules) {
    if (rule.language === "zh" ? !hasHan : rule.language === "en" && !hasLatin) continue;
    if (rule.personal === true && !personal) continue;
    if (rule.needs !== undefined && !rule.needs.test(folded)) continue;
    for (const span of rule.find(folded, runs)) all.push({ ...span, class: rule.class, rule: rule.name });
  }
  if (all.length === 0) return all;
  const taken = [...folded.matchAll(placeholders)].map(({ index, 0: { length } }) => [index, index + length]);
  return apart(
    all.filter(({ start, end }) => taken.every(([from = 0, to = 0]) => end <= from || start >= to)),
  );
}

/** Overlapping findings made one; the longest gives class and rule, the first of equals wins. */
export function apart(found: readonly Found[]): readonly Found[] {
  const sorted = [...found].sort((a, b) => a.start - b.start);
  const out: Found[] = [];
  for (const one of sorted) {
    const last = out.at(-1);
    if (last === undefined || one.start >= last.end) {
      out.push(one);
      continue;
    }
    const winner = one.end - one.start > last.end - last.start ? one : last;
    const end = Math.max(last.end, one.end);
    const { becomes, ...rest } = winner;
    const covers = winner.start === last.start && winner.end === end;
    out[out.length - 1] = {
      ...rest,
      start: last.start,
      end,
      ...(covers && becomes !== undefined ? { becomes } : {}),
    };
  }
  return out;
}

const many =
  /\b(?:patients|participants|subjects|cohort|study|studies|trials?|survey|retrospective(?:ly)?|prospective(?:ly)?|consecutive|meta-analysis|respondents|questionnaires?|database|registry|populations?|randomi[sz]ed|controls?|hospitals|centers|centres|residents|physicians|students|specimens|samples|rats|mice|individuals|frequency|women|men|children|infants|adults|people|data|cases|groups?|analysis|analy[sz]ed|results|objectives?|methods)\b/gi;
const surely =
  /\b\d{1,3}[- ]?(?:years?|yrs?|months?|weeks?|days?)[- ]old (?:[a-z-]+ ){0,3}(?:man|woman|boy|girl|male|female|patient|child|infant|lady|gentleman)\b|\b\d{1,3}[- ]?y\/?o\b|\b(?:Mr|Mrs|Ms|Dr)\.? [A-Z]|\bpatient:|\bMRN\b|\bDOB\b|\bSSN\b|\bI am\b|\b[Mm]y\b|患者|病人|患儿/;
const perhaps =
  /\b(?:the patient|this patient|patient's|his|her|he|she|(?:a|an|our|one) patient|pt|\d{1,3}[- ]years?[- ]old)\b/i;

/** Whether a text tells of a study or a group and of no single person: its dates and places are nobody's. */
export function tellsOfMany(text: string): boolean {
  if (surely.test(text)) return false;
  const enough = perhaps.test(text) ? 4 : 2;
  const words = new Set<string>();
  for (const [word] of text.matchAll(many)) {
    words.add(word.toLowerCase());
    if (words.size === enough) return true;
  }
  return false;
}
