/**
 * A sentence as the wordings of claims are looked for in it: names of entities are numbers ("@3", a list "@3+4"),
 * and what does not change who does what to whom is gone: articles, auxiliaries, tense, adverbs.
 *
 * What bears on whether it is asserted stays as a mark: ¬ for a denial, ~ for a hedge, % for a limit ("always",
 * "first-line"), under which a denial denies the limit only. A word that is not known stays and keeps a wording from
 * matching: what is not understood is no claim.
 */

interface Named {
  readonly start: number;
  readonly end: number;
}

/** Words that are names of entities in some graphs and are hardly ever meant as such. */
const noNames =
  /^(?:others?|fits?|falls?|mono|rest|diet|aspiration|compression|crowding|environment|infections?|diseases?|syndrome|tests?|symptoms?|signs?|treatments?|therapy|drugs?|medications?|findings?|mechanisms?|causes?|class|patients?|condition|surgery|medicine|pathology|it|as|or|id|td|all|death)$/i;

/** Whether a name is too common a word to be taken for an entity. */
export function isCommonWord(name: string): boolean {
  return noNames.test(name.trim()) && !/^[A-Z]{2,}$/.test(name.trim());
}

/** A piece of text with each name in it as its number, counted from `first`, in small letters. */
export function maskNames(text: string, names: readonly Named[], offset: number, first: number): string {
  let masked = "";
  let from = 0;
  names.forEach(({ start, end }, at) => {
    const [head, tail] = [start - offset, end - offset];
    // "isoniazid-induced" and "beta blocker-free" are no longer about the name alone.
    const isJoined = /[\p{L}\p{N}]-$/u.test(text.slice(0, head)) || /^-\p{L}/u.test(text.slice(tail));
    masked += `${text.slice(from, head)}${isJoined ? " joinedname " : ` @${first + at} `}`;
    from = tail;
  });
  return masked + text.slice(from);
}

type Rewrite = readonly [RegExp, string];

const words = (list: string): string => `(?<![@\\p{L}\\p{N}-])(?:${list})(?![\\p{L}\\p{N}-])`;
const rewrite = (list: string, to: string): Rewrite => [new RegExp(words(list), "gu"), to];

