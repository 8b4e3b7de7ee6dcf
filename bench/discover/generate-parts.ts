/** Parts that pages of all kinds have: sections, images, tables, what to see also, references, categories. */
import { type Draft, linkTo } from "./generate-draft.ts";
import { between, oneOf } from "./generate-draw.ts";
import { capitalised, placeName, surname } from "./generate-names.ts";
import { otherTitle } from "./generate-other-titles.ts";
import { chat, type ProseName, say, type TopicName } from "./generate-sentences.ts";
import type { Thing } from "./generate-world.ts";

/** A heading of level 2 or 3. */
export function heading(draft: Draft, words: string, level = 2): void {
  const marks = "=".repeat(level);
  const gap = draft.draw() < 0.4 ? " " : "";
  draft.text += `\n${marks}${gap}${words}${gap}${marks}\n`;
}

/** Facts of a page that no sentence has told yet, by topic. */
export interface Facts {
  readonly topic: TopicName;
  readonly things: readonly Thing[];
}

/** A section that tells facts in sentences, with some prose around them. */
export function factSection(draft: Draft, facts: readonly Facts[], prose: ProseName, field: number): void {
  const { draw } = draft;
  for (const { topic, things } of facts) {
    let at = 0;
    while (at < things.length) {
      at += say(draft, topic, things.slice(at, at + 4), field);
      if (draw() < 0.35) chat(draft, prose);
      if (draw() < 0.12) draft.text += "\n\n";
    }
  }
  draft.text += "\n";
}

/** Paragraphs of prose until the page has about so many characters. */
export function prose(draft: Draft, section: ProseName, until: number): void {
  let sentences = 0;
  do {
    chat(draft, section);
    sentences += 1;
    if (sentences % 5 === 0) draft.text += draft.draw() < 0.04 ? `\n\n${image(draft)}` : "\n\n";
  } while (draft.text.length < until);
  draft.text += "\n";
}

/** A picture with its caption. */
export function image(draft: Draft): string {
  const { draw } = draft;
  const side = oneOf(draw, ["thumb", "thumb|left", "thumb|upright=1.2", "right|thumb|240px"]);
  return `[[File:${surname(between(draw, 0, 3999))} ${between(draw, 10, 9999)}.jpg|${side}|Photograph from ${placeName(between(draw, 0, 999))}, ${between(draw, 1890, 2020)}]]\n`;
}

/** A table of numbers. */
export function table(draft: Draft, rows: number): void {
  const { draw, world } = draft;
  let text = `{| class="wikitable sortable"\n|+ Figures by year\n! Year !! Place !! Number !! Share\n`;
  for (let i = 0; i < rows; i++) {
    text += `|-\n| ${1990 + i} || [[${otherTitle(world, between(draw, 0, world.other - 1))}]] || ${between(draw, 3, 90_000)} || style="text-align:right" | ${between(draw, 1, 99)}%\n`;
  }
  draft.text += `${text}|}\n`;
}

/** "See also", references and what stands at a page's end. */
export function ending(
  draft: Draft,
  related: readonly Thing[],
  resources: string,
  navigation: string,
  categories: readonly string[],
): void {
  const { draw } = draft;
  if (related.length > 0) {
    heading(draft, "See also");
    for (const thing of related) draft.text += `* ${linkTo(draft, thing, true)}\n`;
  }
  heading(draft, "References");
  draft.text += oneOf(draw, [
    "{{reflist}}\n",
    "{{Reflist|30em}}\n",
    "<references />\n",
    "{{reflist|colwidth=30em}}\n",
  ]);
  if (resources !== "") {
    heading(draft, "External links");
    if (draw() < 0.3)
      draft.text += `* [https://www.example-health.org/${between(draw, 10, 99_999)} ${draft.title}] at Example Health\n`;
    draft.text += resources;
  }
  if (navigation !== "") draft.text += `${navigation}\n`;
  if (draw() < 0.3) draft.text += "{{Authority control}}\n";
  draft.text += `\n${categories.map((category) => `[[Category:${capitalised(category)}]]\n`).join("")}`;
}
