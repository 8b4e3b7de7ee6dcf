/** Questions for what tells two named diseases apart: which of them must have it, and which must not. */

import { cue, oneOf } from "./cue.ts";
import type { Sentence } from "./read-prompt.ts";
import { mentionsIn } from "./roles.ts";

export interface Compared {
  /** Number of the mention that has what is asked for. */
  readonly has: number;
  readonly hasNot: number;
}

const comparing = cue`
    \brather than\b|\bover (?:\p{L}+ ){0,3}@|\binstead of\b|\bdistinguish|\bdifferentiat
    \bdiscriminat|\bapart\b|\bseparat|\bfavou?r
    \bmore (?:likely|suggestive|typical|consistent|in keeping|compatible|probable)
    \bpoints? (?:to|toward)|\bsuggest|\bsupport|\bargu
    \bbut (?:is |are )?(?:not|never|absent|lacking|rarely)
    \bnot (?:of|in|by|with|seen|shared|found|to)\b|\bunlike\b|\bas opposed\b|\bcompared\b|\bversus\b
    \bvs\b|\bagainst\b|\bonly in\b|\bunique to\b|\bcontrast\b|\babsent (?:in|from)\b|\baway from\b
    \bdecid|\btips?\b|\bsways?
    鉴别|区别|区分|而不是|而非|支持|不同于|更可能|不见于|不支持|不提示
  `;

const few = "(?:\\p{L}[\\p{L}'-]*\\s+){0,4}?";

/** Words before the disease that must not have it. */
const against = oneOf`
  rather than|\bover|instead of|but (?:is |are )?(?:not|never|absent|lacking|rarely)|as opposed to
  and not|\bnot|unlike|against|\bthan|absent|lacking|in contrast (?:to|with)|compared (?:with|to)
  away from|\bfrom|versus|\bvs\.?
  而不是|而非|不同于|没有|不支持|不符合|不见于|不提示|排除|不像
`;

/** Words before the disease that must have it. */
const towards = oneOf`
  favou?rs?|favou?ring|in favou?r of|supports?|supporting|suggests?|suggestive of|points? (?:to|towards?)
  typical of|consistent with|compatible with|argues? for|speaks? for|diagnosis of|indicates?|makes?
  more likely
  (?<!不)支持|(?<!不)提示|(?<!不)符合|见于
`;

/** The two diseases that the asking sentence sets against each other; undefined where it does not. */
export function comparedIn(
  sentences: readonly Sentence[],
  isDisease: (mention: number) => boolean,
): Compared | undefined {
  const asking = sentences.find((sentence) => sentence.isQuestion)?.text ?? "";
  const diseasesIn = (text: string): number[] => [...new Set(mentionsIn(text))].filter(isDisease);
  const own = diseasesIn(asking);
  const all = diseasesIn(sentences.map((sentence) => sentence.text).join(" "));
  if (all.length < 2 || !comparing.test(asking)) return undefined;
  const pair = own.length === 2 ? own : all;
  const [first, second] = pair;
  if (first === undefined || second === undefined || pair.length > 2) return undefined;
  const other = (one: number): number => (one === first ? second : first);
  const numbers = (words: string): number[] =>
    [...asking.matchAll(new RegExp(`${words}\\s*${few}@(\\d+)`, "giu"))]
      .map((found) => Number(found[1]))
      .filter((number) => pair.includes(number));
  const hasNot = numbers(against).at(-1);
  if (hasNot !== undefined) return { has: other(hasNot), hasNot };
  const has = numbers(towards).at(-1) ?? (own.length === 1 ? (own[0] as number) : first);
  return { has, hasNot: other(has) };
}
