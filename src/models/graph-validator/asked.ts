/**
 * What a question asks for, told from its own words: first by words that no other question has ("contraindicated",
 * "interacts"), then by the noun right after "which" or "what", then by any word of the sentence. English and Chinese.
 *
 * Invariant: a reading is taken only when the options can be answers to it, by their types in the graph.
 */
import { cue, exactCue, oneOf } from "./cue.ts";

export type Asked =
  | "avoid"
  | "interaction"
  | "enzyme"
  | "classEffect"
  | "sideEffect"
  | "prevention"
  | "complication"
  | "riskFactor"
  | "target"
  | "action"
  | "mechanism"
  | "class"
  | "cause"
  | "test"
  | "symptom"
  | "finding"
  | "feature"
  | "use"
  | "drug"
  | "disease";

/** Words that say what is asked wherever they stand; the first that fits counts. */
const telling: readonly (readonly [Asked, RegExp])[] = [
  [
    "interaction",
    /\binteract(?!ive)|\btaken together\b|\bco-?administ|\bcombin(?:ed|ing|ation) with\b|相互作用|合用|联用/iu,
  ],
  [
    "avoid",
    cue`
      \bavoid|contraindicat
      \b(?:should|must|may|can|ought|do|does)(?: not|n't)(?: to)? (?:be (?:given|used|prescribed|started|taken|chosen|offered|administered|considered)|receive|take|get)\b
      \bcannot (?:be|take|receive)|\bunsafe|\bharmful\b|\bwithh(?:e|o)ld|\bdangerous|\bunsuitable
      \binappropriate|\bruled out\b|\brules? out\b|\b(?:speaks?|argues?|counts?) against\b
      \bbefore\b.*\b(?:excluded|ruled out)|\bmust be excluded|\breason not to\b|\bbars?\b
      \bleast (?:appropriate|suitable|safe)\b
      \bnot (?:a )?(?:safe|suitable|appropriate|advis|recommend)|\bprecludes?\b|\boff[- ]limits\b
      \bhazard|\brisky\b|\bforbid
      禁忌|避免|禁用|忌用|不宜|不[应能可得](?:使用|用于|给予|服用)|不适[用合]于|不适宜|停用|首先排除|应排除
    `,
  ],
  [
    "enzyme",
    cue`
      \bmetaboli[sz]|\benzymes?\b|\bbroken down\b|\bbreaks? .{0,20}down\b|\bcytochrome|\bbiotransform
      \bbreakdown\b|\bdegrad|\bclear(?:s|ed|ance)\b|\beliminat|\binactivat
      代谢|哪种酶|何种酶
    `,
  ],
  [
    "classEffect",
    cue`
      \b(?:class|group|family|drugs of (?:this|that|its) (?:kind|type))\b.*\b(?:effect|reaction|event|cause|induce|provoke|produce|lead to|result in)
      \b(?:effect|reaction|event|caused|induced|provoked)\b.*\b(?:class|group|family|drugs of (?:this|that|its) (?:kind|type))\b
      类.*(?:副作用|不良反应|引起|导致)|(?:副作用|不良反应).*(?:类|同类)
    `,
  ],
  [
    "sideEffect",
    cue`
      \b(?:side|adverse|unwanted|untoward|undesir\w*|unintended|toxic) (?:\p{L}+ )?(?:effect|reaction|event|consequence)s?\b
      \btoxicit
      \b(?:drug|medication|medicine|treatment|agent|therapy|therapies)\b.*\b(?:cause|induce|provoke|produce|bring on|result in|lead to)\b
      \b(?:caused|induced|provoked|produced|brought on|result\w* from|attributed to|due to)\b.*\b(?:drug|medication|medicine|treatment|agent|therapy)\b
      副作用|不良反应|毒性|药物?.*(?:引起|导致)
    `,
  ],
  [
    "prevention",
    cue`
      \bprevent|\bprophyla|\bprotects? against\b
      \b(?:lowers?|reduc\w+|decreas\w+|cuts?) (?:the |his |her |their )?(?:risk|chance|likelihood|incidence)
      \bward(?:s)? off\b
      预防
    `,
  ],
  [
    "complication",
    cue`
      \bcomplicat|\bsequela
      \bat (?:an? )?(?:increased |higher |greater |particular )?risk (?:of|for) (?:developing|which|what)
      \bconsequence
      \b(?:may|might|can|could) (?:lead to|result in|progress to|go on to|develop|evolve into)\b
      \bleads? to\b|\barises? (?:from|out of|in the course)|\bfollows? from\b|\bensues?\b
      \bin the course of\b
      并发|继发|后果|后遗
    `,
  ],
  [
    "riskFactor",
    cue`
      \brisk factors?\b|\bpredispos
      \b(?:raise|increase|elevate|heighten)\w* (?:the |his |her |their |a person's |one's )?(?:risk|chance|likelihood|odds|probability)
      \b(?:makes?|making) .{0,60}\b(?:more likely|more probable)|\bsusceptib|\bat risk\b
      \brisk of\b.*\b(?:raised|increased|higher|greater|elevated)
      \b(?:higher|greater|increased|raised|elevated) risk\b
      \bfavou?rs? (?:the )?(?:development|onset|appearance)|\bcontribut\w+ to\b|\bpromotes?\b
      \bfactors?\b
      危险因素|风险因素|高危|易患|易发|更易|诱因|发病风险|增加.*风险|风险.*(?:升高|增加)|因素
    `,
  ],
  [
    "target",
    cue`
      \btargets?\b|\bact(?:s|ed|ing)? (?:up)?on\b|\bon (?:which|what)\b.*\bact\b|\bbind(?:s|ing)?\b
      \breceptors?\b|\bacts? (?:up)?on\b|\bmolecul(?:e|ar target)
      靶点|靶标|作用于|受体
    `,
  ],
];

