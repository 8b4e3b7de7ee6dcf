/**
 * `fleming verify answer|reward|reasoning`: the answer reader, the reward and the checks of reasoning for scripts and
 * other engines, JSON Lines in and out, one line for each. A line that cannot be read is answered with an `error`,
 * counted, and ends in exit code 2; the others are answered all the same.
 */
import { join } from "node:path";
import { createInterface } from "node:readline";
import { z } from "zod";
import { UsageError } from "../base/errors.ts";
import { tryJson } from "../base/jsonl.ts";
import { openGraph } from "../graph/store.ts";
import { faultsOf } from "../recipe/faults.ts";
import { readAnswer } from "../verify/answer.ts";
import type { ReasoningCheck } from "../verify/reasoning/reasoning.ts";
import { hanShare } from "../verify/reasoning/words.ts";
import { rewardOf } from "../verify/reward.ts";
import { thinkingOf } from "../verify/sections.ts";
import { existingRun, wholeNumber } from "./flags.ts";
import type { Output } from "./output.ts";
import { verifyLines } from "./verify-lines.ts";

const id = z.union([z.string(), z.number()]);
const finish = z.enum(["stop", "length"]).default("stop");

const answerSchema = z.object({
  id,
  options: z.record(z.string(), z.string()),
  reply: z.string(),
  finish,
  multi: z.boolean().default(false),
});
const rewardSchema = answerSchema
  .extend({ gold: z.array(z.string()).min(1, "needs the letters of the right options") })
  .superRefine(({ gold, options }, context) => {
    const strange = gold.filter((letter) => options[letter] === undefined);
    if (strange.length > 0)
      context.addIssue({
        code: "custom",
        path: ["gold"],
        message: `has ${strange.join(", ")}, which is no option; expected some of ${Object.keys(options).join(", ")}`,
      });
  });
const reasoningSchema = z
  .object({
    id,
    reply: z.string().optional(),
    text: z.string().optional(),
    stem: z.string().default(""),
    context: z.string().optional(),
    options: z.record(z.string(), z.string()).default({}),
    language: z.enum(["en", "zh"]).optional(),
    letters: z.array(z.string()).optional(),
    finish,
    multi: z.boolean().default(false),
  })
  .refine(({ reply, text }) => (reply === undefined) !== (text === undefined), {
    error: 'one of "reply" and "text" is expected',
  });

export interface VerifyFlags {
  readonly mode: "strict" | "lenient";
  /** Run folder whose graph claims are held against. */
  readonly run?: string;
  readonly world?: "open" | "closed";
  readonly guidelines?: readonly string[];
  readonly maxWords?: string;
}

/** Answers standard input line by line. */
export async function verifyCommand(
  what: string,
  flags: VerifyFlags,
  output: Output,
  input: NodeJS.ReadableStream = process.stdin,
): Promise<void> {
  const answerTo = await answerer(what, flags);
  let number = 0;
  let bad = 0;
  for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    number += 1;
    if (line.trim() === "") continue;
    const request = tryJson(line);
    const answered = answerTo(request);
    if ("answer" in answered) {
      output.json(answered.answer);
      continue;
    }
    bad += 1;
    const known = z.object({ id }).safeParse(request);
    output.json({
      ...(known.success ? { id: known.data.id } : {}),
      error: `line ${number}: ${answered.fault}`,
    });
  }
  if (bad > 0)
    throw new UsageError(
      `standard input: ${bad} of ${number} lines could not be read; each names its reason`,
    );
}

/** What answers one request, or says why it cannot. */
type Answerer = (request: unknown) => { readonly answer: object } | { readonly fault: string };

async function answerer(what: string, flags: VerifyFlags): Promise<Answerer> {
  switch (what) {
    case "answer":
      return answering(verifyLines.answer, answerSchema, ({ id, reply, ...reading }) => ({
        id,
        ...readAnswer(reply, { ...reading, mode: flags.mode }),
      }));
    case "reward":
      return answering(verifyLines.reward, rewardSchema, rewardLine);
    case "reasoning": {
      const check = await checkerOf(flags);
      return answering(verifyLines.reasoning, reasoningSchema, (line) => reasoningLine(line, check));
    }
    default:
      throw new UsageError(`verify ${what}: "answer", "reward" or "reasoning" is expected`);
  }
}

function answering<T>(keys: string, schema: z.ZodType<T>, answer: (line: T) => object): Answerer {
  return (request) => {
    if (request === undefined) return { fault: `it is not JSON; expected ${keys}` };
    if (typeof request !== "object" || request === null || Array.isArray(request))
      return { fault: `it is not an object; expected ${keys}` };
    const parsed = schema.safeParse(request);
    if (parsed.success) return { answer: answer(parsed.data) };
    const { issues } = parsed.error;
    // What is wrong with a line as a whole says so itself.
    const words =
      issues[0]!.path.length === 0 ? issues[0]!.message : faultsOf(issues, schema, request)[0]!.words;
    return { fault: `${words}; a line is ${keys}` };
  };
}

function rewardLine({ id, options, reply, finish, gold, multi }: z.infer<typeof rewardSchema>) {
  return { id, ...rewardOf({ question: { options, gold, several: multi || undefined }, reply, finish }) };
}

/** Loaded when it is asked for: the arithmetic and units behind it take longer to load than answers to read. */
async function checkerOf({ run, world, guidelines, maxWords }: VerifyFlags): Promise<ReasoningCheck> {
  const { reasoningChecker } = await import("../verify/reasoning/check-reasoning.ts");
  const { readGuidelines } = await import("../verify/reasoning/guidelines.ts");
  return reasoningChecker({
    graph: run === undefined ? undefined : await openGraph(join(existingRun(run), "discover")),
    world,
    guidelines: await readGuidelines(guidelines ?? []),
    maxWords: wholeNumber(maxWords ?? "600", "--max-words"),
  });
}

/** Places in a reply are counted from its first character. */
function reasoningLine(line: z.infer<typeof reasoningSchema>, check: ReasoningCheck) {
  const { id, reply, stem, context, options, finish, multi } = line;
  const { text, start } = reply === undefined ? { text: line.text ?? "", start: 0 } : thinkingOf(reply);
  const given =
    reply === undefined ? [] : readAnswer(reply, { options, mode: "lenient", finish, multi }).letters;
  const language = line.language ?? (hanShare(stem === "" ? text : stem) > 0.3 ? "zh" : "en");
  const checks = check({
    text,
    question: { stem, options, language, ...(context === undefined ? {} : { context }) },
    letters: line.letters ?? given,
  });
  const placed = checks.map((one) =>
    one.span ? { ...one, span: [one.span[0] + start, one.span[1] + start] } : one,
  );
  return { id, checks: placed };
}
