/** Long lists of cues as they are read best: a few alternatives to a line; spaces at the ends of a line do not count. */

/** One pattern out of lines of alternatives, without regard to case. */
export function cue(lines: TemplateStringsArray): RegExp {
  return new RegExp(oneOf(lines), "iu");
}

/** The same with regard to case, for "NOT". */
export function exactCue(lines: TemplateStringsArray): RegExp {
  return new RegExp(oneOf(lines), "u");
}

/** The alternatives as a group, to be part of a pattern. */
export function oneOf(lines: TemplateStringsArray): string {
  const alternatives = (lines.raw[0] as string).split("\n").map((line) => line.trim());
  return `(?:${alternatives.filter((line) => line !== "").join("|")})`;
}
