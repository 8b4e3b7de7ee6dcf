/** What a reply thinks, cut out of it in place: the one piece that checks of reasoning and commands read. */
import { expect, test } from "vitest";
import { thinkingOf } from "./sections.ts";

test.each([
  ["<think> the toe is red</think><answer>A</answer>", "the toe is red"],
  ["<think>\nthe toe is red\n</think>\n\nThe answer is A.", "the toe is red"],
  ["the toe is red</think>A", "the toe is red"],
  ["<think> the toe is red", "the toe is red"],
  ["The toe is red. <answer>A</answer>", "The toe is red."],
  ["The toe is red, so A.", "The toe is red, so A."],
  ["## Thinking\nthe toe is red\n## Final answer\nA", "## Thinking\nthe toe is red"],
  ["<think></think><answer>A</answer>", ""],
  ["", ""],
])("%j", (reply, thinking) => {
  const { text, start } = thinkingOf(reply);
  expect(text).toBe(thinking);
  expect(reply.slice(start, start + text.length)).toBe(text);
});
