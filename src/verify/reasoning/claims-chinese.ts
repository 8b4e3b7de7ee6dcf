/**
 * Claims in Chinese, by the commonest wordings only: the words between two names stand as they are, and a denial is
 * one of a few characters in a fixed place (the group "n").
 */
import type { KindName } from "./claims-kinds.ts";
import type { Mention, Saying } from "./claims-read.ts";

const A = "\\s*@(?<a>\\d+)\\s*";
const B = "\\s*@(?<b>\\d+)\\s*";
const no = "(?<n>不(?:会|能|可以|可|应|是|宜|得)?|并不(?:会|能|是)?|并非|不是|没有|从不|无)?";
const can = "(?:可以|可能|可|能够|能|会|常|通常|主要|一般|应|需)*";

const rows: readonly (readonly [KindName, string])[] = [
  ["contra", `${A}${no}(?:在)?(?:禁用于|忌用于)${B}`],
  ["contra", `${B}(?:患者|期|期间|病人)*${no}(?:应|须)?(?:禁用|忌用|避免使用)${A}`],
  ["contra", `${B}${no}是${A}的禁忌`],
  ["contra", `${A}(?:在|对|于)${B}(?:患者|期|期间|中|病人)*(?<n>没有|无|不存在)(?:使用)?禁忌`],
  ["related", `${A}(?:与|和|跟|同)${B}(?:的发病|的发生)?(?<n>无关|没有关系|毫无关系|没有关联)`],
  ["test", `${B}(?:对|在)${A}(?:的诊断)?(?:中)?(?<n>没有|无|缺乏)(?:诊断)?(?:价值|意义|帮助|作用)`],
  [
    "safe",
    `${A}(?:在|对|用于)${B}(?:患者|期|期间|中|时|病人)*${no}(?:是)?(?:可以?|能够?)?(?:安全|放心|正常|继续|常规)?(?:地)?(?:安全|使用|应用|服用|可用)`,
  ],
  ["treat", `${A}${can}${no}${can}(?:用|使用|应用|采用|以|选用)${B}(?:来|进行)?(?:治疗)?`],
  ["treat", `${B}${can}${no}${can}(?:用于)?(?:治疗)${A}`],
  ["treat", `${A}的?(?:治疗|首选药物?|治疗药物?)(?:药物)?${no}(?:是|为|包括|有)${B}`],
  ["effect", `${B}${no}(?:是|为)?${A}的(?:常见)?(?:副作用|不良反应)`],
  ["effect", `${A}的(?:常见)?(?:副作用|不良反应)${no}(?:是|为|包括|有)${B}`],
  ["test", `${A}${can}${no}${can}(?:通过|由|靠|依靠|用|经)${B}(?:来)?(?:确诊|诊断|证实)`],
  ["test", `${B}${can}${no}${can}(?:用于)?(?:确诊|诊断|证实)${A}`],
  [
    "cause",
    `${B}${can}${no}${can}(?:是)?(?:由|因)${A}(?:基因)?(?:突变|缺陷|变异|感染|异常)?(?:所)?(?:引起|所致|导致|造成)`,
  ],
  ["cause", `${A}${can}${no}${can}(?:引起|导致|造成|诱发)${B}`],
  ["feature", `${B}${no}(?:是|为)?${A}的?(?:常见|典型|主要)*的?(?:症状|表现|体征|特征)`],
  ["feature", `${A}的?(?:常见|典型|主要)?的?(?:症状|表现|体征|特征)${no}(?:是|为|包括|有)${B}`],
  ["feature", `${A}(?:患者)?${can}${no}${can}(?:表现为|出现|伴有|有)${B}`],
  [
    "feature",
    `${B}(?:多|常|可|主要)*(?<n>不|并不|很少|从不)?(?:多|常|可|主要)*(?:见于|出现于|出现在|提示|支持)${A}`,
  ],
  ["feature", `${B}(?<n>不|并不|并非)?(?:是|为)${A}(?:患者)?(?:所)?(?:特有|有)?的`],
  ["risk", `${B}${no}(?:会|可)?(?:增加|升高)${A}的(?:发生)?(?:风险|危险)`],
  ["risk", `${B}${no}(?:是|为)${A}的(?:常见|重要|主要)*危险因素`],
  ["complication", `${B}${no}(?:是|为)?${A}的(?:常见|严重)*并发症`],
  ["complication", `${A}${can}${no}${can}(?:并发|合并|发展为|进展为)${B}`],
  ["mechanism", `${A}的?(?:发病)?(?:机制|病理基础)${no}(?:是|为|在于)${B}`],
  ["treat", `${B}(?:对|在)${A}(?:患者)?(?:的治疗)?(?<n>无效|没有(?:效果|作用|疗效)|不起作用)`],
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
