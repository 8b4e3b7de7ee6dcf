/** The answerer that reads text: answers from the graph, in its own words, and is silent where it cannot tell. */
import { expect, test } from "vitest";
import { clinicGraph } from "../graph/fixtures/clinic.ts";
import { entityLinker } from "./entity-linker.ts";
import { graphValidator, solve } from "./graph-validator.ts";

const graph = clinicGraph();
const linker = entityLinker(graph);

function ask(stem: string, ...options: string[]): string {
  const lines = options.map((text, i) => `${"ABCDE"[i]}. ${text}`);
  const outcome = solve([stem, ...lines].join("\n"), graph, linker);
  return "letter" in outcome ? outcome.letter : outcome.problem;
}

test("it answers from a name, from an alias, and from symptoms, in words that no template has", () => {
  expect(ask("Podagra is best proved by what test?", "spirometry", "synovial fluid analyses")).toBe("B");
  expect(ask("Give the hallmark finding of WILSON'S DISEASE?", "chancre", "Kayser-Fleischer rings")).toBe(
    "B",
  );
  expect(
    ask("He has tremor, jaundice and slurred speech. The diagnosis?", "Graves' disease", "Wilson’s disease"),
  ).toBe("B");
  expect(
    ask("She reports chest pain, dyspnea and hemoptysis. Which medication helps?", "heparin", "isoniazid"),
  ).toBe("A");
});

test("it follows two and three hops", () => {
  expect(ask("Which unwanted effect may a medicine for gout have?", "diarrhea", "hives")).toBe("A");
  expect(
    ask(
      "Tremor, jaundice and fatigue are seen. Which adverse effect may the drug have?",
      "hives",
      "proteinuria",
    ),
  ).toBe("B");
  expect(ask("Which class of drug treats syphilis?", "penicillin", "rifamycin")).toBe("A");
});

test("it reads a contraindication both ways", () => {
  const drugs = ["doxycycline", "rifampicin"];
  expect(ask("Brucellosis in pregnancy: which drug should be avoided?", ...drugs)).toBe("A");
  expect(ask("Brucellosis in pregnancy: which drug is NOT contraindicated?", ...drugs)).toBe("B");
});

test("it is silent when symptoms fit several diseases, options fit together, or nothing is known", () => {
  expect(ask("He has fever and joint pain. The diagnosis?", "gout", "brucellosis")).toMatch(/several/);
  expect(ask("Which drug treats gout?", "colchicine", "naproxen")).toMatch(/2 options/);
  expect(ask("Which drug treats gout?", "heparin", "isoniazid")).toMatch(/no option/);
  expect(ask("How old is the patient?", "gout", "asthma")).toMatch(/asked/);
});

test("as a sampler it replies in the required form and in order", async () => {
  const prompt = "Which drug treats gout?\nA. heparin\nB. colchicine";
  const request = { maxTokens: 10, temperature: 0, seed: 1 };
  const replies = await graphValidator(graph).answer([
    { id: "1", prompt, ...request },
    { id: "2", prompt: "What?\nA. gout", ...request },
  ]);
  expect(replies.map((reply) => reply.id)).toEqual(["1", "2"]);
  expect(replies[0]!.text).toMatch(/<answer>B<\/answer>$/);
  expect(replies[1]!.text).toMatch(/^no answer/);
});
