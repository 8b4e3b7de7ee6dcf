import { expect, test } from "vitest";
import { oneLine, withoutControls } from "./one-line.ts";

test("control characters are replaced, everything else stays", () => {
  for (let code = 0; code < 0x300; code++) {
    const letter = String.fromCodePoint(code);
    const isControl = code < 0x20 || (code >= 0x7f && code <= 0x9f);
    expect(withoutControls(`a${letter}é😀`)).toBe(`a${isControl ? "\uFFFD" : letter}é😀`);
  }
});

test("white space becomes one space", () => {
  expect(oneLine("a \t\n\u2028 b\u0007c")).toBe("a b\uFFFDc");
});
