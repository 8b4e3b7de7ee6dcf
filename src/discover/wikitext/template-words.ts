/** The words of templates that say more than one of their parameters: measures, dates, and which parameters count. */
import type { Parameter } from "./templates.ts";

/** True for parameters that stand in their place without a name, or have a number for a name. */
export function isCounted(parameter: Parameter): boolean {
  return /^\d+$/.test(parameter.name);
}

/** Words between the two ends of a range, as they are shown. */
const rangeWords: Readonly<Record<string, string>> = {
  "-": "–",
  "–": "–",
  to: " to ",
  "to(-)": " to ",
  and: " and ",
  "and(-)": " and ",
  or: " or ",
  by: " by ",
  x: " × ",
  "×": " × ",
  "+/-": " ± ",
  "±": " ± ",
};

/** Units that are not written as they are shown. */
const units: Readonly<Record<string, string>> = {
  C: "°C",
  F: "°F",
  ug: "μg",
  um: "μm",
  m2: "m²",
  km2: "km²",
  cm2: "cm²",
  mm2: "mm²",
  m3: "m³",
  cm3: "cm³",
  sqmi: "sq mi",
  sqft: "sq ft",
  floz: "fl oz",
};

/** `{{convert|5|-|10|kg|lb}}` is 5–10 kg; the other unit is left out. */
export function measureOf(text: string, counted: readonly Parameter[]): string {
  const values = counted.slice(0, 12).map((one) => text.slice(one.start, one.end));
  let shown = values[0] ?? "";
  let index = 1;
  for (; index + 1 < values.length; index += 2) {
    const word = values[index] as string;
    if (!Object.hasOwn(rangeWords, word)) break;
    shown += (rangeWords[word] as string) + (values[index + 1] as string);
  }
  const unit = values[index] ?? "";
  const all = unit === "" ? shown : `${shown} ${Object.hasOwn(units, unit) ? units[unit] : unit}`;
  return /[[\]{}<>\n]/.test(all) ? "" : all;
}

const months = "January February March April May June July August September October November December".split(
  " ",
);

/** `{{as of|2015|3|lc=y}}` is "as of March 2015". */
export function asOfDate(text: string, parameters: readonly Parameter[]): string {
  const value = (name: string): string => {
    const found = parameters.find((one) => one.name === name);
    return found ? text.slice(found.start, found.end) : "";
  };
  if (value("alt") !== "") return value("alt");
  const month = months[Number(value("2")) - 1];
  const date = [month === undefined ? "" : value("3"), month ?? value("2"), value("1")];
  return `${value("lc") === "" ? "As of" : "as of"} ${date.filter((one) => one !== "").join(" ")}`;
}
