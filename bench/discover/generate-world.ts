/**
 * The made-up world behind a generated encyclopedia: which entities there are, how each is called, and which belong
 * together (a disease and its pathogen, gene, drugs and field).
 *
 * Invariant: everything is computed from an entity's number, in constant memory; a disease names its drug if and only
 * if the drug's page may name the disease.
 */
import { invariant } from "../../src/base/errors.ts";
import type { EntityType } from "../../src/records/entity.ts";
import * as names from "./generate-names.ts";

/** Shares of the medical pages; what is left over are diseases. */
const shares = {
  drug: 0.2,
  gene: 0.12,
  pathogen: 0.08,
  anatomy: 0.06,
  symptom: 0.02,
  sign: 0.015,
  finding: 0.015,
  test: 0.03,
  procedure: 0.03,
  mechanism: 0.012,
  "drug class": 0.01,
  "risk factor": 0.003,
  specialty: 0.0004,
} as const satisfies Partial<Record<EntityType, number>>;

export type MedicalKind = "disease" | keyof typeof shares;

const medicalKinds = ["disease", ...(Object.keys(shares) as (keyof typeof shares)[])] as const;

/** The fewest medical pages that make a world: one of each kind, and some diseases. */
const SMALLEST = 40;

export interface World {
  /** How many medical entities with a page there are. */
  readonly medical: number;
  /** How many other pages there are, redirects included. */
  readonly other: number;
  /** How many redirects lead to medical pages, and how many to others. */
  readonly medicalRedirects: number;
  readonly otherRedirects: number;
  /** How many entities of a kind there are. */
  readonly counts: Readonly<Record<MedicalKind, number>>;
  /** Number of the first entity of a kind. */
  readonly starts: Readonly<Record<MedicalKind, number>>;
}

/** A medical entity: the n-th of its kind. */
export interface Thing {
  readonly kind: MedicalKind;
  readonly n: number;
}

/** Lays out a world of so many medical and other pages. */
export function layWorld(medical: number, other: number): World {
  invariant(
    medical === 0 || medical >= SMALLEST,
    `a world has no medical pages or at least ${SMALLEST}, not ${medical}`,
  );
  const counts = { disease: 0 } as Record<MedicalKind, number>;
  let left = medical;
  for (const [kind, share] of Object.entries(shares) as [keyof typeof shares, number][]) {
    counts[kind] = medical === 0 ? 0 : Math.max(1, Math.round(medical * share));
    left -= counts[kind];
  }
  counts.disease = left;
  const starts = {} as Record<MedicalKind, number>;
  let at = 0;
  for (const kind of medicalKinds) {
    starts[kind] = at;
    at += counts[kind];
  }
  const redirects = Math.floor(other * REDIRECTS);
  const medicalRedirects = Math.min(Math.floor(redirects / 2), Math.floor(medical / REDIRECT_STEP));
  return { medical, other, counts, starts, medicalRedirects, otherRedirects: redirects - medicalRedirects };
}

/** Share of the other pages that are redirects. */
const REDIRECTS = 0.15;
/** Every third medical entity has a redirect. */
const REDIRECT_STEP = 3;

/** The entity of a number from 0 to `world.medical`. */
export function thingAt(world: World, number: number): Thing {
  for (const kind of medicalKinds) {
    const n = number - world.starts[kind];
    if (n < world.counts[kind]) return { kind, n };
  }
  throw new Error(`there is no medical entity ${number}`);
}

/** The name of a thing as running text writes it. */
export function nameOf(world: World, { kind, n }: Thing): string {
  switch (kind) {
    case "disease":
      return names.diseaseName(n);
    case "drug":
      return names.drugName(n, classOfDrug(world, n));
    case "gene":
      return names.geneName(n);
    case "pathogen":
      return names.pathogenName(n);
    case "anatomy":
      return names.anatomyName(n);
    case "symptom":
      return names.symptomName(n);
    case "sign":
      return names.signName(n);
    case "finding":
      return names.findingName(n);
    case "test":
      return names.testName(n);
    case "procedure":
      return names.procedureName(n);
    case "mechanism":
      return names.mechanismName(n);
    case "drug class":
      return names.drugClassName(n);
    case "risk factor":
      return names.riskName(n);
    case "specialty":
      return names.specialtyName(n);
    default:
      return kind satisfies never;
  }
}

