/** Pages about drugs and classes of drugs. */

import { box, type Field, listedValue } from "./generate-box.ts";
import { type Draft, linkTo } from "./generate-draft.ts";
import { between, type Draw, oneOf } from "./generate-draw.ts";
import { capitalised } from "./generate-names.ts";
import { ending, factSection, heading, prose, table } from "./generate-parts.ts";
import { note, type ProseName, plan, say, type TopicName } from "./generate-sentences.ts";
import {
  classOfDrug,
  diseasesOfDrug,
  drawThing,
  fieldOfDisease,
  type MedicalKind,
  nameOf,
  redirectTo,
  type Thing,
} from "./generate-world.ts";

type DrugTopic =
  | "uses"
  | "sideEffects"
  | "contraindications"
  | "interactions"
  | "action"
  | "targets"
  | "metabolism"
  | "drugClass";
type Known = Readonly<Record<DrugTopic, readonly Thing[]>>;

/** Writes the page of the n-th drug. */
export function writeDrug(draft: Draft, n: number): void {
  const { draw, world, title } = draft;
  const diseases = diseasesOfDrug(world, n).map((disease): Thing => ({ kind: "disease", n: disease }));
  const field = fieldOfDisease(diseases[0]?.n ?? n);
  const own: Thing = { kind: "drug class", n: classOfDrug(world, n) };
  const known = knowledge(draft, diseases, [own], field, n);
  for (const [topic, things] of Object.entries(known)) plan(draft, topic as TopicName, things);
  if (draw() < 0.7) draft.text += "{{Short description|Chemical compound}}\n";
  draft.text += drugBox(draft, n, known);
  const brand = redirectTo(world, { kind: "drug", n });
  draft.text += `'''${title}'''${brand === undefined ? "" : `, sold under the brand name '''${brand}''' among others,`} is a `;
  draft.text += `${linkTo(draft, own)}${oneOf(draw, [" medication", " drug", " medicine", ""])}. `;
  note(draft, "drugClass", own, "sentence", true);
  writeBody(draft, known, field, 0.6);
  const className = capitalised(nameOf(world, own));
  ending(draft, [], "", draw() < 0.6 ? `{{${className}s}}` : "", [
    `${className}s`,
    ...(draw() < 0.4 ? ["Withdrawn drugs"] : []),
    "Drugs with unclear legal status",
  ]);
}

/** Writes the page of the n-th class of drugs. */
export function writeDrugClass(draft: Draft, n: number): void {
  const { draw, title } = draft;
  const field = n % 40;
  const known: Known = { ...knowledge(draft, [], [], field, -1), interactions: [], metabolism: [] };
  for (const [topic, things] of Object.entries(known)) plan(draft, topic as TopicName, things);
  draft.text += box(draft, "Infobox drug class", [
    ["Name", title],
    ["Use", listedValue(draft, "uses", known.uses)],
    ["Biological_target", listedValue(draft, "targets", known.targets)],
    ["ATC_prefix", atc(draw)],
    ["MeshID", `D${between(draw, 100_000, 999_999)}`],
  ]);
  draft.text += `'''${title}s''' are a class of ${oneOf(draw, ["drugs", "medications", "medicines"])}. `;
  writeBody(draft, known, field, 0.7);
  ending(draft, [], "", "", ["Drug classes"]);
}

function knowledge(
  draft: Draft,
  main: readonly Thing[],
  classes: readonly Thing[],
  field: number,
  self: number,
): Known {
  const { draw, world } = draft;
  const richness = Math.min(2, Math.max(0.5, (draft.target / 6000) ** 0.35));
  const some = (kind: MedicalKind, low: number, high: number): Thing[] => {
    const out = new Map<number, Thing>();
    for (let i = Math.round(between(draw, low, high) * richness); i > 0; i--) {
      const thing = drawThing(world, kind, field, draw);
      if (kind !== "drug" || thing.n !== self) out.set(thing.n, thing);
    }
    return [...out.values()];
  };
  const uses = new Map(
    [...main, ...(draw() < 0.5 ? some("disease", 1, 3) : [])].map((thing) => [thing.n, thing]),
  );
  return {
    uses: [...uses.values()],
    sideEffects: some("symptom", 3, 8),
    contraindications: draw() < 0.5 ? some("disease", 1, 2).filter((thing) => !uses.has(thing.n)) : [],
    interactions: draw() < 0.5 ? some("drug", 1, 3) : [],
    action: draw() < 0.4 ? some("mechanism", 1, 1) : [],
    targets: draw() < 0.4 ? some("gene", 1, 1) : [],
    metabolism: draw() < 0.3 ? some("gene", 1, 1) : [],
    drugClass: classes,
  };
}

