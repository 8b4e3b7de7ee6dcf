/**
 * The paragraphs and list items of a section, made once for all that read them: typing, frequency, relations, corpus.
 *
 * Invariant: what is kept lives as long as the page that was read.
 */
import { type Block, blocksOf, type ReadPage, type Section } from "../wikitext/sections.ts";

const kept = new WeakMap<Section, readonly Block[]>();

/** The blocks of a section of a page. */
export function blocksIn(page: ReadPage, section: Section): readonly Block[] {
  let blocks = kept.get(section);
  if (blocks === undefined) {
    blocks = [...blocksOf(page.scan, section)];
    kept.set(section, blocks);
  }
  return blocks;
}
