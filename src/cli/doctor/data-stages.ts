/** Estimates of the stages that make data: discover, curate, synthesize, refine, report (docs/discover.md, docs/refine.md). */
import type { Recipe } from "../../recipe/schema.ts";
import type { Asked } from "./asked.ts";
import { count } from "./figures.ts";
import { type Machine, slowdown } from "./machine.ts";
import { judged, noTokens, type StageEstimate } from "./stage-estimate.ts";
import type { Workload } from "./workload.ts";

type DataStage = "discover" | "curate" | "synthesize" | "refine" | "report";

/** Measured on two cores; none of them hangs on matrix products. */
const START_SECONDS = 1;
const PAGE_BYTES_RATE = 6e6;
/** Seconds of a request of 50 titles to a live wiki, which are made one after another. */
const LIVE_REQUEST = 2;
const MADE_RATE = { closed: 3000, open: 1500 };
const REFINED_RATE = 1500;
const READ_RATE = 20_000;
const REPORT_SECONDS = 2;

const PROGRAM_BYTES = 400 * 2 ** 20;
/** Held of a relation while the graph is made, and of a question while it is refined. */
const RELATION_BYTES = 800;
const QUESTION_BYTES = 6000;
/** Written of a page, and of a question with its checks. */
const [PAGE_SHARE, REFINED_BYTES] = [1, 3000];

/** One of the stages that train nothing. */
export function dataEstimate(
  stage: DataStage,
  recipe: Recipe,
  workload: Workload,
  machine: Pick<Machine, "processorShare">,
  asked: readonly Asked[],
): StageEstimate {
  const own = asked.filter((one) => one.stage === stage);
  const { sourceBytes, livePages, relations, made, curated, read } = workload;
  const asking = own.reduce((sum, { seconds }) => sum + seconds, 0);
  const waiting = asking + (stage === "discover" ? (livePages / 50) * LIVE_REQUEST : 0);
  const figures = {
    discover: {
      seconds: sourceBytes / PAGE_BYTES_RATE,
      memory: relations * RELATION_BYTES,
      disk: sourceBytes * PAGE_SHARE + livePages * 15_000,
      basis: [
        `${count(sourceBytes / 1e6)} MB of wikitext${livePages > 0 ? ` and ${count(livePages)} pages of a live wiki` : ""}`,
        `about ${count(relations)} relations`,
      ],
    },
    curate: {
      seconds: read / READ_RATE,
      memory: read * 2000,
      disk: read * 1000,
      basis: [`${count(read)} questions of public sets`],
    },
    synthesize: {
      seconds: made / MADE_RATE[recipe.synthesize.world],
      memory: relations * RELATION_BYTES + made * 2000,
      disk: made * 2000,
      basis: [`about ${count(workload.paths)} reasoning paths, ${count(made)} questions`],
    },
    refine: {
      seconds: (made + curated) / REFINED_RATE + read / READ_RATE,
      memory: (made + read) * QUESTION_BYTES,
      disk: (made + curated) * REFINED_BYTES,
      basis: [
        `${count(made + curated)} questions, ${recipe.refine.trials} trials each`,
        `about ${count(workload.train.questions)} to train on, ${count(workload.dev)} dev, ${count(workload.test)} test`,
      ],
    },
    report: { seconds: REPORT_SECONDS, memory: 0, disk: 2e6, basis: [] },
  }[stage];
  return judged(
    {
      stage,
      seconds: slowdown(machine) * (START_SECONDS + figures.seconds) + waiting,
      waitingSeconds: waiting,
      memoryBytes: PROGRAM_BYTES + figures.memory,
      diskBytes: figures.disk,
      downloadBytes: stage === "discover" ? livePages * 15_000 : 0,
      tokens: noTokens,
      asked: own,
      basis: figures.basis,
    },
    [],
  );
}
