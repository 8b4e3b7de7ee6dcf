#!/usr/bin/env node
/**
 * The command line. Verbs load their code when they are called, so that `fleming --help` answers at once.
 * Exit codes: 0 done, 1 a check found something wrong or an alarm stopped the run, 2 the user can mend it, 70 a mistake
 * of this program, 75 ended early (what is there stands, the same command goes on), 130 stopped by Ctrl-C, 143 by SIGTERM.
 */
import { Command, CommanderError, Option } from "commander";
import { Interrupted, messageOf, UsageError } from "../base/errors.ts";
import type { Decision } from "../records/decision.ts";
import type { CommonFlags } from "./flags.ts";
import { terminalOutput } from "./output.ts";
import { exitCodes } from "./signals.ts";
import { type StageName, stageNames } from "./stage-names.ts";
import { verifyLines } from "./verify-lines.ts";
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
  .enablePositionalOptions()
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
const stages = new Map<StageName, Command>();
for (const { name, summary } of stageNames) {
  // A stage's own verbs (evaluate show) have flags of the same names.
  const command = program.command(name).description(summary).enablePositionalOptions();
  onRecipe(command).action(async (recipes: string[], flags: CommonFlags) =>
    (await import("./run.ts")).stageCommand(name, recipes, flags, output),
  );
  stages.set(name, command);
}

const curate = stages.get("curate") as Command;
curate
  .command("list")
  .description("the public sets: sizes, options, licences, what Table 1 says of them, where their files are")
  .option("--json", "print one JSON object as the last line")
  .action(async (flags) => (await import("./curate.ts")).curateList(flags, output));
curate
  .command("fetch")
  .description("the files of a set from where they are published, at a pinned revision, checked")
  .argument("<set>", "name, as `fleming curate list` has it")
  .option("--split <name>", "part to fetch (default: the one that is evaluated)")
  .option("--to <folder>", "folder (default: benchmarks/<set>)")
  .option("--revision <r>", "commit, branch or tag instead of the known one")
  .option("--json", "print one JSON object as the last line")
  .action(async (set: string, flags) => (await import("./curate.ts")).curateFetch(set, flags, output));

const report = stages.get("report") as Command;
report
  .command("check")
  .description("a table of accuracies: cells that no count gives, wrong averages, numbers rounded twice")
  .argument("<table.csv>", 'a row a model; columns as "PubMedQA (500)" with their number of questions')
  .option("--json", "print one JSON object as the last line")
  .action(async (file: string, flags) => {
    if (await (await import("./report-check.ts")).reportCheck(file, flags, output)) process.exitCode = 1;
  });

const coldstart = stages.get("coldstart") as Command;
coldstart
  .command("show")
  .description("the teacher's trajectories: counts and a list, or one with its turns, checks and loss mask")
  .option("--run <folder>", "run folder", "runs/quickstart")
  .option("--example <n>", "one trajectory, by its number from 1")
  .option("--question <id>", "one trajectory, by the id of its question or its own")
  .option("--limit <n>", "trajectories listed", "20")
  .option("--json", "print one JSON object as the last line")
  .action(async (flags) => {
    const { takesColour } = await import("../models/preview.ts");
    await (await import("./coldstart.ts")).coldstartShow(flags, output, takesColour(process.stdout));
  });

const evaluate = stages.get("evaluate") as Command;
evaluate
  .command("show")
  .description("page through replies: what was asked, what came back, what was read and where")
  .option("--run <folder>", "run folder", "runs/quickstart")
  .option("--model <name>", "a row of the run or a name under evaluate.models (default: all)")
  .option("--benchmark <name>", 'a curated set, or "test" for the run\'s own questions (default: all)')
  .option(
    "--outcome <outcome>",
    "wrong, right, truncated, refused, empty, unparsed, unanswered or all",
    "wrong",
  )
  .option("--question <id>", "one question, by its id or the set's own")
  .option("--page <n>", "which page", "1")
  .option("--limit <n>", "replies on a page", "5")
  .option("--full", "whole texts, however long")
  .option("--json", "print one JSON object as the last line")
  .action(async (flags) => (await import("./evaluate.ts")).evaluateShow(flags, output));
