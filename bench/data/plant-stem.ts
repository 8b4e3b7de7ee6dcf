/** Faults in the stem of a made question: a fact taken out, the answer put in, broken characters, the end cut off. */
import type { Random } from "../../src/base/random.ts";
import type { KnowledgeGraph } from "../../src/graph/graph.ts";
import { reached } from "../../src/graph/sampling.ts";
import type { SyntheticQuestion } from "../../src/records/question.ts";
import { questionTypes } from "../../src/synthesize/types.ts";
import { normaliseText } from "../../src/verify/text.ts";
import { changed, type Planted, sentencesOf, withSentence } from "./planted.ts";

/**
 * Findings taken out of a stem until it fits another disease too, of which another option is true. Undefined where
 * the findings cannot be taken out of the words, or where no other option ever becomes true.
 */
export function plantMissingFact(
  question: SyntheticQuestion,
  random: Random,
  graph: KnowledgeGraph,
): Planted | undefined {
  const { facts, type: name, subject } = question.origin;
  const type = questionTypes.find((one) => one.name === name);
  if (type?.told !== "symptoms" || type.condition !== undefined) return undefined;
  const findings = facts.filter(
    ({ say, predicate }) => say === "has" && (predicate ?? "HAS_SYMPTOM") === "HAS_SYMPTOM",
  );
  if (
    findings.length < 2 ||
    facts.some(({ say, predicate }) => say === "has" && predicate && predicate !== "HAS_SYMPTOM")
  )
    return undefined;
  const absent = facts.filter(({ say }) => say === "lacks").map(({ entity }) => entity);
  let { stem } = question;
  let left = findings.map(({ entity }) => entity);
  const gone: string[] = [];
  for (const entity of random.shuffle(left)) {
    if (left.length === 1) break;
    const shorter = withoutFinding(
      stem,
      namesOf(graph, entity),
      left.filter((one) => one !== entity).map((one) => namesOf(graph, one)),
    );
    if (shorter === undefined) continue;
    stem = shorter;
    left = left.filter((one) => one !== entity);
    gone.push(entity);
    const rivals = fitting(graph, left, absent).filter((one) => one !== subject);
    if (!rivals.some((rival) => otherIsTrue(question, graph, type.metapath, rival))) continue;
    return { fault: "missingFact", question: changed(question, { stem }), how: `without ${gone.join(", ")}` };
  }
  return undefined;
}

function namesOf(graph: KnowledgeGraph, id: string): string[] {
  return [id, ...(graph.entities.get(id)?.aliases ?? [])].sort((a, b) => b.length - a.length);
}

/** Diseases that have all findings and none of the absent ones. */
function fitting(graph: KnowledgeGraph, findings: readonly string[], absent: readonly string[]): string[] {
  const sets = findings.map((one) => new Set(graph.into(one, "HAS_SYMPTOM").map(({ head }) => head)));
  return [...(sets[0] ?? [])].filter(
    (head) =>
      graph.entities.get(head)?.type === "disease" &&
      sets.every((set) => set.has(head)) &&
      absent.every((one) => graph.find(head, "HAS_SYMPTOM", one) === undefined),
  );
}

/** Whether an option other than the gold is true of another disease. */
function otherIsTrue(
  { options, gold, origin }: SyntheticQuestion,
  graph: KnowledgeGraph,
  metapath: Parameters<typeof reached>[2],
  rival: string,
): boolean {
  const ends = metapath.length === 0 ? new Set([rival]) : reached(graph, rival, metapath);
  return Object.keys(options).some(
    (letter) => !gold.includes(letter) && ends.has(origin.optionEntities[letter] ?? ""),
  );
}

