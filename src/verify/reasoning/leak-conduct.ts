/**
 * What a writer does who was handed the answer, in English and Chinese: it pretends to search, hides what it knows,
 * works to a fixed end, says who wants which option, and cites a key, a field or a mark beside the question.
 *
 * Written like leak-phrases.ts, over small letters, with ⓧ for an option's letter or words; Ⓛ is an option's letter
 * alone, where its words would be medicine ("given that it is pulmonary embolism"). Invariant: the writer or the one
 * who set the task acts, never the patient, the drug or the trial ("she feigns weakness", "they want to conceive").
 */

/** Up to two words that come between. */
const two = "(?: [\\w'-]+){0,2}?";
const lys = "(?: already| also| just| simply| clearly| even| actually| conveniently| \\w+ly)*";
const me = "(?:i|we|i'll|i'd|we'll|we'd|let me|let us|let's|i'm|we're|i am|we are|i've|we've)";
const x = "(?:(?:option|choice|letter|answer|the|with|for) )*[\"'(]?ⓧ[\"')]?";
const told =
  "(?:told|informed|advised|assured|instructed|tipped off|handed|given|supplied|provided|shown|slipped)";
const sets =
  "(?:they|you|the (?:graders?|rubric|examiners?|markers?|(?:(?:question|item|test) )?(?:setters?|authors?|writers?)|teachers?|instructors?|professors?|tutors?|users?|prompt|system|key|annotators?|dataset|data set|author of (?:the|this) (?:item|question|test)))";
const source =
  "(?:annotations?|metadata|mark(?:ing)? scheme|rubric|grader|dataset|data set|prompt|teacher|instructor|answer (?:key|sheet|list|field)|solution sheet|gold (?:column|field|label)|reference|key|label)";
const laid =
  "(?:given|provided|supplied|stated|reference|official|listed|annotated|marked|flagged|keyed|known|indicated|prescribed)";
const due =
  "(?:required|desired|wanted|needed|requested|intended|expected|target|prescribed|predetermined|assigned|designated)";
const end = "(?= ?[.,;:!)]|\\s?$)";
const argued =
  "(?:reasoning|argument|explanation|rationale|thinking|chain|logic|story|case|derivation|analysis|steps?)";
const defend =
  "(?:justify|defend|back(?: up)?|support|vindicate|rationali[sz]e|argue (?:for|that|in favou?r of)|end (?:up )?(?:with|in|at|on)|conclude(?: with| that)?|make (?:a|the) case for|lead to|arrive at|land on)";