evaluate
  .command("diff")
  .description("two models question by question: paired differences, and where they differ")
  .argument("<from>", "a run folder, or folder:model where it has several")
  .argument("<to>", "the same")
  .option("--benchmark <name>", 'one set, or "test" for the runs\' own questions (default: all benchmarks)')
  .option("--limit <n>", "questions listed", "40")
  .option("--json", "print one JSON object as the last line")
  .action(async (from: string, to: string, flags) =>
    (await import("./evaluate.ts")).evaluateDiff(from, to, flags, output),
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
  .description(
    "write for other programs: a model as a Hugging Face folder or one GGUF file, questions as a dataset, " +
      "trajectories and questions as training data of verl or TRL",
  )
  .argument("<form>", "hf, gguf, dataset, verl or trl")
  .option(
    "--model <where>",
    "hf, gguf: a model folder, a .gguf file, hf:owner/name of the Hub, or a run folder (its newest model)",
  )
  .option("--run <folder>", "dataset, verl, trl: the run that is written (default: runs/quickstart)")
  .option(
    "--allow-open",
    "dataset, verl, trl: write it although matches with evaluation sets are not decided",
  )
  .requiredOption("--out <path>", "folder (hf, dataset, verl, trl) or file (gguf) to write")
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

const review = program
  .command("review")
  .description(
    "the questions and matches that refine wants a person to look at: list, show, decide, exchange",
  );
const chosen = (command: Command): Command =>
  command
    .addOption(
      new Option("--status <status>", "which items")
        .choices(["open", "decided", "disagreed", "all"])
        .default("open"),
    )
    .addOption(new Option("--kind <kind>", "questions or matches only").choices(["label", "match"]))
    .option("--undecided-by <name>", "leave out what this reviewer has decided on");
chosen(onRun(review.command("list").description("the queue, one line an item")))
  .option("--limit <n>", "items shown (default: 40, with --json all)")
  .action(async (flags) => (await import("./review.ts")).reviewList(flags, output));
onRun(
  review
    .command("show")
    .description("a question with its label, the replies, its path and sentences; a match with both texts")
    .argument("<id>", "id of a question or match of the queue"),
).action(async (id: string, flags) => (await import("./review.ts")).reviewShow(id, flags, output));
const deciding = (name: string, action: Decision["action"], description: string): Command =>
  onRun(review.command(name).description(description).argument("<id>", "id of the question or match"))
    .requiredOption("--why <text>", "the reason, in your words; it is kept with the decision")
    .option("--reviewer <name>", "who decides (default: FLEMING_REVIEWER of the environment)")
    .action(async (id: string, flags) =>
      (await import("./review.ts")).reviewDecide(action, id, flags, output),
    );
deciding("accept", "accept", "the label is right as it is; of a match: the two are the same");
deciding("correct", "correct", "the label is wrong; other letters are right").requiredOption(
  "--gold <letters>",
  "the right letters: B, or A,C",
);
deciding("edit", "edit", "change the words of a question")
  .option("--stem <text>", "the new question")
  .option("--option <letter=text>", "a new text for an option; repeatable", collect, [])
  .option("--gold <letters>", "the right letters, where they change too");
deciding("drop", "drop", "take the question out");
deciding("not-same", "notSame", "the two texts of a match are not the same question");
chosen(onRun(review.command("export").description("write the queue as a sheet to be filled in")))
  .requiredOption("--out <file>", "a .csv for spreadsheets or a .jsonl")
  .action(async (flags) => (await import("./review.ts")).reviewExport(flags, output));
onRun(
  review
    .command("import")
    .description("record the decisions of a filled sheet; rows that do not fit are named and left out")
    .argument("<file>", "the .csv or .jsonl"),
)
  .option("--reviewer <name>", "who decided, for rows that name nobody (default: FLEMING_REVIEWER)")
  .action(async (file: string, flags) => (await import("./review.ts")).reviewImport(file, flags, output));
onRun(
  review
    .command("agreement")
    .description("how far reviewers agree: raw, Cohen's kappa, Gwet's AC1, from the first decision of each"),
).action(async (flags) => (await import("./review.ts")).reviewAgreement(flags, output));

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
  .command("doctor")
  .description(
    "what this machine can run; with a recipe, what its stages would take in memory, time and money",
  )
  .option("--recipe <files...>", "recipe files, merged from left to right")
  .option("--run <folder>", "run folder whose disk is looked at (default: runs/<name of the recipe>)")
  .option("--set <key=value>", "a setting, as key.path=value; repeatable", collect, [])
  .option("--seed <n>", "seed of everything that is random")
  .option("--probe", "ask every endpoint of the recipe whether it is there")
  .option("--json", "print one JSON object as the last line")
  .action(async (flags) => {
    if (await (await import("./doctor.ts")).doctorCommand(flags, output)) process.exitCode = 1;
  });

program
  .command("verify")
  .description(
    "read answers, compute rewards or check reasoning: JSON Lines on standard input to JSON Lines on standard output",
  )
  .argument("<what>", "answer, reward or reasoning")
  .addOption(
    new Option("--mode <mode>", "answer: how replies are read")
      .choices(["strict", "lenient"])
      .default("strict"),
  )
  .option("--run <folder>", "reasoning: hold claims against the graph of this run")
  .addOption(
    new Option(
      "--world <world>",
      "reasoning: whether what the graph lacks is unknown (open) or false (closed)",
    )
      .choices(["open", "closed"])
      .default("open"),
  )
  .option(
    "--guidelines <file>",
    "reasoning: guideline snippets that claims are held against; repeatable",
    collect,
    [],
  )
  .option("--max-words <n>", "reasoning: longest thinking, in words (characters in Chinese)", "600")
  .addHelpText(
    "after",
    `\nA line of standard input ("?": may be left out):\n${Object.entries(verifyLines)
      .map(([what, line]) => `  ${what.padEnd(9)}  ${line}\n`)
      .join("")}`,
  )
  .action(async (what: string, flags) => (await import("./verify.ts")).verifyCommand(what, flags, output));

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = exitCodeOf(error);
}

function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (error instanceof Interrupted) {
    process.stderr.write(`${error.message}\n`);
    return exitCodes[error.by];
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
