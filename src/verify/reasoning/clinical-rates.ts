/**
 * Rates told in the wrong time: "urine below 0.5 mL/kg/min", "noradrenaline 0.1 mcg/kg/h", "cardiac output 5 L/h".
 *
 * Each row names what flows, the unit in which it is told, and the span of its values, wide. A value is wrong where it is
 * outside twice the span in its own unit, and inside it in the row's: nothing but the unit explains it.
 */
import { type UnitFault, unitText } from "./kinds.ts";
import { splitSentences } from "./sentences.ts";
import { quantitiesOf, type Stated } from "./spelled-quantities.ts";
import { convert } from "./ucum.ts";

interface Rate {
  readonly names: string;
  readonly units: readonly (readonly [unit: string, low: number, high: number])[];
}

const r = (names: string, ...units: Rate["units"]): Rate => ({ names, units });

const table: readonly Rate[] = [
  r(
    "urin(?:e|ary)|diuresis|oligur\\w*|anuri\\w*|polyuri\\w*|KDIGO|RIFLE|尿量|少尿|无尿|多尿",
    ["mL/kg/h", 0.1, 12],
    ["mL/h", 5, 1500],
  ),
  r("e?GFR|glomerular filtration(?: rate)?|creatinine clearance|CrCl|肾小球滤过率|肌酐清除率", [
    "mL/min",
    5,
    250,
  ]),
  r("cardiac output|心输出量|心排血?量", ["L/min", 0.8, 30]),
  r("cardiac index|心脏?指数", ["L/min/m2", 0.5, 10]),
  r("minute (?:ventilation|volume)|分钟通气量", ["L/min", 1, 150]),
  r("oxygen consumption|VO2|耗氧量", ["mL/min", 60, 4000], ["mL/kg/min", 1.5, 80]),
  r("(?:nasal )?(?:cannula|prongs)|oxygen (?:at|flow)|鼻导管", ["L/min", 0.25, 80]),
  r("maintenance fluids?|维持液", ["mL/h", 4, 300], ["mL/kg/h", 0.8, 10], ["mL/kg/d", 30, 200]),
  r(
    "norepinephrine|noradrenaline|levophed|epinephrine|adrenaline|去甲肾上腺素|肾上腺素",
    ["ug/kg/min", 0.01, 5],
    ["ug/min", 1, 100],
  ),
  r("dopamine|dobutamine|多巴胺|多巴酚丁胺", ["ug/kg/min", 0.5, 50]),
  r("phenylephrine|去氧肾上腺素", ["ug/min", 10, 400], ["ug/kg/min", 0.1, 10]),
  r("vasopressin|加压素", ["[iU]/min", 0.005, 0.2]),
  r("milrinone|米力农", ["ug/kg/min", 0.1, 1.5]),
  r("nitroglycerin|glyceryl trinitrate|GTN|硝酸甘油", ["ug/min", 3, 500], ["ug/kg/min", 0.05, 10]),
  r("nitroprusside|硝普钠", ["ug/kg/min", 0.1, 12]),
  r("esmolol|艾司洛尔", ["ug/kg/min", 20, 400]),
  r("nicardipine|clevidipine|尼卡地平", ["mg/h", 1, 35]),
  r("diltiazem|地尔硫", ["mg/h", 2.5, 20]),
  r("amiodarone|胺碘酮", ["mg/min", 0.2, 20]),
  r("lidocaine|lignocaine|利多卡因", ["mg/min", 0.5, 5]),
  r("insulin|胰岛素", ["[iU]/h", 0.2, 60], ["[iU]/kg/h", 0.01, 1], ["[iU]/kg/d", 0.1, 3], ["[iU]/d", 2, 400]),
  r("(?:unfractionated )?heparin|肝素", ["[iU]/kg/h", 3, 50], ["[iU]/h", 200, 4000]),
  r("propofol|丙泊酚", ["ug/kg/min", 2, 300], ["mg/kg/h", 0.2, 18]),
  r("dexmedetomidine|右美托咪定", ["ug/kg/h", 0.05, 2]),
  r("remifentanil|瑞芬太尼", ["ug/kg/min", 0.01, 3]),
  r("oxytocin|缩宫素|催产素", ["m[iU]/min", 0.3, 60]),
  r("magnesium(?: sul(?:ph|f)ate)?|硫酸镁", ["g/h", 0.4, 6]),
  r("octreotide|奥曲肽", ["ug/h", 10, 150]),
  r("aminophylline|theophylline|氨茶碱", ["mg/kg/h", 0.1, 2]),
  r("morphine|吗啡", ["mg/h", 0.2, 100]),
  r("midazolam|咪达唑仑", ["mg/h", 0.3, 40], ["mg/kg/h", 0.01, 0.6]),
];

const rates = table.map(({ names, units }) => ({
  units,
  pattern: new RegExp(`(?<![\\p{Script=Latin}])(?:${names})(?![\\p{Script=Latin}])`, "giu"),
}));

/** Rates that are possible only in another unit of time, and that the question does not tell so. */
export function rateFaults(text: string, given: readonly Stated[]): readonly UnitFault[] {
  const own = quantitiesOf(text).filter(({ unit }) => /\/(?:h|min|d|s)(?:\/|$)/.test(unit));
  if (own.length === 0) return [];
  return splitSentences(text).flatMap((sentence) => {
    const inside = own.filter(
      ({ start, end }) => start >= sentence.start && end <= sentence.start + sentence.text.length,
    );
    if (inside.length === 0) return [];
    const named = rates.flatMap(({ pattern, units }) =>
      [...sentence.text.matchAll(pattern)].map((match) => {
        const at = sentence.start + match.index;
        return { units, at, end: at + match[0].length };
      }),
    );
    return inside.flatMap((one): UnitFault[] => {
      if (given.some(({ value, unit }) => value === one.value && unit === one.unit)) return [];
      const nearest = [...named]
        .filter(({ at, end }) => isOf(text, at, end, one))
        .sort((a, b) => distance(a.at, one) - distance(b.at, one))[0];
      if (nearest === undefined) return [];
      const due = misfit(one, nearest.units);
      if (due === undefined) return [];
      const says = `${one.digits} ${unitText(one.unit)} is beyond what is possible; ${one.digits} ${unitText(due)} is meant`;
      return [{ start: one.start, end: one.end, says }];
    });
  });
}

/** Named before it with no other quantity of a rate between, or right after it. */
function isOf(text: string, at: number, end: number, one: Stated): boolean {
  if (end > one.start) return /^\s*(?:of |的)?(?:\p{L}+\s){0,1}$/u.test(text.slice(one.end, at));
  const between = text.slice(end, one.start);
  return between.length < 80 && !/\d[^\d]*\/\s?(?:kg|h|min)|;|；/.test(between);
}

/** A name before the number is nearer than one behind it. */
const distance = (at: number, { start }: Stated): number => (at < start ? start - at : 2 * (at - start) + 20);

function misfit(one: Stated, units: Rate["units"]): string | undefined {
  const spans = units.flatMap(([unit, low, high]) => {
    const value = convert(one.unit, one.value, unit);
    return value === undefined ? [] : [{ unit, low, high, value }];
  });
  if (spans.length === 0) return undefined;
  if (spans.some(({ low, high, value }) => value >= low / 2 && value <= high * 2)) return undefined;
  return spans.find(({ low, high }) => one.value >= low && one.value <= high)?.unit;
}