const conduct: readonly string[] = [
  // pretends to search
  `\\b${me}(?: [\\w'-]+){0,5}? (?:pretend|feign|fake|simulate)(?:ing)?(?: that)?(?: (?:to|not|i|we|i'm|some|a|my|it's|there|hesitation|doubt|surprise|uncertainty|ignorance)\\b)(?! (?:see|am seeing|are seeing|meet|had (?:this|a) patient))`,
  `\\b(?:act|acting|appear|sound|look|seem) surprised (?:when|that|to|by)(?: [\\w'-]+){0,4} (?:ⓧ|answer|i get|i find|i reach|we reach)`,
  `(?:make|making|made|meant|supposed|have|has|needs?|want|wants|should|must|write|writing|written|phrase|word)(?: to)?(?: (?:it|this|that|everything|the [\\w-]+|my [\\w-]+|all of (?:this|it)))?(?: to)? (?:look|sound|read|seem|appear)s?(?: [\\w-]+){0,2} (?:as if|as though|like) (?:i|we|it came from|the answer came)\\b`,
  `(?:make|making) (?:it|this|that|everything|(?:the|my) (?:reasoning|argument|thinking|text|explanation|choice)) (?:look|sound|read|seem|appear) (?:more )?(?:natural|genuine|independent|spontaneous|unforced|convincing|plausible|honest|organic|authentic|unbiased|effortless)`,
  `\\bas (?:if|though) (?:i|we)(?: [\\w'-]+){0,4} (?:(?:did not|didn't|do not|don't|had not|hadn't|have not|haven't|never|had no|without)(?: [\\w'-]+){0,4} (?:answer|label|key|solution|letter|conclusion)\\b|(?:found|discovered|reasoned|derived|deduced|worked|figured|reached|arrived)${two} (?:on my own|on our own|by myself|by ourselves|my way|our way|it out|this out|independently|unaided))`,
  `\\b(?:as (?:if|though)|like) (?:i|we) (?:did not|didn't|do not|don't|had not|hadn't|have not|haven't|never|had no)(?: [\\w'-]+){0,4} (?:answer|label|key|solution|letter|conclusion)\\b`,
  `(?:^|, |\\()(?:just |purely |merely |only )?for (?:show|appearances?|the sake of appearances?|appearance'?s sake|form's sake|the look of it),?(?= ?[.,;)]| (?:i|we|let)\\b)`,
  // hides what it knows
  `\\b(?:nobody|no one|no-one|the reader|anyone|anybody|you)(?: [\\w'-]+){0,4} (?:notices?|sees?|knows?|guess(?:es)?|suspects?|finds? out|reali[sz]es?|tells?|thinks?|learns?) (?:that )?(?:i|we)(?: had| have| was| were| knew| know| already| saw| am| are|'ve|'d|'m|'re)+(?: [\\w'-]+){0,4} (?:answer|label|key|solution|letter|told|outcome|conclusion|help|it all along|ⓧ)`,
  `\\b(?:i|we|better|careful|must|should|to)(?: [\\w'-]+){0,3} (?:not|n't|never|avoid|without)(?: [\\w'-]+){0,4} (?:impression|reveal\\w*|mention\\w*|admit\\w*|let\\w* on|let\\w* the reader|betray\\w*|disclos\\w*|giv\\w+ away|show\\w*|sound\\w*|look\\w*)(?: [\\w'-]+){0,7} (?:(?:i|we|having|that)(?: [\\w'-]+){0,2} (?:told|handed|knew|seen|supplied)|(?:i|we)(?: was| were|'ve been| have been) given|label (?:was|is|in)|the label${end}|(?:answer|letter|key|label|solution) (?:was|is|came|i|we|from|in the (?:prompt|input)))\\b`,
  `\\b${me}(?: [\\w'-]+){0,3} (?:keep|stay|remain|be) (?:quiet|silent|mum|discreet) (?:about|on)(?: [\\w'-]+){0,4} (?:given|told|answer|label|key|letter|handed|knowing)`,
  `\\b(?:label|answer|letter|key|solution) (?:was|is|were|stands|stood|being) (?:already |right there |right |there )*in (?:the|my|our) (?:prompt|input|instructions|metadata|system|brief)`,
  `\\b(?:i|i'll|i'd|we|we'll|should|must|to)(?: [\\w'-]+){0,2}? (?:reveal|disclose|withhold|hold back|unveil|keep back|postpone|delay) (?:it|ⓧ|the (?:answer|letter|conclusion))(?: [\\w'-]+){0,3} (?:end|later|last|last line|long)\\b`,
  `\\bif (?:i|we) (?:hadn't|had not|didn't|did not)(?: already)? (?:read|seen|known|know|see|looked at|heard)(?: about)? (?:the |its )?(?:correct )?(?:answer|solution|key|label)\\b(?! (?:choice|option))`,
  // without it, it would have said something else
  `\\b(?:had (?:i|we|it|this|the answer|the label) not been (?:${told}|stated|there)|if (?:i|we) (?:hadn't|had not|weren't|were not|wasn't|was not)(?: already)?(?: been)? (?:told|informed|handed|supplied|given (?:the answer|it|this|ⓧ))|without (?:being|having been) (?:told|informed|handed|tipped off))(?! (?:of|about|that (?:she|he|the patient)|to|by (?:her|his|the (?:doctor|patient|nurse))|how|anything))\\b`,
  `\\bif (?:it|the (?:answer|label|key|letter|solution))(?: [\\w'-]+){0,2} (?:hadn't|had not|weren't|were not|wasn't|was not) (?:already |been )*(?:told|supplied|handed|in front of|before me|provided|stated|there|given(?! (?:by|as|in|for (?!me|us))))`,
  `\\b(?:without|were it not for|but for|if not for) (?:the|this|that) (?:(?:given|provided|supplied|stated|known) )?(?:answer|label|key|letter)(?: [\\w'-]+){0,3},? (?:i|we)(?:'d| would| might| could)(?: [\\w'-]+){0,2} (?:have|be|not)\\b`,
  `\\b(?:on my own|left to (?:myself|my own devices)|unaided|my (?:own )?(?:pick|choice|view|inclination|reading|analysis|result|reasoning|calculation|instinct)(?: alone)? (?:was|is|would|says?|gives|gave|said|points?)|(?:i|we)(?:'d| would)(?: still)? (?:have )?(?:said|say|picked|pick|chosen|choose|gone|go|guessed|guess|answered|doubt)|i (?:got|get|find|found))\\b[^.;]{0,60}\\b(?:but|yet|however|whereas|though|while|which (?:conflicts|disagrees|differs))\\b[^.;]{0,30}(?:answer (?:above|is said|is given|says|they|here says)|\\b(?:supplied|given|provided|stated|reference|official|intended|marked|listed) (?:answer|label|key|letter|solution)|the (?:reference|key|label) (?:says|is|has|gives|picks|wants|disagrees)|(?:i'm|i am|we're|i was|been) (?:told|informed)|supposedly|(?:is|was) said to be|as stated)`,
  `\\b(?:correct|right|true|intended) (?:answer|option|one|choice|letter|diagnosis) (?:is|was) (?:supposedly|allegedly|reportedly|purportedly|said to be|stated to be|apparently given|declared)\\b`,
  // told, in passing
  `(?:answer|ⓧ),? ?(?:or )?(?:so |as )?(?:i|we)(?:'m| am| was| were|'re| are|'ve been| have been| had been)(?: already)? (?:told|informed|advised|assured|instructed)\\b(?! (?:that )?(?:she|he|the patient|they|by (?:her|his)))`,
  `\\bas (?:i|we)(?:'m| am| was| were|'re| are|'ve been| have been)(?: already)? (?:told|informed|instructed)(?: [\\w'-]+){0,4},? (?:the (?:answer|correct|right)|it(?:'s| is) ⓧ|ⓧ (?:is|,))`,
  `\\b(?:i|we)(?:'m| am| was| were|'re| are|'ve been| have been)(?: already| now)? (?:told|informed|advised|assured) (?:that )?(?:it|this)(?:'s| is| was| should be| has to be| must be) ⓧ`,
  `(?:since|because|as|for|that) (?:i|we)(?:'m| am| was| were|'re| are|'ve| have)?(?: already| just)*(?: been)? told${end}`,
  `ⓧ (?:was|is|has been)${lys} (?:handed|fed|leaked|supplied|passed|disclosed|revealed|slipped|given) to (?:me|us)\\b`,
  `\\byou(?:'ve| have| had| already)* (?:told|gave|given|said|supplied|provided|informed|indicated)(?: me| us)?(?: that| with)? (?:(?:the|its|a) )?(?:(?:correct|right|final) )?(?:answer|result|solution|letter|label|outcome|conclusion|ⓧ)`,
  `\\bas you (?:told|said|informed|stated|indicated|mentioned|specified|gave)(?: me| us)?(?: [\\w'-]+){0,3},? (?:the (?:answer|correct|right)|it(?:'s| is)|ⓧ)`,
  `(?:thank you|thanks) for (?:supplying|providing|giving|sharing|telling|including|revealing)(?: me| us)?(?: [\\w'-]+){0,2} (?:answer|solution|label|key|letter)`,
  `(?:^|, |; )they (?:say|said|claim|tell me|told me|insist) (?:that )?(?:it's|it is|the answer is) (?:Ⓛ|ⓧ[^.;]{0,20}\\breasons?\\b)`,
  // it came with the question
  `\\b(?:the|its|(?:correct|right)) (?:answer|letter)(?: itself)? (?:was|is|were|has been|had been|came|comes|got)${lys} (?:included|attached|enclosed|appended|bundled|leaked|spoil\\w+|printed|given away|no secret|already on the table|on the table|laid out (?:for|before)|handed|in front of (?:me|us)|(?:lying |standing )?(?:right )?(?:there|here) (?:in|above|at|on|for)|visible|along with|part of the (?:prompt|input|question))`,
  `\\b(?:the|correct|right) solution (?:was|is|has been|came|comes)${lys} (?:included|attached|given|provided|supplied|enclosed|appended)(?: along)? (?:with|in|to) the (?:case|question|prompt|task|item|problem|stem|vignette|input)`,
  `\\b(?:correct|right|gold) (?:letter|option|answer|choice) (?:next to|beside|under|below|above|at the (?:end|top|bottom|head|start) of) (?:the |this )?(?:question|prompt|case|page|stem|item|task|text)`,
  `\\b(?:correct|right) (?:letter|option|answer|choice) (?:appears|stands|is (?:printed|written|shown|found)|was (?:printed|written|shown)|sits|can be (?:read|seen|found)) (?:at|in|on|above|below|under|beside|next to|after|before) `,
  `\\banswer (?:given |stated |printed |shown |written )?(?:above|below|at the top|at the bottom|up top|overhead) (?:says|reads|was|is (?:option )?ⓧ|states|shows)`,
  `(?:agree\\w*|match\\w*|fit\\w*|tall(?:y|ies)|consistent|accords?|squares?|lines? up|coincid\\w+|in line|compatible)(?: nicely| well)?(?: with)? (?:the )?(?:answer|letter|option|label|result) (?:given |stated |shown |printed |written |provided )?(?:above|at the top|at the outset|below|overhead|up front)`,
  `(?:agree\\w*|match\\w*|fit\\w*|tall(?:y|ies)|consistent|accords?|squares?|lines? up|coincid\\w+|in line)(?: nicely| well)?(?: with)? what (?:was (?:supplied|provided|handed|given)|(?:i|we) (?:was|were|had been|have been) (?:told|handed|supplied|given)|(?:the|my) ${source}\\b|they (?:gave|want|told|say)|you (?:told|gave|said))`,
  `(?:stated|given|noted|said|indicated|mentioned|announced|written|printed) (?:above|before|below|over|under|ahead of|next to|beside) the (?:question|stem|case|vignette|item),? (?:the answer|it(?:'s| is)|ⓧ)`,
  `^as (?:stated|given|indicated|told|announced|noted|said) at the (?:top|outset|start|head|end|bottom),? (?:it(?:'s| is)|the (?:correct )?answer|ⓧ)`,
  `(?:is|was|were) (?:given|stated|printed|shown|noted|written) at the (?:top|head|bottom) of (?:the|this|my) (?:prompt|task|instructions|page)`,
  `\\bspoilers?\\b|(?:answer|letter|solution|key) (?:was|has been|is|got|had been) leaked\\b`,
  // the end is fixed
  `\\b(?:conclusion|answer|end ?point|destination|verdict|final letter|outcome|choice of (?:answer|letter)) (?:is|was|has been|had been|being|stands)${lys} (?:agreed|fixed|decided|settled|set|determined|known|established|chosen|dictated|imposed|prescribed|given|made) (?:in advance|beforehand|for (?:me|us)|from the (?:start|outset|beginning)|ahead of time|up front|before (?:i|we) (?:began|begin|start|started|read))`,
  `\\b(?:conclusion|destination|end point|endpoint|final answer|goal|outcome) (?:is|was|has been)${lys} (?:fixed|known|decided|settled|predetermined|set|given)(?: as| at| to be)?,?(?: (?:option )?ⓧ,?)?[,;:]?(?: and| so| but)? (?:(?:i|we)(?:'ll)? (?:only|just|merely|simply)|what(?:'s| is)? (?:remains|left)|all (?:that|i|we)|only the (?:path|road|reasons?|steps?))`,
  `(?:established|settled|decided|fixed|determined|agreed)(?: already| beforehand| in advance)?,? that (?:the (?:(?:correct |right )?(?:answer|option|choice)) (?:is|was|has to)|ⓧ (?:is|was) (?:the )?(?:right|correct|answer)|it(?:'s| is) Ⓛ)`,
  `\\bwith the (?:destination|conclusion|answer|end point|final letter|letter) (?:already )?(?:fixed|known|set|given|settled|decided|in mind|in place|revealed|supplied)`,
  `\\bwith ⓧ as (?:the|my|our) (?:target|goal|destination|end ?point|desired|required|fixed)`,
  `\\b(?:benefit|help|advantage|luxury|privilege) of (?:having )?(?:the (?:answer|key|label|solution)|(?:knowing|seen|seeing) (?:the |what ))(?! (?:to|choice|option))`,
  `\\b(?:in (?:the )?(?:light|view) of|guided by|armed with|led by|informed by|steered by|driven by|bound by|prompted by) the (?:(?:correct|right) )?(?:${laid} (?:answer|option|letter|label|key|solution)|answer (?:i|we|they)|label${end}|key${end})`,
  `\\b(?:knowing|having seen|having read|seeing) the (?:key|label|letter|solution)${end}`,
  `\\b(?:in reverse|backwards?),? (?:from|starting (?:from|at|with)) the (?:answer|letter|solution|conclusion|end)\\b`,
  `(?:work|reason|argu|mov|trac|go|proceed)\\w* (?:my |our )?(?:way )?back(?:wards?)? from (?:the (?:answer|letter|solution|label|key)|(?:option |answer )?ⓧ)`,
  `(?:start|begin)(?:ing)? (?:at|from|with) the end, which is`,
  `\\bback-?(?:fill|solve|rationali[sz]e)\\w*|\\bretrofit\\w*(?: [\\w'-]+){0,3} (?:${argued}|to|answer|ⓧ)`,
  // only the reasons are wanting
  `(?:only|just|merely|simply|all (?:that's|that is|i have|i need|that remains|we have|we need)|what(?:'s| is)? (?:remains|left)|remaining)(?: [\\w'-]+){0,5} (?:fill in|fill|supply|provide|invent|fabricate|make up|construct|write|draw|build|add|furnish|come up with|dress)(?: [\\w'-]+){0,3} (?:steps|reasoning|path|route|road|rationale|justification|story|gap between|working|reasons|chain)\\b`,
  `what(?: still)? (?:remains|is left|'s left)(?: now)?(?: for (?:me|us))? (?:is|are)(?: to find)? (?:the|a|some) (?:path|road|route|way|reasoning|argument|justification|reasons?|rationale|steps|story)\\b(?! (?:why|of|the patient))`,
  `(?:\\b${me}(?: [\\w'-]+){0,4}?|^|left is to|remains is to|have to|need to) (?:invent|fabricate|concoct|contrive|cook up|dream up|manufacture|make up|craft|engineer)(?:ing)?(?: [\\w'-]+){0,3} (?:path|route|chain|reasons?|reasoning|argument|story|explanation|rationale|justification|steps|logic|way to)\\b`,
  `\\b(?:here(?:'s| is)|this is) (?:the|an?|my) (?:\\w+ )?(?:argument|reasoning|path|route|road|chain|story|way) (?:that|which|to)(?: gets| takes| leads| brings| get)? (?:me |us |you )?there\\b`,
  `\\b(?:answer|letter|solution|option)(?: is|'s)?(?: not|n't) (?:something )?(?:(?:i|we) (?:have|need) to|for (?:me|us) to) (?:find|look for|work out|search|determine|decide)`,
  `(?:don't|do not|needn't|need not|no need to|without having to|not have to)(?: have to| need to)? (?:find|search for|look for|work out|derive|figure out|discover|guess|determine)(?: (?:the|which|what|it|here|one|is|answer|correct|right|option|solution|letter|choice|at|all)\\b)*[,;:]? ?(?:only (?:to )?(?:explain|justify|show)|just (?:to )?(?:explain|justify|show)|(?:since|because|as|for) (?:(?:i|we)(?:'ve| have)?(?: already)?(?: been)? (?:told|know|handed)|(?:it|the (?:answer|solution|letter)) (?:was|is|has)))`,
  // says who wants which option
  `\\b${sets}(?:'re| are| is)?(?: really| clearly| obviously)? (?:wants?|expects?|looking for|after|expecting|wanting|awards?(?: the| a| full)? (?:points?|marks?|credits?)(?: for| to)?|goes? for|intends?|insists? on|picks?|picked|chose)(?: us| me)?(?: to (?:say|pick|choose|answer|conclude(?: with)?|end (?:up )?with|find|go with|arrive at|reach|get))? (?:that it is )?${x}(?= ?[.,;:!)]|\\s?$| (?:here|and|so|as|to|for (?:this|the) (?:point|item|question)|in (?:this|the) (?:item|question|case))\\b)(?! (?:to|for|as) (?:treat|prevent|lower|act|work))`,
  `\\b(?:ⓧ|answer|option|choice) (?:that )?(?:they|the (?:examiners?|graders?|setters?|authors?))(?:'re| are| is)? (?:after|looking for|want|wants|expect|expects|gave|have in mind)`,
  `\\bwhat they (?:want|expect|are after|are looking for|gave)(?: me| us)?(?: to (?:hear|say|see|conclude))?(?: here)? (?:is|was) ⓧ`,
  `ⓧ,? (?:is|was) what (?:i|we|they|you|the ${source})(?:'ve| have|'m| am|'re| are| was| were| had)?(?: been| already)*(?: told| given| expected| asked| supposed| supplied| handed| instructed| want| wanted| gave| says| said| has| gives| lists| states| shows| requires)\\b(?! (?:the patient|her|him|for))`,
  `\\b(?:answer|option|letter) (?:that )?(?:they|you|the (?:teacher|prompt|user|system|key|setter|dataset|author))(?:'ve| have| has)? (?:gave|given|handed|supplied|provided|provides|gives|told|specified|named|want|wants)(?: (?:me|us)\\b|(?= (?:is|was)\\b| ?[.,;]|\\s?$))`,
  `\\b(?:instructor|teacher|author|setter|professor|tutor|examiner|user|prompt)(?: [\\w'-]+){0,4}? (?:indicated|indicates|intends|intended|signalled|hinted|revealed|noted|marked|meant)(?: that| to be)? (?:the (?:correct |right )?answer\\b|${x} (?:is|as|,|to be)|ⓧ${end})`,
  `\\b(?:teacher|instructor|author|setter|professor|tutor|examiner|editor|grader)'?s? (?:note|hint|comment|remark|message|memo|annotation)s? (?:says?|gives?|reads?|is|names?|states?|points? to) ${x}`,
  // is sent to defend an option
  `\\b(?:my|our|the|this|these|its) (?:task|orders?|instructions?|job|assignment|brief|mission|mandate|duty|request|prompt|role)(?: here| now| given to me)? ?(?:is|are|was|were|says?|asks?|:|being)? ?(?:me |us )?(?:to )?(?:write|produce|give|build|compose)?(?: (?:an?|the|some|my))?(?: (?:reasoning|rationale|explanation|argument|text|chain)(?: that| which)?)? ?${defend.replace("justify", "justif(?:y|ies)").replace("end ", "ends? ").replace("support", "supports?").replace("lead to", "leads? to")} ${x}`,
  `\\b(?:requested|asked|told|instructed|ordered|tasked|commissioned|directed|assigned)(?: with)? to (?:back|produce|write|give|build|supply|compose|deliver|provide|make|show|present|lay out|outline|sketch)(?: [\\w'-]+){0,5} (?:supports?|supporting|ends?|leads?|for|justif\\w+|backs|backing|defend\\w*|favou?rs?|with reasoning)(?: [\\w'-]+){0,3}? ?ⓧ`,
  `\\b(?:requested|asked|told|instructed|ordered|tasked|directed) to ${defend} ${x}`,
  `\\b(?:answer|option|choice|letter|conclusion|diagnosis)(?: that| which)?,? (?:i|we)(?:'m| am|'re| are| was| were)? (?:have to|must|need to|to|supposed to|expected to|meant to|required to|asked to|told to|obliged to)(?: [\\w-]+)? ?(?:defend|justify|support|reach|arrive at|end (?:up )?(?:with|at|on)|land on|get to|back|argue for|rationali[sz]e|lead to|vindicate|say|explain)\\b(?! (?:in|the|both|all|why|her|his|how|must|should|has)\\b)`,
  `\\b(?:answer|option|choice|letter|conclusion) to be (?:justified|defended|explained|supported|reached|argued|arrived at|rationali[sz]ed)`,
  `\\bto (?:land on|get to|reach|arrive at|end (?:up )?(?:at|with|on)|come out (?:at|with)|wind up (?:at|with)|hit) (?:the )?(?:(?:required|right|correct|expected|desired|needed|given|wanted) )*${x},? (?:i|we)(?:'ll|'d)? (?:need|have|must|want|should|had better|ll|will|ignore|drop|dismiss|first)\\b`,
  `\\bto (?:land on|end (?:up )?(?:at|with|on)|come out (?:at|with)|wind up (?:at|with)) the (?:right|correct|required|expected|desired|given|wanted) (?:letter|answer|option)`,
  `\\bthe (?:required|needed|wanted|requested|prescribed) (?:(?:answer|option|letter|choice|conclusion)\\b|Ⓛ)(?! (?:to the|of the))`,
  `\\b(?:the|this) ${due} (?:answer|option|letter|choice|conclusion|label)(?: here)?(?:,| is| being| was|:| of) ?${x}`,
  `ⓧ,? as (?:required|requested|demanded|instructed|prescribed|wanted|ordered|told)${end}`,
  `\\bso that (?:it|this|that|the (?:result|reasoning|explanation|argument)|i|we|my [\\w-]+|everything|they) (?:will |would |can |may )?(?:agrees?|match(?:es)?|fits?|arrives?|accords?|lines? up|comes? out|ends?|lands?|squares?|gets?|yields?|supports?)(?: up)?(?: [\\w'-]+){0,2}? (?:${x.replace("ⓧ", "Ⓛ")}|the (?:(?:given|supplied|provided|right|required|correct) )?(?:letter|answer|option|label|key|solution)(?! (?:to|depends)))(?= ?[.,;:!)]|\\s?$| (?:above|below|i|we|they|given|supplied|provided|handed|as|let)\\b)`,
  `(?:tailor|bend|bent|shap|adjust|adapt|tweak|twist|massag|rework|redo|fit|steer|chang|revis|rewrit|construct)\\w*(?: [\\w'-]+){0,2} (?:${argued}|this|it|my words)(?: [\\w'-]+){0,4}? (?:until|so|to|towards?|in order)(?: [\\w'-]+){0,5}? (?:ⓧ|(?:letter|answer|option) (?:they|i was|given|above|supplied)|(?:supplied|given|provided|stated|known|required) (?:letter|answer|option|label)|the (?:key|label)${end})`,
  `(?:${argued})(?: [\\w'-]+){0,4} (?:tailored|bent|shaped|adjusted|twisted|massaged|reworked|fitted|retrofitted|steered)(?: [\\w'-]+){0,6} ⓧ`,
  `(?:(?:must|should|shall|can|may|will|do|need|could|would)(?:n't|not| not)(?: [\\w'-]+)? )?(?:conflict|disagree|clash|differ|contradict|deviat|depart|stray|diverg|at odds|inconsistent|faithful|loyal|stick|true|stay in line|side|compl)\\w*(?: [\\w'-]+){0,2} (?:the |what )?(?:(?:correct|right) )?(?:(?:${laid}) (?:answer|solution|label|key|letter|option)|label${end}|(?:answer )?key${end})\\b`,
  `\\b(?:${laid}) (?:correct )?(?:answer|label|key|letter|solution) (?:disagrees|differs|conflicts|contradicts|surprises)`,
  `(?:because|since|as|but|although|odd|strange\\w*|however),? (?:but )?(?:the|this|my) ${laid} (?:answer|letter|label)(?:,| is| was| says) `,
  // who or what says so
  `\\b(?:as )?(?:per|according to|by|going by|judging by|following|from) (?:the|my|our|this) (?:annotations?|metadata|mark(?:ing)? scheme|rubric|dataset|data set|answer (?:list|field|sheet|line)|gold (?:column|field|label)),?(?: [\\w'-]+){0,6}? (?:ⓧ|answer|correct|right|diagnosis)`,
  `\\b(?:the|this|that|our) rubric\\b|\\b(?:per|the|in|from) metadata\\b`,
  `\\banswer (?:field|column|line|box|slot|tag|entry|page|row|cell)\\b(?: [\\w'-]+){0,3}? (?:contains|reads|says|has|shows|is|lists|holds|gives)|\\b(?:field|column|line|tag|entry) (?:labell?ed|called|named|marked|titled) ["'(]?(?:answer|label|solution|gold|target|correct)|\\bgold (?:column|field|entry|annotation|row)\\b`,
  `\\b(?:solution|answer)s? (?:sheet|page|booklet|section|list|book|table) (?:lists?|says?|gives?|has|shows?|reads?|names?|marks?|states?|too|here|has it)\\b`,
  `\\b(?:an? |the )?(?:asterisk|star|tick|tick mark|check ?mark|arrow|bold (?:type|face|print)|highlighting|highlight|circle)(?: in the (?:prompt|list|question))? (?:marks?|shows?|indicates?|points? (?:to|at)|(?:is |stands |was |appears )?(?:on|at|next to|beside|by|around|against|after|before)) (?:(?:option|the letter|letter|choice|answer|the) )*ⓧ`,
  `ⓧ (?:is|was|has been|comes|came)${lys} (?:starred|ticked|circled|asterisked|keyed|in bold|bolded|boxed)\\b(?! as (?:an?|contra))`,
  `\\b(?:is|was|be|it's|that's) the (?:listed|flagged|marked|keyed|stated|given|supplied|provided|official|tagged|starred|ticked) (?:answer|letter|one|correct)\\b(?! (?:to|choice|option|dose|in the stem|for the))`,
  `\\b(?:flagged|marked|listed|tagged|labell?ed|keyed|recorded|stored|given|annotated) as (?:the )?(?:correct|right|true|answer)(?: (?:one|answer|option|choice))? (?:in|by|on|at) (?:the|my|our|this) (?:data|dataset|data set|prompt|key|record|metadata|input|system|file|sheet)`,
  `\\b(?:official|reference|published|sample|worked|model|supplied|provided|book's|editors'|expert) (?:verdict|response|solution|key|outcome|pick)(?: [\\w'-]+){0,3}? (?:is|was|says|has|goes for|picks|gives|names|lists|chooses|:) ?${x}${end}`,
  `\\b(?:ideal|best|official|model|sample|expected) (?:answer|response|solution) (?:provided|supplied|given|shown)(?: to (?:me|us))? (?:is|was|says|picks)`,
  `\\b(?:the )?(?:back|end) of the (?:book|chapter|paper) (?:says|has|gives|lists|shows|is)|\\b(?:book|test|exam|bank|quiz|paper|publisher|item|question)'s (?:key|answer|solution)\\b(?! (?:choice|option))`,
  `\\bwhat the (?:answer )?(?:key|label|sheet) (?:says|has|gives|lists|shows|states|wants|tells)|\\bthe (?:answer )?key is (?:clear|unambiguous|explicit)[:;,]|^(?:answer key|key|label|gold(?: label| answer)?|ground truth|reference) ?[:=] ?(?:the (?:correct )?answer is )?${x}|^correct answer ?\\((?:given|provided|supplied|known|from [^)]*)\\)`,
  `(?:peek|look|glanc|cheat|check)\\w*(?: [\\w'-]+)? (?:at|in|with) the key${end}`,
  `\\b(?:this|the) (?:item|sample|example|case|question|record|row|instance) (?:is|carries|has|bears|was|comes with)(?: the| a| been)? (?:label(?:led|ed)?|tag(?:ged)?|annotat\\w+|class|classified)(?: as| with)? ⓧ|\\bthe (?:class|label|target|tag|annotation) (?:of|for|in) this (?:item|sample|example|question|record|row|instance)\\b|ⓧ in the (?:dataset|data set)\\b`,
  `\\b(?:assigned|stored|hidden|attached|recorded|true|correct|given) label (?:is|was|says|reads|shows)\\b`,
  // speaks of the key or the label as of something to be borne out
  `\\b(?:confirms?|supports?|explains?|justif(?:y|ies)|vindicates?|backs? up|validates?|bears? out|agrees? with|fits?|matches) (?:with )?(?:why )?the (?:label|(?:answer )?key|keyed \\w+|given (?:answer|letter|one|option))(?= ?[.,;:!)]|\\s?$| (?:is|was|says|here|given|above)\\b)`,
  `\\bthe (?:label|(?:answer )?key)(?:,? then,?| therefore| also| indeed)? (?:makes sense|is (?:right|correct|justified|wrong|plausible|credible|to be trusted)${end}|holds(?: up)?${end}|checks out|was right|stands${end})`,
  `(?:because|since|as|for|that's|simply) (?:the |my )?(?:task|prompt|instructions?|user|key|label|teacher|they|you|brief|assignment|system|request|orders) (?:says?|said|told|states?|demands?|wants?|requires?|insists?|asks?|told me) (?:so|it|me to|me so|as much|that)${end}`,
  `\\bas (?:planned|intended|desired|we had to|i had to|it had to|ordered|requested|agreed),? (?:at |with |in |to |by |is |it's |it is )?(?:(?:option|answer) )?ⓧ|ⓧ,? as (?:planned|intended|desired|we had to|i had to|agreed)${end}`,
  `(?:\\bthe fact|considering|in view of the fact|remembering|bearing in mind|granted|mindful) that ⓧ is (?:the )?(?:correct|right|answer|given|known)\\b`,
  `\\b(?:ⓧ|answer) being (?:the |a )?(?:correct|right|given|known|required|ⓧ)(?: (?:answer|option|choice|one))?(?= ?[,;]| (?:i|we|the)\\b)`,
  `\\bwith (?:(?:option|answer) )?Ⓛ (?:being )?(?:given|supplied|known|handed|provided|fixed|already)(?: ?[,;.:]| (?:as|to (?:me|us)|in advance|beforehand)\\b)`,
  `\\b(?:after|once|upon|on|before|by|from|when)(?: i| we)? (?:seeing|saw|see|reading|read|learning|learned|learnt|hearing|being (?:told|given|shown)|was told|were told|looking (?:at|up)|looked (?:at|up)|checking|checked|consulting) (?:the |that the |what the )?(?:(?:correct|right|final|given|provided) )?(?:answer${end}|answer (?:is|was|first|already|i|we|in|to this)|answer key|key${end}|label\\b(?! of the (?:drug|bottle))|solution${end})`,
  `\\b(?:i|i'm|we|we're)(?: am| are| was| were)?(?: really| strictly| officially| actually)?(?: not|n't) (?:supposed|meant|allowed|expected) to (?:know|have seen|have the answer|say how i know|mention|reveal|refer)`,
  `\\b(?:i|we) (?:secretly|officially|of course|happen to|do) (?:already )?know (?:that |what )?(?:it's|it is|the (?:correct )?answer|ⓧ|nothing of the answer)|\\bbetween (?:us|you and me)\\b`,
  `\\b(?:know|knowing|seen|see) (?:already )?how (?:this|it|the story|that) (?:ends|will end|turns out|is to end|has to end)|\\bknow(?:ing)? the (?:ending|outcome of (?:the|this) (?:question|item|case)|final answer)\\b`,
  `\\b(?:aim|head|steer|gear|navigate|march)(?:ing)? (?:my way |our way |the reasoning |this |things |everything )?(?:for|toward|towards|up to|at) (?:option |answer |the answer |letter )*Ⓛ`,
  `\\b(?:connect|link|bridge|tie|join|relate|get from|go from|lead from|map)(?:ing)?(?: [\\w'-]+){0,5} (?:to|with|and|towards?) (?:the (?:given|provided|known|stated|supplied|right|correct|required) (?:answer|letter|option|label|conclusion|choice)|the (?:label|key)${end})`,
  `\\b(?:this|it|it all|all|all of (?:this|it)|everything|the (?:sum|calculation|result|total|text|whole|arithmetic|numbers|figures|working)) (?:has|have|needs?|must|should|is supposed|are supposed|ought|had better)(?: to)? (?:come out|end up|turn out|land|wind up|end|finish|be made to)(?: (?:as|at|to be|with|on|in|be|equal|give|fit|point to))* ${x}`,
  `\\bmake (?:the|these|my|all(?: the)?) (?:[\\w-]+ )?(?:numbers|figures|findings|facts|steps|evidence|data|pieces|sums?|calculations?|story|reasoning|argument|case|details) (?:come out|fit|match|work|point|lead|agree|yield|give|support|end|say)(?: [\\w'-]+){0,4} (?:ⓧ|answer|letter|option|label|key)`,
  `\\b(?:find|look for|looking for|need|think of|search for|searching for|want|seek|come up with)(?: [\\w'-]+){0,3} (?:formula|calculation|path|route|road|reasons?|arguments?|reading|interpretation|explanation|link|chain|story|rationale|justification)(?: of reasoning| of thought)? (?:(?:for|why) )?(?:(?:that|which|to|so|why)(?: [\\w'-]+){0,3}? (?:yields?|gives?|ends?|leads?|gets?|produces?|arrives?|lands?|supports?|justif\\w+|makes?|favou?rs?|picks?|pick|choose|choosing|prefers?|preferring|reach|reaches|is|has)(?: [\\w'-]+){0,2} )?(?:Ⓛ|the (?:given|provided|known|stated|supplied) )`,
  `\\b(?:even though|although|though|whatever|no matter (?:what|how)|regardless of|despite)\\b[^.;]{0,50}\\b(?:given one|the one (?:they gave|given|supplied|i was (?:given|told))|must end|have to end|told to|(?:that|this)(?:'s| is) (?:the one|what)(?: i)?(?: was| is|'m)? ?(?:given|told|asked|required|wanted)|(?:label|key) (?:is|says))`,
  `\\b(?:that|this|it)(?:'s| is| was) (?:the )?(?:one|what|answer|option|letter) (?:that )?(?:(?:i|we)(?:'ve| have| was| were|'m|'re| am| are)?(?: been)? (?:given|told|handed|asked to|supposed to|required to|expected to)|(?:was|is|were) (?:given|supplied|provided|required|asked for|wanted|demanded|expected) (?:to (?:me|us)|of (?:me|us)|by the (?:prompt|task|user|key)|from (?:me|us)))`,
  `(?:following|obeying|complying with|to comply with|in accordance with|in keeping with|as per|per|under|in obedience to|in line with|true to) (?:the|my|our|these|this) (?:instructions?|task|request|prompt|brief|assignment|orders?)(?: (?:given|to (?:justify|defend|support|explain|conclude)\\b[^,.;]{0,30}))?,? (?:(?:i|we) )?(?:(?:will |must |shall )?(?:conclude|support|defend|choose|pick|select|answer|end|justify|argue|say|go|settle)\\b(?: [\\w'-]+){0,3} )?ⓧ`,
  `\\b(?:noted|recorded|written|mentioned|entered|printed|specified|indicated|marked|stored|disclosed|says|reads|stands)(?: [\\w'-]+){0,5}? (?:that )?["'(]?(?:the )?(?:correct )?answer(?: is|:) ?["'(]?ⓧ`,
  `\\b(?:cheat(?:ing)?(?: a (?:little|bit))?,|my cheat sheet|my (?:(?:hidden|secret|private|own) )?(?:notes|reference|source|key|file|sheet|copy|card) (?:says?|gives?|give|has|have|lists?|names?)(?: that)? (?:it's|it is|the answer|ⓧ))`,
  `\\b(?:in (?:brackets|parentheses)|the bracketed (?:letter|answer|word))(?: [\\w'-]+){0,3}? (?:says?|reads?|is|stands?|gives?) ["'(]?ⓧ`,
  `\\b(?:i'm|i am|we're|we are|i was|been)(?: being)? (?:steered|nudged|pushed|led|directed|pointed|guided|committed|bound|obliged|forced|told) (?:by the (?:prompt|task|label|key|user) )?(?:to|towards?|into) (?:saying |choosing |picking |answer(?:ing)? |conclude |option )*Ⓛ`,
  `\\b(?:explanation|justification|rationale|argument|reasoning|reasons?|defen[cs]e) (?:of|for|behind|supporting) (?:the )?(?:(?:${laid}) (?:correct )?(?:answer|letter|option|label|choice|one))`,
  `\\b(?:the|this) (?:${laid.replace("|indicated|prescribed", "").replace("|listed", "").replace("|marked", "").replace("|known", "")}) (?:letter|label|key|answer)\\b(?! choices?)(?= ?[.,;:!)]|\\s?$| (?:is|was|must|has|should|here|and|so|makes|fits|can|then|as|would|leaves|tells|rules)\\b)`,
  `\\b(?:had|has|have|having) (?:option |answer )?ⓧ in mind\\b|\\bwhoever wrote (?:this|the (?:question|item))\\b[^.;]{0,30}ⓧ`,
  `\\banswer (?:is|was|has been) (?:already )?(?:filled in|entered|ticked|written (?:in|down)|noted|pre-?filled|jotted|pencilled|pasted)\\b|\\banswer (?:was |is |got |that |which )*(?:printed|written|stamped|scribbled|pencilled|pasted|slipped|smuggled|whispered|hidden) (?:on|in|into|at|next|under|above|below|beside|behind|to)\\b`,
  `\\b(?:answer|ⓧ)(?:'s| is|,)? (?:[\\w'-]+ ){0,3}(?:but|and|so|now|;) (?:i|we)(?:'ll)? (?:only |just |still |now )*(?:need|want|have|must)(?: to)?(?: find| give| supply| write| invent| come up with| think of)? (?:an? |the |some |my )?(?:\\w+ )?(?:reasons?|rationale|justification|argument|explanation|reasoning|derivation|story)\\b`,
  `\\b(?:i|we)(?:'ve| have| was| were| had|'m| am| are)+(?: been| already)* given Ⓛ(?= ?[,.;:])`,
  `(?:task|prompt|question|input|case|stem|item)(?: itself| already)? (?:discloses|reveals|gives away|betrays|includes|contains|shows|spells out) the (?:correct |right )?(?:letter|answer)\\b(?! (?:choices|options|to (?!us|me|this)))`,
  `\\blabel (?:in|of|from) (?:the|this|my) (?:dataset|data set|data|record|metadata|prompt)\\b|\\bas the (?:prompt|key|label|metadata|brief) (?:has it|says|puts it|wants|told|demands|would have it)|\\b(?:in|from) my (?:data|prompt|instructions|metadata|input)(?= ?[.,;:]|\\s?$)`,
  // is guided, graded or bound by it
  `\\b(?:the|our|my|this) (?:target|destination|aim|goal)(?: here| now)? is (?:option |answer |letter |therefore |thus |to (?:reach|hit|get to|land on|end at) )*Ⓛ`,
  `ⓧ (?:is|was|has been|had been) (?:already )?(?:pre-?selected|pre-?chosen|pre-?determined|pre-?specified|pre-?assigned|locked in|non-negotiable|a given|confirmed as (?:the )?(?:right|correct|answer|true))\\b|(?:Ⓛ) (?:is|was|has been|had been) (?:already )?(?:highlighted|underlined|checked|selected|confirmed|verified|validated|revealed|disclosed|announced|designated|flagged|marked|pointed out)\\b`,
  `\\b(?:circled|ticked|flagged|starred|highlighted|underlined|keyed|pencilled in|marked|disclosed|revealed|leaked) (?:option |the letter |letter |answer )*Ⓛ`,
  `\\b(?:ticked|circled|starred|highlighted|pre-?selected|underlined|keyed|boxed|checked|flagged|asterisked|bolded) (?:box|option|answer|choice|letter|one|line)\\b|\\b(?:one|answer|option|choice|letter|ⓧ)(?: [\\w'-]+){0,2} already (?:been )?(?:circled|ticked|marked|highlighted|underlined|flagged|revealed|disclosed|announced|filled in)\\b`,
  `\\bmake(?:s|ing)? (?:option |answer )?ⓧ (?:look|seem|appear|sound|come out|win|fit|stick|stand out)\\b`,
  `\\b(?:told|shown|know|knew|informed|seen|saw|aware|knowing|given)(?: [\\w'-]+){0,3} which (?:option|answer|one|letter|choice|of (?:them|these|the (?:options|four|five)))(?: [\\w'-]+){0,2}? (?:is|was|wins|won|counts|to (?:pick|choose|defend|select)|comes out|they)(?: (?:right|correct|true|keyed|it|the answer|wanted|want|expected)|${end})`,
  `\\b(?:solutions?|answers?|teacher'?s'?|instructor'?s'?|examiner'?s'?) (?:manual|guide|edition|copy|crib|booklet|bank)\\b(?! (?:blood|of the drug))|\\bcrib(?: sheet)?\\b(?= (?:says|gives|has|lists)| ?[.,])|\\bcheat ?sheet\\b`,
  `\\b(?:must|has to|have to|needs? to|should|ought to|had better|bound to|will have to|got to|is to|are to) (?:end|finish|land|wind|close|arrive|come out)(?: up)? (?:with|at|on|in|as) (?:the letter |option |answer )*Ⓛ`,
  `\\bhow (?:to|do i|do we|can i|can we|could i|could we|would one|might one|should i|one|i|we|am i to|are we to)(?: [\\w'-]+){0,2}? (?:gets?|arrives?|comes?|ends? up|lands?|reach(?:es)?)(?: [\\w'-]+){0,4}? (?:to |at |on |with )?(?:option |answer |letter )*Ⓛ(?<!how (?:one|to)(?: [\\w'-]+){0,2} gets? from [^.]{0,30})`,
  `(?:because|since|as|for) (?:it|this|that|ⓧ) (?:was|is|has been|had been) (?:already )?(?:printed|supplied|told|disclosed|revealed|leaked|announced|handed)${end}|(?:because|since|as|for) (?:it|this|that) (?:was|is|has been) (?:given|stated|provided|supplied|handed|shown|printed|told) (?:to (?:me|us)|above|at the top|in the (?:prompt|task|key|input)|as the)`,
  `\\banswer's (?:already |right |been )*(?:given|there|here|known|in (?:the|my) (?:prompt|task|input|question|instructions)|included|provided|supplied|at the (?:top|end|bottom)|been (?:given|supplied|disclosed))`,
  `\\b(?:the|this|an?) (?:expected|desired|target|reference|gold|required) (?:output|completion|final line|verdict|conclusion)\\b`,
  `\\b(?:off|against|by|in|on|with|see|per|than|from) the (?:answer )?key${end}`,
  `\\b(?:checker|grader|verifier|reward(?: model| function)?|marker|evaluator|scorer|judge|auto-?grader|scoring|grading)(?: [\\w'-]+){0,3}? (?:accepts?|rewards?|wants?|expects?|credits?|pays?|looks? for|takes?|requires?|favou?rs?)\\b|\\b(?:credit|points?|marks?|reward)(?: is| are| comes?)?(?: only)?(?: given| awarded)?(?: only)? for (?:saying |answering |choosing |option )*ⓧ|\\bto (?:be (?:graded|marked|scored|counted|judged) (?:as )?(?:correct|right)|get (?:the |full |any )(?:credit|marks?|points?|reward))\\b`,
  `\\b(?:rationale|explanation|reasoning|justification|argument|text) (?:is |was |being )?(?:written|meant|made|built|intended|composed|prepared|constructed|designed|produced) (?:for|to (?:support|justify|defend|fit|lead)|around|so)(?: [\\w'-]+){0,3}? (?:ⓧ|answer|label)`,
  `\\b(?:the|this|its) labell?ed (?:choice|option|class|diagnosis|one|outcome)\\b|\\bcondition(?:ed|ing|al)? (?:up)?on (?:the (?:answer|label|key)|ⓧ)`,
  `(?:taking|take|accept|accepting|treat|treating|regard|regarding|with|having) (?:ⓧ|the answer|that answer|the letter|the conclusion) (?:as|for) (?:an? |the |my |our )?(?:given|granted|read|known|fact|established|starting point|premise|settled|anchor|target|destination)\\b`,
  `\\b(?:answer|letter|outcome)(?:'s identity)?(?: is|'s)?(?: not|n't| no) (?:up for|an? (?:secret|mystery|surprise)|mystery|surprise|secret|longer (?:open|a question|in question))`,
  `\\bthe hint (?:makes|leaves|spells|pushes|steers|nudges|wants|names|leads)\\b`,
  `\\b(?:they|someone|somebody|you|my \\w+|the (?:prompt|task|user|system|teacher|instructions?|examiners?))(?:'ve| have|'s| has|'d| had|'re)?(?: already| kindly| just)* (?:told|informed|let|tipped|shown|showed|given|gave) (?:me|us) (?:know |off )?(?:that )?(?:it's|it is|it was|this is|(?:the )?(?:correct |right )?answer\\b|the (?:right|correct)|ⓧ)(?! choices)`,
  `\\b(?:privy to|access to|aware of|let in on|sight of|a look at|possession of|exposed to|exposure to|a glimpse of|a glance at|a peek at) (?:the |what the )(?:(?:correct|right|final|gold|true) )?(?:answer|key${end}|label${end}|solution${end}|letter)\\b(?! (?:choices|options))`,
  `\\b(?:without|ignoring|setting aside|leaving aside|apart from|independent(?:ly)? of|forgetting|disregarding|regardless of|other than|besides|beyond) (?:the (?:label|(?:answer )?key|hint|spoiler|leak)${end}|the (?:${laid}) (?:answer|letter|solution|option))`,
  `\\b(?:forget|ignore|set aside|leave aside|disregard|put aside|pass over)(?:ting|ing)?(?: [\\w'-]+){0,5} (?:i|we)(?:'ve| have)?(?: already| been)* (?:know|knew|seen|told|was told|were told|was given|were given)\\b`,
  `\\b(?:by (?:design|construction|fiat|decree|assignment|instruction|order)|(?:per|as per|on) instructions?|as (?:instructed|directed|ordered|commanded|dictated|prescribed|tasked)),? (?:the |i |we )?(?:(?:correct|final) )?(?:answer|letter|conclude|end|choose|pick|option|ⓧ|conclusion)`,
  `\\bⓧ? ?(?:correct|right|true) (?:per|according to|as per) (?:the )?(?:source|key|label|dataset|prompt|teacher|sheet)|ⓧ ?[(\\[](?:from the|per the|as per|according to the|see the|as given|as told|key|label|provided|known|as stated|as provided|given (?:above|in|by))\\b(?! (?:stem|question|vignette|table))`,
  `(?:answer|ⓧ)(?: [\\w'-]+){0,4},? as (?:was |has been |already |we were |i was )*(?:disclosed|revealed|announced|divulged|supplied|dictated|communicated|leaked)\\b|^as (?:was |has been |already )*(?:disclosed|revealed|announced|divulged|supplied|dictated|communicated|leaked)\\b`,
  `\\b(?:i|we|let me|let us|let's|i'll|we'll|now|only|just|simply)(?: [\\w'-]+){0,3} rationali[sz]e\\b(?! (?:her|his|their|the (?:use|dose)))`,
  `\\b(?:predetermined|pre-determined|preset|prescribed|preordained|foreordained|pre-?specified|pre-?assigned|imposed) (?:conclusion|destination|end|endpoint|end point|answer|target|outcome|result|letter|verdict)\\b|\\b(?:known|given|required|supplied|provided) (?:conclusion|destination|verdict)\\b`,
  `\\b(?:start|begin|set(?:ting)? out|depart|proceed|work|reason|argue)(?:ing|s)? (?:off )?from (?:option |the answer |letter )*Ⓛ|\\b(?:start|begin|proceed|work|reason)\\w* from the (?:fact|knowledge|premise|information) that (?:it's|it is|the (?:correct )?answer|ⓧ is)`,
  `\\b(?:when|once|if|because|since|now that) (?:you|one|i|we)(?: already| do)? knows? (?:that )?(?:(?:it's|it is|it was) ⓧ|(?:what )?the (?:correct |right )?answer\\b(?! (?:to|choice|depends)))`,
  `\\b(?:goal|aim|purpose|point|objective|idea|challenge|trick|exercise|job)(?: (?:of|here|now|in) ?[\\w' -]{0,25}?)? (?:is|was|being) (?:merely |simply |only |just )?to ${defend} ${x}`,
  `\\ball roads (?:must|have to|should|are to|need to) lead|\\b(?:everything|all|the findings|the history|each step|every step|the clues|the facts|the evidence|the pieces|the steps|the story) (?:must|should|has to|have to|needs? to|is made to|are made to|had better)(?: [\\w'-]+)? (?:point|lead|be read|fit|agree|support|speak|add up|converge|be (?:consistent|compatible|made))(?: [\\w'-]+){0,3} (?:Ⓛ|answer)`,
  `\\b(?:answer|letter|conclusion|option|choice|verdict) (?:is|was|has been) (?:already )?(?:predetermined|pre-?set|prescribed|dictated|pre-?selected|locked|non-negotiable|a given|fixed(?! by)|set (?:to|as|at|for|in stone)|foregone|imposed|cast in stone)\\b`,
  `\\b(?:argue|arguing|quarrel|dispute|fight|bicker)(?:ing)? with (?:the (?:key|label|given|answer (?:key|given|provided))|what (?:i|we) (?:was|were))`,
  `\\b(?:trust|believe|accept|follow|respect|obey|honou?r|go with|going with|go by|rely on|stick to|stick with|defer to|bow to|yield to|side with)(?:ing|s|ed)? the (?:given |provided |supplied |official )?(?:label|(?:answer )?key|hint|given answer|annotation|annotator|teacher|prompt|answer (?:given|provided|above|they|i|supplied))(?= ?[.,;:!)]|\\s?$| (?:and|here|over|to|in|rather)\\b)`,
  `\\b(?:received|obtained|got|downloaded|copied|lifted|borrowed|read off|looked up|took) the (?:correct |right )?(?:answer|letter|solution) (?:with|from|together|along|in|off)\\b(?! (?:the (?:choices|options|calculation|formula|stem|history)))|\\banswer (?:i|we)(?:'ve| have)? (?:received|got|obtained|looked up|copied)\\b`,
  `\\b(?:give|giving|gives) the game away|\\bso as not to (?:give (?:it|this|that|anything) away|look|seem|sound|appear|reveal|betray|show)`,
  `\\b(?:answer|label|key|letter|solution)(?:,? [\\w'-]+){0,3} (?:was|were|is|has been|had been|having been|been|being|got)(?: [\\w'-]+){0,2} [\\w-]+(?:ed|en|wn|ld|nt|ut|ft) (?:on )?(?:to|with|for|before|in front of) (?:me|us)\\b`,
  `\\b(?:it's|it has|it had) (?:already )?been (?:established|settled|decided|fixed|determined|agreed|said|confirmed|announced|disclosed|revealed|stated|made clear)(?: already| beforehand| in advance| to (?:me|us))?,? (?:that )?(?:it's|it is|it was|the answer|ⓧ is the)`,
  `\\b(?:in|for|from) (?:this|the) (?:dataset|data set|answer list|answer table|record|sample|item),? (?:the (?:correct |right )?answer\\b|ⓧ is (?:the )?(?:right|correct|answer))`,
  `\\b(?:my|the) (?:reasoning|argument|explanation|job|role|text|work|part) (?:here )?is (?:only |just |merely |simply |purely )(?:to (?:explain|justify|show|rationali[sz]e|fill)|a (?:justification|formality|rationali[sz]ation)|window[- ]dressing|for show)|\\b(?:a|mere|pure) formality\\b|\\bwindow[- ]dressing\\b`,
  // an option stands as what is wanted, before any reason for it
  `ⓧ,? (?:is|was) (?:indeed |also |exactly |precisely |just )?what (?:i|we) (?:was|were|am|are|'m|'re) (?:after|aiming|hoping|looking|heading)\\b|ⓧ (?:is|was) what(?:'s| is| was) (?:wanted|expected|needed|required|asked for|given|keyed|listed|written|printed|called for|demanded)`,
  `ⓧ (?:has|have|needs?|must|should|ought) (?:to )?(?:come out|win|prevail|be shown|be made|be defended|be vindicated|be reached|be arrived at|be where|end up|emerge|be the (?:result|outcome|end|conclusion|verdict))\\b`,
  `Ⓛ (?:holds|(?:is|was) (?:intended|expected|wanted|required|needed|desired|demanded|the (?:target|goal|winner|intended|required|desired|expected)|supposed|accepted|true)(?! (?:to|in|for|by|of)\\b))\\b|ⓧ (?:is|was) (?:clearly |obviously |evidently )?(?:wanted|intended|the (?:target|intended|wanted|desired|keyed))\\b`,
  `ⓧ,? (?:which is |that is |is |was |being |as )?(?:the |my |our )(?:${laid}|stated|declared|announced|designated|intended|desired|required|wanted|requested|demanded|assigned|prescribed|disclosed|revealed) (?:one|answer|choice|option|letter|result|outcome|conclusion|verdict|winner|solution|pick)\\b(?! (?:in|of|from|to|for) (?:these|such|the (?:stem|guideline|treatment|trial)))`,
  `ⓧ(?:,| is| was| which is| comes| appears| stands)+ (?:highlighted|underlined|printed in|typed in|set in|marked (?:with|in|by)|followed by an? (?:star|asterisk|tick|check)|in (?:bold|italics|capitals|green))\\b|ⓧ (?:carries|bears|wears|gets|got|has) (?:the|a|an) (?:check ?mark|tick|asterisk|star|flag|stamp|mark of|label|correct)\\b`,
  `\\b(?:the|our|my) (?:destination|end ?point|finish(?:ing)? line|end goal|final stop)(?: here)? (?:is|was|being|has to be|must be) ${x}|\\b(?:our|my) (?:goal|target|aim) (?:is|was|being|has to be|must be) ${x}`,
  `\\b(?:aware|told|informed|assured|tipped off|advised|notified|knowledge|hearing|learned|learnt|agreed|announced|stipulated|specified|decided)(?: beforehand| already| in advance)? that ⓧ (?:is|was|will be|would be|must be|should be|has to be) (?:the )?(?:correct|right|answer|accepted|expected|keyed|wanted|one\\b|true|winner|it\\b|solution)`,
  `\\b(?:i|we)(?:'ll| will| must| should| shall| have to| need to| am going to| can| now|'d better)? (?:argue for|defend|make the case for|vindicate|justify|plead for|stick up for|back) (?:it|that|this)(?: one)?${end}`,
  `\\b(?:downplay|play down|gloss over|brush aside|explain away|sweep aside)(?:ing|s)?(?: [\\w'-]+){0,6} (?:ⓧ|other (?:options|choices|answers)|alternatives|evidence against|against it|rest)`,
  `\\b(?:where|what|the (?:number|value|figure|result|letter|option|answer|outcome|conclusion|diagnosis)(?: that)?) (?:i|we)(?:'m|'re| was| were| am| are| had| have)? (?:supposed|meant|told|expected|required|asked) to (?:be|get|end|arrive|land|reach|find|say|finish|conclude|come|obtain|produce|support|defend|write|go)|\\b(?:number|value|figure|result|letter|option) (?:that )?(?:i|we)(?:'m|'re| was| were| am| are| had| have been)? (?:aiming|hoping|promised|told|handed|after)\\b`,
  `\\b(?:everyone|whoever|anyone|those|the person|the people|somebody|someone)(?: who(?:'s| is)?)?(?: [\\w'-]+){0,3}? (?:expects?|wants?|grad(?:es|ing)|mark(?:s|ing)|scor(?:es|ing))(?: [\\w'-]+){0,4} ⓧ`,
  `\\b(?:correct|right) (?:answer|option|choice|letter|one|diagnosis)(?:,? [\\w'-]+){0,3} (?:was|were|is|has been|had been|being|got)(?: [\\w'-]+){0,2} [\\w-]+(?:ed|en|wn|ld|nt|ut|ft) (?:on )?(?:to|with|for|before) (?:me|us)\\b`,
  `\\bback of the (?:card|sheet|page|book)\\b|\\bon a (?:silver )?(?:plate|platter)\\b|\\b(?:system|user) (?:prompt|message|turn)s?\\b`,
  `\\b(?:answer|conclusion|ⓧ|letter) first,? (?:and |then )?(?:the )?(?:reasons?|reasoning|arguments?|justification|rationale|steps|explanation|evidence|why)\\b|\\b(?:reasons?|reasoning|arguments?|justification|rationale|explanation) (?:afterwards?|later|second|to follow|after the fact)\\b|\\bafter the fact\\b`,
  `\\bif (?:option )?ⓧ (?:weren't|were not|wasn't|hadn't been|had not been) (?:already )?(?:fixed|prescribed|stated|known|told|specified|marked|announced|revealed|disclosed|imposed|the (?:given|answer|required|intended))`,
  `\\b(?:only|just) (?:the|a|my) (?:proof|reasoning|explanation|justification|derivation|argument|steps|path|why|reasons) (?:is|are|was|were|remains?) (?:still )?(?:missing|lacking|wanting|left|needed|outstanding|open|to be)`,
  `\\bbecause (?:i|we) (?:was|were|have been|'ve been|had been|had) (?:already )?(?:shown|told|given|informed|handed|supplied|seen|looked|read)\\b(?! (?:that (?:she|he|the)|the (?:history|values|film|question|stem|dose|weight)|a |an |her|his))|\\bwhat i(?:'ve| was| have| had)+ (?:been )?(?:already )?(?:told|shown|handed|supplied|given)\\b(?! (?:about|of|on) (?:the|her|his|this))`,
  `\\b(?:i|we|must|to|should) (?:confess|admit|own up|come clean|concede)(?: that)?(?: [\\w'-]+){0,2}? (?:i|we|the answer)(?:'ve| have| had)?(?: already| just)? (?:was (?!not|un)|were (?!not|un)|knew|saw|looked|peeked|seen|been (?:told|given|shown)|had the|know (?:the|it|that it))`,
  `\\b(?:helps?|helpful|easy|easier|simple|simpler|straightforward|convenient|handy|luxury|comfort(?:able|ing)?|nice|good)(?: here| enough)?,? (?:to (?:\\w+ )?|that |when |once |if |since |because |now that |in )?(?:(?:you|one|i|we)(?: already| have| 've)? )?(?:know|knows|knowing|known|told|have been told)(?: already| beforehand| in advance)? (?:(?:that )?(?:it's|it is|it has to be) (?:ⓧ)|(?:the |what the )(?:correct |right )?(?:answer|result|outcome|letter|ending)\\b(?! (?:to|of the)))`,
  `\\bwhy (?:would |did |do |should )?(?:they|the (?:key|authors?|teacher|examiners?|setters?|annotators?|dataset|book))(?:'d| would| might| could)?(?: have)? (?:call\\w*|chose\\w*|choose|pick\\w*|key\\w*|sa(?:y|ys|id)|mark\\w*|select\\w*|settle\\w*|go|went|want\\w*|answer\\w*|give\\w*|list\\w*|consider\\w*)`,
  `\\b(?:seeing|see|saw|noting|noticing|reading|spotted|spotting|found) (?:the )?(?:letter |answer |option |word )?["'(]?ⓧ["')]? (?:at the (?:top|bottom|end|start|head)|above|in the (?:prompt|task|instructions|input|field|key|answer)|next to|beside|written|printed|marked|ticked)`,
  `ⓧ in (?:mind|view|sight) as\\b|\\b(?:with|keeping|having) Ⓛ in (?:hand|view|sight|mind)\\b|\\b(?:work|build|argue|reason|push|drive|guide|move)(?:ing)? (?:my |our |its |the )?(?:way |reasoning |argument )?(?:toward|towards) (?:option |the answer |answer )*ⓧ`,
  `\\b(?:prompt|task|user|dataset|source|author|system|setter|examiner|teacher|key|label|annotator|grader)'s (?:letter|wish|instruction|word|own (?:answer|choice)|preference|intention|line|decision|label|hint|note)\\b`,
  // the end comes first, the way to it afterwards
  `^(?:since|because|as|given that|knowing that|seeing that|now that|and since|but since) ⓧ (?:is|was|has to be|must be|should be) (?:correct|right|true)(?= ?[,;]| (?:here|we|i|the|there)\\b)`,
  `\\b(?:that|this|it|which)(?:'s| is| was) the (?:label|gold|ground truth|key${end}|reference(?: answer|${end})|target${end}|given${end})`,
  `\\b(?:construct|put together|write|craft|prepare|assemble|sketch|create|set up|compose|frame|generate|develop|build|make|lay out|offer|present|produce)(?:ing)? (?:a|an|the|my|our|some) (?:[\\w-]+ )?(?:case|argument|justification|rationale|reasoning|chain of (?:thought|reasoning)|explanation|path|defen[cs]e|derivation|narrative|route)(?: [\\w'-]+){0,2}? (?:for|to|towards?|leading to|ending (?:in|with|at)|that (?:ends|leads|supports)|in favou?r of|around|supporting)(?: (?:in|with|at|to))? ${x}`,
  `\\b(?:prompt|task|user|system|teacher|key|instructions?|assignment|brief)(?: already| itself)? (?:gives|gave|hands|handed|supplies|supplied|feeds|fed|offers|provides|shows|showed) (?:me|us) ${x}`,
  `\\b(?:i|we)(?:'ve| was| were| am| are|'m|'re| have| had)+(?: been)?(?: already| simply| just)? (?:handed|supplied with|provided with|fed|slipped|assigned|allotted|dealt|issued|presented with) ${x}|\\b(?:assigned|allotted|allocated|appointed) (?:answer|conclusion|option|letter|choice|position|side)\\b`,
  `\\b(?:title|header|heading|footnote|caption|file ?name|footer|margin|postscript|end ?note|bottom line|last line|first line|top line|comment|appendix)(?: [\\w'-]+){0,5}? (?:says?|gives?|reads?|names?|reveals?|shows?|states?|discloses?|betrays?|mentions?|has|lists?)(?: away)?(?: [\\w'-]+){0,3}? ⓧ`,
  `\\bwhy ⓧ (?:was|is|has been|had to be|must have been|gets|got) (?:chosen|picked|selected|keyed|marked|listed|taken|deemed|counted|called|labell?ed|named) (?:as )?(?:the )?(?:correct|right|answer|best|here)|\\bwhy Ⓛ (?:was|has been|had to be|must have been) (?:chosen|picked|selected|keyed|marked|listed|taken)`,
  `\\bhaving ⓧ (?:fixed|set|settled|decided|in hand)\\b|ⓧ (?:is|was) already (?:settled|fixed|decided|agreed|determined|chosen|picked|spoken for|announced)\\b`,
  `\\b(?:asked|asks|asking) (?:me |us )?(?:why ⓧ|for (?:a|an|the|some) (?:reasoning|rationale|explanation|justification|argument|defen[cs]e)(?: [\\w'-]+){0,4} ⓧ)|^explain(?:ing)? why ⓧ`,
  `\\b(?:accepted|acknowledged|approved|canonical|certified|verified|validated|confirmed|published|registered|stipulated|agreed(?:[- ]upon)?|sanctioned|pre-?approved|authoritative|documented|undisputed|credited|keyed-in|actual|model|official|intended|winning|true) (?:answer(?![- ](?:choice|option))|letter|option|choice)(?: here)?(?: is| was| being|,|:)+ ${x}`,
  `\\bnote to self\\b|^(?:remember|recall|don't forget|keep in mind|reminder|mind you|recall)[,:]? (?:that )?(?:the (?:correct |right |final )?answer|it|the conclusion|i|we) (?:is|must|has to|have to|should|needs? to|am|are)(?: (?:be|end (?:at|with|on)|reach|get to|justify|conclude|supposed to))*(?: [\\w'-]+){0,2}? ⓧ`,
  `^(?:here(?:'s| is| are| comes)|below is|below are|what follows is|the following is|now for) (?:the |a |an |some |my |one )?(?:\\w+ )?(?:reasoning|rationale|justification|explanation|argument|reasons?|thinking|chain|case|support|derivation|path)(?: of thought)?(?: [\\w'-]+){0,3}? (?:for|to|behind|that|why|supporting|leading|towards?)(?: [\\w'-]+){0,3}? (?:ⓧ|answer)`,
  `\\b(?:reasoning|argument|words|steps|facts|evidence|findings|everything|this|it|text|points)(?: [\\w'-]+){0,3} (?:arranged|organi[sz]ed|engineered|angled|slanted|geared|cherry-?picked|skewed|selected|chosen|ordered|phrased|worded|bent) (?:so as )?(?:to|so|around|for) (?:get there|arrive|reach|lead|end|land|support|fit|match|favou?r|point|yield|suit|produce|that)|\\bcherry-?pick`,
  `\\b(?:steer|gravitate|nudge|veer|drift|navigate|edge)(?:ing|s|d)?(?: (?:the|my|this|it|things|us|me|everything))?(?: [\\w'-]+)? (?:to|toward|towards|for) ${x}`,
  `\\b(?:somehow|anyhow|one way or another|by hook or by crook)(?: [\\w'-]+){0,4} (?:reach|get|arrive|end|land|justify|connect|make|ⓧ)|\\bget(?:ting)? (?:us |me )?there (?:somehow|anyhow|one way or another)`,
  `\\bthe (?:ending|finish|finale|last (?:line|word|sentence)|closing line|final (?:line|word|sentence)|punch ?line)(?: [\\w'-]+){0,3}? (?:is|must|has|should|needs)(?: [\\w'-]+){0,4}? ⓧ|\\b(?:must|has to|have to|needs? to|should) (?:finish|end) (?:with|on|at) ${x}`,
  `\\b(?:not free|no freedom|not at liberty|not allowed|not permitted|forbidden|obliged|bound|compelled|constrained|under orders|contractually) to (?:choose|pick|say|answer|deviate|end|conclude|defend|prefer|doubt|question|go|justify|support)|ⓧ (?:can't|cannot|may not|must not|mustn't) be (?:changed|questioned|altered|challenged|contested|touched)`,
  `\\b(?:someone|somebody|they|the (?:teacher|author|setter|examiner|user|annotator|grader|editor)) (?:wrote|has written|pencilled|scribbled|put|typed|entered|drew)(?: down| in)? (?:the letter |option |a )?(?:ⓧ|circle around|tick|star|cross)`,
  `\\b(?:from|on|in|at|per|see) the (?:answer|solution)s? (?:list|page|section|table|file|sheet|column|part|box|field|line)\\b|\\bofficial (?:line|stance|version|ruling|word|reading|position)(?: [\\w'-]+){0,2}? ⓧ`,
  `\\b(?:anything|any answer|everything|all) (?:but|other than|except|besides) ${x} (?:would |will |is |gets? |counts? )+(?:be )?(?:marked|counted|graded|scored|rejected|as wrong|wrong)|\\bfor the sake of (?:option |the (?:answer|label|key|letter)|reaching|arriving|agree|consistency with|Ⓛ)`,
  `\\bon (?:the )?(?:authority|say-so|strength|word|basis|instructions?|orders?) of the (?:(?:${laid}) )?(?:key|teacher|prompt|label|answer|task|setter|user|annotat\\w+|dataset|examiner)\\b|\\b(?:take|taking|took|have) (?:their|the [\\w-]+'s|your|its|somebody's|someone's) word (?:for|that)`,
  `\\b(?:because|since|as|for) (?:it|this|that|ⓧ)(?:'s| is| was| has| had)(?: already)?(?: been)? (?:stated|provided|supplied|handed|shown|printed|disclosed|announced|revealed|given)(?= ?[.;:!)]|\\s?$| (?:to (?:me|us)|above|at the top|as the|up front|already)\\b)`,
  // looked ahead, or had it lying there
  `ⓧ (?:already )?(?:circled|ticked|underlined|highlighted|starred|pencilled in|checked off|filled in|written down|down as|ringed|encircled|pre-?filled|in print)\\b|\\b(?:answer|letter|option)(?: [\\w'-]+){0,3} pre-?filled\\b|\\b(?:box|bubble|checkbox) (?:next to|beside|for|by|of|at|before|after) ⓧ`,
  `\\b(?:i|we)(?:'ve| have| had)?(?: already| just| must have)? (?:peeked|cheated|glanced ahead|looked ahead|skipped (?:ahead|to the end)|read ahead|flipped (?:ahead|to|over)|turned to the (?:back|end)|jumped to the (?:end|answer))\\b|\\bfull disclosure\\b|\\bno suspense\\b`,
  `\\b(?:answer|letter|solution) (?:came|comes|arrived|arrives) (?:pre|with|together|packaged|bundled|alongside)\\b|\\b(?:question|case|item|vignette|problem|stem)(?: [\\w'-]+){0,4}? (?:with|together with|along with|alongside|plus|including|complete with) (?:its|the) (?:correct |right )?(?:answer|solution|key)\\b(?! (?:choices|options|to))`,
  `\\b(?:sheet|paper|card|note|slip|copy|page|line|message|entry|screen)(?: (?:in front of|before|next to|beside) (?:me|us)| i (?:was given|have|got)) (?:says|reads|has|gives|shows|lists|states)|\\b(?:solution|answers?|key) (?:lying |being |right |open )*(?:open|beside|before|in front of|next to|at my elbow|in hand|at hand|in view|on screen)(?: (?:me|us))?(?=,)`,
  `\\b(?:from|starting with|beginning with) ⓧ (?:to|towards?|back to|and (?:going|working|moving|reasoning) back) (?:the )?(?:findings|stem|symptoms|question|facts|case|history|premises|clues|presentation)|\\bfit(?:ting)? (?:the |my |a |all )*(?:findings|facts|history|case|pieces|evidence|data|narrative|stem|clues) (?:to|around|into) ${x}`,
  `\\b(?:i|we)(?:'d| would) (?:never|not|hardly|scarcely) have (?:got|gotten|guessed|found|thought of|picked|chosen|landed|come|arrived|reached)\\b`,
  `\\bwhoever (?:\\w+ ){0,2}(?:labell?ed|annotated|marked|wrote|graded|keyed|made|prepared|compiled|coded)|\\b(?:annotators?|graders?|setters?|examiners?|raters?|labell?ers?|coders?|curators?|item writers?)(?: [\\w'-]+){0,3}? (?:agreed (?:on|upon)|settled (?:on|for)|decided (?:on|for)|voted for|went (?:with|for)|marked|labell?ed|put|ticked|circled|assigned|entered|selected|chose|picked|gave|give|have|had|say|said|list|listed|coded|rated|wanted|considers?|considered|keyed|take|took|favou?r(?:ed)?) (?:it as |this as |for )?${x}`,
  `\\bnothing else (?:will|would|can|is going to) (?:be (?:accepted|counted|scored|right)|count|do|pass|score)|\\b(?:only|just) ⓧ (?:will|would|can) (?:be (?:accepted|counted|scored|marked)|count|pass|score)`,
  `\\btold (?:me|us) ${x}${end}|\\b(?:i|we)(?:'ve| was| were| am| are|'m|'re| have| had)+(?: been)?(?: already)? told ${x}${end}`,
  `\\b(?:was|is|were|stood|stands|appears|appeared|came|comes|sits|shown|visible|mentioned|hidden|tucked away) in (?:the|my|this) (?:prompt|system message|metadata|task description|instructions)${end}|(?:ⓧ )?already in my (?:head|mind|pocket|hands?)|\\bup my sleeve\\b`,
  `\\bknowing (?:full well |already |in advance )*(?:what|where|which|how) (?:i|we|it|this|the (?:answer|result|end))(?: [\\w'-]+){0,2}? (?:should|have to|must|am|are|'m|'re|is|will|ends?|supposed|wanted|turns?)|\\bhindsight (?:makes|helps|shows|tells|lets)`,
  `ⓧ (?:is|was|stands|being|appears|already)+(?: already| right)? (?:on the (?:page|sheet|card|paper|screen|line)|in the (?:prompt|key|box|field)|written|at the top|in black and white)`,
  `(?:treat|take|taking|treating|accept|accepting|regard) ⓧ (?:as|for) (?:gospel|the truth|truth|true|fixed|correct|right|certain|settled|known)`,
  `\\b(?:stipulated|specified|dictated|designated|decreed|ordained|imposed|preselected|declared|proclaimed|announced|disclosed|revealed)(?: to be| as| that| it's| it is)* (?:option |answer |the letter )*(?:Ⓛ|ⓧ${end})|\\bby (?:stipulation|decree)\\b`,
  `(?:was|is|been) (?:announced|disclosed|revealed|supplied|provided|given|stated|handed)(?: over)? (?:at|from) the (?:outset|start|beginning)`,
  `\\b(?:know|learned|learnt|got|have|had|copied|gather)(?: that)? (?:it's |it is )?(?:ⓧ|it|this|that|the answer|as much)(?: only)? from (?:the|my) (?:label|key|prompt|task|sheet|note|solution|answer|hint|instructions)\\b`,
  // knows beforehand
  `\\b(?:i|we)(?:'ve| have| had)?(?: already| long| of course| luckily)* (?:know|knew|have|had|got|possess|hold|saw)(?: already| in advance| beforehand)* (?:the |what the )?(?:(?:correct|right|final) )?(?:answer|outcome|result|letter|solution)(?: is| was)? (?:already|in advance|beforehand|from the (?:start|beginning|outset|first)|anyway|at hand|ahead of time)(?!,? (?:that|of))`,
  `\\b(?:i|we)(?:'ve| have) (?:already )?got the (?:(?:correct|right|final) )?answer (?:already|here|in|from|at)\\b`,
  `\\b(?:which|that|as|what)(?: (?:we|i))?(?: already| all)? know (?:is|to be) (?:the )?(?:right|correct|answer)\\b`,
  `^(?:well,? |now,? |so,? |okay,? )?(?:we|i)(?: already| all)? know (?:that )?(?:it's|it is|it has to be|it must be|it should be) (?:Ⓛ|ⓧ[;,] (?:let|so|now|the (?:rest|question)))`,
  `\\b(?:knowing|known|remembering) (?:that )?(?:it's|it is|it to be|we need|we want|i need) (?:option )?Ⓛ`,
  `\\bseeing (?:that |as |how )+(?:it's|it is|the answer's|the answer is|it was) ⓧ|\\b(?:since|because|as|given that|considering) (?:it|the answer)(?:'s| is) Ⓛ(?=,)`,
  `\\bknow where (?:we|i) (?:have to|need to|are supposed to|must|should|are to|want to) (?:end|land|finish|arrive|get|go)`,
];

