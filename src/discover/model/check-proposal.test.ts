// What a model proposes becomes a mention only if the page bears it out, and every other proposal has its reason.
import { expect, test } from "vitest";
import { readPage } from "../wikitext/sections.ts";
import { checkProposal, type Proposal } from "./check-proposal.ts";
import { chunksOf } from "./page-chunks.ts";

const text = `{{Infobox medical condition
| symptoms = [[Joint pain]], swelling
| treatment = {{hlist|[[Colchicine]]|[[NSAID]]s}}
}}
'''Gout''' may cause [[Kidney stone|kidney stones]] in 20% of adults.<ref>x</ref> Gout is not caused by [[bacteria]].

== Treatment ==
It is treated with [[allopurinol]] and, in the kidney or the lung, rarely with [[febuxostat]]. Patients rest. Heart and lung failure may follow.
* [[Rest (medicine)|Rest]]
`;
const read = readPage(text);
const [chunk] = chunksOf(read, 10_000);

function check(proposal: Partial<Proposal>) {
  const whole = { predicate: "TREATED_WITH", tail: "x", tailType: "drug", quote: "x", ...proposal };
  return checkProposal(whole, { title: "Gout", type: "disease", read, chunk: chunk! });
}

test("a proposal with a literal quote becomes a mention with its place, target and attributes", () => {
  const quote = "'''Gout''' may cause [[Kidney stone|kidney stones]] in 20% of adults.";
  const start = text.indexOf(quote);
  expect(
    check({
      predicate: "HAS_COMPLICATION",
      tail: "kidney stones",
      tailType: "disease",
      quote,
      hedge: "may",
      frequency: "in 20% of adults",
      condition: null,
    }),
  ).toEqual({
    place: { section: "", start, end: start + quote.length, quote },
    mention: {
      target: "Kidney stone",
      words: "kidney stones",
      method: "model",
      proposed: { predicate: "HAS_COMPLICATION", type: "disease", confidence: 0.6 },
      hedge: "may",
      frequency: "in 20% of adults",
    },
  });
});

test("a tail is named by the target of a link, by plain words, or by its words with others between", () => {
  const box = { predicate: "HAS_SYMPTOM", tailType: "symptom" };
  expect(check({ ...box, tail: "Joint pains", quote: "[[Joint pain]], swelling" })).toMatchObject({
    place: { section: "infobox:symptoms" },
    mention: { target: "Joint pain", words: "Joint pain" },
  });
  expect(check({ ...box, tail: "swelling", quote: "swelling" })).toMatchObject({
    mention: { words: "swelling" },
  });
  expect(
    check({ tail: "NSAIDs", tailType: "drug class", quote: "{{hlist|[[Colchicine]]|[[NSAID]]s}}" }),
  ).toMatchObject({ mention: { target: "NSAID", words: "NSAIDs" } });
  const complication = { predicate: "HAS_COMPLICATION", tailType: "disease", hedge: "may" };
  expect(
    check({ ...complication, tail: "Heart failure", quote: "Heart and lung failure may follow." }),
  ).toMatchObject({ mention: { words: "Heart failure" } });
  // An item of a list says by its heading what it is.
  expect(check({ tail: "Rest", tailType: "procedure", quote: "[[Rest (medicine)|Rest]]" })).toMatchObject({
    place: { section: "Treatment" },
    mention: { target: "Rest (medicine)" },
  });
});

const treated =
  "It is treated with [[allopurinol]] and, in the kidney or the lung, rarely with [[febuxostat]].";
const rejected: readonly (readonly [string, Partial<Proposal>, string])[] = [
  [
    "an invented quote",
    { tail: "aspirin", quote: "It is treated with [[aspirin]]." },
    "the quote is not in the page",
  ],
  [
    "a quote without its markup",
    { tail: "allopurinol", quote: "treated with allopurinol" },
    "the quote is not in the page",
  ],
  [
    "a quote with another letter",
    { tail: "allopurinol", quote: "it is treated with [[allopurinol]]" },
    "the quote is not in the page",
  ],
  ["an empty quote", { tail: "allopurinol", quote: " " }, "the quote is not in the page"],
  [
    "a tail that the quote does not name",
    { tail: "aspirin", quote: treated },
    "the quote does not name the tail",
  ],
  ["a part of a word", { tail: "purinol", quote: treated }, "the quote does not name the tail"],
  [
    "an unknown predicate",
    { predicate: "CURED_BY", tail: "allopurinol", quote: treated },
    '"CURED_BY" is no predicate',
  ],
  [
    "an unknown type",
    { tail: "allopurinol", tailType: "pill", quote: treated },
    '"pill" is no type of an entity',
  ],
  [
    "types that it does not join",
    { tail: "kidney", tailType: "anatomy", quote: treated },
    "TREATED_WITH does not join disease and anatomy",
  ],
  [
    "a predicate of other heads",
    { predicate: "TREATS", tail: "lung", tailType: "disease", quote: treated },
    "TREATS does not join disease and disease",
  ],
  [
    "a general word",
    { tail: "Patients", tailType: "concept", quote: "Patients rest." },
    "the tail names no entity",
  ],
  [
    "the page itself",
    {
      predicate: "CAUSED_BY",
      tail: "gout",
      tailType: "disease",
      quote: "Gout is not caused by [[bacteria]].",
    },
    "the tail is the page itself",
  ],
  [
    "an invented hedge",
    { tail: "allopurinol", quote: treated, hedge: "possibly" },
    "the hedge is not in the quote",
  ],
  [
    "an invented frequency",
    { tail: "allopurinol", quote: treated, frequency: "in 5 %" },
    "the frequency is not in the quote",
  ],
  [
    "an invented condition",
    { tail: "allopurinol", quote: treated, condition: "in children" },
    "the condition is not in the quote",
  ],
  [
    "a denied sentence",
    {
      predicate: "CAUSED_BY",
      tail: "bacteria",
      tailType: "pathogen",
      quote: "Gout is not caused by [[bacteria]].",
    },
    "the sentence of the quote denies it",
  ],
  [
    "a quote that leaves the denial out",
    { predicate: "CAUSED_BY", tail: "bacteria", tailType: "pathogen", quote: "caused by [[bacteria]]" },
    "the sentence of the quote denies it",
  ],
  [
    "a seldom thing told as usual",
    { tail: "febuxostat", quote: treated },
    "the sentence of the quote denies it",
  ],
  [
    "the name alone",
    { tail: "allopurinol", quote: "[[allopurinol]]" },
    "the quote holds the name alone and not what is said of it",
  ],
  [
    "half a page",
    { tail: "allopurinol", quote: treated.repeat(10) },
    "the quote is longer than 600 characters",
  ],
];
for (const [what, proposal, reason] of rejected)
  test(`rejected: ${what}`, () => {
    expect(check(proposal)).toBe(reason);
  });

test("what is seldom is taken when it is told as seldom", () => {
  expect(check({ tail: "febuxostat", quote: treated, frequency: "rarely" })).toMatchObject({
    mention: { target: "Febuxostat", frequency: "rarely" },
  });
});
