/** The pages of one portion: what a thread does with it, knowing nothing else of the source. */
import type { Page } from "../../records/page.ts";
import { type OnDecompress, readBzip2 } from "./bzip2.ts";
import { readExport } from "./export.ts";
import type { Portion, RejectPage } from "./page-source.ts";

/** Reads a portion. @throws UsageError, with the byte of the file, where a stream is damaged. */
export async function* readPortion(
  portion: Portion,
  reject: RejectPage,
  onDecompress?: OnDecompress,
): AsyncGenerator<Page> {
  if (portion.kind === "pages") {
    for (const [item, reason] of portion.rejects ?? []) reject(item, reason);
    yield* portion.pages;
    return;
  }
  const { path, start, end } = portion;
  const bytes = readBzip2(path, { start, end }, onDecompress);
  const where = `${path}, from byte ${start}`;
  for await (const { page } of readExport(where, bytes, reject, "part")) yield page;
}
