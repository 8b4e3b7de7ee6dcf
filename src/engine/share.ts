/** How work is divided among workers; every division is fixed by its arguments, so results repeat. */
import { UsageError } from "../base/errors.ts";
import type { ModelConfig } from "./config.ts";

interface Range {
  readonly from: number;
  readonly to: number;
}

/** `size` cut into `parts` ranges that differ by one at most. */
export function rangesOf(size: number, parts: number): readonly Range[] {
  return Array.from({ length: parts }, (_, i) => ({
    from: Math.floor((i * size) / parts),
    to: Math.floor(((i + 1) * size) / parts),
  }));
}

/** Item i goes to part i mod `parts`. */
export function dealt<T>(items: readonly T[], parts: number): readonly (readonly T[])[] {
  return Array.from({ length: parts }, (_, part) => items.filter((_item, i) => i % parts === part));
}

/** Refuses tokens outside the vocabulary and sequences longer than the model takes; `what` names the sequence. */
export function checkTokens(tokens: ArrayLike<number>, config: ModelConfig, what: string): void {
  for (let t = 0; t < tokens.length; t++) {
    const token = tokens[t]!;
    if (!Number.isInteger(token) || token < 0 || token >= config.vocabSize) {
      throw new UsageError(
        `engine: ${what} has token ${token}; the vocabulary is 0 to ${config.vocabSize - 1}`,
      );
    }
  }
  if (tokens.length > config.maxPositionEmbeddings) {
    const dynamic =
      config.ropeScaling?.type === "dynamic" ? " (dynamic RoPE scaling is not stretched further)" : "";
    throw new UsageError(
      `engine: ${what} has ${tokens.length} tokens; the model takes ${config.maxPositionEmbeddings}${dynamic}`,
    );
  }
}
