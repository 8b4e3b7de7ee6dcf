/** Sentences about drugs, organisms, parts of the body, genes, tests and the like; see generate-phrases.ts. */
import { always, type Topic } from "./generate-phrases.ts";

/** What can be said of anything but a disease. */
export const otherTopics = {
  drugClass: {
    predicate: "MEMBER_OF_CLASS",
    sentences: { ...always, plain: `It belongs to the class of {l}s.\nIt is a member of the {l} family.` },
  },
  uses: {
    predicate: "TREATS",
    sentences: {
      plain: `It is used to treat {L}.
{T} is used for {L}.
It is indicated for {l}.
It is used in the treatment of {l}.
It is effective against {l}.
It is first-line for {l} in {C}.`,
      frequency: `It is effective in {l} <in {P} of patients>.`,
      hedge: `It <may> be effective in {l}.
It <can> be used for {l}.
It <is possibly> effective against {l}.`,
      condition: `<If other drugs fail>, it is used for {l}.
<In adults>, it is used to treat {l}.`,
      denial: `It is not effective in {l}.
It should not be used for {l}.
It is not used to treat {l}.
It failed to show a benefit in {l}.`,
    },
  },
  sideEffects: {
    predicate: "HAS_SIDE_EFFECT",
    sentences: {
      plain: `Common side effects include {L}.
Side effects include {L}.
The most common adverse effects are {L}.
{T} causes {L}.
Serious side effects include {l}.`,
      frequency: `{l} occurs <in {P} of users>.
<About {P} of people> who take it develop {l}.
<In {N} of 1,000 patients>, {l} is reported.`,
      hedge: `{l} <may> occur.
It <may> cause {L}.
{l} <has possibly> been caused by it.`,
      condition: `<In overdose>, it causes {L}.
<At high doses>, {l} occurs.`,
      denial: `It does not cause {l}.
{l} is not a side effect.
{l} has not been seen.`,
    },
  },
  contraindications: {
    predicate: "CONTRAINDICATED_IN",
    sentences: {
      plain: `It is contraindicated in {L}.
It should not be given to people with {l}.
Contraindications include {L}.
It must not be used in {l}.
It is avoided in {l}.`,
      frequency: "",
      hedge: "",
      condition: `<In the first trimester>, it is contraindicated in {l}.`,
      denial: `It is not contraindicated in {l}.
{l} is no contraindication.`,
    },
  },
  interactions: {
    predicate: "INTERACTS_WITH",
    sentences: {
      plain: `It interacts with {L}.
Interactions with {l} are known.
Levels rise {N}-fold because {T} interacts with {l}.`,
      frequency: "",
      hedge: `It <may> interact with {l}.`,
      condition: `<At high doses>, it interacts with {l}.`,
      denial: `It does not interact with {l}.
No interaction with {l} is known.`,
    },
  },
  action: {
    predicate: "ACTS_BY",
    sentences: {
      plain: `It works by correcting {l}.
It acts by blocking {l}.
Its effect rests on {l}.
It acts through {l}.`,
      frequency: "",
      hedge: `It <is thought to> work by altering {l}.
It <may> act through {l}.`,
      condition: "",
      denial: `It does not act through {l}.`,
    },
  },
  targets: {
    predicate: "TARGETS",
    sentences: {
      plain: `It binds to {l} and inhibits it.
It inhibits {l}.
It blocks {l}, with an affinity of {N} nM.`,
      frequency: "",
      hedge: `It <probably> inhibits {l}.`,
      condition: "",
      denial: `It does not inhibit {l}.`,
    },
  },
  metabolism: {
    predicate: "METABOLISED_BY",
    sentences: {
      ...always,
      plain: `It is metabolised by {l}.\nThe drug is broken down by {l} and leaves with the urine.`,
      frequency: `It is metabolised by {l} <to {P}>.`,
      denial: `It is not metabolised by {l}.`,
    },
  },
  pathogenOf: {
    predicate: "PATHOGEN_OF",
    sentences: {
      ...always,
      plain: `It causes {l}.\nIt is the cause of {l}.\nIt is the causative agent of {l}, as {S} showed in {Y}.`,
      hedge: `It <may> cause {l}.`,
      condition: `<In people with weak immunity>, it causes {l}.`,
      denial: `It does not cause {l}.`,
    },
  },
  partOf: {
    predicate: "PART_OF",
    sentences: { ...always, plain: `It is part of the {l}.\nIt forms part of the {l}.` },
  },
  suppliedBy: {
    predicate: "SUPPLIED_BY",
    sentences: { ...always, plain: `It is supplied by the {l}.\nBlood reaches it through the {l}.` },
  },
  drainedBy: {
    predicate: "DRAINED_BY",
    sentences: { ...always, plain: `It is drained by the {l}.\nBlood leaves it through the {l}.` },
  },
  innervatedBy: {
    predicate: "INNERVATED_BY",
    sentences: { ...always, plain: `It is innervated by the {l}.` },
  },
  developsFrom: {
    predicate: "DEVELOPS_FROM",
    sentences: { ...always, plain: `In the embryo it develops from the {l}.` },
  },
  geneOf: {
    predicate: "CAUSED_BY",
    isReverse: true,
    sentences: {
      ...always,
      plain: `Mutations in this gene cause {l}.\nMutations in {T} are the cause of {l}.`,
      hedge: `Variants of the gene <may> cause {l}.`,
      denial: `Mutations in this gene do not cause {l}.`,
    },
  },
  symptomOf: {
    predicate: "HAS_SYMPTOM",
    isReverse: true,
    sentences: {
      ...always,
      plain: `It is a symptom of {l}.\nIt occurs in {l}.`,
      frequency: `It occurs <in {P} of people> with {l}.`,
      hedge: `It <may> be a symptom of {l}.`,
      denial: `It is not a symptom of {l}.`,
    },
  },
  testOf: {
    predicate: "DIAGNOSED_BY",
    isReverse: true,
    sentences: {
      ...always,
      plain: `It is used to diagnose {l}.\nA positive result confirms {l}.`,
      hedge: `It <may> be used to diagnose {l}.`,
      denial: `It is not used to diagnose {l}.`,
    },
  },
  procedureOf: {
    predicate: "TREATED_WITH",
    isReverse: true,
    sentences: {
      ...always,
      plain: `It is used to treat {l}.\nIt is done for {l}.`,
      denial: `It is not used to treat {l}.`,
    },
  },
} as const satisfies Readonly<Record<string, Topic>>;
