/** One test question followed from its stem to the sentences and revisions that its answer rests on. */
import { isSynthetic, type Question, type SyntheticQuestion } from "../records/question.ts";
import type { Score } from "../records/score.ts";
import { type Block, code, quote, strong, type Text } from "./blocks.ts";
import { count } from "./format.ts";

/**
 * The question with the longest path among those that the policy answered right (a wrong one if it answered none
 * right); of equals the first by id. Undefined without synthetic questions.
 */
export function chooseExample(
  questions: readonly Question[],
  scores: ReadonlyMap<string, Score>,
): SyntheticQuestion | undefined {
  const rank = (question: SyntheticQuestion): number =>
    (scores.get(question.id)?.correct ? 100 : 0) + question.origin.path.length;
  return questions.filter(isSynthetic).sort((a, b) => rank(b) - rank(a) || (a.id < b.id ? -1 : 1))[0];
}

/** The question, what the policy replied, and every edge of its path with quote, page and revision. */
export function describeExample(question: SyntheticQuestion, score: Score | undefined): Block[] {
  const options = Object.entries(question.options).map(([letter, text]) => `${letter}. ${text}`);
  const blocks: Block[] = [
    {
      kind: "paragraph",
      text: [
        "Question ",
        code(question.id),
        ` (${question.origin.type}, ${question.tier ?? "no tier"}${question.origin.isRare ? ", rare condition" : ""}), one of the test questions, chosen by rule: the longest path${score?.correct ? " that the last policy answered right" : ", as the last policy answered none right"}.`,
      ],
    },
    { kind: "code", text: [question.stem, ...options].join("\n") },
  ];
  if (score !== undefined)
    blocks.push(
      { kind: "paragraph", text: replyLine(question, score) },
      { kind: "code", text: score.reply === "" ? "(nothing)" : score.reply },
    );
  blocks.push({
    kind: "paragraph",
    text: "The answer follows from these edges of the knowledge graph, each read from a page:",
  });
  blocks.push({ kind: "list", items: question.origin.path.map((_, i) => describeEdge(question, i)) });
  blocks.push(
    {
      kind: "paragraph",
      text: ["Follow it yourself, with the folder of this run in place of ", code("RUN"), ":"],
    },
    { kind: "code", text: `npx fleming trace ${question.id} --run RUN` },
  );
  const wrong = Object.entries(question.origin.distractors);
  if (wrong.length > 0)
    blocks.push(
      { kind: "paragraph", text: "Why the other options are wrong:" },
      {
        kind: "list",
        items: wrong.map(
          ([letter, { reason }]): Text => [
            strong(`${letter}. ${question.options[letter] ?? ""}`),
            `: ${reason}`,
          ],
        ),
      },
    );
  return blocks;
}

function replyLine(question: SyntheticQuestion, score: Score): Text {
  const read = score.letters.length > 0 ? score.letters.join(", ") : `no answer (${score.method})`;
  return [
    `The last policy replied as follows; read as `,
    strong(read),
    `, ${score.correct ? "which is right" : `where ${question.gold.join(", ")} is right`}:`,
  ];
}

function describeEdge(question: SyntheticQuestion, index: number): Text {
  const { head, predicate, tail } = question.origin.path[index]!;
  const evidence = question.evidence[index];
  const edge = [strong(head), ` ${predicate} `, strong(tail)];
  if (evidence === undefined) return edge;
  if (evidence.kind === "dataset")
    return [
      ...edge,
      `: ${evidence.dataset}, row ${evidence.row}, `,
      quote(evidence.quote),
      ` (${evidence.licence})`,
    ];
  const section = evidence.section === "" ? "lead section" : evidence.section;
  return [
    ...edge,
    ": ",
    quote(evidence.quote),
    ` (page “${evidence.page}”, revision ${evidence.revision}, ${section}, characters ${count(evidence.start)} to ${count(evidence.end)}, ${evidence.licence})`,
  ];
}