function atc(draw: Draw): string {
  return `${oneOf(draw, [..."ABCDGHJLMNPRSV"])}${String(between(draw, 1, 16)).padStart(2, "0")}`;
}

function capitals(draw: Draw, count: number): string {
  let text = "";
  for (let i = 0; i < count; i++) text += String.fromCharCode(65 + between(draw, 0, 25));
  return text;
}

function drugBox(draft: Draft, n: number, known: Known): string {
  const { draw, world, title } = draft;
  const brand = redirectTo(world, { kind: "drug", n });
  const isFull = draw() < 0.15;
  const optional = (share: number, value: () => string): string => (draw() < share ? value() : "");
  const fields: Field[] = [
    [oneOf(draw, ["drug_name", "drug_name", "name"]), title],
    ["image", optional(0.6, () => `${title}.svg`)],
    ["width", optional(0.4, () => String(between(draw, 150, 300)))],
    ["tradename", brand ?? ""],
    ["class", optional(0.35, () => listedValue(draft, "drugClass", known.drugClass))],
    ...(isFull
      ? ([
          ["uses", listedValue(draft, "uses", known.uses)],
          ["side_effects", listedValue(draft, "sideEffects", known.sideEffects)],
          ["interactions", listedValue(draft, "interactions", known.interactions)],
        ] as const)
      : []),
    ["pregnancy_AU", optional(0.5, () => oneOf(draw, ["A", "B1", "B2", "C", "D", "X"]))],
    [
      "routes_of_administration",
      optional(0.78, () => oneOf(draw, ["[[Oral administration|By mouth]]", "Intravenous", "Topical"])),
    ],
    ["ATC_prefix", optional(0.9, () => atc(draw))],
    [
      "ATC_suffix",
      optional(0.9, () => `${capitals(draw, 2)}${String(between(draw, 1, 60)).padStart(2, "0")}`),
    ],
    ["legal_US", optional(0.4, () => "Rx-only")],
    ["bioavailability", optional(0.54, () => `${between(draw, 1, 99)}%`)],
    ["protein_bound", optional(0.4, () => `${between(draw, 1, 99)}%`)],
    [
      "metabolism",
      optional(0.6, () =>
        known.metabolism.length > 0 ? listedValue(draft, "metabolism", known.metabolism) : "Liver",
      ),
    ],
    ["elimination_half-life", optional(0.67, () => `${between(draw, 1, 90)} hours`)],
    ["excretion", optional(0.59, () => oneOf(draw, ["Kidney", "Bile", "Urine"]))],
    [
      "CAS_number",
      optional(0.96, () => `${between(draw, 50, 900_000)}-${between(draw, 10, 99)}-${between(draw, 0, 9)}`),
    ],
    ["PubChem", optional(0.9, () => String(between(draw, 1_000, 99_999_999)))],
    ["DrugBank", optional(0.7, () => `DB${String(between(draw, 1, 17_000)).padStart(5, "0")}`)],
    ["UNII", optional(0.7, () => capitals(draw, 10))],
    ["KEGG", optional(0.5, () => `D${String(between(draw, 1, 12_000)).padStart(5, "0")}`)],
    ["ChEMBL", optional(0.6, () => String(between(draw, 10, 4_000_000)))],
    [
      "C",
      `${between(draw, 6, 40)} | H=${between(draw, 6, 60)} | N=${between(draw, 1, 8)} | O=${between(draw, 1, 12)}`,
    ],
    ["SMILES", optional(0.8, () => smiles(draw))],
    ["StdInChI", optional(0.7, () => inchi(draw))],
    ["StdInChIKey", optional(0.7, () => `${capitals(draw, 14)}-${capitals(draw, 10)}-N`)],
  ];
  return box(draft, oneOf(draw, ["Infobox drug", "Drugbox", "Drugbox", "drugbox"]), fields);
}

