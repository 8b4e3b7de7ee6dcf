/**
 * Calculations with drawn numbers, each in several layouts, one of them Chinese. The last step is the result that is
 * asked for. What a step shows is what the bench evaluates (sums.ts).
 */
/** What a calculation may ask for while it is written. */
export interface Pen {
  /** Writes "shown = result" and gives the result as it is said. */
  step(shown: string, digits?: number, unit?: string, wrongUnit?: string): { said: string; eq: string };
  /** A drawn whole number from low to high, in steps. */
  draw(low: number, high: number, step?: number): number;
}

export type Calculation = (pen: Pen) => {
  readonly stem: string;
  readonly layouts: readonly { readonly stem?: string; readonly text: string }[];
  /** The result as it is said, and its unit as the options have it. */
  readonly result: string;
  readonly unit: string;
};

export const calculations: Readonly<Record<string, Calculation>> = {
  anionGap({ draw, step }) {
    const [na, cl, bicarbonate] = [draw(130, 146), draw(94, 108), draw(10, 20)];
    const other = step(`${cl} + ${bicarbonate}`);
    const gap = step(`${na} − ${other.said}`, 0, "mmol/L", "mmHg");
    return {
      stem: `Sodium ${na} mmol/L, chloride ${cl} mmol/L, bicarbonate ${bicarbonate} mmol/L. What is the anion gap?`,
      layouts: [
        {
          text: `The anion gap is sodium minus the sum of chloride and bicarbonate. ${other.eq}, and then ${gap.eq}. A normal gap is about 8 to 12 in most laboratories. I leave albumin aside since it isn't given. Answer {letter}.`,
        },
        {
          text: `Na ${na}, Cl ${cl}, HCO3 ${bicarbonate}.\nAnions: ${other.eq}\nGap: ${gap.eq}\nThis may need an albumin correction, but as a raw value it is {letter}.`,
        },
        {
          stem: `血钠${na} mmol/L，血氯${cl} mmol/L，碳酸氢根${bicarbonate} mmol/L，求阴离子间隙。`,
          text: `阴离子间隙等于钠减去氯与碳酸氢根之和。${other.eq}；${gap.eq}。未给白蛋白，故不作校正，结果可能略有偏差。选{letter}。`,
        },
      ],
      result: gap.said,
      unit: "mmol/L",
    };
  },
  correctedCalcium({ draw, step }) {
    const [calcium, albumin] = [draw(70, 88) / 10, draw(18, 34) / 10];
    const low = step(`4.0 − ${albumin.toFixed(1)}`, 1);
    const add = step(`0.8 × ${low.said}`, 2);
    const result = step(`${calcium.toFixed(1)} + ${add.said}`, 2, "mg/dL", "mmHg");
    return {
      stem: `Total calcium ${calcium.toFixed(1)} mg/dL, albumin ${albumin.toFixed(1)} g/dL. What is the corrected calcium?`,
      layouts: [
        {
          text: `Albumin is below 4, so total calcium understates the ionised part. The shortfall is ${low.eq}; times 0.8 that gives ${add.eq}; and adding it back, ${result.eq}. The correction is only an estimate. {letter}.`,
        },
        {
          text: `Step 1: ${low.eq}\nStep 2: ${add.eq}\nStep 3: ${result.eq}\nIf it mattered clinically I would rather measure ionised calcium. {letter}.`,
        },
        {
          stem: `血钙${calcium.toFixed(1)} mg/dL，白蛋白${albumin.toFixed(1)} g/dL，校正血钙是多少？`,
          text: `白蛋白偏低，需要校正。差值：${low.eq}；乘以系数：${add.eq}；校正后：${result.eq}。该公式只是估算，必要时测游离钙。选{letter}。`,
        },
      ],
      result: result.said,
      unit: "mg/dL",
    };
  },
  creatinineClearance({ draw, step }) {
    const [age, weight, creatinine] = [draw(38, 84), draw(52, 96), draw(8, 24) / 10];
    const years = step(`140 − ${age}`);
    const top = step(`${years.said} × ${weight}`);
    const bottom = step(`72 × ${creatinine.toFixed(1)}`, 1);
    const result = step(`${top.said} / ${bottom.said}`, 1, "mL/min", "mg/dL");
    return {
      stem: `A man of ${age} years and ${weight} kg has a serum creatinine of ${creatinine.toFixed(1)} mg/dL. What is his creatinine clearance by Cockcroft–Gault?`,
      layouts: [
        {
          text: `For a man there is no sex factor. ${years.eq}. ${top.eq}. Below the line: ${bottom.eq}. Together ${result.eq}. It assumes a steady creatinine. {letter}.`,
        },
        {
          text: `Cockcroft–Gault, written out:\n- ${years.eq}\n- ${top.eq}\n- ${bottom.eq}\n- ${result.eq}\nI take the weight to be his usual one. So {letter}.`,
        },
        {
          stem: `男，${age}岁，体重${weight} kg，血肌酐${creatinine.toFixed(1)} mg/dL，用Cockcroft–Gault公式估算肌酐清除率。`,
          text: `按Cockcroft–Gault公式计算。${years.eq}；${top.eq}；分母${bottom.eq}；所以${result.eq}。前提是肌酐稳定。选{letter}。`,
        },
      ],
      result: result.said,
      unit: "mL/min",
    };
  },
  weightDose({ draw, step }) {
    const [weight, dose, strength] = [draw(14, 82), draw(3, 20), draw(10, 50, 10)];
    const total = step(`${dose} mg/kg × ${weight} kg`, 0, "mg", "mg/kg");
    const volume = step(`${total.said} mg ÷ ${strength} mg/mL`, 1, "mL", "mg");
    return {
      stem: `A patient of ${weight} kg is to have ${dose} mg/kg of a drug that comes as ${strength} mg/mL. What volume is given?`,
      layouts: [
        {
          text: `Mass first, volume second. ${total.eq}. ${volume.eq}. I assume ${dose} mg/kg is a single dose and not spread over the day. Therefore {letter}.`,
        },
        {
          text: `Wait, is the dose per day or per dose? The stem reads like a single dose, so I go on with that: ${total.eq}, and from the concentration ${volume.eq}. {letter} it is.`,
        },
        {
          stem: `患者体重${weight} kg，某药${dose} mg/kg，浓度${strength} mg/mL，应给多少毫升？`,
          text: `先算剂量：${total.eq}。再算体积：${volume.eq}。这里假定为单次剂量。选{letter}。`,
        },
      ],
      result: volume.said,
      unit: "mL",
    };
  },
  dripRate({ draw, step }) {
    const [volume, hours, factor] = [draw(500, 1500, 250), draw(4, 12), draw(15, 20, 5)];
    const minutes = step(`${hours} × 60`);
    const drops = step(`${volume} × ${factor}`);
    const result = step(`${drops.said} / ${minutes.said}`, 0, "drops/min", "mL/min");
    return {
      stem: `${volume} mL are to run over ${hours} hours through a set of ${factor} drops/mL. What is the drip rate?`,
      layouts: [
        {
          text: `Time in minutes: ${minutes.eq}. Drops in all: ${drops.eq}. Rate: ${result.eq}. In practice one counts and adjusts, so a drop more or less is of no account. {letter}.`,
        },
        {
          text: `(a) ${drops.eq} drops to deliver\n(b) ${minutes.eq} minutes to do it in\n(c) ${result.eq}\nPresuming the set factor is as stated, {letter}.`,
        },
      ],
      result: result.said,
      unit: "drops/min",
    };
  },
  osmolality({ draw, step }) {
    const [na, glucose, bun] = [draw(124, 148), draw(90, 540, 18), draw(14, 70, 14)];
    const twice = step(`2 × ${na}`);
    const sugar = step(`${glucose} / 18`, 1);
    const urea = step(`${bun} / 2.8`, 1);
    const result = step(`${twice.said} + ${sugar.said} + ${urea.said}`, 0, "mOsm/kg", "mL/min");
    return {
      stem: `Sodium ${na} mmol/L, glucose ${glucose} mg/dL, BUN ${bun} mg/dL. What is the calculated serum osmolality?`,
      layouts: [
        {
          text: `Three terms. Sodium counts double: ${twice.eq}. Glucose: ${sugar.eq}. Urea nitrogen: ${urea.eq}. Sum: ${result.eq}. An unmeasured alcohol would of course escape this. {letter}.`,
        },
        {
          text: `${twice.eq}; ${sugar.eq}; ${urea.eq}. Adding up, ${result.eq}. That would be {letter}, if the laboratory's values are from the same sample.`,
        },
      ],
      result: result.said,
      unit: "mOsm/kg",
    };
  },
  meanPressure({ draw, step }) {
    const diastolic = draw(54, 98);
    const systolic = diastolic + draw(30, 66, 3);
    const pulse = step(`${systolic} − ${diastolic}`);
    const third = step(`${pulse.said} / 3`, 0);
    const result = step(`${diastolic} + ${third.said}`, 0, "mmHg", "mg/dL");
    return {
      stem: `Blood pressure is ${systolic}/${diastolic} mmHg. What is the mean arterial pressure?`,
      layouts: [
        {
          text: `Pulse pressure: ${pulse.eq}. A third of it: ${third.eq}. Mean arterial pressure: ${result.eq}. The one-third rule is an approximation for normal heart rates. {letter}.`,
        },
        {
          text: `Diastole takes about two thirds of the cycle, so it weighs more. ${pulse.eq}, then ${third.eq}, then ${result.eq}. I'd say {letter}.`,
        },
        {
          stem: `血压${systolic}/${diastolic} mmHg，平均动脉压是多少？`,
          text: `脉压：${pulse.eq}。三分之一：${third.eq}。平均动脉压：${result.eq}。该近似适用于正常心率。选{letter}。`,
        },
      ],
      result: result.said,
      unit: "mmHg",
    };
  },
  bodyMassIndex({ draw, step }) {
    const [height, weight] = [draw(150, 192, 2) / 100, draw(48, 118)];
    const square = step(`${height.toFixed(2)} × ${height.toFixed(2)}`, 2);
    const result = step(`${weight} / ${square.said}`, 1, "kg/m²", "kg/L");
    return {
      stem: `Height ${height.toFixed(2)} m, weight ${weight} kg. What is the BMI?`,
      layouts: [
        {
          text: `Height squared: ${square.eq}. Weight over that: ${result.eq}. BMI cannot tell fat from muscle, but as a number this is {letter}.`,
        },
        {
          text: `BMI = weight / height². I get ${square.eq} and ${result.eq}, so {letter}, give or take rounding.`,
        },
        {
          stem: `身高${height.toFixed(2)} m，体重${weight} kg，体重指数是多少？`,
          text: `身高的平方：${square.eq}；体重指数：${result.eq}。四舍五入可能有微小误差。选{letter}。`,
        },
      ],
      result: result.said,
      unit: "kg/m²",
    };
  },
  predictiveValue({ draw, step }) {
    const [ill, sensitivity, specificity] = [draw(20, 200, 20), draw(70, 95, 5), draw(80, 95, 5)];
    const well = step(`1000 − ${ill}`);
    const hits = step(`${ill} × ${(sensitivity / 100).toFixed(2)}`, 0);
    const alarms = step(`${well.said} × ${((100 - specificity) / 100).toFixed(2)}`, 0);
    const positives = step(`${hits.said} + ${alarms.said}`);
    const result = step(`100 × ${hits.said} / ${positives.said}`, 1, "%", "mmol/L");
    return {
      stem: `Of 1000 people ${ill} have the disease. A test has a sensitivity of ${sensitivity} % and a specificity of ${specificity} %. What is the positive predictive value?`,
      layouts: [
        {
          text: `Healthy: ${well.eq}. True positives: ${hits.eq}. False positives: ${alarms.eq}. All positives: ${positives.eq}. Share that is ill: ${result.eq}. Rounding to whole persons may shift the last digit. {letter}.`,
        },
        {
          text: `A table helps.\n| ill | ${hits.eq} |\n| healthy | ${well.eq}, of whom positive ${alarms.eq} |\nPositives ${positives.eq}, hence ${result.eq}. Assuming the prevalence holds for whoever is tested, {letter}.`,
        },
      ],
      result: result.said,
      unit: "%",
    };
  },
  burnFluid({ draw, step }) {
    const [weight, area] = [draw(50, 95, 5), draw(15, 45, 5)];
    const total = step(`4 × ${weight} × ${area}`);
    const half = step(`${total.said} / 2`, 0);
    const result = step(`${half.said} / 8`, 0, "mL/h", "mmol/h");
    return {
      stem: `A patient of ${weight} kg has burns of ${area} % of the body surface. By Parkland's formula, what is the rate in the first 8 hours?`,
      layouts: [
        {
          text: `Parkland: 4 mL per kg per percent in 24 hours. ${total.eq} mL. Half of it in the first eight hours: ${half.eq} mL. Per hour ${result.eq}. Eight hours run from the burn, not from arrival; I assume he came at once. {letter}.`,
        },
        {
          text: `${total.eq} for the day → ${half.eq} for the first part → ${result.eq}. Urine output should steer it from there, so take {letter} as a starting point.`,
        },
      ],
      result: result.said,
      unit: "mL/h",
    };
  },
};
