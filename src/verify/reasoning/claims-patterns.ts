/**
 * The rows of `claims-wordings.ts` as patterns over a line of `claims-lines.ts`.
 *
 * In a row "A" and "B" are the two names, "PAIR" both in a list, "x|y" alternatives, "x?" may be absent, "x_y" two
 * words, "*" up to three adjectives. Between any two words the marks of a denial (¬), a hedge (~) or a limit (%) may
 * stand.
 */
import type { KindName } from "./claims-kinds.ts";
import { rows } from "./claims-wordings.ts";

export interface Wording {
  readonly kind: KindName;
  /** Whether the words themselves deny: "lacks", "argues against". */
  readonly isDenial: boolean;
  /** Whether the words say that A is what marks B out, so that another's mark contradicts. */
  readonly isHallmark: boolean;
  readonly pattern: RegExp;
}

/** Up to three words before a noun or a participle that do not change what it says. */
const adjectives = `(?:(?!(?:poor|bad|wrong|unlikely|improbable|implausible|insignificant|unimportant|raises?|increases?|reduces?|lowers?|carries|shows?|causes?|requires?|needs?|makes?|confirms?|suggests?|treats?|prevents?|worsens?|false|obsolete|proposed|theoretical|former|outdated|alleged|supposed|unproven|hypothetical|inferior|weak|partial|incomplete|minor|questionable|doubtful|controversial|of|in|on|at|by|for|with|from|to|and|or|but|that|which|who|than|is|has|have|as|if|without|during|because|so|while|not|against|other|another|different|opposite|lesser|joinedname) )[a-z][a-z'-]* (?:[¬~%] )*){0,3}`;

const marks = "(?:[¬~%] )*";

/** Rows that begin with a verb or a small word; any other that begins with no name begins with a noun. */
const openings =
  /^(?:[AB*]|PAIR|in\||for\||in$|use\||treat|avoid|to$|we\||order|one\||it$|diagnose\||under\||with\||favor\|)/;

function compile(line: string): RegExp {
  const tokens = line.split(/\s+/);
  if (!openings.test(tokens[0] as string)) tokens.unshift("*");
  const parts = tokens.map((token) => {
    if (token === "A" || token === "B") return `@(?<${token.toLowerCase()}>\\d+(?:\\+\\d+)*) ${marks}`;
    if (token === "PAIR") return `@(?<a>\\d+)\\+(?<b>\\d+) ${marks}`;
    if (token === "*") return adjectives;
    const isOptional = token.endsWith("?");
    const words = (isOptional ? token.slice(0, -1) : token).replaceAll("_", ` ${marks}`);
    return `(?:(?:${words}) ${marks})${isOptional ? "?" : ""}`;
  });
  return new RegExp(`(?<= )${parts.join("")}`, "g");
}

/** All wordings, those that say more before those that say less. */
export const wordings: readonly Wording[] = rows.flatMap(([signed, lines]) =>
  lines
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "")
    .map((line) => ({
      kind: signed.replace(/^[-!]/, "") as KindName,
      isDenial: signed.startsWith("-"),
      isHallmark: signed.startsWith("!"),
      pattern: compile(line),
    })),
);

/** Every word that some row knows: of clauses of these words alone it can be told what they say. */
export const rowWords: ReadonlySet<string> = new Set(
  rows.flatMap(([, lines]) => lines.split(/[\s|_?*]+/)).filter((word) => /^[a-z]/.test(word)),
);
