/**
 * Many texts held as bytes, outside of the JavaScript heap; a text is made when it is asked for. A million quotes are
 * a third of a gigabyte this way and cost the garbage collector nothing.
 */

export interface Texts {
  readonly length: number;
  at(index: number): string;
}

/** Texts that stand one after another in blocks of UTF-8, `rows` texts a block, with their lengths in bytes. */
export function textsInBlocks(blocks: readonly Uint8Array[], rows: number, lengths: Int32Array): Texts {
  const buffers = blocks.map((block) => Buffer.from(block.buffer, block.byteOffset, block.byteLength));
  const starts = new Int32Array(lengths.length);
  for (let index = 1; index < lengths.length; index++)
    starts[index] = index % rows === 0 ? 0 : (starts[index - 1] as number) + (lengths[index - 1] as number);
  return {
    length: lengths.length,
    at(index) {
      const start = starts[index] as number;
      const end = start + (lengths[index] as number);
      return start === end ? "" : (buffers[Math.floor(index / rows)] as Buffer).toString("utf8", start, end);
    },
  };
}

/** Texts of a list, as they are. */
export function listedTexts(list: readonly string[]): Texts {
  return { length: list.length, at: (index) => list[index] as string };
}
