/**
 * Strengths of solutions: 1 % holds 1 g in 100 mL, that is 10 mg/mL, and 1:1000 holds 1 mg/mL.
 *
 * Judged are a percentage set equal to a concentration ("20% mannitol is 20 mg/mL"), an amount told of a volume of it
 * ("10 mL of 1% lidocaine contain 10 mg"), and a concentration with the digits of the one percentage that the question
 * or the text names ("50 mg of dextrose per mL" of 50 %). Salts hold less of their ion, so other digits are let pass.
 */
import type { UnitFault } from "./kinds.ts";
import { quantitiesOf } from "./spelled-quantities.ts";
import { convert } from "./ucum.ts";
import { unitAt } from "./unit-words.ts";

const solutes =
  "dextrose|glucose|saline|sodium chloride|NaCl|mannitol|lidocaine|lignocaine|xylocaine|bupivacaine|ropivacaine|mepivacaine|prilocaine|procaine|chloroprocaine|tetracaine|articaine|albumin|calcium gluconate|gluconate|calcium chloride|magnesium(?: sul(?:ph|f)ate)?|MgSO4|potassium chloride|KCl|sodium bicarbonate|bicarbonate|propofol|intralipid|lipid(?: emulsion)?|fat emulsion|hydrocortisone|atropine|pilocarpine|timolol|phenylephrine|tropicamide|adrenaline|epinephrine|aminophylline|thiopental|thiopentone|chlorhexidine|povidone|silver nitrate|solution|strength|syrup|suspension|elixir|cream|ointment|gel|drops|infusion|fluid|葡萄糖|氯化钠|盐水|甘露醇|利多卡因|布比卡因|罗哌卡因|普鲁卡因|丁卡因|白蛋白|葡萄糖酸钙|氯化钙|硫酸镁|氯化钾|碳酸氢钠|丙泊酚|脂肪乳|溶液|注射液";
const percent = "(?<percent>\\d+(?:\\.\\d+)?)\\s?(?:%|percent\\b|per cent\\b)";
const named = new RegExp(
  `${percent}(?:\\s*\\(?w\\/v\\)?)?\\s*(?:-\\s*)?(?:(?:[A-Za-z]+ ){0,1}(?:${solutes})s?|的?(?:${solutes}))`,
  "giu",
);
const trailing = new RegExp(`(?:${solutes})\\s*\\(?\\s*${percent}`, "giu");
const short = /(?<![A-Za-z])D(?<percent>5|10|20|25|50)(?:W)?(?![\w.])/g;
const spelled =
  /(?<![\p{L}-])(?<word>half|one|two|three|five|ten|twenty|twenty-five|fifty|zero point nine) percent(?= [\p{L}])/giu;
const spelledValues: Readonly<Record<string, number>> = {
  half: 0.5,
  one: 1,
  two: 2,
  three: 3,
  five: 5,
  ten: 10,
  twenty: 20,
  "twenty-five": 25,
  fifty: 50,
  "zero point nine": 0.9,
};

interface Solution {
  readonly percent: number;
  readonly digits: string;
  readonly start: number;
  readonly end: number;
}

function solutionsIn(text: string): readonly Solution[] {
  const found: Solution[] = [];
  for (const pattern of [named, trailing, short]) {
    for (const match of text.matchAll(pattern)) {
      const digits = match.groups?.percent as string;
      found.push({ percent: Number(digits), digits, start: match.index, end: match.index + match[0].length });
    }
  }
  for (const match of text.matchAll(spelled)) {
    const value = spelledValues[(match.groups?.word ?? "").toLowerCase()] as number;
    found.push({
      percent: value,
      digits: String(value),
      start: match.index,
      end: match.index + match[0].length,
    });
  }
  // More than that is no solution.
  return found.filter(({ percent: value }) => value > 0 && value <= 70);
}

interface Strength {
  /** In mg/mL. */
  readonly value: number;
  readonly digits: string;
  readonly start: number;
  readonly end: number;
}

const perVolume =
  /^\s*(?:of\s+)?(?:the\s+)?(?:[\p{L}-]+\s+){0,2}?(?:\/|per|in(?: each| every| a| one| 1)?|for(?: each| every)|each|every|a)\s*(?:single )?(?<volume>100\s?)?(?=[\p{L}µ])/iu;
