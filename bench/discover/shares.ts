/** What the scores are made of: shares before they are divided, and the mistakes behind them. */
import type { Claim } from "./claims.ts";
import type { GoldPage } from "./gold.ts";

/** Right of all: a share before it is divided. */
export interface Share {
  readonly right: number;
  readonly of: number;
}

/** Found against asked for. */
export interface Measured {
  readonly precision: Share;
  readonly recall: Share;
}

/** One thing that went wrong, with the place that shows it. */
export interface Mistake {
  readonly kind: "wrong" | "missed" | "denied" | "type" | "notMedical" | "distractor" | "attribute";
  readonly page: string;
  readonly what: string;
  readonly method: string;
  readonly quote: string;
}

/** A page beside what was read from it. */
export interface PageClaims {
  readonly page: GoldPage;
  readonly claims: readonly Claim[];
}

/** All shares as one. */
export function sum(shares: readonly Share[]): Share {
  return {
    right: shares.reduce((total, { right }) => total + right, 0),
    of: shares.reduce((total, share) => total + share.of, 0),
  };
}
