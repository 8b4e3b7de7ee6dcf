/**
 * The patient's story: who, what brought them and since when, what else is found, what is absent, what they have
 * besides. The grammar decides from a name which verb fits it: one "reports" pain, but "is found to have" an enlarged
 * liver; anything can be "presented with" or be absent.
 *
 * Invariant: a time course is told only where names say whether the illness is quick or slow; a sentence never begins
 * with a told name.
 */
import type { Random } from "../../base/random.ts";
import { capital, indefinite, list, withArticle } from "./articles.ts";
import { factSentences } from "./facts.ts";
import type { Patient } from "./patient.ts";
import type { Name, Told } from "./told.ts";

/** What a person notices and can put into words; the type alone does not say so. */
const reportable =
  /pain|ache\b|cough|fatigue|tired|weakness|nausea|vomit|itch|prurit|dizz|vertigo|palpitation|numb|tingl|paresthesia|cramp|breath|tightness|sweat|chill|fever|insomnia|sleep|snor|appetite|weight|bleed|nosebleed|constipation|diarrh|bloat|heartburn|swallow|dysphagia|dysuria|urinary|urination|urine|nocturia|polyuria|polydipsia|thirst|vision|photophobia|hearing|tinnitus|smell|taste|throat|hoarse|dry |congestion|sneez|hiccup|intolerance|stiffness|craving|mood|anxiety|worr|irritab|memory|menstrua|period|discharge|dyspareunia|claudication|hair loss|malaise|letharg|bruis|tremor|rash|flush|seizure|syncope|faint|hemoptysis|nosebleeds|blood in stool|stool|joint|gum|odor|stream|flu-like|oily skin|pimples|sensitivity|disturbance|ringing|burning|spots before|floaters|swelling|nightmare|concentrat/i;
const objective =
  /hypermobility|deformity|effusion|discoloration|failure|deficiency|disease|syndrome|infection|disorder|weight bearing|urine (?:osmolality|protein)|low blood|port-wine/i;

/** Illness that comes within hours or days, and illness that takes months; silent about the rest. */
const quick =
  /\bacute\b|infarction|dissection|embolism|torsion|appendicitis|perforation|rupture|anaphyla|crisis|ketoacidosis|tamponade|intracranial hemorrhage|stroke|food poisoning|meningitis|influenza|common cold|dengue|cellulitis|pneumothorax/i;
const slow =
  /\bchronic\b|cirrhosis|dementia|alzheimer|parkinson's|huntington|osteoarthritis|rheumatoid|spondylitis|psoria|emphysema|obstructive pulmonary|pulmonary fibrosis|myelofibrosis|myeloma|carcinoma|cancer|lymphoma|amyloid|hemochromatosis|acromegaly|hypothyroid|graves|addison|achalasia|systemic sclerosis|amyotrophic|cataract|sarcoidosis|leprosy|endometriosis|polycystic|dystrophy|osteoporosis|celiac|coeliac|crohn|ulcerative|essential tremor|peripheral neuropathy|cushing|alopecia|vitiligo|acne/i;
const slowFinding =
  /weight loss|weight gain|hair loss|night sweats|nail clubbing|loss of height|amenorrhea|memory loss|enlarged hands|hirsutism|infertility|cold intolerance|heat intolerance|gynecomastia|acanthosis/i;

/** The sentences before the question. */
export function vignette(told: Told, patient: Patient, random: Random): string {
  const { they } = patient;
  const complaints = told.findings.filter(isReportable);
  const others = told.findings.filter((name) => !isReportable(name));
  const sentences: string[] = [];
  // The chief complaint leads; some patients tell all at once.
  const all = [...complaints, ...others];
  if (all.length > 0) {
    const isTogether = all.length <= 2 || random.integer(4) === 0;
    const first = isTogether ? all : complaints.length > 0 ? complaints : others.slice(0, 2);
    const rest = all.filter((name) => !first.includes(name));
    const chief = !isTogether && first.length > 2 ? first.slice(0, 1 + random.integer(2)) : first;
    const associated = first.slice(chief.length);
    sentences.push(opening(chief, patient, courseOf(told, chief, patient, random), random));
    if (associated.length > 0) sentences.push(alsoTold(associated, patient, random));
    if (rest.length > 0) sentences.push(found(rest, they, told.type.ask === "test", random));
  } else sentences.push(random.pick(bare).replace("{p}", patient.words));
  sentences.push(...factSentences(told.facts, random));
  if (told.absent.length > 0) sentences.push(absence(told.absent, patient, random));
  if (told.history) sentences.push(historySentence(told.history, patient, random));
  return sentences.map(capital).join(" ");
}