/** Nouns, and verbs that stand for them. */
const nouns: readonly (readonly [Asked, RegExp])[] = [
  [
    "action",
    cue`
      \bmechanisms? of action\b|\bmode of action\b
      \b(?:drug|medication|medicine|treatment|agent|therapy)\b.*\b(?:mechanism|work)
      \bmechanism\b.*\b(?:drug|medication|medicine|treatment|therapy)\b
      \bhow (?:does|do) .*\b(?:work|act)
      \b(?:therapeutic |pharmacologic\w* |beneficial |its )?(?:effect|action|benefit)\b.*\b(?:depends?|rests?|relies|based|due|works?)\b
      \bexplains? (?:the|its) (?:\p{L}+ )?(?:effect|action|benefit)
      药理|作用机制
    `,
  ],
  [
    "mechanism",
    cue`
      \bmechanisms?\b|\bprocess(?:es)?\b|\bpath(?:o)?(?:physiolog|genes)
      \bunderl(?:ies|ie|ying) (?:\p{L}+ )?(?:abnormality|defect|disturbance|event)|\bhow (?:does|do)\b
      \bdefect\b|\bexplains how\b|\bdrives?\b
      机制|机理|病理
    `,
  ],
  [
    "class",
    cue`
      \bclass(?:es)?\b|\bfamil(?:y|ies) of\b|\bgroups? of (?:drug|medic|agent)
      \b(?:drug|pharmacologic\w*|therapeutic) (?:class|group|family|category)|\bcategor(?:y|ies)\b
      \b(?:what|which) (?:kind|type|sort) of (?:drug|medic|agent)|\bclassif|\bbelongs? to\b
      \bmember of\b|\bexample of\b
      类别|哪一?类|属于
    `,
  ],
  [
    "cause",
    cue`
      \bcaus(?:e[sd]?|ing|ative)\b|\battribut|\bresults? (?:from|in)\b|\binduc|\bprovok|\bpathogens?\b
      \b(?:micro)?organisms?\b|\betiolog|\baetiolog|\bgenes?\b|\bmutat|\bresponsible\b|\bmicrobe
      \binfectious agent|\bbacteri|\bparasite|\bvirus|\bdue to\b|\bbrings? (?:it )?(?:on|about)
      \b(?:lies?|is|stands?) behind\b|\broots?\b|\borigins?\b|\bsource\b|\bgives? rise\b
      病原|致病|病因|基因|引起|病菌|由什么
    `,
  ],
  [
    "test",
    cue`
      \btests?\b|\binvestigations?\b|\bexaminations?\b
      \b(?:diagnostic|imaging) (?:\p{L}+ )?(?:step|modality|procedure|method|tool|study|approach|workup|work-up)
      \bwork-?up\b|\bassay|\bstud(?:y|ies)\b|\bconfirm|\bdiagnosed (?:by|with|using|through)
      \bhow is .*\bdiagnosed
      \b(?:establish|prove|verif|secure|support|reach|mak|clinch|settl|aid|help|assist|contribut)\w* (?:\p{L}+ ){0,4}diagnos
      \b(?:be|been|is|to|should|would|you|next) (?:arrang|order|request|perform|obtain)
      \bdiagnosis of\b.*\b(?:used|useful|helpful|made)\b|\bused (?:in|for|to) (?:the )?diagnos
      \bnext (?:diagnostic )?step\b|\bprocedures?\b|\bimaging\b
      检查|检验|检测|确诊|化验|诊断方法
    `,
  ],
  [
    "feature",
    cue`
      \bfeatures?\b|\bmanifest|\bclinical (?:picture|sign)|\bpresent(?:s|ing|ation|ed)?\b
      \bclinical picture\b|\boccurs?\b|\bexperienc|\bdevelops?\b|\bsuffer
      表现|特征|见于|可有|出现|临床
    `,
  ],
  ["symptom", /\bsymptom|\bcomplain|症状/iu],
  [
    "finding",
    cue`
      \bfindings?\b|\bsigns?\b|\bhallmark|\breveal|\bon (?:physical )?examination\b
      \b(?:be|is|are) (?:seen|found|observed|detected|revealed)\b
      体征|发现|征象|所见|可见|改变
    `,
  ],
  [
    "use",
    cue`
      \bindicat(?:ed|ion)|\bused (?:to treat|for|against|in (?:the )?(?:treatment|management))
      \btreat(?:s|ing)? (?:which|what)|\bhelps? (?:against|in|with)
      适应证|适应症|用于治疗|治疗哪
    `,
  ],
  [
    "drug",
    cue`
      \bdrugs?\b|\bmedic(?:ation|ine|ament)s?\b|\btreat(?:s|ed|ment|ments|ing)?\b
      \btherap(?:y|ies|eutic)\b|\bpharmac\w+|\bagents?\b|\bprescri|\bremed(?:y|ies)\b
      \bmanage(?:d|ment|s)?\b|\b(?:be|is|been) (?:given|started|used|initiated|administered|offered)\b
      \bgiven\b|\bnext step\b
      药|治疗|用于
    `,
  ],
  [
    "disease",
    cue`
      \bdiagnos[ei]s\b|\bdiseases?\b|\bconditions?\b|\billness(?:es)?\b|\bdisorders?\b|\bsyndrome
      \bsuffers? from\b|\bexplains?\b
      诊断|疾病|病|患
    `,
  ],
];

