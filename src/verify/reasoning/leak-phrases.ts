/**
 * Set phrases by which reasoning gives away that its writer was handed the answer, in English and Chinese: those of
 * what leak-signs.ts weighs that are too short or too plain for it, and that never occur in honest reasoning.
 *
 * English patterns are written over small letters with one space for any white space. ⓧ stands for the letter of an
 * option or the words of one, as long as they are, so "since ⓧ is the correct answer" needs one and "since aspirin is
 * the correct drug" is none. Invariant: each names the answer, the label, the key, the solution or the hint as
 * something given; what only concludes ("so the answer is ⓧ"), quotes the choices given or tells what a patient was
 * told matches none.
 */

const one = "(?:option |answer |choice |letter |diagnosis )?[\"'(\\[]*ⓧ[\"')\\]]*";
/** The answer, and not the choices of it. */
const answer = "answer(?![- ](?:choice|option|candidate|alternative|set\\b|list\\b|explanation))\\b";
const right = "(?:correct|right|final|true|gold|expected|actual)";
const asRight = `(?:${right} )*(?:${answer}|label\\b|answer key|(?:correct|right) (?:option|choice|letter|diagnosis|response|one)\\b)`;
/** What is only said of something that was handed over. */
const handed =
  "(?:given|provided|supplied|stated|known|marked|labell?ed|designated|annotated|predetermined|pre-determined|preset|pre-specified|prespecified|specified|listed|indicated|recorded|keyed|furnished|disclosed|revealed|pre-assigned|assigned|official|reference|gold|gold-standard|gold standard|ground-truth|ground truth|target)";
const gave =
  "(?:given|provided|supplied|furnished|disclosed|revealed|pre-?specified|handed over|handed|shared)";
const noted =
  "(?:listed|stated|marked|indicated|specified|labell?ed|designated|recorded|flagged|annotated|keyed)";
const giver =
  "(?:prompt|(?:question|problem|task)(?: statement| text| itself)?|instructions?|user|system|dataset|data set|examiners?|exam|input|teacher|problem|annotators?|annotation|metadata|brief|assignment|book|source|record|key|hint|template|message|(?:(?:question|test|item) )?setter|(?:question|item|test) (?:writer|author)|someone|somebody|instructor)";
const hereby = `(?:as|is|was|here|above|below|already|beforehand|earlier|up ?front|in advance|says|states|to (?:us|me|be)|for (?:us|me|this (?:question|case|item))|along with the|together with the|(?:in|by|with|from|through|at) (?:the|this|my|our) (?:start|outset|top|beginning|end|${giver}))\\b`;
const ends = "(?= ?[.,;:)—!]| ?$| - )";
const agrees =
  "(?:consistent with|match(?:es|ed|ing)?|agree(?:s|ing|ment)? with|align(?:s|ed|ing)?(?: well)? with|in line with|in keeping with|concordant with|correspond(?:s|ing)? (?:to|with)|tall(?:y|ies) with|squares? with|compatible with|in accordance with|according to|as per|per|conforms? to|justif(?:y|ies|ying)|rationali[sz](?:e|es|ing)|in support of|coincides? with|verif(?:y|ied|ies) against|compar(?:e|ed|ing) (?:it |this )?(?:with|to)|check(?:ed|ing)?(?: it| this| that)? against|knowing|given|based on|guided by|going by|start(?:ing)? (?:from|with)|begin(?:ning)? (?:from|with))";
const mustDo =
  "(?:need|needs|needed|have|has|had|want|wants|wanted|asked|asks|asking|supposed|required|requires|tasked|must|should|shall|(?:task|goal|job|aim|objective|assignment|purpose)(?: here| now| then)? is|instructed|told|expected|meant|\\b(?:we|i) (?:are|am))";
