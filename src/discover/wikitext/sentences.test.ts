// Where a sentence ends; the sentences expected are those a person would mark.
import { expect, test } from "vitest";
import { sentencesOf } from "./sentences.ts";

function split(text: string): string[] {
  return sentencesOf(text).map(({ start, end }) => text.slice(start, end));
}

test("sentences end at full stops, not at abbreviations, initials or decimals", () => {
  expect(
    split('It rose by 3.5 units, e.g. Dr. Smith saw it. "So it is." J. Doe agreed! Did E. coli? Yes'),
  ).toEqual([
    "It rose by 3.5 units, e.g. Dr. Smith saw it.",
    '"So it is."',
    "J. Doe agreed!",
    "Did E. coli?",
    "Yes",
  ]);
  expect(
    split("It is made in the U.S. The U.S. Army uses vitamin D. It helps in flu, etc. In sum, no."),
  ).toEqual([
    "It is made in the U.S.",
    "The U.S. Army uses vitamin D.",
    "It helps in flu, etc.",
    "In sum, no.",
  ]);
});

test("sentences of Chinese, Armenian and Hindi need no space between them", () => {
  expect(split("柏林是首都。他说：“好！”然后呢？完")).toEqual([
    "柏林是首都。",
    "他说：“好！”",
    "然后呢？",
    "完",
  ]);
  expect(split("Հաճախ չկան։Երբեմն կա։ Այլ")).toEqual(["Հաճախ չկան։", "Երբեմն կա։", "Այլ"]);
  expect(split("एक। दो। तीन")).toEqual(["एक।", "दो।", "तीन"]);
});

test("a line break always ends a sentence", () => {
  expect(split("Fever\n\nCough \n and more.")).toEqual(["Fever", "Cough", "and more."]);
});
