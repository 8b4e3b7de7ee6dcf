/**
 * Words that govern a list of names directly: "has to be told apart from [[a]] and [[b]]", "[[a]] may ease". Standing
 * at the list they say more than words elsewhere in the sentence (cues.ts), and so allow more types of tails.
 *
 * Invariant: closed lists in lower case; nothing but describing words stands between the cue and the list.
 */
import { type Cue, type FoundCue, indexCues, list } from "./find-cues.ts";
import { endsName, type Run } from "./runs.ts";
import type { Role } from "./tables.ts";

const before: readonly Cue[] = [
  {
    role: "symptoms",
    words: list(
      "symptoms include|symptoms are|symptoms may include|symptoms can include|signs include|signs are|symptom is|" +
        "features include|features are|manifestations include|manifestations are|findings include|presents with|" +
        "present with|presenting with|characterized by|characterised by|marked by|manifests as|manifests with|" +
        "complain of|complains of|suffer from|accompanied by|begins with|begin with|starts with|typical are|" +
        "common are|experience",
    ),
  },
  {
    role: "outcome",
    words: list(
      "leads to|lead to|leading to|progress to|progresses to|progressing to|develop|develops|developing|result in|" +
        "results in|resulting in|ends in|end in|ending in|culminates in|cause|causes|causing|followed by|risk of|" +
        "becomes|turns into|die of|death from|death by",
    ),
  },
  {
    role: "complications",
    words: list(
      "complications include|complications are|complication is|complications may include|complications can include|" +
        "complications such as|complicated by|sequelae include|sequelae are",
    ),
  },
  {
    role: "cause",
    words: list(
      "caused by|due to|results from|result from|resulting from|result of|consequence of|infection with|infection by|" +
        "infected with|attributable to|attributed to|brought on by|triggered by|provoked by|precipitated by|" +
        "induced by|arises from|arise from|stems from|stem from|put down to|causes include|causes are|cause is|" +
        "mutations in|mutation in|mutations of|mutation of|variants in|variants of|defects in|changes in the gene",
    ),
  },
  {
    role: "risks",
    words: list(
      "risk factors include|risk factors are|risk factor is|risk is increased by|risk is raised by|risk rises with|" +
        "risk increases with|predisposed by|predisposing factors include|predisposing factors are|" +
        "more common in people with|more common in those with|more common in patients with|commoner in people with|" +
        "more frequent in people with|chiefly in people with|mainly in people with|mostly in people with|" +
        "strongly associated with|people at risk are those with",
    ),
  },
  {
    role: "differential",
    words: list(
      "differential diagnosis includes|differential includes|differential diagnosis is|differential diagnoses include|" +
        "differential diagnoses are|distinguished from|told apart from|differentiated from|told from|separated from|" +
        "mistaken for|confused with|misdiagnosed as|mimicked by|tell it from|distinguish it from|" +
        "differentiate it from|separate it from|tell it apart from|conditions to be excluded are",
    ),
  },
  {
    role: "diagnosis",
    words: list(
      "diagnosed by|diagnosed with|diagnosis is by|diagnosis is made by|confirmed by|confirmed with|established by|" +
        "established with|detected by|detected with|diagnosis rests on|diagnosis is based on|diagnosis relies on|" +
        "made by|made with|identified by|proved by|proven by|test of choice is|examined by|examined with|" +
        "tests include|investigations include",
    ),
  },
  {
    role: "treatment",
    words: list(
      "treated with|treated by|treatment is with|treatment is|treatment includes|treatment with|treatments include|" +
        "treatment consists of|treatment involves|treatment of choice is|treatment may include|managed with|" +
        "managed by|responds to|respond to|therapy with|therapy is|therapy includes|therapies include|" +
        "controlled with|controlled by|relieved by|relieved with|medications include|medication includes|" +
        "drugs include|options include|options are|drugs used are|drugs such as|medications such as|first choice is|" +
        "mainstay is|first-line treatment is|improves with|eased by",
    ),
  },
  {
    role: "prevention",
    words: list(
      "prevented by|prevented with|prevention is by|prevention includes|prevention involves|prevention consists of|" +
        "protected by|prophylaxis with|preventive measures include|preventive measures are|measures include|" +
        "protection is given by",
    ),
  },
  {
    role: "affects",
    words: list(
      "affects|affect|affecting|involves|involve|involving|damages|damage to|invades|inflames|reaches|" +
        "spreads to|inflammation of|infection of|disease of|disorder of|cancer of|diseases of|disorders of|" +
        "enlargement of|narrowing of|dilation of|obstruction of|degeneration of|destruction of|swelling of|" +
        "contraction of|spasm of|tumor of|tumour of|malformation of|injury to|injury of|scarring of|pull of",
    ),
  },
  {
    role: "subtype",
    words: list(
      "is a|is an|is the|is one of the|is a type of|is a form of|is a kind of|is a variant of|is a subtype of|" +
        "is an inherited form of|are a group of|is a group of|is a rare form of|is a severe form of|form of|type of|" +
        "subtype of|variant of|kind of|also a",
    ),
  },
  {
    role: "uses",
    words: list(
      "used to treat|used for|used in the treatment of|used in|used to manage|used against|used mainly for|" +
        "used mainly to treat|used chiefly for|used primarily to treat|used to relieve|indicated for|indicated in|" +
        "treatment of|to treat|treats|treating|management of|relief of|prescribed for|given for|give it for|" +
        "give it against|given against|effective against|effective in|effective for|approved for|licensed for|" +
        "useful in|useful for|serves against|relieves|first-line for|therapy for",
    ),
  },
  {
    role: "sideEffects",
    words: list(
      "side effects include|adverse effects include|side effects are|adverse effects are|side effect is|" +
        "adverse effect is|unwanted effects include|unwanted effects are|reactions include|effects include|" +
        "may cause|can cause|causes|cause|leads to|lead to|risk of|produces|provokes",
    ),
  },
  {
    role: "interactions",
    words: list(
      "interacts with|interactions with|interaction with|interact with|combined with|combination with|taken with|" +
        "given with|used with|together with|use with|levels of|effect of|effects of|uptake of",
    ),
  },
  {
    role: "action",
    words: list(
      "blocks|block|inhibits|inhibit|binds to|bind to|binds|binding to|acts on|act on|acts at|activates|activate|" +
        "stimulates|stimulate|antagonist of|antagonist at|agonist of|agonist at|inhibitor of|inhibition of|" +
        "blockade of|blocking|inhibiting|activating|activation of|targets|works on|selective for|affinity for",
    ),
  },
  {
    role: "metabolism",
    words: list(
      "metabolised by|metabolized by|metabolised in|metabolized in|metabolised mainly by|metabolized mainly by|" +
        "metabolised mainly in|metabolized mainly in|broken down by|broken down in|inactivated by|substrate of|" +
        "metabolism by|metabolism in",
    ),
  },
  {
    role: "artery",
    words: list(
      "supplied by|supply from|supply is from|supply comes from|supply is by|supplied with blood by|fed by",
    ),
  },
  {
    role: "vein",
    words: list(
      "drained by|drains into|drain into|drains to|drain to|drains through|drainage is by|drainage is to",
    ),
  },
  {
    role: "nerve",
    words: list(
      "innervated by|innervation from|innervation is from|innervation by|innervation is by|nerve supply from|" +
        "nerve supply is from|nerve supply comes from|supplied with nerves by|nerves come from",
    ),
  },
  { role: "partOf", words: list("part of|component of|segment of|division of|subdivision of|belongs to") },
  {
    role: "precursor",
    words: list("develops from|develop from|derived from|derives from|originates from|arises from"),
  },
];