/** Before lists of names are joined: what a list may hold between its names. */
const early: readonly Rewrite[] = [
  [/[*_`"“”]/g, " "],
  [/[’‘]/g, "'"],
  [/[–—]/g, " , "],
  [/\bcan't\b|\bcannot\b/g, "can not"],
  [/\bwon't\b/g, "will not"],
  [/n't\b/g, " not"],
  [/\bit's\b/g, "it is"],
  [/'s?(?=\s)/g, ""],
  [/[^\p{L}\p{N}@'\-,;:()?!.%¬~\s]/gu, " "],
  [/\.(?!\d)/g, " . "],
  [/\bas well(?! as\b)/g, " "],
  [
    / , for (?=(?:the |an? )?@\d+ (?:is|are|was|has|have|can|does|do|may|causes?|treats?|leads?)\b)/g,
    " , because ",
  ],
  [/\b(rules?|ruled) ((?:the |an? )?@\d+) out\b/g, "$1 out $2"],
  [/\bin (?:nearly |almost |practically |virtually )?(?:all|every) (?:cases?|patients?|people)\b/g, " "],
  [/([,;:()?!])/g, " $1 "],
  [/\s+/g, " "],
  // "The fever is not due to gout": of the fever at hand, so that it denies nothing in general.
  rewrite(
    "(?:the|this|that|his|her|these|those)(?= @\\d+ (?:is|are|was|were|can not be|could not be|would not be) (?:not )?(?:due|caused|explained|attributable|the result|accounted|from|related))",
    "%",
  ),
  // "a patient with fever" is told of fever.
  rewrite(
    "(?:a |an |any |some |most |many |the |all )?(?:patients?|people|persons?|individuals?|those|someone|anyone|adults?|men|women|cases?|sufferers?)(?: who (?:have|has|had|suffer from|take|takes|receive|get|are on|are taking))?(?: with| of| having| suffering from| on| taking| receiving| given| treated with| using| affected by)?(?= (?:a |an |the )?@)",
    " ",
  ),
  rewrite(
    "(?:drugs?|agents?|medications?|diseases?|symptoms?|conditions?) (?:such as|like|including|called|known as|named)(?= @)",
    " ",
  ),
  rewrite("such as|namely|e\\.g\\.|for example ,?|for instance ,?|in particular|especially", " "),
  rewrite("(?:a |the )?(?:lack|absence|missing|non-occurrence) of|absent(?= @)", " ⊘ "),
  rewrite("as well as|together with|along with|and\\/or|plus|&", "and"),
  rewrite("a|an|the|its|their|his|her|any|some|both|either", " "),
];

const list =
  /(?<!\b(?:is|are|was|were|has|have|causes|treats) (?:[a-z-]+ )?(?=@\d+ , (?:and|but) @\d+ (?:is|are|was|has|have|can|may|causes?|treats?|must|should|will|would) ))@(\d+(?:\+\d+)*)((?: ,)? (?:and|or|nor)(?: ,)?| ,(?= @[\d+]+(?: , @[\d+]+)*(?: ,)? (?:and|or|nor) @)) @(\d+)/;

const phrases: readonly Rewrite[] = [
  rewrite(
    "at all|whatsoever|in any way|in any setting|under any circumstances|in fact|of course|in general|in practice|by any means|in reality|as such|in turn|in this (?:case|patient|setting|context|situation)|here|in itself|per se|to date",
    " ",
  ),
  rewrite(
    "it is (?:false|untrue|wrong|incorrect|not true|not correct|not the case|not so)(?: to (?:say|claim|state|think))?(?: that)?",
    " ¬ that ",
  ),
  rewrite(
    "(?:there is|there are|we have|i know of) (?:no|not any|little)(?: good| real| convincing)? (?:evidence|proof|data|reason to think|reason to believe|indication|suggestion)(?: that)",
    " ¬ that ",
  ),
  rewrite("(?:there is|there are|there exists) (?:no|not)", " ¬ "),
  rewrite("there is|there are|there exists", " "),
  rewrite("(?:has|have|had) nothing (?:whatsoever )?to do with", " is unrelated to "),
  rewrite("no longer", " ¬ % "),
  rewrite("(?<=(?:class|cause|group|test|treatment|mechanism|drug) )other than", "¬"),
  rewrite("anything but|nobody|no one|none|no patient(?:s)?(?: with)?", "¬"),
  rewrite("(?:safe and effective|effective and safe)", "safe"),
  rewrite(
    "(?:has been|have been|is|are|was|were)(?: (?:shown|found|proven|proved|considered|deemed|held|taken)) to(?: be)?",
    "is",
  ),
  rewrite(
    "(?<=(?:is|are|was|were) )(?:widely |generally |usually |often )?(?:regarded|seen|viewed|considered|deemed|looked upon|thought of|held|known) (?:as|to be)(?: being)?",
    " ",
  ),
  rewrite(
    "(?:has|have|shows?) (?:no|little) (?:tendency|propensity|potential|ability|power) (?:to|for)",
    " ¬ ",
  ),
  rewrite(
    "note that|notice that|i recall that|i know that|i believe that|i think that|recall that|we know that|it is known that|textbooks say that",
    " ",
  ),
  rewrite("need(?= not)", " "),
  rewrite("in (?:most|many|some|few) (?:patients|cases|people)", " % "),
  rewrite(
    "(?:pharmacologically|clinically|biochemically|histologically|microscopically|strictly speaking)(?: ,)?|regularly|exactly|precisely|practically|virtually|nearly",
    " ",
  ),
  rewrite(
    "(?:is|are|was|were)(?= (?:not |well |never |widely )*(?:known|able|likely|expected|supposed|bound|liable|apt|prone) to )",
    " ",
  ),
  rewrite("(?:well |widely )?(?:known|able|expected|bound|liable|apt|prone) to(?! @)", " "),
  rewrite(
    "(?<=(?:is|are|was|were) (?:not |never )?)(?:one of|among|amongst|part of)(?= (?:the )?(?:[a-z-]+ ){0,3}(?:symptom|sign|feature|finding|manifestation|complication|cause|risk factor|treatment|drug|test|effect|contraindication)s?)",
    " ",
  ),
  rewrite(
    "on (?:physical |clinical )?(?:examination|exam|imaging|biopsy|histology|microscopy|inspection|auscultation|palpation|x-ray|radiography|funduscopy)",
    " ",
  ),
  rewrite(
    "(?<=(?:suggests?|supports?|against|favou?rs?|out|excludes?|indicates?|confirms?|clinch(?:es)?|secures?|proves?|to|of|establish(?:es)?|makes?|for) )diagnosis of(?= @)",
    " ",
  ),
  rewrite(
    "(?:is|are|was|were|has been) (?:thought|believed|said|supposed|presumed|suspected|reported|rumou?red|claimed) to(?: be| have)?",
    " ~ is ",
  ),
  rewrite("more likely|more common|more frequent|more probable|likelier|commoner", "likelier"),
  rewrite(
    "less likely|less common|less frequent|less probable|rarer|very unlikely|highly unlikely|quite unlikely|unlikely",
    "unlikely",
  ),
  rewrite(
    "might|could|possibly|perhaps|probably|maybe|seems?(?: to)?|appears?(?= to)(?: to)?|likely|presumably|apparently|arguably|potentially",
    " ~ ",
  ),
  rewrite(
    "rarely|seldom|hardly|scarcely|barely|infrequently|uncommonly|occasionally|sometimes|exceptionally|at times|in rare cases|in some cases|rare|uncommon|unusual",
    " % ",
  ),
  rewrite(
    "always|only|just|merely|solely|exclusively|alone|necessarily|often|commonly|frequently|invariably|every|all|each|specifically|specific|primarily|mainly|chiefly|mostly|largely|initially|initial|first[- ]line|second[- ]line|third[- ]line|first|second|best|preferred|main|primary|principal|leading|most|commonest|definitive|sole|early|late|simply|directly|first choice|of choice|immediately|long-term|short-term|routinely|particularly|completely|fully|entirely|permanently|more|less|right|correct|single|next|universally|acute|absolutely|strictly",
    " % ",
  ),
  rewrite(
    "typically|usually|generally|normally|characteristically|classically|also|indeed|actually|really|certainly|clearly|definitely|well|itself|thus|hence|ever|currently|still|then|safely|successfully|effectively|readily|easily|now|today|naturally|obviously|undoubtedly|surely|quite|very|so-called|itself|themselves|instead|too|even|essentially|basically|notably|importantly|freely|widely|happily|comfortably|without (?:concern|hesitation|worry|risk|restriction|problems?|danger)|simply put|medically",
    " ",
  ),
  rewrite("(?:has|have|had|is|are) (?=(?:been|being))", " "),
  rewrite(
    "(?:ought|have|has|needs?|tends?|happens?|is able|are able|is known|are known|is meant|is expected|are expected|continues?|is supposed|begins?) to(?= (?!@))",
    " ",
  ),
  rewrite("fails? to|failed to|refuses? to|unable to", " ¬ "),
  rewrite("can|may|will|would|should|must|shall|does|do|did", " "),
  rewrite(
    "is|are|was|were|be|been|being|becomes?|became|remains?|represents?|constitutes?|get|gets|serves? as|qualif(?:y|ies) as",
    "is",
  ),
  rewrite("not|never|neither|nor|no|none of", "¬"),
  rewrite("to (?=(?:have|show|cause|treat|lead|present|belong|involve|carry|produce) )", " "),
];

/** Heads that a drug's or a gene's name may carry without speaking of another thing. */
const tails =
  /(@\d+(?:\+\d+)*) (?:therapy|use|administration|patients?|tablets?|injections?|mutations?|variants?|itself|drugs?|medications?|infections?|disease|attacks?|class|group|family|category)(?= (?!of |is |to ))/g;
/** Nouns before a name that say no more than the name: "the use of warfarin", "a diagnosis of gout". */
const leads =
  /(?<= )(?:(?:presence|occurrence|development|onset|use|administration|history|episodes?|attacks?|bouts?) of |(?:mutations?|variants?|defects?) (?:in|of) |infections? (?:with|by) |(?:treatment|therapy) with |(?:disease|drug|substance|compound|condition|disorder|medication|organism|bacterium|finding|taking|classic|classical|typical|untreated|active|overt|full-blown|positive|underlying) |(?<! is(?: [¬~%])* )(?:known|suspected|confirmed|established|proven) )(?=@)/g;

/** The line of a masked sentence: single spaces, one at each end. */
export function lineOf(masked: string): string {
  let line = ` ${masked.toLowerCase()} `;
  for (const [pattern, to] of early) line = line.replace(pattern, to);
  line = line.replace(/\s+/g, " ");
  line = line.replace(/\( @\d+(?:\+\d+)* \)/g, "");
  for (let found = list.exec(line); found; found = list.exec(line)) line = line.replace(list, "@$1+$3");
  for (const [pattern, to] of phrases) line = line.replace(pattern, to);
  return squeeze(line);
}

function squeeze(line: string): string {
  return ` ${line
    .replace(/\s+/g, " ")
    .replace(/(?: is)((?: [¬~%])*)(?: is\b)+/g, " is$1")
    .replace(tails, "$1")
    .replace(leads, "")
    .replace(/\s+/g, " ")
    .trim()} `;
}
