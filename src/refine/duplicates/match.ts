/** A match as it is written: both sides with their ids, sets and texts, and what found them. */
import { shortHash } from "../../base/hash.ts";
import type { Match } from "../../records/match.ts";
import type { Question } from "../../records/question.ts";

/** What a detector found of two questions. */
export interface Finding {
  readonly method: Match["method"];
  readonly score: number;
  readonly threshold: number;
}

/** The match of a question with another of `set`; the same two ids give the same id, whatever found them. */
export function matchOf(
  kind: Match["kind"],
  finding: Finding,
  question: Question,
  other: Question,
  set: string,
): Match {
  return {
    id: `m-${shortHash([question.id, other.id])}`,
    kind,
    method: finding.method,
    score: Math.round(finding.score * 1e4) / 1e4,
    threshold: finding.threshold,
    question: { id: question.id, set: "training", text: textOf(question) },
    other: { id: other.id, set, text: textOf(other) },
  };
}

/** Stem and options, one a line: what a person needs to judge by. */
function textOf({ stem, options }: Question): string {
  return [stem, ...Object.entries(options).map(([letter, text]) => `${letter}. ${text}`)].join("\n");
}
