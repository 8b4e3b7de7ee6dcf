/**
 * Claims in Chinese, by the commonest wordings only: the words between two names stand as they are, and a denial is
 * one of a few characters in a fixed place (the group "n").
 */
import type { KindName } from "./claims-kinds.ts";
import type { Mention, Saying } from "./claims-read.ts";

const A = "\\s*@(?<a>\\d+)\\s*";
const B = "\\s*@(?<b>\\d+)\\s*";
const no = "(?<n>不(?:会|能|可以|可|应|是)?|并不|并非|不是|没有|从不|无)?";
const can = "(?:可以|可能|可|能够|能|会|常|通常|主要|一般|应|需)*";

const rows: readonly (readonly [KindName, string])[] = [
  ["contra", `${A}${no}(?:在)?(?:禁用于|忌用于)${B}`],
  ["contra", `${B}(?:患者|期|期间|病人)*${no}(?:应|须)?(?:禁用|忌用|避免使用)${A}`],
  ["contra", `${B}${no}是${A}的禁忌`],
  ["safe", `${A}(?:在|对|用于)${B}(?:患者|期|期间|中|时|病人)*${no}(?:是)?(?:安全|可以使用|可用)`],
  ["treat", `${A}${can}${no}${can}(?:用|使用|应用|采用|以|选用)${B}(?:来|进行)?(?:治疗)?`],
  ["treat", `${B}${can}${no}${can}(?:用于)?(?:治疗)${A}`],
  ["treat", `${A}的?(?:治疗|首选药物?|治疗药物?)(?:药物)?${no}(?:是|为|包括|有)${B}`],
  ["effect", `${B}${no}(?:是|为)?${A}的(?:常见)?(?:副作用|不良反应)`],
  ["effect", `${A}的(?:常见)?(?:副作用|不良反应)${no}(?:是|为|包括|有)${B}`],
  ["test", `${A}${can}${no}${can}(?:通过|由|靠|依靠|用|经)${B}(?:来)?(?:确诊|诊断|证实)`],
  ["test", `${B}${can}${no}${can}(?:用于)?(?:确诊|诊断|证实)${A}`],
  ["cause", `${B}${can}${no}${can}(?:是)?(?:由|因)${A}(?:引起|所致|导致|造成)`],
  ["cause", `${A}${can}${no}${can}(?:引起|导致|造成|诱发)${B}`],
  ["feature", `${B}${no}(?:是|为)?${A}的?(?:常见|典型|主要)*的?(?:症状|表现|体征|特征)`],
  ["feature", `${A}的?(?:常见|典型|主要)?的?(?:症状|表现|体征|特征)${no}(?:是|为|包括|有)${B}`],
  ["feature", `${A}(?:患者)?${can}${no}${can}(?:表现为|出现|伴有|有)${B}`],
  ["member", `${A}${no}(?:属于|是一种|是)${B}(?:类|类药物|药|药物)?(?:$|[,.;，。；])`],
];

const patterns = rows.map(([kind, source]) => [kind, new RegExp(source, "gu")] as const);

/** What a masked Chinese sentence says of its names. */
export function chineseClaims(masked: string, own: readonly Mention[]): Saying[] {
  const taken = new Set<string>();
  return patterns.flatMap(([kind, pattern]) =>
    [...masked.matchAll(pattern)].flatMap((match): Saying[] => {
      const { a, b, n } = match.groups as { a: string; b: string; n?: string };
      const [first, second] = [own[Number(a)], own[Number(b)]];
      const key = [a, b].sort().join(" ");
      if (first === undefined || second === undefined || taken.has(key)) return [];
      taken.add(key);
      const isQualified = /仅|只|单独|一定|总是|首选/.test(match[0]) && n !== undefined;
      const shared = { isHedged: /可能|也许|或许/.test(masked), isQualified, isHallmark: false };
      return [{ kind, first: [first], second: [second], isDenied: n !== undefined, ...shared }];
    }),
  );
}
