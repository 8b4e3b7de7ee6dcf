/**
 * A scanner of XML in pieces of bytes: tags, and the text between them as it stands. Written for exports, in which
 * nearly all bytes are the texts of pages, so it searches for the next tag and looks at nothing else.
 *
 * Invariant: text is given as raw bytes, one a character ("latin1"), so that positions are bytes of the input and a
 * piece may be cut anywhere; `decodeText` makes a text of it. A tag is given whole.
 */

export interface XmlEvents {
  /** `attributes` as they stand in the tag, behind its name. */
  open(name: string, attributes: string, position: number): void;
  text(piece: string): void;
  /** `position` is where the closing tag starts. */
  close(name: string, position: number): void;
}

export interface XmlScanner {
  /** Calls the events of all that is whole so far. */
  push(piece: Buffer): void;
  /** What is left over at the end: the start of something that does not end. */
  end(): string | undefined;
}

/** More than any tag or comment needs: what is longer has lost its end. */
const LONGEST_TAG = 16 << 20;
const CDATA = "<![CDATA[";

/** Opens a scanner. */
export function scanXml(events: XmlEvents): XmlScanner {
  let rest = "";
  let offset = 0;

  const tag = (bytes: string, from: number, to: number): void => {
    if (bytes.charCodeAt(from + 1) === 47) {
      events.close(bytes.slice(from + 2, to).trimEnd(), offset + from);
      return;
    }
    const isEmpty = bytes.charCodeAt(to - 1) === 47;
    const stop = isEmpty ? to - 1 : to;
    let name = from + 1;
    while (name < stop && bytes.charCodeAt(name) > 32) name += 1;
    const called = bytes.slice(from + 1, name);
    events.open(called, bytes.slice(name, stop), offset + from);
    if (isEmpty) events.close(called, offset + from);
  };

  return {
    push(piece) {
      const bytes = rest + piece.toString("latin1");
      let at = 0;
      while (at < bytes.length) {
        const less = bytes.indexOf("<", at);
        const stop = less === -1 ? bytes.length : less;
        if (stop > at) events.text(bytes.slice(at, stop));
        at = stop;
        if (less === -1) break;
        const end = endOf(bytes, less);
        if (end === -1) break;
        const kind = bytes.charCodeAt(less + 1);
        if (kind !== 33 && kind !== 63) tag(bytes, less, end);
        else if (bytes.startsWith(CDATA, less))
          events.text(bytes.slice(less + CDATA.length, end - 2).replaceAll("&", "&amp;"));
        at = end + 1;
      }
      rest = bytes.slice(at);
      offset += at;
      if (rest.length > LONGEST_TAG) throw new Error(`byte ${offset}: a tag that does not end`);
    },
    end: () => (rest === "" ? undefined : decodeText(rest.slice(0, 40))),
  };
}

/** The place of the ">" that ends what starts at `from`; -1 while it has not come. */
function endOf(bytes: string, from: number): number {
  const kind = bytes.charCodeAt(from + 1);
  if (kind === 33) {
    if (from + CDATA.length > bytes.length) return -1;
    if (bytes.startsWith("<!--", from)) return last(bytes.indexOf("-->", from + 4), 2);
    if (bytes.startsWith(CDATA, from)) return last(bytes.indexOf("]]>", from + CDATA.length), 2);
  }
  if (kind === 63) return last(bytes.indexOf("?>", from + 2), 1);
  let end = bytes.indexOf(">", from + 1);
  // A ">" between quotes does not end a tag.
  while (end !== -1 && isQuoted(bytes, from, end)) end = bytes.indexOf(">", end + 1);
  return end;
}

function last(found: number, further: number): number {
  return found === -1 ? -1 : found + further;
}

function isQuoted(bytes: string, from: number, to: number): boolean {
  let quote = 0;
  for (let i = from; i < to; i++) {
    const code = bytes.charCodeAt(i);
    if (quote === 0 ? code === 34 || code === 39 : code === quote) quote = quote === 0 ? code : 0;
  }
  return quote !== 0;
}

const named: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };

/** The text of raw bytes: UTF-8, references replaced, line ends as "\n". What is no reference of XML stays as written. */
export function decodeText(bytes: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the upper half of the bytes tells ASCII from the rest
  let text = /[^\x00-\x7f]/.test(bytes) ? Buffer.from(bytes, "latin1").toString("utf8") : bytes;
  if (text.includes("\r")) text = text.replace(/\r\n?/g, "\n");
  if (!text.includes("&")) return text;
  return text.replace(
    /&(?:(lt|gt|amp|quot|apos)|#(\d{1,7})|#x([\da-fA-F]{1,6}));/g,
    (whole, name, decimal, hex) => {
      if (name !== undefined) return named[name] as string;
      const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal);
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    },
  );
}

/** An attribute of a tag. */
export function attributeOf(attributes: string, name: string): string | undefined {
  for (const [, key, double, single] of attributes.matchAll(/([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g))
    if (key === name) return decodeText(double ?? single ?? "");
  return undefined;
}
