/**
 * What the words between two mentions say of them: "is caused by", "raises the risk of". One table for told facts,
 * where one side is the disease in question, and for options that are statements. English and Chinese.
 *
 * Invariant: a phrase is taken only in a sense that the types of both sides allow; a vague one ("causes") in each
 * such sense.
 */
import type { EntityType } from "../../records/entity.ts";
import { mayJoin, type Predicate } from "../../records/relation.ts";
import { cue } from "./cue.ts";

export interface Sense {
  readonly predicate: Predicate;
  /** Whether what stands after the phrase is the head. */
  readonly isFlipped: boolean;
}

/** "PREDICATE" reads first → second, "-PREDICATE" second → first. */
type Signed = Predicate | `-${Predicate}`;

const rows: readonly (readonly [readonly Signed[], RegExp])[] = [
  [
    ["-CONTRAINDICATED_IN"],
    cue`
      contraindication (?:to|for|against)|\brules? out|\bprecludes?|\bforbids?|makes? .{0,30}unsafe
      speaks? against
    `,
  ],
  [
    ["CONTRAINDICATED_IN"],
    cue`
      contraindicat|(?:should|must|can|may)(?: ?not|n't) be (?:given|used|taken|prescribed)
      \b(?:be|is) avoided|\bavoid|\bunsafe|\bruled out|\bwithheld|not (?:safe|suitable)|\bharmful in
      \bdangerous in
      禁忌|禁用|避免|不宜
    `,
  ],
  [
    ["-HAS_SIDE_EFFECT"],
    cue`
      (?:side|adverse|unwanted|untoward|undesir\w+|unintended|toxic) (?:\p{L}+ )?(?:effect|reaction|event|consequence)s? (?:of|from|with|seen with|to)
      \bprovoked by|\btriggered by (?:taking|the use)
    `,
  ],
  [
    ["HAS_SIDE_EFFECT"],
    cue`
      (?:side|adverse|unwanted|untoward|undesir\w+|unintended|toxic) (?:\p{L}+ )?(?:effect|reaction|event|consequence)
      副作用|不良反应
    `,
  ],
  [["INTERACTS_WITH"], /\binteract|taken together|co-?administ|相互作用|合用/u],
  [
    ["METABOLISED_BY"],
    cue`
      (?:metaboli[sz]ed|broken down|cleared|degraded|converted|processed|inactivated) (?:\p{L}+ ){0,2}(?:by|in|through|via)
      代谢
    `,
  ],
  [
    ["-METABOLISED_BY"],
    /metaboli[sz]es|breaks? .{0,12}down|\bdegrades|\bclears\b|\bprocesses\b|\binactivates/u,
  ],
  [
    ["-PREVENTED_BY"],
    cue`
      \bprevents?\b|\bpreventing|\bto prevent|\bprotects?|\bprophyla(?:xis|ctic)\w* (?:against|for|of)
      (?:reduces?|lowers?|cuts?|decreases?) (?:the )?(?:risk|chance|likelihood|incidence)|wards? off
    `,
  ],
  [["PREVENTED_BY"], /\bprevent|\bprophyla|\bavert|\bwarded off|预防/u],
  [
    ["-HAS_RISK_FACTOR"],
    cue`
      risk factors? (?:for|of|in)\b|\bpredispos(?:es|ing|e)\b
      (?:raises?|increases?|heightens?|elevates?) (?:the |a person's )?(?:risk|chance|likelihood|odds)
      \bmakes?\b.*\bmore (?:likely|probable|common)|\bfavou?rs\b
    `,
  ],
  [
    ["HAS_RISK_FACTOR"],
    cue`
      \brisk\b|\bpredispos|more (?:common|likely|frequent|probable) (?:in|with|among|after)
      \bfavou?red by
      危险因素|风险|高危|易|诱因
    `,
  ],
  [
    ["-HAS_COMPLICATION"],
    cue`
      \bcomplication (?:of|in|seen)|\bsequela\w* of|\bconsequence of
      \b(?:may|can|might|could) (?:follow|complicate|arise|develop (?:from|out of|in))|\bcomplicates
    `,
  ],
  [
    ["HAS_COMPLICATION"],
    /\bcomplicat|\bsequela|\bprogress|\b(?:may|can|might|could) (?:end|go on|develop|evolve)|并发/u,
  ],
  [
    ["DIAGNOSED_BY"],
    cue`
      \bdiagnosed|\bconfirmed|\bdetected|\bestablished|\bproven|\bproved|\bdemonstrated|\bidentified
      \bverified|\binvestigat|\btests?\b|\bwork-?up|\bdiagnosis (?:rests|relies|is made|depends|is by)
      确诊|诊断|检查
    `,
  ],
  [
    ["-DIAGNOSED_BY"],
    cue`
      \bconfirms?\b|\bdiagnos|\bdetects?\b|\bestablish(?:es)?\b|\bproves?\b|\breveals?\b
      \bidentif(?:y|ies)\b|\btest\b
    `,
  ],
  [
    ["-TREATED_WITH", "-TREATS"],
    cue`
      \btreats?\b|\bto treat|\btreatment (?:of|for|in|against)|\btherapy (?:of|for|in|against)
      \bindicated|\brelieves?\b
      \b(?:given|prescribed|used|taken|helps?|effective|works) (?:\p{L}+ )?(?:for|against|in|to)\b
      \bmanages\b|\bfirst-line|\bcontrols?\b|\bremedy for
      治疗
    `,
  ],
  [
    ["TREATED_WITH"],
    cue`
      \btreat|\bmanaged|\bmanagement|\btherap|\bresponds?\b|\brelieved|\bimproves?\b|\bcontrolled
      \bdrugs?\b|\bmedication|\bhandled
      用药|治疗
    `,
  ],
  [
    ["-TARGETS"],
    cue`
      \btarget (?:of|for)|\btargeted by|\bbound by|\bblocked by|\binhibited by|\bactivated by
      \bacted (?:up)?on by
    `,
  ],
  [
    ["TARGETS"],
    /\btarget|\bbinds?\b|\bacts? (?:up)?on|\bblocks?\b|\binhibits?|\bactivates?|\bstimulates?|\breceptor|靶/u,
  ],
  [
    ["ACTS_BY", "HAS_MECHANISM"],
    cue`
      \bacts? (?:by|through|via)|\bworks? (?:by|through|via)|\bmechanism|\bpathogenesis
      \bpathophysiolog|\bdriven by|\brests? on|\bunderlain|\binvolves?\b|\bby way of
      \barises? (?:through|by|via)|\bthrough\b|\bprocess
      机制|机理
    `,
  ],
  [["-ACTS_BY", "-HAS_MECHANISM"], /\bunderl(?:ies|ie|ying)|\bdrives?\b|\bmechanism (?:of|behind)/u],
  [["-MEMBER_OF_CLASS"], /\bincludes?\b|\bcontains?\b|\bcomprises?|\bwhose members|\bas a member/u],
  [
    ["MEMBER_OF_CLASS", "BELONGS_TO_SPECIALTY", "SUBTYPE_OF"],
    /\bbelongs?\b|\bmember of|\bclass\b|\bfalls? under|\bspecialty|属于/u,
  ],
  [["SUBTYPE_OF"], /\b(?:form|type|kind|subtype|variant|variety|sort) of/u],
  [
    ["DIFFERENTIAL_DIAGNOSIS"],
    /\bdifferential|\bmistaken|\bconfused|\bmimic|\bresembl|\btold apart|\bdistinguished|\blook(?:s)? like|鉴别/u,
  ],
  [
    ["-HAS_SYMPTOM", "-HAS_FINDING"],
    cue`
      \b(?:symptom|sign|feature|manifestation|finding|hallmark|mark) (?:of|in|seen)
      \b(?:seen|found|present|common|typical|characteristic|noted) (?:in|of|with)|\bpoints? to
      \boccurs? in|\baccompan(?:ies|y)
    `,
  ],
  [
    ["CAUSED_BY"],
    cue`
      \bcaused|\bdue to|\bresults? from|\barises? from|\bstems? from|\bfollows?\b|\binfect|\borganism
      \bpathogen|\bmicrobe|\bbacteri|\bagent|\bmutation|\bgenes?\b|\bgenetic|\bbrought (?:on|about) by
      \bresult of|\bcomes? from|\btriggered by|\bcauses? (?:is|are|was|were|being|lies?|includes?)
      \b(?:an?|its|the|one|recogni[sz]ed|known|possible|common|usual|main|frequent) cause\b
      \bcause\b.*\b(?:is|was)\b|\bcarrie|\bgrows?\b
      由\s*$|引起|所致|病原|感染|致病|病因|突变
    `,
  ],
  [
    ["HAS_SYMPTOM", "HAS_FINDING"],
    cue`
      \bsymptom|\bsigns?\b|\bshow|\bpresent|\bmark|\bcharacteri|\bfeature|\bmanifest|\bfinding
      \bhallmark|\bcomplain|\breport|\bexamin|\bnotice|\bdevelop|\bsuffer|\bexperienc|\bdescrib
      \bhas\b|\bhave\b|\bhad\b|\bwith\b
      症状|表现|体征|出现|伴|有|所见|可见|发现
    `,
  ],
  [
    ["-CAUSED_BY", "HAS_SIDE_EFFECT", "HAS_COMPLICATION", "HAS_SYMPTOM"],
    cue`
      \bcauses?\b|\bgives? rise|\bresponsible for|\bbrings? (?:on|about)|\bleads? to|\bresults? in
      \bproduces?|\bprovokes?|\binduces?|\btriggers?|\bbehind\b
      导致
    `,
  ],
  [["AFFECTS_ANATOMY"], /\baffects?|\battacks?|\bstrikes?|\bdamages?|\binvolves?|累及|影响/u],
];

/** The senses of a phrase between two sides of these types; of the most telling words only. */
export function sensesOf(phrase: string, first: EntityType, second: EntityType): readonly Sense[] {
  for (const [signed, pattern] of rows) {
    if (!pattern.test(phrase)) continue;
    const senses = signed.map(senseOf).filter((sense) => fits(sense, first, second));
    if (senses.length > 0) return senses;
  }
  return [];
}

function senseOf(signed: Signed): Sense {
  const isFlipped = signed.startsWith("-");
  return { predicate: (isFlipped ? signed.slice(1) : signed) as Predicate, isFlipped };
}

function fits({ predicate, isFlipped }: Sense, first: EntityType, second: EntityType): boolean {
  return isFlipped ? mayJoin(predicate, second, first) : mayJoin(predicate, first, second);
}
