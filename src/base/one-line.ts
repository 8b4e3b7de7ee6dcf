/**
 * Text of foreign origin made fit for a terminal: names and quotes come from pages that anyone may have written, and a
 * control character in one could move the cursor, recolour what follows or hide it.
 */

/** A text whose control characters (C0, DEL, C1; line breaks too) are each replaced by U+FFFD. */
export function withoutControls(text: string): string {
  return text.replaceAll(/\p{Cc}/gu, "\uFFFD");
}

/** A text on one line: runs of white space are one space, control characters are replaced. */
export function oneLine(text: string): string {
  return withoutControls(text.replaceAll(/\s+/gu, " "));
}
