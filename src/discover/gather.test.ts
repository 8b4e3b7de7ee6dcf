// Names over several pages: chains of redirects in any order, titles that differ in case alone, pages of namesakes.
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Page } from "../records/page.ts";
import { gather } from "./gather.ts";
import { surveyWithProse } from "./reading/survey.ts";
import { segmentFolder, writeSegment } from "./segments.ts";

const box = "{{Infobox medical condition|symptoms=[[Fever]]}}";

function page(title: string, text: string): Page {
  const redirect = /^#REDIRECT \[\[(.*)\]\]/.exec(text)?.[1];
  return {
    title,
    pageId: 1,
    revision: 1,
    timestamp: "",
    ...(redirect === undefined ? {} : { redirect }),
    wikitext: text,
  };
}

async function gathered(pages: readonly Page[]): Promise<ReturnType<typeof gather>> {
  const scratch = await mkdtemp(join(tmpdir(), "fleming-gather-"));
  const surveyed = pages.map((one) => ({ page: one, ...surveyWithProse(one) }));
  await writeSegment(segmentFolder(scratch, 0), surveyed, () => ({
    rejects: [],
    seconds: 0,
    decompressSeconds: 0,
  }));
  return gather(scratch, 1, () => {});
}

test("a chain of redirects leads to its entity, whatever the order of its pages", async () => {
  const chain = [
    page("Zed", "#REDIRECT [[Bee]]"),
    page("Bee", "#REDIRECT [[Cee]]"),
    page("Cee", "#REDIRECT [[Dee fever]]"),
    page("Dee fever", `${box}'''Dee fever''' is a disease.`),
    page("Foo", `{{Infobox medical condition|complications=[[Zed]]}}'''Foo''' is a disease.`),
  ];
  for (const pages of [chain, chain.toReversed()]) {
    const { names, redirects } = await gathered(pages);
    expect(names.link("Zed")?.id).toBe("Dee fever");
    expect([...(redirects.get("Dee fever") ?? [])].sort()).toEqual(["Bee", "Cee", "Zed"]);
  }
});

test("titles that fold to the same are found by their own letters and by no others", async () => {
  const one = page("LIP", `${box}'''LIP''' is a disease.`);
  const two = page("Lip", "{{Infobox anatomy}}'''Lip''' is a body part.");
  for (const pages of [
    [one, two],
    [two, one],
  ]) {
    const { names } = await gathered(pages);
    expect(names.words("lip")?.id).toBe("Lip");
    expect(names.words("LIP")?.id).toBe("LIP");
    expect(names.words("lips")).toBeUndefined();
  }
});

test("a page of namesakes leads on where it lists one entity", async () => {
  const { names } = await gathered([
    page("Foo", `${box}'''Foo''' is a disease with [[Ess]] and [[Tee]].`),
    page("Ess", "{{Disambiguation}}\n* [[Ess fever]], a disease\n* [[Ess, Somerset]], a village"),
    page("Tee", "{{Disambiguation}}\n* [[Ess fever]]\n* [[Foo]]"),
    page("Ess fever", `${box}'''Ess fever''' is a disease.`),
  ]);
  expect(names.link("Ess")?.id).toBe("Ess fever");
  expect(names.link("Tee")).toBeUndefined();
});
