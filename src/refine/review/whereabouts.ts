/**
 * Where a question of a run is by its id, and whether a decision on it can take effect (paper §3.1, manual review).
 *
 * Invariant: refine follows decisions on what came through its format filter, under the id that anonymisation left.
 * Each of these questions is in a split, in `review.jsonl`, or left out with its step in `matches.jsonl`,
 * `unused.jsonl` or `rejects.jsonl`; a decision on anything else would never be followed, so it is refused.
 */
import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { readJsonl } from "../../base/jsonl.ts";
import { matchSchema } from "../../records/match.ts";
import { type Question, questionSchema } from "../../records/question.ts";
import { anonymise } from "../anonymise/anonymise.ts";
import { splitNames } from "../split.ts";

/** What a run has under an id: the question, why no decision on it would be followed, or both. */
interface Whereabouts {
  readonly question?: Question;
  readonly refusal?: string;
}

/** What left a question out, and why. */
interface Fate {
  readonly step: string;
  readonly reason: string;
}

/** The questions with these ids, as far as the run has them; ids that it does not know are absent. */
export async function findQuestions(
  run: string,
  ids: Iterable<string>,
): Promise<ReadonlyMap<string, Whereabouts>> {
  const found = new Map<string, Whereabouts>();
  const missing = new Set(ids);
  for await (const question of refinedQuestions(run)) {
    if (missing.size === 0) return found;
    if (missing.delete(question.id)) found.set(question.id, { question });
  }
  const fates = await fatesOf(run, missing);
  for await (const { question, from } of sourceQuestions(run)) {
    if (missing.size === 0) return found;
    const { id } = question;
    if (!missing.delete(id)) continue;
    const refusal = refusalOf(question, fates.get(id), from);
    found.set(id, { question, ...(refusal === undefined ? {} : { refusal }) });
  }
  const renamed = new Set([...missing].filter((id) => fates.has(id)));
  if (renamed.size > 0)
    for await (const source of sourceQuestions(run)) {
      const { question } = anonymise(source.question);
      if (renamed.delete(question.id)) found.set(question.id, { question });
      if (renamed.size === 0) break;
    }
  for (const id of renamed) {
    const { step, reason } = fates.get(id)!;
    const refusal = `${id} was left out (${step}: ${reason}) and its words are in no file; take the question that it was edited from`;
    found.set(id, { refusal });
  }
  return found;
}

const queuedSchema = z.looseObject({ question: questionSchema });

/** Questions of the splits, then those of the queue. */
async function* refinedQuestions(run: string): AsyncGenerator<Question> {
  for (const name of splitNames) {
    const path = join(run, "refine", `${name}.jsonl`);
    if (existsSync(path)) yield* readJsonl(path, questionSchema);
  }
  const queue = join(run, "refine", "review.jsonl");
  if (existsSync(queue)) for await (const { question } of readJsonl(queue, queuedSchema)) yield question;
}

interface Source {
  readonly question: Question;
  /** Folder in the run: "synthesize", "curate/medqa". */
  readonly from: string;
}

/** Questions as they were before refine: the made ones, then those of the sets that curate read. */
async function* sourceQuestions(run: string): AsyncGenerator<Source> {
  const curate = join(run, "curate");
  const sets = existsSync(curate) ? (await readdir(curate)).sort() : [];
  for (const from of ["synthesize", ...sets.map((name) => `curate/${name}`)]) {
    const path = join(run, from, "questions.jsonl");
    if (!existsSync(path)) continue;
    for await (const question of readJsonl(path, questionSchema)) yield { question, from };
  }
}

const unusedSchema = z.looseObject({ id: z.string(), step: z.string(), reason: z.string() });
const rejectSchema = z.looseObject({ item: z.string(), reason: z.string() });

/** What refine did with those of these ids that are in no split and not in the queue. */
async function fatesOf(run: string, ids: ReadonlySet<string>): Promise<ReadonlyMap<string, Fate>> {
  const fates = new Map<string, Fate>();
  const at = (name: string): string => join(run, "refine", name);
  const tell = (id: string, fate: Fate): void => {
    if (ids.has(id) && !fates.has(id)) fates.set(id, fate);
  };
  if (existsSync(at("matches.jsonl")))
    for await (const { kind, question, other } of readJsonl(at("matches.jsonl"), matchSchema))
      tell(question.id, { step: kind, reason: `like ${other.id} of ${other.set}` });
  if (existsSync(at("unused.jsonl")))
    for await (const { id, step, reason } of readJsonl(at("unused.jsonl"), unusedSchema))
      tell(id, { step, reason });
  if (existsSync(at("rejects.jsonl")))
    for await (const { item, reason } of readJsonl(at("rejects.jsonl"), rejectSchema)) {
      const [, step = "refine", why = reason] = /^(\w+): ([\s\S]*)$/u.exec(reason) ?? [];
      tell(item, { step, reason: why });
    }
  return fates;
}

/** Why a decision on a question as it was before refine would never be followed; undefined where it is. */
function refusalOf(question: Question, fate: Fate | undefined, from: string): string | undefined {
  const { id } = question;
  if (fate?.step === "format")
    return `${id} was dropped by the format filter: ${fate.reason}; mend the generator or the set`;
  if (fate !== undefined) return undefined;
  const named = anonymise(question).question.id;
  if (named !== id)
    return `${id} holds personal data, and once anonymised its id is ${named}; decide on that one`;
  return from === "synthesize"
    ? `${id} is in synthesize/questions.jsonl, and refine has not read it; run "fleming refine" first`
    : `${id} is in ${from}/questions.jsonl, and refine has not read it: its set is not named in refine.curated, or "fleming refine" must run first`;
}
