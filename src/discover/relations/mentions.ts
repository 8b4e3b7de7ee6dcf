/**
 * The places of a page that name other things, each with the sentence or value it stands in (paper §3.1, relations
 * with evidence). What a place says of a thing depends on the thing's type, which is known only when all pages have
 * been read; so a mention keeps what its field, section and sentence say, and `resolve.ts` decides.
 *
 * Invariant: a place quotes the page to the character; nothing is taken from a denied clause or from a section such
 * as History.
 */
import { factBoxes } from "../facts.ts";
import { blocksIn } from "../reading/blocks.ts";
import type { Vote } from "../reading/survey-record.ts";
import { flatten } from "../wikitext/plain.ts";
import type { ReadPage } from "../wikitext/sections.ts";
import { addPlace, type Draft, type Named } from "./draft.ts";
import { linkedSentences } from "./linked-sentences.ts";
import { metabolisers } from "./metabolism.ts";
import { qualifiersIn } from "./qualifiers.ts";
import { roleOfSection } from "./roles.ts";
import { readSentence } from "./statements.ts";
import { type FieldRow, fieldOf, readsProse } from "./tables.ts";
import { type Head, typeInField, voteWeight } from "./types-by-place.ts";
import { type FieldValue, valuesOf } from "./values.ts";

/** Reads the boxes and the prose of a page whose entity is `head`. */
export function mentionsOf(read: ReadPage, head: Head): Named {
  const found: Named = { places: [], mentions: [], votes: [], clearly: [], likely: [] };
  readBoxes(read, head, found);
  if (!readsProse(head.type)) return found;
  let isFirst = true;
  for (const section of read.sections) {
    const role = roleOfSection(section, head.type);
    if (role === "none") continue;
    for (const block of blocksIn(read, section)) {
      for (const sentence of linkedSentences(block.flat)) {
        readSentence({ read, section, role, block, sentence, head, isFirst }, found);
        isFirst &&= block.kind === "item";
      }
    }
  }
  return found;
}

function readBoxes(read: ReadPage, head: Head, found: Named): void {
  for (const box of factBoxes(read)) {
    for (const parameter of box.parameters) {
      const row = fieldOf(head.type, parameter.name);
      if (row === undefined || parameter.start === parameter.end) continue;
      const flat = flatten(read.scan, parameter.start, parameter.end);
      for (const value of row.role === "metabolism" ? metabolisers(flat) : valuesOf(flat)) {
        const { text: words, target, start, end } = value;
        const place = addPlace(found, read.scan.text, `infobox:${parameter.name}`, start, end);
        const mention: Draft = { words, method: "infobox", role: row.role, place };
        if (target !== undefined) mention.target = target;
        if (value.group !== undefined) mention.condition = value.group;
        found.mentions.push(
          Object.assign(mention, qualifiersIn(value.item)(value.at, value.at + words.length)),
        );
        const vote = voteOfField(row, value, `named in the field "${parameter.name}" of ${head.id}`);
        if (vote) found.votes.push(vote);
      }
    }
  }
}

function voteOfField(row: FieldRow, value: FieldValue, reason: string): Vote | undefined {
  const type = typeInField(row, value);
  if (type === undefined) return undefined;
  const weight = value.target === undefined ? 1 : voteWeight(row.role);
  return { name: value.target ?? value.text, type, weight, reason };
}
