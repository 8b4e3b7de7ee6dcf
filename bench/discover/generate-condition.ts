/** Pages about diseases: a box, a lead, the usual sections, codes and categories. */

import { box, type Field, listedValue, medicalResources } from "./generate-box.ts";
import { type Draft, linkTo } from "./generate-draft.ts";
import { between, type Draw, oneOf } from "./generate-draw.ts";
import { capitalised, specialtyName } from "./generate-names.ts";
import { ending, type Facts, factSection, heading, prose, table } from "./generate-parts.ts";
import { note, type ProseName, plan, say, type TopicName } from "./generate-sentences.ts";
import {
  drawThing,
  drugOfDisease,
  fieldOfDisease,
  type MedicalKind,
  nameOf,
  originOfDisease,
  redirectTo,
  type Thing,
} from "./generate-world.ts";

/** What is known of a disease, by topic. */
type Known = Readonly<Record<ConditionTopic, readonly Thing[]>>;
type ConditionTopic =
  | "symptoms"
  | "findings"
  | "cause"
  | "genes"
  | "risks"
  | "mechanism"
  | "tests"
  | "differential"
  | "treatment"
  | "prevention"
  | "complications"
  | "specialty"
  | "anatomy";

/** Writes the page of the n-th disease. */
export function writeDisease(draft: Draft, n: number): void {
  const { draw } = draft;
  const field = fieldOfDisease(n);
  const known = knowledge(draft, n, field);
  for (const [topic, things] of Object.entries(known)) plan(draft, topic as TopicName, things);
  if (draw() < 0.7)
    draft.text += `{{Short description|${oneOf(draw, ["Human disease", "Medical condition", "Rare disorder", "Disease"])}}}\n`;
  if (draw() < 0.15) draft.text += `{{Use ${oneOf(draw, ["dmy", "mdy"])} dates|date=May 2023}}\n`;
  if (draw() < 0.92) draft.text += conditionBox(draft, n, known);
  lead(draft, known, field);
  if (draft.target >= STUB) sections(draft, known, field);
  const related = known.differential.slice(0, 2);
  const specialty = capitalised(specialtyName(field));
  ending(
    draft,
    draw() < 0.37 && draft.target >= STUB ? related : [],
    draw() < 0.75 ? medicalResources(draw) : "",
    draw() < 0.6 ? `{{${specialty} diseases}}` : draft.target < STUB ? "{{disease-stub}}" : "",
    categoriesOf(draft, n, specialty),
  );
}

/** Below this size a page has no sections. */
const STUB = 2600;

function knowledge(draft: Draft, n: number, field: number): Known {
  const { draw, world } = draft;
  const richness = Math.min(2.2, Math.max(0.5, (draft.target / 6000) ** 0.4));
  const some = (kind: MedicalKind, low: number, high: number): Thing[] => {
    const count = Math.round(between(draw, low, high) * richness);
    const out = new Map<number, Thing>();
    for (let i = 0; i < count; i++) {
      const thing = drawThing(world, kind, field, draw);
      if (kind !== "disease" || thing.n !== n) out.set(thing.n, thing);
    }
    return [...out.values()];
  };
  const origin = originOfDisease(world, n);
  const diseases = some("disease", 3, 7);
  const half = Math.ceil(diseases.length / 2);
  return {
    symptoms: [...some("symptom", 3, 6), ...(draw() < 0.4 ? some("sign", 1, 1) : [])],
    findings: draw() < 0.45 ? some("finding", 1, 2) : [],
    cause: origin?.kind === "pathogen" ? [origin] : [],
    genes: origin?.kind === "gene" ? [origin] : [],
    risks: draw() < 0.7 ? some("risk factor", 1, 4) : [],
    mechanism: draw() < 0.4 ? some("mechanism", 1, 1) : [],
    tests: some("test", 2, 4),
    differential: diseases.slice(0, half),
    treatment: [
      { kind: "drug", n: drugOfDisease(world, n) },
      ...(draw() < 0.6 ? some("drug", 1, 2).filter((drug) => drug.n !== drugOfDisease(world, n)) : []),
      ...(draw() < 0.5 ? some("procedure", 1, 1) : []),
      ...(draw() < 0.25 ? some("drug class", 1, 1) : []),
    ],
    prevention: draw() < 0.2 ? some("procedure", 1, 1) : [],
    complications: diseases.slice(half),
    specialty: [{ kind: "specialty", n: field % world.counts.specialty }],
    anatomy: draw() < 0.7 ? some("anatomy", 1, 1) : [],
  };
}

