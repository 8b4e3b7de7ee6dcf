/**
 * The relations that a model reads in a page (paper §3.1): the text in chunks, the closed table of predicates, and a
 * form to fill in. What it proposes counts only with a quote that is literally in the text; see check-proposal.ts.
 */
import { z } from "zod";
import { type EntityType, entitySchema } from "../../records/entity.ts";
import type { Page } from "../../records/page.ts";
import type { ReadPage } from "../wikitext/sections.ts";
import { type Asking, type ModelReject, readingNote } from "./asking.ts";
import { checkProposal, type ProposedMention } from "./check-proposal.ts";
import { type Chunk, chunksOf } from "./page-chunks.ts";
import { predicateLines, predicatesOf } from "./predicate-notes.ts";

export interface RelationProposals {
  /** In the order of the page's chunks; each once. */
  readonly accepted: readonly ProposedMention[];
  readonly rejects: readonly ModelReject[];
  /** Tokens that the model wrote. */
  readonly tokens: number;
  /** Whether every chunk was answered by the model; false after a failure of the server. */
  readonly isWhole: boolean;
}

/** Asks for the relations whose head is the entity of this page. */
export async function proposeRelations(
  page: Pick<Page, "title">,
  read: ReadPage,
  head: EntityType,
  asking: Asking,
): Promise<RelationProposals> {
  const accepted = new Map<string, ProposedMention>();
  const rejects: ModelReject[] = [];
  let tokens = 0;
  let isWhole = true;
  const { title } = page;
  const chunks = predicatesOf(head).length === 0 ? [] : chunksOf(read, asking.settings.maxCharacters);
  const answers = await Promise.all(
    chunks.map((chunk, index) => askOfChunk(`${title}, part ${index + 1}`, title, head, chunk, asking)),
  );
  for (const [index, answer] of answers.entries()) {
    tokens += answer.tokens;
    if (!answer.ok) {
      isWhole &&= answer.isFinal;
      rejects.push({ item: `${title}, part ${index + 1}`, reason: answer.reason });
      continue;
    }
    const shown = { title, type: head, read, chunk: chunks[index] as Chunk };
    for (const proposal of answer.value.relations) {
      const checked = checkProposal(proposal, shown);
      if (typeof checked === "string")
        rejects.push({ item: `${title} ${proposal.predicate} ${proposal.tail}`, reason: checked });
      else accepted.set(keyOf(checked), accepted.get(keyOf(checked)) ?? checked);
    }
  }
  return { accepted: [...accepted.values()], rejects, tokens, isWhole };
}

function keyOf({ place, mention }: ProposedMention): string {
  return [mention.proposed?.predicate, mention.target ?? mention.words, place.start].join("\u001f");
}

function askOfChunk(id: string, title: string, head: EntityType, chunk: Chunk, asking: Asking) {
  const { temperature, maxTokens } = asking.settings;
  return asking.model.structured(
    {
      id,
      name: "relations",
      system: systemPrompt(head),
      prompt: `Subject: ${title} (${head})\n\n<<<\n${chunk.text.trim()}\n>>>`,
      schema: formFor(head),
      temperature,
      maxTokens,
      seed: asking.seed,
    },
    asking.signal,
  );
}

/** What the model is told once; the same for all pages of a type, so that a server can keep it. */
export function systemPrompt(head: EntityType): string {
  return `You read a part of an encyclopedia page and list the medical relations that it states of the page's subject, whose type is: ${head}.

Predicates, read as "subject PREDICATE tail":
${predicateLines(head)}

For each relation give
- predicate: one of the above;
- tail: the name of what the subject is related to, as the text names it, without markup;
- tailType: the type of the tail, one that the predicate allows;
- quote: the part of the text that states it, copied letter for letter with all its markup ([[…]], '', punctuation), at most one sentence, with the tail in it; never pieced together from several places;
- hedge: the words of the quote that make it less than certain, such as "may", else null;
- frequency: the words of the quote that say how often, such as "in 5 % of cases", else null;
- condition: the words of the quote that say when it holds, such as "in children", else null.

Take only what the text itself affirms of the subject. Leave out what it denies, what it says of other subjects, history, research, animals, and tails that are persons, places, companies or general words such as "patient" or "treatment". An empty list is a good answer.
${readingNote}`;
}

/** Names are checked one by one afterwards, so that one wrong name does not lose the others. */
function formFor(head: EntityType) {
  const absent = z.string().nullish();
  return z.object({
    relations: z.array(
      z.object({
        predicate: z.string().meta({ enum: [...predicatesOf(head)] }),
        tail: z.string(),
        tailType: z.string().meta({ enum: [...entitySchema.shape.type.options] }),
        quote: z.string(),
        hedge: absent,
        frequency: absent,
        condition: absent,
      }),
    ),
  });
}
