/**
 * Which claims of a reasoning text stand in the graph: the evidence check of teacher trajectories (paper §3.2).
 *
 * A claim is a line of text with the relations it says it rests on. It holds when each relation exists and the line
 * names both of its ends. Invariant: a check that passes carries the quote of the page that says so.
 */
import type { KnowledgeGraph } from "../graph/graph.ts";
import type { Check } from "../records/check.ts";
import { containsWords, normaliseText } from "./text.ts";

export interface Claim {
  readonly text: string;
  /** Ids of the relations that the line rests on. */
  readonly relations: readonly string[];
}

/** One check a relation of a claim; a claim without a relation gets one that fails. */
export function checkClaims(claims: readonly Claim[], graph: KnowledgeGraph): Check[] {
  return claims.flatMap((claim) =>
    claim.relations.length === 0
      ? [{ name: "evidence", passed: false, found: `no relation given for "${claim.text.slice(0, 80)}"` }]
      : claim.relations.map((id) => checkRelation(claim.text, id, graph)),
  );
}

function checkRelation(text: string, id: string, graph: KnowledgeGraph): Check {
  const relation = graph.relations.get(id);
  if (!relation) return { name: "evidence", passed: false, found: `the graph has no relation ${id}` };
  const fact = `${relation.head} ${relation.predicate} ${relation.tail}`;
  const missing = [relation.head, relation.tail].filter((entity) => !names(text, entity, graph));
  const first = relation.evidence[0];
  const quote = first ? `${first.page} (revision ${first.revision}): ${first.quote}` : undefined;
  return {
    name: "evidence",
    passed: missing.length === 0,
    found: missing.length === 0 ? fact : `${fact}, but the line does not name ${missing.join(" and ")}`,
    ...(quote === undefined ? {} : { evidence: quote }),
  };
}

/** Whether a text names an entity by its title, without its bracketed part, or by an alias. */
function names(text: string, entity: string, graph: KnowledgeGraph): boolean {
  const said = normaliseText(text);
  const forms = [entity, entity.replace(/ \([^)]*\)$/, ""), ...(graph.entities.get(entity)?.aliases ?? [])];
  return forms.some((form) => containsWords(said, normaliseText(form)));
}
