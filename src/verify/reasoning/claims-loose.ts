/**
 * What a clause says of two names in words that no wording of `claims-wordings.ts` covers: it must be made of words
 * that bear on such claims and no others, and is then for or against by how often its words turn the sense round
 * ("poses no obstacle to" twice, "leaves … untouched" once).
 *
 * Invariant: a word that is not known, a hedge, a limit or a third name leaves the clause unread.
 */
import { rowWords } from "./claims-patterns.ts";

/** How often the sense of a clause is turned round, by the edge that its two names have. */
export interface Turns {
  /** By words that deny whatever is said. */
  readonly any: number;
  /** By words that deny a remedy: "makes worse". */
  readonly remedy: number;
  /** By words that deny a cause or a risk: "shields from". */
  readonly cause: number;
  /** By words that speak against a use: "obstacle", "to be avoided". */
  readonly use: number;
  /** Whether a use is spoken of. */
  readonly isUse: boolean;
}

interface LooseClaim {
  readonly first: number;
  readonly second: number;
  readonly turns: Turns;
}

const listOf = (words: string): ReadonlySet<string> => new Set(words.split(" "));

const denying = listOf(
  "¬ ⊘ unrelated independent irrelevant useless ineffective worthless untouched unaffected unconnected lacks lack lacking without excludes exclude excluded excluding unlikely improbable implausible incompatible inconsistent free spares spare wrong inappropriate unhelpful nothing absent absence missing refutes disproves fails fail unknown unheard impossible atypical uncharacteristic foreign alien immune exempt devoid innocent escapes ruled",
);
const againstRemedy = listOf(
  "worse worsens worsen aggravates harmful dangerous resistant refractory unresponsive contraindicated avoided avoid withheld unsafe",
);
const againstCause = listOf(
  "protects protect protective protection protecting guards guard shields shield prevents prevent lowers lower reduces reduce decreases decrease cuts wards averts",
);
const againstUse = listOf(
  "contraindicated contraindication avoided avoid avoiding unsafe harmful dangerous danger risk risks hazard forbidden forbids prohibited prohibits withheld withhold stop stopped precludes preclude obstacle problem problems objection barrier bar concern concerns rules out harm prevents prevent unsuitable inappropriate inadvisable speaks against reason issue trouble worry",
);
const usesOf = listOf(
  "give given use used using take taken prescribe prescribed safe safely start started continue continued choose chosen recommend recommended suitable option choice appropriate tolerated effective ideal allowed allows permitted fine acceptable harmless receive offer offered administer administered indicated obstacle objection problem barrier rules out preclude precludes contraindication contraindicated avoid avoided avoiding unsafe forbids prohibits withhold reason compatible preferred treat treated",
);
const others = listOf(
  "it fear detection hardly one's we one you there what how this known know established clear true fact something causes everyone people picture clinical higher lower risk odds wrong drug worse better leaves leave effect influence affected affects affect blamed blame traced root lies lie behind stands stand owes works about says say said feature that who when suspected ordered belongs among counts into falls fall class group free patient's part evaluation role plays play connection connected link linked bearing makes make made marked by has have having had the is in of on for with to from at as , account basis lead rise come comes arise stem due all sort way place point points would thing things expected expect require obstacle objection barrier bar issue trouble worry foreign alien immune exempt unknown unheard impossible shields shield guards guard against responsible underlies element ingredient component consequence result product outcome course illness management care handling target hits touches touch reaches influences alters changes hinders disturb disturbs impairs",
);
const outside = listOf(
  "patient he she who him his her yet alone other another same between than over if whether either negative normal elevated low level require requires required needed needs require compare compared distinguish distinguishes @ rather instead versus",
);

const joining = listOf("of in with for from to on at by during and or , ¬ ⊘ as");

const boundaries =
  / (?:[;:.()!]|but|because|since|so|as|while|whereas|although|though|therefore|however|which|hence|thus) /;

/** The loose claims of a line. */
export function looseClaims(line: string): LooseClaim[] {
  return line.split(boundaries).flatMap((clause): LooseClaim[] => {
    const tokens = clause.trim().split(" ");
    const names = tokens.filter((token) => token.startsWith("@"));
    const words = tokens.filter((token) => !token.startsWith("@"));
    if (
      names.length !== 2 ||
      names.some((name) => name.includes("+")) ||
      words.length === 0 ||
      words.length > 14
    )
      return [];
    const [at, end] = [tokens.indexOf(names[0] as string), tokens.lastIndexOf(names[1] as string)];
    const between = tokens.slice(at + 1, end);
    // "Clue cells of bacterial vaginosis" is one thing; "no pallor in anemia" is said of two.
    const isSaid =
      between.some((word) => !joining.has(word)) ||
      (!tokens[0]?.startsWith("@") && between.join(" ") === "in");
    if (!isSaid) return [];
    const isKnown = (word: string): boolean =>
      denying.has(word) ||
      againstRemedy.has(word) ||
      againstCause.has(word) ||
      againstUse.has(word) ||
      usesOf.has(word) ||
      others.has(word) ||
      rowWords.has(word);
    if (!words.every((word) => isKnown(word) && !outside.has(word))) return [];
    const count = (list: ReadonlySet<string>): number => words.filter((word) => list.has(word)).length;
    const any = count(denying);
    const turns: Turns = {
      any,
      remedy: any + count(againstRemedy),
      cause: any + count(againstCause),
      use:
        words.filter(
          (word) =>
            word === "¬" ||
            word === "⊘" ||
            againstUse.has(word) ||
            /^(?:without|nothing|free|devoid)$/.test(word),
        ).length - (/ (?:rules out|speaks against) /.test(` ${clause} `) ? 1 : 0),
      isUse: count(usesOf) > 0,
    };
    const [first, second] = names.map((name) => Number(name.slice(1)));
    return [{ first: first as number, second: second as number, turns }];
  });
}
