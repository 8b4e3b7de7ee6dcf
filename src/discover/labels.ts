/**
 * Names of entities in other languages from a file: a title, a language and a label a line, apart by tabs, as a join
 * of the tables `page` and `langlinks` of a dump gives them. Questions in Chinese need them (paper §3.1).
 *
 * Invariant: the file streams; only labels of entities are held. A row with an entity's own title wins over one with
 * a redirect or another name of it, and the first of two alike over the second. A name that is the title of some other
 * page of the source is that page's and no name of the entity.
 */
import { boundary } from "../base/errors.ts";
import { fileLines } from "../base/file-lines.ts";
import { labelLanguages, normaliseTitle } from "./wikitext/titles.ts";

/** Labels by language. */
type Labels = Readonly<Record<string, string>>;

export interface LabelFiles {
  /** Labels by the id of their entity. */
  readonly byEntity: ReadonlyMap<string, Labels>;
  /** Rows of a language that is used whose title is no entity. */
  readonly unknown: number;
  /** Rows of other languages. */
  readonly passed: number;
}

/** How a title leads to an entity. */
export interface LabelNames {
  /** By its own title or a redirect, letter by letter. */
  titled(title: string): string | undefined;
  /** By any other name; undefined for one with a bracket, which tells it from its namesakes. */
  named(title: string): string | undefined;
  /** Which of these are titles of pages that are no entity. */
  otherPages(titles: ReadonlySet<string>): ReadonlySet<string>;
}

interface Held {
  readonly label: string;
  /** 0: the entity's own title, 1: a redirect, 2: another name. */
  readonly rank: number;
  readonly title: string;
}

/**
 * Reads files of labels; a line that does not fit is told with its place and passed over.
 * @throws UsageError for a file that cannot be read.
 */
export async function readLabels(
  paths: readonly string[],
  names: LabelNames,
  reject: (place: string, reason: string) => void,
): Promise<LabelFiles> {
  /** By language and entity, the best row of each rank. */
  const held = new Map<string, Map<string, readonly (Held | undefined)[]>>();
  const counts = { unknown: 0, passed: 0 };
  const named = new Set<string>();
  for (const path of paths) {
    for await (const [number, row] of rowsOf(path)) {
      if (typeof row === "string") {
        reject(`${path}:${number}`, row);
        continue;
      }
      const [title, language, label] = row;
      if (!labelLanguages.has(language)) {
        counts.passed += 1;
        continue;
      }
      const direct = names.titled(title);
      const id = direct ?? names.named(title);
      if (id === undefined) {
        counts.unknown += 1;
        continue;
      }
      const rank = direct === undefined ? 2 : id === title ? 0 : 1;
      if (rank === 2) named.add(title);
      const ofLanguage = held.get(language) ?? new Map<string, readonly (Held | undefined)[]>();
      held.set(language, ofLanguage);
      const ranks = [...(ofLanguage.get(id) ?? [])];
      ranks[rank] ??= { label, rank, title };
      ofLanguage.set(id, ranks);
    }
  }
  const others = named.size === 0 ? named : names.otherPages(named);
  const byEntity = new Map<string, Record<string, string>>();
  for (const [language, entities] of held)
    for (const [id, ranks] of entities) {
      const best = ranks.find((one) => one !== undefined && !(one.rank === 2 && others.has(one.title)));
      if (best === undefined) counts.unknown += 1;
      else byEntity.set(id, { ...byEntity.get(id), [language]: best.label });
    }
  return { byEntity, ...counts };
}

type Row = readonly [title: string, language: string, label: string];

/** Rows with the numbers of their lines, or why a line is none; empty lines and those that begin with # are no rows. */
async function* rowsOf(path: string): AsyncGenerator<readonly [number: number, row: Row | string]> {
  const lines = fileLines(path);
  const decoder = new TextDecoder("utf-8", { fatal: true });
  for (;;) {
    const next = await boundary(`discover.labels: ${path}`, () => lines.next());
    if (next.done) return;
    const { bytes, number } = next.value;
    let text: string;
    try {
      text = decoder.decode(bytes).replace(/\r$/, "");
    } catch {
      yield [number, "the line is not UTF-8"];
      continue;
    }
    if (text.trim() === "" || text.startsWith("#")) continue;
    yield [number, rowOf(text)];
  }
}

function rowOf(line: string): Row | string {
  const columns = line.split("\t");
  if (columns.length !== 3)
    return `the line has ${columns.length} columns; expected title, language and label, apart by tabs`;
  const [title, language, label] = columns.map((column) => column.replace(/[\s_]+/g, " ").trim()) as [
    string,
    string,
    string,
  ];
  if (title === "" || label === "") return `the ${title === "" ? "title" : "label"} is empty`;
  if (!/^[a-z]{2,}(?:-[a-z]+)*$/.test(language)) return `"${language}" is no code of a language, such as zh`;
  return [normaliseTitle(title), language, label];
}
