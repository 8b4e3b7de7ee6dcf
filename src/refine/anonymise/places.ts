/**
 * Places smaller than a state (HIPAA class 2): addresses, towns, counties, hospitals, ZIP codes. States, countries
 * and larger regions stay, and so do diseases, scores and viruses that carry a place's name.
 */
import { neverNames, placeTerms } from "./medical-names.ts";
import { cities, rareZips, regions, stateCodes, states } from "./place-lists.ts";
import { matches, type Rule } from "./rule.ts";

const cap = "\\p{Lu}[\\p{L}'-]*";
const stateNames = [...states].join("|");
const state = `(?:(?:${stateNames})\\b|(?:${stateCodes})\\b)`;
const cityNames = [...cities]
  .sort((a, b) => b.length - a.length)
  .map((name) => name.replace(/\./g, "\\.?"))
  .join("|");

const needs: Readonly<Record<string, RegExp>> = {
  streetAddress: /\d [\p{Lu}\d]/u,
  numberedStreet: /\d [\p{Lu}\d]/u,
  zipCode: /\d{5}/,
  zipPlusFour: /\d{5}-/,
  county: /County|Parish|Township|Borough|Village|Town/,
  officeOf: /'s? (?:office|practice|clinic|surgery)/i,
  careAt: / (?:at|by) (?:the |our )?\p{Lu}/u,
  careHouse:
    /[HCMPLASU](?:ospital|linic|ent(?:er|re)|tr|ed|harmacy|odge|anor|ssociates|chool|niversity|hurch|helter)|Health|Office|Practice|Institut|Infirmary|Hospice|Home|Rehab|Dispensary|Facility|Dialysis|Hall|Prison|Jail|Airport|Campus|Branch|Dental|Laborator|Care|Group|Physicians|Family/,
};

const house = (
  name: string,
  source: string,
  accept?: Parameters<typeof matches>[1],
  personal = true,
): Rule => ({
  class: "place",
  name,
  language: "en",
  personal,
  ...(needs[name] === undefined ? {} : { needs: needs[name] }),
  find: matches(new RegExp(source, "gu"), accept),
});

const street =
  "(?:Street|St|Avenue|Ave|Road|Rd|Drive|Dr|Lane|Ln|Boulevard|Blvd|Court|Ct|Way|Place|Pl|Terrace|Ter|Circle|Cir|Highway|Hwy|Parkway|Pkwy|Square|Sq|Trail|Close|Crescent|Row|Alley|Broadway)";
const flat =
  "(?:,? (?:[Aa]pt|[Aa]partment|[Ss]uite|[Ss]te|[Uu]nit|[Ff]lat|[Rr]oom|[Ff]loor|#)\\.? ?#?[\\w-]{1,6})?";

const care =
  "(?:Hospitals?|Hosp\\b\\.?|Clinics?|Infirmary|Hospice|Sanatorium|Pharmacy|Dispensary|Medical(?: Cent(?:er|re)|)|Med\\.? (?:Cent(?:er|re)|Ctr)\\.?|Med(?!\\w|\\.? (?:list|rec|hx))|Cent(?:er|re)|Ctr|Nursing Home|Care Home|Rest Home|Rehab(?:ilitation)?|Hospital (?:Center|System)|Health(?: (?:System|Cent(?:er|re)|Network|Partners|Services)|care)?|Surgery Cent(?:er|re)|Urgent Care|Family (?:Practice|Medicine|Health)|Medical (?:Group|Associates|Office|Offices|Practice|School)|Associates|Physicians(?: Group)?|Dental(?: Office| Care)?|Laborator(?:y|ies)|Imaging(?: Center)|Office|Practice|Facility|Institute|Dialysis|Hall|Manor|Lodge|School|High School|University|College|Church|Prison|Jail|Correctional Facility|Shelter|Airport|Campus|Branch)";
/** Words that make no name of a hospital by themselves. */
const generic =
  /^(?:the|a|an|our|your|his|her|this|that|local|nearby|university|general|community|regional|children's|childrens|memorial|veterans|veterans'|affairs|va|teaching|public|private|state|county|city|national|medical|outpatient|inpatient|academic|tertiary|psychiatric|mental|rural|urban|district|acute|emergency|primary|family|urgent|free|sleep|pain|cancer|heart|eye|women's|maternity|surgical|surgery|dental|health|care|nursing|rehab|rehabilitation|dialysis|trauma|burn|stroke|diabetes|hypertension|cardiac|cardiology|oncology|hematology|neurology|orthopedic|pediatric|paediatric|fertility|wound|transplant|poison|control|disease|for|of|and|at|in|&|hospital|clinic|center|centre|school|high|elementary|middle|internal|medicine|department|institute|day|research|federal|student|occupational|home|long-term|term|long|term|assisted|living|skilled|intensive|unit|american|british|british|international|world|global|united|states|u\.s\.|us|european|nhs|joint|senior|adult|behavioral|first|two|three|several|baptist|catholic|lutheran|orthodox|many|most|all|some|each|every|other|military|army|navy|prison|blood|birth|imaging|group|visual|vision|speech|respiratory|feeding|satiety|thirst|motor|nerve|higher|reaction|germinal|ossification|pontine|vomiting|active|chiral|data|law|what|which|how|in-hospital|dr|dr\.|hospital's|infirmary|hospice|pharmacy|office|practice|facility|hall|manor|lodge|college|church|jail|shelter|airport|campus|branch|laboratory|laboratories|associates|physicians|services|system|network|partners|correctional|sanatorium|dispensary|ctr|med)$/i;

