/** Pages that tell namesakes apart: whether a page is one, and the pages that it lists. */
import { disambiguationBoxes } from "../typing-tables.ts";
import { blocksOf, type ReadPage } from "./sections.ts";

/** Sections of such a page that list what is not meant by the name. */
const besides =
  /^(?:see also|siehe auch|véase también|voir aussi|voci correlate|ver também|zobacz też|см\. также|див\. також|zie ook|se även|参见|參見|関連項目|같이 보기|tingnan|տես նաև|ayrıca bakınız)$/i;

/** True when a template of the page says that its title has several meanings. */
export function isDisambiguation(read: ReadPage): boolean {
  return read.boxes.some((box) => disambiguationBoxes.has(box.name));
}

/** Titles that the page lists: the first link of each list item, in order, each once. */
export function listedPages(read: ReadPage): string[] {
  const titles = new Set<string>();
  for (const section of read.sections) {
    if ([...section.above, section.heading].some((heading) => besides.test(heading))) continue;
    for (const { kind, flat } of blocksOf(read.scan, section)) {
      const link = kind === "item" ? flat.links[0] : undefined;
      if (link) titles.add(link.target);
    }
  }
  return [...titles];
}
