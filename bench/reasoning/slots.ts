/**
 * Texts with slots: calculations with drawn numbers and vignettes from rows of facts, in several layouts and two
 * languages. Every result is computed by the bench's own evaluator; a fault spoils one step and what follows uses it.
 */
import { z } from "zod";
import type { Random } from "../../src/base/random.ts";
import { letters } from "../../src/records/question.ts";
import { type Calculation, calculations, type Pen } from "./calculations.ts";
import { type FaultKind, type Planted, questionOf, type ReasoningText, readYaml } from "./planted.ts";
import { evaluate } from "./sums.ts";

interface Spoilt {
  readonly kind: "sum" | "formula" | "unit";
  /** Which step or quantity, from 0. */
  readonly at: number;
}

interface Written {
  readonly stem: string;
  readonly text: string;
  readonly options: readonly string[];
  readonly answer: string;
  readonly sums: readonly string[];
  readonly words: string;
  readonly wrong?: string;
  readonly steps: number;
  readonly units: number;
}

/** The result after a slip: a digit off, a factor of ten, a wrong carry; always off by more than rounding. */
function slip(value: number, digits: number, random: Random): number {
  const unit = 10 ** -digits;
  const size = Math.max(unit, 10 ** Math.floor(Math.log10(Math.abs(value))));
  const ways = [value + size, value * 10, value + Math.max(2 * unit, size / 5), value + size * 0.3];
  return Math.round(random.pick(ways) / unit) * unit;
}

function write(calculation: Calculation, random: Random, layout: number, spoilt?: Spoilt): Written {
  const numbers = random.fork("numbers");
  const slips = random.fork("slips");
  const sums: string[] = [];
  let [steps, units, words, wrong] = [0, 0, "", undefined as string | undefined];
  const pen: Pen = {
    draw: (low, high, step = 1) => low + step * numbers.integer(Math.floor((high - low) / step) + 1),
    step(shown, digits = 0, right = "", wrongUnit) {
      const plain = shown.replace(/ ?(?:mmol\/L|mg\/kg|mg\/mL|kg|mg|mL|drops\/mL|min)(?![\w/])/g, "");
      const value = evaluate(plain);
      const isWrong = spoilt !== undefined && spoilt.kind !== "unit" && steps === spoilt.at;
      steps++;
      const said = (isWrong ? slip(value, digits, slips) : value).toFixed(digits);
      if (isWrong) wrong = `${plain}=${said}`;
      else sums.push(`${plain}=${said}`);
      const isWrongUnit = wrongUnit !== undefined && spoilt?.kind === "unit" && units === spoilt.at;
      if (wrongUnit !== undefined) units++;
      const unit = isWrongUnit ? wrongUnit : right;
      const isExact = Math.abs(value - Number(value.toFixed(digits))) < 1e-9;
      const eq = `${shown} ${isExact ? "=" : "≈"} ${said}${unit === "" ? "" : ` ${unit}`}`;
      if (isWrong) words = eq;
      if (isWrongUnit) words = `${said} ${unit}`;
      return { said, eq };
    },
  };
  const { stem, layouts, result, unit } = calculation(pen);
  const at = random.fork("place").integer(4);
  const others = [0.6, 1.5, 2.1].map((factor) => round(Number(result) * factor, result));
  const options = [...others.slice(0, at), result, ...others.slice(at)].map((one) => `${one} ${unit}`);
  const answer = letters[at] as string;
  const layoutText = layouts[layout % layouts.length] as { stem?: string; text: string };
  return {
    stem: layoutText.stem ?? stem,
    text: layoutText.text.replaceAll("{letter}", answer),
    options,
    answer,
    sums,
    words,
    ...(wrong === undefined ? {} : { wrong }),
    steps,
    units,
  };
}

function round(value: number, like: string): string {
  return value.toFixed(like.split(".")[1]?.length ?? 0);
}

const names = Object.keys(calculations);

/** One clean calculation, by number. */
export function calculationText(number: number, random: Random): Omit<ReasoningText, "held"> {
  const name = names[number % names.length] as string;
  const own = random.fork(String(number));
  return textOf(
    `k${number}`,
    write(calculations[name] as Calculation, own, Math.floor(number / names.length)),
  );
}

function textOf(id: string, { stem, options, text, answer, sums }: Written): Omit<ReasoningText, "held"> {
  return {
    id,
    source: "slots",
    question: questionOf(stem, options),
    letters: [answer],
    text,
    sums,
    claims: [],
  };
}

