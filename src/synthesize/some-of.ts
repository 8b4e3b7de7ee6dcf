/** A stretch of a long list that begins at a place which a name decides, so that not all names get the same part. */

/** Most items that are looked at. */
const most = 400;

/** All items of a short list, of a long one a part; the same name gives the same part in the same order. */
export function someOf<T>(items: readonly T[], name: string): readonly T[] {
  if (items.length === 0) return items;
  const from = hashOf(name) % items.length;
  const turned = [...items.slice(from, from + most), ...items.slice(0, from)];
  return turned.length > most ? turned.slice(0, most) : turned;
}

/** A number from a text, the same on every machine. */
export function hashOf(text: string): number {
  let hash = 0;
  for (let at = 0; at < text.length; at++) hash = (Math.imul(hash, 31) + text.charCodeAt(at)) >>> 0;
  return hash;
}