/** Fields in the order of the template, each with its other spellings. */
const boxFields: readonly (readonly [TopicName & ConditionTopic, ...string[]])[] = [
  ["specialty", "field", "specialty"],
  ["symptoms", "symptoms"],
  ["complications", "complications"],
  ["cause", "causes", "cause"],
  ["genes", "causes", "cause"],
  ["risks", "risks"],
  ["tests", "diagnosis"],
  ["differential", "differential"],
  ["prevention", "prevention"],
  ["treatment", "treatment"],
];

function conditionBox(draft: Draft, n: number, known: Known): string {
  const { draw, world } = draft;
  const name = oneOf(draw, [
    "Infobox medical condition (new)",
    "Infobox medical condition (new)",
    "Infobox medical condition",
    "Infobox disease",
  ]);
  const synonym = redirectTo(world, { kind: "disease", n });
  const fields: Field[] = [
    ["name", draw() < 0.7 ? draft.title : ""],
    [oneOf(draw, ["synonyms", "synonym"]), synonym ?? ""],
    ["image", draw() < 0.3 ? `${draft.title.replaceAll(" ", "_")}.jpg` : ""],
    [
      "caption",
      draw() < 0.2 ? `Section, ${oneOf(draw, ["haematoxylin", "silver stain", "false colour"])}` : "",
    ],
  ];
  for (const [topic, ...spellings] of boxFields) {
    const things = known[topic];
    const isFilled = things.length > 0 && draw() < FILLED;
    if (!isFilled && (draw() < 0.5 || topic === "genes" || topic === "cause")) continue;
    if (topic === "treatment" && isFilled) {
      const drugs = things.filter(({ kind }) => kind === "drug");
      const others = things.filter(({ kind }) => kind !== "drug");
      const apart = draw() < 0.5;
      fields.push(["treatment", listedValue(draft, topic, apart ? others : things)]);
      if (apart) fields.push(["medication", listedValue(draft, topic, drugs)]);
    } else fields.push([oneOf(draw, spellings), isFilled ? listedValue(draft, topic, things) : ""]);
  }
  fields.push(
    ["onset", oneOf(draw, ["Childhood", "20–40 years old", "Any age", ""])],
    ["duration", oneOf(draw, ["Lifelong", "2–6 weeks", ""])],
    ["prognosis", draw() < 0.3 ? `${between(draw, 10, 95)}% five-year survival` : ""],
    ["frequency", draw() < 0.6 ? frequency(draw) : ""],
    ["deaths", draw() < 0.2 ? `${between(draw, 1, 90)},000 (${between(draw, 1990, 2021)})` : ""],
  );
  return box(draft, name, fields);
}

/** Share of the known topics that the box has, too. */
const FILLED = 0.72;

function frequency(draw: Draw): string {
  return oneOf(draw, [
    `1 in ${between(draw, 2, 900)},000`,
    `${between(draw, 1, 30)} per 100,000`,
    `< 1 in 1,000,000`,
    `${between(draw, 1, 12)}% of adults`,
    "Rare",
    "Common",
  ]);
}

const nouns: readonly (readonly [MedicalKind | "none", string])[] = [
  ["anatomy", "disease"],
  ["anatomy", "disorder"],
  ["none", "syndrome"],
  ["none", "genetic disorder"],
  ["none", "medical condition"],
  ["none", "disease"],
];

function lead(draft: Draft, known: Known, field: number): void {
  const { draw, world, title } = draft;
  const adjective = oneOf(draw, [
    "rare",
    "common",
    "chronic",
    "severe",
    "usually mild",
    "progressive",
    "long-term",
  ]);
  const [, noun] = oneOf(draw, nouns);
  const organ = known.anatomy[0];
  const also =
    draw() < 0.3
      ? `, also known as '''${title.split(" ")[0]} ${oneOf(draw, ["disorder", "malady", "complex"])}''',`
      : "";
  draft.text += `'''${title}'''${also} is a ${adjective} ${noun}`;
  if (organ !== undefined && draw() < 0.6) {
    draft.text += ` of the ${linkTo(draft, organ)}`;
    note(draft, "anatomy", organ, "sentence", true);
  } else if (draw() < 0.2) draft.text += ` that was recognised in the 19${between(draw, 10, 90)}s`;
  draft.text += ". ";
  const told: readonly (readonly [ConditionTopic, number])[] = [
    ["symptoms", 0.75],
    ["complications", 0.25],
    ["cause", 0.6],
    ["genes", 0.6],
    ["risks", 0.3],
    ["tests", 0.45],
    ["treatment", 0.45],
    ["prevention", 0.3],
    ["specialty", 0.1],
  ];
  const boost = draft.target < STUB ? 0.35 : 0;
  for (const [topic, share] of told) {
    if (known[topic].length > 0 && draw() < share + boost) say(draft, topic, known[topic], field);
    if (topic === "risks" && draw() < 0.5) draft.text += "\n\n";
  }
  if (draw() < 0.3)
    draft.text += `It is not to be confused with '''${nameOf(world, drawThing(world, "disease", field, draw))}''', an older term. `;
  draft.text += "\n";
}

