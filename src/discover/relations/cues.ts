/**
 * Words of a sentence that say what a link in it is: a cause, a symptom, a remedy …
 *
 * Invariant: closed lists in lower case; a word gives a role, and only the type of the link turns it into a predicate.
 */
import { type Cue, list } from "./find-cues.ts";

/** Words that give the links behind them a role. */
export const cuesBefore: readonly Cue[] = [
  {
    role: "cause",
    words: list(
      "caused by|due to|results from|result of|infection with|infection by|attributable to|" +
        "brought on by|mutations in|mutation in|mutation of|mutations of|variants in|defects in|" +
        "transmitted by|arises from|triggered by|stems from|resulting from|underlying cause is|" +
        "underlying process is|underlying mechanism|mediated by|driven by|involves|reflects",
    ),
  },
  {
    role: "agent",
    words: list("causative agent of|agent of|responsible for|the cause of|pathogen of|causative organism of"),
  },
  {
    role: "symptoms",
    words: list(
      "symptoms include|symptoms are|symptoms of|presents with|present with|presenting with|" +
        "characterized by|characterised by|marked by|manifests as|manifests with|signs include|" +
        "features include|typical features are|leads to|leading to|produces|producing|" +
        "complain of|complains of|develop|develops|experience|cause|suffer from|hallmark|" +
        "begins with|causes|causing|accompanied by|noticed as",
    ),
  },
  {
    role: "diagnosis",
    words: list(
      "diagnosed by|diagnosed with|diagnosis is|confirmed by|confirmed with|confirmed on|" +
        "established by|established with|detected by|detected with|diagnosis rests on|" +
        "diagnosis is based on|diagnosis relies on|made by|shows|reveals|demonstrates|" +
        "identified by|proved by|proven by|demonstrated by|shown by|seen on|test is|" +
        "test of choice is",
    ),
  },
  {
    role: "differential",
    words: list(
      "differential diagnosis includes|differential includes|differential diagnosis is|" +
        "differential diagnoses include",
    ),
  },
  {
    role: "treatment",
    words: list(
      "treated with|treatment is with|treatment with|treatment includes|treatment is|" +
        "treatment involves|managed with|responds to|respond to|therapy with|controlled with|" +
        "treatment consists of|treatment of choice is|mainstay|relieved by|first-line",
    ),
  },
  {
    role: "prevention",
    words: list("prevented by|prevented with|prevention is by|protected by|prophylaxis with"),
  },
  {
    role: "complications",
    words: list(
      "complications include|complications are|complicated by|complication is|can lead to|" +
        "may lead to|progress to|progresses to|result in|results in",
    ),
  },
  {
    role: "risks",
    words: list(
      "risk factors include|risk factors are|risk factor is|risk is increased by|" +
        "more common in people with|predisposed by|predisposing factors include|" +
        "risk is raised by|risk rises with|risk increases with|strongly associated with",
    ),
  },
  { role: "specialty", words: list("specialty of|managed in|belongs to the field of") },
  {
    role: "uses",
    words: list(
      "used to treat|used for|used in the treatment of|used in|used to manage|used mainly for|" +
        "used mainly to treat|used chiefly for|used primarily to treat|indicated for|" +
        "indicated in|treatment of|treat|treats|treating|for the treatment of|management of|" +
        "prescribed for|given for|effective against|effective in|first-line for|therapy for|" +
        "control",
    ),
  },
  {
    role: "sideEffects",
    words: list(
      "side effects include|adverse effects include|side effects are|adverse effects are|" +
        "side effect is|may cause|can cause|unwanted effects include|adverse effect is",
    ),
  },
  {
    role: "contraindications",
    words: list(
      "contraindicated in|avoided in|must not be used in|must not be given to|" +
        "should not be used in|should not be given to|contraindications include|" +
        "contraindicated during",
    ),
  },
  {
    role: "interactions",
    words: list("interacts with|interactions with|interaction with|interact with"),
  },
  {
    role: "action",
    words: list(
      "works by|acts by|acts through|mechanism of action is|acts as|works through|inhibits|" +
        "blocks|by means of|exerts its effect by|its effect rests on|its action is",
    ),
  },
  {
    role: "class",
    words: list(
      "is a|is an|is the|member of the|belongs to the|belonging to the|class of|one of the|" +
        "is an oral|of the|is among the",
    ),
  },
];

/** Words that give the links in front of them a role. */
export const cuesAfter: readonly Cue[] = [
  {
    role: "symptoms",
    words: list(
      "are common symptoms|is a common symptom|are typical|is typical|is the main symptom|" +
        "are the main symptoms|are common|is common|are usual|are frequent|" +
        "is the leading symptom|is often the first",
    ),
  },
  {
    role: "diagnosis",
    words: list(
      "confirms the diagnosis|confirm the diagnosis|establishes the diagnosis|is diagnostic|" +
        "confirms it|is the hallmark|is characteristic|are characteristic|proves the diagnosis|" +
        "makes the diagnosis|settles the diagnosis|is the confirming test",
    ),
  },
  {
    role: "treatment",
    words: list(
      "is the treatment|are the treatment|is the mainstay|is used|are used|is given|are given|" +
        "is curative|cures|is first-line|is the drug of choice|is the standard treatment",
    ),
  },
  {
    role: "cause",
    words: list("causes the disease|is the cause|causes it|is responsible|is the causative"),
  },
  { role: "mechanism", words: list("underlies|lies behind|explains|drives") },
  {
    role: "complications",
    words: list(
      "is the most feared complication|is a complication|are complications|may follow|" + "can follow",
    ),
  },
  {
    role: "risks",
    words: list(
      "is a risk factor|are risk factors|increases the risk|increase the risk|raises the risk|" +
        "raise the risk|is the main risk factor",
    ),
  },
  {
    role: "sideEffects",
    words: list(
      "may occur|can occur|are the most common side effects|is the most common side effect|" +
        "is a recognised|is a recognized",
    ),
  },
];

/** Words in front of a link that show it to be a finding of the examination just named. */
export const findingCues =
  /\b(?:shows?|showing|reveals?|revealing|demonstrates?|hallmarks?|characteristic|pathognomonic|typical|classic(?:al)?|signature|telltale|seen (?:as|is|are)|found (?:is|are)|displays?|discloses?|exhibits?|finds?|yields?|detects?|with|known as|called|appears? as|evidence of|presence of|contains?|recognised by|recognized by|marked by|points? to it|as (?:a|an|the))\b[^.;]*$/;

/** Whether the words around a link make it the mark of the disease. `before` and `after` are in lower case. */
export function hallmark(before: string, after: string): boolean {
  return (
    /\b(?:hallmarks?|characteristic|pathognomonic|classic(?:al)?|signature|telltale|specific sign)\b[^.;]*$/.test(
      before,
    ) ||
    /^[^.;]*\b(?:hallmarks?|characteristic|pathognomonic|classic|specific|diagnostic|signature)\b/.test(after)
  );
}