const mayDo = `(?:${mustDo}|going|try|trying|let me|let us|let's|i'll|we'll|i will|we will|i shall|we shall|attempt|attempting|in order)`;
const between =
  "(?: (?:now|then|also|only|just|here|me|us|simply|therefore|still|next))*(?: to| with)?(?: (?:now|also|only|just|simply|then))*";
const choosing =
  "(?:(?:the|this|that|our|choosing|picking|selecting|choice of|selection of|(?:the )?choice) )*";

const given: readonly string[] = [
  `(?:the|this|that|its|our|a|my|with|against) (?:(?:already|previously|officially) )?${handed}(?: (?:correct|right|final|gold))* ${answer}(?! to (?!us|me|this|the (?:question|item)))`,
  `(?:the|this|that|its|our|my|with|against) (?:${handed}|true|correct given)(?: (?:correct|right|final|gold))* label\\b(?! (?:of|for (?:the )?(?:drug|medic)|warning|indication|use))`,
  `(?:the|this|our) (?:given|provided|supplied|keyed|target|gold) letter\\b(?! (?:of|from)\\b)`,
  `(?:gold|ground[- ]truth|reference|official|model|keyed|teacher's|examiner's) (?:answer(?![- ](?:choice|option))|label)\\b`,
  `^(?:(?:so|and|but|now),? )?(?:the )?(?:expected|desired|required|intended) (?:answer|option|choice) (?:is|was|here is) ["'(]?ⓧ["')]?(?! (?:is|if|only|or|when)\\b)`,
  `(?:the|its) (?:correct|true|right) label (?:is|was|says|here is|reads)\\b`,
  `(?:only|just|merely|simply) (?:need|have) to (?:justify|rationali[sz]e) (?:it|this|that)\\b`,
  `\\bcomes? with (?:the|its) (?:(?:correct|right) )?${answer}`,
  `(?:dataset|data set|key|teacher|examiner|annotator|reference|user|prompt|setter)'s (?:label|answer|choice|option|pick|solution|verdict)\\b(?! choices)`,
  `(?:reason|work|argu)\\w* backwards?(?= ?[.,;]|\\s?$)`,
  `${one} (?:is|was|has been) (?:already )?(?:known|said|stated|given|understood|declared) to be (?:the )?(?:correct\\b|(?:right|true) (?:answer|option|choice)|answer\\b)(?! (?:dose|position|treatment))`,
  `(?:consistent|agrees?|in line|aligned|compatible) with the (?:label|answer key)(?= ?[.,;:)]|\\s?$| (?:we|i|it|given|provided|and)\\b)`,
  `\\b(?:official|intended|provided|given|reference|exam) key\\b(?= (?:is|gives|says|states|lists|has|picks|shows|indicates|confirms)\\b| ?[.,;:)])`,
  `\\b(?:the|this|our) label (?:for|of) this (?:case|question|item|example|sample)\\b`,
  `\\b(?:gave|handed|told|given) (?:us|me) the (?:(?:correct|right|final) )?${answer}`,
  `(?:${answer}|(?:correct|right) (?:option|choice)) (?:is|was|has been|had been|has already been) (?:already )?(?:identified|chosen|determined|selected|picked|fixed|set|decided) for (?:us|me)\\b`,
  `\\b(?:using|taking|with) the (?:(?:correct|right) )?${answer} as (?:a|the|our|my)\\b`,
  `${agrees} (?:with |to |the |this |that |our |an? )*(?:expected|intended|desired|required|correct|right|true|target|given|provided|known|stated|supplied) (?:answer(?![- ](?:choice|option))|label|option|choice|letter|solution|key)\\b(?!s\\b| (?:of|for|choices?|options?|to (?:the|a|her|his|this)\\b)| must| should)`,
  `(?<!(?:best|better|appropriate|likely|suitable|closest|only|good|plausible|single|each|every|no|any|simplest|probable) )(?:${right} )*${answer}(?:,? ${one},?| here| to this (?:question|item|case)| for this (?:question|item|case))?,?(?: that| which| as)?(?: (?:is|was|were|has been|had been|being|has already been|had already been))?(?: (?:already|also|explicitly|simply|clearly))* ${gave}(?: ${hereby}|${ends})(?! (?:by (?:the )?(?!${giver})))`,
  `(?:correct|right) (?:option|choice|letter|response|diagnosis)(?:,? ${one},?)?(?: that| which)?(?: (?:is|was|has been|had been|has already been))?(?: (?:already|also|explicitly|simply))* ${gave}(?: ${hereby}|${ends})`,
  `(?:${right} )*(?:${answer}|(?:correct|right) (?:option|choice|letter))(?: here)?(?: (?:is|was|has been|being))?(?: (?:already|explicitly))* ${noted} (?:(?:as|to be|is|was|above|here) |(?:in|by|at) the ${giver}\\b)`,
  `(?:${right} )*${answer}(?: here)? (?:is|was|being) (?:already )?(?:known(?: in advance| beforehand| to be|${ends})|(?:supposed|meant|said|claimed|reported|declared|predetermined|fixed|preset|decided)(?: in advance| for us| to be\\b|${ends}))`,
  `${answer} ?\\((?:as |already |which was |that was )?(?:given|provided|supplied|told|stated|known)\\b`,
  `\\b(?:expected|intended|desired) (?:answer|option|choice) ?[(,:] ?["']?ⓧ`,
  `(?:option|choice|letter|answer) (?:designated|marked|given|listed|labell?ed|flagged|specified|stated|supplied|keyed|declared) (?:as|to be) (?:the )?(?:(?:correct|right|true)(?: (?:answer|option|choice|one))?(?= ?[.,;:)]|\\s?$| (?:is|was|in|by|here|and|so)\\b)|answer\\b)`,
  `(?:is|was|are|as|being|been|it's|ⓧ) (?:already |explicitly |clearly |simply )?(?:given|listed|marked|labell?ed|designated|flagged|keyed|supplied|provided|stated|specified|recorded|annotated|tagged)(?: to us| here| above| in the (?:key|prompt|question|task|label|input|instructions?))? (?:as|to be) (?:the )?(?:(?:correct|right|gold|true|intended|official|expected|reference) (?:answer|option|choice|label|one|response|key|solution|letter|diagnosis)\\b|correct\\b(?! [a-z]+(?:ed|ion|ive)))`,
  `(?:marked|flagged|keyed|tagged|ticked) (?:as )?(?:the )?(?:correct(?: answer| option| choice)?(?= ?[.,;:)]|\\s?$| (?:in|by|here|for|and|so|is)\\b)|right (?:answer|option|choice)\\b)`,
  `\\b(?:we|i|you|us|me)(?:'ve|'re|'m)?(?: (?:are|were|was|am|have been|had been|been|have|had|already|also|explicitly))* (?:told|informed|advised|shown|notified|assured|given|provided with|supplied with|handed|instructed|reminded)(?: here| above| up ?front| in the (?:prompt|task|question|instructions?)| by the ${giver}| beforehand)?,? (?:that )?(?:the |this |its |what the )*(?:${asRight}|solution to\\b|option ⓧ(?!,| ?- ?ⓧ| (?:to|through|and|or) )|ⓧ (?:is|as) (?:the )?(?:correct|right|answer))`,
  `\\bthe (?:answer(?![- ](?:choice|option))|option|choice|letter|label)(?: that| which)? (?:we|i|you)(?:'ve| were| was| have| had| are| am)?(?: already)? (?:been |were |was )?(?:given|told|provided(?: with)?|supplied(?: with)?|handed|shown)\\b`,
  `\\bit (?:is|was|has been) (?:already )?(?:given|stated|told|disclosed|revealed|provided|said|specified)(?: to us| above| here| in the ${giver})? that (?:the )?(?:(?:correct|right) )?(?:${answer}|(?:correct|right) (?:option|choice)) (?:is|was)\\b`,
  `(?:${answer}|ⓧ|\\bcorrect\\b|\\bright\\b|\\blabel\\b|\\btold\\b)[^.;]{0,60} (?:in|by|from) the (?:prompt|instructions|system (?:message|prompt)|metadata)(?= ?[.,;:)]|\\s?$)`,
  `\\b${giver}(?: (?:has|have|had|already|also|itself|explicitly|clearly|directly|kindly|conveniently|even))* (?:tells?|told|says?|said|states?|stated|gives?|gave|given|provides?|provided|reveals?|revealed|specif(?:y|ies|ied)|indicates?|indicated|suppl(?:ies|ied)|informs?|informed|lists?|listed|marks?|marked|discloses?|disclosed|confirms?|confirmed|gives away|gave away)(?: us| me| you)?(?: that| what| with)? (?:the |its )?(?:${asRight}(?! (?:should|must|has to|needs|can|may|will) )|ⓧ (?:is|as) (?:correct|right|the (?:correct |right )?answer)|(?:it|this|the diagnosis) is (?:option )?ⓧ)`,
  `\\b(?:i|we) (?:was|were|am|are|have been|had been|'ve been) (?:instructed|told|directed|asked|required|ordered) to (?:conclude|justify|defend|say|reach|arrive at)(?: that| at)? (?:the |option )*(?:${answer} (?:is|was)|ⓧ|it is|correct|right)`,
  `(?:\\bgiven|knowing|accepting|granted|remembering|recalling|now|the fact|aware|know|remember)(?: in advance| beforehand| already| up ?front)?(?: the fact)? that (?:the )?(?:(?:correct|right|final|true|gold) )?(?:${answer}|(?:correct|right) (?:option|choice)) (?:is|was|turns out to be|equals)\\b(?! (?:not|either|one|among|likely|probably|most|un|neither|rarely|often|usually|based|determined|defined))`,
  `(?:^(?:and |but |now,? |well,? |okay,? |so,? |here,? )?)(?:since|because|as|seeing that|considering that|given) (?:the )?(?:correct |right |true )?(?:${answer}|label|key|(?:correct|right) (?:option|choice)) (?:is|was|says|must be) (?:known|given|${one})`,
  `(?:^(?:and |but |now,? |well,? |okay,? |so,? )?(?:since|because|as)|given that|knowing that|seeing that|knowing) ${one} (?:is|being|was) (?:known to be |stated to be |given as |already |said to be )*(?:the )?(?:correct|right|given|provided|gold|stated|marked|official|true) (?:answer|option|choice|one|label|diagnosis)\\b`,
  `^(?:since |because |as |but |given (?:that )?|and |now,? |now that )?(?:we|i)(?: already| do| all| both)* know(?: for a fact| already| in advance| beforehand)?,?(?: that)? (?:the )?(?:(?:correct|right|final) )?(?:${answer}|(?:correct|right) (?:option|choice)) (?:is|was|to be|has)\\b(?! (?:one of|among|either|not|likely|probably|most)\\b)`,
  `(?<!(?:enough|sufficient|adequate|able|strong|used) to )${mayDo}${between} (?:justify|rationali[sz]e|defend|argue (?:for|in favou?r of|that)|make (?:a|the|my|our) case (?:for|that)|build (?:a|the|my|our) (?:case|argument) for|support|back up|vindicate|find (?:a |some |the |good )*(?:reasons?|rationale|justification|support|evidence|arguments?) (?:for|why|that|to support)|provide (?:a |some |the )*(?:reasons?|rationale|reasoning|justification|support|explanation) (?:for|why|to support|that supports)|explain) (?:why |that |how |for )*${choosing}(?:(?:option|answer|choice|letter) ["'(]?ⓧ|(?:given|provided|chosen|expected|stated|supplied|keyed|reference|target|known) (?:option|answer(?![- ](?:choice|option))|choice|label|letter|diagnosis)|(?:correct|right) (?:option|answer(?![- ](?:choice|option))|choice|label|letter)\\b(?= ?[.,;:)]| ?$| (?:with|by|is|as|from|using|ⓧ))|["'(]?ⓧ["')]?(?: (?:is|being|as) (?:the )?(?:correct|right|answer|best)|[.,;:!]|$))`,
  `${mustDo}${between} (?:justify|rationali[sz]e|defend|support|explain why|show (?:why|that|how)|demonstrate (?:why|that|how)|prove|reason (?:to|towards?)|work (?:to|towards?)) (?:that |why |how )*(?:(?:the|this) )(?:correct |right )?${answer}(?= ?[.,;:)]| ?$| (?:is|with|by|from|using|step|as|of|given|provided) ?(?!to\\b))`,
  `\\b(?:reasoning|argument|explanation|rationale|thinking|analysis|chain|text|logic|derivation|conclusion)(?: here| now)? (?:must|should|has to|have to|needs? to|ought to|is supposed to|will have to|is meant to|had better) (?:lead|end|point|arrive|conclude|land|finish|support|justify|get|come|be|match)(?: up)?(?: (?:to|at|with|on|in|towards?|for))? (?:(?:the|option|answer|choice|that|it is) )*["'(]?(?:ⓧ|(?:given|provided|expected|stated|known|correct|right|supplied|target) (?:answer|option|choice|label|one))`,
  `(?:supposed|meant|expected|instructed|told|directed) to (?:pick|choose|select|answer(?: with)?|conclude(?: with| that)?|say|end (?:up )?(?:with|at)|go with|favou?r|output|give|prefer|arrive at|find)(?: that)? (?:the |it is |(?:correct|given|provided) )*(?:option |answer |choice |letter )*["'(]?ⓧ`,
  `backwards?,? (?:from|starting (?:from|at|with)|off) (?:(?:the|this|that|a|an|our|my) )*(?:(?:correct|right|given|provided|known|stated|final|supplied|target|expected|gold|reference|labell?ed|official|desired) )*(?:answer(?![- ](?:choice|option)s)|option|label|key|solution|choice|letter|["'(]?ⓧ|outcome we were given)`,
  `reverse[- ]?engineer\\w*(?: \\w+){0,5} (?:answer|option|label|key|reasoning|rationale|explanation|argument|logic|conclusion|ⓧ)`,
  `(?:look|go|trac|read|infer|reason|argu)\\w*(?: \\w+){0,2} back from the (?:(?:correct|right|given|known|provided) )*(?:${answer}|label|key|solution)`,
  `\\bknowing (?:what )?the (?:(?:correct|right|final) )?${answer}(?! (?:to|depends|requires|must|lies|will|would|can))`,
  `(?:fore)?knowledge of the (?:(?:correct|right|final) )?${answer}`,
  `\\b(?:answer|solution|marking|scoring)[- ]?(?:key|guide|bank|manual)s?\\b(?! (?:question|point|finding))`,
  `\\bmark(?:ing)? scheme\\b`,
  `\\bthe key (?:says|states|gives|lists|marks|reads|reports|shows|has|indicates|confirms|tells|points to|picks|names)(?: us| me| that| it as| it to be|:)?(?: the)?(?: correct| right)? ?(?:answer|option|choice|letter)? ?["'(]?(?:ⓧ|correct\\b|the answer\\b)`,
  `\\bthe key is (?:option |answer |choice )?["'(]?ⓧ["')]?(?= ?[.,;:]|\\s?$)`,
  `(?:according to|as per|per|consistent with|match(?:es|ing)?|agrees with|against|following|by|checked with|in line with) the (?:provided |given |official |correct |exam )?key(?= ?[.,;:)]| ?$| (?:says|states|is|that|we|which|it|ⓧ|answer))`,
  `\\b(?:according to|per|matche?s?|consistent with|agrees with|given|know|knowing|since|match|confirms|with) (?:the )?ground[- ]truth\\b(?! (?:was|were|from|established|in|of|annotation|segmentation|for))`,
  `\\b(?:the|this|its) (?:provided |given |supplied )?label (?:says|states|is|reads|indicates|shows|tells us|points to|confirms|gives|marks|provided|given)(?: us)?(?: that)?(?: the)? ?(?:correct |right )?(?:answer\\b|option\\b|choice\\b|it is\\b|as\\b|["'(]?ⓧ)`,
  `\\bthe (?:provided |given |supplied )?hint (?:says|tells|states|that (?:we|i|was|has|says|tells)|was|directs|confirms|suggests|points|indicates|gives|provided(?! by the (?!${giver}))|given(?! by the (?!${giver})|(?: in)? the stem)|we|i|already|mentions|reveals)\\b`,
  `(?:given|from|according to|using|with|following|per|thanks to|based on|taking|considering|by) (?:the|this|our|my) (?:provided |given |supplied )?hint\\b(?! (?:of|in|from|at|here))`,
  `(?:according to|as per|per|matches|agrees with|consistent with|checking|see|following) (?:the |our )?(?:provided |given |supplied |official |reference |correct )?solution\\b(?= ?[.,;:)]| ?$| (?:provided|given|supplied|says|states|we|it|to (?:the|this) (?:question|problem)))`,
  `\\b(?:the|this) (?:provided |given |supplied |official |reference |correct |answer )*solution(?: (?:given|provided|supplied))? (?:says|states|picks|chooses|selects|marks|concludes|names|points to|indicates|is|lists|tells us|tells me|asks us)(?: to (?:choose|pick|select|answer))? (?:that )?(?:the )?(?:(?:correct )?(?:answer|option|drug|diagnosis|choice|treatment) (?:is )?\\b|it is\\b|["'(]?ⓧ)`,
  `\\bthe (?:label|key|hint) (?:provided|given|supplied) (?:says|states|is|shows|indicates|tells|points|reads|gives|marks|confirms|here)\\b`,
  `\\b(?:provided|supplied|official|reference) solution\\b(?= (?:says|states|is|to this|to the (?:question|problem)|given|confirms|indicates|gives|lists)\\b| ?[.,;:])`,
  `^(?:\\w+,? )?(?:as|like) (?:is |was |already )?(?:given|provided|told|supplied|instructed|revealed|specified|disclosed|(?:stated|indicated|noted|shown|mentioned|listed) (?:in|by) (?:the|my) (?:prompt|instructions?|task|input|label|key|brief|answer|user))(?: to us| above| here| beforehand| earlier| in the \\w+| by the \\w+)?, (?:the )?(?:correct |right |final )?(?:answer|option|choice|diagnosis|label)(?! choice| option)`,
  `(?:must|should|shall|will|do|can|may|need to|have to|cannot|can't|shouldn't|mustn't|won't|don't)(?: not)? (?:reveal|mention|admit|disclose|acknowledge|let on|refer to|say|write|state|tell|show)(?: \\w+){0,6} (?:answer (?:was|key|has|is (?:given|provided|known|told))|(?:the|an?) (?:answer|label|answer key)(?! (?:is|must|should|lies|has to|would)\\b)|(?:was|were|been) (?:told|given|provided))\\b`,
  `\\bhaving (?:already )?(?:seen|been (?:given|told|shown|handed)|read|looked at|peeked at|checked|received) (?:the |that the )?(?:(?:correct|right|final) )?(?:answer\\b(?![- ](?:choice|option))|label\\b|answer key|solution\\b(?! of))`,
];

