/**
 * From a draft to a question: options in random order, the check that exactly one is right, words, provenance.
 *
 * Invariant: every question has passed `uniqueAnswer` on the facts that its stem tells, and the letter of the answer
 * is uniform over the options.
 */
import type { Random } from "../base/random.ts";
import {
  type Fact,
  letters,
  type PathStep,
  questionId,
  type SyntheticQuestion,
} from "../records/question.ts";
import { placeOf, type Relation } from "../records/relation.ts";
import type { Candidate, Draft, Option, Target } from "./draft.ts";
import { absentFindings } from "./options.ts";
import type { Sources, Subject } from "./sources.ts";
import { uniqueAnswer } from "./truth.ts";
import { hopsOf, type QuestionType } from "./types.ts";
import { type Language, wordsOf } from "./wording/words.ts";

/** The question of a draft with its wrong options, or why there is none. */
export function assemble(
  { type, condition }: Target,
  subject: Subject,
  draft: Draft,
  wrong: readonly Candidate[],
  language: Language,
  random: Random,
  sources: Sources,
): SyntheticQuestion | string {
  const { graph, settings } = sources;
  const { answer } = draft;
  const options: Option[] = random.shuffle(wrong);
  options.splice(random.integer(options.length + 1), 0, answer);
  const checked = uniqueAnswer(graph, type, draft.facts, options);
  if ("problem" in checked) return checked.problem;
  if (checked.answer !== answer) return "another option is true";
  const isVignette =
    type.told === "symptoms" && settings.style === "clinical" && type.form !== "intersection";
  const facts: readonly Fact[] = isVignette
    ? [...draft.facts, ...absentFindings(subject.id, draft.facts, wrong, answer.entity, random, sources)]
    : draft.facts;
  const words = wordsOf(language, sources);
  const written = words.write({ type, subject: subject.id, facts, options }, settings.style, random);
  if (written === undefined) return `a name has no label in ${language}`;
  const byLetter = <T>(value: (option: Option, at: number) => T): Record<string, T> =>
    Object.fromEntries(options.map((option, at) => [letters[at] as string, value(option, at)]));
  const texts = byLetter((_, at) => written.options[at] as string);
  const path = draft.path.length > 0 ? draft.path : wrong.flatMap(({ edge }) => edge ?? []);
  const letterOf = (option: Option): string => letters[options.indexOf(option)] as string;
  const whys = wrong.map(
    (candidate) => [letterOf(candidate), { entity: candidate.entity, ...candidate.why() }] as const,
  );
  const licences = new Set(path.map((relation) => relation.evidence[0]!.licence));
  return {
    id: questionId({ stem: written.stem, options: texts }),
    stem: written.stem,
    options: texts,
    gold: [letterOf(answer)],
    language,
    origin: {
      kind: "synthetic",
      type: type.name,
      pathKey: pathKeyOf(type, subject.id, draft),
      subject: subject.id,
      hops: hopsOf(type, condition?.relations.length ?? 0),
      facts: [...facts],
      path: path.map(stepOf),
      masked: answer.entity,
      optionEntities: byLetter(({ entity }) => entity),
      distractors: Object.fromEntries(whys.toSorted(([a], [b]) => (a < b ? -1 : 1))),
      isRare: subject.isRare,
    },
    evidence: path.map((relation) => placeOf(relation.evidence[0]!)),
    licence: [...licences].sort().join("; "),
  };
}

function stepOf({ id, head, predicate, tail }: Relation): PathStep {
  return { relation: id, head, predicate, tail };
}

/**
 * One key for all questions along the same edges that tell the subject in the same way. A walk of one edge is named by
 * its ends in the order of the edge, so that "which drug treats X" and "what does D treat" are one path.
 */
export function pathKeyOf(
  type: QuestionType,
  subject: string,
  draft: Pick<Draft, "answer" | "path">,
): string {
  const [step] = type.metapath;
  if (type.form !== "attribute" || step === undefined) return `${type.name}|${subject}`;
  if (type.metapath.length > 1 || type.condition) return `${type.name}|${subject}|${draft.answer.entity}`;
  const names: Readonly<Record<string, string>> = { TREATS: "~TREATED_WITH", PATHOGEN_OF: "~CAUSED_BY" };
  const said = names[step] ?? step;
  const ends = said.startsWith("~") ? [draft.answer.entity, subject] : [subject, draft.answer.entity];
  return `${type.told}|${said.replace("~", "")}|${ends.join("|")}`;
}
