// What a model is shown is the page's own text, letter for letter, and a quote finds its way back.
// The last test reads the sample encyclopedia; another reads real pages under ../shared where they are.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { readPage } from "../wikitext/sections.ts";
import { chunksOf, placeOfQuote } from "./page-chunks.ts";

const page = `{{Short description|A joint disease}}
{{Infobox medical condition
| name = Gout
| symptoms = [[Joint pain]]<ref>{{cite book|title=Joint pain and more}}</ref>, [[fever]]
| treatment = {{hlist|[[Colchicine]]|[[NSAID]]s}}
}}
'''Gout''' is caused by [[uric acid]].<ref>A book about uric acid</ref> It may recur.<!-- really -->

{{stub}}
[[File:Foot.jpg|thumb|A swollen foot]]
== Causes ==
{{main|Hyperuricemia}}
The cause is [[uric acid]].

=== Diet ===
* [[Beer]]
{| class="wikitable"
| not | shown
|}
== References ==
{{reflist}}
Nothing of this is shown.
[[Category:Arthritis]]`;

test("boxes and prose are shown as they are; references, remarks, tables, files and the last sections are not", () => {
  const [chunk, ...more] = chunksOf(readPage(page), 10_000);
  expect(more).toEqual([]);
  expect(chunk!.text.replaceAll(/\n+/g, "\n").trim()).toBe(`{{Infobox medical condition
| name = Gout
| symptoms = [[Joint pain]], [[fever]]
| treatment = {{hlist|[[Colchicine]]|[[NSAID]]s}}
}}
'''Gout''' is caused by [[uric acid]]. It may recur.
== Causes ==
The cause is [[uric acid]].
== Causes > Diet ==
* [[Beer]]`);
});

test("a quote is found at its first shown place, with the field or the heading it stands under", () => {
  const read = readPage(page);
  const [chunk] = chunksOf(read, 10_000) as [ReturnType<typeof chunksOf>[0]];
  const find = (quote: string) => placeOfQuote(read, chunk!, quote);
  expect(find("[[fever]]")?.section).toBe("infobox:symptoms");
  expect(find("[[uric acid]]")).toMatchObject({ section: "", start: page.indexOf("[[uric acid]]") });
  expect(find("The cause is [[uric acid]].")?.section).toBe("Causes");
  expect(find("[[Beer]]")?.section).toBe("Diet");
  // In a reference, across one, in a heading, in a section that is not shown, invented, empty.
  for (const quote of [
    "Joint pain and more",
    "[[uric acid]]. It may recur.",
    "== Causes ==",
    "Nothing of this",
    "Gout is caused by uric acid",
    "",
  ])
    expect(find(quote)).toBeUndefined();
});

test("a chunk is never longer than asked for, and together they show all that one would", () => {
  const letters = "ab .\n=*[]{}|'😀é";
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom(...letters, "\n== H ==\n", "word. Word ", "[[Link|l]]", "<ref>r</ref>"), {
        maxLength: 400,
      }),
      fc.integer({ min: 200, max: 400 }),
      (parts, limit) => {
        const read = readPage(parts.join(""));
        const bodyOf = (size: number): string =>
          chunksOf(read, size)
            .flatMap(({ stretches }) => stretches)
            .map(({ start, end }) => read.scan.text.slice(start, end))
            .join("");
        const chunks = chunksOf(read, limit);
        for (const { text, stretches } of chunks) {
          expect(text.length).toBeLessThanOrEqual(limit);
          for (const { start, end } of stretches) expect(text).toContain(read.scan.text.slice(start, end));
        }
        expect(bodyOf(limit)).toBe(bodyOf(1_000_000));
      },
    ),
    { numRuns: 200 },
  );
});

test("a section that fits into a chunk of its own is not torn, a long one is cut between sentences", () => {
  const section = (name: string, sentences: number): string =>
    `== ${name} ==\n${Array.from({ length: sentences }, (_, i) => `Sentence ${i} of ${name} ends.`).join(" ")}\n`;
  const read = readPage(section("One", 8) + section("Two", 6) + section("Three", 40));
  const chunks = chunksOf(read, 300);
  expect(chunks[0]!.text).toMatch(/^\n== One ==\n[\s\S]*Sentence 7 of One ends\.\n$/u);
  expect(chunks[1]!.text).toMatch(/^\n== Two ==\n[\s\S]*Sentence 5 of Two ends\.\n$/u);
  expect(chunks.length).toBeGreaterThan(5);
  for (const { text } of chunks) expect(text.trim()).toMatch(/^== [\s\S]*\.$/u);
});

for (const folder of ["samples/encyclopedia/pages", "../shared/wikipedia/wikitext"])
  test.skipIf(!existsSync(folder))(`every line that is shown of ${folder} can be quoted back`, () => {
    const files = readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((name) => /\.(?:wikitext|txt|wiki)$/u.test(name))
      .slice(0, 60);
    expect(files.length).toBeGreaterThan(0);
    let lines = 0;
    for (const file of files) {
      const read = readPage(readFileSync(join(folder, file), "utf8"));
      for (const chunk of chunksOf(read, 3000)) {
        expect(chunk.text.length).toBeLessThanOrEqual(3000);
        for (const { start, end } of chunk.stretches)
          for (const line of read.scan.text.slice(start, end).split("\n")) {
            if (line.trim() === "") continue;
            lines += 1;
            const place = placeOfQuote(read, chunk, line);
            expect(place?.quote).toBe(read.scan.text.slice(place!.start, place!.end));
          }
      }
    }
    expect(lines).toBeGreaterThan(files.length);
  });
