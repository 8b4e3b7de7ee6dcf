// The stage on pages written for the test, on real pages whose boxes were read by hand, and on all shared pages.
import { existsSync } from "node:fs";
import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { stageContext } from "../base/fixtures/stage-context.ts";
import { sha256 } from "../base/hash.ts";
import type { Counts } from "../base/stage.ts";
import type { KnowledgeGraph } from "../graph/graph.ts";
import { graphStatistics } from "../graph/statistics.ts";
import { openGraph } from "../graph/store.ts";
import { discoverSection } from "../recipe/sections/discover.ts";
import type { Predicate } from "../records/relation.ts";
import { runDiscover } from "./discover.ts";

const shared = "../shared/wikipedia";

interface Discovered {
  readonly folder: string;
  readonly counts: Counts;
  readonly graph: KnowledgeGraph;
}

async function discover(source: string | string[]): Promise<Discovered> {
  const folder = await mkdtemp(join(tmpdir(), "fleming-discover-"));
  const context = stageContext(folder, discoverSection.parse({ source }), { folder });
  const counts = await runDiscover(context);
  return { folder, counts, graph: await openGraph(folder) };
}

async function pages(files: Record<string, string>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "fleming-pages-"));
  for (const [title, text] of Object.entries(files))
    await writeFile(join(folder, `${title.replaceAll(" ", "_").replaceAll("/", "%2F")}.wikitext`), text);
  return folder;
}

function tails(graph: KnowledgeGraph, head: string, predicate: Predicate): string[] {
  return graph.out(head, predicate).map((one) => one.tail);
}

const small = {
  "Shivering fever": `{{Infobox medical condition (new)
| synonyms = Shakes
| symptoms = {{hlist|[[Fever]]|[[itch]]ing}}, back pain<ref name=a/>
| diagnosis = [[Blood smear]]
| treatment = [[quinol]]s
| frequency = 1 in 30,000
}}
'''Shivering fever''' is an infection caused by ''[[Plasmodium falciparum]]''.

==Signs and symptoms==
* '''Early:''' [[fever]], [[tired|fatigue]]
* [[Cough]] is absent
[[Rash]] does not occur.

==Pathophysiology==
It results from [[hemolysis]].

==Diagnosis==
The smear shows the [[ring form]].

===Differential diagnosis===
* [[Gout]]

==History==
[[Headache]] was described by Galen.
[[Category:Rare diseases]]`,
  Fever: "{{Infobox symptom|name=Fever}}\n'''Fever''' is a symptom.\n[[Category:Symptoms and signs]]",
  Fatigue: "'''Fatigue''' is a symptom.\n[[Category:Symptoms]]",
  Tired: "#REDIRECT [[Fatigue]]",
  Loop: "#REDIRECT [[Loop]]",
  Cough: "'''Cough''' is a symptom.\n[[Category:Symptoms]]",
  Rash: "'''Rash''' is a symptom.\n[[Category:Symptoms]]",
  Headache: "'''Headache''' is a symptom.\n[[Category:Symptoms]]",
  "Blood smear": "A '''blood smear''' is a blood test.\n[[Category:Blood tests]]",
  Gout: "{{Infobox disease|symptoms=[[Fever]]}}\n'''Gout''' is a disease.",
  Quinol: `{{Drugbox
| tradename = Quinox
| ATC_prefix = P01
| ATC_suffix = BC01
| class = [[Antimalarial agent]]
}}
'''Quinol''' is a medication used to treat [[shivering fever]].
== Contraindications ==
It must not be given in [[gout]].
== Adverse effects ==
[[Headache]]; [[rash]] is not seen.
`,
  "Ada Physician": "'''Ada Physician''' (1900–1980) was a scientist.\n[[Category:1900 births]]",
};

