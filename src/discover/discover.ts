/**
 * The discover stage: pages of an encyclopedia to a knowledge graph in which every relation quotes its sentence
 * (paper §3.1). Pages are read one by one, all of a source or those the agent chooses; then names are joined to
 * entities over all pages, and relations are read off.
 *
 * Invariant: pages and relations stream through files; only titles, types and codes are held. Departure from the
 * paper: rules and closed tables do the reading, so that each relation can be checked to the character; a language
 * model may be named to propose more, and must quote.
 */
import { join } from "node:path";
import { UsageError } from "../base/errors.ts";
import { shortHash } from "../base/hash.ts";
import { writeJsonl } from "../base/jsonl.ts";
import type { RunStage, StageContext } from "../base/stage.ts";
import { assembleGraph } from "../graph/assemble.ts";
import type { DiscoverSection } from "../recipe/sections/discover.ts";
import type { Entity } from "../records/entity.ts";
import { type Gathered, gather } from "./gather.ts";
import { type LabelFiles, readLabels } from "./labels.ts";
import { readSource } from "./read-source.ts";
import { resolve } from "./relations/resolve.ts";
import { corpusOf, othersOf, pageFiles, readCounts, surveysOf } from "./segments.ts";

type Context = StageContext<DiscoverSection>;

/** Reads the sources and writes the tables of the graph and the corpus. */
export const runDiscover: RunStage<DiscoverSection> = async (context) => {
  const { settings, scratch, folder, log } = context;
  const segments = await readSource(context);
  const read = totals(context, segments);
  if (read.pages === 0) throw new UsageError("discover: the sources hold no page; check discover.source");
  const gathered = gather(scratch, segments, (title) =>
    context.reject(title, "a page of this title came before; the first one is kept"),
  );
  log.info(`${gathered.pages} of ${read.pages} pages are medical entities`);

  const labels = await labelsOf(context, gathered, segments);
  const readings = join(scratch, "readings.jsonl");
  const entities = join(scratch, "entities.jsonl");
  const merges = join(scratch, "merges.jsonl");
  await writeJsonl(readings, readingLines(context, gathered, segments));
  await writeJsonl(entities, entityLines(gathered, labels?.byEntity ?? new Map()));
  await writeJsonl(merges, gathered.merges);
  const counts = await assembleGraph({
    folder,
    scratch,
    entities: [entities],
    readings: [readings],
    merges: [merges],
    pages: pageFiles(scratch, segments, gathered.repeated),
    settings,
  });
  await writeJsonl(join(folder, "corpus.jsonl"), corpusOf(scratch, segments, gathered.repeated));
  return {
    pages: read.pages,
    redirects: read.redirects,
    notMedical: read.notMedical,
    entities: counts.entities,
    relations: counts.relations,
    merged: gathered.merges.length,
    ...(labels === undefined ? {} : { labelled: labels.byEntity.size, labelsUnknown: labels.unknown }),
  };
};

/** What the files of labels say of the entities; undefined where none is named. */
async function labelsOf(
  { settings, scratch, log, reject }: Context,
  { names }: Gathered,
  segments: number,
): Promise<LabelFiles | undefined> {
  if (settings.labels === undefined) return undefined;
  const lookup = {
    titled: (title: string) => names.titled(title)?.id,
    named: (title: string) => (title.endsWith(")") ? undefined : names.words(title)?.id),
    otherPages(titles: ReadonlySet<string>) {
      const found = new Set<string>();
      for (const { title } of othersOf(scratch, segments)) if (titles.has(title)) found.add(title);
      return found;
    },
  };
  const labels = await readLabels([settings.labels].flat(), lookup, reject);
  const { byEntity, unknown, passed } = labels;
  log.info(
    `${byEntity.size} entities have labels from files; ${unknown} labels are of titles that are no entity, ${passed} in languages that are not used`,
  );
  return labels;
}

/** Sums of the segments; what they could not read is told, and whether a model failed in one of them. */
function totals(
  context: Context,
  segments: number,
): { pages: number; redirects: number; notMedical: number } {
  const sums = { pages: 0, redirects: 0, notMedical: 0 };
  for (let index = 0; index < segments; index++) {
    const { pages, kinds, rejects, isWhole } = readCounts(context.scratch, index);
    sums.pages += pages;
    sums.redirects += kinds.redirect;
    sums.notMedical += kinds.notMedical + kinds.disambiguation + kinds.unknown;
    for (const [item, reason] of rejects) context.reject(item, reason);
    if (!isWhole) context.unfinished();
  }
  return sums;
}

function* readingLines(context: Context, gathered: Gathered, segments: number): Generator<unknown> {
  const { log, signal, scratch } = context;
  let order = 0;
  let done = 0;
  for (const survey of surveysOf(scratch, segments, gathered.repeated)) {
    signal.throwIfAborted();
    const { title: page, pageId, revision } = survey;
    for (const { head, predicate, tail, method, confidence, place, mention } of resolve(
      survey,
      gathered.names,
    )) {
      const { frequency, condition, hedge } = mention;
      yield {
        relation: `r-${shortHash([head, predicate, tail])}`,
        head,
        predicate,
        tail,
        method,
        confidence,
        page,
        pageId,
        revision,
        ...place,
        frequency,
        condition,
        hedge,
        order: order++,
      };
    }
    done += 1;
    log.progress("relations", done, gathered.pages);
  }
}

interface EntityLine extends Entity {
  readonly redirects: readonly string[];
  readonly mayDrop?: true;
}

/** Entities with a page, and names without one, which stay only where a relation names them. */
function* entityLines(gathered: Gathered, labels: LabelFiles["byEntity"]): Generator<EntityLine> {
  const { names, redirects, unknown } = gathered;
  for (const entity of gathered.entities.values()) {
    const own = { ...entity.labels, ...labels.get(entity.id) };
    yield {
      ...entity,
      redirects: redirects.get(entity.id) ?? [],
      ...(Object.keys(own).length === 0 ? {} : { labels: own }),
    };
  }
  for (const [id, { type, reasons }] of names.pageless) {
    const page = unknown.get(id);
    const own = labels.get(id);
    yield {
      id,
      type,
      typeScore: 0.5,
      typeReasons: [...reasons],
      aliases: [],
      redirects: redirects.get(id) ?? [],
      identifiers: {},
      rarity: { score: 0.3, isRare: false, reasons: ["no frequency is stated"] },
      ...(page === undefined ? {} : { page }),
      ...(own === undefined ? {} : { labels: own }),
      mayDrop: true,
    };
  }
}
