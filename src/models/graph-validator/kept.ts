/** What was found out once, kept for the next time it is asked: a bounded number of things, forgotten all together. */
const mostKept = 4096;

/** What a map has under a key, made when it has nothing. */
export function kept<T>(known: Map<string, T>, key: string, make: (key: string) => T): T {
  const found = known.get(key);
  if (found !== undefined) return found;
  const made = make(key);
  if (known.size >= mostKept) known.clear();
  known.set(key, made);
  return made;
}
