/**
 * The first half of the stage: pages to surveys on disk, by a sweep of the whole source or by the agent (paper §3.1).
 */
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { UsageError } from "../base/errors.ts";
import { writeJson } from "../base/files.ts";
import { hashJson } from "../base/hash.ts";
import { writeJsonl } from "../base/jsonl.ts";
import type { StageContext } from "../base/stage.ts";
import type { AgentSection, DiscoverSection } from "../recipe/sections/discover.ts";
import type { Page } from "../records/page.ts";
import { journalHeader, openJournal } from "./agent/journal.ts";
import { type NavigationEnd, navigate } from "./agent/navigate.ts";
import { type ModelReader, openModelReader } from "./model/model-reader.ts";
import { surveyPage, surveyWithProse } from "./reading/survey.ts";
import { type SurveyedPage, segmentFolder, writeSegment } from "./segments.ts";
import { SourceRefused } from "./sources/api/waits.ts";
import { openSource } from "./sources/open-source.ts";
import type { PageSource } from "./sources/page-source.ts";
import { sweep } from "./sweep.ts";

type Context = StageContext<DiscoverSection>;

/** Reads pages into segments; returns how many segments there are. */
export async function readSource(context: Context): Promise<number> {
  const { settings, scratch, kept, log, signal } = context;
  if (settings.agent && settings.maxPages !== undefined)
    throw new UsageError(
      "discover.maxPages is for reading without an agent; with one, set discover.agent.maxPages",
    );
  await mkdir(kept, { recursive: true });
  const source = await openSource([settings.source].flat(), {
    reject: context.reject,
    scratch: kept,
    api: settings.api,
    log,
    signal,
  });
  let failures = 0;
  const onFailure = (): void => {
    failures += 1;
    context.unfinished();
  };
  const model = settings.model && openModel(context, settings.model, onFailure);
  if (settings.agent) return readByAgent(context, source, settings.agent, model);
  return sweep({
    source,
    scratch,
    threads: settings.workers,
    maxPages: settings.maxPages,
    ...(model === undefined ? {} : { survey: (page: Page) => model.survey(page), failures: () => failures }),
    log,
    signal,
    onSegment: (index, { pages, bytes, seconds, decompressSeconds }) =>
      context.clock("discover/read", index, { pages, bytes, seconds, decompressSeconds }),
  });
}

function openModel(
  context: Context,
  settings: NonNullable<DiscoverSection["model"]>,
  onFailure: () => void,
): ModelReader {
  return openModelReader({
    settings,
    folder: join(context.kept, "answers"),
    seed: context.seed,
    signal: context.signal,
    reject: context.reject,
    notice: (text) => context.log.warn(text),
    onFailure,
  });
}

/** Pages in one segment of what the agent read. */
const SEGMENT = 500;

/** Lets the agent choose the pages; the journal outlives the stage, so a larger budget goes on from there. */
async function readByAgent(
  context: Context,
  source: PageSource,
  agent: AgentSection,
  model: ModelReader | undefined,
): Promise<number> {
  const { settings, scratch, kept, log, signal } = context;
  // What was read is in the journal; segments are made from it anew.
  await rm(join(scratch, "segments"), { recursive: true, force: true });
  const chooser = model?.choose === undefined ? undefined : hashJson(settings.model);
  await using journal = await openJournal(
    join(kept, "journal.jsonl"),
    journalHeader(source.version, agent, chooser),
  );
  const pages = navigate({
    source,
    settings: agent,
    survey: (page: Page) => (model ? model.survey(page) : surveyWithProse(page)),
    journal,
    signal,
    reject: context.reject,
    ...(model?.choose === undefined ? {} : { choose: model.choose }),
    isRefusal: (error) => error instanceof SourceRefused,
    onStep: ({ read, entities, waiting }) => {
      log.progress("pages", read, undefined, `${entities} entities, ${waiting} titles wait`);
    },
  });
  let segments = 0;
  const write = async (batch: readonly SurveyedPage[]): Promise<void> => {
    await writeSegment(segmentFolder(scratch, segments), batch, () => ({
      rejects: [],
      seconds: 0,
      decompressSeconds: 0,
    }));
    segments += 1;
  };
  let batch: SurveyedPage[] = [];
  let end: NavigationEnd;
  for (;;) {
    const next = await pages.next();
    if (next.done) {
      end = next.value;
      break;
    }
    batch.push(next.value);
    if (batch.length === SEGMENT) {
      await write(batch);
      batch = [];
    }
  }
  await write([...batch, ...end.redirects.map(redirectPage)]);
  await tellEnd(context, end);
  return segments;
}

/** A redirect that the source followed; where it stands and in which revision is not told. */
function redirectPage({ from, to }: { readonly from: string; readonly to: string }): SurveyedPage {
  const page = { title: from, pageId: 0, revision: 0, timestamp: "", redirect: to, wikitext: "" };
  return { page, survey: surveyPage(page), prose: "" };
}

async function tellEnd(context: Context, end: NavigationEnd): Promise<void> {
  const { folder, log, clock } = context;
  const { stopped, words, counts, minutes, waiting } = end;
  if (counts.read === 0) throw new UsageError(`discover: ${words}`);
  log.info(`the agent stopped: ${words}`);
  if (stopped === "refused") context.unfinished();
  await writeJson(join(folder, "agent.json"), { stopped, words, counts });
  await writeJsonl(join(folder, "frontier.jsonl"), waiting);
  await clock("discover/agent", 0, { minutes });
}
