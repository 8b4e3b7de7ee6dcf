/**
 * How a checkpoint stretches its rotary positions, as config.json says it: `rope_scaling` beside `rope_theta`, or both
 * inside `rope_parameters` (transformers 5). Read are linear, dynamic and llama3; every other kind (yarn, longrope,
 * mrope sections …) is refused by name, and so is any key inside that would be left unused.
 */
import { UsageError } from "../base/errors.ts";

/** What is done to the frequencies of plain rotary positions (rotary.ts). */
export type RopeScaling =
  | { readonly type: "linear"; readonly factor: number }
  /** Plain up to `maxPositionEmbeddings`, which is as far as this engine goes. */
  | { readonly type: "dynamic"; readonly factor: number }
  | {
      readonly type: "llama3";
      readonly factor: number;
      readonly lowFreqFactor: number;
      readonly highFreqFactor: number;
      readonly originalMaxPositionEmbeddings: number;
    };

const KEYS: Readonly<Record<string, readonly string[]>> = {
  default: [],
  linear: ["factor"],
  dynamic: ["factor"],
  llama3: ["factor", "low_freq_factor", "high_freq_factor", "original_max_position_embeddings"],
};

/** Base and scaling of a parsed config.json; `file` is what an error names. */
export function parseRope(
  raw: Readonly<Record<string, unknown>>,
  file: string,
  maxPositionEmbeddings: number,
): { readonly theta: number; readonly scaling?: RopeScaling } {
  const [old, recent] = [raw["rope_scaling"] ?? null, raw["rope_parameters"] ?? null];
  if (old !== null && recent !== null)
    throw new UsageError(`${file}: has both "rope_scaling" and "rope_parameters"; keep one of them`);
  const key = old === null ? "rope_parameters" : "rope_scaling";
  const found = old ?? recent ?? {};
  if (typeof found !== "object" || Array.isArray(found))
    throw new UsageError(`${file}: "${key}" is ${JSON.stringify(found)}; expected an object or null`);
  const inside = found as Readonly<Record<string, unknown>>;
  const refuse = (name: string, expected: string): never => {
    throw new UsageError(
      `${file}: "${key}.${name}" is ${JSON.stringify(inside[name])}; expected ${expected}`,
    );
  };
  const typeKey = "rope_type" in inside ? "rope_type" : "type";
  const type = inside[typeKey] ?? "default";
  const allowed = typeof type === "string" && Object.hasOwn(KEYS, type) ? KEYS[type]! : undefined;
  if (allowed === undefined) return refuse(typeKey, '"default", "linear", "dynamic" or "llama3"');
  if ((inside["type"] ?? type) !== type) refuse("type", `${JSON.stringify(type)}, as "rope_type" says`);
  for (const name of Object.keys(inside)) {
    if (["type", "rope_type", "rope_theta", ...allowed].includes(name)) continue;
    if (name === "partial_rotary_factor" && (inside[name] ?? 1) === 1) continue;
    throw new UsageError(
      `${file}: "${key}.${name}" is not a key this engine can honour for ${JSON.stringify(type)}`,
    );
  }
  const number = (name: string, above: number, expected: string, fallback?: number): number => {
    const value = inside[name] ?? fallback;
    return typeof value === "number" && value >= above && value < 2 ** 31 ? value : refuse(name, expected);
  };
  const theta = inside["rope_theta"] ?? raw["rope_theta"] ?? 10000;
  if (typeof theta !== "number" || !(theta > 0))
    throw new UsageError(`${file}: "rope_theta" is ${JSON.stringify(theta)}; expected a positive number`);
  if (type === "default") return { theta };
  const factor = number("factor", 1, "a number of at least 1");
  if (type !== "llama3") return { theta, scaling: { type: type as "linear" | "dynamic", factor } };
  const lowFreqFactor = number("low_freq_factor", Number.MIN_VALUE, "a positive number");
  const highFreqFactor = number("high_freq_factor", Number.MIN_VALUE, "a positive number");
  if (highFreqFactor <= lowFreqFactor)
    refuse("high_freq_factor", `more than low_freq_factor ${lowFreqFactor}`);
  const originalMaxPositionEmbeddings = number(
    "original_max_position_embeddings",
    1,
    "a positive number",
    maxPositionEmbeddings,
  );
  return { theta, scaling: { type, factor, lowFreqFactor, highFreqFactor, originalMaxPositionEmbeddings } };
}

/** The keys of config.json that say the same to transformers 4 and 5. */
export function showRope(theta: number, scaling: RopeScaling | undefined): Record<string, unknown> {
  if (scaling === undefined) return { rope_theta: theta };
  const { type, factor } = scaling;
  return {
    rope_theta: theta,
    rope_scaling: {
      rope_type: type,
      factor,
      ...(scaling.type === "llama3"
        ? {
            low_freq_factor: scaling.lowFreqFactor,
            high_freq_factor: scaling.highFreqFactor,
            original_max_position_embeddings: scaling.originalMaxPositionEmbeddings,
          }
        : {}),
    },
  };
}
