/**
 * An answerer that reads only the text of a question (paper §3.1, label verification). It links the words to entities
 * of the graph, tells from the question's own words what is asked, walks the graph, and answers when exactly one
 * option fits.
 *
 * Invariant: it shares nothing with the generator but the graph: no templates, no stored path, no entity ids. What it
 * cannot tell, or what fits several options, it leaves unanswered.
 */
import type { KnowledgeGraph } from "../graph/graph.ts";
import { type EntityLinker, entityLinker } from "./entity-linker.ts";
import type { Reply, ReplyRequest, Sampler } from "./sampler.ts";

type Asked =
  | "avoid"
  | "usable"
  | "side effect"
  | "class"
  | "complication"
  | "mechanism"
  | "test"
  | "finding"
  | "cause"
  | "drug"
  | "diagnosis";

/** The first cue that is found decides; what a phrase is about stands before what it mentions. */
const cues: readonly (readonly [Asked, RegExp])[] = [
  [
    "usable",
    /\bnot\s+(?:be\s+)?(?:contraindicated|ruled out|avoided)|\b(?:still|remains?|safe|usable|permitted)\b/i,
  ],
  ["avoid", /\bavoid|contraindicat|\b(?:should|must) not\b|\bruled out\b/i],
  ["side effect", /\b(?:side|adverse|unwanted) effects?\b/i],
  ["class", /\bclass(?:es)?\b/i],
  ["complication", /\bcomplications?\b/i],
  ["mechanism", /\bmechanisms?\b|\bprocess(?:es)?\b/i],
  ["test", /\btests?\b|\binvestigations?\b|\bexaminations?\b/i],
  ["finding", /\bfindings?\b|\bhallmark\b/i],
  ["cause", /\bpathogens?\b|\bgenes?\b|\borganisms?\b|\bcauses?\b/i],
  ["drug", /\bdrugs?\b|\bmedications?\b|\bmedicines?\b|\btreat(?:s|ed|ment)?\b/i],
  ["diagnosis", /\bdiagnos[ei]s\b|\bdiseases?\b|\bconditions?\b|\billness\b/i],
];

/** A sampler that answers from the graph by reading the question. */
export function graphValidator(graph: KnowledgeGraph): Sampler {
  const linker = entityLinker(graph);
  return {
    name: "graph validator",
    answer: async (requests, options) => {
      const replies: Reply[] = [];
      for (const request of requests) {
        options?.signal?.throwIfAborted();
        const reply = replyTo(request, graph, linker);
        replies.push(reply);
        options?.onReply?.(reply);
      }
      return replies;
    },
  };
}

function replyTo(request: ReplyRequest, graph: KnowledgeGraph, linker: EntityLinker): Reply {
  const outcome = solve(request.prompt, graph, linker);
  const text =
    "letter" in outcome
      ? `<think>${outcome.because}</think><answer>${outcome.letter}</answer>`
      : `no answer: ${outcome.problem}`;
  return { id: request.id, text, finish: "stop", tokens: 0 };
}

/** The letter that a question's text leads to on the graph, or why none. */
export function solve(
  prompt: string,
  graph: KnowledgeGraph,
  linker: EntityLinker,
): { readonly letter: string; readonly because: string } | { readonly problem: string } {
  const { stem, options } = readPrompt(prompt);
  const sentences = stem.match(/[^.?!]+[.?!]?/g) ?? [];
  const question = sentences.findLast((sentence) => sentence.includes("?")) ?? stem;
  const asked = cues.find(([, cue]) => cue.test(question))?.[0];
  if (asked === undefined) return { problem: "it is not clear what is asked" };
  const told = sentences.filter((sentence) => sentence !== question).flatMap((sentence) => linker(sentence));
  const readings = readingsOf(graph, told, linker(question), asked);
  if (readings.length === 0)
    return { problem: "the text names no disease and its symptoms fit none or several" };
  const entities = options.map(([letter, text]) => ({ letter, entities: new Set(linker.whole(text)) }));
  const verdicts = new Map<string, string>();
  for (const { subject, condition } of readings) {
    const answers = answersTo(graph, asked, subject, condition);
    const fitting = entities.filter((option) => [...option.entities].some((entity) => answers.has(entity)));
    if (fitting.length > 1) return { problem: `${fitting.length} options fit ${subject}` };
    if (fitting[0]) verdicts.set(fitting[0].letter, `the ${asked} in question belongs to ${subject}`);
  }
  const [verdict] = verdicts;
  if (verdict === undefined || verdicts.size > 1)
    return { problem: verdict ? "readings of the text differ" : "no option fits" };
  return { letter: verdict[0], because: verdict[1] };
}

