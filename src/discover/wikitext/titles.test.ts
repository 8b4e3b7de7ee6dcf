// Titles and targets by hand; the languages' names are those of their namespaces.
import { expect, test } from "vitest";
import { categoryOf, linkTarget, normaliseTitle, redirectOf } from "./titles.ts";

test("titles are compared without underscores, marks of direction and entities", () => {
  expect(normaliseTitle("beta_blocker")).toBe("Beta blocker");
  expect(normaliseTitle(" a  b\u200e ")).toBe("A b");
  expect(normaliseTitle("Rocky&nbsp;Mountain &amp; more")).toBe("Rocky Mountain & more");
  expect(normaliseTitle("ßa")).toBe("ßa");
});

test("a link leads to a page, is words alone, or is skipped", () => {
  expect(linkTarget("de:Fieber")).toEqual({ kind: "skipped" });
  expect(linkTarget(":de:Fieber")).toEqual({ kind: "here" });
  expect(linkTarget("wikt:fever")).toEqual({ kind: "here" });
  expect(linkTarget("Bestand:A.jpg")).toEqual({ kind: "skipped" });
  expect(linkTarget("Alien: Resurrection")).toEqual({ kind: "page", title: "Alien: Resurrection" });
  expect(linkTarget("a&#39;b#c")).toEqual({ kind: "page", title: "A'b" });
  expect(linkTarget("100%_pure#x")).toEqual({ kind: "page", title: "100% pure" });
  expect(linkTarget("{{PAGENAME}}")).toEqual({ kind: "here" });
});

test("categories and redirects are known in several languages", () => {
  expect(categoryOf("Category: rare diseases ")).toBe("Rare diseases");
  expect(categoryOf("Kategorie:Krankheit")).toBe("Krankheit");
  expect(categoryOf("分類:疾病")).toBe("疾病");
  expect(categoryOf("Thể loại:Bệnh")).toBe("Bệnh");
  expect(categoryOf("Fever")).toBeUndefined();
  expect(redirectOf("#REDIRECT [[Amoeba]] {{R from CamelCase}}")).toBe("Amoeba");
  expect(redirectOf("#Weiterleitung [[fieber#Arten]]")).toBe("Fieber");
  expect(redirectOf("#重定向[[柏林]]")).toBe("柏林");
  expect(redirectOf("# [[Fever]]")).toBeUndefined();
});
