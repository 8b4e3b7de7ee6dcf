/**
 * The words by which a clause speaks for an option of a question, against it, or only of it.
 *
 * Invariant: the first cue that fits counts, and what denies comes before what speaks for. Where the question asks for
 * what is harmful, false or left out, words that speak against a thing in medicine speak for the option.
 */
import { foldWidth } from "../text.ts";
import { splitSentences } from "./sentences.ts";

const X = "(?:(?:the|an?|option|use of|diagnosis of|acute|oral|serum|this|is|be|of|only|start|give) )*‹x›";

/** Words by which an option is taken; the option is "‹x›". */
const strong: readonly RegExp[] = [
  new RegExp(
    `\\b(?:so|hence|thus|therefore|that leaves|this leaves|leaving|leaves only|only|which is|that is|that's|it's|this is|it is|it must be|must be|points? (?:clearly |strongly )?(?:to|towards?)|suggests?|favou?rs?|in favou?r of|confirms|clinches|settles (?:it |the matter )?(?:in favou?r of|for)|diagnosis(?: here)? (?:is|of)|answer (?:is|would be|must be)|pattern of|picture of|typical of|classic (?:of|for)|hallmark of|consistent with|in keeping with|means|indicates?|(?:first|best|usual|standard|right|correct) (?:\\w+ ){0,4}(?:is|would be|was)|comes? (?:out )?(?:to|at)|gives|treatment (?:of choice )?is|drug (?:of choice )?is|start with|choose|i read .{1,20} as|i would (?:give|start|choose|order|do|take))[,:]? (?:clearly |therefore |then |about |roughly |most likely |probably )*${X}`,
  ),
  /‹x›[^‹]{0,25} (?:is|are|remains?|seems|would be|has to be|must be|comes?|was) (?:clearly |therefore |thus |then |by far |still |also |probably |surely |considered |the )*(?:the answer|answer|best|most (?:likely|probable|typical|characteristic|often|helpful|useful|appropriate|common|specific|consistent)|likeliest|first|right|correct|treatment of choice|drug of choice|test of choice|choice|one (?:that|which)|only|standard|what|leading|classic|key|culprit|usual|commonest|next|diagnostic|preferred|indicated|recommended)\b/,
  /‹x›[^‹]{0,12} (?:fits|explains|accounts for|matches|covers|ties|it is|alone|confirms|causes most|works best|first\b)/,
  /[=≈] ?‹x›/,
  /^ ?: ?(?:an? |the )?‹x› ?[.!]? ?$/,
  /‹x›[^‹]{0,12} is (?:where|what|the one|how|why)\b/,
  /\b(?:most|more) (?:likely|probable|probably)\b(?!.{0,40}‹o›)/,
  /\bbest\b|\bmost likely\b|\b(?:until|unless) (?:shown|proven) otherwise|\bof choice\b|\bby far\b|\bfirst[- ]line\b|\bfirst (?:treatment|step|choice|test|drug)|\bgold standard\b|\bclassic\b|\bsignature\b|\bmainstay\b|\babsolute\b|\bit it is\b/,
  /‹x› it (?:is|must|has)/,
  /(?:首选|最可能|可能性最大|可能性大|考虑(?:为|诊断)?|诊断为|提示|指向|符合|支持|特征|特点|确诊|应为|即|就是|关键)[^,，;。不]{0,14}‹x›|‹x›[^,，;。‹不]{0,10}(?:可能性(?:最)?大|最(?:为)?(?:符合|可能|合适|有助|直接)|的特征|的特点|可(?:以)?(?:确诊|诊断|解释)|符合|首选|典型)|(?:办法|方法|选择)是[^,，;。]{0,6}‹x›|多为[^,]{0,4}‹x›/,
];
/** Words of a positive statement. */
const mild =
  /‹x›[^‹]{0,30} (?:is an?|are|treats?|causes?|lowers?|raises?|blocks?|inhibits|binds|relieves|controls|reduces|prevents|shows?|sees|acts|works|protects?|does|helps?|is used|is given|responds?|follows?|makes?)\b|\b(?:due to|because of|caused by|comes from|arises from|from|with|by|to) ‹x› ?[.,]? $|由‹x›|可‹x›|用‹x›/;
