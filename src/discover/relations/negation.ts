/**
 * Which links of a sentence stand in an affirmative clause. A relation is only read from those: an encyclopedia
 * says what a disease is not as often as what it is.
 *
 * Invariant: errs on the side of silence; a cue takes its whole clause, or everything behind it in the clause, but
 * what is said to be rare, or left out, takes no list beside it along.
 */

import type { Predicate } from "../../records/relation.ts";

export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** Cues that take the whole clause. */
const whole = new RegExp(
  "\\b(?:" +
    [
      "no longer",
      "not",
      "never",
      "cannot",
      "absent",
      "neither",
      "hardly(?: ever)?",
      "unlikely",
      "uncommon(?:ly)?",
      "unusual(?:ly)?",
      "infrequent(?:ly)?",
      "(?:are|were) (?:very |quite |extremely |exceedingly |comparatively )?(?:rare|exceptional)",
      "(?:is|are|be|been|was|were) (?:ruled out|excluded|spared|abandoned|superseded|preserved|withdrawn)",
      "(?:has|have|had|is|are|was|were|plays?|bears?|gives?) no(?! longer| more| fewer| known| less)",
      "points? (?:away|to(?! the diagnosis| it\\b| the disease)|towards?(?! the diagnosis))",
      "(?:should|would|must|ought to) (?:prompt|suggest|raise|make)",
      "speaks? against",
      "(?:is|are|was|were) (?:[a-z]+ly )?(?:lacking|missing|wanting)",
      "contributes? little",
      "(?:in|by) contrast(?! to| with)",
      "on the other hand",
      "unrelated",
      "obsolete",
      "formerly",
      "historically",
      "once (?:used|thought|believed|given|treated|considered|called|standard|common|popular|widely|the)",
      "used to be",
      "mistaken",
      "confused with",
      "argues? against",
      "abandoned",
      "discouraged",
      "ineffective",
      "fails? to",
      "(?:signs?|marks?|symptoms?|features?) of [^,;.]{1,60} rather than",
      "(?:little|no|insufficient|scant|weak) evidence",
      "(?:unclear|unknown|uncertain|not known|controversial|debated|doubtful) (?:whether|if)",
      "differing conclusions",
      "inconclusive",
      "refuted",
      "disproved",
      "disproven",
      "debunked",
      "of no (?:use|value|benefit|help)",
      "lacks? (?:proof|evidence)",
      "without (?:proof|evidence|effect|benefit)",
    ].join("|") +
    ")\\b|n't\\b",
);

/** Cues that take what stands behind them in the clause. */
const forward =
  /\b(?:without|unlike|rather than|instead of|in place of|as opposed to|in contrast (?:to|with)|other than|except(?: for| in)?|absence of|lack of|lacks|lacking|free of|free from|devoid of|no(?! longer)|nor|spares|sparing|excludes?|excluding|to exclude|rules? out|ruling out|distinguish(?:es|ed|ing)?|differs? from|differentiat(?:es|ed|ing)|has replaced|have replaced|replacing|replaces|whereas in|separat(?:es|ed|ing)|tells? it from|told from|compared with|compared to|than|unaffected|resembles?|mimics?|whether|secondary (?:[a-z]+ )?infections? (?:by|with|caused by)|(?:to|of|among|from) which|akin to|similar to|relatives? of|related to)\b/g;

/** Cues that take what stands before them in the clause. */
const backward = /\b(?:replaced by|superseded by|given way to|gave way to|ruled out|excluded)\b/g;

/** Cues of what seldom happens: they take one statement, not the list it stands beside. */
const seldom =
  /\b(?:rarely|seldom|(?:is|was|remains?) (?:very |quite |extremely |exceedingly |comparatively )?(?:rare|exceptional))\b/g;

/** The sentence with its words of what seldom happens as signs that mean nothing. */
export function withoutSeldom(sentence: string): string {
  return sentence.replace(
    /\b(?:rarely|seldom|uncommon(?:ly)?|unusual(?:ly)?|infrequent(?:ly)?|hardly ever|rare|exceptional)\b/gi,
    (words) => "#".repeat(words.length),
  );
}

