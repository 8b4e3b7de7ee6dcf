/**
 * Everything that is read of a stem, whatever the options: its mentions and what is said of them, and what the sentence
 * that asks asks for. A stem is shown several times, with its options in other orders, and the same sentence asks of
 * many subjects: both are read once and kept, a bounded number of them.
 */
import type { EntityLinker } from "../../verify/entity-linker.ts";
import { type Asked, askedIn, isExcept } from "./asked.ts";
import { kept } from "./kept.ts";
import { readStem, type Stem } from "./read-prompt.ts";
import { type Place, placesOf } from "./roles.ts";

export interface StemRead {
  readonly stem: Stem;
  readonly places: readonly Place[];
  readonly asking: Asking;
}

interface Asking {
  /** What may be asked, likelier first. */
  readonly asked: readonly Asked[];
  /** Whether the option is asked for that does not fit. */
  readonly isExcept: boolean;
}

/** Reads stems with a linker. */
export function stemReader(linker: EntityLinker): (text: string) => StemRead {
  const askings = new Map<string, Asking>();
  const stems = new Map<string, StemRead>();
  return (text) =>
    kept(stems, text, () => {
      const stem = readStem(text, linker);
      const asking = stem.sentences.find((sentence) => sentence.isQuestion)?.text ?? "";
      return {
        stem,
        places: placesOf(stem.sentences),
        asking: kept(askings, asking.replace(/@\d+/gu, "@0"), (sentence) => ({
          asked: askedIn(sentence),
          isExcept: isExcept(sentence),
        })),
      };
    });
}
