/**
 * What is behind a schema: the section or the several forms that may stand at a key, and the keys that these know.
 * Defaults and conversions around a schema are looked through.
 */

/** What is looked at of a zod schema. */
interface Schema {
  readonly shape?: Readonly<Record<string, unknown>>;
  readonly def?: {
    readonly innerType?: unknown;
    readonly in?: unknown;
    readonly options?: readonly unknown[];
    readonly valueType?: unknown;
    readonly element?: unknown;
  };
}

function bare(schema: unknown): Schema {
  const one = (schema ?? {}) as Schema;
  const inner = one.def?.innerType ?? one.def?.in;
  return inner === undefined ? one : bare(inner);
}

/** The forms that a value may have; none where it has one only. */
export function formsOf(schema: unknown): readonly unknown[] {
  return bare(schema).def?.options ?? [];
}

/** The schema of what stands at a key; undefined where no form knows the key. */
export function stepInto(schema: unknown, key: PropertyKey): unknown {
  const { shape, def } = bare(schema);
  const own = shape?.[String(key)] ?? def?.valueType ?? def?.element;
  if (own !== undefined) return own;
  return def?.options?.map((form) => stepInto(form, key)).find((found) => found !== undefined);
}

/** The keys that a schema knows, in any of its forms. */
export function keysOf(schema: unknown): string[] {
  const { shape } = bare(schema);
  return [...new Set([...Object.keys(shape ?? {}), ...formsOf(schema).flatMap(keysOf)])];
}