/** A drug is asked for that is left when others are ruled out. */
const usable = cue`
    \bnot (?:be )?(?:contraindicated|ruled out|avoided|unsafe|excluded)|\bno contraindication
    \bstill\b|\bremains?\b|\bsafe(?:ly|st|r)?\b|\bnevertheless\b|\bdespite\b|\bsuitable\b
    仍|可以使用|安全|(?:并非|不是|不属于?|非|不构成|无|并不|不)(?:是)?(?:禁忌|禁用)|不[因受].*(?:禁用|禁忌|限制)|未被禁用
  `;

const pointers = oneOf`
  these|those|such|the patient's|this patient's|this (?:man|woman|boy|girl|child|person|infant)'s
  (?:his|her|their) (?:current|present|overall)|the (?:above|described|reported)
  all (?:of )?(?:the|these|this|that|those)|explains? (?:the|his|her|their|this|all)
  accounts? for (?:the|his|her|their|this)|given (?:the|these|this|his|her)
  based on (?:the|these|this|his|her)|with (?:these|this)
`;
const clues = oneOf`
  symptoms?|findings?|signs?|features?|complaints?|manifestations?|presentation|picture|history|results?
`;

/** Words that point back at what was told and ask for nothing. */
const pointing = new RegExp(
  `\\b${pointers} (?:(?:\\p{L}|-)+ ){0,3}?${clues}\\b|\\bthis (?:clinical )?(?:${clues}|constellation|combination)\\b`,
  "giu",
);

