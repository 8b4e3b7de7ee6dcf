/**
 * Whether reasoning states what it assumes and how sure it is (paper §3.2: explicit assumptions and uncertainty).
 *
 * It passes when it says so anywhere, of the case at hand: "most likely", "cannot be excluded", "assuming …". It fails
 * when it weighs or concludes and says nothing of the sort, and when its conclusion claims to be beyond doubt.
 * Knowledge is no uncertainty: "heparin may cause bleeding", "often seen in children" and "smokers are more likely to
 * develop it" hold of medicine, not of this conclusion. Words of evidence ("suggests", "fits", "consistent with")
 * count in the conclusion only, where they take the place of "is". What is computed from given figures (an
 * answer in numbers with its sum, or a class by several sums) needs no hedge. That no error is possible is overconfident
 * wherever it is said.
 */
import type { Check } from "../../records/check.ts";
import { foldWidth } from "../text.ts";
import { absolute, absoluteChinese, tentative } from "./certainty-words.ts";
import type { Reasoning } from "./reasoning.ts";
import { type Sentence, splitSentences } from "./sentences.ts";

/** Says that there is no doubt. */
const sure = [
  /\b(?:certainly|definitely|undoubtedly|undeniably|unquestionably|indisputably|incontrovertibly|unequivocally|unambiguously|indubitably|conclusively|categorically|irrefutably|100 ?%? ?(?:percent |per cent )?(?:sure|certain|confident|clear|correct|accurate)|(?:i am|i'm|we are|we can be|one can be|we're) (?:(?:absolutely|completely|totally|entirely|fully) )?(?:certain|positive|sure)\b(?! (?:whether|if))|(?:absolutely|completely|totally|entirely|fully|perfectly|utterly|dead|beyond) (?:certain|sure|confident|clear|positive|convinced|dispute|question|conclusive|unmistakable)|one hundred per ?cent|with (?:absolute|complete|total|full|100 ?%|utmost|perfect) (?:certainty|confidence|conviction)|with certainty|(?:is|are) (?:absolutely |completely )?(?:certain(?= ?[.,;:]| that|$)|indisputable|undeniable|unmistakable|beyond (?:any |all |a )?(?:dispute|question|doubt)|guaranteed|irrefutable|undoubted|unquestionable|foregone)|guaranteed to be)\b/gu,
  /\b(?:without (?:a |any |the slightest |the least )?(?:shadow of (?:a )?)?(?:doubt|question|hesitation|reservation)|beyond (?:a |any |all |the )?(?:shadow of (?:a )?|reasonable |possible )*(?:doubt|question|dispute)|(?:there is|there's|there can be|leaves?|leaving|allows?|permits?|has|have|with|i have|we have|admits? of) (?:absolutely |simply |really )?(?:no|not the slightest|not a shadow of) (?:room (?:for|to) |space for |reason to |other )?(?:doubt|question|uncertainty|ambiguity)|^no doubt|no doubt (?:that|about|whatsoever|remains|at all)|no (?:doubt|uncertainty|question|ambiguity) (?:is left|remains|exists|whatsoever|at all|about)|leaves nothing (?:open|uncertain)|(?:nothing|no other \w+|no alternative) (?:else )?(?:is (?:even )?(?:possible|conceivable|imaginable)|can be (?:considered|right|correct|true)|could (?:possibly )?be)|cannot (?:possibly )?be (?:anything|something) (?:else|other)|(?:cannot|can't) (?:possibly )?be wrong|only possible (?:answer|diagnosis|explanation|conclusion|option|choice|cause)|no other (?:answer|diagnosis|explanation|conclusion|possibility|option)(?:\w| )* (?:exists?|possible|conceivable|imaginable)|not (?:in (?:any )?doubt|open to (?:doubt|question))|impossible (?:for it )?to be (?:anything|wrong)|proves? beyond|can be no other|bet my life|no need to (?:doubt|consider any(?:thing)? (?:other|else)))\b/gu,
  /毫无疑问|毫无疑义|毋庸置疑|无庸置疑|毋容置疑|不容置疑|无可置疑|无可争议|无疑(?!问|似)|百分之百|百分百|100 ?% ?(?:确定|肯定|正确|是)|绝对(?:是|正确|不可能|可以确定|肯定|没错|确定|无误)|(?<!不能|无法|难以|不)(?:肯定|必定|必然|一定|铁定|确凿)(?:是|为|就是|选|正确)|(?:完全|十分|非常|可以)(?:确定|肯定|确信)(?:是|为|，|。|$|诊断|答案|地)|没有(?:任何|丝毫)(?:疑问|疑义|悬念|不确定|其他可能)|确定无疑|确凿无疑|无可辩驳|不可能是(?:其他|别的)|唯一(?:的)?可能|绝无(?:其他)?可能/gu,
];

