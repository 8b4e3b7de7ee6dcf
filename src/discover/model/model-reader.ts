/**
 * A model beside the rules (paper §3.1): it may say what kind of thing an unclear page is about, add relations that it
 * can quote, and choose which links to follow. What it says that cannot be shown in the page is a reject.
 *
 * Invariant: answers are kept, so a run that goes on or is repeated reads the same and asks nothing twice.
 */
import { keptAnswers } from "../../models/answer-cache.ts";
import { openEndpoint } from "../../models/endpoint.ts";
import type { ModelSection } from "../../recipe/sections/discover.ts";
import type { Page } from "../../records/page.ts";
import type { Waiting } from "../agent/frontier.ts";
import { type Surveyed, surveyPage, withProse } from "../reading/survey.ts";
import type { EntitySurvey, Mention, PageSurvey, Place, Vote } from "../reading/survey-record.ts";
import type { RejectPage } from "../sources/page-source.ts";
import { type ReadPage, readPage } from "../wikitext/sections.ts";
import type { Asking, ModelReject } from "./asking.ts";
import { chooseLinks } from "./choose-links.ts";
import { proposeRelations } from "./propose-relations.ts";
import { proposeType } from "./propose-type.ts";

export interface ModelReader {
  survey(page: Page): Promise<Surveyed>;
  /** Orders waiting titles; absent where the model is not asked for that. */
  readonly choose?: (candidates: readonly Waiting[]) => Promise<readonly string[]>;
}

export interface ModelReaderOptions {
  readonly settings: ModelSection;
  /** Folder for answers. */
  readonly folder: string;
  readonly seed: number;
  readonly signal: AbortSignal;
  readonly reject: RejectPage;
  readonly notice: (text: string) => void;
  /** Told when the server failed where the model might have answered. */
  readonly onFailure: () => void;
}

const AIM =
  "a knowledge graph of medicine: diseases, above all rare ones, with their symptoms, causes, tests and treatments";

/** Opens the reader; nothing is asked before the first page. */
export function openModelReader(options: ModelReaderOptions): ModelReader {
  const { settings, folder, seed, signal, notice } = options;
  const { url, name, keyVariable, steps } = settings;
  const endpoint = openEndpoint({ url, model: name, keyVariable, notice });
  const asking: Asking = { model: keptAnswers(endpoint, folder), settings, seed, signal };
  const rejectAll = (rejects: readonly ModelReject[]): void => {
    for (const { item, reason } of rejects) options.reject(item, reason);
  };
  return {
    async survey(page) {
      const read = readPage(page.wikitext);
      const byRules = surveyPage(page, read);
      const survey =
        byRules.kind === "unknown" && steps.includes("type") ? await typed(page, read, byRules) : byRules;
      if (survey.kind !== "entity" || !steps.includes("relations")) return withProse(survey, read);
      const { accepted, rejects, isWhole } = await proposeRelations(page, read, survey.type, asking);
      rejectAll(rejects);
      if (!isWhole) options.onFailure();
      return withProse(withProposals(survey, accepted), read);
    },
    ...(steps.includes("links")
      ? {
          async choose(candidates: readonly Waiting[]) {
            const told = candidates.map(({ title, reasons }) => ({
              title,
              why: reasons
                .map(({ why, from }) => (from === undefined ? why : `${why} of ${from}`))
                .join(", "),
            }));
            const { titles, rejects } = await chooseLinks(told, AIM, asking);
            rejectAll(rejects);
            return titles;
          },
        }
      : {}),
  };

  async function typed(page: Page, read: ReadPage, byRules: PageSurvey): Promise<PageSurvey> {
    const proposal = await proposeType(page, read, asking);
    if (!proposal.ok) {
      rejectAll([proposal.reject]);
      if (!proposal.isFinal) options.onFailure();
      return byRules;
    }
    const { type, confidence, place } = proposal;
    if (type === "none" || confidence < LEAST_SURE) return byRules;
    const reasons = [`the model ${name}, quoting "${place.quote}"`];
    return surveyPage(page, read, { kind: "entity", type, score: confidence, reasons });
  }
}

/** A type that the model is less sure of is left open; not given in the paper. */
const LEAST_SURE = 0.5;

/** The survey with what the model read, each proposal with a place of its own. */
function withProposals(
  survey: EntitySurvey,
  accepted: readonly { readonly place: Place; readonly mention: Omit<Mention, "place"> }[],
): EntitySurvey {
  const places = [...survey.places];
  const mentions = [...survey.mentions];
  const votes: Vote[] = [...survey.votes];
  for (const { place, mention } of accepted) {
    mentions.push({ ...mention, place: places.length });
    places.push(place);
    if (mention.proposed === undefined) continue;
    const reason = `named by a model on the page ${survey.title}`;
    votes.push({ name: mention.target ?? mention.words, type: mention.proposed.type, weight: 1, reason });
  }
  return { ...survey, places, mentions, votes };
}
