/**
 * The discover stage: pages of an encyclopedia to a knowledge graph in which every relation quotes its sentence
 * (paper §3.1). Two passes: the first gives each page a type, the second reads relations between typed entities.
 *
 * Invariant: pages stream; only titles, types and relations are held. Departure from the paper: rules and closed
 * tables in place of a language model's reading, so that each relation can be checked to the character.
 */
import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { UsageError } from "../base/errors.ts";
import { readJsonl, writeJsonl } from "../base/jsonl.ts";
import type { RunStage, StageContext } from "../base/stage.ts";
import { parquetFromJsonl, writeGraph } from "../graph/store.ts";
import type { DiscoverSection } from "../recipe/sections/discover.ts";
import type { Entity } from "../records/entity.ts";
import { type Page, pageSchema } from "../records/page.ts";
import { type Ballots, openBallots } from "./ballots.ts";
import { aliasesOf, identifiersOf, rarityOfPage } from "./facts.ts";
import { followRedirects, type Names, openNames, type TypedPage } from "./names.ts";
import { proseOf } from "./prose.ts";
import { collectRelations, mirrored } from "./relations/merge.ts";
import { nameThings } from "./relations/name-pageless.ts";
import { readRelations } from "./relations/read.ts";
import { readPages } from "./sources/source.ts";
import { typeOfPage } from "./typing.ts";
import { readPage } from "./wikitext/sections.ts";

type Context = StageContext<DiscoverSection>;

/** Reads the sources and writes pages, entities, relations and the corpus. */
export const runDiscover: RunStage<DiscoverSection> = async (context) => {
  const spool = join(context.scratch, "pages.jsonl");
  const first = await readTypes(context, spool);
  if (first.pages === 0) throw new UsageError("discover: the sources hold no page; check discover.source");
  context.log.info(`${first.typed.size} of ${first.pages} pages are medical entities`);

  const names = openNames(first.typed, first.redirects, first.notMedical, first.ballots);
  const collector = collectRelations(context.settings.maxEvidence);
  const typeOf = (id: string): Entity["type"] | undefined =>
    first.typed.get(id)?.type ?? names.pageless.get(id)?.type;
  await writeJsonl(
    join(context.folder, "corpus.jsonl"),
    secondPass(context, spool, first, names, (reading) => {
      collector.add(reading);
      const mirror = mirrored(reading, typeOf);
      if (mirror) collector.add(mirror);
    }),
  );
  const relations = collector.relations(context.settings.minConfidence);
  const named = new Set(relations.flatMap((one) => [one.head, one.tail]));
  const entities = entitiesOf(first, names, named);
  await writeGraph(context.folder, entities, relations);
  await parquetFromJsonl(spool, "pages", join(context.folder, "pages.parquet"));
  await rm(spool);
  return {
    pages: first.pages,
    redirects: first.redirects.size,
    entities: entities.length,
    relations: relations.length,
    rejected: first.rejected,
    notMedical: first.pages - first.redirects.size - first.typed.size,
  };
};

interface FirstPass {
  pages: number;
  rejected: number;
  readonly typed: Map<string, TypedPage>;
  readonly redirects: Map<string, string>;
  readonly notMedical: Set<string>;
  readonly ballots: Ballots;
  /** Pages of which nothing medical is known; a field of another page may still name one. */
  readonly unknown: Map<string, { readonly pageId: number; readonly revision: number }>;
}

async function readTypes(context: Context, spool: string): Promise<FirstPass> {
  const { settings, log, signal } = context;
  const out: FirstPass = {
    pages: 0,
    rejected: 0,
    typed: new Map(),
    redirects: new Map(),
    notMedical: new Set(),
    unknown: new Map(),
    ballots: openBallots(),
  };
  const file = createWriteStream(spool);
  const reject = (item: string, reason: string): void => {
    out.rejected += 1;
    context.reject(item, reason);
  };
  for await (const page of readPages([settings.source].flat(), reject)) {
    signal.throwIfAborted();
    const { title } = page;
    if (out.typed.has(title) || out.redirects.has(title) || out.unknown.has(title)) {
      reject(title, "a page of this title came before; the first one is kept");
      continue;
    }
    out.pages += 1;
    log.progress("pages", out.pages);
    if (keepPage(page, out) && !file.write(`${JSON.stringify(page)}\n`)) await once(file, "drain");
    if (settings.maxPages !== undefined && out.pages >= settings.maxPages) break;
  }
  file.end();
  await once(file, "close");
  log.progress("pages", out.pages, out.pages);
  return out;
}

/** Files a page under what it is; true when evidence or a name may come from it. */
function keepPage(page: Page, out: FirstPass): boolean {
  const { title, pageId, revision } = page;
  if (page.redirect !== undefined) {
    out.redirects.set(title, page.redirect);
    return true;
  }
  const read = readPage(page.wikitext);
  const typing = typeOfPage(title, read);
  switch (typing.kind) {
    case "notMedical":
      out.notMedical.add(title);
      return false;
    case "unknown":
      out.unknown.set(title, { pageId, revision });
      return false;
    case "entity":
      nameThings(read, { id: title, type: typing.type }, out.ballots);
      out.typed.set(title, {
        title,
        type: typing.type,
        reasons: typing.reasons,
        pageId,
        revision,
        aliases: aliasesOf(title, read),
        identifiers: identifiersOf(read),
        rarity: rarityOfPage(typing.type, read),
      });
      return true;
    default:
      return typing satisfies never;
  }
}

/** Reads relations and gives the line of the corpus for each page. */
async function* secondPass(
  context: Context,
  spool: string,
  first: FirstPass,
  names: Names,
  onReading: (reading: Parameters<ReturnType<typeof collectRelations>["add"]>[0]) => void,
): AsyncGenerator<{ page: string; revision: number; text: string }> {
  let done = 0;
  for await (const page of readJsonl(spool, pageSchema)) {
    context.signal.throwIfAborted();
    const typed = first.typed.get(page.title);
    if (typed === undefined) continue;
    const read = readPage(page.wikitext);
    const head = { id: typed.title, type: typed.type };
    for (const reading of readRelations(page, read, head, names, context.settings.licence))
      onReading(reading);
    done += 1;
    context.log.progress("relations", done, first.typed.size);
    const text = proseOf(read);
    if (text !== "") yield { page: page.title, revision: page.revision, text };
  }
}

function entitiesOf(first: FirstPass, names: Names, named: ReadonlySet<string>): Entity[] {
  const aliases = new Map<string, string[]>();
  for (const from of first.redirects.keys()) {
    const to = followRedirects(first.redirects, from);
    if (to === undefined) continue;
    const list = aliases.get(to);
    if (list) list.push(from);
    else aliases.set(to, [from]);
  }
  const out: Entity[] = [];
  for (const page of first.typed.values()) {
    out.push({
      id: page.title,
      type: page.type,
      typeReasons: [...page.reasons],
      aliases: [...new Set([...(aliases.get(page.title) ?? []), ...page.aliases])],
      identifiers: { ...page.identifiers },
      rarity: page.rarity,
      page: { pageId: page.pageId, revision: page.revision },
    });
  }
  for (const [id, { type, reasons }] of names.pageless) {
    if (!named.has(id)) continue;
    const page = first.unknown.get(id);
    out.push({
      id,
      type,
      typeReasons: [...reasons],
      aliases: aliases.get(id) ?? [],
      identifiers: {},
      rarity: { score: 0.3, isRare: false, reasons: ["no frequency is stated"] },
      ...(page === undefined ? {} : { page }),
    });
  }
  return out.sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
}