const volumeBefore =
  /(?:(?:each|every|one|per|a|1|100)\s?(?<unit>mL|millilit(?:er|re)|L|lit(?:er|re)|dL)s?\s*(?:of\s+[\p{L} ]{2,20}\s*)?(?:then\s+|therefore\s+|thus\s+|always\s+|will\s+|would\s+)?(?:holds?|contains?|has|have|carr(?:y|ies)|delivers?|provides?|=|is|gives?)\s*(?:about\s+|only\s+|just\s+)?|每\s?(?<han>毫升|mL|ml|升|L|100\s?mL|100\s?毫升)[^\d。]{0,8})$/iu;

/** Concentrations by mass that the text tells: "10 mg/mL", "50 mg of dextrose per mL", "每毫升含10 mg". */
function strengthsIn(text: string): readonly Strength[] {
  return quantitiesOf(text).flatMap((one): Strength[] => {
    const direct = convert(one.unit, one.value, "mg/mL");
    if (direct !== undefined) return [{ ...one, value: direct }];
    const mass = convert(one.unit, one.value, "mg");
    if (mass === undefined) return [];
    const after = perVolume.exec(text.slice(one.end, one.end + 60));
    if (after !== null) {
      const from = one.end + after[0].length;
      const unit = unitAt(text, from);
      const volume = unit === undefined ? undefined : convert(unit.code, 1, "mL");
      if (unit === undefined || volume === undefined) return [];
      const many = after.groups?.volume === undefined ? 1 : 100;
      return [{ value: mass / (volume * many), digits: one.digits, start: one.start, end: unit.end }];
    }
    const before = volumeBefore.exec(text.slice(Math.max(0, one.start - 60), one.start));
    if (before === null) return [];
    const named = before.groups?.unit ?? (before.groups?.han ?? "").replace(/^100\s?/, "");
    const volume = convert(unitAt(named, 0)?.code ?? "", 1, "mL");
    if (volume === undefined) return [];
    const many = /100\s?(?:mL|ml|毫升|dL|L)?/.test(before[0]) ? 100 : 1;
    return [
      {
        value: mass / (volume * many),
        digits: one.digits,
        start: one.start - before[0].length,
        end: one.end,
      },
    ];
  });
}