/** A cheap first look: most sentences hold no cue at all. */
const hints = new RegExp([whole, forward, backward, seldom].map((one) => one.source).join("|"));

/** Phrases with a cue in them that affirm all the same. */
const affirming =
  /(?<!\b(?:is|are|was|were|be|been|does|do|did|has|have|may|can|could|should|must|will|would|usually|often|typically|generally|also|it|but) )\bnot (?:present|found|seen|shared|met|explained|caused|due|related|healed|controlled|relieved|corrected|responding|answering)\b|\b(?:with or without|(?:uncommon|rare|unusual|infrequent),? (?:yet|but) (?:[a-z]+ )?(?:characteristic|specific|typical|diagnostic|pathognomonic|telling|classic|revealing)|not only|not just|not uncommon(?:ly)?|not unusual|not infrequent(?:ly)?|not rare|not always|not necessarily|not invariably|(?:if|when|is|are|left) not (?:treated|recogni[sz]ed)(?! with| by)|cannot be excluded|no more than|no fewer than|more than|less than|fewer than|rather than later|other than|greater than|older than|younger than|longer than|shorter than|higher than|lower than|better than|no known cure|whether or not)\b/g;

/** Where one statement ends and the next begins. */
const borders =
  /;|\s[–—]\s|,? but |,? whereas |,? while |,? although |,? though |,? however,? |,? yet |, which |, who |, where |,? (?:in|by|for|on|during) which | whose | (?:that|which|who) (?=(?:is|are|was|were|has|have|does|do|did|can|could|may) ?(?:not|n't)\b)|, so |, and it |, and is |, and are |, and the |, and |, the |, it |, they |, there |, patients | if | unless | because | since | and (?:is|are) (?=seldom|rarely|not (?:found|seen|met|shared))|: (?!\S+$)/g;

const opening =
  /^(?:if|although|though|while|when|unlike|because|since|in contrast|instead|rather|as|once|where|whereas|despite|even if|even though|without|besides|apart from)\b/i;

/** "Must not be given in gout" denies the use, and so affirms the bar. */
const barring =
  /\b(?:must|should|may|can|do|does|is|are) ?not (?:to )?(?:be )?(?:used?|given?|taken?|prescribed?|recommended|advised|suitable|started|combined|done|performed|attempted|for)\b|\bcannot be (?:used|given|taken)\b|\bnot (?:for|to be (?:used|given|taken))\b|\bnever (?:be )?(?:used|given|taken|in|during)\b|\b(?:precludes?|speaks? against|argues? against|rules? out|forbids?)\b|\bdiscouraged\b/g;

/** The ranges that affirm nothing when a sentence is read for contraindications. */
export function deniedAsBar(sentence: string): readonly Stretch[] {
  return deniedWithout(barring, sentence);
}

/** "Must be told apart from measles" denies that it is measles, and so states what it may look like. */
const tellingApart =
  /\b(?:(?:has|have|had|needs?|ought) to be|must be|should be|can be|may be|could be|might be|are to be|is to be|is hard to|can be hard to) (?:carefully |clinically |sometimes |often |easily |also |first |usually )*(?:distinguished|told apart|differentiated|separated|told|discriminated|distinguish|tell(?: it)?(?: apart)?|differentiate|separate) from\b|\b(?:may|can|might|could|is|are|often|sometimes|easily|occasionally|frequently|commonly) (?:often |easily |sometimes |also |at first |initially |be |occasionally |frequently |commonly )*(?:mistaken for|confused with|misdiagnosed as)\b/g;

/** "Should not be combined with warfarin": what is not to be taken together interacts. */
const keepingApart =
  /\b(?:(?:should|must|may|can) ?not|never|cannot) (?:ordinarily |usually )?be (?:combined|taken|given|used|co-?administered)(?: together| in combination| concomitantly)? with\b/g;

function deniedWithout(lifted: RegExp, sentence: string): readonly Stretch[] {
  return deniedStretches(sentence.toLowerCase().replace(lifted, (phrase) => "#".repeat(phrase.length)));
}

/** Predicates that a denying sentence may state all the same, each with the ranges that it still denies. */
export function statedByDenial(
  sentence: string,
  isDrug: boolean,
): readonly { readonly predicate: Predicate; readonly denied: readonly Stretch[] }[] {
  const lower = sentence.toLowerCase();
  const rows: readonly (readonly [Predicate, RegExp])[] = isDrug
    ? [
        ["INTERACTS_WITH", keepingApart],
        ["CONTRAINDICATED_IN", barring],
      ]
    : [["DIFFERENTIAL_DIAGNOSIS", tellingApart]];
  return rows
    .filter(([, lifted]) => lower.search(lifted) !== -1)
    .map(([predicate, lifted]) => ({ predicate, denied: deniedWithout(lifted, lower) }));
}

/** The ranges of a sentence that affirm nothing, in no particular order. */
export function deniedStretches(sentence: string): readonly Stretch[] {
  const text = sentence.toLowerCase();
  if (!hints.test(text)) return [];
  const masked = text.replace(affirming, (phrase) => "#".repeat(phrase.length));
  const denied: Stretch[] = [];
  const clauses = clausesOf(masked);
  for (const [index, clause] of clauses.entries()) {
    const words = masked.slice(clause.start, clause.end);
    const previous = clauses[index - 1];
    if (previous && takenBack.test(words) && !words.includes("@")) denied.push(previous);
    for (const cue of words.matchAll(forward))
      denied.push({ start: clause.start + cue.index, end: endOfScope(masked, clause, cue.index, cue[0]) });
    for (const cue of words.matchAll(backward))
      denied.push({ start: clause.start, end: clause.start + cue.index });
    for (const cue of words.matchAll(seldom)) denied.push(seldomScope(masked, clause, cue));
    if (whole.test(words)) denied.push(clause);
  }
  return denied;
}

/** "…, which was not confirmed": a clause that names nothing and takes back the one in front of it. */
const takenBack =
  /\b(?:not|never|nor|n't) (?:been |yet |since |later )*(?:confirmed|borne out|proven|proved|shown|supported|reproduced|replicated|upheld|established|held up)\b|\b(?:refuted|disproved|disproven|debunked|abandoned|given up|retracted)\b/;

/** Words that speak against a remedy, though not against a contraindication. */
const againstRemedy =
  /\b(?:avoid(?:ed|s|ing|ance)?|forbidden|contraindicated|harmful|dangerous|hazardous|precipitates?|provokes?|triggers?|worse|worsens?|aggravates?|withheld|withdrawn|withdrawal|stop(?:s|ped|ping)?|harm|unsafe|risky|useless|caution|prohibited|must be spared|causes?|caused|induced|overuse|overdose|test dose|resistan(?:t|ce) to|failed|fails?|refractory|side effects?|prolong(?:s|ed)?|little (?:benefit|value|effect|use|help)|negligible|unsuitable|inappropriate|of no)\b/;

/** Words that speak against a test. */
const againstTest =
  /\b(?:normal|negative|unremarkable|useless|unhelpful|nonspecific|non-specific|seldom|excludes?|excluded|exclude|rules? out|misleading|little (?:value|help|use)|adds? little|superfluous|of no|mislead(?:s|ing)?|misses|insufficient|serves only|only to|unnecessary|instead of|reserved for doubtful)\b/;

/** Words that speak against an interaction. */
const againstInteraction =
  /\b(?:safe|safely|(?:may|can) be (?:combined|added|given|used|taken)|no (?:relevant |known |important )?interactions?|compatible|harmless|unaffected)\b/;

/** Words that speak against a contraindication. */
const againstBar =
  /\b(?:(?:is|are) (?:not|no) (?:an? |absolute )*contraindications?|not contraindicated|safe|safely|lifted|lower doses?|reduced doses?|smaller doses?|adjust(?:ed|ment)?|permitted|allowed|acceptable|(?:may|can) be (?:used|given|taken)|tolerated)\b/;

/** Words of care, which bar nothing by themselves. */
const care =
  /\b(?:caution(?:s|ed|ary|ion|us|usly)?|precautions?|(?:special |particular |great )?care (?:in|is|with|must|should)|with care|(?:dose|doses|dosage) (?:is|are|must be|should be|may be|needs? to be|has to be) (?:\w+ )?(?:lowered|reduced|cut|halved|adjusted)|clearly (?:needed|necessary|indicated)|benefits? (?:\w+ )?(?:exceeds?|outweighs?|justif(?:y|ies))|weighed|(?:may|can|might) (?:worsen|trigger|aggravate|provoke|unmask))\b/;

/** Words that bar. */
const bars =
  /\b(?:contraindicat(?:ed|ion|ions|es)|avoid(?:ed|s|ing|ance)?|(?:must|should|may|can) ?not\b|not (?:to be |be )?(?:given|used|taken|recommended|advised|suitable|for)\b|never|forbidden|prohibited|unsuitable|barred|precludes?|withheld|ruled out|(?:speaks?|argues?|stands?) against)\b/;

/** "For gout, allopurinol is preferred" on the page of another drug. */
const otherPreferred = /\b(?:is|are|remains?) (?:[a-z]+ )?preferred\b(?! (?:to|over)\b)/;

/** "When safer drugs fail" says when a drug is used, not that it fails. */
const failing =
  /\b(?:when|where|if|once|after|unless) [^,;.]{0,60}\bfail(?:s|ed)?\b|\brefractory to\b|\bfailed by\b/g;

/** The clauses of a sentence that a predicate cannot be read from, beyond those that deny in general. */
export function deniedFor(sentence: string, predicate: Predicate, head = ""): readonly Stretch[] {
  return deniedEach(sentence, [predicate], head)[0]?.denied ?? none;
}

/** The same for several predicates; those that nothing speaks against are left out. */
export function deniedEach(
  sentence: string,
  predicates: readonly Predicate[],
  head: string,
): readonly { readonly predicate: Predicate; readonly denied: readonly Stretch[] }[] {
  const out: { predicate: Predicate; denied: readonly Stretch[] }[] = [];
  if (predicates.length === 0) return out;
  const text = sentence.toLowerCase().replace(failing, (words) => "#".repeat(words.length));
  let clauses: readonly Stretch[] | undefined;
  for (const predicate of predicates) {
    const cue = cueAgainst(predicate);
    if (cue === undefined) continue;
    // The words against a remedy are the same whether it treats or prevents.
    const same = out.find((one) => predicate === "PREVENTED_BY" && one.predicate === "TREATED_WITH");
    if (same !== undefined) {
      out.push({ predicate, denied: same.denied });
      continue;
    }
    const speaksAgainst = (words: string): boolean =>
      cue.test(words) || (predicate === "TREATS" && prefersAnother(words, head));
    const denied = predicate === "CONTRAINDICATED_IN" ? caredFor(text) : [];
    if (speaksAgainst(text)) {
      clauses ??= clausesOf(text);
      denied.push(...clauses.filter(({ start, end }) => speaksAgainst(text.slice(start, end))));
    }
    if (denied.length > 0) out.push({ predicate, denied });
  }
  return out;
}

/**
 * "Gout; in asthma caution is needed": a part between semicolons that asks for care and bars nothing, or, beside words
 * that bar, its clause.
 */
function caredFor(text: string): Stretch[] {
  if (!care.test(text)) return [];
  const bids = ({ start, end }: Stretch): boolean => {
    const words = text.slice(start, end);
    return care.test(words) && !bars.test(words);
  };
  const parts = [...text.matchAll(/[^;]+/g)].map((part) => ({
    start: part.index,
    end: part.index + part[0].length,
  }));
  return [...parts, ...clausesOf(text)].filter(bids);
}

function prefersAnother(words: string, head: string): boolean {
  const found = otherPreferred.exec(words);
  if (found === null) return false;
  const front = words.slice(0, found.index);
  return (
    !/\b(?:it|they|these|this|which|that|drug|class|agents?)\b/.test(front) &&
    !front.includes(head.toLowerCase())
  );
}

const none: readonly Stretch[] = [];

function cueAgainst(predicate: Predicate): RegExp | undefined {
  switch (predicate) {
    case "TREATED_WITH":
    case "TREATS":
    case "PREVENTED_BY":
      return againstRemedy;
    case "DIAGNOSED_BY":
      return againstTest;
    case "CONTRAINDICATED_IN":
      return againstBar;
    case "INTERACTS_WITH":
      return againstInteraction;
    default:
      return undefined;
  }
}

/** Whether a place of the sentence lies outside all of them. */
export function isAffirmed(denied: readonly Stretch[], at: number): boolean {
  return denied.every((stretch) => at < stretch.start || at >= stretch.end);
}

/** "Unlike measles, it causes …" denies up to its comma; other cues deny to the end of the clause. */
function endOfScope(text: string, clause: Stretch, index: number, cue: string): number {
  if (!/^(?:unlike|in contrast|as opposed|instead|rather|compared|in place|without)/.test(cue))
    return clause.end;
  const comma = text.indexOf(",", clause.start + index);
  if (comma === -1 || comma > clause.end) return clause.end;
  // "without fever, chills or rash" is one list.
  const isList =
    cue === "without" &&
    /^(?:, [^,;]{1,40})*,? or\b/.test(text.slice(comma, Math.min(clause.end, comma + NEAR)));
  return isList ? clause.end : comma;
}

/** How far a list is followed, in characters. */
const NEAR = 400;

const verb =
  /\b(?:is|are|was|were|may|can|has|have|includes?|shows?|causes?|occurs?|develops?|appears?|leads?|comprises?)\b/;

/**
 * "Cough and, rarely, gout": what follows up to the comma. "Cough is common, gout is rare": the statement after the
 * comma. "Cough, gout and rash are rarely seen" has no verb in front of its last comma and is one statement.
 */
function seldomScope(text: string, clause: Stretch, cue: RegExpMatchArray): Stretch {
  const at = clause.start + (cue.index ?? 0);
  const end = at + cue[0].length;
  const from = Math.max(clause.start, at - NEAR);
  const front = text.slice(from, at);
  if (/(?:,|\(|\b(?:and|or|with|more)) (?:and |or |more |very )*$/.test(front)) {
    const own = /^,? /.exec(text.slice(end))?.[0].length ?? 0;
    const stop = text.slice(end + own, clause.end).search(/[,)]/);
    return { start: at, end: stop === -1 ? clause.end : end + own + stop };
  }
  const comma = front.lastIndexOf(", ");
  if (comma !== -1 && verb.test(front.slice(0, comma))) return { start: from + comma, end: clause.end };
  return clause;
}

const openOnly = new Set([", and ", ", and the ", ", the ", ", it ", ", they ", ", there ", ", patients "]);

function clausesOf(text: string): Stretch[] {
  const out: Stretch[] = [];
  let start = 0;
  const first = opening.test(text) ? text.indexOf(",") : -1;
  if (first !== -1) {
    out.push({ start: 0, end: first });
    start = first;
  }
  for (const border of text.matchAll(borders)) {
    if (border.index < start) continue;
    // ", and" ends a list as often as a clause: only a list of single words runs on behind it.
    if (first === -1 && openOnly.has(border[0]) && !startsClause(text, border.index + border[0].length))
      continue;
    out.push({ start, end: border.index });
    start = border.index;
  }
  out.push({ start, end: text.length });
  return out;
}

/** Whether what follows ", and" holds a verb of its own before the next comma. */
function startsClause(text: string, from: number): boolean {
  const comma = text.indexOf(",", from);
  const part = text.slice(from, comma === -1 ? text.length : comma);
  return /\b(?:is|are|was|were|may|can|has|have|shows?|causes?|confirms?|occurs?|develops?|appears?|should|does|do)\b/.test(
    part,
  );
}
