/**
 * A paraphraser for benchmark questions, to see whether a reworded copy is found: ages and other numbers change, words
 * and phrases are swapped for others of a small table, clauses and sentences move, options are shuffled.
 *
 * Invariant: it knows nothing of how copies are looked for. How much changed is measured on words, whatever their
 * order: the share of the original's words that the copy does not have.
 */
import type { Random } from "../../src/base/random.ts";
import type { Question } from "../../src/records/question.ts";
import { normaliseText } from "../../src/verify/text.ts";
import { changed, reordered, sentencesOf } from "./planted.ts";

/** Phrases that may stand for one another in a vignette; longer ones first in each run. */
const swaps: readonly (readonly [RegExp, readonly string[]])[] = (
  [
    [
      "which of the following is the most likely diagnosis",
      "what is the most probable diagnosis|what diagnosis best fits",
    ],
    [
      "which of the following is the most appropriate next step in (?:the )?management",
      "what should be done next|how should this case be managed next",
    ],
    ["which of the following is the most (?:likely|probable)", "what is the most plausible"],
    ["which of the following is", "which one of these is|what is"],
    ["which of the following", "which of these|which one of these options"],
    ["the following", "these"],
    ["comes to the (?:physician|clinic|office)", "sees a doctor|visits a surgery"],
    [
      "(?:comes|presents) to the emergency (?:department|room)",
      "arrives at the emergency unit|attends accident and emergency",
    ],
    ["is brought to the emergency (?:department|room)", "is rushed to hospital|is taken to casualty"],
    ["is brought to the (?:physician|clinic)", "is taken to see a doctor"],
    ["presents (?:to the \\w+ )?with", "reports|turns up with"],
    ["emergency department", "emergency room|casualty ward"],
    ["because of", "on account of|owing to"],
    ["due to", "caused by|owing to"],
    ["complaining of|complains of", "reporting|troubled by"],
    [
      "(?:past )?medical history is (?:significant|notable) for",
      "background includes|past illnesses include",
    ],
    ["has a history of", "is known to have had|has a background of"],
    ["history of", "background of|record of"],
    ["physical examination", "clinical examination|the physical exam"],
    ["(?:shows|reveals|demonstrates)", "discloses|is remarkable for|displays"],
    ["is most likely to", "will in all likelihood"],
    ["most likely", "most plausibly|most probably"],
    ["most appropriate", "best suited|most fitting"],
    ["best next step", "wisest next move"],
    ["next step", "next move|following step"],
    ["vital signs are", "observations are"],
    ["blood pressure is", "arterial pressure measures|BP is"],
    ["(?:his|her) temperature is", "body temperature reads|a temperature is recorded of"],
    ["pulse is", "heart rate is|pulse rate reads"],
    ["respirations are", "breathing rate is"],
    ["within normal limits|is unremarkable|are unremarkable", "shows nothing abnormal|is normal"],
    ["denies", "does not report|reports no"],
    ["medications include", "drugs taken are|current drugs are"],
    ["medications?", "medicines|drugs"],
    ["physician", "doctor|clinician"],
    ["patient", "individual|person"],
    ["treatment", "therapy|management"],
    ["therapy", "treatment"],
    ["symptoms", "complaints|problems"],
    ["severe", "intense|marked"],
    ["mild", "slight|minor"],
    ["pain", "soreness|discomfort"],
    ["began|started", "commenced"],
    ["ago", "earlier|before"],
    ["smokes", "consumes"],
    ["drinks", "has"],
    ["appears", "looks|seems"],
    ["obtained", "taken|acquired"],
    ["performed", "carried out|done"],
    ["increased|elevated", "raised|high"],
    ["decreased|reduced", "lowered|diminished"],
    ["additional", "further|extra"],
    ["associated with", "linked to|accompanied by"],
    ["initial", "first|opening"],
    ["underlying", "root|basic"],
    ["cause", "reason|origin"],
    ["mother", "mum|female parent"],
    ["father", "dad|male parent"],
    ["children", "kids|youngsters"],
    ["including", "among them"],
    ["approximately|about", "roughly|around"],
    ["several", "a number of|various"],
    ["however", "yet|nevertheless"],
    ["during", "in the course of|throughout"],
    ["after", "following"],
    ["before", "prior to"],
    ["also", "in addition|as well"],
    ["only", "solely|merely"],
    ["occurs?", "happens|takes place"],
    ["results? in", "leads to|brings about"],
    ["is called|is known as|is referred to as", "goes by the name of|is termed"],
    ["primary", "main|chief"],
    ["important", "significant|relevant"],
    ["large", "big|sizeable"],
    ["small", "little|minor"],
    ["common", "frequent|usual"],
    ["likely", "probable"],
    ["would", "should"],
    ["function", "role|task"],
    ["explain", "account for|clarify"],
    ["describe", "give an account of|set out"],
    ["organisms?", "living things|life forms"],
    ["cells?", "cellular units|cell bodies"],
    ["population", "group|community"],
    ["offspring", "progeny|descendants"],
    ["true", "correct|accurate"],
    ["statements?", "claims|assertions"],
    ["people", "persons|individuals"],
    ["older adults", "elderly people|seniors"],
    ["older", "elderly|aged"],
    ["between", "from among"],
    ["following", "subsequent"],
    ["normal", "ordinary|regular"],
    ["different", "distinct|various"],
    ["contain", "hold|include"],
    ["required", "needed|necessary"],
    ["used", "employed|applied"],
    ["found", "seen|detected"],
    ["shown", "presented|depicted"],
    ["work", "job|employment"],
    ["health care", "medical care"],
    ["study", "trial|investigation"],
    ["disease", "illness|disorder"],
    ["disorder", "condition|disease"],
    ["year-old", "year old"],
    ["no history", "no record"],
    ["noticed|noted", "observed|spotted"],
    ["weeks?", "wk"],
    ["left-sided", "on the left"],
    ["right-sided", "on the right"],
  ] as const
).map(([from, to]) => [new RegExp(`\\b(?:${from})\\b`, "i"), to.split("|")]);

