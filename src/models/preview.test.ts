// The preview says what the weights say: every token once, in order, and nothing that a terminal would act on.
import fc from "fast-check";
import { expect, test, vi } from "vitest";
import { byteTokenizer } from "./fixtures/byte-tokenizer.ts";
import { previewLegend, previewSegments, renderPreview, takesColour } from "./preview.ts";
import { exampleTokens, supervisedSequences } from "./supervised.ts";

const tokenizer = byteTokenizer();
const sequenceOf = (prompt: string, reply: string) =>
  supervisedSequences([exampleTokens(tokenizer, { prompt, reply })])[0]!;

test("the question is read; thinking, answer and the end of the turn are learned", () => {
  const segments = previewSegments(
    tokenizer,
    sequenceOf("Which?\nA. one", "<think> x</think><answer> A</answer>"),
  );
  expect(segments.map(({ text, learned }) => ({ text, learned }))).toEqual([
    { text: "<|user|>Which?\nA. one<|end|><|assistant|>", learned: false },
    { text: "<think> x</think><answer> A</answer><|end|>", learned: true },
  ]);
  expect(renderPreview(segments, { colour: false })).toBe(
    "<|user|>Which?\nA. one<|end|><|assistant|>⟦<think> x</think><answer> A</answer><|end|>⟧",
  );
  expect(renderPreview(segments, { colour: true })).toBe(
    "\u001b[2m<|user|>Which?\u001b[22m\n\u001b[2mA. one<|end|><|assistant|>\u001b[22m" +
      "\u001b[32m<think> x</think><answer> A</answer><|end|>\u001b[39m",
  );
  expect(previewLegend(segments, false)).toMatch(
    /^\d+ tokens are read, \d+ are learned \(between ⟦ and ⟧\)$/u,
  );
});

test("whatever the weights, each token stands in one segment, as it is weighted", () => {
  const weights = fc.array(fc.constantFrom(0, 0.5, -1), { minLength: 1, maxLength: 30 });
  fc.assert(
    fc.property(weights, (given) => {
      const tokens = given.map((_, at) => at % tokenizer.vocabularySize);
      const segments = previewSegments(tokenizer, { tokens, weights: given });
      const learned = segments.flatMap((one) => Array.from({ length: one.tokens }, () => one.learned));
      // The first token is predicted by nothing.
      expect(learned).toEqual(given.map((weight, at) => at > 0 && weight !== 0));
      expect(segments.every((one, at) => at === 0 || one.learned !== segments[at - 1]!.learned)).toBe(true);
    }),
  );
});

test("long parts are shortened in the middle, and control characters cannot reach a terminal", () => {
  const segments = previewSegments(tokenizer, sequenceOf("\u001b[31mred\u0007", "y".repeat(50)));
  const shown = renderPreview(segments, { colour: false, longest: 20 });
  expect(shown).toContain("[… ");
  expect(renderPreview(segments, { colour: false })).toContain("\uFFFD[31mred\uFFFD");
  expect(shown.replaceAll("\n", "")).not.toMatch(/\p{Cc}/u);
});

test("colour is for terminals that want it", () => {
  vi.stubEnv("NO_COLOR", "");
  vi.stubEnv("TERM", "xterm");
  expect([takesColour({ isTTY: true }), takesColour({})]).toEqual([true, false]);
  vi.stubEnv("NO_COLOR", "1");
  expect(takesColour({ isTTY: true })).toBe(false);
  vi.unstubAllEnvs();
});
