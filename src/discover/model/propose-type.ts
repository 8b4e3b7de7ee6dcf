/**
 * What kind of thing a page is about, asked of a model where boxes, categories and the first sentence leave it unclear
 * (paper §3.1). The answer counts only with a quote that is literally in the text that was shown.
 */
import { z } from "zod";
import { type EntityType, entitySchema } from "../../records/entity.ts";
import type { Page } from "../../records/page.ts";
import type { Place } from "../reading/survey-record.ts";
import type { ReadPage } from "../wikitext/sections.ts";
import { type Asking, type ModelReject, readingNote } from "./asking.ts";
import { chunksOf, placeOfQuote } from "./page-chunks.ts";

export type TypeProposal =
  | {
      readonly ok: true;
      /** "none": the page is about nothing medical. */
      readonly type: EntityType | "none";
      /** As the model says, from 0 to 1. */
      readonly confidence: number;
      /** The words that decided it. */
      readonly place: Place;
      readonly tokens: number;
    }
  | {
      readonly ok: false;
      readonly reject: ModelReject;
      readonly tokens: number;
      /** Whether the model has spoken; otherwise the server failed. */
      readonly isFinal: boolean;
    };

/** The lead says what a thing is; more of a page costs and seldom helps. */
const SHOWN = 4000;

const kinds: Readonly<Record<EntityType | "none", string>> = {
  disease: "a disease, disorder, injury or syndrome",
  symptom: "something that a person feels or complains of",
  sign: "something that an examiner sees or finds on the body",
  finding: "a result of a test: in blood, tissue or a picture",
  test: "a test, measurement or imaging method",
  procedure: "an operation, treatment or other thing done, other than a drug",
  drug: "one substance given as medicine, or a vaccine",
  "drug class": "a class of medicines",
  mechanism: "a process in the body or in a disease",
  anatomy: "a part of the human body, an organ, tissue or cell",
  pathogen: "an organism or virus that causes disease",
  gene: "a gene or the protein it makes",
  "risk factor": "a habit, exposure or trait that makes a disease more likely",
  specialty: "a branch of medicine",
  concept: "another idea of medicine or biology",
  none: "nothing of these: a person, place, company, book, list, or nothing medical",
};

const form = z.object({
  type: z.string().meta({ enum: Object.keys(kinds) }),
  confidence: z.number().min(0).max(1),
  quote: z.string(),
});

const system = `You are shown the beginning of an encyclopedia page and say what kind of thing the page is about.

Types:
${Object.entries(kinds)
  .map(([type, meaning]) => `${type}: ${meaning}`)
  .join("\n")}

Give
- type: one of the above;
- confidence: from 0 to 1, how sure you are;
- quote: the words of the text that decide it, at most one sentence, copied letter for letter with all markup.
${readingNote}`;

/** Asks for the type of the entity that a page is about. */
export async function proposeType(
  page: Pick<Page, "title">,
  read: ReadPage,
  asking: Asking,
): Promise<TypeProposal> {
  const { title } = page;
  const { temperature, maxTokens, maxCharacters } = asking.settings;
  const no = (reason: string, tokens: number, isFinal = true): TypeProposal => ({
    ok: false,
    reject: { item: `${title}: type`, reason },
    tokens,
    isFinal,
  });
  const [chunk] = chunksOf(read, Math.min(maxCharacters, SHOWN));
  if (chunk === undefined) return no("the page has no text", 0);
  const categories =
    read.categories.length === 0 ? "" : `\nCategories: ${read.categories.slice(0, 20).join("; ")}`;
  const prompt = `Page: ${title}${categories}\n\n<<<\n${chunk.text.trim()}\n>>>`;
  const answer = await asking.model.structured(
    {
      id: `${title}: type`,
      name: "type",
      system,
      prompt,
      schema: form,
      temperature,
      maxTokens,
      seed: asking.seed,
    },
    asking.signal,
  );
  if (!answer.ok) return no(answer.reason, answer.tokens, answer.isFinal);
  const { tokens, value } = answer;
  const type = value.type === "none" ? "none" : entitySchema.shape.type.safeParse(value.type).data;
  if (type === undefined) return no(`"${value.type}" is no type of an entity`, tokens);
  const place = placeOfQuote(read, chunk, value.quote.trim());
  if (place === undefined) return no("the quote is not in the page", tokens);
  return { ok: true, type, confidence: value.confidence, place, tokens };
}
