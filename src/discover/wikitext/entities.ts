/**
 * Character entities of HTML, by name and by number, as MediaWiki knows them.
 *
 * Invariant: what is no entity stays as it is written.
 */

/** Names of the characters from U+00A0 to U+00FF, in order. */
const latin =
  "nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute " +
  "micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig " +
  "Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash " +
  "Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute " +
  "ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc " +
  "uuml yacute thorn yuml";

/** Names of the Greek letters from U+0391 on, in order; "-" is a place without a letter. */
const greek =
  "Alpha Beta Gamma Delta Epsilon Zeta Eta Theta Iota Kappa Lambda Mu Nu Xi Omicron Pi Rho - Sigma Tau Upsilon Phi " +
  "Chi Psi Omega - - - - - - - alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi " +
  "rho sigmaf sigma tau upsilon phi chi psi omega";

/** A name and its character in turn. */
const others =
  "quot \" amp & lt < gt > apos ' OElig Œ oelig œ Scaron Š scaron š Yuml Ÿ fnof ƒ circ ˆ tilde ˜ ndash – mdash — " +
  "lsquo ‘ rsquo ’ sbquo ‚ ldquo “ rdquo ” bdquo „ dagger † Dagger ‡ bull • hellip … permil ‰ prime ′ Prime ″ " +
  "lsaquo ‹ rsaquo › oline ‾ frasl ⁄ euro € trade ™ larr ← uarr ↑ rarr → darr ↓ harr ↔ lArr ⇐ uArr ⇑ rArr ⇒ " +
  "dArr ⇓ hArr ⇔ forall ∀ part ∂ exist ∃ empty ∅ nabla ∇ isin ∈ notin ∉ ni ∋ prod ∏ sum ∑ minus − lowast ∗ " +
  "radic √ prop ∝ infin ∞ ang ∠ and ∧ or ∨ cap ∩ cup ∪ int ∫ there4 ∴ sim ∼ cong ≅ asymp ≈ ne ≠ equiv ≡ le ≤ " +
  "ge ≥ sub ⊂ sup ⊃ nsub ⊄ sube ⊆ supe ⊇ oplus ⊕ otimes ⊗ perp ⊥ sdot ⋅ loz ◊ spades ♠ clubs ♣ hearts ♥ diams ♦";

const characters = new Map<string, string>([
  ["ensp", "\u2002"],
  ["emsp", "\u2003"],
  ["thinsp", "\u2009"],
  ["zwnj", ""],
  ["zwj", ""],
  ["lrm", ""],
  ["rlm", ""],
]);
latin.split(" ").forEach((name, index) => {
  characters.set(name, String.fromCharCode(0xa0 + index));
});
greek.split(" ").forEach((name, index) => {
  if (name !== "-") characters.set(name, String.fromCharCode(0x391 + index));
});
const pairs = others.split(" ");
for (let i = 0; i + 1 < pairs.length; i += 2) characters.set(pairs[i] as string, pairs[i + 1] as string);
// White space and marks that only set text: a reader of prose sees a plain space or nothing.
characters.set("nbsp", " ");
characters.set("shy", "");

/** The characters of an entity, named between its `&` and `;`; undefined if it is none. */
export function decodeEntity(name: string): string | undefined {
  if (name.charCodeAt(0) !== 35) return characters.get(name);
  const isHexadecimal = name[1] === "x" || name[1] === "X";
  const digits = name.slice(isHexadecimal ? 2 : 1);
  if (!(isHexadecimal ? /^[\da-f]+$/i : /^\d+$/).test(digits)) return undefined;
  const code = Number.parseInt(digits, isHexadecimal ? 16 : 10);
  if (code === 0xa0) return " ";
  const isCharacter = code > 8 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
  return isCharacter ? String.fromCodePoint(code) : undefined;
}

/** A short text with its entities as characters. */
export function decodeEntities(text: string): string {
  return text.includes("&")
    ? text.replace(/&(#?\w{2,10});/g, (written, name: string) => decodeEntity(name) ?? written)
    : text;
}