const denied =
  /\b(?:not|never|nothing|nobody|cannot|hardly|rarely|almost|nearly|less than|far from|hard|difficult|impossible|unable|before|if|whether|\w+n't)\b[^,;:]{0,60}$/u;

/** States a degree of certainty, an assumption or what would change the conclusion. */
const hedges = [
  /\b(?:most likely|likeliest|more likely|less likely|least likely|very likely|highly likely|quite likely|rather likely|fairly likely|likely|unlikely|likelihood|probably|probable|improbable|probability|plausibl[ey]|implausible|presumabl[ey]|presumed|presumptive|presume|perhaps|maybe|possibly|conceivabl[ey]|apparently|seemingly|arguably|seems?|seemed|appears? (?:to|that|most|more|less|likely|unlikely|consistent|compatible|best)|tentative(?:ly)?|provisional(?:ly)?|working diagnosis|differential remains|uncertain(?:ty|ties)?|unsure|(?:remains?|it is|is still) unclear|unclear (?:whether|if|from|to me)|unproven|unconfirmed|not (?:entirely |completely |fully |absolutely |quite |yet |100 ?% |wholly |altogether )?(?:certain|sure|clear|proven|definite|definitive|conclusive|confirmed|excluded|guaranteed|settled|ruled out)|almost certain(?:ly)?|nearly certain|(?:reasonably|fairly|moderately|quite|very|rather|pretty) (?:certain|sure|confident|safe)|confidence|confident|certainty|residual (?:risk|doubt|chance|uncertainty|possibility)|(?:risk|chance|doubt) (?:of (?:\p{L}| )+)?remains?|(?:would|should|must|may|might|could) (?:have to |need to |want to |be )?(?:revis|reconsider|rethink|reopen|change my)\p{L}*|(?:kept|keep|bear|bearing|borne) in mind|(?:best|better|well|more strongly) supported|(?:not|never) (?:stake|bet|swear)|subject to|with the proviso|for now|in my (?:view|opinion|judge?ment|estimat\p{L}+)|(?:only|even) if (?:the|this|that|her|his|we|it|she|he)|(?:put|estimate|rate|judge)(?: \p{L}+){1,4} at (?:about |roughly |around )?\d+ ?(?:%|per ?cent)|\d+ ?(?:%|per ?cent) (?:likely|probable|confident|sure|certain|chance|probability)|(?:does|do|did|would|could|will|should)(?: not|n't) (?:by (?:itself|themselves) |alone |fully |have |quite |entirely )?(?:exclud|rul|prov|confirm|settl|refut)(?:e|es|ed|ing)?(?: out)?|nothing (?:here |in \p{L}+ \p{L}+ )?(?:proves|excludes|rules out|confirms)|caveats?|with (?:some|the) (?:caution|reservation)s?|with reservations?|some doubt|doubtful|doubt remains|doubts remain|in doubt|hard to (?:say|tell|exclude|be sure)|difficult to (?:say|tell|exclude|be sure)|on balance|all things considered|by and large|as far as (?:we|i|one|the) |to the extent that|(?:leading|favou?red|likeliest|working) (?:explanation|match|candidate|guess|hypothesis|diagnosis|account|bet)|best guess|(?:i|we|one would|should|would|to) (?:strongly |still |also )?suspect|raises? (?:the |a |some |my )?suspicion|suspicion (?:of|for|that|remains)|i (?:think|believe|guess|lean|favou?r|would (?:still |rather )?(?:favou?r|lean|expect|guess|suspect|say))|we (?:think|believe|lean|favou?r|would (?:still |rather )?(?:favou?r|lean|expect|suspect))|my (?:guess|impression|estimate)|odds are|chances (?:are|that)|(?:a|some|small|little|good|fair) chance (?:that|it|of (?:this|it|being|an? error))|possibility|possible that|remains? (?:a |one )?(?:possible|open|conceivable)|still (?:a )?possible|possible (?:alternative|explanation|diagnos[ei]s)|alternative (?:explanation|possibilit|diagnos)|open question|remain(?:s|ing)? (?:uncertain|unclear|to be seen|open|on the list|in the differential)|might|cannot tell|can't tell|cannot know|can't know|do not know|don't know|cannot be sure|can't be sure|cannot be certain|if (?:this|that|the|my|our) (?:assumption|reading|premise|guess|history)|limited (?:information|data|history)|(?:insufficient|incomplete|missing|lacking|scarce|little) (?:data|information|results?|evidence|history|details?)|not (?:stated|mentioned|specified|told|documented)|no information (?:on|about)|without (?:further|more|additional|knowing|the|a|an) [^.]{0,40}(?:test|data|information|history|result|imaging|biopsy|cannot|can't|certain|sure)|pending (?:results?|confirmation|further|imaging|tests?|cultures?)|(?:further|additional|more) (?:tests?|testing|work-?up|evaluation|confirmation|information|data|imaging|history|investigations?|results?|findings?) (?:would|could|might|may|is|are|should|to be|to confirm|needed|required|before)|(?:should|would|needs? to|has to|must|could|to) (?:still |first )?be (?:confirmed|verified|revisited|reconsidered|checked)|would (?:change|alter|revise|overturn|reverse|argue (?:for|against)|make (?:me|us|it)|shift|raise|lower|weaken|strengthen|point)|unless (?:there|we|i|this|that|new|further|another|other|more|proven))\b/u,
  /\b(?:assum(?:e|es|ed|ing|ption|ptions)|suppos(?:e|es|ed|ing) (?:that|the|he|she|it|no|a |an |there|we)|supposition|presuming|presuppos\w+|provided that|provided (?:the|there|no|she|he|her|his|it)|on condition that|granted that|granting|premise|(?:take|taking|accept|trust)(?:ing)? (?:the|her|his|these|all) (?:\p{L}+ ){1,3}(?:to be|are|is|as) (?:correct|accurate|reliable|true|typical|complete|right|given)|taking (?:it )?(?:for granted|as given|at face value|the (?:history|values|stem|findings|vignette|data|report|results?) (?:as|at))|take(?:n)? (?:at face value|for granted|as (?:accurate|reliable|correct|true|typical|given))|takes? (?:it )?for granted|as long as|so long as|if (?:so|true|correct|confirmed|reliable|accurate)\b|other things (?:being )?equal)\b/u,
  /\b(?:(?:could|may|might) (?:also |still |well |in principle |in theory |therefore |indeed )*(?:be (?:due|because|from|explained|wrong|mistaken|misleading|a |an |the |another|something|consistent|compatible|explained|argued|considered|present with|missed|caused by)|represent|reflect|indicate|explain (?:this|the|some|it|her|his|these|both|part)|mimic|mean|point|have been|fit|not (?:be|fit|apply|have)|still)|(?:it|this|that|these|she|he|diagnosis|cause|answer|picture|presentation|patient|finding|findings|symptoms|pattern|alternative|explanation|\p{L}+) could (?:also |still |well )*be (?!given|used|treated|avoided|added|started|done|performed)|(?:it|this|that|she|he|diagnosis|cause|answer|picture|presentation|conclusion|reading|alternative) may (?:also |still |well )*be)\b/u,
  /(?:can(?:not|'t| not)|could(?: not|n't)|hard to|difficult to|is not|are not|not been|have not|has not|never|without being able to|unable to|impossible to) (?:be |fully |entirely |completely |quite |wholly |yet |firmly |formally |safely |definitively |absolutely )*(?:exclude|rule|ruled|excluded|dismiss|dismissed|confirm|confirmed|prove|proven|discard|eliminat)\w*/u,
  /(?<!不)可能|也许|或许|大概|大约可|恐怕|(?:不能|无法|尚不能|难以|不可|未能|不)(?:完全|彻底|绝对)?(?:排除|除外|确定|肯定|确诊|证实|断定)|不除外|待排|待定|倾向于?|考虑(?:为|是|诊断|到|其|患者|本例|该)|首先考虑|疑似|拟诊|怀疑|推测|估计|猜测|假设|假定|假如|如果(?:这|该|上述|病史|结果)|倘若|前提|默认|不确定|尚需|仍需|有待|需要?进一步|似乎|看来|看似|貌似|不太(?:像|符合|支持|可能)|较(?:符合|支持|像)|更(?:符合|支持|像|可能|倾向)|把握|可信度|置信|信息(?:有限|不足)|证据(?:有限|不足)|存疑|未必|不一定|概率|可能性|基本(?:可以|符合|考虑)|初步|暂(?:定|时|考虑)/u,
];

/** Knowledge of medicine in words that would else be hedges, and what a question asks. */
const general =
  /\b(?:(?:more|less|most|least|also|very|highly|equally|as)? ?likely to (?:develop|have|occur|get|die|suffer|experience|acquire|recur|survive|respond|present|relapse|smoke|benefit)|(?:the |which |what )?(?:question|stem|vignette|task|prompt) (?:asks|wants|is asking|concerns|seeks|here|calls|requires|is)[^.?!,;]*|(?:we|i) (?:are|am|were) asked[^.?!,;]*|asked (?:for|about|to)[^.?!]*|(?:most|more|less) likely(?= (?:seen|found|occurs?|affects?) in)|high(?:er)? (?:index of )?(?:clinical )?suspicion (?:is|should)|pre-?test probability (?:scores?|rules?)|confidence interval|assum(?:e|es|ed|ing) (?:the )?(?:upright|supine|sitting|position|care|control|responsibility|a (?:crouching|squatting|supine|sitting))|(?:is|are) suspected (?:when|if|in)|odds ratios?|likelihood ratios?|probability of (?:survival|death)|(?:no|not a?|zero|without) (?:other |remaining )?(?:possibility|likelihood|chance|alternative explanations?|assumptions?|caveats?|hypothes[ei]s|uncertainty|suspicion)(?: (?:is|are) (?:needed|required|necessary|made|left))?|(?:need|requires?|make|makes|making) (?:no|not) (?:assumptions?|caveats?|further (?:tests?|testing|work-?up|evaluation|confirmation|information|data))|no further (?:tests?|testing|work-?up|evaluation|confirmation|information|data|imaging|history|investigations?)|no need (?:for|to) (?:further \w+|confirm\w*|assum\w+)|needs? no (?:further \w+|confirmation)|not possible|impossible)\b|没有(?:其他|任何|别的)?可能(?:性)?|可能性为零|无需(?:进一步|假设|考虑)|不需要?进一步|只可能|唯一可能|问题?(?:问|要求|考查)[^。；]*最可能[^。；]*|(?:题目|本题)[^。；]{0,8}(?:问|要求|考查)[^。；]*|可能会?(?:导致|引起|出现|发生|伴|造成|诱发|增加)/gu;

/** Draws a conclusion about the answer. */
const concluding =
  /\b(?:so|thus|therefore|hence|accordingly|consequently|in conclusion|to conclude|conclude[sd]?|in sum(?:mary)?|in short|overall|altogether|all in all|which leaves|this leaves|answer|diagnosis (?:is|must|has to)|correct|best (?:option|choice|treatment|next step)|(?:option|choice) [a-u]|go with|settle on|choose|pick|select(?:ed)?|final(?:ly)?|verdict|it is|this is|must be|has to be)\b|答案|因此|所以|故(?!障|意|事)|综上|总之|结论|诊断为|应选|选择?[a-u]|正确|由此/u;
const firmly =
  /\b(?:so|thus|therefore|hence|accordingly|consequently|conclu(?:de|des|ded|sion)|answer|diagnosis|correct|right (?:answer|option|choice)|best (?:option|choice)|(?:option|choice) [a-u]|verdict|final)\b|答案|因此|所以|综上|总之|结论|诊断|应选|选[a-u]|正确/u;
const weighing =
  /\b(?:whereas|however|versus|vs\.?|rather than|instead|unlike|although|but|on the other hand|rules? out|ruled out|excludes?|excluded|argues? (?:for|against)|against|differential|alternatively|compared? (?:with|to)|favou?rs|suggests?|points? to|consistent with|both|neither|either)\b|但是?|然而|而非|相比|排除|支持|不符|鉴别|符合|提示/u;
/** Takes the place of "is" in a conclusion. */
const evidential =
  /\b(?:suggest(?:s|ed|ing|ive)?|point(?:s|ed|ing)? (?:to|towards?|away)|favou?r(?:s|ed|ing)?|consistent with|compatible with|in keeping with|supports?|fits?(?: best| better)?|best (?:explains?|explained|accounts?|matches|fits)|better (?:explains?|accounts?|matches|fits|explained|supported)|explains? (?:best|better|most)|most (?:consistent|compatible|in keeping|suggestive|typical)|would be|tends?|leans?)\b|提示|支持|符合|倾向/u;

/** Says flatly what the answer is. */
const flat =
  /\banswer (?:is|here is|has to be|must be)\b|\banswer ?:|\bis (?:the )?(?:only )?(?:correct|right)\b|\bis the (?:best )?(?:answer|choice|option)\b|答案(?:是|为|：|:)|(?:应|故|因此|所以|就)选/u;
/** Says that an option is wrong, which may well be certain. */
const eliminating =
  /\b(?:wrong|incorrect|false|excluded|ruled out|eliminated|contraindicated|out of the question|not (?:the )?(?:correct|right|answer|an option|indicated|fit|a |an ))\b|错误|不正确|排除|不选|禁用/u;

/** Finds whether reasoning says what it assumes or how sure it is, and where its conclusion stands. */
export function checkUncertainty({ text, question, letters }: Reasoning): readonly Check[] {
  const sentences = splitSentences(small(foldWidth(text)));
  const answers = letters.map((letter) => question.options[letter]?.toLowerCase() ?? "").filter(Boolean);
  const names = (said: string): boolean => answers.some((answer) => said.includes(answer));
  const concludes = ({ text: said }: Sentence): boolean => concluding.test(said) || names(said);
  const conclusion = sentences.findLast(concludes);
  const claims = sentences.filter(
    (sentence) =>
      isAbsolute(sentence.text) ||
      ((sentence === conclusion || firmly.test(sentence.text) || names(sentence.text)) &&
        !eliminating.test(sentence.text) &&
        isSure(sentence.text)),
  );
  if (claims.length > 0)
    return claims.map((claim) =>
      fault(claim, text, (said) => `the conclusion ${said} claims to be beyond doubt`),
    );
  for (const sentence of sentences) {
    const said =
      hedgeIn(sentence.text) ??
      (sentence === conclusion && !flat.test(sentence.text) ? match(evidential, sentence.text) : undefined);
    if (said !== undefined) {
      const where = conclusion ? `; the conclusion is at ${conclusion.start}` : "";
      return [{ name: "uncertainty", passed: true, found: `says "${said}" at ${sentence.start}${where}` }];
    }
  }
  const stands = conclusion ?? sentences.find(({ text: said }) => weighing.test(said));
  if (!stands) return [{ name: "uncertainty", passed: true, found: "nothing is weighed or concluded" }];
  if (isComputed(text, question.options))
    return [{ name: "uncertainty", passed: true, found: "a number was asked for and is computed" }];
  return [
    fault(stands, text, (said) => `no assumption and no degree of certainty is stated; ${said} stands bare`),
  ];
}

/** Capital letters made small; every place stays. */
function small(text: string): string {
  return text.replace(/[A-Z]/gu, (capital) => capital.toLowerCase());
}

/** Whether a sentence claims that error is impossible, and does not deny it. */
function isAbsolute(sentence: string): boolean {
  return [...absolute, absoluteChinese].some((pattern) =>
    Array.from(sentence.matchAll(pattern)).some(
      ({ index }) => !denied.test(sentence.slice(Math.max(0, index - 60), index)),
    ),
  );
}

function isSure(sentence: string): boolean {
  return certainties(sentence).some(({ isDenied }) => !isDenied);
}

/** Where a sentence speaks of no doubt, and whether it denies it ("cannot be said with certainty"). */
function certainties(sentence: string): { readonly said: string; readonly isDenied: boolean }[] {
  return sure.flatMap((pattern, at) =>
    Array.from(sentence.matchAll(pattern), (found) => ({
      said: found[0],
      isDenied: at === 0 && denied.test(sentence.slice(Math.max(0, found.index - 60), found.index)),
    })),
  );
}

/** The first hedge of a sentence, once certainties and general knowledge are taken out of it. */
function hedgeIn(sentence: string): string | undefined {
  const spoken = certainties(sentence);
  const denial = spoken.find(({ isDenied }) => isDenied);
  if (denial) return denial.said;
  const own = spoken.reduce((rest, { said }) => rest.replace(said, " . "), sentence).replace(general, " . ");
  for (const pattern of [...hedges, ...tentative]) {
    const found = match(pattern, own);
    if (found !== undefined) return found.trim();
  }
  return undefined;
}

function match(pattern: RegExp, text: string): string | undefined {
  return pattern.exec(text)?.[0];
}

/** A sum, a product or a quotient with what it comes to; units and words may stand between. */
const equation = /\d[^\n=≈.;]{0,24}?[-+×x*/÷·]\s*\(?\s*\d[^\n=≈;]{0,60}?[=≈]/gu;

/** Whether what is asked is computed from given figures: a number with its sum, or a class by two sums and more. */
function isComputed(text: string, options: Readonly<Record<string, string>>): boolean {
  const values = Object.values(options);
  const sums = foldWidth(text).match(equation)?.length ?? 0;
  const areNumbers =
    values.length > 1 &&
    values.every((value) => /^\W*(?:about |approximately |约)?[<>≤≥~]?\s*[-+−]?\d/u.test(value));
  return sums > 1 || (sums > 0 && areNumbers);
}

function fault({ text: said, start }: Sentence, whole: string, words: (quote: string) => string): Check {
  const end = start + said.length;
  const quote = whole.slice(start, Math.min(end, start + 120));
  return { name: "uncertainty", passed: false, found: words(`"${quote}"`), span: [start, end] };
}
