/** Pages about organisms, genes, parts of the body, symptoms, tests, procedures and the other small kinds. */
import { box, type Field, listedValue } from "./generate-box.ts";
import { type Draft, linkTo, singleReference } from "./generate-draft.ts";
import { between, oneOf } from "./generate-draw.ts";
import { capitalised, isVirus, specialtyName } from "./generate-names.ts";
import { ending, type Facts, factSection, heading, prose } from "./generate-parts.ts";
import { type ProseName, plan, type TopicName } from "./generate-sentences.ts";
import { diseasesOfOrigin, drawThing, type MedicalKind, nameOf, type Thing } from "./generate-world.ts";

/** What a page of a small kind is made of. */
interface Shape {
  readonly box: string;
  /** Follows the name in bold. */
  readonly definition: string;
  readonly facts: readonly Facts[];
  readonly factsHeading: string;
  readonly categories: readonly string[];
  readonly related?: readonly Thing[];
}

type SmallKind = Exclude<MedicalKind, "disease" | "drug" | "drug class">;

/** Writes the page of the n-th thing of a kind that is neither a disease nor a drug. */
export function writeSmall(draft: Draft, kind: SmallKind, n: number): void {
  const { draw } = draft;
  const field = n % 40;
  const shape = shapeOf(draft, kind, n, field);
  const quotes = kind === "pathogen" && !isVirus(n) ? "'''''" : "'''";
  const article =
    kind === "anatomy" && draw() < 0.6 ? `The ${quotes}${draft.name}` : `${quotes}${draft.title}`;
  if (draw() < 0.6) draft.text += `{{Short description|${capitalised(kind)}}}\n`;
  draft.text += `${shape.box}${article}${quotes} ${shape.definition}. `;
  for (const { topic, things } of shape.facts) plan(draft, topic, things);
  if (draft.target < STUB || draw() < 0.3) factSection(draft, shape.facts, "physiology", field);
  else {
    prose(draft, "physiology", draft.text.length + 200);
    heading(draft, shape.factsHeading);
    factSection(draft, shape.facts, "physiology", field);
  }
  const room = draft.target - ENDING;
  const sections = prosesOf(kind);
  const from = draft.text.length;
  for (const [i, [words, style]] of sections.entries()) {
    const until = from + ((room - from) * (i + 1)) / sections.length;
    if (until - draft.text.length < SHORTEST) continue;
    heading(draft, words);
    prose(draft, style, until);
  }
  ending(draft, draw() < 0.4 ? (shape.related ?? []) : [], "", "", shape.categories);
}

const STUB = 1800;
const ENDING = 350;
/** Fewer characters than these do not get a section of their own. */
const SHORTEST = 150;

function prosesOf(kind: SmallKind): readonly (readonly [string, ProseName])[] {
  switch (kind) {
    case "anatomy":
      return [
        ["Structure", "physiology"],
        ["Variation", "outlook"],
        ["Function", "physiology"],
        ["History", "history"],
      ];
    case "gene":
      return [
        ["Function", "physiology"],
        ["Discovery", "history"],
        ["Research", "research"],
      ];
    case "pathogen":
      return [
        ["Morphology", "physiology"],
        ["Ecology", "epidemiology"],
        ["Taxonomy", "history"],
        ["Research", "research"],
      ];
    case "test":
    case "procedure":
      return [
        ["Technique", "care"],
        ["Interpretation", "outlook"],
        ["History", "history"],
        ["Cost", "society"],
      ];
    default:
      return [
        ["Background", "physiology"],
        ["Approach", "care"],
        ["Epidemiology", "epidemiology"],
        ["History", "history"],
      ];
  }
}

function some(draft: Draft, kind: MedicalKind, field: number, low: number, high: number): Thing[] {
  const out = new Map<number, Thing>();
  for (let i = between(draft.draw, low, high); i > 0; i--) {
    const thing = drawThing(draft.world, kind, field, draft.draw);
    if (capitalised(nameOf(draft.world, thing)) !== draft.title) out.set(thing.n, thing);
  }
  return [...out.values()];
}

