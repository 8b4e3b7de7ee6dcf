/**
 * The tensor types of GGUF that are read: their numbers in the file, and how many values a block holds in how many
 * bytes.
 */

export type TensorType =
  | "F32"
  | "F16"
  | "BF16"
  | "Q4_0"
  | "Q4_1"
  | "Q5_0"
  | "Q5_1"
  | "Q8_0"
  | "Q2_K"
  | "Q3_K"
  | "Q4_K"
  | "Q5_K"
  | "Q6_K";

interface Layout {
  /** The type's number in a file. */
  readonly id: number;
  /** Values of a block; a row is a whole number of blocks. */
  readonly values: number;
  readonly bytes: number;
}

/** Every type that is read. */
export const layouts: Readonly<Record<TensorType, Layout>> = {
  F32: { id: 0, values: 1, bytes: 4 },
  F16: { id: 1, values: 1, bytes: 2 },
  BF16: { id: 30, values: 1, bytes: 2 },
  Q4_0: { id: 2, values: 32, bytes: 18 },
  Q4_1: { id: 3, values: 32, bytes: 20 },
  Q5_0: { id: 6, values: 32, bytes: 22 },
  Q5_1: { id: 7, values: 32, bytes: 24 },
  Q8_0: { id: 8, values: 32, bytes: 34 },
  Q2_K: { id: 10, values: 256, bytes: 84 },
  Q3_K: { id: 11, values: 256, bytes: 110 },
  Q4_K: { id: 12, values: 256, bytes: 144 },
  Q5_K: { id: 13, values: 256, bytes: 176 },
  Q6_K: { id: 14, values: 256, bytes: 210 },
};

const byId = new Map(Object.entries(layouts).map(([name, { id }]) => [id, name as TensorType]));

/** Names of the types that exist and are not read, for the error that refuses them. */
const unread: Readonly<Record<number, string>> = {
  9: "Q8_1",
  15: "Q8_K",
  16: "IQ2_XXS",
  17: "IQ2_XS",
  18: "IQ3_XXS",
  19: "IQ1_S",
  20: "IQ4_NL",
  21: "IQ3_S",
  22: "IQ2_S",
  23: "IQ4_XS",
  24: "I8",
  25: "I16",
  26: "I32",
  27: "I64",
  28: "F64",
  29: "IQ1_M",
  34: "TQ1_0",
  35: "TQ2_0",
  39: "MXFP4",
};

/** The type with a number; undefined where it is not read. */
export function typeOf(id: number): TensorType | undefined {
  return byId.get(id);
}

/** What a type is called in an error, read or not. */
export function typeName(id: number): string {
  return byId.get(id) ?? unread[id] ?? `number ${id}`;
}