/** Words by which an option is given up. */
const out =
  /\b(?:rul\w+ out|exclud\w+|eliminat\w+|reject\w*|dismiss\w*|discard\w*|drops? out|can go|falls (?:away|with)|off target|off the table|out of the question|no (?:place|part|role|reason|sign|use|business|need)|nothing to do|nothing (?:here )?(?:connects|to)|different (?:altogether|question|picture|disease|matter)|wrong|opposite|irrelevant|unlikely|improbable|implausible|less likely|not (?:fit|explain|the|be|right|what|how|typical|how|a |an |one|on the list|help|reported|with|isn)|do(?:es)? not|cannot|can not|is not|are not|was not|would not|could not|will not|makes little sense|argues? against|speaks? against|second possibility|odd\b|inconsistent|incompatible|absent|too (?:long|late|slow|fast|much|little|early|high|low|small|big|large|short|far|rare)|(?:is|are) out\b|neither|nothing of|would be (?:wrong|odd|late|unusual|too|a mistake)|never|no better|useless|in vain|distractor|error|mistake|inverse|tenfold|red herring|tempting|explains? nothing|means nothing|no (?:help|advantage|relation|victim|sense|bearing|match|effect|hold)|(?:of )?no use|misses the point|put aside|set aside|hardly (?:been|any|ever)|makes no|careless|perverse|innocent|(?:is|are) for (?:chronic|fast|people|those)|goes away|beside the point|not matter|negligent|injure)\b|不符|不支持|不考虑|排除|不能|不会|不解释|难以解释|不是|不大|没有|无关|相反|不符合|帮助不大|看不到|却不|太快|太慢|而非|并非|不足|不需/;
/** Words that only place an option somewhere else or weaken it. */
const weak =
  /\b(?:not|no|none|nor|without|lacks?|rather|instead|would(?! be the| be first| start| choose| give)|less|misses|belongs? to|(?:is|are) for|goes with|marks|seen in|(?<!at )once|lies|sits|regarded as safe|as well|too|come from|comes from|second|stands? for|for prevention|late|risks?|dangerous|harm\w*|culprit|was tried|first (?:idea|thought|hunch|guess)|reflex|mimic|initially|older|obsolete|another|other|elsewhere|hardly|barely|slowly|afterwards|later on|until|alone|never|however|although|though|yet)\b|也|多伴|多见于|多用于|用于|以.{1,12}为主|但/;
/** Words that hedge. */
const hedged = /\b(?:might|could|may|also|only|perhaps|sometimes|usually|typically|harder|needs?|but)\b|可能/;
/** Where the question asks for what harms or is false: words that speak for the option. */
const harm =
  /contraindicat|unsafe|harm(?!less)|danger|avoid|worse|worsen|wrong|ineffective|not effective|not (?:be )?(?:given|used|safe|cause|recommended|associated)|exception|odd one|precipitat|risk|feared|teratogen|lowers|prohibit|forbid|must (?:not|wait)|live virus|block|禁用|禁忌|慎用|不宜|不应|除外/;
const harmless =
  /\b(?:safe|safely|fine|allowed|permitted|tolerated|acceptable|standard treatment|is an? (?:\w+ )?cause|commonest|does[,.]|does so|causes? it|raises?|harmless|innocent|effective(?!ly not)|recommended|neither harm)\b|安全|可用|可以|有效|不算/;

/** What a clause says of an option. */
type Cue =
  | "sure"
  | "half sure"
  | "so"
  | "mild"
  | "plain"
  | "hedged"
  | "elsewhere"
  | "kept"
  | "weak"
  | "far out"
  | "rather"
  | "out"
  | "harmful"
  | "harmless"
  | "not harmful"
  | "given up"
  | "so harmful"
  | "neutral";

