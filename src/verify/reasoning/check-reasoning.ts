/**
 * All checks of a text of reasoning, in the order of their names in the recipe (paper §3.2: verifiable filters): what is
 * computed, what is claimed, how it concludes, how it is written. Claims are held against a graph and guidelines where
 * there are some; without them no check of those names is made.
 */
import type { KnowledgeGraph } from "../../graph/graph.ts";
import { checkArithmetic } from "./arithmetic.ts";
import { brevityChecker } from "./brevity.ts";
import { claimChecker } from "./claims.ts";
import { checkConsistency } from "./consistency.ts";
import { checkFormulas } from "./formulas.ts";
import { type Guideline, guidelineChecker } from "./guidelines.ts";
import { checkLanguage } from "./language.ts";
import { checkLeak } from "./leak.ts";
import { checkLocality } from "./locality.ts";
import type { ReasoningCheck } from "./reasoning.ts";
import { checkRepetition } from "./repetition.ts";
import { checkUncertainty } from "./uncertainty.ts";
import { checkUnits } from "./units.ts";

interface ReasoningSources {
  readonly graph?: KnowledgeGraph | undefined;
  /** Whether what the graph lacks is unknown (open, the default) or false. */
  readonly world?: "open" | "closed" | undefined;
  readonly guidelines?: readonly Guideline[] | undefined;
  /** Longest reasoning in words, in Chinese in characters. */
  readonly maxWords: number;
}

/** The one check that makes all of them. */
export function reasoningChecker({ graph, world, guidelines, maxWords }: ReasoningSources): ReasoningCheck {
  const checks: readonly ReasoningCheck[] = [
    checkArithmetic,
    checkFormulas,
    checkUnits,
    ...(graph ? [claimChecker(graph, { world: world ?? "open" })] : []),
    ...(guidelines && guidelines.length > 0 ? [guidelineChecker(guidelines)] : []),
    checkLeak,
    checkConsistency,
    checkUncertainty,
    brevityChecker(maxWords),
    checkLocality,
    checkRepetition,
    checkLanguage,
  ];
  return (reasoning) => checks.flatMap((check) => check(reasoning));
}
