/**
 * Whether a page about an organism says that it makes people ill. Most organisms with a box are beetles and ferns: an
 * organism is a pathogen of the graph only where its page says so, or where a page about a disease names it.
 */
import { blocksIn } from "./reading/blocks.ts";
import type { ReadPage } from "./wikitext/sections.ts";
import { sentencesOf } from "./wikitext/sentences.ts";

const ill =
  /\b(?:pathogen(?:ic|s)?|diseases?|infections?|infects?|infect(?:ing|ious)|sepsis|fever|pneumonia|meningitis|illness|syndrome|parasites? of (?:humans?|people|man|mammals)|venom(?:ous)?|toxin|(?:causative|etiologic(?:al)?) (?:agent|organism)|causes? of|(?!diag)\w+(?:itis|iasis|nosis|mycosis|emia))\b/i;

/** Those that are ill may be others. */
const others =
  /\b(?:plants?|crops?|trees?|leaf|leaves|wheat|maize|rice|potato(?:es)?|tomato(?:es)?|grape(?:s|vines?)?|fruits?|seedlings?|roots?|insects?|fish|bees?|amphibians?|frogs?|oysters?|corals?|cattle|sheep|poultry|pigs?|dogs?|cats?|horses?)\b/i;

const people = /\b(?:humans?|people|patients?|persons?|man|children|infants?|zoono(?:sis|ses|tic))\b/i;

const tellingHeading =
  /^(?:.*\b)?(?:pathogenesis|pathogenicity|virulence|clinical|disease|diseases|infection|symptoms|medical|role in disease|human health|treatment|diagnosis)\b/i;

const tellingCategory =
  /\b(?:human pathogens?|pathogenic|infectious|zoono|parasit(?:ic|es) of humans|medically|diseases?|infections?|disease-causing|bacteriology|virology|parasitology|sexually transmitted)\b/i;

/** Words of the lead, a heading or a category that speak of illness in people. */
export function harmsPeople(page: ReadPage): boolean {
  if (page.categories.some((one) => tellingCategory.test(one) && !others.test(one))) return true;
  if (page.sections.some(({ heading }) => tellingHeading.test(heading))) return true;
  const [lead] = page.sections;
  if (lead === undefined) return false;
  for (const { flat } of blocksIn(page, lead)) {
    for (const { start, end } of sentencesOf(flat.text)) {
      const sentence = flat.text.slice(start, end);
      if (people.test(sentence) && ill.test(sentence)) return true;
      if (/\bcaus(?:es?|ing|ative)\b/i.test(sentence) && !others.test(sentence)) return true;
      if (ill.test(sentence) && !others.test(sentence)) return true;
    }
  }
  return false;
}
