/** The keys of a line that `fleming verify` reads, as its help and its errors show them; "?" marks those that may be left out. */
export const verifyLines = {
  answer: '{"id", "options": {"A": "…", "B": "…"}, "reply", "finish"?: "stop" or "length", "multi"?: true}',
  reward: '{"id", "options", "reply", "gold": ["A"], "finish"?, "multi"?}',
  reasoning:
    '{"id", "reply" or "text", "stem"?, "context"?, "options"?, "letters"?, "language"?: "en" or "zh", "finish"?, "multi"?}',
} as const;