const relates =
  /^[^.。;；\d]{0,40}?(?:=|≈|\b(?:is|are|means?|equals?|contains?|holds?|has|gives?|corresponds? to|makes?|stands for|comes to|works out (?:at|as|to)|translates? (?:to|into)|i\.e\.|or|so|that is)\b|[(:]|即|就是|等于|相当于|为|是|含|有|约|合)[^.。;；\d]{0,25}$/iu;
const core = (digits: string): string => digits.replace(/[,.]/g, "").replace(/^0+|0+$/g, "");

/** Strengths and contents of solutions that the percentage does not give. */
export function solutionFaults(text: string, given: string): readonly UnitFault[] {
  const own = solutionsIn(text);
  const all = [...own, ...solutionsIn(given)];
  if (all.length === 0) return ratioFaults(text);
  const stated = strengthsIn(given);
  const faults: UnitFault[] = [];
  const single = new Set(all.map((each) => each.percent)).size === 1 ? all[0] : undefined;
  const strengths = strengthsIn(text);
  const isRight = ({ percent: value }: Solution): boolean =>
    strengths.some((each) => Math.abs(each.value - value * 10) <= 0.02 * value * 10);
  for (const strength of strengths) {
    if (stated.some(({ value }) => Math.abs(value - strength.value) < 1e-9 * value)) continue;
    if (isDenied(text, strength.start)) continue;
    const beside = own.find(
      ({ end, start }) =>
        (end <= strength.start && relates.test(text.slice(end, strength.start))) ||
        (start >= strength.end && /^\s*[(=,]?\s*(?:i\.e\.\s*)?$/.test(text.slice(strength.end, start))),
    );
    const isOf = (each: Solution): boolean => core(each.digits) === core(strength.digits);
    const solution =
      beside ??
      (isSpokenOf(text, strength) && single && isOf(single) && !isRight(single) ? single : undefined);
    if (solution === undefined) continue;
    const due = solution.percent * 10;
    if (Math.abs(strength.value - due) <= 0.02 * due) continue;
    // The ion of a salt, or another substance in it.
    if (!isOf(solution)) continue;
    const start = beside === undefined ? strength.start : Math.min(beside.start, strength.start);
    const end = beside === undefined ? strength.end : Math.max(beside.end, strength.end);
    faults.push({ start, end, says: `${solution.digits}% is ${Number(due.toPrecision(4))} mg/mL` });
  }
  return [...faults, ...contentFaults(text, own), ...ratioFaults(text)];
}

/** The sentence names a solution. */
function isSpokenOf(text: string, { start, end }: Strength): boolean {
  const from = Math.max(0, ...[". ", "\n", "。"].map((stop) => text.lastIndexOf(stop, start) + 1));
  const rest = text.slice(end).search(/[.\n](?:\s|$)|。/);
  const sentence = text.slice(from, rest < 0 ? text.length : end + rest);
  return /%|percent|\bD\d/.test(sentence) || new RegExp(`(?:${solutes})`, "i").test(sentence);
}

/** "would be", "not 1 mg/mL", "mistaking it for" */
const isDenied = (text: string, at: number): boolean =>
  /(?:\bnot|n't|\bif|mistak\w+|misread\w*|wrong\w*|误|不是|若)[^.。]{0,30}$/i.test(
    text.slice(Math.max(0, at - 40), at),
  );

/** "10 mL of 1% lidocaine contain 10 mg" */
function contentFaults(text: string, solutions: readonly Solution[]): readonly UnitFault[] {
  const quantities = quantitiesOf(text);
  return solutions.flatMap((solution): UnitFault[] => {
    const volume = quantities.find(
      ({ end, unit }) =>
        end <= solution.start &&
        /^\s*(?:of\s+|的\s*)?(?:a\s+|the\s+)?$/.test(text.slice(end, solution.start)) &&
        convert(unit, 1, "mL") !== undefined,
    );
    const content = quantities.find(({ start }) => start >= solution.end);
    if (volume === undefined || content === undefined) return [];
    const gap = text.slice(solution.end, content.start);
    if (!relates.test(gap) || /per|each|every|\/|每/.test(gap)) return [];
    const mass = convert(content.unit, content.value, "mg");
    if (mass === undefined || mass === 0 || /^\s*(?:\/|per\b|in\b|each)/.test(text.slice(content.end)))
      return [];
    const due = (convert(volume.unit, volume.value, "mL") as number) * solution.percent * 10;
    const power = Math.log10(due / mass);
    if (Math.round(power) === 0 || Math.abs(power - Math.round(power)) > 0.02) return [];
    const says = `${volume.digits} mL of ${solution.digits}% hold ${Number(due.toPrecision(4))} mg`;
    return [{ start: volume.start, end: content.end, says }];
  });
}

/** "1:1000 is 0.1 mg/mL" */
function ratioFaults(text: string): readonly UnitFault[] {
  if (!/(?<!\d)1\s?(?::|in)\s?\d{1,3},?\d{2,3}/.test(text)) return [];
  const strengths = strengthsIn(text);
  return [...text.matchAll(/(?<![\d:.])1\s?(?::|in)\s?(\d{1,3}(?:,\d{3})+|\d{3,6})(?![\d:])/g)].flatMap(
    (match) => {
      const end = match.index + match[0].length;
      const due = 1000 / Number((match[1] as string).replaceAll(",", ""));
      const strength = strengths.find(({ start }) => start >= end && relates.test(text.slice(end, start)));
      if (strength === undefined || isDenied(text, strength.start)) return [];
      const power = Math.log10(due / strength.value);
      if (Math.abs(power) < 0.02 || Math.abs(power - Math.round(power)) > 0.02) return [];
      const says = `${match[0]} is ${Number(due.toPrecision(4))} mg/mL`;
      return [{ start: match.index, end: strength.end, says }];
    },
  );
}