/** The title of the redirect to a thing, if it has one. */
export function redirectTo(world: World, { kind, n }: Thing): string | undefined {
  const number = world.starts[kind] + n;
  if (number % REDIRECT_STEP !== 0 || number / REDIRECT_STEP >= world.medicalRedirects) return undefined;
  return redirectTitle(world, number / REDIRECT_STEP);
}

/** The k-th redirect to a medical page: its title, and the thing it leads to. */
export function medicalRedirect(world: World, k: number): { title: string; to: Thing } {
  return { title: redirectTitle(world, k), to: thingAt(world, k * REDIRECT_STEP) };
}

function redirectTitle(world: World, k: number): string {
  const { kind, n } = thingAt(world, k * REDIRECT_STEP);
  switch (kind) {
    case "disease":
      return names.diseaseSynonym(n);
    case "drug":
      return names.brandName(n);
    case "gene":
      return `${names.geneName(n)} (gene)`;
    default:
      return `${names.capitalised(nameOf(world, { kind, n }))} (medicine)`;
  }
}

/** The class that a drug belongs to. */
export function classOfDrug(world: World, drug: number): number {
  return drug % world.counts["drug class"];
}

/** The drug that is mainly used for a disease. */
export function drugOfDisease(world: World, disease: number): number {
  return disease % world.counts.drug;
}

/** The diseases that a drug is mainly used for. */
export function diseasesOfDrug(world: World, drug: number): number[] {
  const out: number[] = [];
  for (let n = drug; n < world.counts.disease; n += world.counts.drug) out.push(n);
  return out;
}

/** What makes a disease: every fifth has a pathogen, a third of the others a gene. */
export function originOfDisease(world: World, disease: number): Thing | undefined {
  if (disease % 5 === 0) return { kind: "pathogen", n: Math.floor(disease / 5) % world.counts.pathogen };
  if (disease % 5 === 2 || disease % 10 === 3)
    return { kind: "gene", n: Math.floor(disease / 5) % world.counts.gene };
  return undefined;
}

/** The diseases that a pathogen or a gene makes. */
export function diseasesOfOrigin(world: World, { kind, n }: Thing): number[] {
  const out: number[] = [];
  for (let fifth = n; fifth * 5 < world.counts.disease; fifth += world.counts[kind]) {
    for (let disease = fifth * 5; disease < Math.min(fifth * 5 + 5, world.counts.disease); disease++) {
      if (originOfDisease(world, disease)?.kind === kind) out.push(disease);
    }
  }
  return out;
}

/** A field of medicine, so that diseases of a field share their specialty, organs and complaints. */
export function fieldOfDisease(disease: number): number {
  return (disease * 7919) % FIELDS;
}

const FIELDS = 40;

/** The n-th thing of a kind by how often it is named: common ones half the time, else those of the field. */
export function drawThing(world: World, kind: MedicalKind, field: number, draw: () => number): Thing {
  const count = world.counts[kind];
  // Log-uniform ranks: the second is named half as often as the first, as words are.
  if (draw() < SHARED)
    return { kind, n: Math.min(count - 1, Math.floor(Math.exp(draw() * Math.log(count + 1)) - 1)) };
  const own = Math.max(1, Math.floor(count / FIELDS));
  const rank = Math.min(own - 1, Math.floor(Math.exp(draw() * Math.log(own + 1)) - 1));
  return { kind, n: (rank * FIELDS + field) % count };
}

/** Share of the draws that are common to all fields. */
const SHARED = 0.4;