interface SectionPlan {
  readonly words: readonly string[];
  readonly topics: readonly ConditionTopic[];
  readonly prose: ProseName;
  /** Share of the articles that have it; those with facts to tell have it always. */
  readonly share: number;
  readonly weight: number;
}

const plans: readonly SectionPlan[] = [
  {
    words: ["Signs and symptoms", "Signs and symptoms", "Symptoms", "Presentation"],
    topics: ["symptoms", "findings"],
    prose: "care",
    share: 0.7,
    weight: 1.3,
  },
  {
    words: ["Cause", "Causes", "Genetics", "Risk factors"],
    topics: ["cause", "genes", "risks"],
    prose: "physiology",
    share: 0.5,
    weight: 1,
  },
  {
    words: ["Pathophysiology", "Mechanism"],
    topics: ["mechanism", "anatomy"],
    prose: "physiology",
    share: 0.3,
    weight: 1,
  },
  { words: ["Diagnosis"], topics: ["tests"], prose: "care", share: 0.7, weight: 1.2 },
  { words: ["Prevention"], topics: ["prevention"], prose: "care", share: 0.2, weight: 0.4 },
  {
    words: ["Treatment", "Treatment", "Management"],
    topics: ["treatment"],
    prose: "care",
    share: 0.7,
    weight: 1.4,
  },
  { words: ["Prognosis"], topics: ["complications"], prose: "outlook", share: 0.4, weight: 0.6 },
  { words: ["Epidemiology"], topics: [], prose: "epidemiology", share: 0.5, weight: 0.8 },
  { words: ["History"], topics: [], prose: "history", share: 0.4, weight: 0.8 },
  { words: ["Society and culture"], topics: [], prose: "society", share: 0.15, weight: 0.6 },
  { words: ["Research", "Research directions"], topics: [], prose: "research", share: 0.2, weight: 0.8 },
];

function sections(draft: Draft, known: Known, field: number): void {
  const { draw } = draft;
  const chosen = plans.filter(
    ({ topics, share }) =>
      draw() < share || (topics.some((topic) => known[topic].length > 0) && draw() < 0.75),
  );
  const total = chosen.reduce((sum, { weight }) => sum + weight, 0);
  const room = Math.max(0, draft.target - draft.text.length - ENDING);
  const from = draft.text.length;
  let weight = 0;
  for (const section of chosen) {
    heading(draft, oneOf(draw, section.words));
    if (draw() < 0.1)
      draft.text += `{{${oneOf(draw, ["Main", "main", "Further"])}|${draft.title} research}}\n`;
    const facts: Facts[] = section.topics.map((topic) => ({ topic, things: known[topic] }));
    factSection(draft, facts, section.prose, field);
    if (section.words[0] === "Diagnosis" && known.differential.length > 0)
      differential(draft, known.differential, field);
    weight += section.weight;
    const until = from + (room * weight) / total;
    if (until > draft.text.length) prose(draft, section.prose, until);
    if (section.prose === "epidemiology" && draw() < 0.06) table(draft, between(draw, 4, 15));
  }
}

/** About how long the end of a page is. */
const ENDING = 750;

function differential(draft: Draft, things: readonly Thing[], field: number): void {
  const { draw } = draft;
  if (draw() < 0.5) {
    heading(draft, "Differential diagnosis", 3);
    if (draw() < 0.5) draft.text += "Conditions with a similar picture are:\n";
    for (const thing of things) {
      draft.text += `* ${linkTo(draft, thing, true)}\n`;
      note(draft, "differential", thing, "section", true);
    }
  } else if (draw() < 0.6) factSection(draft, [{ topic: "differential", things }], "care", field);
}

function categoriesOf(draft: Draft, n: number, specialty: string): string[] {
  const { draw } = draft;
  const out = [`${specialty} diseases`];
  const origin = originOfDisease(draft.world, n);
  if (origin?.kind === "pathogen") out.push("Infectious diseases");
  if (origin?.kind === "gene") out.push("Genetic disorders");
  if (draw() < 0.3) out.push("Rare diseases");
  if (draw() < 0.2) out.push("Syndromes");
  return out;
}
