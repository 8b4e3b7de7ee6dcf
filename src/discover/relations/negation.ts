/**
 * Which links of a sentence stand in an affirmative clause. A relation is only read from those: an encyclopedia
 * says what a disease is not as often as what it is.
 *
 * Invariant: errs on the side of silence; a cue takes its whole clause, or everything behind it in the clause.
 */

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
      "rarely",
      "seldom",
      "unlikely",
      "uncommon(?:ly)?",
      "unusual(?:ly)?",
      "infrequent(?:ly)?",
      "(?:is|are|was|were|remains?) (?:very |quite |extremely |exceedingly |comparatively )?(?:rare|exceptional)",
      "(?:is|are|be|been|was|were) (?:ruled out|excluded|spared|abandoned|superseded|preserved|withdrawn)",
      "points? away",
      "(?:in|by) contrast",
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
    ].join("|") +
    ")\\b|n't\\b",
  "g",
);

/** Cues that take what stands behind them in the clause. */
const forward =
  /\b(?:without|unlike|rather than|instead of|in place of|as opposed to|in contrast (?:to|with)|other than|except(?: for| in)?|absence of|lack of|lacks|lacking|free of|free from|devoid of|no|nor|spares|sparing|excludes?|excluding|to exclude|rules? out|ruling out|distinguish(?:es|ed|ing)?|differs? from|differentiat(?:es|ed|ing)|has replaced|have replaced|replacing|replaces|whereas in|separat(?:es|ed|ing)|tells? it from|told from|compared with|compared to|than|unaffected|resembles?|mimics?)\b/g;

/** Cues that take what stands before them in the clause. */
const backward = /\b(?:replaced by|superseded by|given way to|gave way to|ruled out|excluded)\b/g;

/** Phrases with a cue in them that affirm all the same. */
const affirming =
  /\b(?:with or without|not only|not just|not uncommon(?:ly)?|not unusual|not infrequent(?:ly)?|not rare|not always|not necessarily|not invariably|(?:if|when|is|are|left) not (?:treated|recogni[sz]ed)|cannot be excluded|no more than|no fewer than|more than|less than|fewer than|rather than later|other than|greater than|older than|younger than|longer than|shorter than|higher than|lower than|better than|no known cure|whether or not)\b/g;

/** Where one statement ends and the next begins. */
const borders =
  /;|\s[–—]\s|,? but |,? whereas |,? while |,? although |,? though |,? however,? |,? yet |, which |, who |, where |, so |, and it |, and is |, and are |, and the |, and |: (?!\S+$)/g;

const opening = /^(?:if|although|though|while|when|unlike|because|since|in contrast|instead|rather|as|once|where|whereas|despite|even if|even though)\b/i;

const quick =
  /n't\b|\b(?:no|not|nor|never|cannot|absent|absence|neither|rarely|rare|seldom|unlikely|uncommon|uncommonly|unusual|unusually|infrequent|infrequently|exceptional|ruled|rules?|ruling|exclud\w*|spar\w+|abandoned|supersed\w+|preserved|withdrawn|points?|contrast|hand|unrelated|obsolete|formerly|historically|once|used to be|mistaken|confused|argues?|discouraged|ineffective|fails?|without|unlike|rather|instead|place of|opposed|other than|except|lack\w*|free|devoid|distinguish\w*|differs?|differentiat\w+|replac\w+|separat\w+|tells?|told|compared|than|unaffected|resembles?|mimics?|way to)\b/;

/** The ranges of a sentence that affirm nothing, in no particular order. */
export function deniedStretches(sentence: string): readonly Stretch[] {
  const text = sentence.toLowerCase();
  if (!quick.test(text)) return [];
  const masked = text.replace(affirming, (phrase) => "#".repeat(phrase.length));
  const denied: Stretch[] = [];
  for (const clause of clausesOf(masked)) {
    const words = masked.slice(clause.start, clause.end);
    for (const cue of words.matchAll(forward))
      denied.push({ start: clause.start + cue.index, end: endOfScope(masked, clause, cue.index, cue[0]) });
    for (const cue of words.matchAll(backward))
      denied.push({ start: clause.start, end: clause.start + cue.index });
    const rest = words.replace(forward, (phrase) => "#".repeat(phrase.length)).replace(backward, "#");
    whole.lastIndex = 0;
    if (whole.test(rest)) denied.push(clause);
  }
  return denied;
}

/** Whether a place of the sentence lies outside all of them. */
export function isAffirmed(denied: readonly Stretch[], at: number): boolean {
  return denied.every((stretch) => at < stretch.start || at >= stretch.end);
}

/** "Unlike measles, it causes …" denies up to its comma; other cues deny to the end of the clause. */
function endOfScope(text: string, clause: Stretch, index: number, cue: string): number {
  if (!/^(?:unlike|in contrast|as opposed|instead|rather|compared|in place)/.test(cue)) return clause.end;
  const comma = text.indexOf(",", clause.start + index);
  return comma === -1 || comma > clause.end ? clause.end : comma;
}

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
    if (border[0] === ", and " && !startsClause(text, border.index + border[0].length)) continue;
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
