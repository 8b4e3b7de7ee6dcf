/** The plain prose of a page, for the corpus of a base model: headings, paragraphs and list items, without apparatus. */
import { blocksIn } from "./reading/blocks.ts";
import type { ReadPage } from "./wikitext/sections.ts";

const apparatus =
  /^(?:references|notes|footnotes|citations|sources|further reading|external links|see also|bibliography)$/i;

/** One paragraph or list item a line, headings on their own, sections apart by a blank line. */
export function proseOf(page: ReadPage): string {
  const parts: string[] = [];
  for (const section of page.sections) {
    if ([...section.above, section.heading].some((heading) => apparatus.test(heading.trim()))) continue;
    const lines: string[] = [];
    for (const { flat } of blocksIn(page, section)) {
      const text = flat.text
        .replace(/[ \t\u00a0]+/g, " ")
        .replace(/ ([,.;:)])/g, "$1")
        .replace(/\( ?\)/g, "")
        .trim();
      if (text !== "") lines.push(text);
    }
    if (lines.length > 0) parts.push([section.heading, ...lines].filter((one) => one !== "").join("\n"));
  }
  return parts.join("\n\n");
}
