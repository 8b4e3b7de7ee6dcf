/**
 * Claims against guideline snippets given as files (paper §3.2): each clause of the reasoning is laid beside the
 * snippet that speaks of the same things and is supported, contradicted or unknown. Only contradicted ones fail.
 *
 * Files are JSON Lines with one snippet a line, or Markdown and plain text cut into paragraphs and list items, each
 * with the headings above it, for a list item hardly ever says again what it is about. What is told of the patient at
 * hand is no claim about what should be done.
 */
import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { z } from "zod";
import { boundary, UsageError } from "../../base/errors.ts";
import { tryJson } from "../../base/jsonl.ts";
import type { Check } from "../../records/check.ts";
import {
  agrees,
  aligner,
  clausesOf,
  disagreement,
  readClause,
  type Told,
  wordsOf,
} from "./guidelines-align.ts";
import type { ReasoningCheck } from "./reasoning.ts";
import { splitSentences } from "./sentences.ts";

const name = "guidelines";

/** A piece of a guideline that claims are held against. */
export interface Guideline {
  readonly id: string;
  /** Who says it: the record's own word, or the file with the headings above. */
  readonly source: string;
  readonly text: string;
  readonly licence?: string | undefined;
  /** Where it was read, as "file:line". */
  readonly place: string;
}

const recordSchema = z.object({
  id: z.string().min(1),
  source: z.string().min(1),
  text: z.string().min(1),
  licence: z.string().optional(),
});

/** @throws UsageError for a file that is missing, empty or garbled, and for two snippets of one id. */
export async function readGuidelines(files: readonly string[]): Promise<readonly Guideline[]> {
  const guidelines: Guideline[] = [];
  for (const file of files) guidelines.push(...(await readOne(file)));
  const places = new Map<string, string>();
  for (const { id, place } of guidelines) {
    const earlier = places.get(id);
    if (earlier !== undefined)
      throw new UsageError(
        `${place}: the snippet id "${id}" is also at ${earlier}; give each snippet its own id`,
      );
    places.set(id, place);
  }
  return guidelines;
}

async function readOne(file: string): Promise<Guideline[]> {
  const bytes = await boundary(`guidelines ${file}`, () => readFile(file));
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new UsageError(`${file}: not UTF-8 text; save the guideline as text, Markdown or JSON Lines`, {
      cause,
    });
  }
  if (text.includes("\0"))
    throw new UsageError(
      `${file}: holds zero bytes, so it is no text; save it as text, Markdown or JSON Lines`,
    );
  const isJson = /\.(?:jsonl|ndjson|json)$/i.test(file) || /^\s*\{"/.test(text);
  const found = isJson ? fromRecords(text, file) : fromProse(text, file);
  if (found.length === 0)
    throw new UsageError(
      `${file}: holds no guideline snippet; give it at least one paragraph, list item or record`,
    );
  return found;
}

function fromRecords(text: string, file: string): Guideline[] {
  return text.split(/\r?\n/).flatMap((line, index): Guideline[] => {
    if (line.trim() === "") return [];
    const place = `${file}:${index + 1}`;
    const value = tryJson(line);
    if (value === undefined)
      throw new UsageError(`${place}: not JSON: "${line.slice(0, 60)}"; each line must be one JSON object`);
    const record = recordSchema.safeParse(value);
    if (record.success) return [{ ...record.data, place }];
    const issue = record.error.issues[0];
    throw new UsageError(
      `${place}: ${issue?.path.join(".") || "record"}: ${issue?.message ?? "does not fit"}; a snippet is {"id", "source", "text"} and may have "licence"`,
    );
  });
}

const bullet = /^\s*(?:[-*+•]|\d+[.)])\s+/;

