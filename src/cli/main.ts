#!/usr/bin/env node
/**
 * The command line. Verbs load their code when they are called, so that `fleming --help` answers at once.
 * Exit codes: 0 done, 2 the user can mend it, 70 a mistake of this program, 130 stopped by Ctrl-C.
 */
import { Command, CommanderError, Option } from "commander";
import { messageOf, UsageError } from "../base/errors.ts";
import type { CommonFlags } from "./flags.ts";
import { terminalOutput } from "./output.ts";
import { stageNames } from "./stage-names.ts";
import { version } from "./version.ts";

const output = terminalOutput();

const program = new Command("fleming")
  .description(
    "Builds, trains, checks and runs medical reasoning models:\n" +
      "Wikipedia → knowledge graph → questions → cold start → two-stage GRPO → evaluation → answers.\n\n" +
      "Research software, not a medical device. Its answers need a professional's review.",
  )
  .version(version)
  .showSuggestionAfterError()
  .exitOverride();

/** Flags that every command on a recipe has. */
function onRecipe(command: Command): Command {
  return command
    .argument("[recipes...]", "recipe files, merged from left to right (default: the quickstart)")
    .option("--run <folder>", "run folder (default: runs/<name of the recipe>)")
    .option("--set <key=value>", "a setting, as key.path=value; repeatable", collect, [])
    .option("--seed <n>", "seed of everything that is random")
    .option("--json", "print one JSON object as the last line");
}

function collect(value: string, earlier: readonly string[]): string[] {
  return [...earlier, value];
}

onRecipe(program.command("run").description("every stage that is not already done")).action(
  async (recipes: string[], flags: CommonFlags) =>
    (await import("./run.ts")).runCommand(recipes, flags, output),
);
for (const { name, summary } of stageNames)
  onRecipe(program.command(name).description(summary)).action(async (recipes: string[], flags: CommonFlags) =>
    (await import("./run.ts")).stageCommand(name, recipes, flags, output),
  );

program
  .command("ask")
  .description("ask a model: thinking, answer, safety notice")
  .argument("<question>", "the question; options may follow on lines of their own as 'A. text'")
  .requiredOption(
    "--model <where>",
    "a model folder, a .gguf file, hf:owner/name of the Hub, or a run folder (its newest model)",
  )
  .option("--option <text>", "an answer option, in order from A; repeatable", collect, [])
  .option("--max-tokens <n>", "longest reply in tokens", "256")
  .option("--temperature <t>", "0 takes the most probable token", "0")
  .option("--seed <n>", "seed of the sampling", "1")
  .option("--threads <n>", "CPU threads of the engine", "2")
  .option("--json", "print one JSON object as the last line")
  .action(async (question: string, flags) => (await import("./ask.ts")).askCommand(question, flags, output));

program
  .command("export")
  .description("write a model for other programs: a Hugging Face folder, or one GGUF file")
  .argument("<form>", "hf or gguf")
  .requiredOption(
    "--model <where>",
    "a model folder, a .gguf file, hf:owner/name of the Hub, or a run folder (its newest model)",
  )
  .requiredOption("--out <path>", "folder (hf) or file (gguf) to write")
  .option("--type <type>", "of the weights: f32, bf16; for gguf f16 and q8_0 too", "f32")
  .option("--json", "print one JSON object as the last line")
  .action(async (form: string, flags) => (await import("./export.ts")).exportCommand(form, flags, output));

program
  .command("trace")
  .description("a question, trajectory or reward back to its sentences and revisions")
  .argument("<id>", "id of a question (q-…), a trajectory (t-…) or a kept rollout (stage1/12/0/3)")
  .option("--run <folder>", "run folder", "runs/quickstart")
  .option("--json", "print one JSON object as the last line")
  .action(async (id: string, flags) => (await import("./trace.ts")).traceCommand(id, flags, output));

const graph = program.command("graph").description("look into the knowledge graph that discover made");
const onRun = (command: Command): Command =>
  command
    .option("--run <folder>", "run folder", "runs/quickstart")
    .option("--json", "print one JSON object as the last line");
onRun(
  graph
    .command("stats")
    .description(
      "how much there is of what kind, how rare and how connected; holds quotes against their pages",
    ),
)
  .option(
    "--all",
    "hold every quote against its page, which takes a while on a large graph (default: a fixed sample)",
  )
  .action(async (flags) => (await import("./graph.ts")).graphStats(flags, output));
onRun(
  graph
    .command("show")
    .description("one entity: type, names, codes, and its relations with the sentences they were read from")
    .argument("<name>", "title or another name, in any case"),
)
  .option(
    "--limit <n>",
    "relations shown of each predicate and direction, the surest first (default: 12, with --json 100)",
  )
  .action(async (name: string, flags) => (await import("./graph.ts")).graphShow(name, flags, output));
onRun(
  graph
    .command("path")
    .description("the shortest chains of relations between two entities, in either direction")
    .argument("<from>", "name of the entity at one end")
    .argument("<to>", "name of the entity at the other end"),
)
  .option("--count <n>", "paths shown at most, all of the same, least length", "3")
  .option("--max-hops <n>", "relations in a path at most; longer ones are not looked for", "6")
  .action(async (from: string, to: string, flags) =>
    (await import("./graph.ts")).graphPath(from, to, flags, output),
  );
onRun(
  graph
    .command("sql")
    .description(
      "one SELECT over the tables pages, entities, aliases, relations, evidence and merges (DuckDB, read-only)",
    )
    .argument("<query>", 'for instance "DESCRIBE relations", which lists the columns of a table'),
)
  .option("--limit <n>", "rows shown at most (default: 100, with --json all)")
  .action(async (query: string, flags) => (await import("./graph.ts")).graphSql(query, flags, output));

const recipe = program.command("recipe").description("validate and explain recipes");
onRecipe(recipe.command("check").description("validate recipes; says where each mistake is")).action(
  async (recipes: string[], flags: CommonFlags) =>
    (await import("./recipe.ts")).recipeCheck(recipes, flags, output),
);
recipe
  .command("explain")
  .description("every key with its default, meaning and source in the paper")
  .argument("[section]", "one section only, for instance reinforce")
  .option("--json", "print one JSON object as the last line")
  .option("--schema", "print the JSON Schema, for editors")
  .action(async (section: string | undefined, flags) =>
    (await import("./recipe.ts")).recipeExplain(section, flags, output),
  );

program
  .command("verify")
  .description(
    "read answers or compute rewards: JSON Lines on standard input to JSON Lines on standard output",
  )
  .argument("<what>", "answer or reward")
  .addOption(
    new Option("--mode <mode>", "how replies are read").choices(["strict", "lenient"]).default("strict"),
  )
  .action(async (what: string, flags) => (await import("./verify.ts")).verifyCommand(what, flags, output));

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = report(error);
}

function report(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (isStop(error)) {
    process.stderr.write("stopped; run the same command to go on\n");
    return 130;
  }
  if (error instanceof UsageError) {
    process.stderr.write(`${error.message}\n`);
    return 2;
  }
  process.stderr.write(
    `this is a mistake of fleming, not of yours: ${messageOf(error)}\n${error instanceof Error ? error.stack : ""}\n`,
  );
  return 70;
}

/** Only Ctrl-C or a signal to end aborts work here; what was aborted may have wrapped the reason. */
function isStop(error: unknown): boolean {
  return error instanceof Error && (error.name === "AbortError" || isStop(error.cause));
}
