/**
 * Numbers that belong to one person or thing (HIPAA classes 4, 5, 7–13 and 18): by label, by shape, by check digit.
 *
 * A labelled number goes whether its check digit is right or not; a number without a label needs a shape or a check
 * digit that chance does not give. Laboratory values, doses, codes of diseases, genes, chemicals and trials stay.
 */
import { isIban, isLuhn, isNpi, isVin } from "./check-digits.ts";
import { matches, type PhiClass, type Rule } from "./rule.ts";

/** A value of digits, letters and joints that holds a digit: "A-558210", "90033 1782". */
const code =
  "#?(?=[A-Z]{0,12}[-_/ ]?[A-Z]{0,4}[-_/ ]?\\d|[A-Z\\d]*\\d)[A-Z\\d]+(?:[-_/.][A-Z\\d]+)*(?: (?=[\\d-]{2,}\\b)[\\d-]*\\d){0,4}";
const sign =
  "(?:[\\s:#=()-]{0,4}(?:\\b(?:is|was|are|reads?|of|no\\.?|nos\\.?|number|num|id|code)\\b)?[\\s:#=(-]{0,3})";
const numberWord =
  "(?:\\s?(?:numbers?|no\\.?|nos\\.?|num\\.?|nr\\.?|#|id(?:entifier|entification)?|code)){1,3}";

