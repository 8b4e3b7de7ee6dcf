/** The review queue in words, for a terminal: texts come from pages, models and people, so controls are made visible. */
import { oneLine, withoutControls } from "../base/one-line.ts";
import type { Decision } from "../records/decision.ts";
import type { Queue, QueueItem } from "../refine/review/queue.ts";
import { sideBySide } from "./side-by-side.ts";

/** What follows from a decision. */
export function nextStep(status: string, voices: number, { reviewers }: Queue): string {
  if (status === "open") return `still open: ${voices} of ${reviewers} reviewers`;
  if (status === "disagreed")
    return "the reviewers disagree; it stays open until one changes or another decides";
  return 'the next "fleming refine" (or "run") applies it';
}

/** One item as a row of a table. */
export function lineOf(item: QueueItem): string[] {
  const text = item.kind === "label" ? item.question.stem : item.match.question.text;
  const short = (words: string, length: number): string => {
    const line = oneLine(words);
    return line.length > length ? `${line.slice(0, length - 1)}…` : line;
  };
  return [item.id, item.kind, item.settlement.status, short(item.reason, 44), short(text, 60)];
}

/** One item with everything that helps to decide on it. */
export function describe(item: QueueItem, reviewers: number, trace: string | undefined): string {
  const { status, votes } = item.settlement;
  const voices = `${votes.length} ${votes.length === 1 ? "reviewer" : "reviewers"}`;
  const needed = reviewers === 1 ? "1 is enough" : `${reviewers} must agree`;
  const lines = [`${item.id}: ${status}, ${voices} (${needed})`, `  ${item.reason}`, ""];
  if (item.kind === "match") {
    const { question, other } = item.match;
    const head = (side: typeof question): string => `${side.id} (${side.set})\n\n${side.text}`;
    lines.push(sideBySide(head(question), head(other)));
  } else {
    const { question, trials } = item;
    if (question.context !== undefined) lines.push(question.context, "");
    lines.push(trace ?? plain(question), "", `what was replied (${trials.length} trials)`);
    for (const [at, { letters, outcome, reply }] of trials.entries())
      lines.push(
        `  ${at + 1}. ${letters.join(", ") || "no answer"}${outcome === undefined ? "" : ` (${outcome})`}`,
        ...reply
          .trim()
          .split("\n")
          .map((line) => `     ${line}`),
      );
  }
  lines.push("", ...history(item));
  return lines
    .flatMap((line) => line.split("\n"))
    .map(withoutControls)
    .join("\n");
}

/** Who decided what; of an item that waits for another reviewer only who, so that each judges alone. */
function history({ decisions, settlement }: QueueItem): string[] {
  if (decisions.length === 0) return ["no decisions yet"];
  if (settlement.status === "open")
    return [
      `${settlement.votes.map(({ reviewer }) => reviewer).join(", ")} decided; what is shown when enough have`,
    ];
  return ["decisions", ...decisions.map((one) => `  ${one.time}  ${said(one)}: ${one.why}`)];
}

function plain({ id, stem, options, gold }: Extract<QueueItem, { kind: "label" }>["question"]): string {
  const shown = Object.entries(options).map(
    ([letter, text]) => `  ${gold.includes(letter) ? "*" : " "} ${letter}. ${text}`,
  );
  return [`question ${id}`, `  ${stem}`, ...shown].join("\n");
}

/** One item for a program; of one that waits for another reviewer only who decided, as in words. */
export function shown(item: QueueItem): object {
  const { decisions, settlement, ...target } = item;
  if (settlement.status !== "open") return item;
  const who = (all: readonly Decision[]): { readonly reviewer: string }[] =>
    all.map(({ reviewer }) => ({ reviewer }));
  return {
    ...target,
    decisions: who(decisions),
    settlement: { status: settlement.status, votes: who(settlement.votes) },
  };
}

/** Who decided what, in a few words. */
export function said(decision: Decision): string {
  const { action, reviewer } = decision;
  switch (action) {
    case "correct":
      return `${reviewer} corrects the label to ${decision.gold.join(", ")}`;
    case "edit": {
      const parts = [
        decision.stem === undefined ? [] : [`stem "${decision.stem}"`],
        Object.entries(decision.options ?? {}).map(([letter, text]) => `${letter} "${text}"`),
        decision.gold === undefined ? [] : [`label ${decision.gold.join(", ")}`],
      ];
      return `${reviewer} edits ${parts.flat().join(", ")}`;
    }
    case "notSame":
      return `${reviewer} finds them not the same`;
    case "accept":
      return `${reviewer} accepts`;
    case "drop":
      return `${reviewer} drops`;
    default:
      return decision satisfies never;
  }
}
