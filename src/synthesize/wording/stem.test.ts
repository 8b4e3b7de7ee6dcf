import fc from "fast-check";
import { expect, test } from "vitest";
import { seededRandom } from "../../base/random.ts";
import type { EntityType } from "../../records/entity.ts";
import { type QuestionType, questionTypes } from "../types.ts";
import { writeStem } from "./stem.ts";
import type { Name, Told } from "./told.ts";

const styles = ["clinical", "plain"] as const;

function name(text: string, type: EntityType): Name {
  return { id: text, text, type };
}

const findings = [
  name("chest pain", "symptom"),
  name("weight loss", "sign"),
  name("rash", "sign"),
  name("splenomegaly", "sign"),
  name("anemia", "disease"),
  name("night sweats", "symptom"),
];
const subjects: Readonly<Partial<Record<EntityType, Name>>> = {
  disease: name("sarcoidosis", "disease"),
  drug: name("methotrexate", "drug"),
  "drug class": name("ACE inhibitor", "drug class"),
  pathogen: name("Treponema pallidum", "pathogen"),
};
const facts: Told["facts"] = [
  { predicate: "TREATED_WITH", entity: name("prednisone", "drug") },
  { predicate: "DIAGNOSED_BY", entity: name("lymph node biopsy", "test") },
  { predicate: "CAUSED_BY", entity: name("HLA-DRB1", "gene") },
  { predicate: "HAS_SYMPTOM", entity: name("dry eyes", "symptom") },
];

/** A record with what the type may tell, so many findings, negatives and facts. */
function toldOf(type: QuestionType, count = 4, absent = 1, factCount = 0): Told {
  const subject = subjects[type.subjects[0] as EntityType] as Name;
  if (type.told === "name")
    return {
      type,
      subject,
      findings: [],
      absent: [],
      facts: [],
      ...(type.condition ? { history: name("pregnancy", "risk factor") } : {}),
      ...(type.form === "discriminator" ? { other: name("uveitis", "disease") } : {}),
    };
  return {
    type,
    hidden: subject,
    findings: findings.slice(0, count),
    absent: [name("hemoptysis", "symptom"), name("ptosis", "sign")].slice(0, absent),
    facts: facts.slice(0, factCount),
    ...(type.condition ? { history: name("asthma", "disease") } : {}),
  };
}

function toldNames({ subject, findings: present, absent, facts: known, history, other }: Told): Name[] {
  return [subject, ...present, ...absent, ...known.map(({ entity }) => entity), history, other].filter(
    (one) => one !== undefined,
  );
}

function faultsOf(stem: string, told: Told): string[] {
  const faults: string[] = [];
  for (const { text } of toldNames(told)) if (!stem.includes(text)) faults.push(`does not tell ${text}`);
  if (told.hidden && stem.toLowerCase().includes(told.hidden.text)) faults.push("names the answer");
  if (!/^[A-Z].*\?$/.test(stem)) faults.push("does not run from a capital to a question mark");
  if (/\b(?:an? an?|the the|is is|of of|no no)\b/i.test(stem)) faults.push("says a word twice");
  if (/\ba [aeio]|\ban [bcdfgjkpqtvwyz]/i.test(stem)) faults.push("has the wrong article");
  if (/ {2}| [,.?;]|[{}#]|undefined|\.\./.test(stem)) faults.push("has a slip of the pen");
  if (/[.?] [a-z]/.test(stem)) faults.push("begins a sentence small");
  return faults;
}

test.each(styles)("every type has %s stems that tell all and give nothing away", (style) => {
  for (const type of questionTypes)
    for (let seed = 0; seed < 40; seed++) {
      const told = toldOf(type, 2 + (seed % 4), seed % 3, type.ask === "disease" ? seed % 5 : 0);
      const stem = writeStem(told, style, seededRandom(seed, type.name));
      expect(faultsOf(stem, told), `${type.name}: ${stem}`).toEqual([]);
    }
});

test("a stem of facts alone has no patient to find them in", () => {
  const type = questionTypes.find(({ form }) => form === "intersection") as QuestionType;
  const told = { ...toldOf(type, 0, 0), facts: facts.slice(0, 3) };
  for (let seed = 0; seed < 30; seed++) {
    const stem = writeStem(told, "clinical", seededRandom(seed));
    expect(faultsOf(stem, told), stem).toEqual([]);
    expect(stem).not.toMatch(/patient|\bman\b|woman/);
  }
});

test("whatever is told, the grammar of a vignette holds", () => {
  const vignettes = questionTypes.filter(({ told }) => told === "symptoms");
  fc.assert(
    fc.property(
      fc.constantFrom(...vignettes),
      fc.constantFrom(...styles),
      fc.integer(),
      fc.subarray(findings, { minLength: 1 }),
      fc.constantFrom(0, 1, 2),
      (type, style, seed, present, absent) => {
        const told = { ...toldOf(type, 0, absent), findings: present };
        const stem = writeStem(told, style, seededRandom(seed));
        expect(faultsOf(stem, told), stem).toEqual([]);
      },
    ),
    { numRuns: 300 },
  );
});

test("the same seed gives the same stems", () => {
  for (const type of questionTypes)
    for (const style of styles)
      expect(writeStem(toldOf(type), style, seededRandom(7))).toBe(
        writeStem(toldOf(type), style, seededRandom(7)),
      );
});

test.each(["clinical", "plain"] as const)("%s stems of one record differ", (style) => {
  for (const type of questionTypes) {
    const random = seededRandom(3, type.name);
    const told = toldOf(type);
    const stems = new Set(Array.from({ length: 50 }, () => writeStem(told, style, random)));
    const least = type.told === "name" ? (style === "plain" ? 8 : 6) : style === "plain" ? 20 : 45;
    expect(stems.size, type.name).toBeGreaterThanOrEqual(least);
  }
});

test("plain stems are short and tell of no person", () => {
  for (const type of questionTypes)
    for (let seed = 0; seed < 20; seed++) {
      const stem = writeStem(toldOf(type, 4, 0), "plain", seededRandom(seed, type.name));
      expect(stem.split(" ").length, stem).toBeLessThanOrEqual(28);
      expect(stem).not.toMatch(/year|woman|\bman\b|\bshe\b|\bhe\b/);
    }
});

test("an exception is asked for with a word that is not to be overlooked", () => {
  for (const type of questionTypes.filter(({ form }) => form === "except"))
    for (const style of styles)
      for (let seed = 0; seed < 30; seed++)
        expect(writeStem(toldOf(type), style, seededRandom(seed))).toMatch(/\b(?:NOT|NO|EXCEPT)\b/);
});

test("where two conditions are told, the question says which is to be treated", () => {
  for (const type of questionTypes.filter(({ condition }) => condition))
    for (let seed = 0; seed < 40; seed++) {
      const stem = writeStem(toldOf(type), "clinical", seededRandom(seed, type.name));
      expect(stem.split(/[.] /).at(-1)).not.toMatch(/this (?:condition|disease)/);
    }
});
