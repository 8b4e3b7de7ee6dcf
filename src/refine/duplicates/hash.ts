/** Mixing of 32-bit numbers: the finaliser of MurmurHash3 (Appleby, public domain), a bijection in which each bit of the
 * input changes half of the output. Words are numbered and not hashed; only lists of numbers are. */

/** One 32-bit number, unsigned, from one. */
export function mix(number: number): number {
  let h = number | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** One 32-bit number, unsigned, from two in their order. */
export function mixTwo(first: number, second: number): number {
  return mix(Math.imul(mix(first), 31) + second);
}

/** 53 bits of a text, as a key to look up what is then compared. */
export function keyOfText(text: string): number {
  let low = 0x811c9dc5;
  let high = 0x9e3779b9;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    low = Math.imul(low ^ code, 0x01000193);
    high = Math.imul(high ^ code, 0x85ebca6b) ^ (low >>> 15);
  }
  return mix(low) * 2 ** 21 + (mix(high) >>> 11);
}
