/**
 * Why a rollout was paid what it was paid (paper §3.3: correct plus format), in a fixed set of reasons and in a
 * sentence, from nothing but its reward's checks.
 *
 * A reason names the first thing in the way of full pay: an answer that could not be read, then a wrong one, then the
 * form of a right one. So the reasons of zero rewards can be counted, and the count names the cause of a flat reward.
 */
import type { Rollout } from "../../records/rollout.ts";

/** What stood in the way, in words that follow a number: "71 have no tags". */
export const reasonWords = {
  unpaid: "are right and were paid nothing",
  empty: "are empty",
  cutWithoutTags: "were cut off before any tag",
  truncated: "were cut off before an answer",
  noTags: "have no tags",
  tagOrder: "have tags missing, doubled or out of order",
  severalAnswers: "give answers that disagree",
  noOption: "answer with what is none of the options",
  wrongLetter: "choose a wrong option",
  textAfter: "are right and go on after the answer",
  notInThinking: "are right and do not name the answer in their thinking",
} as const;

export type UnpaidReason = keyof typeof reasonWords;

type Paid = Pick<Rollout, "reward" | "finish">;

/** What kept a rollout from full pay; undefined where nothing did. */
export function unpaidReason({ reward, finish }: Paid): UnpaidReason | undefined {
  const found = (name: string): string => reward.checks.find((check) => check.name === name)?.found ?? "";
  const failed = reward.checks.filter((check) => !check.passed).map(({ name }) => name);
  const hasNoTags = found("tagsInOrder") === "no tags";
  if (!failed.includes("correct")) {
    if (reward.total === 0) return "unpaid";
    if (failed.includes("ended")) return "truncated";
    if (failed.includes("tagsInOrder")) return hasNoTags ? "noTags" : "tagOrder";
    if (failed.includes("nothingAfter")) return "textAfter";
    return failed.includes("answerInThinking") ? "notInThinking" : undefined;
  }
  const { unread } = answerOf(found("correct"));
  if (unread === undefined) return "wrongLetter";
  if (unread === "empty" || unread === "refused") return "empty";
  if (unread === "ambiguous") return "severalAnswers";
  if (unread === "unreadable") return "noOption";
  if (finish === "length") return hasNoTags ? "cutWithoutTags" : "truncated";
  return hasNoTags ? "noTags" : "tagOrder";
}

/** Why a rollout was paid what it was paid, in one sentence. */
export function whyPaid(rollout: Paid): string {
  const { total, checks } = rollout.reward;
  const { said, gold } = answerOf(checks.find(({ name }) => name === "correct")?.found ?? "");
  const paid = total === 0 ? "paid nothing" : `paid ${Number(total.toFixed(3))}`;
  const reason = unpaidReason(rollout);
  const form = total > 0 && rollout.reward.format > 0 ? "; the form is right" : "";
  return `${paid}: ${sentences(reason, said, gold)}${form}`;
}

function sentences(reason: UnpaidReason | undefined, said: string, gold: string): string {
  switch (reason) {
    case undefined:
      return `${said} is right`;
    case "unpaid":
      return `${said} is right, yet the reward pays nothing for it`;
    case "wrongLetter":
      return `it chooses ${said}, right is ${gold}`;
    case "empty":
      return "the reply is empty";
    case "cutWithoutTags":
      return "the reply was cut off before any tag";
    case "truncated":
      return said === "" ? "the reply was cut off before an answer" : `${said} is right, but it was cut off`;
    case "noTags":
      return said === "" ? "the reply has no tags" : `${said} is right, but the reply has no tags`;
    case "tagOrder": {
      const fault = "tags are missing, doubled or out of order";
      return said === "" ? fault : `${said} is right, but ${fault}`;
    }
    case "severalAnswers":
      return "it gives several answers that disagree";
    case "noOption":
      return "what stands in its answer tag is none of the options";
    case "textAfter":
      return `${said} is right, but text follows the answer`;
    case "notInThinking":
      return `${said} is right, but the thinking does not name the answer`;
    default:
      return reason satisfies never;
  }
}

/** The reward's "correct" check taken apart: letters, or why there are none, and the gold letters. */
function answerOf(found: string): {
  readonly said: string;
  readonly gold: string;
  readonly unread: string | undefined;
} {
  const [read = "", gold = ""] = found.split("; gold ");
  const unread = /^no answer \((.+)\)$/u.exec(read)?.[1];
  return { said: unread === undefined ? read : "", gold, unread };
}
