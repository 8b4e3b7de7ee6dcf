import { defineConfig } from "vitest/config";

// The tests that take minutes: whole pipelines, kills and resumes, the browser.
export default defineConfig({
  test: {
    include: ["src/**/*.slow.test.ts", "test/**/*.slow.test.ts"],
    pool: "forks",
    execArgv: ["--import", "tsx"],
    maxWorkers: 1,
    testTimeout: 900_000,
    hookTimeout: 300_000,
    reporters: ["default", "./test/reporter.ts"],
  },
});
