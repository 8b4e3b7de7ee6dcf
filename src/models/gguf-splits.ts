/**
 * How llama.cpp cuts text before byte-pair merges: the names it gives its rules, and the regular expressions of the
 * tokenizer.json files that the rules stand for.
 *
 * Expressions are applied one after another, each to the pieces that the last one left; a match is a piece and so is
 * what lies between two. llama.cpp normalises no text, whatever the rule; `nfc` says what the models of a rule do.
 */

interface SplitRule {
  readonly expressions: readonly string[];
  /** A piece that is a token is taken whole, without merging. */
  readonly ignoreMerges: boolean;
  readonly nfc: boolean;
}

/** GPT-2's, also what the pre-tokenizer ByteLevel does by itself. */
const gpt2 = "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+";
const contractions = "(?i:'s|'t|'re|'ve|'m|'ll|'d)";
const rest = "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";
const qwen2 = `${contractions}|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}${rest}`;
const llama3 = `${contractions}|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}${rest}`;

const plain = { ignoreMerges: false, nfc: false };
const rules: readonly (SplitRule & { readonly names: readonly string[] })[] = [
  // The first name of a rule is the one that is written.
  {
    names: ["smollm", "starcoder", "refact", "codeshell", "exaone", "minerva-7b"],
    expressions: ["\\p{N}", gpt2],
    ...plain,
  },
  { names: ["qwen2", "deepseek-r1-qwen", "megrez"], expressions: [qwen2], ignoreMerges: false, nfc: true },
  { names: ["stablelm2", "hunyuan"], expressions: [qwen2], ...plain },
  {
    names: ["llama-bpe", "llama3", "llama-v3", "falcon3"],
    expressions: [llama3],
    ignoreMerges: true,
    nfc: false,
  },
  { names: ["dbrx", "smaug-bpe"], expressions: [llama3], ...plain },
  { names: ["gpt-2", "phi-2", "olmo", "mpt", "jais", "trillion"], expressions: [gpt2], ...plain },
  {
    names: ["default"],
    expressions: ["[\\p{P}\\$\\+<=>\\^~\\|]+", gpt2, "\\p{N}+", "[0-9][0-9][0-9]"],
    ...plain,
  },
];

/** The rule with a name; undefined where it is not known. */
export function splitRule(name: string): SplitRule | undefined {
  return rules.find(({ names }) => names.includes(name));
}

/** Names of all rules, for errors. */
export const splitRuleNames: readonly string[] = rules.flatMap(({ names }) => names);

/** The name of the rule that is exactly this one; undefined where llama.cpp has none. */
export function nameOfRule(rule: SplitRule): string | undefined {
  const found = rules.find(
    ({ expressions, ignoreMerges, nfc }) =>
      expressions.join("\n") === rule.expressions.join("\n") &&
      ignoreMerges === rule.ignoreMerges &&
      nfc === rule.nfc,
  );
  return found?.names[0];
}

/** The expressions that a tokenizer.json cuts by; undefined where it cuts in another way. */
export function expressionsOf(preTokenizer: unknown): readonly string[] | undefined {
  const steps = flatten(preTokenizer);
  if (steps.at(-1)?.["type"] !== "ByteLevel") return undefined;
  const found = steps.map((step): readonly string[] | undefined => {
    switch (step["type"]) {
      case "ByteLevel":
        return step["add_prefix_space"] === true ? undefined : step["use_regex"] === false ? [] : [gpt2];
      case "Digits":
        return step["individual_digits"] === true ? ["\\p{N}"] : undefined;
      case "Split": {
        const { Regex: expression } = (step["pattern"] ?? {}) as { readonly Regex?: unknown };
        const isolated = step["behavior"] === "Isolated" && step["invert"] !== true;
        return isolated && typeof expression === "string" ? [expression] : undefined;
      }
      default:
        return undefined;
    }
  });
  return found.every((part) => part !== undefined) ? found.flat() : undefined;
}

/** The pre_tokenizer of a tokenizer.json that cuts by these expressions. */
export function preTokenizerOf(expressions: readonly string[]): object {
  const splits = expressions.map((expression) => ({
    type: "Split",
    pattern: { Regex: expression },
    behavior: "Isolated",
    invert: false,
  }));
  const bytes = { type: "ByteLevel", add_prefix_space: false, trim_offsets: false, use_regex: false };
  return { type: "Sequence", pretokenizers: [...splits, bytes] };
}

function flatten(preTokenizer: unknown): readonly Readonly<Record<string, unknown>>[] {
  if (typeof preTokenizer !== "object" || preTokenizer === null) return [];
  const step = preTokenizer as Readonly<Record<string, unknown>>;
  const inside = step["pretokenizers"];
  return step["type"] === "Sequence" && Array.isArray(inside) ? inside.flatMap(flatten) : [step];
}
