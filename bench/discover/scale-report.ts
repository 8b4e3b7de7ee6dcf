/** The figures of the scale bench, and the text that a person reads of them. */
import type { QuoteCheck } from "./scale-check.ts";
import type { Dump } from "./scale-dump.ts";
import type { KillReport } from "./scale-kill.ts";
import type { SpeedFigures } from "./scale-speed.ts";
import type { Judgement } from "./scale-truth.ts";

export interface ScaleReport {
  readonly machine: string;
  /** Cores that other programs kept busy before the start. */
  readonly otherLoad: number;
  /** One core; absent where it was left out. */
  readonly speed: { readonly figures: readonly SpeedFigures[]; readonly judgement: Judgement } | undefined;
  readonly large?: {
    readonly dump: Dump;
    readonly entities: number;
    readonly relations: number;
    /** Seconds of the whole command. */
    readonly seconds: number;
    readonly cpuSeconds: number;
    readonly peakBytes: number;
    readonly highWaterBytes: number;
    /** Sums over the threads that read. */
    readonly reading: {
      readonly pages: number;
      readonly bytes: number;
      readonly threadSeconds: number;
      readonly decompressSeconds: number;
    };
    /** Seconds of each phase. */
    readonly phases: Readonly<Record<string, number>>;
    readonly quotes: QuoteCheck;
    readonly sample: Judgement & { readonly pages: number };
    /** Seconds of each command, start of the program included, or why there was no answer. */
    readonly answers: Readonly<Record<string, number | string>>;
    readonly kills?: KillReport;
  };
}

/** The report as lines. */
export function renderScale({ machine, otherLoad, speed, large }: ScaleReport): string {
  const lines = [machine];
  if (speed !== undefined) {
    lines.push("", "one core, MB/s of wikitext (median of 3)", "");
    for (const one of speed.figures) lines.push(...renderSpeed(one));
    lines.push(...renderJudgement("generated pages", speed.judgement));
  }
  if (large !== undefined) lines.push(...renderLarge(large));
  if (otherLoad > QUIET)
    lines.push("", `Not to be kept: other programs kept ${otherLoad.toFixed(1)} cores busy.`);
  return lines.join("\n");
}

/** Cores that others may keep busy without a word. */
const QUIET = 0.1;

function renderSpeed({
  name,
  pages,
  megabytes,
  surveying,
  toRelations,
  wtf,
  relations,
}: SpeedFigures): string[] {
  return [
    `${name}: ${whole(pages)} pages, ${megabytes.toFixed(1)} MB, ${whole(relations)} relations`,
    `  survey ${surveying.toFixed(1)}   to relations ${toRelations.toFixed(1)}   wtf_wikipedia, parsing only ${wtf.toFixed(1)}   ratio ${(toRelations / wtf).toFixed(1)} ×`,
  ];
}

function renderLarge(large: NonNullable<ScaleReport["large"]>): string[] {
  const { dump, reading, quotes, kills } = large;
  const megabytes = dump.wikitextBytes / 1e6;
  const readSeconds = large.phases["reading pages"] ?? large.seconds;
  const lines = [
    "",
    `${whole(dump.pages)} pages, ${whole(megabytes)} MB of wikitext, ${whole(dump.packedBytes / 1e6)} MB packed`,
    `  reading      ${(megabytes / readSeconds).toFixed(1)} MB/s, ${whole(dump.pages / readSeconds)} pages/s`,
    `  end to end   ${(megabytes / large.seconds).toFixed(1)} MB/s, ${whole(dump.pages / large.seconds)} pages/s, ${large.seconds.toFixed(1)} s (${large.cpuSeconds.toFixed(0)} s of CPU)`,
    `  phases       ${Object.entries(large.phases)
      .map(([name, seconds]) => `${name} ${seconds.toFixed(1)} s`)
      .join(", ")}`,
    `  decompression ${share(reading.decompressSeconds, reading.threadSeconds)} of the readers' time`,
    `  memory       ${whole(large.peakBytes / 2 ** 20)} MiB at most (its own high-water mark ${whole(large.highWaterBytes / 2 ** 20)} MiB)`,
    `  graph        ${whole(large.entities)} entities, ${whole(large.relations)} relations`,
    `  quotes       ${whole(quotes.exact)} of ${whole(quotes.checked)} exact, ${quotes.pageless} without a page, ${quotes.bare} relations without evidence`,
    `  answers      ${Object.entries(large.answers)
      .map(
        ([name, taken]) =>
          `${name} ${typeof taken === "number" ? `${taken.toFixed(2)} s` : taken.slice(0, LONGEST_FAILURE)}`,
      )
      .join(", ")}`,
    ...renderJudgement(`sample of ${whole(large.sample.pages)} pages`, large.sample),
  ];
  if (kills !== undefined) {
    lines.push(
      `  kill -9      ${kills.kills.length} times (after ${kills.kills.map((at) => `${at.toFixed(1)} s`).join(", ")}); outputs ${kills.identical ? "identical" : `DIFFERENT: ${kills.different.join(", ")}`}`,
    );
  }
  return lines;
}

/** Characters of a failure that are shown. */
const LONGEST_FAILURE = 160;

function renderJudgement(name: string, found: Judgement): string[] {
  const places = Object.entries(found.stated).map(
    ([place, { all, found: got }]) => `${place} ${share(got, all)}`,
  );
  return [
    `  ${name}: precision ${share(found.right, found.read)} of ${whole(found.read)}, recall ${share(found.found, found.all)} of ${whole(found.all)} (${places.join(", ")})`,
    `  ${found.denied} of ${found.denials} denials were read as facts`,
    ...found.examples.map((example) => `    ${example}`),
    `  by predicate (recall; right of read): ${Object.entries(found.byPredicate)
      .sort(([, a], [, b]) => b.all - a.all)
      .map(
        ([predicate, { all, found: got, read, right }]) =>
          `${predicate} ${share(got, all)}; ${share(right, read)}`,
      )
      .join(" · ")}`,
  ];
}

function whole(value: number): string {
  return Math.round(value).toLocaleString("en");
}

function share(part: number, all: number): string {
  return all === 0 ? "–" : `${((100 * part) / all).toFixed(1)} %`;
}