function shapeOf(draft: Draft, kind: SmallKind, n: number, field: number): Shape {
  const { draw, world, title } = draft;
  const facts = (topic: TopicName, things: readonly Thing[]): Facts => ({ topic, things });
  const specialty = specialtyName(field);
  switch (kind) {
    case "pathogen":
    case "gene": {
      const made = diseasesOfOrigin(world, { kind, n })
        .slice(0, 4)
        .map((one): Thing => ({ kind: "disease", n: one }));
      return kind === "gene" ? geneShape(draft, made) : pathogenShape(draft, n, made);
    }
    case "anatomy":
      return anatomyShape(draft, field);
    case "symptom":
      return {
        box: box(draft, oneOf(draw, ["Infobox symptom", "Infobox medical condition (new)"]), [
          ["name", title],
          [
            "field",
            listedValue(draft, "specialty", [{ kind: "specialty", n: field % world.counts.specialty }]),
          ],
          ["differential", ""],
        ]),
        definition: "is a symptom that people describe in many ways",
        facts: [facts("symptomOf", some(draft, "disease", field, 1, 4))],
        factsHeading: "Causes",
        categories: ["Symptoms and signs", `Symptoms in ${specialty}`],
      };
    case "sign":
      return {
        box:
          draw() < 0.6
            ? box(draft, "Infobox medical sign", [
                ["name", title],
                ["field", ""],
              ])
            : "",
        definition: `is a medical sign that is sought at the bedside`,
        facts: [facts("symptomOf", some(draft, "disease", field, 1, 2))],
        factsHeading: "Significance",
        categories: ["Medical signs"],
      };
    case "finding":
      return {
        box: box(draft, "Infobox medical finding", [["name", title]]),
        definition: "is a laboratory finding",
        facts: [],
        factsHeading: "Significance",
        categories: ["Abnormal clinical and laboratory findings"],
        related: some(draft, "test", field, 1, 1),
      };
    case "test":
      return {
        box: box(draft, "Infobox diagnostic", [
          ["name", title],
          ["MeshID", `D${between(draw, 10_000, 99_999)}`],
          ["reference_range", draw() < 0.5 ? `${between(draw, 1, 40)}–${between(draw, 41, 200)} mg/L` : ""],
        ]),
        definition: "is a medical test",
        facts: [facts("testOf", some(draft, "disease", field, 1, 2))],
        factsHeading: "Medical uses",
        categories: ["Blood tests", "Chemical pathology"],
      };
    case "procedure":
      return {
        box: box(draft, oneOf(draw, ["Infobox medical intervention", "Infobox interventions"]), [
          ["Name", title],
          ["ICD9", `{{ICD9proc|${between(draw, 1, 86)}.${between(draw, 0, 9)}}}`],
          ["MeshID", ""],
        ]),
        definition: "is a surgical procedure",
        facts: [facts("procedureOf", some(draft, "disease", field, 1, 2))],
        factsHeading: "Medical uses",
        categories: ["Surgical procedures and techniques"],
      };
    case "mechanism":
      return {
        box: "",
        definition: "is a pathological process in cells",
        facts: [],
        factsHeading: "Process",
        categories: ["Pathophysiology"],
        related: some(draft, "gene", field, 1, 2),
      };
    case "risk factor":
      return {
        box: "",
        definition: "is a risk factor for several diseases",
        facts: [],
        factsHeading: "Health effects",
        categories: ["Health risks"],
      };
    case "specialty":
      return {
        box: box(draft, "Infobox medical speciality", [
          ["title", title],
          ["system", ""],
        ]),
        definition: "is a branch of medicine",
        facts: [],
        factsHeading: "Scope",
        categories: ["Medical specialties"],
      };
    default:
      return kind satisfies never;
  }
}

