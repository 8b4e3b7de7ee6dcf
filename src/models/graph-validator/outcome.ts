/**
 * From a read question to the one option that fits, by the form of the question: statements, what tells two diseases
 * apart, a drug and a condition, and everything that is reached from a named or a hidden subject.
 */
import type { EntityLinker } from "../../verify/entity-linker.ts";
import type { Asked } from "./asked.ts";
import { pathsTo } from "./asked-paths.ts";
import { type Choice, type Fit, type Outcome, onlyChoice } from "./choose.ts";
import type { World } from "./closed-world.ts";
import { comparedIn } from "./comparison.ts";
import { joined, mayEnd, pairReadings, type Reading, type ReadStem, readingsOf } from "./readings.ts";
import { type Truth, truthOfStatement } from "./statements.ts";
import type { StemRead } from "./stem-reader.ts";

interface Question extends ReadStem, StemRead {}

/** The answer to a read stem among options. */
export function outcomeOf(
  world: World,
  linker: EntityLinker,
  read: StemRead,
  choices: readonly Choice[],
): Outcome {
  const question: Question = { ...read, world, choices };
  return byStatements(question, linker) ?? byComparison(question) ?? byWalk(question);
}

/** Options that are statements about two entities. */
function byStatements({ world, choices, stem, asking }: Question, linker: EntityLinker): Outcome | undefined {
  if (choices.length < 2 || choices.some((choice) => choice.ids.length > 0)) return undefined;
  // What a statement leaves unsaid is one of the two that the stem names, not one of many.
  const named = stem.mentions.length > 2 ? [] : stem.mentions;
  const truths = new Map<Choice, Truth>();
  for (const choice of choices) {
    const truth = truthOfStatement(world, choice.text, named, linker);
    if (truth !== undefined) truths.set(choice, truth);
  }
  const unread = choices.filter((choice) => !truths.has(choice)).map((choice) => choice.letter);
  if (truths.size === 0) return undefined;
  if (unread.length > 0) return { problem: `it is not clear what ${unread.join(", ")} says` };
  return onlyChoice(choices, asking.isExcept, (choice) => truths.get(choice) as Truth, "the graph says so");
}

/** What one of two named diseases has and the other has not. */
function byComparison({ world, choices, stem, asking }: Question): Outcome | undefined {
  const diseases = (mention: number): string[] =>
    (stem.mentions[mention] ?? []).filter((id) => world.typeOf(id) === "disease");
  const compared = comparedIn(stem.sentences, (mention) => diseases(mention).length > 0);
  if (compared === undefined) return undefined;
  const [subject, other] = [diseases(compared.has), diseases(compared.hasNot)];
  // Where the options are diseases, one of them is asked for and not what tells two apart.
  if (mayEnd(world, choices, pathsTo("disease", "disease"))) return undefined;
  let outcome: Outcome | undefined;
  for (const asked of [...asking.asked, "feature" as const]) {
    const paths = pathsTo(asked, "disease");
    const isSeen = asked === "symptom" || asked === "finding" || asked === "feature";
    if (!isSeen || !mayEnd(world, choices, paths)) continue;
    const [has, hasNot] = [joined(world, subject, paths), joined(world, other, paths)];
    const fitOf = ({ ids }: Choice): Fit => ({
      sure: ids.some((id) => has.sure.has(id)) && !ids.some((id) => hasNot.possible.has(id)),
      possible: ids.some((id) => has.possible.has(id)) && !ids.some((id) => hasNot.sure.has(id)),
    });
    outcome = onlyChoice(choices, false, fitOf, `it belongs to ${subject[0]} and not to ${other[0]}`);
    if ("letter" in outcome || outcome.isFinal) return outcome;
  }
  return outcome;
}

/** What is reached from the subject, named or hidden. */
function byWalk(question: Question): Outcome {
  const { world, choices, places, asking } = question;
  const clues = new Set(
    places.flatMap((place) => (place.isInQuestion && place.role !== "absent" ? [place.mention] : [])),
  );
  // "Which disease is caused by this, treated with that …": its facts are clues, whatever words they are told in.
  const isClued = clues.size > 1 && mayEnd(world, choices, pathsTo("disease", "disease"));
  const isSeen = asking.asked.some((asked) => asked === "finding" || asked === "symptom");
  const cued: readonly Asked[] = isClued ? ["disease"] : isSeen ? [...asking.asked, "feature"] : asking.asked;
  let problem: string | undefined;
  for (const asked of cued.length > 0 ? cued : guessed(question)) {
    const outcome = byAsked(question, asked);
    if (outcome === undefined) continue;
    // What is asked in other words may yet fit; several options that fit are an answer too.
    if ("letter" in outcome || outcome.isFinal) return outcome;
    problem ??= outcome.problem;
  }
  return { problem: problem ?? "it is not clear what is asked, or of whom" };
}

/** What a question leads to when this is asked; undefined where it cannot be. */
function byAsked(question: Question, asked: Asked): Outcome | undefined {
  const { choices, asking } = question;
  if (asked === "avoid" || asked === "drug") {
    const pairs = pairReadings(question, asked === "avoid" ? "ruled out" : "left");
    if (pairs.length > 0) return agreed(choices, pairs, false, asked);
  }
  const readings = readingsOf(question, asked);
  if (typeof readings === "string") return { problem: readings };
  return readings.length === 0 ? undefined : agreed(choices, readings, asking.isExcept, asked);
}

/** What the options alone suggest, for a question in unknown words. */
function guessed({ world, choices }: Question): Asked[] {
  const all: readonly Asked[] = ["test", "drug", "disease", "class", "mechanism", "cause", "feature"];
  return all.filter((asked) => mayEnd(world, choices, pathsTo(asked, "disease")));
}

/** The one letter that all readings lead to; a reading in which several options fit spoils it. */
function agreed(
  choices: readonly Choice[],
  readings: readonly Reading[],
  except: boolean,
  asked: Asked,
): Outcome {
  const unknown = choices.find(({ ids }) => ids.length === 0);
  if (except && unknown) return { problem: `"${unknown.text}" is not in the graph` };
  const outcomes = readings.map(({ fitOf, about }) =>
    onlyChoice(choices, except, fitOf, `${asked} of ${about}`),
  );
  const answers = outcomes.filter((outcome) => "letter" in outcome);
  const [answer] = answers;
  if (answer === undefined) return outcomes[0] as Outcome;
  return answers.every(({ letter }) => letter === answer.letter)
    ? answer
    : { problem: "readings of the text differ" };
}
