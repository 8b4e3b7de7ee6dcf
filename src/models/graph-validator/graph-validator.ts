/**
 * An answerer that reads only the text of a question (paper §3.1, label verification). It links the words to entities
 * of the graph, tells from the question's own words what is told and what is asked, walks the graph, and answers when
 * exactly one option fits.
 *
 * Invariant: it shares nothing with the generator but the graph: no templates, no stored path, no entity ids. What it
 * cannot tell, or what fits several options, it leaves unanswered and says why.
 */
import type { KnowledgeGraph } from "../../graph/graph.ts";
import { entityLinker } from "../../verify/entity-linker.ts";
import type { Reply, Sampler } from "../sampler.ts";
import type { Choice, Outcome } from "./choose.ts";
import { worldOf } from "./closed-world.ts";
import { outcomeOf } from "./outcome.ts";
import { readPrompt } from "./read-prompt.ts";
import { stemReader } from "./stem-reader.ts";

/** What a reply begins with that gives no answer and says why. */
export const abstention = "no answer: ";

/** A sampler that answers from the graph by reading the question. */
export function graphValidator(graph: KnowledgeGraph): Sampler {
  const solve = solver(graph);
  return {
    name: "graph validator",
    answer: async (requests, options) => {
      const replies: Reply[] = [];
      for (const request of requests) {
        options?.signal?.throwIfAborted();
        const reply = replyOf(request.id, solve(request.prompt));
        replies.push(reply);
        options?.onReply?.(reply);
      }
      return replies;
    },
  };
}

function replyOf(id: string, outcome: Outcome): Reply {
  const text =
    "letter" in outcome
      ? `<think>${outcome.because}</think><answer>${outcome.letter}</answer>`
      : `${abstention}${outcome.problem}`;
  return { id, text, finish: "stop", tokens: 0 };
}

/** Finds the letter that a question's text leads to on the graph, or why none. */
export function solver(graph: KnowledgeGraph): (prompt: string) => Outcome {
  const linker = entityLinker(graph);
  const read = stemReader(linker);
  const world = worldOf(graph);
  return (prompt) => {
    const { stem, options } = readPrompt(prompt);
    const choices = options.map(({ letter, text }): Choice => ({ letter, text, ids: linker.whole(text) }));
    return outcomeOf(world, linker, read(stem), choices);
  };
}
