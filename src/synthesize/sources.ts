/**
 * What every form of question draws on: the graph, names, settings, and what is known of a subject.
 *
 * Everything here is found when it is first asked for: most subjects of a large graph give questions of a few types only.
 */
import { seededRandom } from "../base/random.ts";
import type { KnowledgeGraph } from "../graph/graph.ts";
import { entityNames } from "../graph/naming.ts";
import { kinOf, tellingSubsets } from "../graph/sampling.ts";
import type { SynthesizeSection } from "../recipe/sections/synthesize.ts";
import { type Predicate, predicates, type Relation } from "../records/relation.ts";
import { normaliseText } from "../verify/text.ts";
import { type Balance, openBalance } from "./balance.ts";
import type { Candidate } from "./draft.ts";
import { familiesOf, isOfKind } from "./families.ts";
import {
  haveWordInCommon,
  isFromInitials,
  latinStem,
  plainStem,
  readerStem,
  tellingWords,
} from "./giveaway.ts";
import { type Neighbour, neighboursOf } from "./neighbours.ts";

export interface Sources {
  readonly graph: KnowledgeGraph;
  readonly settings: SynthesizeSection;
  readonly seed: number;
  readonly balance: Balance;
  /** Whether the graph is taken for complete, so that nothing else can be argued for. */
  readonly isClosed: boolean;
  /** The name of an entity inside an English sentence. */
  nameOf(entity: string): string;
  /** Its name in the form in which texts are compared. */
  formOf(entity: string): string;
  /** Every name of an entity in the form in which texts are compared. */
  formsOf(entity: string): readonly string[];
  /** Whether the name of one entity gives a word of the name of the other away. */
  shareWord(one: string, other: string): boolean;
  /** Families of findings that its name belongs to; see `families.ts`. */
  familiesOf(entity: string): readonly number[];
  /** Families of the diseases that a drug is given for. */
  familiesTreated(drug: string): ReadonlySet<number>;
  /** Relations of a predicate that leave an entity and are trusted enough to be told or walked. */
  trusted(head: string, predicate: Predicate): readonly Relation[];
  /** Whether so few diseases have a symptom that it speaks for one of them; at most a share, and a few in any graph. */
  isTelling(symptom: string, share?: number): boolean;
  /** Whether so many have it that it tells nothing: nausea of a drug, family history of a disease. */
  isGeneric(entity: string, predicate: Predicate, share?: number, least?: number): boolean;
}

/** The entity that questions are made of. */
export interface Subject {
  readonly id: string;
  readonly isRare: boolean;
  /** Diseases most like it, or entities of its kind with ends in common; the most alike first. */
  neighbours(): readonly Neighbour[];
  /** Symptoms that may be told. */
  symptoms(): readonly string[];
  /** Sets of symptoms that no other disease has. */
  subsets(): readonly (readonly string[])[];
  /** Candidates for wrong options by what is asked, since it is asked by name and by symptoms. */
  readonly candidates: Map<
    string,
    { readonly own: readonly Candidate[]; readonly others: readonly Candidate[] }
  >;
  /** Whether any relation joins it to an entity, or that is kin of it. */
  isLinked(entity: string): boolean;
  /** The same, where to have to be told apart from it does not count. */
  isLinkedOtherwise(entity: string): boolean;
}

/** Above this share of all heads a tail of a predicate is generic, and never at or below this count. */
const genericShare = 0.06;
const genericCount = 5;

/** Diseases that are looked at for what a drug is given for. */
const readDiseases = 40;

/** Names and their forms are kept up to this many entities. */
const keptForms = 60_000;

