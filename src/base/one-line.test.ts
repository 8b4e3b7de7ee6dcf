import fc from "fast-check";
import { expect, test } from "vitest";
import { oneLine, withoutControls } from "./one-line.ts";

test("control characters are replaced, everything else stays", () => {
  expect(withoutControls("a\u0000b\u001b[31mc\u007f\u009bd é 😀\n")).toBe(
    "a\uFFFDb\uFFFD[31mc\uFFFD\uFFFDd é 😀\uFFFD",
  );
  expect(oneLine("a \t\n b\u0007")).toBe("a b\uFFFD");
});

test("no code point below U+0020 or from U+007F to U+009F is left", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      for (const letter of withoutControls(text)) {
        const code = letter.codePointAt(0) as number;
        expect(code < 0x20 || (code >= 0x7f && code <= 0x9f)).toBe(false);
      }
    }),
  );
});
