/**
 * A question's text in the parts that the validator looks at: sentences in which each mention of an entity is a
 * number ("@0 and @1"), what is said of each mention, and the options.
 *
 * Invariant: cues are looked for in the words between mentions, so that no entity's name is taken for one.
 */

import type { EntityLinker } from "../../verify/entity-linker.ts";
import { foldWidth } from "../../verify/text.ts";

export interface Sentence {
  /** With mentions as "@0"; case as written. */
  readonly text: string;
  readonly isQuestion: boolean;
}

export interface Stem {
  readonly sentences: readonly Sentence[];
  /** The entities behind "@0", "@1" …; namesakes together, the same ones under one number. */
  readonly mentions: readonly (readonly string[])[];
}

export interface PromptParts {
  readonly stem: string;
  readonly options: readonly { readonly letter: string; readonly text: string }[];
}

/** Splits a rendered question at its first option. */
export function readPrompt(prompt: string): PromptParts {
  const stem: string[] = [];
  const options: { letter: string; text: string }[] = [];
  for (const line of prompt.split("\n")) {
    const option = /^([A-U])\. (.*)$/u.exec(line);
    if (option) options.push({ letter: option[1] as string, text: option[2] as string });
    else if (options.length === 0) stem.push(line);
  }
  return { stem: stem.join("\n"), options };
}

/** Words that a question is made of; where one is also an entity's name, the stem does not mean the entity. */
const carriers = new Set(
  (
    "drug medication medicine treatment therapy remedy agent substance disease disorder condition illness syndrome " +
    "patient person people man woman men women male female boy girl child children infant adult gentleman lady " +
    "test investigation examination study procedure assay diagnosis diagnose differential symptom sign finding " +
    "feature manifestation complaint complication sequela cause etiology gene mutation pathogen organism microorganism " +
    "bacterium bacteria virus fungus parasite mechanism process pathway pathophysiology pathogenesis physiology class " +
    "group family category type kind effect reaction risk factor history record prevention prophylaxis vaccine " +
    "vaccination target receptor enzyme protein molecule interaction contraindication indication use usage metabolism " +
    "statement relation relationship association evidence clinic hospital physician doctor nurse pharmacist specialist " +
    "work up day week month year hour minute time age old onset presentation evaluation management care medical " +
    "surgery biopsy imaging laboratory screening option choice answer question stage life health visit review exam " +
    "as is it he she was were are be been being all may might can could has have had do does did not no nor which who " +
    "what why how when where this that these those his her its their the an at by in on of to or and so if up us we me " +
    "my most best well fit likely other rest show present help need come seek see seen note report tell ask point make " +
    "support follow lead work take give use act rule form part picture course question care advice attention doctor " +
    "药物 药 治疗 疾病 病 症状 体征 检查 诊断 患者 病人 男性 女性 男 女 机制 病史 并发症 病因 基因 病原体 副作用 预防"
  ).split(" "),
);

/** A stem's sentences, its mentions numbered in order. */
export function readStem(text: string, linker: EntityLinker): Stem {
  const folded = foldWidth(text).replaceAll("@", " ");
  const mentions: (readonly string[])[] = [];
  const numbers = new Map<string, number>();
  let masked = "";
  let from = 0;
  for (const { start, end, ids } of linker(folded)) {
    if (
      carriers.has(
        folded
          .slice(start, end)
          .toLowerCase()
          .replace(/(?<=\p{L}{3})s$/u, ""),
      )
    )
      continue;
    const key = ids.join("\n");
    const number = numbers.get(key) ?? mentions.push(ids) - 1;
    numbers.set(key, number);
    masked += `${folded.slice(from, start)}@${number}${/^\d/u.test(folded.slice(end)) ? " " : ""}`;
    from = end;
  }
  masked += folded.slice(from);
  const sentences = masked
    .split(/(?<=[?!。])\s*|(?<=(?<!\b(?:[A-Za-z]|dr|mr|ms|mrs|vs|e\.g|i\.e|approx|no))\.)\s+|\n+/iu)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== "");
  const asking = sentences.findLastIndex((sentence) => sentence.includes("?"));
  const last = asking < 0 ? sentences.length - 1 : asking;
  return {
    sentences: sentences.map((sentence, at) => ({ text: sentence, isQuestion: at === last })),
    mentions,
  };
}