function readPrompt(prompt: string): { stem: string; options: [string, string][] } {
  const stem: string[] = [];
  const options: [string, string][] = [];
  for (const line of prompt.split("\n")) {
    const match = /^([A-U])\. (.*)$/.exec(line);
    if (match) options.push([match[1] as string, match[2] as string]);
    else if (options.length === 0) stem.push(line);
  }
  return { stem: stem.join("\n"), options };
}

interface Reading {
  readonly subject: string;
  readonly condition?: string;
}

/** Who the question is about: the one disease that has all told symptoms, else each disease that is named. */
function readingsOf(
  graph: KnowledgeGraph,
  told: readonly (readonly string[])[],
  named: readonly (readonly string[])[],
  asked: Asked,
): Reading[] {
  const isPair = asked === "avoid" || asked === "usable";
  const inQuestion = named.flat();
  const symptoms = told.filter((mention) => mention.some((id) => graph.into(id, "HAS_SYMPTOM").length > 0));
  if (symptoms.length >= 2) {
    const subjects = withAll(graph, symptoms);
    const [subject] = subjects;
    if (subject === undefined || subjects.length > 1) return [];
    return isPair ? inQuestion.map((condition) => ({ subject, condition })) : [{ subject }];
  }
  const all = [...told.flat(), ...inQuestion];
  const diseases = all.filter((id) => graph.entities.get(id)?.type === "disease");
  if (!isPair) return diseases.map((subject) => ({ subject }));
  return diseases.flatMap((subject) =>
    all.filter((id) => id !== subject).map((condition) => ({ subject, condition })),
  );
}

/** Diseases that have a symptom behind each of the mentions; a mention may link to namesakes. */
function withAll(graph: KnowledgeGraph, mentions: readonly (readonly string[])[]): string[] {
  let left: Set<string> | undefined;
  for (const mention of mentions) {
    const heads = new Set(
      mention.flatMap((id) => graph.into(id, "HAS_SYMPTOM").map((relation) => relation.head)),
    );
    left = left === undefined ? heads : new Set([...left].filter((head) => heads.has(head)));
  }
  return [...(left ?? [])];
}

function answersTo(graph: KnowledgeGraph, asked: Asked, subject: string, condition?: string): Set<string> {
  const tails = (head: string, predicate: Parameters<KnowledgeGraph["out"]>[1]): string[] =>
    graph.out(head, predicate).map((relation) => relation.tail);
  const heads = (tail: string, predicate: Parameters<KnowledgeGraph["into"]>[1]): string[] =>
    graph.into(tail, predicate).map((relation) => relation.head);
  const treatments = [...tails(subject, "TREATED_WITH"), ...heads(subject, "TREATS")];
  const isRuledOut = (drug: string): boolean =>
    [drug, ...tails(drug, "MEMBER_OF_CLASS")].some((one) =>
      tails(one, "CONTRAINDICATED_IN").includes(condition ?? ""),
    );
  switch (asked) {
    case "diagnosis":
      return new Set([subject]);
    case "test":
      return new Set(tails(subject, "DIAGNOSED_BY"));
    case "finding":
      return new Set(tails(subject, "HAS_FINDING"));
    case "mechanism":
      return new Set(tails(subject, "HAS_MECHANISM"));
    case "complication":
      return new Set(tails(subject, "HAS_COMPLICATION"));
    case "cause":
      return new Set(tails(subject, "CAUSED_BY"));
    case "drug":
      return new Set(treatments);
    case "side effect":
      return new Set(treatments.flatMap((drug) => tails(drug, "HAS_SIDE_EFFECT")));
    case "class":
      return new Set([...treatments, ...treatments.flatMap((drug) => tails(drug, "MEMBER_OF_CLASS"))]);
    case "avoid":
      return new Set(treatments.filter(isRuledOut));
    case "usable": {
      const known = treatments.some(isRuledOut);
      return new Set(known ? treatments.filter((drug) => !isRuledOut(drug)) : []);
    }
    default:
      return asked satisfies never;
  }
}
