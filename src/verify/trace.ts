/**
 * From a question back to its sources, for people: stem, path, edges, sentences, page and revision, and why each
 * other option is wrong.
 *
 * A link is given only to where the sentence can be read: the revision, for pages of a wiki whose address is known,
 * the page's title otherwise.
 */
import type { KnowledgeGraph } from "../graph/graph.ts";
import { revisionLink } from "../graph/revision-link.ts";
import type { PageEvidence } from "../records/evidence.ts";
import type { Page } from "../records/page.ts";
import type { Question } from "../records/question.ts";
import type { Relation } from "../records/relation.ts";

export interface TraceSources {
  /** Pages by title; where given, each quote is compared with the page's text. */
  readonly pages?: ReadonlyMap<string, Pick<Page, "revision" | "wikitext">>;
  /** Address of the wiki's index.php, where the pages are revisions of one that is known. */
  readonly site?: string;
}

/** The trace of a question as text. */
export function traceQuestion(question: Question, graph: KnowledgeGraph, sources: TraceSources = {}): string {
  const { origin } = question;
  const lines = [`question ${question.id}`, `  ${question.stem}`];
  for (const [letter, text] of Object.entries(question.options))
    lines.push(`  ${question.gold.includes(letter) ? "*" : " "} ${letter}. ${text}`);
  if (origin.kind === "curated") {
    lines.push("", `from ${origin.dataset}, ${origin.split}, row ${origin.row}; licence ${question.licence}`);
    return lines.join("\n");
  }
  const rare = origin.isRare ? ", rare" : "";
  lines.push(
    "",
    `path ${origin.type}: ${origin.subject}${rare}, hops ${origin.hops}, asked for ${origin.masked}`,
  );
  for (const step of origin.path) {
    lines.push(`  ${step.head} —${step.predicate}→ ${step.tail}  (relation ${step.relation})`);
    const relation = graph.relations.get(step.relation);
    if (relation) lines.push(...evidenceLines(relation, sources));
    else lines.push("    the graph has no such relation");
  }
  lines.push("", "why the other options are wrong");
  for (const [letter, distractor] of Object.entries(origin.distractors)) {
    lines.push(`  ${letter}. ${question.options[letter] ?? ""}: ${distractor.reason}`);
    const relation = distractor.relation === undefined ? undefined : graph.relations.get(distractor.relation);
    if (!relation) continue;
    lines.push(`    ${relation.head} —${relation.predicate}→ ${relation.tail}  (relation ${relation.id})`);
    lines.push(
      ...evidenceLines(relation, sources)
        .slice(0, 2)
        .map((line) => `  ${line}`),
    );
  }
  return lines.join("\n");
}

function evidenceLines(relation: Relation, sources: TraceSources): string[] {
  return relation.evidence.flatMap((evidence) => [
    `    "${evidence.quote.replace(/\s+/g, " ")}"`,
    `      ${placeOf(evidence, sources)}${comparison(evidence, sources)}`,
  ]);
}

function placeOf(evidence: PageEvidence, { site }: TraceSources): string {
  const section = evidence.section === "" ? "lead" : evidence.section;
  const place = `${evidence.page}, revision ${evidence.revision}, ${section}, characters ${evidence.start}–${evidence.end}, ${evidence.licence}`;
  const link = revisionLink(evidence, site);
  return link === undefined ? place : `${place}, ${link}`;
}

/** Whether the page still says it, to the character. */
function comparison(evidence: PageEvidence, { pages }: TraceSources): string {
  if (!pages) return "";
  const page = pages.get(evidence.page);
  if (!page) return "; the page is not at hand";
  return page.revision === evidence.revision &&
    page.wikitext.slice(evidence.start, evidence.end) === evidence.quote
    ? "; found there word for word"
    : "; NOT found there";
}