/** Heads that name a house only where something happens there and no further capital word follows. */
const weakHead =
  /(?:^|[ .])(?:Medical|Med|Health|Healthcare|Imaging|University|College|School|Institute|Cent(?:er|re)|Ctr|Associates|Office|Practice|Hall|Manor|Lodge|Church|Prison|Campus|Branch|Rehab|Rehabilitation|Dialysis|Physicians|Laborator(?:y|ies)|Facility|Shelter|Airport)\.?$/;
const placeBefore =
  /\b(?:at|to|from|in|by|of|with|via|our|into|visited|left|attended|attends|near|outside|the) (?:the |our |a )?$/i;

const careLeft = `(?:\\b(?:Mt|St|Ste|Saint|Mount|Ft)\\.? )?${cap}(?:(?: | & | and |(?<=Lady|Sisters|Hospital|University|Daughters) of (?:the )?| de )${cap}){0,5} ?`;

function isNamedHouse(value: string): boolean {
  const words = value.replace(/[.,]/g, "").split(/[\s&-]+/);
  const own = words.filter((word) => !generic.test(word) && /^\p{Lu}/u.test(word));
  return own.length > 0 && !/^(?:Public|Mental|World|Women's|Global|National|State|American) /.test(value);
}

const careVerb =
  "(?:seen|treated|admitted|evaluated|diagnosed|hospitali[sz]ed|operated(?: on)?|followed(?: up)?|presented|presenting|presents|examined|assessed|observed|checked in|check-?up|visit(?:ed)?|attended|attends|attending|underwent [\\w ]{1,30}|transferred|referred|discharged|managed|cared for|born|recovering|delivered|consult(?:ed|ation)?|appointment|surgery|procedure|follow-?up|appt|tests?|done|performed|currently|reviewed|registered|enrolled|arrived|consulted|stay(?:ed|ing)?|received [\\w ]{1,30}|practicing|works|working|employed|ref'd|dx'd|tx'd|documented|reported|noted|recorded|stented|stabilized|monitored|screened|scheduled|intubated|biopsied|scanned|imaged|triaged|resident|inpatient|outpatient|patient|pt|clinician|physician|doctor|nurse|surgeon|specialist|Dr\\.? [A-Z][a-z]+(?: [A-Z]\\b)?)";
const careWord = careVerb
  .replace(/([(|])([a-z])/g, (_all, bar: string, first: string) => `${bar}[${first}${first.toUpperCase()}]`)
  .replaceAll("?[:A]", "?:");
const notPlace =
  /^(?:ICU|ED|ER|OR|NICU|PICU|CCU|PACU|ECOG|TNM|NYHA|ACC|AHA|CDC|WHO|NIH|FDA|Emergency|Intensive|Stage|Grade|Tanner|Children|The|A|An|This|Our|His|Her|Day|Week|Month|Year|Time|Age|First|Last|T\d|L\d|C\d|S\d|Erb|McBurney|Murphy|Labor|Neonatal|Pediatric|Surgical|Outpatient|Inpatient|Urgent|Internal|Days|Weeks|Months|Years|ERCP|MRI|CT|PET|EEG|ECG|EKG|EMG|CPR|CABG|PCI|IVF|BMI|BP|HR|NIHSS|SOFA|APACHE|MELD|Digital|\w+ology|\w+iatry|\w+iatrics|Surgery|Oncology|Hospice|Medicare|Medicaid|Alcoholics|Narcotics|Cocaine|Gamblers|Christmas|Easter|Ramadan|Thanksgiving)\b/;

export const placeRules: readonly Rule[] = [
  house(
    "streetAddress",
    `(?<![\\w.-])\\d{1,5}[A-Z]? (?:[NSEW]\\.?(?:[EW]\\.?)? |North |South |East |West )?(?:${cap} ){1,3}?${street}\\b\\.?${flat}`,
    (value) =>
      !/^\d+ (?:[A-Z][a-z]+ )*(?:Way|Place|Row)$/.test(value) ||
      /\d{2,} [A-Z][a-z]+ (?:Way|Place|Row)$/.test(value),
    false,
  ),
  house(
    "numberedStreet",
    `(?<![\\w.-])\\d{1,5} (?:[NSEW]\\.? |North |South |East |West )?\\d{1,3}(?:st|nd|rd|th) ${street}\\b\\.?${flat}`,
    undefined,
    false,
  ),
  house("postBox", "\\b[Pp]\\.? ?[Oo]\\.? ?[Bb]ox \\d{1,6}\\b", undefined, false),
  house(
    "zipCode",
    `(?:\\b${state},? (?:[Zz][Ii][Pp](?: [Cc]ode)?:? )?|\\b(?:[Zz][Ii][Pp]|[Pp]ostal)(?: ?[Cc]ode)?(?: is|:|=|,)? ?#?)(\\d{5})(?:-\\d{4})?(?![\\w-]|[.,]\\d)`,
    (value) => `${rareZips.has(value.slice(0, 3)) ? "000" : value.slice(0, 3)}**`,
    false,
  ),
  house(
    "zipPlusFour",
    `(?:\\b${state},? |\\b[Zz][Ii][Pp](?: ?[Cc]ode)?(?: is|:|=)? ?)(\\d{5}-\\d{4})(?![\\w-])`,
    (value) => `${rareZips.has(value.slice(0, 3)) ? "000" : value.slice(0, 3)}**`,
    false,
  ),
  house(
    "careHouse",
    `(?=\\p{Lu})(?<![\\p{L}\\p{N}'-])${careLeft}${care}(?![\\p{L}\\p{N}'-])(?: (?:of|at|in) (?:the )?${cap}(?: ${cap}){0,2}|(?:, | - | )(?:${cityNames})(?![\\p{L}]))?`,
    (value, match, text) => {
      const after = text.slice(match.index + value.length, match.index + value.length + 60);
      if (!isNamedHouse(value) || placeTerms.test(after)) return false;
      return (
        !weakHead.test(value) ||
        (placeBefore.test(text.slice(Math.max(0, match.index - 20), match.index)) &&
          !/^ (?:[A-Z]|\([A-Z]{2,6}\))/.test(after))
      );
    },
  ),
  house(
    "ofCareHouse",
    `(?<![\\p{L}'-])(?:University|Hospital|Children's Hospital|Clinic|Cancer Center|Medical Center|Infirmary) (?:of|in|at) (?:the )?(${cap}(?: ${cap}){0,2})`,
    (value) =>
      !regions.has(value) &&
      !neverNames.has(value.split(" ")[0] ?? "") &&
      !/^(?:Health|Medicine|Allergy|Mental|Medical)/.test(value),
  ),
  house(
    "saintHouse",
    `\\b(?:at|in|to|from|by|attended|visited|of|our|the) ((?:St|Mt|Saint|Mount)\\.? ${cap}(?: ${cap})?)(?!'?s?\\.? (?:[Ww]ort|encephalitis|fire|dance))`,
    (value, match, text) =>
      !placeTerms.test(text.slice(match.index + match[0].length)) && !/Wort|Vitus|Helens|Everest/.test(value),
  ),
  house(
    "careAt",
    `\\b${careWord}\\b(?: (?:Drs?\\.|[\\w/',-]+)){0,6}? (?:at|@) (?:the |our )?(\\p{Lu}[\\p{L}'&-]*(?:(?: | of | & | and )\\p{Lu}[\\p{L}'&-]*|\\. \\p{Lu}[\\p{L}'-]*(?<=\\b(?:St|Mt|Ft)\\. \\p{L}*)){0,4})`,
    (value, match, text) => isCarePlace(value, text, match.index + match[0].length),
  ),
  house(
    "careTo",
    "\\b(?:[Aa]dmitted|[Tt]ransferred|[Dd]ischarged|[Rr]eferred|[Ss]ent|[Tt]aken|[Bb]rought|[Rr]ushed|[Aa]irlifted|[Pp]resented|[Rr]eadmitted)\\b(?: [\\w'-]+){0,3}? (?:to|from) (?:the |our )?(\\p{Lu}[\\p{L}'&-]*(?:(?: | & )\\p{Lu}[\\p{L}'&-]*|\\. \\p{Lu}[\\p{L}'-]*(?<=\\b(?:St|Mt|Ft)\\. \\p{L}*)){0,4})",
    (value, match, text) =>
      isNamedHouse(value) &&
      !neverNames.has(value.split(" ")[0] ?? "") &&
      (/^(?:re)?admitted|^discharged|^rushed|^airlifted/i.test(match[0]) || / /.test(value)) &&
      isCarePlace(value, text, match.index + match[0].length),
  ),
  house(
    "officeOf",
    `\\b((?:Dr\\.? )?${cap}(?: ${cap})?'s? (?:[Oo]ffice|[Pp]ractice|[Cc]linic|[Ss]urgery))\\b`,
    (value) => !generic.test(value.split("'")[0] ?? ""),
  ),
  house(
    "ourBranch",
    `\\b(?:our|the|their|a) ((?:${cityNames})(?: (?:facility|clinic|office|branch|site|location|hospital|campus|center|practice))?)(?![\\p{L}-])`,
    (value, match, text) =>
      / (?:facility|clinic|office|branch|site|location|hospital|campus|center|practice)$/.test(value) &&
      !placeTerms.test(text.slice(match.index + match[0].length)),
  ),
  house(
    "cityClinic",
    `\\b(?:${cityNames}) (?:facility|clinic|office|branch|site|location|hospital|campus|center|practice|area|suburb|suburbs)\\b`,
  ),
  house(
    "cityWithState",
    `(?=\\p{Lu})(?<![\\p{L}'-])(?:(?:St|Ft|Mt)\\. )?${cap}(?: ${cap}){0,2}(?=, (?:${state})(?! ?[-:#\\d])| (?:${stateNames})\\b)`,
    (value) => isTownName(value),
  ),
  house(
    "city",
    `(?:\\b(?:[Ii]n|[Ff]rom|[Aa]t|[Nn]ear|[Oo]f|[Tt]o|[Oo]utside|[Vv]ia|[Oo]ur|[Aa]round|[Tt]hrough|downtown|suburban|visit(?:ed|ing)?|left|leaving|clinic,|hospital,) (?:the city of |downtown |suburban |greater )?|, )((?:${cityNames}))(?![\\p{L}-])`,
    (value, match, text) =>
      !placeTerms.test(text.slice(match.index + match[0].length)) &&
      !/\b(?:Declaration|Treaty|Code|Report|Protocol|Convention) (?:of|in|from)/.test(
        text.slice(Math.max(0, match.index - 14), match.index + 4),
      ) &&
      !(
        /, $/.test(match[0].slice(0, -value.length)) &&
        !/(?:[Cc]linic|[Hh]ospital|[Cc]enter|Ave|St|Road|Street|Health|Med|\d), $/.test(
          text.slice(Math.max(0, match.index - 14), match.index + 2),
        )
      ),
  ),
  house(
    "livesIn",
    `\\b(?:live[sd]?|living|resid(?:es|ing|ed)|resident of|native of|born(?: and raised)? in|grew up|raised|moved|relocated|settled|based|stays|staying|hometown(?: is| of)?|home is|vacationing)(?: (?:in|to|at|near|outside|with (?:his|her) \\w+ in))?:? (${cap}(?: ${cap}){0,2})(?! (?:[Cc]ounty|University)\\b)`,
    (value, match, text) =>
      !regions.has(value) &&
      !states.has(value) &&
      !neverNames.has(value.split(" ")[0] ?? "") &&
      !regions.has(value.split(" ")[0] ?? "") &&
      / (?:in|to|at|near|of|outside|is):? $/.test(match[0].slice(0, -value.length)) &&
      !isTermAt(text, match.index + match[0].length),
  ),
  house(
    "county",
    `(?=\\p{Lu})(?<![\\p{L}'-])(?:${cap} ){1,2}(?:County|Parish|Township|Borough)(?![\\p{L}-])|\\b(?:County|Borough|Township|Village|Town) of ${cap}`,
    (value) =>
      !/^(?:The|This|A|Each|Every|Our|In|Local|Rural|Urban) (?:County|Parish|Township|Borough)$/.test(value),
  ),
];

/** Words before a comma and a state that can be a town: no state, country or everyday word among them. */
function isTownName(value: string): boolean {
  const first = value.split(" ")[0] ?? "";
  return (
    value.length > 2 &&
    /\p{Ll}/u.test(value) &&
    !states.has(value) &&
    !regions.has(value) &&
    !neverNames.has(first) &&
    !regions.has(first) &&
    !/^(?:Northern|Southern|Rural|Upstate|Central)$/.test(first)
  );
}

function isCarePlace(value: string, text: string, end: number): boolean {
  return !notPlace.test(value) && !regions.has(value) && !states.has(value) && !isTermAt(text, end);
}

/** Whether what follows makes a medical term of a capitalised word: "at Erb's point", "at Stage II". */
function isTermAt(text: string, end: number): boolean {
  return (
    /^(?:'s)? (?:point|line|level|stage|node|nodes|area|triangle|angle|ring|space|joint|ligament|disease|syndrome)\b/.test(
      text.slice(end, end + 24),
    ) || placeTerms.test(text.slice(end))
  );
}
