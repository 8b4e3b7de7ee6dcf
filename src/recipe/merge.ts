/**
 * One layer of settings over another. Maps are merged, lists and values replaced, and null takes a key away.
 *
 * A section that may have one of several forms (the graph as a teacher, or a model behind an address) has one at a time:
 * keys above that only some forms know take away what lies below and belongs to the others alone.
 */
import { formsOf, keysOf, stepInto } from "./forms.ts";

type Section = Readonly<Record<string, unknown>>;

/** What `above` makes of `below`, both of the form that a schema describes. */
export function merge(below: unknown, above: unknown, schema: unknown): unknown {
  if (!isSection(above)) return above;
  const kept = isSection(below) ? ofSameForm(below, above, schema) : {};
  const merged: Record<string, unknown> = { ...kept };
  for (const [key, value] of Object.entries(above)) {
    const inner = stepInto(schema, key);
    // An unknown key stays, so that it is named.
    if (value === null && (inner !== undefined || key in kept)) delete merged[key];
    else merged[key] = merge(kept[key], value, inner);
  }
  return merged;
}

/** What lies below without the keys of other forms than the one that `above` speaks of. */
function ofSameForm(below: Section, above: Section, schema: unknown): Section {
  const forms = formsOf(schema).map((form) => new Set(keysOf(form)));
  const said = Object.keys(above).filter((key) => above[key] !== null);
  const fits = forms.map((form) => said.filter((key) => form.has(key)).length);
  const spokenOf = forms.filter((_, at) => fits[at] === Math.max(...fits));
  const isForeign = (key: string): boolean =>
    forms.some((form) => form.has(key)) && !spokenOf.some((form) => form.has(key));
  return Object.fromEntries(Object.entries(below).filter(([key]) => !isForeign(key)));
}

function isSection(value: unknown): value is Section {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