function smiles(draw: Draw): string {
  let text = "";
  for (let i = between(draw, 6, 18); i > 0; i--) {
    text += oneOf(draw, [
      "C",
      "CC",
      "O",
      "N",
      "c1ccccc1",
      "C(=O)",
      "[C@@H]",
      "(O)",
      "(F)",
      "S",
      "CN",
      "c2ccncc2",
    ]);
  }
  return text;
}

function inchi(draw: Draw): string {
  let text = `1S/C${between(draw, 6, 40)}H${between(draw, 6, 60)}N${between(draw, 1, 8)}O${between(draw, 1, 12)}/c`;
  for (let i = between(draw, 8, 30); i > 0; i--) text += `${between(draw, 1, 40)}-`;
  return `${text}1/h1-${between(draw, 2, 30)}H`;
}

const plans: readonly {
  words: readonly string[];
  topics: readonly DrugTopic[];
  prose: ProseName;
  share: number;
}[] = [
  { words: ["Medical uses", "Medical uses", "Uses"], topics: ["uses"], prose: "care", share: 0.8 },
  { words: ["Contraindications"], topics: ["contraindications"], prose: "care", share: 0.05 },
  { words: ["Adverse effects", "Side effects"], topics: ["sideEffects"], prose: "outlook", share: 0.7 },
  { words: ["Interactions"], topics: ["interactions"], prose: "physiology", share: 0.05 },
  {
    words: ["Pharmacology", "Mechanism of action", "Pharmacodynamics"],
    topics: ["action", "targets"],
    prose: "physiology",
    share: 0.5,
  },
  { words: ["Pharmacokinetics"], topics: ["metabolism"], prose: "physiology", share: 0.3 },
  { words: ["Chemistry"], topics: [], prose: "physiology", share: 0.3 },
  { words: ["History"], topics: [], prose: "history", share: 0.5 },
  { words: ["Society and culture"], topics: [], prose: "society", share: 0.3 },
  { words: ["Research"], topics: [], prose: "research", share: 0.3 },
];

/** The rest of the lead, then sections until the page is as long as it shall be. */
function writeBody(draft: Draft, known: Known, field: number, leadShare: number): void {
  const { draw } = draft;
  for (const topic of ["uses", "sideEffects", "action"] as const) {
    if (known[topic].length > 0 && draw() < leadShare) say(draft, topic, known[topic], field);
  }
  draft.text += "\n";
  if (draft.target < STUB) return;
  const chosen = plans.filter(
    ({ topics, share }) => draw() < share || topics.some((topic) => known[topic].length > 0),
  );
  const from = draft.text.length;
  const room = Math.max(0, draft.target - from - ENDING);
  for (const [i, section] of chosen.entries()) {
    heading(draft, oneOf(draw, section.words));
    if (section.topics[0] === "sideEffects" && draw() < 0.2) sideEffectList(draft, known.sideEffects);
    else
      factSection(
        draft,
        section.topics.map((topic) => ({ topic, things: known[topic] })),
        section.prose,
        field,
      );
    const until = from + (room * (i + 1)) / chosen.length;
    if (until > draft.text.length) prose(draft, section.prose, until);
    if (section.words[0] === "Chemistry" && draw() < 0.1) table(draft, between(draw, 3, 10));
  }
}

const STUB = 2200;
const ENDING = 350;

function sideEffectList(draft: Draft, things: readonly Thing[]): void {
  draft.text += "The following were reported:\n";
  for (const thing of things) {
    draft.text += `* ${linkTo(draft, thing, true)}\n`;
    note(draft, "sideEffects", thing, "section", true);
  }
}