const after: readonly Cue[] = [
  {
    role: "symptoms",
    words: list(
      "are common symptoms|is a common symptom|are typical|is typical|is the main symptom|are the main symptoms|" +
        "are common|is common|are usual|is usual|are frequent|is frequent|is the leading symptom|is often the first|" +
        "is the first symptom|come first|comes first|are the first signs|is the first sign|is found|are found|" +
        "is seen|are seen|is present|are present|occur|occurs|may occur|may be seen|is noticed|may be noticed|" +
        "appear|appears|develop|develops",
    ),
  },
  {
    role: "diagnosis",
    words: list(
      "confirms the diagnosis|confirm the diagnosis|establishes the diagnosis|is diagnostic|confirms it|confirm it|" +
        "proves the diagnosis|prove the diagnosis|makes the diagnosis|settles the diagnosis|is the confirming test|" +
        "is the test of choice|supports it|supports the diagnosis|support the diagnosis|is the reference test",
    ),
  },
  {
    role: "treatment",
    words: list(
      "is the treatment|are the treatment|is the mainstay|are the mainstay|is used|are used|may be used|can be used|" +
        "is given|are given|may be given|can be given|is curative|cures|cure|is first-line|are first-line|" +
        "is the drug of choice|is the treatment of choice|is the standard|is standard|is effective|are effective|" +
        "may be effective|relieves|relieve|helps|help|may help|can help|eases|ease|may ease|can ease|is approved|" +
        "are approved|is recommended|are recommended|is advised|are advised|is preferred|are preferred|" +
        "is an alternative|are alternatives|is an option|are options|is indicated|improves|improve|reduces|reduce|" +
        "controls|control|suppresses|suppress|is offered|are offered|is prescribed|are prescribed|has been tried|" +
        "have been tried|are also tried|is also tried|is tried|are tried|is kept for|is reserved for|shortens|" +
        "promotes|promote|restores|gives relief|give relief|brings relief|bring relief|is the one drug|" +
        "is the only drug|speeds recovery|has been used|have been used|may give|gives a|give a|is of benefit|" +
        "may be of benefit|is first choice|are first choice|remains the|remain the",
    ),
  },
  {
    role: "prevention",
    words: list(
      "prevents|prevent|protects against|protect against|protects|protect|are the main means|is the main means|" +
        "reduces the risk|reduce the risk|lowers the risk|lower the risk|is protective|works|reduces the spread",
    ),
  },
  {
    role: "cause",
    words: list(
      "causes the disease|is the cause|are the cause|are its cause|is its cause|causes it|cause it|is responsible|" +
        "are responsible|is the causative|is the usual cause|are the usual cause|is the commonest cause|" +
        "is the most common cause|are the most common causes|bring it on|brings it on|bring them on|provoke it|" +
        "can provoke it|can provoke them|trigger it|triggers it",
    ),
  },
  {
    role: "complications",
    words: list(
      "is the most feared complication|is a complication|are complications|may follow|can follow|follows|" +
        "is a late complication|are late complications|has been reported after it",
    ),
  },
  {
    role: "risks",
    words: list(
      "is a risk factor|are risk factors|increases the risk|increase the risk|raises the risk|raise the risk|" +
        "is the main risk factor|are the main risk factors|predisposes|predispose|favours it|favors it|" +
        "make it more likely|makes it more likely",
    ),
  },
  {
    role: "sideEffects",
    words: list(
      "may occur|can occur|are the most common side effects|is the most common side effect|has been described|" +
        "have been described|has been reported|have been reported|is possible|are possible|are common|is common|" +
        "are frequent|is frequent|is a recognised|is a recognized",
    ),
  },
  { role: "uses", words: list("are treated with it|is treated with it|respond to it|responds to it") },
  { role: "agent", words: list("is due to it|is caused by it|are caused by it|are due to it") },
  {
    role: "differential",
    words: list("can look the same|may look the same|has to be excluded|have to be excluded"),
  },
];

