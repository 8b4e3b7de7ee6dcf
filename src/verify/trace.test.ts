/** A question is traced to its sentences, and a sentence that is no longer there is called out. */
import { expect, test } from "vitest";
import { clinicGraph } from "../graph/fixtures/clinic.ts";
import { questionId, type SyntheticQuestion } from "../records/question.ts";
import { traceQuestion } from "./trace.ts";

const graph = clinicGraph();
const relation = graph.find("Gout", "TREATED_WITH", "Colchicine")!;
const wrong = graph.find("Asthma", "TREATED_WITH", "Salbutamol")!;
const options = { A: "salbutamol", B: "colchicine" };
const stem = "Which drug treats gout?";
const question: SyntheticQuestion = {
  id: questionId({ stem, options }),
  stem,
  options,
  gold: ["B"],
  language: "en",
  origin: {
    kind: "synthetic",
    type: "nameToDrug",
    pathKey: "nameToDrug|Gout",
    subject: "Gout",
    hops: 1,
    facts: [],
    path: [{ relation: relation.id, head: "Gout", predicate: "TREATED_WITH", tail: "Colchicine" }],
    masked: "Colchicine",
    optionEntities: { A: "Salbutamol", B: "Colchicine" },
    distractors: { A: { entity: "Salbutamol", reason: "Salbutamol belongs to Asthma", relation: wrong.id } },
    isRare: false,
  },
  evidence: relation.evidence,
  licence: "CC BY-SA 4.0",
};

test("the trace leads from the stem to the sentence, its page and revision", () => {
  const text = traceQuestion(question, graph);
  expect(text).toContain("* B. colchicine");
  expect(text).toContain(`Gout —TREATED_WITH→ Colchicine  (relation ${relation.id})`);
  expect(text).toContain('"Gout is linked to [[colchicine]]"');
  expect(text).toContain("Gout, revision 1, Lead");
  expect(text).toContain("A. salbutamol: Salbutamol belongs to Asthma");
  expect(text).not.toContain("wikipedia.org");
});

test("a link is given for Wikipedia only, and quotes are compared with the page", () => {
  const quote = relation.evidence[0]!.quote;
  const pages = new Map([["Gout", { revision: 1, wikitext: `${quote}.` }]]);
  const text = traceQuestion(question, graph, { pages, site: "https://en.wikipedia.org/w/index.php" });
  expect(text).toContain("https://en.wikipedia.org/w/index.php?oldid=1");
  expect(text).toContain("found there word for word");
  expect(
    traceQuestion(question, graph, { pages: new Map([["Gout", { revision: 1, wikitext: "else" }]]) }),
  ).toContain("NOT found");
});
