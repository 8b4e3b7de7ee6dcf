/**
 * What an anonymisation rule is, and the classes that rules belong to (paper §3.1, "anonymisation").
 *
 * The classes are the 18 of HIPAA Safe Harbor, 45 CFR 164.514(b)(2), ages over 89 shown apart from the dates they
 * belong to (class 3), and those of Chinese records, which HIPAA does not know.
 * Invariant: a rule reads text whose widths are folded (`foldWidth`), where every position is that of the original.
 */
import type { Run } from "./name-shape.ts";

export const phiClasses = {
  name: { hipaa: 1, title: "names", label: "NAME", zh: "姓名" },
  place: { hipaa: 2, title: "places smaller than a state", label: "PLACE", zh: "地点" },
  date: { hipaa: 3, title: "parts of dates other than the year", label: "DATE", zh: "日期" },
  age: { hipaa: 3, title: "ages over 89", label: "AGE", zh: "年龄" },
  phone: { hipaa: 4, title: "telephone numbers", label: "PHONE", zh: "电话" },
  fax: { hipaa: 5, title: "fax numbers", label: "FAX", zh: "传真" },
  email: { hipaa: 6, title: "e-mail addresses", label: "EMAIL", zh: "邮箱" },
  ssn: { hipaa: 7, title: "social security numbers", label: "SSN", zh: "社会保障号" },
  record: { hipaa: 8, title: "medical record numbers", label: "RECORD", zh: "病历" },
  plan: { hipaa: 9, title: "health-plan beneficiary numbers", label: "PLAN", zh: "保险号" },
  account: { hipaa: 10, title: "account numbers", label: "ACCOUNT", zh: "账号" },
  licence: { hipaa: 11, title: "certificate and licence numbers", label: "LICENCE", zh: "证照号" },
  vehicle: { hipaa: 12, title: "vehicle identifiers and plates", label: "VEHICLE", zh: "车辆" },
  device: { hipaa: 13, title: "device identifiers and serial numbers", label: "DEVICE", zh: "设备号" },
  url: { hipaa: 14, title: "web addresses", label: "URL", zh: "网址" },
  ip: { hipaa: 15, title: "IP addresses", label: "IP", zh: "网络地址" },
  biometric: { hipaa: 16, title: "biometric identifiers", label: "BIOMETRIC", zh: "生物特征" },
  picture: { hipaa: 17, title: "full-face and comparable pictures", label: "PICTURE", zh: "照片" },
  code: { hipaa: 18, title: "other unique numbers and codes", label: "CODE", zh: "编号" },
  zhName: { title: "Chinese names", label: "NAME", zh: "姓名" },
  zhIdentity: { title: "Chinese resident identity numbers", label: "ID", zh: "身份证" },
  zhPhone: { title: "Chinese telephone numbers", label: "PHONE", zh: "电话" },
  zhRecord: { title: "Chinese hospital and record numbers", label: "RECORD", zh: "病历" },
  zhPlace: { title: "Chinese addresses and hospitals", label: "PLACE", zh: "地点" },
  zhDate: { title: "Chinese dates", label: "DATE", zh: "日期" },
  zhAge: { title: "Chinese ages over 89", label: "AGE", zh: "年龄" },
} as const satisfies Readonly<
  Record<
    string,
    { readonly hipaa?: number; readonly title: string; readonly label: string; readonly zh: string }
  >
>;

export type PhiClass = keyof typeof phiClasses;

/** A place in a text, in UTF-16 code units; `becomes` is what it is generalised to, a placeholder when absent. */
export interface Span {
  readonly start: number;
  readonly end: number;
  readonly becomes?: string;
}

export interface Rule {
  readonly class: PhiClass;
  readonly name: string;
  /** The script whose presence in a text makes the rule worth a look. */
  readonly language: "en" | "zh" | "any";
  /** Whether the rule is meant only for text about one person, as against a study of many (dates, places). */
  readonly personal?: boolean;
  /** What a text must hold for the rule to be worth running; for speed only. */
  readonly needs?: RegExp;
  readonly find: (text: string, runs: () => readonly Run[]) => readonly Span[];
}

/** What was found where, without the value. */
export interface Finding {
  readonly class: PhiClass;
  readonly rule: string;
  /** "stem", "context", "option A" …, "evidence", or "text". */
  readonly field: string;
  /** Length of the value in UTF-16 code units. */
  readonly length: number;
}

/**
 * The spans of a global pattern. The value is group 1, which must end where the match ends (what follows is looked
 * ahead at), or the whole match where there is no group. `accept` has the last word; a string is what it becomes.
 */
export function matches(
  pattern: RegExp,
  accept?: (value: string, match: RegExpExecArray, text: string) => boolean | string,
): (text: string) => readonly Span[] {
  return (text) => {
    const spans: Span[] = [];
    pattern.lastIndex = 0;
    for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
      const value = match[1] ?? match[0];
      const end = match.index + match[0].length;
      if (match[0] === "") pattern.lastIndex++;
      const verdict = accept === undefined || accept(value, match, text);
      if (verdict === false || value === "") continue;
      const start = end - value.length;
      spans.push(typeof verdict === "string" ? { start, end, becomes: verdict } : { start, end });
    }
    return spans;
  };
}
