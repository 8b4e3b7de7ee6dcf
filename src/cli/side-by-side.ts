/** Two texts beside each other for a terminal, so that a person can see where they differ. */

/** Characters that a terminal draws two columns wide: Chinese, Japanese, Korean, full-width forms. */
const wide =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303f\uff00-\uff60]/u;

function widthOf(text: string): number {
  let width = 0;
  for (const character of text) width += wide.test(character) ? 2 : 1;
  return width;
}

/** Lines of two columns, each `width` columns wide, the texts wrapped between words. */
export function sideBySide(left: string, right: string, width = 48): string {
  const [one, other] = [wrap(left, width), wrap(right, width)];
  return Array.from({ length: Math.max(one.length, other.length) }, (_, at) => {
    const text = one[at] ?? "";
    return `${text}${" ".repeat(width - widthOf(text))} | ${other[at] ?? ""}`.trimEnd();
  }).join("\n");
}

/** A text in lines of at most `width` columns; what has no spaces is cut. */
function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const paragraph of text.split(/\r?\n/u)) {
    let line = "";
    for (const word of paragraph.split(/\s+/u).flatMap((one) => cut(one, width))) {
      const longer = line === "" ? word : `${line} ${word}`;
      if (widthOf(longer) <= width) line = longer;
      else {
        lines.push(line);
        line = word;
      }
    }
    lines.push(line);
  }
  return lines;
}

function cut(word: string, width: number): string[] {
  const pieces = [""];
  for (const character of word) {
    if (widthOf(pieces.at(-1)! + character) > width) pieces.push("");
    pieces[pieces.length - 1] += character;
  }
  return pieces;
}
