/**
 * Measurements that are made by hand, not by the tests.
 *
 *   npm run bench -- engine [--help]            speed and memory beside PyTorch, transformers and TRL
 *   npm run bench -- seeds TARGET RUN RUN ...   the record of a recipe under several seeds (seeds.ts)
 */
import { UsageError } from "../src/base/errors.ts";
import { benchEngine } from "./engine/run.ts";

const [what, ...rest] = process.argv.slice(2);
switch (what) {
  case "engine":
    await benchEngine(rest).catch((error: unknown) => {
      if (!(error instanceof UsageError)) throw error;
      console.error(error.message);
      process.exitCode = 2;
    });
    break;
  case "seeds":
    // seeds.ts is a program of its own: it reads the arguments after its name.
    process.argv.splice(2, 1);
    await import("./seeds.ts");
    break;
  default:
    console.error("usage: npm run bench -- engine [--help] | seeds TARGET RUN RUN ...");
    process.exitCode = 2;
}