/** The stem without one finding: out of a list, or with its sentence when that tells of no other. */
function withoutFinding(
  stem: string,
  names: readonly string[],
  others: readonly (readonly string[])[],
): string | undefined {
  const sentences = sentencesOf(stem);
  const at = sentences.findIndex((sentence) => tells(sentence, names));
  if (at < 0 || at === sentences.length - 1) return undefined;
  const sentence = sentences[at]!;
  const tellsMore = others.some((other) => tells(sentence, other));
  if (!tellsMore && at > 0) return sentences.filter((_, i) => i !== at).join(" ");
  const name = names.find((one) => tells(sentence, [one]))!;
  const item = `(?:an? |the )?${name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}`;
  for (const pattern of [`, ${item}(?=,| and)`, `${item}, `, `(?:,)? and ${item}`, `${item} and `]) {
    const cut = sentence.replace(new RegExp(pattern, "i"), "");
    if (cut !== sentence && !tells(cut, names))
      return sentences.map((one, i) => (i === at ? cut : one)).join(" ");
  }
  return undefined;
}

function tells(sentence: string, names: readonly string[]): boolean {
  const text = ` ${normaliseText(sentence)} `;
  return names.some((name) => text.includes(` ${normaliseText(name)} `));
}

const leaks: readonly ((answer: string) => string)[] = [
  (answer) => `A colleague mentions ${answer}.`,
  (answer) => `The notes already speak of ${answer}.`,
  (answer) => `The word "${answer}" is underlined in the referral letter.`,
  (answer) => `This is what is expected with ${answer}.`,
  (answer) => `${answer.charAt(0).toUpperCase()}${answer.slice(1)} comes to mind.`,
  (answer) => `Everything fits ${answer}, the tutor says.`,
];

/** The answer's words put into the stem. */
export function plantLeakedAnswer(question: SyntheticQuestion, random: Random): Planted {
  const answer = question.options[question.gold[0]!]!;
  const sentence = random.pick(leaks)(answer);
  return {
    fault: "leakedAnswer",
    question: changed(question, { stem: withSentence(question.stem, sentence) }),
    how: sentence,
  };
}

const misreadings: readonly (readonly [RegExp, string])[] = [
  [/'/, "â€™"],
  [/-/, "â€“"],
  [/e/, "Ã©"],
  [/o/, "Ã¶"],
  [/a/, "Ã¤"],
  [/ /, "Â\u00a0"],
  [/i/, "\ufffd"],
  [/[.?]/, "锟斤拷"],
  [/, /, "ï¼Œ"],
  [/u/, "\u0092"],
  [/(?<=[a-z])e(?=[a-z])/, "?"],
  [/(?<=[a-z])o(?=[a-z])/, "√∂"],
  [/ (?=[a-z])/, " \ue01f"],
  [/and/, "鈥檃nd"],
  [/a /, "\\u00e1 "],
  [/s/, "\ud83d"],
];

/** Characters of the stem, or of an option, as another encoding shows them. */
export function plantMojibake(question: SyntheticQuestion, random: Random): Planted | undefined {
  const [pattern, broken] = random.pick(misreadings);
  const inOption = random.next() < 0.25;
  const letter = random.pick(Object.keys(question.options));
  const text = inOption ? question.options[letter]! : question.stem;
  const places = [...text.matchAll(new RegExp(pattern, "g"))];
  if (places.length === 0) return undefined;
  const { index, 0: found } = random.pick(places);
  const bad = text.slice(0, index) + broken + text.slice(index + found.length);
  const parts = inOption ? { options: { ...question.options, [letter]: bad } } : { stem: bad };
  return {
    fault: "mojibake",
    question: changed(question, parts),
    how: `"${found}" → "${broken.replace(/\p{Cs}/u, "half a pair")}"`,
  };
}

/** The stem cut off inside a sentence, half of the time inside a word. */
export function plantTruncated(question: SyntheticQuestion, random: Random): Planted | undefined {
  const { stem } = question;
  const at = Math.floor(stem.length * (0.4 + 0.55 * random.next()));
  const cut = random.next() < 0.5 ? stem.slice(0, at) : stem.slice(0, stem.lastIndexOf(" ", at));
  const text = cut.trimEnd();
  // A cut that falls on the end of a sentence takes the question away and leaves nothing cut off.
  if (text.length < 12 || text.length >= stem.trimEnd().length - 1) return undefined;
  return { fault: "truncated", question: changed(question, { stem: text }), how: `"…${text.slice(-30)}"` };
}