const bare = [
  "{p} is assessed for a suspected illness.",
  "{p} is seen by a clinician.",
  "A clinician assesses {p}.",
];

/** Whether a person notices it and can put it into words; by its English name. */
export function isReportable({ text, type }: Name): boolean {
  return (
    (type === "symptom" || type === "sign" || type === "finding") &&
    reportable.test(text) &&
    !objective.test(text)
  );
}

function namesOf(names: readonly Name[]): string {
  return list(names.map(withArticle));
}

function opening(
  names: readonly Name[],
  patient: Patient,
  { after, months }: Course,
  random: Random,
): string {
  const { words } = patient;
  const shown = `${namesOf(names)}${after}`;
  const ways = [
    `${words} presents with ${shown}.`,
    `${words} is evaluated for ${shown}.`,
    `${words} is seen in the clinic because of ${shown}.`,
    `${words} is referred for assessment of ${shown}.`,
    `a physician sees ${words} with ${shown}.`,
    `${words} comes to medical attention with ${shown}.`,
  ];
  if (patient.isChild)
    ways.push(
      `${words} is brought in with ${shown}.`,
      `the parents of ${words} seek advice because of ${shown}.`,
    );
  else {
    ways.push(`${words} comes to the clinic with ${shown}.`, `${words} seeks medical advice for ${shown}.`);
    if (names.every(isReportable))
      ways.push(
        `${words} reports ${shown}.`,
        `${words} complains of ${shown}.`,
        `${words} describes ${shown}.`,
      );
  }
  if (months !== undefined) {
    const bare = list(names.map(({ text }) => text));
    ways.push(
      `${words} presents with ${indefinite(`${months}-month history`)} of ${bare}.`,
      `${words} has had ${namesOf(names)} for about ${months} months.`,
      `for the past ${months} months, ${words} has had ${namesOf(names)}.`,
    );
  }
  return random.pick(ways);
}

function alsoTold(names: readonly Name[], { they, isChild }: Patient, random: Random): string {
  const shown = namesOf(names);
  const ways = [
    `${they} also has ${shown}.`,
    `in addition, ${they} has ${shown}.`,
    `associated symptoms include ${shown}.`,
    `${they} has ${shown} as well.`,
  ];
  if (!isChild)
    ways.push(`${they} also reports ${shown}.`, `on questioning, ${they} also mentions ${shown}.`);
  return random.pick(ways);
}

/** Signs and other things that are found; words that are part of a test's name stay out where a test is asked for. */
function found(names: readonly Name[], they: string, isForTest: boolean, random: Random): string {
  const shown = namesOf(names);
  const ways = [
    `${they} is also found to have ${shown}.`,
    `further evaluation shows ${shown}.`,
    `the clinician also finds ${shown}.`,
    `${they} is noted to have ${shown} as well.`,
  ];
  if (!isForTest && names.every(({ type, text }) => type === "sign" && !/uria\b|emia\b|blood/.test(text)))
    ways.push(
      `on examination, ${they} has ${shown}.`,
      `physical examination reveals ${shown}.`,
      `examination is notable for ${shown}.`,
    );
  return random.pick(ways);
}

function absence(names: readonly Name[], { they, isChild }: Patient, random: Random): string {
  const shown = list(
    names.map(({ text }) => text),
    "or",
  );
  const ways = [`there is no ${shown}.`, `${they} has no ${shown}.`, `there is no evidence of ${shown}.`];
  if (!isChild && names.every(isReportable))
    ways.push(
      `${they} denies ${shown}.`,
      `${they} does not report any ${shown}.`,
      `${they} denies any ${shown}.`,
    );
  return random.pick(ways);
}

