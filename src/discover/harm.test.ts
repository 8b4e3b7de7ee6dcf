// Organisms by what their pages say of people; each page is a lead, maybe with a heading or a category.
import { expect, test } from "vitest";
import { harmsPeople } from "./harm.ts";
import { typeOfPage } from "./typing.ts";
import { readPage } from "./wikitext/sections.ts";

const box = "{{Speciesbox|name=X}}\n";

test("an organism is a pathogen only where its page speaks of illness in people", () => {
  const cases: readonly (readonly [string, boolean])[] = [
    ["'''X''' is a bacterium that causes [[cholera]].", true],
    ["'''X''' is a roundworm. It infects people who eat raw fish.", true],
    ["'''X''' is a yeast of the skin.\n\n== Clinical significance ==\nIt is found in dandruff.", true],
    ["'''X''' is a coccus.\n\n[[Category:Pathogenic bacteria]]", true],
    ["'''X''' is a mite found in the biofilm of [[bacterial vaginosis]].", true],
    ["'''X''' is a beetle of the family Carabidae. It was described in 1840.", false],
    ["'''X''' is a fungus that causes leaf spot of wheat.", false],
    ["'''X''' is a plant pathogen that infects maize.", false],
    ["'''X''' is a species of fern.\n\n== Description ==\nThe fronds are green.", false],
  ];
  for (const [text, expected] of cases) expect(harmsPeople(readPage(box + text)), text).toBe(expected);
});

test("a harmless organism is no entity by itself", () => {
  const page = readPage(
    `${box}'''X''' is a species of fungus of forest floors.\n\n[[Category:Fungi of Europe]]`,
  );
  expect(typeOfPage("X", page)).toEqual({ kind: "unknown" });
});
