/**
 * Claims against the graph (paper §3.2: claims aligned with knowledge): every statement about two entities that the
 * graph knows is supported by an edge, contradicted, or unknown. Only contradicted ones fail.
 *
 * What a text takes back ("Wait, no …"), or says rightly further on, is an error that was mended and does not fail:
 * a trajectory keeps its error correction inside.
 */
import type { KnowledgeGraph } from "../../graph/graph.ts";
import type { Check } from "../../records/check.ts";
import { entityLinker } from "../entity-linker.ts";
import { judge, type Verdict, type World } from "./claims-judge.ts";
import { type Claim, claimReader, idsOf } from "./claims-read.ts";
import type { ReasoningCheck } from "./reasoning.ts";
import { splitSentences } from "./sentences.ts";

const name = "claims";

/**
 * A check of claims against a graph. In the open world, the default, a claim that the graph lacks is unknown; in a
 * closed one it is contradicted where the graph knows both sides well.
 */
export function claimChecker(
  graph: KnowledgeGraph,
  { world = "open" }: { readonly world?: World } = {},
): ReasoningCheck {
  const read = claimReader(entityLinker(graph), (id) => graph.entities.get(id)?.type);
  return ({ text }) => {
    const judged = mended(
      text,
      oneOfList(read(text).map((claim) => ({ claim, verdict: verdictOf(graph, world, claim) }))),
    );
    const failed = judged.filter(({ verdict }) => verdict.is === "contradicted");
    if (failed.length > 0) return failed.map(({ claim, verdict }) => failure(text, claim, verdict));
    const count = (is: Verdict["is"]): number => judged.filter(({ verdict }) => verdict.is === is).length;
    const found = `${count("supported")} supported, ${count("unknown")} unknown`;
    const evidence = judged.flatMap(({ verdict }) =>
      verdict.is === "supported" ? [verdict.relation.id] : [],
    );
    const shown = evidence.length === 0 ? {} : { evidence: [...new Set(evidence)].join(" ") };
    return [{ name, passed: true, found, ...shown }];
  };
}

interface Judged {
  readonly claim: Claim;
  readonly verdict: Verdict;
}

/** Over all that the two sides may mean: supported if any reading is, contradicted only if every one is. */
function verdictOf(graph: KnowledgeGraph, world: World, claim: Claim): Verdict {
  const verdicts = idsOf(claim.first).flatMap((first) =>
    idsOf(claim.second).map((second) => judge(graph, world, claim, first, second)),
  );
  const supported = verdicts.find(({ is }) => is === "supported");
  return supported ?? verdicts.find(({ is }) => is === "unknown") ?? verdicts[0] ?? { is: "unknown" };
}

/** A list of features that points to a disease stands if one of them does: patients have more than the graph tells. */
function oneOfList(judged: readonly Judged[]): Judged[] {
  return judged.map((one) => {
    const { claim, verdict } = one;
    if (verdict.is !== "contradicted" || claim.isDenied || claim.kind !== "feature") return one;
    const isBorneOut = judged.some(
      (other) =>
        other.claim.at === claim.at && other.claim.kind === claim.kind && other.verdict.is === "supported",
    );
    return isBorneOut ? { claim, verdict: { is: "unknown" } } : one;
  });
}

const takenBack =
  /^\W*(?:wait|no\b[,.:;—-]|actually|correction|on second thought|scratch that|hold on|hmm|let me (?:reconsider|correct|check|rethink|re-?examine)|i was wrong|that (?:is|was) (?:wrong|not right|incorrect|a mistake|mistaken|false)|that's (?:wrong|not right|incorrect|false)|not so|this is (?:wrong|incorrect|false|mistaken)|i made (?:a mistake|an error)|sorry|strike that|oops|等等|不对|更正|错了)/i;

/** Claims that the text itself puts right are no longer held against it. */
function mended(text: string, judged: readonly Judged[]): Judged[] {
  const sentences = splitSentences(text);
  const keyOf = ({ first, second }: Claim): string =>
    [...first, ...second]
      .flatMap(({ ids }) => ids)
      .sort()
      .join("|");
  return judged.filter(({ claim, verdict }) => {
    if (verdict.is !== "contradicted") return true;
    if (takenBack.test(sentences[claim.at + 1]?.text ?? "")) return false;
    return !judged.some(
      (later) =>
        later.claim.at > claim.at &&
        later.verdict.is === "supported" &&
        keyOf(later.claim) === keyOf(claim) &&
        takenBack.test(later.claim.sentence.text),
    );
  });
}

function failure(text: string, { span }: Claim, verdict: Verdict): Check {
  const said = text.slice(span[0], span[1]).replace(/\s+/g, " ");
  const { because, relations } = verdict as Extract<Verdict, { is: "contradicted" }>;
  const evidence = relations.map(({ id }) => id).join(" ");
  return { name, passed: false, found: `"${said}": ${because}`, evidence, span: [span[0], span[1]] };
}
