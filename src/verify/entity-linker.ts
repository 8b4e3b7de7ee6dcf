/**
 * Links the words of a text back to entities of the graph: the longest match over titles, aliases and names in other
 * languages, without regard to case, width, accents, hyphens, plural or British spelling.
 *
 * Invariant: memory grows with the names alone: one map from a name's words to the numbers of its entities, and one
 * from a first word to the lengths of the names that begin with it. Text of Han characters is matched by character.
 */
import type { KnowledgeGraph } from "../graph/graph.ts";
import { keyOf, type Token, tokensOf } from "./link-tokens.ts";

interface Mention {
  /** Place in the text, as JavaScript counts it. */
  readonly start: number;
  readonly end: number;
  /** The entities that it may mean. */
  readonly ids: readonly string[];
}

export interface EntityLinker {
  /** The mentions of a text, in order, none overlapping. */
  (text: string): readonly Mention[];
  /** The entities that a text as a whole may mean. */
  whole(text: string): readonly string[];
}

/** Short names in capitals are met as they are written: "AS" is aortic stenosis, "as" is not. */
const acronym = /^[A-Z]{2,5}$/u;

/** Words that speak of an entity and are no name of it; taken where no entity has them as a name. */
const forms: readonly (readonly [form: string, name: string])[] = [
  ["pregnant", "pregnancy"],
  ["gravid", "pregnancy"],
  ["breastfeeding", "lactation"],
  ["nursing", "lactation"],
  ["asthmatic", "asthma"],
  ["diabetic", "diabetes mellitus"],
  ["diabetic", "diabetes"],
  ["hypertensive", "hypertension"],
  ["epileptic", "epilepsy"],
  ["febrile", "fever"],
  ["feverish", "fever"],
  ["nauseated", "nausea"],
  ["nauseous", "nausea"],
  ["jaundiced", "jaundice"],
  ["icteric", "jaundice"],
  ["fatigued", "fatigue"],
  ["dyspneic", "dyspnea"],
  ["tachycardic", "tachycardia"],
  ["bradycardic", "bradycardia"],
  ["hypotensive", "hypotension"],
  ["anemic", "anemia"],
  ["cyanotic", "cyanosis"],
  ["constipated", "constipation"],
  ["wheezing", "wheeze"],
  ["wheeze", "wheezing"],
  ["coughing", "cough"],
  ["vomits", "vomiting"],
  ["itchy", "itch"],
  ["pruritic", "pruritus"],
  ["obese", "obesity"],
  ["smokes", "smoking"],
  ["smoker", "smoking"],
  ["孕妇", "妊娠"],
  ["怀孕", "妊娠"],
  ["发烧", "发热"],
];

/** A linker over all names of a graph; a title wins over an alias of another entity. */
export function entityLinker(graph: KnowledgeGraph): EntityLinker {
  const ids = [...graph.entities.keys()];
  const names = namesOf(graph);
  const lengths = lengthsOf(names.keys());
  const idsAt = (found: number | readonly number[] | undefined): string[] =>
    found === undefined
      ? []
      : typeof found === "number"
        ? [ids[found] as string]
        : found.map((number) => ids[number] as string);

  const longestAt = (
    tokens: readonly Token[],
    at: number,
  ): { size: number; found: number | readonly number[] } | undefined => {
    const sizes = lengths.get((tokens[at] as Token).word);
    if (sizes === undefined) return undefined;
    let best: { size: number; found: number | readonly number[] } | undefined;
    let key = "";
    for (let size = 1; size <= 31 && at + size <= tokens.length && sizes >>> size !== 0; size++) {
      const token = tokens[at + size - 1] as Token;
      key = size === 1 ? token.word : `${key} ${token.inside}`;
      if ((sizes >>> size) & 1) {
        const found = names.get(key);
        if (found !== undefined) best = { size, found };
      }
    }
    return best;
  };

  const exactAt = (text: string, { start, end }: Token): ReturnType<typeof longestAt> => {
    const found = names.get(`=${text.slice(start, end)}`);
    return found === undefined ? undefined : { size: 1, found };
  };

  const link = (text: string): Mention[] => {
    const tokens = tokensOf(text);
    const mentions: Mention[] = [];
    for (let at = 0; at < tokens.length; ) {
      const longest = longestAt(tokens, at) ?? exactAt(text, tokens[at] as Token);
      if (longest)
        mentions.push({
          start: (tokens[at] as Token).start,
          end: (tokens[at + longest.size - 1] as Token).end,
          ids: idsAt(longest.found),
        });
      at += longest?.size ?? 1;
    }
    return mentions;
  };
  const whole = (text: string): string[] => {
    const tokens = tokensOf(text);
    const found = idsAt(names.get(keyOf(tokens)) ?? names.get(`=${text.trim()}`));
    const isArticle = /^(?:a|an|the)$/u.test(tokens[0]?.word ?? "");
    return found.length > 0 || !isArticle ? found : idsAt(names.get(keyOf(tokens.slice(1))));
  };
  return Object.assign(link, { whole });
}

/** Words of each name → the number, or numbers, of its entities. */
function namesOf(graph: KnowledgeGraph): Map<string, number | number[]> {
  const names = new Map<string, number | number[]>();
  const add = (name: string, number: number): void => {
    const key = acronym.test(name) ? `=${name}` : keyOf(tokensOf(name));
    if (key === "" || key.split(" ").length > 31) return;
    const known = names.get(key);
    if (known === undefined) names.set(key, number);
    else if (typeof known === "number") {
      if (known !== number) names.set(key, [known, number]);
    } else if (!known.includes(number)) known.push(number);
  };
  let number = 0;
  for (const { id, labels = {} } of graph.entities.values()) {
    for (const title of [id, id.replace(/ \([^()]*\)$/u, ""), ...Object.values(labels)]) add(title, number);
    number += 1;
  }
  const titles = new Set(names.keys());
  number = 0;
  for (const { aliases } of graph.entities.values()) {
    for (const alias of aliases)
      if (!titles.has(keyOf(tokensOf(alias))) && !titles.has(`=${alias}`)) add(alias, number);
    number += 1;
  }
  for (const [form, name] of forms) {
    const found = names.get(keyOf(tokensOf(name)));
    const key = keyOf(tokensOf(form));
    if (found !== undefined && !names.has(key)) names.set(key, found);
  }
  return names;
}

/** First word → the lengths, one bit each, of the names that begin with it. */
function lengthsOf(keys: Iterable<string>): Map<string, number> {
  const lengths = new Map<string, number>();
  for (const key of keys) {
    const words = key.split(" ");
    const first = words[0] as string;
    lengths.set(first, (lengths.get(first) ?? 0) | (1 << words.length));
  }
  return lengths;
}
