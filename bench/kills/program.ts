/**
 * The program as it is now, compiled into a folder of its own: it starts in a third of a second, and a change of the
 * source while kills go on does not make finished stages another code's work, which would be done again.
 */
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, symlinkSync } from "node:fs";
import { join, resolve } from "node:path";
import { type Command, startCommand } from "../evaluate/exam-process.ts";

const root = resolve(import.meta.dirname, "../..");

export interface Program {
  start(args: readonly string[]): Command;
  /** Runs a command that must end well. */
  run(args: readonly string[]): Promise<void>;
}

/** Compiles the program into `folder`. */
export function frozenProgram(folder: string): Program {
  mkdirSync(folder, { recursive: true });
  const compiler = join(root, "node_modules/typescript/bin/tsc");
  const flags = ["--outDir", join(folder, "dist"), "--noCheck", "--declaration", "false"];
  execFileSync(process.execPath, [compiler, "-p", "tsconfig.build.json", ...flags], { cwd: root });
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  copyFileSync(join(root, "package.json"), join(folder, "package.json"));
  const main = join(folder, "dist/cli/main.js");
  const start = (args: readonly string[]): Command => startCommand([main, ...args]);
  return {
    start,
    async run(args) {
      const { code, stderr } = await start(args).ended;
      if (code !== 0) throw new Error(`fleming ${args.join(" ")}: exit code ${code}\n${stderr.slice(-2000)}`);
    },
  };
}
