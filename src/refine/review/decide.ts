/**
 * Making a decision on a question or a match (paper §3.1, manual review): checked against what it is about, then told
 * to the ledger and appended to the decisions of the run. Nothing is changed here; refine applies what is settled.
 */
import { UsageError } from "../../base/errors.ts";
import type { RunFolder } from "../../base/run-folder.ts";
import type { Decision } from "../../records/decision.ts";
import { sameLetters } from "../../verify/reward.ts";
import { changeQuestion } from "./apply.ts";
import { decisionsOf, recordDecision } from "./decisions.ts";
import { findTargets, type Target } from "./queue.ts";
import { outcomeOf, reviewerKey } from "./settle.ts";

/** What became of a decision: recorded, already there by the same reviewer, or why it cannot be. */
type Verdict =
  | { readonly kind: "recorded" }
  | { readonly kind: "repeated" }
  | { readonly kind: "fault"; readonly reason: string };

/** Records one decision, or says in a `UsageError` why it cannot be made. */
export async function decide(run: RunFolder, decision: Decision): Promise<void> {
  const [verdict] = await decideAll(run, [decision]);
  if (verdict?.kind === "fault") throw new UsageError(verdict.reason);
  if (verdict?.kind === "repeated")
    throw new UsageError(
      `${decision.reviewer} has decided so on ${decision.target} already; nothing was recorded`,
    );
}

/** Records those of many decisions that can be made, in their order; one verdict each. */
export async function decideAll(run: RunFolder, decisions: readonly Decision[]): Promise<Verdict[]> {
  const { targets, refused } = await findTargets(
    run.path,
    decisions.map(({ target }) => target),
  );
  const made = new Map<string, string>();
  for (const decision of await decisionsOf(run.path)) made.set(keyOf(decision), outcomeOf(decision));
  const verdicts: Verdict[] = [];
  for (const decision of decisions) {
    const target = targets.get(decision.target);
    const checked = check(decision, target, refused.get(decision.target));
    if (typeof checked === "string") verdicts.push({ kind: "fault", reason: checked });
    else if (made.get(keyOf(decision)) === outcomeOf(decision)) verdicts.push({ kind: "repeated" });
    else {
      await recordDecision(run, decision, checked.becomes);
      made.set(keyOf(decision), outcomeOf(decision));
      verdicts.push({ kind: "recorded" });
    }
  }
  return verdicts;
}

function keyOf({ reviewer, target }: Decision): string {
  return JSON.stringify([reviewerKey(reviewer), target]);
}

/** In words what is wrong with a decision, or else the id of the question that an edit makes. */
function check(
  decision: Decision,
  target: Target | undefined,
  refusal: string | undefined,
): string | { readonly becomes?: string } {
  const { action, reviewer, why } = decision;
  if (reviewer.trim() === "") return "nobody is named as the reviewer";
  if (why.trim() === "") return "a decision needs a reason (why)";
  if (target === undefined)
    return (
      refusal ??
      `"${decision.target}" is no question and no match of this run; "fleming review list" shows the ids`
    );
  if (target.kind === "match")
    return action === "accept" || action === "notSame"
      ? {}
      : `${target.id} is a match: it is accepted (the texts are the same) or not the same; to change or drop the question, decide on ${target.match.question.id}`;
  const { question } = target;
  switch (action) {
    case "notSame":
      return `${target.id} is a question; only a match can be marked as not the same`;
    case "accept":
    case "drop":
      return {};
    case "correct":
    case "edit": {
      const changed = changeQuestion(question, decision);
      if (typeof changed === "string") return changed;
      if (changed.id === question.id && sameLetters(changed.gold, question.gold))
        return action === "edit"
          ? "the edit changes nothing"
          : `${question.gold.join(", ")} is the label it has; accept it instead`;
      return action === "edit" ? { becomes: changed.id } : {};
    }
    default:
      return decision satisfies never;
  }
}
