/**
 * Names of persons in Latin script (HIPAA class 1): by what stands around them, and by lists only where the shape is
 * a name's. Titles stay ("Dr. [NAME 1]"); the person behind an eponym is left alone unless a title names a person.
 */
import { historicalPersons } from "./medical-names.ts";
import { familyNames, givenNames } from "./name-lists.ts";
import { fromWord, isEponym, isGiven, isPartOfTerm, isPlainGiven, type Run } from "./name-shape.ts";
import { cities, regions, states } from "./place-lists.ts";
import { matches, type Rule, type Span } from "./rule.ts";

/** Tests a run; each of its ends, from the longest on, is offered until one is accepted. */
function named(name: string, accept: (run: Run, text: string) => boolean): Rule {
  return {
    class: "name",
    name,
    language: "en",
    find(text, runs) {
      const spans: Span[] = [];
      for (const run of runs()) {
        for (let from = 0; from < run.words.length; from++) {
          const part = fromWord(run, from, text);
          const start = part.starts[0] as number;
          if (!accept(part, text)) continue;
          spans.push({ start, end: part.end });
          break;
        }
      }
      return spans;
    },
  };
}

const person =
  "man|woman|male|female|boy|girl|gentleman|lady|patient|pt|client|infant|newborn|baby|toddler|child|teen|teenager|adolescent|adult|individual|person|widow|widower|student|teacher|nurse|physician|farmer|worker|driver|engineer|veteran|nun|soldier|athlete|primigravida|neonate";
const relative =
  "wife|husband|son|daughter|mother|father|brother|sister|partner|spouse|friend|aunt|uncle|cousin|niece|nephew|grandmother|grandfather|grandson|granddaughter|fianc[eé]e?|girlfriend|boyfriend|caregiver|guardian|neighbou?r|roommate|twin|child|baby|mom|dad";

const relativeLeft = new RegExp(
  `\\b(?:his|her|their|my|the|patient's|a) (?:[a-z-]+ )?(?:${relative}),? \\(?$`,
  "i",
);
const titles = /\b(?:Drs?|Mr|Mrs|Ms|Mx|Prof|Messrs)\.? ?$/;
const softTitles =
  /\b(?:Doctor|Professor|Miss|Nurse|Sister|Capt(?:ain|\.)?|Lt\.?|Lieutenant|Sgt\.?|Sergeant|Col\.?|Colonel|Rev\.?|Reverend|Pastor|Rabbi|Father|Sir|Lady|Madam|Aunt|Uncle|Judge|Officer|Señora?|Sra?\.) $/;
