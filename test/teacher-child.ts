/**
 * A process of its own that has the model at an address teach, to be killed while it does:
 *
 *   tsx test/teacher-child.ts RUN URL CONCURRENCY
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { teacherRun } from "./teacher-run.ts";

const [run = "", url = "", concurrency = "1"] = process.argv.slice(2);
const { written } = await teacherRun(run, { url, concurrency: Number(concurrency) });
writeFileSync(join(run, "written.json"), JSON.stringify(written));
