/** The public sets that curate read, as refine sees them: to be trained on, or to be guarded from training. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { UsageError } from "../base/errors.ts";
import { readJson } from "../base/files.ts";
import { loadJsonl } from "../base/jsonl.ts";
import { type Question, questionSchema } from "../records/question.ts";
import type { SetFacts } from "./card/card.ts";

const setsSchema = z.record(
  z.string(),
  z.looseObject({
    title: z.string().optional(),
    licence: z.string().optional(),
    sha256: z.record(z.string(), z.string()).optional(),
    /** Fewest and most options of a question. */
    options: z.tuple([z.int(), z.int()]).optional(),
  }),
);

export interface SetQuestions extends Omit<SetFacts, "questions"> {
  readonly questions: readonly Question[];
  readonly options?: readonly [number, number] | undefined;
}

/**
 * The sets of curate's folder, those named by `curated` apart from all others; none where curate was not run.
 * @throws UsageError when a named set was not read, or sets.json is damaged.
 */
export async function readSets(
  folder: string,
  curated: readonly string[],
): Promise<{ readonly curated: readonly SetQuestions[]; readonly guarded: readonly SetQuestions[] }> {
  const file = join(folder, "sets.json");
  const sets = existsSync(file) ? checkedSets(file, await readJson(file)) : {};
  const unknown = curated.find((name) => !Object.hasOwn(sets, name));
  if (unknown !== undefined)
    throw new UsageError(
      `refine.curated names "${unknown}", which curate did not read; sets that it read: ${Object.keys(sets).join(", ") || "none"}; name it in curate.sets and run "fleming curate"`,
    );
  const all: SetQuestions[] = [];
  for (const [name, { title, licence, sha256, options }] of Object.entries(sets))
    all.push({
      name,
      title,
      licence,
      sha256,
      options,
      questions: await loadJsonl(join(folder, name, "questions.jsonl"), questionSchema),
    });
  return {
    curated: curated.map((name) => all.find((set) => set.name === name) as SetQuestions),
    guarded: all.filter(({ name }) => !curated.includes(name)),
  };
}

/** @throws UsageError when the file is not what curate writes. */
function checkedSets(file: string, value: unknown): z.infer<typeof setsSchema> {
  const parsed = setsSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new UsageError(
    `${file}: ${issue?.path.join(".") || "the whole"}: ${issue?.message ?? "does not fit"}; a table of sets as curate writes it was expected; run "fleming curate" again`,
  );
}

/** What the data card says of a set. */
export function factsOfSet({ options: _, questions, ...set }: SetQuestions): SetFacts {
  return { ...set, questions: questions.length };
}
