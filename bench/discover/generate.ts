/**
 * Pages of a made-up encyclopedia, any number of them: sizes, boxes, references and links in the proportions of real
 * articles, with an account of every fact that they state or deny.
 *
 * Invariants: a page is a pure function of the sizes of the encyclopedia, the seed and its position, so the same
 * arguments give the same bytes; nothing but the page at hand is held. Names and sentences are this project's own.
 */
import { seededRandom } from "../../src/base/random.ts";
import type { EntityType } from "../../src/records/entity.ts";
import type { Page } from "../../src/records/page.ts";
import { writeDisease } from "./generate-condition.ts";
import type { Draft, WrittenTriple } from "./generate-draft.ts";
import { between, type Draw, normal } from "./generate-draw.ts";
import { writeDrug, writeDrugClass } from "./generate-drug.ts";
import { capitalised } from "./generate-names.ts";
import { writeSmall } from "./generate-nature.ts";
import { articleTitle, otherPage, redirectedTitle } from "./generate-other-titles.ts";
import { writeOther } from "./generate-others.ts";
import { layWorld, medicalRedirect, nameOf, type Thing, thingAt, type World } from "./generate-world.ts";

/** How many pages of each sort, and what they are drawn from. */
export interface EncyclopediaSize {
  /** Pages about medical entities; 0, or at least 40. */
  readonly medical: number;
  /** All other pages, of which about 15 % are redirects. */
  readonly other: number;
  readonly seed: number;
}

/** A page with the account of what it says. */
export interface WrittenPage {
  readonly page: Page;
  /** Type of the medical entity that the page is about, if it is about one. */
  readonly type?: EntityType;
  readonly truth: readonly WrittenTriple[];
}

/** All pages in order of their ids. */
export function* generatePages(size: EncyclopediaSize): Generator<Page> {
  for (const { page } of writtenPages(size)) yield page;
}

/** All pages with what they say; `every` leaves out all but each so-many-th page. */
export function* writtenPages(size: EncyclopediaSize, every = 1): Generator<WrittenPage> {
  const world = layWorld(size.medical, size.other);
  const total = size.medical + size.other;
  for (let position = 0; position < total; position += every) yield writePage(world, size.seed, position);
}

function writePage(world: World, seed: number, position: number): WrittenPage {
  const draw = seededRandom(seed, "page", String(position)).next;
  const number = shuffled(position, world.medical + world.other);
  const record = {
    pageId: 12 + position * 139 + between(draw, 0, 138),
    revision: 600_000_000 + between(draw, 0, 700_000_000),
    timestamp: timestamp(draw),
  };
  if (number < world.medical) return medicalPage(world, thingAt(world, number), draw, record);
  const other = otherPage(world, number - world.medical);
  if (other.kind === "article") {
    const draft = openDraft(
      world,
      articleTitle(other.article),
      articleTitle(other.article),
      draw,
      OTHER_SIZE,
    );
    writeOther(draft, other.article);
    return { page: { title: draft.title, ...record, wikitext: draft.text }, truth: [] };
  }
  const target =
    other.to === "medical"
      ? capitalised(nameOf(world, medicalRedirect(world, other.k).to))
      : redirectedTitle(other.k);
  const tail = draw() < 0.6 ? "\n\n{{Redirect category shell|\n{{R from alternative name}}\n}}" : "";
  const wikitext = `#${draw() < 0.8 ? "REDIRECT" : "redirect"} [[${target}]]${tail}`;
  return { page: { title: other.title, ...record, redirect: target, wikitext }, truth: [] };
}

function medicalPage(
  world: World,
  thing: Thing,
  draw: Draw,
  record: Omit<Page, "title" | "wikitext">,
): WrittenPage {
  const name = nameOf(world, thing);
  const draft = openDraft(world, capitalised(name), name, draw, MEDICAL_SIZE);
  switch (thing.kind) {
    case "disease":
      writeDisease(draft, thing.n);
      break;
    case "drug":
      writeDrug(draft, thing.n);
      break;
    case "drug class":
      writeDrugClass(draft, thing.n);
      break;
    default:
      writeSmall(draft, thing.kind, thing.n);
  }
  if (draw() < ODDITIES) draft.text += oddity(draw);
  return {
    page: { title: draft.title, ...record, wikitext: draft.text },
    type: thing.kind,
    truth: draft.truth,
  };
}

/** Log-normal sizes in characters: the median, and the spread of the logarithm. */
interface SizeLaw {
  readonly median: number;
  readonly spread: number;
  readonly least: number;
}

const MEDICAL_SIZE: SizeLaw = { median: 4900, spread: 1.12, least: 500 };
const OTHER_SIZE: SizeLaw = { median: 2500, spread: 0.99, least: 300 };
const LONGEST = 150_000;

function openDraft(world: World, title: string, name: string, draw: Draw, law: SizeLaw): Draft {
  const target = Math.min(LONGEST, Math.max(law.least, law.median * Math.exp(law.spread * normal(draw))));
  return { world, draw, title, name, text: "", truth: [], stated: new Set(), references: [], target };
}

/** A permutation that spreads the numbers of each kind over the whole. */
function shuffled(position: number, total: number): number {
  return (position * STEP) % total;
}

/** A prime beyond any number of pages, so that it divides none. */
const STEP = 1_000_000_007;

function timestamp(draw: Draw): string {
  const two = (low: number, high: number): string => String(between(draw, low, high)).padStart(2, "0");
  return `20${two(15, 26)}-${two(1, 9)}-${two(1, 28)}T${two(0, 23)}:${two(0, 59)}:${two(0, 59)}Z`;
}

/** Share of the medical pages with something that breaks simple readers. */
const ODDITIES = 0.01;

/** Markup as real pages have it now and then: unbalanced, unusual, or beyond the first plane of Unicode. */
function oddity(draw: Draw): string {
  const all = [
    "\n{{unclosed|a=b\n",
    "\n[[Unclosed link\n",
    "\n<!-- a comment that never ends",
    "\n<nowiki>[[not a link]] {{not a template}}</nowiki>\n",
    "\nThe symbol 𝛼 (and 𠮷, in an old paper) stands for the rate.\n",
    "\n<math>k = \\frac{a}{b}</math>\n",
    "\n<gallery>\nFile:One.jpg|First\nFile:Two.jpg|Second\n</gallery>\n",
    "\n<ref>never closed\n",
  ];
  return all[between(draw, 0, all.length - 1)] as string;
}
