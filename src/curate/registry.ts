/**
 * The public sets that can be read, with what is known of each: size, options, licence, and the file that the counts
 * were made on (paper §3.1 and §4.1).
 *
 * Invariant: a file other than the pinned one is read all the same and said to be another, because published copies
 * of these sets differ in rows and labels.
 */
import { UsageError } from "../base/errors.ts";

export interface SetEntry {
  readonly name: string;
  readonly title: string;
  readonly split: string;
  /** Questions of the official split. */
  readonly size: number;
  /** Fewest and most options of a question. */
  readonly options: readonly [number, number];
  readonly language: "en" | "zh";
  readonly licence: string;
  /** SHA-256 of each file it is read from, by file name. */
  readonly files: Readonly<Record<string, string>>;
  /** What a reader of the numbers must know. */
  readonly note: string;
}

/** Every set that `loadBenchmark` reads, by name. */
const sets = {
  pubmedqa: {
    name: "pubmedqa",
    title: "PubMedQA, labelled",
    split: "test",
    size: 500,
    options: [3, 3],
    language: "en",
    licence: "MIT",
    files: {
      "ori_pqal.json": "8b3276be8942ebbd77f3ddcda12c1749bf0e490045a736fd8438ee40cf37a41d",
      "test_ground_truth.json": "939fe566f09017d13b1ca64d2ddfee0bc2374b366048152997669cccedc44d51",
    },
    note: "the official 500 of 1,000 labelled items, with their abstracts; answering yes always is right for 55.2%",
  },
  medqa: {
    name: "medqa",
    title: "MedQA, USMLE, four options",
    split: "test",
    size: 1273,
    options: [4, 4],
    language: "en",
    licence: "MIT",
    files: {
      "phrases_no_exclude_test.jsonl": "c3b905ccfa66152dc25afbcb2c10e86c0bdb208824f0658fcdb2c040f60a2beb",
    },
    note: "the licence is that of the original repository; mirrors state others",
  },
  mmluProBiology: {
    name: "mmluProBiology",
    title: "MMLU-Pro, biology",
    split: "test",
    size: 717,
    options: [3, 10],
    language: "en",
    licence: "MIT",
    files: { "mmlu-pro_biology.jsonl": "52432192aa0c4793436f2e40878fc9e50d2c8a9fbfb34e8024bbfd387483f1c4" },
    note: "ten options are the most, 617 of 717 questions have them",
  },
  mmluProHealth: {
    name: "mmluProHealth",
    title: "MMLU-Pro, health",
    split: "test",
    size: 818,
    options: [3, 10],
    language: "en",
    licence: "MIT",
    files: { "mmlu-pro_health.jsonl": "686f1c217a99c3701d88a47d28dd858195dbab0412238066bd8c1a32a44da5ce" },
    note: "94 of 818 questions repeat another word for word",
  },
} as const satisfies Record<string, SetEntry>;

export type SetName = keyof typeof sets;
const setNames = Object.keys(sets) as SetName[];

/** The registry row of a name that the user gave. */
export function setNamed(name: string): SetEntry & { readonly name: SetName } {
  if (Object.hasOwn(sets, name)) return sets[name as SetName];
  throw new UsageError(
    `no reader for a set named "${name}"; the sets that can be read are ${setNames.join(", ")}`,
  );
}
