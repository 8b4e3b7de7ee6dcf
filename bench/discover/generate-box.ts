/** Boxes as editors write them: many layouts of fields, many forms of a list of values. */
import { type Draft, linkTo, singleReference } from "./generate-draft.ts";
import { between, type Draw, oneOf } from "./generate-draw.ts";
import { capitalised } from "./generate-names.ts";
import { note, type TopicName } from "./generate-sentences.ts";
import { nameOf, type Thing } from "./generate-world.ts";

/** A field: its name and its value. */
export type Field = readonly [name: string, value: string];

/** A box in one of the usual layouts; the fields may be empty. */
export function box(draft: Draft, name: string, fields: readonly Field[]): string {
  const layout = draft.draw();
  if (layout < 0.55) {
    const width = Math.max(...fields.map(([field]) => field.length));
    return `{{${name}\n${fields.map(([field, value]) => `| ${field.padEnd(width)} = ${value}\n`).join("")}}}\n`;
  }
  if (layout < 0.8)
    return `{{${name}\n${fields.map(([field, value]) => `| ${field} = ${value}\n`).join("")}}}\n`;
  if (layout < 0.92)
    return `{{${name}\n${fields.map(([field, value]) => `|${field}=${value}\n`).join("")}}}\n`;
  return `{{${name}|\n${fields.map(([field, value]) => `  ${field}   = ${value} |\n`).join("")}}}\n`;
}

/** The value of a field that lists things, in one of the forms that editors use. */
export function listedValue(draft: Draft, topic: TopicName, things: readonly Thing[]): string {
  if (things.length === 0) return draft.draw() < 0.1 ? "<!-- none known -->" : "";
  const { draw } = draft;
  const items = things.map((thing, i) => item(draft, topic, thing, i === 0));
  const form = draw();
  let value: string;
  if (items.length === 1 || form < 0.6) value = items.join(", ");
  else if (form < 0.7) value = items.join(oneOf(draw, ["<br>", "<br />", "<br/>"]));
  else if (form < 0.76) value = `{{hlist|${items.join("|")}}}`;
  else if (form < 0.82) value = `{{ubl|${items.join(" | ")}}}`;
  else if (form < 0.86) value = `{{unbulleted list|${items.join("|")}}}`;
  else if (form < 0.9) value = `{{plainlist|\n* ${items.join("\n* ")}\n}}`;
  else value = `${items.slice(0, -1).join(", ")} and ${items.at(-1)}`;
  if (draw() < 0.35) value += singleReference(draft);
  return draw() < 0.03 ? `${value} <!-- keep short -->` : value;
}

/** Share of the values of boxes that are plain words. */
const UNLINKED = 0.15;

function item(draft: Draft, topic: TopicName, thing: Thing, isFirst: boolean): string {
  const isLinked = draft.draw() >= UNLINKED;
  note(draft, topic, thing, "infobox", isLinked);
  if (isLinked) return linkTo(draft, thing, isFirst);
  const name = nameOf(draft.world, thing);
  return isFirst ? capitalised(name) : name;
}

/** ICD-10 and other codes of a condition, as `{{Medical resources}}` holds them. */
export function medicalResources(draw: Draw): string {
  const letter = String.fromCharCode(65 + between(draw, 0, 20));
  const block = between(draw, 0, 9) * 10;
  const lines = [
    `{{Medical resources`,
    `| DiseasesDB     = ${draw() < 0.6 ? between(draw, 100, 34_000) : ""}`,
    `| ICD11          = ${draw() < 0.3 ? `{{ICD11|${between(draw, 1, 9)}${letter}${between(draw, 10, 99)}}}` : ""}`,
    `| ICD10          = {{ICD10|${letter}|${String(block + between(draw, 0, 9)).padStart(2, "0")}|${between(draw, 0, 9)}|${letter.toLowerCase()}|${String(block).padStart(2, "0")}}}`,
    `| ICD9           = ${draw() < 0.6 ? `{{ICD9|${between(draw, 100, 799)}.${between(draw, 0, 9)}}}` : ""}`,
    `| OMIM           = ${draw() < 0.4 ? between(draw, 100_000, 620_000) : ""}`,
    `| MedlinePlus    = ${draw() < 0.4 ? String(between(draw, 100, 9_000)).padStart(6, "0") : ""}`,
    `| eMedicineSubj  = ${draw() < 0.5 ? "article" : ""}`,
    `| eMedicineTopic = ${draw() < 0.5 ? between(draw, 100_000, 1_300_000) : ""}`,
    `| MeshID         = ${draw() < 0.7 ? `D${String(between(draw, 1, 20_000)).padStart(6, "0")}` : ""}`,
    `| Orphanet       = ${draw() < 0.3 ? between(draw, 10, 600_000) : ""}`,
    `}}`,
  ];
  return `${lines.join("\n")}\n`;
}