function fromProse(text: string, file: string): Guideline[] {
  const found: Guideline[] = [];
  const headings: string[] = [];
  let lines: string[] = [];
  let first = 0;
  const close = (): void => {
    const said = lines
      .join(" ")
      .replace(/\s+/g, " ")
      .replace(/[*_`]{1,3}/g, "")
      .trim();
    lines = [];
    if (!/\p{L}/u.test(said)) return;
    const source = [basename(file), ...headings.filter((heading) => heading !== undefined)].join(" › ");
    found.push({ id: `${basename(file)}:${first}`, source, text: said, place: `${file}:${first}` });
  };
  let isFenced = false;
  withoutFrontMatter(text).forEach((line, index) => {
    if (/^\s*(?:```|~~~)/.test(line)) isFenced = !isFenced;
    const heading = /^(#{1,6})\s+(.*?)#*\s*$/.exec(line);
    const isBlank =
      line.trim() === "" ||
      isFenced ||
      /^\s*(?:```|~~~|<!--|[-=*_]{3,}\s*$|\|?[\s:|-]+\|[\s:|-]*$)/.test(line);
    if (isBlank || heading || bullet.test(line)) close();
    if (heading) {
      headings.length = (heading[1] as string).length - 1;
      headings.push((heading[2] as string).trim());
    } else if (!isBlank) {
      if (lines.length === 0) first = index + 1;
      lines.push(
        line
          .replace(bullet, "")
          .replace(/^\s*>\s?/, "")
          .replace(/^\s*\||\|\s*$/g, "")
          .replaceAll("|", ", "),
      );
    }
  });
  close();
  return found;
}

/** Lines of a file, those of a block of settings at its top made blank. */
function withoutFrontMatter(text: string): string[] {
  const lines = text.split(/\r?\n/);
  const end = lines[0]?.trim() === "---" ? lines.indexOf("---", 1) : -1;
  return end < 0 ? lines : lines.map((line, index) => (index <= end ? "" : line));
}

/** A check of claims against guideline snippets. */
export function guidelineChecker(guidelines: readonly Guideline[]): ReasoningCheck {
  const told = guidelines.flatMap(({ text, source }, snippet) => {
    // What stands before a colon at the head of a snippet is its title.
    const title = /^(?:[A-Z]\. )?[^:.。：]{2,40}[:：]\s/.exec(text)?.[0] ?? "";
    const topic = wordsOf(`${source.split(" › ").slice(1).join(" ")} ${title}`);
    return splitSentences(text.slice(title.length)).flatMap((sentence) =>
      clausesOf(sentence.text).map(
        ({ clause }): Told => ({
          ...readClause(clause),
          snippet,
          topic: new Set([...topic, ...wordsOf(sentence.text)]),
        }),
      ),
    );
  });
  // A clause that takes no side bears nothing out.
  const align = aligner(
    told.filter(
      ({ polarity, quantities, line }) => polarity !== 0 || quantities.length > 0 || line !== undefined,
    ),
  );

  return ({ text }) => {
    const failed: Check[] = [];
    let supported = 0;
    let unknown = 0;
    for (const { text: sentence, start } of splitSentences(text)) {
      if (isSupposed.test(sentence)) continue;
      for (const { clause, offset } of clausesOf(sentence)) {
        if (isOfPatient.test(clause)) continue;
        const claim = readClause(clause);
        if (claim.words.size < 2 && claim.quantities.length === 0) continue;
        // The closest snippet that takes a side decides.
        const side = align(claim).find((one) => agrees(claim, one) || disagreement(claim, one) !== undefined);
        const why = side && disagreement(claim, side);
        if (side === undefined) unknown += 1;
        else if (why === undefined) supported += 1;
        else failed.push(failure(guidelines[side.snippet] as Guideline, why, clause, start + offset));
      }
    }
    return failed.length > 0
      ? failed
      : [{ name, passed: true, found: `${supported} supported, ${unknown} unknown` }];
  };
}

function failure({ id, place, text }: Guideline, why: string, clause: string, at: number): Check {
  const found = `"${clause.trim()}": ${why}`;
  const evidence = `${id} (${place}): "${text}"`;
  return { name, passed: false, found, evidence, span: [at, at + clause.length] };
}

const isOfPatient =
  /\b(?:(?:the|this|our|that) (?:patient|man|woman|boy|girl|child|infant)(?:'s)? (?:has|had|is|was|presents?|presented|reports?|takes?|took|received|blood|temperature|pulse|heart|weighs)|(?:his|her) (?!risk)|\d+[- ]year[- ]old|he (?:is|has|had|takes|was)|she (?:is|has|had|takes|was)|presented with|on admission)\b|患者(?:的|有|出现|体温|血压)/i;
const isSupposed = /\?|\b(?:if (?:the|this|we|it)|whether|suppose|some think|misconception|myth)\b|是否/i;