export const englishLeaks: RegExp[] = given.map(
  (source) => new RegExp(source.replaceAll(" ?", "\\s*").replaceAll(" ", "\\s+").replaceAll("ⓧ", "ⓧ+"), "u"),
);

const zhAnswer = "(?:参考|标准|正确|最终|官方|既定|目标|预设)?答案(?!选项|中的?选项)";
const zhGiven = "(?:给出|给定|给|提供|告诉|告知|标明|标注|标出|指明|透露|公布|附上)";
const zhGiver =
  "(?:题目|题干|题中|本题|系统|用户|上文|前文|前面|材料|指令|任务|出题人|老师|教师|数据集|提问者)";

/** Chinese is written without spaces, so these are read as they stand. */
export const chineseLeaks: RegExp[] = [
  `${zhGiver}(?:中|里|本身)?(?:已经?|也|所|直接|明确|都|早已|其实)*${zhGiven}(?:了|的|我们|我|出|过|好)*(?:是|为)?(?:的)?${zhAnswer}`,
  `(?:根据|按照|依据|依照|对照|参照|参考|结合|基于|遵循|比照)(?:所|已|上述|该|本题|${zhGiver})*(?:${zhGiven}|已知)?(?:了|出|好)*的?(?:参考|标准|正确|官方|既定)?答案(?!选项)`,
  `(?<!没有|无|并无|不存在)(?:参考答案|标准答案|官方答案|答案解析|答案提示)(?:是|为|给|说|指|认|显|选|已|也|中|里|提|：|:|，|,|的|。|相|一致)`,
  `(?:给定|所给|给出|提供|已给|已知|预设|目标|既定|事先|指定|标注)的?(?:正确|参考|标准)?(?:答案(?!选项)|标签)`,
  `(?:^|[，,。；;：:]|既然|由于|因为|鉴于|考虑到|而)(?:我们?|本题|该题|此题|这道题)*(?:已经?|早就|事先|预先)?(?:已知|知道|得知|被告知|获知|了解到)(?:本题|该题|此题|了|的)*${zhAnswer}(?:就|应该|应)?(?:是|为|选)`,
  `(?:既然|由于|因为|鉴于)(?:本题|该题|此题|题目)?的?${zhAnswer}(?:已经?|就|已知)*(?:是|为|选|给|知|确)`,
  `${zhAnswer}(?:早?已经?|事先|预先)(?:给|知|告|定|公布|确定|标|提供)`,
  `(?:${zhAnswer}|答案)(?:显示|指出|写的?是|说的?是|表明|告诉|要求)`,
  `(?:从|由|根据|按|拿着|以|对着|沿着|围绕)[^。；，]{0,10}(?:答案|选项|结论|ⓧ)[^。；，]{0,6}(?:倒推|反推|逆推|反向推|倒着推|逆向推|往回推|回推|反过来推)`,
  `(?<!不)(?:需要|必须|应该|应当|要求|任务是|目标是|设法|想办法|被要求|得|要|让)(?:我们?|去|来|为|你)*(?:证明|论证|解释|说明(?!的是)|支持|辩护|合理化|佐证|推导出|推出|得出|导向|圆)[^。；，]{0,10}(?:ⓧ(?:是|为)?(?:正确|对的|答案|选项|项|$|[。，；])|(?:为什么|为何)(?:答案是?|选|是)ⓧ|(?:给定|所给|这个|该|正确|既定)(?:的)?(?:答案|选项))`,
  `(?:需要|必须|要求|任务是|目标是|被要求|让)(?:我们?|去|来|你)*(?:证明|论证|解释|支持|辩护|合理化|佐证|推导出|导向)[^。；，]{0,6}选(?:项|择)?ⓧ`,
  `(?:根据|按照|依据|参考|结合|利用|借助|有了|顺着)(?:所|已|${zhGiver})*(?:${zhGiven})?(?:的)?(?:提示|暗示)(?![^，。；]{0,4}(?:存在|有|为|，?可能))(?:[，,：:。]|可知|可以|我们|，|信息|，)`,
  `提示(?:中|里|已经?|直接|明确)(?:说|给|告诉|指出|写|标|明)`,
  `提示(?:说|告诉|写)`,
].map((source) => new RegExp(source.replaceAll("ⓧ", "ⓧ+"), "u"));
