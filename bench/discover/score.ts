/**
 * How well a graph agrees with the pages labelled by hand: relations by method and predicate, typed entities,
 * attributes, and what was wrongly taken.
 *
 * Invariant: a relation is judged by the method of its places on the page. What is labelled `either` is counted
 * nowhere, and so is a table's statement when it is read as text.
 */
import type { KnowledgeGraph } from "../../src/graph/graph.ts";
import type { RelationEvidence } from "../../src/records/relation.ts";
import { bare, type Claim, claimsOf, isLabel, type Known, labelsFor, namesOf, readBy } from "./claims.ts";
import type { Block, GoldPage, Label } from "./gold.ts";
import { type EntityScore, scoreAttributes, scoreEntities } from "./score-entities.ts";
import { type Measured, type Mistake, type PageClaims, type Share, sum } from "./shares.ts";

export interface Score extends EntityScore {
  readonly pages: number;
  readonly infobox: Measured;
  /** Precision of what was read by each way of reading text; recall is the share of the labels of text. */
  readonly section: Measured;
  readonly sentence: Measured;
  readonly model: Measured;
  readonly text: Measured;
  /** The labels that are links, and those that are plain words. */
  readonly textLinked: Share;
  readonly textUnlinked: Share;
  readonly table: Share;
  /** The pages of the sample encyclopedia, and those written for the purpose, apart. */
  readonly sources: Readonly<Record<GoldPage["source"], Readonly<Record<"infobox" | "text", Measured>>>>;
  /** By predicate, then by "infobox" and "text". */
  readonly predicates: Readonly<Record<string, Readonly<Record<"infobox" | "text", Measured>>>>;
  /** Labelled denials that were taken for statements. */
  readonly deniedTaken: Share;
  readonly mistakes: readonly Mistake[];
}

type Method = RelationEvidence["method"];

const textMethods: readonly Method[] = ["section", "sentence", "model"];
const textBlocks: readonly Block[] = ["text", "unlinked"];

/** Compares a graph that was read from pages with their labels. */
export function scoreGraph(graph: KnowledgeGraph, gold: readonly GoldPage[]): Score {
  const known = namesOf(graph);
  const mistakes: Mistake[] = [];
  const all = gold.map((page) => ({ page, claims: claimsOf(graph, page, known) }));
  const measure = (methods: readonly Method[], blocks: readonly Block[], predicate?: string): Measured =>
    measured(all, known, methods, blocks, predicate);
  for (const one of all) {
    mistakes.push(...wrongOf(one.page, one.claims, known), ...missedOf(one.page, one.claims, known));
    mistakes.push(...deniedOf(one.page, one.claims, known));
  }
  const used = [
    ...new Set(gold.flatMap(({ labels }) => labels.map((label) => bare(label.predicate)))),
  ].sort();
  return {
    pages: gold.length,
    infobox: measure(["infobox"], ["infobox"]),
    section: measure(["section"], textBlocks),
    sentence: measure(["sentence"], textBlocks),
    model: measure(["model"], textBlocks),
    text: measure(textMethods, textBlocks),
    textLinked: measure(textMethods, ["text"]).recall,
    textUnlinked: measure(textMethods, ["unlinked"]).recall,
    table: measure(textMethods, ["table"]).recall,
    sources: {
      samples: bySource(all, known, "samples"),
      gold: bySource(all, known, "gold"),
    },
    predicates: Object.fromEntries(
      used.map((predicate) => [
        predicate,
        {
          infobox: measure(["infobox"], ["infobox"], predicate),
          text: measure(textMethods, textBlocks, predicate),
        },
      ]),
    ),
    ...scoreEntities(graph, all, known, mistakes),
    deniedTaken: sum(all.map(({ page, claims }) => deniedShare(page, claims, known))),
    attributes: scoreAttributes(all, known, mistakes),
    mistakes,
  };
}

/** What a way of reading is judged by: right, free (either; for text a table too), or wrong. */
function verdict(
  page: GoldPage,
  claim: Claim,
  blocks: readonly Block[],
  known: Known,
): "right" | "free" | "wrong" {
  if (labelsFor(page, claim, blocks, known).length > 0) return "right";
  const free: readonly Block[] = blocks.includes("infobox") ? ["either"] : ["either", "table"];
  return labelsFor(page, claim, free, known).length > 0 ? "free" : "wrong";
}

