/**
 * Labelled texts for measuring anonymisation: ASQ-PHI as its authors publish it, and the cases written here.
 *
 * ASQ-PHI (MIT, github.com/JamesWeatherhead/asq-phi, data/synthetic_clinical_queries.txt): "===QUERY===", the query,
 * "===PHI_TAGS===", then one JSON object a line with `identifier_type` and `value`; none for a hard negative.
 * Invariant: every gold element is at its place in the text; a value that is not in its query is counted, not guessed.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

interface Gold {
  readonly class: string;
  readonly start: number;
  readonly end: number;
}

export interface LabelledText {
  readonly text: string;
  readonly language: "en" | "zh";
  readonly held: boolean;
  readonly gold: readonly Gold[];
}

const tagSchema = z.object({ identifier_type: z.string(), value: z.string() });

/** The queries of an ASQ-PHI file, and how many of its values were not found in their query. */
export function readAsqPhi(content: string): {
  readonly texts: readonly LabelledText[];
  readonly lost: number;
} {
  let lost = 0;
  const texts = content
    .split(/^===QUERY===$/m)
    .slice(1)
    .map((block): LabelledText => {
      const [query = "", tags = ""] = block.split(/^===PHI_TAGS===$/m);
      const text = query.trim();
      const gold: Gold[] = [];
      for (const line of tags.split("\n")) {
        if (line.trim() === "") continue;
        const tag = tagSchema.parse(JSON.parse(line));
        const free = placesOf(text, tag.value).find((at) =>
          gold.every(({ start, end }) => at >= end || at + tag.value.length <= start),
        );
        const start = free ?? text.indexOf(tag.value);
        if (start === -1) lost++;
        else gold.push({ class: tag.identifier_type, start, end: start + tag.value.length });
      }
      return { text, language: "en", held: false, gold };
    });
  return { texts, lost };
}

function placesOf(text: string, value: string): number[] {
  const out: number[] = [];
  for (let at = text.indexOf(value); at !== -1 && value !== ""; at = text.indexOf(value, at + 1))
    out.push(at);
  return out;
}

const caseSchema = z.strictObject({ language: z.enum(["en", "zh"]), held: z.boolean(), text: z.string() });

/** Our own cases: "[[class:value]]" marks what has to go; a case without a mark is a hard negative. */
export function readOwnCases(): readonly LabelledText[] {
  const file = join(import.meta.dirname, "../../src/refine/anonymise/fixtures/cases.jsonl");
  return readFileSync(file, "utf8")
    .trim()
    .split("\n")
    .map((line) => {
      const { text: marked, ...rest } = caseSchema.parse(JSON.parse(line));
      const gold: Gold[] = [];
      let text = "";
      let from = 0;
      for (const match of marked.matchAll(/\[\[(\w+):(.+?)\]\]/g)) {
        text += marked.slice(from, match.index);
        gold.push({
          class: match[1] as string,
          start: text.length,
          end: text.length + (match[2] as string).length,
        });
        text += match[2];
        from = match.index + match[0].length;
      }
      return { ...rest, text: text + marked.slice(from), gold };
    });
}
