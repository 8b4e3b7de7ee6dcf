/** Parts of the README that an export for a trainer shares with those for others. */
import type { TrainingFacts } from "./export-training.ts";

/** A README: what lies there, how it is launched, what was left out, under which licences. */
export function readmeOf(
  facts: TrainingFacts,
  parts: {
    readonly trainer: string;
    /** Meaning of the columns. */
    readonly columns: readonly string[];
    /** What comes of a reply that the reward gets no answer on. */
    readonly silence: string;
    /** Sections of Markdown with the commands. */
    readonly launch: readonly string[];
  },
): string {
  const { recipe, rows, pending, labelConditioned, teachers, licences, left } = facts;
  const taught = sumOf(rows, "sft/");
  return `${[
    `# Training data of the run "${recipe.name}" for ${parts.trainer}`,
    ...pending.map((text) => `> **Exported although ${text}.**`),
    [
      "| file | rows |",
      "| --- | ---: |",
      ...Object.entries(rows).map(([file, n]) => `| \`${file}\` | ${n.toLocaleString("en")} |`),
    ].join("\n"),
    parts.columns.map((line) => `- ${line}`).join("\n"),
    taught === 0
      ? "There are no supervised examples: the run has no trajectories of training questions."
      : `\`sft/\` holds the teacher's trajectories (${teachers.join(", ")}). Of ${taught.toLocaleString("en")}, ` +
        `${labelConditioned.toLocaleString("en")} were written by a teacher that was shown the right answer ` +
        "(`label_conditioned`). Validation is the part that `fleming coldstart` holds out: whole reasoning paths, " +
        "no wording of which is learned.",
    "`rl/` holds all training questions; validation is the split `dev`.",
    ...parts.launch,
    "## The reward",
    "`reward.py` hands every reply to `fleming verify reward`: correct answer and required form, nothing else (paper " +
      "§3.3). The program has to be installed where the reward runs; the variable `FLEMING` names its command. " +
      parts.silence,
    "## Left out",
    left.map((line) => `- ${line}`).join("\n"),
    "- turns, checks and evidence: `fleming coldstart show --question ID`, `fleming trace ID` in the run\n" +
      "- the model: `fleming export hf --model RUN/pretrain/model --out MODEL` writes it",
    "## Licences",
    [
      "| licence of the questions | questions |",
      "| --- | ---: |",
      ...[...licences].sort().map(([name, n]) => `| ${name} | ${n.toLocaleString("en")} |`),
    ].join("\n"),
    "`attribution.jsonl` names the pages and sets that the questions come from, which has to go with them. What a " +
      "language model wrote as a teacher is also under the terms of that model.",
    "Research data, not a medical device.",
  ].join("\n\n")}\n`;
}

/** Rows of the files below a folder. */
function sumOf(rows: TrainingFacts["rows"], folder: string): number {
  return Object.entries(rows).reduce((sum, [file, n]) => sum + (file.startsWith(folder) ? n : 0), 0);
}

/** A command over several lines, for a shell. */
export function command(program: string, settings: readonly string[]): string {
  return `\`\`\`sh\n${[program, ...settings].join(" \\\n  ")}\n\`\`\``;
}

/** Tokens rounded up to a multiple of 64: room for a template that adds a system prompt. */
export function roomFor(tokens: number): number {
  return Math.ceil((tokens + 64) / 64) * 64;
}
