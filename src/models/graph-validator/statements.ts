/**
 * Options that are statements ("colchicine treats gout") or the words between two entities that the stem names ("is
 * used to treat it"): each is read into an edge, and looked for in the graph.
 */
import type { EntityLinker } from "../../verify/entity-linker.ts";
import type { World } from "./closed-world.ts";
import { readStem } from "./read-prompt.ts";

export interface Truth {
  readonly sure: boolean;
  readonly possible: boolean;
}

/** Characters of a statement of one fact; a longer one says more than is read. */
const longest = 200;

/** Whether a statement about two entities holds; undefined where it cannot be read as one. */
export function truthOfStatement(
  world: World,
  text: string,
  named: readonly (readonly string[])[],
  linker: EntityLinker,
): Truth | undefined {
  if (text.length > longest) return undefined;
  const read = readStem(text, linker);
  const said = read.sentences.map((sentence) => sentence.text).join(" ");
  const sides = sidesOf(said, read.mentions, named);
  if (sides === undefined) return undefined;
  const phrase = ` ${said.replace(/@\d+/gu, " ").toLowerCase()} `;
  const isDenied = /\b(?:no|never|neither)\b|\bnot\b(?! be (?:given|used|taken|prescribed))/u.test(phrase);
  let isRead = false;
  const truth = { sure: false, possible: false };
  for (const first of sides[0])
    for (const second of sides[1]) {
      const [a, b] = [world.typeOf(first), world.typeOf(second)];
      if (a === undefined || b === undefined) continue;
      for (const { predicate, isFlipped } of world.sensesOf(phrase, a, b)) {
        isRead = true;
        const ends = world.endsOf([isFlipped ? second : first], [{ predicate }]);
        const end = isFlipped ? first : second;
        truth.sure ||= ends.sure.has(end);
        truth.possible ||= ends.possible.has(end);
      }
    }
  if (!isRead) return undefined;
  return isDenied ? { sure: !truth.possible, possible: !truth.sure } : truth;
}

/** The two sides in the order of the statement; what it does not name is taken from the stem. */
function sidesOf(
  said: string,
  mentions: readonly (readonly string[])[],
  named: readonly (readonly string[])[],
): readonly [readonly string[], readonly string[]] | undefined {
  const own = mentions.filter((ids, at) => mentions.findIndex((other) => isSame(other, ids)) === at);
  const [one, two] = own;
  if (one && two) return [one, two];
  if (one) {
    const other = named.find((ids) => !isSame(ids, one));
    if (other === undefined) return undefined;
    return /^\W*(?:it|this|the (?:former|latter)|both)\b|^\W*@/iu.test(said) && !/^\W*@/u.test(said)
      ? [other, one]
      : [one, other];
  }
  const [first, second] = named;
  if (first === undefined || second === undefined) return undefined;
  return /^\W*(?:the (?:latter|second))\b/iu.test(said) ? [second, first] : [first, second];
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  return a.some((id) => b.includes(id));
}
