/**
 * The three sorts of failure, told apart by type and never by message text, and the end that is none of them.
 *
 * 1. The user's mistake: `UsageError`, printed without a stack, exit code 2.
 * 2. A bad item among many: data, appended to `rejects.jsonl` and counted; the run goes on.
 * 3. Our bug: `Bug`, thrown by `invariant`, printed with its stack, exit code 70.
 *
 * `Interrupted` is what ends a run that was asked to stop: printed without a stack, an exit code for each cause.
 *
 * The text of an error says where, what was found, what was expected, and what to do.
 */

/** The user can mend this: a bad recipe, a missing file, a wrong flag. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** A state that only a mistake in this program can produce. */
export class Bug extends Error {
  override readonly name = "Bug";
}

/** What a run can be stopped by before its end. */
export type StopCause = "SIGINT" | "SIGTERM" | "alarm";

/** Work that was asked to stop: what is finished is saved, and the same command goes on from there. */
export class Interrupted extends Error {
  override readonly name = "Interrupted";
  readonly by: StopCause;

  constructor(message: string, by: StopCause, options?: ErrorOptions) {
    super(message, options);
    this.by = by;
  }
}

/** Stops the program when `condition` does not hold. */
export function invariant(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Bug(message);
}

/** The message of anything that was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The operating system's code of an error (`ENOENT`, `ENOSPC`), where it has one. */
export function codeOf(error: unknown): string | undefined {
  if (typeof error !== "object" || error === null || !("code" in error)) return undefined;
  return typeof error.code === "string" ? error.code : undefined;
}

/**
 * The one place that catches in order to classify: an error of the operating system that the user can mend
 * becomes a `UsageError` that names `where`; everything else passes unchanged.
 */
export async function boundary<T>(where: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const advice = adviceFor(codeOf(error));
    if (advice === undefined || error instanceof UsageError) throw error;
    throw new UsageError(`${where}: ${messageOf(error)}; ${advice}`, { cause: error });
  }
}

function adviceFor(code: string | undefined): string | undefined {
  switch (code) {
    case "ENOENT":
      return "the file or folder does not exist; check the path";
    case "EACCES":
    case "EPERM":
    case "EROFS":
      return "it cannot be read or written by this user; check its permissions";
    case "ENOSPC":
    case "EDQUOT":
      return "the disk is full; free some space and run the same command again, it goes on from where it was";
    case "EISDIR":
    case "ENOTDIR":
      return "a file was expected where a folder is, or the other way round";
    case "EMFILE":
      return "too many files are open; raise the limit (ulimit -n)";
    default:
      return undefined;
  }
}
