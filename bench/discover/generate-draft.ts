/**
 * A page while it is written: its text, what it has said so far, and the small marks of wikitext (links, references).
 *
 * Invariant: every fact that the text states about a medical entity is in `truth`, and so is every fact that it denies.
 */
import type { Predicate } from "../../src/records/relation.ts";
import { citation, webCitation } from "./generate-citations.ts";
import { type Draw, oneOf } from "./generate-draw.ts";
import { capitalised } from "./generate-names.ts";
import { nameOf, redirectTo, type Thing, type World } from "./generate-world.ts";

/** A triple that a page states, or denies. */
export interface WrittenTriple {
  readonly head: string;
  readonly predicate: Predicate;
  readonly tail: string;
  readonly place: "infobox" | "section" | "sentence";
  /** False for a triple that the page denies: nobody should read it. */
  readonly holds: boolean;
  /** Whether a link names it, and not plain words. */
  readonly isLinked: boolean;
  readonly frequency?: string;
  readonly condition?: string;
  readonly hedge?: string;
}

export interface Draft {
  readonly world: World;
  readonly draw: Draw;
  readonly title: string;
  /** The subject's name in the case of running text. */
  readonly name: string;
  text: string;
  readonly truth: WrittenTriple[];
  /** Keys of the facts that the page states, so that it denies none of them. */
  readonly stated: Set<number>;
  /** Names of the references that have been given in full. */
  readonly references: string[];
  /** About how many bytes the page shall have. */
  readonly target: number;
}

/** A link to a thing, in the forms that editors use: plain, with other words, with a tail, through a redirect. */
export function linkTo(draft: Draft, thing: Thing, isFirst = false): string {
  const name = nameOf(draft.world, thing);
  const shown = isFirst ? capitalised(name) : name;
  const form = draft.draw();
  const quotes = thing.kind === "pathogen" || thing.kind === "gene" ? "''" : "";
  if (form < 0.06) {
    const redirect = redirectTo(draft.world, thing);
    if (redirect !== undefined) return `[[${redirect}]]`;
  }
  if (form < 0.12) return `${quotes}[[${capitalised(name)}|${shown}]]${quotes}`;
  if (form < 0.14 && quotes === "" && /[a-rt-xz]$/.test(name)) return `[[${shown}]]s`;
  if (form < 0.15) return `[[${name.replaceAll(" ", "_")}|${shown}]]`;
  return `${quotes}[[${shown}]]${quotes}`;
}

/** A title as the store will know the thing. */
export function titleOf(draft: Draft, thing: Thing): string {
  return capitalised(nameOf(draft.world, thing));
}

/** What may stand behind a sentence: nothing, a reference, a named one, two of them. */
export function reference(draft: Draft): string {
  const form = draft.draw();
  if (form < 0.48) return "";
  const one = singleReference(draft);
  return form > 0.96 ? one + singleReference(draft) : one;
}

/** One reference, in full or by its name. */
export function singleReference(draft: Draft): string {
  const { references, draw } = draft;
  const form = draw();
  if (references.length > 0 && form < 0.42) {
    const name = oneOf(draw, references);
    return form < 0.21
      ? `<ref name="${name}"/>`
      : form < 0.33
        ? `<ref name=${name}/>`
        : `<ref name="${name}" />`;
  }
  const { text, key } = citation(draw);
  if (form < 0.7) {
    const name = references.includes(key) ? `${key}${references.length}` : key;
    references.push(name);
    return form < 0.6 ? `<ref name="${name}">${text}</ref>` : `<ref name=${name}>${text}</ref>`;
  }
  return form > 0.97 ? `<ref>${webCitation(draw)}</ref>` : `<ref>${text}</ref>`;
}