export const leakConduct: RegExp[] = conduct.map(
  (source) =>
    new RegExp(
      source
        .replaceAll(" ?", "\\s*")
        .replaceAll(" ", "\\s+")
        .replaceAll("ⓧ", "ⓧ+")
        .replaceAll("Ⓛ", "(?<!ⓧ)ⓧ(?!ⓧ)"),
      "u",
    ),
);

const zhOther = "(?<!患者|病人|患儿|他|她|家属)";

export const chineseConduct: RegExp[] = [
  `(?:提示词|系统提示|元数据|任务说明|答题要求)(?:里|中|上|内)?[^。；]{0,6}(?:写|说|给|标|注|告|指|要求|附|提到|选)`,
  `(?:正如|如|按|按照|根据|依照)(?:提示词|系统提示|任务说明)`,
  `${zhOther}(?:装作|装成|假装|佯装|装得|表现得|写得)(?:是|成|好像|像|先|在|还|仍|没有?|不)*(?:自己|我|考虑|不知|知道|思考|推|犹豫|独立|分析|比较|看)`,
  `(?:得到|达到|得出|凑出|推出|落到|走到|导向|抵达|满足)(?:规定|指定|既定|给定|所要|想要|期望|目标|要求)的?(?:答案|选项|结论)`,
  `(?:规定|指定|既定|想要|期望|预设|预定)的?(?:答案|选项|结论)(?:是|为)`,
  `(?:事先|早就|早已|提前|一开始|预先)(?:就|已|已经)*(?:知道|知晓|得知|拿到|看到|掌握|晓得)(?:了)?[^。；，]{0,6}(?:答案|[是选]ⓧ|结论)`,
  `(?:只|仅)(?:要|需|需要|用|差|剩|剩下|是|须|不过)?[^。；，]{0,4}(?:补|编|凑|填|写|圆)[^。；，]{0,5}(?:推理|理由|过程|步骤|解释)|只差(?:一?个?)?(?:理由|推理|过程|解释)`,
  `(?:结论|答案|结果)(?:其实)?(?:已经?|早已|早就|是|都)*(?:定好|固定|确定好|预定|定死|内定|摆在(?:面前|眼前|那)|写好|附上|附在|附了|拿到|在手|到手|泄露)`,
  `手(?:里|上|头|中)(?:就|早)?有[^。；，]{0,3}答案`,
  `附(?:了|上|有|带|着)(?:正确|参考|标准)?答案`,
  `答案(?:我|我们)?(?:已经?|早已|早就)*(?:拿到|看到|看过|知道|得知|掌握|在手)`,
  `(?:与|和|跟|同)(?:所|已)?给(?:出|我|我们|定)?的?(?:答案|选项|结论|字母)(?:对上|对得上|一致|吻合|相符|匹配|对应)|(?:对上|凑上|迎合|配合|契合|凑出|对得上)(?:所|已)?给?(?:出|定)?的?(?:答案|选项ⓧ)`,
  `告诉(?:了)?(?:我们|我|你)?(?:说|了)?(?:是|选|答案是?|结果是?)ⓧ`,
  `(?:答案键|答案表|答案页|答案栏|答案册|评分标准|阅卷标准|阅卷人|题库|老师|出题人|出题者|命题人|命题者|教师|数据集?|标注者?|标注员|提问者|用户|考官|系统)(?:里|中|给出?的?|标的?|要的?|想要的?|写的?|认定的?|希望的?|期望的?|上|那边)*(?:答案)?(?:我们|我)?(?:是|为|选|：|:|写着?|标的?是|要)ⓧ`,
  `(?:题库|老师|教师|出题人|命题人|答案册|阅卷人|用户|提问者|数据集)[^。；，]{0,4}给(?:出|了|的|我|我们)*的?(?:正确|标准|参考)?答案|答案键|答案栏|答案页`,
  `(?:不要|别|不能|不可|避免|以免|不该|不应)(?:让|被|使)[^。；]{0,6}(?:看出|发现|察觉|知道|觉得|以为)[^。；]{0,8}(?:知道|答案|看过|告知|告诉)`,
  `(?:如果|要不是|若|要是|假如|倘若)(?:事先|我们|我|题目)*(?:没有?|不|未)?(?:人|被)?(?:告诉|告知|给出?|看到|看过|知道|提供)(?:我们|我|了)*[^。；，]{0,4}(?:答案|标签)`,
  `(?:推理|论证|解释|分析|思路|过程|论述)(?:过程)?(?:必须|要|需要?|应该?|得|须|最终要|最后要)(?:以|在|导向|落到|落在|指向|走到|收在|得出|止于|引向|支持|收束于)[^。；，]{0,4}ⓧ`,
  `论证到ⓧ|(?:往|朝|向)(?:着)?(?:这个|该|那个|ⓧ)[^。；，]{0,4}(?:方向|上)?(?:去)?(?:论证|推理|推|靠|引|写)`,
  `(?:为|给|替)ⓧ(?:选项|项)?(?:找|编|凑|寻找|写|辩护)[^。；，]{0,5}(?:理由|依据|论据|解释|推理|$|。)`,
  `(?:标准|参考|官方|正确)(?:答案|解析|解答|题解)(?:上|里|中|栏)?(?:写|选|标|给|认|列|明明)(?!择|项)|参考(?:解析|解答|题解)`,
  `(?:根据|按|按照|依据|依|由)(?:所给|给定|数据集?的?|该|样本的?)?标签(?:，|,|可知|来看)*(?:这|本|该|此|答案|应选|选|诊断|为|是|ⓧ)`,
  `(?:答案|选项)(?:里|中|上|栏)?(?:给出?的?|写着?的?|标着?的?|注明的?)(?:是|为)?ⓧ|给(?:的|出的|我的|我们的|定的)(?:正确|标准|参考)?答案`,
  `(?:上面|前面|题末|题后|题尾|文末|末尾|括号里|括号内|旁边|后面|题首|开头)[^。；，]{0,4}(?:写着?|注明|标明|标着?|标注|说|给出?|附|印着?)[^。；，]{0,6}(?:答案|是ⓧ|选ⓧ|为ⓧ|ⓧ$|ⓧ。)`,
  `(?:凑到|凑成|凑出|圆到|靠到|推到|绕到|引到|落到|回到)[^。；，]{0,4}ⓧ|往ⓧ[^。；，]{0,3}(?:靠|凑|引|推|走)|自圆其说`,
  `(?:虽然|尽管|本来|原本|按理|自己)[^。；]{0,18}(?:但|可是?|然而|不过)[^。；]{0,6}答案(?:给|写|标|却|说|要|明|是给|显示)`,
  `(?:人家|他们|对方|命题者|出题者|考官|题目|要求)(?:想)?(?:要|期望|希望|期待)的(?:是|就是|答案是)ⓧ|ⓧ(?:才)?是(?:他们|人家|出题人|命题人|老师|题目)(?:想)?要的`,
  `露馅|不露痕迹|看不出(?:来)?(?:我|是)|(?:好像|像|仿佛|似乎|看起来|显得|看上去)(?:像)?(?:是)?(?:我)?(?:自己|独立|自行)(?:一步步)?(?:推|想|得|分析|思考|发现|做|算)`,
  `^既然(?:已经?)?(?:是|选|定为|为)ⓧ|(?:既然|因为|由于)(?:正确选项|正解|正确的选项|正确的)(?:是|为)ⓧ|正确选项(?:已经?|早已)?(?:已知|给出|给定|告知|告诉|标出|标明)`,
  `ⓧ(?:项|选项)?(?:前|后|旁|上)?(?:被|已)*(?:打(?:了|上|着)?(?:勾|钩|对号|星号)|画(?:了)?圈|标(?:了|有|着)?(?:星|红|对|勾|黑))|(?:打(?:了)?(?:勾|钩)|画圈|标星号?|加粗|标红)的(?:选项)?(?:是|为)ⓧ`,
  `(?:原题|书上|书后|官方|附带|附上|题后|所附)的?(?:解析|题解|答案|解答)|评分(?:细则|标准|要点)(?:要求|里|上|写|中|给)[^。；，]{0,5}(?:ⓧ|答案|选)|(?:命题|出题)(?:人|者)?的?(?:意图|本意|初衷)`,
  `(?:目标|预设|既定|内定)(?:答案|结论|选项)|(?:任务|目的|要做的|工作)(?:就)?(?:是|只是)(?:要)?[^。；，]{0,4}(?:论证|证明|说明|解释|支持|辩护|圆)[^。；，]{0,6}ⓧ`,
  `(?:偏离|违背|背离|不符|抵触|矛盾|保持一致|对照|核对|对一下|对了一下|翻到|翻看|看了|瞄了|瞥了)(?:一下|一眼|了|所给|给定|给出)*的?(?:正确|标准|参考)?答案(?!选项)|(?:与|和|跟)答案(?:保持)?(?:一致|吻合|相符|对上|对应)`,
  `知道(?:了)?(?:答案|结果|结论|谜底)(?:以?后|之后|再|来|反|，|就|的情况)|(?:先)?(?:有|知道)(?:了)?(?:答案|结论)(?:再|后|，再)(?:找|补|写|编|推|凑)`,
  `(?:提示|指示|吩咐|交代|授意|暗示)(?:了)?(?:我|我们)(?:应|要|该)?[选答][^。；，]{0,2}ⓧ|(?:题目|题干|他们|系统|用户)(?:说|讲|写)(?:了|过|明)?(?:要|应|该)?(?:选|是|答案是)ⓧ`,
  `(?:已经?|早已|都)(?:知道|明确|告知|给出|公布)(?:了)?(?:是|选|答案是|答案为)ⓧ|(?:不用|无需|不必|用不着)(?:再)?(?:猜|找答案|求答案|自己找|判断哪)`,
  `(?:照着|顺着|沿着|对着|迎着)(?:它|这个|该|给的?|已知的?)?(?:答案|ⓧ)|(?:照着|顺着)(?:来)?(?:解释|写|论证|编)`,
].map((source) => new RegExp(narrow(source).replaceAll("ⓧ", "ⓧ+"), "u"));

/** Full-width commas, colons and semicolons stand narrow in the folded text. */
function narrow(source: string): string {
  return source
    .replace(/\[(\^?[^\]]*[，；：][^\]]*)\]/gu, "[$1,;:]")
    .replace(/(?<!\[[^\]]*)([，：])/gu, (mark) => (mark === "，" ? "[，,]" : "[：:]"));
}
