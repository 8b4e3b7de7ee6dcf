// What a reader sees of a page, piece by piece; the words expected are those that MediaWiki shows.
import { expect, test } from "vitest";
import { flatten } from "./plain.ts";
import { scan } from "./scan.ts";
import { blocksOf, readPage } from "./sections.ts";

function plain(text: string): string {
  return flatten(scan(text), 0, text.length).text;
}

/** Links as [target, words, text of the page]. */
function links(text: string): string[][] {
  const flat = flatten(scan(text), 0, text.length);
  return flat.links.map((link) => [
    link.target,
    flat.text.slice(link.start, link.end),
    text.slice(link.sourceStart, link.sourceEnd),
  ]);
}

test("links keep their tail and their target's first letter, in the letters of many languages", () => {
  expect(
    links("[[corticosteroid]]s, [[fever|hot]]Ly [[Straße]]nbahnübergang [[жар]]ом [[ճարպ]]ը [[a]]2"),
  ).toEqual([
    ["Corticosteroid", "corticosteroids", "[[corticosteroid]]s"],
    ["Fever", "hot", "[[fever|hot]]"],
    ["Straße", "Straßenbahnübergang", "[[Straße]]nbahnübergang"],
    ["Жар", "жаром", "[[жар]]ом"],
    ["Ճարպ", "ճարպը", "[[ճարպ]]ը"],
    ["A", "a", "[[a]]"],
  ]);
});

test("links without words of their own show what the pipe trick would have made", () => {
  expect(
    links("[[Pneumonia (disease)|]] [[Boston, Massachusetts|]] [[肺炎（疾病）|]]").map(([, words]) => words),
  ).toEqual(["Pneumonia", "Boston", "肺炎"]);
  expect(plain("[[:Category:Fever|]] [[:Category:Fever]] [[|x]]")).toBe("Fever Category:Fever x");
});

test("files, categories and other languages show nothing, other projects and places show their words", () => {
  expect(
    plain(
      "a[[File:A.jpg|thumb|with [[x]] {{y}}]]b[[Datei:A.jpg]]c[[Category:B|C]]d[[fr:Fièvre]]e[[Kategorie:F]]f[[文件:A.jpg|b]]g",
    ),
  ).toBe("abcdefg");
  expect(
    links("[[wikt:fever|fever]] [[#Here|here]] [[Help:X]] [[:fr:Fièvre|fièvre]] [[Media:A.ogg|hear]]"),
  ).toEqual([]);
  expect(plain("[[wikt:fever|fever]] [[#Here|here]] [[:fr:Fièvre|fièvre]] [[Media:A.ogg|hear]]")).toBe(
    "fever here fièvre hear",
  );
  expect(links("[[Fever#Types|types]] [[Re:Zero]] [[beta_blocker]]  [[Caf%C3%A9]] [[A&ndash;B]]")).toEqual([
    ["Fever", "types", "[[Fever#Types|types]]"],
    ["Re:Zero", "Re:Zero", "[[Re:Zero]]"],
    ["Beta blocker", "beta_blocker", "[[beta_blocker]]"],
    ["Café", "Caf%C3%A9", "[[Caf%C3%A9]]"],
    ["A–B", "A–B", "[[A&ndash;B]]"],
  ]);
});

test("links may hold markup, line ends and pipes in their words", () => {
  expect(
    links("[[E. coli|''E.''<ref>x</ref> coli]] [[a|b|c]] [[a|b\nc]] [[a<!-- x -->|b<!-- y -->]]"),
  ).toEqual([
    ["E. coli", "E. coli", "[[E. coli|''E.''<ref>x</ref> coli]]"],
    ["A", "b|c", "[[a|b|c]]"],
    ["A", "b c", "[[a|b\nc]]"],
    ["A", "b", "[[a<!-- x -->|b<!-- y -->]]"],
  ]);
  expect(plain("the [[NHS about £10. It is [[semisynthetic|altering]] it")).toBe(
    "the NHS about £10. It is altering it",
  );
});

test("external links show their label", () => {
  expect(
    plain("[http://x.org the {{nowrap|[[World]] site}}] [//x.org y] [http://x.org] [[http://x.org z]] [not]"),
  ).toBe("the World site y  [z] [not]");
  expect(links("[http://x.org the [[World]]]")).toEqual([["World", "World", "[[World]]"]]);
});

test("quotes are bold, italics or apostrophes as MediaWiki counts them", () => {
  expect(plain("'''b''' ''i'' '''''bi''''' ''''x''' a'''''''y''''' L'''E. coli'' it's")).toBe(
    "b i bi 'x a''y L'E. coli it's",
  );
  const text = "'''Fever''' ('''pyrexia''') is\n'''open\nthen";
  const flat = flatten(scan(text), 0, text.length);
  const bold: string[] = [];
  for (let i = 0; i + 1 < flat.bold.length; i += 2)
    bold.push(flat.text.slice(flat.bold[i], flat.bold[i + 1]));
  expect(bold).toEqual(["Fever", "pyrexia", "open"]);
});

