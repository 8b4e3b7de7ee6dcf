/**
 * Links the words of a text back to entities of the graph: the longest match over titles and aliases, without regard
 * to case, width or accents, with a plural taken for its singular.
 */
import type { KnowledgeGraph } from "../graph/graph.ts";
import { normaliseText } from "../verify/text.ts";

export interface EntityLinker {
  /** For each mention in a text, in order, the entities that it may mean. */
  (text: string): readonly (readonly string[])[];
  /** The entities that a text as a whole may mean. */
  whole(text: string): readonly string[];
}

/** A linker over all titles and aliases of a graph; a title wins over an alias of another entity. */
export function entityLinker(graph: KnowledgeGraph): EntityLinker {
  const titles = new Map<string, string[]>();
  const aliases = new Map<string, string[]>();
  let longest = 1;
  const add = (to: Map<string, string[]>, name: string, id: string): void => {
    const words = wordsOf(name);
    if (words.length === 0) return;
    const key = words.join(" ");
    const known = to.get(key);
    if (known === undefined) to.set(key, [id]);
    else if (!known.includes(id)) known.push(id);
    longest = Math.max(longest, words.length);
  };
  for (const entity of graph.entities.values()) {
    add(titles, entity.id, entity.id);
    add(titles, entity.id.replace(/ \([^()]*\)$/, ""), entity.id);
    for (const alias of entity.aliases) add(aliases, alias, entity.id);
  }
  const find = (words: readonly string[]): readonly string[] => {
    const key = words.join(" ");
    return titles.get(key) ?? aliases.get(key) ?? [];
  };
  const link = (text: string): string[][] => text.split(/[,;?!]|\.\s/).flatMap(linkPart);
  const linkPart = (part: string): string[][] => {
    const words = wordsOf(part);
    const mentions: string[][] = [];
    for (let at = 0; at < words.length; ) {
      let size = Math.min(longest, words.length - at);
      while (size > 0 && find(words.slice(at, at + size)).length === 0) size -= 1;
      if (size > 0) mentions.push([...find(words.slice(at, at + size))]);
      at += Math.max(1, size);
    }
    return mentions;
  };
  return Object.assign(link, { whole: (text: string) => find(wordsOf(text)) });
}

function wordsOf(text: string): string[] {
  return normaliseText(text)
    .split(" ")
    .filter((word) => word !== "")
    .map(singular);
}

function singular(word: string): string {
  if (word.length > 5 && /s[ei]s$/.test(word)) return word.slice(0, -2);
  if (word.length < 4 || !word.endsWith("s") || /(?:ss|us|is)$/.test(word)) return word;
  return word.endsWith("ies") ? `${word.slice(0, -3)}y` : word.slice(0, -1);
}
