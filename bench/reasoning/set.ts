/**
 * The planted set: clean texts and four hundred with one fault each, the same on every machine.
 *
 * A clean text and all that was made from it lie in one half, so that whoever writes rules with sight of the open half
 * has not seen a held one.
 */
import { z } from "zod";
import { seededRandom } from "../../src/base/random.ts";
import {
  type FaultKind,
  type HandText,
  type Planted,
  planted,
  type ReasoningText,
  readHandTexts,
  readYaml,
} from "./planted.ts";
import { calculationText, factTexts, spoiltCalculation } from "./slots.ts";

const SEED = "reasoning";

/** How many of each fault; drawn from all that could be planted. */
export const quotas: Readonly<Record<FaultKind, number>> = {
  sum: 53,
  formula: 33,
  unit: 54,
  contradiction: 82,
  leak: 64,
  uncertainty: 52,
  conclusion: 62,
};

const CALCULATIONS = 70;

export interface PlantedSet {
  readonly clean: readonly ReasoningText[];
  readonly planted: readonly Planted[];
}

/** All texts. @throws Error where a text and its plants do not fit each other */
export function plantedSet(): PlantedSet {
  const random = seededRandom(SEED);
  const hand = ["graph", "chinese", "guidelines", "calculations", "long"].flatMap(readHandTexts);
  const slots = [
    ...Array.from({ length: CALCULATIONS }, (_, at) => calculationText(at, random.fork("calculations"))),
    ...factTexts(),
  ];
  const bases = [...hand.map(({ clean }) => clean), ...slots];
  const order = random.fork("held").shuffle(bases.map(({ id }) => id));
  const held = new Set(order.slice(0, Math.floor(order.length / 2)));
  const withHalf = <T extends { readonly id: string }>(text: T, base = text.id): T & { held: boolean } => ({
    ...text,
    held: held.has(base),
  });
  const clean = bases.map((text) => withHalf(text));
  const all: Planted[] = [
    ...hand.flatMap((text) => text.plants.map((plant, at) => planted(withHalf(text.clean), plant, at))),
    ...Array.from({ length: CALCULATIONS }, (_, at) => at).flatMap((at) =>
      (["sum", "formula", "unit"] as const).flatMap((kind) => {
        const made = spoiltCalculation(at, kind, random.fork("calculations"));
        return made === undefined ? [] : [withHalf(made, `k${at}`)];
      }),
    ),
    ...leaks(hand, withHalf),
  ];
  return { clean, planted: drawn(all) };
}

/** As many of each kind as is promised: those written by hand first, then of those with slots one a draw. */
function drawn(all: readonly Planted[]): Planted[] {
  const random = seededRandom(SEED, "draw");
  return (Object.keys(quotas) as FaultKind[]).flatMap((kind) => {
    const own = random.fork(kind).shuffle(all.filter((one) => one.kind === kind));
    const byHand = own.filter(({ source }) => source === "hand");
    const rest = own.filter(({ source }) => source === "slots");
    return [...byHand, ...rest].slice(0, quotas[kind]);
  });
}

const leakSchema = z.record(
  z.enum(["en", "zh"]),
  z.array(z.strictObject({ at: z.enum(["start", "middle", "end"]), text: z.string() })),
);

/** Every way of betraying the answer once, put into a text that was written by hand. */
function leaks(
  hand: readonly HandText[],
  withHalf: <T extends { readonly id: string }>(text: T) => T & { held: boolean },
): Planted[] {
  const ways = leakSchema.parse(readYaml("leaks"));
  return (["en", "zh"] as const).flatMap((language) => {
    const texts = seededRandom(SEED, "leaks", language).shuffle(
      hand.map(({ clean }) => clean).filter(({ question }) => question.language === language),
    );
    return (ways[language] ?? []).map(({ at, text: way }, index): Planted => {
      const base = withHalf(texts[index % texts.length] as (typeof texts)[number]);
      const letter = base.letters[0] as string;
      const words = way.replaceAll("{L}", letter).replaceAll("{A}", base.question.options[letter] as string);
      const gap = language === "zh" ? "" : " ";
      const place =
        at === "start" ? 0 : at === "end" ? base.text.length : firstSentenceEnd(base.text, language);
      const before = base.text.slice(0, place);
      const after = base.text.slice(place);
      const lead = before === "" || /\s$/.test(before) ? before : before + gap;
      const text = lead + words + (after === "" || after.startsWith("\n") ? after : gap + after.trimStart());
      return {
        ...base,
        id: `${base.id}-leak-${index}`,
        kind: "leak",
        how: at,
        text,
        words,
        place: [lead.length, lead.length + words.length],
      };
    });
  });
}

function firstSentenceEnd(text: string, language: "en" | "zh"): number {
  const end = (language === "zh" ? /[。；\n]/ : /[.?!](?= [A-Z])|\n/).exec(text);
  return end === null ? 0 : end.index + (end[0] === "\n" ? 0 : 1);
}