function geneShape(draft: Draft, made: readonly Thing[]): Shape {
  const { draw, title } = draft;
  const place = `${between(draw, 1, 22)}${oneOf(draw, ["p", "q"])}${between(draw, 11, 36)}.${between(draw, 1, 3)}`;
  return {
    box: oneOf(draw, [
      "{{Infobox gene}}\n",
      "{{Infobox gene}}\n",
      `{{Infobox protein\n| Name = ${title}\n| HGNCid = ${between(draw, 5, 40_000)}\n| OMIM = ${between(draw, 100_000, 620_000)}\n| Chromosome = ${place.split(/[pq]/)[0]}\n}}\n`,
    ]),
    definition: `is a [[protein]] that in humans is encoded by the ''${title}'' gene on chromosome ${place}${singleReference(draft)}`,
    facts: [{ topic: "geneOf", things: made }],
    factsHeading: "Clinical significance",
    categories: ["Human proteins", `Genes on human chromosome ${between(draw, 1, 22)}`],
  };
}

function pathogenShape(draft: Draft, n: number, made: readonly Thing[]): Shape {
  const { draw, title } = draft;
  const [genus = title, species = ""] = title.split(" ");
  const kind = isVirus(n) ? "virus" : oneOf(draw, ["bacterium", "bacterium", "parasite", "fungus"]);
  const fields: Field[] = isVirus(n)
    ? [
        ["name", title],
        ["parent", `${genus}viridae`],
        ["species", title],
      ]
    : [
        ["name", `''${title}''`],
        ["regnum", kind === "fungus" ? "[[Fungi]]" : "[[Bacteria]]"],
        ["familia", `${genus}aceae`],
        ["genus", `''${genus}''`],
        ["species", `'''''${genus.charAt(0)}. ${species}'''''`],
        ["binomial", `''${title}''`],
        ["binomial_authority", `${oneOf(draw, ["Koch", "Neisser", "Weiss"])} ${between(draw, 1870, 1999)}`],
      ];
  const group =
    { virus: "Viruses", bacterium: "Bacteria", parasite: "Parasites", fungus: "Fungi" }[kind] ?? "Bacteria";
  return {
    box: box(draft, isVirus(n) ? "Virusbox" : oneOf(draw, ["Taxobox", "Speciesbox"]), fields),
    definition: `is a ${kind} that lives in ${oneOf(draw, ["warm-blooded animals", "soil and water", "ticks", "the human gut"])}`,
    facts: [{ topic: "pathogenOf", things: made }],
    factsHeading: oneOf(draw, ["Pathogenicity", "Disease", "Clinical significance"]),
    categories: [group, `${group} described in ${between(draw, 1870, 2010)}`],
  };
}

function anatomyShape(draft: Draft, field: number): Shape {
  const { draw, title } = draft;
  const rows = (
    [
      ["partOf", "part_of", 0.6],
      ["suppliedBy", "Artery", 0.5],
      ["drainedBy", "Vein", 0.4],
      ["innervatedBy", "Nerve", 0.5],
      ["developsFrom", "Precursor", 0.2],
    ] as const
  ).map(([topic, name, share]) => ({
    topic,
    name,
    things: draw() < share ? some(draft, "anatomy", field, 1, 1) : [],
  }));
  const fields: Field[] = [
    ["Name", title],
    ["Latin", `${title.split(" ")[0]?.slice(0, 6).toLowerCase()}us ${title.split(" ")[1]}i`],
  ];
  for (const { topic, name, things } of rows)
    fields.push([name, things.length > 0 && draw() < 0.8 ? listedValue(draft, topic, things) : ""]);
  return {
    box: box(draft, "Infobox anatomy", fields),
    definition: `is a part of the human body beside the ${linkTo(draft, { kind: "anatomy", n: between(draw, 0, draft.world.counts.anatomy - 1) })}`,
    facts: rows.map(({ topic, things }) => ({ topic, things })),
    factsHeading: oneOf(draw, ["Structure", "Anatomy"]),
    categories: ["Human anatomy", "Organs (anatomy)"].slice(0, between(draw, 1, 2)),
  };
}
