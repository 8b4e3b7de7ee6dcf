/**
 * A public set by name and path: its questions, its bad rows, its known problems, and whether it is the pinned file
 * (paper §4.1).
 *
 * Invariant: the raw set is never thinned. Items that are broken or repeat another are listed beside it, so that a
 * score can be given both for all items, as others give it, and without them.
 */
import { stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { boundary, UsageError } from "../base/errors.ts";
import { hashFile } from "../base/hash.ts";
import type { Question } from "../records/question.ts";
import { normaliseText } from "../verify/text.ts";
import { readMedQa } from "./medqa.ts";
import { readMmluPro } from "./mmlu-pro.ts";
import { readPubMedQa } from "./pubmedqa.ts";
import { type SetEntry, type SetName, setNamed } from "./registry.ts";
import type { BadRow, SetContent } from "./rows.ts";

/** A question of the set that cannot be scored fairly, by its place in the list. */
export interface KnownProblem {
  readonly place: number;
  readonly question: string;
  readonly reason: string;
}

export interface Benchmark {
  readonly set: SetEntry;
  readonly questions: readonly Question[];
  readonly rejects: readonly BadRow[];
  readonly problems: readonly KnownProblem[];
  /** SHA-256 of each file that was read. */
  readonly sha256: Readonly<Record<string, string>>;
  /** Whether the files are those that the registry's counts were made on. */
  readonly isPinned: boolean;
  /** What differs from the registry, in words; empty when nothing does. */
  readonly warnings: readonly string[];
}

/** Reads a set; `path` is its file, or the folder that its files lie in. */
export async function loadBenchmark(name: string, path: string): Promise<Benchmark> {
  const set = setNamed(name);
  const files = await filesOf(set, path);
  const { questions, rejects } = await read(set.name as SetName, set, files);
  if (questions.length === 0)
    throw new UsageError(
      `${path}: none of ${rejects.length} rows is a question of ${set.title}; is this its file? First: ${rejects[0]?.reason ?? "it is empty"}`,
    );
  const sha256: Record<string, string> = {};
  for (const file of files) sha256[basename(file)] = await hashFile(file);
  const isPinned = Object.entries(set.files).every(
    ([file, hash], i) => sha256[basename(files[i] ?? file)] === hash,
  );
  const warnings: string[] = [];
  if (!isPinned)
    warnings.push(`${name}: not the file that the known counts were made on, so scores may not compare`);
  if (questions.length !== set.size)
    warnings.push(
      `${name}: ${questions.length} questions where the official ${set.split} split has ${set.size}`,
    );
  return { set, questions, rejects, problems: findProblems(questions), sha256, isPinned, warnings };
}

/** The set's files at a path, in the order of the registry. */
async function filesOf(set: SetEntry, path: string): Promise<string[]> {
  const names = Object.keys(set.files);
  const isFolder = (await boundary(path, () => stat(path))).isDirectory();
  if (!isFolder && names.length === 1) return [path];
  const folder = isFolder ? path : dirname(path);
  const files = names.map((file) => join(folder, file));
  for (const file of files)
    await stat(file).catch((cause: unknown) => {
      throw new UsageError(`${path}: ${set.title} needs ${names.join(" and ")}; ${file} is not there`, {
        cause,
      });
    });
  return files;
}

function read(name: SetName, set: SetEntry, files: readonly string[]): Promise<SetContent> {
  const file = files[0]!;
  switch (name) {
    case "pubmedqa":
      return readPubMedQa(set, dirname(file));
    case "medqa":
      return readMedQa(set, file);
    case "mmluProBiology":
      return readMmluPro(set, file, "biology");
    case "mmluProHealth":
      return readMmluPro(set, file, "health");
    default:
      return name satisfies never;
  }
}

/** Repeats of an earlier question, and questions two of whose options read the same. */
export function findProblems(questions: readonly Question[]): KnownProblem[] {
  const first = new Map<string, number>();
  const problems: KnownProblem[] = [];
  for (const [place, question] of questions.entries()) {
    const earlier = first.get(question.id);
    if (earlier === undefined) first.set(question.id, place);
    else
      problems.push({
        place,
        question: question.id,
        reason: `repeats question ${earlier + 1} word for word`,
      });
    const texts = Object.entries(question.options).map(
      ([letter, text]) => [letter, normaliseText(text)] as const,
    );
    const twin = texts.find(([letter, text]) =>
      texts.some(([other, same]) => other < letter && same === text),
    );
    if (twin !== undefined && earlier === undefined)
      problems.push({
        place,
        question: question.id,
        reason: `option ${twin[0]} reads the same as an earlier one`,
      });
  }
  return problems;
}