test("boxes, sections and sentences become relations; denied clauses and history do not", async () => {
  const { graph, counts } = await discover(await pages(small));
  const head = "Shivering fever";
  expect(tails(graph, head, "HAS_SYMPTOM")).toEqual(["Back pain", "Fatigue", "Fever", "Itch"]);
  expect(tails(graph, head, "DIAGNOSED_BY")).toEqual(["Blood smear"]);
  expect(tails(graph, head, "CAUSED_BY")).toEqual(["Plasmodium falciparum"]);
  expect(tails(graph, head, "HAS_MECHANISM")).toEqual(["Hemolysis"]);
  expect(tails(graph, head, "HAS_FINDING")).toEqual(["Ring form"]);
  expect(tails(graph, head, "DIFFERENTIAL_DIAGNOSIS")).toEqual(["Gout"]);
  expect(tails(graph, head, "TREATED_WITH")).toEqual(["Quinol"]);
  expect(tails(graph, "Quinol", "TREATS")).toEqual([head]);
  expect(tails(graph, "Quinol", "MEMBER_OF_CLASS")).toEqual(["Antimalarial agent"]);
  expect(tails(graph, "Quinol", "CONTRAINDICATED_IN")).toEqual(["Gout"]);
  expect(tails(graph, "Quinol", "HAS_SIDE_EFFECT")).toEqual(["Headache"]);
  expect(graph.entities.get("Quinol")).toMatchObject({ type: "drug", identifiers: { ATC: "P01BC01" } });
  expect(graph.entities.get(head)).toMatchObject({ rarity: { isRare: true }, aliases: ["Shakes"] });
  expect(graph.entities.get("Fatigue")?.aliases).toEqual(["Tired"]);
  expect(graph.entities.get("Itch")?.page).toBeUndefined();
  expect(graph.entities.has("Ada Physician")).toBe(false);
  expect(counts).toMatchObject({ pages: 12, redirects: 2, notMedical: 1 });
});

test("both sides of a treatment rest on the same words", async () => {
  const { graph } = await discover(await pages(small));
  const treats = graph.find("Quinol", "TREATS", "Shivering fever");
  const treated = graph.find("Shivering fever", "TREATED_WITH", "Quinol");
  expect(treats?.evidence.map((one) => one.quote)).toContain("[[quinol]]s");
  expect(treats?.evidence.map((one) => one.quote).sort()).toEqual(
    treated?.evidence.map((one) => one.quote).sort(),
  );
});

test("the same pages give the same bytes", async () => {
  const source = await pages(small);
  const [one, other] = [await discover(source), await discover(source)];
  for (const file of ["pages.parquet", "entities.parquet", "relations.parquet", "corpus.jsonl"]) {
    const hashes = [];
    for (const { folder } of [one, other]) hashes.push(sha256(await readFile(join(folder, file))));
    expect(hashes[0], file).toBe(hashes[1]);
  }
});

test("a source without pages is an error", async () => {
  await expect(discover(join(tmpdir(), "fleming-no-such-folder"))).rejects.toThrow(/does not exist/);
});

test.skipIf(!existsSync(shared))("all shared real pages run through and every quote is exact", async () => {
  const { folder, graph } = await discover([join(shared, "wikitext"), join(shared, "xml")]);
  const { evidence, relations } = await graphStatistics(folder);
  expect(relations).toBeGreaterThan(30);
  expect(evidence.exact).toBe(evidence.checked);

  // Read by hand from the boxes of Rh disease and Netilmicin.
  expect(tails(graph, "Rh disease", "HAS_SYMPTOM")).toEqual(["Jaundice", "Low red blood cells"]);
  expect(tails(graph, "Rh disease", "HAS_COMPLICATION")).toEqual([
    "Hearing loss",
    "Hydrops fetalis",
    "Intellectual disability",
    "Stillbirth",
    "Vision loss",
  ]);
  expect(tails(graph, "Rh disease", "PREVENTED_BY")).toEqual(["Rho(D) immune globulin"]);
  expect(tails(graph, "Rh disease", "TREATED_WITH")).toEqual([
    "Blood transfusions",
    "Intravenous immunoglobulin",
    "Phototherapy",
  ]);
  expect(tails(graph, "Rh disease", "BELONGS_TO_SPECIALTY")).toEqual([
    "Haematology",
    "Paediatrics",
    "Transfusion medicine",
  ]);
  expect(tails(graph, "Netilmicin", "TREATS")).toEqual(["Conjunctivitis", "Urinary tract infections"]);
  expect(graph.entities.has("Albedo")).toBe(false);
  expect(graph.entities.has("Berlin")).toBe(false);
});
