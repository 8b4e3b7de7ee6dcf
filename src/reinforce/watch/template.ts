/**
 * Whether a model is asked as it was when it was trained. A template that is not the model's own is not seen by
 * looking at rewards: replies lose their form, answers that are right by chance are paid, and reinforcement mends the
 * rest by unlearning the thinking. The template that the cold start trained with is known, so the two are compared.
 */
import { renderReply } from "../../models/prompt.ts";
import type { Tokenizer } from "../../models/tokenizer.ts";

type Templated = Pick<Tokenizer, "encode" | "decode" | "renderChat">;

const REPLY_TAGS = ["<think>", "</think>", "<answer>", "</answer>"];
/** As much of a template as a message shows. */
const SHOWN = 120;

/**
 * What is wrong with how `own` turns prompts into tokens and tokens into replies, beside the tokenizer that its model
 * was trained with; undefined where nothing is.
 */
export function templateFault(own: Templated, trained: Templated): string | undefined {
  const reply = own.decode(own.encode(renderReply("so", "A")));
  const lost = REPLY_TAGS.filter((tag) => !reply.includes(tag));
  if (lost.length > 0)
    return (
      `the tokenizer loses ${lost.join(", ")} when tokens become text, so no reply can have the form; ` +
      'give them "special": false in tokenizer.json'
    );
  const [now, then] = [own, trained].map(prompt) as [string, string];
  if (now !== then)
    return (
      `the prompt's template is not the one that the model was trained with: ${shown(now)} now, ${shown(then)} then; ` +
      "put back chat_template in tokenizer_config.json (or chat_template.jinja), or make the cold start anew with this one"
    );
  const [tokens, before] = [own, trained].map((one) => one.encode(prompt(one)).join(" "));
  if (tokens !== before)
    return (
      "the tokenizer is not the one that the model was trained with: the same prompt becomes other tokens; " +
      "put back tokenizer.json, or make the cold start anew with this one"
    );
  return undefined;
}

function prompt({ renderChat }: Templated): string {
  return renderChat([{ role: "user", content: "Which test?\nA. one\nB. two" }]);
}

function shown(text: string): string {
  return JSON.stringify(text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text);
}