/** A reworded copy with its options shuffled; undefined where not enough of its words can be changed. */
export function paraphrase(
  question: Question,
  random: Random,
  [least, most]: readonly [number, number] = [0.15, 0.35],
): { readonly question: Question; readonly share: number } | undefined {
  let stem = moveClauses(changeAges(changeNumbers(question.stem, random), random), random);
  const share = (): number => changedShare(question.stem, stem);
  for (const [pattern, words] of random.shuffle(swaps)) {
    if (share() >= least + (most - least) * 0.7) break;
    const next = swapAll(stem, pattern, words, random);
    if (changedShare(question.stem, next) <= most) stem = next;
  }
  stem = swapSentences(stem, random);
  if (share() < least || share() > most) return undefined;
  const texts = Object.fromEntries(
    Object.entries(question.options).map(([letter, text]) => [
      letter,
      random.next() < 0.5 ? text : reword(text, random),
    ]),
  );
  const isDistinct = new Set(Object.values(texts)).size === Object.keys(texts).length;
  const worded = { ...question, stem, options: isDistinct ? texts : question.options };
  const order = random.shuffle(Object.keys(question.options));
  return { question: changed(worded, { ...reordered(worded, order), stem }), share: share() };
}

/** Share of the words of one text that another does not have, each counted as often as it stands there. */
export function changedShare(one: string, other: string): number {
  const left = new Map<string, number>();
  for (const word of normaliseText(other).split(" ")) left.set(word, (left.get(word) ?? 0) + 1);
  const words = normaliseText(one).split(" ");
  let missing = 0;
  for (const word of words) {
    const count = left.get(word) ?? 0;
    if (count === 0) missing += 1;
    else left.set(word, count - 1);
  }
  return missing / words.length;
}

function swapAll(text: string, pattern: RegExp, words: readonly string[], random: Random): string {
  return text.replace(new RegExp(pattern, "gi"), (found) => {
    const word = random.pick(words);
    return /^[A-Z]/.test(found) ? word.charAt(0).toUpperCase() + word.slice(1) : word;
  });
}

function reword(text: string, random: Random): string {
  return random
    .sample(swaps, 40)
    .reduce((now, [pattern, words]) => swapAll(now, pattern, words, random), text);
}

/** "A 45-year-old man" becomes "A man aged 47". */
function changeAges(stem: string, random: Random): string {
  return stem.replace(
    /\b(An?) (\d{1,2})-year-old (?:(previously healthy|male|female|white|African[- ]American|Caucasian) )?(\w+)/gi,
    (_, article: string, age: string, kind: string | undefined, noun: string) => {
      const now = Math.max(2, Math.min(89, Number(age) + 1 + random.integer(3)));
      const lead = /^a/.test(article) ? "a" : "A";
      return `${lead}${/^[aeiou]/i.test(kind ?? noun) ? "n" : ""} ${kind ? `${kind} ` : ""}${noun} aged ${now}`;
    },
  );
}

/** Pulses, pressures, temperatures, durations and laboratory values, each moved a little. */
function changeNumbers(stem: string, random: Random): string {
  return stem.replace(
    /(?<![\d.,/-]|\b[Aa]n )(\d+(?:\.\d+)?)(?= ?(?:\/min|mm ?Hg|\/\d+ mm|°|mg\/d|mEq|g\/d|U\/L|%|(?:day|week|month|hour|minute|year)s?\b(?!-old)|-(?:day|week|month|hour)))/g,
    (text) => {
      const value = Number(text);
      const decimals = text.split(".")[1]?.length ?? 0;
      const step =
        decimals > 0 ? 10 ** -decimals * (1 + random.integer(3)) : 1 + random.integer(value > 40 ? 4 : 1);
      return (value + step).toFixed(decimals);
    },
  );
}

/** "X because of Y." becomes "Because of Y, x." and "After X, Y." becomes "Y after x.". */
function moveClauses(stem: string, random: Random): string {
  return sentencesOf(stem)
    .map((sentence) => {
      if (random.next() < 0.4) return sentence;
      const because = /^([A-Z][^,;:?]{10,120}?) because of ([^,;:?]{5,80})\.$/.exec(sentence);
      if (because) return `Because of ${because[2]}, ${lower(because[1]!)}.`;
      const lead = /^(After|Before|During|Since|In) ([^,;:?]{4,60}), ([^;:?]{8,120})\.$/.exec(sentence);
      return lead ? `${upper(lead[3]!)} ${lead[1]!.toLowerCase()} ${lead[2]}.` : sentence;
    })
    .join(" ");
}

/** Two neighbours in the middle of a story change places. */
function swapSentences(stem: string, random: Random): string {
  const sentences = sentencesOf(stem);
  if (sentences.length < 5) return sentences.join(" ");
  const at = 1 + random.integer(sentences.length - 3);
  [sentences[at], sentences[at + 1]] = [sentences[at + 1]!, sentences[at]!];
  return sentences.join(" ");
}

function lower(text: string): string {
  return /^(?:An?|The|He|She|His|Her) /.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}

function upper(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
