import { defineConfig } from "vitest/config";

// Tests run from the TypeScript sources. A test that starts the engine forks a process from them too, so the
// test processes carry the loader that their children inherit (see src/engine/client.ts).
export default defineConfig({
  test: {
    include: ["src/**/*.test.ts", "test/**/*.test.ts", "samples/**/*.test.ts", "bench/**/*.test.ts"],
    exclude: ["**/*.slow.test.ts", "**/node_modules/**", "**/dist/**"],
    pool: "forks",
    execArgv: ["--import", "tsx"],
    maxWorkers: 2,
    testTimeout: 30_000,
    reporters: ["default", "./test/reporter.ts"],
  },
});