/** The calculation of a number with one step or unit spoilt; none where it has no such step. */
export function spoiltCalculation(
  number: number,
  kind: "sum" | "formula" | "unit",
  random: Random,
): Omit<Planted, "held"> | undefined {
  const name = names[number % names.length] as string;
  const own = random.fork(String(number));
  const layout = Math.floor(number / names.length);
  const calculation = calculations[name] as Calculation;
  const { steps, units } = write(calculation, own, layout);
  const last = kind === "unit" ? units - 1 : steps - 1;
  if (last < 0 || (kind === "sum" && last === 0)) return undefined;
  // The last step is the formula's result; those before it are sums on the way.
  const at = kind === "sum" ? own.fork("step").integer(last) : last;
  const made = write(calculation, own, layout, { kind, at });
  const place = made.text.indexOf(made.words);
  if (place < 0) return undefined;
  return {
    ...textOf(`k${number}-${kind}`, made),
    kind: kind satisfies FaultKind,
    how: name,
    words: made.words,
    place: [place, place + made.words.length],
    ...(made.wrong === undefined ? {} : { wrong: made.wrong }),
  };
}

const factSchema = z.array(
  z.strictObject({
    disease: z.string(),
    symptoms: z.array(z.string()).min(2),
    finding: z.string(),
    test: z.string(),
    drug: z.string(),
    class: z.string(),
    sideEffect: z.string(),
  }),
);
type Fact = z.infer<typeof factSchema>[number];

const lower = (name: string): string =>
  /^(?:[A-Z]{2}|Alzheimer|Gaucher|Kerley|Philadelphia|Raynaud)/.test(name)
    ? name
    : name[0]?.toLowerCase() + name.slice(1);

/** Clean vignettes from rows of facts; every claim is an edge of the sample graph. */
export function factTexts(): Omit<ReasoningText, "held">[] {
  const rows = factSchema.parse(readYaml("facts"));
  return rows.flatMap((row, at) =>
    [0, 1].map((half): Omit<ReasoningText, "held"> => {
      const others = [3, 7, 11].map((jump) => rows[(at + jump) % rows.length] as Fact);
      const place = (at + 2 * half) % 4;
      const answer = letters[place] as string;
      const isDrug = half === 1;
      const of = (fact: Fact): string => lower(isDrug ? fact.drug : fact.finding);
      const options = others.map(of);
      options.splice(place, 0, of(row));
      const list = row.symptoms.map(lower).join(row.symptoms.length === 2 ? " and " : ", ");
      const away = others
        .map((other) => `${of(other)} ${isDrug ? "is used in" : "goes with"} ${lower(other.disease)}`)
        .join("; ");
      const d = lower(row.disease);
      const stem = isDrug
        ? `A patient with ${list} is thought to have ${d}. Which drug is used, and what may it cause?`
        : `A patient has ${list}. Which finding would support ${d}?`;
      const drugText = [
        `As the stem gives it, we are dealing with ${d}, and ${list} fit. One by one: ${away}. The drug for ${d} would be ${lower(row.drug)}; it belongs to the class ${lower(row.class)} and may cause ${lower(row.sideEffect)}, so that should be mentioned. Other treatments may exist, but among these the correct answer appears to be ${answer}.`,
        `1. Condition: ${d}, taken as given in the question.\n2. ${lower(row.drug)} treats ${d}. Class: ${lower(row.class)}.\n3. Possible side effect: ${lower(row.sideEffect)}.\n4. The rest: ${away}.\nUnless something in the history forbids it, I would choose ${answer}.`,
        `Let me see. ${away}. That leaves ${lower(row.drug)}, which is used for ${d} (${list}). It can cause ${lower(row.sideEffect)}. I am reasonably sure: ${answer}.`,
      ];
      const findingText = [
        `${list[0]?.toUpperCase()}${list.slice(1)} suggest ${d}, though none of them is specific. The expected finding in ${d} is ${lower(row.finding)}. Elsewhere, ${away}. I'd confirm with ${lower(row.test)}. The correct answer should be ${answer}.`,
        `- What speaks for ${d}: ${list}.\n- Its finding: ${lower(row.finding)}.\n- Its test: ${lower(row.test)}.\n- Not fitting: ${away}.\nAssuming one disease explains everything, ${answer}.`,
        `Hmm. The question gives us ${list}. Could be several things, but if it is ${d}, then one would look for ${lower(row.finding)} and order ${lower(row.test)}. By contrast ${away}. So the answer given by elimination is ${answer}.`,
      ];
      const texts = isDrug ? drugText : findingText;
      const claims = [
        ...row.symptoms.map((symptom) => `${row.disease} > HAS_SYMPTOM > ${symptom}`),
        ...[row, ...others].map((one) =>
          isDrug ? `${one.drug} > TREATS > ${one.disease}` : `${one.disease} > HAS_FINDING > ${one.finding}`,
        ),
        ...(isDrug
          ? [
              `${row.drug} > HAS_SIDE_EFFECT > ${row.sideEffect}`,
              `${row.drug} > MEMBER_OF_CLASS > ${row.class}`,
            ]
          : [`${row.disease} > DIAGNOSED_BY > ${row.test}`]),
      ];
      return {
        id: `f${at}${isDrug ? "d" : "f"}`,
        source: "slots",
        question: questionOf(stem, options),
        letters: [answer],
        text: texts[(at + half) % texts.length] as string,
        sums: [],
        claims,
      };
    }),
  );
}