/** How a clause speaks of the option that is "‹x›" in it; others are "‹o›". */
export function cueOf(said: string, exception: Exception | undefined): Cue {
  if (exception !== undefined) return cueOfException(said, exception);
  if (onlyLeft.test(said)) return "sure";
  if (rather.test(said)) return "rather";
  // What is denied of something else before "but" or "rather than" says nothing of the option.
  const own = said.replace(
    /,? (?:rather than|instead of|and not|not by|not for|as opposed to)\b(?:(?!‹x›).)*$/,
    " ",
  );
  const isStrong = strong.some((one) => one.test(own));
  if (kept.test(own)) return isStrong ? "half sure" : "kept";
  if (out.test(own)) return own.includes("‹o›") && !outOfX.test(own) ? "far out" : "out";
  const isWeak = weak.test(own);
  if (/^ ?,? ?(?:so|hence|thus|therefore)\b(?! do| does| is| are| too| it would)/.test(own) && !isWeak)
    return "so";
  if (isStrong) return isWeak ? "half sure" : "sure";
  if (isWeak) return "weak";
  if (elsewhere.test(own)) return "elsewhere";
  if (hedged.test(own)) return "hedged";
  return mild.test(own) ? "mild" : "plain";
}

function cueOfException(said: string, exception: Exception): Cue {
  if (
    /ruled out|excluded|drops? out|can go\b|not the (?:answer|exception)|can not be (?:right|meant)|falls with|排除/.test(
      said,
    )
  )
    return "given up";
  if (
    /\b(?:not (?:contraindicat|harm|dangerous|unsafe|matter|affect)|neither harm|no (?:problem|objection)|not a (?:problem|reason))|不算|不是禁/.test(
      said,
    )
  )
    return "not harmful";
  if (harm.test(said) || (exception === "false" && untrue.test(said))) return "harmful";
  if (harmless.test(said)) return "harmless";
  return /exception|answer|\b(?:so|therefore|hence|thus)\b|故|因此/.test(said) ? "so harmful" : "neutral";
}

const rather =
  /(?:rather than|instead of|other than|not|unlike|before|than(?: for| with| to)?|as opposed to|而非|不是) (?:(?:for|with|to|the|an?|by|of) )*‹x›/;
const onlyLeft =
  /(?:everything|every other \w+|all (?:options|others|the others)|anything|nothing|none|no other \w+|no option)(?: of \w+)? (?:but|except(?: for)?|save|other than|besides) ‹x›/;
const kept =
  /\bnot (?:only|just|wait|perfectly|entirely|wholly|fully|always|necessarily|be delayed|surprising|excluded)|no doubt|not prove|can not (?:yet )?(?:be )?(?:rule|exclude)|hard(?:er)? to (?:rule|dismiss)|不能完全除外|falsely negative/;
const elsewhere =
  /^ ?[;,.]? ?‹x› (?:for|with|in) |\bassociate with|‹x› is an? [^‹]{3,30} (?:for|of) |‹x› [^‹]{0,24}is used in |‹x› (?:is|are) (?:reasonable|fine|useful|helpful) (?:but|in|for|when|if)/;
const untrue =
  /\b(?:do(?:es)? not|not (?:a|an|associated|seen|typical|cause)|never|lowers? it|suggests)\b|不(?:引起|会|能|属于|是)/;
const outOfX = new RegExp(`‹x›[^‹]*${out.source}`);

/** What is asked for: what harms, or what is not so. */
export type Exception = "harmful" | "false";

/** Whether the question asks for what is harmful, or for what is false or left out. */
export function asksForException(stem: string): Exception | undefined {
  const asked = splitSentences(foldWidth(stem)).at(-1)?.text ?? stem;
  if (
    /\b(?:contraindicat\w*|avoid(?:ed)?|must (?:\w+ )?not|(?:should|may|can)(?: \w+)? not be|wrong|ineffective|unsafe|harmful|worsen\w*|dangerous|concern|stop(?:ped)?)\b|禁忌|禁用|不宜|慎用|避免/i.test(
      asked,
    )
  )
    return "harmful";
  return /\b(?:not|except|exception|least|false|incorrect|untrue|never|unlikely)\b|除外|错误|不(?:是|属于|符合|正确|会)/i.test(
    asked,
  )
    ? "false"
    : undefined;
}