/** The lists in front of names and behind them. */
export const nearIndexes = [indexCues(before), indexCues(after)] as const;

/** How far a cue may stand from its list, in characters. */
const NEAR = 60;

/** A cue at a list, in front of it or behind. */
export interface Governor {
  readonly cue: FoundCue;
  readonly isBehind: boolean;
}

/** The cue that governs a list directly and may be believed: the nearest in front of it, else the first behind it. */
export function governing(
  text: string,
  run: Run,
  [front, back]: readonly [readonly FoundCue[], readonly FoundCue[]],
  isBelieved: (governor: Governor) => boolean,
): Role | undefined {
  for (let i = front.length - 1; i >= 0; i--) {
    const cue = front[i] as FoundCue;
    if (cue.end > run.start) continue;
    if (run.start - cue.end > NEAR) break;
    if (!describesOnly(text.slice(cue.end, run.start), cue.role)) break;
    if (isBelieved({ cue, isBehind: false })) return cue.role;
  }
  for (const cue of back) {
    if (cue.start < run.end) continue;
    if (cue.start - run.end > NEAR) break;
    if (isShort(text.slice(run.end, cue.start)) && isBelieved({ cue, isBehind: true })) return cue.role;
  }
  return undefined;
}

/**
 * "Caused by the bacterium [[x]]", "side effects are drowsiness, [[x]]": between the cue and its list stand only words
 * that describe it or belong to it.
 */
function describesOnly(gap: string, role: Role): boolean {
  const folded = gap.replace(/\([^()]*\)/g, "").replace(/^:/, "");
  if (/[.;:()–—]/.test(folded)) return false;
  const words = folded.split(/[\s,]+/).filter((word) => word !== "");
  if (words.length > (folded.includes(",") ? 8 : 6)) return false;
  return words.every(
    (word) =>
      joining.has(word) || (role === "affects" && (word === "of" || word === "in")) || !endsName(word),
  );
}

const joining = new Set(
  "the a an its both either mainly chiefly mostly often usually sometimes commonly especially typically also by with".split(
    " ",
  ),
);

/** "[[x]] by mouth is kept for", "[[x]], kiwis and cabbage prevent it". */
function isShort(gap: string): boolean {
  const folded = gap.replace(/ ?\([^()]*\)/g, "");
  if (/[.;:()–—]/.test(folded)) return false;
  const words = folded.split(/[\s,]+/).filter((word) => word !== "");
  return words.length <= 3 || (words.length <= 9 && !words.some(endsName));
}