function measured(
  pages: readonly PageClaims[],
  known: Known,
  methods: readonly Method[],
  blocks: readonly Block[],
  predicate?: string,
): Measured {
  const counts = { right: 0, wrong: 0, found: 0, asked: 0 };
  const isMeant = (one: string): boolean => predicate === undefined || bare(one) === predicate;
  for (const { page, claims } of pages) {
    const read = claims.filter((claim) => readBy(claim, methods) && isMeant(claim.predicate));
    for (const claim of read) {
      const judged = verdict(page, claim, blocks, known);
      if (judged !== "free") counts[judged] += 1;
    }
    for (const label of page.labels) {
      if (!blocks.includes(label.block) || !isMeant(label.predicate)) continue;
      counts.asked += 1;
      if (read.some((claim) => isLabel(claim, label, known))) counts.found += 1;
    }
  }
  return {
    precision: { right: counts.right, of: counts.right + counts.wrong },
    recall: { right: counts.found, of: counts.asked },
  };
}

function bySource(
  pages: readonly PageClaims[],
  known: Known,
  source: GoldPage["source"],
): Record<"infobox" | "text", Measured> {
  const own = pages.filter(({ page }) => page.source === source);
  return {
    infobox: measured(own, known, ["infobox"], ["infobox"]),
    text: measured(own, known, textMethods, textBlocks),
  };
}

function wrongOf(page: GoldPage, claims: readonly Claim[], known: Known): Mistake[] {
  const ways = [
    { methods: ["infobox"] as const, blocks: ["infobox"] as const },
    { methods: textMethods, blocks: textBlocks },
  ];
  return ways.flatMap(({ methods, blocks }) =>
    claims
      .filter((claim) => readBy(claim, methods) && verdict(page, claim, blocks, known) === "wrong")
      .map((claim) => {
        const places = claim.places.filter(({ method }) => methods.some((one) => one === method));
        return {
          kind: "wrong" as const,
          page: page.title,
          what: `${claim.predicate} ${claim.other.id}`,
          method: [...new Set(places.map(({ method }) => method))].join("+"),
          quote: [...new Set(places.map(({ section, quote }) => `[${section}] ${quote}`))].join(" … "),
        };
      }),
  );
}

function missedOf(page: GoldPage, claims: readonly Claim[], known: Known): Mistake[] {
  return page.labels.flatMap((label) => {
    const isBox = label.block === "infobox";
    if (label.block === "either" || label.block === "not") return [];
    const read = claims.filter((claim) => readBy(claim, isBox ? ["infobox"] : textMethods));
    if (read.some((claim) => isLabel(claim, label, known))) return [];
    return [
      {
        kind: "missed" as const,
        page: page.title,
        what: `${label.predicate} ${label.names.join(" | ")}`,
        method: label.block,
        quote: around(page.wikitext, label.names, isBox),
      },
    ];
  });
}

/** The page's words about a name: where it first stands (boxes) or last (text). */
function around(wikitext: string, names: readonly string[], isFirst: boolean): string {
  const lower = wikitext.toLowerCase();
  for (const name of names) {
    const words = name.toLowerCase();
    const at = isFirst ? lower.indexOf(words) : lower.lastIndexOf(words);
    if (at >= 0) return wikitext.slice(Math.max(0, at - 60), at + words.length + 40).replace(/\s+/g, " ");
  }
  return "";
}

function denials(page: GoldPage, claims: readonly Claim[], known: Known): { label: Label; claim?: Claim }[] {
  return page.labels
    .filter(({ block }) => block === "not")
    .map((label) => {
      const claim = claims.find((one) => isLabel(one, label, known));
      return claim === undefined ? { label } : { label, claim };
    });
}

function deniedShare(page: GoldPage, claims: readonly Claim[], known: Known): Share {
  const all = denials(page, claims, known);
  return { right: all.filter(({ claim }) => claim !== undefined).length, of: all.length };
}

function deniedOf(page: GoldPage, claims: readonly Claim[], known: Known): Mistake[] {
  return denials(page, claims, known).flatMap(({ label, claim }) =>
    claim === undefined
      ? []
      : [
          {
            kind: "denied" as const,
            page: page.title,
            what: `${label.predicate} ${label.names[0]}`,
            method: claim.places[0]?.method ?? "",
            quote: [...new Set(claim.places.map(({ quote }) => quote))].join(" … "),
          },
        ],
  );
}