test("character entities, magic words and nowiki", () => {
  expect(plain("5&nbsp;&micro;g &ndash; &#946;&#x3b2; &Eacute;&hellip; &bogus; AT&T &lt;b&gt;")).toBe(
    "5 µg – ββ É… &bogus; AT&T <b>",
  );
  expect(plain("__NOTOC__a__KEIN_INHALTSVERZEICHNIS__b snake__case __x__")).toBe("ab snake__case __x__");
  expect(plain("a<nowiki>[[z]] ''q''</nowiki>b<nowiki/>c<math>24X</math><math>\\frac{a}{b}</math>")).toBe(
    "a[[z]] ''q''bc24X",
  );
});

test("templates of prose show their words, others nothing", () => {
  expect(
    plain(
      "{{lang|de|Fieber}} {{lang-la|febris}} {{convert|5|-|10|kg|lb}} {{convert|37|C|F}} {{cvt|3|km2}} {{nowrap|a b}} " +
        "{{as of|2015|3|lc=y}} {{circa|1500}} {{abbr|MD|Doctor}} {{frac|5|1|2}} {{chem|H|2|O}} {{ill|X|de|Y|lt=z}} {{!}}{{snd}}",
    ),
  ).toBe("Fieber febris 5–10 kg 37 °C 3 km² a b as of March 2015 c. 1500 MD 5 1/2 H2O z | – ");
  expect(
    plain(
      "a{{main|B}}{{citation needed|date=May 2010}}{{efn|note}}{{sfn|X|2000}}{{#if:a|b}}{{cite web|title=x}}c",
    ),
  ).toBe("ac");
});

test("language variants show one script, and chemistry is left alone", () => {
  expect(plain("德国-{zh-hans:联邦州; zh-hant:邦}-之一-{T|zh:x}-和-{A|zh-tw:乙;zh-cn:甲}-，-{柏林}-")).toBe(
    "德国联邦州之一和甲，柏林",
  );
  expect(plain("(2R)-2-{[(1S)-4-amino]oxy}-5-methyl")).toBe("(2R)-2-{[(1S)-4-amino]oxy}-5-methyl");
});

test("lists of every form give one line an item", () => {
  for (const list of [
    "{{hlist|[[A]]|[[B]]}}",
    "{{plainlist|\n* [[A]]\n* [[B]]\n}}",
    "{{Plainlist|1=\n* [[A]]\n* [[B]]\n}}",
    "{{plainlist}}\n* [[A]]\n* [[B]]\n{{endplainlist}}",
    "{{unbulleted list|[[A]]|[[B]]|class=x}}",
    "{{Unbulleted_list | [[A]] | [[B]] }}",
    "{{ubl|[[A]]|[[B]]}}",
    "{{ublist|[[A]]|[[B]]}}",
    "{{bulleted list|[[A]]|[[B]]}}",
    "{{comma separated entries|[[A]]|[[B]]}}",
    "{{flatlist|\n* [[A]]\n* [[B]]\n}}",
    "{{flatlist}}\n* [[A]]\n* [[B]]\n{{endflatlist}}",
    "{{nowrap|{{hlist|[[A]]|{{small|[[B]]}}}}}}",
    "[[A]]<br>[[B]]",
    "[[A]]<br/>[[B]]",
    "[[A]]<BR />[[B]]",
    "[[A]]</br>[[B]]",
    "<ul><li>[[A]]</li><li>[[B]]</li></ul>",
    "\n* [[A]]\n* [[B]]",
    "\n# [[A]]\n## [[B]]",
    "; [[A]]\n: [[B]]",
  ])
    expect(plain(list).trim(), list).toBe("A\nB");
});

test("blocks are paragraphs and items; a list template that stands alone gives its items", () => {
  const page = readPage(
    "{{Box}}\n'''One''' goes\non.\n<!-- c -->\nStill one.\n\nTwo\n* item\n<!-- c -->* [[b]]\n----\n{{columns-list|colwidth=20em|\n* c\n* d {{nowrap|e}}\n}}\n" +
      "{{hlist|f|g}} {{hlist|h}}\n | debris\n{{ubl|{{ubl|i|j}}|k}}<!-- c -->\n[[Category:X]]\n<gallery>\nFile:A.jpg|l\n</gallery>",
  );
  const blocks = page.sections.flatMap((section) => [...blocksOf(page.scan, section)]);
  expect(blocks.map(({ kind, flat }) => `${kind[0]} ${flat.text.replace(/\s+/g, " ").trim()}`)).toEqual([
    "p One goes on. Still one.",
    "p Two",
    "i item",
    "i b",
    "i c",
    "i d e",
    "p f g h",
    "i i",
    "i j",
    "i k",
  ]);
  expect(page.categories).toEqual(["X"]);
});