/** A number after a label; the label with "number" or the like, or a sign between. */
function labelled(kind: PhiClass, name: string, label: string, needsWord: boolean): Rule {
  const joint = needsWord ? `${numberWord}${sign}` : `(?:${numberWord})?${sign}`;
  return {
    class: kind,
    name,
    language: "en",
    find: matches(
      new RegExp(`(?<![\\w-])(?:${label})${joint}(${code})(?![\\w%]|[.,]\\d)`, "gi"),
      (value, match) => {
        const between = match[0].slice(0, -value.length);
        return (
          /\d/.test(value) &&
          (/[\s:#=(-]$/.test(between) || value.startsWith("#")) &&
          !isMeasure.test(match.input.slice(match.index + match[0].length)) &&
          !isYear.test(value)
        );
      },
    ),
  };
}

const isMeasure =
  /^\s?(?:mg|g|kg|mcg|µg|ml|mL|mmol|mEq|%|years?|months?|weeks?|days?|hours?|percent|patients?|mm|cm)\b/;
const isYear = /^(?:19|20)\d\d$/;

const phoneShape =
  "(?:\\+?\\d{1,3}[ .-]?)?(?:\\(\\d{2,4}\\) ?|\\d{3}[ .-])\\d{3}[ .-]\\d{4}(?: ?(?:ext|x|extension)\\.? ?\\d{1,5})?";
const looseNumber = "\\+?\\(?\\d[\\d ().-]{4,18}\\d(?: ?(?:ext|x|extension)\\.? ?\\d{1,5})?";
const digits = (value: string): number => value.replace(/\D/g, "").length;

const faxRules: readonly Rule[] = [
  {
    class: "fax",
    name: "faxNumber",
    language: "en",
    find: matches(
      new RegExp(`\\b(?:tele)?fax(?:ed)?\\b[^\\d\\n+;]{0,40}?(${looseNumber})(?![\\w-])`, "gi"),
      (value) => digits(value) >= 7 && digits(value) <= 15,
    ),
  },
];

const phoneRules: readonly Rule[] = [
  {
    class: "phone",
    name: "phoneShape",
    language: "any",
    find: matches(new RegExp(`(?<![\\w.+-]|\\d )${phoneShape}(?![\\w-]|\\.\\d)`, "gi")),
  },
  {
    class: "phone",
    name: "internationalPhone",
    language: "any",
    find: matches(
      /(?<![\w.])\+\d{1,3}[ .-]?(?:\(?\d{1,5}\)?[ .-]?){2,5}\d(?![\w-])/g,
      (value) => digits(value) >= 8 && digits(value) <= 15,
    ),
  },
  {
    class: "phone",
    name: "labelledPhone",
    language: "en",
    find: matches(
      new RegExp(
        `\\b(?:tel(?:ephone)?|phone|ph|cell(?:phone|ular)?|mobile|pager|beeper|call(?:ed|s)?|ring|dial|text|reach(?:ed)?|contact|whatsapp|hotline|ext(?:ension)?|a number|home|work)\\b[^\\d\\n+(;%]{0,30}?(${looseNumber})(?![\\w%-]|[.,]\\d)`,
        "gi",
      ),
      (value, match) =>
        digits(value) >= 7 &&
        digits(value) <= 15 &&
        !isMeasure.test(match.input.slice(match.index + match[0].length)) &&
        !/^\d{4}-\d{4}$/.test(value),
    ),
  },
];

const ssnRules: readonly Rule[] = [
  {
    class: "ssn",
    name: "ssnShape",
    language: "any",
    find: matches(/(?<![\w.-]|#)\d{3}-\d{2}-\d{4}(?![\w-])/g),
  },
  {
    class: "ssn",
    name: "labelledSsn",
    language: "en",
    find: matches(
      /(?:\bSSN|\bSS ?#|\bsocial(?: security)?(?: (?:number|no\.?|num|#))?)(?: (?:is|was|ending(?: in| with)?|ends in|last four(?: digits)?))?\s?[:#=(]?\s?(\d{3}[- ]?\d{2}[- ]?\d{4}|[Xx*]{3}-?[Xx*]{2}-?\d{4}|\d{4})(?![\w-])/gi,
    ),
  },
];

const idRules: readonly Rule[] = [
  labelled(
    "record",
    "recordNumber",
    "MRN?s?|MR(?= ?#)|MedRec|EMR|EHR|PHN|NHS|(?:medical|health|hospital|patient|clinic(?:al)?|chart|dental|electronic (?:medical|health)) record|med(?:ical)?\\.? rec(?:ord)?\\.?|chart|hospital|unit record|patient(?= (?:number|no\\b|#))",
    true,
  ),
  labelled(
    "record",
    "recordLabel",
    "MRN?s?|MedRec|(?:medical|health|hospital|patient) record|med(?:ical)?\\.? rec(?:ord)?\\.?",
    false,
  ),
  {
    class: "plan",
    name: "medicareBeneficiary",
    language: "any",
    find: matches(
      /(?<![\w-])[1-9][AC-HJKMNP-RT-Y][AC-HJKMNP-RT-Y\d]\d-?[AC-HJKMNP-RT-Y][AC-HJKMNP-RT-Y\d]\d-?[AC-HJKMNP-RT-Y]{2}\d{2}(?![\w-])/g,
    ),
  },
  labelled(
    "plan",
    "planNumber",
    "(?<!\\bblood )(?:(?:health|medical|private|primary|secondary|dental)[ -])*(?:insurance|ins\\.?|health[- ]?plan|plan|policy|coverage|member(?:ship)?|beneficiary|subscriber|group|payer|medicare|medicaid|HPBN|HICN|MBI|HPB|HBN|enrollee|claims?)(?: (?:policy|plan|member(?:ship)?|beneficiary|subscriber|claim|card|coverage))*",
    true,
  ),
  {
    class: "plan",
    name: "planLabel",
    language: "en",
    find: matches(
      /\b(?:insurance|ins\.?|health[- ]?plan|plan|policy|coverage|member|beneficiary|subscriber|HPBN|HBN|HICN|MBI|medicare|medicaid)(?: (?:policy|plan|member|beneficiary|card|number|no\.?|id|#|code|provider|issues? with|through|under|with|details?|coverage))*[\s:#=(-]{1,3}(#?(?:[A-Z]{1,6}[- ]?)?\d[\dA-Z]{3,}(?:-[\dA-Z]+)*|#?\d{2,}(?:-[\dA-Z]{2,})+|#?[A-Z]{1,6}-\d[\dA-Z-]*)(?![\w%])/gi,
      (value) => /\d{3}/.test(value) && !isYear.test(value),
    ),
  },
  {
    class: "plan",
    name: "planPrefix",
    language: "any",
    find: matches(/(?<![\w-])(?:HMO|PPO|EPO|HPBN?|INS|BCBS|POS)-\d{4,}(?:-\w+)*(?![\w-])/g),
  },
  labelled(
    "account",
    "accountNumber",
    "(?:(?:bank|billing|patient|hospital|guarantor|financial|checking|savings|medical|customer|credit card|debit card)[ -])*(?:accounts?|acct\\.?|acc\\.?|invoice|receipt|statement|bill)",
    true,
  ),
  labelled(
    "account",
    "accountLabel",
    "(?:(?:bank|billing|patient|hospital|guarantor|financial|checking|savings)[ -])*(?:account|acct\\.?)|invoice",
    false,
  ),
  {
    class: "account",
    name: "cardNumber",
    language: "any",
    find: matches(
      /(?<![\w.-])(?:\d[ -]?){13,18}\d(?![\w-]|\.\d)/g,
      (value) => isLuhn(value) && /^[3-6]/.test(value),
    ),
  },
  {
    class: "account",
    name: "iban",
    language: "any",
    find: matches(/(?<![\w-])[A-Z]{2}\d{2}(?: ?[A-Z\d]{4}){2,7}(?: ?[A-Z\d]{1,4})?(?![\w-])/g, (value) =>
      isIban(value),
    ),
  },
  labelled(
    "licence",
    "licenceNumber",
    "(?:(?:driver'?s?'?|driving|medical|nursing|state|professional|pilot'?s?|marriage|fishing|hunting|board|physician|pharmacy)[ -])*(?:licen[sc]e|certificate|certification|permit|passport|visa|registration|DEA|NPI|UPIN|credential)",
    true,
  ),
  {
    class: "licence",
    name: "licenceLabel",
    language: "en",
    find: matches(
      /\b(?:driver'?s?'? licen[sc]e|driving licen[sc]e|(?:medical|nursing|state|professional) licen[sc]e|licen[sc]e|passport|certificate|DEA|NPI|UPIN|DL)(?: (?:number|no\.?|#|is|under))*[\s:#=,(-]{1,3}((?:[A-Z]{1,5}[- ])*[A-Z]{0,5}\d[\dA-Z]*(?:[- ]?[\dA-Z]*\d[\dA-Z]*)*)(?![\w%]|\.\d)/g,
      (value) => /\d{3}/.test(value) && !isYear.test(value),
    ),
  },
  {
    class: "licence",
    name: "npi",
    language: "en",
    find: matches(
      /(?<![\w.+-])[12]\d{9}(?![\w-]|\.\d)/g,
      (value, match) => isNpi(value) && /provider|physician|NPI|doctor|prescrib/i.test(match.input),
    ),
  },
  {
    class: "vehicle",
    name: "vin",
    language: "any",
    find: matches(/(?<![\w-])[A-HJ-NPR-Z\d]{17}(?![\w-])/g, (value) => isVin(value)),
  },
  {
    class: "vehicle",
    name: "labelledVin",
    language: "en",
    find: matches(
      /\b(?:VIN|vehicle identification)(?: (?:number|no\.?|#|is|of|the|wheelchair|van|car|truck|vehicle|his|her))*[\s:#=(]{1,3}([A-HJ-NPR-Z\d]{11,17})(?![\w-])/gi,
      (value) => /\d/.test(value),
    ),
  },
  {
    class: "vehicle",
    name: "plate",
    language: "en",
    find: matches(
      /\b(?:(?:licen[sc]e|number|registration|vehicle|car) plates?|plates?(?: number| no\.?)|(?:vehicle|car|truck|van|motorcycle)(?: registration)?(?: number)?,? registration|vehicle (?:number|no\.?|ID))(?: (?:number|no\.?|#|is|was|reads?))*[\s:#=,("]{1,3}([A-Z\d]{1,4}[ -]?[A-Z\d]{2,5}(?: [A-Z\d]{1,3})?)(?![\w-])/gi,
      (value) => /\d/.test(value) && /^[A-Z\d -]+$/.test(value),
    ),
  },
  {
    class: "device",
    name: "udi",
    language: "any",
    find: matches(/\(01\)\d{14}(?:\(\d{2}\)[A-Za-z\d/-]{1,20})*/g),
  },
  {
    class: "device",
    name: "macAddress",
    language: "any",
    find: matches(/(?<![\w:.-])(?:[\dA-F]{2}[:-]){5}[\dA-F]{2}(?![\w:.-])/gi),
  },
  {
    class: "device",
    name: "imei",
    language: "any",
    find: matches(/\bIMEI[\s:#=]*(?:number |no\.? |is )?(\d{15})(?!\d)/gi),
  },
  labelled(
    "device",
    "deviceNumber",
    "(?:(?:device|pacemaker|implant|pump|monitor|ventilator|ICD|prosthesis|stent|meter|sensor|lead|product|equipment|model)[ -])*(?:serial|device|implant|lot|UDI|batch|equipment|catalog(?:ue)?|product)",
    true,
  ),
  {
    class: "device",
    name: "serialLabel",
    language: "en",
    find: matches(
      /(?<![\w/])(?:S\/N|SN|serial(?: (?:number|no\.?|#))?|UDI|device ID|pacemaker ID)(?: is| was)?[\s:#=(]{1,3}([A-Z\d]{2,}(?:-[A-Z\d]+)*)(?![\w%]|\.\d)/gi,
      (value) => /\d{3}/.test(value),
    ),
  },
  labelled(
    "code",
    "otherNumber",
    "(?:(?:unique|biopsy|pathology|lab(?:oratory)?|research|trial|study|court|police|military|radiology|clinical|emergency|insurance)[ -])*(?:patient|pt\\.?|PID|subject|participant|specimen|sample|accession|case|employee|staff|badge|student|study|order|ticket|reference|ref(?= ?(?:no|num|#))|tracking|barcode|wristband|encounter|visit|admission|donor|enrol?lment|confirmation|prescription|rx|referral|service|report|transaction|booking|appointment|room|voter|tax|client|user|ID|identifier|identification|document|file|tag|token)(?: (?:study|subject|service|card|serial))?",
    true,
  ),
  {
    class: "code",
    name: "otherLabel",
    language: "en",
    find: matches(
      /(?<![\w-])(?:(?:unique )?(?:patient|pt\.?|subject|client|participant|member|user|employee|staff|research|study|trial) (?:ID|identifier|subject)|PID|(?:trial|study|research) (?:subject|participant)|identifier|UID|UUID|barcode(?: reads)?|wristband|accession|specimen)(?: (?:number|no\.?|#|code|is|reads))*[\s:#=(]{1,3}(#?(?=[A-Z/_-]*\d)[A-Z\d]+(?:[-_/][A-Z\d]+)*)(?![\w%]|\.\d)/gi,
      (value) => /\d{3}|\d.*\d.*\d/.test(value) && !isYear.test(value),
    ),
  },
  {
    class: "code",
    name: "idLabel",
    language: "any",
    find: matches(
      /(?<![\w-])(?:ID|PID)(?: ?(?:number|no\.?|#|is))?[\s:#=(]{1,3}(#?(?=[A-Z/_-]*\d)[A-Z\d]+(?:[-_/][A-Z\d]+)*)(?![\w%/]|\.\d)/g,
      (value) => /\d.*\d.*\d/.test(value) && !isYear.test(value),
    ),
  },
  {
    class: "code",
    name: "serviceNumber",
    language: "en",
    find: matches(
      /\b(?:military )?service (?:number|no\.?)[\s:#]{1,3}((?:[A-Z]{1,3} )?\d{2,3}(?: \d{2,3}){1,4})(?!\w)/gi,
    ),
  },
  {
    class: "code",
    name: "uuid",
    language: "any",
    find: matches(/(?<![\w-])[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}(?![\w-])/gi),
  },
  {
    class: "code",
    name: "codeInBrackets",
    language: "any",
    personal: true,
    find: matches(/\((?:(?:ID|no\.?|#):? ?)?(#?[A-Z]{2,5}-\d{5,}|#?\d{6,12})(?=\))/g),
  },
  {
    class: "code",
    name: "longNumber",
    language: "any",
    personal: true,
    find: matches(
      /(?<![\w.,/+-]|NCT|PMID:? ?|PMC|doi:? ?|rs|ISRCTN|ISBN:? ?)\d{9,14}(?![\w/]|[.,]\d| ?(?:copies|cells|IU|CFU|per|\/|×|bp|base))/g,
    ),
  },
];

export const numberRules: readonly Rule[] = [...faxRules, ...phoneRules, ...ssnRules, ...idRules];
