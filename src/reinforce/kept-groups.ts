/** Groups of rollouts that are kept for people to read, each rollout with what it earned and why. */
import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { writeWhole } from "../base/files.ts";
import type { Group } from "../records/rollout.ts";
import type { ReinforceContext } from "./context.ts";
import { whyPaid } from "./watch/zero-reasons.ts";

/** Keeps a few groups of a step; a repeated step writes the same file again. */
export async function keepGroups(
  context: Pick<ReinforceContext, "scratch" | "settings">,
  series: string,
  step: number,
  groups: readonly Group[],
): Promise<void> {
  const lines = groups.slice(0, context.settings.keepGroups).map((group, place) => {
    const rollouts = group.rollouts.map((rollout, i) => ({
      id: `${series}/${step}/${place}/${i}`,
      reply: rollout.reply,
      finish: rollout.finish,
      reward: rollout.reward,
      why: whyPaid(rollout),
      advantage: group.advantages[i],
    }));
    return `${JSON.stringify({ series, step, question: group.question, rollouts })}\n`;
  });
  const file = join(context.scratch, "groups", `${series}-${String(step).padStart(6, "0")}.jsonl`);
  if (lines.length > 0) await writeWhole(file, lines.join(""));
}

/** All kept groups in order of series and step, as the stage's `groups.jsonl`. */
export async function deliverGroups(context: Pick<ReinforceContext, "scratch" | "folder">): Promise<void> {
  await joinFiles(join(context.scratch, "groups"), join(context.folder, "groups.jsonl"));
}

/** The lines of all files of a folder, in order of name, as one file. */
export async function joinFiles(folder: string, target: string): Promise<void> {
  const files = existsSync(folder)
    ? (await readdir(folder)).filter((file) => file.endsWith(".jsonl")).sort()
    : [];
  const parts: string[] = [];
  // One after another: a long run has more of them than files may be open.
  for (const file of files) parts.push(await readFile(join(folder, file), "utf8"));
  await writeWhole(target, parts.join(""));
}
