/**
 * What stands in front of a name and behind it: whether the words speak of the page's own entity, and whether the name
 * is that of the people or the state in which something holds ("in people with [[diabetes]]").
 *
 * Invariant: words of one clause decide; the text is that of a sentence in lower case.
 */
import type { EntityType } from "../../records/entity.ts";
import type { FoundCue } from "./find-cues.ts";
import type { Governor } from "./near-cues.ts";
import type { Run } from "./runs.ts";
import type { Role } from "./tables.ts";

/** "Occurs mostly in people with [[x]]", "(in [[x]])"; not "results in [[x]]". */
const scope =
  /(?:^|[\s(])(?:in|among|amongst|during) (?:(?:otherwise |the |some |many |most |those |other |young |older |adult |all |few )*(?:people|patients|persons|individuals|those|children|adults|women|men|infants|newborns|cases|carriers|families) (?:with|who have|having|suffering from|affected by|who carry) )?(?:(?:an?|the|severe|advanced|untreated|chronic|acute|long-standing|known|active|established|previous) )*$/;
const ending = /\b(?:result(?:s|ed|ing)?|end(?:s|ed|ing)?|culminat(?:es?|ed|ing)) in\b[^,;]*$/;

/** Whether a list is that of the people or the state in which something holds. */
export function isScope(text: string, run: Run): boolean {
  const front = text.slice(Math.max(0, run.start - 80), run.start);
  return scope.test(front) && !ending.test(front);
}

/** "In [[x]] it may be the first complaint" on the page of a symptom: what it comes with is its cause. */
export function isStatedScope(text: string, run: Run, head: EntityType): boolean {
  return (
    (head === "symptom" || head === "sign") &&
    /^,? (?:it|this) (?:is|may be|can be)\b/.test(text.slice(run.end, run.end + 20)) &&
    isScope(text, run)
  );
}

/** Whether a list stands in a bracket that says in whom: "[[a]] (in [[b]])". */
export function isInBracket(text: string, run: Run): boolean {
  return text.lastIndexOf("(", run.start) > text.lastIndexOf(")", run.start - 1);
}

const subjects =
  /^(?:it|they|this|these|most|many|some|about|around|the (?:disease|disorder|condition|syndrome|infection|illness|symptom|sign|drug|medication|medicine|virus|bacterium|bacteria|organism|parasite|fungus|class|complaint|tumou?r|cancer|form|cause|causes|risk|diagnosis|first|main|chief|common(?:est)?|usual|most)|(?:within|after|during|first|at first|there)\b.*|in (?:most|many|some|one|\d+|about|around|adults|children|infants|rare|severe|time|the end|later)|(?:one|two|three|every|half|almost|nearly|up to|untreated|without treatment|if (?:left )?untreated|over (?:the )?(?:years|time)|later|long|lasting|bouts|attacks|cases|people|patients|those|children|adults|women|men|infants|around|between|\d))\b/;

/** Whether the clause in front of a cue speaks of the page's own entity. */
function isOfHead(text: string, cue: FoundCue, head: string): boolean {
  const stop = Math.max(text.lastIndexOf(";", cue.start), text.lastIndexOf(": ", cue.start));
  const front = text.slice(stop + 1, cue.start).trim();
  if (front === "" || cue.words.includes(" it ") || subjects.test(front) || front.includes(head)) return true;
  const [first = ""] = head.split(" ");
  return first.length > 4 && front.startsWith(first);
}

/** Words of the last part of a lead's noun phrase: "is a [[viral disease]] that …". */
const endOfPhrase =
  /^(?:$|[,.;)]|\s\(|\s(?:that|which|who|whose|of|caused|in|with|due|affecting|characteri[sz]ed|marked|transmitted|and|by|where|seen|resulting|from|spread|involving|produced|on|for|among|at|when|acquired|arising)\b)/;

/** Cues that name what they list: "side effects are". */
const isSaidOutright = /^(?:symptoms?|signs|features|manifestations|side|adverse|unwanted|reactions)\b/;

/** Roles whose words may stand in any section. */
const anywhere = new Set<Role>(["differential", "complications", "diagnosis"]);

/** Whether words that govern a list may be believed where they stand. */
export function isBelieved(
  text: string,
  found: Governor,
  run: Run,
  place: {
    readonly head: string;
    readonly type: EntityType;
    readonly role: Role | undefined;
    readonly isFirst: boolean;
  },
): boolean {
  const { cue, isBehind } = found;
  const { head, role, type } = place;
  const isDrug = type === "drug" || type === "drug class";
  switch (cue.role) {
    case "subtype":
      return (
        type === "disease" &&
        role === undefined &&
        (place.isFirst
          ? cue.start < 160 && isOfHead(text, cue, head)
          : text.slice(0, cue.start).trim() === "it") &&
        endOfPhrase.test(text.slice(run.end, run.end + 20))
      );
    case "affects":
      return (
        !isDrug &&
        (role === undefined || role === "symptoms" || role === "mechanism" || role === "complications") &&
        (place.isFirst || isOfHead(text, cue, head))
      );
    case "outcome":
      if (role === "treatment" || role === "prevention" || role === "diagnosis") return false;
      return isOfHead(text, cue, head);
    case "cause":
      if (isBehind) return role === "cause" || role === undefined;
      return (role === undefined || role === "cause" || role === "mechanism") && isOfHead(text, cue, head);
    case "symptoms":
      if (isBehind || role === "symptoms") return role === "symptoms";
      return isSaidOutright.test(cue.words) || isOfHead(text, cue, head);
    case "treatment":
      return role === "treatment" || role === undefined;
    case "agent":
      return type === "pathogen";
    case "uses":
      return isDrug && (role === "uses" || role === undefined) && (isBehind || isOfHead(text, cue, head));
    case "sideEffects":
      return (
        isDrug &&
        (role === "sideEffects" ||
          (role === undefined && !isBehind && (isSaidOutright.test(cue.words) || isOfHead(text, cue, head))))
      );
    case "interactions":
      return isDrug && role === "interactions";
    case "action":
      return isDrug && (role === "action" || role === undefined);
    case "metabolism":
      return isDrug && (role === "metabolism" || role === "action" || role === undefined);
    case "prevention":
      return isBehind ? role === "prevention" : role !== "treatment";
    case "risks":
      return isBehind ? role !== "treatment" && role !== "diagnosis" : role !== "treatment";
    default:
      return anywhere.has(cue.role) ? role !== "treatment" || cue.role === "differential" : true;
  }
}
