/**
 * Facts about a disease that is not named: "Which disease {can be treated with X} and {…}?" and "{It} can …".
 *
 * Invariant: what is said of the disease is what the predicate means; nothing is said of the patient but what a finding
 * is. "#" stands for the entity with its article.
 */
import type { Random } from "../../base/random.ts";
import { factClause, hasWords } from "../../graph/verbalise.ts";
import type { Predicate } from "../../records/relation.ts";
import { list, withArticle } from "./articles.ts";
import type { Told } from "./told.ts";

type Fact = Told["facts"][number];

/** What is said of the disease in a clause whose subject is "which disease" or "it". */
const clauses: Readonly<Partial<Record<Predicate, readonly [string, ...string[]]>>> = {
  HAS_SYMPTOM: ["can present with #", "can produce #"],
  HAS_FINDING: ["can show # as a finding", "is associated with the finding of #"],
  DIAGNOSED_BY: ["is diagnosed with the help of #", "is investigated with #"],
  HAS_MECHANISM: ["involves the mechanism of #", "involves # as a mechanism"],
  CAUSED_BY: ["can be caused by #", "has # as a recognised cause"],
  HAS_RISK_FACTOR: ["has # as a risk factor", "is more likely with #"],
  HAS_COMPLICATION: ["can be complicated by #", "has # as a possible complication"],
  DIFFERENTIAL_DIAGNOSIS: ["has # in its differential diagnosis", "can be mistaken for #"],
  PREVENTED_BY: ["can be prevented by #", "has # as a preventive measure"],
  TREATED_WITH: ["can be treated with #", "has # among its treatments"],
  BELONGS_TO_SPECIALTY: ["belongs to the field of #"],
  SUBTYPE_OF: ["is a form of #"],
  AFFECTS_ANATOMY: ["affects #", "involves #"],
};

/** Sentences of a vignette; "{it}" is the unnamed disease. The first of each may have a list. */
const sentences: Readonly<Partial<Record<Predicate, readonly [string, ...string[]]>>> = {
  HAS_FINDING: [
    "Further evaluation shows #.",
    "Investigation reveals #.",
    "The work-up reveals #.",
    "Further assessment demonstrates #.",
  ],
  DIAGNOSED_BY: [
    "The diagnostic work-up of {it} includes #.",
    "The clinician arranges #, which is used to diagnose {it}.",
  ],
  HAS_MECHANISM: ["The mechanism of {it} involves #.", "A mechanism of {it} is #."],
  CAUSED_BY: ["The causes of {it} include #.", "A recognised cause of {it} is #."],
  HAS_RISK_FACTOR: ["The risk factors for {it} include #.", "A recognised risk factor for {it} is #."],
  HAS_COMPLICATION: ["The known complications of {it} include #.", "A possible complication of {it} is #."],
  DIFFERENTIAL_DIAGNOSIS: [
    "The differential diagnosis of {it} includes #.",
    "An important differential diagnosis of {it} is #.",
  ],
  PREVENTED_BY: ["Prevention of {it} can include #.", "A preventive measure against {it} is #."],
  TREATED_WITH: ["The treatments of {it} include #.", "A treatment option for {it} is #."],
};

function clausesOf(predicate: Predicate): readonly [string, ...string[]] {
  return clauses[predicate] ?? ["is linked with #"];
}

/** A fact as a clause without its subject. */
export function factClauseOf(fact: Fact, random: Random): string {
  return random.pick(clausesOf(fact.predicate)).replace("#", () => nameIn(fact));
}

/** Facts as sentences of a vignette, those of a kind in one. */
export function factSentences(facts: readonly Fact[], random: Random): string[] {
  const kinds = [...new Set(facts.map(({ predicate }) => predicate))];
  return kinds.map((kind) => {
    const it = random.pick(["this condition", "the condition", "the disease", "the underlying condition"]);
    const names = facts.filter(({ predicate }) => predicate === kind).map(nameIn);
    const known = sentences[kind] ?? [`{it} ${clausesOf(kind)[0]}.`];
    const said = names.length > 1 ? known[0] : random.pick(known);
    return said.replace("{it}", it).replace("#", () => list(names));
  });
}

/** A fact in the plain style: in the words that the corpus of a small model has for it. */
export function plainFact(fact: Fact): string {
  const { predicate, entity } = fact;
  if (hasWords(predicate)) return `${factClause("the disease", predicate, entity.text)}.`;
  return `the disease ${clausesOf(predicate)[0].replace("#", () => entity.text)}.`;
}

function nameIn({ entity }: Fact): string {
  const isSymbol = entity.type === "gene" && /^[A-Z0-9-]+$/.test(entity.text);
  return isSymbol ? `the gene ${entity.text}` : withArticle(entity);
}
