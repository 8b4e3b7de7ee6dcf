/** The few pieces of Markdown that the data card is made of, and how it writes numbers. */

/** A heading with its paragraphs. */
export function section(heading: string, paragraphs: readonly string[]): string[] {
  return [`## ${heading}\n`, ...paragraphs.map((text) => `${text}\n`)];
}

/** A table, columns of numbers to the right; bars inside a cell are escaped. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|").replaceAll(/\s+/g, " ")).join(" | ")} |`;
  const isNumeric = (at: number): boolean =>
    at > 0 && rows.every((cells) => /^[\d.,%]*$/.test(cells[at] ?? ""));
  const rule = `|${head.map((_, at) => (isNumeric(at) ? " ---: " : " --- ")).join("|")}|`;
  return [line(head), rule, ...rows.map(line)].join("\n");
}

export function list(items: readonly string[]): string {
  return items.map((item) => `- ${item}`).join("\n");
}

export function count(n: number): string {
  return n.toLocaleString("en");
}

export function plural(n: number, one: string, many = `${one}s`): string {
  return `${count(n)} ${n === 1 ? one : many}`;
}

/** A share of 1 as a percentage with one decimal. */
export function percent(share: number): string {
  return `${(share * 100).toFixed(1)}%`;
}

/** "a, b and c". */
export function listOf(items: readonly string[]): string {
  return items.length < 2 ? items.join("") : `${items.slice(0, -1).join(", ")} and ${items.at(-1)}`;
}
