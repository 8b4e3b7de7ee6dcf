/**
 * Text as it is compared: width, case, accents, spaces and decoration taken away, everything that bears meaning kept.
 *
 * Invariant: `foldWidth` keeps every position, so a place found in folded text is the same place in the reply.
 * Signs, comparisons and decimal points stay: "-5" is not "5", "1.5" is not "15", "< 7" is not "> 7".
 */

/** Full-width letters, digits and punctuation to their narrow forms, one code unit for one. */
export function foldWidth(text: string): string {
  return text.replace(/[\uff01-\uff5e\u3000\u2018\u2019\u201c\u201d\u2010-\u2015\u2212\u00a0]/g, (found) => {
    const code = found.charCodeAt(0);
    if (code >= 0xff01 && code <= 0xff5e) return String.fromCharCode(code - 0xfee0);
    if (code === 0x2018 || code === 0x2019) return "'";
    if (code === 0x201c || code === 0x201d) return '"';
    return code === 0x3000 || code === 0xa0 ? " " : "-";
  });
}

const plain = /^[a-z0-9 ]*$/;
const decoration = /\\(?:text|mathrm|mathbf|textbf|boxed)\b|['`*_$\\{}]/g;

/** The form in which two texts are compared. */
export function normaliseText(text: string): string {
  const lower = foldWidth(text).toLowerCase().trim();
  if (plain.test(lower)) return lower.includes("  ") ? lower.replace(/ {2,}/g, " ") : lower;
  const bare = lower
    .replace(decoration, "")
    .normalize("NFD")
    .replace(/\p{M}+/gu, "");
  let out = "";
  for (let i = 0; i < bare.length; i++) {
    const char = bare[i] as string;
    if (isWordChar(char) || "<>≤≥=%+±↑↓→°".includes(char)) out += char;
    else if ((char === "." || char === "," || char === "/") && isDigit(bare[i - 1]) && isDigit(bare[i + 1]))
      out += char;
    else if (char === "-" && isSign(bare, i)) out += char;
    else out += " ";
  }
  return out.replace(/ +/g, " ").trim();
}

/** A minus before a number ("-5") or after a word ("Rh-"); elsewhere a hyphen only joins. */
function isSign(text: string, at: number): boolean {
  const before = text[at - 1];
  const after = text[at + 1];
  const joinsBefore = before !== undefined && isWordChar(before);
  const joinsAfter = after !== undefined && isWordChar(after);
  return (!joinsBefore && isDigit(after)) || (joinsBefore && !joinsAfter && after !== "-");
}

/** A letter or digit of any script. */
export function isWordChar(char: string | undefined): boolean {
  if (char === undefined) return false;
  const code = char.charCodeAt(0);
  if (code < 128)
    return (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
  return /[\p{L}\p{N}\ud800-\udfff]/u.test(char);
}

function isDigit(char: string | undefined): boolean {
  return char !== undefined && char >= "0" && char <= "9";
}

/** Whether `part` stands in `whole` as whole words; both already normalised. */
export function containsWords(whole: string, part: string): boolean {
  return part !== "" && ` ${whole} `.includes(` ${part} `);
}
