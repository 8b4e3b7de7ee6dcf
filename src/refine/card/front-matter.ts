/** The head of a dataset card as the Hub reads it: YAML with licence, languages, tasks, size and files. */
import { stringify } from "yaml";
import type { SplitName } from "../split.ts";

/** Licences as questions name them → as the Hub does. */
const hubLicences: Readonly<Record<string, string>> = {
  "cc by-sa 4.0": "cc-by-sa-4.0",
  "cc by-sa 3.0": "cc-by-sa-3.0",
  "cc by 4.0": "cc-by-4.0",
  "cc by 3.0": "cc-by-3.0",
  "cc by-nc 4.0": "cc-by-nc-4.0",
  "cc0 1.0": "cc0-1.0",
  mit: "mit",
  "apache-2.0": "apache-2.0",
  "apache 2.0": "apache-2.0",
};

const sizes: readonly (readonly [number, string])[] = [
  [1e3, "n<1K"],
  [1e4, "1K<n<10K"],
  [1e5, "10K<n<100K"],
  [1e6, "100K<n<1M"],
];

/** Names of the splits on the Hub. */
const hubSplits: Readonly<Record<SplitName, string>> = {
  train: "train",
  dev: "validation",
  test: "test",
  unseen: "unseen",
};

/** The front matter between its two lines of dashes. */
export function frontMatter(facts: {
  readonly title: string;
  readonly licences: readonly string[];
  readonly languages: readonly string[];
  readonly questions: number;
  readonly isSynthetic: boolean;
  readonly splits: readonly SplitName[];
}): string {
  const licence = [
    ...new Set(facts.licences.map((name) => hubLicences[name.toLowerCase()] ?? "other")),
  ].sort();
  const head = {
    pretty_name: facts.title,
    license: licence.length === 1 ? licence[0] : licence,
    ...(licence.includes("other") ? { license_name: facts.licences.join("; ") } : {}),
    language: facts.languages,
    task_categories: ["multiple-choice", "question-answering"],
    size_categories: [sizes.find(([below]) => facts.questions < below)?.[1] ?? "1M<n<10M"],
    tags: ["medical", ...(facts.isSynthetic ? ["synthetic"] : [])],
    configs: [
      {
        config_name: "default",
        data_files: facts.splits.map((name) => ({ split: hubSplits[name], path: `${name}.parquet` })),
      },
    ],
  };
  return `---\n${stringify(head)}---\n`;
}
