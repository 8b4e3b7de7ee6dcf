/**
 * Names for a made-up encyclopedia, put together from morphemes: the k-th disease, drug, gene, pathogen, person …
 *
 * Invariant: a name is a pure function of its kind and number, so that no table of names is held, and two numbers of a
 * kind never give one name. Names are in the case of running text; a title begins with a capital.
 */
import { lists } from "./generate-morphemes.ts";

const { surnameStarts, surnameEnds, givenNames, organRoots, diseaseSuffixes } = lists;

/** The k-th combination of parts, in a scrambled order; `round` counts how often all of them have been used. */
function combine(k: number, ...parts: readonly (readonly string[])[]): { words: string[]; round: number } {
  let capacity = 1;
  for (const part of parts) capacity *= part.length;
  const round = Math.floor(k / capacity);
  // A prime factor that no list's length holds makes this a permutation of the combinations.
  let rest = ((k % capacity) * STEP + 7) % capacity;
  const words: string[] = [];
  for (const part of parts) {
    words.push(part[rest % part.length] as string);
    rest = Math.floor(rest / part.length);
  }
  return { words, round };
}

const STEP = 15_485_863;

/** The name with a number behind it, once all plain names are used. */
function numbered(name: string, round: number): string {
  return round === 0 ? name : `${name} type ${round + 1}`;
}

