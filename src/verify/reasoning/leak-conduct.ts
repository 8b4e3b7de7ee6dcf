/**
 * What a writer does who was handed the answer, in English and Chinese: it pretends to search, hides what it knows,
 * works to a fixed end, says who wants which option, and cites a key, a field or a mark beside the question.
 *
 * Written like leak-phrases.ts, over small letters, with ⓧ for an option's letter or words; Ⓛ is an option's letter
 * alone, where its words would be medicine ("given that it is pulmonary embolism"). Invariant: the writer or the one
 * who set the task acts, never the patient, the drug or the trial ("she feigns weakness", "they want to conceive").
 */

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
const end = "(?= ?[.,;:!)]|\\s?$)";
const argued =
  "(?:reasoning|argument|explanation|rationale|thinking|chain|logic|story|case|derivation|analysis|steps?)";
const defend =
  "(?:justify|defend|back(?: up)?|support|vindicate|rationali[sz]e|argue (?:for|that|in favou?r of)|end (?:up )?(?:with|in|at|on)|conclude(?: with| that)?|make (?:a|the) case for|lead to|arrive at|land on)";

const conduct: readonly string[] = [
  `\\b${me}(?: [\\w'-]+){0,5}? (?:pretend|feign|fake|simulate)(?:ing)?(?: that)?(?: (?:to|not|i|we|i'm|some|a|my|it's|there|hesitation|doubt|surprise|uncertainty|ignorance)\\b)(?! (?:see|am seeing|are seeing|meet|had (?:this|a) patient))`,
  `\\b(?:act|acting|appear|sound|look|seem) surprised (?:when|that|to|by)(?: [\\w'-]+){0,4} (?:ⓧ|answer|i get|i find|i reach|we reach)`,
  `(?:make|making|made|meant|supposed|have|has|needs?|want|wants|should|must|write|writing|written|phrase|word)(?: to)?(?: (?:it|this|that|everything|the [\\w-]+|my [\\w-]+|all of (?:this|it)))?(?: to)? (?:look|sound|read|seem|appear)s?(?: [\\w-]+){0,2} (?:as if|as though|like) (?:i|we|it came from|the answer came)\\b`,
  `(?:make|making) (?:it|this|that|everything|(?:the|my) (?:reasoning|argument|thinking|text|explanation|choice)) (?:look|sound|read|seem|appear) (?:more )?(?:natural|genuine|independent|spontaneous|unforced|convincing|plausible|honest|organic|authentic|unbiased|effortless)`,
  `\\b(?:nobody|no one|no-one|the reader|anyone|anybody|you)(?: [\\w'-]+){0,4} (?:notices?|sees?|knows?|guess(?:es)?|suspects?|finds? out|reali[sz]es?|tells?|thinks?|learns?) (?:that )?(?:i|we)(?: had| have| was| were| knew| know| already| saw| am| are|'ve|'d|'m|'re)+(?: [\\w'-]+){0,4} (?:answer|label|key|solution|letter|told|outcome|conclusion|help|it all along|ⓧ)`,
  `\\b${me}(?: [\\w'-]+){0,3} (?:keep|stay|remain|be) (?:quiet|silent|mum|discreet) (?:about|on)(?: [\\w'-]+){0,4} (?:given|told|answer|label|key|letter|handed|knowing)`,
  `\\b(?:i|i'll|i'd|we|we'll|should|must|to)(?: [\\w'-]+){0,2}? (?:reveal|disclose|withhold|hold back|unveil|keep back|postpone|delay) (?:it|ⓧ|the (?:answer|letter|conclusion))(?: [\\w'-]+){0,3} (?:end|later|last|last line|long)\\b`,
  `\\bif (?:i|we) (?:hadn't|had not|didn't|did not)(?: already)? (?:read|seen|known|know|see|looked at|heard)(?: about)? (?:the |its )?(?:correct )?(?:answer|solution|key|label)\\b(?! (?:choice|option))`,
  `\\b(?:had (?:i|we|it|this|the answer|the label) not been (?:${told}|stated|there)|if (?:i|we) (?:hadn't|had not|weren't|were not|wasn't|was not)(?: already)?(?: been)? (?:told|informed|handed|supplied|given (?:the answer|it|this|ⓧ))|without (?:being|having been) (?:told|informed|handed|tipped off))(?! (?:of|about|that (?:she|he|the patient)|to|by (?:her|his|the (?:doctor|patient|nurse))|how|anything))\\b`,
  `\\bif (?:it|the (?:answer|label|key|letter|solution))(?: [\\w'-]+){0,2} (?:hadn't|had not|weren't|were not|wasn't|was not) (?:already |been )*(?:told|supplied|handed|in front of|before me|provided|stated|there|given(?! (?:by|as|in|for (?!me|us))))`,
  `(?:answer|ⓧ),? ?(?:or )?(?:so |as )?(?:i|we)(?:'m| am| was| were|'re| are|'ve been| have been| had been)(?: already)? (?:told|informed|advised|assured|instructed)\\b(?! (?:that )?(?:she|he|the patient|they|by (?:her|his)))`,
  `(?:^|, |; )they (?:say|said|claim|tell me|told me|insist) (?:that )?(?:it's|it is|the answer is) (?:Ⓛ|ⓧ[^.;]{0,20}\\breasons?\\b)`,
  `\\b(?:the|its|(?:correct|right)) (?:answer|letter)(?: itself)? (?:was|is|were|has been|had been|came|comes|got)${lys} (?:included|attached|enclosed|appended|bundled|leaked|spoil\\w+|printed|given away|no secret|already on the table|on the table|laid out (?:for|before)|handed|in front of (?:me|us)|(?:lying |standing )?(?:right )?(?:there|here) (?:in|above|at|on|for)|visible|along with|part of the (?:prompt|input|question))`,
  `\\b(?:the|correct|right) solution (?:was|is|has been|came|comes)${lys} (?:included|attached|given|provided|supplied|enclosed|appended)(?: along)? (?:with|in|to) the (?:case|question|prompt|task|item|problem|stem|vignette|input)`,
  `\\banswer (?:given |stated |printed |shown |written )?(?:above|below|at the top|at the bottom|up top|overhead) (?:says|reads|was|is (?:option )?ⓧ|states|shows)`,
  `(?:agree\\w*|match\\w*|fit\\w*|tall(?:y|ies)|consistent|accords?|squares?|lines? up|coincid\\w+|in line)(?: nicely| well)?(?: with)? what (?:was (?:supplied|provided|handed|given)|(?:i|we) (?:was|were|had been|have been) (?:told|handed|supplied|given)|(?:the|my) ${source}\\b|they (?:gave|want|told|say)|you (?:told|gave|said))`,
  `(?:stated|given|noted|said|indicated|mentioned|announced|written|printed) (?:above|before|below|over|under|ahead of|next to|beside) the (?:question|stem|case|vignette|item),? (?:the answer|it(?:'s| is)|ⓧ)`,
  `^as (?:stated|given|indicated|told|announced|noted|said) at the (?:top|outset|start|head|end|bottom),? (?:it(?:'s| is)|the (?:correct )?answer|ⓧ)`,
  `\\b(?:conclusion|answer|end ?point|destination|verdict|final letter|outcome|choice of (?:answer|letter)) (?:is|was|has been|had been|being|stands)${lys} (?:agreed|fixed|decided|settled|set|determined|known|established|chosen|dictated|imposed|prescribed|given|made) (?:in advance|beforehand|for (?:me|us)|from the (?:start|outset|beginning)|ahead of time|up front|before (?:i|we) (?:began|begin|start|started|read))`,
  `\\bwith the (?:destination|conclusion|answer|end point|final letter|letter) (?:already )?(?:fixed|known|set|given|settled|decided|in mind|in place|revealed|supplied)`,
  `\\bwith ⓧ as (?:the|my|our) (?:target|goal|destination|end ?point|desired|required|fixed)`,
  `\\b(?:benefit|help|advantage|luxury|privilege) of (?:having )?(?:the (?:answer|key|label|solution)|(?:knowing|seen|seeing) (?:the |what ))(?! (?:to|choice|option))`,
  `\\b(?:knowing|having seen|having read|seeing) the (?:key|label|letter|solution)${end}`,
  `\\b(?:in reverse|backwards?),? (?:from|starting (?:from|at|with)) the (?:answer|letter|solution|conclusion|end)\\b`,
  `(?:work|reason|argu|mov|trac|go|proceed)\\w* (?:my |our )?(?:way )?back(?:wards?)? from (?:the (?:answer|letter|solution|label|key)|(?:option |answer )?ⓧ)`,
  `(?:start|begin)(?:ing)? (?:at|from|with) the end, which is`,
  `\\bback-?(?:fill|solve|rationali[sz]e)\\w*|\\bretrofit\\w*(?: [\\w'-]+){0,3} (?:${argued}|to|answer|ⓧ)`,
  `(?:only|just|merely|simply|all (?:that's|that is|i have|i need|that remains|we have|we need)|what(?:'s| is)? (?:remains|left)|remaining)(?: [\\w'-]+){0,5} (?:fill in|fill|supply|provide|invent|fabricate|make up|construct|write|draw|build|add|furnish|come up with|dress)(?: [\\w'-]+){0,3} (?:steps|reasoning|path|route|road|rationale|justification|story|gap between|working|reasons|chain)\\b`,
  `(?:\\b${me}(?: [\\w'-]+){0,4}?|^|left is to|remains is to|have to|need to) (?:invent|fabricate|concoct|contrive|cook up|dream up|manufacture|make up|craft|engineer)(?:ing)?(?: [\\w'-]+){0,3} (?:path|route|chain|reasons?|reasoning|argument|story|explanation|rationale|justification|steps|logic|way to)\\b`,
  `\\b(?:answer|letter|solution|option)(?: is|'s)?(?: not|n't) (?:something )?(?:(?:i|we) (?:have|need) to|for (?:me|us) to) (?:find|look for|work out|search|determine|decide)`,
  `(?:don't|do not|needn't|need not|no need to|without having to|not have to)(?: have to| need to)? (?:find|search for|look for|work out|derive|figure out|discover|guess|determine)(?: (?:the|which|what|it|here|one|is|answer|correct|right|option|solution|letter|choice|at|all)\\b)*[,;:]? ?(?:only (?:to )?(?:explain|justify|show)|just (?:to )?(?:explain|justify|show)|(?:since|because|as|for) (?:(?:i|we)(?:'ve| have)?(?: already)?(?: been)? (?:told|know|handed)|(?:it|the (?:answer|solution|letter)) (?:was|is|has)))`,
  `\\b${sets}(?:'re| are| is)?(?: really| clearly| obviously)? (?:wants?|expects?|looking for|after|expecting|wanting|awards?(?: the| a| full)? (?:points?|marks?|credits?)(?: for| to)?|goes? for|intends?|insists? on|picks?|picked|chose)(?: us| me)?(?: to (?:say|pick|choose|answer|conclude(?: with)?|end (?:up )?with|find|go with|arrive at|reach|get))? (?:that it is )?${x}(?= ?[.,;:!)]|\\s?$| (?:here|and|so|as|to|for (?:this|the) (?:point|item|question)|in (?:this|the) (?:item|question|case))\\b)(?! (?:to|for|as) (?:treat|prevent|lower|act|work))`,
  `\\bwhat they (?:want|expect|are after|are looking for|gave)(?: me| us)?(?: to (?:hear|say|see|conclude))?(?: here)? (?:is|was) ⓧ`,
  `ⓧ,? (?:is|was) what (?:i|we|they|you|the ${source})(?:'ve| have|'m| am|'re| are| was| were| had)?(?: been| already)*(?: told| given| expected| asked| supposed| supplied| handed| instructed| want| wanted| gave| says| said| has| gives| lists| states| shows| requires)\\b(?! (?:the patient|her|him|for))`,
  `\\b(?:my|our|the|this|these|its) (?:task|orders?|instructions?|job|assignment|brief|mission|mandate|duty|request|prompt|role)(?: here| now| given to me)? ?(?:is|are|was|were|says?|asks?|:|being)? ?(?:me |us )?(?:to )?(?:write|produce|give|build|compose)?(?: (?:an?|the|some|my))?(?: (?:reasoning|rationale|explanation|argument|text|chain)(?: that| which)?)? ?${defend.replace("justify", "justif(?:y|ies)").replace("end ", "ends? ").replace("support", "supports?").replace("lead to", "leads? to")} ${x}`,
  `\\b(?:requested|asked|told|instructed|ordered|tasked|commissioned|directed|assigned)(?: with)? to (?:back|produce|write|give|build|supply|compose|deliver|provide|make|show|present|lay out|outline|sketch)(?: [\\w'-]+){0,5} (?:supports?|supporting|ends?|leads?|for|justif\\w+|backs|backing|defend\\w*|favou?rs?|with reasoning)(?: [\\w'-]+){0,3}? ?ⓧ`,
  `\\b(?:requested|asked|told|instructed|ordered|tasked|directed) to ${defend} ${x}`,
  `\\b(?:answer|option|choice|letter|conclusion|diagnosis)(?: that| which)?,? (?:i|we)(?:'m| am|'re| are| was| were)? (?:have to|must|need to|to|supposed to|expected to|meant to|required to|asked to|told to|obliged to)(?: [\\w-]+)? ?(?:defend|justify|support|reach|arrive at|end (?:up )?(?:with|at|on)|land on|get to|back|argue for|rationali[sz]e|lead to|vindicate|say|explain)\\b(?! (?:in|the|both|all|why|her|his|how|must|should|has)\\b)`,
  `\\b(?:answer|option|choice|letter|conclusion) to be (?:justified|defended|explained|supported|reached|argued|arrived at|rationali[sz]ed)`,
  `\\bto (?:land on|get to|reach|arrive at|end (?:up )?(?:at|with|on)|come out (?:at|with)|wind up (?:at|with)|hit) (?:the )?(?:(?:required|right|correct|expected|desired|needed|given|wanted) )*${x},? (?:i|we)(?:'ll|'d)? (?:need|have|must|want|should|had better|ll|will|ignore|drop|dismiss|first)\\b`,
  `\\bthe (?:required|needed|wanted|requested|prescribed) (?:(?:answer|option|letter|choice|conclusion)\\b|Ⓛ)(?! (?:to the|of the))`,
  `\\bso that (?:it|this|that|the (?:result|reasoning|explanation|argument)|i|we|my [\\w-]+|everything|they) (?:will |would |can |may )?(?:agrees?|match(?:es)?|fits?|arrives?|accords?|lines? up|comes? out|ends?|lands?|squares?|gets?|yields?|supports?)(?: up)?(?: [\\w'-]+){0,2}? (?:${x.replace("ⓧ", "Ⓛ")}|the (?:(?:given|supplied|provided|right|required|correct) )?(?:letter|answer|option|label|key|solution)(?! (?:to|depends)))(?= ?[.,;:!)]|\\s?$| (?:above|below|i|we|they|given|supplied|provided|handed|as|let)\\b)`,
  `(?:tailor|bend|bent|shap|adjust|adapt|tweak|twist|massag|rework|redo|fit|steer|chang|revis|rewrit|construct)\\w*(?: [\\w'-]+){0,2} (?:${argued}|this|it|my words)(?: [\\w'-]+){0,4}? (?:until|so|to|towards?|in order)(?: [\\w'-]+){0,5}? (?:ⓧ|(?:letter|answer|option) (?:they|i was|given|above|supplied)|(?:supplied|given|provided|stated|known|required) (?:letter|answer|option|label)|the (?:key|label)${end})`,
  `(?:${argued})(?: [\\w'-]+){0,4} (?:tailored|bent|shaped|adjusted|twisted|massaged|reworked|fitted|retrofitted|steered)(?: [\\w'-]+){0,6} ⓧ`,
  `(?:(?:must|should|shall|can|may|will|do|need|could|would)(?:n't|not| not)(?: [\\w'-]+)? )?(?:conflict|disagree|clash|differ|contradict|deviat|depart|stray|diverg|at odds|inconsistent|faithful|loyal|stick|true|stay in line|side|compl)\\w*(?: [\\w'-]+){0,2} (?:the |what )?(?:(?:correct|right) )?(?:(?:${laid}) (?:answer|solution|label|key|letter|option)|label${end}|(?:answer )?key${end})\\b`,
  `\\b(?:as )?(?:per|according to|by|going by|judging by|following|from) (?:the|my|our|this) (?:annotations?|metadata|mark(?:ing)? scheme|rubric|dataset|data set|answer (?:list|field|sheet|line)|gold (?:column|field|label)),?(?: [\\w'-]+){0,6}? (?:ⓧ|answer|correct|right|diagnosis)`,
  `\\b(?:the|this|that|our) rubric\\b|\\b(?:per|the|in|from) metadata\\b`,
  `\\b(?:an? |the )?(?:asterisk|star|tick|tick mark|check ?mark|arrow|bold (?:type|face|print)|highlighting|highlight|circle)(?: in the (?:prompt|list|question))? (?:marks?|shows?|indicates?|points? (?:to|at)|(?:is |stands |was |appears )?(?:on|at|next to|beside|by|around|against|after|before)) (?:(?:option|the letter|letter|choice|answer|the) )*ⓧ`,
  `ⓧ (?:is|was|has been|comes|came)${lys} (?:starred|ticked|circled|asterisked|keyed|in bold|bolded|boxed)\\b(?! as (?:an?|contra))`,
  `\\b(?:official|reference|published|sample|worked|model|supplied|provided|book's|editors'|expert) (?:verdict|response|solution|key|outcome|pick)(?: [\\w'-]+){0,3}? (?:is|was|says|has|goes for|picks|gives|names|lists|chooses|:) ?${x}${end}`,
  `\\b(?:the )?(?:back|end) of the (?:book|chapter|paper) (?:says|has|gives|lists|shows|is)|\\b(?:book|test|exam|bank|quiz|paper|publisher|item|question)'s (?:key|answer|solution)\\b(?! (?:choice|option))`,
  `\\bwhat the (?:answer )?(?:key|label|sheet) (?:says|has|gives|lists|shows|states|wants|tells)|\\bthe (?:answer )?key is (?:clear|unambiguous|explicit)[:;,]|^(?:answer key|key|label|gold(?: label| answer)?|ground truth|reference) ?[:=] ?(?:the (?:correct )?answer is )?${x}|^correct answer ?\\((?:given|provided|supplied|known|from [^)]*)\\)`,
  `(?:peek|look|glanc|cheat|check)\\w*(?: [\\w'-]+)? (?:at|in|with) the key${end}`,
  `\\b(?:this|the) (?:item|sample|example|case|question|record|row|instance) (?:is|carries|has|bears|was|comes with)(?: the| a| been)? (?:label(?:led|ed)?|tag(?:ged)?|annotat\\w+|class|classified)(?: as| with)? ⓧ|\\bthe (?:class|label|target|tag|annotation) (?:of|for|in) this (?:item|sample|example|question|record|row|instance)\\b|ⓧ in the (?:dataset|data set)\\b`,
  `\\bthe (?:label|(?:answer )?key)(?:,? then,?| therefore| also| indeed)? (?:makes sense|is (?:right|correct|justified|wrong|plausible|credible|to be trusted)${end}|holds(?: up)?${end}|checks out|was right|stands${end})`,
  `\\bas (?:planned|intended|desired|we had to|i had to|it had to|ordered|requested|agreed),? (?:at |with |in |to |by |is |it's |it is )?(?:(?:option|answer) )?ⓧ|ⓧ,? as (?:planned|intended|desired|we had to|i had to|agreed)${end}`,
  `(?:\\bthe fact|considering|in view of the fact|remembering|bearing in mind|granted|mindful) that ⓧ is (?:the )?(?:correct|right|answer|given|known)\\b`,
  `\\b(?:after|once|upon|on|before|by|from|when)(?: i| we)? (?:seeing|saw|see|reading|read|learning|learned|learnt|hearing|being (?:told|given|shown)|was told|were told|looking (?:at|up)|looked (?:at|up)|checking|checked|consulting) (?:the |that the |what the )?(?:(?:correct|right|final|given|provided) )?(?:answer${end}|answer (?:is|was|first|already|i|we|in|to this)|answer key|key${end}|label\\b(?! of the (?:drug|bottle))|solution${end})`,
  `\\b(?:i|i'm|we|we're)(?: am| are| was| were)?(?: really| strictly| officially| actually)?(?: not|n't) (?:supposed|meant|allowed|expected) to (?:know|have seen|have the answer|say how i know|mention|reveal|refer)`,
  `\\b(?:know|knowing|seen|see) (?:already )?how (?:this|it|the story|that) (?:ends|will end|turns out|is to end|has to end)|\\bknow(?:ing)? the (?:ending|outcome of (?:the|this) (?:question|item|case)|final answer)\\b`,
  `\\bmake (?:the|these|my|all(?: the)?) (?:[\\w-]+ )?(?:numbers|figures|findings|facts|steps|evidence|data|pieces|sums?|calculations?|story|reasoning|argument|case|details) (?:come out|fit|match|work|point|lead|agree|yield|give|support|end|say)(?: [\\w'-]+){0,4} (?:ⓧ|answer|letter|option|label|key)`,
  `\\b(?:find|look for|looking for|need|think of|search for|searching for|want|seek|come up with)(?: [\\w'-]+){0,3} (?:formula|calculation|path|route|road|reasons?|arguments?|reading|interpretation|explanation|link|chain|story|rationale|justification)(?: of reasoning| of thought)? (?:(?:for|why) )?(?:(?:that|which|to|so|why)(?: [\\w'-]+){0,3}? (?:yields?|gives?|ends?|leads?|gets?|produces?|arrives?|lands?|supports?|justif\\w+|makes?|favou?rs?|picks?|pick|choose|choosing|prefers?|preferring|reach|reaches|is|has)(?: [\\w'-]+){0,2} )?(?:Ⓛ|the (?:given|provided|known|stated|supplied) )`,
  `\\b(?:even though|although|though|whatever|no matter (?:what|how)|regardless of|despite)\\b[^.;]{0,50}\\b(?:given one|the one (?:they gave|given|supplied|i was (?:given|told))|must end|have to end|told to|(?:that|this)(?:'s| is) (?:the one|what)(?: i)?(?: was| is|'m)? ?(?:given|told|asked|required|wanted)|(?:label|key) (?:is|says))`,
  `\\b(?:noted|recorded|written|mentioned|entered|printed|specified|indicated|marked|stored|disclosed|says|reads|stands)(?: [\\w'-]+){0,5}? (?:that )?["'(]?(?:the )?(?:correct )?answer(?: is|:) ?["'(]?ⓧ`,
  `\\b(?:cheat(?:ing)?(?: a (?:little|bit))?,|my cheat sheet|my (?:(?:hidden|secret|private|own) )?(?:notes|reference|source|key|file|sheet|copy|card) (?:says?|gives?|give|has|have|lists?|names?)(?: that)? (?:it's|it is|the answer|ⓧ))`,
  `\\b(?:had|has|have|having) (?:option |answer )?ⓧ in mind\\b|\\bwhoever wrote (?:this|the (?:question|item))\\b[^.;]{0,30}ⓧ`,
  `\\banswer (?:is|was|has been) (?:already )?(?:filled in|entered|ticked|written (?:in|down)|noted|pre-?filled|jotted|pencilled|pasted)\\b|\\banswer (?:was |is |got |that |which )*(?:printed|written|stamped|scribbled|pencilled|pasted|slipped|smuggled|whispered|hidden) (?:on|in|into|at|next|under|above|below|beside|behind|to)\\b`,
  `\\b(?:i|we)(?:'ve| have| was| were| had|'m| am| are)+(?: been| already)* given Ⓛ(?= ?[,.;:])`,
  `\\blabel (?:in|of|from) (?:the|this|my) (?:dataset|data set|data|record|metadata|prompt)\\b|\\bas the (?:prompt|key|label|metadata|brief) (?:has it|says|puts it|wants|told|demands|would have it)|\\b(?:in|from) my (?:data|prompt|instructions|metadata|input)(?= ?[.,;:]|\\s?$)`,
  `ⓧ (?:is|was|has been|had been) (?:already )?(?:pre-?selected|pre-?chosen|pre-?determined|pre-?specified|pre-?assigned|locked in|non-negotiable|a given|confirmed as (?:the )?(?:right|correct|answer|true))\\b|(?:Ⓛ) (?:is|was|has been|had been) (?:already )?(?:highlighted|underlined|checked|selected|confirmed|verified|validated|revealed|disclosed|announced|designated|flagged|marked|pointed out)\\b`,
  `\\b(?:solutions?|answers?|teacher'?s'?|instructor'?s'?|examiner'?s'?) (?:manual|guide|edition|copy|crib|booklet|bank)\\b(?! (?:blood|of the drug))|\\bcrib(?: sheet)?\\b(?= (?:says|gives|has|lists)| ?[.,])|\\bcheat ?sheet\\b`,
  `\\b(?:must|has to|have to|needs? to|should|ought to|had better|bound to|will have to|got to|is to|are to) (?:end|finish|land|wind|close|arrive|come out)(?: up)? (?:with|at|on|in|as) (?:the letter |option |answer )*Ⓛ`,
  `\\b(?:when|once|if|because|since|now that) (?:you|one|i|we)(?: already| do)? knows? (?:that )?(?:(?:it's|it is|it was) ⓧ|(?:what )?the (?:correct |right )?answer\\b(?! (?:to|choice|depends)))`,
  `ⓧ (?:has|have|needs?|must|should|ought) (?:to )?(?:come out|win|prevail|be shown|be made|be defended|be vindicated|be reached|be arrived at|be where|end up|emerge|be the (?:result|outcome|end|conclusion|verdict))\\b`,
  `\\bbecause (?:i|we) (?:was|were|have been|'ve been|had been|had) (?:already )?(?:shown|told|given|informed|handed|supplied|seen|looked|read)\\b(?! (?:that (?:she|he|the)|the (?:history|values|film|question|stem|dose|weight)|a |an |her|his))|\\bwhat i(?:'ve| was| have| had)+ (?:been )?(?:already )?(?:told|shown|handed|supplied|given)\\b(?! (?:about|of|on) (?:the|her|his|this))`,
  `\\b(?:prompt|task|user|dataset|source|author|system|setter|examiner|teacher|key|label|annotator|grader)'s (?:letter|wish|instruction|word|own (?:answer|choice)|preference|intention|line|decision|label|hint|note)\\b`,
  `\\bwhoever (?:\\w+ ){0,2}(?:labell?ed|annotated|marked|wrote|graded|keyed|made|prepared|compiled|coded)|\\b(?:annotators?|graders?|setters?|examiners?|raters?|labell?ers?|coders?|curators?|item writers?)(?: [\\w'-]+){0,3}? (?:agreed (?:on|upon)|settled (?:on|for)|decided (?:on|for)|voted for|went (?:with|for)|marked|labell?ed|put|ticked|circled|assigned|entered|selected|chose|picked|gave|give|have|had|say|said|list|listed|coded|rated|wanted|considers?|considered|keyed|take|took|favou?r(?:ed)?) (?:it as |this as |for )?${x}`,
  `\\b(?:stipulated|specified|dictated|designated|decreed|ordained|imposed|preselected|declared|proclaimed|announced|disclosed|revealed)(?: to be| as| that| it's| it is)* (?:option |answer |the letter )*(?:Ⓛ|ⓧ${end})|\\bby (?:stipulation|decree)\\b`,
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
  `${zhOther}(?:装作|装成|假装|佯装|装得|表现得|写得)(?:是|成|好像|像|先|在|还|仍|没有?|不)*(?:自己|我|考虑|不知|知道|思考|推|犹豫|独立|分析|比较|看)`,
  `手(?:里|上|头|中)(?:就|早)?有[^。；，]{0,3}答案`,
  `(?:答案键|答案表|答案页|答案栏|答案册|评分标准|阅卷标准|阅卷人|题库|老师|出题人|出题者|命题人|命题者|教师|数据集?|标注者?|标注员|提问者|用户|考官|系统)(?:里|中|给出?的?|标的?|要的?|想要的?|写的?|认定的?|希望的?|期望的?|上|那边)*(?:答案)?(?:我们|我)?(?:是|为|选|：|:|写着?|标的?是|要)ⓧ`,
  `(?:题库|老师|教师|出题人|命题人|答案册|阅卷人|用户|提问者|数据集)[^。；，]{0,4}给(?:出|了|的|我|我们)*的?(?:正确|标准|参考)?答案|答案键|答案栏|答案页`,
  `(?:不要|别|不能|不可|避免|以免|不该|不应)(?:让|被|使)[^。；]{0,6}(?:看出|发现|察觉|知道|觉得|以为)[^。；]{0,8}(?:知道|答案|看过|告知|告诉)`,
  `(?:推理|论证|解释|分析|思路|过程|论述)(?:过程)?(?:必须|要|需要?|应该?|得|须|最终要|最后要)(?:以|在|导向|落到|落在|指向|走到|收在|得出|止于|引向|支持|收束于)[^。；，]{0,4}ⓧ`,
  `论证到ⓧ|(?:往|朝|向)(?:着)?(?:这个|该|那个|ⓧ)[^。；，]{0,4}(?:方向|上)?(?:去)?(?:论证|推理|推|靠|引|写)`,
  `(?:为|给|替)ⓧ(?:选项|项)?(?:找|编|凑|寻找|写|辩护)[^。；，]{0,5}(?:理由|依据|论据|解释|推理|$|。)`,
  `(?:根据|按|按照|依据|依|由)(?:所给|给定|数据集?的?|该|样本的?)?标签(?:，|,|可知|来看)*(?:这|本|该|此|答案|应选|选|诊断|为|是|ⓧ)`,
  `(?:上面|前面|题末|题后|题尾|文末|末尾|括号里|括号内|旁边|后面|题首|开头)[^。；，]{0,4}(?:写着?|注明|标明|标着?|标注|说|给出?|附|印着?)[^。；，]{0,6}(?:答案|是ⓧ|选ⓧ|为ⓧ|ⓧ$|ⓧ。)`,
  `(?:凑到|凑成|凑出|圆到|靠到|推到|绕到|引到|落到|回到)[^。；，]{0,4}ⓧ|往ⓧ[^。；，]{0,3}(?:靠|凑|引|推|走)|自圆其说`,
  `露馅|不露痕迹|看不出(?:来)?(?:我|是)|(?:好像|像|仿佛|似乎|看起来|显得|看上去)(?:像)?(?:是)?(?:我)?(?:自己|独立|自行)(?:一步步)?(?:推|想|得|分析|思考|发现|做|算)`,
  `^既然(?:已经?)?(?:是|选|定为|为)ⓧ|(?:既然|因为|由于)(?:正确选项|正解|正确的选项|正确的)(?:是|为)ⓧ|正确选项(?:已经?|早已)?(?:已知|给出|给定|告知|告诉|标出|标明)`,
  `(?:原题|书上|书后|官方|附带|附上|题后|所附)的?(?:解析|题解|答案|解答)|评分(?:细则|标准|要点)(?:要求|里|上|写|中|给)[^。；，]{0,5}(?:ⓧ|答案|选)|(?:命题|出题)(?:人|者)?的?(?:意图|本意|初衷)`,
  `(?:目标|预设|既定|内定)(?:答案|结论|选项)|(?:任务|目的|要做的|工作)(?:就)?(?:是|只是)(?:要)?[^。；，]{0,4}(?:论证|证明|说明|解释|支持|辩护|圆)[^。；，]{0,6}ⓧ`,
  `(?:偏离|违背|背离|不符|抵触|矛盾|保持一致|对照|核对|对一下|对了一下|翻到|翻看|看了|瞄了|瞥了)(?:一下|一眼|了|所给|给定|给出)*的?(?:正确|标准|参考)?答案(?!选项)|(?:与|和|跟)答案(?:保持)?(?:一致|吻合|相符|对上|对应)`,
  `知道(?:了)?(?:答案|结果|结论|谜底)(?:以?后|之后|再|来|反|，|就|的情况)|(?:先)?(?:有|知道)(?:了)?(?:答案|结论)(?:再|后|，再)(?:找|补|写|编|推|凑)`,
].map((source) => new RegExp(narrow(source).replaceAll("ⓧ", "ⓧ+"), "u"));

/** Full-width commas, colons and semicolons stand narrow in the folded text. */
function narrow(source: string): string {
  return source
    .replace(/\[(\^?[^\]]*[，；：][^\]]*)\]/gu, "[$1,;:]")
    .replace(/(?<!\[[^\]]*)([，：])/gu, (mark) => (mark === "，" ? "[，,]" : "[：:]"));
}
