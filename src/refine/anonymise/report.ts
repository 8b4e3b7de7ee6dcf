/** The report of anonymisation: how often each class and rule found something, never what. */
import { type Finding, type PhiClass, phiClasses } from "./rule.ts";

interface PhiRow {
  readonly class: PhiClass;
  /** Number of the class in HIPAA Safe Harbor; none for the classes of Chinese records. */
  readonly hipaa?: number;
  readonly title: string;
  readonly count: number;
  readonly rules: Readonly<Record<string, number>>;
}

/** Counts by class and rule, every class listed, those without findings too. */
export function phiReport(findings: readonly Finding[]): readonly PhiRow[] {
  const byClass = new Map<PhiClass, Record<string, number>>();
  for (const { class: kind, rule } of findings) {
    const rules = byClass.get(kind) ?? {};
    rules[rule] = (rules[rule] ?? 0) + 1;
    byClass.set(kind, rules);
  }
  return (Object.keys(phiClasses) as PhiClass[]).map((kind) => {
    const known: { readonly hipaa?: number; readonly title: string } = phiClasses[kind];
    const rules = byClass.get(kind) ?? {};
    return {
      class: kind,
      ...(known.hipaa === undefined ? {} : { hipaa: known.hipaa }),
      title: known.title,
      count: Object.values(rules).reduce((sum, count) => sum + count, 0),
      rules,
    };
  });
}
