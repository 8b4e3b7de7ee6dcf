import { expect, test } from "vitest";
import { code, quote } from "./blocks.ts";
import { renderMarkdown } from "./markdown.ts";
import { renderPage } from "./page.ts";

test("text from data cannot become markup, in Markdown or in the page", () => {
  const blocks = [
    {
      kind: "paragraph" as const,
      text: ["# no heading, ", quote("| *bold* <b> [[link]]"), " ", code("a`|b")],
    },
    { kind: "code" as const, text: "</code><script>alert(1)</script>\n```" },
  ];
  const markdown = renderMarkdown("T <x>", blocks);
  expect(markdown).toContain("# T \\<x\\>");
  expect(markdown).toContain("\\# no heading, “\\| \\*bold\\* \\<b\\> \\[\\[link\\]\\]” ``a`\\|b``");
  expect(markdown).toContain("````\n</code><script>");
  const page = renderPage("T <x>", "s", blocks);
  expect(page).toContain("<title>T &lt;x&gt;</title>");
  expect(page).not.toContain("<script>");
  expect(page).not.toContain("<b>");
});

test("names of predicates keep their underscores", () => {
  expect(renderMarkdown("t", [{ kind: "paragraph", text: "HAS_SYMPTOM and _this_" }])).toContain(
    "HAS_SYMPTOM and \\_this\\_",
  );
});