/** What the patient has besides, in words that fit what it is: an age, a state, a habit, a disease. */
export function historySentence(name: Name, { they, their }: Patient, random: Random): string {
  const { text, type } = name;
  const shown = withArticle(name);
  if (/^pregnancy$/i.test(text)) {
    const week = 8 + random.integer(29);
    return random.pick([
      `${they} is in week ${week} of ${text}.`,
      `${they} is in the ${week < 13 ? "first" : week < 28 ? "second" : "third"} trimester of ${text}.`,
      `a ${text} of ${week} weeks is confirmed.`,
    ]);
  }
  if (/^breast-?feeding$|^lactation$/i.test(text))
    return random.pick([
      `${they} has an infant and wishes to continue ${text}.`,
      `${they} gave birth recently and plans on ${text}.`,
      `${their} infant relies on ${text}.`,
    ]);
  if (/^childhood$/i.test(text))
    return random.pick([
      `treatment in ${text} calls for particular care.`,
      `the patient is still in ${text}.`,
      `the choice of a drug has to allow for ${text}.`,
    ]);
  if (/^(?:old age|ageing|aging)$/i.test(text))
    return random.pick([
      `${their} ${text} has to be taken into account.`,
      `the choice of a drug has to allow for ${text}.`,
    ]);
  if (/\bsex$/i.test(text)) return `the choice of a drug has to allow for ${text}.`;
  if (/vaccination|surgery|anesthesia|anaesthesia/i.test(text) && !/recent/i.test(text))
    return random.pick([
      `${they} is due for ${text}.`,
      `${they} is soon to have ${text}.`,
      `plans include ${text}.`,
    ]);
  const ways = [
    `${they} is also known to have ${shown}.`,
    `${they} also has ${shown}.`,
    `another of ${their} problems is ${shown}.`,
    `${their} medical record also lists ${shown}.`,
  ];
  if (/anaphyla|allerg|hypersensitiv/i.test(text))
    return random.pick([
      `${they} has a history of ${text}.`,
      `${their} past history includes ${shown}.`,
      `${their} medical record lists ${shown}.`,
    ]);
  if (type === "disease" && !/\bactive|\bacute|crisis|injury/i.test(text))
    ways.push(`${they} has a history of ${text}.`, `${their} medical history includes ${shown}.`);
  if (type === "risk factor" && !/^(?:recent|low|high)/.test(text))
    return random.pick([
      `${their} history is notable for ${shown}.`,
      `${their} history includes ${shown}.`,
      `${their} medical record mentions ${shown}.`,
    ]);
  return random.pick(ways);
}

/** Whether the illness is sure to be quick or slow; undefined where names do not say so. Names are English ones. */
export function paceOf(told: Told): "quick" | "slow" | undefined {
  const disease = told.hidden?.text ?? (told.type.told === "name" ? told.subject?.text : undefined) ?? "";
  const isQuick = quick.test(disease);
  const isSlow = slow.test(disease) || told.findings.some(({ text }) => slowFinding.test(text));
  return isQuick === isSlow ? undefined : isQuick ? "quick" : "slow";
}

/** Since when: words after the complaint, and for what is slow the months. */
interface Course {
  readonly after: string;
  readonly months?: number;
}

/** Since when, where it cannot be wrong; silent otherwise, and now and then. */
function courseOf(told: Told, findings: readonly Name[], { isChild }: Patient, random: Random): Course {
  const pace = paceOf({ ...told, findings });
  // A sign is there or not when it is looked for; since when, only a complaint can tell.
  const areComplaints = findings.every(({ type }) => type === "symptom");
  if (pace === undefined || !areComplaints || random.integer(5) === 0) return { after: "" };
  if (pace === "quick") return { after: random.pick([" of recent onset", " that began a short time ago"]) };
  // An infant may not be that old.
  if (isChild) return { after: " of gradual onset" };
  const months = 2 + random.integer(10);
  const after = [
    ` over the past ${months} months`,
    " of gradual onset",
    " over several months",
    " that developed gradually",
  ];
  return { after: random.pick(after), months };
}
