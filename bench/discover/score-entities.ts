/**
 * Typed entities, names that should stay out, and what a statement says beside the bare fact, against the labels.
 */
import { nameKey } from "../../src/discover/names.ts";
import type { KnowledgeGraph } from "../../src/graph/graph.ts";
import type { Entity } from "../../src/records/entity.ts";
import { type Claim, isCalled, isLabel, type Known, labelsFor } from "./claims.ts";
import type { GoldPage } from "./gold.ts";
import type { Measured, Mistake, PageClaims, Share } from "./shares.ts";

export interface EntityScore {
  readonly pageTypes: Share;
  /** Of labelled tails: in the graph at all, and of those with the right type. */
  readonly tailsFound: Share;
  readonly tailTypes: Share;
  /** Entities of the gold pages, name and type both right. */
  readonly typedEntities: Measured;
  /** Pages about nothing medical, and names that are no entity, that stayed out. */
  readonly keptOut: Share;
  /** Of the labelled words about relations that were found, those that the evidence agrees with. */
  readonly attributes: Readonly<Record<"frequency" | "condition" | "hedge", Share>>;
}

/** Types of pages and of the entities that the labels name, and what should be no entity. */
export function scoreEntities(
  graph: KnowledgeGraph,
  pages: readonly PageClaims[],
  known: Known,
  mistakes: Mistake[],
): Omit<EntityScore, "attributes"> {
  const medical = { right: 0, of: 0 };
  const found = { right: 0, of: 0 };
  const typed = { right: 0, of: 0 };
  const read = { right: 0, of: 0 };
  const out = { right: 0, of: 0 };
  const named = (names: readonly string[]): Entity[] =>
    names.flatMap((name) => known.byName.get(nameKey(name)) ?? []);
  for (const { page, claims } of pages) {
    const miss = (kind: Mistake["kind"], what: string): void => {
      mistakes.push({ kind, page: page.title, what, method: "", quote: "" });
    };
    const own = graph.entities.get(page.title);
    if (page.types.length === 0) {
      out.of += 1;
      if (own?.page === undefined) out.right += 1;
      else miss("notMedical", `is a ${own.type}: ${own.typeReasons.join("; ")}`);
    } else {
      medical.of += 1;
      read.of += own === undefined ? 0 : 1;
      if (own && page.types.includes(own.type)) {
        medical.right += 1;
        read.right += 1;
      } else miss("type", `the page is ${own?.type ?? "no entity"}, not ${page.types.join(" or ")}`);
    }
    for (const name of page.notEntities) {
      out.of += 1;
      const taken = named([name])[0];
      if (taken === undefined) out.right += 1;
      else miss("distractor", `${taken.id} is a ${taken.type}: ${taken.typeReasons.join("; ")}`);
    }
    for (const tail of page.tails) {
      found.of += 1;
      const entities = named(tail.names);
      if (entities.length === 0) continue;
      found.right += 1;
      typed.of += 1;
      if (entities.some(({ type }) => tail.types.includes(type))) typed.right += 1;
      else miss("type", `${entities[0]?.id} is a ${entities[0]?.type}, not ${tail.types.join(" or ")}`);
    }
    const tails = new Set(claims.filter((claim) => isAskedFor(page, claim, known)).map(({ other }) => other));
    for (const entity of tails) {
      read.of += 1;
      const right = page.tails.filter((tail) => isCalled(entity, tail.names, known));
      if (right.some(({ types }) => types.includes(entity.type))) read.right += 1;
    }
  }
  return {
    pageTypes: medical,
    tailsFound: found,
    tailTypes: typed,
    typedEntities: {
      precision: read,
      recall: { right: medical.right + typed.right, of: medical.of + found.of },
    },
    keptOut: out,
  };
}

/** Whether a claim counts at all: labelled as asked for, or labelled nowhere. */
function isAskedFor(page: GoldPage, claim: Claim, known: Known): boolean {
  return (
    labelsFor(page, claim, ["infobox", "text", "unlinked", "table"], known).length > 0 ||
    labelsFor(page, claim, ["either"], known).length === 0
  );
}

const fields = ["frequency", "condition", "hedge"] as const;

/** How far frequency, condition and hedge agree, over the labelled relations that were found. */
export function scoreAttributes(
  pages: readonly PageClaims[],
  known: Known,
  mistakes: Mistake[],
): EntityScore["attributes"] {
  const counts = {
    frequency: { right: 0, of: 0 },
    condition: { right: 0, of: 0 },
    hedge: { right: 0, of: 0 },
  };
  for (const { page, claims } of pages) {
    for (const label of page.attributes) {
      const places = claims.filter((one) => isLabel(one, label, known)).flatMap((one) => one.places);
      if (places.length === 0) continue;
      for (const field of fields) {
        const words = label.words[field];
        if (words === undefined) continue;
        counts[field].of += 1;
        const said = places.flatMap((place) => place[field] ?? []);
        if (said.some((one) => words.some((other) => agree(one, other)))) counts[field].right += 1;
        else {
          mistakes.push({
            kind: "attribute",
            page: page.title,
            what: `${field} of ${label.predicate} ${label.names[0]}: "${words.join(" | ")}", read: ${said.length === 0 ? "nothing" : said.map((one) => `"${one}"`).join(", ")}`,
            method: places[0]?.method ?? "",
            quote: places[0]?.quote ?? "",
          });
        }
      }
    }
  }
  return counts;
}

/** Whether one wording holds the other, whatever the case and the spaces. */
function agree(one: string, other: string): boolean {
  const [a, b] = [one, other].map((text) =>
    text
      .toLowerCase()
      .replace(/&nbsp;|\s+/g, " ")
      .replace(/ %/g, "%")
      .replace(/\[\[(?:[^\][|]*\|)?([^\][]*)\]\]/g, "$1")
      .trim(),
  ) as [string, string];
  return a !== "" && b !== "" && (a.includes(b) || b.includes(a));
}
