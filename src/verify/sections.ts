/**
 * A reply in its two parts: what was thought, and what was said after thinking.
 *
 * Invariant: everything before the last closing tag is thinking, so an answer that the thinking quotes is never
 * read. A block that was opened and not closed leaves no body: the reply was cut off while thinking.
 */

export interface Sections {
  /** Text inside the thinking, without its tags; "" when there is none. */
  readonly thinking: string;
  /** Where the thinking starts in the reply. */
  readonly thinkingStart: number;
  /** Text after the thinking. */
  readonly body: string;
  /** Where the body starts in the reply. */
  readonly bodyStart: number;
  /** How thinking was marked: no tags, an unclosed block, or a closed one. */
  readonly marks: "none" | "open" | "closed";
}

/** Tags of the form the policy is trained on, and the marks by which other families open and close their thinking. */
const openTag =
  /<(?:think(?:ing)?|thought|seed:think|unused94|\|channel\|>(?:analysis|commentary)<\|message\||\|begin_of_thought\||\|START_THINKING\|)>|\[THINK\]|◁think▷/gi;
const closeTag =
  /<(?:\/think(?:ing)?|\/thought|\/seed:think|unused95|\|channel\|>final<\|message\||\|end_of_thought\||\|END_THINKING\|)>|\[\/THINK\]|◁\/think▷/gi;
const leadingTag = new RegExp(`^\\s*(?:${openTag.source})`, "i");
/** Some models head their parts with headings instead of tags. */
const thinkingHeading = /^\s*#{1,4} *thinking\b[ :]*$/im;
const finalHeading = /^#{1,4} *final (?:response|answer)\b[ :]*$/gim;

/** Splits a reply at the end of its thinking. */
export function splitReply(reply: string): Sections {
  const opened = reply.search(openTag);
  const close = lastMatch(reply, closeTag);
  if (close === undefined) {
    if (opened >= 0)
      return {
        thinking: reply.slice(opened),
        thinkingStart: opened,
        body: "",
        bodyStart: reply.length,
        marks: "open",
      };
    const heading = lastMatch(reply, finalHeading);
    if (!heading && thinkingHeading.test(reply.slice(0, 40)) && answerTags(reply).length === 0)
      return { thinking: reply, thinkingStart: 0, body: "", bodyStart: reply.length, marks: "open" };
    const bodyStart = heading?.end ?? 0;
    return {
      thinking: reply.slice(0, heading?.start ?? 0),
      thinkingStart: 0,
      body: reply.slice(bodyStart),
      bodyStart,
      marks: heading ? "closed" : "none",
    };
  }
  const body = reply.slice(close.end);
  const again = body.search(openTag);
  if (again >= 0)
    return { thinking: reply, thinkingStart: 0, body: "", bodyStart: reply.length, marks: "open" };
  const tag = opened >= 0 && opened < close.start ? (reply.slice(opened).match(openTag)?.[0].length ?? 0) : 0;
  const first = tag > 0 ? opened + tag : 0;
  return {
    thinking: reply.slice(first, close.start),
    thinkingStart: first,
    body,
    bodyStart: close.end,
    marks: "closed",
  };
}

/**
 * What a reply thinks, as it is checked: without the tag that opens it and the spaces around, and where it starts in
 * the reply. A reply that marks no thinking thinks aloud in all that it says before its answer tag.
 */
export function thinkingOf(reply: string): { readonly text: string; readonly start: number } {
  const { thinking, thinkingStart, body, marks } = splitReply(reply);
  const whole = marks === "none" ? body.split(/<answer>/i, 1)[0]! : thinking;
  const lead = marks === "open" ? (whole.match(leadingTag)?.[0].length ?? 0) : 0;
  const rest = whole.slice(lead);
  const text = rest.trim();
  return { text, start: thinkingStart + lead + (rest.length - rest.trimStart().length) };
}

function lastMatch(text: string, pattern: RegExp): { start: number; end: number } | undefined {
  let found: { start: number; end: number } | undefined;
  for (const match of text.matchAll(pattern))
    found = { start: match.index, end: match.index + match[0].length };
  return found;
}

/** The contents of every `<answer>…</answer>` of a text, with their places. An unclosed tag has none. */
export function answerTags(text: string): { readonly content: string; readonly start: number }[] {
  const tags: { content: string; start: number }[] = [];
  let open = -1;
  for (const match of text.matchAll(/<(\/?)answer>/gi)) {
    if (match[1] === "") open = match.index + match[0].length;
    else if (open >= 0) {
      tags.push({ content: text.slice(open, match.index), start: open });
      open = -1;
    }
  }
  return tags;
}