const nameLabel =
  /(?<!\b(?:drug|generic|brand|trade|gene|common|species|scientific|proper|chemical|test|product|file|user|group) )\b(?:(?:patient|pt|client|full|first|last|given|family|maiden|middle)(?:'s)? name|name of (?:the )?(?:patient|pt)|surname|name)(?: is)? ?[:=-]? $/i;
const otherLabel =
  /\b(?:patient|pt|client|physician|attending(?: physician)?|provider|surgeon|author|signed|signature|(?:electronically )?signed by|dictated by|transcribed by|reviewed by|approved by|next of kin|emergency contact|guardian|spouse|contact(?: person)?|PCP|consultant|referring physician|responsible party|insured|policy ?holder|to|from|cc|re|attn) ?[:=] ?$/i;
const said =
  /\b(?:my name is|name is|name's|i am called|goes by|known to us as|introduces (?:him|her)self as|calls (?:him|her)self) $/i;
const namedLeft = new RegExp(
  `\\b(?:${person}|${relative})(?: (?:who is|is|was))?,? (?:named|called|known as) $`,
  "i",
);
const anyNamed = /\b(?:named|called|known as|this is|i am|i'm) $/i;
const credentials =
  /^,? (?:M\.?D|D\.?O|R\.?N|N\.?P|P\.?A(?:-C)?|Ph\.?D|M\.?B\.?B\.?S|MBChB|FACS|FACP|FRCP|FRCS|LPN|LCSW|PharmD|D\.?D\.?S|DVM|CNM|CRNA|DPT|Psy\.?D|MPH|Esq)\b/;
const byLeft =
  /\b(?:seen|referred|signed|reviewed|operated(?: on)?|treated|examined|evaluated|prescribed|ordered|performed|dictated|written|authored|interpreted|read|managed|followed|diagnosed|admitted|assessed|interviewed|accompanied|brought in|brought|delivered|discharged|cosigned|approved|verified|reported|requested|supervised|attended|consented) by $|\bunder the care of $|\bcare of $|\bcall $|\bcontact $|\b[Aa]sk for $/;
const closing =
  /\b(?:sincerely|regards|best wishes|yours (?:truly|faithfully|sincerely)|respectfully|thank you|cheers|signed),?\s+$/i;
const aboutLeft =
  /\b(?:like|similar to|for|considering|referencing|regarding|concerning|about|involving|including|re:?|case of|cases? like|given|on behalf of|with|in|to|specifically|particularly|especially|e\.g\.,?|such as|of|and|that|is|was|by|from|than|as) $|[,;:(-] ?$|[.?!] +$|^$/i;
const ageRight =
  /^(?:,| is| was|:| -)? ?\(?(?:an? |our |now |aged? |age:? ?)?(?:(?:\d{1,3}|[a-z]+(?:-[a-z]+)?)[- ]?(?:(?:years?|yrs?|months?|weeks?|days?)[- ](?:old|of age)|yo\b|y\/o|y\.o)|\d{1,2} ?[MF]\b)|^(?:,? \(|, (?:aged? )?)\d{1,2}(?:\)|, (?!\d))/i;
const idRight =
  /^,? ?[(,[]? ?(?:DOB|D\.O\.B|MRN|SSN|born\b|date of birth|medical record|patient id|pt id|pid\b|insurance|policy|member|acct|account|phone|tel\b|email|e-mail|contact)/i;
const endsPhrase =
  /^(?:'s)?(?:[,.;:?!)\]]|$| ?\(| (?:who|with|was|is|has|had|seen|admitted|presenting|presents|diagnosed|treated|evaluated|referred|at|on|in|from|and|visited|came)\b)/;
const verbs =
  /^,? (?:presents?|presented|reports?|reported|complains?|complained|denies|denied|states|stated|says|said|tells|told|describes|visits|visited|returns|returned|undergoes|underwent|develops|developed|suffers|suffered|takes|took|smokes|weighs|feels|felt|asks|asked|wants|refuses|lives|works|worked|went|comes|came|was (?:seen|admitted|referred|diagnosed|started|born|taken|brought|treated|discharged|evaluated|given|prescribed|transferred)|is (?:admitted|referred|brought|taken|worried|concerned|scheduled|a \d|an \d|\d)|has (?:a|an|been|had|no|taken|noticed)|had (?:a|an|been|no)|who)\b/;

const personLeft = new RegExp(
  `(?:\\b(?:${person})|[\\d ][- ]?(?:yo|y\\/o|yrs?) ?[MF]?|\\b\\d{1,3} ?[MF])\\b[^.;?!]{0,100}, $`,
  "i",
);

const initialLast = ({ words }: Run): boolean => words.length >= 2 && (words.at(-1) as string).length === 1;
const whole = ({ words }: Run): boolean => words.length >= 2 && (words[0] as string).length > 1;
const term = (run: Run, text: string): boolean => isPartOfTerm(text, run.starts[0] as number, run.end);
const historical = (run: Run): boolean => historicalPersons.test(run.words.join(" "));

export const nameRules: readonly Rule[] = [
  named("afterTitle", ({ left, words }) => titles.test(left) && !(words.length === 1 && words[0] === "I")),
  named("afterSoftTitle", (run, text) => softTitles.test(run.left) && !term(run, text)),
  {
    class: "name",
    name: "afterTitleInSmallLetters",
    language: "en",
    find: matches(/\b(?:dr|mr|mrs|ms|miss)\.? ([a-z]{2,})\b/g, (value) => isListedInSmall(value)),
  },
  named("afterNameLabel", ({ left }) => nameLabel.test(left) && /[:=-] $|name is $/i.test(left)),
  {
    class: "name",
    name: "capitalsAfterLabel",
    language: "en",
    find: matches(
      /\b(?:[Pp]atient(?:'s)?(?: [Nn]ame)?|PATIENT(?: NAME)?|[Nn]ame|NAME|[Pp]t|PT)\s?[:=]\s?(\p{Lu}[\p{Lu}'-]+,? \p{Lu}[\p{Lu}'-]*(?: \p{Lu}[\p{Lu}'.-]*)?|\p{Lu}[\p{L}'-]+, \p{Lu}[\p{L}'-]+(?: \p{Lu}\b\.?)?)/gu,
    ),
  },
  named(
    "afterRoleLabel",
    (run) => otherLabel.test(run.left) && (whole(run) || isGiven(run.words[0])) && isGivenOrUnknown(run),
  ),
  named("saidName", (run) => said.test(run.left)),
  named("namedPerson", (run, text) => namedLeft.test(run.left) && !term(run, text)),
  named(
    "namedListed",
    (run, text) =>
      anyNamed.test(run.left) && isPlainGiven(run.words[0]) && !term(run, text) && endsPhrase.test(run.right),
  ),
  named("withCredentials", (run) => credentials.test(run.right) && whole(run)),
  named(
    "careGiver",
    (run, text) =>
      byLeft.test(run.left) &&
      (whole(run) || isPlainGiven(run.words[0])) &&
      isGivenOrUnknown(run) &&
      !term(run, text),
  ),
  named("afterClosing", (run) => closing.test(run.left) && (whole(run) || isGiven(run.words[0]))),
  named(
    "relative",
    (run, text) =>
      relativeLeft.test(run.left) &&
      (isGiven(run.words[0]) || whole(run)) &&
      !term(run, text) &&
      isGivenOrUnknown(run),
  ),
  named(
    "beforeAge",
    (run, text) =>
      ageRight.test(run.right) &&
      (isGiven(run.words[0]) || whole(run)) &&
      isGivenOrUnknown(run) &&
      !term(run, text),
  ),
  named(
    "beforeIdentifier",
    (run, text) =>
      idRight.test(run.right) &&
      (isPlainGiven(run.words[0]) || whole(run)) &&
      isGivenOrUnknown(run) &&
      !term(run, text),
  ),
  named(
    "afterPatient",
    (run, text) =>
      /\b(?:patient|pt|client|inmate|resident)\b,? \(?$/i.test(run.left) &&
      (isPlainGiven(run.words[0]) || (whole(run) && isGivenOrUnknown(run))) &&
      !term(run, text),
  ),
  named(
    "besidePerson",
    (run, text) =>
      personLeft.test(run.far) &&
      endsPhrase.test(run.right) &&
      (isGiven(run.words[0]) || initialLast(run) || whole(run)) &&
      isGivenOrUnknown(run) &&
      !term(run, text),
  ),
  named("givenAndInitial", (run) => isPlainGiven(run.words[0]) && run.words.length === 2 && initialLast(run)),
  named(
    "givenAndFamily",
    (run, text) =>
      isPlainGiven(run.words[0]) &&
      whole(run) &&
      !initialLast(run) &&
      !historical(run) &&
      !/\b(?:St|Mt|San|Santa|Fort|Saint)\.? $/.test(run.left) &&
      !cities.has(run.words.join(" ")) &&
      !(isPlace(run.words[0] as string) && isPlace(run.words.at(-1) as string)) &&
      !term(run, text) &&
      aboutLeft.test(run.left),
  ),
  named(
    "doubtfulAndFamily",
    (run, text) =>
      isGiven(run.words[0]) &&
      run.words.length === 2 &&
      familyNames.has(run.words[1] as string) &&
      !historical(run) &&
      !term(run, text),
  ),
  named(
    "familyFirst",
    ({ words, right, left }) =>
      words.length === 1 &&
      familyNames.has(words[0] as string) &&
      /^, (\p{Lu}\p{Ll}+)\b/u.test(right) &&
      givenNames.has(/^, (\p{Lu}\p{Ll}+)/u.exec(right)?.[1] ?? "") &&
      /(?:^|[:(\n] ?)$/.test(left),
  ),
  named(
    "givenDoes",
    (run) =>
      run.words.length === 1 &&
      isPlainGiven(run.words[0]) &&
      verbs.test(run.right) &&
      !isEponym(run.words[0] as string),
  ),
];

/** No run of unknown words of which one is an eponym: "Kaposi Sarcoma" is none, "Robert Brown" may be. */
function isGivenOrUnknown({ words }: Run): boolean {
  if (isGiven(words[0])) return true;
  return !isPlace(words.join(" ")) && !words.some((word) => isEponym(word) || isPlace(word));
}

function isPlace(name: string): boolean {
  return regions.has(name) || states.has(name) || cities.has(name);
}

function isListedInSmall(word: string): boolean {
  const capital = (word[0] as string).toUpperCase() + word.slice(1);
  return familyNames.has(capital) || givenNames.has(capital);
}
