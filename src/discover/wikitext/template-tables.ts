/**
 * What well-known templates are to a reader of prose: lists, wrappers round a text, measures, characters. Templates
 * that are in no table show nothing.
 */

/** Templates whose items are their positional parameters, or the `*` lines of them. */
const lists: ReadonlySet<string> = new Set(
  (
    "hlist|ubl|ublist|ubt|unbulleted list|unbulletedlist|bulleted list|bulletedlist|plainlist|plain list|flatlist|" +
    "flat list|comma separated entries|cslist|csv|comma list|blist|ordered list|numbered list|columns list|" +
    "columns-list|columns|div col|collapsible list|indented plainlist|enum|and list|or list|tree list|treelist|" +
    "cvlist|nowraplinks list|horizontal list|flowlist|pagelist|vunblist|semicolon separated entries|" +
    "dotted list|lista|liste|elenco|listeclaire|lista desplegable"
  ).split("|"),
);

/**
 * Templates that show one of their parameters: the first of these that is there; "last" is the last one without a
 * name.
 */
const wrapperRows: readonly (readonly [parameters: string, names: string])[] = [
  [
    "1 text",
    "nowrap|nobr|nobreak|nobold|small|smaller|smalldiv|resize|big|large|abbr|abbrv|abbrlink|tooltip|em|strong|sup|sub|" +
      "visible anchor|vanchor|nocaps|no italic|noitalic|noitalics|italic|italics|italic correction|bold|shy|math|mvar|" +
      "var|code|kbd|samp|mono|tt|not a typo|notatypo|proper name|small caps|smallcaps|sc|smallcaps all|sic|dfn|" +
      "nihongo|nihongo2|nihongo3|illm|underline|u|ins|del|s|center|centre|left|right|align|nowrap ital|block indent|" +
      "pre2|plain link|keypress|format price|nts|ntsh|val|formatnum|lang la|lang grc|lang he|lang ar|wiktionary-inline|" +
      "citation needed span|dubious span|fact span|clarify span|cnspan|synonymspan|hover title|no selflink|" +
      "no wrap|nobots text|disputed-inline span|poem|serif|sans-serif|script|unicode|ipa link|music note",
  ],
  [
    "text 1 quote",
    "quote|blockquote|bquote|cquote|quotation|quote box|rquote|quoted text|zitat|cita|citation bloc",
  ],
  [
    "2",
    "lang|langx|wikt-lang|wt|color|colour|font color|fontcolor|font|hlc|h:title|tooltip2|background color|bgcolor",
  ],
  ["last", "transl|transliteration|rtl-lang"],
  ["lt 1", "ill|interlanguage link|interlanguage link multi|link-interwiki|red link"],
  ["3 1", "le|link-en"],
  ["3 2", "tsl|translink"],
];

/** Templates that show a parameter behind or between words of their own. */
const framed: Readonly<Record<string, readonly [before: string, after: string]>> = {
  circa: ["c. ", ""],
  "c.": ["c. ", ""],
  ca: ["c. ", ""],
  floruit: ["fl. ", ""],
  "fl.": ["fl. ", ""],
  angbr: ["⟨", "⟩"],
  angle: ["⟨", "⟩"],
  us$: ["US$", ""],
  usd: ["US$", ""],
  gbp: ["£", ""],
  "£": ["£", ""],
  eur: ["€", ""],
  "€": ["€", ""],
  inr: ["₹", ""],
  "~": ["~", ""],
  approx: ["approx. ", ""],
  abs: ["|", "|"],
  chem2: ["", ""],
};

/** Templates that show all their positional parameters, with this between them. */
const joined: Readonly<Record<string, string>> = {
  chem: "",
  linktext: "",
  gaps: "",
};

/** Templates that show a fraction. */
const fractions: ReadonlySet<string> = new Set(["frac", "sfrac", "fraction"]);

/** Templates that give a number with its unit. */
const measures: ReadonlySet<string> = new Set(["convert", "cvt", "conv", "unité", "unité/2"]);

/** Templates that stand for characters. */
const characters: Readonly<Record<string, string>> = {
  nbsp: " ",
  space: " ",
  zwsp: "",
  snd: " – ",
  "spaced ndash": " – ",
  "spaced en dash": " – ",
  spnd: " – ",
  snds: " – ",
  sndash: " – ",
  ndash: "–",
  endash: "–",
  "en dash": "–",
  mdash: "—",
  emdash: "—",
  "em dash": "—",
  "spaced mdash": " — ",
  "--": "—",
  minus: "−",
  times: "×",
  "±": "±",
  deg: "°",
  degree: "°",
  "'": "'",
  "\" '": "\" '",
  "' \"": "' \"",
  "'s": "'s",
  dot: " · ",
  "·": " · ",
  middot: " · ",
  "•": " • ",
  bull: " • ",
  bullet: " • ",
  "\\": " / ",
  ",": " · ",
  "!": "|",
  pipe: "|",
  "=": "=",
  "(": "{",
  ")": "}",
};

/** Templates that end a line. */
const breaks: ReadonlySet<string> = new Set(
  "br|break|clear|-|crlf|crlf2|pb|paragraph break|parabr|end|endflatlist|endplainlist|div col end|colend|col-break".split(
    "|",
  ),
);

export type TemplateUse =
  | { readonly kind: "list" }
  | { readonly kind: "wrapper"; readonly parameters: readonly string[] }
  | { readonly kind: "framed"; readonly before: string; readonly after: string }
  | { readonly kind: "joined"; readonly between: string }
  | { readonly kind: "fraction" }
  | { readonly kind: "measure" }
  | { readonly kind: "asOf" }
  | { readonly kind: "character"; readonly text: string }
  | { readonly kind: "break" }
  | { readonly kind: "other" };

const other: TemplateUse = { kind: "other" };

const uses = new Map<string, TemplateUse>([["as of", { kind: "asOf" }]]);
for (const name of lists) uses.set(name, { kind: "list" });
for (const name of measures) uses.set(name, { kind: "measure" });
for (const name of fractions) uses.set(name, { kind: "fraction" });
for (const name of breaks) uses.set(name, { kind: "break" });
for (const [parameters, names] of wrapperRows) {
  const use: TemplateUse = { kind: "wrapper", parameters: parameters.split(" ") };
  for (const name of names.split("|")) uses.set(name, use);
}
for (const [name, [before, after]] of Object.entries(framed))
  uses.set(name, { kind: "framed", before, after });
for (const [name, between] of Object.entries(joined)) uses.set(name, { kind: "joined", between });
for (const [name, text] of Object.entries(characters)) uses.set(name, { kind: "character", text });

/** Families of names: `lang-de` shows its words, `link-de` the words of its own language first. */
const languageWrapper: TemplateUse = { kind: "wrapper", parameters: ["1"] };

/** What a template is to a reader of prose; the name in the form of `templateName`. */
export function templateUse(name: string): TemplateUse {
  const use = uses.get(name);
  if (use !== undefined) return use;
  return /^(?:lang|link)-[a-z-]{2,12}$/.test(name) ? languageWrapper : other;
}
