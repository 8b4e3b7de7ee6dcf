/**
 * Where and by what a drug is broken down, from the field of its box: "Hepatic (CYP3A4), 20% renal", "Liver via
 * [[CYP2D6]]". Organs and enzymes are taken out of whatever stands around them.
 *
 * Invariant: an organ's adjective names the organ; words that are neither an organ nor an enzyme give nothing.
 */
import { shapeOf } from "../name-shapes.ts";
import type { Flat, FlatLink } from "../wikitext/plain.ts";
import { maskLinks } from "./linked-sentences.ts";
import { deniedStretches, isAffirmed } from "./negation.ts";
import { type FieldValue, placeOf } from "./values.ts";

/** Organs by the words that fields use for them. */
const organs: Readonly<Record<string, string>> = {
  liver: "Liver",
  hepatic: "Liver",
  hepatically: "Liver",
  kidney: "Kidney",
  kidneys: "Kidney",
  renal: "Kidney",
  intestine: "Intestine",
  intestinal: "Intestine",
  lung: "Lung",
  lungs: "Lung",
};

const words =
  /\b(?:liver|hepatic(?:ally)?|kidneys?|renal|intestin(?:e|al)|lungs?|CYP\d[A-Z]\d{0,2}|UGT\d[A-Z]\d{0,2})\b(?!-)/gi;

/** The organs and enzymes that a field names, each with the line it stands in. */
export function metabolisers(flat: Flat): FieldValue[] {
  const out: FieldValue[] = [];
  const { text } = flat;
  const denied = deniedStretches(maskLinks(flat, 0, text.length, flat.links));
  let next = 0;
  for (const line of text.matchAll(/[^\n]+/g)) {
    const start = line.index;
    const end = start + line[0].length;
    const place = placeOf(flat, start, end);
    const first = next;
    while (next < flat.links.length && (flat.links[next] as FlatLink).start < end) next += 1;
    const links = flat.links.slice(first, next);
    for (const link of links) {
      const shape = shapeOf(link.target) ?? shapeOf(text.slice(link.start, link.end));
      if ((shape !== "gene" && shape !== "anatomy") || !isAffirmed(denied, link.start)) continue;
      out.push({
        text: text.slice(link.start, link.end),
        target: link.target,
        item: line[0],
        at: link.start - start,
        ...place,
      });
    }
    for (const found of line[0].matchAll(words)) {
      const at = start + found.index;
      if (links.some((link) => link.start <= at && link.end > at) || !isAffirmed(denied, at)) continue;
      const name = organs[found[0].toLowerCase()] ?? found[0];
      out.push({ text: name, item: line[0], at: found.index, ...place });
    }
  }
  return out;
}
