// How a text becomes words.
import { expect, test } from "vitest";
import { isEmptyWord, isHan, isNumberWord, wordsOf } from "./words.ts";

test("words come without case, accents, width and marks; a decimal, a ratio and a thousand are one number", () => {
  expect(wordsOf("Behçet’s  disease: BP 120/80, 37.5°C, 12,000 cells. (IL-6)")).toEqual([
    "behcet",
    "s",
    "disease",
    "bp",
    "120/80",
    "37.5",
    "c",
    "12,000",
    "cells",
    "il",
    "6",
  ]);
  expect(wordsOf("ＡＢＣ　１２")).toEqual(["abc", "12"]);
  expect(wordsOf("β-blocker")).toEqual(["β", "blocker"]);
});

test("a Han character is a word of its own, beyond the basic plane too", () => {
  expect(wordsOf("患者，男性，35岁。CT示𠮷")).toEqual(["患", "者", "男", "性", "35", "岁", "ct", "示", "𠮷"]);
  expect(["患", "𠮷", "a", "5"].map(isHan)).toEqual([true, true, false, false]);
});

test("numbers and words that say nothing are told apart from content", () => {
  expect(["37", "3rd", "b12"].map(isNumberWord)).toEqual([true, true, false]);
  expect(["the", "patient", "likely", "gout"].map(isEmptyWord)).toEqual([true, true, true, false]);
});