/** Sources over a graph. */
export function openSources(graph: KnowledgeGraph, settings: SynthesizeSection, seed: number): Sources {
  const nameOf = entityNames(graph);
  const forms = new Map<string, readonly string[]>();
  const own = new Map<string, string>();
  const families = new Map<string, readonly number[]>();
  const treated = new Map<string, ReadonlySet<number>>();
  const words = new Map<string, readonly string[]>();
  const wordsOf = (entity: string): readonly string[] =>
    kept(words, entity, () => tellingWords(nameOf(entity)));
  const tally = graph.tally();
  const isClosed = settings.world === "closed";
  const isLatin = (entity: string): boolean => graph.entities.get(entity)?.type === "pathogen";
  const stemOf = (one: string, other: string): number =>
    isLatin(one) || isLatin(other) ? latinStem : isClosed ? plainStem : readerStem;
  const formOf = (entity: string): string => kept(own, entity, () => normaliseText(nameOf(entity)));
  const familiesOfEntity = (entity: string): readonly number[] =>
    kept(families, entity, () => familiesOf(formOf(entity)));
  return {
    graph,
    settings,
    seed,
    balance: openBalance(settings.options),
    isClosed,
    nameOf,
    formOf,
    formsOf: (entity) =>
      kept(forms, entity, () =>
        [nameOf(entity), ...(graph.entities.get(entity)?.aliases ?? [])]
          .map(normaliseText)
          .filter((form) => form.length > 2),
      ),
    shareWord: (one, other) =>
      haveWordInCommon(wordsOf(one), wordsOf(other), stemOf(one, other)) ||
      isFromInitials(nameOf(one), nameOf(other)) ||
      isFromInitials(nameOf(other), nameOf(one)),
    familiesOf: familiesOfEntity,
    familiesTreated: (drug) =>
      kept(treated, drug, () => {
        const diseases = [
          ...graph.heads(drug, "TREATED_WITH", readDiseases),
          ...graph.tails(drug, "TREATS").slice(0, readDiseases),
        ];
        return new Set(diseases.flatMap(familiesOfEntity));
      }),
    trusted: (head, predicate) =>
      graph
        .out(head, predicate)
        .filter(({ confidence }) => confidence >= settings.minConfidence)
        // A drug that does harm to a disease is not asked for as its treatment, whatever a page seems to say.
        .filter((relation) => !isAtOdds(graph, relation))
        // A drug that is ruled out in some cases only is not ruled out by the condition.
        .filter(
          ({ evidence }) => predicate !== "CONTRAINDICATED_IN" || evidence.some((one) => !one.condition),
        ),
    isTelling(symptom, share = genericShare) {
      if (isClosed) return true;
      const most = Math.max(share * 80, share * (tally.get("HAS_SYMPTOM")?.heads ?? 0));
      if (graph.countInto(symptom, "HAS_SYMPTOM") > most) return false;
      return !isOfKind(formOf(symptom), "finding");
    },
    isGeneric(entity, predicate, share = genericShare, least = genericCount) {
      const most = Math.max(least, share * (tally.get(predicate)?.heads ?? 0));
      return graph.countInto(entity, predicate) > most;
    },
  };
}

/** What is known of an entity, found once; forgotten when there is too much of it. */
function kept<T>(known: Map<string, T>, entity: string, find: () => T): T {
  const before = known.get(entity);
  if (before !== undefined) return before;
  if (known.size >= keptForms) known.clear();
  const found = find();
  known.set(entity, found);
  return found;
}

/** Whether a treatment is said to cause what it treats, or to be ruled out by it. */
function isAtOdds(graph: KnowledgeGraph, { head, predicate, tail }: Relation): boolean {
  if (predicate !== "TREATED_WITH" && predicate !== "TREATS") return false;
  const [drug, disease] = predicate === "TREATS" ? [head, tail] : [tail, head];
  // A class is at odds with what a drug of it is, and the other way round.
  const kin = [drug, ...graph.tails(drug, "MEMBER_OF_CLASS"), ...graph.heads(drug, "MEMBER_OF_CLASS")];
  return kin.some(
    (one) => graph.has(one, "HAS_SIDE_EFFECT", disease) || graph.has(one, "CONTRAINDICATED_IN", disease),
  );
}

/** A subject of a graph. */
export function openSubject(id: string, sources: Sources): Subject {
  const { graph, settings, seed } = sources;
  let neighbours: readonly Neighbour[] | undefined;
  let symptoms: readonly string[] | undefined;
  let subsets: readonly (readonly string[])[] | undefined;
  let linked: ReadonlySet<string> | undefined;
  let linkedOtherwise: ReadonlySet<string> | undefined;
  const joined = (counts: (predicate: Predicate) => boolean): Set<string> => {
    const found = kinOf(graph, id);
    for (const predicate of predicates.filter(counts)) {
      for (const tail of graph.tails(id, predicate)) found.add(tail);
      for (const head of graph.heads(id, predicate)) found.add(head);
    }
    return found;
  };
  const subject: Subject = {
    id,
    isRare: graph.entities.get(id)?.rarity.isRare ?? false,
    candidates: new Map(),
    neighbours: () => (neighbours ??= neighboursOf(graph, id, settings.neighbours)),
    symptoms: () => (symptoms ??= sources.trusted(id, "HAS_SYMPTOM").map(({ tail }) => tail)),
    subsets() {
      subsets ??= tellingSubsets(
        graph,
        id,
        subject.symptoms(),
        { least: settings.symptomsLeast, most: settings.symptomsMost, wanted: settings.wordings },
        seededRandom(seed, "synthesize", "symptoms", id),
      ).filter((set) => set.some((symptom) => sources.isTelling(symptom)));
      return subsets;
    },
    isLinked(entity) {
      linked ??= joined(() => true);
      return linked.has(entity);
    },
    isLinkedOtherwise(entity) {
      linkedOtherwise ??= joined((predicate) => predicate !== "DIFFERENTIAL_DIAGNOSIS");
      return linkedOtherwise.has(entity);
    },
  };
  return subject;
}

/** A test of whether an entity is in a family with one of some others, and so may be as true as these. */
export function kindredOf(
  others: Iterable<string>,
  { familiesOf, isClosed }: Sources,
): (entity: string) => boolean {
  if (isClosed) return () => false;
  const taken = new Set<number>();
  for (const other of others) for (const family of familiesOf(other)) taken.add(family);
  return (entity) => familiesOf(entity).some((family) => taken.has(family));
}