/** First letter in upper case: the form of a title. */
export function capitalised(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

/** A family name. */
export function surname(k: number): string {
  const { words, round } = combine(k, surnameStarts, surnameEnds);
  return words.join("") + (round === 0 ? "" : ` (${round + 1})`);
}

/** Several family names in one word: "Harlow–Brandt". */
function eponym(k: number): string {
  const starts = surnameStarts.length * surnameEnds.length;
  const first = surname(k % starts);
  const number = Math.floor(k / starts);
  if (number === 0) return first;
  return `${first}–${surname((k * 31 + number * 977) % starts)}${number > starts ? ` ${number}` : ""}`;
}

const diseasePatterns = 10;

/** A disease: Greek roots, a deficiency, a growth, an eponym or a fever. */
export function diseaseName(k: number): string {
  const n = Math.floor(k / diseasePatterns);
  switch (k % diseasePatterns) {
    case 0:
    case 1: {
      const { words, round } = combine(
        n * 2 + (k % diseasePatterns),
        lists.prefixRoots,
        organRoots,
        diseaseSuffixes,
      );
      return numbered(words.join(""), round);
    }
    case 2: {
      const { words, round } = combine(n, lists.courses, organRoots, diseaseSuffixes);
      return numbered(`${words[0]} ${words[1]}${words[2]}`, round);
    }
    case 3:
      return `${eponym(n)} syndrome`;
    case 4:
      return `${eponym(n)} disease`;
    case 5: {
      const { words, round } = combine(n, lists.enzymeStarts, lists.enzymeMiddles, lists.enzymeEnds);
      return numbered(`${words.join("")} deficiency`, round);
    }
    case 6: {
      const { words, round } = combine(n, lists.growthKinds, lists.growths, lists.regions);
      return numbered(`${words[0]} ${words[1]} of the ${words[2]}`, round);
    }
    case 7: {
      const { words, round } = combine(n, lists.placeStarts, lists.placeEnds, lists.feverKinds);
      return numbered(`${words[0]}${words[1]} ${words[2]}`, round);
    }
    case 8: {
      const { words, round } = combine(
        n,
        lists.inheritances,
        organRoots,
        lists.dysplasias,
        lists.accompaniments,
      );
      return numbered(`${words[0]} ${words[1]}${words[2]} with ${words[3]}`, round);
    }
    default: {
      const { words, round } = combine(n, lists.courses, lists.siteAdjectives, lists.disorders);
      return numbered(words.join(" "), round);
    }
  }
}

/** A name for a disease that only a redirect bears. */
export function diseaseSynonym(k: number): string {
  const { words, round } = combine(k, surnameStarts, surnameEnds, lists.synonymNouns);
  return numbered(`${words[0]}${words[1]}'s ${words[2]}`, round);
}

/** A drug of a class: its ending tells the class. */
export function drugName(k: number, classNumber: number): string {
  const { words, round } = combine(k, lists.drugStarts, lists.drugMiddles, lists.drugInfixes);
  const stem = lists.drugStems[classNumber % lists.drugStems.length] as string;
  return words.join("") + stem + (round === 0 ? "" : `-${round + 1}`);
}

/** A name under which a drug is sold. */
export function brandName(k: number): string {
  const { words, round } = combine(k, lists.brandStarts, lists.brandMiddles, lists.brandEnds);
  return words.join("") + (round === 0 ? "" : ` ${round + 1}`);
}

/** A class of drugs, by what its members do to a target. */
export function drugClassName(k: number): string {
  const { words, round } = combine(k, lists.targets, lists.targetNumbers, lists.actions);
  return `${words[0]}${words[1]} ${words[2]}${round === 0 ? "" : ` ${round + 1}`}`;
}

/** A gene's symbol. */
export function geneName(k: number): string {
  const { words, round } = combine(
    k,
    lists.geneLetters,
    lists.geneVowels,
    lists.geneLetters,
    lists.geneNumbers,
  );
  return words.join("") + (round === 0 ? "" : `L${round}`);
}

/** A bacterium, parasite or fungus by its two names, or every fourth time a virus. */
export function pathogenName(k: number): string {
  if (k % 4 === 3) {
    const { words, round } = combine(
      Math.floor(k / 4),
      lists.placeStarts,
      lists.placeEnds,
      lists.virusGroups,
    );
    return numbered(words[0] + (words[1] as string) + (words[2] as string), round);
  }
  const { words, round } = combine(k, lists.genusStarts, lists.genusEnds, lists.epithets);
  return `${words[0]}${words[1]} ${words[2]}${round === 0 ? "" : ` ${lists.epithets[round % lists.epithets.length]}`}`;
}

/** Whether the k-th pathogen is a virus. */
export function isVirus(k: number): boolean {
  return k % 4 === 3;
}

/** A part of the body. */
export function anatomyName(k: number): string {
  const { words, round } = combine(k, lists.positions, lists.structures, lists.regions);
  return numbered(`${words[0]} ${words[1]} of the ${words[2]}`, round);
}

/** A complaint: the common words first, then a quality and a site. */
export function symptomName(k: number): string {
  const common = lists.commonSymptoms[k];
  if (common !== undefined) return common;
  const { words, round } = combine(
    k - lists.commonSymptoms.length,
    lists.qualities,
    lists.sensations,
    lists.sites,
  );
  return numbered(`${words[0]} ${words[1]} of the ${words[2]}`, round);
}

/** A sign that an examiner finds. */
export function signName(k: number): string {
  const { words, round } = combine(k, surnameStarts, surnameEnds, lists.signNouns);
  return numbered(`${words[0]}${words[1]} ${words[2]}`, round);
}

/** A finding of the laboratory, of imaging or of the microscope. */
export function findingName(k: number): string {
  const { words, round } = combine(k, lists.changes, lists.fluids, lists.analytes);
  return numbered(words.join(" "), round);
}

/** A test. */
export function testName(k: number): string {
  const { words, round } = combine(k, lists.fluids, lists.analytes, lists.testNouns);
  return numbered(words.join(" "), round);
}

/** An operation or another procedure. */
export function procedureName(k: number): string {
  const { words, round } = combine(k, lists.approaches, organRoots, lists.operations);
  return numbered(`${words[0]} ${words[1]}${words[2]}`, round);
}

/** A disease mechanism. */
export function mechanismName(k: number): string {
  const { words, round } = combine(k, lists.disturbances, lists.tissues, lists.processes);
  return numbered(words.join(" "), round);
}

/** A risk factor. */
export function riskName(k: number): string {
  const { words, round } = combine(k, lists.exposures, lists.agents);
  return numbered(words.join(" "), round);
}

/** A medical specialty. */
export function specialtyName(k: number): string {
  return lists.specialties[k] ?? `${lists.siteAdjectives[k % lists.siteAdjectives.length]} medicine ${k}`;
}

/** A person. */
export function personName(k: number): string {
  const { words, round } = combine(k, surnameStarts, surnameEnds, givenNames);
  return `${words[2]} ${round === 0 ? "" : `${String.fromCharCode(65 + (round % 26))}. `}${words[0]}${words[1]}`;
}

/** A town, river or hill. */
export function placeName(k: number): string {
  const { words, round } = combine(k, lists.placeStarts, lists.placeMiddles, lists.placeEnds);
  return words.join("") + (round === 0 ? "" : `, ${lists.countries[round % lists.countries.length]}`);
}

/** A film, book or record. */
export function workName(k: number): string {
  const { words, round } = combine(k, lists.workAdjectives, lists.workNouns, lists.workTails);
  return `The ${words[0]} ${words[1]}${words[2]}${round === 0 ? "" : ` (${1920 + (round % 100)})`}`;
}

/** A beetle, a fern or another living thing that makes nobody ill. */
export function speciesName(k: number): string {
  const { words, round } = combine(k, lists.wildGenusStarts, lists.wildGenusEnds, lists.wildEpithets);
  return `${words[0]}${words[1]} ${words[2]}${round === 0 ? "" : ` var. ${round}`}`;
}

/** A company, club or school. */
export function organisationName(k: number): string {
  const { words, round } = combine(k, lists.placeStarts, lists.placeEnds, lists.organisationNouns);
  return `${words[0]}${words[1]} ${words[2]}${round === 0 ? "" : ` ${1850 + round}`}`;
}