const asker = oneOf`
  \b(?:which|what)\b
  ^(?:name|identify|give|state|select|choose|pick|find)\b
`;
const ofOptions = oneOf`
  (?:one )?of (?:the following|these|the listed|the options|the choices)(?: (?:options|choices|answers))?
`;
const verbs = oneOf`
  is|are|was|would|does|do|can|could|may|might|should|will|has|have|must|best|most
`;
const links = oneOf`
  for|in|to|that|who|with|by
`;

/** From the question word on, up to the verb: "which drug", "what is the most likely diagnosis". */
const head = new RegExp(
  `${asker}(?: ${ofOptions})?(?<noun>(?: (?!(?:${verbs}|${links}|whose|which|from)\\b|@)[\\p{L}'-]+){0,5})` +
    `(?: (?:is|are|was|would be|will be|represents))?(?<rest>(?: (?!(?:${links}|of|used)\\b|@)[\\p{L}'-]+){0,7})`,
  "iu",
);

/** "Of the following diseases, which one …" */
const of = /\bof (?:the following|these|the listed) ((?:[\p{L}'-]+ ){0,2}[\p{L}'-]+),/iu;

/** What may be asked, likelier first. */
export function askedIn(question: string): readonly Asked[] {
  const text = question.replace(pointing, " ");
  const found = head.exec(text)?.groups ?? {};
  const noun = matches(nouns, `${of.exec(text)?.[1] ?? ""} ${found.noun ?? ""}`);
  const asked: Asked[] = [];
  const told = matches(telling, text);
  asked.push(
    ...(usable.test(text) ? ["drug" as const, ...told.filter((one) => one !== "avoid")] : told),
    ...noun,
  );
  asked.push(...matches(nouns, found.rest ?? ""), ...matches(nouns, text));
  return [...new Set(asked)];
}

function matches(cues: readonly (readonly [Asked, RegExp])[], text: string): Asked[] {
  return text.trim() === "" ? [] : cues.filter(([, cue]) => cue.test(text)).map(([asked]) => asked);
}

const exceptions = exactCue`
    \b[Ee]xcept\b|\bEXCEPT\b|\bNOT\b
    \bleast (?:likely|expected|typical|consistent|characteristic|probable)
    \b(?:is|are|was)(?: not|n't) (?!contraindicated|ruled out|excluded)(?!(?:\p{L}+ ){0,2}(?:have|had)\b)
    \b(?:does|do|would|will|can|could|has|have)(?: not|n't) (?!have\b|be (?:given|used|prescribed))
    \ball (?:of (?:the following|these) )?but one\b|\bodd one out\b|\bunlikely\b
    \b(?:does|do)(?: not|n't) belong|\bunexpected|\bNO\b
    \bno (?:known |recogni[sz]ed |established |typical )?(?:symptom|sign|feature|complication|side effect|risk factor|part|link|treatment|place|role)
    \bother than\b|\bfalse\b|\bincorrect\b|\buntrue\b|\bwrong\b
    除.*外|不属于|不是|不包括|不用于|不会引起|不能引起|与.*无关|不正确|错误|最不可能|不会|不常见|不符合
  `;

/** Whether the one option is asked for that does not fit. */
export function isExcept(question: string): boolean {
  return exceptions.test(question);
}
