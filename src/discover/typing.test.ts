// What boxes, codes, categories and the first sentence say together; each page is written for its case.
import { expect, test } from "vitest";
import { type Typing, typeOfPage } from "./typing.ts";
import { readPage } from "./wikitext/sections.ts";

function typed(title: string, wikitext: string): Typing {
  return typeOfPage(title, readPage(wikitext));
}

const resources = "\n\n{{Medical resources|ICD10={{ICD10|X|12|0|x|00}}|DiseasesDB=1}}";

test("codes speak for a type with other words, and are not enough alone", () => {
  const plain = "'''Foo''' was first told of in 1900.";
  expect(typed("Foo", plain + resources).kind).toBe("unknown");
  const both = typed("Foo", `${plain}${resources}\n[[Category:Rare diseases]]`);
  expect(both).toMatchObject({ kind: "entity", type: "disease" });
  expect(both.kind === "entity" && both.reasons).toContain("code ICD-10 X12.0");
});

test("a chapter of symptoms makes no disease", () => {
  const text =
    "'''Foo''' is a symptom.\n\n{{Medical resources|ICD10={{ICD10|R|05||r|00}}}}\n[[Category:Symptoms and signs]]";
  expect(typed("Foo", text)).toMatchObject({ kind: "entity", type: "symptom" });
});

test("a score rises with what speaks for a type and falls with what speaks for another", () => {
  const box = "{{Infobox medical condition}}";
  const score = (text: string): number => {
    const found = typed("Foo", text);
    return found.kind === "entity" ? found.score : 0;
  };
  const clear = score(`${box}'''Foo''' is a disease.\n[[Category:Rare diseases]]`);
  const mixed = score(`${box}'''Foo''' is a drug.\n[[Category:Antibiotics]]`);
  expect(clear).toBeGreaterThan(mixed);
  expect(clear).toBeLessThanOrEqual(1);
  expect(score("'''Foo''' is a village.")).toBe(0);
});
