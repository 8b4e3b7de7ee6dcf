// What a page that tells namesakes apart lists.
import { expect, test } from "vitest";
import { listedPages } from "./disambiguation.ts";
import { readPage } from "./sections.ts";

test("the first link of each item is listed, once, in order, without what is beside the name", () => {
  const page = readPage(
    "'''CF''' may refer to [[Fluorine]]:\n* [[Cystic fibrosis]], a [[genetic disease]]\n** [[Carbon film|CF]]\n* ''CF'', by [[x]] and [[y]]\n" +
      "* no link\n* [[cystic fibrosis]]\n{{ubl|[[A]], [[b]]|[[C]]}}\n== See also ==\n* [[Fever]]\n=== More ===\n* [[G]]\n== Other ==\n# [[D#e|f]]\n{{disambiguation}}",
  );
  expect(listedPages(page)).toEqual(["Cystic fibrosis", "Carbon film", "X", "A", "C", "D"]);
});
